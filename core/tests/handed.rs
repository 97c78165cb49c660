//! A code that is handed to the method: mail by the device itself, and all that can become of it.

use crate::support::*;
use resetkit_core::*;
use std::time::Duration;

fn mailing() -> Device {
    Device::opens(every_way(OnPresence::NewPassword)).at_handed_code()
}

/// The mail server took it.
fn mailed() -> Device {
    let mut device = mailing();
    let run = device.run.unwrap();
    device.does(Event::Delivered(run));
    device
}

#[test]
fn r32_a_code_is_handed_over_once_and_only_when_it_is_durable() {
    let mut device = Device::opens(every_way(OnPresence::NewPassword));
    device.does(Event::TryAnotherWay).give(Event::MethodChosen(method("email")));
    while !device.asked.iter().any(|asked| matches!(asked, Asked::Persist { .. })) {
        let asked = device.asked.remove(0);
        device.answer(asked);
    }
    assert!(device.handed.is_empty(), "not before its record is written");
    device.settle();
    assert_eq!(device.handed, device.stored);
    assert!(device.delivered.is_empty(), "nothing is sealed for it");
    let audit = &device.audit;
    assert!(audit.contains(&AuditKind::CodeHanded(device.handed[0], method("email"))), "{audit:?}");
}

#[test]
fn the_owner_gets_in_with_a_code_that_the_device_mailed_itself() {
    let mut device = mailed();
    assert_eq!(device.view().carries, Some(Carries::Handed));
    device.does(typed(&device.mail()));
    assert_eq!(device.step(), Step::ChoosePassword);
    device.does(password(GOOD));
    assert_eq!((device.step(), device.commits.len()), (Step::Done, 1));
    assert!(device.audit.iter().any(|what| matches!(what, AuditKind::CodeDelivered(_))), "R92: mail sent");
}

#[test]
fn a_mail_that_was_refused_voids_its_code_and_leads_on() {
    for kind in [
        FailureKind::SmtpUnreachable,
        FailureKind::SmtpNotSecure,
        FailureKind::MailboxFull,
        FailureKind::SmtpLoginRefused,
        FailureKind::MailAddressRefused,
        FailureKind::SmtpRefused,
    ] {
        let mut device = mailing();
        let (request, run) = (device.view().request.unwrap(), device.run.unwrap());
        device.does(Event::MethodFailed(run, kind));
        assert_eq!((device.step(), device.failure()), (Step::ChooseMethod, Some(kind)));
        assert!(device.voided.contains(&request), "{kind}: nobody has it");
        assert!(device.disk.is_none(), "{kind}");
        let offered = |id| device.view().offers.iter().any(|offer| offer.method == method(id));
        assert!(offered("companion"), "{kind}");
        assert_eq!(
            offered("email"),
            kind.is_mended_on_the_spot(),
            "{kind}: worth a second try only if it can be mended"
        );
    }
}

#[test]
fn e_321_a_method_that_dies_before_it_could_say_gets_one_more_start_and_a_new_code() {
    for kind in [FailureKind::MethodCrashed, FailureKind::MethodHung, FailureKind::MethodGarbage] {
        let mut device = mailing();
        let (first, run) = (device.view().request.unwrap(), device.run.unwrap());
        device.does(Event::MethodGone(run, kind));
        let second = device.view().request.unwrap();
        assert_eq!(device.step(), Step::EnterCode);
        assert!(second > first && device.voided.contains(&first), "the number tells the mails apart");
        assert_eq!(device.handed, [first, second]);
        let run = device.run.unwrap();
        device.does(Event::MethodGone(run, kind));
        assert_eq!((device.step(), device.failure()), (Step::ChooseMethod, Some(FailureKind::MethodQuarantined)));
    }
}

#[test]
fn e_321_silence_about_a_mail_ends_after_two_minutes() {
    let mut device = mailing();
    let deadline = device.session().deadline().unwrap();
    assert_eq!((deadline.why, deadline.at), (DeadlineReason::Delivery, device.now + Duration::from_secs(120)));
    let first = device.view().request.unwrap();
    device.waits(Duration::from_secs(120));
    assert!(device.voided.contains(&first));
    assert_eq!(device.step(), Step::EnterCode, "once more, with a new code");
    device.waits(Duration::from_secs(120));
    assert_eq!(device.step(), Step::ChooseMethod);
}

#[test]
fn a_method_that_dies_after_the_mail_was_accepted_costs_neither_the_code_nor_another_mail() {
    let mut device = mailed();
    let (request, run) = (device.view().request.unwrap(), device.run.unwrap());
    device.does(Event::MethodGone(run, FailureKind::MethodCrashed));
    assert_eq!((device.step(), device.view().request), (Step::EnterCode, Some(request)));
    assert_eq!(device.handed.len(), 1);
    device.waits(minutes(10));
    device.does(typed(&device.mail()));
    assert_eq!(device.step(), Step::ChoosePassword);
}

#[test]
fn r19_a_mailed_code_outlives_a_boot_and_no_mail_is_sent_again() {
    let mut device = mailed();
    let right = device.mail();
    device.reboots().unwrap();
    assert_eq!((device.step(), device.handed.len(), device.run), (Step::EnterCode, 1, None));
    device.does(typed(&right));
    assert_eq!(device.step(), Step::ChoosePassword);
}

