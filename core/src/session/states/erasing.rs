//! **Erasing**: the button was held on a device where that means the factory state, and the owner was told before.
//! From here on nobody can say stop.
//!
//! Awaits the journal → closed, factory state; surely nothing erased → the fallback table, the proof is spent. *Cancel*
//! and superseded are not heard.

use super::{Deadlines, State};
use crate::session::frame::{Frame, Open};
use crate::session::grant::Authority;
use crate::session::turn::Turn;
use crate::session::{Effect, Event};
use crate::{Counter, Failure, FailureKind, MethodId, Ticket};

#[derive(Debug)]
pub(in crate::session) struct Erasing {
    pub(in crate::session) ticket: Ticket,
    pub(in crate::session) method: MethodId,
    pub(in crate::session) counter: Counter,
    pub(in crate::session) open: Option<Open>,
}

crate::session::explore::explored!(Erasing { method, open; without ticket, counter });

impl Erasing {
    /// Spends the authority.
    pub(in crate::session) fn begin(authority: &Authority, open: Option<Open>, turn: &mut Turn) -> State {
        let Some(grant) = authority.erase_grant() else { return turn.end(FailureKind::ProofExpired, open) };
        let (ticket, method, counter) = (turn.frame.ticket(), grant.method().clone(), grant.request());
        turn.effect(Effect::EraseAll { ticket, grant });
        Self { ticket, method, counter, open }.into()
    }

    pub(super) fn on(self, event: Event, turn: &mut Turn) -> State {
        match event {
            Event::Erased(ticket) if ticket == self.ticket => turn.erased(self.method, self.counter),
            Event::EraseFailed(ticket, kind) if ticket == self.ticket => {
                turn.fall(Failure::of(kind, self.method), self.open)
            }
            Event::ChallengeIssued(_, late) => turn.void_late(late.counter, self),
            Event::Prepared(_, late) => turn.drop_late(late, self),
            Event::Acknowledged
            | Event::MethodChosen(_)
            | Event::TryAnotherWay
            | Event::Cancelled
            | Event::Superseded
            | Event::MethodFailed(..)
            | Event::MethodGone(..)
            | Event::NoMailCame
            | Event::SupportSaidNo
            | Event::DeadlineReached(_)
            | Event::NewChallengeAsked
            | Event::CodeTyped(_)
            | Event::MoreTimeAsked
            | Event::PasswordTyped(_)
            | Event::ButtonPressed
            | Event::MethodStarted(_)
            | Event::MethodReady(_)
            | Event::SealAsked { .. }
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

    pub(super) fn deadlines(&self, _: &Frame) -> Deadlines {
        Deadlines::none()
    }
}
