//! Every failure leads on.

use crate::support::*;
use proptest::prelude::*;
use resetkit_core::*;
use std::time::Duration;

const BROKEN: [FailureKind; 4] =
    [FailureKind::MethodCrashed, FailureKind::MethodHung, FailureKind::MethodGarbage, FailureKind::MethodFlood];

fn remaining() -> impl Strategy<Value = Remaining> {
    any::<[bool; 6]>().prop_map(|[code_alive, restart, new_code, other_way, resend, proved]| Remaining {
        code_alive,
        restart,
        new_code,
        other_way,
        resend,
        proved,
    })
}

proptest! {
    #[test]
    fn no_failure_ends_in_silence(index in 0..FailureKind::ALL.len(), left in remaining()) {
        let kind = FailureKind::ALL[index];
        match route(kind, left) {
            Next::Stay => prop_assert!(left.code_alive || left.proved || kind.fault() == Fault::Wrong, "{kind}"),
            Next::RestartMethod => prop_assert!(left.restart && BROKEN.contains(&kind), "{kind}"),
            Next::NewCode => prop_assert!(left.new_code, "{kind}"),
            // The owner was slow, or somebody else was there: the same way is one of the others.
            Next::AnotherWay if kind.is_mended_on_the_spot() || kind == FailureKind::ButtonBusy => {
                prop_assert!(left.other_way || left.restart, "{kind}");
            }
            Next::AnotherWay => prop_assert!(left.other_way, "{kind}"),
            Next::StartAgain => {}
            Next::Support => prop_assert!(
                !left.other_way || matches!(kind, FailureKind::NothingLeft | FailureKind::SecondProofMissing),
                "{kind} goes to support although another way is left"
            ),
        }
    }
}

#[test]
fn e_101_no_address_is_told_with_what_would_work_instead() {
    let facts = Facts::none();
    let mut companion = manifest("companion", ProofKind::Mailbox, Loss::PasswordOnly);
    companion.requires = vec![Fact::EmailOnFile];
    let button = manifest("button", ProofKind::Presence, Loss::AllSettings);
    let mut policy = SelectionPolicy::reference(Purpose::Reset, Lane::Console);
    policy.order = vec![method("companion"), method("button")];
    let mut device = Device::opens(opening(select(&facts, &[companion.clone(), button], &policy)));
    device.does(Event::Acknowledged);
    let view = device.view();
    let failure = view.failure.unwrap();
    assert_eq!((view.step, failure.kind.code()), (Step::ChooseMethod, "E-101"));
    assert_eq!((failure.kind.err_id(), failure.kind.rec_id()), ("err-no-address", "rec-no-address"));
    assert_eq!(view.offers.iter().map(|offer| offer.method.as_str()).collect::<Vec<_>>(), ["button"]);
    assert_eq!(view.withheld[0].fixable, Fixable::AfterLogin);
    device.does(Event::MethodChosen(method("button")));
    assert_eq!((device.step(), device.view().loss), (Step::ConfirmLoss, Some(Loss::AllSettings)), "said before");
    device.does(Event::Acknowledged);
    assert_eq!(device.step(), Step::EnterCode);

    // With nothing else on the device: the support contact, with the same reason.
    let device = Device::opens(opening(select(&facts, &[companion], &policy)));
    assert_eq!((device.step(), device.failure()), (Step::DeadEnd, Some(FailureKind::NoAddress)));
}

#[test]
fn a_way_that_destroys_more_is_never_started_without_being_chosen() {
    let mut device = Device::opens(opening(offers(&[("button", ProofKind::Presence, Loss::AllSettings)])));
    device.does(Event::Acknowledged);
    assert_eq!(device.step(), Step::ChooseMethod);
}

