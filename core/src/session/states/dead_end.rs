//! **Dead end**: nothing on the device is left; the screen shows the support contact, which is a next step too.
//!
//! Awaits *OK* or *cancel* → closed. A method that may still be started can be chosen → preparing. Idle → closed.

use super::{Deadlines, State};
use crate::session::Event;
use crate::session::frame::Frame;
use crate::session::turn::Turn;
use crate::{DeadlineReason, FailureKind};
use core::time::Duration;

#[derive(Debug)]
pub(in crate::session) struct DeadEnd {
    pub(in crate::session) idle_at: Duration,
}

crate::session::explore::explored!(DeadEnd { ; without idle_at });

impl DeadEnd {
    pub(super) fn on(self, event: Event, turn: &mut Turn) -> State {
        match event {
            Event::MethodChosen(method) if turn.frame.is_way(&method, None) => turn.choose(&method, None),
            Event::DeadlineReached(DeadlineReason::Idle) if turn.now >= self.idle_at => {
                turn.end(FailureKind::SessionIdle, None)
            }
            Event::Acknowledged | Event::Cancelled => turn.cancel(None),
            Event::Superseded => turn.end(FailureKind::CodeSuperseded, None),
            Event::ChallengeIssued(_, late) => turn.void_late(late.counter, self),
            Event::Prepared(_, late) => turn.drop_late(late, self),
            Event::MethodChosen(_)
            | Event::TryAnotherWay
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
            | Event::AddressConfirmed(_)
            | Event::DeadlineReached(_) => turn.ignore(self),
        }
    }

    pub(super) fn deadlines(&self, _: &Frame) -> Deadlines {
        Deadlines::none().and(DeadlineReason::Idle, self.idle_at)
    }
}
