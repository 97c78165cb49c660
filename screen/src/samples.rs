//! A device that only exists in tests: what it says, and its texts from the brand's own files.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use crate::link::{Hold, News};
use crate::story::Story;
use crate::wire::{Room, Texts, View};

/// The payload of every picture here: as long as one with the address sealed inside.
pub(crate) const PAYLOAD: &str = "HTTP://127.0.0.1:45991/7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7ZX7Z";

/// Half blocks of the payload, a block for light, as a method draws them.
pub(crate) fn half_blocks() -> String {
    let code = qrcode::QrCode::with_error_correction_level(PAYLOAD, qrcode::EcLevel::M).expect("it fits");
    let (modules, quiet) = (code.width(), 4);
    let dark = |x: usize, y: usize| {
        let inside = |place: usize| (quiet..quiet + modules).contains(&place);
        inside(x) && inside(y) && code[(x - quiet, y - quiet)] == qrcode::Color::Dark
    };
    assert_eq!(modules, 49, "version 8, as tabled");
    let side = modules + 2 * quiet;
    let row = |y: usize| {
        let symbol = |x: usize| match (dark(x, y), dark(x, y + 1)) {
            (true, true) => ' ',
            (false, true) => '▀',
            (true, false) => '▄',
            (false, false) => '█',
        };
        (0..side).map(symbol).collect::<String>() + "\n"
    };
    (0..side).step_by(2).map(row).collect()
}

/// The texts of a language, as the device would say them.
pub(crate) fn texts(language: &str) -> Texts {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../config/locales").join(language);
    let files = ["device.ftl", "sheet.ftl", "screen.ftl", "methods.ftl", "readiness.ftl", "after.ftl", "doctor.ftl"]
        .map(|file| std::fs::read_to_string(folder.join(file)));
    let mut texts = BTreeMap::new();
    for file in files {
        for line in file.expect("the brand's files are there").lines() {
            let Some((id, text)) = line.split_once(" = ").filter(|(id, _)| !id.starts_with(['#', ' '])) else {
                continue;
            };
            let text = text.replace("{ $", "{$").replace(" }", "}");
            let text = text.replace("{ -app-name}", "the app").replace("{ -support-contact}", "support@plain.example");
            texts.insert(id.to_owned(), text.replace("{ -brand-name}", "Plain"));
        }
    }
    Texts { language: language.to_owned(), languages: vec!["en".to_owned(), "de".to_owned()], texts }
}

/// What a device says of itself.
pub(crate) fn device(more: Value) -> News {
    let login = more.get("account").map(|_| "t".to_owned());
    let mut device = json!({"brand": "Plain", "name": "Garage", "initialised": true, "password": {"min_chars": 15, "max_chars": 128}});
    join(&mut device, more);
    News::Device(Box::new(serde_json::from_value(device).expect("it is a device")), login)
}

/// A session's view.
pub(crate) fn view(step: &str, more: Value) -> View {
    let mut view = json!({
        "id": "5e55", "revision": 1, "step": step, "purpose": "reset", "account": "admin", "code_style": "letters",
        "password": {"min_chars": 15, "max_chars": 128},
        "can": {"extend": true, "ask_new": true, "try_another_way": true, "cancel": true},
    });
    join(&mut view, more);
    serde_json::from_value(view).expect("it is a view")
}

fn join(base: &mut Value, more: Value) {
    if let (Some(base), Value::Object(more)) = (base.as_object_mut(), more) {
        base.extend(more);
    }
}

/// The view with a QR code.
pub(crate) fn with_qr(more: Value) -> View {
    let mut all = json!({
        "request": "0042", "tries_left": 5, "minutes_left": 60, "address_hint": "o•••••r@•••••.org", "method": "companion",
        "shown": {"title": "Scan this with your phone", "parts": [
            {"kind": "steps", "lines": [
                "Open Plain App and go to Me → Test Tool → Password Resetting → scan, then point it at the code.",
                "Or use the camera of any phone: point it at the code and open the link.",
                "On the phone, press the button. The mail is sent only then.",
                "Open the mailbox of the address shown here and find the mail with request 0042.",
                "Come back here and type the code from the mail."]},
            {"kind": "qr", "text": "QR code"}]},
        "qr": {"text": PAYLOAD, "half_blocks": half_blocks(), "modules": 49, "label": "QR code of request 0042. The same as text stands below it."},
    });
    join(&mut all, more);
    view("enter-code", all)
}

