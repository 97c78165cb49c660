//! The case code: fifty-five bits that support types in, and numbers that never change their meaning.

use proptest::prelude::*;
use resetkit_core::*;

const CASE: CaseCode = CaseCode {
    brand: 3,
    model: 17,
    firmware: 2,
    method: 1,
    failure: 1,
    clock: ClockState::Trusted,
    tries: 4,
    readiness: 0b0100_1001,
};

fn cases() -> impl Strategy<Value = CaseCode> {
    let ids = (0..1_024_u16, 0..2_048_u16, 0..64_u8, 0..16_u8);
    (ids, any::<u8>(), 0..4_usize, 0..8_u8, any::<u8>()).prop_map(
        |((brand, model, firmware, method), failure, clock, tries, readiness)| CaseCode {
            brand,
            model,
            firmware,
            method,
            failure,
            clock: ClockState::ALL[clock],
            tries,
            readiness,
        },
    )
}

/// What a hurried person makes of a code.
fn scribbled(code: &str) -> String {
    let spoken = |symbol: char| match symbol {
        '-' => ' ',
        '0' => 'o',
        '1' => 'L',
        other => other.to_ascii_lowercase(),
    };
    code.chars().map(spoken).collect()
}

#[test]
fn the_shape_is_four_four_four_and_six_six_six() {
    let letters = CASE.encode(CodeStyle::Letters);
    let digits = CASE.encode(CodeStyle::Digits);
    assert_eq!(letters.split('-').map(str::len).collect::<Vec<_>>(), [4, 4, 4], "{letters}");
    assert_eq!(digits.split('-').map(str::len).collect::<Vec<_>>(), [6, 6, 6], "{digits}");
    assert!(digits.chars().all(|symbol| symbol == '-' || symbol.is_ascii_digit()));
}

/// Golden: a code that stands on somebody's screen today is read tomorrow.
#[test]
fn r93_the_layout_of_version_1_does_not_move() {
    assert_eq!(CASE.encode(CodeStyle::Letters), "40C1-2220-D29P");
    assert_eq!(CaseCode::parse("40C1-2220-D29P"), Ok(CASE));
}

proptest! {
    #[test]
    fn a_case_is_read_back_in_both_styles_however_it_is_written(case in cases()) {
        for style in CodeStyle::ALL {
            let code = case.encode(style);
            prop_assert_eq!(CaseCode::parse(&code), Ok(case));
            prop_assert_eq!(CaseCode::parse(&scribbled(&code)), Ok(case), "{}", code);
        }
    }

    #[test]
    fn a_slip_of_one_symbol_or_a_swap_of_neighbours_is_never_read_as_another_case(
        case in cases(), place in 0..18_usize, change in 1..32_u8,
    ) {
        for (style, base) in [(CodeStyle::Letters, 32), (CodeStyle::Digits, 10)] {
            let code: Vec<char> = case.encode(style).chars().filter(|symbol| *symbol != '-').collect();
            let place = place % code.len();
            let mut slipped = code.clone();
            slipped[place] = symbol((value(code[place]) + change % base) % base);
            if slipped != code {
                prop_assert_eq!(CaseCode::parse(&slipped.iter().collect::<String>()), Err(CaseSlip::Check));
            }
            let mut swapped = code.clone();
            swapped.swap(place, (place + 1) % code.len());
            if swapped != code && place + 1 < code.len() {
                prop_assert_eq!(CaseCode::parse(&swapped.iter().collect::<String>()), Err(CaseSlip::Check));
            }
        }
    }

    #[test]
    fn r47_whatever_is_typed_is_a_case_or_a_slip(typed in "\\PC{0,80}") {
        let _: Result<CaseCode, CaseSlip> = CaseCode::parse(&typed);
    }

    /// A number that has no room is told as *not listed*: never as another's.
    #[test]
    fn a_number_that_does_not_fit_its_field_is_none(brand in 1_024_u16.., model in 2_048_u16.., tries in 7_u8..) {
        let wide = CaseCode { brand, model, firmware: 64, method: 16, tries, ..CASE };
        let read = CaseCode::parse(&wide.encode(CodeStyle::Letters)).unwrap();
        prop_assert_eq!(read, CaseCode { brand: 0, model: 0, firmware: 0, method: 0, tries: 7, ..CASE });
    }
}

