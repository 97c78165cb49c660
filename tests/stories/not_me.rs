//! Somebody presses *not me* in a mail: the relay stops its mails for a day, and the owner at the device goes another way (R72).

use std::time::Duration;

use kit::real::Real;
use kit::stage::Stage;

use crate::{EMAIL, NEW, OLD};

in_the_real_world!(r72_not_me_stops_the_relays_mails_and_none_of_the_owners_other_ways);

fn r72_not_me_stops_the_relays_mails_and_none_of_the_owners_other_ways(stage: &Stage<Real>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    let first = stage.phone().scans().request;
    let mail = stage.mailbox().next();
    let link = mail.text.split_whitespace().find(|word| word.contains("/n/")).expect("the mail has a way to say no");
    // Whoever only opens the link stops nothing: mail scanners do.
    let page = ureq::get(link).call().expect("the page opens").body_mut().read_to_string().expect("a page");
    assert!(page.contains("data-step=\"not-me\""), "{page}");
    let pressed = ureq::post(link).send_empty().expect("the button works").body_mut().read_to_string().expect("a page");
    assert!(pressed.contains("data-step=\"not-me-done\""), "{pressed}");

    let seen = stage.mailbox().size();
    stage.owner().says("a new code, please");
    stage.owner().comes_to_a_new_code(Some(&first));
    let payload = stage.screen().payload();
    let trouble = stage.phone().scans_text(&payload).expect_err("mails are stopped");
    assert!(trouble.happened.contains("E-708"), "{trouble:?}");
    assert!(trouble.next_step.contains("Try another way"), "{trouble:?}");
    assert_eq!(stage.mailbox().size(), seen, "no further mail");

    stage.owner().goes_another_way("button");
    stage.screen().shows("hold-button");
    stage.owner().holds_the_button(Duration::from_millis(10_300));
    stage.owner().replaces_password(OLD, NEW);
}