#[test]
fn r83_a_method_that_dies_at_the_start_is_started_once_more_then_quarantined() {
    for kind in BROKEN {
        let mut device = Device::opens(opening(three_ways()));
        device.give(Event::Acknowledged);
        for _ in 0..2 {
            let Asked::Start { ticket } = device.takes(|_| true) else { panic!("not started") };
            device.give(Event::MethodGone(ticket, kind));
        }
        let view = device.view();
        assert_eq!((view.step, view.failure.unwrap().kind), (Step::ChooseMethod, FailureKind::MethodQuarantined));
        assert!(view.offers.iter().all(|offer| offer.method != method("companion")));
        let shown = view.withheld.iter().find(|withheld| withheld.method == method("companion")).unwrap();
        assert_eq!(shown.reason.kind, FailureKind::MethodQuarantined);
        assert!(device.audit.contains(&AuditKind::MethodQuarantined(method("companion"))));
        device.does(Event::MethodChosen(method("companion")));
        assert_eq!(device.step(), Step::ChooseMethod, "it is not started again in this session");
        device.does(Event::MethodChosen(method("email")));
        assert_eq!(device.step(), Step::EnterCode);
    }
}

#[test]
fn r83_a_method_that_hangs_is_given_up_after_its_time() {
    let mut device = Device::opens(opening(companion_only()));
    device.give(Event::Acknowledged);
    for _ in 0..2 {
        let deadline = device.session().deadline().unwrap();
        assert_eq!((deadline.why, deadline.at), (DeadlineReason::MethodStart, device.now + Duration::from_secs(20)));
        device.now = deadline.at;
        device.give(Event::DeadlineReached(deadline.why));
    }
    assert_eq!((device.step(), device.failure()), (Step::DeadEnd, Some(FailureKind::MethodQuarantined)));
    assert!(device.view().can_cancel, "support is shown, and the owner can leave");
}

#[test]
fn r83_a_method_that_dies_while_the_code_is_out_costs_no_try_and_no_new_code() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    let mut run = Ticket::new(1);
    for deaths in 1..=2 {
        device.give(Event::MethodGone(run, FailureKind::MethodCrashed));
        let view = device.view();
        assert_eq!((view.step, view.tries_left), (Step::EnterCode, Some(5)));
        if deaths == 1 {
            let index = device.asked.iter().position(|asked| matches!(asked, Asked::Start { .. })).unwrap();
            let Asked::Start { ticket } = device.asked[index] else { unreachable!() };
            run = ticket;
            device.settle();
            assert!(device.view().method_running);
            assert_eq!(device.delivered, [Counter::new(1), Counter::new(1)], "the same octets again");
        }
    }
    assert!(!device.view().method_running && device.mails.len() == 1);
    device.does(Event::TryAnotherWay);
    assert_eq!(device.step(), Step::ChooseMethod, "the code that is out is a way of its own");
    device.does(Event::MethodChosen(method("companion")));
    device.does(typed(&device.mail())).does(password(GOOD));
    assert_eq!(device.step(), Step::Done, "the code in the mail is as good as before");
}

#[test]
fn r83_a_method_that_dies_while_the_last_try_is_checked_does_not_disturb_it() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    let right = device.mail();
    for _ in 0..4 {
        let wrong = device.wrong();
        device.does(typed(&wrong));
    }
    device.give(typed(&right)).give(Event::MethodGone(Ticket::new(1), FailureKind::MethodCrashed)).settle();
    assert_eq!(device.step(), Step::ChoosePassword);
}

#[test]
fn r47_a_method_that_asks_for_its_octets_without_end_is_a_flood() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    let asks = || Event::SealAsked { run: Ticket::new(1), purpose: Purpose::Reset, form: SealForm::AddressSealed };
    for _ in 0..8 {
        device.give(asks());
    }
    assert_eq!((device.failure(), device.delivered.len()), (None, 9));
    device.give(asks());
    assert_eq!((device.step(), device.failure()), (Step::EnterCode, Some(FailureKind::MethodFlood)));
    assert_eq!(device.mails.len(), 1, "asking again never makes a code");
}

#[test]
fn r82_a_method_cannot_claim_what_is_not_its_own() {
    for kind in FailureKind::ALL {
        let mut device = Device::opens(opening(three_ways()));
        device.give(Event::Acknowledged).give(Event::MethodFailed(Ticket::new(1), *kind));
        let told = device.failure().unwrap();
        if kind.may_come_from_method(ProofKind::Mailbox) {
            assert_eq!(told, *kind);
        } else {
            assert_eq!(told, FailureKind::MethodGarbage, "{kind} is not for a method to say");
        }
    }
}

