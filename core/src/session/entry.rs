//! What code entry works with while a code is typed, charged and checked: one challenge, and what carries it.

use super::frame::{Open, Told};
use super::states::{EnterCode, State};
use super::turn::{Carrier, Turn};
use super::{AuditKind, MethodNews};
use crate::session::Effect;
use crate::{Failure, FailureKind, Fault, Next, ProofKind, Purpose, Remaining, Ticket, route};
use core::time::Duration;

/// Times that the sealed octets of one challenge are handed out again before the method counts as a flood (R47).
const DELIVERIES_MAX: u8 = 8;
/// Times that *No mail came?* means "scan the same picture again" before other ways are shown.
const RESENDS: u8 = 1;

/// The desk that a code is typed at.
#[derive(Debug)]
pub(in crate::session) struct Entry {
    pub(in crate::session) open: Open,
    pub(in crate::session) carrier: Carrier,
    /// A press on the device reserved the next attempt (R10).
    pub(in crate::session) pressed: bool,
    deliveries: u8,
    mails_missed: u8,
}

super::explore::explored!(Entry { open, carrier, pressed; some mails_missed; without deliveries });

impl Entry {
    pub(in crate::session) const fn new(open: Open, carrier: Carrier, pressed: bool) -> Self {
        Self { open, carrier, pressed, deliveries: 0, mails_missed: 0 }
    }

    /// The method, started again while the code is out, asks for sealing: it gets the same octets, no new code.
    pub(in crate::session) fn seal_asked(&mut self, run: Ticket, purpose: Purpose, turn: &mut Turn) {
        if purpose != self.open.challenge.purpose || self.open.told != Told::Sealed {
            return self.method_lost(FailureKind::MethodGarbage, turn);
        }
        let counter = self.open.challenge.counter;
        self.show_again(Effect::DeliverSealed { counter, run }, turn);
    }

    /// The same for a code that the owner keeps.
    pub(in crate::session) fn kept_asked(&mut self, run: Ticket, turn: &mut Turn) {
        let Some(sheet) = self.open.challenge.sheet() else {
            return self.method_lost(FailureKind::MethodGarbage, turn);
        };
        let (counter, left, tries_left) = (self.open.challenge.counter, sheet.left(), self.open.tries_left);
        self.show_again(Effect::AwaitKept { counter, run, left, tries_left }, turn);
    }

    /// What a method that shows the challenge is told again, so many times and no more (R47).
    fn show_again(&mut self, again: Effect, turn: &mut Turn) {
        if self.deliveries >= DELIVERIES_MAX {
            return self.method_lost(FailureKind::MethodFlood, turn);
        }
        self.deliveries += 1;
        turn.effect(again);
        self.carrier = match core::mem::replace(&mut self.carrier, Carrier::Gone) {
            Carrier::Running(run) | Carrier::Starting(run, _) => {
                let (tries, minutes) = (self.open.tries_left, self.open.life.minutes_left(turn.now));
                let ticket = run.ticket;
                turn.effect(Effect::TellMethod { run: ticket, news: MethodNews::TriesLeft(tries) });
                turn.effect(Effect::TellMethod { run: ticket, news: MethodNews::MinutesLeft(minutes) });
                Carrier::Running(run)
            }
            Carrier::Gone => Carrier::Gone,
        };
    }

    /// The method says that what it was handed was accepted.
    pub(in crate::session) fn delivered(&mut self, turn: &mut Turn) {
        if let Told::Handed(_) = self.open.told {
            self.open.told = Told::Delivered;
            turn.audit(AuditKind::CodeDelivered(self.open.challenge.counter));
        }
    }

    /// A handed code is lost before anybody can have it: it is void, and the session routes on.
    pub(in crate::session) fn undelivered(self, kind: FailureKind, turn: &mut Turn) -> State {
        turn.stop_carrier(&self.carrier);
        let mut failure = turn.method_failure(&self.open.method, kind);
        // Whether it was accepted all the same, a method that died cannot say.
        if failure.kind.fault() == Fault::Broken {
            failure.kind = FailureKind::DeliveryCut;
        }
        turn.void(self.open, failure.kind);
        turn.fall(failure, None)
    }

    /// By when the method has to say whether what it was handed was accepted.
    pub(in crate::session) const fn delivery_due(&self) -> Option<Duration> {
        match self.open.told {
            Told::Handed(due) => Some(due),
            Told::Sealed | Told::Kept | Told::Delivered => None,
        }
    }

    /// The method is lost while the code is out: once it starts again, afterwards the code is typed without it.
    /// The code stays good either way.
    pub(in crate::session) fn method_lost(&mut self, kind: FailureKind, turn: &mut Turn) {
        let carrier = core::mem::replace(&mut self.carrier, Carrier::Gone);
        turn.stop_carrier(&carrier);
        let mut failure = turn.method_failure(&self.open.method, kind);
        let left = Remaining { code_alive: true, ..turn.remaining(&failure, Some(&self.open)) };
        turn.note_failure(&failure);
        if self.open.told.is_handed() {
            // It has nothing left to show: to start it again would only send another mail.
            turn.frame.trouble = Some(failure);
            return;
        }
        match route(failure.kind, left) {
            Next::RestartMethod => {
                turn.frame.spend_restart(&self.open.method);
                let run = turn.start(&self.open.method);
                self.carrier = Carrier::Starting(run, turn.answer_by());
            }
            Next::Stay | Next::NewCode | Next::AnotherWay | Next::StartAgain | Next::Support => {
                if turn.frame.bar(&failure) {
                    turn.audit_quarantine(&failure);
                    failure.kind = FailureKind::MethodQuarantined;
                }
            }
        }
        turn.frame.trouble = Some(failure);
    }

