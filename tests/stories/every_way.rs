//! Three ways back in, and from each trouble of one to another: no phone, no relay, no mail, no patience, and a finger.

use std::time::Duration;

use kit::model::Model;
use kit::stage::Stage;
use kit::world::{Act, MailServer, World};

use crate::{EMAIL, NEW, OLD, wrong_code};

in_both_worlds!(
    an_owner_without_a_phone_gets_his_code_by_a_mail_of_the_device_itself,
    r88_an_owner_without_phone_and_mail_holds_the_button,
    the_relay_is_down_and_the_device_mails_by_itself,
    the_mail_server_falls_silent_and_the_owner_is_shown_what_is_left,
    r93_no_email_on_file_leads_to_the_button,
    r13_the_code_of_one_way_opens_nothing_of_another,
    f3_keycloak_cve_2026_18963_another_way_carries_no_proof_along,
    a_worker_that_dies_while_it_mails_costs_no_try,
    the_ways_stand_in_the_order_of_what_they_lose,
);

in_the_model!(
    r88_a_short_press_and_a_long_one_open_nothing_and_the_right_one_does,
    r41_a_hold_does_not_outlive_the_power,
    a_full_mailbox_is_told_and_the_button_is_left,
    without_any_way_the_support_is_the_next_step,
    r88_on_a_model_that_goes_back_to_factory_state_the_loss_is_confirmed_before_and_the_device_is_set_up_anew,
);

/// A little more than the ten seconds of the profile.
const HOLD: Duration = Duration::from_millis(10_300);

fn an_owner_without_a_phone_gets_his_code_by_a_mail_of_the_device_itself(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    stage.owner().goes_another_way("email");
    let screen = stage.screen().shows("enter-code");
    assert!(screen.payload.is_none(), "there is nothing to scan: {screen:?}");
    let mail = stage.mailbox().next();
    assert_eq!(mail.to, EMAIL, "exactly the address on file (R65)");
    assert!(mail.text.contains(&screen.request.expect("a request has a number")), "{mail:?}");
    stage.owner().types(&mail.code().expect("the mail has a code"));
    stage.owner().replaces_password(OLD, NEW);
}

fn r88_an_owner_without_phone_and_mail_holds_the_button(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    stage.owner().goes_another_way("button");
    stage.screen().shows("hold-button");
    stage.owner().holds_the_button(HOLD);
    stage.owner().replaces_password(OLD, NEW);
    stage.device().remembers(&["opened", "proved", "password-set"]);
}

fn the_relay_is_down_and_the_device_mails_by_itself(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    stage.relay().goes_down();
    stage.phone().scans_in_vain();
    stage.owner().goes_another_way("email");
    stage.screen().shows("enter-code");
    let code = stage.mailbox().code();
    stage.owner().types(&code);
    stage.screen().shows("choose-new-password");
}

fn the_mail_server_falls_silent_and_the_owner_is_shown_what_is_left(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    stage.mailbox().server(MailServer::Silent);
    stage.owner().goes_another_way("email");
    let screen = stage.screen().tells("E-408");
    assert_eq!(screen.step, "enter-code", "the code that was scanned is still good: {screen:#?}");
    assert!(screen.offers.iter().any(|offer| offer == "button"), "{screen:#?}");
    stage.mailbox().server(MailServer::Fine);
    stage.device().accepts(OLD);
}

fn r93_no_email_on_file_leads_to_the_button(stage: &Stage<impl World>) {
    stage.owner().sets_up_without_email(OLD);
    stage.owner().asks_to_reset();
    stage.owner().says("OK");
    let screen = stage.screen().settles();
    let reasons: Vec<_> = screen.withheld.iter().map(|(method, why)| (method.as_str(), why.as_str())).collect();
    assert!(reasons.contains(&("companion", "E-101")) && reasons.contains(&("email", "E-101")), "{screen:#?}");
    if screen.step == "choose-method" {
        stage.owner().does(&Act::Choose("button".into()));
    }
    stage.screen().shows("hold-button");
    stage.owner().holds_the_button(HOLD);
    stage.owner().replaces_password(OLD, NEW);
}

fn r13_the_code_of_one_way_opens_nothing_of_another(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let scanned = stage.owner().gets_a_code_by_mail();
    stage.owner().goes_another_way("email");
    stage.screen().shows("enter-code");
    let mailed = stage.mailbox().code();
    assert_ne!(scanned, mailed);
    stage.owner().types(&scanned);
    stage.screen().tells("E-203");
    stage.owner().types(&mailed);
    stage.screen().shows("choose-new-password");
}

