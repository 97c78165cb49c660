//! Pages of a session, one for each step that the device tells of.

use super::entry::{choice, field, note, problem_note, rules, show, titled, told};
use super::{Session, Story};
use crate::page::{Block, Button, Do, FieldId, Key, Page, Picture, Rank, Step, Tone};
use crate::wire::{Offer, Part, View};

/// *No mail came?*
const NO_MAIL: Key = Key::F(4);
/// *I don't have the phone*.
const NO_PHONE: Key = Key::F(5);
/// *Try another way*.
const ANOTHER: Key = Key::F(6);
/// *More time*.
const TIME: Key = Key::F(7);
/// *Ask for a new code*.
const NEW_CODE: Key = Key::F(8);
/// The picture as text.
const AS_TEXT: Key = Key::F(9);
/// The picture's words to a stick.
const STICK: Key = Key::F(3);

/// The page of the step that the session is in.
pub(super) fn page(story: &Story, held: &Session) -> Page {
    let view = &held.view;
    let mut page = match view.step.as_str() {
        "notice" => notice(story, view),
        "choose-method" => ways(story, view),
        "enter-code" | "checking" => code(story, view),
        "confirm-loss" => loss(story, view),
        "hold-button" => hold(story, view),
        "choose-new-password" => new_password(story, view),
        "preparing" | "saving" | "erasing" => wait(story, view),
        "done" => done(story, view),
        "address-confirmed" => confirmed(story, view),
        "factory-state" => factory(story, view),
        step => end(story, view, step),
    };
    if ["notice", "choose-method", "enter-code", "checking", "hold-button"].contains(&view.step.as_str()) {
        page.blocks.splice(0..0, further(story, view));
    }
    page.id = format!("{}{}", view.step, view.request.as_deref().map_or(String::new(), |number| format!(" {number}")));
    if page.step.is_none() {
        page.step = step_of(story, view);
    }
    page
}

/// The steps of the way in use, or of the one that comes first, as `device-step-NAME` names them: the pages' own.
fn steps(view: &View) -> &'static [&'static str] {
    match way(view).map(|way| (way.carries.as_str(), way.loss.as_str())) {
        Some(_) if source(view) == "support" => &["1", "2", "3", "5", "6"],
        Some(("kept", _)) => &["1", "2", "sheet", "6"],
        Some(("handed", _)) => &["1", "2", "mail", "5", "6"],
        Some(("presence", "password-only")) => &["1", "2", "button", "6"],
        Some(("presence", _)) => &["1", "2", "button", "erase"],
        Some(_) | None => &["1", "2", "3", "4", "5", "6"],
    }
}

/// Where in them.
fn step_of(story: &Story, view: &View) -> Option<Step> {
    let names = steps(view);
    let at = match view.step.as_str() {
        "notice" => 2,
        "preparing" | "enter-code" | "hold-button" => 3,
        // The code is the last but one, where there is one.
        "checking" => names.len() - 1,
        "choose-new-password" | "saving" | "erasing" => names.len(),
        _ => return None,
    };
    let name = story.words.get(&format!("device-step-{}", names[at - 1]));
    (view.purpose == "reset").then_some(Step { at, of: names.len(), name })
}

fn notice(story: &Story, view: &View) -> Page {
    let kind = if view.purpose == "confirm-address" { "confirm" } else { "reset" };
    let mut page = titled(story, "notice", &format!("device-{kind}-notice-title"));
    page.blocks.extend(problems(story, view));
    let what = format!("device-{kind}-notice-what");
    let what = if kind == "reset" { by_carriage(&what, view, "") } else { what };
    page.blocks.push(Block::Text(story.words.get(&what)));
    if let Some(hint) = view.address_hint.as_ref().filter(|_| source(view) == "mail") {
        page.blocks.push(Block::Facts(vec![(story.words.get("device-address"), hint.clone())]));
        if !view.address_confirmed && view.purpose == "reset" {
            page.blocks.push(note(Tone::Info, story.words.get("device-address-unconfirmed"), String::new()));
        }
    }
    page.blocks.push(Block::Quiet(story.words.get(&by_carriage("device-notice-leaves", view, ""))));
    page.buttons = vec![Button::first(Do::Say("acknowledge"), story.words.get("device-ok"))];
    page.buttons.extend(cancel(story, view));
    page
}