    /// Whether the code is on its way from somebody, who may be slow.
    pub(in crate::session) const fn waits_for_news(&self) -> bool {
        self.open.challenge.sheet().is_none()
    }

    /// Whether it is support that the code would come from.
    pub(in crate::session) fn asks_support(&self) -> bool {
        self.open.kind == ProofKind::Support
    }

    /// *Support said no*: its code will not come, and this way is no way any more.
    pub(in crate::session) fn support_said_no(self, turn: &mut Turn) -> State {
        let failure = Failure::of(FailureKind::SupportRefused, self.open.method.clone());
        turn.audit(AuditKind::SupportRefused(self.open.challenge.counter));
        turn.stop_carrier(&self.carrier);
        turn.void(self.open, FailureKind::SupportRefused);
        turn.fall(failure, None)
    }

    /// *No mail came?*, or *Support does not answer*: first the same picture again, then the other ways, then a new code (the table's `undelivered`).
    pub(in crate::session) fn no_mail_came(mut self, turn: &mut Turn) -> State {
        let support = self.asks_support();
        let kind = if support { FailureKind::SupportSilent } else { FailureKind::NoMailCame };
        let failure = Failure::of(kind, self.open.method.clone());
        let left = Remaining {
            resend: self.mails_missed < RESENDS,
            new_code: self.may_renew(turn),
            ..turn.remaining(&failure, Some(&self.open))
        };
        self.mails_missed = self.mails_missed.saturating_add(1);
        let next = route(failure.kind, left);
        let counter = self.open.challenge.counter;
        turn.audit(if support { AuditKind::SupportSilent(counter) } else { AuditKind::NoMailCame(counter) });
        turn.frame.trouble = Some(failure);
        match next {
            Next::AnotherWay => {
                let open = self.leave(turn);
                turn.another_way(open)
            }
            Next::NewCode => self.renew(turn),
            Next::Stay | Next::RestartMethod | Next::StartAgain | Next::Support => {
                turn.tell(&self.carrier, MethodNews::NoMailCame);
                EnterCode::at(self).into()
            }
        }
    }

    /// Away from it: the code stays good, unless the method was still at sending it and nobody can have it.
    pub(in crate::session) fn leave(self, turn: &mut Turn) -> Option<Open> {
        turn.stop_carrier(&self.carrier);
        match self.open.told {
            Told::Sealed | Told::Kept | Told::Delivered => Some(self.open),
            Told::Handed(_) => {
                turn.void(self.open, FailureKind::DeliveryCut);
                None
            }
        }
    }

    /// Whether *Ask for a new code* would make one.
    pub(in crate::session) fn may_renew(&self, turn: &Turn) -> bool {
        turn.frame.can_make_code(&self.open.method) && turn.frame.may_start(&self.open.method)
    }

    /// A new code by the same method; the old one stays good until the new one is stored.
    pub(in crate::session) fn renew(self, turn: &mut Turn) -> State {
        let method = self.open.method.clone();
        turn.renew(&method, self.carrier, Some(self.open))
    }

    /// All tries are used: the challenge is void (R6), and the session routes on.
    pub(in crate::session) fn used_up(self, turn: &mut Turn) -> State {
        let Self { open, carrier, .. } = self;
        let method = open.method.clone();
        let failure = Failure::of(FailureKind::CodeUsedUp, method.clone());
        turn.void(open, FailureKind::CodeUsedUp);
        let new_code = turn.frame.can_make_code(&method) && turn.frame.may_start(&method);
        let left = Remaining { new_code, ..turn.remaining(&failure, None) };
        turn.frame.trouble = Some(failure);
        match route(FailureKind::CodeUsedUp, left) {
            Next::NewCode => turn.renew(&method, carrier, None),
            Next::AnotherWay | Next::Stay | Next::RestartMethod => {
                turn.stop_carrier(&carrier);
                turn.another_way(None)
            }
            Next::StartAgain | Next::Support => {
                turn.stop_carrier(&carrier);
                turn.end(FailureKind::CodeUsedUp, None)
            }
        }
    }

    /// Its life is over.
    pub(in crate::session) fn expired(self, turn: &mut Turn) -> State {
        turn.stop_carrier(&self.carrier);
        turn.end(FailureKind::CodeExpired, Some(self.open))
    }

    /// *Cancel*.
    pub(in crate::session) fn cancelled(self, turn: &mut Turn) -> State {
        turn.stop_carrier(&self.carrier);
        turn.cancel(Some(self.open))
    }

    /// Another reset succeeded, or a log-in (R22).
    pub(in crate::session) fn superseded(self, turn: &mut Turn) -> State {
        turn.stop_carrier(&self.carrier);
        turn.end(FailureKind::CodeSuperseded, Some(self.open))
    }

    /// Writes down the remaining life and tells the method of it.
    pub(in crate::session) fn checkpoint(&mut self, turn: &mut Turn) {
        turn.checkpoint(&mut self.open);
        let minutes = self.open.life.minutes_left(turn.now);
        turn.tell(&self.carrier, MethodNews::MinutesLeft(minutes));
    }

    /// By when the started method must have asked, if one was started.
    pub(in crate::session) const fn method_due(&self) -> Option<Duration> {
        match &self.carrier {
            Carrier::Starting(_, until) => Some(*until),
            Carrier::Running(_) | Carrier::Gone => None,
        }
    }
}
