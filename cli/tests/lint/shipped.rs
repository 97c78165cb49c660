//! What ships holds, an owner is stuck nowhere, and the program says so to people and to programs.

use std::process::{Command, Output};

use resetkit_config::{Brand, Policy, Profile};
use resetkit_lint::{Check, Depth, Fault, RealEngine, Words, steps, survey};

use crate::{look, shipped};

fn resetkit(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_resetkit")).args(args).output().expect("resetkit starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Nothing broken, every single thing and every pair; under the reference with a failure on the way beside up to one of them.
#[test]
fn every_shipped_model_holds_under_every_shipped_policy() {
    let mut wrong = Vec::new();
    for model in Profile::builtin_names() {
        for policy in Policy::builtin_names() {
            let troubles = u8::from(policy == "reference");
            let depth = Depth { healthy: troubles, single: troubles, pair: 0 };
            let report = survey(&RealEngine, &shipped(model, policy), depth, &mut |_, _| {});
            let errors = report.findings.iter().filter(|finding| finding.is_error());
            wrong.extend(errors.map(|one| format!("{model} {policy}: {} {} {}", one.check.id(), one.what, one.place)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Two failures on one path: a method that crashed, and a button that somebody else had for a moment, once left the owner of
/// the last way at support.
#[test]
fn two_failures_on_the_way_leave_nobody_standing_whose_last_way_is_the_button() {
    let report =
        look(&RealEngine, &shipped("nvr-4-button", "reference"), &[], Depth { healthy: 2, single: 0, pair: 0 });
    let errors: Vec<_> = report.findings.iter().filter(|finding| finding.is_error()).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn failures_on_the_way_leave_nobody_standing_on_a_model_with_all_five_methods() {
    let subject = shipped("xvr-8", "reference");
    let report = look(&RealEngine, &subject, &[], Depth::QUICK);
    let errors: Vec<_> = report.findings.iter().filter(|finding| finding.is_error()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert!(report.totals.states > 2_000 && report.totals.transitions > 10_000, "{:?}", report.totals);
}

#[test]
fn no_owner_is_stuck_whatever_single_thing_is_broken() {
    for model in Profile::builtin_names() {
        let subject = shipped(model, "reference");
        for (fault, way) in steps(&RealEngine, &subject).rows {
            let accepted = subject.exceptions.iter().any(|exception| {
                fault.is_some_and(|fault| exception.faults == [fault.as_str()]) && subject.has_support()
            });
            assert!(way.is_some() || accepted, "{model}: stuck with {fault:?}");
            assert!(way.as_ref().is_none_or(|way| way.steps <= 9), "{model} {fault:?}: {way:?}");
        }
    }
}

#[test]
fn every_check_and_every_word_has_a_text_in_both_languages() {
    for language in ["en", "de"] {
        let words = Words::of(&Brand::plain(), language);
        for check in Check::ALL {
            for id in [format!("lint-{}", check.id().to_lowercase()), format!("lint-{}.do", check.id().to_lowercase())]
            {
                let text = words.text(&id, &[]);
                assert!(!text.starts_with('['), "{language}: {text}");
            }
        }
        for fault in Fault::ALL {
            assert!(!words.fault(Some(fault)).starts_with('['), "{language}: {fault:?}");
        }
    }
}

#[test]
fn the_program_tells_programs_and_people_and_ends_with_one_where_something_must_not_ship() {
    let good = resetkit(&["lint", "--device", "cam-outdoor", "--quick", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&stdout(&good)).expect("JSON");
    assert_eq!((told[0]["device"].as_str(), told[0]["holds"].as_bool()), (Some("cam-outdoor"), Some(true)), "{told:#}");
    assert!(good.status.success());
    assert!(told[0]["states"].as_u64() > Some(500), "{told:#}");

    let folder = tempfile::tempdir().expect("a folder");
    let policy = folder.path().join("weak.toml");
    let text = include_str!("../../../config/policies/reference.toml").replace("\ntries = 5", "\ntries = 50");
    std::fs::write(&policy, text).expect("written");
    let policy = policy.to_str().expect("UTF-8");
    let bad = resetkit(&["lint", "--device", "cam-outdoor", "--quick", "--policy", policy, "--lang", "de"]);
    assert_eq!(bad.status.code(), Some(1));
    let told = stdout(&bad);
    assert!(told.contains("L-11") && told.contains("Richtlinie verletzt R7"), "{told}");
    assert!(told.contains(" Züge, ") && !told.contains('$'), "every place in a sentence is filled: {told}");
    assert_eq!(resetkit(&["lint"]).status.code(), Some(2), "a device must be named");
}

#[test]
fn the_graph_is_drawn_in_three_forms() {
    let svg = stdout(&resetkit(&["lint", "--device", "cam-outdoor", "--graph", "svg"]));
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>") && svg.contains("choose-new-password"));
    let mermaid = stdout(&resetkit(&["lint", "--device", "cam-outdoor", "--graph", "mermaid"]));
    assert!(mermaid.contains("flowchart LR") && mermaid.contains("-->|"));
    let text = stdout(&resetkit(&["lint", "--device", "cam-outdoor", "--graph", "text"]));
    assert!(text.contains("─▶ done"), "{text}");
}
