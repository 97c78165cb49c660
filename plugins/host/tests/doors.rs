//! The doors that grants open: connections, codes, the button. Each is used once as it should be, and misused in every way.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use resetkit_host::HostFailureKind::{self, Flood, ForbiddenCall, GrantViolation, OutOfTurn};
use resetkit_host::abi::{RNone, RSome, RVec};
use resetkit_host::{
    ButtonInfo, Connection, Delivery, HostFailure, Login, Mechanism, MethodEvent, MethodOutput, News, Peer,
    PressOutcome, Security, StartInfo, View, Worker,
};

use crate::support::{Shop, challenge, on_one_thread, options, start_info};

const CONNECT: &str = "grants = []\nconnect = [\"smtp\"]";
const DELIVER: &str = "grants = [\"deliver-code\", \"masked-address\"]\nconnect = [\"smtp\"]";
const BUTTON: &str = "grants = [\"button\"]";

fn connection(setting: &str) -> MethodEvent {
    let login = Login { mechanism: Mechanism::Plain, user: "recorder".into(), secret: "correct-horse".into() };
    MethodEvent::Connected(Connection {
        setting: setting.into(),
        watch: 0,
        peer: Peer {
            host: "mail.example".into(),
            port: 465,
            security: Security::Implicit,
            login: RSome(login),
            from: "recorder@example.net".into(),
            roots: RVec::new(),
            helo: "recorder.local".into(),
        },
        at_ms: 1,
    })
}

fn delivery() -> MethodEvent {
    MethodEvent::Deliver(Delivery {
        request: "0042".into(),
        recipient: "owner@mailbox.example".into(),
        code: "7ZX-0KM-41Q".into(),
        subject: "A password reset was asked for".into(),
        text: "Code: 7ZX-0KM-41Q".into(),
        tries_left: 5,
        minutes_left: 60,
    })
}

async fn started(shop: &Shop, behaviour: &str, grants: &str) -> Worker {
    let mut worker = Worker::start(&shop.rogue_with(behaviour, grants), &options()).await.expect("started");
    worker.send(MethodEvent::Start(start_info())).await.expect("heard");
    worker
}

fn key(output: &MethodOutput) -> &str {
    if let MethodOutput::Log { key, .. } = output { key } else { "" }
}

async fn waits_for(worker: &mut Worker, expected: &str) {
    loop {
        let output = worker.next().await.expect("the method lives");
        if key(&output) == expected {
            return;
        }
    }
}

/// A connection that is handed over, and our end of it.
async fn connect(worker: &mut Worker) -> UnixStream {
    let (ours, theirs) = UnixStream::pair().expect("a pair");
    ours.set_nonblocking(true).expect("set");
    worker.send_with(connection("smtp"), theirs.into()).await.expect("heard");
    ours
}

#[test]
fn a_connection_is_claimed_once_read_without_blocking_and_written_to() {
    let shop = Shop::new();
    on_one_thread(async {
        let mut worker = started(&shop, "echo", CONNECT).await;
        let mut ours = connect(&mut worker).await;
        waits_for(&mut worker, "claimed-once").await;
        for word in ["EHLO recorder\r\n", "QUIT\r\n"] {
            ours.write_all(word.as_bytes()).unwrap();
            waits_for(&mut worker, "would-block").await;
            let mut octets = [0; 64];
            let count = ours.read(&mut octets).unwrap();
            assert_eq!(&octets[..count], word.as_bytes());
        }
        // The end of the stream is something to read as well.
        ours.shutdown(std::net::Shutdown::Write).unwrap();
        loop {
            if worker.next().await.unwrap() == MethodOutput::Done {
                break;
            }
        }
        worker.stop().await;
    });
}

