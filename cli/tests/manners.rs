//! Manners of a command: it ends quietly when nobody listens, and what it does not understand it answers with what there is.
use std::fs::File;
use std::path::Path;
use std::process::{Command, Output};

use resetkit_config::{Policy, Profile};

use crate::{resetkit, stderr, stdout};

/// Commands that print, each in its own way.
const PRINTING: [&[&str]; 9] = [
    &["case", "4040-4120-AK4N"],
    &["case", "--json", "4040-4120-AK4N"],
    &["case", "--list"],
    &["error", "all"],
    &["error", "all", "--markdown"],
    &["explain", "--device", "nvr-4"],
    &["explain", "--device", "all"],
    &["lint", "--device", "nvr-4", "--graph", "text"],
    &["--help"],
];

fn with_output_to(arguments: &[&str], output: impl Into<std::process::Stdio>) -> Output {
    Command::new(env!("CARGO_BIN_EXE_resetkit")).args(arguments).stdout(output).output().expect("resetkit starts")
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    for arguments in PRINTING {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let ended = with_output_to(arguments, writer);
        assert!(matches!(ended.status.code(), Some(0 | 141)), "{arguments:?}: {} {}", ended.status, stderr(&ended));
        assert_eq!(stderr(&ended), "", "{arguments:?}");
    }
}

#[test]
fn work_is_finished_when_nobody_reads_about_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let out = folder.path().to_str().expect("UTF-8");
    let ended = with_output_to(&["guide", "--device", "nvr-4", "--format", "html", "--out", out], writer);
    assert!(ended.status.success() && folder.path().join("owner.en.html").is_file(), "{}", stderr(&ended));
}

#[test]
fn an_output_that_could_not_be_written_is_a_failure() {
    for arguments in [&["error", "all", "--markdown"][..], &["case", "--list"]] {
        let full = File::options().write(true).open("/dev/full").expect("/dev/full");
        let ended = with_output_to(arguments, full);
        assert_eq!(ended.status.code(), Some(1), "{arguments:?}");
        assert!(stderr(&ended).contains("No space left"), "{arguments:?}: {}", stderr(&ended));
    }
}

/// What a refusal says, and that it is one of the words of the command.
fn refused(arguments: &[&str]) -> String {
    let output = resetkit(arguments);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
    assert!(!said.contains("..") && !said.contains("?."), "{arguments:?}: {said}");
    said
}

#[test]
fn a_name_that_nothing_has_is_answered_with_the_names_there_are() {
    let guide = ["guide", "--out", "/nonexistent/out"];
    let explain = ["explain", "--device", "nvr-4"];
    let lint = ["lint", "--device", "nvr-4"];
    for (arguments, meant, all) in [
        (&["lint", "--device", "nvr-5"][..], "nvr-4", Profile::builtin_names()),
        (&["explain", "--device", "nvr-5"], "nvr-4", Profile::builtin_names()),
        (&[&guide[..], &["--device", "nvr-5"]].concat(), "nvr-4", Profile::builtin_names()),
        (&[&lint[..], &["--policy", "stict"]].concat(), "strict", Policy::builtin_names()),
        (&[&explain[..], &["--policy", "stict"]].concat(), "strict", Policy::builtin_names()),
        (&[&guide[..], &["--policy", "stict"]].concat(), "strict", Policy::builtin_names()),
        (&[&lint[..], &["--brand", "plan"]].concat(), "plain", vec!["plain"]),
        (&[&explain[..], &["--brand", "plan"]].concat(), "plain", vec!["plain"]),
        (&[&guide[..], &["--brand", "plan"]].concat(), "plain", vec!["plain"]),
        (&[&explain[..], &["--fact", "email-on-fil=no"]].concat(), "email-on-file", vec!["pictures"]),
        (&[&explain[..], &["--lane", "consol"]].concat(), "console", vec!["network"]),
        (&["error", "no-adress"], "no-address", vec!["resetkit error all"]),
    ] {
        let said = refused(arguments);
        assert!(said.contains(&format!("Did you mean `{meant}`?")), "{arguments:?}: {said}");
        assert!(all.iter().all(|name| said.contains(name)), "{arguments:?}: {said}");
    }
    let nothing_like_it = refused(&["lint", "--device", "toaster"]);
    assert!(!nothing_like_it.contains("Did you mean") && nothing_like_it.contains("nvr-64"), "{nothing_like_it}");
}

