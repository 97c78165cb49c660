//! The whole story, unattended, over real HTTP, QR picture, SMTP and mailbox: what `demo --scripted` proves.

use std::time::Duration;

use resetkit_core::{Code, CodeStyle};
use serde_json::{Value, json};

use super::device::{Recorder, Reset};
use super::fallbacks;
use super::household::Household;
use super::last_ways;
use super::post::{CodeMail, Post};
use super::talk::Talk;
use crate::failure::Failure;
use crate::{clock, scan};

/// The password that Olivia forgets.
pub(crate) const OLD: &str = "the first one nobody remembers";
pub(super) const NEW: &str = "a long fresh one for the garage";
const COMMON: &str = "Password12345678";
/// Olivia's address.
pub(crate) const ADDRESS: &str = "olivia.owner@mail.example";

/// Tells it from an empty recorder to a new password, and then five times more with something broken.
pub(crate) fn tell(household: &Household, talk: &Talk) -> Result<(), Failure> {
    let recorder = Recorder::at(&household.recorder_url);
    let post = Post::at(&household.mailbox_url);
    let sheet = set_up(&recorder, &post, talk)?;
    let session = locked_out(&recorder, talk)?;
    let since = clock::moment();
    get_back_in(&recorder, &post, talk)?;
    let took = since.elapsed();
    prove(&recorder, &session, talk)?;
    fallbacks::tell(household, &recorder, &post, talk)?;
    last_ways::tell(household, &sheet, talk)?;
    talk.plain(&format!("\n  {}", talk.bold("Every time the old password is dead and the new one works.")));
    talk.plain(&format!(
        "  Forgot password → new password: {:.1} s of machine time. Whole demo: {:.1} s, ten of them a finger on the button.\n",
        took.as_secs_f64(),
        talk.seconds()
    ));
    Ok(())
}

/// What happened before the visitor of the desk came: set-up, a test code for the address, a sheet of recovery codes, which
/// it gives back. Says nothing.
pub(crate) fn day_one(recorder_url: &str, mailbox_url: &str) -> Result<Vec<String>, Failure> {
    let (recorder, post) = (Recorder::at(recorder_url), Post::at(mailbox_url));
    let sheet = set_up(&recorder, &post, &Talk::silent())?;
    post.clear()?;
    Ok(sheet)
}

fn set_up(recorder: &Recorder, post: &Post, talk: &Talk) -> Result<Vec<String>, Failure> {
    talk.scene("Day one: Olivia sets up her recorder");
    recorder.initialise(OLD, Some(ADDRESS))?;
    talk.done(&format!("password chosen, e-mail entered: {ADDRESS}"));
    let token =
        recorder.log_in(OLD)?.ok_or_else(|| Failure::new("The first password was refused right after set-up.", ""))?;
    let confirmation = recorder.try_address(&token)?;
    let view = walk_to_code(&confirmation)?;
    talk.done("asked for a test code; the screen shows a QR code");
    let known = post.count()?;
    send_by_phone(&confirmation, &view, talk)?;
    let mail = post.code_after(known)?;
    talk.done(&format!("mail arrived: “{}”", mail.subject));
    confirmation.does(json!({ "event": "type-code", "code": mail.code }))?;
    confirmation.shows(&["address-confirmed"])?;
    talk.done("test code typed: the address works");
    let sheet = recorder.print_sheet(&token, OLD)?;
    talk.done(&format!("a sheet of {} recovery codes printed, one typed back", sheet.len()));
    Ok(sheet)
}

/// Logs in on a second screen, then forgets.
fn locked_out(recorder: &Recorder, talk: &Talk) -> Result<String, Failure> {
    talk.scene("A year later: Olivia has forgotten it");
    let session =
        recorder.log_in(OLD)?.ok_or_else(|| Failure::new("The password is refused before anything was reset.", ""))?;
    talk.done("an app is still logged in with the old password");
    if recorder.log_in("something else I may have used")?.is_some() {
        return Err(Failure::new("A wrong password was accepted.", ""));
    }
    talk.done("what she types is refused");
    Ok(session)
}

fn get_back_in(recorder: &Recorder, post: &Post, talk: &Talk) -> Result<(), Failure> {
    talk.scene("Forgot password");
    let reset = recorder.forgot()?;
    reset.shows(&["notice"])?;
    talk.done("the notice says what will happen and what leaves the device: OK");
    let view = walk_to_code(&reset)?;
    let request = text(&view, &["request"])?;
    talk.done(&format!(
        "the screen shows request {request}, {}, {} tries and {} minutes left",
        view["address_hint"].as_str().unwrap_or("the address partly hidden"),
        view["tries_left"],
        view["minutes_left"]
    ));
    if let Some(half_blocks) = view["qr"]["half_blocks"].as_str() {
        talk.plain("");
        talk.picture(half_blocks);
        talk.plain("");
    }
    let known = post.count()?;
    send_by_phone(&reset, &view, talk)?;
    let mail = post.code_after(known)?;
    check_mail(&mail, &request)?;
    talk.done(&format!("mail to {} from {}: “{}”, the same request number inside", mail.to, mail.from, mail.subject));
    type_code(&reset, &mail.code, talk)?;
    choose_password(&reset, talk)
}

