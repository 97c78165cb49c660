//! From every trouble a way leads on, and a stable code says which trouble it was.

use kit::stage::Stage;
use kit::world::World;

use crate::{EMAIL, NEW, OLD};

in_both_worlds!(
    r93_no_email_on_file_is_told_with_a_code_and_a_next_step,
    r83_a_method_that_dies_is_started_again_and_the_code_stays_good,
    r83_a_method_that_dies_twice_is_set_aside_and_the_code_stays_good,
    no_mail_came_keeps_the_code_and_says_what_helps,
    a_relay_that_cannot_be_reached_costs_nothing,
    more_time_can_be_had,
);

fn r93_no_email_on_file_is_told_with_a_code_and_a_next_step(stage: &Stage<impl World>) {
    stage.owner().sets_up_without_email(OLD);
    stage.owner().asks_to_reset();
    if stage.screen().now().step == "notice" {
        stage.owner().says("OK");
    }
    let screen = stage.screen().tells("E-101");
    assert!(screen.withheld.iter().any(|(method, why)| method == "companion" && why == "E-101"), "{screen:?}");
    assert!(["support", "choose-method"].contains(&screen.step.as_str()), "{screen:?}");
    stage.device().accepts(OLD);
}

fn r83_a_method_that_dies_is_started_again_and_the_code_stays_good(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let code = stage.owner().gets_a_code_by_mail();
    let request = stage.screen().now().request;
    stage.device().loses_its_method();
    let screen = stage.screen().shows("enter-code");
    assert_eq!(
        (screen.request, screen.tries_left),
        (request, Some(5)),
        "the death of a method costs the owner nothing"
    );
    stage.owner().types(&code);
    stage.owner().replaces_password(OLD, NEW);
}

fn r83_a_method_that_dies_twice_is_set_aside_and_the_code_stays_good(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let code = stage.owner().gets_a_code_by_mail();
    for _ in 0..2 {
        stage.device().loses_its_method();
        stage.screen().shows("enter-code");
    }
    stage.owner().types(&code);
    stage.screen().shows("choose-new-password");
    stage.device().remembers(&["method-failed", "method-failed", "method-quarantined"]);
}

fn no_mail_came_keeps_the_code_and_says_what_helps(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let code = stage.owner().gets_a_code_by_mail();
    stage.owner().says("no mail came");
    stage.screen().tells("E-401");
    stage.screen().shows("enter-code");
    stage.owner().types(&code);
    stage.screen().shows("choose-new-password");
}

fn a_relay_that_cannot_be_reached_costs_nothing(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    stage.relay().goes_down();
    stage.phone().scans_in_vain();
    assert_eq!(stage.screen().now().tries_left, Some(5));
    stage.relay().comes_back();
    stage.phone().scans();
    let code = stage.mailbox().code();
    stage.owner().types(&code);
    stage.screen().shows("choose-new-password");
}

fn more_time_can_be_had(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    let before = stage.screen().now().minutes_left.expect("a code has a life");
    stage.owner().says("more time, please");
    let after = stage.screen().shows("enter-code").minutes_left.expect("a code has a life");
    assert!(after > before, "{before} minutes became {after}");
}
