//! Which methods are offered here and now, and for each other one the reason why not.

use crate::{Fact, Facts, Failure, FailureKind, Lane, Loss, Manifest, MethodId, ProofKind, Purpose};
use alloc::vec::Vec;

/// Most methods that a selection looks at (R47); further ones are left out, the policy's order first.
const METHODS_MAX: usize = 16;

/// What the policy and the moment say about methods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectionPolicy {
    /// What the session is for.
    pub purpose: Purpose,
    /// Where the owner stands.
    pub lane: Lane,
    /// The policy's order of methods; a method that is not named comes after those that are.
    pub order: Vec<MethodId>,
    /// Methods that the owner or the policy switched off (R90).
    pub switched_off: Vec<MethodId>,
    /// Methods that the device keeps out, each with its reason (bad signature, quarantine of this boot, ...).
    pub kept_out: Vec<Failure>,
    /// Whether an address that was never confirmed will do (R62).
    pub accept_unconfirmed_address: bool,
    /// The most that a method may destroy.
    pub most_loss: Loss,
}

impl SelectionPolicy {
    /// The reference policy for a purpose on a lane.
    #[must_use]
    pub const fn reference(purpose: Purpose, lane: Lane) -> Self {
        Self {
            purpose,
            lane,
            order: Vec::new(),
            switched_off: Vec::new(),
            kept_out: Vec::new(),
            accept_unconfirmed_address: true,
            most_loss: Loss::AllSettings,
        }
    }
}

/// A method that would work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The method.
    pub method: MethodId,
    /// What it destroys, to be said before it starts.
    pub loss: Loss,
    /// What it proves.
    pub proof: ProofKind,
}

/// Who can mend what withholds a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fixable {
    /// The owner, now, at the device: plug in a cable, go to the local screen.
    Now,
    /// The owner, once logged in again: enter an address, switch a method on.
    AfterLogin,
    /// The maker or the installer only.
    ByMaker,
}

impl Fixable {
    /// Stable name, for API and logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::AfterLogin => "after-login",
            Self::ByMaker => "by-maker",
        }
    }
}

/// A method that would not work, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// The method.
    pub method: MethodId,
    /// The reason: the first one that struck, in a fixed order.
    pub reason: Failure,
    /// Who can mend it.
    pub fixable: Fixable,
}

/// What an owner can do here and now. Frozen when a session opens.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// What would work, least loss first, then in the policy's order.
    pub offered: Vec<Offer>,
    /// What would not, in the policy's order.
    pub withheld: Vec<Withheld>,
    /// Why the method that the policy likes best is withheld, if it is. Told to the owner before the other ways.
    pub headline: Option<Failure>,
}

impl Selection {
    /// The offer of this method.
    #[must_use]
    pub fn offer(&self, method: &MethodId) -> Option<&Offer> {
        self.offered.iter().find(|offer| offer.method == *method)
    }
}

/// Picks methods: offered in order, and for each other one a reason.
#[must_use]
pub fn select(facts: &Facts, manifests: &[Manifest], policy: &SelectionPolicy) -> Selection {
    let rank = |id: &MethodId| policy.order.iter().position(|listed| listed == id).unwrap_or(usize::MAX);
    let mut ranked: Vec<&Manifest> = manifests.iter().collect();
    ranked.sort_by(|a, b| rank(&a.id).cmp(&rank(&b.id)).then_with(|| a.id.cmp(&b.id)));
    ranked.dedup_by(|a, b| a.id == b.id);
    ranked.truncate(METHODS_MAX);

    let mut selection = Selection::default();
    for manifest in ranked {
        match obstacle(facts, manifest, policy) {
            None => selection.offered.push(Offer {
                method: manifest.id.clone(),
                loss: manifest.loses,
                proof: manifest.proof,
            }),
            Some((kind, fixable)) => {
                let reason = Failure::of(kind, manifest.id.clone());
                note_headline(&mut selection, &reason);
                selection.withheld.push(Withheld { method: manifest.id.clone(), reason, fixable });
            }
        }
    }
    add_kept_out(&mut selection, policy);
    selection.offered.sort_by_key(|offer| offer.loss);
    selection
}