const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn symbol(value: u8) -> char {
    ALPHABET.chars().nth(value.into()).unwrap()
}

fn value(symbol: char) -> u8 {
    u8::try_from(ALPHABET.chars().position(|known| known == symbol).unwrap()).unwrap()
}

#[test]
fn a_slip_is_told_from_a_newer_version() {
    assert_eq!(CaseCode::parse(""), Err(CaseSlip::TooShort));
    assert_eq!(CaseCode::parse("40C1-2220-D29"), Err(CaseSlip::TooShort));
    assert_eq!(CaseCode::parse("40C1-2220-D29P-1"), Err(CaseSlip::TooLong));
    assert_eq!(CaseCode::parse("40C1-2220-D29?"), Err(CaseSlip::Character));
    assert_eq!(CaseCode::parse("40C1-2220-D29N"), Err(CaseSlip::Check));
    // Version 2 in the first three bits, everything else 0: the check symbol is found by trying all.
    let newer: Vec<_> = (0..32).map(|check| CaseCode::parse(&format!("80000000000{}", symbol(check)))).collect();
    assert_eq!(newer.iter().filter(|read| **read == Err(CaseSlip::UnknownVersion(2))).count(), 1);
    assert_eq!(newer.iter().filter(|read| **read == Err(CaseSlip::Check)).count(), 31);
}

#[test]
fn readiness_tells_eight_facts_and_says_of_others_that_it_does_not() {
    let facts: Facts = [Fact::EmailOnFile, Fact::NetworkUp, Fact::StorageWritable].into_iter().collect();
    assert_eq!(CaseCode::readiness_of(&facts), 0b0100_1001);
    assert_eq!(CASE.is_ready(Fact::EmailOnFile), Some(true));
    assert_eq!(CASE.is_ready(Fact::ButtonWired), Some(false));
    assert_eq!(CASE.is_ready(Fact::Pictures), None);
}

#[test]
fn r93_every_failure_has_a_number_of_its_own_and_the_number_names_its_code() {
    let mut seen = std::collections::BTreeSet::new();
    for kind in FailureKind::ALL {
        let number = kind.case_number();
        assert!(seen.insert(number), "{kind} shares {number}");
        assert_eq!(FailureKind::of_case_number(number), Some(*kind));
        let (series, place) = FailureKind::code_of_case_number(number).unwrap();
        assert_eq!(format!("E-{series}{place:02}"), kind.code());
    }
    assert_eq!(FailureKind::of_case_number(0), None);
    assert_eq!(FailureKind::code_of_case_number(0), None);
    assert_eq!(FailureKind::code_of_case_number(36), Some((1, 36)), "a newer failure can still be named");
}

/// Golden and append-only: a line may be added, none may change. Support has these in its head.
#[test]
fn r93_numbers_of_failures_never_change() {
    const NUMBERS: [(u8, &str); 23] = [
        (1, "no-address"),
        (7, "bad-account-name"),
        (8, "no-support-keys"),
        (41, "code-slip"),
        (51, "codes-try-later"),
        (52, "kept-code-used"),
        (81, "method-crashed"),
        (98, "nothing-left"),
        (101, "delivery-cut"),
        (102, "proof-not-allowed"),
        (121, "no-mail-came"),
        (128, "smtp-unreachable"),
        (132, "mail-address-refused"),
        (133, "support-silent"),
        (134, "support-refused"),
        (161, "store-failed"),
        (174, "no-randomness"),
        (175, "button-busy"),
        (178, "erase-failed"),
        (179, "accounts-unavailable"),
        (180, "press-not-seen"),
        (201, "password-too-short"),
        (206, "password-character"),
    ];
    for (number, name) in NUMBERS {
        assert_eq!(FailureKind::of_case_number(number).map(FailureKind::name), Some(name));
    }
    assert_eq!(FailureKind::ALL.len(), 82, "a new failure: add its line above too");
}
