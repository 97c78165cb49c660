//! **Deriving**: the slow hash of the typed code is computed off the loop; the try is spent.
//!
//! Awaits its result → judged, once, in constant time (R4): right → choose-password (or the next kind of proof, or
//! the confirmed address); wrong → code entry, or after the last try the challenge is void and the fallback table
//! leads on. Could not be computed → code entry; the try stays spent. Life over, *cancel*, superseded → closed.

use super::{Deadlines, EnterCode, State};
use crate::session::entry::Entry;
use crate::session::frame::Frame;
use crate::session::grant::{ChargedAttempt, Verdict, judge};
use crate::session::turn::Turn;
use crate::session::{AuditKind, Event, MethodNews, Ticketed};
use crate::{DeadlineReason, Derived, Failure, FailureKind};

#[derive(Debug)]
pub(in crate::session) struct Deriving {
    pub(in crate::session) entry: Entry,
    pub(in crate::session) attempt: ChargedAttempt,
}

crate::session::explore::explored!(Deriving { entry, attempt });

impl Deriving {
    pub(super) fn on(mut self, event: Event, turn: &mut Turn) -> State {
        match event {
            Event::Derived(ticket, derived) if ticket == self.attempt.ticket() => self.judged(&derived, turn),
            Event::DeriveFailed(ticket) if ticket == self.attempt.ticket() => {
                turn.audit(AuditKind::DeviceFailed(FailureKind::DeriveFailed));
                not_right(self.entry, FailureKind::DeriveFailed, turn)
            }
            Event::MethodStarted(run) | Event::MethodReady(run) if self.entry.carrier.is(run) => self.into(),
            Event::SealAsked { run, purpose, .. } if self.entry.carrier.is(run) => {
                self.entry.seal_asked(run, purpose, turn);
                self.into()
            }
            Event::KeptAsked { run } if self.entry.carrier.is(run) => {
                self.entry.kept_asked(run, turn);
                self.into()
            }
            Event::Delivered(run) if self.entry.carrier.is(run) => self.into(),
            // Not while a code is being checked; it may ask again afterwards.
            Event::DeliveryAsked { run, .. } if self.entry.carrier.is(run) => {
                turn.tell(&self.entry.carrier, MethodNews::NoNewCode);
                self.into()
            }
            Event::MethodFailed(run, kind) if self.entry.carrier.is(run) => self.method_lost(kind, turn),
            Event::MethodGone(run, kind) if self.entry.carrier.is(run) => self.method_lost(kind, turn),
            Event::DeadlineReached(DeadlineReason::CodeExpires) if self.entry.open.life.is_over(turn.now) => {
                self.entry.expired(turn)
            }
            Event::Cancelled => self.entry.cancelled(turn),
            Event::Superseded => self.entry.superseded(turn),
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

    fn judged(self, derived: &Derived, turn: &mut Turn) -> State {
        let Self { entry, attempt } = self;
        let claim = turn.frame.claim(&entry.open, turn.now);
        let counter = entry.open.challenge.counter;
        let proof = match judge(attempt, &entry.open.challenge, derived, claim) {
            Verdict::Right(proof) => proof,
            Verdict::Used => {
                turn.audit(AuditKind::CodeWrong(counter));
                return not_right(entry, FailureKind::KeptCodeUsed, turn);
            }
            Verdict::Wrong => {
                turn.audit(AuditKind::CodeWrong(counter));
                return not_right(entry, FailureKind::CodeWrong, turn);
            }
        };
        turn.audit(AuditKind::Proved(counter, entry.open.method.clone()));
        turn.tell(&entry.carrier, MethodNews::Proved);
        turn.stop_carrier(&entry.carrier);
        turn.frame.trouble = None;
        turn.frame.proofs.keep(proof);
        turn.proved(Some(entry.open))
    }

    fn method_lost(mut self, kind: FailureKind, turn: &mut Turn) -> State {
        self.entry.method_lost(kind, turn);
        self.into()
    }

    pub(super) fn deadlines(&self, _: &Frame) -> Deadlines {
        Deadlines::none().and(DeadlineReason::CodeExpires, self.entry.open.life.ends())
    }
}

/// Back to typing while a try is left; the fifth wrong code voids the challenge (R6).
fn not_right(entry: Entry, kind: FailureKind, turn: &mut Turn) -> State {
    if entry.open.tries_left == 0 {
        return entry.used_up(turn);
    }
    turn.frame.trouble = Some(Failure::new(kind));
    EnterCode::at(entry).into()
}
