//! Unlock by two approvers of support (R89): a challenge of its own purpose, and what the owner says when nobody answers.

use crate::support::*;
use resetkit_core::*;

fn at_support() -> Device {
    Device::opens(five_ways(OnPresence::NewPassword, ProofRule::one_of_any())).at_entry_by("support")
}

#[test]
fn r89_the_code_that_the_agent_reads_out_opens_and_the_password_is_the_owners() {
    let mut device = at_support();
    let record = device.disk.clone().unwrap();
    assert_eq!((record.purpose, record.challenge.purpose), (Purpose::Reset, Purpose::Unlock));
    device.does(typed(&device.mail())).does(password(GOOD));
    assert_eq!((device.step(), device.commits.len(), device.notices.len()), (Step::Done, 1, 1));
    let (who, _, spent) = &device.commits[0];
    assert_eq!((who, spent.as_slice()), (&account("admin"), [Counter::new(1)].as_slice()), "R14, F19");
}

/// Every purpose and form that a method may name, against what its proof is for.
#[test]
fn e_306_r37_support_may_ask_to_unlock_and_nothing_else_and_nobody_else_may() {
    for way in ["companion", "support"] {
        for purpose in Purpose::ALL {
            for form in SealForm::ALL {
                let mut device = Device::opens(five_ways(OnPresence::NewPassword, ProofRule::one_of_any()));
                device.give(Event::TryAnotherWay).give(Event::MethodChosen(method(way)));
                let start = device.takes(|asked| matches!(asked, Asked::Start { .. }));
                let run = start.ticket();
                device.give(Event::SealAsked { run, purpose, form });
                let issued = device.asked.iter().any(|asked| matches!(asked, Asked::Issue { .. }));
                let right = match way {
                    "support" => purpose == Purpose::Unlock && form == SealForm::Unlock,
                    _ => purpose == Purpose::Reset && form != SealForm::Unlock,
                };
                assert_eq!(issued, right, "{way} {purpose:?} {form:?}");
                let told = device.failure() == Some(FailureKind::MethodGarbage);
                assert_eq!(told, !right, "{way} {purpose:?} {form:?}");
            }
        }
    }
}

/// The same code, sealed for the other purpose, derives to something else, and a challenge of the other purpose is refused.
#[test]
fn r37_r89_a_code_for_unlock_never_opens_as_reset_and_the_other_way_round() {
    for (way, other) in [("support", Purpose::Reset), ("companion", Purpose::Unlock)] {
        let mut device = Device::opens(five_ways(OnPresence::NewPassword, ProofRule::one_of_any()));
        device.give(Event::TryAnotherWay).give(Event::MethodChosen(method(way)));
        let ticket = device.comes_to_issue();
        let crossed = device.challenge(Counter::new(1), other, CodeStyle::Letters);
        device.does(Event::ChallengeIssued(ticket, crossed));
        assert_eq!(device.failure(), Some(FailureKind::SealFailed), "{way}");
        assert!(device.voided.contains(&Counter::new(1)));
    }
    let (code, bound, salt) =
        (Code::from_random(CodeStyle::Letters, [9; 16]), Bound::Counter(Counter::new(1)), Salt([1; 16]));
    assert_ne!(derive(&code, Purpose::Reset, bound, salt), derive(&code, Purpose::Unlock, bound, salt));
}

#[test]
fn r37_a_record_whose_challenge_has_another_purpose_than_its_proof_is_not_resumed() {
    let mut device = at_support();
    let disk = device.disk.as_mut().unwrap();
    disk.challenge.purpose = Purpose::Reset;
    device.reboots().unwrap();
    assert_eq!((device.step(), device.failure()), (Step::Expired, Some(FailureKind::StateUnreadable)));
}

#[test]
fn r89_after_a_boot_the_same_request_is_still_open() {
    let mut device = at_support();
    let code = device.mail();
    device.reboots().unwrap();
    assert_eq!(device.step(), Step::EnterCode);
    assert_eq!(device.delivered, [Counter::new(1), Counter::new(1)], "the same picture is shown again");
    device.does(typed(&code));
    assert_eq!(device.step(), Step::ChoosePassword);
}

