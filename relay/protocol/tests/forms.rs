//! Sizes, contents and addresses.

use crate::support::{address, brand, contents, device, fitting, header, relay};
use proptest::prelude::*;
use resetkit_protocol::{
    Address, CodeOctets, CodeStyle, Contents, ContentsSlip, Form, Handle, Header, KeyId, Lane, Locale, Purpose,
    SealError, SealSeed, Suite, open, peek, seal,
};

fn sealed(form: Form, contents: &Contents) -> Result<Vec<u8>, SealError> {
    let seed = SealSeed::new([3; 32]);
    seal(&device(1), &relay(1).public(), &brand("plain"), header(1), form, contents, seed)
}

#[test]
fn r33_addresses_of_3_to_254_octets_have_two_sizes_and_no_others() {
    for octets in 3..=254 {
        let form = Form::for_address(octets).unwrap();
        let sealed = sealed(form, &contents(Some(address(octets)))).unwrap();
        let expected = if octets <= 52 { 123 } else { 326 };
        assert_eq!((form.octets(), sealed.len()), (expected, expected), "{octets} octets");
    }
    assert_eq!(sealed(Form::AddressAtRelay, &contents(None)).unwrap().len(), 70);
    assert_eq!(Form::for_address(255), None);
}

#[test]
fn r33_an_address_fits_its_form_or_is_not_sealed() {
    let refused = Err(SealError::Contents(ContentsSlip::Address));
    assert_eq!(sealed(Form::AddressSealed, &contents(Some(address(53)))), refused);
    assert_eq!(sealed(Form::AddressSealed, &contents(None)), refused);
    assert_eq!(sealed(Form::AddressAtRelay, &contents(Some(address(20)))), refused);
}

#[test]
fn twelve_digits_hold_less_than_forty_bits_and_more_is_refused() {
    let with = |octets: [u8; 5]| {
        let mut contents = contents(None);
        (contents.style, contents.code) = (CodeStyle::Digits, CodeOctets::new(octets));
        sealed(Form::AddressAtRelay, &contents)
    };
    let last = 999_999_999_999_u64.to_be_bytes();
    assert!(with(last[3..].try_into().unwrap()).is_ok());
    let above = 1_000_000_000_000_u64.to_be_bytes();
    assert_eq!(with(above[3..].try_into().unwrap()), Err(SealError::Contents(ContentsSlip::Code)));
}

#[test]
fn r2_r3_a_code_is_spoken_with_its_check_symbol() {
    let letters = |octets: [u8; 5]| CodeOctets::new(octets).spoken(CodeStyle::Letters).to_string();
    // 0,1,2 … 7 as symbols; the check is Horner's sum over GF(32), as the device's engine has it.
    assert_eq!(&letters([0x00, 0x44, 0x32, 0x14, 0xc7])[..10], "012-345-67");
    assert_eq!(letters([0x08, 0, 0, 0, 0]), "100-000-00D");
    assert_eq!(letters([0, 0, 0, 0, 1]), "000-000-012");
    assert_eq!(letters([0; 5]), "000-000-000");
    let digits = |number: u64| {
        let octets = number.to_be_bytes();
        CodeOctets::new(octets[3..].try_into().unwrap()).spoken(CodeStyle::Digits).to_string()
    };
    // Damm's own example: 572 has the check digit 4.
    assert_eq!(digits(572), "0000-0000-05724");
    assert_eq!(&digits(482_109_375_512)[..14], "4821-0937-5512");
}

