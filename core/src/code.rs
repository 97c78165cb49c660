//! The code that the owner types: 40 bits as 8 + 1 symbols (3-3-3), or 12 + 1 digits (4-4-5); and the one that was kept on
//! a sheet, of 80 bits (4-4-4-5) or 20 digits (7-7-7), which has to last for years (R87).

pub(crate) mod check;

use crate::Secret;
use alloc::{string::String, vec::Vec};
use core::fmt;
use zeroize::Zeroize;

/// Longest text that is looked at as a code, in octets (R47): one of a sheet in full-width digits with a blank after every
/// symbol, and more.
pub const TYPED_CODE_MAX: usize = 96;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Most symbols of a code, with the check symbol.
const SYMBOLS_MAX: usize = 21;

/// The values of the symbols, most significant first.
type Values = [u8; SYMBOLS_MAX];

/// How codes look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CodeStyle {
    /// 8 Crockford Base32 symbols and a check symbol, shown 3-3-3: 2^40 codes.
    Letters,
    /// 12 digits and a check digit, shown 4-4-5, where there is only a number pad: 10^12 codes.
    Digits,
    /// On a sheet: 16 Crockford Base32 symbols and a check symbol, shown 4-4-4-5: 2^80 codes.
    KeptLetters,
    /// On a sheet: 20 digits and a check digit, shown 7-7-7: 10^20 codes, 66 bits.
    KeptDigits,
}

impl CodeStyle {
    /// All styles.
    pub const ALL: [Self; 4] = [Self::Letters, Self::Digits, Self::KeptLetters, Self::KeptDigits];
    /// The styles of codes that are drawn for a challenge.
    pub const DRAWN: [Self; 2] = [Self::Letters, Self::Digits];

    /// How many codes there are.
    #[must_use]
    pub const fn codes(self) -> u128 {
        self.base().pow(self.data())
    }

    /// The same symbols, as a sheet has them.
    #[must_use]
    pub const fn kept(self) -> Self {
        match self {
            Self::Letters | Self::KeptLetters => Self::KeptLetters,
            Self::Digits | Self::KeptDigits => Self::KeptDigits,
        }
    }

    /// The same symbols, as a challenge has them.
    #[must_use]
    pub const fn drawn(self) -> Self {
        match self {
            Self::Letters | Self::KeptLetters => Self::Letters,
            Self::Digits | Self::KeptDigits => Self::Digits,
        }
    }

    /// Whether it is the style of a code on a sheet.
    #[must_use]
    pub const fn is_kept(self) -> bool {
        match self {
            Self::KeptLetters | Self::KeptDigits => true,
            Self::Letters | Self::Digits => false,
        }
    }

    /// How many symbols each group has when it is shown, the check symbol among them.
    #[must_use]
    pub const fn groups(self) -> &'static [usize] {
        match self {
            Self::Letters => &[3, 3, 3],
            Self::Digits => &[4, 4, 5],
            Self::KeptLetters => &[4, 4, 4, 5],
            Self::KeptDigits => &[7, 7, 7],
        }
    }

    /// Octets of a code's number.
    const fn octets(self) -> usize {
        match self {
            Self::Letters | Self::Digits => 5,
            Self::KeptLetters => 10,
            Self::KeptDigits => 9,
        }
    }

    /// Symbols without the check symbol.
    const fn data(self) -> u32 {
        match self {
            Self::Letters => 8,
            Self::Digits => 12,
            Self::KeptLetters => 16,
            Self::KeptDigits => 20,
        }
    }

    /// Symbols with the check symbol.
    #[must_use]
    pub const fn length(self) -> usize {
        self.data() as usize + 1
    }

    /// Stable name, as configuration writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Letters => "letters",
            Self::Digits => "digits",
            Self::KeptLetters => "kept-letters",
            Self::KeptDigits => "kept-digits",
        }
    }
}

/// Why what was typed is no code. Costs no try and touches no verifier (R3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeSlip {
    /// Fewer symbols than a code has.
    TooShort,
    /// More symbols than a code has.
    TooLong,
    /// A character that no code has.
    Character,
    /// The check symbol does not fit: a symbol mistyped, or two swapped.
    Check,
}

/// A code. Never prints itself; wiped when dropped.
pub struct Code {
    number: u128,
    style: CodeStyle,
}

impl Code {
    /// Makes a code from 16 octets of the daemon's random generator; nothing else enters (R1).
    ///
    /// *Letters* take 40 or 80 of the bits, so that every code is exactly as likely as any other. *Digits* take all 128
    /// bits modulo 10^12 or 10^20: no code is likelier than another by more than 10^20 / 2^128 < 2^-61 of itself.
    #[must_use]
    pub fn from_random(style: CodeStyle, mut random: [u8; 16]) -> Self {
        let wide = u128::from_be_bytes(random);
        random.zeroize();
        Self { number: wide % style.codes(), style }
    }

    /// Reads what the owner typed: case, blanks and hyphens do not matter, O is 0, I and L are 1 (R2).
    ///
    /// # Errors
    /// [`CodeSlip`]; it says nothing about the right code.
    pub fn parse(typed: &str, style: CodeStyle) -> Result<Self, CodeSlip> {
        let mut symbols = [0_u8; SYMBOLS_MAX];
        let result = read_symbols(typed, style, &mut symbols).and_then(|()| Self::of_symbols(&symbols, style));
        symbols.zeroize();
        result
    }

