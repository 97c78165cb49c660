//! **Enter code**: the method shows the challenge, the owner types the code.
//!
//! Awaits a code → charging (a slip found by the check symbol stays here and costs nothing, R3). *More time*, *No mail
//! came?*, *new code* → here, preparing or choosing. *Try another way* → choosing, and the code stays good. A lost
//! method is started once more; then the code is typed without it. Life over, *cancel*, superseded → closed.

use super::{Charging, Deadlines, State};
use crate::session::entry::Entry;
use crate::session::frame::{Frame, Open};
use crate::session::grant::PendingAttempt;
use crate::session::turn::{Carrier, Turn};
use crate::session::{AuditKind, Effect, Event, MethodNews};
use crate::{Carriage, Code, CodeSlip, DeadlineReason, Failure, FailureKind, Lane, MethodId, Purpose, Secret};
use alloc::string::String;
use core::time::Duration;

#[derive(Debug)]
pub(in crate::session) struct EnterCode {
    pub(in crate::session) entry: Entry,
    /// When the next token is there, after one was refused (R8).
    pub(in crate::session) retry_at: Option<Duration>,
}

crate::session::explore::explored!(EnterCode { entry, retry_at });

impl EnterCode {
    pub(in crate::session) fn with(open: Open, carrier: Carrier, turn: &mut Turn) -> Self {
        let pressed = turn.frame.take_reserved();
        Self::at(Entry::new(open, carrier, pressed))
    }

    pub(in crate::session) const fn at(entry: Entry) -> Self {
        Self { entry, retry_at: None }
    }

