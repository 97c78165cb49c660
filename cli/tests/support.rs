//! `resetkit support` where no device is needed: keys, words, and what is refused with a next step (R89, R93).

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

pub(crate) fn support(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_resetkit"))
        .arg("support")
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("resetkit runs")
}

pub(crate) fn text(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets).into_owned()
}

/// The refusal: two lines at least, the last of which says what to do.
pub(crate) fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = support(folder, arguments);
    let said = text(&output.stderr);
    let has_next_step = said.lines().count() >= 2 || said.contains(". ");
    assert!(!output.status.success() && has_next_step, "{arguments:?}: {said}");
    said
}

/// A folder with a brand whose approvers are bert and carla.
pub(crate) fn desk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = include_str!("../../config/brands/plain/brand.toml");
    let (first, second) = (new_key(folder.path(), "bert.key"), new_key(folder.path(), "carla.key"));
    let lines = plain.lines().map(|line| match line.split(" = ").next() {
        Some("first_key") => format!("first_key = \"{first}\"\n"),
        Some("second_key") => format!("second_key = \"{second}\"\n"),
        Some(_) | None => format!("{line}\n"),
    });
    std::fs::create_dir(folder.path().join("brand")).expect("a folder");
    std::fs::write(folder.path().join("brand/brand.toml"), lines.collect::<String>()).expect("a brand");
    folder
}

fn new_key(folder: &Path, name: &str) -> String {
    let made = support(folder, &["keys", "new", "--out", name]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    text(&made.stdout).lines().last().expect("a public key").trim().to_owned()
}

const OPEN: [&str; 7] = ["open", "--brand", "brand", "--ticket", "4711", "--evidence", "invoice"];

#[test]
fn r89_a_key_is_its_owner_s_alone_and_never_written_over() {
    let desk = desk();
    let path = desk.path().join("bert.key");
    assert_eq!(std::fs::metadata(&path).expect("the key").permissions().mode() & 0o777, 0o600);
    let before = std::fs::read(&path).expect("the key");
    let again = refused(desk.path(), &["keys", "new", "--out", "bert.key"]);
    assert!(again.contains("exists already"), "{again}");
    assert_eq!(std::fs::read(&path).expect("the key"), before);
    assert_ne!(new_key(desk.path(), "a.key"), new_key(desk.path(), "b.key"), "no two keys are alike (F23)");
}

#[test]
fn r93_what_cannot_be_opened_says_what_to_do() {
    let desk = desk();
    let with = |more: &[&str]| refused(desk.path(), &[&OPEN[..], &["--file", "t", "--name", "anna"], more].concat());
    let mailed = format!("HTTPS://RESET.EXAMPLE/{}", "0".repeat(197));
    assert!(with(&["--text", "HTTPS://EXAMPLE.ORG/"]).contains("not the code of a device's screen"));
    assert!(with(&["--text", &mailed]).contains("for the companion app"), "a mailed code is told from an unlock");
    assert!(with(&["--text", "x", "--evidence", "nice-voice"]).contains("E-764"));
    assert!(with(&["missing.jpg"]).contains("missing.jpg"));
    let odd = refused(
        desk.path(),
        &["open", "--brand", "brand", "--ticket", "a/b", "--evidence", "invoice", "--text", "x", "--file", "t"],
    );
    assert!(odd.contains("cannot stand on a ticket"), "{odd}");
    assert_eq!(
        std::fs::read_dir(desk.path()).expect("the folder").count(),
        3,
        "no key of a ticket that was not opened is left"
    );
}

#[test]
fn r89_a_brand_with_one_key_for_both_or_none_has_no_desk() {
    let desk = desk();
    let file = desk.path().join("brand/brand.toml");
    let pack = std::fs::read_to_string(&file).expect("the pack");
    let first = pack.lines().find_map(|line| line.strip_prefix("first_key = ")).expect("a key");
    let second = pack.lines().find_map(|line| line.strip_prefix("second_key = ")).expect("a key");
    std::fs::write(&file, pack.replace(second, first)).expect("the pack");
    let twice = refused(desk.path(), &["list", "--brand", "brand", "--file", "t"]);
    assert!(twice.contains("both approvers hold the same key"), "{twice}");
    let kept: String = {
        let (before, rest) = pack.split_once("[support]").expect("a desk");
        let after = rest.split_once("\n[").map(|(_, after)| format!("[{after}")).unwrap_or_default();
        format!("{before}{after}")
    };
    std::fs::write(&file, kept).expect("the pack");
    let none = refused(desk.path(), &["list", "--brand", "brand", "--file", "t"]);
    assert!(none.contains("names no approvers"), "{none}");
}

#[test]
fn r38_a_relay_without_encryption_and_one_that_is_silent_are_told_apart() {
    let desk = desk();
    std::fs::write(desk.path().join("anna.token"), "token\n").expect("a token");
    let list = ["list", "--brand", "brand", "--token-file", "anna.token", "--relay"];
    let plain = refused(desk.path(), &[&list[..], &["http://192.0.2.1"]].concat());
    assert!(plain.contains("without encryption") && plain.contains("https"), "{plain}");
    let silent = refused(desk.path(), &[&list[..], &["http://127.0.0.1:1"]].concat());
    assert!(silent.contains("could not be reached") && silent.contains("--file"), "{silent}");
}

#[test]
fn every_help_ends_in_examples() {
    let desk = desk();
    for command in [&["keys", "new"][..], &["open"], &["approve"], &["read"], &["list"], &["close"], &[]] {
        let help = support(desk.path(), &[command, &["--help"]].concat());
        let help = text(&help.stdout);
        let tail: String = help.lines().rev().take(8).collect();
        assert!(tail.contains("resetkit support"), "{command:?}: {help}");
    }
}
