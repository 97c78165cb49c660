//! **Sealing**: the daemon raises the counter, draws a code, derives its verifier and seals it.
//!
//! Awaits the challenge → storing. Refused or not in time → the fallback table. The method may die meanwhile.
//! *Try another way* → choosing, and a challenge that comes too late is void; *cancel*, superseded → closed.

use super::{Deadlines, State, Storing};
use crate::session::frame::{Frame, Open, Told};
use crate::session::life::Life;
use crate::session::turn::{Run, Turn};
use crate::session::{Challenge, Effect, Event};
use crate::{Carriage, DeadlineReason, Expected, Failure, FailureKind, KEPT_CODES_MAX, Ticket};
use core::time::Duration;

#[derive(Debug)]
pub(in crate::session) struct Sealing {
    pub(in crate::session) run: Run,
    pub(in crate::session) carriage: Carriage,
    pub(in crate::session) ticket: Ticket,
    pub(in crate::session) until: Duration,
    /// An older code that is still out; good until the new one is stored.
    pub(in crate::session) shelf: Option<Open>,
}

crate::session::explore::explored!(Sealing { run, carriage, shelf; without ticket, until });

impl Sealing {
    pub(super) fn on(self, event: Event, turn: &mut Turn) -> State {
        match event {
            Event::ChallengeIssued(ticket, challenge) if ticket == self.ticket => self.issued(challenge, turn),
            Event::ChallengeRefused(ticket, failure) if ticket == self.ticket => self.refused(failure.kind, turn),
            Event::MethodFailed(run, kind) if run == self.run.ticket => self.method_failed(kind, turn),
            Event::MethodGone(run, kind) if run == self.run.ticket => self.method_failed(kind, turn),
            Event::MethodStarted(run) | Event::MethodReady(run) if run == self.run.ticket => self.into(),
            Event::DeadlineReached(why) => self.woken(why, turn),
            Event::TryAnotherWay => {
                turn.stop(&self.run);
                turn.another_way(self.shelf)
            }
            Event::MethodChosen(method)
                if method != self.run.method && turn.frame.is_way(&method, self.shelf.as_ref()) =>
            {
                turn.stop(&self.run);
                turn.choose(&method, self.shelf)
            }
            Event::Cancelled => {
                turn.stop(&self.run);
                turn.cancel(self.shelf)
            }
            Event::Superseded => {
                turn.stop(&self.run);
                turn.end(FailureKind::CodeSuperseded, self.shelf)
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
            | Event::AddressConfirmed(_) => turn.ignore(self),
        }
    }

    /// A challenge of another purpose or style, or with a number that is not newer, is none of ours (R13, R37).
    fn issued(self, challenge: Challenge, turn: &mut Turn) -> State {
        let newer = turn.frame.is_newer(challenge.counter);
        let ours = self.is_ours(&challenge, turn.frame);
        let kind = turn.frame.selection.offer(&self.run.method).map(|offer| offer.proof);
        let (true, true, Some(kind)) = (newer, ours, kind) else {
            turn.effect(Effect::VoidChallenges(alloc::vec![challenge.counter]));
            return self.refused(FailureKind::SealFailed, turn);
        };
        let rules = turn.frame.rules;
        let open = Open {
            challenge,
            method: self.run.method.clone(),
            kind,
            told: match self.carriage {
                Carriage::Sealed(_) => Told::Sealed,
                // The time runs from the moment it is handed over.
                Carriage::Handed => Told::Handed(turn.now),
                Carriage::Kept => Told::Kept,
            },
            tries_left: rules.tries.min(turn.frame.tries_left),
            life: Life::begin(&rules, turn.now),
        };
        let ticket = turn.frame.ticket();
        let record = turn.frame.record(&open, turn.now);
        turn.effect(Effect::Persist { ticket, record });
        Storing { run: self.run, ticket, until: turn.answer_by(), open, old: self.shelf }.into()
    }

    /// Drawn in the session's own style, or a sheet with something left on it, as long as it was asked for.
    fn is_ours(&self, challenge: &Challenge, frame: &Frame) -> bool {
        let as_asked = match (self.carriage, &challenge.expected) {
            (Carriage::Sealed(_) | Carriage::Handed, Expected::Drawn(_)) => challenge.style == frame.rules.code_style,
            (Carriage::Kept, Expected::Kept(sheet)) => {
                challenge.style.is_kept() && sheet.left() > 0 && sheet.codes.len() <= usize::from(KEPT_CODES_MAX)
            }
            (Carriage::Kept, Expected::Drawn(_)) | (Carriage::Sealed(_) | Carriage::Handed, Expected::Kept(_)) => false,
        };
        as_asked && frame.purpose_of(&self.run.method) == Some(challenge.purpose)
    }

    fn refused(self, kind: FailureKind, turn: &mut Turn) -> State {
        turn.stop(&self.run);
        turn.fall(Failure::of(kind, self.run.method), self.shelf)
    }

    fn method_failed(self, kind: FailureKind, turn: &mut Turn) -> State {
        turn.stop(&self.run);
        turn.fall(turn.method_failure(&self.run.method, kind), self.shelf)
    }

    fn woken(mut self, why: DeadlineReason, turn: &mut Turn) -> State {
        if why == DeadlineReason::DeviceAnswer && turn.now >= self.until {
            return self.refused(FailureKind::SealFailed, turn);
        }
        if turn.tend(&mut self.shelf, why) { self.into() } else { turn.ignore(self) }
    }

    pub(super) fn deadlines(&self, _: &Frame) -> Deadlines {
        Deadlines::none().and(DeadlineReason::DeviceAnswer, self.until).of(self.shelf.as_ref())
    }
}
