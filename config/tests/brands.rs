//! R38: a brand is believed only with a good signature, and never goes back.
use std::io::Cursor;
use std::path::Path;

use minisign::KeyPair;
use resetkit_config::{Brand, BrandVersion, ConfigError, Floor};

const PLAIN: &str = include_str!("../brands/plain/brand.toml");

/// Writes the plain brand, changed by `change`, with a signature; gives back the public key.
pub(crate) fn signed_brand(dir: &Path, change: impl Fn(String) -> String) -> String {
    let pair = KeyPair::generate_unencrypted_keypair().expect("a key");
    std::fs::create_dir_all(dir).expect("a folder");
    let text = change(PLAIN.to_owned());
    let signature = minisign::sign(Some(&pair.pk), &pair.sk, Cursor::new(&text), None, None).expect("signed");
    std::fs::write(dir.join("brand.toml"), text).expect("written");
    std::fs::write(dir.join("brand.toml.minisig"), signature.into_string()).expect("written");
    pair.pk.to_base64()
}

fn load(change: impl Fn(String) -> String) -> Result<Brand, ConfigError> {
    let dir = tempfile::tempdir().expect("a folder");
    let key = signed_brand(dir.path(), change);
    Brand::load_signed(dir.path(), &[key], Floor::NONE)
}

fn line_of(text: &str) -> usize {
    PLAIN.lines().position(|line| line.starts_with(text)).expect("there") + 1
}

#[test]
fn r38_a_changed_pack_a_strange_key_and_a_missing_signature_are_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    let key = signed_brand(dir.path(), |text| text);
    let keys = [key];
    assert!(Brand::load_signed(dir.path(), &keys, Floor::NONE).is_ok());
    let stranger = KeyPair::generate_unencrypted_keypair().expect("a key").pk.to_base64();
    assert!(Brand::load_signed(dir.path(), &[stranger], Floor::NONE).is_err());
    assert!(Brand::load_signed(dir.path(), &[], Floor::NONE).is_err(), "no trusted key, no brand");
    let tampered = PLAIN.replace("reset.example", "evil.example");
    std::fs::write(dir.path().join("brand.toml"), tampered).expect("written");
    let error = Brand::load_signed(dir.path(), &keys, Floor::NONE).expect_err("refused");
    assert!(error.problem.contains("R38") && !error.to_string().contains("evil"), "{error}");
    std::fs::remove_file(dir.path().join("brand.toml.minisig")).expect("removed");
    assert!(Brand::load_signed(dir.path(), &keys, Floor::NONE).is_err());
}

#[test]
fn r38_r84_an_older_pack_is_refused_and_the_same_one_is_taken() {
    let dir = tempfile::tempdir().expect("a folder");
    let keys = [signed_brand(dir.path(), |text| text.replace("version = 1", "version = 7"))];
    assert!(Brand::load_signed(dir.path(), &keys, Floor(BrandVersion(7))).is_ok());
    let error = Brand::load_signed(dir.path(), &keys, Floor(BrandVersion(8))).expect_err("refused");
    assert_eq!((error.line, error.key.as_str()), (Some(line_of("version")), "version"), "{error}");
}

#[test]
fn a_text_that_nobody_could_read_is_refused_with_the_contrast_it_has() {
    let error = load(|text| text.replacen("muted = \"#51606e\"", "muted = \"#9aa5ae\"", 1)).expect_err("refused");
    assert_eq!((error.line, error.key.as_str()), (Some(line_of("muted")), "colours.light.muted"), "{error}");
    assert!(error.problem.contains("4.5"), "{error}");
}

#[test]
fn contrast_is_the_one_of_wcag() {
    let colour = |text: &str| resetkit_config::Colour::try_from(text.to_owned()).expect("a colour");
    assert!((colour("#000000").contrast(colour("#ffffff")) - 21.0).abs() < 0.001);
    assert!((colour("#777777").contrast(colour("#ffffff")) - 4.48).abs() < 0.01, "the well-known grey that just fails");
}