/// The code by the device's own mail.
pub(crate) fn by_mail(more: Value) -> View {
    let mut all = json!({
        "request": "0042", "tries_left": 5, "minutes_left": 60, "address_hint": "o•••••r@•••••.org", "method": "email",
        "offers": [{"method": "email", "name": "Code by e-mail, sent by this device", "loss": "password-only", "carries": "handed"}],
        "shown": {"title": "The mail is on its way", "parts": [
            {"kind": "progress", "done": 4, "of": 4, "text": "The mail server has taken the mail."},
            {"kind": "action", "id": "send-again", "text": "Send it again"}]},
    });
    join(&mut all, more);
    view("enter-code", all)
}

/// A code of the owner's own sheet.
pub(crate) fn by_sheet(more: Value) -> View {
    let mut all = json!({
        "request": "0042", "tries_left": 5, "minutes_left": 60, "method": "recovery-codes", "code_style": "kept-letters",
        "address_hint": "o•••••r@•••••.org", "sheet": {"number": 3, "left": 6},
        "offers": [{"method": "recovery-codes", "name": "Recovery code from your sheet", "loss": "password-only", "carries": "kept", "proof": "kept-code"}],
        "shown": {"title": "Type a recovery code", "parts": [
            {"kind": "paragraph", "text": "Take the sheet that was printed when the device was set up, and type one code that is not ticked off."}]},
    });
    join(&mut all, more);
    view("enter-code", all)
}

/// Support is asked to unlock, from a device with a stick in it.
pub(crate) fn by_support(more: Value) -> View {
    let mut all = json!({
        "method": "support", "can": {"extend": true, "ask_new": true, "try_another_way": true, "cancel": true, "export": true},
        "offers": [{"method": "support", "name": "Unlock by support", "loss": "password-only", "carries": "sealed", "proof": "support"}],
        "shown": {"title": "Let support unlock it", "parts": [
            {"kind": "steps", "lines": [
                "Call support@plain.example (Mon-Fri 8-18) and tell the request number.",
                "Scan the code with a phone, or save it to a stick, and send it to support.",
                "Type here what support reads out to you."]},
            {"kind": "qr", "text": "QR code"},
            {"kind": "action", "id": "support-refused", "text": "Support said no"}]},
    });
    join(&mut all, more);
    with_qr(all)
}

/// How things stand with the recovery codes.
pub(crate) fn kept(left: u8, unconfirmed: bool) -> Value {
    json!({"offered": true, "sheet": 3, "left": left, "of": 8, "runs_low": left <= 2,
        "unconfirmed": unconfirmed.then_some(4), "code_style": "kept-letters"})
}

/// How ready recovery is: every light there is, and what is to be remembered.
pub(crate) fn ready(reminder: Option<(&str, &str)>) -> News {
    let way = |name: &str, light: &str, mend: &str, text: &str| {
        let word = match light {
            "green" => "would work",
            "amber" => "may fail",
            _ => "would not work",
        };
        json!({"method": name, "name": name, "light": light, "light_text": word, "mend": mend, "text": text})
    };
    let mut lost = way(
        "Reset button on the device",
        "amber",
        "nowhere",
        "It would work, at a price: All settings of the device are erased.",
    );
    join(
        &mut lost,
        json!({"next_step": "Keep another way ready that costs the password only: an e-mail address, or a sheet of recovery codes."}),
    );
    let mut none =
        way("Recovery code from your sheet", "red", "recovery-codes", "No recovery codes were made for this device.");
    join(&mut none, json!({"code": "E-110", "next_step": "Print recovery codes once you are logged in."}));
    let ways = [
        way(
            "Code by e-mail, with your phone",
            "amber",
            "test-code",
            "The e-mail address was entered, but no test code was ever typed back.",
        ),
        way("Code by e-mail, sent by this device", "red", "switch-on", "You have switched it off."),
        lost,
        none,
        way("Unlock by support", "green", "nowhere", "Nothing is in its way."),
    ];
    let light = if reminder.is_some() { "amber" } else { "green" };
    let title =
        if reminder.is_some() { "Recovery is not tried out." } else { "At least one way back in would work today." };
    let (reminder, text) = (reminder.map(|(word, _)| word), reminder.map(|(_, text)| text));
    let ready = json!({"light": light, "title": title, "reminder": reminder, "reminder_text": text, "ways": ways});
    News::Ready(serde_json::from_value(ready).expect("it is one"))
}