#[test]
fn a_stopped_method_is_not_heard_any_more() {
    let mut device = Device::opens(opening(three_ways())).at_code_entry();
    device.does(Event::MethodChosen(method("email")));
    let before = device.view();
    device.give(Event::MethodGone(Ticket::new(1), FailureKind::MethodCrashed));
    device.give(Event::SealAsked { run: Ticket::new(1), purpose: Purpose::Reset, form: SealForm::AddressAtRelay });
    assert_eq!((device.view(), device.notes), (before, 2));
}

#[test]
fn no_mail_came_leads_from_the_same_picture_to_the_other_ways_and_back() {
    let mut device = Device::opens(opening(three_ways())).at_code_entry();
    let right = device.mail();
    device.does(Event::NoMailCame);
    assert_eq!((device.step(), device.failure()), (Step::EnterCode, Some(FailureKind::NoMailCame)));
    device.does(Event::NoMailCame);
    assert_eq!((device.step(), device.failure()), (Step::ChooseMethod, Some(FailureKind::NoMailCame)));
    // The mail comes after all: its code is still good.
    device.does(Event::MethodChosen(method("companion"))).does(typed(&right));
    assert_eq!(device.step(), Step::ChoosePassword);
}

#[test]
fn no_mail_came_with_one_way_only_makes_a_new_code_within_bounds_and_never_strands_the_owner() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    for (request, _) in [(1, ""), (2, ""), (2, ""), (3, ""), (3, ""), (3, ""), (3, "")] {
        device.does(Event::NoMailCame);
        assert_eq!((device.step(), device.view().request), (Step::EnterCode, Some(Counter::new(request))));
        assert_eq!(device.view().tries_left, Some(5));
    }
    device.does(typed(&device.mail()));
    assert_eq!(device.step(), Step::ChoosePassword);
}

#[test]
fn e_208_codes_of_a_session_are_bounded_and_the_last_one_stays_good() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    device.does(Event::NewChallengeAsked).does(Event::NewChallengeAsked);
    assert!(!device.view().can_ask_new);
    device.does(Event::NewChallengeAsked);
    assert_eq!((device.step(), device.failure()), (Step::EnterCode, Some(FailureKind::TooManyCodes)));
    assert_eq!(device.mails.len(), 3);
    device.does(typed(&device.mail()));
    assert_eq!(device.step(), Step::ChoosePassword);
}

#[test]
fn r42_a_journal_that_fails_at_the_challenge_shows_nothing_and_leads_on() {
    let mut device = Device::opens(opening(companion_only()));
    device.give(Event::Acknowledged);
    for _ in 0..3 {
        while !device.asked.iter().any(|asked| matches!(asked, Asked::Persist { .. })) {
            let asked = device.asked.remove(0);
            device.answer(asked);
        }
        let Asked::Persist { ticket, .. } = device.takes(|_| true) else { panic!("not asked") };
        device.give(Event::StoreFailed(ticket));
        assert_eq!(device.failure(), Some(FailureKind::StoreFailed));
        if device.step() == Step::ChooseMethod {
            device.give(Event::MethodChosen(method("companion")));
        }
    }
    assert_eq!(device.step(), Step::DeadEnd, "after three there is nothing left but support");
    assert!(device.delivered.is_empty());
    assert_eq!(device.voided.len(), 3);
}

#[test]
fn r42_a_failing_journal_at_a_new_code_keeps_the_old_one_good() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    let right = device.mail();
    device.give(Event::NewChallengeAsked);
    while !device.asked.iter().any(|asked| matches!(asked, Asked::Persist { .. })) {
        let asked = device.asked.remove(0);
        device.answer(asked);
    }
    let Asked::Persist { ticket, .. } = device.takes(|_| true) else { panic!("not asked") };
    device.give(Event::StoreFailed(ticket)).settle();
    assert_eq!((device.step(), device.failure()), (Step::EnterCode, Some(FailureKind::StoreFailed)));
    assert_eq!(device.disk.as_ref().unwrap().challenge.counter, Counter::new(1), "its record is written again");
    device.does(typed(&right));
    assert_eq!(device.step(), Step::ChoosePassword);
}

#[test]
fn f14_a_journal_that_fails_at_the_charge_costs_the_try_and_compares_nothing() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    for left in [4, 3, 2, 1] {
        let right = device.mail();
        device.give(typed(&right));
        let Asked::Charge { ticket, .. } = device.takes(|_| true) else { panic!("not charged") };
        device.does(Event::StoreFailed(ticket));
        assert_eq!((device.failure(), device.view().tries_left), (Some(FailureKind::StoreFailed), Some(left)));
    }
    assert!(device.derived.is_empty());
}

