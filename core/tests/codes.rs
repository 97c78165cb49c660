//! The code: how it is drawn, shown, read, and what its check symbol finds.

use proptest::prelude::*;
use resetkit_core::*;
use std::collections::HashSet;

fn style() -> impl Strategy<Value = CodeStyle> {
    proptest::sample::select(CodeStyle::ALL.to_vec())
}

fn code(style: CodeStyle, random: [u8; 16]) -> String {
    Code::from_random(style, random).symbols().expose().clone()
}

fn reads(text: &str, style: CodeStyle) -> Result<String, CodeSlip> {
    Code::parse(text, style).map(|code| code.symbols().expose().clone())
}

#[test]
fn r2_codes_are_shown_in_the_groups_of_the_design() {
    let letters = Code::from_octets([0, 0, 0, 0, 0], CodeStyle::Letters).unwrap();
    assert_eq!(letters.display().expose(), "000-000-000");
    let letters = Code::from_octets([0xff; 5], CodeStyle::Letters).unwrap();
    assert!(letters.display().expose().starts_with("ZZZ-ZZZ-ZZ"), "{}", letters.display().expose());
    // 572 has Damm check digit 4 (the example of Damm's thesis).
    let digits = Code::from_octets([0, 0, 0, 2, 60], CodeStyle::Digits).unwrap();
    assert_eq!(digits.display().expose(), "0000-0000-05724");
}

#[test]
fn r1_f1_a_hundred_thousand_codes_drawn_from_different_octets_do_not_repeat() {
    for style in CodeStyle::ALL {
        let mut state = 1_u64;
        let mut octets = || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb)
        };
        let mut sixteen = || {
            let mut all = [0; 16];
            all[..8].copy_from_slice(&octets().to_be_bytes());
            all[8..].copy_from_slice(&octets().to_be_bytes());
            all
        };
        let codes: HashSet<_> =
            (0..100_000).map(|_| Code::from_random(style, sixteen()).octets().expose().clone()).collect();
        // 10^5 draws of 10^12 codes collide once in 200 runs; this run is always the same.
        assert_eq!(codes.len(), 100_000);
    }
}

#[test]
fn r1_every_code_is_as_likely_as_any_other() {
    // 2^128 is a multiple of 2^40: no bias at all. 10^12: the likelier codes exceed the others by one in 2^128 / 10^12.
    let codes = CodeStyle::Digits.codes();
    let (each, rest) = (u128::MAX / codes, u128::MAX % codes);
    assert!(each > 1 << 64, "bias per code {rest} of {codes} is below 2^-64");
    let (zero, top) = ([0; 16], [0xff; 16]);
    assert_eq!(*Code::from_random(CodeStyle::Letters, zero).octets().expose(), [0; 5]);
    assert_eq!(*Code::from_random(CodeStyle::Letters, top).octets().expose(), [0xff; 5]);
    assert_eq!(*Code::from_random(CodeStyle::KeptLetters, top).octets().expose(), [0xff; 10]);
    assert!(u128::MAX / CodeStyle::KeptDigits.codes() > 1 << 61);
    assert!(
        u128::from_be_bytes([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xe8, 0xd4, 0xa5, 0x0f, 0xff])
            < CodeStyle::Digits.codes()
    );
    assert!(Code::from_octets([0xe8, 0xd4, 0xa5, 0x10, 0x00], CodeStyle::Digits).is_none(), "10^12 is no code");
    assert!(Code::from_octets([0xe8, 0xd4, 0xa5, 0x0f, 0xff], CodeStyle::Digits).is_some());
}

