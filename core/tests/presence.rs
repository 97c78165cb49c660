//! The held button: the engine finds the hold in its own record of the line.

use crate::support::*;
use resetkit_core::*;
use std::time::Duration;

const fn secs(count: u64) -> Duration {
    Duration::from_secs(count)
}

fn at_button() -> Device {
    Device::opens(every_way(OnPresence::NewPassword)).at_button()
}

#[test]
fn r88_a_hold_of_ten_seconds_opens_the_new_password_without_any_code() {
    let mut device = at_button();
    let view = device.view();
    let hold = view.hold.unwrap();
    assert_eq!((hold.outcome, hold.hold, hold.longest), (OnPresence::NewPassword, secs(10), secs(20)));
    assert_eq!((view.carries, view.minutes_left), (Some(Carries::Presence), Some(2)));
    assert!(view.request.is_some() && view.can_try_another_way && view.can_cancel);
    device.holds_for(secs(10));
    assert_eq!(device.step(), Step::ChoosePassword);
    assert_eq!(device.watching, None, "the line is given back");
    device.does(password(GOOD));
    assert_eq!(device.step(), Step::Done);
    assert_eq!(device.notices.len(), 1, "always a banner");
    assert!(device.mails.is_empty() && device.derived.is_empty(), "R7: nothing was guessed");
    let (_, _, spent) = &device.commits[0];
    assert_eq!(spent.len(), 1, "the request of the hold is spent with it");
}

#[test]
fn r88_a_hold_too_short_or_too_long_changes_nothing_and_the_next_one_counts() {
    for wrong in [Duration::from_millis(9_999), secs(21), Duration::from_millis(200)] {
        let mut device = at_button();
        device.holds_for(wrong);
        assert_eq!(device.step(), Step::HoldButton, "{wrong:?}");
        device.holds_for(secs(12));
        assert_eq!(device.step(), Step::ChoosePassword, "{wrong:?}");
    }
}

#[test]
fn r88_holding_alone_opens_nothing_it_has_to_be_let_go() {
    let mut device = at_button();
    device.edge(true).waits(secs(15));
    assert_eq!(device.step(), Step::HoldButton);
    device.edge(false);
    assert_eq!(device.step(), Step::HoldButton, "and be quiet");
    device.waits(Duration::from_millis(30));
    assert_eq!(device.step(), Step::ChoosePassword);
}

#[test]
fn e_516_a_button_that_is_stuck_at_the_start_is_told_and_leads_on() {
    let mut device = Device::opens(every_way(OnPresence::NewPassword));
    device.line_pressed = true;
    let mut device = device.at_button();
    device.waits(secs(120));
    assert_eq!((device.step(), device.failure()), (Step::ChooseMethod, Some(FailureKind::ButtonStuck)));
    assert!(device.view().offers.iter().all(|offer| offer.method != method("button")));
}

#[test]
fn e_520_nobody_held_it_in_time_and_it_may_be_chosen_again() {
    let mut device = at_button();
    device.waits(secs(120));
    assert_eq!((device.step(), device.failure()), (Step::ChooseMethod, Some(FailureKind::PressNotSeen)));
    device.does(Event::MethodChosen(method("button"))).holds_for(secs(10));
    assert_eq!(device.step(), Step::ChoosePassword);
}

#[test]
fn e_520_where_the_button_is_the_only_way_it_is_offered_again_but_not_for_ever() {
    let mut opening = every_way(OnPresence::NewPassword);
    opening.selection.offered.retain(|offer| offer.carries == Carries::Presence);
    let mut device = Device::opens(opening);
    device.does(Event::Acknowledged);
    for _ in 0..4 {
        assert_eq!(device.step(), Step::HoldButton);
        device.waits(secs(120));
        assert_eq!(device.step(), Step::ChooseMethod);
        device.does(Event::MethodChosen(method("button")));
    }
    device.waits(secs(120));
    assert_eq!((device.step(), device.failure()), (Step::DeadEnd, Some(FailureKind::PressNotSeen)), "R47");
    let case = device.view().case;
    assert_eq!((case.failure, case.method), (Some(FailureKind::PressNotSeen), Some(method("button"))));
}

