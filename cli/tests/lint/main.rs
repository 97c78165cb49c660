//! `resetkit lint` must find what is wrong: seeded profiles, policies, brands and methods, and engines with a hole each.
//! And it must find nothing where nothing is wrong.
#![allow(clippy::disallowed_methods, reason = "tests start the real program")]

mod doubles;
mod engines;
mod seeds;
mod shipped;

use resetkit_config::Brand;
use resetkit_lint::{Check, Depth, Engine, Fault, FaultSet, Report, Subject, survey_of};

/// The manifests that ship.
pub(crate) const MANIFESTS: [&str; 5] = [
    include_str!("../../../methods-dmss/method.toml"),
    include_str!("../../../methods-email/method.toml"),
    include_str!("../../../methods-hardware/method.toml"),
    include_str!("../../../methods-recovery-codes/method.toml"),
    include_str!("../../../methods-support/method.toml"),
];

/// A shipped model under a shipped policy.
pub(crate) fn shipped(model: &str, policy: &str) -> Subject {
    Subject::load(model, policy, Brand::plain(), &MANIFESTS).expect("it ships")
}

/// Looks at a subject with nothing broken, and with each of these things.
pub(crate) fn look(engine: &dyn Engine, subject: &Subject, broken: &[Fault], depth: Depth) -> Report {
    let singles = broken.iter().map(|fault| FaultSet::of(&[*fault]));
    let sets: Vec<_> = core::iter::once(FaultSet::default()).chain(singles).collect();
    survey_of(engine, subject, &sets, depth, &mut |_, _| {})
}

/// Whether a check found something, and nothing was accepted in its place.
pub(crate) fn found(report: &Report, check: Check) -> bool {
    report.of(check).any(|finding| finding.accepted.is_none())
}
