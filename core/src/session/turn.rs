//! One step in the making: where states put their effects, and the moves that several states share.

use super::frame::{Frame, Open};
use super::states::{
    ChoosePassword, Choosing, Closed, ConfirmLoss, ConfirmingAddress, DeadEnd, Ending, EnterCode, Erasing, Preparing,
    Sealing, State,
};
use super::{AuditEntry, AuditKind, Effect, Effects, EventName, MethodNews, Note, OwnerNotice};
use crate::{
    Carriage, Counter, DeadlineReason, Failure, FailureKind, Fault, KeptSheet, Loss, MethodId, Next, Now, ProofKind,
    Purpose, Remaining, Ticket, route, time::minutes,
};
use alloc::vec;
use core::time::Duration;

/// A running worker of a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) ticket: Ticket,
    pub(super) method: MethodId,
}

super::explore::explored!(Run { method; without ticket });

/// What carries the challenge that is out to the owner's eyes.
#[derive(Debug)]
pub(super) enum Carrier {
    /// The method shows it.
    Running(Run),
    /// The method was started (again) and has to ask for the sealed octets by then.
    Starting(Run, Duration),
    /// Nobody; a code already mailed can still be typed.
    Gone,
}

impl Carrier {
    /// The run, if there is one.
    pub(super) const fn run(&self) -> Option<&Run> {
        match self {
            Self::Running(run) | Self::Starting(run, _) => Some(run),
            Self::Gone => None,
        }
    }

    /// Whether this ticket is of its run.
    pub(super) fn is(&self, ticket: Ticket) -> bool {
        self.run().is_some_and(|run| run.ticket == ticket)
    }
}

/// One step in the making.
pub(super) struct Turn<'a> {
    pub(super) frame: &'a mut Frame,
    /// Powered time since boot; never goes back.
    pub(super) now: Duration,
    wall: Option<u64>,
    event: EventName,
    effects: Effects,
}

impl<'a> Turn<'a> {
    pub(super) fn new(frame: &'a mut Frame, now: Now, event: EventName) -> Self {
        let since_boot = frame.observe(now.since_boot);
        Self { frame, now: since_boot, wall: now.wall, event, effects: Effects::default() }
    }

    pub(super) fn into_effects(self) -> Effects {
        self.effects
    }

    pub(super) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    pub(super) fn audit(&mut self, what: AuditKind) {
        let frame = &*self.frame;
        let entry = AuditEntry {
            session: frame.id,
            lane: frame.lane,
            purpose: frame.purpose,
            account: frame.account.clone(),
            at: Now { since_boot: self.now, wall: self.wall },
            what,
        };
        self.effect(Effect::Audit(entry));
    }

    // ---- events that change nothing ----

    /// An event that means nothing here, or a late or false answer: noted, never punished.
    pub(super) fn ignore(&mut self, state: impl Into<State>) -> State {
        let state = state.into();
        self.effect(Effect::Note(Note::Ignored { step: state.step(), event: self.event }));
        state
    }

    /// A challenge that nobody waits for any more: its code must not stay good.
    pub(super) fn void_late(&mut self, late: Counter, state: impl Into<State>) -> State {
        self.effect(Effect::VoidChallenges(vec![late]));
        self.ignore(state)
    }

    /// A staged password that nobody waits for any more.
    pub(super) fn drop_late(&mut self, late: crate::TransactionId, state: impl Into<State>) -> State {
        self.effect(Effect::DropPrepared(late));
        self.ignore(state)
    }

    // ---- methods ----

    /// Starts a worker.
    pub(super) fn start(&mut self, method: &MethodId) -> Run {
        let run = Run { ticket: self.frame.ticket(), method: method.clone() };
        self.effect(Effect::StartMethod { ticket: run.ticket, method: run.method.clone() });
        run
    }

    /// Stops a worker.
    pub(super) fn stop(&mut self, run: &Run) {
        self.effect(Effect::StopMethod { run: run.ticket, method: run.method.clone() });
    }

    /// Stops whatever carries a challenge.
    pub(super) fn stop_carrier(&mut self, carrier: &Carrier) {
        if let Some(run) = carrier.run() {
            self.stop(run);
        }
    }

    /// Tells a method that shows a challenge.
    pub(super) fn tell(&mut self, carrier: &Carrier, news: MethodNews) {
        if let Some(run) = carrier.run() {
            self.effect(Effect::TellMethod { run: run.ticket, news });
        }
    }

    /// By when a method, or the daemon, has to answer.
    pub(super) fn answer_by(&self) -> Duration {
        self.now + Duration::from_secs(self.frame.rules.method_start_seconds.into())
    }

