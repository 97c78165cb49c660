//! What a session keeps through all its states, and the challenge that is out.

use super::grant::{Claim, Proofs};
use super::life::Life;
use super::{Challenge, FurtherProof, HoldView, Record};
use crate::{
    AccountName, CHALLENGES_MAX, Carries, Counter, Failure, FailureKind, Fault, Fixable, Lane, MethodId, Offer,
    ProofKind, ProofKinds, ProofRule, Purpose, Selection, SessionId, SessionRules, Ticket, Withheld, challenge_purpose,
    time::minutes,
};
use alloc::{sync::Arc, vec::Vec};
use core::time::Duration;

/// Requests for a press in one session.
const PRESSES_MAX: u8 = 5;

/// How far the code of a challenge has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Sealed: the method draws it, as often as it likes.
    Sealed,
    /// Handed to the method, which has to say by then whether it was accepted. Nobody may have it yet.
    Handed(Duration),
    /// It is on the owner's sheet; the method only says that it is awaited.
    Kept,
    /// Accepted for delivery, or typed, or from before a boot: somebody may have it.
    Delivered,
}

impl Told {
    /// Whether its code went to the method itself, once and for all.
    pub(super) const fn is_handed(self) -> bool {
        match self {
            Self::Sealed | Self::Kept => false,
            Self::Handed(_) | Self::Delivered => true,
        }
    }
}

/// What a session keeps through all its states. Decisions about *where one is* are not here: that is the state's.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) id: SessionId,
    pub(super) lane: Lane,
    pub(super) purpose: Purpose,
    pub(super) account: AccountName,
    pub(super) rules: SessionRules,
    /// Frozen when the session opened.
    pub(super) selection: Arc<Selection>,
    /// Proofs given, while no state holds them as authority.
    pub(super) proofs: Proofs,
    /// What the owner must be told now.
    pub(super) trouble: Option<Failure>,
    /// Comparisons left in the session (R7).
    pub(super) tries_left: u8,
    /// Codes that may still be made (R47).
    pub(super) codes_left: u8,
    /// Times that a code of the owner's sheet may still be asked for (R47). None is made for it, so it takes none of those.
    pub(super) sheets_left: u8,
    /// Requests for a press that may still be made (R47).
    pub(super) presses_left: u8,
    /// The method that was used last, for the case code.
    pub(super) last_method: Option<MethodId>,
    /// A press on the device reserved the next attempt at a code (R10).
    reserved: bool,
    /// Number of the newest challenge made here; the next one must be newer (R32).
    newest: Option<Counter>,
    restarted: Vec<MethodId>,
    forgiven: Vec<MethodId>,
    barred: Vec<Failure>,
    next_ticket: u32,
    latest: Duration,
}

super::explore::explored!(Frame {
    lane, proofs, tries_left, codes_left, reserved, newest, restarted, forgiven, barred;
    some sheets_left, presses_left;
    without id, purpose, account, rules, selection, trouble, last_method, next_ticket, latest
});

/// The challenge that is out: at most one in a session (R13).
#[derive(Debug)]
pub(super) struct Open {
    pub(super) challenge: Challenge,
    pub(super) method: MethodId,
    pub(super) kind: ProofKind,
    pub(super) told: Told,
    pub(super) tries_left: u8,
    pub(super) life: Life,
}

super::explore::explored!(Open { challenge, method, told, tries_left; without kind, life });

impl Open {
    /// Whether its code can still be typed.
    pub(super) fn is_alive(&self, now: Duration) -> bool {
        self.tries_left > 0 && !self.life.is_over(now)
    }
}

impl Frame {
    pub(super) fn new(
        (id, lane, purpose, account): (SessionId, Lane, Purpose, AccountName),
        rules: SessionRules,
        selection: Selection,
    ) -> Self {
        let rules = rules.bounded();
        Self {
            id,
            lane,
            purpose,
            account,
            rules,
            selection: Arc::new(selection),
            proofs: Proofs::default(),
            trouble: None,
            tries_left: rules.session_tries,
            codes_left: rules.challenges_per_session,
            sheets_left: CHALLENGES_MAX,
            presses_left: PRESSES_MAX,
            last_method: None,
            reserved: false,
            newest: None,
            restarted: Vec::new(),
            forgiven: Vec::new(),
            barred: Vec::new(),
            next_ticket: 1,
            latest: Duration::ZERO,
        }
    }