#[test]
fn asking_to_send_again_is_a_new_code_and_the_old_one_is_good_until_that_is_stored() {
    let mut device = mailed();
    let (first, run) = (device.view().request.unwrap(), device.run.unwrap());
    device.give(Event::DeliveryAsked { run, purpose: Purpose::Reset });
    assert!(!device.voided.contains(&first));
    device.settle();
    let second = device.view().request.unwrap();
    assert!(second > first && device.voided.contains(&first));
    device.does(Event::Delivered(run));
    device.does(Event::DeliveryAsked { run, purpose: Purpose::Reset });
    device.does(Event::Delivered(run));
    // Three codes a session: the fourth is refused, and the third stays.
    let third = device.view().request.unwrap();
    device.does(Event::DeliveryAsked { run, purpose: Purpose::Reset });
    assert_eq!((device.failure(), device.view().request), (Some(FailureKind::TooManyCodes), Some(third)));
    device.does(typed(&device.mail()));
    assert_eq!(device.step(), Step::ChoosePassword);
}

#[test]
fn leaving_while_the_mail_is_under_way_voids_its_code_and_leaving_after_it_keeps_it() {
    let mut device = mailing();
    let request = device.view().request.unwrap();
    device.does(Event::TryAnotherWay);
    assert!(device.voided.contains(&request));
    let mut device = mailed();
    let request = device.view().request.unwrap();
    device.does(Event::TryAnotherWay);
    assert_eq!((device.step(), device.view().request), (Step::ChooseMethod, Some(request)));
    device.does(Event::MethodChosen(method("email")));
    assert_eq!((device.step(), device.view().request), (Step::EnterCode, Some(request)));
    assert_eq!(device.handed.len(), 1, "going back to it sends nothing");
}

#[test]
fn no_mail_came_first_says_what_helps_then_shows_the_other_ways() {
    let mut device = mailed();
    device.does(Event::NoMailCame);
    assert_eq!((device.step(), device.failure()), (Step::EnterCode, Some(FailureKind::NoMailCame)));
    device.does(Event::NoMailCame);
    assert_eq!(device.step(), Step::ChooseMethod);
}

#[test]
fn r82_e_306_a_method_may_ask_only_for_what_it_carries() {
    type Wish = fn(Ticket) -> Event;
    let seal: Wish = |run| Event::SealAsked { run, purpose: Purpose::Reset, form: SealForm::AddressSealed };
    let hand: Wish = |run| Event::DeliveryAsked { run, purpose: Purpose::Reset };
    let press: Wish = |run| Event::PressAsked { run };
    let wishes = [("companion", [hand, press]), ("email", [seal, press]), ("button", [seal, hand])];
    for (id, wrong) in wishes {
        for wish in wrong {
            let mut device = Device::opens(every_way(OnPresence::NewPassword));
            device.give(Event::MethodChosen(method(id)));
            let run = device.run.unwrap();
            device.asked.clear();
            let name = wish(run).name();
            device.give(wish(run));
            let failed = AuditKind::MethodFailed(method(id), FailureKind::MethodGarbage);
            assert!(device.audit.contains(&failed), "{id} {name:?}");
            assert!(device.handed.is_empty() && device.mails.is_empty() && device.watching.is_none(), "{id}");
        }
    }
}

#[test]
fn r31_f25_without_randomness_no_code_is_made_and_starting_again_is_the_next_step() {
    for id in ["companion", "email"] {
        let mut device = Device::opens(every_way(OnPresence::NewPassword));
        device.give(Event::MethodChosen(method(id)));
        let ticket = device.comes_to_issue();
        device.give(Event::ChallengeRefused(ticket, FailureKind::NoRandomness.into()));
        assert_eq!((device.step(), device.failure()), (Step::Expired, Some(FailureKind::NoRandomness)), "{id}");
        assert!(device.mails.is_empty() && device.disk.is_none());
    }
}

#[test]
fn what_the_owner_can_mend_is_worth_one_more_try_even_where_mail_is_the_only_way() {
    let mut opening = every_way(OnPresence::NewPassword);
    opening.selection.offered.retain(|offer| offer.carries == Carries::Handed);
    let mut device = Device::opens(opening);
    device.does(Event::Acknowledged);
    let run = device.run.unwrap();
    device.does(Event::MethodFailed(run, FailureKind::MailboxFull));
    assert_eq!((device.step(), device.failure()), (Step::ChooseMethod, Some(FailureKind::MailboxFull)));
    device.does(Event::MethodChosen(method("email")));
    assert_eq!(device.step(), Step::EnterCode, "there is room now");
    let run = device.run.unwrap();
    device.does(Event::MethodFailed(run, FailureKind::MailboxFull));
    assert_eq!((device.step(), device.failure()), (Step::DeadEnd, Some(FailureKind::MailboxFull)));
    let withheld = device.view().withheld;
    assert_eq!(withheld.last().unwrap().reason.kind, FailureKind::MailboxFull, "refused twice is no quarantine");
    let case = device.view().case;
    assert_eq!(
        (case.failure, case.method, case.tries_used),
        (Some(FailureKind::MailboxFull), Some(method("email")), 0)
    );
}