#[test]
fn a_long_host_is_told_what_it_costs_in_the_qr_code() {
    assert!(load(|text| text).expect("loads").advice().is_empty());
    let at_the_limit = load(|text| text.replace("https://reset.example", "https://abcdefgh.example")).expect("loads");
    assert_eq!(at_the_limit.url_prefix().len(), 25);
    let long =
        load(|text| text.replace("https://reset.example", "https://password-reset.cameras.example")).expect("loads");
    let advice = long.advice();
    assert!(advice[0].text.contains("version 9 (53×53)"), "{advice:?}");
    assert_eq!(long.url_prefix(), "HTTPS://PASSWORD-RESET.CAMERAS.EXAMPLE/");
}

#[test]
fn the_prefix_of_24_characters_is_free_and_the_25th_costs_a_version() {
    let with_host = |host: &str| load(|text| text.replace("reset.example", host)).expect("loads");
    assert_eq!(with_host("abcdefg.example").url_prefix().len(), 24);
    assert_eq!(with_host("abcdefg.example").relay_url.cost().version, Some(8));
    assert_eq!(with_host("abcdefgh.example").relay_url.cost().version, Some(9));
}

#[test]
fn a_relay_without_encryption_is_for_this_machine_only() {
    assert!(load(|text| text.replace("https://reset.example", "http://127.0.0.1:8080")).is_ok());
    let error =
        load(|text| text.replace("https://reset.example", "http://127.0.0.1.evil.example")).expect_err("refused");
    assert_eq!((error.line, error.key.as_str()), (Some(line_of("relay_url")), "relay_url"), "{error}");
    assert!(
        load(|text| text.replace("https://reset.example", "https://reset.example/path")).is_err(),
        "a path would swell the code"
    );
}

#[test]
fn further_files_of_a_pack_are_covered_by_the_signature() {
    let dir = tempfile::tempdir().expect("a folder");
    let texts = "device-forgot = Locked out?\n";
    std::fs::create_dir_all(dir.path().join("locales/en")).expect("a folder");
    std::fs::write(dir.path().join("locales/en/own.ftl"), texts).expect("written");
    // sha256sum of the line above
    let hash = "8d617beca1d8a3f95a7fe808fe7cac8dac161a5deef56a3b995855bdbe0c8f32";
    let keys = [signed_brand(dir.path(), |text| format!("{text}\n[files]\n\"locales/en/own.ftl\" = \"{hash}\"\n"))];
    let brand = Brand::load_signed(dir.path(), &keys, Floor::NONE).expect("loads");
    assert_eq!(resetkit_config::Texts::load(&brand, "en").get("device-forgot", &[]), "Locked out?");
    std::fs::write(dir.path().join("locales/en/own.ftl"), "device-forgot = Call +1 555\n").expect("written");
    let error = Brand::load_signed(dir.path(), &keys, Floor::NONE).expect_err("refused");
    assert!(error.key.contains("own.ftl"), "{error}");
}

#[test]
fn apps_of_the_maker_are_named_exactly_or_refused() {
    let fingerprint = ["AB"; 32].join(":");
    let apps = |package: &str, certificate: &str, ios: &str| {
        let table = format!(
            "\n[native_apps]\nios = [\"{ios}\"]\n[[native_apps.android]]\npackage = \"{package}\"\ncertificates = [\"{certificate}\"]\n"
        );
        load(move |text| text + &table).map(|brand| brand.native_apps)
    };
    let good = apps("com.example.app", &fingerprint, "TEAMID1234.com.example.app").expect("taken");
    assert_eq!((good.android.len(), good.ios.len()), (1, 1));
    assert_eq!(load(|text| text).expect("none is fine").native_apps, resetkit_config::NativeApps::default());
    for (package, certificate, ios, key) in [
        ("app", fingerprint.as_str(), "TEAMID1234.com.example.app", "package"),
        ("com.example.app", "AB:CD", "TEAMID1234.com.example.app", "certificates"),
        ("com.example.app", fingerprint.as_str(), "com.example.app", "ios[0]"),
    ] {
        let error = apps(package, certificate, ios).expect_err("refused");
        assert!(error.key.contains(key), "{error}");
    }
}
