//! The owner's stories, and what nobody must be able to do.

use crate::support::*;
use resetkit_core::*;

#[test]
fn the_reference_story_ends_with_a_new_password_for_the_bound_account() {
    let mut device = Device::opens(opening(companion_only()));
    assert_eq!(device.step(), Step::Notice);
    device.does(Event::Acknowledged);
    let view = device.view();
    assert_eq!((view.step, view.tries_left, view.minutes_left), (Step::EnterCode, Some(5), Some(60)));
    assert_eq!(view.request.unwrap().to_string(), "0001");
    assert!(view.method_running && view.can_extend && view.can_ask_new && view.can_cancel);

    device.does(typed(&device.mail().to_lowercase().replace('-', " ")));
    assert_eq!(device.step(), Step::ChoosePassword);
    assert!(device.commits.is_empty(), "R23: nothing changes before the commit");
    device.does(password(GOOD));

    assert_eq!(device.step(), Step::Done);
    let request = Counter::new(1);
    assert_eq!(device.commits, [(account("admin"), TransactionId::new(1), vec![request])]);
    assert!(device.session().is_over());
    assert_eq!((device.closes, device.notices.len(), device.notes), (1, 1, 0));
    assert_eq!(device.view().request, Some(request));
    let told: Vec<_> = device.audit.iter().map(AuditKind::as_str).collect();
    let story = ["opened", "method-chosen", "challenge-shown", "attempt-charged", "proved", "password-set"];
    assert_eq!(told, story);
}

#[test]
fn r32_nothing_is_shown_before_counter_and_record_are_durable() {
    let mut device = Device::opens(opening(companion_only()));
    device.give(Event::Acknowledged);
    let start = device.takes(|asked| matches!(asked, Asked::Start { .. }));
    device.answer(start);
    let wish = device.takes(|asked| matches!(asked, Asked::SealWish { .. }));
    device.answer(wish);
    let issue = device.takes(|asked| matches!(asked, Asked::Issue { .. }));
    device.answer(issue);
    assert_eq!((device.step(), device.delivered.len()), (Step::Preparing, 0));
    let persist = device.takes(|asked| matches!(asked, Asked::Persist { .. }));
    device.answer(persist);
    assert_eq!((device.step(), device.delivered.len()), (Step::EnterCode, 1));
}

#[test]
fn r11_f14_an_attempt_is_charged_durably_before_the_code_is_looked_at() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    let right = device.mail();
    device.give(typed(&right));
    let Asked::Charge { ticket, record, .. } = device.takes(|_| true) else { panic!("not charged first") };
    assert_eq!(record.tries_left, 4);
    assert!(device.asked.is_empty(), "nothing but the charge is under way");
    // Neither a false answer nor the hash itself opens anything before the charge.
    let other = Ticket::new(ticket.value() + 1);
    let guess = || Derived::from_octets([0; 32]);
    device.give(Event::Charged(other)).give(Event::Derived(ticket, guess())).give(Event::Derived(other, guess()));
    assert_eq!((device.step(), device.asked.len()), (Step::Checking, 0));

    // Power is cut after the write: the try is gone although nobody compared.
    device.disk = Some(record);
    device.reboots().unwrap();
    assert_eq!(device.view().tries_left, Some(4));
}

#[test]
fn r6_f6_two_hundred_and_fifty_six_parallel_guesses_cost_exactly_five_comparisons_a_code() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    let first = device.view().request.unwrap();
    for guess in 0..256 {
        let wrong = device.wrong();
        device.give(typed(&wrong));
        // Answers trickle in while guesses pour in.
        if guess % 7 == 0 && !device.asked.is_empty() {
            let asked = device.asked.remove(0);
            device.answer(asked);
        }
    }
    device.settle();
    for (counter, comparisons) in &device.derived {
        assert!(*comparisons <= 5, "{counter}: {comparisons}");
    }
    assert_eq!(device.derived[&first], 5);
    assert_eq!(device.derived.values().sum::<u32>(), 10, "R7: ten in a session");
    assert!(device.commits.is_empty());
    assert!(device.session().is_over());
}