#[test]
fn r82_every_misuse_of_a_door_is_an_ordinary_failure() {
    let shop = Shop::new();
    let on_start: [(&str, &str, HostFailureKind); 8] = [
        ("watch-control", CONNECT, GrantViolation),
        ("connect-elsewhere", CONNECT, GrantViolation),
        ("connect-flood", CONNECT, Flood),
        ("press", "grants = []", GrantViolation),
        ("ask-delivery", BUTTON, GrantViolation),
        ("delivered-nothing", DELIVER, GrantViolation),
        ("unasked-readable", CONNECT, OutOfTurn),
        ("do:receive-elsewhere", CONNECT, ForbiddenCall),
    ];
    for (behaviour, grants, expected) in on_start {
        let failure = on_one_thread(async { ends(started(&shop, behaviour, grants).await).await });
        assert_eq!(failure.kind, expected, "{behaviour}: {failure}");
    }
    for (behaviour, expected) in [
        ("watch-foreign", GrantViolation),
        ("watch-closed", GrantViolation),
        ("watch-many", Flood),
        ("secret-in-view", GrantViolation),
    ] {
        let failure = on_one_thread(async {
            let mut worker = started(&shop, behaviour, DELIVER).await;
            let _ours = connect(&mut worker).await;
            ends(worker).await
        });
        // The worker may see the foreign number before the host counts.
        let counted = failure.kind == expected || (behaviour == "watch-many" && failure.kind == GrantViolation);
        assert!(counted, "{behaviour}: {failure}");
    }
}

#[test]
fn r15_a_method_that_repeats_the_code_or_the_recipient_ends_and_one_that_repeats_the_request_does_not() {
    let shop = Shop::new();
    for behaviour in [
        "code-in-view",
        "code-in-pieces",
        "code-in-id",
        "code-in-log",
        "code-in-failure",
        "recipient-in-view",
        "free-words-in-view",
    ] {
        let failure = on_one_thread(async {
            let mut worker = started(&shop, behaviour, DELIVER).await;
            worker.send(delivery()).await.expect("heard");
            ends(worker).await
        });
        assert_eq!(failure.kind, GrantViolation, "{behaviour}: {failure}");
        assert!(!failure.to_string().to_uppercase().contains("7ZX"), "{failure}");
    }
    on_one_thread(async {
        let mut worker = started(&shop, "request-in-view", DELIVER).await;
        worker.send(delivery()).await.unwrap();
        while worker.next().await.expect("it lives") != MethodOutput::Delivered {}
        worker.stop().await;
    });
}

#[test]
fn r82_what_is_not_granted_is_neither_told_nor_handed_over() {
    let shop = Shop::new();
    on_one_thread(async {
        let mut worker = started(&shop, "obey", "grants = []\nconnect = [\"sms\"]").await;
        worker.settle().await.unwrap();
        let (mut ours, theirs) = UnixStream::pair().unwrap();
        // Another setting than the manifest names: the event is not told, and the descriptor is closed.
        worker.send_with(connection("smtp"), theirs.into()).await.unwrap();
        assert_eq!(ours.read(&mut [0; 8]).unwrap(), 0, "closed");
        // A connection without its descriptor is none.
        worker.send(connection("sms")).await.unwrap();
        worker.send(delivery()).await.unwrap();
        worker.send(MethodEvent::Sealed(challenge(1))).await.unwrap();
        worker.send(MethodEvent::SealRefused { code: "E-505".into() }).await.unwrap();
        worker.send(MethodEvent::PressWatched { request: "0042".into(), at_ms: 1, pressed: false }).await.unwrap();
        worker.send(MethodEvent::Edge { pressed: true, at_ms: 1 }).await.unwrap();
        worker.send(MethodEvent::Readable { watch: 0, at_ms: 1 }).await.unwrap();
        assert_eq!(worker.settle().await.unwrap(), [], "nothing of it was heard");
        worker.stop().await;
        // Edges come only once a press is watched.
        let button = ButtonInfo {
            hold_ms: 10_000,
            longest_ms: 20_000,
            window_ms: 120_000,
            pressed: false,
            outcome: PressOutcome::NewPassword,
        };
        let mut worker = Worker::start(&shop.rogue_with("press", BUTTON), &options()).await.unwrap();
        worker
            .send(MethodEvent::Start(StartInfo { button: RSome(button), clock: RNone, ..start_info() }))
            .await
            .unwrap();
        assert_eq!(worker.settle().await.unwrap(), [MethodOutput::Ready, MethodOutput::AskPress]);
        worker.send(MethodEvent::Edge { pressed: true, at_ms: 1 }).await.unwrap();
        assert_eq!(worker.settle().await.unwrap(), []);
        worker.send(MethodEvent::PressWatched { request: "0042".into(), at_ms: 1, pressed: false }).await.unwrap();
        worker.send(MethodEvent::Edge { pressed: true, at_ms: 2 }).await.unwrap();
        assert_eq!(worker.settle().await.unwrap().len(), 2);
        worker.stop().await;
    });
}

