//! The reset button: the socket line, the engine's own reading of it, and what a hold does.

use std::io::Write;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use resetkit_device::disk::Disk;
use serde_json::{Value, json};

use crate::support::crash_disk::{ALL_KEPT, CrashDisk};
use crate::support::recorder::{NEW, OLD, Recorder, Reset, World, another_code};

const RECORDER: &str = "profile = \"nvr-4-button\"";
const FACTORY: &str = "profile = \"nvr-4-button\"\n\n[overrides.profile.button]\non_presence = \"factory-state\"";

/// Who reads the button, as far as the daemon knows.
struct Finger(UnixStream);

impl Finger {
    fn at(world: &World) -> Self {
        Self(UnixStream::connect(world.state_path().join("button.sock")).unwrap())
    }

    fn is(&mut self, pressed: bool) {
        self.0.write_all(if pressed { b"1\n" } else { b"0\n" }).unwrap();
    }

    /// Presses, lets time go by, and releases; each edge is seen by the method before time goes on.
    fn holds(&mut self, recorder: &Recorder, reset: &Reset, seconds: u64) {
        self.goes_down(reset);
        recorder.clock.move_ahead(Duration::from_secs(seconds));
        self.is(false);
        reset.waits_for(|view| !shows_progress(view));
    }

    fn goes_down(&mut self, reset: &Reset) {
        self.is(true);
        reset.waits_for(shows_progress);
    }
}

/// The method shows how far a hold has come.
fn shows_progress(view: &Value) -> bool {
    let parts = view["shown"]["parts"].as_array();
    let held = |part: &Value| part["kind"] == "progress" && part["text"] != "Waiting for the button.";
    parts.is_some_and(|parts| parts.iter().any(held))
}

/// *Forgot password* until the button is watched.
fn waits_for_a_hold(reset: &Reset) -> Value {
    reset.does(&json!({"event": "acknowledge"}));
    let view = reset.waits_for(|view| view["waiting"] == false && view["step"] != "notice");
    if view["step"] == "choose-method" {
        assert_eq!(view["offers"][0]["loss"], "all-settings", "said before it is chosen: {view:#}");
        let chosen = reset.does(&json!({"event": "choose", "method": "button"}));
        assert_eq!(chosen["step"], "confirm-loss", "and confirmed: {chosen:#}");
        reset.does(&json!({"event": "acknowledge"}));
    }
    reset.waits_for(|view| view["step"] == "hold-button" && view["shown"].is_object())
}

/// A recorder that is set up, and somebody with a finger at its button.
fn somebody_stands_at(site: &str) -> (World, Recorder, Finger) {
    let world = World::with_methods(&["button"], site);
    let recorder = world.recorder();
    recorder.set_up();
    let finger = Finger::at(&world);
    (world, recorder, finger)
}

#[test]
fn r82_r88_a_hold_of_ten_seconds_lets_the_owner_choose_and_a_shorter_one_does_not() {
    let (_world, recorder, mut finger) = somebody_stands_at(RECORDER);
    let reset = recorder.opens(&recorder.console);
    let view = waits_for_a_hold(&reset);
    assert_eq!((&view["request"], &view["hold"]["outcome"]), (&json!("0001"), &json!("new-password")), "{view:#}");
    finger.holds(&recorder, &reset, 4);
    assert_eq!(reset.view()["step"], "hold-button", "too short");
    finger.holds(&recorder, &reset, 11);
    reset.waits_for(|view| view["step"] == "choose-new-password");
    assert_eq!(reset.sets(NEW)["step"], "done");
    assert!(recorder.accepts(NEW) && !recorder.accepts(OLD));
}

#[test]
fn r88_a_button_that_is_pressed_already_proves_nothing_until_it_is_released() {
    let (_world, recorder, mut finger) = somebody_stands_at(RECORDER);
    finger.is(true);
    let reset = recorder.opens(&recorder.console);
    waits_for_a_hold(&reset);
    recorder.clock.move_ahead(Duration::from_secs(12));
    finger.is(false);
    reset.waits_for(|view| view.to_string().contains("Waiting for the button."));
    assert_eq!(reset.view()["step"], "hold-button");
}

/// The next press is shown as it goes, and counts when it is as long as it must be.
fn counts_the_next_hold(finger: &mut Finger, recorder: &Recorder, reset: &Reset) {
    finger.goes_down(reset);
    recorder.clock.move_ahead(Duration::from_secs(11));
    finger.is(false);
    reset.waits_for(|view| view["step"] == "choose-new-password");
}

