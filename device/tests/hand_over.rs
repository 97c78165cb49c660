//! A device that is sold: nothing of its first owner is left, and the second one begins as with a new one.

use std::sync::Arc;

use serde_json::json;

use crate::recovery_codes::{makes, types_back, world};
use crate::support::client::Browser;
use crate::support::crash_disk::{ALL_KEPT, CrashDisk};
use crate::support::recorder::{EMAIL, NEW, OLD, Recorder, World};

const HAND_OVER: &str = "/api/v0/hand-over";

/// A device with a life behind it: an address changed, a reset, recovery codes, an open request.
fn lived_in(recorder: &Recorder) -> String {
    let login = recorder.set_up();
    let codes = makes(recorder, &login, OLD);
    types_back(recorder, &login, &codes[0]);
    let body = json!({"password": OLD, "email": "anna.lopez@post.example"});
    assert_eq!(recorder.network.post("/api/v0/address", Some(&login), &body).status, 200);
    recorder.forgets(&recorder.network);
    login
}

fn octets(world: &World) -> Vec<(String, Vec<u8>)> {
    let files = std::fs::read_dir(world.state_path()).unwrap().map(Result::unwrap);
    files.map(|file| (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap())).collect()
}

/// What `resetd feed-row` prints.
fn fed(world: &World) -> resetkit_protocol::FeedRow {
    let output = world.resetd("feed-row");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    resetkit_protocol::FeedRow::parse(String::from_utf8(output.stdout).unwrap().trim()).unwrap()
}

#[test]
fn r44_a_device_whose_state_cannot_be_read_prints_no_row_with_an_epoch_that_it_only_guesses() {
    let world = World::new();
    assert_eq!(fed(&world).epoch, 1, "a device that never ran");
    let recorder = world.recorder();
    recorder.set_up();
    recorder.stop();
    assert_eq!(fed(&world).epoch, 1);
    for slot in ["journal.0", "journal.1"] {
        std::fs::write(world.state_path().join(slot), "torn").unwrap();
    }
    let output = world.resetd("feed-row");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && told.contains("Look up its epoch at the relay"), "{told}");
    assert!(output.stdout.is_empty());
}

#[test]
fn nothing_of_the_first_owner_is_left_on_the_device() {
    let world = world();
    let recorder = world.recorder();
    let login = lived_in(&recorder);
    let wrong = recorder.network.post(HAND_OVER, Some(&login), &json!({"password": NEW}));
    assert_eq!((wrong.status, wrong.json()["code"].as_str()), (422, Some("E-012")));
    let done = recorder.network.post(HAND_OVER, Some(&login), &json!({"password": OLD}));
    assert_eq!(done.status, 200, "{done:?}");
    let enrolment = done.json()["enrolment"].as_str().unwrap().to_owned();
    let row = resetkit_protocol::FeedRow::parse(&enrolment).unwrap();
    assert_eq!(row.epoch, 2, "the relay begins anew");
    assert_eq!(fed(&world).epoch, 2, "`resetd feed-row` says the same as the page");
    assert_eq!(recorder.network.get("/api/v0/address", Some(&login)).status, 401, "nobody is logged in");
    assert!(!recorder.network.get("/api/v0/device", None).json()["initialised"].as_bool().unwrap());
    recorder.stop();
    for (name, octets) in octets(&world) {
        for trace in [EMAIL, "anna.lopez", "post.example", "admin", "address_changed", "recovery_codes", "companion"] {
            let found = octets.windows(trace.len()).any(|window| window == trace.as_bytes());
            assert!(!found, "{trace} is left in {name}");
        }
    }
    let log = std::fs::read_to_string(world.state_path().join("audit.log")).unwrap();
    assert_eq!(log.lines().filter(|line| line.contains("\"what\"")).count(), 2, "handed over, and stopped: {log}");
    let kept = world.kept();
    assert!(kept.accounts.is_empty() && kept.sheets.is_empty() && kept.notices.is_empty() && !kept.leaving);
}

#[test]
fn r12_the_second_owner_begins_anew_and_request_numbers_go_on() {
    let world = world();
    let recorder = world.recorder();
    let login = lived_in(&recorder);
    let before = recorder.forgets(&recorder.console).view()["request"].as_str().unwrap().to_owned();
    assert_eq!(recorder.network.post(HAND_OVER, Some(&login), &json!({"password": OLD})).status, 200);
    assert!(!recorder.accepts(OLD));
    let answer = recorder.network.post("/api/v0/setup", None, &json!({"password": NEW, "email": "bea@new.example"}));
    assert_eq!(answer.status, 201, "{answer:?}");
    let after = recorder.forgets(&recorder.console).view()["request"].as_str().unwrap().to_owned();
    assert!(after > before, "{after} after {before}: no number is used twice (R32)");
    let device = recorder.network.get("/api/v0/device", None).json();
    assert_eq!((&device["resets"], &device["last_reset"]), (&json!(0), &json!(null)));
}

