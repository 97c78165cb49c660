//! The code while it is typed: grouped, and a slip found at once and free of charge (R2, R3).
//!
//! The device checks again; this only saves a round over a slow line. Letters: eight of Crockford's 32 symbols (sixteen on a
//! sheet) and a check symbol, an equation over GF(32) with α a root of x⁵ + x² + 1. Digits: twelve (twenty) and Damm's check
//! digit.

/// Crockford's alphabet (no I, L, O, U).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Which symbols a code has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Shown 3-3-3.
    Letters,
    /// Shown 4-4-5.
    Digits,
    /// A recovery code of a sheet, shown 4-4-4-5.
    KeptLetters,
    /// ... of digits, shown 7-7-7.
    KeptDigits,
}

impl Style {
    /// By the name that the device writes.
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "digits" => Self::Digits,
            "kept-letters" => Self::KeptLetters,
            "kept-digits" => Self::KeptDigits,
            _ => Self::Letters,
        }
    }

    /// The name that texts have it by.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Letters => "letters",
            Self::Digits => "digits",
            Self::KeptLetters => "kept-letters",
            Self::KeptDigits => "kept-digits",
        }
    }

    const fn is_digits(self) -> bool {
        matches!(self, Self::Digits | Self::KeptDigits)
    }

    /// Symbols of a whole code.
    pub(crate) const fn length(self) -> usize {
        match self {
            Self::Letters => 9,
            Self::Digits => 13,
            Self::KeptLetters => 17,
            Self::KeptDigits => 21,
        }
    }

    /// The symbol that a key stands for; `O` is `0`, `I` and `L` are `1`. `None` for what is in no code.
    pub(crate) fn symbol(self, key: char) -> Option<char> {
        let key = match key.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            key => key,
        };
        let letter = u8::try_from(key).is_ok_and(|key| ALPHABET.contains(&key));
        let known = if self.is_digits() { key.is_ascii_digit() } else { letter };
        known.then_some(key)
    }

    /// Whether a hyphen stands before the symbol at this place.
    const fn breaks_before(self, place: usize) -> bool {
        match self {
            Self::Letters => place == 3 || place == 6,
            Self::Digits => place == 4 || place == 8,
            Self::KeptLetters => place == 4 || place == 8 || place == 12,
            Self::KeptDigits => place == 7 || place == 14,
        }
    }
}

/// As it is shown; places still empty are dots.
pub(crate) fn grouped(typed: &str, style: Style, blank: char) -> String {
    let mut symbols = typed.chars();
    let mut shown = String::with_capacity(style.length() + 2);
    for place in 0..style.length() {
        if style.breaks_before(place) {
            shown.push('-');
        }
        shown.push(symbols.next().unwrap_or(blank));
    }
    shown
}

/// Column of the next symbol in [`grouped`].
pub(crate) fn column(typed: usize, style: Style) -> usize {
    let place = typed.min(style.length() - 1);
    typed.min(style.length()) + (1..=place).filter(|place| style.breaks_before(*place)).count()
}

/// Whether a whole code holds a slip. False for one that is not whole yet.
pub(crate) fn has_slip(typed: &str, style: Style) -> bool {
    if typed.chars().count() < style.length() {
        return false;
    }
    let values = typed.chars().map(|symbol| value(symbol, style));
    let sum = if style.is_digits() {
        values.fold(0, |state, digit| DAMM[usize::from(state)][usize::from(digit % 10)])
    } else {
        values.enumerate().fold(0, |sum, (place, value)| {
            let sum = sum ^ value;
            if place + 1 < style.length() { times_alpha(sum) } else { sum }
        })
    };
    sum != 0
}

fn value(symbol: char, style: Style) -> u8 {
    let place = if style.is_digits() {
        symbol.to_digit(10).and_then(|digit| usize::try_from(digit).ok())
    } else {
        ALPHABET.iter().position(|known| char::from(*known) == symbol)
    };
    place.and_then(|place| u8::try_from(place).ok()).unwrap_or(0)
}

const fn times_alpha(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 0b10_0000 != 0 { doubled ^ 0b10_0101 } else { doubled }
}

const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r3_a_slip_on_the_screen_is_a_slip_in_the_engine_and_no_other() {
        use resetkit_core::{Code, CodeStyle};
        for (style, core) in [
            (Style::Letters, CodeStyle::Letters),
            (Style::Digits, CodeStyle::Digits),
            (Style::KeptLetters, CodeStyle::KeptLetters),
            (Style::KeptDigits, CodeStyle::KeptDigits),
        ] {
            for seed in 1..200_u128 {
                let noise = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
                let typed = Code::from_random(core, noise.to_be_bytes()).symbols().expose().clone();
                assert!(!has_slip(&typed, style), "a code of the device is refused");
                for (place, known) in typed.bytes().enumerate() {
                    let other = if known == b'7' { "3" } else { "7" };
                    let mut slip = typed.clone();
                    slip.replace_range(place..=place, other);
                    assert_eq!(has_slip(&slip, style), Code::parse(&slip, core).is_err(), "place {place}");
                }
            }
        }
    }

    #[test]
    fn r3_the_check_symbols_are_the_devices() {
        // Vectors of the protocol's description: octets 08 00 00 00 00 and 00 44 32 14 C7.
        assert!(!has_slip("10000000D", Style::Letters));
        assert!(has_slip("100000010", Style::Letters));
        assert!(!has_slip("000000000", Style::Letters));
        // Damm's own example: 572 has the check digit 4.
        assert!(!has_slip("0000000005724", Style::Digits));
        assert!(has_slip("0000000005274", Style::Digits));
    }

    #[test]
    fn r3_every_substitution_is_found() {
        let code = "10000000D";
        for place in 0..code.len() {
            for symbol in ALPHABET {
                let mut typed: Vec<char> = code.chars().collect();
                typed[place] = char::from(*symbol);
                let typed: String = typed.into_iter().collect();
                assert_eq!(has_slip(&typed, Style::Letters), typed != code, "{typed}");
            }
        }
    }

    #[test]
    fn r2_keys_are_read_as_they_are_meant() {
        assert_eq!("oO0".chars().filter_map(|key| Style::Letters.symbol(key)).collect::<String>(), "000");
        assert_eq!("iIlL1".chars().filter_map(|key| Style::Letters.symbol(key)).collect::<String>(), "11111");
        assert_eq!("u-ü ".chars().find_map(|key| Style::Letters.symbol(key)), None);
        assert_eq!(Style::Digits.symbol('a'), None);
    }

    #[test]
    fn r2_groups_grow_while_typing() {
        assert_eq!(grouped("", Style::Letters, '_'), "___-___-___");
        assert_eq!(grouped("ABCD", Style::Letters, '_'), "ABC-D__-___");
        assert_eq!(grouped("1234567890123", Style::Digits, '_'), "1234-5678-90123");
        assert_eq!(grouped("ABCDEFGHJKMNPQRST", Style::KeptLetters, '_'), "ABCD-EFGH-JKMN-PQRST");
        assert_eq!(grouped("123456789012345678901", Style::KeptDigits, '_'), "1234567-8901234-5678901");
        assert_eq!([0, 2, 3, 6, 8, 9].map(|typed| column(typed, Style::Letters)), [0, 2, 4, 8, 10, 11]);
    }
}
