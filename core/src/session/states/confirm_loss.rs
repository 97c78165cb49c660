//! **Confirm loss**: the chosen way destroys more than the password; the owner is told what, and says to go on.
//!
//! Awaits *OK* → preparing. *Try another way* → choosing, another method → there. A code that is out stays good while it
//! lives. *Cancel*, superseded, idle → closed.

use super::{Deadlines, State};
use crate::session::frame::{Frame, Open};
use crate::session::turn::Turn;
use crate::session::{AuditKind, Event};
use crate::{DeadlineReason, FailureKind, Loss, MethodId, time::minutes};
use core::time::Duration;

#[derive(Debug)]
pub(in crate::session) struct ConfirmLoss {
    pub(in crate::session) method: MethodId,
    pub(in crate::session) loss: Loss,
    pub(in crate::session) shelf: Option<Open>,
    pub(in crate::session) idle_at: Duration,
}

crate::session::explore::explored!(ConfirmLoss { method, loss, shelf; without idle_at });

impl ConfirmLoss {
    pub(super) fn on(self, event: Event, turn: &mut Turn) -> State {
        match event {
            Event::Acknowledged => self.confirmed(turn),
            Event::TryAnotherWay => turn.another_way(self.shelf),
            Event::MethodChosen(method) if method != self.method && turn.frame.is_way(&method, self.shelf.as_ref()) => {
                turn.choose(&method, self.shelf)
            }
            Event::DeadlineReached(why) => self.woken(why, turn),
            Event::Cancelled => turn.cancel(self.shelf),
            Event::Superseded => turn.end(FailureKind::CodeSuperseded, self.shelf),
            Event::ChallengeIssued(_, late) => turn.void_late(late.counter, self),
            Event::Prepared(_, late) => turn.drop_late(late, self),
            Event::MethodChosen(_)
            | Event::NoMailCame
            | Event::SupportSaidNo
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
            | Event::KeptAsked { .. }
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

    fn confirmed(self, turn: &mut Turn) -> State {
        let Self { method, loss, shelf, .. } = self;
        let shelf = turn.shelve(shelf);
        turn.audit(AuditKind::LossConfirmed(method.clone(), loss));
        turn.audit(AuditKind::MethodChosen(method.clone()));
        turn.prepare(&method, shelf)
    }

    fn woken(mut self, why: DeadlineReason, turn: &mut Turn) -> State {
        let now = turn.now;
        if why == DeadlineReason::Idle && self.shelf.is_none() && now >= self.idle_at {
            return turn.end(FailureKind::SessionIdle, None);
        }
        if !turn.tend(&mut self.shelf, why) {
            return turn.ignore(self);
        }
        if self.shelf.is_none() {
            self.idle_at = self.idle_at.max(now + minutes(turn.frame.rules.idle_minutes));
        }
        self.into()
    }

    pub(super) fn deadlines(&self, _: &Frame) -> Deadlines {
        match &self.shelf {
            Some(open) => Deadlines::none().of(Some(open)),
            None => Deadlines::none().and(DeadlineReason::Idle, self.idle_at),
        }
    }
}
