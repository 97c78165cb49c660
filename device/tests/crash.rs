//! Cuts and faults in the middle of the decision, on the whole daemon: never neither password, never both (R41, R42).

use std::sync::Arc;

use resetkit_device::disk::Disk;
use serde_json::json;

use crate::support::client::Way;
use crate::support::crash_disk::{ALL_FAULTS, ALL_KEPT, CrashDisk};
use crate::support::recorder::{NEW, OLD, Recorder, Reset, World};

/// A reset whose right code was typed; only the password is missing.
struct Proved {
    disk: Arc<CrashDisk>,
    recorder: Recorder,
    reset: Reset,
    code: String,
}

fn prove(world: &World) -> Proved {
    let disk = Arc::new(CrashDisk::default());
    let recorder = world.recorder_with(&disk);
    recorder.set_up();
    let reset = recorder.forgets(&recorder.network);
    let code = world.code_in(&reset.url(), disk.as_ref());
    assert_eq!(reset.types(&code)["step"], "choose-new-password");
    Proved { disk, recorder, reset, code }
}

/// After a boot: exactly one password works, and the code still opens something if and only if it is the old one.
fn holds_one(world: &World, disk: &CrashDisk, proved: &Proved, case: &str) -> bool {
    let disk = Arc::new(disk.after_power_cut(crate::support::crash_disk::Kept::Everything));
    let recorder = world.recorder_with(&disk);
    let (old, new) = (recorder.accepts(OLD), recorder.accepts(NEW));
    assert!(old != new, "{case}: old {old}, new {new}");
    let again = recorder_way(&recorder, &proved.reset);
    let answer = again.sends(&json!({"event": "type-code", "code": proved.code}));
    if old {
        assert_eq!(answer.status, 200, "{case}: the code is lost and the old password holds: {answer:?}");
        again.waits_for(|view| view["step"] == "choose-new-password");
    } else {
        assert_eq!(answer.status, 404, "{case}: the code is alive beside the new password");
    }
    new
}

fn recorder_way(recorder: &Recorder, reset: &Reset) -> Reset {
    let way: &Way = &recorder.network;
    reset.at(way)
}

#[test]
fn r41_a_cut_after_any_operation_of_saving_leaves_exactly_one_password_and_the_code_only_with_the_old_one() {
    let world = World::new();
    let mut outcomes = [false; 2];
    for cut in 0.. {
        let proved = prove(&world);
        let before = proved.disk.operations();
        proved.disk.cut_after(cut);
        let view = proved.reset.sets(NEW);
        let acknowledged = view["step"] == "done";
        let whole = proved.disk.operations() - before < cut;
        for kept in ALL_KEPT {
            let flash = proved.disk.after_power_cut(kept);
            let new = holds_one(&world, &flash, &proved, &format!("cut after {cut}, {kept:?}"));
            assert!(new || !acknowledged, "cut after {cut}, {kept:?}: what was acknowledged is gone");
            outcomes[usize::from(new)] = true;
        }
        if whole {
            break;
        }
        assert!(cut < 40, "saving never ends");
    }
    assert_eq!(outcomes, [true, true], "the cuts went through the decision");
}

#[test]
fn r42_any_one_failing_operation_of_saving_is_a_clean_refusal_or_no_harm_at_all() {
    let world = World::new();
    for fault in ALL_FAULTS {
        for n in 1.. {
            let proved = prove(&world);
            let before = proved.disk.operations();
            proved.disk.fail_nth(n, fault);
            let saved = proved.reset.sets(NEW)["step"] == "done";
            let case = format!("{fault:?} of operation {n}");
            assert_eq!((proved.recorder.accepts(NEW), proved.recorder.accepts(OLD)), (saved, !saved), "{case}");
            let new = holds_one(&world, &proved.disk, &proved, &case);
            assert_eq!(new, saved, "{case}: after a boot it is otherwise");
            if proved.disk.operations() - before < n {
                break;
            }
            assert!(n < 40, "saving never ends");
        }
    }
}

