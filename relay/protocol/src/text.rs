//! A challenge as text: Crockford Base32 behind the relay's address, all upper case, so that a QR code stays in its
//! alphanumeric mode and any telephone's camera opens it (R34).

use crate::form::Form;
use crate::unlock::UNLOCK_OCTETS;

/// Crockford's symbols in order of value.
pub(crate) const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Longest address of a challenge that is read at all, in octets (R47): the long form behind a long host name.
pub const MAX_URL: usize = 1024;

/// The octets as Base32, without padding; unused bits of the last symbol are zero.
#[must_use]
pub fn to_text(octets: &[u8]) -> String {
    let mut out = String::with_capacity(octets.len().div_ceil(5) * 8);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for octet in octets {
        held = (held << 8) | u32::from(*octet);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(symbol(held >> bits));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        out.push(symbol(held << (5 - bits)));
    }
    out
}

fn symbol(value: u32) -> char {
    char::from(ALPHABET[(value & 31) as usize])
}

/// Reads Base32 back. Total; accepts only what [`to_text`] writes, in one of the four lengths (R36).
///
/// # Errors
/// [`TextSlip`].
pub fn from_text(text: &str) -> Result<Vec<u8>, TextSlip> {
    let octets = text.len() * 5 / 8;
    let known = octets == UNLOCK_OCTETS || Form::of_length(octets).is_some();
    if !known || (octets * 8).div_ceil(5) != text.len() {
        return Err(TextSlip::Length);
    }
    let mut out = Vec::with_capacity(octets);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for byte in text.bytes() {
        let value = ALPHABET.iter().position(|symbol| *symbol == byte).ok_or(TextSlip::Symbol)?;
        held = (held << 5) | u32::try_from(value).expect("there are 32 symbols");
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(held >> bits).expect("at most eight bits are left"));
            held &= (1 << bits) - 1;
        }
    }
    if held != 0 {
        return Err(TextSlip::NotCanonical);
    }
    Ok(out)
}

/// The web address to show: `prefix` (which ends in `/`), in upper case, and the octets.
#[must_use]
pub fn to_url(prefix: &str, octets: &[u8]) -> String {
    let mut url = prefix.to_ascii_uppercase();
    url.push_str(&to_text(octets));
    url
}

/// Splits a scanned address into the relay's prefix and the octets.
///
/// The scheme and host may come in any case, as cameras and browsers rewrite them; the payload may not.
///
/// # Errors
/// [`TextSlip`]; never panics, whatever the text.
pub fn from_url(url: &str) -> Result<(String, Vec<u8>), TextSlip> {
    if url.len() > MAX_URL {
        return Err(TextSlip::Length);
    }
    let (scheme, rest) = url.split_once("://").ok_or(TextSlip::NotAnAddress)?;
    let web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let (host, _) = rest.split_once('/').ok_or(TextSlip::NotAnAddress)?;
    let plain = |c: u8| c.is_ascii_alphanumeric() || b".-:[]".contains(&c);
    if !web || host.is_empty() || !host.bytes().all(plain) {
        return Err(TextSlip::NotAnAddress);
    }
    let (prefix, payload) = url.rsplit_once('/').ok_or(TextSlip::NotAnAddress)?;
    let octets = from_text(payload)?;
    Ok((format!("{prefix}/"), octets))
}

/// What is wrong with the text of a challenge.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TextSlip {
    /// None of the lengths a challenge has.
    #[error("not the length of a challenge")]
    Length,
    /// A symbol outside Crockford's alphabet, or in lower case.
    #[error("a character that no challenge has")]
    Symbol,
    /// Bits beyond the last octet are set.
    #[error("not written the one way a challenge is written")]
    NotCanonical,
    /// Not `https://host/payload`.
    #[error("not the web address of a challenge")]
    NotAnAddress,
}
