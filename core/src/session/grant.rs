//! Proof and permission. The only place where a guess is judged, and the only one that can make a [`Grant`].
//!
//! ```text
//!   code typed ──▶ PendingAttempt ──Charged──▶ ChargedAttempt ──Derived──▶ judge() ──▶ Proof ──▶ Proofs
//!                  (tries already less)        (durable: R11)              (R4, R6)                │ enough, by
//!                                                                                                  ▼ the rule
//!   edges ──▶ Line ──held──▶ SeenHold ──▶ attest() ──▶ Proof ──▶ Proofs (R82, R88)              │
//!                       EraseAll ◀── EraseGrant ◀── Authority (a hold that opens the factory state)
//!                       CommitPassword ◀── Grant ◀──Prepared── Authority (what choose-password holds)
//! ```
//!
//! No arrow can be skipped: each type has private fields and one way to come about, all of them in this file and, for the
//! hold, in `hold.rs`. A note
//! that some other step left behind opens nothing (Keycloak CVE-2026-18963), because a proof names the session, the
//! account, the method and the challenge it is of, and is not a note but the outcome of a comparison.

use super::hold::SeenHold;
use super::{Challenge, Ticketed};
use crate::{
    AccountName, Code, Counter, Derived, Expected, KeptPlace, MethodId, OnPresence, ProofKind, ProofKinds, ProofRule,
    Purpose, SessionId, Ticket, TransactionId, challenge_purpose,
};
use alloc::vec::Vec;
use core::time::Duration;

/// A guess that is not yet charged. Made from what was typed; can only become a [`ChargedAttempt`].
#[derive(Debug)]
pub(super) struct PendingAttempt {
    code: Code,
    counter: Counter,
}

super::explore::explored!(PendingAttempt { ; without code, counter });

impl PendingAttempt {
    /// A guess at this challenge and no other (R13).
    pub(super) const fn at(challenge: &Challenge, code: Code) -> Self {
        Self { code, counter: challenge.counter }
    }

    /// The device says that token and try are durably taken (R11).
    pub(super) fn charged(self, derive: Ticket) -> (ChargedAttempt, Code) {
        (ChargedAttempt { counter: self.counter, derive }, self.code)
    }
}

/// A guess that is durably charged: the only thing that may be judged.
#[derive(Debug)]
pub(super) struct ChargedAttempt {
    counter: Counter,
    derive: Ticket,
}

super::explore::explored!(ChargedAttempt { ; without counter, derive });

impl Ticketed for ChargedAttempt {
    fn ticket(&self) -> Ticket {
        self.derive
    }
}

/// Who is proving what: bound when the session opened.
#[derive(Debug, Clone, Copy)]
pub(super) struct Claim<'a> {
    pub(super) session: SessionId,
    pub(super) account: &'a AccountName,
    pub(super) purpose: Purpose,
    pub(super) method: &'a MethodId,
    pub(super) kind: ProofKind,
    /// Until when the proof may be used, and the latest it may be extended to.
    pub(super) until: Duration,
    pub(super) cap: Duration,
}

/// What a guess was.
#[derive(Debug)]
#[must_use]
pub(super) enum Verdict {
    /// The right code.
    Right(Proof),
    /// A code of the sheet that set a password before: worth as much as a wrong one (R14).
    Used,
    /// Another code.
    Wrong,
}

/// Judges a charged guess against the one challenge it was made at. Constant time (R4); consumes the guess (R6).
pub(super) fn judge(attempt: ChargedAttempt, challenge: &Challenge, derived: &Derived, claim: Claim) -> Verdict {
    // The comparisons run whatever else holds.
    let (fits, kept, used) = match &challenge.expected {
        Expected::Drawn(verifier) => (verifier.matches(derived), None, false),
        Expected::Kept(sheet) => match sheet.find(derived) {
            Some((place, used)) => (true, Some(place), used),
            None => (false, None, false),
        },
    };
    let for_this = challenge.purpose == challenge_purpose(claim.purpose, claim.kind);
    // A code of a sheet proves that it was kept, and what was drawn for a challenge does not (F11).
    let of_its_kind = kept.is_some() == (claim.kind == ProofKind::KeptCode);
    if !(fits && for_this && of_its_kind && attempt.counter == challenge.counter) {
        return Verdict::Wrong;
    }
    if used {
        return Verdict::Used;
    }
    Verdict::Right(Proof {
        session: claim.session,
        account: claim.account.clone(),
        purpose: claim.purpose,
        method: claim.method.clone(),
        kind: claim.kind,
        counter: challenge.counter,
        kept,
        opens: OnPresence::NewPassword,
        until: claim.until,
        cap: claim.cap,
    })
}

