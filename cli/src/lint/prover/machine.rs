//! The engine as the walk sees it: events in, wishes out. The real one, or a double with a hole in it.

use std::time::Duration;

use resetkit_core::{
    AccountName, AuditKind, Bound, Carriage, CodeStyle, Counter, Deadline, Effect, Event, Explored, FailureKind,
    MethodId, MethodNews, Now, Opening, Purpose, Record, Resumable, Selection, SessionRules, SessionView, Step, Ticket,
    TransactionId,
};

use crate::mark::Mark;

/// A thing that the engine wants done. Mirrors [`Effect`]; permissions are read out, so that a double can lie about them.
#[derive(Debug)]
pub enum Act {
    /// Start a method.
    Start {
        /// Of this run.
        run: Ticket,
        /// The method.
        method: MethodId,
    },
    /// Stop a method.
    Stop {
        /// Its run.
        run: Ticket,
    },
    /// Make a code.
    Issue {
        /// To be brought back.
        ticket: Ticket,
        /// For this method.
        method: MethodId,
        /// What the code is for.
        purpose: Purpose,
        /// How it travels.
        carriage: Carriage,
        /// How it looks.
        style: CodeStyle,
    },
    /// Write the record.
    Persist {
        /// To be brought back.
        ticket: Ticket,
    },
    /// The picture is shown, or a kept code is awaited.
    Shown {
        /// The request.
        counter: Counter,
    },
    /// The code itself is handed to the method.
    Handed {
        /// The request.
        counter: Counter,
        /// The run that gets it.
        run: Ticket,
    },
    /// A number for a press.
    Raise {
        /// To be brought back.
        ticket: Ticket,
    },
    /// Watch the button.
    Watch {
        /// The run.
        run: Ticket,
        /// The request.
        counter: Counter,
    },
    /// Charge a guess.
    Charge {
        /// To be brought back.
        ticket: Ticket,
        /// The request guessed at.
        counter: Counter,
    },
    /// Compute the slow hash of a guess.
    Derive {
        /// To be brought back.
        ticket: Ticket,
        /// The request guessed at, or the sheet.
        bound: Bound,
    },
    /// Stage a password.
    Prepare {
        /// To be brought back.
        ticket: Ticket,
        /// For this account.
        account: AccountName,
    },
    /// Make the staged password the password.
    Commit {
        /// To be brought back.
        ticket: Ticket,
        /// For this account.
        account: AccountName,
        /// What was staged.
        transaction: TransactionId,
        /// Requests spent by it.
        spent: Vec<Counter>,
    },
    /// Everything goes back to how it left the factory.
    Erase {
        /// To be brought back.
        ticket: Ticket,
        /// Requests spent by it.
        spent: Vec<Counter>,
    },
    /// The method is told to ask for a new code.
    AskAgain {
        /// Its run.
        run: Ticket,
    },
    /// Mark the address as confirmed.
    Confirm {
        /// To be brought back.
        ticket: Ticket,
    },
    /// A line of the log.
    Audit(AuditKind),
    /// The session ends.
    Close,
    /// Something that changes nothing the walk looks at: news for a method, a void code, a note, a notice.
    Other,
}

/// One session of an engine.
pub trait Machine {
    /// The same session once more, so that a walk can go on from here in every way there is.
    fn branch(&self) -> Box<dyn Machine>;
    /// Takes one event.
    fn step(self: Box<Self>, now: Now, event: Event) -> (Box<dyn Machine>, Vec<Act>);
    /// What a screen may know.
    fn view(&self, now: Now) -> SessionView;
    /// When it wants to be woken.
    fn deadline(&self) -> Option<Deadline>;
    /// What the journal keeps.
    fn record(&self, now: Now) -> Option<Record>;
    /// Whether it is over.
    fn is_over(&self) -> bool;
    /// Two sessions with the same mark behave alike from here on, whatever their times, tickets and request numbers.
    fn mark(&self) -> u128;

    /// Where the owner is: of the view, without the rest of it.
    fn step_shown(&self, now: Now) -> Step {
        self.view(now).step
    }

    /// What he is told went wrong: of the view, without the rest of it.
    fn failure(&self, now: Now) -> Option<FailureKind> {
        self.view(now).failure.map(|failure| failure.kind)
    }

    /// Why ways are withheld: of the view, without the rest of it.
    fn reasons(&self, now: Now, see: &mut dyn FnMut(FailureKind)) {
        self.view(now).withheld.iter().for_each(|withheld| see(withheld.reason.kind));
    }
}