#[test]
fn r41_a_cut_after_any_operation_leaves_the_owner_his_device_or_nothing_of_him() {
    let world = world();
    let mut outcomes = [false; 2];
    for cut in 0..60 {
        let disk = Arc::new(CrashDisk::default());
        let recorder = world.recorder_with(&disk);
        let login = lived_in(&recorder);
        let before = disk.operations();
        disk.cut_after(cut);
        recorder.network.post(HAND_OVER, Some(&login), &json!({"password": OLD}));
        let whole = disk.operations() - before < cut;
        for kept in ALL_KEPT {
            let flash = Arc::new(disk.after_power_cut(kept));
            let recorder = world.recorder_with(&flash);
            let gone = !recorder.network.get("/api/v0/device", None).json()["initialised"].as_bool().unwrap();
            assert_eq!(recorder.accepts(OLD), !gone, "cut after {cut}, {kept:?}");
            outcomes[usize::from(gone)] = true;
            recorder.stop();
            if gone {
                for name in ["journal.0", "journal.1", "audit.log", "audit.log.1"] {
                    use resetkit_device::disk::Disk as _;
                    let octets = flash.read(name).unwrap().unwrap_or_default();
                    let found = octets.windows(EMAIL.len()).any(|window| window == EMAIL.as_bytes());
                    assert!(!found, "cut after {cut}, {kept:?}: the address is left in {name}");
                }
            }
        }
        if whole {
            break;
        }
    }
    assert_eq!(outcomes, [true, true], "the cuts went through the decision");
}

#[test]
fn the_owner_hands_it_over_on_the_page_and_is_told_what_goes() {
    let world = world();
    let recorder = world.recorder();
    lived_in(&recorder);
    let mut browser = Browser::at(&recorder.network);
    browser.open("/login");
    browser.submit("/login", &[("account", "admin"), ("password", OLD)]);
    assert!(browser.open("/settings").body.contains("/settings/hand-over"));
    let page = browser.open("/settings/hand-over");
    assert!(page.body.contains("id=\"hand-over\""));
    let wrong = browser.submit("/settings/hand-over", &[("password", NEW)]);
    assert!(wrong.status == 422 && wrong.body.contains("E-012"), "{wrong:?}");
    let done = browser.submit("/settings/hand-over", &[("password", OLD)]);
    assert!(done.status == 200 && done.body.contains("id=\"enrolment\""), "{done:?}");
    assert!(browser.open("/").body.contains("data-step=\"setup\""));
}

#[test]
fn a_hand_over_whose_traces_cannot_be_written_over_tells_the_owner_and_the_next_start_finishes_it() {
    let world = world();
    let mut told = 0;
    for cut in 2..12 {
        let disk = Arc::new(CrashDisk::default());
        let recorder = world.recorder_with(&disk);
        let login = lived_in(&recorder);
        disk.cut_after(cut);
        let answer = recorder.network.post(HAND_OVER, Some(&login), &json!({"password": OLD}));
        match answer.json()["code"].as_str() {
            Some("E-018") => told += 1,
            None => break,
            Some(code) => assert_eq!(code, "E-501", "cut after {cut}"),
        }
    }
    assert!(told > 0, "nobody was told");
}

#[test]
fn a_client_that_is_being_told_when_the_device_is_handed_over_is_the_last_and_its_name_is_written_nowhere() {
    let world = world();
    let (program, notes, go) = (world.path("update-clients"), world.path("notes"), world.path("go"));
    let wait = format!("while [ ! -e {} ]; do sleep 0.05; done", go.display());
    std::fs::write(&program, format!("#!/bin/sh\necho \"$3\" >> {}\n{wait}\n", notes.display())).unwrap();
    std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    world.adds(&crate::care::clients(&format!("timeout_seconds = 60\nhook = [\"{}\"]", program.display())));
    let recorder = world.recorder();
    recorder.set_up();
    crate::care::resets(&world, &recorder);
    let login = recorder.log_in(NEW).json()["token"].as_str().unwrap().to_owned();
    let body = json!({"password": NEW});
    assert_eq!(recorder.network.post("/api/v0/after-reset/update", Some(&login), &body).status, 200);
    let told = || std::fs::read_to_string(&notes).unwrap_or_default();
    crate::care::waits_until(|| told() == "front-door\n");
    assert_eq!(recorder.network.post(HAND_OVER, Some(&login), &body).status, 200);
    std::fs::write(&go, "").unwrap();
    // The program ends, its outcome comes to a loop that does not know it any more.
    std::thread::sleep(std::time::Duration::from_millis(500));
    recorder.stop();
    assert_eq!(told(), "front-door\n", "nobody after it is told the first owner's password");
    for (name, octets) in octets(&world) {
        let text = String::from_utf8_lossy(&octets).into_owned();
        assert!(!text.contains("front-door") && !text.contains("client_updated"), "{name}: {text}");
    }
}
