//! Reads a case code as it was heard, and says in words what is wrong with it.

use resetkit_core::{CaseCode, CaseSlip};

use crate::texts::{Arg, Texts};

/// The case code of what was typed.
///
/// # Errors
/// What is wrong with it, in the agent's language.
pub fn read_case(typed: &str, texts: &Texts) -> Result<CaseCode, String> {
    CaseCode::parse(typed).map_err(|slip| match slip {
        CaseSlip::TooShort => texts.get("case-slip-short", &[]),
        CaseSlip::TooLong => texts.get("case-slip-long", &[]),
        CaseSlip::Character => texts.get("case-slip-character", &[]),
        CaseSlip::Check => texts.get("case-slip-check", &[]),
        CaseSlip::UnknownVersion(version) => {
            texts.get("case-slip-version", &[("version", Arg::Number(i64::from(version)))])
        }
    })
}
