//! Choosing the new password.

use crate::support::*;
use resetkit_core::*;

#[test]
fn r50_boundaries_nothing_is_cut_and_all_of_unicode_is_taken() {
    for (text, step, flaw) in [
        ("a".repeat(14), Step::ChoosePassword, Some(PasswordFlaw::TooShort)),
        ("a".repeat(15), Step::Saving, None),
        ("a".repeat(128), Step::Saving, None),
        ("\u{1f511}".repeat(128), Step::Saving, None),
        ("a".repeat(129), Step::ChoosePassword, Some(PasswordFlaw::TooLong)),
        ("a".repeat(1_024), Step::ChoosePassword, Some(PasswordFlaw::TooLong)),
        ("é".repeat(100_000), Step::ChoosePassword, Some(PasswordFlaw::TooLong)),
        (" \u{0}\t wo\u{301}rds ü ☺ ".into(), Step::Saving, None),
        (String::new(), Step::ChoosePassword, Some(PasswordFlaw::TooShort)),
    ] {
        let device = Device::opens(opening(companion_only())).at_choose_password();
        let session = device.into_session();
        let (session, effects) = session.step(Now::after_boot(minutes(1)), password(&text));
        assert_eq!(session.step_shown(), step, "{} characters", text.chars().count());
        let view = session.view(Now::after_boot(minutes(1)));
        assert_eq!(view.flaws.first().copied(), flaw);
        for effect in effects {
            if let Effect::Prepare { password, account: whose, .. } = effect {
                assert_eq!((password.expose(), whose), (&text, account("admin")), "as typed, octet for octet");
            }
        }
    }
}

#[test]
fn r53_r60_a_password_that_is_refused_leaves_the_owner_where_he_was() {
    let mut device = Device::opens(opening(companion_only())).at_choose_password();
    device.give(password(GOOD));
    let Asked::Prepare { ticket } = device.takes(|_| true) else { panic!("not asked") };
    device.does(Event::PasswordRefused(ticket, vec![PasswordFlaw::Common, PasswordFlaw::Guessable]));
    assert_eq!((device.step(), device.view().flaws.len()), (Step::ChoosePassword, 2));
    device.give(password("another fresh one"));
    let Asked::Prepare { ticket } = device.takes(|_| true) else { panic!("not asked") };
    device.does(Event::PrepareFailed(ticket, FailureKind::PrepareFailed));
    assert_eq!((device.step(), device.failure()), (Step::ChoosePassword, Some(FailureKind::PrepareFailed)));
    device.does(password(GOOD));
    assert_eq!(device.step(), Step::Done);
}

#[test]
fn r41_a_commit_that_surely_failed_keeps_the_proof_and_drops_what_was_staged() {
    let mut device = Device::opens(opening(companion_only())).at_choose_password();
    device.give(password(GOOD));
    let prepare = device.takes(|_| true);
    device.answer(prepare);
    assert_eq!(device.step(), Step::Saving);
    device.give(Event::Cancelled).give(Event::Superseded);
    assert_eq!(device.step(), Step::Saving, "the decision is being written: nobody can say stop");
    assert!(!device.view().can_cancel);
    let Asked::Commit { ticket, grant } = device.takes(|_| true) else { panic!("not asked") };
    assert_eq!(grant.account(), &account("admin"));
    device.does(Event::CommitFailed(ticket, FailureKind::CommitFailed));
    assert_eq!((device.step(), device.failure()), (Step::ChoosePassword, Some(FailureKind::CommitFailed)));
    assert_eq!(device.dropped, [TransactionId::new(1)]);
    device.does(password(GOOD));
    assert_eq!(device.commits, [(account("admin"), TransactionId::new(2), vec![Counter::new(1)])]);
}

#[test]
fn what_is_staged_after_a_cancel_is_dropped_and_never_committed() {
    let mut device = Device::opens(opening(companion_only())).at_choose_password();
    device.give(password(GOOD)).give(Event::Cancelled).settle();
    assert_eq!((device.step(), device.dropped.len(), device.commits.len()), (Step::Cancelled, 1, 0));
}

#[test]
fn a_late_answer_is_never_taken_for_a_later_question() {
    let mut device = Device::opens(opening(companion_only())).at_choose_password();
    device.give(password(GOOD));
    let Asked::Prepare { ticket: first } = device.takes(|_| true) else { panic!("not asked") };
    device.give(Event::PasswordRefused(first, vec![PasswordFlaw::Common])).give(password("another fresh one"));
    device.give(Event::Prepared(first, TransactionId::new(77)));
    assert_eq!(
        device.dropped,
        [TransactionId::new(77)],
        "the refused password cannot be committed in place of the new"
    );
    device.settle();
    assert_eq!(device.commits[0].1, TransactionId::new(1));
}

#[test]
fn wcag_2_2_1_more_time_to_choose_is_given_and_bounded() {
    let mut device = Device::opens(opening(companion_only())).at_choose_password();
    assert_eq!(device.view().minutes_left, Some(15));
    for _ in 0..10 {
        device.does(Event::MoreTimeAsked);
    }
    let view = device.view();
    assert_eq!((view.minutes_left, view.can_extend), (Some(60), false));
    device.waits(minutes(59));
    assert_eq!(device.step(), Step::ChoosePassword);
    device.waits(minutes(2));
    assert_eq!((device.step(), device.failure()), (Step::Expired, Some(FailureKind::ProofExpired)));
    device.does(password(GOOD));
    assert!(device.commits.is_empty());
}

#[test]
fn the_rules_are_on_the_screen_beforehand() {
    let device = Device::opens(opening(companion_only())).at_choose_password();
    assert_eq!(device.view().password_rules, PasswordRules { min_chars: 15, max_chars: 128 });
}