#[test]
fn r6_at_the_fifth_wrong_guess_the_challenge_is_void_and_a_new_one_comes() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    let first = device.view().request.unwrap();
    let right = device.mail();
    for left in [4, 3, 2, 1] {
        let wrong = device.wrong();
        device.does(typed(&wrong));
        assert_eq!((device.view().tries_left, device.failure()), (Some(left), Some(FailureKind::CodeWrong)));
    }
    let wrong = device.wrong();
    device.does(typed(&wrong));
    let view = device.view();
    assert_eq!((view.step, view.tries_left), (Step::EnterCode, Some(5)));
    assert_eq!(view.failure.unwrap().kind, FailureKind::CodeUsedUp, "the owner is told why there is a new picture");
    assert_ne!(view.request, Some(first));
    assert!(device.voided.contains(&first));
    device.does(typed(&right));
    assert_eq!(device.failure(), Some(FailureKind::CodeWrong), "R13: the old code is good for nothing");
}

#[test]
fn r13_a_guess_is_matched_against_exactly_the_challenge_shown() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    let old = device.mail();
    device.does(Event::NewChallengeAsked);
    assert_eq!(device.view().request, Some(Counter::new(2)));
    assert_eq!(device.voided, [Counter::new(1)], "the older one is void once the new one is stored");
    device.does(typed(&old));
    assert_eq!((device.step(), device.failure()), (Step::EnterCode, Some(FailureKind::CodeWrong)));
    device.does(typed(&device.mail()));
    assert_eq!(device.step(), Step::ChoosePassword);
}

#[test]
fn r14_f12_a_code_is_good_once() {
    let mut device = Device::opens(opening(companion_only())).at_choose_password();
    let code = device.mails[&Counter::new(1)].clone();
    device.does(password(GOOD));
    assert_eq!(device.step(), Step::Done);
    device.does(typed(&code)).does(password(GOOD)).does(Event::Acknowledged);
    assert_eq!((device.step(), device.commits.len()), (Step::Done, 1));
    assert!(device.reboots().is_err(), "nothing is left to resume");

    let mut next = Device::opens(opening(companion_only())).at_code_entry();
    next.mails.insert(Counter::new(99), code.clone());
    if next.mail() != code {
        next.does(typed(&code));
        assert_eq!(next.failure(), Some(FailureKind::CodeWrong));
    }
}

#[test]
fn r37_a_challenge_of_another_purpose_is_never_shown() {
    for purpose in [Purpose::ConfirmAddress, Purpose::Notice, Purpose::Unlock] {
        let mut device = Device::opens(opening(companion_only()));
        device.give(Event::Acknowledged);
        let Asked::Start { ticket } = device.takes(|_| true) else { panic!("not started") };
        device.give(Event::SealAsked { run: ticket, purpose: Purpose::Reset, form: SealForm::AddressSealed });
        let Asked::Issue { ticket, style, .. } = device.takes(|_| true) else { panic!("not issued") };
        let challenge = device.challenge(Counter::new(9), purpose, style);
        device.give(Event::ChallengeIssued(ticket, challenge)).settle();
        assert_eq!(device.step(), Step::DeadEnd);
        assert!(device.delivered.is_empty() && device.voided == [Counter::new(9)]);
    }
}

#[test]
fn r37_a_method_that_asks_for_another_purpose_gets_nothing() {
    let mut device = Device::opens(opening(companion_only()));
    device.give(Event::Acknowledged);
    for _ in 0..2 {
        let Asked::Start { ticket } = device.takes(|_| true) else { panic!("not started") };
        device.give(Event::SealAsked { run: ticket, purpose: Purpose::Unlock, form: SealForm::AddressSealed });
    }
    assert_eq!((device.step(), device.failure()), (Step::DeadEnd, Some(FailureKind::MethodQuarantined)));
    assert!(device.mails.is_empty());
}

