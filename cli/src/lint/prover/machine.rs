//! The engine as the walk sees it: events in, wishes out. The real one, or a double with a hole in it.

use std::fmt::Write;
use std::time::Duration;

use resetkit_core as core_engine;
use resetkit_core::{
    AccountName, AuditKind, Bound, Carriage, Counter, Deadline, Effect, Effects, Event, MethodId, Now, Opening,
    Purpose, Record, Resumable, Selection, Session, SessionRules, SessionView, Ticket, TransactionId,
};

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
        style: core_engine::CodeStyle,
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
    fn mark(&self) -> u64;
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
        let (session, effects) = Session::open(opening, now);
        (Box::new(session), acts(effects))
    }

    fn resume(
        &self,
        record: Resumable,
        rules: SessionRules,
        selection: Selection,
        now: Now,
    ) -> (Box<dyn Machine>, Vec<Act>) {
        let (session, effects) = Session::resume(record, rules, selection, now);
        (Box::new(session), acts(effects))
    }
}

impl Machine for Session {
    fn step(self: Box<Self>, now: Now, event: Event) -> (Box<dyn Machine>, Vec<Act>) {
        let (session, effects) = (*self).step(now, event);
        (Box::new(session), acts(effects))
    }

    fn view(&self, now: Now) -> SessionView {
        Session::view(self, now)
    }

    fn deadline(&self) -> Option<Deadline> {
        Session::deadline(self)
    }

    fn record(&self, now: Now) -> Option<Record> {
        Session::record(self, now)
    }

    fn is_over(&self) -> bool {
        Session::is_over(self)
    }

    fn mark(&self) -> u64 {
        let mut timeless = Timeless::default();
        // A hasher takes every text.
        let _ = write!(timeless, "{self:?}");
        timeless.finish()
    }
}

fn acts(effects: Effects) -> Vec<Act> {
    effects.into_iter().map(act).collect()
}

fn act(effect: Effect) -> Act {
    match effect {
        Effect::StartMethod { ticket, method } => Act::Start { run: ticket, method },
        Effect::StopMethod { run, .. } => Act::Stop { run },
        Effect::IssueChallenge { ticket, method, purpose, carriage, style, .. } => {
            Act::Issue { ticket, method, purpose, carriage, style }
        }
        Effect::Persist { ticket, .. } => Act::Persist { ticket },
        Effect::DeliverSealed { counter, .. } | Effect::AwaitKept { counter, .. } => Act::Shown { counter },
        Effect::DeliverCode { counter, run } => Act::Handed { counter, run },
        Effect::RaiseCounter { ticket, .. } => Act::Raise { ticket },
        Effect::WatchButton { run, counter } => Act::Watch { run, counter },
        Effect::EraseAll { ticket, grant } => Act::Erase { ticket, spent: grant.spent().to_vec() },
        Effect::Charge { ticket, record, .. } => Act::Charge { ticket, counter: record.challenge.counter },
        Effect::Derive { ticket, bound, .. } => Act::Derive { ticket, bound },
        Effect::Prepare { ticket, account, .. } => Act::Prepare { ticket, account },
        Effect::CommitPassword { ticket, grant } => Act::Commit {
            ticket,
            account: grant.account().clone(),
            transaction: grant.transaction(),
            spent: grant.spent().to_vec(),
        },
        Effect::ConfirmAddress { ticket, .. } => Act::Confirm { ticket },
        Effect::Audit(entry) => Act::Audit(entry.what),
        Effect::Close => Act::Close,
        Effect::TellMethod { run, news: core_engine::MethodNews::AskAgain } => Act::AskAgain { run },
        Effect::LeaveButton { .. }
        | Effect::TellMethod { .. }
        | Effect::DropPrepared(_)
        | Effect::VoidChallenges(_)
        | Effect::NotifyOwner(_)
        | Effect::Note(_) => Act::Other,
    }
}

/// Reads the description that the engine gives of itself, and leaves out what decides nothing: durations, tickets, request
/// numbers, what stays the same for a whole walk, and which words a failure is told in. All else counts.
#[derive(Default)]
struct Timeless {
    mixed: u64,
    word: String,
    number: String,
    /// The name before a number.
    before: String,
    /// The unit of a duration goes on: `ms`.
    in_unit: bool,
    /// Brackets that are open inside a value that is left out; none: nothing is left out.
    skipped: Option<u32>,
}