#[test]
fn a_language_that_is_not_there_is_never_english() {
    for arguments in [
        &["case", "4040-4120-AK4N"][..],
        &["error", "E-101"],
        &["explain", "--device", "nvr-4"],
        &["lint", "--device", "nvr-4", "--graph", "text"],
        &["lint", "--steps", "--device", "nvr-4"],
        &["guide", "--out", "/nonexistent/out"],
    ] {
        let said = refused(&[arguments, &["--lang", "xx"]].concat());
        assert!(said.contains("`xx`") && said.contains("en, de"), "{arguments:?}: {said}");
    }
    for german in ["de", "DE", "de-AT", "de_CH.UTF-8"] {
        let told = resetkit(&["error", "E-101", "--lang", german]);
        assert!(stdout(&told).contains("Nie nach einem Passwort fragen"), "{german}: {}", stderr(&told));
    }
}

#[test]
fn a_folder_of_ones_own_that_holds_nothing_is_not_passed_over() {
    let empty = tempfile::tempdir().expect("a folder");
    for folder in [Path::new("/nope"), empty.path()] {
        let folder = folder.to_str().expect("UTF-8");
        let said = refused(&["explain", "--from", folder, "--device", "all"]);
        assert!(said.contains(folder) && said.contains("devices/"), "{said}");
    }
}

#[test]
fn f20_a_method_cannot_be_called_what_another_is_called_and_a_name_is_proposed() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, proposed) in [
        ("dmss", "own-dmss"),
        ("methods-dmss", "own-dmss"),
        ("hardware", "own-hardware"),
        ("companion", "own-companion"),
        ("recovery-codes", "own-recovery-codes"),
        ("Door Code", "door-code"),
        ("door_code", "door-code"),
        ("2nd-door", "method-2nd-door"),
        ("match", "match-method"),
        ("core", "core-method"),
        ("resetkit-contract", "own-resetkit-contract"),
        ("", "door-code"),
    ] {
        let dir = folder.path().join("new");
        let said = refused(&["method", "new", name, "--dir", dir.to_str().expect("UTF-8")]);
        assert!(said.contains(&format!("`resetkit method new {proposed}`")), "{name}: {said}");
        assert!(!dir.exists(), "{name}");
        let made = resetkit(&["method", "new", proposed, "--dir", dir.to_str().expect("UTF-8")]);
        assert!(made.status.success(), "{proposed}: {}", stderr(&made));
        std::fs::remove_dir_all(&dir).expect("the folder");
    }
}

#[test]
fn what_is_told_fits_a_terminal() {
    let settings: [&[&str]; 3] =
        [&[], &["--policy", "high"], &["--fact", "email-on-file=no", "--fact", "network-up=no"]];
    for language in ["en", "de"] {
        let mut told: Vec<Vec<&str>> = vec![vec!["error", "all"], vec!["case", "4040-4120-AK4N"]];
        told.push(vec!["lint", "--device", "nvr-4", "--quick"]);
        told.push(vec!["lint", "--steps"]);
        for model in Profile::builtin_names().into_iter().chain(["all"]) {
            told.extend(settings.iter().map(|setting| [&["explain", "--device", model], *setting].concat()));
        }
        for arguments in told {
            let output = resetkit(&[&arguments[..], &["--lang", language]].concat());
            assert!(output.status.success(), "{}", stderr(&output));
            for line in stdout(&output).lines() {
                assert!(line.chars().count() <= 80, "{arguments:?} {language}: {line}");
            }
        }
    }
}

#[test]
fn what_a_command_says_by_itself_is_german_where_german_is_asked_for() {
    let said = stdout(&resetkit(&["error", "E-101", "--lang", "de"]));
    assert!(said.contains("E-101  no-address") && said.contains("seit 0.1"), "{said}");
    assert!(!said.contains("missing") && !said.contains("since"), "{said}");
    let model = stdout(&resetkit(&["explain", "--device", "nvr-4", "--lang", "de"]));
    assert!(model.starts_with(Profile::builtin("nvr-4").expect("built in").name_in("de")), "{model}");
    let texts = concat!(env!("CARGO_MANIFEST_DIR"), "/../config/locales/de");
    for file in std::fs::read_dir(texts).expect("locales") {
        let path = file.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("text");
        assert!(!text.contains("Verfahren"), "{}: a method is a Methode, a way is a Weg", path.display());
    }
}
