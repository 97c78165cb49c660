//! The case code: what support types in to know within seconds what this owner, on this device, can still do.
//!
//! 55 bits, most significant first, and a check symbol. Plain, not secret, not signed: it names things by the numbers of
//! an append-only registry and is decoded without a network.
//!
//! | field | bits | says |
//! |---|---|---|
//! | version | 3 | of this layout: [`CASE_VERSION`] |
//! | brand | 10 | registry |
//! | model | 11 | registry |
//! | firmware | 6 | registry |
//! | method | 4 | registry; the method used last |
//! | failure | 8 | [`FailureKind::case_number`] |
//! | clock | 2 | [`ClockState`] |
//! | tries | 3 | codes compared in this session; 7 is *seven or more* |
//! | readiness | 8 | [`CaseCode::readiness_of`] |
//!
//! In a registry 0 is *not listed*, and a number that does not fit its field is written as 0: never a wrong one.
//! *Letters* are eleven Crockford symbols and the check symbol of the security code, shown 4-4-4. *Digits* are 17 and
//! Damm's check digit, shown 6-6-6: 55 bits do not fit into twelve digits.

use crate::code::{check, symbol_value};
use crate::{CodeStyle, Fact, Facts, FailureKind};
use alloc::string::String;
use core::fmt;

/// Version of the layout that is written.
pub const CASE_VERSION: u8 = 1;
/// Longest text that is looked at, in octets (R47).
const TYPED_MAX: usize = 64;
/// Symbols without the check symbol.
const LETTERS: usize = 11;
const DIGITS: usize = 17;

/// What the device knows of the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockState {
    /// It has no clock, or one that was never set.
    NeverSet,
    /// It has one and does not trust it.
    Untrusted,
    /// It has one and trusts it.
    Trusted,
    /// Not told: written by a version that knew more.
    Unknown,
}

impl ClockState {
    /// All states, by number.
    pub const ALL: [Self; 4] = [Self::NeverSet, Self::Untrusted, Self::Trusted, Self::Unknown];

    /// Stable name, for tools.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NeverSet => "never-set",
            Self::Untrusted => "untrusted",
            Self::Trusted => "trusted",
            Self::Unknown => "unknown",
        }
    }
}

/// What a case code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseCode {
    /// Number of the brand; 0: not listed.
    pub brand: u16,
    /// Number of the model; 0: not listed.
    pub model: u16,
    /// Number of the firmware; 0: not listed.
    pub firmware: u8,
    /// Number of the method used last; 0: none, or not listed.
    pub method: u8,
    /// Number of the failure ([`FailureKind::case_number`]); 0: none.
    pub failure: u8,
    /// What the device knows of the time.
    pub clock: ClockState,
    /// Codes compared in this session; 7 is *seven or more*.
    pub tries: u8,
    /// Readiness of the device ([`CaseCode::readiness_of`]).
    pub readiness: u8,
}

/// Why what was typed is no case code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseSlip {
    /// Fewer symbols than a case code has.
    TooShort,
    /// More symbols than a case code has, or neither twelve nor eighteen.
    TooLong,
    /// A character that no case code has.
    Character,
    /// The check symbol does not fit: a symbol mistyped, or two swapped.
    Check,
    /// A right code of a layout that this program does not know.
    UnknownVersion(u8),
}

impl fmt::Display for CaseSlip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort => f.write_str("the case code is too short"),
            Self::TooLong => f.write_str("the case code has neither 12 letters and digits nor 18 digits"),
            Self::Character => f.write_str("the case code has a character that none has"),
            Self::Check => f.write_str("the case code has a slip: ask for it again"),
            Self::UnknownVersion(version) => write!(f, "the case code is of version {version}, which is newer"),
        }
    }
}

impl core::error::Error for CaseSlip {}

impl CaseCode {
    /// The facts of the readiness bits, least significant bit first. Append-only: there are no further bits.
    pub const READINESS: [Fact; 8] = [
        Fact::EmailOnFile,
        Fact::EmailConfirmed,
        Fact::RelayKey,
        Fact::NetworkUp,
        Fact::SmtpSet,
        Fact::ButtonWired,
        Fact::StorageWritable,
        Fact::RecoveryCodes,
    ];

    /// Readiness bits of these facts.
    #[must_use]
    pub fn readiness_of(facts: &Facts) -> u8 {
        let bits = Self::READINESS.iter().enumerate().filter(|(_, fact)| facts.has(**fact));
        bits.fold(0, |readiness, (bit, _)| readiness | 1 << bit)
    }

    /// Whether a fact of [`Self::READINESS`] holds; `None` for facts that the code does not tell of.
    #[must_use]
    pub fn is_ready(&self, fact: Fact) -> Option<bool> {
        let bit = Self::READINESS.iter().position(|known| *known == fact)?;
        Some(self.readiness & 1 << bit != 0)
    }

