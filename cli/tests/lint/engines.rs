//! Engines with a hole: each is driven through the same trait as the real one, and caught by the check made for it.

use resetkit_core::Carries;
use resetkit_lint::{Check, Depth, Move, RealEngine, Report};

use crate::doubles::Hole;
use crate::{found, look, shipped};

const NOTHING_ON_THE_WAY: Depth = Depth { healthy: 0, single: 0, pair: 0 };

fn caught(hole: Hole, model: &str, policy: &str, depth: Depth, checks: &[Check]) -> Report {
    let subject = shipped(model, policy);
    let honest = look(&RealEngine, &subject, &[], depth);
    let report = look(&hole, &subject, &[], depth);
    for check in checks {
        assert!(!found(&honest, *check), "the real engine has no finding of {}: {:?}", check.id(), honest.findings);
        assert!(found(&report, *check), "{hole:?} is not caught by {}: {:?}", check.id(), report.findings);
    }
    report
}

#[test]
fn cve_2026_18963_try_another_way_that_skips_the_proof_is_caught_with_its_path() {
    let report =
        caught(Hole::TryAnotherWay, "nvr-4", "reference", NOTHING_ON_THE_WAY, &[Check::ProofFirst, Check::NoSkip]);
    let skip = report.of(Check::NoSkip).next().expect("found");
    assert!(skip.path.contains(&Move::AnotherWay), "{:?}", skip.path);
    assert!(matches!(skip.path.last(), Some(Move::Choose(_))), "{:?}", skip.path);
    assert!(skip.path.len() < 6, "the shortest path is shown: {:?}", skip.path);
}

#[test]
fn f3_an_engine_that_takes_any_code_is_caught() {
    caught(Hole::AnyCode, "nvr-4", "reference", NOTHING_ON_THE_WAY, &[Check::ProofFirst, Check::NoSkip]);
}

#[test]
fn f11_one_proof_where_two_are_wanted_is_caught() {
    caught(Hole::OneProofOfTwo, "nvr-4-button", "high", NOTHING_ON_THE_WAY, &[Check::ProofFirst]);
}

#[test]
fn a_session_that_nothing_wakes_is_caught() {
    caught(Hole::NoDeadline, "nvr-4", "reference", NOTHING_ON_THE_WAY, &[Check::NoEndlessWait]);
}

#[test]
fn support_shown_before_the_last_way_is_caught() {
    let one = Depth { healthy: 1, ..NOTHING_ON_THE_WAY };
    caught(Hole::SupportAtOnce, "cam-outdoor", "reference", one, &[Check::SupportLast]);
}

#[test]
fn a_picture_that_never_comes_is_a_dead_end() {
    let one = Depth { healthy: 1, ..NOTHING_ON_THE_WAY };
    caught(Hole::WaitsForNothing, "cam-outdoor", "reference", one, &[Check::NoDeadEnd]);
}

#[test]
fn r21_a_cancel_that_is_not_heard_is_caught() {
    caught(Hole::NoCancel, "nvr-4", "reference", NOTHING_ON_THE_WAY, &[Check::CancelEnds]);
}

#[test]
fn f12_a_proof_that_is_spent_twice_is_caught() {
    caught(Hole::CommitTwice, "nvr-4", "reference", NOTHING_ON_THE_WAY, &[Check::SpentOnce]);
}

#[test]
fn f19_the_password_of_another_account_is_caught() {
    caught(Hole::OtherAccount, "nvr-4", "reference", NOTHING_ON_THE_WAY, &[Check::SpentOnce]);
}

#[test]
fn r88_a_loss_that_is_not_said_before_is_caught() {
    caught(Hole::LossUnsaid, "cam-1", "reference", NOTHING_ON_THE_WAY, &[Check::LossFirst]);
}

#[test]
fn the_greatest_loss_offered_first_is_caught() {
    caught(Hole::MostLossFirst, "cam-1", "reference", NOTHING_ON_THE_WAY, &[Check::LeastLossFirst]);
}

#[test]
fn a_way_that_was_not_offered_is_caught() {
    let subject = shipped("nvr-4", "reference");
    assert!(subject.manifests.iter().any(|manifest| manifest.carries() == Carries::Presence), "one is withheld");
    caught(Hole::StartsAnything, "nvr-4", "reference", NOTHING_ON_THE_WAY, &[Check::OfferedOnly]);
}

#[test]
fn r93_an_end_without_a_word_is_caught() {
    caught(Hole::Wordless, "nvr-4", "reference", NOTHING_ON_THE_WAY, &[Check::NextStepSaid]);
}

#[test]
fn r6_f6_a_code_that_is_compared_too_often_is_caught() {
    caught(Hole::ComparesAgain, "nvr-4", "reference", NOTHING_ON_THE_WAY, &[Check::TriesBounded]);
}