proptest! {
    #[test]
    fn r2_what_is_shown_is_read_back_whatever_case_blanks_and_hyphens(
        style in style(), random: [u8; 16], lower: bool, separator in "[ \\-\u{2010}-\u{2014}\u{2212}\u{a0}\u{3000}]{0,2}",
    ) {
        let right = code(style, random);
        let shown: String = right.chars().map(|symbol| format!("{symbol}{separator}")).collect();
        let shown = if lower { shown.to_lowercase() } else { shown };
        if shown.len() <= TYPED_CODE_MAX {
            prop_assert_eq!(reads(&shown, style), Ok(right));
        } else {
            prop_assert_eq!(reads(&shown, style), Err(CodeSlip::TooLong));
        }
    }

    #[test]
    fn r2_letters_that_look_like_digits_are_read_as_digits(style in style(), random: [u8; 16], pick: u32) {
        let right = code(style, random);
        let confused: String = right.chars().enumerate().map(|(place, symbol)| match (symbol, pick >> place & 3) {
            ('0', 0) => 'O',
            ('0', 1) => 'o',
            ('1', 0) => 'I',
            ('1', 1) => 'l',
            ('1', 2) => 'i',
            (other, 3) => char::from_u32(u32::from(other) + 0xfee0).unwrap(), // full width
            (other, _) => other,
        }).collect();
        prop_assert_eq!(reads(&confused, style), Ok(right));
    }

    #[test]
    fn r3_every_single_slip_of_a_code_is_found(style in style(), random: [u8; 16]) {
        let right: Vec<char> = code(style, random).chars().collect();
        let alphabet = match style {
            CodeStyle::Letters | CodeStyle::KeptLetters => "0123456789ABCDEFGHJKMNPQRSTVWXYZ",
            CodeStyle::Digits | CodeStyle::KeptDigits => "0123456789",
        };
        for place in 0..right.len() {
            for symbol in alphabet.chars().filter(|symbol| *symbol != right[place]) {
                let mut slip = right.clone();
                slip[place] = symbol;
                prop_assert_eq!(reads(&slip.iter().collect::<String>(), style), Err(CodeSlip::Check));
            }
            if place > 0 && right[place] != right[place - 1] {
                let mut slip = right.clone();
                slip.swap(place, place - 1);
                prop_assert_eq!(reads(&slip.iter().collect::<String>(), style), Err(CodeSlip::Check));
            }
        }
    }

    #[test]
    fn the_octets_that_are_sealed_bring_the_code_back(style in style(), random: [u8; 16]) {
        let code = Code::from_random(style, random);
        let Some(sealed) = code.sealed_octets() else {
            prop_assert!(style.is_kept(), "what is kept travels nowhere");
            return Ok(());
        };
        let back = Code::from_octets(*sealed.expose(), style).unwrap();
        let (back, code) = (back.symbols(), code.symbols());
        prop_assert_eq!(back.expose(), code.expose());
    }

    #[test]
    fn r47_any_text_is_read_without_panic(style in style(), text in "\\PC{0,80}") {
        if let Ok(code) = Code::parse(&text, style) {
            prop_assert_eq!(code.symbols().expose().len(), style.length());
        }
    }
}

#[test]
fn r47_the_length_of_what_is_typed_is_bounded() {
    let style = CodeStyle::Letters;
    assert_eq!(reads("", style), Err(CodeSlip::TooShort));
    assert_eq!(reads("00000000", style), Err(CodeSlip::TooShort));
    assert_eq!(reads("0000000000", style), Err(CodeSlip::TooLong));
    assert_eq!(reads(&" ".repeat(TYPED_CODE_MAX), style), Err(CodeSlip::TooShort));
    assert_eq!(reads(&" ".repeat(TYPED_CODE_MAX + 1), style), Err(CodeSlip::TooLong));
    assert_eq!(reads("00000000U", style), Err(CodeSlip::Character), "U is no Crockford symbol");
    assert_eq!(reads("00000000A00", CodeStyle::Digits), Err(CodeSlip::Character));
}

#[test]
fn r15_codes_and_verifiers_print_nothing_of_themselves() {
    let code = Code::from_random(CodeStyle::Letters, [0x5a; 16]);
    let (verifier, derived) = (Verifier::from_octets([0x5a; 32]), Derived::from_octets([0x5a; 32]));
    let printed = format!("{code:?} {:?} {:?} {verifier:?} {derived:?}", code.display(), code.octets());
    for canary in ["90", "5a", "5A", code.symbols().expose()] {
        assert!(!printed.contains(canary), "{printed}");
    }
}
