//! Photographs as telephones take them, and relays that answer as they please.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed, and says where")]

use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use qrcode::{EcLevel, QrCode};
use resetkit_companion::{Options, PhotoError, ScanError, read_qr, scan};
use resetkit_protocol::to_url;
use std::io::{Cursor, Read, Write};
use std::net::TcpListener;

/// A challenge of the default form, as text.
fn challenge(prefix: &str) -> String {
    to_url(prefix, &[0x2a; 123])
}

/// A QR code of this text with a quiet zone of four, turned by so many degrees, on white.
fn photographed(text: &str, pixels: u32, degrees: f32) -> GrayImage {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
    let (modules, colours) = (u32::try_from(code.width()).unwrap(), code.to_colors());
    let side = (modules + 8) * pixels;
    let (canvas, middle) = (side * 3 / 2, f64::from(side) * 0.75);
    let (sin, cos) = f64::from(degrees).to_radians().sin_cos();
    GrayImage::from_fn(canvas, canvas, |x, y| {
        let (dx, dy) = (f64::from(x) - middle, f64::from(y) - middle);
        let at = |along: f64| ((along + f64::from(side) / 2.0) / f64::from(pixels)).floor() - 4.0;
        let (column, row) = (at(dx * cos + dy * sin), at(dy * cos - dx * sin));
        let inside = |place: f64| place >= 0.0 && place < f64::from(modules);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to lie inside")]
        let dark = inside(column)
            && inside(row)
            && colours[row as usize * modules as usize + column as usize] == qrcode::Color::Dark;
        Luma([if dark { 20 } else { 235 }])
    })
}

fn encoded(picture: GrayImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    DynamicImage::from(picture).write_to(&mut out, format).unwrap();
    out.into_inner()
}

#[test]
fn r34_png_and_jpeg_are_read_at_3_to_6_pixels_a_module_and_turned() {
    let text = challenge("https://reset.example/");
    for pixels in [3, 4, 6] {
        for degrees in [0.0, 7.0, 17.0, 90.0, 180.0] {
            for format in [ImageFormat::Png, ImageFormat::Jpeg] {
                let photo = encoded(photographed(&text, pixels, degrees), format);
                assert_eq!(read_qr(&photo).as_deref(), Ok(text.as_str()), "{pixels} px, {degrees}°, {format:?}");
            }
        }
    }
}

#[test]
fn a_large_photograph_is_read_as_well() {
    let text = challenge("https://reset.example/");
    let photo = encoded(photographed(&text, 50, 5.0), ImageFormat::Jpeg);
    assert_eq!(read_qr(&photo).as_deref(), Ok(text.as_str()));
}

#[test]
fn r47_what_is_no_photograph_of_a_code_is_said_to_be_none() {
    assert_eq!(read_qr(b"hello"), Err(PhotoError::NotAPicture));
    assert_eq!(read_qr(&[]), Err(PhotoError::NotAPicture));
    let white = encoded(GrayImage::from_pixel(300, 300, Luma([255])), ImageFormat::Png);
    assert_eq!(read_qr(&white), Err(PhotoError::NoCode));
    assert_eq!(read_qr(&vec![0; resetkit_companion::MAX_PHOTO + 1]), Err(PhotoError::TooLarge));
}

#[test]
fn a_challenge_goes_nowhere_without_encryption_but_to_this_machine() {
    for prefix in ["http://reset.example/", "http://127.0.0.1.evil.example/", "http://localhost.evil:80/"] {
        assert_eq!(scan(&challenge(prefix), &Options::default()), Err(ScanError::NotSecure), "{prefix}");
    }
    let other = scan("https://example.org/", &Options::default()).unwrap_err();
    assert!(matches!(other, ScanError::NotAChallenge(_)) && !other.next_step().is_empty());
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let gone = scan(&challenge(&format!("http://{closed}/")), &Options::default()).unwrap_err();
    assert!(matches!(gone, ScanError::Unreachable(_)) && gone.next_step().contains("network"));
}

/// A relay that gives one answer, and what it was asked.
fn answered(status: &str, headers: &str, body: &str) -> (Result<resetkit_companion::Confirmation, ScanError>, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = challenge(&format!("HTTP://{}/", listener.local_addr().unwrap()));
    let answer = format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}", body.len());
    let relay = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let (mut asked, mut piece) = (Vec::new(), [0; 4096]);
        while !asked.ends_with(b"}") {
            let read = stream.read(&mut piece).unwrap();
            asked.extend_from_slice(&piece[..read]);
        }
        stream.write_all(answer.as_bytes()).unwrap();
        String::from_utf8(asked).unwrap()
    });
    (scan(&url, &Options::default()), relay.join().unwrap())
}

#[test]
fn the_owner_reads_the_confirmation_or_the_reason_and_the_next_step() {
    let good = r#"{"request":"0042","purpose":"reset","brand":"Plain","model":"NVR-4","label":"7K2M","resent":false,"next_step":"Go back"}"#;
    let (confirmed, asked) = answered("202 Accepted", "content-type: application/json\r\n", good);
    assert_eq!(confirmed.unwrap().request, "0042");
    assert!(asked.starts_with("POST /v1/scan HTTP/1.1\r\n"), "{asked}");
    let body: serde_json::Value = serde_json::from_str(asked.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    assert_eq!(body.as_object().unwrap().len(), 1, "the payload and nothing else (F9)");

    let bad = r#"{"type":"urn:resetkit:error:E-708","title":"Stopped","status":403,"detail":"Stopped","code":"E-708","next_step":"Try another way"}"#;
    let (refused, _) = answered("403 Forbidden", "content-type: application/problem+json\r\n", bad);
    let refused = refused.unwrap_err();
    assert_eq!((refused.to_string().as_str(), refused.next_step().as_str()), ("Stopped (E-708)", "Try another way"));

    assert_eq!(answered("200 OK", "", "<html>").0, Err(ScanError::BadAnswer));
    let elsewhere = answered("307 Temporary Redirect", "location: https://evil.example/\r\n", "").0;
    assert_eq!(elsewhere, Err(ScanError::BadAnswer), "a redirection is not followed");
}

/// What we did not write is what was published, and says whose it is.
#[test]
fn r94_parts_of_others_are_unchanged_and_come_with_their_licence() {
    use sha2::{Digest, Sha256};
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("app/vendor");
    let page = std::fs::read_to_string(folder.join("README.md")).unwrap();
    for name in ["jsQR.js", "jsQR.LICENSE"] {
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(std::fs::read(folder.join(name)).unwrap()));
        assert!(page.contains(&format!("| `{name}` | `{hash}` |")), "{name} is {hash}");
    }
    assert!(std::fs::read_to_string(folder.join("jsQR.LICENSE")).unwrap().contains("Apache License"));
    let found = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(found, 3, "a part that the page does not name");
}
