#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use resetkit_config::{Brand, Texts};
use resetkit_core::Secret;

use super::*;

/// A sheet of the plain brand, for a device of this name.
fn paper(language: &str, nickname: &str) -> Paper {
    let brand = Brand::plain();
    let device = Device { brand: &brand, model: "NVR-4", nickname, label: "7K2Q" };
    let codes: Vec<_> = (0..CODES).map(|number| Secret::new(format!("ABCD-EFGH-JKM{number}-PQRST"))).collect();
    compose(device, &Texts::load(&brand, language), About { number: 3, made: Some(1_795_515_000) }, &codes)
}

#[test]
fn r87_the_sheet_is_one_layout_in_two_files() {
    for language in ["en", "de"] {
        let sheet = paper(language, "Vordertür");
        assert!(sheet.is_printable(), "{language}");
        let (pdf, png) = (pdf(&sheet), png(&sheet).unwrap());
        assert!(pdf.starts_with(b"%PDF-1.") && pdf.len() < 200_000);
        assert!(png.starts_with(b"\x89PNG") && png.len() < 400_000);
        let on_it = |text: &str| pdf.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(sheet.codes.iter().all(|code| on_it(code)), "every code stands on it");
    }
}

#[test]
fn r87_a_sheet_has_no_gaps_where_the_fonts_lack_a_letter() {
    let sheet = paper("en", "カメラ");
    assert!(sheet.is_printable());
    assert_eq!(sheet.device, "NVR-4", "the model in the place of a name that cannot be printed");
}

#[test]
fn r14_a_code_is_spent_once_and_only_on_its_own_sheet_and_account() {
    let account = |name: &str| resetkit_core::AccountName::parse(name).unwrap();
    let kept = KeptRow { verifier: [7; 32], used: false };
    let row = |number: u32, confirmed: bool| SheetRow {
        number,
        account: "admin".into(),
        digits: false,
        salt: [0; 16],
        codes: vec![kept.clone(); 2],
        confirmed,
    };
    let mut sheets = vec![row(1, true), row(2, false)];
    assert!(!spend(&mut sheets, &account("other"), 1, 0), "another account");
    assert!(!spend(&mut sheets, &account("admin"), 2, 0), "a sheet that does not count yet");
    assert!(!spend(&mut sheets, &account("admin"), 1, 2), "no such code");
    assert!(spend(&mut sheets, &account("admin"), 1, 1));
    assert!(!spend(&mut sheets, &account("admin"), 1, 1), "a second time");
    assert_eq!(sheets[0].left(), 1);
}
