//! What a session asks its device for, and what a device that is well answers.

use super::{Device, derive};
use resetkit_core::*;

/// What a session waits for.
#[derive(Debug)]
pub(crate) enum Asked {
    Start { ticket: Ticket },
    SealWish { run: Ticket },
    Raise { ticket: Ticket, lane: Lane },
    Watch { run: Ticket },
    Erase { ticket: Ticket, grant: EraseGrant },
    Issue { ticket: Ticket, purpose: Purpose, style: CodeStyle, lane: Lane, carriage: Carriage },
    Persist { ticket: Ticket, record: Record },
    Charge { ticket: Ticket, lane: Lane, record: Record },
    Derive { ticket: Ticket, code: Code, purpose: Purpose, bound: Bound, salt: Salt },
    Prepare { ticket: Ticket },
    Commit { ticket: Ticket, grant: Grant },
    Confirm { ticket: Ticket, grant: AddressGrant },
}

impl Asked {
    /// Ticket of the question.
    pub(crate) fn ticket(&self) -> Ticket {
        match self {
            Self::Start { ticket }
            | Self::SealWish { run: ticket }
            | Self::Watch { run: ticket }
            | Self::Raise { ticket, .. }
            | Self::Erase { ticket, .. }
            | Self::Issue { ticket, .. }
            | Self::Persist { ticket, .. }
            | Self::Charge { ticket, .. }
            | Self::Derive { ticket, .. }
            | Self::Prepare { ticket }
            | Self::Commit { ticket, .. }
            | Self::Confirm { ticket, .. } => *ticket,
        }
    }
}

impl Device {
    /// Answers everything well until nothing is asked any more.
    pub(crate) fn settle(&mut self) -> &mut Self {
        let mut rounds = 0;
        while !self.asked.is_empty() {
            rounds += 1;
            assert!(rounds < 200, "the session asks for ever: {:?}", self.asked);
            let asked = self.asked.remove(0);
            self.answer(asked);
        }
        self
    }

    /// Answers one question well.
    pub(crate) fn answer(&mut self, asked: Asked) {
        match asked {
            Asked::Start { ticket } => {
                self.give(Event::MethodStarted(ticket)).give(Event::MethodReady(ticket));
                self.asked.push(Asked::SealWish { run: ticket });
            }
            Asked::SealWish { run } => {
                let wish = self.wish(run);
                self.give(wish);
            }
            Asked::Issue { ticket, purpose, style, lane, carriage } => {
                let answer = self.issues(ticket, purpose, style, lane, carriage);
                self.give(answer);
            }
            Asked::Raise { ticket, lane } => {
                let answer = match self.raises_counter(lane) {
                    Ok(counter) => Event::CounterRaised(ticket, counter),
                    Err(kind) => Event::CounterRefused(ticket, kind.into()),
                };
                self.give(answer);
            }
            Asked::Watch { run } => {
                let at = self.now;
                let pressed = self.line_pressed;
                self.give(Event::ButtonWatched { run, at, pressed });
            }
            Asked::Erase { ticket, grant } => {
                self.erased.push((grant.request(), grant.spent().to_vec()));
                self.disk = None;
                self.give(Event::Erased(ticket));
            }
            Asked::Persist { ticket, record } => {
                self.store(ticket, record);
                self.give(Event::Persisted(ticket));
            }
            Asked::Charge { ticket, lane, record } => {
                let answer = self.charges(ticket, lane, record);
                self.give(answer);
            }
            Asked::Derive { ticket, code, purpose, bound, salt } => {
                self.counts_the_guess(bound);
                self.give(Event::Derived(ticket, Derived::from_octets(derive(&code, purpose, bound, salt))));
            }
            Asked::Prepare { ticket } => {
                self.transactions += 1;
                self.give(Event::Prepared(ticket, TransactionId::new(self.transactions)));
            }
            Asked::Commit { ticket, grant } => {
                let answer = self.commits(ticket, &grant);
                self.give(answer);
            }
            Asked::Confirm { ticket, grant } => {
                self.confirmed.push(grant.spent());
                self.disk = None;
                self.give(Event::AddressConfirmed(ticket));
            }
        }
    }

    fn raises_counter(&mut self, lane: Lane) -> Result<Counter, FailureKind> {
        let (ledger, counter) = self.ledger.next_counter(lane, self.time())?;
        self.ledger = ledger;
        Ok(counter)
    }

    fn issues(&mut self, ticket: Ticket, purpose: Purpose, style: CodeStyle, lane: Lane, carriage: Carriage) -> Event {
        let challenge = self.raises_counter(lane).and_then(|counter| match carriage {
            Carriage::Sealed(_) | Carriage::Handed => Ok(self.challenge(counter, purpose, style)),
            Carriage::Kept => self.kept_challenge(counter, purpose),
        });
        match challenge {
            Ok(challenge) => Event::ChallengeIssued(ticket, challenge),
            Err(kind) => Event::ChallengeRefused(ticket, kind.into()),
        }
    }

    fn charges(&mut self, ticket: Ticket, lane: Lane, record: Record) -> Event {
        match self.ledger.take(lane, self.time()) {
            Ok(ledger) => {
                self.ledger = ledger;
                self.store(ticket, record);
                Event::Charged(ticket)
            }
            Err(refusal) => Event::ChargeRefused(ticket, refusal),
        }
    }

    fn counts_the_guess(&mut self, bound: Bound) {
        // Of a sheet: the request on the screen, if the answer is not too late for it.
        let counter = match bound {
            Bound::Counter(counter) => Some(counter),
            Bound::Sheet(_) => self.view().request,
        };
        if let Some(counter) = counter {
            *self.derived.entry(counter).or_default() += 1;
        }
    }

    fn commits(&mut self, ticket: Ticket, grant: &Grant) -> Event {
        if !self.spends_kept(grant) {
            return Event::CommitFailed(ticket, FailureKind::CommitFailed);
        }
        self.commits.push((grant.account().clone(), grant.transaction(), grant.spent().to_vec()));
        self.disk = None;
        Event::Committed(ticket)
    }

    pub(crate) fn takes(&mut self, wanted: impl Fn(&Asked) -> bool) -> Asked {
        let index = self.asked.iter().position(wanted).unwrap_or_else(|| panic!("not asked: {:?}", self.asked));
        self.asked.remove(index)
    }

    /// Answers everything well until a challenge is asked for, and hands over that question's ticket.
    pub(crate) fn comes_to_issue(&mut self) -> Ticket {
        while !matches!(self.asked[0], Asked::Issue { .. }) {
            let asked = self.asked.remove(0);
            self.answer(asked);
        }
        self.asked.remove(0).ticket()
    }

    /// The challenge that the daemon would make, and the mail that would come.
    pub(crate) fn challenge(&mut self, counter: Counter, purpose: Purpose, style: CodeStyle) -> Challenge {
        let code = Code::from_random(style, self.octets());
        let salt = Salt(self.octets());
        let verifier = Verifier::from_octets(derive(&code, purpose, Bound::Counter(counter), salt));
        self.mails.insert(counter, code.display().expose().clone());
        Challenge { counter, purpose, style, expected: Expected::Drawn(verifier), salt }
    }

    fn store(&mut self, ticket: Ticket, record: Record) {
        // An older write never replaces a newer one, and void is for good, also for a record still on its way.
        if ticket > self.newest_write && !self.voided.contains(&record.challenge.counter) {
            self.newest_write = ticket;
            self.stored.push(record.challenge.counter);
            self.disk = Some(record);
        }
    }
}
