//! What the relay's clockwork tells to whoever is not proven: nothing (F24, R16).

use crate::world::{Device, World, talk};
use resetkit_protocol::{DeviceSecret, to_text};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Requests of each kind.
const ROUNDS: usize = 1_300;

/// One answer over a connection that stays open; its body, and how long it took.
fn ask(stream: &mut BufReader<TcpStream>, body: &str) -> (String, Duration) {
    let request = format!(
        "POST /v1/scan HTTP/1.1\r\nhost: relay.test\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let from = Instant::now();
    stream.get_mut().write_all(request.as_bytes()).unwrap();
    let (mut length, mut line) = (0, String::new());
    loop {
        line.clear();
        stream.read_line(&mut line).unwrap();
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length: ") {
            length = value.trim().parse().unwrap();
        }
        if line == "\r\n" {
            break;
        }
    }
    let mut answer = vec![0; length];
    stream.read_exact(&mut answer).unwrap();
    (String::from_utf8(answer).unwrap(), from.elapsed())
}

/// More than 10^4 refusals of eight kinds, one after another in turn: the same octets, and medians within 5 ms.
#[test]
fn f24_r16_refusals_of_who_is_not_proven_are_alike_in_octets_and_in_time() {
    let world = World::new();
    let device = world.device(1);
    world.scans(&device.asks(1).payload()).unwrap();
    let stranger = Device::new(77, "plain", world.relay_key);
    let mut forger = world.device(2);
    forger.secret = DeviceSecret::from_octets([99; 32]);
    let mut other_key = world.device(3);
    other_key.key_id = 9;
    let mut altered = device.asks(10).octets();
    altered[122] ^= 1;
    let used = {
        let mut octets = device.asks(1).octets();
        octets[60] ^= 1;
        octets
    };
    let kinds = [
        ("an unregistered handle", stranger.asks(1).payload()),
        ("a registered handle, another key", forger.asks(1).payload()),
        ("an unknown key id", other_key.asks(1).payload()),
        ("an altered tag", to_text(&altered)),
        ("a used counter, altered", to_text(&used)),
        ("an unregistered handle, short form", stranger.asks(2).to(None).payload()),
        ("a registered handle, another key, short form", forger.asks(2).to(None).payload()),
        ("another unregistered handle", Device::new(78, "plain", world.relay_key).asks(1).payload()),
    ];
    let bodies: Vec<String> = kinds.iter().map(|(_, payload)| format!("{{\"payload\":\"{payload}\"}}")).collect();
    let connect = || BufReader::new(TcpStream::connect(world.address).unwrap());
    let mut stream = connect();
    stream.get_ref().set_nodelay(true).unwrap();
    let (mut times, mut answers) = (vec![Vec::new(); kinds.len()], std::collections::BTreeSet::new());
    let opened = Instant::now();
    let mut since = opened;
    for round in 0..ROUNDS {
        // A connection lives for a minute.
        if since.elapsed() > Duration::from_secs(30) {
            (stream, since) = (connect(), Instant::now());
        }
        for step in 0..kinds.len() {
            let kind = (round + step) % kinds.len();
            let (answer, time) = ask(&mut stream, &bodies[kind]);
            times[kind].push(time);
            answers.insert(answer);
        }
    }
    assert_eq!(answers.len(), 1, "{answers:?}");
    let medians: Vec<Duration> = times
        .iter_mut()
        .map(|times| {
            times.sort_unstable();
            times[times.len() / 2]
        })
        .collect();
    for ((name, _), median) in kinds.iter().zip(&medians) {
        println!("{:8.3} ms  {name}", median.as_secs_f64() * 1e3);
    }
    let spread = *medians.iter().max().unwrap() - *medians.iter().min().unwrap();
    println!("{} requests, spread of medians {:.3} ms", ROUNDS * kinds.len(), spread.as_secs_f64() * 1e3);
    assert!(spread < Duration::from_millis(5), "{spread:?}");

    // The page for a phone's camera is no other door.
    let pages = kinds.iter().map(|(_, payload)| {
        let page = talk(&mut TcpStream::connect(world.address).unwrap(), "GET", &format!("/{payload}"), &[], b"");
        (page.status, page.body)
    });
    assert_eq!(pages.collect::<std::collections::BTreeSet<_>>().len(), 1);
}
