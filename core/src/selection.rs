//! Which methods are offered here and now, and for each other one the reason why not.

use crate::{
    Carries, Fact, Facts, Failure, FailureKind, Lane, Loss, Manifest, MethodId, OnPresence, ProofKind, ProofKinds,
    ProofRule, Purpose, Screen,
};
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
    /// What a hold of the button does on this device; `None`: it has no button.
    pub on_presence: Option<OnPresence>,
    /// Which proofs open a new password (F11).
    pub proofs: ProofRule,
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
            on_presence: None,
            proofs: ProofRule::one_of_any(),
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
    /// What it carries, and so the only thing that it may ask for.
    pub carries: Carries,
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
                loss: loss(manifest, policy),
                proof: proof(manifest),
                carries: manifest.carries(),
            }),
            Some((kind, fixable)) => {
                let reason = Failure::of(kind, manifest.id.clone());
                note_headline(&mut selection, &reason);
                selection.withheld.push(Withheld { method: manifest.id.clone(), reason, fixable });
            }
        }
    }
    add_kept_out(&mut selection, policy);
    withhold_halves(&mut selection, policy);
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
            | FailureKind::ProofNotAllowed
    );
    if news && selection.offered.is_empty() && selection.headline.is_none() {
        selection.headline = Some(reason.clone());
    }
}

/// If what is offered cannot give all the proofs that are wanted, none of it leads anywhere: the owner is told so at once,
/// not after the first of them.
fn withhold_halves(selection: &mut Selection, policy: &SelectionPolicy) {
    let kinds: ProofKinds = selection.offered.iter().map(|offer| offer.proof).collect();
    if rule(policy).can_be_met(kinds) {
        return;
    }
    for offer in core::mem::take(&mut selection.offered) {
        let reason = Failure::of(FailureKind::SecondProofMissing, offer.method.clone());
        selection.headline.get_or_insert_with(|| Failure::new(FailureKind::SecondProofMissing));
        selection.withheld.push(Withheld { method: offer.method, reason, fixable: Fixable::AfterLogin });
    }
}

/// What the purpose takes: a new password what the policy says, an address what was sent to it.
const fn rule(policy: &SelectionPolicy) -> ProofRule {
    match policy.purpose {
        Purpose::Reset | Purpose::Unlock => policy.proofs,
        Purpose::ConfirmAddress | Purpose::Notice => ProofRule::of_an_address(),
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
    if !is_honest(manifest) {
        return Some((FailureKind::MethodBadManifest, Fixable::ByMaker));
    }
    if !manifest.purposes.contains(&policy.purpose) {
        return Some((FailureKind::MethodWrongPurpose, Fixable::ByMaker));
    }
    if loss(manifest, policy) > policy.most_loss {
        return Some((FailureKind::MethodLosesTooMuch, Fixable::ByMaker));
    }
    if !rule(policy).helps(ProofKinds::NONE, proof(manifest)) {
        return Some((FailureKind::ProofNotAllowed, Fixable::ByMaker));
    }
    if !manifest.lanes.contains(&policy.lane) {
        return Some((FailureKind::MethodWrongLane, Fixable::Now));
    }
    if manifest.carries() == Carries::Presence && policy.on_presence.is_none() {
        return Some((FailureKind::NoButton, Fixable::ByMaker));
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
    too_small(facts, manifest).then(|| (FailureKind::ScreenTooSmall, who_enlarges(facts, manifest)))
}

/// What a method destroys on this device: a button that leads to the factory state takes all settings at least,
/// whatever its manifest says.
fn loss(manifest: &Manifest, policy: &SelectionPolicy) -> Loss {
    match (manifest.carries(), policy.on_presence) {
        (Carries::Presence, Some(OnPresence::FactoryState)) => manifest.loses.max(Loss::AllSettings),
        (Carries::Presence, Some(OnPresence::NewPassword) | None)
        | (Carries::Sealed | Carries::Handed | Carries::Kept, _) => manifest.loses,
    }
}

/// Two approvers can agree to what is sealed for them, and to nothing else (R89); and whoever brings a code that the device
/// drew just now proves nothing that was kept (F11).
fn is_honest(manifest: &Manifest) -> bool {
    match (manifest.proof, manifest.carries()) {
        (ProofKind::Support, carries) => carries == Carries::Sealed,
        (ProofKind::KeptCode, carries) => matches!(carries, Carries::Kept | Carries::Presence),
        (ProofKind::Mailbox | ProofKind::Telephone | ProofKind::Presence, _) => true,
    }
}

/// A button proves that somebody touches the device and nothing else, and a code that was kept that it was kept, whatever
/// the manifest says (F11).
fn proof(manifest: &Manifest) -> ProofKind {
    match manifest.carries() {
        Carries::Presence => ProofKind::Presence,
        Carries::Kept => ProofKind::KeptCode,
        Carries::Sealed | Carries::Handed => manifest.proof,
    }
}

/// A method that draws pixels only cannot draw on a terminal, and one that says its least must be told the size.
fn too_small(facts: &Facts, manifest: &Manifest) -> bool {
    match (facts.screen(), manifest.min_screen, manifest.min_cells) {
        (_, None, None) => false,
        (None, _, _) | (Some(Screen::Cells(_)), Some(_), None) => true,
        (Some(Screen::Pixels(_)), None, Some(_)) => false,
        (Some(Screen::Pixels(there)), Some(wanted), _) => there.width < wanted.width || there.height < wanted.height,
        (Some(Screen::Cells(there)), _, Some(wanted)) => there.columns < wanted.columns || there.rows < wanted.rows,
    }
}

/// A terminal can be made larger by whoever sits at it; a panel is as large as it was built, and no terminal draws pixels.
fn who_enlarges(facts: &Facts, manifest: &Manifest) -> Fixable {
    match (facts.screen(), manifest.min_cells) {
        (Some(Screen::Cells(_)), Some(_)) => Fixable::Now,
        (Some(Screen::Cells(_)), None) | (Some(Screen::Pixels(_)) | None, _) => Fixable::ByMaker,
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
        Fact::SupportKeys => (FailureKind::NoSupportKeys, Fixable::ByMaker),
    }
}