    /// What may be wrong with a method is for it to say only within the catalogue's part for methods.
    pub(super) fn method_failure(&self, method: &MethodId, kind: FailureKind) -> Failure {
        // After a boot it may not be offered any more: then it has least of all to say what support's has.
        let proof = self.frame.selection.offer(method).map_or(ProofKind::Mailbox, |offer| offer.proof);
        let kind = if kind.may_come_from_method(proof) { kind } else { FailureKind::MethodGarbage };
        Failure::of(kind, method.clone())
    }

    // ---- the challenge that is out ----

    /// Writes down what is left of it (R19).
    pub(super) fn checkpoint(&mut self, open: &mut Open) {
        open.life.written(&self.frame.rules, self.now);
        let ticket = self.frame.ticket();
        let record = self.frame.record(open, self.now);
        self.effect(Effect::Persist { ticket, record });
    }

    /// Its code is good for nothing from now on.
    pub(super) fn void(&mut self, open: Open, why: FailureKind) {
        let counter = open.challenge.counter;
        self.effect(Effect::VoidChallenges(vec![counter]));
        self.audit(AuditKind::ChallengeVoid(counter, why));
    }

    /// A challenge put aside: kept while it lives, void otherwise.
    pub(super) fn shelve(&mut self, open: Option<Open>) -> Option<Open> {
        match open {
            Some(open) if open.is_alive(self.now) => Some(open),
            Some(open) => {
                let why = if open.tries_left == 0 { FailureKind::CodeUsedUp } else { FailureKind::CodeExpired };
                self.void(open, why);
                None
            }
            None => None,
        }
    }

    /// What the life of a challenge that was put aside asks for at this moment: void it when it is over, write it at its
    /// checkpoint. `false`: nothing, and the wake-up is somebody else's.
    pub(super) fn tend(&mut self, shelf: &mut Option<Open>, why: DeadlineReason) -> bool {
        let now = self.now;
        match (why, shelf.as_mut()) {
            (DeadlineReason::CodeExpires, Some(open)) if open.life.is_over(now) => {
                *shelf = self.shelve(shelf.take());
                true
            }
            (DeadlineReason::Checkpoint, Some(open)) if now >= open.life.checkpoint() => {
                self.checkpoint(open);
                true
            }
            (
                DeadlineReason::CodeExpires
                | DeadlineReason::Checkpoint
                | DeadlineReason::MethodStart
                | DeadlineReason::DeviceAnswer
                | DeadlineReason::ProofExpires
                | DeadlineReason::Delivery
                | DeadlineReason::PressWindow
                | DeadlineReason::LineSettled
                | DeadlineReason::TryAgain
                | DeadlineReason::Idle,
                _,
            ) => false,
        }
    }

    // ---- moves ----

    /// To the ways that would work, or to support if there is none. Never further by itself: what was proved is
    /// used only when the owner chooses the method that proved it (CVE-2026-18963).
    pub(super) fn another_way(&mut self, shelf: Option<Open>) -> State {
        let shelf = self.shelve(shelf);
        if self.frame.ways(shelf.as_ref()).next().is_none() {
            let kind = self.frame.trouble.as_ref().map_or(FailureKind::NothingLeft, |trouble| trouble.kind);
            return self.dead_end(kind, shelf);
        }
        let idle_at = self.now + minutes(self.frame.rules.idle_minutes);
        Choosing { shelf, idle_at }.into()
    }

    /// The owner chose a method: to its proof if it gave one, to its code if one is out, otherwise it starts.
    pub(super) fn choose(&mut self, method: &MethodId, shelf: Option<Open>) -> State {
        self.frame.proofs.expire(self.now);
        let shelf = self.shelve(shelf);
        if !self.frame.is_way(method, shelf.as_ref()) {
            let state = self.another_way(shelf);
            return self.ignore(state);
        }
        self.frame.trouble = None;
        if self.frame.proofs.has(method) {
            return self.proved(shelf);
        }
        match shelf {
            Some(open) if open.method == *method => self.enter_code(open),
            shelf => self.begin(method, shelf),
        }
    }

    /// A method is chosen anew: what it destroys beyond the password is said and confirmed first.
    fn begin(&mut self, method: &MethodId, shelf: Option<Open>) -> State {
        let loss = self.frame.selection.offer(method).map_or(Loss::PasswordOnly, |offer| offer.loss);
        if loss > Loss::PasswordOnly {
            let idle_at = self.now + minutes(self.frame.rules.idle_minutes);
            return ConfirmLoss { method: method.clone(), loss, shelf, idle_at }.into();
        }
        self.audit(AuditKind::MethodChosen(method.clone()));
        self.prepare(method, shelf)
    }

    /// Tells the method that a code which the owner keeps is awaited.
    pub(super) fn await_kept(&mut self, open: &Open, run: Ticket) {
        let left = open.challenge.sheet().map_or(0, KeptSheet::left);
        let (counter, tries_left) = (open.challenge.counter, open.tries_left);
        self.effect(Effect::AwaitKept { counter, run, left, tries_left });
    }