/// After a reset: who still has the old password.
pub(crate) fn plan(more: Value) -> News {
    let client = |name: &str, state: &str, word: &str, came: u32| json!({"name": name, "address": "192.0.2.7", "state": state, "state_text": word, "came_with_old": came});
    let clients = [
        client("front-door", "waiting", "has the old password", 2),
        client("yard", "failed", "could not be told", 0),
        client("barn", "updated", "has the new password", 0),
    ];
    let mut plan =
        json!({"request": "0042", "quiet_minutes_left": 1400, "left": 2, "can_update": true, "clients": clients});
    join(&mut plan, more);
    News::Plan(Some(serde_json::from_value(plan).expect("it is one")))
}

/// What the doctor found.
pub(crate) fn report() -> News {
    let check = |name: &str, light: Option<&str>, text: &str| json!({"name": name, "light": light, "text": text});
    let mut server = check("Mail server", Some("red"), "It does not answer.");
    join(
        &mut server,
        json!({"code": "E-401", "next_step": "Look at its name and port in the settings, and whether the network lets the device out."}),
    );
    let checks = [
        check("Network", Some("green"), "The device is connected."),
        check("Names in the network", Some("green"), "Works."),
        check("Clock", Some("amber"), "The clock was never set. Recovery does not need it."),
        check("Key of the mail service", Some("green"), "Works."),
        server,
        check("Mail encryption", None, "Not looked at: what comes before it failed."),
        check("Mail log-in", None, "Not looked at: what comes before it failed."),
        check("Reset button", None, "This device does not need it."),
        check("QR code on this screen", Some("green"), "Large enough for any telephone."),
        check("Storage", Some("green"), "What is decided can be kept."),
    ];
    let report =
        json!({"light": "red", "title": "Something does not work.", "case_code": "7K2Q-ABCD-EFGH", "checks": checks});
    News::Doctor(serde_json::from_value(report).expect("it is one"))
}

/// The device has no owner any more.
pub(crate) fn handed_over() -> News {
    let line = "{\"device\":\"5e5511d0\",\"brand\":\"plain\",\"epoch\":2,\"key\":\"Q0FOQVJZQ0FOQVJZQ0FOQVJZQ0FOQVJZQ0FOQVJZQ0E=\"}";
    News::HandedOver(serde_json::from_value(json!({"enrolment": line})).expect("it is one"))
}

/// Ways to choose from, and one that is not open.
pub(crate) fn ways() -> View {
    view(
        "choose-method",
        json!({
            "case_code": "7K2Q-ABCD-EFGH", "support": "support@plain.example (Mon-Fri 8-18)",
            "failure": {"code": "E-313", "name": "screen-too-small", "text": "This screen is too small to show the code.", "next_step": "Open the device's page on a phone or a computer, or choose another way below."},
            "offers": [
                {"method": "email", "name": "Code by e-mail, sent by this device", "loss": "password-only", "loss_text": "Only the old password is lost. Settings and recordings stay.", "carries": "handed"},
                {"method": "button", "name": "Reset button on the device", "loss": "all-settings", "loss_text": "All settings of the device are erased.", "carries": "presence"}],
            "withheld": [{"method": "companion", "name": "Code by e-mail, with your phone", "code": "E-313", "text": "This screen is too small to show the code.", "next_step": "", "fixable_text": "You can mend this now."}],
        }),
    )
}

/// A story in front of a device that answers.
pub(crate) fn story(room: Room) -> Story {
    let mut story = Story::new("en", room);
    story.begins();
    story.hears(News::Texts(texts("en")));
    story.hears(device(json!({})));
    story
}

/// ... with its owner logged in.
pub(crate) fn at_home(room: Room, more: Value) -> Story {
    let mut story = story(room);
    story.hears(News::LoggedIn("t".into()));
    let mut owner = json!({"account": "admin", "readiness": "amber", "address": "green"});
    join(&mut owner, more);
    story.hears(device(owner));
    story
}

/// ... in a session.
pub(crate) fn in_session(room: Room, view: View) -> Story {
    let mut story = story(room);
    story.hears(News::Opened(Hold { id: "5e55".into(), token: "t".into() }, Box::new(view)));
    story
}
