//! What chance does to a session: owners, methods, buttons, journals, clocks.

use super::World;
use crate::support::*;
use crate::table::events;
use resetkit_core::*;
use std::time::Duration;

/// The challenge that a charge is for.
pub(super) fn guess_of(asked: &Asked) -> Option<Counter> {
    if let Asked::Charge { record, .. } = asked { Some(record.challenge.counter) } else { None }
}

/// Whether a bad answer to a charge is a refusal, or a journal that fails.
pub(super) fn is_refusal(dice: u64) -> bool {
    dice.is_multiple_of(2)
}

/// A bad answer to a question.
pub(super) fn badly(asked: Asked, dice: u64) -> Event {
    match asked {
        Asked::Start { ticket } => Event::MethodGone(ticket, FailureKind::MethodCrashed),
        Asked::Raise { ticket, .. } if is_refusal(dice) => {
            Event::CounterRefused(ticket, FailureKind::ButtonBusy.into())
        }
        Asked::Raise { ticket, .. } => Event::CounterRefused(ticket, FailureKind::StoreFailed.into()),
        Asked::Watch { .. } if is_refusal(dice) => Event::ButtonTaken,
        Asked::Watch { .. } => Event::ButtonLost,
        Asked::Erase { ticket, .. } => Event::EraseFailed(ticket, FailureKind::EraseFailed),
        Asked::SealWish { run } => Event::MethodFailed(run, FailureKind::RelayUnreachable),
        Asked::Issue { ticket, .. } => Event::ChallengeRefused(ticket, FailureKind::SealFailed.into()),
        Asked::Persist { ticket, .. } => Event::StoreFailed(ticket),
        Asked::Charge { ticket, .. } if is_refusal(dice) => Event::ChargeRefused(ticket, Refusal::Wait(minutes(6))),
        Asked::Charge { ticket, .. } => Event::StoreFailed(ticket),
        Asked::Derive { ticket, .. } => Event::DeriveFailed(ticket),
        Asked::Prepare { ticket } if is_refusal(dice) => Event::PasswordRefused(ticket, vec![PasswordFlaw::Common]),
        Asked::Prepare { ticket } => Event::PrepareFailed(ticket, FailureKind::PrepareFailed),
        Asked::Commit { ticket, .. } | Asked::Confirm { ticket, .. } => {
            Event::CommitFailed(ticket, FailureKind::CommitFailed)
        }
    }
}

const WAYS: [&str; 7] = ["companion", "email", "kept-codes", "recovery-codes", "support", "button", "nobody"];

impl World {
    /// One random thing happens.
    pub(super) fn happens(&mut self, op: u32) {
        let dice = (op >> 6) as usize;
        match op % 64 {
            0 | 1 => self.give(Event::Acknowledged),
            2..=5 => self.give(Event::MethodChosen(method(WAYS[dice % WAYS.len()]))),
            6 => self.give(Event::TryAnotherWay),
            7 => self.give(Event::NoMailCame),
            8 if dice.is_multiple_of(8) => self.give(Event::SupportSaidNo),
            8 => self.give(Event::NewChallengeAsked),
            9 => self.more_time(),
            10 if dice.is_multiple_of(16) => self.give(Event::Cancelled),
            11 => self.give(Event::ButtonPressed),
            10 | 12..=14 => self.types_right(),
            15..=17 => self.types_wrong(),
            18 => self.types("000-000-001"),
            19 => self.types_old(dice),
            20 => self.give(password(GOOD)),
            21 => self.give(password("short")),
            22 if dice.is_multiple_of(16) => self.give(Event::Superseded),
            23 => self.edge(true),
            24 => self.edge(false),
            25 if dice.is_multiple_of(4) => self.holds(Duration::from_millis(9_900 + (dice as u64 * 37) % 10_400)),
            26 => self.delivers(),
            48..=50 => self.answer(dice, false),
            51 if !self.device.asked.is_empty() => self.loses_answer(dice),
            52..=54 => self.hears_nonsense(dice),
            55 | 56 => self.method_misbehaves(dice),
            57..=59 => self.passes(Duration::from_millis(1 << (dice % 20)), true),
            60 if dice.is_multiple_of(4) => self.passes(Duration::from_millis(1 << (dice % 25)), true),
            61 => self.passes(Duration::from_millis(1 << (dice % 18)), false),
            62 if dice.is_multiple_of(4) => self.reboots(),
            _ => self.answer(if dice.is_multiple_of(4) { dice >> 2 } else { 0 }, true),
        }
    }