fn ways(story: &Story, view: &View) -> Page {
    let mut page = titled(story, "ways", "device-choose-title");
    page.blocks.extend(problems(story, view));
    page.blocks.extend(closed(story, view));
    page.blocks.extend(none_works(story, view));
    page.buttons = offers(view);
    page.buttons.extend(cancel(story, view));
    page
}

/// Whom to ask, also when nothing has failed yet: which of the ways an owner has lost, only he knows.
fn none_works(story: &Story, view: &View) -> Option<Block> {
    let code = view.case_code.as_ref()?;
    let text = story.words.fill("device-ways-none", &[("contact", &view.support)]);
    Some(Block::Quiet(format!("{text} {code}")))
}

/// The ways that would work, least loss first.
fn offers(view: &View) -> Vec<Button> {
    let offer = |(place, offer): (u8, &Offer)| Button {
        does: Do::Choose(offer.method.clone()),
        label: offer.name.clone(),
        detail: offer.loss_text.clone(),
        rank: Rank::Choice,
        key: (place < 10).then_some(Key::Digit(place)),
    };
    (1..).zip(&view.offers).map(offer).collect()
}

/// The way in use, or the one that comes first.
fn way(view: &View) -> Option<&Offer> {
    let method = view.method.as_deref().unwrap_or_default();
    view.offers.iter().find(|offer| offer.method == method).or(view.offers.first())
}

/// More than one proof is wanted: what was given, and what would help (F11).
fn further(story: &Story, view: &View) -> Option<Block> {
    let further = view.further.as_ref()?;
    let names = |kinds: &[String]| {
        let name = |kind: &String| story.words.get(&format!("device-proof-{kind}"));
        kinds.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    let (given, helps) = (names(&further.given), names(&further.helps));
    let text = if given.is_empty() {
        story.words.fill("device-further-first", &[("helps", &helps)])
    } else {
        story.words.fill("device-further-next", &[("given", &given), ("helps", &helps)])
    };
    Some(note(Tone::Info, text, String::new()))
}

/// Where the code comes from: a mail, the support, or the owner's own sheet.
fn source(view: &View) -> &'static str {
    match way(view).map(|way| (way.carries.as_str(), way.proof.as_str())) {
        Some(("kept", _)) => "kept",
        Some((_, "support")) => "support",
        Some(_) | None => "mail",
    }
}

/// An id for how the code travels, where there are words for it.
fn by_carriage(id: &str, view: &View, tail: &str) -> String {
    match way(view).map(|way| way.carries.as_str()) {
        Some(_) if source(view) == "support" => format!("{id}-support{tail}"),
        Some(carries @ ("handed" | "presence" | "kept")) => format!("{id}-{carries}{tail}"),
        _ => format!("{id}{tail}"),
    }
}

/// Before a way that destroys something. The harmless answer comes first.
fn loss(story: &Story, view: &View) -> Page {
    let mut page = titled(story, "loss", "device-loss-title");
    page.blocks.extend(problems(story, view));
    if let Some(offer) = way(view) {
        page.blocks.push(Block::Text(offer.name.clone()));
        let after = story.words.get(&format!("device-loss-{}-after", offer.loss));
        page.blocks.push(note(Tone::Bad, offer.loss_text.clone(), after));
    }
    page.blocks.push(Block::Quiet(story.words.get("device-loss-not-yet")));
    if view.can.try_another_way {
        page.buttons.push(Button::first(Do::Say("another-way"), story.words.get("device-another-way")));
    }
    page.buttons.push(choice(Do::Say("acknowledge"), story.words.get("device-loss-go-on")));
    page.buttons.extend(cancel(story, view));
    page
}

