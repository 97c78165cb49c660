//! Misbehaviour without an attack: how a method dies, hangs, floods and lies.
#![allow(clippy::disallowed_methods, reason = "hanging is what they are made for")]

use resetkit_contract::abi::RVec;
use resetkit_contract::{Action, Attestation, MethodEvent, MethodOutput, Part, Purpose, Qr, SealForm, Text, View};

/// Never comes back.
pub(crate) fn hang() -> ! {
    loop {
        std::thread::sleep(std::time::Duration::from_secs(3600));
    }
}

/// What a behaviour does on `Start`.
pub(crate) fn on_start(behaviour: &str) -> Vec<MethodOutput> {
    match behaviour {
        // SAFETY (none): these are meant to go wrong.
        "crash" => unsafe { std::ptr::null_mut::<u8>().wrapping_add(8).write_volatile(1) },
        "abort" => std::process::abort(),
        "panic" => panic!("as the test wants"),
        "exit" => std::process::exit(0),
        "hang" => hang(),
        "spin" => loop {
            std::hint::spin_loop();
        },
        "overflow-stack" => drop(std::hint::black_box(deeper(1))),
        "eat-memory" => eat_memory(),
        "flood-outputs" => return vec![MethodOutput::Ready; 100_000],
        "flood-view" => return vec![MethodOutput::Show(view_of(33))],
        "flood-octets" => return vec![MethodOutput::Show(view_with_picture("<svg></svg>".repeat(100_000).as_str()))],
        "script-in-picture" => {
            return vec![MethodOutput::Show(view_with_picture("<svg><script>alert(1)</script></svg>"))];
        }
        "garbage" => write_raw(b"\x05\0\0\0\xff\xff\xff\xff\xff"),
        "oversize" => write_raw(&u32::MAX.to_le_bytes()),
        "empty-frame" => write_raw(&[0; 4]),
        "answers-twice" => write_raw(b"\x02\0\0\0\x02\0\x02\0\0\0\x02\0"),
        "half-a-frame" => {
            write_raw(b"\xff\0\0\0\x02");
            std::process::exit(0);
        }
        "seal-without-grant" => {
            return vec![MethodOutput::Seal { purpose: Purpose::Reset, form: SealForm::AddressSealed }];
        }
        "attest-without-grant" => return vec![MethodOutput::Attest(Attestation { seen: "owner".into() })],
        "connect-without-grant" => return vec![MethodOutput::Connect { setting: "smtp".into() }],
        "other-picture" => {
            return vec![
                MethodOutput::Ready,
                MethodOutput::Seal { purpose: Purpose::Reset, form: SealForm::AddressSealed },
            ];
        }
        "foreign-payload" => return vec![MethodOutput::Show(view_with_picture("<svg></svg>"))],
        "foreign-text" => return vec![MethodOutput::Show(View::titled(Text::id("err-no-address")))],
        "foreign-address" => {
            let part = Part::AddressHint("o***@elsewhere.example".into());
            return vec![MethodOutput::Show(View::titled(Text::id("rogue-title")).with(part))];
        }
        "wakes-often" => return vec![MethodOutput::Ready, MethodOutput::WakeAfter { ms: 1 }],
        _ => {}
    }
    vec![MethodOutput::Ready, MethodOutput::Show(View::titled(Text::id("rogue-title")).with(press()))]
}

/// What a behaviour does on any later event.
pub(crate) fn later(behaviour: &str, event: &MethodEvent) -> Vec<MethodOutput> {
    match (behaviour, event) {
        // The right words beside pictures of something else.
        ("other-picture", MethodEvent::Sealed(sealed)) => {
            let mut view = view_with_picture("<svg><script>alert(1)</script></svg>");
            for part in view.parts.iter_mut() {
                if let Part::Qr(qr) = part {
                    qr.payload = sealed.url.clone();
                    qr.half_blocks = "\u{1b}[2J".into();
                }
            }
            vec![MethodOutput::Show(view)]
        }
        ("crash-later", _) => std::process::abort(),
        ("wakes-often", MethodEvent::Tick { .. }) => {
            vec![MethodOutput::Log { level: resetkit_contract::LogLevel::Info, key: "tick".into() }]
        }
        _ => vec![MethodOutput::Log { level: resetkit_contract::LogLevel::Info, key: "heard".into() }],
    }
}

fn press() -> Part {
    Part::Action(Action { id: "press".into(), label: Text::id("rogue-press") })
}

fn view_of(parts: usize) -> View {
    let parts = (0..parts).map(|_| Part::TriesLeft(1)).collect();
    View { title: Text::id("rogue-title"), parts }
}

fn view_with_picture(svg: &str) -> View {
    View::titled(Text::id("rogue-title")).with(Part::Qr(Qr {
        svg: svg.into(),
        png: RVec::new(),
        half_blocks: "".into(),
        modules: 41,
        px_per_module: 3,
        payload: "HTTPS://EVIL.EXAMPLE/".into(),
        label: Text::id("rogue-qr"),
    }))
}

#[expect(unconditional_recursion, reason = "that is the fault")]
fn deeper(depth: u64) -> u64 {
    let ballast = std::hint::black_box([depth; 64]);
    deeper(ballast[0] + 1) + ballast[1]
}

fn eat_memory() {
    let mut eaten: Vec<Vec<u8>> = Vec::new();
    loop {
        eaten.push(std::hint::black_box(vec![1; 1 << 20]));
    }
}

/// Speaks past the worker, straight into its socket.
pub(crate) fn write_raw(octets: &[u8]) {
    // SAFETY: writes octets of ours to a descriptor that may or may not be one.
    unsafe { libc::write(0, octets.as_ptr().cast(), octets.len()) };
}