    fn types_right(&mut self) {
        if let Some(right) = self.shown().and_then(|_| self.device.right()) {
            self.types(&right);
        }
    }

    fn types_wrong(&mut self) {
        let wrong = Code::from_random(self.device.view().code_style, self.device.octets()).display().expose().clone();
        self.types(&wrong);
    }

    fn types_old(&mut self, dice: usize) {
        // A crossed-out code of the sheet, or the mail of another request.
        let crossed = self.device.sheet.as_ref().filter(|_| dice.is_multiple_of(4)).map(|sheet| sheet.paper[7].clone());
        let old = crossed.or_else(|| self.device.mails.values().nth(dice % self.device.mails.len().max(1)).cloned());
        self.types(&old.unwrap_or_default());
    }

    /// An answer never comes. Only the one that decides is never given up: there the whole device is gone.
    fn loses_answer(&mut self, dice: usize) {
        let lost = self.device.asked.remove(dice % self.device.asked.len());
        self.lost.push(lost.ticket());
        self.gone = matches!(lost, Asked::Commit { .. } | Asked::Confirm { .. } | Asked::Erase { .. });
    }

    /// An answer to nothing that was asked: late, false, or made up.
    fn hears_nonsense(&mut self, dice: usize) {
        let ticket = Ticket::new(u32::try_from(dice >> 8 & 0xff).expect("an octet"));
        let asked = self.device.asked.iter().any(|asked| asked.ticket() == ticket);
        let open = asked || self.lost.contains(&ticket) || self.device.run == Some(ticket);
        let mut all = events(ticket);
        let event = all.swap_remove(dice % all.len());
        let harmless =
            !matches!(event, Event::CodeTyped(_) | Event::MoreTimeAsked | Event::Cancelled | Event::Superseded)
                && !matches!(event, Event::ButtonEdge { .. });
        if !open && harmless {
            self.give(event);
        }
    }

    /// The line changes, or a driver says so once more.
    fn edge(&mut self, pressed: bool) {
        let at = self.device.now;
        if self.device.line_pressed != pressed {
            self.line.push((at, pressed));
            self.device.line_pressed = pressed;
        }
        self.give(Event::ButtonEdge { at, pressed });
    }

    /// The button is held for so long, and let go.
    pub(super) fn holds(&mut self, time: Duration) {
        self.edge(false);
        self.passes(Duration::from_secs(1), true);
        self.edge(true);
        self.passes(time, true);
        self.edge(false);
        self.passes(Duration::from_secs(1), true);
    }

    /// The mail server took the mail.
    fn delivers(&mut self) {
        if let Some(run) = self.device.run {
            self.give(Event::Delivered(run));
        }
    }

    fn method_misbehaves(&mut self, dice: usize) {
        let Some(run) = self.device.run else { return };
        let form = SealForm::LongAddressSealed;
        self.give(match dice % 10 {
            8 => Event::KeptAsked { run },
            9 => Event::SealAsked { run, purpose: Purpose::Unlock, form: SealForm::Unlock },
            0 => Event::MethodGone(run, FailureKind::MethodCrashed),
            1 => Event::MethodFailed(run, FailureKind::SmtpRefused),
            2 => Event::SealAsked { run, purpose: Purpose::Reset, form },
            3 => Event::SealAsked { run, purpose: Purpose::Unlock, form },
            4 => Event::PressAsked { run },
            5 => Event::DeliveryAsked { run, purpose: Purpose::Reset },
            6 => Event::MethodFailed(run, FailureKind::MailboxFull),
            _ => Event::MethodReady(run),
        });
    }
}
