//! **Preparing password**: blocklist and account back end check the password and stage its hashes.
//!
//! Awaits the back end → committing, with a grant for exactly this transaction; refused or failed → choose-password,
//! the proof kept, the old password as it was (R60). Proof over, *cancel*, superseded → closed; what is staged
//! later is dropped.

use super::{ChoosePassword, Committing, Deadlines, State};
use crate::session::frame::{Frame, Open};
use crate::session::grant::Authority;
use crate::session::turn::Turn;
use crate::session::{AuditKind, Effect, Event, PasswordFlaw};
use crate::{DeadlineReason, Failure, FailureKind, Ticket, TransactionId};
use alloc::vec::Vec;

#[derive(Debug)]
pub(in crate::session) struct PreparingPassword {
    pub(in crate::session) authority: Authority,
    pub(in crate::session) open: Option<Open>,
    pub(in crate::session) ticket: Ticket,
}

crate::session::explore::explored!(PreparingPassword { authority, open; without ticket });

impl PreparingPassword {
    pub(super) fn on(self, event: Event, turn: &mut Turn) -> State {
        match event {
            Event::Prepared(ticket, transaction) if ticket == self.ticket => self.prepared(transaction, turn),
            Event::PasswordRefused(ticket, flaws) if ticket == self.ticket => self.refused(flaws, turn),
            Event::PrepareFailed(ticket, kind) if ticket == self.ticket => self.failed(kind, turn),
            Event::DeadlineReached(DeadlineReason::ProofExpires) if turn.now >= self.authority.until() => {
                turn.end(FailureKind::ProofExpired, self.open)
            }
            Event::Cancelled => turn.cancel(self.open),
            Event::Superseded => turn.end(FailureKind::CodeSuperseded, self.open),
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

    fn prepared(self, transaction: TransactionId, turn: &mut Turn) -> State {
        let Some(grant) = self.authority.grant(transaction) else {
            turn.effect(Effect::DropPrepared(transaction));
            return self.failed(FailureKind::PrepareFailed, turn);
        };
        let ticket = turn.frame.ticket();
        turn.effect(Effect::CommitPassword { ticket, grant });
        Committing { authority: self.authority, open: self.open, ticket, transaction }.into()
    }

    fn refused(self, mut flaws: Vec<PasswordFlaw>, turn: &mut Turn) -> State {
        flaws.truncate(PasswordFlaw::ALL.len());
        if flaws.is_empty() {
            return self.failed(FailureKind::PrepareFailed, turn);
        }
        ChoosePassword { flaws, ..ChoosePassword::with(self.authority, self.open) }.into()
    }

    fn failed(self, kind: FailureKind, turn: &mut Turn) -> State {
        turn.audit(AuditKind::DeviceFailed(kind));
        turn.frame.trouble = Some(Failure::new(kind));
        ChoosePassword::with(self.authority, self.open).into()
    }

    pub(super) fn deadlines(&self, _: &Frame) -> Deadlines {
        Deadlines::none().and(DeadlineReason::ProofExpires, self.authority.until())
    }
}