    /// Time never goes back for a session, whatever the caller says.
    pub(super) fn observe(&mut self, since_boot: Duration) -> Duration {
        self.latest = self.latest.max(since_boot);
        self.latest
    }

    /// A ticket that was never given before in this session.
    pub(super) fn ticket(&mut self) -> Ticket {
        let ticket = Ticket::new(self.next_ticket);
        self.next_ticket = self.next_ticket.saturating_add(1);
        ticket
    }

    /// Takes note of a new challenge's number; `false` if it is not newer than the last.
    pub(super) fn is_newer(&mut self, counter: Counter) -> bool {
        let newer = self.newest.is_none_or(|newest| counter > newest);
        self.newest = self.newest.max(Some(counter));
        newer
    }

    /// Whether one more code may be made.
    pub(super) fn can_make_code(&self, method: &MethodId) -> bool {
        let left = match self.carries(method) {
            Some(Carries::Kept) => self.sheets_left,
            Some(Carries::Sealed | Carries::Handed | Carries::Presence) | None => self.codes_left,
        };
        left > 0 && self.tries_left > 0
    }

    /// Which proofs are wanted for what the session is for.
    pub(super) const fn proof_rule(&self) -> ProofRule {
        match self.purpose {
            Purpose::Reset | Purpose::Unlock => self.rules.proofs,
            Purpose::ConfirmAddress | Purpose::Notice => ProofRule::of_an_address(),
        }
    }

    /// What a code by this method would be for; `None` for a method that is not offered.
    pub(super) fn purpose_of(&self, method: &MethodId) -> Option<Purpose> {
        self.selection.offer(method).map(|offer| challenge_purpose(self.purpose, offer.proof))
    }

