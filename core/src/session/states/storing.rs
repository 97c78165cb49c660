//! **Storing**: the new challenge's record is written; nothing of it is shown before (R32).
//!
//! Awaits the journal → code entry, the sealed octets or the code itself go to the method and an older code is void. A failure of the
//! journal → the fallback table, and the older code, if one is out, goes on. *Try another way*, *cancel*, superseded
//! void the new challenge, which nobody saw.

use super::{Deadlines, EnterCode, State};
use crate::session::frame::{Frame, Open, Told};
use crate::session::turn::{Carrier, Run, Turn};
use crate::session::{AuditKind, Effect, Event};
use crate::{DeadlineReason, FailureKind, Ticket};
use alloc::vec;
use core::time::Duration;

/// How long a method has to say whether what it was handed was accepted.
const DELIVERY_WITHIN: Duration = Duration::from_secs(120);

#[derive(Debug)]
pub(in crate::session) struct Storing {
    pub(in crate::session) run: Run,
    pub(in crate::session) ticket: Ticket,
    pub(in crate::session) until: Duration,
    pub(in crate::session) open: Open,
    /// The code before, good until the new one is stored.
    pub(in crate::session) old: Option<Open>,
}

crate::session::explore::explored!(Storing { run, open, old; without ticket, until });

impl Storing {
    pub(super) fn on(self, event: Event, turn: &mut Turn) -> State {
        match event {
            Event::Persisted(ticket) if ticket == self.ticket => self.stored(turn),
            Event::StoreFailed(ticket) if ticket == self.ticket => self.not_stored(turn),
            Event::MethodFailed(run, kind) if run == self.run.ticket => self.method_failed(kind, turn),
            Event::MethodGone(run, kind) if run == self.run.ticket => self.method_failed(kind, turn),
            Event::MethodStarted(run) | Event::MethodReady(run) if run == self.run.ticket => self.into(),
            Event::DeadlineReached(DeadlineReason::DeviceAnswer) if turn.now >= self.until => self.not_stored(turn),
            Event::TryAnotherWay => {
                let old = self.give_up(turn);
                turn.another_way(old)
            }
            Event::Cancelled => {
                let old = self.give_up(turn);
                turn.cancel(old)
            }
            Event::Superseded => {
                let old = self.give_up(turn);
                turn.end(FailureKind::CodeSuperseded, old)
            }
            Event::ChallengeIssued(_, late) => turn.void_late(late.counter, self),
            Event::Prepared(_, late) => turn.drop_late(late, self),
            Event::Acknowledged
            | Event::MethodChosen(_)
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

    fn stored(mut self, turn: &mut Turn) -> State {
        if let Some(old) = self.old {
            turn.void(old, FailureKind::CodeSuperseded);
        }
        let counter = self.open.challenge.counter;
        let (method, run) = (self.run.method.clone(), self.run.ticket);
        match self.open.told {
            Told::Sealed => {
                turn.audit(AuditKind::ChallengeShown(counter, method));
                turn.effect(Effect::DeliverSealed { counter, run });
            }
            Told::Kept => {
                turn.audit(AuditKind::KeptAwaited(counter, method));
                turn.await_kept(&self.open, run);
            }
            Told::Handed(_) | Told::Delivered => {
                self.open.told = Told::Handed(turn.now.saturating_add(DELIVERY_WITHIN));
                turn.audit(AuditKind::CodeHanded(counter, method));
                turn.effect(Effect::DeliverCode { counter, run });
            }
        }
        turn.frame.trouble = turn.frame.trouble.take().filter(|trouble| trouble.kind == FailureKind::CodeUsedUp);
        EnterCode::with(self.open, Carrier::Running(self.run), turn).into()
    }

    fn not_stored(self, turn: &mut Turn) -> State {
        let old = self.give_up(turn);
        turn.fall(FailureKind::StoreFailed.into(), old)
    }

    fn method_failed(self, kind: FailureKind, turn: &mut Turn) -> State {
        let failure = turn.method_failure(&self.run.method, kind);
        let old = self.give_up(turn);
        turn.fall(failure, old)
    }

    /// Nobody saw the new challenge: it is void, and the record of the older one, which the new one may have
    /// replaced, is written again.
    fn give_up(self, turn: &mut Turn) -> Option<Open> {
        turn.stop(&self.run);
        turn.effect(Effect::VoidChallenges(vec![self.open.challenge.counter]));
        let mut old = turn.shelve(self.old);
        if let Some(open) = &mut old {
            turn.checkpoint(open);
        }
        old
    }

    pub(super) fn deadlines(&self, _: &Frame) -> Deadlines {
        Deadlines::none().and(DeadlineReason::DeviceAnswer, self.until)
    }
}
