//! How ready recovery is, way by way: at the end of the first set-up, and from home (R62).

use super::Story;
use super::entry::{choice, note, titled, told};
use crate::link::{Ask, What};
use crate::page::{Block, Button, Do, Key, Note, Page, Tone};
use crate::story::Place;
use crate::wire::{Readiness, Way};

impl Story {
    /// To the page, which waits for the device's answer.
    pub(super) fn asks_how_ready(&mut self) -> Vec<Ask> {
        self.care.ready = None;
        let mut asks = self.goes(Place::Ready);
        asks.extend(self.with_login(What::Readiness));
        asks
    }

    /// The answer. Who ends the set-up with nothing to mend is not kept.
    pub(super) fn hears_how_ready(&mut self, ready: Readiness) -> Vec<Ask> {
        let waited = self.place == Place::Ready && self.care.ready.is_none();
        let needless = self.care.at_set_up && !ready.wants_a_look();
        self.care.ready = Some(ready);
        if waited {
            self.busy = false;
        }
        if waited && needless { self.goes(Place::Home) } else { Vec::new() }
    }
}

/// Each way with its sign and its word, and what to do.
pub(super) fn page(story: &Story) -> Page {
    let mut page = titled(story, "ready", "ready-title");
    page.blocks.extend(told(story));
    let back = if story.care.at_set_up {
        Button::first(Do::ToHome, story.words.get("ready-continue"))
    } else {
        Button::more(Do::ToHome, story.words.get("screen-codes-back"), Key::Esc)
    };
    let Some(ready) = &story.care.ready else {
        page.blocks.push(Block::Text(story.words.get("ready-intro")));
        page.buttons.push(back);
        return page;
    };
    let (tone, title) = in_short(ready);
    page.blocks.push(note(tone, title, String::new()));
    page.blocks.extend(ready.ways.iter().map(|way| one(story, way)));
    let mends = mends(story, ready);
    if story.care.at_set_up {
        page.buttons.push(back);
        page.buttons.extend(mends);
    } else {
        page.buttons.extend(mends);
        if let Some(first) = page.buttons.first_mut() {
            first.rank = crate::page::Rank::First;
        }
        page.buttons.push(back);
    }
    page
}

/// What would happen today: what the owner is to be reminded of, or else the whole in a word.
pub(super) fn in_short(ready: &Readiness) -> (Tone, String) {
    match (&ready.reminder, &ready.reminder_text) {
        (Some(reminder), Some(text)) => (tone(light_of(reminder)), text.clone()),
        (Some(_) | None, _) => (tone(&ready.light), ready.title.clone()),
    }
}

/// What the owner is reminded of. A way back that erases more than the password is bad news, whatever else is well.
fn light_of(reminder: &str) -> &str {
    if reminder == "not-tried" { "amber" } else { "red" }
}

/// Sign and colour of a light; its word stands beside it.
pub(super) fn tone(light: &str) -> Tone {
    match light {
        "green" => Tone::Good,
        "red" => Tone::Bad,
        _ => Tone::Info,
    }
}

fn one(story: &Story, way: &Way) -> Block {
    let elsewhere = matches!(way.mend.as_str(), "address" | "switch-on");
    let elsewhere = elsewhere.then(|| story.words.get("screen-mend-elsewhere"));
    let said = [Some(way.text.clone()), way.next_step.clone(), elsewhere];
    Block::Note(Note {
        tone: tone(&way.light),
        title: format!("{}: {}", way.name, way.light_text),
        text: said.into_iter().flatten().collect::<Vec<_>>().join(" "),
        reasons: Vec::new(),
        code: way.code.clone().unwrap_or_default(),
    })
}

/// What can be mended at this screen, each once.
fn mends(story: &Story, ready: &Readiness) -> Vec<Button> {
    let here = [("test-code", Do::TestCode), ("recovery-codes", Do::ToCodes), ("doctor", Do::AskDoctor)];
    let wanted = |mend: &str| ready.ways.iter().any(|way| way.light != "green" && way.mend == mend);
    let here = here.into_iter().filter(|(mend, _)| wanted(mend));
    here.map(|(mend, does)| choice(does, story.words.get(&format!("ready-mend-{mend}")))).collect()
}