    /// Ways that lead somewhere from here: not barred, and with a code to be had, a code out, or a proof given; none at all
    /// if together they could not give the proofs that are wanted.
    pub(super) fn ways<'a>(&'a self, shelf: Option<&'a Open>) -> impl Iterator<Item = &'a Offer> + 'a {
        let enough = self.can_be_proved(shelf);
        self.selection.offered.iter().filter(move |offer| enough && self.leads_on(offer, shelf))
    }

    /// Whether what was proved and what still can be is enough.
    fn can_be_proved(&self, shelf: Option<&Open>) -> bool {
        let usable = self.selection.offered.iter().filter(|offer| self.leads_on(offer, shelf));
        let kinds: ProofKinds = usable.map(|offer| offer.proof).collect();
        self.proof_rule().can_be_met(kinds.and(self.proofs.kinds()))
    }

    /// What was proved, and what else would help; `None` while nothing was proved, or when it is enough.
    pub(super) fn further(&self, shelf: Option<&Open>) -> Option<FurtherProof> {
        let (given, rule) = (self.proofs.kinds(), self.proof_rule());
        (!given.is_empty() && !rule.is_met_by(given)).then(|| FurtherProof {
            given: given.iter().collect(),
            helps: rule.helping(given).common(self.ways(shelf).map(|offer| offer.proof).collect()).iter().collect(),
        })
    }

    /// Whether this method is one of them.
    pub(super) fn is_way(&self, method: &MethodId, shelf: Option<&Open>) -> bool {
        self.ways(shelf).any(|offer| offer.method == *method)
    }

    fn leads_on(&self, offer: &Offer, shelf: Option<&Open>) -> bool {
        if self.proofs.has_kind(offer.proof) {
            // A second proof of one kind is no second proof (F11); going back to a complete one is a way.
            return self.proofs.has(&offer.method) && self.proof_rule().is_met_by(self.proofs.kinds());
        }
        if !self.proof_rule().helps(self.proofs.kinds(), offer.proof) {
            return false;
        }
        if offer.carries == Carries::Presence {
            let watched = self.rules.button.is_some() && self.purpose == Purpose::Reset && self.presses_left > 0;
            return watched && !self.is_barred(&offer.method);
        }
        // A code that is out can be typed even if its method broke.
        let waiting = shelf.is_some_and(|open| open.method == offer.method && open.is_alive(self.latest));
        waiting || (self.can_make_code(&offer.method) && !self.is_barred(&offer.method))
    }

    /// Whether a method may be started at all.
    pub(super) fn may_start(&self, method: &MethodId) -> bool {
        self.selection.offer(method).is_some() && !self.is_barred(method)
    }

    /// What this method carries.
    pub(super) fn carries(&self, method: &MethodId) -> Option<Carries> {
        self.selection.offer(method).map(|offer| offer.carries)
    }

    /// What a hold has to be and does, for a method that carries one.
    pub(super) fn hold_view(&self, method: &MethodId) -> Option<HoldView> {
        let rules = self.rules.button.filter(|_| self.carries(method) == Some(Carries::Presence))?;
        Some(HoldView { outcome: rules.on_presence, hold: rules.hold, longest: rules.longest })
    }

    /// A press on the device. It reserves an attempt for the console only: it is of no use from afar (R10).
    pub(super) const fn pressed(&mut self) {
        match self.lane {
            Lane::Console | Lane::Button => self.reserved = true,
            Lane::Network => {}
        }
    }

    /// Takes the attempt that a press reserved.
    pub(super) const fn take_reserved(&mut self) -> bool {
        core::mem::replace(&mut self.reserved, false)
    }

    /// Whether a broken method gets its one restart (R83).
    pub(super) fn may_restart(&self, method: &MethodId) -> bool {
        self.may_start(method) && !self.restarted.contains(method)
    }

    /// Takes the one restart of a method.
    pub(super) fn spend_restart(&mut self, method: &MethodId) {
        self.restarted.push(method.clone());
    }

    /// Whether a failure that the owner can mend leaves the method in use: once for each method, whatever it broke before. A
    /// hold may be tried as often as presses may be asked for.
    pub(super) fn may_forgive(&self, failure: &Failure) -> bool {
        let Some(method) = failure.method.as_ref().filter(|_| failure.kind.is_mended_on_the_spot()) else {
            return false;
        };
        failure.kind == FailureKind::PressNotSeen || (self.may_start(method) && !self.forgiven.contains(method))
    }

    /// Forgives it, if it may be.
    pub(super) fn forgives(&mut self, failure: &Failure) -> bool {
        let forgives = self.may_forgive(failure);
        if forgives && failure.kind != FailureKind::PressNotSeen {
            self.forgiven.extend(failure.method.clone());
        }
        forgives
    }

    /// Takes a method out of use for the rest of the session. Says whether that was because it broke twice.
    pub(super) fn bar(&mut self, failure: &Failure) -> bool {
        let Some(method) = &failure.method else { return false };
        if self.is_barred(method) {
            return false;
        }
        // Only what broke is in quarantine; what was refused twice was refused.
        let quarantined = self.restarted.contains(method) && failure.kind.fault() == Fault::Broken;
        let kind = if quarantined { FailureKind::MethodQuarantined } else { failure.kind };
        self.barred.push(Failure::of(kind, method.clone()));
        quarantined
    }

    fn is_barred(&self, method: &MethodId) -> bool {
        self.barred.iter().any(|failure| failure.method.as_ref() == Some(method))
    }

    /// Why a method cannot be started.
    pub(super) fn why_not(&self, method: &MethodId) -> FailureKind {
        let barred = self.barred.iter().find(|failure| failure.method.as_ref() == Some(method));
        let withheld = self.selection.withheld.iter().find(|withheld| withheld.method == *method);
        barred.or(withheld.map(|withheld| &withheld.reason)).map_or(FailureKind::MethodNotInstalled, |why| why.kind)
    }

    /// Everything withheld: from the start, and since. A way that this session has used up is named too.
    pub(super) fn withheld(&self, shelf: Option<&Open>) -> Vec<Withheld> {
        let since = self.barred.iter().filter_map(|reason| {
            let method = reason.method.clone()?;
            Some(Withheld { method, reason: reason.clone(), fixable: Fixable::ByMaker })
        });
        let used_up = self.all_used_up(shelf).map(|(method, kind)| {
            let reason = Failure::of(kind, method.clone());
            Withheld { method: method.clone(), reason, fixable: Fixable::Now }
        });
        self.selection.withheld.iter().cloned().chain(since).chain(used_up).collect()
    }

    /// The reasons alone.
    pub(super) fn reasons(&self, shelf: Option<&Open>) -> impl Iterator<Item = FailureKind> {
        let before = self.selection.withheld.iter().map(|withheld| withheld.reason.kind);
        let since = self.barred.iter().filter(|reason| reason.method.is_some()).map(|reason| reason.kind);
        before.chain(since).chain(self.all_used_up(shelf).map(|(_, kind)| kind))
    }

    /// Offers that this session has used up, or that are of no use alone.
    fn all_used_up(&self, shelf: Option<&Open>) -> impl Iterator<Item = (&MethodId, FailureKind)> {
        let enough = self.can_be_proved(shelf);
        self.selection.offered.iter().filter_map(move |offer| {
            let alone = !enough && self.leads_on(offer, shelf);
            let kind = if alone { FailureKind::SecondProofMissing } else { self.used_up(offer, shelf)? };
            Some((&offer.method, kind))
        })
    }

    /// Why an offer leads nowhere any more, though nothing is wrong with its method. A kind that was proved needs none.
    fn used_up(&self, offer: &Offer, shelf: Option<&Open>) -> Option<FailureKind> {
        if self.leads_on(offer, shelf) || self.is_barred(&offer.method) || self.proofs.has_kind(offer.proof) {
            return None;
        }
        if !self.proof_rule().helps(self.proofs.kinds(), offer.proof) {
            return Some(FailureKind::ProofNotAllowed);
        }
        Some(match offer.carries {
            Carries::Sealed | Carries::Handed | Carries::Kept => FailureKind::TooManyCodes,
            Carries::Presence if self.presses_left == 0 => FailureKind::PressNotSeen,
            Carries::Presence => FailureKind::NoButton,
        })
    }

    /// What the journal keeps of this session with this challenge.
    pub(super) fn record(&self, open: &Open, now: Duration) -> Record {
        Record {
            session: self.id,
            lane: self.lane,
            purpose: self.purpose,
            account: self.account.clone(),
            method: open.method.clone(),
            proof: open.kind,
            challenge: open.challenge.clone(),
            tries_left: open.tries_left,
            session_tries_left: self.tries_left,
            challenges_left: self.codes_left,
            minutes_left: open.life.minutes_to_write(now),
            cap_minutes_left: open.life.cap_to_write(now),
            boots_left: open.life.boots_left(),
        }
    }

    /// What a right code of this challenge would prove, and for how long.
    pub(super) fn claim<'a>(&'a self, open: &'a Open, now: Duration) -> Claim<'a> {
        self.claim_of(&open.method, open.kind, now)
    }

    /// What a hold of the button would prove, and for how long.
    pub(super) fn claim_of_hold<'a>(&'a self, method: &'a MethodId, now: Duration) -> Claim<'a> {
        self.claim_of(method, ProofKind::Presence, now)
    }

    fn claim_of<'a>(&'a self, method: &'a MethodId, kind: ProofKind, now: Duration) -> Claim<'a> {
        let granted = now + minutes(self.rules.proof_minutes);
        Claim {
            session: self.id,
            account: &self.account,
            purpose: self.purpose,
            method,
            kind,
            until: granted,
            cap: granted.max(now + minutes(self.rules.life_minutes)),
        }
    }
}