/// The method's picture and steps, and the code.
fn code(story: &Story, view: &View) -> Page {
    let mut page = titled(story, "code", "device-code-title");
    let problem: Vec<_> = problems(story, view);
    let picture = view.qr.as_ref().and_then(|qr| Picture::read(&qr.half_blocks, &qr.text, &qr.label));
    let fits = picture.as_ref().is_some_and(|picture| story.shows(picture.side()));
    if let Some(shown) = &view.shown {
        page.title = shown.title.clone();
        // What went wrong comes first; the steps, once followed, make room for it.
        page.blocks
            .extend(shown.parts.iter().filter(|part| problem.is_empty() || part.kind != "steps").filter_map(part));
    }
    if let Some(picture) = picture.filter(|_| fits || story.as_text) {
        if story.as_text {
            page.blocks.push(Block::Heading(story.words.get("device-payload-title")));
            page.blocks.push(Block::Plain(picture.text.clone()));
        } else {
            page.picture = Some(picture);
        }
    } else if view.qr.is_some() {
        let title = story.words.get("screen-too-small");
        page.blocks.push(note(Tone::Info, title, story.words.get("screen-too-small-next")));
    }
    if let Some(file) = &story.saved {
        let text = story.words.fill("device-saved-to-stick", &[("file", file)]);
        page.blocks.push(note(Tone::Good, text, String::new()));
    }
    page.blocks.push(Block::Facts(figures(story, view)));
    page.blocks.extend(problem);
    let kind = source(view);
    let help =
        format!("device-code-help-{}{}", story.code_style().name(), if kind == "support" { "-support" } else { "" });
    let label = if kind == "kept" { "device-code-kept" } else { "device-code" };
    page.blocks.push(field(story, FieldId::Code(story.code_style()), label, &help));
    if view.step == "checking" {
        page.busy = true;
        page.blocks.push(Block::Quiet(story.words.get("device-checking-text")));
        return page;
    }
    page.buttons = vec![Button::first(Do::TypeCode, story.words.get("device-next"))];
    page.buttons.extend(actions(view));
    match kind {
        "kept" => {}
        "support" => {
            page.buttons.push(Button::more(Do::Say("no-mail"), story.words.get("device-no-support"), NO_MAIL));
        }
        _ => page.buttons.push(Button::more(Do::Say("no-mail"), story.words.get("device-no-mail"), NO_MAIL)),
    }
    if view.can.export {
        page.buttons.push(Button::more(Do::Export, story.words.get("device-save-to-stick"), STICK));
    }
    if view.qr.is_some() && view.can.try_another_way && kind != "support" {
        page.buttons.push(Button::more(Do::Say("another-way"), story.words.get("device-no-phone"), NO_PHONE));
    }
    page.buttons.extend(ways_round(story, view));
    if view.can.ask_new
        && kind != "kept"
        && !view.shown.as_ref().is_some_and(|shown| shown.parts.iter().any(|part| part.id == "new-code"))
    {
        page.buttons.push(Button::more(Do::Say("new-code"), story.words.get("device-new-code"), NEW_CODE));
    }
    if view.qr.is_some() {
        let id = if story.as_text { "screen-as-picture" } else { "screen-as-text" };
        page.buttons.push(Button::more(Do::AsText, story.words.get(id), AS_TEXT));
    }
    page.buttons.extend(cancel(story, view));
    page
}

/// A button on the device is held down.
fn hold(story: &Story, view: &View) -> Page {
    let mut page = titled(story, "hold", "device-hold-title");
    page.blocks.extend(problems(story, view));
    if let Some(shown) = &view.shown {
        page.title = shown.title.clone();
        page.blocks.extend(shown.parts.iter().filter_map(part));
    }
    page.buttons = actions(view);
    page.buttons.extend(ways_round(story, view));
    page.buttons.extend(cancel(story, view));
    page
}

fn new_password(story: &Story, view: &View) -> Page {
    let mut page = titled(story, "new-password", "device-new-password-title");
    page.blocks.extend(problems(story, view));
    let mut password = field(story, FieldId::Password, "device-new-password", "");
    if let Block::Field(field) = &mut password {
        field.label = story.words.fill("device-new-password", &[("account", &view.account)]);
        field.help = rules(story, view.password);
    }
    page.blocks.push(password);
    page.blocks.push(Block::Quiet(story.words.get("device-new-password-consequence")));
    page.buttons = vec![Button::first(Do::SetPassword, story.words.get("device-new-password-save")), show(story)];
    page.buttons.extend(cancel(story, view));
    page
}

