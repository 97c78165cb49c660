//! Life of a code in powered time, over boots.

use crate::support::*;
use resetkit_core::*;
use std::time::Duration;

#[test]
fn r18_a_code_lives_sixty_powered_minutes() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    device.waits(minutes(60) - Duration::from_secs(1));
    assert_eq!((device.step(), device.view().minutes_left), (Step::EnterCode, Some(1)));
    device.waits(Duration::from_secs(1));
    assert_eq!((device.step(), device.failure()), (Step::Expired, Some(FailureKind::CodeExpired)));
    assert_eq!(device.voided, [Counter::new(1)]);
}

#[test]
fn r18_a_code_typed_at_the_end_without_a_deadline_event_is_expired_all_the_same() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    let right = device.mail();
    device.now += minutes(60);
    device.does(typed(&right));
    assert_eq!((device.step(), device.failure()), (Step::Expired, Some(FailureKind::CodeExpired)));
}

#[test]
fn r18_wcag_2_2_1_the_owner_extends_up_to_the_cap_and_no_further() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    let mut asked = 0;
    while device.view().can_extend {
        device.does(Event::MoreTimeAsked);
        asked += 1;
    }
    assert_eq!((asked, device.view().minutes_left), (23, Some(1_440)));
    device.does(Event::MoreTimeAsked).waits(minutes(1_440) - Duration::from_secs(1));
    assert_eq!(device.step(), Step::EnterCode);
    device.waits(Duration::from_secs(1));
    assert_eq!(device.step(), Step::Expired);
}

#[test]
fn r19_the_remaining_life_is_written_every_five_minutes() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    for passed in 1..12 {
        device.waits(minutes(5));
        assert_eq!(device.disk.as_ref().unwrap().minutes_left, 60 - 5 * passed);
    }
}

#[test]
fn r19_r12_every_boot_costs_one_interval_and_the_thirteenth_is_one_too_many() {
    let rules = SessionRules { life_minutes: 1_440, ..SessionRules::default() };
    let mut device = Device::opens(Opening { rules, ..opening(companion_only()) }).at_code_entry();
    for boot in 1..=12 {
        let wrong = device.wrong();
        if boot == 3 {
            device.does(typed(&wrong));
        }
        device.reboots().unwrap();
        let view = device.view();
        let tries = if boot >= 3 { 4 } else { 5 };
        assert_eq!((view.step, view.tries_left), (Step::EnterCode, Some(tries)));
        assert!(view.minutes_left <= Some(1_440 - 5 * boot));
    }
    assert_eq!(device.reboots().unwrap_err(), FailureKind::CodeExpired);
}

#[test]
fn r19_staying_off_does_not_count_and_a_reboot_loop_expires_the_code() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    let mut boots = 0;
    while device.reboots().is_ok() {
        boots += 1;
    }
    assert_eq!(boots, 11, "sixty minutes are twelve intervals");
}

#[test]
fn r19_total_powered_life_never_exceeds_cap_and_one_interval() {
    for cut_after in 1..=9_u64 {
        let mut device = Device::opens(opening(companion_only())).at_code_entry();
        let mut powered = Duration::ZERO;
        loop {
            while device.view().can_extend && device.step() == Step::EnterCode {
                device.does(Event::MoreTimeAsked);
            }
            device.waits(minutes(cut_after * 13) + Duration::from_secs(59));
            if device.step() != Step::EnterCode {
                break;
            }
            powered += minutes(cut_after * 13) + Duration::from_secs(59);
            if device.reboots().is_err() {
                break;
            }
        }
        assert!(powered <= minutes(1_440 + 5), "{powered:?}");
    }
}

#[test]
fn tries_and_life_are_kept_over_a_boot_and_so_is_the_request() {
    let mut device = Device::opens(opening(three_ways())).at_code_entry();
    let (wrong, right) = (device.wrong(), device.mail());
    device.does(typed(&wrong)).waits(minutes(7));
    device.reboots().unwrap();
    let view = device.view();
    assert_eq!((view.request, view.tries_left), (Some(Counter::new(1)), Some(4)));
    assert_eq!(view.minutes_left, Some(50), "sixty, less five written, less five for the boot");
    assert!(view.method_running, "the picture is shown again");
    device.does(typed(&right)).does(password(GOOD));
    assert_eq!(device.step(), Step::Done);
}

#[test]
fn a_code_outlives_the_method_that_showed_it() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    let right = device.mail();
    device.selection = select(&Facts::none(), &[], &SelectionPolicy::reference(Purpose::Reset, Lane::Console));
    device.reboots().unwrap();
    let view = device.view();
    assert_eq!((view.step, view.method_running), (Step::EnterCode, false));
    assert_eq!(view.failure.unwrap().kind, FailureKind::MethodNotInstalled);
    device.does(typed(&right)).does(password(GOOD));
    assert_eq!(device.step(), Step::Done);
}

#[test]
fn a_record_that_claims_too_much_is_cut_down_to_the_rules() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    let record = device.disk.as_mut().unwrap();
    (record.tries_left, record.session_tries_left, record.challenges_left) = (200, 200, 200);
    (record.minutes_left, record.cap_minutes_left, record.boots_left) = (60_000, 60_000, 255);
    let charged = record.clone().charge_boot(&device.rules).unwrap();
    let record = charged.record();
    assert_eq!((record.tries_left, record.session_tries_left, record.challenges_left), (5, 10, 3));
    assert_eq!((record.minutes_left, record.cap_minutes_left, record.boots_left), (1_435, 1_435, 11));
}

#[test]
fn a_record_with_nothing_left_is_not_resumed() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    let record = device.disk.take().unwrap();
    let spent = Record { tries_left: 0, ..record.clone() };
    assert_eq!(spent.charge_boot(&device.rules).unwrap_err(), FailureKind::CodeUsedUp);
    let over = Record { minutes_left: 5, ..record.clone() };
    assert_eq!(over.charge_boot(&device.rules).unwrap_err(), FailureKind::CodeExpired);
    let twisted = Record { purpose: Purpose::Unlock, ..record };
    let resumable = twisted.charge_boot(&device.rules).unwrap();
    let (session, _) = Session::resume(resumable, device.rules, companion_only(), device.time());
    assert!(session.is_over(), "R37: a challenge of one purpose under another");
}

#[test]
fn r46_an_idle_screen_gives_its_slot_back() {
    let mut device = Device::opens(opening(companion_only()));
    device.waits(minutes(10));
    assert_eq!((device.step(), device.failure()), (Step::Expired, Some(FailureKind::SessionIdle)));
}

#[test]
fn a_code_waits_while_the_owner_looks_around() {
    let mut device = Device::opens(opening(three_ways())).at_code_entry();
    device.does(Event::TryAnotherWay).waits(minutes(45));
    let view = device.view();
    assert_eq!((view.step, view.request, view.minutes_left), (Step::ChooseMethod, Some(Counter::new(1)), Some(15)));
    device.waits(minutes(15));
    assert_eq!((device.step(), device.failure()), (Step::ChooseMethod, Some(FailureKind::CodeExpired)));
    device.does(Event::MethodChosen(method("companion")));
    assert_eq!(device.view().request, Some(Counter::new(2)));
}
