//! Pages outside a session: cameras, log-in, first set-up, home, open requests, and a device that does not answer.

use super::{Hint, Story};
use crate::page::{Block, Button, Do, Field, FieldId, Key, Note, Page, Rank, Tone};
use crate::wire::{Pending, Problem};

/// Show or hide what is typed.
const SHOW: Key = Key::F(3);
/// *Forgot password*.
const FORGOT: Key = Key::F(4);
/// How ready recovery is.
const READY: Key = Key::F(4);
/// The recovery codes.
const CODES: Key = Key::F(6);
/// The doctor.
const DOCTOR: Key = Key::F(5);
/// The device gets a new owner.
const HAND_OVER: Key = Key::F(9);
/// Who still has the old password.
const AFTER: Key = Key::F(7);
/// Open requests.
const REQUESTS: Key = Key::F(8);

/// Nobody answers.
pub(super) fn down(story: &Story) -> Page {
    let word = |id: &str| story.words.get(id);
    Page {
        id: "down".into(),
        title: word("screen-down-title"),
        blocks: vec![Block::Text(word("screen-down-text")), Block::Quiet(word("screen-down-help"))],
        busy: true,
        ..Page::default()
    }
}

/// The cameras.
pub(super) fn live(story: &Story) -> Page {
    let mut log_in = Button::first(Do::ToLogIn, story.words.get("device-login"));
    log_in.detail = story.words.get("screen-live-hint");
    Page {
        id: "live".into(),
        title: story.words.get("device-live-title"),
        blocks: story.pending.iter().map(|pending| Block::Quiet(in_words(story, pending))).collect(),
        buttons: vec![log_in],
        live: true,
        ..Page::default()
    }
}

/// The log-in prompt.
pub(super) fn log_in(story: &Story) -> Page {
    let mut page = titled(story, "log-in", "device-login-title");
    page.blocks.extend(told(story));
    if let [first, ..] = story.pending.as_slice() {
        page.blocks.push(note(Tone::Info, story.words.get("device-pending-title"), in_words(story, first)));
    }
    page.blocks.push(field(story, FieldId::Account, "device-account", ""));
    page.blocks.push(field(story, FieldId::Password, "device-password", ""));
    page.buttons = vec![
        Button::first(Do::LogIn, story.words.get("device-login")),
        Button::more(Do::Forgot, story.words.get("device-forgot"), FORGOT),
        show(story),
    ];
    if !story.pending.is_empty() {
        page.buttons.push(Button::more(Do::ToRequests, story.words.get("device-pending-title"), REQUESTS));
    }
    page.buttons.push(Button::more(Do::ToLive, story.words.get("device-back-to-live"), Key::Esc));
    page
}

/// First set-up.
pub(super) fn set_up(story: &Story) -> Page {
    let mut page = titled(story, "set-up", "device-setup-title");
    page.blocks.push(Block::Text(story.words.get("device-setup-lead")));
    page.blocks.extend(told(story));
    let mut password = field(story, FieldId::Password, "screen-setup-password", "");
    if let Block::Field(field) = &mut password {
        field.help = rules(story, story.device.as_ref().map(|device| device.password).unwrap_or_default());
    }
    page.blocks.push(password);
    page.blocks.push(field(story, FieldId::Email, "device-setup-email", "device-setup-email-help"));
    page.buttons = vec![
        Button::first(Do::SetUp, story.words.get("device-setup-save")),
        show(story),
        Button::more(Do::AskSkip, story.words.get("device-setup-skip"), Key::F(6)),
    ];
    page
}

/// What it means to have no address (R62).
pub(super) fn skip(story: &Story) -> Page {
    let mut page = titled(story, "skip", "device-setup-skip");
    page.blocks.push(note(Tone::Bad, story.words.get("device-setup-skip-consequence"), String::new()));
    page.buttons = vec![
        Button::first(Do::ToSetUp, story.words.get("screen-skip-back")),
        choice(Do::SetUpWithoutEmail, story.words.get("device-setup-skip")),
    ];
    page
}

/// Logged in.
pub(super) fn home(story: &Story) -> Page {
    let mut page = titled(story, "home", "screen-home-title");
    page.blocks.extend(told(story));
    let device = story.device.clone().unwrap_or_default();
    if let Some(account) = &device.account {
        page.blocks.push(Block::Facts(vec![(story.words.get("device-account"), account.clone())]));
    }
    if let Some(banner) = &device.banner {
        let lane = story.words.get(&format!("device-lane-{}", banner.lane));
        let with = [("request", banner.request.as_str()), ("lane", lane.as_str())];
        let when = match banner.running_hours_ago {
            0 => story.words.get("screen-banner-soon"),
            hours => story.words.fill("screen-banner-hours", &[("hours", &hours.to_string())]),
        };
        let text =
            format!("{} {when} {}", story.words.fill("screen-banner-what", &with), story.words.get("screen-banner-do"));
        page.blocks.push(note(Tone::Bad, story.words.get("device-banner-title"), text));
        page.buttons.push(Button::first(Do::Acknowledge, story.words.get("device-banner-acknowledge")));
    }
    page.blocks.extend(super::after::banner(story));
    let readiness = device.readiness.as_deref().unwrap_or_default();
    if !readiness.is_empty() {
        let short = story.care.ready.as_ref().map(super::ready::in_short);
        let (tone, title) = short.unwrap_or_else(|| {
            let tone = if readiness == "green" { Tone::Good } else { Tone::Info };
            (tone, story.words.get(&format!("ready-all-{readiness}")))
        });
        let unproved = device.address.as_deref().filter(|address| *address != "green");
        let text = unproved.map(|address| story.words.get(&format!("device-ready-{address}-text"))).unwrap_or_default();
        page.blocks.push(note(tone, title, text));
    }
    if device.address.as_deref() == Some("amber") {
        let test = story.words.get("device-confirm-address");
        let first = page.buttons.is_empty();
        page.buttons.push(if first { Button::first(Do::TestCode, test) } else { choice(Do::TestCode, test) });
    }
    page.buttons.push(Button::more(Do::ToReady, story.words.get("ready-link"), READY));
    page.buttons.push(Button::more(Do::AskDoctor, story.words.get("doctor-link-to"), DOCTOR));
    if let Some(kept) = device.recovery_codes.filter(|kept| kept.offered) {
        page.blocks
            .extend(super::codes::standing(story, &kept).filter(|_| kept.runs_low || kept.unconfirmed.is_some()));
        page.buttons.push(Button::more(Do::ToCodes, story.words.get("device-codes-title"), CODES));
    }
    if story.care.plan.is_some() {
        page.buttons.push(Button::more(Do::ToAfter, story.words.get("after-link"), AFTER));
    }
    let acts = page.buttons.iter().any(|button| button.rank != Rank::More);
    page.buttons.push(if !acts {
        Button::first(Do::LogOut, story.words.get("device-logout"))
    } else {
        choice(Do::LogOut, story.words.get("device-logout"))
    });
    if !story.pending.is_empty() {
        page.buttons.push(Button::more(Do::ToRequests, story.words.get("device-pending-title"), REQUESTS));
    }
    page.buttons.push(Button::more(Do::ToHandOver, story.words.get("device-hand-over-link"), HAND_OVER));
    page
}