/// The worst recovery bug of its year: the chooser kept a note of an earlier step, and *try another way* skipped the proof.
fn f3_keycloak_cve_2026_18963_another_way_carries_no_proof_along(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().prints_recovery_codes(OLD);
    stage.owner().asks_to_reset();
    let skip = || drop(stage.owner().tries(&Act::SetPassword(NEW.to_owned())));
    skip();
    stage.owner().says("OK");
    stage.screen().shows("enter-code");
    skip();
    for method in ["email", "button", "recovery-codes", "support", "button"] {
        stage.owner().goes_another_way(method);
        skip();
        stage.screen().never_shows("choose-new-password");
        let _ = stage.owner().tries(&Act::TypeCode(wrong_code(3)));
        skip();
    }
    let _ = stage.owner().tries(&Act::Choose("companion".into()));
    skip();
    stage.screen().never_shows("choose-new-password");
    stage.device().accepts(OLD).and().rejects(NEW);
}

fn a_worker_that_dies_while_it_mails_costs_no_try(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    stage.owner().goes_another_way("email");
    stage.screen().shows("enter-code");
    let code = stage.mailbox().code();
    // The mail was accepted, so its code is good whatever becomes of the worker.
    stage.device().loses_its_method();
    let screen = stage.screen().shows("enter-code");
    assert_eq!(screen.tries_left, Some(5), "{screen:#?}");
    stage.owner().types(&code);
    stage.screen().shows("choose-new-password");
}

fn the_ways_stand_in_the_order_of_what_they_lose(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    stage.owner().says("another way");
    let screen = stage.screen().shows("choose-method");
    let place = |method: &str| screen.offers.iter().position(|offer| offer == method);
    assert!(place("email") < place("button") && place("button").is_some(), "{:?}", screen.offers);
}

fn r88_a_short_press_and_a_long_one_open_nothing_and_the_right_one_does(stage: &Stage<Model>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    stage.owner().goes_another_way("button");
    stage.screen().shows("hold-button");
    for span in
        [Duration::from_millis(4), Duration::from_secs(3), Duration::from_millis(9_900), Duration::from_secs(25)]
    {
        stage.owner().holds_the_button(span);
        stage.screen().shows("hold-button");
    }
    stage.owner().holds_the_button(HOLD);
    stage.screen().shows("choose-new-password");
}

fn r41_a_hold_does_not_outlive_the_power(stage: &Stage<Model>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    stage.owner().goes_another_way("button");
    stage.owner().holds_the_button(HOLD);
    stage.screen().shows("choose-new-password");
    stage.device().loses_power();
    let trouble = stage.owner().tries(&Act::SetPassword(NEW.to_owned()));
    assert!(trouble.is_err() || stage.screen().now().step != "done");
    stage.device().accepts(OLD).and().rejects(NEW);
}

fn a_full_mailbox_is_told_and_the_button_is_left(stage: &Stage<Model>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    stage.mailbox().server(MailServer::MailboxFull);
    stage.owner().goes_another_way("email");
    stage.screen().tells("E-410");
    assert_eq!(stage.mailbox().size(), 0);
    stage.screen().never_shows("choose-new-password");
}

fn without_any_way_the_support_is_the_next_step(stage: &Stage<Model>) {
    stage.with(|world| {
        world.button(None);
        world.approvers(false);
    });
    stage.owner().sets_up_without_email(OLD);
    stage.owner().asks_to_reset();
    let screen = stage.screen().shows("support");
    let reasons: Vec<_> = screen.withheld.iter().map(|(_, why)| why.as_str()).collect();
    assert_eq!(reasons, ["E-101", "E-101", "E-106", "E-108", "E-506"], "{screen:#?}");
}

fn r88_on_a_model_that_goes_back_to_factory_state_the_loss_is_confirmed_before_and_the_device_is_set_up_anew(
    stage: &Stage<Model>,
) {
    stage.with(|world| world.button(Some(resetkit_core::OnPresence::FactoryState)));
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    stage.owner().goes_another_way("button");
    stage.screen().shows("confirm-loss");
    stage.owner().holds_the_button(HOLD);
    stage.screen().shows("confirm-loss");
    stage.owner().says("OK");
    stage.screen().shows("hold-button");
    stage.owner().holds_the_button(HOLD);
    stage.screen().shows("factory-state");
    stage.device().rejects(OLD);
    stage.owner().sets_up(NEW, EMAIL);
    stage.device().accepts(NEW);
}