    /// Asks the daemon for a code that travels like this.
    pub(super) fn issue(&mut self, run: Run, carriage: Carriage, shelf: Option<Open>) -> State {
        let left = match carriage {
            Carriage::Sealed(_) | Carriage::Handed => &mut self.frame.codes_left,
            Carriage::Kept => &mut self.frame.sheets_left,
        };
        *left = left.saturating_sub(1);
        let ticket = self.frame.ticket();
        self.effect(Effect::IssueChallenge {
            ticket,
            method: run.method.clone(),
            purpose: self.frame.purpose_of(&run.method).unwrap_or(self.frame.purpose),
            lane: self.frame.lane,
            carriage,
            style: self.frame.rules.code_style,
        });
        Sealing { run, carriage, ticket, until: self.answer_by(), shelf }.into()
    }

    /// Starts a method from nothing.
    pub(super) fn prepare(&mut self, method: &MethodId, shelf: Option<Open>) -> State {
        self.frame.last_method = Some(method.clone());
        let run = self.start(method);
        Preparing { run, until: self.answer_by(), shelf }.into()
    }

    /// To the code that is out; its method is started to show it again, if it may.
    pub(super) fn enter_code(&mut self, open: Open) -> State {
        let carrier = if open.told.is_handed() {
            // There is nothing to show again, and to start it would send another mail.
            Carrier::Gone
        } else if self.frame.may_start(&open.method) {
            let run = self.start(&open.method);
            Carrier::Starting(run, self.answer_by())
        } else {
            let why = Failure::of(self.frame.why_not(&open.method), open.method.clone());
            self.frame.trouble.get_or_insert(why);
            Carrier::Gone
        };
        EnterCode::with(open, carrier, self).into()
    }

    /// A new code by the same method.
    pub(super) fn renew(&mut self, method: &MethodId, carrier: Carrier, shelf: Option<Open>) -> State {
        match carrier {
            Carrier::Running(run) => {
                self.effect(Effect::TellMethod { run: run.ticket, news: MethodNews::AskAgain });
                Preparing { run, until: self.answer_by(), shelf }.into()
            }
            Carrier::Starting(run, until) => Preparing { run, until, shelf }.into(),
            Carrier::Gone => self.prepare(method, shelf),
        }
    }

    /// After a proof, or back at one: on if it is enough, otherwise to the other kinds of proof.
    pub(super) fn proved(&mut self, open: Option<Open>) -> State {
        let proofs = core::mem::take(&mut self.frame.proofs);
        match proofs.authority(self.frame.proof_rule()) {
            Ok(authority) => match self.frame.purpose {
                Purpose::Reset | Purpose::Unlock if authority.erases() => Erasing::begin(&authority, open, self),
                Purpose::Reset | Purpose::Unlock => ChoosePassword::with(authority, open).into(),
                Purpose::ConfirmAddress => ConfirmingAddress::begin(&authority, open, self),
                Purpose::Notice => self.end(FailureKind::MethodWrongPurpose, open),
            },
            Err(proofs) => {
                self.frame.proofs = proofs;
                if self.frame.ways(None).next().is_none() {
                    return self.dead_end(FailureKind::SecondProofMissing, open);
                }
                self.another_way(open)
            }
        }
    }

    /// Where a failure leads, by the table. `shelf` is the code that is out, if one is; no worker runs any more.
    pub(super) fn fall(&mut self, failure: Failure, shelf: Option<Open>) -> State {
        let shelf = self.shelve(shelf);
        let next = route(failure.kind, self.remaining(&failure, shelf.as_ref()));
        self.note_failure(&failure);
        let again = matches!(next, Next::RestartMethod | Next::NewCode);
        // What only has to wait is not broken.
        let broken = failure.kind.fault() != Fault::TryLater && !self.frame.forgives(&failure);
        let mut told = failure.clone();
        if broken && !again && self.frame.bar(&failure) {
            self.audit_quarantine(&failure);
            told.kind = FailureKind::MethodQuarantined;
        }
        self.frame.trouble = Some(told);
        match (next, shelf, failure.method) {
            (Next::Stay, Some(open), _) => self.enter_code(open),
            (Next::RestartMethod | Next::NewCode, shelf, Some(method)) => {
                self.frame.spend_restart(&method);
                self.prepare(&method, shelf)
            }
            (Next::StartAgain, shelf, _) => self.end(failure.kind, shelf),
            (Next::Support, shelf, _) => self.dead_end(failure.kind, shelf),
            (Next::Stay | Next::RestartMethod | Next::NewCode | Next::AnotherWay, shelf, _) => self.another_way(shelf),
        }
    }

