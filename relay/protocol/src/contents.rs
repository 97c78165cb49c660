//! What is sealed: the code, the owner's language, flags, and in two of three forms the address.

use crate::address::Address;
use crate::form::{FIXED_OCTETS, Form};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// How a code is shown and typed. The octets are the same for both.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CodeStyle {
    /// Eight Crockford characters and a check symbol, 3-3-3.
    Letters,
    /// Twelve digits and a check digit, 4-4-5.
    Digits,
}

/// Forty bits of code, most significant first. For [`CodeStyle::Digits`] a number below 10^12.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct CodeOctets([u8; 5]);

impl CodeOctets {
    /// From the octets that the device's engine drew.
    #[must_use]
    pub const fn new(octets: [u8; 5]) -> Self {
        Self(octets)
    }

    /// The octets, for sealing and for showing to the owner.
    #[must_use]
    pub const fn expose(&self) -> &[u8; 5] {
        &self.0
    }

    /// As one number below 2^40.
    pub(crate) fn number(&self) -> u64 {
        self.0.iter().fold(0, |sum, octet| (sum << 8) | u64::from(*octet))
    }
}

impl fmt::Debug for CodeOctets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeOctets(…)")
    }
}

/// The owner's language: two lower-case letters (ISO 639-1).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Locale([u8; 2]);

impl Locale {
    /// English, the language that every brand has.
    pub const EN: Locale = Locale(*b"en");

    /// # Errors
    /// [`ContentsSlip::Locale`] unless it is two letters `a` to `z`.
    pub fn parse(text: &str) -> Result<Self, ContentsSlip> {
        Self::from_octets(text.as_bytes().try_into().map_err(|_| ContentsSlip::Locale)?)
    }

    fn from_octets(octets: [u8; 2]) -> Result<Self, ContentsSlip> {
        if octets.iter().all(u8::is_ascii_lowercase) { Ok(Self(octets)) } else { Err(ContentsSlip::Locale) }
    }

    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only ASCII letters are let in")
    }
}

/// What a challenge carries. Redacts itself and is wiped on drop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contents {
    /// The code the owner will type.
    pub code: CodeOctets,
    /// How the mail should show it.
    pub style: CodeStyle,
    /// Language of the mail.
    pub locale: Locale,
    /// Where the mail goes; `None` when the relay has the address on file.
    pub address: Option<Address>,
}

/// Flag bit: the code is shown as digits. All other bits are zero.
const FLAG_DIGITS: u8 = 1;
/// Codes shown as twelve digits stay below this.
pub(crate) const DIGITS_LIMIT: u64 = 1_000_000_000_000;

impl Contents {
    /// The octets to seal, all of them the length of `form`.
    pub(crate) fn octets(&self, form: Form) -> Result<Zeroizing<Vec<u8>>, ContentsSlip> {
        self.check_code()?;
        let mut out = Zeroizing::new(Vec::with_capacity(form.plain_octets()));
        out.extend_from_slice(self.code.expose());
        out.extend_from_slice(&self.locale.0);
        out.push(match self.style {
            CodeStyle::Letters => 0,
            CodeStyle::Digits => FLAG_DIGITS,
        });
        match (form.address_room(), &self.address) {
            (None, None) => {}
            (Some(room), Some(address)) if address.octets() <= room => {
                out.push(u8::try_from(address.octets()).expect("an address has at most 254 octets"));
                out.extend_from_slice(address.expose().as_bytes());
            }
            (None | Some(_), None | Some(_)) => return Err(ContentsSlip::Address),
        }
        out.resize(form.plain_octets(), 0);
        Ok(out)
    }

    /// Reads opened octets. Exactly one form of each content is accepted (5.9).
    pub(crate) fn from_octets(form: Form, octets: &[u8]) -> Result<Self, ContentsSlip> {
        if octets.len() != form.plain_octets() {
            return Err(ContentsSlip::Length);
        }
        let (fixed, rest) = octets.split_at(FIXED_OCTETS);
        let style = match fixed[7] {
            0 => CodeStyle::Letters,
            FLAG_DIGITS => CodeStyle::Digits,
            _ => return Err(ContentsSlip::Flags),
        };
        let contents = Self {
            code: CodeOctets(fixed[..5].try_into().expect("eight octets hold five")),
            style,
            locale: Locale::from_octets([fixed[5], fixed[6]])?,
            address: read_address(form, rest)?,
        };
        contents.check_code()?;
        Ok(contents)
    }

    fn check_code(&self) -> Result<(), ContentsSlip> {
        match self.style {
            CodeStyle::Letters => Ok(()),
            CodeStyle::Digits if self.code.number() < DIGITS_LIMIT => Ok(()),
            CodeStyle::Digits => Err(ContentsSlip::Code),
        }
    }
}

/// Length, address, and zeros to the end.
fn read_address(form: Form, octets: &[u8]) -> Result<Option<Address>, ContentsSlip> {
    let Some(room) = form.address_room() else {
        return Ok(None);
    };
    let (length, field) = octets.split_first().ok_or(ContentsSlip::Length)?;
    let length = usize::from(*length);
    if length > room {
        return Err(ContentsSlip::Address);
    }
    let (address, padding) = field.split_at(length);
    if padding.iter().any(|octet| *octet != 0) {
        return Err(ContentsSlip::Padding);
    }
    let text = std::str::from_utf8(address).map_err(|_| ContentsSlip::Address)?;
    Address::parse(text).map(Some).map_err(|_| ContentsSlip::Address)
}

/// What is wrong with contents. Never says what they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ContentsSlip {
    /// Not the length of the form.
    #[error("wrong length")]
    Length,
    /// Twelve digits cannot show this code.
    #[error("the code does not fit its style")]
    Code,
    /// Not two lower-case letters.
    #[error("a language is two letters a to z")]
    Locale,
    /// A flag that is not assigned.
    #[error("unknown flag")]
    Flags,
    /// An address that is missing, uncalled for, too long for the form, or not an address.
    #[error("the address does not fit the form")]
    Address,
    /// Something stands where zeros belong.
    #[error("padding is not zero")]
    Padding,
}
