//! The README's first command: it gets the owner back in, and leaves nothing behind.
use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

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
    for step in [
        "costs no try",
        "4 tries left",
        "the old password is refused",
        "the new password is accepted",
        "is logged out",
        "sent by the recorder itself",
        "the phone says: ",
        "held for ten seconds",
        "one of the recovery codes from the sheet is typed",
        "each works once (E-212)",
        "Anna reads out a code that neither of them had alone",
    ] {
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

/// A demo with its desk; gives back the desk's address once it is there.
fn desk(world: &Path) -> (Child, String) {
    let mut demo = Command::new(env!("CARGO_BIN_EXE_resetkit"))
        .args(["demo", "--no-browser", "--keep"])
        .arg(world)
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    let lines = BufReader::new(demo.stdout.take().expect("piped")).lines().map_while(Result::ok);
    let said: Vec<String> = lines.take_while(|line| !line.contains("Ctrl-C ends")).collect();
    let address =
        said.iter().flat_map(|line| line.split_whitespace()).find(|word| word.starts_with("http://127.0.0.1:"));
    let address = address.unwrap_or_else(|| panic!("no desk: {said:?}")).to_owned();
    assert_eq!(listening(world).len(), 2);
    (demo, address)
}

/// Tells a demo to end, in one way or the other, and waits until nothing of it listens any more.
fn ends_by(signal: Signal, demo: &mut Child, world: &Path) -> Option<i32> {
    let pid = Pid::from_raw(i32::try_from(demo.id()).expect("a pid")).expect("not 0");
    kill_process(pid, signal).expect("told to stop");
    let code = demo.wait().expect("ends").code();
    let since = Instant::now();
    while !listening(world).is_empty() {
        assert!(since.elapsed().as_secs() < 10, "processes are still there: {:?}", listening(world));
        std::thread::sleep(Duration::from_millis(20));
    }
    code
}

#[test]
fn a_demo_takes_its_processes_along_when_told_to_stop_and_even_when_killed() {
    for (signal, code) in [(Signal::TERM, Some(130)), (Signal::KILL, None)] {
        let folder = tempfile::tempdir().expect("a folder");
        let world = folder.path().join("world");
        let (mut demo, _) = desk(&world);
        assert_eq!(ends_by(signal, &mut demo, &world), code, "{signal:?}");
    }
}

#[test]
fn the_switches_of_the_desk_are_for_its_own_page_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let world = folder.path().join("world");
    let (mut demo, address) = desk(&world);
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let status = |url: &str| agent.get(url).call().expect("answers").status().as_u16();
    assert_eq!(status(&address), 200);
    let origin = address.trim_end_matches('/').rsplit_once('/').expect("a path").0;
    assert_eq!((status(&format!("{origin}/")), status(&format!("{origin}/device/"))), (404, 404), "without the word");
    let throw = |mark: bool| {
        let request = agent.post(format!("{address}switch"));
        let request = if mark { request.header("x-desk", "1") } else { request };
        let thrown = request.send_json(serde_json::json!({ "name": "relay-down", "on": true }));
        thrown.expect("answers").status().as_u16()
    };
    assert_eq!(throw(false), 403, "a form or a page of elsewhere cannot send the mark");
    assert_eq!(listening(&world).len(), 2);
    assert_eq!(throw(true), 200);
    assert_eq!(listening(&world).len(), 1, "the relay is down");
    ends_by(Signal::TERM, &mut demo, &world);
}

#[test]
fn nothing_is_ever_written_into_a_folder_that_holds_something() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("mine"), "x").expect("written");
    let output = resetkit(&["demo", "--no-build", "--keep", folder.path().to_str().expect("UTF-8")]);
    assert!(!output.status.success() && stderr(&output).contains("not empty"), "{}", stderr(&output));
}
