//! Proofs are bound to session, method, challenge and step, with five ways at once (Keycloak CVE-2026-18963), and two
//! of one kind are one (F11).

use crate::support::*;
use resetkit_core::*;
use std::time::Duration;

const HOLD: Duration = Duration::from_secs(11);

/// Every way but the one that gave a proof, visited from every step at which *try another way* is offered: none of them
/// comes out at the new password, however often one goes round.
#[test]
fn cve_2026_18963_no_way_round_five_methods_leads_to_a_password_without_its_own_proof() {
    for first in FIVE {
        for second in FIVE {
            let mut device = Device::opens(five_ways(OnPresence::NewPassword, ProofRule::one_of_any()));
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

/// Gives the proof of this way, from wherever the chooser is.
fn proves(device: &mut Device, way: &str) {
    device.does(Event::MethodChosen(method(way)));
    if device.step() == Step::HoldButton {
        device.holds_for(HOLD);
        return;
    }
    assert_eq!(device.step(), Step::EnterCode, "{way}");
    let right = device.mail();
    device.does(typed(&right));
}

fn kinds(ways: &[&str]) -> ProofKinds {
    let of = |way: &&str| match *way {
        "companion" | "email" => ProofKind::Mailbox,
        "recovery-codes" => ProofKind::KeptCode,
        "support" => ProofKind::Support,
        _ => ProofKind::Presence,
    };
    ways.iter().map(of).collect()
}

fn rules() -> [ProofRule; 7] {
    use ProofKind as K;
    [
        ProofRule::one_of_any(),
        ProofRule { least_strength: Strength::Medium, ..ProofRule::one_of_any() },
        ProofRule { least_strength: Strength::High, ..ProofRule::one_of_any() },
        ProofRule::two_kinds(),
        ProofRule { least_strength: Strength::High, ..ProofRule::two_kinds() },
        ProofRule::all_of(&[K::Mailbox, K::Presence]),
        ProofRule {
            required: ProofKinds::of(&[K::Presence]),
            optional: ProofKinds::of(&[K::Mailbox, K::Support]),
            ..ProofRule::one_of_any()
        },
    ]
}

/// Keycloak's hole again, where rules combine: after one proof every other way is entered and left, in every order, and
/// what opens in the end is what the rule says and nothing less.
#[test]
fn cve_2026_18963_f11_with_every_rule_and_every_pair_of_five_ways_a_password_takes_what_the_rule_says() {
    for rule in rules() {
        for first in FIVE {
            for second in FIVE.into_iter().filter(|second| *second != first) {
                let mut device = Device::opens(five_ways(OnPresence::NewPassword, rule));
                device.does(Event::TryAnotherWay);
                let mut given = Vec::new();
                for way in [first, second] {
                    if device.step() != Step::ChooseMethod
                        || device.view().offers.iter().all(|offer| offer.method != method(way))
                    {
                        continue;
                    }
                    proves(&mut device, way);
                    given.push(way);
                    let enough = rule.is_met_by(kinds(&given));
                    assert_eq!(device.step() == Step::ChoosePassword, enough, "{rule:?} {given:?}");
                    if enough {
                        device.does(Event::TryAnotherWay);
                    }
                    // Another way is looked at, left, and the password typed into the void.
                    for other in FIVE.into_iter().filter(|other| !given.contains(other)) {
                        device.does(Event::MethodChosen(method(other))).does(password(GOOD)).does(Event::TryAnotherWay);
                        assert!(device.commits.is_empty(), "{rule:?} {given:?} {other}");
                        assert_eq!(device.step(), Step::ChooseMethod, "{rule:?} {given:?} {other}");
                    }
                }
                // Back to what was proved, which is used only where it is enough.
                if let Some(last) = given.last() {
                    device.does(Event::MethodChosen(method(last))).does(password(GOOD));
                }
                assert_eq!(device.commits.len() == 1, rule.is_met_by(kinds(&given)), "{rule:?} {given:?}");
            }
        }
    }
}

#[test]
fn f11_after_the_first_of_two_proofs_the_owner_is_told_which_kinds_still_help() {
    let mut device = Device::opens(five_ways(
        OnPresence::NewPassword,
        ProofRule::all_of(&[ProofKind::Mailbox, ProofKind::Presence]),
    ));
    let view = device.view();
    assert_eq!(view.further, None, "nothing was proved yet");
    let withheld: Vec<_> =
        view.withheld.iter().map(|withheld| (withheld.method.as_str(), withheld.reason.kind)).collect();
    let refused = FailureKind::ProofNotAllowed;
    assert_eq!(withheld, [("recovery-codes", refused), ("support", refused)], "E-322: neither list has them");
    device.does(Event::TryAnotherWay);
    proves(&mut device, "email");
    let view = device.view();
    let further = FurtherProof { given: vec![ProofKind::Mailbox], helps: vec![ProofKind::Presence] };
    assert_eq!((view.step, view.further), (Step::ChooseMethod, Some(further)));
    proves(&mut device, "button");
    assert_eq!((device.step(), device.view().further), (Step::ChoosePassword, None));
}

#[test]
fn e_319_where_one_of_two_required_kinds_cannot_be_had_nobody_is_sent_half_the_way() {
    let manifests = [
        Manifest { requires: vec![Fact::EmailOnFile], ..manifest("companion", ProofKind::Mailbox, Loss::PasswordOnly) },
        pressing("button"),
    ];
    let policy = SelectionPolicy {
        order: vec![method("companion")],
        on_presence: Some(OnPresence::NewPassword),
        proofs: ProofRule::all_of(&[ProofKind::Mailbox, ProofKind::Presence]),
        ..SelectionPolicy::reference(Purpose::Reset, Lane::Console)
    };
    let selection = select(&Facts::none(), &manifests, &policy);
    let reasons: Vec<_> = selection.withheld.iter().map(|withheld| withheld.reason.kind).collect();
    assert_eq!(reasons, [FailureKind::NoAddress, FailureKind::SecondProofMissing]);
    assert_eq!(selection.headline.as_ref().map(|reason| reason.kind), Some(FailureKind::NoAddress), "what to set up");
    let rules = SessionRules { proofs: policy.proofs, ..SessionRules::default() };
    let device = Device::opens(Opening { rules, ..opening(selection) });
    assert_eq!((device.step(), device.failure()), (Step::DeadEnd, Some(FailureKind::NoAddress)));
}

/// Both of two required ways work when the session opens, and the second breaks on the way: support is shown with both
/// reasons, before the owner has proved half of it for nothing or after.
#[test]
fn e_319_a_required_way_that_breaks_ends_the_others_too() {
    let rule = ProofRule::all_of(&[ProofKind::Presence, ProofKind::Support]);
    let mut device = Device::opens(five_ways(OnPresence::NewPassword, rule));
    device.does(Event::TryAnotherWay).does(Event::MethodChosen(method("support"))).does(Event::SupportSaidNo);
    let view = device.view();
    assert_eq!((view.step, device.failure()), (Step::DeadEnd, Some(FailureKind::SupportRefused)));
    let button = view.withheld.iter().find(|withheld| withheld.method == method("button")).unwrap();
    assert_eq!(button.reason.kind, FailureKind::SecondProofMissing);
}

/// PWM's "at least n": a required kind, and one of two others.
#[test]
fn f11_a_required_kind_and_one_of_two_optional_ones() {
    let rule = rules()[6];
    for second in ["companion", "support"] {
        let mut device = Device::opens(five_ways(OnPresence::NewPassword, rule));
        device.does(Event::TryAnotherWay);
        proves(&mut device, second);
        let ways: Vec<_> = device.view().offers.into_iter().map(|offer| offer.method).collect();
        assert_eq!(ways, [method("button")], "the other optional kind adds nothing any more");
        proves(&mut device, "button");
        assert_eq!(device.step(), Step::ChoosePassword);
    }
}

#[test]
fn f11_the_strength_of_each_kind_is_what_the_policy_pages_say() {
    let strengths = ProofKind::ALL.map(|kind| (kind.as_str(), kind.strength().as_str()));
    let table = [
        ("mailbox", "medium"),
        ("telephone", "medium"),
        ("kept-code", "high"),
        ("presence", "low"),
        ("support", "high"),
    ];
    assert_eq!(strengths, table);
}