/// First a slip, then another code, then the right one.
fn type_code(reset: &Reset<'_>, code: &str, talk: &Talk) -> Result<(), Failure> {
    talk.scene("Back at the device");
    let before = tries_left(&reset.view()?);
    reset.tries(json!({ "event": "type-code", "code": with_a_slip(code) }))?;
    let after_slip = tries_left(&reset.shows(&["enter-code"])?);
    if after_slip != before {
        return Err(Failure::new(format!("A slip cost a try: {before:?} before, {after_slip:?} after."), ""));
    }
    talk.done("a slip of the finger is noticed and costs no try");
    reset.tries(json!({ "event": "type-code", "code": another_code(code) }))?;
    let after_wrong = wait_for_tries_below(reset, before)?;
    talk.done(&format!("another code is refused: {} tries left", after_wrong.unwrap_or_default()));
    reset.does(json!({ "event": "type-code", "code": code.to_lowercase() }))?;
    reset.shows(&["choose-new-password"])?;
    talk.done("the code from the mail, in small letters, is right");
    Ok(())
}

pub(super) fn choose_password(reset: &Reset<'_>, talk: &Talk) -> Result<(), Failure> {
    reset.tries(json!({ "event": "set-password", "password": COMMON }))?;
    let view = reset.until("why the password is refused", |view| view["flaws"][0]["text"].is_string())?;
    talk.done(&format!("“{COMMON}” is refused: {}", view["flaws"][0]["text"].as_str().unwrap_or_default()));
    reset.does(json!({ "event": "set-password", "password": NEW }))?;
    reset.shows(&["done"])?;
    talk.done("a long fresh one is set");
    Ok(())
}

/// What the exit code stands for.
fn prove(recorder: &Recorder, session: &str, talk: &Talk) -> Result<(), Failure> {
    talk.scene("The proof");
    if recorder.log_in(OLD)?.is_some() {
        return Err(Failure::new("The old password still works.", ""));
    }
    talk.done("the old password is refused");
    let token = recorder.log_in(NEW)?.ok_or_else(|| Failure::new("The new password is refused.", ""))?;
    talk.done("the new password is accepted");
    if recorder.knows(session)? {
        return Err(Failure::new("A log-in of before the reset still counts.", ""));
    }
    talk.done("the app that was logged in with the old one is logged out");
    recorder.log_out(&token)
}

/// Notice → (chooser) → code.
pub(super) fn walk_to_code(reset: &Reset<'_>) -> Result<Value, Failure> {
    reset.shows(&["notice"])?;
    reset.does(json!({ "event": "acknowledge" }))?;
    let view = reset.shows(&["choose-method", "preparing", "enter-code"])?;
    if view["step"] == "choose-method" {
        reset.does(json!({ "event": "choose", "method": "companion" }))?;
    }
    reset.shows(&["enter-code"])?;
    reset.shows_code()
}

/// What the phone does: photographs the screen, reads the code, hands it to the relay that it names.
fn send_by_phone(reset: &Reset<'_>, view: &Value, talk: &Talk) -> Result<(), Failure> {
    let picture = reset.picture(view)?;
    let payload = scan::decode(&picture)?;
    if view["qr"]["text"].as_str().is_some_and(|text| text != payload) {
        return Err(Failure::new("The picture and the text below it are not the same.", ""));
    }
    talk.done(&format!(
        "the phone reads the picture: {}… ({} characters)",
        payload.chars().take(40).collect::<String>(),
        payload.len()
    ));
    let confirmation = scan::hand_over(&payload)?;
    talk.done(&format!("the relay takes it: request {}", confirmation.request));
    Ok(())
}

pub(super) fn check_mail(mail: &CodeMail, request: &str) -> Result<(), Failure> {
    if mail.to != ADDRESS {
        return Err(Failure::new(format!("The mail went to {} and not to the address on file.", mail.to), ""));
    }
    if !mail.text.contains(request) && !mail.subject.contains(request) {
        return Err(Failure::new(format!("The mail does not name request {request}:\n{}", mail.text), ""));
    }
    Ok(())
}

fn wait_for_tries_below(reset: &Reset<'_>, before: Option<u64>) -> Result<Option<u64>, Failure> {
    let since = clock::moment();
    loop {
        let view = reset.view()?;
        let now = tries_left(&view);
        if now < before && view["step"] == "enter-code" {
            return Ok(now);
        }
        if since.elapsed() > Duration::from_secs(20) {
            return Err(Failure::new(format!("A wrong code did not cost a try: {view}"), ""));
        }
        crate::clock::pause(Duration::from_millis(25));
    }
}

fn tries_left(view: &Value) -> Option<u64> {
    view["tries_left"].as_u64()
}

pub(super) fn text(view: &Value, keys: &[&str]) -> Result<String, Failure> {
    keys.iter()
        .find_map(|key| view[*key].as_str())
        .map(str::to_owned)
        .ok_or_else(|| Failure::new(format!("The screen has no {}: {view}", keys.join(" or ")), ""))
}

/// Two neighbours swapped, or the first symbol replaced: what the check symbol is for.
fn with_a_slip(code: &str) -> String {
    let first = if code.starts_with('7') { '8' } else { '7' };
    code.chars().enumerate().map(|(at, symbol)| if at == 0 { first } else { symbol }).collect()
}

/// A well-formed code that is not this one.
fn another_code(code: &str) -> String {
    let style = if code.len() == 11 { CodeStyle::Letters } else { CodeStyle::Digits };
    let candidates = [[1; 16], [2; 16]];
    let shown = candidates.map(|octets| Code::from_random(style, octets).display().expose().clone());
    shown.into_iter().find(|other| other != code).unwrap_or_default()
}
