//! **Charging**: a token of the lane and a try of the code are taken, durably, before anybody looks at the code (R11).
//!
//! Awaits the journal → deriving. Refused → after a press the reserved attempt is asked for (R10), otherwise code entry
//! with the try given back and the time of the next token.
//! A failure of the journal → code entry *without* the try: it may have been written (F14). Life over, *cancel*,
//! superseded → closed. A second code meanwhile is not heard (R6).

use super::{Deadlines, Deriving, EnterCode, State};
use crate::session::entry::Entry;
use crate::session::frame::Frame;
use crate::session::grant::PendingAttempt;
use crate::session::turn::Turn;
use crate::session::{AuditKind, Effect, Event, MethodNews};
use crate::{DeadlineReason, Failure, FailureKind, Lane, Refusal, Ticket};
use core::time::Duration;

#[derive(Debug)]
pub(in crate::session) struct Charging {
    /// Its tries are already one less.
    pub(in crate::session) entry: Entry,
    pub(in crate::session) attempt: PendingAttempt,
    pub(in crate::session) ticket: Ticket,
    /// Whose token was asked for.
    pub(in crate::session) lane: Lane,
    /// The wait for the lane's own token, when the one reserved by a press is asked for after it.
    pub(in crate::session) wait: Option<Duration>,
}

crate::session::explore::explored!(Charging { entry, attempt, lane, wait; without ticket });

impl Charging {
    pub(super) fn on(mut self, event: Event, turn: &mut Turn) -> State {
        match event {
            Event::Charged(ticket) if ticket == self.ticket => self.charged(turn),
            Event::ChargeRefused(ticket, refusal) if ticket == self.ticket => self.refused(refusal, turn),
            Event::StoreFailed(ticket) if ticket == self.ticket => self.not_stored(turn),
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

    fn charged(self, turn: &mut Turn) -> State {
        let Self { mut entry, attempt, lane, .. } = self;
        entry.pressed &= lane != Lane::Button;
        // The charge wrote the remaining life as well.
        entry.open.life.written(&turn.frame.rules, turn.now);
        let challenge = &entry.open.challenge;
        let (counter, purpose, bound, salt) = (challenge.counter, challenge.purpose, challenge.bound(), challenge.salt);
        turn.audit(AuditKind::AttemptCharged(counter, entry.open.tries_left));
        turn.tell(&entry.carrier, MethodNews::TriesLeft(entry.open.tries_left));
        let ticket = turn.frame.ticket();
        let (attempt, code) = attempt.charged(ticket);
        turn.effect(Effect::Derive { ticket, code, purpose, bound, salt });
        Deriving { entry, attempt }.into()
    }

    /// Nothing was taken. After a press the reserved attempt is asked for (R10); else the try is given back.
    fn refused(self, refusal: Refusal, turn: &mut Turn) -> State {
        match refusal {
            Refusal::Wait(wait) if self.entry.pressed && self.lane == Lane::Console => self.reserved(wait, turn),
            Refusal::Wait(wait) => {
                let wait = self.wait.map_or(wait, |own| own.min(wait));
                let entry = self.try_given_back(turn);
                turn.frame.trouble = Some(Failure::new(FailureKind::TryLater));
                EnterCode { entry, retry_at: Some(turn.now.saturating_add(wait)) }.into()
            }
            Refusal::LaneClosed => {
                let entry = self.try_given_back(turn);
                turn.stop_carrier(&entry.carrier);
                turn.void(entry.open, FailureKind::LaneClosed);
                // Every way that types a code needs this lane.
                (turn.frame.codes_left, turn.frame.sheets_left) = (0, 0);
                turn.fall(FailureKind::LaneClosed.into(), None)
            }
        }
    }

    fn reserved(self, wait: Duration, turn: &mut Turn) -> State {
        let (ticket, lane) = (turn.frame.ticket(), Lane::Button);
        let record = turn.frame.record(&self.entry.open, turn.now);
        turn.effect(Effect::Charge { ticket, lane, record });
        Self { ticket, lane, wait: Some(wait), ..self }.into()
    }

    fn try_given_back(self, turn: &mut Turn) -> Entry {
        let mut entry = self.entry;
        entry.open.tries_left = entry.open.tries_left.saturating_add(1);
        turn.frame.tries_left = turn.frame.tries_left.saturating_add(1);
        entry.pressed = false;
        entry
    }

    fn not_stored(self, turn: &mut Turn) -> State {
        turn.audit(AuditKind::DeviceFailed(FailureKind::StoreFailed));
        if self.entry.open.tries_left == 0 {
            return self.entry.used_up(turn);
        }
        turn.frame.trouble = Some(Failure::new(FailureKind::StoreFailed));
        EnterCode::at(self.entry).into()
    }

    fn method_lost(mut self, kind: FailureKind, turn: &mut Turn) -> State {
        self.entry.method_lost(kind, turn);
        self.into()
    }

    pub(super) fn deadlines(&self, _: &Frame) -> Deadlines {
        Deadlines::none().and(DeadlineReason::CodeExpires, self.entry.open.life.ends())
    }
}