/// Numbers behind these words are names of things, not state.
const NAMES: [&str; 4] = ["Ticket", "Counter", "TransactionId", "next_ticket"];
/// Counts of which only none and some are told apart.
const ENDLESS: [&str; 3] = ["mails_missed", "presses_left", "sheets_left"];
/// Values that decide nothing: what is the same all along a walk, what only words and case code are made from, and times.
/// `kind` is the one of a failure, or that of a proof, which its method tells as well.
const LEFT_OUT: [&str; 14] = [
    "id",
    "selection",
    "rules",
    "account",
    "trouble",
    "last_method",
    "kind",
    "flaws",
    "life",
    "deliveries",
    "salt",
    "line",
    "latest",
    "purpose",
];

impl Timeless {
    fn take(&mut self, c: char) {
        if let Some(depth) = self.skipped {
            self.skip(c, depth);
            return;
        }
        if core::mem::take(&mut self.in_unit) && c == 's' {
            return;
        }
        if c.is_ascii_digit() && self.word.is_empty() || (!self.number.is_empty() && c == '.') {
            self.number.push(c);
            return;
        }
        if !self.number.is_empty() && self.end_number(c) {
            return;
        }
        if c.is_alphanumeric() || c == '_' {
            self.word.push(c);
        } else if !self.word.is_empty() {
            self.before = core::mem::take(&mut self.word);
            if c == ':' && LEFT_OUT.contains(&self.before.as_str()) {
                self.skipped = Some(0);
                return;
            }
        }
        self.mix(c);
    }

    /// Good enough to tell some hundred thousand states apart, and quick: it sees some thousand characters of each.
    const fn mix(&mut self, c: char) {
        self.mixed = (self.mixed.rotate_left(5) ^ c as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    /// A number is over; `true` where `c` was its unit, which makes it a duration: `600s`, `3.5ms`.
    fn end_number(&mut self, c: char) -> bool {
        let is_time = matches!(c, 's' | 'm' | 'µ' | 'n');
        if !is_time && !NAMES.contains(&self.before.as_str()) {
            let enough = ENDLESS.contains(&self.before.as_str()) && self.number != "0";
            if enough {
                self.mix('∞');
            } else {
                let number = core::mem::take(&mut self.number);
                number.chars().for_each(|c| self.mix(c));
            }
        }
        self.number.clear();
        self.in_unit = is_time && c != 's';
        is_time
    }

    fn skip(&mut self, c: char, depth: u32) {
        match c {
            '{' | '(' | '[' => self.skipped = Some(depth + 1),
            '}' | ')' | ']' if depth > 0 => self.skipped = Some(depth - 1),
            // The end of the value, and of what it stands in.
            '}' | ')' | ']' | ',' if depth == 0 => {
                self.skipped = None;
                self.mix(c);
            }
            _ => {}
        }
    }

    const fn finish(&self) -> u64 {
        self.mixed ^ (self.mixed >> 29)
    }
}

impl Write for Timeless {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        text.chars().for_each(|c| self.take(c));
        Ok(())
    }
}

/// The moment of a step.
pub(crate) const fn now(since_boot: Duration) -> Now {
    Now::after_boot(since_boot)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(text: &str) -> u64 {
        let mut timeless = Timeless::default();
        timeless.write_str(text).expect("a hasher takes every text");
        timeless.finish()
    }

    #[test]
    fn times_tickets_and_numbers_are_left_out_and_counts_stay() {
        assert_eq!(mark("Life { ends: 3600s }"), mark("Life { ends: 12.5ms }"));
        assert_eq!(mark("run: Ticket(4), next_ticket: 9,"), mark("run: Ticket(17), next_ticket: 80,"));
        assert_ne!(mark("tries_left: 4,"), mark("tries_left: 3,"));
        assert_ne!(mark("newest: Some(Counter(4))"), mark("newest: None"));
        assert_eq!(mark("Some(Counter(4))"), mark("Some(Counter(5))"));
        assert_ne!(mark("MethodId(\"a1\")"), mark("MethodId(\"a2\")"));
        assert_eq!(mark("trouble: Some(Failure { kind: A, method: [1, 2] }), told: B"), mark("trouble: None, told: B"));
        assert_ne!(mark("trouble: None, told: B"), mark("trouble: None, told: C"));
    }
}