fn wait(story: &Story, view: &View) -> Page {
    let kind = view.step.as_str();
    let mut page = titled(story, "wait", &format!("device-{kind}-title"));
    page.blocks.extend(problems(story, view));
    match view.shown.as_ref().filter(|_| kind == "preparing") {
        Some(shown) if !shown.parts.is_empty() => {
            page.title = shown.title.clone();
            page.blocks.extend(shown.parts.iter().filter_map(part));
        }
        _ if kind == "preparing" => {
            page.blocks.push(Block::Text(story.words.get(&by_carriage("device-preparing", view, "-text"))));
        }
        _ => page.blocks.push(Block::Text(story.words.get(&format!("device-{kind}-text")))),
    }
    page.busy = true;
    if kind == "preparing" {
        page.buttons.extend(ways_round(story, view));
        page.buttons.extend(cancel(story, view));
    }
    page
}

fn done(story: &Story, view: &View) -> Page {
    let mut page = titled(story, "done", "device-done-title");
    page.blocks.extend(problems(story, view));
    page.blocks.push(note(Tone::Good, story.words.get("device-done-what"), story.words.get("device-done-sessions")));
    page.blocks.push(Block::Quiet(story.words.get("device-done-notice")));
    page.buttons = vec![Button::first(Do::ToLogIn, story.words.get("device-go-to-login"))];
    page
}

fn confirmed(story: &Story, view: &View) -> Page {
    let mut page = titled(story, "confirmed", "device-confirmed-title");
    let hint = view.address_hint.clone().unwrap_or_default();
    let text = story.words.fill("device-confirmed-what", &[("address", &hint)]);
    page.blocks.push(note(Tone::Good, text, String::new()));
    let (to, label) =
        if story.login.is_some() { (Do::ToHome, "device-continue") } else { (Do::ToLive, "device-back-to-live") };
    page.buttons = vec![Button::first(to, story.words.get(label))];
    page
}

/// Everything is as it left the factory; the first set-up comes next.
fn factory(story: &Story, view: &View) -> Page {
    let mut page = titled(story, "factory", "device-factory-state-title");
    page.blocks.extend(problems(story, view));
    let next = story.words.get("device-factory-state-next");
    page.blocks.push(note(Tone::Good, story.words.get("device-factory-state-what"), next));
    page.buttons = vec![Button::first(Do::ToLive, story.words.get("device-factory-state-setup"))];
    page
}

/// *Support*, *cancelled*, *expired*, and steps that a newer device may have.
fn end(story: &Story, view: &View, step: &str) -> Page {
    let known = ["support", "cancelled", "expired"].contains(&step);
    let kind = if known { format!("device-{step}") } else { "screen-unknown".to_owned() };
    let mut page = titled(story, "end", &format!("{kind}-title"));
    page.blocks.extend(problems(story, view));
    page.blocks.push(Block::Text(story.words.get(&format!("{kind}-text"))));
    if let Some(code) = &view.case_code {
        page.blocks.push(Block::Heading(story.words.get("screen-case-code")));
        page.blocks.push(Block::Plain(code.clone()));
        page.blocks.push(Block::Quiet(spoken(story, code)));
    }
    if step != "cancelled" {
        page.blocks.push(Block::Text(story.words.get("device-support")));
    }
    page.blocks.extend(closed(story, view));
    page.buttons = if step == "support" { offers(view) } else { Vec::new() };
    let again = story.words.get("device-start-again");
    page.buttons.push(Button::first(Do::StartAgain, again));
    page.buttons.push(Button::more(Do::ToLogIn, story.words.get("device-back-to-login"), Key::Esc));
    page
}

/// The case code as it is read out on the telephone: `K as in Kilo, 7 the digit seven`.
pub(super) fn spoken(story: &Story, code: &str) -> String {
    let word = |symbol: char| {
        let id = format!("device-spell-{}", symbol.to_ascii_lowercase());
        format!("{symbol} {}", story.words.get(&id))
    };
    let words: Vec<String> = code.chars().filter(char::is_ascii_alphanumeric).map(word).collect();
    format!("{}: {}.", story.words.get("device-case-spell"), words.join(", "))
}

