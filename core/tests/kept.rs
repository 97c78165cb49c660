//! Codes that the owner keeps on a sheet (R87): charged as any other, compared with every one of the sheet, used once.

use crate::support::*;
use resetkit_core::*;

fn at_sheet() -> Device {
    with_sheet(Sheet::printed(1))
}

fn with_sheet(sheet: Sheet) -> Device {
    let mut device = Device::opens(five_ways(OnPresence::NewPassword, ProofRule::one_of_any()));
    device.sheet = Some(sheet);
    device.at_entry_by("recovery-codes")
}

#[test]
fn r87_a_code_of_the_sheet_opens_and_the_same_commit_crosses_it_out() {
    let mut device = at_sheet();
    let view = device.view();
    assert_eq!(view.sheet, Some(SheetView { number: 1, left: 8 }));
    assert_eq!(
        (view.carries, view.code_style, view.tries_left),
        (Some(Carries::Kept), CodeStyle::KeptLetters, Some(5))
    );
    assert_eq!(device.awaited, [view.request.unwrap()], "the method is told, after the challenge is durable");
    assert!(device.mails.is_empty() && device.delivered.is_empty(), "R1: no code was drawn, nothing was sealed");
    let third = device.sheet.as_ref().unwrap().paper[2].clone();
    device.does(typed(&third.to_lowercase().replace('-', " ")));
    assert_eq!(device.step(), Step::ChoosePassword);
    assert!(device.kept_used.is_empty(), "nothing is used up before the password is decided");
    device.does(password(GOOD));
    assert_eq!(device.kept_used, [KeptPlace { sheet: 1, place: 2 }]);
    let read: Vec<_> = device.audit.iter().map(AuditKind::as_str).collect();
    let story =
        ["opened", "method-chosen", "kept-awaited", "attempt-charged", "proved", "kept-code-used", "password-set"];
    assert_eq!(read, story);
    assert_eq!(device.notices.len(), 1, "R71");
}

#[test]
fn e_212_r14_f12_a_code_that_was_used_is_recognised_costs_a_try_and_opens_nothing() {
    let mut sheet = Sheet::printed(1);
    sheet.used[0] = true;
    let used = sheet.paper[0].clone();
    let mut device = with_sheet(sheet);
    assert_eq!(device.view().sheet.unwrap().left, 7);
    device.does(typed(&used));
    assert_eq!((device.step(), device.failure()), (Step::EnterCode, Some(FailureKind::KeptCodeUsed)));
    assert_eq!(device.view().tries_left, Some(4), "charged like a wrong one");
    for _ in 0..4 {
        device.does(typed(&used));
    }
    assert_eq!(device.derived[&Counter::new(1)], 5, "R6");
    assert!(device.voided.contains(&Counter::new(1)) && device.commits.is_empty());
}

#[test]
fn f12_r14_redeemed_twice_across_a_crash_it_opens_once() {
    // The power goes before the decision: the old password holds, and so does the code.
    let mut device = at_sheet();
    let code = device.mail();
    device.does(typed(&code)).give(password(GOOD));
    device.reboots().unwrap();
    assert_eq!((device.step(), device.commits.len(), device.kept_used.len()), (Step::EnterCode, 0, 0));
    assert_eq!(device.view().tries_left, Some(4), "R12: a boot gives no try back");
    device.does(typed(&code)).does(password(GOOD));
    assert_eq!((device.step(), device.kept_used.len()), (Step::Done, 1));

    // The power goes after it: the code is crossed out, in whatever session it is typed next.
    assert!(device.reboots().is_err(), "nothing is pending");
    let mut again = with_sheet(device.sheet.clone().unwrap());
    again.does(typed(&code));
    assert_eq!((again.step(), again.failure()), (Step::EnterCode, Some(FailureKind::KeptCodeUsed)));
}

#[test]
fn f12_r14_a_code_that_two_sessions_proved_is_spent_by_the_first_and_the_second_commits_nothing() {
    let mut device = at_sheet();
    let code = device.mail();
    device.does(typed(&code));
    // Another session was faster; its decision is durable, and this one was not told yet.
    device.sheet.as_mut().unwrap().used[0] = true;
    device.does(password(GOOD));
    assert_eq!((device.step(), device.failure()), (Step::ChoosePassword, Some(FailureKind::CommitFailed)));
    assert!(device.commits.is_empty() && device.kept_used.is_empty());
}

#[test]
fn r87_r11_a_sheet_is_resumed_after_a_boot_as_it_is_by_then() {
    let mut device = at_sheet();
    let wrong = device.wrong();
    device.does(typed(&wrong));
    device.sheet.as_mut().unwrap().used[0] = true;
    let crossed = device.sheet.as_ref().unwrap().paper[0].clone();
    device.reboots().unwrap();
    assert_eq!((device.step(), device.view().tries_left), (Step::EnterCode, Some(4)));
    assert_eq!(device.awaited.len(), 2, "the method is started again, and told again");
    device.does(typed(&crossed));
    assert_eq!(device.failure(), Some(FailureKind::KeptCodeUsed));
    let right = device.mail();
    device.does(typed(&right));
    assert_eq!(device.step(), Step::ChoosePassword);
}

