//! A code as the owner reads it in the mail and types it at the device.
//!
//! The device's engine has the same few lines; neither side may depend on the other, and a story test holds them together.

use crate::contents::{CodeOctets, CodeStyle};
use crate::text::ALPHABET;
use zeroize::Zeroizing;

/// The field GF(32): x^5 + x^2 + 1.
const FIELD: u8 = 0b10_0101;

/// Damm's quasigroup of order ten: every single wrong digit and every swap of neighbours is found.
const DAMM: [&[u8; 10]; 10] = [
    b"0317598642",
    b"7092154863",
    b"4206871359",
    b"1750983426",
    b"6123045978",
    b"3674209581",
    b"5869720134",
    b"8945362017",
    b"9438617205",
    b"2581436790",
];

impl CodeOctets {
    /// With check symbol and hyphens: `7KQ-M2F-9XB`, or `4821-0937-55126`.
    #[must_use]
    pub fn spoken(&self, style: CodeStyle) -> Zeroizing<String> {
        match style {
            CodeStyle::Letters => self.letters(),
            CodeStyle::Digits => self.digits(),
        }
    }

    fn letters(&self) -> Zeroizing<String> {
        let number = self.number();
        let mut out = Zeroizing::new(String::with_capacity(11));
        let mut check = 0;
        for place in 0..8 {
            let symbol = u8::try_from((number >> (35 - 5 * place)) & 31).expect("five bits fit an octet");
            out.push(char::from(ALPHABET[usize::from(symbol)]));
            check = times_x(check ^ symbol);
            if place == 2 || place == 5 {
                out.push('-');
            }
        }
        out.push(char::from(ALPHABET[usize::from(check)]));
        out
    }

    fn digits(&self) -> Zeroizing<String> {
        let plain = Zeroizing::new(format!("{:012}", self.number()));
        let mut out = Zeroizing::new(String::with_capacity(15));
        let mut check = 0_u8;
        for (place, digit) in plain.bytes().enumerate() {
            out.push(char::from(digit));
            check = DAMM[usize::from(check)][usize::from(digit - b'0')] - b'0';
            if place == 3 || place == 7 {
                out.push('-');
            }
        }
        out.push(char::from(b'0' + check));
        out
    }
}

/// Multiplies by x in GF(32).
const fn times_x(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 0b10_0000 == 0 { doubled } else { doubled ^ FIELD }
}
