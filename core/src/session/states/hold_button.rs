//! **Hold button**: the daemon gives every edge of the line, the method shows how far the hold is, and the engine finds
//! the hold in its own record. What the method says of presence counts for nothing (R82).
//!
//! Awaits the watch, then edges. A hold → choose-password (or the next kind of proof), or erasing where the profile says
//! factory state. Too short, too long → here, again. Window over, line lost, taken by the console, method lost → the
//! fallback table. *Try another way* → choosing; *cancel*, superseded → closed. A hold across a boot does not exist.

use super::{Deadlines, State};
use crate::session::frame::{Frame, Open};
use crate::session::grant::attest;
use crate::session::hold::{Line, Reading, SeenHold};
use crate::session::turn::{Carrier, Run, Turn};
use crate::session::{AuditKind, Effect, Event, MethodNews};
use crate::{ButtonRules, Counter, DeadlineReason, Failure, FailureKind};
use core::time::Duration;

#[derive(Debug)]
pub(in crate::session) struct HoldButton {
    pub(in crate::session) run: Run,
    /// The request number on the screen.
    pub(in crate::session) counter: Counter,
    pub(in crate::session) rules: ButtonRules,
    /// The engine's own record; none until the daemon watches.
    pub(in crate::session) line: Option<Line>,
    /// By when the daemon has to watch.
    pub(in crate::session) until: Duration,
    /// A code that is out, by another method.
    pub(in crate::session) shelf: Option<Open>,
}

crate::session::explore::explored!(HoldButton { run, shelf; without counter, rules, line, until });

impl HoldButton {
    pub(super) fn on(self, event: Event, turn: &mut Turn) -> State {
        match event {
            Event::ButtonWatched { run, at, pressed } if run == self.run.ticket && self.line.is_none() => {
                self.watched(at, pressed, turn)
            }
            Event::ButtonEdge { at, pressed } if self.line.is_some() => self.edge(at, pressed, turn),
            Event::ButtonLost => self.failed(FailureKind::ButtonLost, turn),
            Event::ButtonTaken => self.failed(FailureKind::ButtonBusy, turn),
            Event::MethodFailed(run, kind) if run == self.run.ticket => self.method_failed(kind, turn),
            Event::MethodGone(run, kind) if run == self.run.ticket => self.method_failed(kind, turn),
            Event::MethodStarted(run) | Event::MethodReady(run) if run == self.run.ticket => self.into(),
            // A press reserves an attempt for the code that is out, should the owner go back to it (R10).
            Event::ButtonPressed => {
                turn.frame.pressed();
                self.into()
            }
            Event::DeadlineReached(why) => self.woken(why, turn),
            Event::TryAnotherWay => {
                turn.frame.trouble = None;
                let shelf = self.leave(turn);
                turn.another_way(shelf)
            }
            Event::MethodChosen(method)
                if method != self.run.method && turn.frame.is_way(&method, self.shelf.as_ref()) =>
            {
                let shelf = self.leave(turn);
                turn.choose(&method, shelf)
            }
            Event::Cancelled => {
                let shelf = self.leave(turn);
                turn.cancel(shelf)
            }
            Event::Superseded => {
                let shelf = self.leave(turn);
                turn.end(FailureKind::CodeSuperseded, shelf)
            }
            Event::ChallengeIssued(_, late) => turn.void_late(late.counter, self),
            Event::Prepared(_, late) => turn.drop_late(late, self),
            Event::Acknowledged
            | Event::MethodChosen(_)
            | Event::NoMailCame
            | Event::SupportSaidNo
            | Event::NewChallengeAsked
            | Event::CodeTyped(_)
            | Event::MoreTimeAsked
            | Event::PasswordTyped(_)
            | Event::MethodStarted(_)
            | Event::MethodReady(_)
            | Event::SealAsked { .. }
            | Event::MethodFailed(..)
            | Event::MethodGone(..)
            | Event::ChallengeRefused(..)
            | Event::Persisted(_)
            | Event::StoreFailed(_)
            | Event::Charged(_)
            | Event::ChargeRefused(..)
            | Event::Derived(..)
            | Event::DeriveFailed(_)
            | Event::PasswordRefused(..)
            | Event::PrepareFailed(..)
            | Event::Committed(_)
            | Event::CommitFailed(..)
            | Event::DeliveryAsked { .. }
            | Event::KeptAsked { .. }
            | Event::Delivered(_)
            | Event::PressAsked { .. }
            | Event::ButtonWatched { .. }
            | Event::ButtonEdge { .. }
            | Event::CounterRaised(..)
            | Event::CounterRefused(..)
            | Event::Erased(_)
            | Event::EraseFailed(..)
            | Event::AddressConfirmed(_) => turn.ignore(self),
        }
    }

