//! **Committing**: the journal decides. From here on nobody can say stop: the truth is what was written (R41).
//!
//! Awaits the journal → done; surely not written → choose-password, the proof kept, the old password as it was.
//! *Cancel* and superseded are not heard for these milliseconds.

use super::{ChoosePassword, Deadlines, State};
use crate::session::frame::{Frame, Open};
use crate::session::grant::Authority;
use crate::session::turn::Turn;
use crate::session::{AuditKind, Effect, Event};
use crate::{Failure, FailureKind, Ticket, TransactionId};

#[derive(Debug)]
pub(in crate::session) struct Committing {
    pub(in crate::session) authority: Authority,
    pub(in crate::session) open: Option<Open>,
    pub(in crate::session) ticket: Ticket,
    pub(in crate::session) transaction: TransactionId,
}

crate::session::explore::explored!(Committing { authority, open; without ticket, transaction });

impl Committing {
    pub(super) fn on(self, event: Event, turn: &mut Turn) -> State {
        match event {
            Event::Committed(ticket) if ticket == self.ticket => self.committed(turn),
            Event::CommitFailed(ticket, kind) if ticket == self.ticket => self.failed(kind, turn),
            Event::ChallengeIssued(_, late) => turn.void_late(late.counter, self),
            Event::Prepared(_, late) if late != self.transaction => turn.drop_late(late, self),
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
            | Event::Prepared(..)
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

    fn committed(self, turn: &mut Turn) -> State {
        match self.authority.latest() {
            Some((method, counter)) => {
                if let Some(kept) = self.authority.kept() {
                    turn.audit(AuditKind::KeptCodeUsed(counter, kept.place));
                }
                turn.succeed(method, counter)
            }
            // An authority always holds a proof; without one nothing was granted.
            None => turn.end(FailureKind::ProofExpired, self.open),
        }
    }

    fn failed(self, kind: FailureKind, turn: &mut Turn) -> State {
        turn.effect(Effect::DropPrepared(self.transaction));
        turn.audit(AuditKind::DeviceFailed(kind));
        turn.frame.trouble = Some(Failure::new(kind));
        ChoosePassword::with(self.authority, self.open).into()
    }

    pub(super) fn deadlines(&self, _: &Frame) -> Deadlines {
        Deadlines::none()
    }
}
