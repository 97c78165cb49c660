//! **Resuming**: after a boot. The record, which paid for the boot, is written before anything of it is shown (R12).
//!
//! Awaits the journal → code entry, never further: what was proved before the boot is gone. A failure of the journal
//! voids the code → the fallback table. *Cancel*, superseded → closed.

use super::{Deadlines, State};
use crate::session::frame::{Frame, Open};
use crate::session::turn::Turn;
use crate::session::{AuditKind, Event};
use crate::{DeadlineReason, FailureKind, Ticket};
use core::time::Duration;

#[derive(Debug)]
pub(in crate::session) struct Resuming {
    pub(in crate::session) open: Open,
    pub(in crate::session) ticket: Ticket,
    pub(in crate::session) until: Duration,
}

crate::session::explore::explored!(Resuming { open; without ticket, until });

impl Resuming {
    pub(super) fn on(self, event: Event, turn: &mut Turn) -> State {
        match event {
            Event::Persisted(ticket) if ticket == self.ticket => {
                turn.audit(AuditKind::Resumed(self.open.challenge.counter));
                turn.enter_code(self.open)
            }
            Event::StoreFailed(ticket) if ticket == self.ticket => self.not_stored(turn),
            Event::DeadlineReached(DeadlineReason::DeviceAnswer) if turn.now >= self.until => self.not_stored(turn),
            Event::Cancelled => turn.cancel(Some(self.open)),
            Event::Superseded => turn.end(FailureKind::CodeSuperseded, Some(self.open)),
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

    /// A boot that cannot be charged must not be free.
    fn not_stored(self, turn: &mut Turn) -> State {
        turn.void(self.open, FailureKind::StoreFailed);
        turn.fall(FailureKind::StoreFailed.into(), None)
    }

    pub(super) fn deadlines(&self, _: &Frame) -> Deadlines {
        Deadlines::none().and(DeadlineReason::DeviceAnswer, self.until)
    }
}