#[test]
fn r88_a_hold_that_was_too_long_is_told_by_its_release_and_the_next_one_is_shown_and_counts() {
    let (_world, recorder, mut finger) = somebody_stands_at(RECORDER);
    let reset = recorder.opens(&recorder.console);
    waits_for_a_hold(&reset);
    finger.goes_down(&reset);
    recorder.clock.move_ahead(Duration::from_secs(25));
    finger.is(false);
    let view = reset.waits_for(|view| view.to_string().contains("Waiting for the button."));
    assert!(view.to_string().contains("too long") && view["step"] == "hold-button", "{view:#}");
    counts_the_next_hold(&mut finger, &recorder, &reset);
}

#[test]
fn r88_after_a_button_that_was_pressed_already_the_next_hold_is_shown_and_counts() {
    let (_world, recorder, mut finger) = somebody_stands_at(RECORDER);
    finger.is(true);
    let reset = recorder.opens(&recorder.console);
    waits_for_a_hold(&reset);
    recorder.clock.move_ahead(Duration::from_secs(12));
    finger.is(false);
    reset.waits_for(|view| view.to_string().contains("Waiting for the button."));
    counts_the_next_hold(&mut finger, &recorder, &reset);
}

#[test]
fn r82_a_line_that_is_lost_in_mid_hold_ends_the_hold_and_says_so() {
    let (_world, recorder, mut finger) = somebody_stands_at(RECORDER);
    let reset = recorder.opens(&recorder.console);
    waits_for_a_hold(&reset);
    finger.goes_down(&reset);
    recorder.clock.move_ahead(Duration::from_secs(11));
    drop(finger);
    let view = reset.waits_for(|view| view["step"] == "support");
    assert_eq!(view["failure"]["code"], "E-517", "{view:#}");
}

#[test]
fn r9_r88_the_console_takes_the_button_from_the_network_and_the_network_never_from_the_console() {
    let (_world, recorder, mut finger) = somebody_stands_at(RECORDER);
    let afar = recorder.opens(&recorder.network);
    waits_for_a_hold(&afar);
    let here = recorder.opens(&recorder.console);
    waits_for_a_hold(&here);
    afar.waits_for(|view| view["failure"]["code"] == "E-515");
    let other = recorder.opens(&recorder.network);
    other.does(&json!({"event": "acknowledge"}));
    other.waits_for(|view| view["failure"]["code"] == "E-515");
    finger.holds(&recorder, &here, 11);
    here.waits_for(|view| view["step"] == "choose-new-password");
    assert_ne!(afar.view()["step"], "choose-new-password", "one hold serves one session");
}