    pub(super) fn on(mut self, event: Event, turn: &mut Turn) -> State {
        match event {
            Event::CodeTyped(typed) => self.typed(&typed, turn),
            Event::NoMailCame if self.entry.waits_for_news() => self.entry.no_mail_came(turn),
            Event::SupportSaidNo if self.entry.asks_support() => self.entry.support_said_no(turn),
            Event::NewChallengeAsked => self.new_code(turn),
            Event::TryAnotherWay => {
                turn.frame.trouble = None;
                let open = self.entry.leave(turn);
                turn.another_way(open)
            }
            Event::MethodChosen(method) => self.chosen(&method, turn),
            Event::MoreTimeAsked => self.more_time(turn),
            Event::ButtonPressed => self.pressed(turn),
            Event::MethodStarted(run) | Event::MethodReady(run) if self.entry.carrier.is(run) => self.into(),
            Event::SealAsked { run, purpose, .. } if self.entry.carrier.is(run) => {
                self.entry.seal_asked(run, purpose, turn);
                self.into()
            }
            Event::KeptAsked { run } if self.entry.carrier.is(run) => {
                self.entry.kept_asked(run, turn);
                self.into()
            }
            Event::DeliveryAsked { run, purpose } if self.entry.carrier.is(run) => self.delivery_asked(purpose, turn),
            Event::PressAsked { run } if self.entry.carrier.is(run) => {
                self.method_lost(FailureKind::MethodGarbage, turn)
            }
            Event::Delivered(run) if self.entry.carrier.is(run) => {
                self.entry.delivered(turn);
                self.into()
            }
            Event::MethodFailed(run, FailureKind::SupportRefused)
                if self.entry.carrier.is(run) && self.entry.asks_support() =>
            {
                self.entry.support_said_no(turn)
            }
            Event::MethodFailed(run, kind) if self.entry.carrier.is(run) => self.method_lost(kind, turn),
            Event::MethodGone(run, kind) if self.entry.carrier.is(run) => self.method_lost(kind, turn),
            Event::DeadlineReached(why) => self.woken(why, turn),
            Event::Cancelled => self.entry.cancelled(turn),
            Event::Superseded => self.entry.superseded(turn),
            Event::ChallengeIssued(_, late) => turn.void_late(late.counter, self),
            Event::Prepared(_, late) => turn.drop_late(late, self),
            Event::Acknowledged
            | Event::NoMailCame
            | Event::SupportSaidNo
            | Event::PasswordTyped(_)
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

    /// A code that is none costs nothing; any other is charged before anybody looks at it (R11).
    fn typed(mut self, typed: &Secret<String>, turn: &mut Turn) -> State {
        if self.entry.open.life.is_over(turn.now) {
            return self.entry.expired(turn);
        }
        let code = match Code::parse(typed.expose(), self.entry.open.challenge.style) {
            Ok(code) => code,
            Err(slip) => {
                turn.frame.trouble = Some(Failure::new(kind_of(slip)));
                return self.into();
            }
        };
        let tries = self.entry.open.tries_left.checked_sub(1).zip(turn.frame.tries_left.checked_sub(1));
        let Some((of_code, of_session)) = tries else {
            return self.entry.used_up(turn);
        };
        // Whoever types a code got it from somewhere: it is not lost any more.
        self.entry.delivered(turn);
        self.entry.open.tries_left = of_code;
        turn.frame.tries_left = of_session;
        turn.frame.trouble = None;
        let ticket = turn.frame.ticket();
        let lane = turn.frame.lane;
        let record = turn.frame.record(&self.entry.open, turn.now);
        turn.effect(Effect::Charge { ticket, lane, record });
        let attempt = PendingAttempt::at(&self.entry.open.challenge, code);
        Charging { entry: self.entry, attempt, ticket, lane, wait: None }.into()
    }

    fn new_code(self, turn: &mut Turn) -> State {
        if self.entry.may_renew(turn) {
            turn.frame.trouble = None;
            return self.entry.renew(turn);
        }
        turn.frame.trouble = Some(Failure::new(FailureKind::TooManyCodes));
        self.into()
    }

    /// The method asks for a code to be handed over while its own is out: only a new one can be.
    fn delivery_asked(mut self, purpose: Purpose, turn: &mut Turn) -> State {
        if purpose != turn.frame.purpose || !self.entry.open.told.is_handed() {
            return self.method_lost(FailureKind::MethodGarbage, turn);
        }
        if !self.entry.may_renew(turn) {
            turn.tell(&self.entry.carrier, MethodNews::NoNewCode);
            turn.frame.trouble = Some(Failure::new(FailureKind::TooManyCodes));
            return self.into();
        }
        match core::mem::replace(&mut self.entry.carrier, Carrier::Gone) {
            Carrier::Running(run) | Carrier::Starting(run, _) => {
                turn.frame.trouble = None;
                turn.issue(run, Carriage::Handed, Some(self.entry.open))
            }
            Carrier::Gone => turn.ignore(self),
        }
    }

    fn chosen(self, method: &MethodId, turn: &mut Turn) -> State {
        let open = &self.entry.open;
        if *method == open.method || !turn.frame.is_way(method, Some(open)) {
            return turn.ignore(self);
        }
        let open = self.entry.leave(turn);
        turn.choose(method, open)
    }

    fn more_time(mut self, turn: &mut Turn) -> State {
        let open = &mut self.entry.open;
        if open.life.is_over(turn.now) {
            return self.entry.expired(turn);
        }
        if !open.life.can_extend() {
            return turn.ignore(self);
        }
        open.life.extend(&turn.frame.rules);
        let (counter, left) = (open.challenge.counter, open.life.minutes_left(turn.now));
        turn.audit(AuditKind::Extended(counter, left));
        self.entry.checkpoint(turn);
        self.into()
    }

    /// A press gives the console one reserved attempt at once (R10). It is of no use from afar.
    fn pressed(mut self, turn: &mut Turn) -> State {
        match turn.frame.lane {
            Lane::Console | Lane::Button => {
                self.entry.pressed = true;
                self.retry_at = None;
                turn.frame.trouble = None;
                self.into()
            }
            Lane::Network => turn.ignore(self),
        }
    }

    fn method_lost(mut self, kind: FailureKind, turn: &mut Turn) -> State {
        if self.entry.delivery_due().is_some() {
            return self.entry.undelivered(kind, turn);
        }
        self.entry.method_lost(kind, turn);
        self.into()
    }

    fn woken(mut self, why: DeadlineReason, turn: &mut Turn) -> State {
        let now = turn.now;
        let life = &self.entry.open.life;
        match why {
            DeadlineReason::CodeExpires if life.is_over(now) => self.entry.expired(turn),
            DeadlineReason::Checkpoint if now >= life.checkpoint() => {
                self.entry.checkpoint(turn);
                self.into()
            }
            DeadlineReason::MethodStart if self.entry.method_due().is_some_and(|due| now >= due) => {
                self.method_lost(FailureKind::MethodHung, turn)
            }
            DeadlineReason::Delivery if self.entry.delivery_due().is_some_and(|due| now >= due) => {
                self.entry.undelivered(FailureKind::MethodHung, turn)
            }
            DeadlineReason::TryAgain if self.retry_at.is_some_and(|at| now >= at) => {
                self.retry_at = None;
                turn.frame.trouble = None;
                let tries = self.entry.open.tries_left;
                turn.tell(&self.entry.carrier, MethodNews::TriesLeft(tries));
                self.into()
            }
            DeadlineReason::CodeExpires
            | DeadlineReason::Checkpoint
            | DeadlineReason::MethodStart
            | DeadlineReason::TryAgain
            | DeadlineReason::DeviceAnswer
            | DeadlineReason::ProofExpires
            | DeadlineReason::Delivery
            | DeadlineReason::PressWindow
            | DeadlineReason::LineSettled
            | DeadlineReason::Idle => turn.ignore(self),
        }
    }

    pub(super) fn deadlines(&self, _: &Frame) -> Deadlines {
        Deadlines::none()
            .of(Some(&self.entry.open))
            .and(DeadlineReason::MethodStart, self.entry.method_due())
            .and(DeadlineReason::Delivery, self.entry.delivery_due())
            .and(DeadlineReason::TryAgain, self.retry_at)
    }
}

const fn kind_of(slip: CodeSlip) -> FailureKind {
    match slip {
        CodeSlip::Check => FailureKind::CodeSlip,
        CodeSlip::TooShort | CodeSlip::TooLong | CodeSlip::Character => FailureKind::CodeMalformed,
    }
}