#[test]
fn r11_f14_a_cut_after_any_operation_of_a_guess_never_gives_a_try_back_that_was_compared() {
    let world = World::new();
    for cut in 0..8 {
        let disk = Arc::new(CrashDisk::default());
        let recorder = world.recorder_with(&disk);
        recorder.set_up();
        let reset = recorder.forgets(&recorder.network);
        let code = world.code_in(&reset.url(), disk.as_ref());
        disk.cut_after(cut);
        let view = reset.types(&crate::support::recorder::another_code(&code, cut + 1));
        let compared = view["failure"]["code"] == "E-203";
        for kept in ALL_KEPT {
            let flash = Arc::new(disk.after_power_cut(kept));
            let again = reset.at(&world.recorder_with(&flash).network);
            let recorder = world.recorder_with(&Arc::new(flash.after_power_cut(kept)));
            let left = again.at(&recorder.network).waits_for(|view| view["step"] == "enter-code")["tries_left"].clone();
            assert!(!compared || left == 4, "cut after {cut}, {kept:?}: compared, and {left} tries are left");
        }
    }
}

#[test]
fn r32_no_request_number_is_shown_twice_over_any_cut() {
    let world = World::new();
    for cut in 0..6 {
        let disk = Arc::new(CrashDisk::default());
        let recorder = world.recorder_with(&disk);
        recorder.set_up();
        let opened = recorder.opens(&recorder.network);
        disk.cut_after(cut);
        opened.does(&json!({"event": "acknowledge"}));
        let view = opened.waits_for(|view| view["waiting"] == false || view["step"] == "support");
        let shown = view["request"].as_str().filter(|_| view["qr"].is_object()).map(str::to_owned);
        for kept in ALL_KEPT {
            let recorder = world.recorder_with(&Arc::new(disk.after_power_cut(kept)));
            let next = recorder.forgets(&recorder.console).view()["request"].as_str().unwrap().to_owned();
            assert_ne!(Some(&next), shown.as_ref(), "cut after {cut}, {kept:?}");
        }
    }
}

#[test]
fn r44_with_unreadable_state_the_network_is_closed_and_the_console_may_set_the_device_up_anew() {
    let world = World::new();
    let disk = Arc::new(CrashDisk::default());
    let recorder = world.recorder_with(&disk);
    recorder.set_up();
    recorder.cut();
    for slot in ["journal.0", "journal.1"] {
        disk.damage(slot, |octets| octets[40] ^= 1);
    }
    let recorder = world.recorder_with(&disk);
    let device = recorder.network.get("/api/v0/device", None).json();
    assert_eq!((&device["initialised"], &device["network_open"]), (&json!(false), &json!(false)));
    let again = json!({"password": NEW, "email": null});
    let refused = recorder.network.post("/api/v0/setup", None, &again);
    assert_eq!((refused.status, refused.json()["code"].as_str()), (403, Some("E-011")));
    assert_eq!(recorder.console.post("/api/v0/setup", None, &again).status, 201);
    assert!(recorder.accepts(NEW));
}

#[test]
fn r45_a_disk_that_takes_nothing_more_still_answers_and_says_why() {
    let world = World::new();
    let disk = Arc::new(CrashDisk::default());
    let recorder = world.recorder_with(&disk);
    recorder.set_up();
    disk.cut_after(0);
    let reset = recorder.opens(&recorder.network);
    reset.does(&json!({"event": "acknowledge"}));
    let view = reset.waits_for(|view| view["waiting"] == false && view["step"] != "notice");
    let code = view["failure"]["code"].as_str().unwrap_or_default();
    assert!(code.starts_with("E-50"), "{view:#}");
    assert!(recorder.accepts(OLD));
    assert!(disk.read("device.key").unwrap().is_some());
}