#[test]
fn r10_a_press_gives_the_console_one_attempt_when_its_bucket_is_empty() {
    let world = World::with_methods(&["companion"], RECORDER);
    let recorder = world.recorder();
    recorder.set_up();
    let mut finger = Finger::at(&world);
    let mut number = 0;
    let mut reset = recorder.forgets(&recorder.console);
    // Twenty guesses empty the bucket; each session has ten, each code five.
    let code = loop {
        let code = world.code_in(&reset.url(), &world.state());
        number += 1;
        let view = reset.types(&another_code(&code, number));
        if view["failure"]["code"] == "E-206" || view["retry_in_seconds"].is_number() {
            break code;
        }
        assert!(number < 40, "the bucket never ends: {view:#}");
        if view["step"] != "enter-code" || !view["qr"].is_object() {
            reset.sends(&json!({"event": "cancel"}));
            reset = recorder.forgets(&recorder.console);
        }
    };
    assert_eq!(number, 21, "twenty and one");
    let refused = reset.types(&code);
    assert_ne!(refused["step"], "choose-new-password", "{refused:#}");
    finger.is(true);
    std::thread::sleep(Duration::from_millis(60));
    finger.is(false);
    let end = Instant::now() + Duration::from_secs(10);
    while reset.view()["failure"].is_object() {
        assert!(Instant::now() < end, "the press was not seen");
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(reset.types(&code)["step"], "choose-new-password");
}

/// A device whose button was held for the factory state.
fn erased(world: &World, disk: &Arc<CrashDisk>, cut: Option<u64>) -> (Recorder, Reset) {
    let recorder = world.recorder_with(disk);
    recorder.set_up();
    let mut finger = Finger::at(world);
    let reset = recorder.opens(&recorder.console);
    waits_for_a_hold(&reset);
    finger.goes_down(&reset);
    recorder.clock.move_ahead(Duration::from_secs(11));
    if let Some(cut) = cut {
        disk.cut_after(cut);
    }
    finger.is(false);
    reset.waits_for(|view| view["waiting"] == false && view["step"] != "hold-button");
    (recorder, reset)
}

#[test]
fn r88_r12_r92_the_factory_state_takes_accounts_and_addresses_and_leaves_counters_keys_log_and_a_banner() {
    let world = World::with_methods(&["button"], FACTORY);
    let disk = Arc::new(CrashDisk::default());
    let (recorder, reset) = erased(&world, &disk, None);
    assert_eq!(reset.view()["step"], "factory-state", "{:#}", reset.view());
    assert!(!recorder.accepts(OLD));
    let device = recorder.network.get("/api/v0/device", None).json();
    assert_eq!((&device["initialised"], &device["network_open"]), (&json!(false), &json!(true)), "{device:#}");
    let key = disk.read("device.key").unwrap();
    recorder.cut();
    let everything =
        |disk: &CrashDisk| ["journal.0", "journal.1"].map(|name| disk.content(name).unwrap_or_default()).concat();
    // The newer slot has no trace of the owner, and the older one goes with the next write.
    let recorder = world.recorder_with(&disk);
    assert!(!String::from_utf8_lossy(&everything(&disk)).contains("olivia.owner"), "an address is left");
    assert_eq!(disk.read("device.key").unwrap(), key);
    let again = recorder.network.post("/api/v0/setup", None, &json!({"password": NEW, "email": null}));
    assert_eq!(again.status, 201, "{again:?}");
    let login = recorder.log_in(NEW).json()["token"].as_str().unwrap().to_owned();
    let settings = recorder.network.get("/api/v0/methods", Some(&login)).json();
    assert_eq!((&settings[0]["uses"], &settings[0]["last"]["request"]), (&json!(1), &json!("0001")), "{settings:#}");
    let state = recorder.network.get("/api/v0/address", Some(&login)).json();
    let device = recorder.network.get("/api/v0/device", Some(&login)).json();
    assert!(state.to_string().contains("0001") || device.to_string().contains("0001"), "{state:#} {device:#}");
    let next = recorder.opens(&recorder.console);
    assert_eq!(waits_for_a_hold(&next)["request"], "0002", "R12: the counter goes on");
    resetkit_device::audit::verify(disk.content("audit.log").unwrap().as_slice()).unwrap();
}

#[test]
fn r41_r88_a_cut_after_any_operation_of_erasing_leaves_everything_or_nothing() {
    let world = World::with_methods(&["button"], FACTORY);
    let mut outcomes = [false; 2];
    for cut in 0..24 {
        let disk = Arc::new(CrashDisk::default());
        let (recorder, reset) = erased(&world, &disk, Some(cut));
        let view = reset.view();
        let told = view["step"] == "factory-state";
        if !told {
            assert!(recorder.accepts(OLD), "cut after {cut}: {view:#}");
        }
        recorder.cut();
        for kept in ALL_KEPT {
            let recorder = world.recorder_with(&Arc::new(disk.after_power_cut(kept)));
            let gone = recorder.network.get("/api/v0/device", None).json()["initialised"] == false;
            assert_eq!(recorder.accepts(OLD), !gone, "cut after {cut}, {kept:?}: half of it");
            assert!(gone || !told, "cut after {cut}, {kept:?}: what was told is not so");
            outcomes[usize::from(gone)] = true;
        }
        if told && outcomes == [true, true] {
            break;
        }
    }
    assert_eq!(outcomes, [true, true], "the cuts went through the decision");
}

#[test]
fn r88_r56_the_factory_state_keeps_no_hash_of_an_older_password_and_no_name_of_the_owners_clients() {
    let world = World::with_methods(&["button"], RECORDER);
    world.adds(&crate::care::clients(""));
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.opens(&recorder.console);
    waits_for_a_hold(&reset);
    Finger::at(&world).holds(&recorder, &reset, 11);
    assert_eq!(reset.sets(NEW)["step"], "done");
    recorder.stop();
    assert!(world.kept().care.plan.is_some_and(|plan| plan.old.is_some()), "the canary sings");
    world.adds("\n\n[overrides.profile.button]\non_presence = \"factory-state\"");
    let recorder = world.recorder();
    let reset = recorder.opens(&recorder.console);
    waits_for_a_hold(&reset);
    Finger::at(&world).holds(&recorder, &reset, 11);
    reset.waits_for(|view| view["step"] == "factory-state");
    let plan = recorder.console.get("/api/v0/metrics", None).body;
    assert!(plan.contains("clients_waiting 0"), "{plan}");
    recorder.stop();
    let care = world.kept().care;
    assert!(care.plan.is_none() && care.mail.is_none() && care.tested.is_none(), "{care:?}");
}
