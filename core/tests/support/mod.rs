//! A device in memory: carries out effects, answers when told to, and remembers what it was asked.

mod answers;
mod sheet;
mod ways;
mod words;

pub(crate) use answers::Asked;
use resetkit_core::*;
pub(crate) use sheet::Sheet;
use std::collections::BTreeMap;
use std::time::Duration;
pub(crate) use ways::*;

pub(crate) fn method(id: &str) -> MethodId {
    MethodId::parse(id).unwrap()
}

pub(crate) fn account(name: &str) -> AccountName {
    AccountName::parse(name).unwrap()
}

pub(crate) fn typed(text: &str) -> Event {
    Event::CodeTyped(Secret::new(text.into()))
}

pub(crate) fn password(text: &str) -> Event {
    Event::PasswordTyped(Secret::new(text.into()))
}

pub(crate) const fn minutes(count: u64) -> Duration {
    Duration::from_secs(count * 60)
}

/// A password that every rule accepts.
pub(crate) const GOOD: &str = "a long fresh one";

/// Stands in for the slow keyed hash: all that goes in changes what comes out.
pub(crate) fn derive(code: &Code, purpose: Purpose, bound: Bound, salt: Salt) -> [u8; 32] {
    let number = match bound {
        Bound::Counter(counter) => u64::from(counter.value()),
        Bound::Sheet(sheet) => 1 << 40 | u64::from(sheet),
    };
    let mut state = number << 8 | purpose as u64;
    let mut absorb = |octet: u8| {
        state = (state ^ u64::from(octet)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    };
    code.octets().expose().iter().chain(&salt.0).for_each(|octet| absorb(*octet));
    let mut out = [0; 32];
    for (index, chunk) in out.chunks_mut(8).enumerate() {
        state = state.wrapping_add(index as u64 + 1).wrapping_mul(0xbf58_476d_1ce4_e5b9).rotate_left(31);
        chunk.copy_from_slice(&state.to_be_bytes());
    }
    out
}

/// A device in memory.
#[derive(Debug)]
pub(crate) struct Device {
    session: Option<Session>,
    pub(crate) now: Duration,
    pub(crate) wall: Option<u64>,
    pub(crate) rules: SessionRules,
    pub(crate) selection: Selection,
    pub(crate) ledger: Ledger,
    pub(crate) allowances: Allowances,
    /// The session's record as the journal has it.
    pub(crate) disk: Option<Record>,
    /// Questions not yet answered, oldest first.
    pub(crate) asked: Vec<Asked>,
    /// Codes made, by challenge: what the mails said.
    pub(crate) mails: BTreeMap<Counter, String>,
    /// The owner's sheet of recovery codes, if one was printed.
    pub(crate) sheet: Option<Sheet>,
    /// Challenges for which a kept code is awaited.
    pub(crate) awaited: Vec<Counter>,
    /// Challenges whose sealed octets went to a method.
    pub(crate) delivered: Vec<Counter>,
    /// Challenges whose record was ever made durable.
    pub(crate) stored: Vec<Counter>,
    pub(crate) voided: Vec<Counter>,
    /// The run of the method that was started last and not stopped since.
    pub(crate) run: Option<Ticket>,
    newest_write: Ticket,
    /// Guesses derived, by challenge.
    pub(crate) derived: BTreeMap<Counter, u32>,
    pub(crate) commits: Vec<(AccountName, TransactionId, Vec<Counter>)>,
    /// Codes of sheets that were marked as used by a commit.
    pub(crate) kept_used: Vec<KeptPlace>,
    /// Codes that were handed to a method, each once.
    pub(crate) handed: Vec<Counter>,
    /// The request that the button is watched for.
    pub(crate) watching: Option<Counter>,
    pub(crate) line_pressed: bool,
    /// How often a method was told that no further code is made now.
    pub(crate) refused_codes: usize,
    pub(crate) erased: Vec<(Counter, Vec<Counter>)>,
    pub(crate) confirmed: Vec<Counter>,
    pub(crate) dropped: Vec<TransactionId>,
    pub(crate) audit: Vec<AuditKind>,
    pub(crate) notices: Vec<OwnerNotice>,
    pub(crate) notes: usize,
    pub(crate) closes: usize,
    /// Most effects of one step so far.
    pub(crate) most_effects: usize,
    random: u64,
    transactions: u64,
}

impl Device {
    pub(crate) fn opens(opening: Opening) -> Self {
        Self::opens_at(opening, Duration::from_secs(30))
    }

    pub(crate) fn opens_at(opening: Opening, now: Duration) -> Self {
        let allowances = Allowances::default();
        let mut device = Self {
            session: None,
            now,
            wall: None,
            rules: opening.rules,
            selection: opening.selection.clone(),
            ledger: Ledger::first(allowances),
            allowances,
            disk: None,
            asked: Vec::new(),
            mails: BTreeMap::new(),
            sheet: Some(Sheet::printed(1)),
            awaited: Vec::new(),
            delivered: Vec::new(),
            stored: Vec::new(),
            voided: Vec::new(),
            run: None,
            newest_write: Ticket::new(0),
            derived: BTreeMap::new(),
            commits: Vec::new(),
            kept_used: Vec::new(),
            handed: Vec::new(),
            watching: None,
            line_pressed: false,
            refused_codes: 0,
            erased: Vec::new(),
            confirmed: Vec::new(),
            dropped: Vec::new(),
            audit: Vec::new(),
            notices: Vec::new(),
            notes: 0,
            closes: 0,
            most_effects: 0,
            random: 0x1234_5678_9abc_def0,
            transactions: 0,
        };
        let (session, effects) = Session::open(opening, device.time());
        device.session = Some(session);
        device.carry_out(effects);
        device
    }

    pub(crate) fn into_session(self) -> Session {
        self.session.unwrap()
    }

    pub(crate) const fn time(&self) -> Now {
        Now { since_boot: self.now, wall: self.wall }
    }

    pub(crate) fn session(&self) -> &Session {
        self.session.as_ref().unwrap()
    }

    pub(crate) fn view(&self) -> SessionView {
        self.session().view(self.time())
    }

    pub(crate) fn step(&self) -> Step {
        self.session().step_shown()
    }

    pub(crate) fn failure(&self) -> Option<FailureKind> {
        self.view().failure.map(|failure| failure.kind)
    }

    /// One event, and nothing else: questions stay open.
    pub(crate) fn give(&mut self, event: Event) -> &mut Self {
        let (session, effects) = self.session.take().unwrap().step(self.time(), event);
        self.session = Some(session);
        self.most_effects = self.most_effects.max(effects.len());
        self.carry_out(effects);
        self
    }

    /// One event, and every question that follows is answered well.
    pub(crate) fn does(&mut self, event: Event) -> &mut Self {
        self.give(event);
        self.settle()
    }

    pub(crate) fn octets(&mut self) -> [u8; 16] {
        let mut next = || {
            self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (self.random ^ (self.random >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            u128::from(mixed ^ (mixed >> 27))
        };
        (next() << 64 | next()).to_be_bytes()
    }

    fn carry_out(&mut self, effects: Effects) {
        for effect in effects {
            match effect {
                Effect::StartMethod { ticket, .. } => {
                    self.run = Some(ticket);
                    self.asked.push(Asked::Start { ticket });
                }
                Effect::StopMethod { run, .. } => self.stop(run),
                Effect::IssueChallenge { ticket, purpose, style, lane, carriage, .. } => {
                    self.asked.push(Asked::Issue { ticket, purpose, style, lane, carriage });
                }
                Effect::Persist { ticket, record } => self.asked.push(Asked::Persist { ticket, record }),
                Effect::DeliverSealed { counter, .. } => self.delivered.push(counter),
                Effect::DeliverCode { counter, .. } => {
                    assert!(!self.handed.contains(&counter), "a code is handed over once");
                    self.handed.push(counter);
                }
                Effect::AwaitKept { counter, left, .. } => {
                    assert_eq!(Some(left), self.sheet.as_ref().map(Sheet::left));
                    self.awaited.push(counter);
                }
                Effect::RaiseCounter { ticket, lane } => self.asked.push(Asked::Raise { ticket, lane }),
                Effect::WatchButton { run, counter } => {
                    self.watching = Some(counter);
                    self.asked.push(Asked::Watch { run });
                }
                Effect::LeaveButton { run } => {
                    self.watching = None;
                    self.asked.retain(|asked| !matches!(asked, Asked::Watch { run: watched } if *watched == run));
                }
                Effect::EraseAll { ticket, grant } => self.asked.push(Asked::Erase { ticket, grant }),
                Effect::TellMethod { run, news: MethodNews::AskAgain } => self.asked.push(Asked::SealWish { run }),
                Effect::TellMethod { news: MethodNews::NoNewCode, .. } => self.refused_codes += 1,
                Effect::TellMethod { .. } => {}
                Effect::Charge { ticket, lane, record } => self.asked.push(Asked::Charge { ticket, lane, record }),
                Effect::Derive { ticket, code, purpose, bound, salt } => {
                    self.asked.push(Asked::Derive { ticket, code, purpose, bound, salt });
                }
                Effect::Prepare { ticket, .. } => self.asked.push(Asked::Prepare { ticket }),
                Effect::DropPrepared(transaction) => self.dropped.push(transaction),
                Effect::CommitPassword { ticket, grant } => self.asked.push(Asked::Commit { ticket, grant }),
                Effect::ConfirmAddress { ticket, grant } => self.asked.push(Asked::Confirm { ticket, grant }),
                Effect::VoidChallenges(counters) => self.void(&counters),
                Effect::Audit(entry) => self.audit.push(entry.what),
                Effect::NotifyOwner(notice) => self.notices.push(notice),
                Effect::Note(Note::Ignored { .. }) => self.notes += 1,
                Effect::Close => self.closes += 1,
            }
        }
    }

    fn stop(&mut self, run: Ticket) {
        self.run = self.run.filter(|running| *running != run);
        self.asked.retain(|asked| match asked {
            Asked::Start { ticket } => *ticket != run,
            Asked::SealWish { run: wish } => *wish != run,
            Asked::Issue { .. }
            | Asked::Raise { .. }
            | Asked::Watch { .. }
            | Asked::Erase { .. }
            | Asked::Persist { .. }
            | Asked::Charge { .. }
            | Asked::Derive { .. }
            | Asked::Prepare { .. }
            | Asked::Commit { .. }
            | Asked::Confirm { .. } => true,
        });
    }

    fn void(&mut self, counters: &[Counter]) {
        self.voided.extend_from_slice(counters);
        if self.disk.as_ref().is_some_and(|record| counters.contains(&record.challenge.counter)) {
            self.disk = None;
        }
    }

    /// Time passes, and every deadline on the way is kept and answered.
    pub(crate) fn waits(&mut self, time: Duration) -> &mut Self {
        let end = self.now + time;
        while let Some(deadline) = self.session().deadline().filter(|deadline| deadline.at <= end) {
            self.now = self.now.max(deadline.at);
            self.does(Event::DeadlineReached(deadline.why));
        }
        self.now = end;
        self
    }

    /// The power is cut and comes back: memory is gone, the journal stays.
    pub(crate) fn reboots(&mut self) -> Result<&mut Self, FailureKind> {
        self.reboots_unsettled()?;
        Ok(self.settle())
    }

    /// ... and nothing is answered yet.
    pub(crate) fn reboots_unsettled(&mut self) -> Result<(), FailureKind> {
        self.asked.clear();
        self.run = None;
        self.newest_write = Ticket::new(0);
        let levels = self.ledger.record(self.time());
        self.now = Duration::from_secs(10);
        self.ledger = Ledger::restore(levels, self.allowances).charge_boot();
        let Some(record) = self.disk.clone() else { return Err(FailureKind::CodeSuperseded) };
        let record = self.filled_in(record);
        let resumable = record.charge_boot(&self.rules).inspect_err(|_| self.disk = None)?;
        let (session, effects) = Session::resume(resumable, self.rules, self.selection.clone(), self.time());
        self.session = Some(session);
        self.carry_out(effects);
        Ok(())
    }
}
