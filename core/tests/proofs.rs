//! Proofs are bound to session, method, challenge and step, with three ways at once (Keycloak CVE-2026-18963), and two
//! of one kind are one (F11).

use crate::support::*;
use resetkit_core::*;
use std::time::Duration;

const HOLD: Duration = Duration::from_secs(11);

/// Every way but the one that gave a proof, visited from every step at which *try another way* is offered: none of them
/// comes out at the new password, however often one goes round.
#[test]
fn cve_2026_18963_no_way_round_three_methods_leads_to_a_password_without_its_own_proof() {
    for first in ["companion", "email", "button"] {
        for second in ["companion", "email", "button"] {
            let mut device = Device::opens(every_way(OnPresence::NewPassword));
            device.does(Event::TryAnotherWay);
            for _ in 0..3 {
                for way in [first, second] {
                    device.does(Event::MethodChosen(method(way))).does(Event::TryAnotherWay);
                    assert!(matches!(device.step(), Step::ChooseMethod | Step::DeadEnd), "{first} {second}");
                    device.does(Event::Acknowledged).does(password(GOOD)).does(Event::Acknowledged);
                    assert!(device.commits.is_empty(), "{first} {second}");
                    if device.session().is_over() {
                        break;
                    }
                }
            }
        }
    }
}

#[test]
fn cve_2026_18963_a_hold_of_one_request_opens_nothing_in_the_next_step_method_or_session() {
    // Held, but left before it was over: the hold is not there for the mail, nor for the next press.
    let mut device = Device::opens(every_way(OnPresence::NewPassword)).at_button();
    device.edge(true).waits(HOLD);
    device.does(Event::MethodChosen(method("companion")));
    device.edge(false).waits(Duration::from_secs(1));
    assert_eq!(device.step(), Step::EnterCode);
    device.does(Event::MethodChosen(method("button")));
    device.waits(Duration::from_secs(1));
    assert_eq!(device.step(), Step::HoldButton);

    // Proved and laid down: the proof is used only when the owner goes back to the method that gave it.
    let mut device = Device::opens(every_way(OnPresence::NewPassword)).at_button();
    device.holds_for(HOLD);
    device.does(Event::TryAnotherWay);
    assert_eq!(device.step(), Step::ChooseMethod);
    device.does(Event::MethodChosen(method("email")));
    assert_eq!(device.step(), Step::EnterCode, "the mail wants its own proof");
    device.does(password(GOOD)).does(Event::Acknowledged);
    assert_eq!((device.step(), device.commits.len()), (Step::EnterCode, 0));

    // Another session on the same device, with the same numbers: it saw no hold.
    let mut other = Device::opens(every_way(OnPresence::NewPassword)).at_button();
    other.give(Event::ButtonEdge { at: other.now, pressed: false });
    other.waits(Duration::from_secs(1));
    assert_eq!(other.step(), Step::HoldButton);
}

#[test]
fn cve_2026_18963_r13_a_mailed_code_is_not_the_companions_and_neither_is_the_other_way_round() {
    let device = Device::opens(every_way(OnPresence::NewPassword)).at_code_entry();
    let sealed = device.mail();
    let mut device = device.at_handed_code();
    let handed = device.mail();
    let run = device.run.unwrap();
    device.does(Event::Delivered(run));
    device.does(typed(&sealed));
    assert_eq!((device.step(), device.failure()), (Step::EnterCode, Some(FailureKind::CodeWrong)));
    device.does(Event::MethodChosen(method("companion")));
    assert_eq!(device.step(), Step::EnterCode);
    device.does(typed(&handed));
    assert_eq!((device.step(), device.failure()), (Step::EnterCode, Some(FailureKind::CodeWrong)));
    device.does(typed(&device.mail()));
    assert_eq!(device.step(), Step::ChoosePassword);
}

/// The table: method × what it proves. Recovery by two mailbox methods is one factor; a mailbox and a hand on the device
/// are two. Whatever a method's manifest claims, a held button proves presence and nothing else.
#[test]
fn r57_f11_two_proofs_of_one_kind_do_not_count_as_two() {
    let two = || {
        let opening = every_way(OnPresence::NewPassword);
        Opening { rules: SessionRules { proofs: ProofRule::two_kinds(), ..opening.rules }, ..opening }
    };
    let mut device = Device::opens(two()).at_code_entry();
    device.does(typed(&device.mail()));
    assert_eq!(device.step(), Step::ChooseMethod, "one factor is not two");
    let ways: Vec<_> = device.view().offers.iter().map(|offer| offer.method.clone()).collect();
    assert_eq!(ways, [method("button")], "the other mailbox method is no second factor");
    device.does(Event::MethodChosen(method("email")));
    assert_eq!(device.step(), Step::ChooseMethod);
    device.does(Event::MethodChosen(method("button")));
    device.holds_for(HOLD);
    assert_eq!(device.step(), Step::ChoosePassword, "R57: what is required stays required, and is enough");
    device.does(password(GOOD));
    let (_, _, spent) = &device.commits[0];
    assert_eq!(spent.len(), 2, "both are spent by it");
}

#[test]
fn r57_f11_a_manifest_that_calls_its_button_a_mailbox_is_not_believed() {
    let liar = Manifest { proof: ProofKind::KeptCode, ..pressing("liar") };
    let policy = SelectionPolicy {
        on_presence: Some(OnPresence::NewPassword),
        ..SelectionPolicy::reference(Purpose::Reset, Lane::Console)
    };
    let selection = select(&Facts::none(), &[pressing("button"), liar], &policy);
    assert!(selection.offered.iter().all(|offer| offer.proof == ProofKind::Presence));
}

#[test]
fn r57_r88_with_two_proofs_wanted_a_hold_alone_erases_nothing() {
    let opening = every_way(OnPresence::FactoryState);
    let opening = Opening { rules: SessionRules { proofs: ProofRule::two_kinds(), ..opening.rules }, ..opening };
    let mut device = Device::opens(opening).at_button();
    device.holds_for(HOLD);
    assert_eq!((device.step(), device.erased.len()), (Step::ChooseMethod, 0));
    device.does(Event::MethodChosen(method("companion")));
    device.does(typed(&device.mail()));
    assert_eq!((device.step(), device.erased.len(), device.commits.len()), (Step::FactoryState, 1, 0));
}