/// The first obstacle of the best-liked method is news to the owner; that a method was switched off, or is for
/// another place or purpose, is not.
fn note_headline(selection: &mut Selection, reason: &Failure) {
    let news = !matches!(
        reason.kind,
        FailureKind::MethodSwitchedOff
            | FailureKind::MethodWrongPurpose
            | FailureKind::MethodWrongLane
            | FailureKind::MethodLosesTooMuch
    );
    if news && selection.offered.is_empty() && selection.headline.is_none() {
        selection.headline = Some(reason.clone());
    }
}

/// Methods that never got as far as a manifest (bad signature, unreadable) are named with their reason too.
fn add_kept_out(selection: &mut Selection, policy: &SelectionPolicy) {
    for reason in policy.kept_out.iter().take(METHODS_MAX) {
        let Some(method) = &reason.method else { continue };
        if selection.withheld.iter().any(|withheld| withheld.method == *method) {
            continue;
        }
        note_headline(selection, reason);
        let fixable = Fixable::ByMaker;
        selection.withheld.push(Withheld { method: method.clone(), reason: reason.clone(), fixable });
    }
}

/// The first thing that stands in a method's way: rules first, then place, then facts in the order of [`Fact`].
fn obstacle(facts: &Facts, manifest: &Manifest, policy: &SelectionPolicy) -> Option<(FailureKind, Fixable)> {
    let kept_out = policy.kept_out.iter().find(|reason| reason.method.as_ref() == Some(&manifest.id));
    if let Some(reason) = kept_out {
        return Some((reason.kind, Fixable::ByMaker));
    }
    if policy.switched_off.contains(&manifest.id) {
        return Some((FailureKind::MethodSwitchedOff, Fixable::AfterLogin));
    }
    if !manifest.purposes.contains(&policy.purpose) {
        return Some((FailureKind::MethodWrongPurpose, Fixable::ByMaker));
    }
    if manifest.loses > policy.most_loss {
        return Some((FailureKind::MethodLosesTooMuch, Fixable::ByMaker));
    }
    if !manifest.lanes.contains(&policy.lane) {
        return Some((FailureKind::MethodWrongLane, Fixable::Now));
    }
    let missing = Fact::ALL.into_iter().filter(|fact| manifest.requires.contains(fact)).find(|fact| !facts.has(*fact));
    if let Some(fact) = missing {
        return Some(reason_without(fact));
    }
    let unconfirmed = manifest.requires.contains(&Fact::EmailOnFile) && !facts.has(Fact::EmailConfirmed);
    // Confirming is what an unconfirmed address needs: it is no obstacle to itself.
    let confirming = policy.purpose == Purpose::ConfirmAddress;
    if unconfirmed && !policy.accept_unconfirmed_address && !confirming {
        return Some((FailureKind::AddressUnconfirmed, Fixable::AfterLogin));
    }
    too_small(facts, manifest).then_some((FailureKind::ScreenTooSmall, Fixable::ByMaker))
}

fn too_small(facts: &Facts, manifest: &Manifest) -> bool {
    match (manifest.min_screen, facts.screen()) {
        (Some(wanted), Some(there)) => there.width < wanted.width || there.height < wanted.height,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

const fn reason_without(fact: Fact) -> (FailureKind, Fixable) {
    match fact {
        Fact::Initialised => (FailureKind::NotInitialised, Fixable::Now),
        Fact::EmailOnFile => (FailureKind::NoAddress, Fixable::AfterLogin),
        Fact::EmailConfirmed => (FailureKind::AddressUnconfirmed, Fixable::AfterLogin),
        Fact::RelayKey => (FailureKind::RelayNotSetUp, Fixable::ByMaker),
        Fact::NetworkUp => (FailureKind::NoNetwork, Fixable::Now),
        Fact::SmtpSet => (FailureKind::SmtpNotSet, Fixable::AfterLogin),
        Fact::ButtonWired => (FailureKind::NoButton, Fixable::ByMaker),
        Fact::ClockTrusted => (FailureKind::ClockNotTrusted, Fixable::Now),
        Fact::StorageWritable => (FailureKind::StorageReadOnly, Fixable::ByMaker),
        Fact::ConsoleLane => (FailureKind::NotAtConsole, Fixable::Now),
        Fact::RecoveryCodes => (FailureKind::NoRecoveryCodes, Fixable::AfterLogin),
        Fact::Pictures => (FailureKind::NoPictures, Fixable::ByMaker),
    }
}
