//! **Choosing**: the ways that would work, least loss first, and for the others the reason.
//!
//! Awaits a method → preparing (new), code entry (its code is still out) or choose-password (the owner goes back to
//! the method that already proved). By itself it leads nowhere. The code that was out stays good while it lives;
//! *cancel*, superseded, idle without one → closed.

use super::{Deadlines, State};
use crate::session::Event;
use crate::session::frame::{Frame, Open};
use crate::session::turn::Turn;
use crate::{DeadlineReason, Failure, FailureKind};
use core::time::Duration;

#[derive(Debug)]
pub(in crate::session) struct Choosing {
    /// A code that is out while the owner looks around.
    pub(in crate::session) shelf: Option<Open>,
    pub(in crate::session) idle_at: Duration,
}

crate::session::explore::explored!(Choosing { shelf; without idle_at });

impl Choosing {
    pub(super) fn on(self, event: Event, turn: &mut Turn) -> State {
        match event {
            Event::MethodChosen(method) => turn.choose(&method, self.shelf),
            Event::ButtonPressed => {
                turn.frame.pressed();
                self.into()
            }
            Event::DeadlineReached(why) => self.woken(why, turn),
            Event::Cancelled => turn.cancel(self.shelf),
            Event::Superseded => turn.end(FailureKind::CodeSuperseded, self.shelf),
            Event::ChallengeIssued(_, late) => turn.void_late(late.counter, self),
            Event::Prepared(_, late) => turn.drop_late(late, self),
            Event::Acknowledged
            | Event::TryAnotherWay
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
            | Event::ButtonTaken
            | Event::CounterRaised(..)
            | Event::CounterRefused(..)
            | Event::Erased(_)
            | Event::EraseFailed(..)
            | Event::AddressConfirmed(_) => turn.ignore(self),
        }
    }

    fn woken(mut self, why: DeadlineReason, turn: &mut Turn) -> State {
        if why == DeadlineReason::Idle && self.shelf.is_none() && turn.now >= self.idle_at {
            return turn.end(FailureKind::SessionIdle, None);
        }
        if self.shelf.as_ref().is_some_and(|open| why == DeadlineReason::CodeExpires && open.life.is_over(turn.now)) {
            turn.frame.trouble = Some(Failure::new(FailureKind::CodeExpired));
            return turn.another_way(self.shelf);
        }
        if turn.tend(&mut self.shelf, why) { self.into() } else { turn.ignore(self) }
    }

    pub(super) fn deadlines(&self, _: &Frame) -> Deadlines {
        match &self.shelf {
            Some(open) => Deadlines::none().of(Some(open)),
            None => Deadlines::none().and(DeadlineReason::Idle, self.idle_at),
        }
    }
}
