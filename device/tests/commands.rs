//! The commands of `resetd` that serve nobody, each as a process.

use resetkit_protocol::{DeviceSecret, FeedRow};

use crate::support::recorder::{OLD, World};

fn lines(world: &World, command: &str) -> String {
    let output = world.resetd(command);
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn resetd_status_says_what_an_agent_needs_to_know_and_no_secret() {
    let world = World::encrypted();
    let recorder = world.recorder();
    recorder.set_up();
    let screen = recorder.console.get("/api/v0/device", None).json()["fingerprint"].as_str().unwrap().to_owned();
    recorder.stop();
    let status = lines(&world, "status");
    for (key, value) in
        [("model", "nvr-4"), ("method", "companion"), ("audit", "chain whole"), ("certificate", screen.as_str())]
    {
        let found = status.lines().any(|line| line.starts_with(key) && line.contains(value));
        assert!(found, "{key}: {value} is not in\n{status}");
    }
    let secret = std::fs::read_to_string(world.state_path().join("secret.key")).unwrap();
    assert!(!status.contains(secret.trim()) && !status.contains(OLD));
}

#[test]
fn resetd_feed_row_prints_one_row_that_is_this_devices_and_the_same_each_time() {
    let world = World::new();
    let row = lines(&world, "feed-row");
    assert_eq!(row.lines().count(), 1, "{row}");
    let read = FeedRow::parse(row.trim()).unwrap();
    let key = std::fs::read_to_string(world.state_path().join("device.key")).unwrap();
    assert_eq!(read.public_key, DeviceSecret::from_file_text(&key).unwrap().public());
    assert_eq!(read.brand.to_string(), "plain");
    assert_eq!(lines(&world, "feed-row"), row);
    // What the running device seals with is the key of this row.
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.forgets(&recorder.network);
    assert!(!world.code_in(&reset.url(), &world.state()).is_empty());
}

#[test]
fn resetd_ends_quietly_when_its_reader_has_seen_enough_and_loudly_when_the_answer_is_lost() {
    let world = World::new();
    let ends = |command: &str, output: std::process::Stdio| {
        let mut resetd = std::process::Command::new(env!("CARGO_BIN_EXE_resetd"));
        let output = resetd.arg(command).arg("--config").arg(world.path("site.toml")).stdout(output).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for command in ["feed-row", "status", "doctor"] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let (code, told) = ends(command, writer.into());
        assert!(matches!(code, Some(0 | 1)) && !told.contains("panicked"), "{command}: {code:?} {told}");
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let (code, told) = ends(command, full.into());
        assert!(code == Some(2) && told.contains("No space left"), "{command}: {code:?} {told}");
    }
}

#[test]
fn resetd_doctor_speaks_a_language_that_was_asked_for_or_says_which_it_can() {
    let world = World::new();
    let mut resetd = std::process::Command::new(env!("CARGO_BIN_EXE_resetd"));
    let output = resetd.args(["doctor", "--lang", "xx", "--config"]).arg(world.path("site.toml")).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && told.contains("`xx`") && told.contains("en, de"), "{told}");
    assert!(output.stdout.is_empty());
}

#[test]
fn resetd_says_what_is_wrong_with_a_site_file_and_ends_with_two() {
    let world = World::new();
    std::fs::write(world.state_path().with_file_name("site.toml"), "colour = 1\n").unwrap();
    let output = world.resetd("status");
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("site.toml:1") && told.contains("colour"), "{told}");
}

#[test]
fn r60_a_site_file_that_is_named_from_where_one_stands_means_the_same_programs_as_by_its_whole_path() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::with_methods(
        &[],
        "\n[accounts]\nback_end = \"exec\"\nexec = { program = [\"./keeps\"], atomic = true, timeout_seconds = 3 }",
    );
    std::fs::write(world.path("keeps"), "#!/bin/sh\nexit 1\n").unwrap();
    std::fs::set_permissions(world.path("keeps"), PermissionsExt::from_mode(0o755)).unwrap();
    let mut resetd = std::process::Command::new(env!("CARGO_BIN_EXE_resetd"));
    resetd.args(["status", "--config", "site.toml"]).current_dir(world.path(""));
    let output = resetd.output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("the account program does not say its rules"), "it was trusted, and asked: {told}");
}