    /// The failure, if this version knows its number.
    #[must_use]
    pub fn failure_kind(&self) -> Option<FailureKind> {
        FailureKind::of_case_number(self.failure)
    }

    /// As shown: `ABCD-EFGH-JKMN` or `123456-789012-345678`.
    #[must_use]
    pub fn encode(&self, style: CodeStyle) -> String {
        let (base, data) = shape(style);
        let mut values = [0_u8; DIGITS + 1];
        let mut rest = self.pack();
        for value in values[..data].iter_mut().rev() {
            *value = u8::try_from(rest % base).expect("a digit of base 32 or 10 fits");
            rest /= base;
        }
        values[data] = check_of(&values[..data], style);
        let group = (data + 1) / 3;
        let mut shown = String::with_capacity(data + 3);
        for (place, value) in values[..=data].iter().enumerate() {
            if place > 0 && place % group == 0 {
                shown.push('-');
            }
            shown.push(crate::code::symbol(*value));
        }
        shown
    }

    /// Reads what was typed or heard, in either form: case, blanks and hyphens do not matter, O is 0, I and L are 1.
    ///
    /// # Errors
    /// [`CaseSlip`].
    pub fn parse(typed: &str) -> Result<Self, CaseSlip> {
        let mut values = [0_u8; DIGITS + 1];
        let count = read(typed, &mut values)?;
        let style = match count {
            12 => CodeStyle::Letters,
            18 => CodeStyle::Digits,
            0..12 => return Err(CaseSlip::TooShort),
            _ => return Err(CaseSlip::TooLong),
        };
        let (base, data) = shape(style);
        let values = &values[..=data];
        if values.iter().any(|value| u64::from(*value) >= base) {
            return Err(CaseSlip::Character);
        }
        if check_of(&values[..data], style) != values[data] {
            return Err(CaseSlip::Check);
        }
        Self::unpack(values[..data].iter().fold(0, |number, value| number * base + u64::from(*value)))
    }

    fn pack(&self) -> u64 {
        let clock = ClockState::ALL.iter().position(|state| *state == self.clock).unwrap_or(0);
        let mut packed = 0;
        for (value, bits) in [
            (u64::from(CASE_VERSION), 3),
            (self.brand.into(), 10),
            (self.model.into(), 11),
            (self.firmware.into(), 6),
            (self.method.into(), 4),
            (self.failure.into(), 8),
            (clock as u64, 2),
            (self.tries.min(7).into(), 3),
            (self.readiness.into(), 8),
        ] {
            packed = packed << bits | if value >> bits == 0 { value } else { 0 };
        }
        packed
    }

    fn unpack(mut packed: u64) -> Result<Self, CaseSlip> {
        let mut take = |bits: u32| {
            let value = packed & ((1 << bits) - 1);
            packed >>= bits;
            u16::try_from(value).expect("no field has more than eleven bits")
        };
        let octet = |value: u16| u8::try_from(value).expect("a field of at most eight bits");
        let readiness = octet(take(8));
        let tries = octet(take(3));
        let clock = ClockState::ALL[usize::from(take(2))];
        let (failure, method, firmware) = (octet(take(8)), octet(take(4)), octet(take(6)));
        let (model, brand) = (take(11), take(10));
        match (octet(take(3)), packed) {
            (CASE_VERSION, 0) => Ok(Self { brand, model, firmware, method, failure, clock, tries, readiness }),
            (version, 0) => Err(CaseSlip::UnknownVersion(version)),
            // Digits can say more than 55 bits; nobody writes that.
            _ => Err(CaseSlip::Check),
        }
    }
}

/// Base and number of symbols without the check symbol.
const fn shape(style: CodeStyle) -> (u64, usize) {
    match style {
        CodeStyle::Letters | CodeStyle::KeptLetters => (32, LETTERS),
        CodeStyle::Digits | CodeStyle::KeptDigits => (10, DIGITS),
    }
}

fn check_of(values: &[u8], style: CodeStyle) -> u8 {
    match style {
        CodeStyle::Letters | CodeStyle::KeptLetters => check::letters(values),
        CodeStyle::Digits | CodeStyle::KeptDigits => check::digits(values),
    }
}

fn read(typed: &str, values: &mut [u8]) -> Result<usize, CaseSlip> {
    if typed.len() > TYPED_MAX {
        return Err(CaseSlip::TooLong);
    }
    let mut count = 0;
    for character in typed.chars().filter(|c| !crate::code::is_separator(*c)) {
        let value = symbol_value(character, CodeStyle::Letters).ok_or(CaseSlip::Character)?;
        *values.get_mut(count).ok_or(CaseSlip::TooLong)? = value;
        count += 1;
    }
    Ok(count)
}
