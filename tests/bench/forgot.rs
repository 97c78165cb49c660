//! *Forgot password* → QR octets on the real recorder, beside the sum of what that cannot do without.
//!
//! `tests/bench/run` builds the programs in release and starts this; medians, in one run, so that only ratios are compared.
#![expect(clippy::print_stdout, reason = "a measuring program")]
#![allow(clippy::disallowed_methods, reason = "a measuring program reads the clock")]

use std::fs::{self, File};
use std::hint::black_box;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Params, Version};
use kit::real::{Real, programs};
use kit::world::{Act, World as _};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use resetkit_protocol as wire;

/// Recorders set up from nothing, and codes asked of each: less than a lane makes at once.
const WORLDS: usize = 4;
const CODES: usize = 5;
/// Durable writes that the design demands before a QR may be shown: the counter (R32), then the record.
const WRITES: u32 = 2;

fn median(mut samples: Vec<Duration>) -> Duration {
    samples.sort();
    samples[samples.len() / 2]
}

fn timed(runs: usize, mut work: impl FnMut()) -> Duration {
    work();
    let one = |work: &mut dyn FnMut()| {
        let begun = Instant::now();
        work();
        begun.elapsed()
    };
    median((0..runs).map(|_| one(&mut work)).collect())
}

fn seal() -> Vec<u8> {
    let device = wire::DeviceSecret::from_octets([7; 32]);
    let relay = wire::RelaySecret::from_octets([9; 32]).public();
    let brand = wire::BrandId::parse("plain").expect("a plain id");
    let header = wire::Header {
        purpose: wire::Purpose::Reset,
        lane: wire::Lane::Network,
        suite: wire::Suite::X25519ChaCha,
        key_id: wire::KeyId::new(1).expect("a small number"),
        handle: wire::Handle::new([1; 8]),
        counter: 1,
    };
    let contents = wire::Contents {
        code: wire::CodeOctets::new([1, 2, 3, 4, 5]),
        style: wire::CodeStyle::Letters,
        locale: wire::Locale::EN,
        address: wire::Address::parse("owner@example.org").ok(),
    };
    let seed = wire::SealSeed::new([3; 32]);
    wire::seal(&device, &relay, &brand, header, wire::Form::AddressSealed, &contents, seed).expect("it fits")
}

fn hash() {
    let params = Params::new(19_456, 2, 1, Some(32)).expect("the reference recorder's cost");
    let mut out = [0; 32];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2.hash_password_into(b"ABCDEFGH", b"sixteen octets!!", &mut out).expect("right lengths");
    black_box(out);
}

fn draw(payload: &str) {
    let code = QrCode::with_error_correction_level(payload, EcLevel::M).expect("it fits");
    black_box(code.render::<svg::Color>().min_dimensions(228, 228).build());
}

fn re_execute() {
    let mut command = Command::new(programs().join("resetd"));
    let done = command.arg("--version").stdout(Stdio::null()).status().expect("resetd runs");
    assert!(done.success(), "resetd --version failed");
}

/// Medians of what the way cannot do without, in order of their names in the table.
fn floors() -> Vec<(&'static str, Duration)> {
    let payload = wire::to_url("HTTPS://R.EXAMPLE.ORG/", &seal());
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut number = 0;
    let write = || {
        number += 1;
        let mut file = File::create(dir.path().join(format!("{}", number % 2))).expect("writable");
        file.write_all(&[0; 512]).and_then(|()| file.sync_all()).expect("durable");
    };
    vec![
        ("seal (HPKE Auth)", timed(200, || drop(black_box(seal())))),
        ("Argon2id 19 MiB, 2 passes", timed(20, hash)),
        ("daemon re-executed", timed(50, re_execute)),
        ("QR drawn as SVG (crate qrcode)", timed(200, || draw(&payload))),
        ("two durable writes", timed(100, write) * WRITES),
    ]
}

/// From OK under the notice to the octets of the picture.
fn one_code(world: &mut Real) -> Duration {
    let visit = world.asks_to_reset().expect("a slot is free");
    let begun = Instant::now();
    world.acts(&visit, &Act::Acknowledge).expect("OK is taken");
    world.waits_for_picture(&visit);
    let took = begun.elapsed();
    world.acts(&visit, &Act::Cancel).expect("cancel is taken");
    took
}

/// Resident and proportional memory in KiB.
fn memory(pid: u32) -> (u64, u64) {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let of = |key: &str| {
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).unwrap_or(0)
    };
    (of("Rss:"), of("Pss:"))
}

fn main() {
    let (mut samples, mut idle, mut after) = (Vec::new(), (0, 0), (0, 0));
    for number in 0..WORLDS {
        let mut world = Real::start(&format!("bench-forgot-{number}"));
        world.sets_up("the long one that nobody remembers", Some("owner@example.org"));
        idle = memory(world.recorder_pid());
        samples.extend((0..CODES).map(|_| one_code(&mut world)));
        after = memory(world.recorder_pid());
    }
    let whole = median(samples);
    let floors = floors();
    let sum: Duration = floors.iter().map(|(_, took)| *took).sum();
    let ms = |took: Duration| took.as_secs_f64() * 1e3;
    println!("forgot password -> QR octets, over HTTP        {:8.2} ms", ms(whole));
    for (name, took) in &floors {
        println!("  {name:<43} {:8.2} ms", ms(*took));
    }
    println!("  sum of these floors                         {:8.2} ms   ratio {:.2}", ms(sum), ms(whole) / ms(sum));
    let size = fs::metadata(programs().join("resetd")).map_or(0, |file| file.len());
    println!("resetd: {:.2} MiB on disk (stripped release; aim 4)", size as f64 / f64::from(1 << 20));
    println!(
        "resetd, set up and idle: {:.1} MB resident, {:.1} MB proportional (aim 6)",
        idle.0 as f64 / 1024.,
        idle.1 as f64 / 1024.
    );
    println!(
        "resetd, after {CODES} codes: {:.1} MB resident, {:.1} MB proportional",
        after.0 as f64 / 1024.,
        after.1 as f64 / 1024.
    );
}