    /// What its verifier is derived from: the number, big-endian; five octets, on a sheet ten or nine.
    #[must_use]
    pub fn octets(&self) -> Secret<Vec<u8>> {
        let mut wide = self.number.to_be_bytes();
        let octets = wide[16 - self.style.octets()..].to_vec();
        wide.zeroize();
        Secret::new(octets)
    }

    /// The five octets that are sealed; `None` for a code of a sheet, which travels nowhere.
    #[must_use]
    pub fn sealed_octets(&self) -> Option<Secret<[u8; 5]>> {
        self.octets().expose().as_slice().try_into().ok().map(Secret::new)
    }

    /// A code from its five octets, as the relay opens them; `None` if they are none of this style.
    #[must_use]
    pub fn from_octets(octets: [u8; 5], style: CodeStyle) -> Option<Self> {
        let mut wide = [0; 16];
        wide[11..].copy_from_slice(&octets);
        let number = u128::from_be_bytes(wide);
        (number < style.codes() && !style.is_kept()).then_some(Self { number, style })
    }

    /// Its style.
    #[must_use]
    pub const fn style(&self) -> CodeStyle {
        self.style
    }

    /// All symbols with the check symbol, ungrouped.
    #[must_use]
    pub fn symbols(&self) -> Secret<String> {
        let mut values = self.values();
        let length = self.style.length();
        values[length - 1] = self.check(&values);
        let text = values[..length].iter().map(|value| symbol(*value)).collect();
        values.zeroize();
        Secret::new(text)
    }

    /// As shown, mailed and printed, in the [groups](CodeStyle::groups) of its style.
    #[must_use]
    pub fn display(&self) -> Secret<String> {
        let symbols = self.symbols();
        let groups = self.style.groups();
        // All at once, so that no half of it is left behind where it grew.
        let mut shown = String::with_capacity(self.style.length() + groups.len());
        let mut symbols = symbols.expose().chars();
        for (index, group) in groups.iter().enumerate() {
            if index > 0 {
                shown.push('-');
            }
            shown.extend(symbols.by_ref().take(*group));
        }
        Secret::new(shown)
    }

    /// The values of the symbols, most significant first; the place of the check symbol is left 0.
    fn values(&self) -> Values {
        let (base, data) = (self.style.base(), self.style.length() - 1);
        let mut values = [0; SYMBOLS_MAX];
        let mut rest = self.number;
        for value in values[..data].iter_mut().rev() {
            *value = u8::try_from(rest % base).expect("a digit of base 32 or 10 fits");
            rest /= base;
        }
        values
    }

    fn check(&self, values: &Values) -> u8 {
        let data = &values[..self.style.length() - 1];
        match self.style {
            CodeStyle::Letters | CodeStyle::KeptLetters => check::letters(data),
            CodeStyle::Digits | CodeStyle::KeptDigits => check::digits(data),
        }
    }

    fn of_symbols(symbols: &Values, style: CodeStyle) -> Result<Self, CodeSlip> {
        let data = style.length() - 1;
        let number = symbols[..data].iter().fold(0, |number, value| number * style.base() + u128::from(*value));
        let code = Self { number, style };
        if code.check(symbols) == symbols[data] { Ok(code) } else { Err(CodeSlip::Check) }
    }
}

impl CodeStyle {
    const fn base(self) -> u128 {
        match self {
            Self::Letters | Self::KeptLetters => 32,
            Self::Digits | Self::KeptDigits => 10,
        }
    }
}

impl Code {
    /// The same code once more, for a walk that goes back.
    pub(crate) const fn again(&self) -> Self {
        Self { number: self.number, style: self.style }
    }
}

impl Drop for Code {
    fn drop(&mut self) {
        self.number.zeroize();
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code([secret])")
    }
}

fn read_symbols(typed: &str, style: CodeStyle, symbols: &mut Values) -> Result<(), CodeSlip> {
    if typed.len() > TYPED_CODE_MAX {
        return Err(CodeSlip::TooLong);
    }
    let mut count = 0;
    for character in typed.chars().filter(|c| !is_separator(*c)) {
        let value = symbol_value(character, style).ok_or(CodeSlip::Character)?;
        *symbols.get_mut(count).filter(|_| count < style.length()).ok_or(CodeSlip::TooLong)? = value;
        count += 1;
    }
    if count < style.length() { Err(CodeSlip::TooShort) } else { Ok(()) }
}

/// The symbol of a value below 32.
pub(crate) fn symbol(value: u8) -> char {
    char::from(ALPHABET[usize::from(value & 31)])
}

/// Blanks and everything that keyboards and mail programs put in place of a hyphen.
pub(crate) fn is_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}')
}

pub(crate) fn symbol_value(character: char, style: CodeStyle) -> Option<u8> {
    let symbol = match half_width(character).to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let value = ALPHABET.iter().position(|known| char::from(*known) == symbol)?;
    let value = u8::try_from(value).ok()?;
    (u128::from(value) < style.base()).then_some(value)
}

/// East Asian input methods type full-width letters and digits.
fn half_width(character: char) -> char {
    match u32::from(character) {
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(character),
        _ => character,
    }
}
