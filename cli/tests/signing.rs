//! Keys and signatures: ours and Debian's minisign are interchangeable.
use std::path::Path;
use std::process::Command;

use resetkit_config::{Brand, Floor, verify_file};

use crate::{resetkit, stderr, stdout};

const PLAIN: &str = include_str!("../../config/brands/plain/brand.toml");

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// A key pair in `folder`; gives back the secret key's path and the public key.
fn key(folder: &Path, name: &str) -> (std::path::PathBuf, String) {
    let path = folder.join(format!("{name}.key"));
    let output = resetkit(&["key", "new", "--out", text(&path)]);
    assert!(output.status.success(), "{}", stderr(&output));
    let public = std::fs::read_to_string(path.with_extension("pub"))
        .expect("a public key")
        .lines()
        .nth(1)
        .expect("two lines")
        .to_owned();
    assert!(stdout(&output).contains(&public));
    (path, public)
}

#[test]
fn a_secret_key_is_for_its_owner_only_and_is_never_overwritten() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let (path, _) = key(folder.path(), "brand");
    assert_eq!(std::fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
    let before = std::fs::read(&path).expect("there");
    let again = resetkit(&["key", "new", "--out", text(&path)]);
    assert!(!again.status.success() && stderr(&again).contains("exists already"));
    assert_eq!(std::fs::read(&path).expect("there"), before);
}

#[test]
fn debians_minisign_accepts_our_signatures_and_we_accept_its() {
    let folder = tempfile::tempdir().expect("a folder");
    let (secret, public) = key(folder.path(), "feed");
    let feed = folder.path().join("feed.jsonl");
    std::fs::write(&feed, "{}\n").expect("written");
    let signed = resetkit(&["sign", text(&feed), "--key", text(&secret)]);
    assert!(signed.status.success(), "{}", stderr(&signed));
    assert_eq!(verify_file(&feed, std::slice::from_ref(&public)).expect("good"), b"{}\n");

    let minisign = |args: &[&str]| {
        Command::new("minisign").args(args).output().expect("Debian's minisign is installed (tests/run does it)")
    };
    let judged = minisign(&["-V", "-m", text(&feed), "-P", &public]);
    assert!(judged.status.success(), "{}", stderr(&judged));

    let other = folder.path().join("other.jsonl");
    std::fs::write(&other, "{}{}\n").expect("written");
    let theirs = minisign(&["-S", "-s", text(&secret), "-m", text(&other)]);
    assert!(theirs.status.success(), "{}", stderr(&theirs));
    assert!(verify_file(&other, std::slice::from_ref(&public)).is_ok());

    std::fs::write(&feed, "{} \n").expect("written");
    assert!(verify_file(&feed, &[public]).is_err(), "a changed file");
}

#[test]
fn an_encrypted_key_needs_its_password() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, password) = (folder.path().join("k.key"), folder.path().join("password"));
    std::fs::write(&password, "seven quiet owls\n").expect("written");
    let file = folder.path().join("file");
    std::fs::write(&file, "x").expect("written");
    assert!(resetkit(&["key", "new", "--out", text(&path), "--password-file", text(&password)]).status.success());
    let without = resetkit(&["sign", text(&file), "--key", text(&path)]);
    assert!(!without.status.success() && stderr(&without).contains("--password-file"), "{}", stderr(&without));
    assert!(
        resetkit(&["sign", text(&file), "--key", text(&path), "--password-file", text(&password)]).status.success()
    );
}

#[test]
fn a_rebrand_is_signed_with_its_own_texts_and_loads_on_a_device() {
    let folder = tempfile::tempdir().expect("a folder");
    let (secret, public) = key(folder.path(), "brand");
    let pack = folder.path().join("pack");
    std::fs::create_dir_all(pack.join("locales/en")).expect("a folder");
    std::fs::write(
        pack.join("brand.toml"),
        PLAIN.replace("\"Plain\"", "\"Northwind\"").replace("version = 1", "version = 3"),
    )
    .expect("written");
    std::fs::write(pack.join("locales/en/own.ftl"), "device-forgot = Locked out?\n").expect("written");
    for _ in 0..2 {
        let output = resetkit(&["brand", "sign", text(&pack), "--key", text(&secret)]);
        assert!(output.status.success(), "signing twice is the same as once: {}", stderr(&output));
    }
    let brand = Brand::load_signed(&pack, &[public], Floor::NONE).expect("loads");
    assert_eq!((brand.name.as_str(), brand.version.0, brand.files.len()), ("Northwind", 3, 1));
}

#[test]
fn a_faulty_brand_is_refused_before_it_is_signed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (secret, _) = key(folder.path(), "brand");
    std::fs::write(folder.path().join("brand.toml"), PLAIN.replace("text = \"#17212b\"", "text = \"#d7d7d7\""))
        .expect("written");
    let output = resetkit(&["brand", "sign", text(folder.path()), "--key", text(&secret)]);
    assert!(!output.status.success() && stderr(&output).contains("contrast"), "{}", stderr(&output));
    assert!(!folder.path().join("brand.toml.minisig").exists());
}

#[test]
fn r80_what_a_device_would_not_load_is_not_left_signed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (secret, _) = key(folder.path(), "methods");
    let (method, library) = (folder.path().join("companion"), folder.path().join("libx.so"));
    std::fs::create_dir_all(&method).expect("a folder");
    std::fs::write(&library, b"not really a library").expect("written");
    std::fs::write(method.join("method.toml"), include_str!("../../methods-dmss/method.toml")).expect("written");
    let output = resetkit(&["method", "sign", text(&method), "--library", text(&library), "--key", text(&secret)]);
    assert!(!output.status.success() && stderr(&output).contains("would not load"), "{}", stderr(&output));
    assert!(!method.join("method.toml.minisig").exists());
}