/// Keycloak CVE-2026-18963: a chooser that kept a note from another step let the owner through.
#[test]
fn f3_cve_2026_18963_another_way_without_a_proof_never_reaches_choose_password() {
    let mut device = Device::opens(opening(three_ways())).at_code_entry();
    for _ in 0..3 {
        device.does(Event::TryAnotherWay);
        assert_eq!(device.step(), Step::ChooseMethod);
        device.does(Event::Acknowledged).does(Event::TryAnotherWay).does(password(GOOD));
        device.does(Event::MethodChosen(method("nobody")));
        assert_eq!(device.step(), Step::ChooseMethod);
        device.does(Event::MethodChosen(method("companion")));
        assert_eq!(device.step(), Step::EnterCode, "back at the same code");
        assert_eq!(device.view().request, Some(Counter::new(1)));
    }
    device.does(Event::MethodChosen(method("email")));
    assert_eq!((device.step(), device.view().request), (Step::EnterCode, Some(Counter::new(2))));
    assert!(device.commits.is_empty());
}

#[test]
fn f3_cve_2026_18963_another_way_after_a_proof_never_reaches_choose_password_by_itself() {
    let mut device = Device::opens(opening(three_ways())).at_choose_password();
    device.does(Event::TryAnotherWay);
    assert_eq!(device.step(), Step::ChooseMethod);
    for event in [Event::TryAnotherWay, Event::Acknowledged, Event::NewChallengeAsked, Event::NoMailCame] {
        device.does(event);
        assert_eq!(device.step(), Step::ChooseMethod);
    }
    device.does(password(GOOD));
    assert_eq!(device.step(), Step::ChooseMethod, "a password is not heard here");
    // Another kind of proof has to be given for itself ...
    device.does(Event::MethodChosen(method("kept-codes")));
    assert_eq!(device.step(), Step::EnterCode);
    device.does(Event::TryAnotherWay);
    assert_eq!(device.step(), Step::ChooseMethod);
    // ... and only the owner's choice of the very method that proved leads back.
    device.does(Event::MethodChosen(method("companion")));
    assert_eq!(device.step(), Step::ChoosePassword);
    device.does(password(GOOD));
    assert_eq!((device.step(), device.commits.len()), (Step::Done, 1));
}

#[test]
fn a_proof_laid_down_ends_in_its_time() {
    let mut device = Device::opens(opening(three_ways())).at_choose_password();
    device.does(Event::TryAnotherWay).waits(minutes(16));
    device.does(Event::MethodChosen(method("companion")));
    assert_eq!(device.step(), Step::EnterCode, "the code has to be typed again");
}

#[test]
fn f19_r55_the_proof_belongs_to_the_account_bound_when_the_session_opened() {
    let mut device = Device::opens(Opening { account: account("Zoë"), ..opening(companion_only()) });
    device.does(Event::Acknowledged);
    device.does(typed(&device.mail())).does(password(GOOD));
    assert_eq!(device.commits[0].0, account("Zoë"));
    assert_eq!(device.notices[0].account, account("Zoë"));
}

#[test]
fn a_proof_does_not_outlive_a_boot_and_the_code_does() {
    let mut device = Device::opens(opening(companion_only())).at_choose_password();
    device.reboots().unwrap();
    assert_eq!(device.step(), Step::EnterCode);
    device.does(password(GOOD));
    assert_eq!((device.step(), device.commits.len()), (Step::EnterCode, 0));
    assert_eq!(device.view().tries_left, Some(4));
    device.does(typed(&device.mail())).does(password(GOOD));
    assert_eq!(device.step(), Step::Done);
}

