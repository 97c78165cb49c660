//! The real program: killed at any moment, it forgets nothing that it accepted; and it leaves no traces on the disk.

use crate::mails::settled;
use crate::sink::Mood;
use crate::world::{World, http};
use resetkit_protocol::{CodeOctets, CodeStyle};
use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

struct Process {
    child: Child,
    address: SocketAddr,
}

impl Process {
    fn start(world: &World) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_reset-relay"))
            .args(["serve", "--config"])
            .arg(world.path("relay.toml"))
            .env("RUST_LOG", "trace")
            .stdout(Stdio::piped())
            .stderr(std::fs::File::options().append(true).create(true).open(world.path("relay.log")).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("ready http://").unwrap_or_else(|| panic!("{line:?}")).parse().unwrap();
        Self { child, address }
    }

    fn scan(&self, payload: &str) -> u16 {
        let body = format!("{{\"payload\":\"{payload}\"}}");
        http(self.address, "POST", "/v1/scan", &[("content-type", "application/json")], body.as_bytes()).status
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn terminate(mut self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        assert!(self.child.wait().unwrap().success(), "a polite end");
    }
}

#[test]
fn r76_kill_9_loses_no_accepted_mail_and_forgets_no_counter() {
    let world = World::prepared();
    let mut expected = HashSet::new();
    for round in 1..=8_u8 {
        let device = world.device(round);
        let relay = Process::start(&world);
        // In half of the rounds the mail server takes nothing, or takes it and forgets to say so.
        world.sink.is(match round % 4 {
            1 => Mood::Refusing(451),
            2 => Mood::Forgetful,
            _ => Mood::Willing,
        });
        let request = device
            .asks(1)
            .code([round, 1, 2, 3, 4], CodeStyle::Letters)
            .to(Some(&format!("owner{round}@example.org")))
            .clone();
        assert_eq!(relay.scan(&request.payload()), 202);
        expected.insert(request.spoken());
        relay.kill();
    }
    world.sink.is(Mood::Willing);
    let relay = Process::start(&world);
    settled(&world);
    let mails = world.sink.mails();
    for code in &expected {
        let copies: Vec<_> = mails.iter().filter(|mail| mail.parsed().text.contains(code)).collect();
        assert!(!copies.is_empty(), "an accepted mail was lost");
        assert!(copies.iter().all(|copy| *copy == copies[0]), "one Message-ID, one code");
    }
    let device = world.device(1);
    let other = device.asks(1).to(Some("somebody@example.org")).payload();
    assert_eq!(relay.scan(&other), 409, "the counter is still taken");
    relay.terminate();
}

#[test]
fn r77_r15_no_code_and_no_address_is_ever_on_the_disk_or_in_the_log() {
    let world = World::prepared();
    let canary = "canary.mailbox@canary-domain.example";
    let code = [0xc4, 0x4a, 0x91, 0x5e, 0x77];
    let device = world.device(1);
    let request = device.asks(1).to(Some(canary)).code(code, CodeStyle::Letters);
    let relay = Process::start(&world);
    // The server's refusal quotes the address, which must not reach the log; then the mail goes out.
    world.sink.is(Mood::Refusing(451));
    assert_eq!(relay.scan(&request.payload()), 202);
    while world.sink.tries() == 0 {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let needles = needles(canary, code);
    search(world.folder.path(), &needles);
    world.sink.is(Mood::Willing);
    world.sink.wait_for(1);
    settled(&world);
    search(world.folder.path(), &needles);
    assert!(world.sink.mails()[0].parsed().text.contains(&request.spoken()), "the mail itself has both");
    // The sealed octets, too, are gone once the mail has left.
    relay.terminate();
    search(world.folder.path(), &[request.octets()[46..].to_vec()]);
}

fn needles(address: &str, code: [u8; 5]) -> Vec<Vec<u8>> {
    let spoken = CodeOctets::new(code).spoken(CodeStyle::Letters).to_string();
    let plain = spoken.replace('-', "");
    let mut needles: Vec<Vec<u8>> = vec![code.to_vec(), spoken.clone().into(), plain[..8].into()];
    needles.push(plain[..8].to_lowercase().into());
    needles.push(data_encoding::HEXLOWER.encode(&code).into());
    needles.push(data_encoding::HEXUPPER.encode(&code).into());
    for part in [address, "canary.mailbox", "canary-domain"] {
        needles.push(part.into());
        needles.push(data_encoding::BASE64_NOPAD.encode(part.as_bytes())[..8].into());
        needles.push(data_encoding::HEXLOWER.encode(part.as_bytes()).into());
    }
    needles
}

fn search(folder: &Path, needles: &[Vec<u8>]) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            search(&path, needles);
            continue;
        }
        let mut octets = Vec::new();
        std::fs::File::open(&path).unwrap().read_to_end(&mut octets).unwrap();
        for needle in needles {
            let found = octets.windows(needle.len()).any(|window| window == needle);
            assert!(!found, "{:?} is in {}", String::from_utf8_lossy(needle), path.display());
        }
    }
}
