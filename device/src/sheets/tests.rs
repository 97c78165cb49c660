#![allow(clippy::unwrap_used, reason = "a test fails by it")]
use super::*;
use zeroize::Zeroizing;

fn paper(codes: &[&str]) -> Paper {
    Paper {
        brand: "Plain Vision".into(),
        bar: [[0x0b, 0x57, 0xa4], [255, 255, 255]],
        device: "Vordertür · NVR-4".into(),
        title: "Wiederherstellungscodes".into(),
        lead: "Mit einem dieser Codes setzen Sie am Gerät ein neues Passwort, ohne Telefon, ohne E-Mail und ohne Netz. Jeder Code gilt ein einziges Mal.".into(),
        facts: vec![("Blatt".into(), "3".into()), ("Gerät".into(), "NVR-4".into()), ("Gemacht am".into(), "2026-11-24".into())],
        how_title: "So geht es".into(),
        how: vec!["Am Gerät „Passwort vergessen“ wählen, dann „Wiederherstellungscode“.".into(), "Einen Code eintippen. Bindestriche und Leerzeichen sind gleichgültig.".into(), "Das Kästchen ankreuzen: dieser Code ist verbraucht.".into()],
        qr_label: "Alle Codes dieses Blattes für eine Kamera".into(),
        warning: "Bewahren Sie das Blatt auf wie einen Schlüssel, nicht neben dem Gerät.".into(),
        codes: codes.iter().map(|code| Zeroizing::new((*code).to_owned())).collect(),
        qr: Zeroizing::new(format!("SHEET 3 {}", codes.join(" "))),
    }
}

#[test]
fn r87_the_sheet_is_one_layout_in_two_files() {
    let codes: Vec<String> = (0..8).map(|n| format!("ABCD-EFGH-JKM{n}-PQRST")).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let sheet = paper(&codes);
    assert!(sheet.is_printable());
    let (pdf, png) = (pdf(&sheet), png(&sheet).unwrap());
    std::fs::write("/tmp/c1sheet.pdf", &*pdf).unwrap();
    std::fs::write("/tmp/c1sheet.png", &*png).unwrap();
    assert!(pdf.starts_with(b"%PDF-1."));
    assert!(png.starts_with(b"\x89PNG"));
}