#[test]
fn r8_r10_a_refused_charge_costs_no_try_and_a_press_opens_one_at_once() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    while let Ok(ledger) = device.ledger.take(Lane::Console, device.time()) {
        device.ledger = ledger;
    }
    let wrong = device.wrong();
    device.does(typed(&wrong));
    let view = device.view();
    assert_eq!((view.failure.unwrap().kind, view.tries_left), (FailureKind::TryLater, Some(5)));
    assert!(view.retry_in.unwrap() <= minutes(6));

    device.does(Event::ButtonPressed);
    assert_eq!((device.failure(), device.view().retry_in), (None, None));
    device.does(typed(&wrong));
    assert_eq!((device.failure(), device.view().tries_left), (Some(FailureKind::CodeWrong), Some(4)));
    device.does(typed(&wrong));
    assert_eq!(device.failure(), Some(FailureKind::TryLater), "one press, one attempt");

    device.waits(device.view().retry_in.unwrap());
    assert_eq!(device.failure(), None, "the screen says by itself that it goes on");
    let right = device.mail();
    device.does(typed(&right));
    assert_eq!(device.step(), Step::ChoosePassword);
}

#[test]
fn r10_a_press_is_of_no_use_from_afar() {
    let mut device = Device::opens(Opening { lane: Lane::Network, ..opening(companion_only()) }).at_code_entry();
    while let Ok(ledger) = device.ledger.take(Lane::Network, device.time()) {
        device.ledger = ledger;
    }
    let right = device.mail();
    device.does(Event::ButtonPressed).does(typed(&right));
    assert_eq!(device.failure(), Some(FailureKind::TryLater));
    assert_eq!(device.ledger.tokens(Lane::Button, device.time()), 1);
}

#[test]
fn r44_a_closed_network_lane_says_so() {
    let mut device = Device::opens(Opening { lane: Lane::Network, ..opening(three_ways()) }).at_code_entry();
    device.ledger = Ledger::lowest(device.allowances);
    let right = device.mail();
    device.does(typed(&right));
    assert_eq!((device.step(), device.failure()), (Step::DeadEnd, Some(FailureKind::LaneClosed)));
    assert!(device.derived.is_empty() && device.voided == [Counter::new(1)]);
}

#[test]
fn a_dead_end_is_left_by_ok_and_by_time() {
    for leave in [Event::Acknowledged, Event::Cancelled] {
        let mut device = Device::opens(opening(Selection::default()));
        assert_eq!((device.step(), device.failure()), (Step::DeadEnd, Some(FailureKind::NothingLeft)));
        device.does(leave);
        assert!(device.session().is_over());
    }
    let mut device = Device::opens(opening(Selection::default()));
    device.waits(minutes(60));
    assert!(device.session().is_over());
}

#[test]
fn e_505_a_challenge_that_cannot_be_sealed_leads_to_another_way() {
    let mut device = Device::opens(opening(three_ways()));
    device.give(Event::Acknowledged);
    for _ in 0..2 {
        let asked = device.asked.remove(0);
        device.answer(asked);
    }
    let Asked::Issue { ticket, .. } = device.takes(|_| true) else { panic!("not asked") };
    device.does(Event::ChallengeRefused(ticket, FailureKind::SealFailed.into()));
    assert_eq!((device.step(), device.failure()), (Step::ChooseMethod, Some(FailureKind::SealFailed)));
    assert_eq!(device.view().offers.len(), 2);
}

#[test]
fn r32_a_number_that_is_not_newer_is_never_shown() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    let right = device.mail();
    device.give(Event::NewChallengeAsked);
    let wish = device.asked.remove(0);
    device.answer(wish);
    let Asked::Issue { ticket, purpose, style, .. } = device.takes(|_| true) else { panic!("not asked") };
    let stale = Counter::new(0);
    let challenge = device.challenge(stale, purpose, style);
    device.give(Event::ChallengeIssued(ticket, challenge)).settle();
    assert!(!device.delivered.contains(&stale) && device.voided.contains(&stale));
    device.does(typed(&right));
    assert_eq!(device.step(), Step::ChoosePassword, "the code that was out goes on");
}
