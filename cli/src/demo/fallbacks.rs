//! The chapters in which something is broken: no phone, no relay, and then nothing left but a finger on the button.

use std::io::Write as _;
use std::os::unix::net::UnixStream;
use std::time::Duration;

use serde_json::{Value, json};

use super::device::{Recorder, Reset};
use super::household::{Household, Who};
use super::post::Post;
use super::situation::Situation;
use super::story::{self, NEW};
use super::talk::Talk;
use crate::clock;
use crate::failure::Failure;
use crate::scan;

const SECOND: &str = "another fresh one, by mail alone";
pub(super) const THIRD: &str = "a third one, with a finger";
pub(super) const FOURTH: &str = "a fourth one, from a sheet of paper";
/// A little more than the profile asks for.
const HOLD: Duration = Duration::from_millis(10_400);

/// Tells them all; each ends with a new password.
pub(super) fn tell(household: &Household, recorder: &Recorder, post: &Post, talk: &Talk) -> Result<(), Failure> {
    without_a_phone(recorder, post, talk)?;
    without_the_relay(household, recorder, talk)
}

/// The phone is lost: the recorder mails the code by itself.
fn without_a_phone(recorder: &Recorder, post: &Post, talk: &Talk) -> Result<(), Failure> {
    talk.scene("Forgotten again, and the phone lies in a lake");
    let reset = recorder.forgot()?;
    story::walk_to_code(&reset)?;
    reset.does(json!({ "event": "another-way" }))?;
    let view = reset.shows(&["choose-method"])?;
    talk.done(&format!("another way: {}", offers(&view)));
    let known = post.count()?;
    reset.does(json!({ "event": "choose", "method": "email" }))?;
    let view = reset.until("the code field of the mail", |view| view["step"] == "enter-code")?;
    let mail = post.code_after(known)?;
    story::check_mail(&mail, &story::text(&view, &["request"])?)?;
    if mail.login.as_deref() != Some("recorder") {
        return Err(Failure::new(format!("The mail from {} did not come from the recorder itself.", mail.from), ""));
    }
    talk.done(&format!("mail from {}: sent by the recorder itself, encrypted; the relay saw nothing of it", mail.from));
    reset.does(json!({ "event": "type-code", "code": mail.code }))?;
    finish(&reset, recorder, NEW, SECOND, talk)
}

/// The relay is down too, and nobody reads mails: what is left is a finger.
fn without_the_relay(household: &Household, recorder: &Recorder, talk: &Talk) -> Result<(), Failure> {
    talk.scene("The relay is down, and the mailbox is lost");
    household.stop(Who::Relay);
    let reset = recorder.forgot()?;
    let view = story::walk_to_code(&reset)?;
    let payload = scan::decode(&reset.picture(&view)?)?;
    match scan::hand_over(&payload) {
        Ok(_) => return Err(Failure::new("A relay that is down took a request.", "")),
        Err(refusal) => talk.done(&format!("the phone says: {}", first_line(&refusal.to_string()))),
    }
    reset.does(json!({ "event": "another-way" }))?;
    reset.shows(&["choose-method"])?;
    reset.does(json!({ "event": "choose", "method": "button" }))?;
    let view = reset.until("that it waits for the button", |view| {
        matches!(view["step"].as_str(), Some("hold-button" | "confirm-loss"))
    })?;
    if view["step"] == "confirm-loss" {
        reset.does(json!({ "event": "acknowledge" }))?;
        reset.shows(&["hold-button"])?;
    }
    hold(household, &reset, talk)?;
    finish(&reset, recorder, SECOND, THIRD, talk)
}

/// Real edges on the recorder's line; what was held is told from the recorder's own screen.
fn hold(household: &Household, reset: &Reset<'_>, talk: &Talk) -> Result<(), Failure> {
    let socket = household.world.button_socket(Situation::default());
    let lost = |error: std::io::Error| Failure::new(format!("The button's line is gone: {error}."), "");
    let mut line = UnixStream::connect(&socket).map_err(lost)?;
    line.write_all(b"1\n").map_err(lost)?;
    clock::pause(HOLD);
    line.write_all(b"0\n").map_err(lost)?;
    reset.shows(&["choose-new-password"])?;
    talk.done("the button was held for ten seconds, measured by the recorder itself: no phone, no mail, no network");
    Ok(())
}

pub(super) fn finish(reset: &Reset<'_>, recorder: &Recorder, old: &str, new: &str, talk: &Talk) -> Result<(), Failure> {
    reset.shows(&["choose-new-password"])?;
    reset.does(json!({ "event": "set-password", "password": new }))?;
    reset.shows(&["done"])?;
    if recorder.log_in(old)?.is_some() {
        return Err(Failure::new("The password before still works.", ""));
    }
    let token = recorder.log_in(new)?.ok_or_else(|| Failure::new("The new password is refused.", ""))?;
    talk.done("a new password is set; the one before is refused");
    recorder.log_out(&token)
}

fn offers(view: &Value) -> String {
    let offers = view["offers"].as_array().into_iter().flatten();
    let names: Vec<_> = offers.filter_map(|offer| offer["method"].as_str()).collect();
    names.join(", ")
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().trim_start_matches("resetkit: ").to_owned()
}
