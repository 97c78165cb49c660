//! `--lang`: the texts that were asked for, or what there is.

use resetkit_config::{Brand, Texts};

use crate::failure::Failure;

/// The texts of a brand in a language (`de`, `de-AT`, `de_CH.UTF-8`).
///
/// Devices fall back to English, since an owner must read something; whoever types a command wants what he typed.
pub(crate) fn texts(brand: &Brand, asked: &str) -> Result<Texts, Failure> {
    let texts = Texts::load(brand, asked);
    let wanted = asked.split(['-', '_', '.']).next().unwrap_or_default();
    if texts.language().as_str().eq_ignore_ascii_case(wanted) {
        return Ok(texts);
    }
    Err(Failure::usage(
        format!("The brand `{}` has no texts in `{asked}`.", brand.id),
        format!("Use one of its languages with `--lang`: {}.", brand.languages.join(", ")),
    ))
}