/// Takes a hold that the engine saw itself as proof of presence, of this request and no other. It is spent by it.
#[must_use]
pub(super) fn attest(hold: SeenHold, counter: Counter, opens: OnPresence, claim: Claim) -> Proof {
    // Moved in, so that one hold is one proof.
    let SeenHold { .. } = hold;
    Proof {
        session: claim.session,
        account: claim.account.clone(),
        purpose: claim.purpose,
        method: claim.method.clone(),
        kind: ProofKind::Presence,
        counter,
        kept: None,
        opens,
        until: claim.until,
        cap: claim.cap,
    }
}

/// The right code of one challenge was typed, or the button was held for one request. Lives in memory only and dies with the boot (§5.8).
#[derive(Debug)]
pub(super) struct Proof {
    session: SessionId,
    account: AccountName,
    purpose: Purpose,
    method: MethodId,
    kind: ProofKind,
    counter: Counter,
    /// The code of a sheet that it was.
    kept: Option<KeptPlace>,
    /// What it opens: a hold of the button may lead to the factory state only, and then never to a password.
    opens: OnPresence,
    until: Duration,
    cap: Duration,
}

super::explore::explored!(Proof { method, kept, opens; without session, account, purpose, kind, counter, until, cap });

/// Proofs given so far in this session. Kept across methods, at most one of a kind (F11).
#[derive(Debug, Default)]
pub(super) struct Proofs(Vec<Proof>);

super::explore::explored!(Proofs(_));

impl Proofs {
    /// Keeps one more; a newer one of the same kind takes the older one's place.
    pub(super) fn keep(&mut self, proof: Proof) {
        self.0.retain(|kept| kept.kind != proof.kind);
        self.0.push(proof);
    }

    /// Whether this method already proved something here.
    pub(super) fn has(&self, method: &MethodId) -> bool {
        self.0.iter().any(|proof| proof.method == *method)
    }

    /// Whether a proof of this kind was given.
    pub(super) fn has_kind(&self, kind: ProofKind) -> bool {
        self.0.iter().any(|proof| proof.kind == kind)
    }

    /// The kinds that were given.
    pub(super) fn kinds(&self) -> ProofKinds {
        self.0.iter().map(|proof| proof.kind).collect()
    }

    /// Forgets those whose time is over.
    pub(super) fn expire(&mut self, now: Duration) {
        self.0.retain(|proof| proof.until > now);
    }

    /// Numbers of the challenges that were proved.
    pub(super) fn counters(&self) -> impl Iterator<Item = Counter> + '_ {
        self.0.iter().map(|proof| proof.counter)
    }

    /// All that was proved, if the rule has enough of it. Otherwise it is given back.
    pub(super) fn authority(self, rule: ProofRule) -> Result<Authority, Self> {
        if rule.is_met_by(self.kinds()) { Ok(Authority(self)) } else { Err(self) }
    }
}

/// Enough proofs for what the session is for. Only the states from *choose a new password* on hold one.
#[derive(Debug)]
pub(super) struct Authority(Proofs);

super::explore::explored!(Authority(_));

impl Authority {
    /// When the first of its proofs ends, in powered time since boot.
    pub(super) fn until(&self) -> Duration {
        self.0.0.iter().map(|proof| proof.until).min().unwrap_or(Duration::ZERO)
    }

    /// Whether more time can be had.
    pub(super) fn can_extend(&self) -> bool {
        self.0.0.iter().all(|proof| proof.until < proof.cap)
    }

    /// Gives each proof so much more time, up to its cap.
    pub(super) fn extend(&mut self, more: Duration) {
        for proof in &mut self.0.0 {
            proof.until = proof.until.saturating_add(more).min(proof.cap);
        }
    }

    /// Method and challenge of the proof that came last.
    pub(super) fn latest(&self) -> Option<(MethodId, Counter)> {
        self.0.0.last().map(|proof| (proof.method.clone(), proof.counter))
    }

    /// The code of a sheet that is among what was proved.
    pub(super) fn kept(&self) -> Option<KeptPlace> {
        self.0.0.iter().find_map(|proof| proof.kept)
    }

    /// Puts the proofs aside again: *try another way*.
    pub(super) fn lay_down(self) -> Proofs {
        self.0
    }

    /// Whether it leads to the factory state: one of its proofs opens nothing else.
    pub(super) fn erases(&self) -> bool {
        self.0.0.iter().any(|proof| proof.opens == OnPresence::FactoryState)
    }

    /// Permission to erase everything, if that is what a hold of the button opens here.
    pub(super) fn erase_grant(&self) -> Option<EraseGrant> {
        let held = self.0.0.iter().find(|proof| proof.opens == OnPresence::FactoryState)?;
        (held.purpose == Purpose::Reset).then(|| EraseGrant {
            session: held.session,
            account: held.account.clone(),
            method: held.method.clone(),
            request: held.counter,
            spent: self.0.counters().collect(),
        })
    }

