//! How methods and daemon answer what the engine asks, well and badly.

use resetkit_core::{
    Bound, Carriage, Carries, Challenge, CodeStyle, Counter, Derived, Event, Expected, FailureKind, KeptCode,
    KeptSheet, MethodId, Purpose, Refusal, Salt, SealForm, Ticket, TransactionId, Verifier, challenge_purpose,
};

use crate::walker::{Asked, TOKEN_WAIT, Typed, Walker};

impl Walker<'_> {
    pub(crate) fn well(&mut self) {
        let Some(asked) = self.asked.pop_front() else { return };
        match asked {
            Asked::Start { run, method } => {
                self.give(Event::MethodStarted(run));
                self.give(Event::MethodReady(run));
                self.asked.push_back(Asked::Wish { run, method });
            }
            Asked::Wish { run, method } => self.wishes(run, &method),
            Asked::Code { ticket, method, style, purpose, carriage } => {
                let counter = Counter::new(u32::try_from(self.requests.len()).unwrap_or(u32::MAX).saturating_add(1));
                self.requests.push((counter, method));
                self.give(Event::ChallengeIssued(ticket, challenge(counter, purpose, style, carriage)));
            }
            Asked::Write { ticket } => self.give(Event::Persisted(ticket)),
            Asked::Charge { ticket, .. } => self.give(Event::Charged(ticket)),
            Asked::Hash { ticket, bound } => self.hashed(ticket, bound),
            Asked::Stage { ticket } => {
                self.transactions += 1;
                self.give(Event::Prepared(ticket, TransactionId::new(self.transactions)));
            }
            Asked::Decide { ticket, spent } => {
                self.books.committed(&spent);
                self.give(Event::Committed(ticket));
            }
            Asked::Erase { ticket, spent } => {
                self.books.committed(&spent);
                self.give(Event::Erased(ticket));
            }
            Asked::Mark { ticket } => self.give(Event::AddressConfirmed(ticket)),
            Asked::Number { ticket } => {
                let counter = Counter::new(u32::try_from(self.requests.len()).unwrap_or(u32::MAX).saturating_add(1));
                let method = self.running.as_ref().map(|(_, method)| method.clone());
                self.requests.extend(method.map(|method| (counter, method)));
                self.give(Event::CounterRaised(ticket, counter));
            }
            Asked::Watch { run } => self.give(Event::ButtonWatched { run, at: self.at, pressed: false }),
            Asked::Mail { run } => self.give(Event::Delivered(run)),
        }
    }

    fn wishes(&mut self, run: Ticket, method: &MethodId) {
        let purpose = Purpose::Reset;
        match self.setting.selection.offer(method).map(|offer| offer.carries) {
            Some(Carries::Handed) => self.give(Event::DeliveryAsked { run, purpose }),
            Some(Carries::Presence) => self.give(Event::PressAsked { run }),
            Some(Carries::Kept) => self.give(Event::KeptAsked { run }),
            Some(Carries::Sealed) | None => {
                let purpose = self.setting.proof(method).map_or(purpose, |proof| challenge_purpose(purpose, proof));
                let form = if purpose == Purpose::Unlock { SealForm::Unlock } else { SealForm::AddressSealed };
                self.give(Event::SealAsked { run, purpose, form });
            }
        }
    }

    fn hashed(&mut self, ticket: Ticket, bound: Bound) {
        let typed = core::mem::replace(&mut self.typed, Typed::Nothing);
        let request = self.requests.iter().rev().find(|(made, method)| match bound {
            Bound::Counter(counter) => *made == counter,
            Bound::Sheet(_) => self.setting.selection.offer(method).is_some_and(|offer| offer.carries == Carries::Kept),
        });
        let request = request.cloned();
        if let Some((counter, _)) = &request {
            self.books.compares(*counter, &self.setting.rules);
        }
        let right = typed == Typed::Right;
        let proved = request.and_then(|(_, method)| Some((method.clone(), self.setting.proof(&method)?)));
        if let Some((method, kind)) = proved.filter(|_| right) {
            self.books.proves(method, kind, self.at);
            self.fresh = true;
        }
        let octets = match typed {
            Typed::Right => SECRET,
            Typed::Used => USED,
            Typed::Wrong | Typed::Nothing => [0; 32],
        };
        self.give(Event::Derived(ticket, Derived::from_octets(octets)));
    }

    pub(crate) fn badly(&mut self, kind: FailureKind) {
        let Some(asked) = self.asked.pop_front() else { return };
        match asked {
            Asked::Start { run, .. } => {
                self.running = None;
                self.give(Event::MethodGone(run, kind));
            }
            Asked::Wish { run, .. } | Asked::Mail { run } => {
                self.running = None;
                self.give(Event::MethodFailed(run, kind));
            }
            Asked::Code { ticket, .. } => self.give(Event::ChallengeRefused(ticket, kind.into())),
            Asked::Write { ticket } => self.give(Event::StoreFailed(ticket)),
            Asked::Charge { ticket, .. } => self.give(if kind == FailureKind::TryLater {
                Event::ChargeRefused(ticket, Refusal::Wait(TOKEN_WAIT))
            } else if kind == FailureKind::LaneClosed {
                Event::ChargeRefused(ticket, Refusal::LaneClosed)
            } else {
                Event::StoreFailed(ticket)
            }),
            Asked::Hash { ticket, .. } => self.give(Event::DeriveFailed(ticket)),
            Asked::Stage { ticket } => self.give(Event::PrepareFailed(ticket, kind)),
            Asked::Decide { ticket, .. } => self.give(Event::CommitFailed(ticket, kind)),
            Asked::Erase { ticket, .. } => {
                self.books.proved.clear();
                self.give(Event::EraseFailed(ticket, kind));
            }
            Asked::Mark { ticket } => self.give(Event::CommitFailed(ticket, kind)),
            Asked::Number { ticket } => self.give(Event::CounterRefused(ticket, kind.into())),
            Asked::Watch { .. } if kind == FailureKind::ButtonBusy => self.give(Event::ButtonTaken),
            Asked::Watch { .. } => self.give(Event::ButtonLost),
        }
    }
}

/// What the slow hash gives for the right code.
const SECRET: [u8; 32] = [0x5a; 32];

/// What it gives for a code of the sheet that was used before.
const USED: [u8; 32] = [0x77; 32];

fn challenge(counter: Counter, purpose: Purpose, style: CodeStyle, carriage: Carriage) -> Challenge {
    let (style, expected) = match carriage {
        Carriage::Sealed(_) | Carriage::Handed => (style, Expected::Drawn(Verifier::from_octets(SECRET))),
        Carriage::Kept => {
            let code = |octets, used| KeptCode { verifier: Verifier::from_octets(octets), used };
            let codes = vec![code(USED, true), code(SECRET, false)];
            (style.kept(), Expected::Kept(KeptSheet { number: 1, codes }))
        }
    };
    Challenge { counter, purpose, style, expected, salt: Salt([2; 16]) }
}