/// What went wrong: this screen's own word first, then the device's, and what the new password broke.
fn problems(story: &Story, view: &View) -> Vec<Block> {
    let mut notes: Vec<Block> = told(story).into_iter().collect();
    let typing_anew = !story.fields.code.is_empty() && view.step == "enter-code";
    if notes.is_empty() && !typing_anew {
        let bad = |code: &str| code.starts_with("E-2") || code.starts_with("E-6");
        notes.extend(
            view.failure
                .iter()
                .map(|failure| problem_note(story, failure, if bad(&failure.code) { Tone::Bad } else { Tone::Info })),
        );
        notes.extend(view.flaws.iter().map(|flaw| problem_note(story, flaw, Tone::Bad)));
    }
    if let Some(seconds) = view.retry_in_seconds {
        let minutes = seconds.div_ceil(60).to_string();
        notes.push(note(Tone::Info, story.words.fill("screen-retry", &[("minutes", &minutes)]), String::new()));
    }
    notes
}

/// The ways that are not open, each with its reason.
fn closed(story: &Story, view: &View) -> Vec<Block> {
    if view.withheld.is_empty() {
        return Vec::new();
    }
    let said = view.failure.as_ref().map(|failure| failure.code.as_str()).unwrap_or_default();
    let one = |withheld: &crate::wire::Withheld| {
        let why = if withheld.code == said {
            withheld.fixable_text.clone()
        } else {
            [withheld.text.as_str(), withheld.fixable_text.as_str()].join(" ").trim().to_owned()
        };
        Block::Closed(withheld.name.clone(), withheld.code.clone(), why)
    };
    let heading = Block::Heading(story.words.get("device-withheld-title"));
    let case = view.case_code.as_ref().filter(|_| !["support", "choose-method"].contains(&view.step.as_str()));
    let case = case.map(|code| Block::Quiet(format!("{} {code}", story.words.get("screen-case-code-short"))));
    std::iter::once(heading).chain(view.withheld.iter().map(one)).chain(case).collect()
}

/// Request number, tries, minutes, and where the mail goes.
fn figures(story: &Story, view: &View) -> Vec<(String, String)> {
    let number = |value: Option<u16>| value.map(|value| value.to_string());
    let rows = [
        ("device-address", view.address_hint.clone().filter(|_| source(view) == "mail")),
        ("device-sheet-number", view.sheet.as_ref().map(|sheet| sheet.number.to_string())),
        ("device-request", view.request.clone()),
        ("device-tries", number(view.tries_left)),
        ("device-minutes", number(view.minutes_left)),
    ];
    rows.into_iter().filter_map(|(id, value)| Some((story.words.get(id), value?))).collect()
}

/// A part of the method's own view. Figures stand together elsewhere; kinds that are not known are passed over.
fn part(part: &Part) -> Option<Block> {
    match part.kind.as_str() {
        "paragraph" => Some(Block::Text(part.text.clone())),
        "steps" => Some(Block::Steps(part.lines.clone())),
        "warning" => Some(note(Tone::Info, part.text.clone(), String::new())),
        "progress" => Some(Block::Progress(part.done, part.of, part.text.clone())),
        _ => None,
    }
}

fn actions(view: &View) -> Vec<Button> {
    let parts = view.shown.iter().flat_map(|shown| &shown.parts).filter(|part| part.kind == "action");
    parts.map(|part| choice(Do::Press(part.id.clone()), part.text.clone())).collect()
}

fn ways_round(story: &Story, view: &View) -> Vec<Button> {
    let mut ways = Vec::new();
    if view.can.try_another_way {
        ways.push(Button::more(Do::Say("another-way"), story.words.get("device-another-way"), ANOTHER));
    }
    if view.can.extend {
        ways.push(Button::more(Do::Say("more-time"), story.words.get("device-more-time"), TIME));
    }
    ways
}

fn cancel(story: &Story, view: &View) -> Option<Button> {
    view.can.cancel.then(|| Button::more(Do::Say("cancel"), story.words.get("device-cancel"), Key::Esc))
}
