//! What a newcomer meets: help with examples, errors with a next step.
use crate::{resetkit, stderr, stdout};

#[test]
fn every_help_ends_in_examples() {
    for command in [
        &["--help"][..],
        &["demo", "--help"],
        &["scan", "--help"],
        &["mailbox", "--help"],
        &["key", "new", "--help"],
        &["sign", "--help"],
        &["method", "sign", "--help"],
        &["brand", "sign", "--help"],
        &["error", "--help"],
    ] {
        let help = stdout(&resetkit(command));
        assert!(help.contains("Examples:") || help.contains("Start here:"), "{command:?}: {help}");
    }
}

#[test]
fn r93_a_code_is_explained_with_its_next_step_and_all_of_them_can_be_listed() {
    let one = resetkit(&["error", "e-101"]);
    assert!(one.status.success() && stdout(&one).contains("E-101  no-address"), "{}", stdout(&one));
    assert!(stdout(&one).contains('→'), "a next step");
    let all = stdout(&resetkit(&["error", "all"]));
    assert_eq!(all.matches("since 0.1").count(), resetkit_config::catalogue().len());
    assert!(!all.contains("[err-") && !all.contains("[rec-"), "{all}");
    let unknown = resetkit(&["error", "E-999"]);
    assert!(!unknown.status.success() && stderr(&unknown).contains("resetkit error all"));
}

#[test]
fn scan_wants_exactly_one_source_and_says_what_to_do_when_there_is_no_code() {
    assert!(!resetkit(&["scan"]).status.success());
    assert!(!resetkit(&["scan", "a.png", "--text", "X"]).status.success());
    let folder = tempfile::tempdir().expect("a folder");
    let photo = folder.path().join("photo.png");
    std::fs::write(&photo, b"no picture").expect("written");
    let output = resetkit(&["scan", photo.to_str().expect("UTF-8")]);
    assert!(!output.status.success() && stderr(&output).contains("PNG or JPEG"), "{}", stderr(&output));
}

#[test]
fn scan_never_talks_to_a_relay_without_encryption_off_this_machine() {
    let output = resetkit(&["scan", "--text", "HTTP://192.0.2.1/0G20000000"]);
    assert!(!output.status.success(), "{}", stdout(&output));
}