#[test]
fn e_517_a_line_that_is_lost_and_e_515_one_that_another_session_took_lead_on() {
    for (event, kind) in [(Event::ButtonLost, FailureKind::ButtonLost), (Event::ButtonTaken, FailureKind::ButtonBusy)] {
        let mut device = at_button();
        device.edge(true).waits(secs(9));
        device.does(event);
        assert_eq!((device.step(), device.failure()), (Step::ChooseMethod, Some(kind)));
        assert_eq!(device.watching, None);
        device.waits(secs(2)).edge(false).waits(secs(1));
        assert_eq!(device.step(), Step::ChooseMethod, "what is held now serves nobody here");
    }
}

/// A button that is somebody else's for a moment has nothing to do with a method that died before.
#[test]
fn r93_e_515_a_button_taken_after_its_method_was_started_again_is_still_the_last_way() {
    let mut opening = every_way(OnPresence::NewPassword);
    opening.selection.offered.retain(|offer| offer.carries == Carries::Presence);
    let mut device = Device::opens(opening);
    device.does(Event::Acknowledged);
    let run = device.run.unwrap();
    device.does(Event::MethodGone(run, FailureKind::MethodCrashed));
    assert_eq!(device.step(), Step::HoldButton);
    device.does(Event::ButtonTaken);
    assert_eq!((device.step(), device.failure()), (Step::ChooseMethod, Some(FailureKind::ButtonBusy)));
    device.does(Event::MethodChosen(method("button"))).holds_for(secs(10));
    assert_eq!(device.step(), Step::ChoosePassword);
}

#[test]
fn r82_a_method_that_lies_about_the_button_gets_nothing() {
    let mut device = at_button();
    let run = device.run.unwrap();
    for event in [Event::MethodReady(run), Event::Delivered(run), Event::PressAsked { run }] {
        device.does(event);
        assert_eq!(device.step(), Step::HoldButton);
    }
    device.does(Event::Persisted(run)).does(Event::CounterRaised(run, Counter::new(99)));
    assert_eq!(device.step(), Step::HoldButton);
    assert!(!device.audit.iter().any(|what| matches!(what, AuditKind::Proved(..))));
}

#[test]
fn r83_a_method_that_dies_in_the_middle_of_a_hold_is_started_once_more() {
    let mut device = at_button();
    device.edge(true).waits(secs(5));
    let run = device.run.unwrap();
    device.does(Event::MethodGone(run, FailureKind::MethodCrashed));
    assert_eq!(device.step(), Step::HoldButton);
    device.waits(secs(6)).edge(false).waits(secs(1));
    assert_eq!(device.step(), Step::HoldButton, "a hold that began before does not count: it was pressed at the start");
    device.holds_for(secs(10));
    assert_eq!(device.step(), Step::ChoosePassword);
}

#[test]
fn r88_a_hold_across_a_boot_does_not_exist() {
    let mut device = Device::opens(every_way(OnPresence::NewPassword)).at_code_entry();
    device.does(Event::MethodChosen(method("button"))).edge(true).waits(secs(9));
    device.reboots().unwrap();
    assert_eq!(device.step(), Step::EnterCode, "the code that was out is there again");
    device.waits(secs(5)).edge(false).waits(secs(1));
    assert_eq!(device.step(), Step::EnterCode);
}

#[test]
fn a_code_that_is_out_stays_good_while_the_owner_is_at_the_button() {
    let mut device = Device::opens(every_way(OnPresence::NewPassword)).at_code_entry();
    let right = device.mail();
    device.does(Event::MethodChosen(method("button"))).waits(minutes(2));
    assert_eq!((device.step(), device.failure()), (Step::EnterCode, Some(FailureKind::PressNotSeen)));
    device.does(typed(&right));
    assert_eq!(device.step(), Step::ChoosePassword);
}

#[test]
fn r10_a_press_at_the_button_reserves_the_next_attempt_at_the_code() {
    let mut device = Device::opens(every_way(OnPresence::NewPassword)).at_code_entry();
    while device.ledger.tokens(Lane::Console, device.time()) > 0 {
        device.ledger = device.ledger.take(Lane::Console, device.time()).unwrap();
    }
    device.does(Event::MethodChosen(method("button"))).does(Event::ButtonPressed).does(Event::TryAnotherWay);
    device.does(Event::MethodChosen(method("companion")));
    device.does(typed(&device.mail()));
    assert_eq!(device.step(), Step::ChoosePassword);
    assert_eq!(device.ledger.tokens(Lane::Button, device.time()), 0, "the button's token was taken");
}

