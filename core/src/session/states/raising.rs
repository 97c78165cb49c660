//! **Raising**: the daemon raises the counter for a press; the request has no code.
//!
//! Awaits the number → hold-button. Refused (the button is somebody else's, too many requests) or not in time → the
//! fallback table. The method may die meanwhile. *Try another way* → choosing; *cancel*, superseded → closed.

use super::{Deadlines, HoldButton, State};
use crate::session::frame::{Frame, Open};
use crate::session::turn::{Run, Turn};
use crate::session::{AuditKind, Effect, Event};
use crate::{Counter, DeadlineReason, Failure, FailureKind, Ticket};
use core::time::Duration;

#[derive(Debug)]
pub(in crate::session) struct Raising {
    pub(in crate::session) run: Run,
    pub(in crate::session) ticket: Ticket,
    pub(in crate::session) until: Duration,
    /// A code that is out, by another method.
    pub(in crate::session) shelf: Option<Open>,
}

crate::session::explore::explored!(Raising { run, shelf; without ticket, until });

impl Raising {
    pub(super) fn on(self, event: Event, turn: &mut Turn) -> State {
        match event {
            Event::CounterRaised(ticket, counter) if ticket == self.ticket => self.raised(counter, turn),
            Event::CounterRefused(ticket, failure) if ticket == self.ticket => self.failed(failure.kind, turn),
            Event::MethodFailed(run, kind) if run == self.run.ticket => self.method_failed(kind, turn),
            Event::MethodGone(run, kind) if run == self.run.ticket => self.method_failed(kind, turn),
            Event::MethodStarted(run) | Event::MethodReady(run) if run == self.run.ticket => self.into(),
            Event::ButtonTaken => self.failed(FailureKind::ButtonBusy, turn),
            Event::ButtonPressed => {
                turn.frame.pressed();
                self.into()
            }
            Event::DeadlineReached(why) => self.woken(why, turn),
            Event::TryAnotherWay => {
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
            | Event::ButtonLost
            | Event::CounterRaised(..)
            | Event::CounterRefused(..)
            | Event::Erased(_)
            | Event::EraseFailed(..)
            | Event::AddressConfirmed(_) => turn.ignore(self),
        }
    }

    fn raised(self, counter: Counter, turn: &mut Turn) -> State {
        let Some(rules) = turn.frame.rules.button else { return self.failed(FailureKind::NoButton, turn) };
        if !turn.frame.is_newer(counter) {
            return self.failed(FailureKind::SealFailed, turn);
        }
        turn.audit(AuditKind::PressAwaited(counter, self.run.method.clone()));
        turn.effect(Effect::WatchButton { run: self.run.ticket, counter });
        HoldButton { run: self.run, counter, rules, line: None, until: turn.answer_by(), shelf: self.shelf }.into()
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

    /// The daemon may have taken the button for this session already.
    fn leave(self, turn: &mut Turn) -> Option<Open> {
        turn.effect(Effect::LeaveButton { run: self.run.ticket });
        turn.stop(&self.run);
        self.shelf
    }

    fn woken(mut self, why: DeadlineReason, turn: &mut Turn) -> State {
        if why == DeadlineReason::DeviceAnswer && turn.now >= self.until {
            return self.failed(FailureKind::StoreFailed, turn);
        }
        if turn.tend(&mut self.shelf, why) { self.into() } else { turn.ignore(self) }
    }

    pub(super) fn deadlines(&self, _: &Frame) -> Deadlines {
        Deadlines::none().and(DeadlineReason::DeviceAnswer, self.until).of(self.shelf.as_ref())
    }
}