#[test]
fn e_413_support_that_does_not_answer_leads_on_and_the_code_stays_good() {
    let mut device = at_support();
    let code = device.mail();
    device.does(Event::NoMailCame);
    assert_eq!((device.step(), device.failure()), (Step::EnterCode, Some(FailureKind::SupportSilent)));
    device.does(Event::NoMailCame);
    assert_eq!((device.step(), device.failure()), (Step::ChooseMethod, Some(FailureKind::SupportSilent)));
    assert!(device.audit.iter().any(|what| matches!(what, AuditKind::SupportSilent(_))));
    device.does(Event::MethodChosen(method("support"))).does(typed(&code));
    assert_eq!(device.step(), Step::ChoosePassword, "support called back");
}

#[test]
fn e_414_support_that_says_no_ends_its_way_and_no_other() {
    let mut device = at_support();
    let code = device.mail();
    device.does(Event::SupportSaidNo);
    assert_eq!((device.step(), device.failure()), (Step::ChooseMethod, Some(FailureKind::SupportRefused)));
    let view = device.view();
    assert!(view.offers.iter().all(|offer| offer.method != method("support")) && view.offers.len() == 4);
    assert!(device.voided.contains(&Counter::new(1)), "what was agreed to later opens nothing");
    device.does(Event::MethodChosen(method("support"))).does(typed(&code));
    assert!(device.commits.is_empty() && device.step() == Step::ChooseMethod);
}

/// The method's own page has the button, and says it for the owner; another method may not.
#[test]
fn e_414_said_by_the_method_of_support_is_the_same_and_by_another_it_costs_only_that_method() {
    let mut device = at_support();
    let run = device.run.unwrap();
    device.does(Event::MethodFailed(run, FailureKind::SupportRefused));
    assert_eq!((device.step(), device.failure()), (Step::ChooseMethod, Some(FailureKind::SupportRefused)));
    assert!(device.voided.contains(&Counter::new(1)));

    let mut device = Device::opens(five_ways(OnPresence::NewPassword, ProofRule::one_of_any())).at_code_entry();
    let run = device.run.unwrap();
    device.does(Event::MethodFailed(run, FailureKind::SupportRefused));
    let seen = (device.step(), device.failure());
    assert_eq!(seen, (Step::EnterCode, Some(FailureKind::MethodGarbage)), "a lie, and its code is still good");
    assert!(device.voided.is_empty());

    let mut device = Device::opens(five_ways(OnPresence::NewPassword, ProofRule::one_of_any()));
    device.does(Event::Acknowledged);
    let run = device.run.unwrap();
    device.does(Event::MethodFailed(run, FailureKind::SupportRefused));
    assert_eq!(device.failure(), Some(FailureKind::MethodGarbage), "before it has shown anything, too");
}

#[test]
fn e_414_where_support_was_the_only_way_its_contact_is_shown() {
    let opening = five_ways(OnPresence::NewPassword, ProofRule::one_of_any());
    let offered = opening.selection.offered.iter().filter(|offer| offer.proof == ProofKind::Support).cloned().collect();
    let mut device = Device::opens(Opening { selection: Selection { offered, ..Selection::default() }, ..opening });
    device.does(Event::Acknowledged).does(Event::SupportSaidNo);
    assert_eq!((device.step(), device.failure()), (Step::DeadEnd, Some(FailureKind::SupportRefused)));
}

#[test]
fn e_311_r82_a_manifest_that_calls_something_else_support_or_kept_is_not_believed() {
    let reference = SelectionPolicy::reference(Purpose::Reset, Lane::Console);
    let liars = [
        Manifest { proof: ProofKind::Support, ..handing("liar") },
        Manifest { proof: ProofKind::Support, ..manifest("liar", ProofKind::KeptCode, Loss::PasswordOnly) },
        Manifest { proof: ProofKind::KeptCode, ..manifest("liar", ProofKind::Mailbox, Loss::PasswordOnly) },
        Manifest { proof: ProofKind::KeptCode, ..handing("liar") },
    ];
    for liar in liars {
        let selection = select(&Facts::none(), std::slice::from_ref(&liar), &reference);
        let reasons: Vec<_> = selection.withheld.iter().map(|withheld| withheld.reason.kind).collect();
        assert_eq!(reasons, [FailureKind::MethodBadManifest], "{liar:?}");
    }
}
