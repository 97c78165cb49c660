//! **Preparing**: a method's worker starts, or is asked for a new code.
//!
//! Awaits its wish to have a code sealed → sealing. Failed, gone or not in time → the fallback table: once more,
//! back to the code that is out, another way, support. *Try another way* → choosing; *cancel*, superseded → closed.

use super::{Deadlines, Sealing, State};
use crate::session::frame::{Frame, Open};
use crate::session::turn::{Run, Turn};
use crate::session::{Effect, Event};
use crate::{Carriage, DeadlineReason, FailureKind, Purpose, SealForm};
use core::time::Duration;

#[derive(Debug)]
pub(in crate::session) struct Preparing {
    pub(in crate::session) run: Run,
    pub(in crate::session) until: Duration,
    /// An older code that is still out; good until a new one is stored.
    pub(in crate::session) shelf: Option<Open>,
}

impl Preparing {
    pub(super) fn on(self, event: Event, turn: &mut Turn) -> State {
        match event {
            Event::MethodStarted(run) | Event::MethodReady(run) if run == self.run.ticket => self.into(),
            Event::SealAsked { run, purpose, form } if run == self.run.ticket => self.seal(purpose, form, turn),
            Event::MethodFailed(run, kind) if run == self.run.ticket => self.failed(kind, turn),
            Event::MethodGone(run, kind) if run == self.run.ticket => self.failed(kind, turn),
            Event::DeadlineReached(why) => self.woken(why, turn),
            Event::TryAnotherWay => {
                turn.stop(&self.run);
                turn.another_way(self.shelf)
            }
            Event::MethodChosen(method)
                if method != self.run.method && turn.frame.is_way(&method, self.shelf.as_ref()) =>
            {
                turn.stop(&self.run);
                turn.choose(&method, self.shelf)
            }
            Event::Cancelled => {
                turn.stop(&self.run);
                turn.cancel(self.shelf)
            }
            Event::Superseded => {
                turn.stop(&self.run);
                turn.end(FailureKind::CodeSuperseded, self.shelf)
            }
            Event::ChallengeIssued(_, late) => turn.void_late(late.counter, self),
            Event::Prepared(_, late) => turn.drop_late(late, self),
            Event::Acknowledged
            | Event::MethodChosen(_)
            | Event::NoMailCame
            | Event::NewChallengeAsked
            | Event::CodeTyped(_)
            | Event::MoreTimeAsked
            | Event::PasswordTyped(_)
            | Event::ButtonPressed
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
            | Event::Delivered(_)
            | Event::PressAsked { .. }
            | Event::ButtonWatched { .. }
            | Event::ButtonEdge { .. }
            | Event::ButtonLost
            | Event::ButtonTaken
            | Event::CounterRaised(..)
            | Event::CounterRefused(..)
            | Event::Erased(_)
            | Event::EraseFailed(..)
            | Event::AddressConfirmed(_) => turn.ignore(self),
        }
    }

    fn seal(self, purpose: Purpose, form: SealForm, turn: &mut Turn) -> State {
        if purpose != turn.frame.purpose {
            return self.failed(FailureKind::MethodGarbage, turn);
        }
        if !turn.frame.can_make_code() {
            turn.stop(&self.run);
            return turn.fall(FailureKind::TooManyCodes.into(), self.shelf);
        }
        turn.frame.codes_left -= 1;
        let ticket = turn.frame.ticket();
        turn.effect(Effect::IssueChallenge {
            ticket,
            method: self.run.method.clone(),
            purpose,
            lane: turn.frame.lane,
            carriage: Carriage::Sealed(form),
            style: turn.frame.rules.code_style,
        });
        Sealing { run: self.run, ticket, until: turn.answer_by(), shelf: self.shelf }.into()
    }

    fn failed(self, kind: FailureKind, turn: &mut Turn) -> State {
        turn.stop(&self.run);
        turn.fall(Turn::method_failure(&self.run.method, kind), self.shelf)
    }

    fn woken(mut self, why: DeadlineReason, turn: &mut Turn) -> State {
        let now = turn.now;
        match (why, &mut self.shelf) {
            (DeadlineReason::MethodStart, _) if now >= self.until => self.failed(FailureKind::MethodHung, turn),
            (DeadlineReason::CodeExpires, Some(open)) if open.life.is_over(now) => {
                self.shelf = turn.shelve(self.shelf);
                self.into()
            }
            (DeadlineReason::Checkpoint, Some(open)) if now >= open.life.checkpoint() => {
                turn.checkpoint(open);
                self.into()
            }
            (
                DeadlineReason::MethodStart
                | DeadlineReason::CodeExpires
                | DeadlineReason::Checkpoint
                | DeadlineReason::DeviceAnswer
                | DeadlineReason::ProofExpires
                | DeadlineReason::Delivery
                | DeadlineReason::PressWindow
                | DeadlineReason::LineSettled
                | DeadlineReason::TryAgain
                | DeadlineReason::Idle,
                _,
            ) => turn.ignore(self),
        }
    }

    pub(super) fn deadlines(&self, _: &Frame) -> Deadlines {
        Deadlines::none().and(DeadlineReason::MethodStart, self.until).of(self.shelf.as_ref())
    }
}