#[test]
fn e_106_without_a_sheet_or_with_none_left_the_owner_is_shown_the_other_ways() {
    for sheet in [None, Some(Sheet { used: vec![true; 8], ..Sheet::printed(1) })] {
        let mut device = Device::opens(five_ways(OnPresence::NewPassword, ProofRule::one_of_any()));
        device.sheet = sheet;
        device.does(Event::TryAnotherWay).does(Event::MethodChosen(method("recovery-codes")));
        assert_eq!((device.step(), device.failure()), (Step::ChooseMethod, Some(FailureKind::NoRecoveryCodes)));
        let ways: Vec<_> = device.view().offers.into_iter().map(|offer| offer.method).collect();
        assert_eq!(ways, ["companion", "email", "support", "button"].map(method));
    }
}

#[test]
fn r13_a_mailed_code_is_none_of_the_sheet_and_a_kept_one_is_no_mail() {
    let mut device = Device::opens(five_ways(OnPresence::NewPassword, ProofRule::one_of_any())).at_code_entry();
    let (mailed, kept) = (device.mail(), device.sheet.as_ref().unwrap().paper[0].clone());
    device.does(typed(&kept));
    assert_eq!(device.failure(), Some(FailureKind::CodeMalformed), "R3: it has another length, and costs nothing");
    device.does(Event::MethodChosen(method("recovery-codes"))).does(typed(&mailed));
    assert_eq!((device.failure(), device.view().tries_left), (Some(FailureKind::CodeMalformed), Some(5)));
}

#[test]
fn r37_a_kept_code_confirms_no_address() {
    let opening = five_ways(OnPresence::NewPassword, ProofRule::one_of_any());
    let offered = opening.selection.offered.into_iter().filter(|offer| offer.carries == Carries::Kept).collect();
    let selection = Selection { offered, ..Selection::default() };
    let device = Device::opens(Opening {
        purpose: Purpose::ConfirmAddress,
        selection,
        rules: opening.rules,
        ..five_ways(OnPresence::NewPassword, ProofRule::one_of_any())
    });
    assert_eq!(device.step(), Step::DeadEnd, "what was kept says nothing of a mailbox");
}

/// Whoever lies about what a challenge is gets nothing: a sheet where a code was to be drawn, a drawn one where the sheet was
/// asked for, a sheet with more codes than R7 counts.
#[test]
fn r7_r82_a_challenge_that_is_not_the_one_asked_for_is_none() {
    let issue = |way: &str| {
        let mut device = Device::opens(five_ways(OnPresence::NewPassword, ProofRule::one_of_any()));
        device.give(Event::TryAnotherWay).give(Event::MethodChosen(method(way)));
        let ticket = device.comes_to_issue();
        (device, ticket)
    };
    let (mut device, ticket) = issue("recovery-codes");
    let drawn = device.challenge(Counter::new(1), Purpose::Reset, CodeStyle::Letters);
    device.does(Event::ChallengeIssued(ticket, drawn));
    assert_eq!(device.failure(), Some(FailureKind::SealFailed));

    let (mut device, ticket) = issue("companion");
    let kept = device.kept_challenge(Counter::new(1), Purpose::Reset).unwrap();
    device.does(Event::ChallengeIssued(ticket, kept));
    assert_eq!(device.failure(), Some(FailureKind::SealFailed));

    let (mut device, ticket) = issue("recovery-codes");
    let kept = device.kept_challenge(Counter::new(1), Purpose::Reset).unwrap();
    let mut sheet = kept.sheet().unwrap().clone();
    sheet.codes.extend(sheet.codes.clone());
    device.does(Event::ChallengeIssued(ticket, Challenge { expected: Expected::Kept(sheet), ..kept }));
    assert_eq!(device.failure(), Some(FailureKind::SealFailed));
}

/// The way that needs nothing but the sheet is there when three mails came to nothing.
#[test]
fn r47_the_sheet_takes_none_of_the_codes_that_a_session_may_make_and_is_bounded_itself() {
    let mut device = Device::opens(five_ways(OnPresence::NewPassword, ProofRule::one_of_any()));
    device.does(Event::TryAnotherWay);
    for way in ["companion", "email", "support"] {
        device.does(Event::MethodChosen(method(way)));
        let run = device.run.unwrap();
        device.does(Event::Delivered(run));
    }
    let ways: Vec<_> = device.view().offers.into_iter().map(|offer| offer.method).collect();
    assert_eq!(ways, ["recovery-codes", "support", "button"].map(method), "E-208 for the two that need a new code");
    for _ in 0..20 {
        device.does(Event::MethodChosen(method("recovery-codes"))).does(Event::NewChallengeAsked);
    }
    assert!(device.awaited.len() <= usize::from(CHALLENGES_MAX), "R47: {}", device.awaited.len());
    let right = device.mail();
    device.does(typed(&right));
    assert_eq!(device.step(), Step::ChoosePassword);
}

#[test]
fn no_mail_is_missed_where_none_was_sent() {
    let mut device = at_sheet();
    let notes = device.notes;
    device.does(Event::NoMailCame).does(Event::SupportSaidNo);
    assert_eq!((device.step(), device.failure(), device.notes), (Step::EnterCode, None, notes + 2));
}

#[test]
fn r47_a_method_that_asks_for_the_sheet_for_ever_is_a_flood() {
    let mut device = at_sheet();
    for _ in 0..20 {
        if let Some(run) = device.run {
            device.give(Event::KeptAsked { run });
        }
    }
    assert_eq!(device.step(), Step::EnterCode, "the code is typed without it");
    assert!(device.audit.iter().any(|what| matches!(what, AuditKind::MethodFailed(_, FailureKind::MethodFlood))));
    let right = device.mail();
    device.does(typed(&right));
    assert_eq!(device.step(), Step::ChoosePassword);
}