#[test]
fn r12_a_resumed_code_is_shown_only_after_the_boot_is_paid_for_durably() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    let record = device.disk.clone().unwrap();
    let resumable = record.charge_boot(&device.rules).unwrap();
    let (session, effects) = Session::resume(resumable, device.rules, companion_only(), device.time());
    assert_eq!(session.step_shown(), Step::Preparing);
    let asked: Vec<_> = effects.into_iter().collect();
    let [Effect::Persist { ticket, record }] = &asked[..] else { panic!("{asked:?}") };
    assert_eq!((record.minutes_left, record.boots_left), (55, 11));
    let (session, _) = session.step(device.time(), Event::StoreFailed(*ticket));
    assert_ne!(session.step_shown(), Step::EnterCode, "a boot that cannot be charged is not free");
    device.settle();
}

#[test]
fn f11_two_proofs_must_be_of_different_kinds() {
    let rules = SessionRules { proofs: ProofRule::two_kinds(), ..SessionRules::default() };
    let mut device = Device::opens(Opening { rules, ..opening(three_ways()) }).at_code_entry();
    device.does(typed(&device.mail()));
    assert_eq!(device.step(), Step::ChooseMethod, "one mailbox is one proof");
    let offered: Vec<_> = device.view().offers.into_iter().map(|offer| offer.method).collect();
    assert_eq!(offered, [method("kept-codes")], "a second mailbox is no second proof");
    device.does(Event::MethodChosen(method("email")));
    assert_eq!(device.step(), Step::ChooseMethod);
    device.does(Event::MethodChosen(method("kept-codes")));
    device.does(typed(&device.mail()));
    assert_eq!(device.step(), Step::ChoosePassword);
    device.does(password(GOOD));
    assert_eq!(device.commits[0].2, [Counter::new(1), Counter::new(2)], "both codes are spent");
}

#[test]
fn f11_where_no_second_kind_is_left_the_owner_is_sent_to_support() {
    // Told at once, not after the first proof: no mail is sent for nothing.
    let rules = SessionRules { proofs: ProofRule::two_kinds(), ..SessionRules::default() };
    let device = Device::opens(Opening { rules, ..opening(companion_only()) });
    let view = device.view();
    assert_eq!((view.step, device.failure()), (Step::DeadEnd, Some(FailureKind::SecondProofMissing)));
    let reasons: Vec<_> = view.withheld.iter().map(|withheld| withheld.reason.kind).collect();
    assert_eq!((view.offers.len(), reasons), (0, vec![FailureKind::SecondProofMissing]));

    // The only other kind breaks after the first was proved.
    let mut device = Device::opens(Opening { rules, ..opening(three_ways()) }).at_code_entry();
    device.does(typed(&device.mail()));
    device.sheet = None;
    device.does(Event::MethodChosen(method("kept-codes")));
    assert_eq!((device.step(), device.failure()), (Step::DeadEnd, Some(FailureKind::NoRecoveryCodes)));
    assert!(device.commits.is_empty());
}

#[test]
fn a_confirmed_address_grants_no_password() {
    let mut device = Device::opens(Opening { purpose: Purpose::ConfirmAddress, ..opening(companion_only()) });
    device.does(Event::Acknowledged);
    let right = device.mail();
    device.does(typed(&right)).does(password(GOOD));
    assert_eq!(device.step(), Step::AddressConfirmed);
    assert_eq!((device.confirmed.as_slice(), device.commits.len()), ([Counter::new(1)].as_slice(), 0));
}

#[test]
fn a_confirmation_that_cannot_be_written_leads_back_to_the_code() {
    let mut device = Device::opens(Opening { purpose: Purpose::ConfirmAddress, ..opening(companion_only()) });
    let right = device.does(Event::Acknowledged).mail();
    device.give(typed(&right));
    while !device.asked.iter().any(|asked| matches!(asked, Asked::Confirm { .. })) {
        let asked = device.asked.remove(0);
        device.answer(asked);
    }
    let Asked::Confirm { ticket, .. } = device.takes(|_| true) else { panic!("not asked") };
    device.does(Event::CommitFailed(ticket, FailureKind::CommitFailed));
    assert_eq!((device.step(), device.failure()), (Step::EnterCode, Some(FailureKind::CommitFailed)));
    device.does(typed(&device.mail()));
    assert_eq!(device.step(), Step::AddressConfirmed);
}

