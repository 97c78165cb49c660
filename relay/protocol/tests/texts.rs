//! The text in the QR code, keys in files, and rows of a feed.

use crate::support::{brand, device, relay, sealed};
use proptest::prelude::*;
use resetkit_protocol::{
    DevicePublic, DeviceSecret, DeviceStatus, FeedRow, FeedSlip, Form, Handle, KeySlip, LabelTail, Nickname,
    ProblemCode, RelaySecret, TextSlip, from_text, from_url, to_text, to_url,
};
use std::collections::HashSet;

/// Every character of a QR code's alphanumeric mode (ISO/IEC 18004, table 5).
const ALPHANUMERIC: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

#[test]
fn r34_the_address_of_a_challenge_stays_in_alphanumeric_mode_and_has_the_tabled_lengths() {
    for (form, symbols) in [(Form::AddressAtRelay, 112), (Form::AddressSealed, 197), (Form::LongAddressSealed, 522)] {
        let url = to_url("https://reset.example/", &sealed(form, 1));
        assert!(url.chars().all(|c| ALPHANUMERIC.contains(c)), "{url}");
        assert_eq!(url.len(), "https://reset.example/".len() + symbols);
    }
}

#[test]
fn r36_only_the_one_writing_is_read() {
    let octets = sealed(Form::AddressSealed, 1);
    let text = to_text(&octets);
    assert_eq!(from_text(&text).as_deref(), Ok(octets.as_slice()));
    assert_eq!(from_text(&text.to_ascii_lowercase()), Err(TextSlip::Symbol));
    assert_eq!(from_text(&text[1..]), Err(TextSlip::Length));
    assert_eq!(from_text(&format!("{text}0")), Err(TextSlip::Length));
    // 123 octets leave one bit of the last symbol unused.
    let last = text.as_bytes()[196];
    let alphabet = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let value = alphabet.iter().position(|symbol| *symbol == last).unwrap();
    let other = format!("{}{}", &text[..196], char::from(alphabet[value ^ 1]));
    assert_eq!(from_text(&other), Err(TextSlip::NotCanonical));
    for (place, wrong) in [(0, 'O'), (10, 'I'), (20, 'L'), (30, 'U'), (40, '-'), (50, 'é')] {
        let mut chars: Vec<char> = text.chars().collect();
        chars[place] = wrong;
        assert!(from_text(&chars.into_iter().collect::<String>()).is_err(), "{wrong}");
    }
}

#[test]
fn a_scanned_address_names_its_relay_and_nothing_else() {
    let octets = sealed(Form::AddressSealed, 1);
    let payload = to_text(&octets);
    for prefix in ["HTTPS://RESET.EXAMPLE/", "https://reset.example/", "HTTP://127.0.0.1:8080/", "http://[::1]:8080/"] {
        assert_eq!(from_url(&format!("{prefix}{payload}")), Ok((prefix.to_owned(), octets.clone())));
    }
    for url in [
        format!("ftp://reset.example/{payload}"),
        format!("https:///{payload}"),
        format!("https://user@reset.example/{payload}"),
        format!("https://reset.example/{payload}?x=1"),
        format!("https://reset.example/{payload}#x"),
        payload.clone(),
    ] {
        assert!(from_url(&url).is_err(), "{url}");
    }
}

proptest! {
    #[test]
    fn r36_reading_any_text_never_panics(text in "\\PC{0,600}") {
        let _ = from_url(&text);
        let _ = from_text(&text);
        let _ = FeedRow::parse(&text);
        let _ = DeviceSecret::from_file_text(&text);
        let _ = Nickname::parse(&text);
    }

    #[test]
    fn r36_text_that_is_read_is_text_that_is_written(text in "[0-9A-HJKMNP-TV-Z]{112}|[0-9A-HJKMNP-TV-Z]{197}|[0-9A-HJKMNP-TV-Z]{522}") {
        match from_text(&text) {
            Ok(octets) => prop_assert_eq!(to_text(&octets), text),
            Err(slip) => prop_assert_eq!(slip, TextSlip::NotCanonical),
        }
    }
}

#[test]
fn r39_key_files_are_read_back_and_never_taken_for_one_another() {
    let text = device(3).to_file_text();
    assert!(text.starts_with("resetkit-device-key-v1 ") && text.ends_with('\n'));
    assert_eq!(DeviceSecret::from_file_text(&text).unwrap().public(), device(3).public());
    assert_eq!(RelaySecret::from_file_text(&text).err(), Some(KeySlip::File));
    let relay_text = relay(3).to_file_text();
    assert_eq!(RelaySecret::from_file_text(&relay_text).unwrap().public(), relay(3).public());
    assert_eq!(DeviceSecret::from_file_text(&relay_text).err(), Some(KeySlip::File));
    let public = relay(3).public();
    assert_eq!(resetkit_protocol::RelayPublic::parse(&public.to_string()), Ok(public));
    assert_eq!(DevicePublic::parse("AAAA"), Err(KeySlip::Text));
}

fn row() -> FeedRow {
    FeedRow {
        handle: Handle::new([1; 8]),
        public_key: device(1).public(),
        brand: brand("plain"),
        model: "NVR-4".into(),
        label: LabelTail::parse("7K2M").unwrap(),
        status: DeviceStatus::Active,
        epoch: 1,
        nickname: Some(Nickname::parse("Front door").unwrap()),
    }
}

#[test]
fn f17_a_feed_row_with_anything_unknown_is_refused() {
    let line = row().to_line();
    assert_eq!(FeedRow::parse(&line), Ok(row()));
    assert_eq!(FeedRow::parse(&line.replace("{\"v\"", "{\"address\":\"a@b.c\",\"v\"")), Err(FeedSlip::Json));
    assert_eq!(FeedRow::parse(&line.replace("\"v\":1", "\"v\":2")), Err(FeedSlip::Version));
    assert_eq!(FeedRow::parse(&line.replace("\"epoch\":1", "\"epoch\":0")), Err(FeedSlip::Epoch));
    assert_eq!(FeedRow::parse(&line.replace("7K2M", "7k2m")), Err(FeedSlip::Label));
    assert_eq!(FeedRow::parse(&line.replace("NVR-4", "<b>")), Err(FeedSlip::Model));
}

#[test]
fn r70_f16_a_nickname_reads_like_no_address() {
    for good in ["Front door", "Küche", "Cam 2.0", "Shop & Storage", "入口", "Mr. Green"] {
        assert!(Nickname::parse(good).is_ok(), "{good}");
    }
    let phishing = [
        "evil.example",
        "www evil",
        "https evil",
        "call: 555",
        "a@b",
        "x/y",
        "<b>",
        "evil。example",
        "evil．example",
        "line\nbreak",
        "",
        " ",
        " x",
        "a\u{202e}b",
        "http",
        "Your code is 123-456-789, go to reset.example now",
    ];
    for bad in phishing {
        assert!(Nickname::parse(bad).is_err(), "{bad:?}");
    }
}

#[test]
fn r93_problem_codes_are_stable_and_each_is_its_own() {
    let codes: HashSet<_> = ProblemCode::ALL.iter().map(|code| code.code()).collect();
    let names: HashSet<_> = ProblemCode::ALL.iter().map(|code| code.name()).collect();
    assert_eq!((codes.len(), names.len()), (ProblemCode::ALL.len(), ProblemCode::ALL.len()));
    assert_eq!(ProblemCode::NotAccepted.code(), "E-700");
    assert_eq!(ProblemCode::Suppressed.code(), "E-708");
}