#[test]
fn r88_a_button_that_means_the_factory_state_says_so_asks_first_and_sets_no_password() {
    let mut device = Device::opens(every_way(OnPresence::FactoryState));
    device.does(Event::TryAnotherWay);
    let view = device.view();
    let offer = view.offers.last().unwrap();
    assert_eq!(
        (offer.method.as_str(), offer.loss),
        ("button", Loss::AllSettings),
        "least loss first, whatever it says"
    );
    device.does(Event::MethodChosen(method("button")));
    let view = device.view();
    assert_eq!((view.step, view.loss), (Step::ConfirmLoss, Some(Loss::AllSettings)));
    assert_eq!(view.hold.map(|hold| hold.outcome), Some(OnPresence::FactoryState));
    assert_eq!(device.run, None, "nothing runs before the owner said yes");
    device.does(Event::Acknowledged);
    assert!(device.audit.contains(&AuditKind::LossConfirmed(method("button"), Loss::AllSettings)));
    device.holds_for(secs(11));
    assert_eq!((device.step(), device.erased.len(), device.commits.len()), (Step::FactoryState, 1, 0));
    assert!(device.notices[0].factory_state && device.session().is_over());
}

#[test]
fn e_518_what_was_surely_not_erased_leads_on_and_the_hold_is_spent() {
    let mut device = Device::opens(every_way(OnPresence::FactoryState)).at_button();
    device.edge(true).waits(secs(11)).edge(false);
    device.now += secs(1);
    device.give(Event::DeadlineReached(DeadlineReason::LineSettled));
    assert_eq!(device.step(), Step::Erasing);
    assert!(!device.view().can_cancel);
    device.give(Event::Cancelled).give(Event::Superseded);
    assert_eq!(device.step(), Step::Erasing, "from here on nobody can say stop");
    let ticket = device.takes(|asked| matches!(asked, Asked::Erase { .. })).ticket();
    device.does(Event::EraseFailed(ticket, FailureKind::EraseFailed));
    assert_eq!((device.step(), device.failure()), (Step::ChooseMethod, Some(FailureKind::EraseFailed)));
    assert!(device.erased.is_empty() && device.notices.is_empty());
}

#[test]
fn r88_without_a_word_in_the_profile_there_is_no_button() {
    let policy = SelectionPolicy::reference(Purpose::Reset, Lane::Console);
    let selection = select(&Facts::none().with(Fact::ButtonWired), &[pressing("button")], &policy);
    assert_eq!(selection.withheld[0].reason.kind, FailureKind::NoButton);
    // ... nor in an engine whose rules have none, whatever was selected.
    let mut opening = every_way(OnPresence::NewPassword);
    opening.rules.button = None;
    let mut device = Device::opens(opening);
    device.does(Event::MethodChosen(method("button")));
    assert_ne!(device.step(), Step::HoldButton);
    assert!(device.view().offers.iter().all(|offer| offer.carries != Carries::Presence));
}

#[test]
fn the_button_confirms_no_address() {
    let mut opening = every_way(OnPresence::NewPassword);
    opening.purpose = Purpose::ConfirmAddress;
    let mut device = Device::opens(opening);
    device.does(Event::MethodChosen(method("button")));
    assert_eq!(device.watching, None);
    assert!(device.confirmed.is_empty());
}

#[test]
fn e_520_a_hold_that_nobody_made_leads_back_to_the_button_even_after_its_method_was_started_again() {
    let mut opening = every_way(OnPresence::NewPassword);
    opening.selection.offered.retain(|offer| offer.carries == Carries::Presence);
    let mut device = Device::opens(opening);
    device.does(Event::Acknowledged);
    let run = device.run.unwrap();
    device.does(Event::MethodGone(run, FailureKind::MethodCrashed));
    device.waits(secs(120));
    assert_eq!((device.step(), device.failure()), (Step::ChooseMethod, Some(FailureKind::PressNotSeen)));
    device.does(Event::MethodChosen(method("button"))).holds_for(secs(10));
    assert_eq!(device.step(), Step::ChoosePassword);
}
