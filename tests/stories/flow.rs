//! The reference flow: locked out, back in, and what a reset changes and does not change.

use kit::stage::Stage;
use kit::world::{Act, Visit, World};

use crate::{EMAIL, NEW, OLD};

in_both_worlds!(
    the_owner_is_let_back_in,
    r23_asking_for_a_reset_changes_nothing_about_the_password,
    r56_success_ends_every_log_in,
    r22_a_log_in_at_the_device_voids_what_is_pending,
    r22_a_program_that_logs_in_every_second_disturbs_nobody,
    r21_cancel_needs_no_password,
    a_second_browser_cannot_drive_a_session,
    r53_the_old_password_is_not_taken_again,
    r50_a_short_password_is_told_before_anything_is_stored,
    r62_a_test_code_confirms_the_address,
    r92_the_audit_log_tells_the_story,
);

fn the_owner_is_let_back_in(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_to_reset();
    stage.screen().shows("notice");
    stage.owner().says("OK");
    let screen = stage.screen().shows("enter-code");
    assert_eq!(screen.tries_left, Some(5));
    assert!(screen.minutes_left.is_some_and(|minutes| (1..=60).contains(&minutes)), "{screen:?}");

    let confirmation = stage.phone().scans();
    assert!(!confirmation.resent);
    let mail = stage.mailbox().next();
    assert_eq!(mail.to, EMAIL);
    assert!(mail.text.contains(&confirmation.request), "the mail names the request number of the screen");

    stage.owner().types(&mail.code().expect("the mail holds the code"));
    stage.screen().shows("choose-new-password");
    stage.device().accepts(OLD).and().rejects(NEW);
    stage.owner().sets_password(NEW);
    stage.screen().shows("done");
    stage.device().accepts(NEW).and().rejects(OLD);
}

fn r23_asking_for_a_reset_changes_nothing_about_the_password(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    stage.phone().scans();
    stage.device().accepts(OLD);
}

fn r56_success_ends_every_log_in(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let somebody = stage.device().lets_in(OLD);
    assert!(stage.device().still_knows(&somebody));
    stage.owner().resets_to(NEW);
    assert!(!stage.device().still_knows(&somebody), "a log-in outlived the password it was made with");
}

fn r22_a_log_in_at_the_device_voids_what_is_pending(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let code = stage.owner().gets_a_code_by_mail();
    stage.device().lets_in_at_the_screen(OLD);
    stage.screen().shows("expired");
    let _ = stage.owner().tries(&Act::TypeCode(code));
    stage.screen().shows("expired");
    stage.device().accepts(OLD).and().rejects(NEW);
}

fn r22_a_program_that_logs_in_every_second_disturbs_nobody(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let code = stage.owner().gets_a_code_by_mail();
    for _ in 0..5 {
        stage.device().lets_in(OLD);
    }
    stage.owner().types(&code);
    stage.screen().shows("choose-new-password");
}

fn r21_cancel_needs_no_password(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let code = stage.owner().gets_a_code_by_mail();
    stage.owner().says("cancel");
    stage.screen().shows("cancelled");
    let _ = stage.owner().tries(&Act::TypeCode(code));
    stage.screen().shows("cancelled");
    stage.device().accepts(OLD);
}

fn a_second_browser_cannot_drive_a_session(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    let owners = stage.visit();
    let strangers = stage.with(|world| world.asks_to_reset()).expect("a second session has a slot");
    for token in [strangers.token.as_str(), "", "0"] {
        let crossed = Visit { id: owners.id.clone(), token: token.to_owned() };
        let seen = stage.with(|world| world.looks(&crossed));
        assert!(seen.is_err(), "a stranger's token looks at the owner's session: {seen:?}");
        let done = stage.with(|world| world.acts(&crossed, &Act::Cancel));
        assert!(done.is_err(), "a stranger's token cancels the owner's session");
    }
    stage.screen().shows("enter-code");
}

fn r53_the_old_password_is_not_taken_again(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().reaches_the_new_password();
    stage.owner().sets_password(OLD);
    stage.screen().tells("E-605");
    stage.owner().sets_password(NEW);
    stage.screen().shows("done");
    stage.device().accepts(NEW).and().rejects(OLD);
}

fn r50_a_short_password_is_told_before_anything_is_stored(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().reaches_the_new_password();
    stage.owner().sets_password("fourteen chars");
    stage.screen().tells("E-601");
    stage.device().rejects("fourteen chars");
}

fn r62_a_test_code_confirms_the_address(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let somebody = stage.device().lets_in(OLD);
    stage.owner().asks_to_confirm(&somebody);
    stage.owner().goes_on_to_the_code();
    stage.phone().scans();
    let code = stage.mailbox().code();
    stage.owner().types(&code);
    stage.screen().shows("address-confirmed");
    stage.device().accepts(OLD);
}

fn r92_the_audit_log_tells_the_story(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().resets_to(NEW);
    stage.device().remembers(&["opened", "challenge-shown", "attempt-charged", "proved", "password-set"]);
}
