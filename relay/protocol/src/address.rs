//! An e-mail address as the owner entered it: kept and compared octet for octet (R65, F10).

use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Shortest address, in octets: `a@b`.
pub const MIN_ADDRESS: usize = 3;
/// Longest address of the short form, in octets.
pub const MAX_SHORT_ADDRESS: usize = 52;
/// Longest address there is, in octets (RFC 5321 4.5.3.1.3, less the angle brackets).
pub const MAX_ADDRESS: usize = 254;
/// Longest local part, in octets (RFC 5321 4.5.3.1.1).
const MAX_LOCAL: usize = 64;

/// Longest label of a domain, in octets (RFC 1035 2.3.4).
const MAX_LABEL: usize = 63;

/// One mailbox, in its plainest writing: `local@domain`, no quotes, comments, routes or lists.
///
/// Never folded, trimmed or normalised. It cannot hold anything that ends a header line or names a second
/// recipient (F9, F21, R66). Its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Address(String);

impl Address {
    /// # Errors
    /// [`AddressSlip`] says what is wrong with it, never what it is.
    pub fn parse(text: &str) -> Result<Self, AddressSlip> {
        if !(MIN_ADDRESS..=MAX_ADDRESS).contains(&text.len()) {
            return Err(AddressSlip::Length);
        }
        if !text.chars().all(allowed) {
            return Err(AddressSlip::Character);
        }
        let (local, domain) = text.split_once('@').ok_or(AddressSlip::Shape)?;
        if local.len() > MAX_LOCAL || !dotted(local) || !dotted(domain) || domain.contains('@') {
            return Err(AddressSlip::Shape);
        }
        // RFC 1035 2.3.1 and 2.3.4.
        if domain.split('.').any(|label| label.starts_with('-') || label.ends_with('-') || label.len() > MAX_LABEL) {
            return Err(AddressSlip::Shape);
        }
        Ok(Self(text.to_owned()))
    }

    /// The address, octet for octet as it was entered.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Length in octets.
    #[must_use]
    pub fn octets(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(…)")
    }
}

/// A sequence of non-empty atoms with dots between.
fn dotted(text: &str) -> bool {
    text.split('.').all(|atom| !atom.is_empty())
}

/// RFC 5322 `atext`, `@`, `.`, and letters beyond ASCII (RFC 6531) but no control, space or invisible formatting sign.
fn allowed(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~@.".contains(c);
    }
    let invisible = matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}');
    !c.is_control() && !c.is_whitespace() && !invisible
}

/// What is wrong with an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AddressSlip {
    /// Shorter than 3 or longer than 254 octets.
    #[error("an e-mail address has 3 to 254 octets")]
    Length,
    /// A space, a control character, a quote, a bracket, a comma …
    #[error("an e-mail address has no spaces, quotes, brackets or commas")]
    Character,
    /// Not `local@domain`.
    #[error("an e-mail address looks like name@example.org")]
    Shape,
}
