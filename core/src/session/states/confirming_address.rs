//! **Confirming address**: the code was right, and what it was for is to confirm the address; no password is near.
//!
//! Awaits the journal → closed, address confirmed; surely not written → code entry, to type the code once more.
//! *Cancel* and superseded are not heard for these milliseconds.

use super::{Deadlines, State};
use crate::session::frame::{Frame, Open};
use crate::session::grant::Authority;
use crate::session::turn::Turn;
use crate::session::{Effect, Event};
use crate::{Counter, FailureKind, MethodId, Ticket};

#[derive(Debug)]
pub(in crate::session) struct ConfirmingAddress {
    pub(in crate::session) ticket: Ticket,
    pub(in crate::session) open: Option<Open>,
    pub(in crate::session) method: MethodId,
    pub(in crate::session) counter: Counter,
}

crate::session::explore::explored!(ConfirmingAddress { open, method; without ticket, counter });

impl ConfirmingAddress {
    /// Spends the authority: a failure means to type the code once more.
    pub(in crate::session) fn begin(authority: &Authority, open: Option<Open>, turn: &mut Turn) -> State {
        let Some((grant, (method, counter))) = authority.address_grant().zip(authority.latest()) else {
            return turn.end(FailureKind::ProofExpired, open);
        };
        let ticket = turn.frame.ticket();
        turn.effect(Effect::ConfirmAddress { ticket, grant });
        Self { ticket, open, method, counter }.into()
    }

    pub(super) fn on(self, event: Event, turn: &mut Turn) -> State {
        match event {
            Event::AddressConfirmed(ticket) if ticket == self.ticket => turn.succeed(self.method, self.counter),
            Event::CommitFailed(ticket, kind) if ticket == self.ticket => turn.fall(kind.into(), self.open),
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
