//! **Closed**: the session is over; its slot is free. Awaits nothing, goes nowhere.
//!
//! What still comes late is cleaned up: a challenge is void, a staged password is dropped.

use super::{Deadlines, State};
use crate::session::frame::Frame;
use crate::session::turn::Turn;
use crate::session::{Event, Step};
use crate::{Counter, FailureKind, MethodId};

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::session) enum Ending {
    /// The new password holds.
    Done,
    /// Everything was erased.
    FactoryState,
    /// The address works.
    AddressConfirmed,
    /// The owner cancelled.
    Cancelled,
    /// Without success, and why.
    Expired(FailureKind),
}

impl Ending {
    pub(super) const fn step(self) -> Step {
        match self {
            Self::Done => Step::Done,
            Self::FactoryState => Step::FactoryState,
            Self::AddressConfirmed => Step::AddressConfirmed,
            Self::Cancelled => Step::Cancelled,
            Self::Expired(_) => Step::Expired,
        }
    }
}

#[derive(Debug)]
pub(in crate::session) struct Closed {
    pub(in crate::session) ending: Ending,
    /// The method that led to success.
    pub(in crate::session) method: Option<MethodId>,
    /// The request number of the success.
    pub(in crate::session) request: Option<Counter>,
}

crate::session::explore::explored!(Closed { ending, method; without request });

impl Closed {
    pub(super) fn on(self, event: Event, turn: &mut Turn) -> State {
        match event {
            Event::ChallengeIssued(_, late) => turn.void_late(late.counter, self),
            Event::Prepared(_, late) => turn.drop_late(late, self),
            Event::Acknowledged
            | Event::MethodChosen(_)
            | Event::TryAnotherWay
            | Event::NoMailCame
            | Event::SupportSaidNo
            | Event::NewChallengeAsked
            | Event::CodeTyped(_)
            | Event::MoreTimeAsked
            | Event::PasswordTyped(_)
            | Event::Cancelled
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
            | Event::DeadlineReached(_)
            | Event::Superseded => turn.ignore(self),
        }
    }

    pub(super) fn deadlines(&self, _: &Frame) -> Deadlines {
        Deadlines::none()
    }
}
