//! Engines with a hole each: the real one, and something done wrong around it. What they get wrong was got wrong elsewhere.
#![allow(clippy::wildcard_enum_match_arm, reason = "a double changes one thing and passes every other on")]

use std::time::Duration;

use resetkit_core::{
    AccountName, AuditKind, Counter, Deadline, DeadlineReason, Event, MethodId, Now, Opening, Record, Resumable,
    Selection, SessionRules, SessionView, Step, Ticket, TransactionId,
};
use resetkit_lint::{Act, Engine, Machine, RealEngine};

/// What is done wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hole {
    /// *Try another way* leaves a note behind; whoever chooses a way next is at the new password (CVE-2026-18963).
    TryAnotherWay,
    /// Any code that is compared opens.
    AnyCode,
    /// The first proof opens where two are wanted.
    OneProofOfTwo,
    /// Nothing ever wakes a session.
    NoDeadline,
    /// A method that fails leads to support at once.
    SupportAtOnce,
    /// *Cancel* is not heard.
    NoCancel,
    /// A password that was set is set once more by the same proof.
    CommitTwice,
    /// The password of another account is set.
    OtherAccount,
    /// What the factory state destroys is not said before.
    LossUnsaid,
    /// The way that loses most is offered first.
    MostLossFirst,
    /// A way that is not offered is started on demand.
    StartsAnything,
    /// A session ends without a word why.
    Wordless,
    /// A method that fails leaves the owner at a picture that never comes.
    WaitsForNothing,
    /// A wrong code is compared over and over (AWS Cognito, Keycloak CVE-2024-4629).
    ComparesAgain,
}

impl Engine for Hole {
    fn open(&self, opening: Opening, now: Now) -> (Box<dyn Machine>, Vec<Act>) {
        let (inner, acts) = RealEngine.open(opening, now);
        (Box::new(Double { inner, hole: *self, mood: Mood::Honest, compared: 0 }), acts)
    }

    fn resume(
        &self,
        record: Resumable,
        rules: SessionRules,
        selection: Selection,
        now: Now,
    ) -> (Box<dyn Machine>, Vec<Act>) {
        let (inner, acts) = RealEngine.resume(record, rules, selection, now);
        (Box::new(Double { inner, hole: *self, mood: Mood::Honest, compared: 0 }), acts)
    }
}

/// Where a double stands, apart from where the real engine does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Honest,
    /// The note that *try another way* left.
    Noted,
    /// At the new password, by no right.
    Opened,
    Staging,
    Setting,
    Set,
    /// At support.
    Support,
    /// Waiting for nothing.
    Stuck,
}

struct Double {
    inner: Box<dyn Machine>,
    hole: Hole,
    mood: Mood,
    compared: u8,
}

/// Tickets of the double's own.
const STAGE: Ticket = Ticket::new(900_001);
const SET: Ticket = Ticket::new(900_002);
const AGAIN: Ticket = Ticket::new(900_003);

fn admin() -> AccountName {
    AccountName::parse("admin").expect("a name")
}

impl Double {
    /// Takes an event by itself; `None`: it is the real engine's.
    fn takes(&mut self, event: &Event) -> Option<Vec<Act>> {
        match (self.hole, self.mood, event) {
            (_, Mood::Opened, Event::PasswordTyped(_)) => {
                self.mood = Mood::Staging;
                Some(vec![Act::Prepare { ticket: STAGE, account: admin() }])
            }
            (_, Mood::Staging, Event::Prepared(_, transaction)) => {
                self.mood = Mood::Setting;
                Some(vec![commit(SET, *transaction)])
            }
            (_, Mood::Setting, Event::Committed(_)) => {
                self.mood = Mood::Set;
                Some(vec![Act::Close])
            }
            (_, Mood::Opened | Mood::Staging | Mood::Setting | Mood::Set, _) => Some(Vec::new()),
            (_, Mood::Support | Mood::Stuck, Event::Cancelled) => {
                self.mood = Mood::Honest;
                None
            }
            (_, Mood::Support | Mood::Stuck, _) => Some(Vec::new()),
            (Hole::NoCancel, _, Event::Cancelled) => Some(Vec::new()),
            (Hole::TryAnotherWay, Mood::Honest, Event::TryAnotherWay) => {
                self.mood = Mood::Noted;
                None
            }
            (Hole::TryAnotherWay, Mood::Noted, Event::MethodChosen(_)) => {
                self.mood = Mood::Opened;
                Some(Vec::new())
            }
            (Hole::AnyCode, _, Event::Derived(..)) => {
                self.mood = Mood::Opened;
                None
            }
            (Hole::SupportAtOnce, _, Event::MethodGone(..)) => {
                self.mood = Mood::Support;
                None
            }
            (Hole::WaitsForNothing, _, Event::MethodGone(..)) => {
                self.mood = Mood::Stuck;
                None
            }
            (Hole::StartsAnything, _, Event::MethodChosen(method)) if !self.is_offered(method) => {
                Some(vec![Act::Start { run: AGAIN, method: method.clone() }])
            }
            (Hole::ComparesAgain, _, Event::Derived(..)) if self.compared < 3 => {
                self.compared += 1;
                Some(vec![Act::Derive { ticket: AGAIN, bound: resetkit_core::Bound::Counter(Counter::new(1)) }])
            }
            _ => None,
        }
    }

