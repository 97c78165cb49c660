//! Methods and what sessions are opened with.

use super::{account, method};
use resetkit_core::*;

/// A manifest with nothing required.
pub(crate) fn manifest(id: &str, proof: ProofKind, loses: Loss) -> Manifest {
    Manifest {
        id: method(id),
        version: "1.0.0".into(),
        requires: Vec::new(),
        grants: vec![if proof == ProofKind::KeptCode { ManifestGrant::KeptCodes } else { ManifestGrant::Seal }],
        loses,
        proof,
        purposes: Purpose::ALL.to_vec(),
        lanes: Lane::ALL.to_vec(),
        min_screen: None,
        min_cells: None,
        start_seconds: 5,
        block_ms: 100,
        memory_kib: 8_192,
    }
}

/// A manifest of a method that has the code handed to it.
pub(crate) fn handing(id: &str) -> Manifest {
    Manifest { grants: vec![ManifestGrant::DeliverCode], ..manifest(id, ProofKind::Mailbox, Loss::PasswordOnly) }
}

/// A manifest of a method that has the button watched.
pub(crate) fn pressing(id: &str) -> Manifest {
    Manifest { grants: vec![ManifestGrant::Button], ..manifest(id, ProofKind::Presence, Loss::PasswordOnly) }
}

/// What the three methods of the product make: a sealed code, a handed one, a held button.
pub(crate) fn every_way(on_presence: OnPresence) -> Opening {
    let manifests =
        [manifest("companion", ProofKind::Mailbox, Loss::PasswordOnly), handing("email"), pressing("button")];
    let policy = SelectionPolicy {
        order: vec![method("companion"), method("email"), method("button")],
        on_presence: Some(on_presence),
        ..SelectionPolicy::reference(Purpose::Reset, Lane::Console)
    };
    let rules = SessionRules { button: Some(ButtonRules::reference(on_presence)), ..SessionRules::default() };
    Opening { rules, ..opening(select(&Facts::none(), &manifests, &policy)) }
}

/// The five methods of the product: a sealed code, a handed one, a kept one, one that two approvers open, a held button.
pub(crate) fn five_ways(on_presence: OnPresence, proofs: ProofRule) -> Opening {
    let manifests = [
        manifest("companion", ProofKind::Mailbox, Loss::PasswordOnly),
        handing("email"),
        manifest("recovery-codes", ProofKind::KeptCode, Loss::PasswordOnly),
        manifest("support", ProofKind::Support, Loss::PasswordOnly),
        pressing("button"),
    ];
    let policy = SelectionPolicy {
        order: FIVE.map(method).to_vec(),
        on_presence: Some(on_presence),
        proofs,
        ..SelectionPolicy::reference(Purpose::Reset, Lane::Console)
    };
    let rules = SessionRules { button: Some(ButtonRules::reference(on_presence)), proofs, ..SessionRules::default() };
    Opening { rules, ..opening(select(&Facts::none(), &manifests, &policy)) }
}

/// Their ids.
pub(crate) const FIVE: [&str; 5] = ["companion", "email", "recovery-codes", "support", "button"];

pub(crate) fn offers(methods: &[(&str, ProofKind, Loss)]) -> Selection {
    let manifests: Vec<_> = methods.iter().map(|(id, proof, loss)| manifest(id, *proof, *loss)).collect();
    select(&Facts::none(), &manifests, &SelectionPolicy::reference(Purpose::Reset, Lane::Console))
}

/// The reference recorder: one method.
pub(crate) fn companion_only() -> Selection {
    offers(&[("companion", ProofKind::Mailbox, Loss::PasswordOnly)])
}

/// A device with three ways.
pub(crate) fn three_ways() -> Selection {
    offers(&[
        ("companion", ProofKind::Mailbox, Loss::PasswordOnly),
        ("email", ProofKind::Mailbox, Loss::PasswordOnly),
        ("kept-codes", ProofKind::KeptCode, Loss::PasswordOnly),
    ])
}

pub(crate) fn opening(selection: Selection) -> Opening {
    Opening {
        id: SessionId::from_octets([7; 16]),
        lane: Lane::Console,
        purpose: Purpose::Reset,
        account: account("admin"),
        selection,
        rules: SessionRules::default(),
    }
}