/// Open requests of anybody: each can be ended by whoever stands here (R21).
pub(super) fn requests(story: &Story) -> Page {
    let mut page = titled(story, "requests", "device-pending-title");
    page.blocks.extend(told(story));
    if story.pending.is_empty() {
        page.blocks.push(Block::Text(story.words.get("screen-requests-none")));
        page.buttons.push(Button::first(Do::ToLogIn, story.words.get("device-back-to-login")));
        return page;
    }
    page.blocks.push(Block::Text(story.words.get("device-pending-help")));
    for (place, pending) in (1..).zip(&story.pending) {
        let mut cancel = choice(Do::CancelPending(pending.request.clone()), story.words.get("device-cancel"));
        cancel.label = story.words.fill("screen-request-cancel", &[("request", &pending.request)]);
        cancel.detail = in_words(story, pending);
        cancel.key = (place < 10).then_some(Key::Digit(place));
        page.buttons.push(cancel);
    }
    page.buttons.push(Button::more(Do::ToLogIn, story.words.get("device-back-to-login"), Key::Esc));
    page
}

fn in_words(story: &Story, pending: &Pending) -> String {
    let lane = story.words.get(&format!("device-lane-{}", pending.lane));
    let minutes = pending.minutes_left.to_string();
    let with = [("request", pending.request.as_str()), ("lane", lane.as_str()), ("minutes", minutes.as_str())];
    story.words.fill("screen-request", &with)
}

pub(super) fn titled(story: &Story, id: &str, title: &str) -> Page {
    Page { id: id.into(), title: story.words.get(title), busy: story.busy, ..Page::default() }
}

pub(super) fn choice(does: Do, label: String) -> Button {
    Button { does, label, detail: String::new(), rank: Rank::Choice, key: None }
}

pub(super) fn note(tone: Tone, title: String, text: String) -> Block {
    Block::Note(Note { tone, title, text, reasons: Vec::new(), code: String::new() })
}

/// What the device said last, or what this screen has to say itself.
pub(super) fn told(story: &Story) -> Option<Block> {
    if let Some(problem) = &story.trouble {
        return Some(problem_note(story, problem, Tone::Bad));
    }
    let word = |id: &str| story.words.get(id);
    story.hint.map(|hint| match hint {
        Hint::Slip => note(Tone::Bad, word("screen-slip"), word("screen-slip-next")),
        Hint::Short => note(Tone::Bad, word("screen-short"), word("screen-short-next")),
        Hint::NoSuchSymbol => note(Tone::Info, word("screen-symbol"), word("screen-symbol-next")),
        Hint::Empty(field) => note(
            Tone::Bad,
            match field {
                FieldId::Account => word("screen-empty-account"),
                FieldId::Password => word("screen-empty-password"),
                FieldId::Email => word("screen-empty-email"),
                FieldId::Code(_) => word("screen-empty-code"),
            },
            String::new(),
        ),
    })
}

/// A problem in a note of its own.
pub(super) fn problem_note(story: &Story, problem: &Problem, tone: Tone) -> Block {
    let code = match problem.code.as_str() {
        "" => String::new(),
        code => story.words.fill("device-error-code", &[("code", code)]),
    };
    Block::Note(Note {
        tone,
        title: problem.text.clone(),
        text: problem.next_step.clone(),
        reasons: problem.reasons.clone(),
        code,
    })
}

/// A field; an empty help id is no help.
pub(super) fn field(story: &Story, id: FieldId, label: &str, help: &str) -> Block {
    let help = if help.is_empty() { String::new() } else { story.words.get(help) };
    let hidden = id == FieldId::Password && !story.fields.show;
    Block::Field(Field { id, label: story.words.get(label), help, hidden })
}

/// The rules of a password, told beforehand (R51).
pub(super) fn rules(story: &Story, rules: crate::wire::Rules) -> String {
    let (min, max) = (rules.min_chars.to_string(), rules.max_chars.to_string());
    story.words.fill("device-password-rules", &[("min", &min), ("max", &max)])
}

/// Show or hide what is typed.
pub(super) fn show(story: &Story) -> Button {
    let id = if story.fields.show { "screen-hide" } else { "screen-show" };
    Button::more(Do::Show, story.words.get(id), SHOW)
}