    fn is_offered(&self, method: &MethodId) -> bool {
        let view = self.inner.view(Now::after_boot(Duration::from_secs(30)));
        view.offers.iter().any(|offer| offer.method == *method)
    }

    /// What becomes of the real engine's wishes.
    fn twists(&mut self, acts: Vec<Act>, now: Now) -> Vec<Act> {
        let mut out = Vec::new();
        for act in acts {
            match act {
                Act::Audit(AuditKind::LossConfirmed(..)) if self.hole == Hole::LossUnsaid => {}
                Act::Commit { ticket, transaction, spent, .. } if self.hole == Hole::OtherAccount => {
                    let account = AccountName::parse("guest").expect("a name");
                    out.push(Act::Commit { ticket, account, transaction, spent });
                }
                other => out.push(other),
            }
        }
        let view = self.inner.view(now);
        if self.hole == Hole::CommitTwice && view.step == Step::Done {
            out.push(commit(AGAIN, TransactionId::new(1)));
        }
        if self.hole == Hole::OneProofOfTwo && view.further.is_some() && self.mood == Mood::Honest {
            self.mood = Mood::Opened;
        }
        out
    }
}

fn commit(ticket: Ticket, transaction: TransactionId) -> Act {
    Act::Commit { ticket, account: admin(), transaction, spent: vec![Counter::new(1)] }
}

impl Machine for Double {
    fn branch(&self) -> Box<dyn Machine> {
        Box::new(Self { inner: self.inner.branch(), ..*self })
    }

    fn step(mut self: Box<Self>, now: Now, event: Event) -> (Box<dyn Machine>, Vec<Act>) {
        if let Some(acts) = self.takes(&event) {
            return (self, acts);
        }
        let Self { inner, hole, mood, compared } = *self;
        let (inner, acts) = inner.step(now, event);
        let mut double = Self { inner, hole, mood, compared };
        let acts = double.twists(acts, now);
        (Box::new(double), acts)
    }

    fn view(&self, now: Now) -> SessionView {
        let mut view = self.inner.view(now);
        match self.mood {
            Mood::Honest | Mood::Noted => {}
            Mood::Opened => view.step = Step::ChoosePassword,
            Mood::Staging | Mood::Setting => (view.step, view.can_cancel) = (Step::Saving, false),
            Mood::Set => (view.step, view.can_cancel) = (Step::Done, false),
            Mood::Support => view.step = Step::DeadEnd,
            Mood::Stuck => view.step = Step::Preparing,
        }
        match self.hole {
            Hole::MostLossFirst => view.offers.reverse(),
            Hole::Wordless => view.failure = None,
            _ => {}
        }
        view
    }

    fn deadline(&self) -> Option<Deadline> {
        match (self.hole, self.mood) {
            (Hole::NoDeadline, _) => None,
            (_, Mood::Honest | Mood::Noted) => self.inner.deadline(),
            _ => Some(Deadline { at: Duration::from_secs(60), why: DeadlineReason::Idle }),
        }
    }

    fn record(&self, now: Now) -> Option<Record> {
        self.inner.record(now)
    }

    fn is_over(&self) -> bool {
        self.mood == Mood::Set || self.mood == Mood::Honest && self.inner.is_over()
    }

    fn mark(&self) -> u128 {
        self.inner.mark() ^ ((self.mood as u128 + 1) << 8) ^ u128::from(self.compared)
    }
}