    /// What is still possible when `failure` strikes.
    pub(super) fn remaining(&self, failure: &Failure, shelf: Option<&Open>) -> Remaining {
        let method = failure.method.as_ref();
        // Whatever starts the method again by itself takes its one restart, so that nothing goes round for ever.
        let restart = method.is_some_and(|method| self.frame.may_restart(method));
        Remaining {
            // A code that did its work is not typed once more: it would prove the same again, and nothing else.
            code_alive: shelf.is_some_and(|open| open.is_alive(self.now) && !self.frame.proofs.has(&open.method)),
            restart,
            new_code: restart && method.is_some_and(|method| self.frame.can_make_code(method)),
            other_way: self.frame.ways(shelf).any(|offer| Some(&offer.method) != method || self.leads_back(failure)),
            resend: false,
            proved: false,
        }
    }

    /// Whether the method that failed is a way on nevertheless: its proof was given already, the owner can mend it, or the
    /// button is somebody else's for a moment, whatever broke before.
    fn leads_back(&self, failure: &Failure) -> bool {
        let proved = failure.method.as_ref().is_some_and(|method| self.frame.proofs.has(method));
        let waits = failure.kind == FailureKind::ButtonBusy
            && failure.method.as_ref().is_some_and(|method| self.frame.may_start(method));
        proved || waits || self.frame.may_forgive(failure)
    }

    pub(super) fn note_failure(&mut self, failure: &Failure) {
        match &failure.method {
            Some(method) => self.audit(AuditKind::MethodFailed(method.clone(), failure.kind)),
            None => self.audit(AuditKind::DeviceFailed(failure.kind)),
        }
    }

    pub(super) fn audit_quarantine(&mut self, failure: &Failure) {
        if let Some(method) = &failure.method {
            self.audit(AuditKind::MethodQuarantined(method.clone()));
        }
    }

    // ---- ends ----

    /// Nothing on the device is left: the support contact.
    pub(super) fn dead_end(&mut self, kind: FailureKind, open: Option<Open>) -> State {
        if let Some(open) = open {
            self.void(open, kind);
        }
        self.audit(AuditKind::DeadEnd(kind));
        self.frame.trouble.get_or_insert(Failure::new(kind));
        DeadEnd { idle_at: self.now + minutes(self.frame.rules.life_minutes) }.into()
    }

    /// The owner cancelled. Needs no password and is always safe (R21).
    pub(super) fn cancel(&mut self, open: Option<Open>) -> State {
        if let Some(open) = open {
            self.effect(Effect::VoidChallenges(vec![open.challenge.counter]));
        }
        self.audit(AuditKind::Cancelled);
        self.close(Ending::Cancelled, None)
    }

    /// The session ends without success; to start again is the next step.
    pub(super) fn end(&mut self, why: FailureKind, open: Option<Open>) -> State {
        if let Some(open) = open {
            self.void(open, why);
        }
        self.audit(AuditKind::Ended(why));
        self.close(Ending::Expired(why), None)
    }

    /// It worked.
    pub(super) fn succeed(&mut self, method: MethodId, request: Counter) -> State {
        let notice = OwnerNotice {
            purpose: self.frame.purpose,
            method: method.clone(),
            lane: self.frame.lane,
            account: self.frame.account.clone(),
            request,
            factory_state: false,
            at: self.at(),
        };
        let (what, ending) = match self.frame.purpose {
            Purpose::Reset | Purpose::Unlock | Purpose::Notice => {
                (AuditKind::PasswordSet(request, method.clone()), Ending::Done)
            }
            Purpose::ConfirmAddress => (AuditKind::AddressConfirmed(request), Ending::AddressConfirmed),
        };
        self.audit(what);
        self.effect(Effect::NotifyOwner(notice));
        self.close(ending, Some((method, request)))
    }

    /// The device is as it left the factory.
    pub(super) fn erased(&mut self, method: MethodId, request: Counter) -> State {
        self.audit(AuditKind::FactoryState(request, method.clone()));
        self.effect(Effect::NotifyOwner(OwnerNotice {
            purpose: self.frame.purpose,
            method: method.clone(),
            lane: self.frame.lane,
            account: self.frame.account.clone(),
            request,
            factory_state: true,
            at: self.at(),
        }));
        self.close(Ending::FactoryState, Some((method, request)))
    }

    const fn at(&self) -> Now {
        Now { since_boot: self.now, wall: self.wall }
    }

    fn close(&mut self, ending: Ending, success: Option<(MethodId, Counter)>) -> State {
        self.frame.proofs = super::grant::Proofs::default();
        self.frame.trouble = match ending {
            Ending::Expired(why) => Some(Failure::new(why)),
            Ending::Done | Ending::FactoryState | Ending::AddressConfirmed | Ending::Cancelled => None,
        };
        self.effect(Effect::Close);
        let (method, request) = success.unzip();
        Closed { ending, method, request }.into()
    }
}