#[test]
fn r82_a_number_that_was_never_handed_over_cannot_be_claimed() {
    let shop = Shop::new();
    on_one_thread(async {
        let mut worker = started(&shop, "claim-unhanded", CONNECT).await;
        assert_eq!(key(&worker.next().await.unwrap()), "nothing-to-claim");
        worker.stop().await;
    });
}

#[test]
fn r83_a_method_that_never_reads_is_told_at_a_bounded_rate_and_the_owner_does_not_wait() {
    let shop = Shop::new();
    on_one_thread(async {
        let mut worker = started(&shop, "reads-nothing", CONNECT).await;
        let mut ours = connect(&mut worker).await;
        ours.write_all(b"220 hello\r\n").unwrap();
        waits_for(&mut worker, "readable").await;
        let (begun, mut told) = (Instant::now(), 1_u32);
        while begun.elapsed() < Duration::from_millis(900) {
            let tick = tokio::time::timeout(Duration::from_millis(100), worker.next()).await;
            told += u32::from(matches!(tick, Ok(Ok(output)) if key(&output) == "readable"));
        }
        let most = 2 * resetkit_host::Limits::READABLE_PER_SECOND;
        assert!((50..=most).contains(&told), "{told} times in less than a second");
        worker.send(MethodEvent::News(News::TriesLeft(3))).await.unwrap();
        waits_for(&mut worker, "heard").await;
        worker.stop().await;
    });
}

#[test]
fn r81_a_connection_that_is_kept_does_not_outlive_its_method() {
    let shop = Shop::new();
    on_one_thread(async {
        let mut worker = started(&shop, "keeps-connection", CONNECT).await;
        let mut ours = connect(&mut worker).await;
        waits_for(&mut worker, "claimed-once").await;
        worker.stop().await;
        ours.set_nonblocking(false).unwrap();
        ours.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        assert_eq!(ours.read(&mut [0; 8]).unwrap(), 0, "closed with the process");
    });
}

#[test]
fn r82_the_host_draws_the_picture_whatever_the_method_drew() {
    let shop = Shop::new();
    on_one_thread(async {
        let mut worker = started(&shop, "other-picture", "grants = [\"seal\"]").await;
        worker.send(MethodEvent::Sealed(challenge(42))).await.unwrap();
        let outputs = worker.settle().await.expect("the right payload is no lie");
        let views =
            outputs.iter().filter_map(|output| if let MethodOutput::Show(view) = output { Some(view) } else { None });
        let qr = views.filter_map(View::qr).next().expect("a picture");
        assert_eq!((qr.modules, qr.payload.clone()), (49, challenge(42).url));
        assert!(qr.svg.starts_with("<svg xmlns") && !qr.svg.contains("script"), "{}", qr.svg);
        assert!(qr.png.starts_with(b"\x89PNG") && !qr.half_blocks.contains('\u{1b}'));
        worker.stop().await;
    });
}

/// How it ends.
async fn ends(mut worker: Worker) -> HostFailure {
    loop {
        if let Err(failure) = worker.next().await {
            return failure;
        }
    }
}