#[test]
fn no_session_opens_for_a_notice() {
    let device = Device::opens(Opening { purpose: Purpose::Notice, ..opening(companion_only()) });
    assert_eq!((device.step(), device.closes), (Step::Expired, 1));
}

#[test]
fn r21_cancel_works_at_every_step_without_a_password_and_voids_the_code() {
    let paths: [&dyn Fn(&mut Device); 5] = [
        &|_| {},
        &|device| {
            device.give(Event::Acknowledged);
        },
        &|device| {
            device.does(Event::Acknowledged);
        },
        &|device| {
            let right = device.does(Event::Acknowledged).mail();
            device.give(typed(&right));
        },
        &|device| {
            let right = device.does(Event::Acknowledged).mail();
            device.does(typed(&right));
        },
    ];
    for path in paths {
        let mut device = Device::opens(opening(three_ways()));
        path(&mut device);
        assert!(device.view().can_cancel);
        device.give(Event::Cancelled).settle();
        assert_eq!((device.step(), device.closes), (Step::Cancelled, 1));
        assert_eq!(device.voided.len(), device.mails.len(), "{:?}", device.mails);
        assert!(device.reboots().is_err());
    }
}

#[test]
fn r22_another_reset_or_a_log_in_supersedes_the_session() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    device.does(Event::Superseded);
    assert_eq!((device.step(), device.failure()), (Step::Expired, Some(FailureKind::CodeSuperseded)));
    assert_eq!(device.voided, [Counter::new(1)]);
}

#[test]
fn r17_wall_time_changes_no_verdict() {
    let thirty_years = 30 * 365 * 86_400_u64;
    let run = |walls: &[Option<u64>]| {
        let mut device = Device::opens(opening(companion_only()));
        let mut trace = Vec::new();
        let mut walls = walls.iter().cycle();
        let mut look = |device: &mut Device| {
            device.wall = *walls.next().unwrap();
            trace.push((device.view(), device.session().deadline()));
        };
        device.does(Event::Acknowledged);
        look(&mut device);
        for _ in 0..6 {
            let wrong = device.wrong();
            device.waits(minutes(4)).does(typed(&wrong));
            look(&mut device);
        }
        device.does(Event::MoreTimeAsked).waits(minutes(50));
        look(&mut device);
        let right = device.mail();
        device.does(typed(&right)).does(password(GOOD));
        look(&mut device);
        trace
    };
    let now = 1_800_000_000;
    let without = run(&[None]);
    assert_eq!(without.last().unwrap().0.step, Step::Done);
    assert_eq!(run(&[Some(now)]), without);
    assert_eq!(run(&[Some(now - thirty_years), Some(now + thirty_years), None, Some(0), Some(u64::MAX)]), without);
}

#[test]
fn r20_a_clock_that_goes_back_gives_nothing_back() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    device.waits(minutes(30));
    device.give(Event::NoMailCame);
    device.now = std::time::Duration::ZERO;
    device.does(Event::MoreTimeAsked);
    device.now = minutes(120) + std::time::Duration::from_secs(31);
    let why = device.session().deadline().unwrap().why;
    device.does(Event::DeadlineReached(why)).does(Event::DeadlineReached(DeadlineReason::CodeExpires));
    assert_eq!(device.failure(), Some(FailureKind::CodeExpired));
}

#[test]
fn a_deadline_that_was_not_reached_is_not_believed() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    for why in DeadlineReason::ALL {
        device.does(Event::DeadlineReached(why));
    }
    assert_eq!((device.step(), device.notes), (Step::EnterCode, DeadlineReason::ALL.len()));
}
