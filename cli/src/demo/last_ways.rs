//! The chapters in which only paper and a telephone are left: a recovery code from the sheet of day one, and an unlock by two
//! people at support, with a ticket file, since the relay is still down.

use std::path::PathBuf;
use std::process::Command;

use serde_json::json;

use super::device::{Recorder, Reset};
use super::fallbacks::{FOURTH, THIRD, finish};
use super::household::Household;
use super::local_screen;
use super::support_desk::FOLDER;
use super::talk::Talk;
use super::world::run;
use crate::failure::Failure;

const FIFTH: &str = "a fifth one, by telephone";

/// Tells both, at the recorder's own screen: over the network enough codes were asked for by now.
pub(super) fn tell(household: &Household, sheet: &[String], talk: &Talk) -> Result<(), Failure> {
    let recorder = Recorder::at(&local_screen::open(&household.world.root.join("recorder/console.sock"))?);
    from_the_sheet(&recorder, sheet, talk)?;
    by_telephone(household, &recorder, talk)
}

/// The sheet that was printed on day one.
fn from_the_sheet(recorder: &Recorder, sheet: &[String], talk: &Talk) -> Result<(), Failure> {
    let [code, ..] = sheet else { return Err(Failure::new("The sheet of day one has no codes.", "")) };
    talk.scene("Nobody reaches the button, but there is a sheet in the drawer");
    let reset = another_way(recorder, "recovery-codes")?;
    reset.until("the field for a recovery code", |view| view["step"] == "enter-code")?;
    reset.does(json!({ "event": "type-code", "code": code.to_lowercase().replace('-', " ") }))?;
    reset.shows(&["choose-new-password"])?;
    talk.done("one of the recovery codes from the sheet is typed: no phone, no mail, no network, no button");
    finish(&reset, recorder, THIRD, FOURTH, talk)?;
    let again = another_way(recorder, "recovery-codes")?;
    again.until("the field for a recovery code", |view| view["step"] == "enter-code")?;
    again.tries(json!({ "event": "type-code", "code": code }))?;
    let view = again.until("why the code is refused", |view| view["failure"]["code"].is_string())?;
    if view["failure"]["code"] != "E-212" {
        return Err(Failure::new(
            format!("A recovery code was taken twice, or refused for another reason: {view}"),
            "",
        ));
    }
    talk.done("the same code once more is refused: each works once (E-212)");
    again.does(json!({ "event": "cancel" })).map(drop)
}

/// Anna takes the call, Bert and Carla agree; the three exchange one file.
fn by_telephone(household: &Household, recorder: &Recorder, talk: &Talk) -> Result<(), Failure> {
    talk.scene("The sheet is lost too: Olivia calls support");
    let reset = another_way(recorder, "support")?;
    let view = reset.shows_code()?;
    let payload = view["qr"]["text"].as_str().unwrap_or_default().to_owned();
    let request = super::story::text(&view, &["request"])?;
    talk.done(&format!("the screen shows request {request} for support, and whom to call"));
    let desk = Desk { household, ticket: household.world.root.join(FOLDER).join("call.ticket") };
    let feed = household.world.root.join("relay/feed.jsonl").display().to_string();
    let opened = desk.support(
        "open",
        &["--text", &payload, "--ticket", "T-1", "--evidence", "invoice", "--name", "anna", "--feed", &feed],
    )?;
    let check = opened.split_whitespace().find(|word| groups(word) == [4, 4, 4]);
    let check = check.ok_or_else(|| Failure::new(format!("`support open` gave no check number: {opened}"), ""))?;
    talk.done(&format!("Anna has seen the invoice and opens a ticket; its check number is {check}"));
    for (name, who) in [("bert", "Bert"), ("carla", "Carla")] {
        let key = household.world.root.join(FOLDER).join(format!("{name}.key")).display().to_string();
        desk.support("approve", &["--key", &key, "--name", name, "--check", check])?;
        talk.done(&format!("{who} compares the number and agrees, with a key that nobody else has"));
    }
    let read = desk.support("read", &[])?;
    let code = read.split_whitespace().find(|word| matches!(groups(word)[..], [3, 3, 3] | [4, 4, 5]));
    let code = code.ok_or_else(|| Failure::new(format!("`support read` gave no code: {read}"), ""))?;
    talk.done("Anna reads out a code that neither of them had alone");
    reset.does(json!({ "event": "type-code", "code": code }))?;
    finish(&reset, recorder, FOURTH, FIFTH, talk)
}

/// Forgot password, and this way at once: no code is asked for that nobody will read.
fn another_way<'a>(recorder: &'a Recorder, method: &str) -> Result<Reset<'a>, Failure> {
    let reset = recorder.forgot()?;
    reset.shows(&["notice"])?;
    reset.does(json!({ "event": "acknowledge" }))?;
    if reset.shows(&["choose-method", "preparing", "enter-code"])?["step"] != "choose-method" {
        reset.does(json!({ "event": "another-way" }))?;
        reset.shows(&["choose-method"])?;
    }
    reset.does(json!({ "event": "choose", "method": method }))?;
    Ok(reset)
}

/// The support desk with its ticket file.
struct Desk<'a> {
    household: &'a Household,
    ticket: PathBuf,
}

impl Desk<'_> {
    fn support(&self, verb: &str, options: &[&str]) -> Result<String, Failure> {
        let mut command = Command::new(self.household.resetkit());
        command.args(["support", verb, "--brand"]).arg(self.household.world.root.join("brand"));
        command.arg("--file").arg(&self.ticket).args(options);
        run(command)
    }
}

/// Lengths of the groups of a number that is read out; none for another word.
fn groups(word: &str) -> Vec<usize> {
    let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    if word.split('-').all(plain) { word.split('-').map(str::len).collect() } else { Vec::new() }
}