#[test]
fn f9_f21_r66_an_address_can_hold_neither_a_second_recipient_nor_a_header() {
    let good = ["a@b", "owner@example.org", "o'neil+reset@sub.example.org", "ümläut@exämple.org", "a.b@c-d.e"];
    for text in good {
        assert_eq!(Address::parse(text).unwrap().expose(), text, "kept octet for octet");
    }
    let long_local = format!("{}@b.c", "a".repeat(65));
    let long = format!("a@{}", ["b".repeat(63), "b".repeat(63), "b".repeat(63), "b".repeat(63)].join("."));
    let long_label = format!("a@{}.c", "b".repeat(64));
    let bad = [
        "",
        "a@",
        "@b",
        "ab",
        "a b@c",
        "a@b@c",
        "a@b,c@d",
        "a@b;c@d",
        "<a@b>",
        "a@b\r\nBcc: c@d",
        "a@b\nX: y",
        "a@b\0",
        "\"a\"@b",
        "a@[127.0.0.1]",
        "a(b)@c",
        "a@b\u{85}",
        "a\u{200b}@b",
        "a@b\u{202e}",
        "a..b@c",
        ".a@b",
        "a.@b",
        "a@.b",
        "a@b.",
        "a@-b",
        "a@b-",
        "a:b@c",
        "a\\@b",
        "a@b\u{a0}",
        "\u{feff}a@b",
        &long_local,
        &long,
        &long_label,
    ];
    for text in bad {
        assert!(Address::parse(text).is_err(), "{text:?}");
    }
}

#[test]
fn f10_r65_addresses_that_look_alike_are_not_the_same() {
    let pairs = [
        ("mike@example.org", "Mike@example.org"),
        ("mike@example.org", "mıke@example.org"),
        ("a@exam\u{fb01}.org", "a@examfi.org"),
    ];
    for (one, other) in pairs {
        assert_ne!(Address::parse(one).unwrap(), Address::parse(other).unwrap());
    }
}

fn any_header() -> impl Strategy<Value = Header> {
    (0..4_usize, 0..3_usize, 0..64_u8, any::<[u8; 8]>(), any::<u32>()).prop_map(
        |(purpose, lane, key_id, handle, counter)| Header {
            purpose: Purpose::ALL[purpose],
            lane: Lane::ALL[lane],
            suite: Suite::X25519ChaCha,
            key_id: KeyId::new(key_id).unwrap(),
            handle: Handle::new(handle),
            counter,
        },
    )
}

fn any_contents() -> impl Strategy<Value = (Form, Contents)> {
    let address = prop_oneof![Just(None), (3..=254_usize).prop_map(|octets| Some(address(octets)))];
    (any::<[u8; 5]>(), "[a-z]{2}", address, any::<bool>()).prop_map(|(code, locale, address, roomy)| {
        let form = match &address {
            None => Form::AddressAtRelay,
            Some(_) if roomy => Form::LongAddressSealed,
            Some(address) => Form::for_address(address.octets()).unwrap(),
        };
        let code = CodeOctets::new(code);
        (form, Contents { code, style: CodeStyle::Letters, locale: Locale::parse(&locale).unwrap(), address })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn r36_what_is_sealed_is_what_is_opened(header in any_header(), (form, contents) in any_contents(), seed: [u8; 32]) {
        let octets =
            seal(&device(1), &relay(1).public(), &brand("plain"), header, form, &contents, SealSeed::new(seed)).unwrap();
        prop_assert_eq!(octets.len(), form.octets());
        prop_assert_eq!(peek(&octets), Ok(header));
        prop_assert_eq!(open(&relay(1), &device(1).public(), &brand("plain"), &octets), Ok((header, contents)));
    }

    #[test]
    fn r36_headers_have_one_form(octets: [u8; 14]) {
        if let Ok(header) = Header::from_octets(&octets) {
            prop_assert_eq!(header.octets(), octets);
        }
    }

    #[test]
    fn r36_opening_anything_never_panics(octets in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(open(&relay(1), &device(1).public(), &brand("plain"), &octets).is_err());
    }

    #[test]
    fn r65_an_address_that_is_taken_is_kept_octet_for_octet(text in "\\PC{0,40}@\\PC{0,40}") {
        if let Ok(address) = Address::parse(&text) {
            prop_assert_eq!(address.expose(), &text);
            prop_assert!(!text.chars().any(|c| c.is_control() || c.is_whitespace() || "<>,;:\"()[]\\".contains(c)));
            prop_assert_eq!(text.matches('@').count(), 1);
        }
    }
}

#[test]
fn fitting_contents_fit() {
    for form in Form::ALL {
        assert!(sealed(form, &fitting(form)).is_ok());
    }
}
