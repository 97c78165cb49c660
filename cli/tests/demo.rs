//! The README's first command: it gets the owner back in, and leaves nothing behind.
use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use crate::{resetkit, stderr, stdout};

/// Whether anything listens on the ports that the world names.
fn listening(world: &Path) -> Vec<i64> {
    let layout: toml::Table =
        std::fs::read_to_string(world.join("world.toml")).expect("a world").parse().expect("TOML");
    let ports = ["relay_port", "smtp_port"].map(|key| layout[key].as_integer().expect("a port"));
    ports
        .into_iter()
        .filter(|port| TcpStream::connect(("127.0.0.1", u16::try_from(*port).expect("a port"))).is_ok())
        .collect()
}

#[test]
fn the_scripted_demo_gets_a_locked_out_owner_back_in_and_stops_what_it_started() {
    let folder = tempfile::tempdir().expect("a folder");
    let world = folder.path().join("world");
    let output = resetkit(&["demo", "--scripted", "--keep", world.to_str().expect("UTF-8")]);
    let said = stdout(&output);
    assert!(output.status.success(), "{said}\n{}", stderr(&output));
    for step in
        ["costs no try", "4 tries left", "the old password is refused", "the new password is accepted", "is logged out"]
    {
        assert!(said.contains(step), "`{step}` is missing in\n{said}");
    }
    assert!(said.contains('▄'), "the QR code is shown as half blocks");
    assert_eq!(listening(&world), [0i64; 0], "processes are still there");
    assert_no_code_in_logs(&said, &world);
}

/// R15: neither the code nor a password stands in what the processes logged or kept in clear.
fn assert_no_code_in_logs(said: &str, world: &Path) {
    assert!(said.contains("olivia.owner@mail.example"));
    for log in ["recorder", "relay"] {
        let text = std::fs::read_to_string(world.join("logs").join(format!("{log}.log"))).expect("a log");
        for secret in ["a long fresh one", "nobody remembers", "olivia.owner@"] {
            assert!(!text.contains(secret), "{log}.log holds `{secret}`");
        }
    }
}

#[test]
fn a_demo_that_is_told_to_stop_takes_its_processes_along() {
    let folder = tempfile::tempdir().expect("a folder");
    let world = folder.path().join("world");
    let mut demo = Command::new(env!("CARGO_BIN_EXE_resetkit"))
        .args(["demo", "--keep"])
        .arg(&world)
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    let lines = BufReader::new(demo.stdout.take().expect("piped")).lines().map_while(Result::ok);
    let said: Vec<String> = lines.take_while(|line| !line.contains("Ctrl-C ends")).collect();
    let addresses = said.iter().filter(|line| line.contains("http://127.0.0.1:")).count();
    assert!(addresses >= 3, "recorder, mailbox and relay: {said:?}");
    assert_eq!(listening(&world).len(), 2);
    let pid = Pid::from_raw(i32::try_from(demo.id()).expect("a pid")).expect("not 0");
    kill_process(pid, Signal::TERM).expect("told to stop");
    assert_eq!(demo.wait().expect("ends").code(), Some(130));
    assert_eq!(listening(&world), [0i64; 0], "processes are still there");
}

#[test]
fn nothing_is_ever_written_into_a_folder_that_holds_something() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("mine"), "x").expect("written");
    let output = resetkit(&["demo", "--no-build", "--keep", folder.path().to_str().expect("UTF-8")]);
    assert!(!output.status.success() && stderr(&output).contains("not empty"), "{}", stderr(&output));
}