/// Room in the mailbox has nothing to do with a worker that died before: each is forgiven once.
#[test]
fn e_410_is_worth_one_more_try_also_after_the_method_was_started_again() {
    let mut opening = every_way(OnPresence::NewPassword);
    opening.selection.offered.retain(|offer| offer.carries == Carries::Handed);
    let mut device = Device::opens(opening);
    device.does(Event::Acknowledged);
    let run = device.run.unwrap();
    device.does(Event::MethodGone(run, FailureKind::MethodHung));
    let run = device.run.unwrap();
    device.does(Event::MethodFailed(run, FailureKind::MailboxFull));
    assert_eq!((device.step(), device.failure()), (Step::ChooseMethod, Some(FailureKind::MailboxFull)));
    device.does(Event::MethodChosen(method("email")));
    let run = device.run.unwrap();
    device.does(Event::MethodFailed(run, FailureKind::MailboxFull));
    assert_eq!((device.step(), device.failure()), (Step::DeadEnd, Some(FailureKind::MailboxFull)), "R47: once");
}

#[test]
fn a_way_that_the_session_has_used_up_is_named_with_its_reason() {
    let mut device = mailed();
    for _ in 0..2 {
        device.does(Event::NewChallengeAsked);
        let run = device.run.unwrap();
        device.does(Event::Delivered(run));
    }
    device.does(Event::TryAnotherWay);
    let view = device.view();
    let ways: Vec<_> = view.offers.iter().map(|offer| offer.method.as_str()).collect();
    assert_eq!(ways, ["email", "button"], "its own code is out; the button needs none");
    let reason = view.withheld.iter().find(|withheld| withheld.method == method("companion")).unwrap();
    assert_eq!(reason.reason.kind, FailureKind::TooManyCodes);
}

#[test]
fn a_wish_to_send_again_while_a_code_is_checked_is_answered_and_disturbs_nothing() {
    let mut device = mailed();
    let (run, wrong) = (device.run.unwrap(), device.wrong());
    device.give(typed(&wrong));
    for stage in ["charging", "deriving"] {
        assert_eq!(device.step(), Step::Checking, "{stage}");
        let told = device.refused_codes;
        device.give(Event::DeliveryAsked { run, purpose: Purpose::Reset });
        assert_eq!(device.refused_codes, told + 1, "{stage}: the method hears that it has to ask again");
        let asked = device.asked.remove(0);
        device.answer(asked);
    }
    assert_eq!((device.step(), device.failure()), (Step::EnterCode, Some(FailureKind::CodeWrong)));
    assert_eq!(device.handed.len(), 1);
}

#[test]
fn e_321_is_what_the_log_says_of_a_mail_that_a_dying_method_left_open() {
    let mut device = mailing();
    let (request, run) = (device.view().request.unwrap(), device.run.unwrap());
    device.give(Event::MethodGone(run, FailureKind::MethodCrashed));
    assert!(device.audit.contains(&AuditKind::ChallengeVoid(request, FailureKind::DeliveryCut)));
    assert!(device.audit.contains(&AuditKind::MethodFailed(method("email"), FailureKind::DeliveryCut)));
    assert_eq!(device.failure(), Some(FailureKind::DeliveryCut), "the owner is told which mail counts");
}

#[test]
fn whoever_types_a_code_has_it_so_a_method_that_dies_afterwards_does_not_void_it() {
    let mut device = mailing();
    let (request, right) = (device.view().request.unwrap(), device.mail());
    let wrong = device.wrong();
    device.does(typed(&wrong));
    let run = device.run.unwrap();
    device.does(Event::MethodGone(run, FailureKind::MethodCrashed));
    assert_eq!((device.step(), device.view().request), (Step::EnterCode, Some(request)));
    device.does(typed(&right));
    assert_eq!(device.step(), Step::ChoosePassword);
}

#[test]
fn r82_e_306_nor_may_it_ask_for_the_other_carriage_while_its_code_is_out() {
    let mut device = mailed();
    let (request, run) = (device.view().request.unwrap(), device.run.unwrap());
    device.does(Event::SealAsked { run, purpose: Purpose::Reset, form: SealForm::AddressSealed });
    assert!(device.delivered.is_empty(), "nothing is sealed for a code that was handed over");
    assert_eq!((device.failure(), device.view().request), (Some(FailureKind::MethodGarbage), Some(request)));

    let mut device = Device::opens(every_way(OnPresence::NewPassword)).at_code_entry();
    let (request, run) = (device.view().request.unwrap(), device.run.unwrap());
    device.does(Event::DeliveryAsked { run, purpose: Purpose::Reset });
    assert!(device.handed.is_empty(), "and none that was sealed is handed over");
    assert_eq!((device.step(), device.view().request), (Step::EnterCode, Some(request)));
    assert!(device.audit.contains(&AuditKind::MethodFailed(method("companion"), FailureKind::MethodGarbage)));
}
