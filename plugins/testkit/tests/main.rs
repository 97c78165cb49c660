//! The suite itself: an honest method conforms, and each kind of misbehaviour is found under its own name.
#![allow(clippy::disallowed_methods, reason = "tests wait for real programs, and ask cargo where things are")]
#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect must fail")]

#[allow(dead_code, reason = "shared with the host's tests, which need more of it")]
#[path = "../../host/tests/support.rs"]
mod support;

mod pinned;

use std::os::unix::process::CommandExt;
use std::process::Command;

use resetkit_testkit::{Check, CheckOptions, Report, Verdict, check};

use support::{Shop, on_one_thread, options};

fn report_of(shop: &Shop, id: &str) -> Report {
    let options = CheckOptions { worker: options() };
    on_one_thread(check(&shop.dir.path().join(id), &shop.keys(), &options))
}

#[test]
fn the_companion_conforms_and_uses_only_texts_that_it_lists() {
    let shop = Shop::new();
    shop.companion();
    let report = report_of(&shop, "companion");
    assert!(report.conforms(), "{report}");
    assert!(report.texts.len() > 12, "{:?}", report.texts);
    listed(&report, include_str!("../../../methods-dmss/src/texts.rs"));
}

#[test]
fn r82_the_mail_method_says_something_to_a_peer_that_refuses_is_silent_or_hangs_up() {
    let shop = Shop::new();
    shop.shipped("email", include_str!("../../../methods-email/method.toml"));
    let report = report_of(&shop, "email");
    assert!(report.conforms(), "{report}");
    listed(&report, include_str!("../../../methods-email/src/texts.rs"));
}

#[test]
fn r88_the_button_method_shows_every_hold_and_tells_of_a_lost_line() {
    let shop = Shop::new();
    shop.shipped("button", include_str!("../../../methods-hardware/method.toml"));
    let report = report_of(&shop, "button");
    assert!(report.conforms(), "{report}");
    listed(&report, include_str!("../../../methods-hardware/src/texts.rs"));
}

#[test]
fn r87_the_method_of_kept_codes_shows_what_is_left_and_says_something_when_it_is_refused() {
    let shop = Shop::new();
    shop.shipped("recovery-codes", include_str!("../../../methods-recovery-codes/method.toml"));
    let report = report_of(&shop, "recovery-codes");
    assert!(report.conforms(), "{report}");
    assert_eq!(report.texts.len(), 9, "every text was seen: {:?}", report.texts);
    listed(&report, include_str!("../../../methods-recovery-codes/src/texts.rs"));
}

#[test]
fn r89_the_method_of_support_shows_its_request_and_what_to_tell() {
    let shop = Shop::new();
    shop.shipped("support", include_str!("../../../methods-support/method.toml"));
    let report = report_of(&shop, "support");
    assert!(report.conforms(), "{report}");
    assert!(report.texts.len() >= 12, "{:?}", report.texts);
    listed(&report, include_str!("../../../methods-support/src/texts.rs"));
}

/// Every text that a method used stands in the list that its crate gives to translators.
fn listed(report: &Report, list: &str) {
    for text in &report.texts {
        assert!(list.contains(&format!("\"{text}\"")), "{text}");
    }
}

/// A method that says nothing is found out, at each door.
#[test]
fn a_method_that_waits_for_ever_at_a_door_does_not_conform() {
    let shop = Shop::new();
    shop.rogue_with("obey", "grants = [\"button\"]\nconnect = [\"smtp\"]");
    let report = report_of(&shop, "rogue");
    for check in [Check::UnreachablePeer, Check::SilentPeer, Check::ClosedPeer, Check::ShowsHold, Check::LostLine] {
        assert!(matches!(report.verdict(check), Verdict::Failed(_)), "{}: {report}", check.as_str());
    }
}

#[test]
fn each_misbehaviour_is_found_under_its_own_name() {
    for (behaviour, expected) in [
        ("panic", Check::Behaves),
        ("hang", Check::Behaves),
        ("seal-without-grant", Check::Behaves),
        ("script-in-picture", Check::Behaves),
        ("crash-later", Check::Behaves),
        ("panic-in-new", Check::Starts),
        ("hang-on-stop", Check::EndsCleanly),
    ] {
        let shop = Shop::new();
        shop.rogue(behaviour);
        let report = report_of(&shop, "rogue");
        assert!(!report.conforms(), "{behaviour}");
        assert!(matches!(report.verdict(expected), Verdict::Failed(_)), "{behaviour}: {report}");
    }
    let report = report_of(&Shop::new(), "nowhere");
    assert!(matches!(report.verdict(Check::Bundle), Verdict::Failed(_)), "{report}");
}

/// R81: where the daemon is not root the sandbox says so, and strict refuses. Needs root to stop being root.
#[test]
fn r81_without_root_the_sandbox_is_degraded_aloud_and_strict_refuses() {
    let shop = Shop::new();
    shop.companion();
    let world = ["chmod", "-R", "a+rX"];
    assert!(Command::new(world[0]).args(&world[1..]).arg(shop.dir.path()).status().unwrap().success());
    // A copy where anybody may read it: the build folder may be closed to others.
    let program = shop.dir.path().join("testkit");
    std::fs::copy(env!("CARGO_BIN_EXE_resetkit-testkit"), &program).unwrap();
    let run = |strict: &[&str]| {
        let mut command = Command::new(&program);
        command.arg(shop.dir.path().join("companion")).args(["--key", &shop.public_key()]).args(strict);
        if is_root() {
            command.uid(65_534).gid(65_534);
        }
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (code, said) = run(&[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("sandbox degraded: runs under the daemon's uid"), "{said}");
    let (code, said) = run(&["--strict"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("FAILED       starts: no-sandbox"), "{said}");
}

fn is_root() -> bool {
    std::fs::read_to_string("/proc/self/status").unwrap().contains("Uid:\t0\t")
}