    fn watched(mut self, at: Duration, pressed: bool, turn: &mut Turn) -> State {
        // Not later than now, so that the window does not wait for a clock that runs ahead.
        self.line = Some(Line::watched(self.rules, at.min(turn.now), pressed));
        turn.frame.trouble = None;
        self.into()
    }

    fn edge(mut self, at: Duration, pressed: bool, turn: &mut Turn) -> State {
        let now = turn.now;
        let reading = self.line.as_mut().map_or(Reading::Nothing, |line| line.edge(at, pressed, now));
        self.read(reading, turn)
    }

    fn read(self, reading: Reading, turn: &mut Turn) -> State {
        match reading {
            Reading::Nothing | Reading::NotAHold => self.into(),
            Reading::Held(hold) => self.held(hold, turn),
        }
    }

    fn held(self, hold: SeenHold, turn: &mut Turn) -> State {
        let claim = turn.frame.claim_of_hold(&self.run.method, turn.now);
        let proof = attest(hold, self.counter, self.rules.on_presence, claim);
        turn.audit(AuditKind::Proved(self.counter, self.run.method.clone()));
        turn.tell(&Carrier::Running(self.run.clone()), MethodNews::Proved);
        let shelf = self.leave(turn);
        turn.frame.trouble = None;
        turn.frame.proofs.keep(proof);
        let shelf = turn.shelve(shelf);
        turn.proved(shelf)
    }

    fn method_failed(self, kind: FailureKind, turn: &mut Turn) -> State {
        let failure = turn.method_failure(&self.run.method, kind);
        let shelf = self.leave(turn);
        turn.fall(failure, shelf)
    }

    fn failed(self, kind: FailureKind, turn: &mut Turn) -> State {
        let failure = Failure::of(kind, self.run.method.clone());
        let shelf = self.leave(turn);
        turn.fall(failure, shelf)
    }

    fn leave(self, turn: &mut Turn) -> Option<Open> {
        turn.effect(Effect::LeaveButton { run: self.run.ticket });
        turn.stop(&self.run);
        self.shelf
    }

    /// The window is over. An edge that is not believed yet gets its time.
    fn window_over(self, line_is_stuck: bool, turn: &mut Turn) -> State {
        let kind = if line_is_stuck { FailureKind::ButtonStuck } else { FailureKind::PressNotSeen };
        self.failed(kind, turn)
    }

    fn window_end(&self) -> Option<Duration> {
        let line = self.line.as_ref()?;
        Some(line.settles_at().map_or(line.ends(), |quiet| line.ends().max(quiet)))
    }

    fn woken(mut self, why: DeadlineReason, turn: &mut Turn) -> State {
        let now = turn.now;
        let over = self.window_end().is_some_and(|end| now >= end);
        match (why, &mut self.line) {
            (DeadlineReason::DeviceAnswer, None) if now >= self.until => self.failed(FailureKind::ButtonLost, turn),
            (DeadlineReason::LineSettled, Some(line)) if line.settles_at().is_some_and(|quiet| now >= quiet) => {
                let reading = line.settle(now);
                self.read(reading, turn)
            }
            (DeadlineReason::PressWindow, Some(line)) if over => match line.settle(now) {
                Reading::Held(hold) => self.held(hold, turn),
                Reading::Nothing | Reading::NotAHold => {
                    let stuck = line.is_stuck();
                    self.window_over(stuck, turn)
                }
            },
            (
                DeadlineReason::DeviceAnswer
                | DeadlineReason::LineSettled
                | DeadlineReason::PressWindow
                | DeadlineReason::CodeExpires
                | DeadlineReason::Checkpoint
                | DeadlineReason::MethodStart
                | DeadlineReason::ProofExpires
                | DeadlineReason::Delivery
                | DeadlineReason::TryAgain
                | DeadlineReason::Idle,
                _,
            ) => {
                if turn.tend(&mut self.shelf, why) {
                    self.into()
                } else {
                    turn.ignore(self)
                }
            }
        }
    }

    pub(super) fn deadlines(&self, _: &Frame) -> Deadlines {
        let unwatched = self.line.is_none().then_some(self.until);
        Deadlines::none()
            .and(DeadlineReason::DeviceAnswer, unwatched)
            .and(DeadlineReason::LineSettled, self.line.as_ref().and_then(Line::settles_at))
            .and(DeadlineReason::PressWindow, self.window_end())
            .of(self.shelf.as_ref())
    }
}
