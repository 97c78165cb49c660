//! `resetkit error E-101`: what a code means, for owners, agents and integrators.

use resetkit_config::{Brand, Texts};
use resetkit_core::FailureKind;

use crate::failure::Failure;

pub(crate) fn explain(code: &str) -> Result<(), Failure> {
    let texts = Texts::load(&Brand::plain(), "en");
    let digits = code.trim().trim_start_matches(['E', 'e', '-']);
    let wanted = format!("E-{digits}");
    let found: Vec<_> =
        FailureKind::ALL.iter().copied().filter(|kind| code == "all" || kind.code() == wanted).collect();
    if found.is_empty() {
        return Err(Failure::new(format!("There is no failure `{code}`."), "`resetkit error all` lists every one."));
    }
    for kind in found {
        println!("{}  {}  ({}, since {})", kind.code(), kind.name(), kind.fault().as_str(), kind.since());
        println!("       {}", texts.get(kind.err_id(), &[]));
        println!("  →    {}\n", texts.get(kind.rec_id(), &[]));
    }
    Ok(())
}
