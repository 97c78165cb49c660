//! The code that the owner types: 40 bits as 8 + 1 symbols (3-3-3), or 12 + 1 digits (4-4-5).

pub(crate) mod check;

use crate::Secret;
use alloc::string::String;
use core::fmt;
use zeroize::Zeroize;

/// Longest text that is looked at as a code, in octets (R47): a code with a blank after every symbol and more.
pub const TYPED_CODE_MAX: usize = 64;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LETTERS: u64 = 1 << 40;
const DIGITS: u64 = 1_000_000_000_000;

/// How codes look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CodeStyle {
    /// 8 Crockford Base32 symbols and a check symbol, shown 3-3-3: 2^40 codes.
    Letters,
    /// 12 digits and a check digit, shown 4-4-5, where there is only a number pad: 10^12 codes.
    Digits,
}

impl CodeStyle {
    /// Both styles.
    pub const ALL: [Self; 2] = [Self::Letters, Self::Digits];

    /// How many codes there are.
    #[must_use]
    pub const fn codes(self) -> u64 {
        match self {
            Self::Letters => LETTERS,
            Self::Digits => DIGITS,
        }
    }

    /// Symbols with the check symbol.
    #[must_use]
    pub const fn length(self) -> usize {
        match self {
            Self::Letters => 9,
            Self::Digits => 13,
        }
    }

    /// Stable name, as configuration writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Letters => "letters",
            Self::Digits => "digits",
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
    number: u64,
    style: CodeStyle,
}

impl Code {
    /// Makes a code from 16 octets of the daemon's random generator; nothing else enters (R1).
    ///
    /// *Letters* take 40 of the bits, so that every code is exactly as likely as any other. *Digits* take all 128
    /// bits modulo 10^12: no code is likelier than another by more than 10^12 / 2^128 < 2^-88 of itself.
    #[must_use]
    pub fn from_random(style: CodeStyle, mut random: [u8; 16]) -> Self {
        let wide = u128::from_be_bytes(random);
        random.zeroize();
        let number = u64::try_from(wide % u128::from(style.codes())).expect("a remainder of 2^40 or 10^12 fits");
        Self { number, style }
    }

    /// Reads what the owner typed: case, blanks and hyphens do not matter, O is 0, I and L are 1 (R2).
    ///
    /// # Errors
    /// [`CodeSlip`]; it says nothing about the right code.
    pub fn parse(typed: &str, style: CodeStyle) -> Result<Self, CodeSlip> {
        let mut symbols = [0_u8; 13];
        let result = read_symbols(typed, style, &mut symbols).and_then(|()| Self::of_symbols(&symbols, style));
        symbols.zeroize();
        result
    }

    /// The five octets that are sealed and derived from: the number, big-endian.
    #[must_use]
    pub fn octets(&self) -> Secret<[u8; 5]> {
        let [_, _, _, octets @ ..] = self.number.to_be_bytes();
        Secret::new(octets)
    }

    /// A code from its five octets, as the relay opens them; `None` if they are none of this style.
    #[must_use]
    pub fn from_octets(octets: [u8; 5], style: CodeStyle) -> Option<Self> {
        let mut wide = [0; 8];
        wide[3..].copy_from_slice(&octets);
        let number = u64::from_be_bytes(wide);
        (number < style.codes()).then_some(Self { number, style })
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

    /// As shown and mailed: 3-3-3 or 4-4-5.
    #[must_use]
    pub fn display(&self) -> Secret<String> {
        let symbols = self.symbols();
        let breaks: [usize; 2] = match self.style {
            CodeStyle::Letters => [3, 6],
            CodeStyle::Digits => [4, 8],
        };
        let mut shown = String::with_capacity(15);
        for (place, symbol) in symbols.expose().chars().enumerate() {
            if breaks.contains(&place) {
                shown.push('-');
            }
            shown.push(symbol);
        }
        Secret::new(shown)
    }

    /// The values of the symbols, most significant first; the place of the check symbol is left 0.
    fn values(&self) -> [u8; 13] {
        let (base, data) = (self.style.base(), self.style.length() - 1);
        let mut values = [0; 13];
        let mut rest = self.number;
        for value in values[..data].iter_mut().rev() {
            *value = u8::try_from(rest % base).expect("a digit of base 32 or 10 fits");
            rest /= base;
        }
        values
    }

    fn check(&self, values: &[u8; 13]) -> u8 {
        match self.style {
            CodeStyle::Letters => check::letters(&values[..8]),
            CodeStyle::Digits => check::digits(&values[..12]),
        }
    }

    fn of_symbols(symbols: &[u8; 13], style: CodeStyle) -> Result<Self, CodeSlip> {
        let data = style.length() - 1;
        let number = symbols[..data].iter().fold(0, |number, value| number * style.base() + u64::from(*value));
        let code = Self { number, style };
        if code.check(symbols) == symbols[data] { Ok(code) } else { Err(CodeSlip::Check) }
    }
}

impl CodeStyle {
    const fn base(self) -> u64 {
        match self {
            Self::Letters => 32,
            Self::Digits => 10,
        }
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

fn read_symbols(typed: &str, style: CodeStyle, symbols: &mut [u8; 13]) -> Result<(), CodeSlip> {
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
    (u64::from(value) < style.base()).then_some(value)
}

/// East Asian input methods type full-width letters and digits.
fn half_width(character: char) -> char {
    match u32::from(character) {
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(character),
        _ => character,
    }
}