/// Makes sessions.
pub trait Engine: Sync {
    /// Opens one.
    fn open(&self, opening: Opening, now: Now) -> (Box<dyn Machine>, Vec<Act>);
    /// Goes on after a boot.
    fn resume(
        &self,
        record: Resumable,
        rules: SessionRules,
        selection: Selection,
        now: Now,
    ) -> (Box<dyn Machine>, Vec<Act>);
}

/// The engine of the product.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealEngine;

impl Engine for RealEngine {
    fn open(&self, opening: Opening, now: Now) -> (Box<dyn Machine>, Vec<Act>) {
        let mut acts = Vec::new();
        let session = Explored::open(opening, now, &mut |effect| acts.push(act(effect)));
        (Box::new(session), acts)
    }

    fn resume(
        &self,
        record: Resumable,
        rules: SessionRules,
        selection: Selection,
        now: Now,
    ) -> (Box<dyn Machine>, Vec<Act>) {
        let mut acts = Vec::new();
        let session = Explored::resume(record, rules, selection, now, &mut |effect| acts.push(act(effect)));
        (Box::new(session), acts)
    }
}

impl Machine for Explored {
    fn branch(&self) -> Box<dyn Machine> {
        Box::new(self.clone())
    }

    fn step(mut self: Box<Self>, now: Now, event: Event) -> (Box<dyn Machine>, Vec<Act>) {
        let mut acts = Vec::new();
        // Goes back into the same box.
        *self = (*self).step(now, event, &mut |effect| acts.push(act(effect)));
        (self, acts)
    }

    fn view(&self, now: Now) -> SessionView {
        Explored::view(self, now)
    }

    fn deadline(&self) -> Option<Deadline> {
        Explored::deadline(self)
    }

    fn record(&self, now: Now) -> Option<Record> {
        Explored::record(self, now)
    }

    fn is_over(&self) -> bool {
        Explored::is_over(self)
    }

    fn mark(&self) -> u128 {
        let mut mark = Mark::default();
        Explored::mark(self, &mut mark);
        mark.value()
    }

    fn step_shown(&self, _: Now) -> Step {
        Explored::step_shown(self)
    }

    fn failure(&self, _: Now) -> Option<FailureKind> {
        Explored::failure(self)
    }

    fn reasons(&self, _: Now, see: &mut dyn FnMut(FailureKind)) {
        Explored::reasons(self, see);
    }
}

fn act(effect: &Effect) -> Act {
    match effect {
        Effect::StartMethod { ticket, method } => Act::Start { run: *ticket, method: method.clone() },
        Effect::StopMethod { run, .. } => Act::Stop { run: *run },
        Effect::IssueChallenge { ticket, method, purpose, carriage, style, .. } => Act::Issue {
            ticket: *ticket,
            method: method.clone(),
            purpose: *purpose,
            carriage: *carriage,
            style: *style,
        },
        Effect::Persist { ticket, .. } => Act::Persist { ticket: *ticket },
        Effect::DeliverSealed { counter, .. } | Effect::AwaitKept { counter, .. } => Act::Shown { counter: *counter },
        Effect::DeliverCode { counter, run } => Act::Handed { counter: *counter, run: *run },
        Effect::RaiseCounter { ticket, .. } => Act::Raise { ticket: *ticket },
        Effect::WatchButton { run, counter } => Act::Watch { run: *run, counter: *counter },
        Effect::EraseAll { ticket, grant } => Act::Erase { ticket: *ticket, spent: grant.spent().to_vec() },
        Effect::Charge { ticket, record, .. } => Act::Charge { ticket: *ticket, counter: record.challenge.counter },
        Effect::Derive { ticket, bound, .. } => Act::Derive { ticket: *ticket, bound: *bound },
        Effect::Prepare { ticket, account, .. } => Act::Prepare { ticket: *ticket, account: account.clone() },
        Effect::CommitPassword { ticket, grant } => Act::Commit {
            ticket: *ticket,
            account: grant.account().clone(),
            transaction: grant.transaction(),
            spent: grant.spent().to_vec(),
        },
        Effect::ConfirmAddress { ticket, .. } => Act::Confirm { ticket: *ticket },
        Effect::Audit(entry) => Act::Audit(entry.what.clone()),
        Effect::Close => Act::Close,
        Effect::TellMethod { run, news: MethodNews::AskAgain } => Act::AskAgain { run: *run },
        Effect::LeaveButton { .. }
        | Effect::TellMethod { .. }
        | Effect::DropPrepared(_)
        | Effect::VoidChallenges(_)
        | Effect::NotifyOwner(_)
        | Effect::Note(_) => Act::Other,
    }
}

/// The moment of a step.
pub(crate) const fn now(since_boot: Duration) -> Now {
    Now::after_boot(since_boot)
}