    /// Permission to make this one transaction the password, if a password is what was proved for.
    pub(super) fn grant(&self, transaction: TransactionId) -> Option<Grant> {
        let last = self.0.0.last()?;
        let sets_password = match last.purpose {
            Purpose::Reset | Purpose::Unlock => !self.erases(),
            Purpose::ConfirmAddress | Purpose::Notice => false,
        };
        sets_password.then(|| Grant {
            session: last.session,
            account: last.account.clone(),
            purpose: last.purpose,
            method: last.method.clone(),
            transaction,
            spent: self.0.counters().collect(),
            kept: self.kept(),
        })
    }

    /// Permission to mark the address as confirmed, if that is what was proved for.
    pub(super) fn address_grant(&self) -> Option<AddressGrant> {
        let last = self.0.0.last()?;
        let confirms = match last.purpose {
            Purpose::ConfirmAddress => true,
            Purpose::Reset | Purpose::Unlock | Purpose::Notice => false,
        };
        confirms.then(|| AddressGrant { session: last.session, account: last.account.clone(), spent: last.counter })
    }
}

/// Permission to set a password: of this account, by this transaction, once.
///
/// Cannot be made or copied outside the engine's granting code:
///
/// ```compile_fail
/// fn forge() -> resetkit_core::Grant {
///     resetkit_core::Grant { transaction: resetkit_core::TransactionId::new(1) }
/// }
/// ```
/// ```compile_fail
/// fn twice(grant: &resetkit_core::Grant) -> resetkit_core::Grant {
///     grant.clone()
/// }
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct Grant {
    session: SessionId,
    account: AccountName,
    purpose: Purpose,
    method: MethodId,
    transaction: TransactionId,
    spent: Vec<Counter>,
    kept: Option<KeptPlace>,
}

impl Grant {
    /// The session it was proved in.
    #[must_use]
    pub const fn session(&self) -> SessionId {
        self.session
    }

    /// The only account it is for.
    #[must_use]
    pub const fn account(&self) -> &AccountName {
        &self.account
    }

    /// Reset or unlock.
    #[must_use]
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The method whose proof completed it.
    #[must_use]
    pub const fn method(&self) -> &MethodId {
        &self.method
    }

    /// The only staged password it is for.
    #[must_use]
    pub const fn transaction(&self) -> TransactionId {
        self.transaction
    }

    /// Challenges whose codes are spent by it (R14); the same commit voids all others too (R22).
    #[must_use]
    pub fn spent(&self) -> &[Counter] {
        &self.spent
    }

    /// The code of the account's sheet that is used up by it: the same commit marks it (R14, F12). If there is no such code,
    /// or it is marked already, nothing is committed.
    #[must_use]
    pub const fn kept(&self) -> Option<KeptPlace> {
        self.kept
    }
}

/// Permission to mark the address on file as confirmed, once.
#[derive(Debug, PartialEq, Eq)]
pub struct AddressGrant {
    session: SessionId,
    account: AccountName,
    spent: Counter,
}

impl AddressGrant {
    /// The session it was proved in.
    #[must_use]
    pub const fn session(&self) -> SessionId {
        self.session
    }

    /// The account whose address it is.
    #[must_use]
    pub const fn account(&self) -> &AccountName {
        &self.account
    }

    /// The challenge whose code is spent by it (R14).
    #[must_use]
    pub const fn spent(&self) -> Counter {
        self.spent
    }
}

/// Permission to set everything back to how it left the factory, once.
///
/// Comes from a hold of the button that the engine saw itself, on a profile that says so; cannot be made or copied
/// outside the engine's granting code:
///
/// ```compile_fail
/// fn forge() -> resetkit_core::EraseGrant {
///     resetkit_core::EraseGrant { request: resetkit_core::Counter::new(1) }
/// }
/// ```
/// ```compile_fail
/// fn twice(grant: &resetkit_core::EraseGrant) -> resetkit_core::EraseGrant {
///     grant.clone()
/// }
/// ```
/// Nor does a permission to set a password become one to erase:
///
/// ```compile_fail
/// fn swap(grant: resetkit_core::Grant) -> resetkit_core::EraseGrant {
///     grant.into()
/// }
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct EraseGrant {
    session: SessionId,
    account: AccountName,
    method: MethodId,
    request: Counter,
    spent: Vec<Counter>,
}

impl EraseGrant {
    /// The session it was proved in.
    #[must_use]
    pub const fn session(&self) -> SessionId {
        self.session
    }

    /// The account that the session was opened for.
    #[must_use]
    pub const fn account(&self) -> &AccountName {
        &self.account
    }

    /// The method whose button was held.
    #[must_use]
    pub const fn method(&self) -> &MethodId {
        &self.method
    }

    /// The request number of the hold.
    #[must_use]
    pub const fn request(&self) -> Counter {
        self.request
    }

    /// Requests that are spent by it, the hold's own among them.
    #[must_use]
    pub fn spent(&self) -> &[Counter] {
        &self.spent
    }
}
