//! **Notice**: says what will happen and what leaves the device.
//!
//! Awaits *OK* → preparing (the best way loses only the password), or choosing (there is bad news or a loss to be
//! told first). *Cancel*, superseded, idle → closed.

use super::{Deadlines, State};
use crate::session::Event;
use crate::session::frame::Frame;
use crate::session::turn::Turn;
use crate::{DeadlineReason, FailureKind, Loss};
use core::time::Duration;

#[derive(Debug)]
pub(in crate::session) struct Notice {
    pub(in crate::session) idle_at: Duration,
}

crate::session::explore::explored!(Notice { ; without idle_at });

impl Notice {
    pub(super) fn on(self, event: Event, turn: &mut Turn) -> State {
        match event {
            Event::Acknowledged => Self::go_on(turn),
            Event::MethodChosen(method) => turn.choose(&method, None),
            Event::TryAnotherWay => turn.another_way(None),
            Event::DeadlineReached(DeadlineReason::Idle) if turn.now >= self.idle_at => {
                turn.end(FailureKind::SessionIdle, None)
            }
            Event::Cancelled => turn.cancel(None),
            Event::Superseded => turn.end(FailureKind::CodeSuperseded, None),
            Event::ChallengeIssued(_, late) => turn.void_late(late.counter, self),
            Event::Prepared(_, late) => turn.drop_late(late, self),
            Event::NoMailCame
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

    fn go_on(turn: &mut Turn) -> State {
        let first = turn.frame.selection.offered.first();
        let harmless = first.filter(|offer| offer.loss == Loss::PasswordOnly).map(|offer| offer.method.clone());
        match (turn.frame.selection.headline.clone(), harmless) {
            (None, Some(method)) => turn.choose(&method, None),
            (headline, _) => {
                turn.frame.trouble = headline;
                turn.another_way(None)
            }
        }
    }

    pub(super) fn deadlines(&self, _: &Frame) -> Deadlines {
        Deadlines::none().and(DeadlineReason::Idle, self.idle_at)
    }
}
