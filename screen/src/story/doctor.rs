//! The doctor: the device looks at everything that recovery stands on, and says it in plain words.

use super::entry::{note, titled, told};
use super::ready::tone;
use super::reset::spoken;
use super::{Place, Story};
use crate::link::{Ask, What};
use crate::page::{Block, Button, Do, Key, Note, Page};
use crate::wire::{Check, Report};

/// Seconds between two signs of life while it looks.
const BEAT: u64 = 5;

/// How far it is.
#[derive(Debug, Default)]
pub(super) enum Visit {
    /// Nobody asked it.
    #[default]
    None,
    /// It looks, since this moment.
    Looks(u64),
    /// What it found.
    Found(Report),
}

impl Story {
    /// It looks; the owner may leave meanwhile.
    pub(super) fn asks_doctor(&mut self) -> Vec<Ask> {
        let mut asks = self.goes(Place::Doctor);
        self.care.doctor = Visit::Looks(self.now);
        let Some(login) = self.login.clone() else { return self.goes(Place::LogIn) };
        asks.push(self.ask(What::Doctor(login)));
        asks
    }

    /// What it found.
    pub(super) fn hears_doctor(&mut self, report: Report) -> Vec<Ask> {
        if self.login.is_some() {
            self.care.doctor = Visit::Found(report);
        }
        Vec::new()
    }
}

/// What it found, or that it looks.
pub(super) fn page(story: &Story) -> Page {
    let mut page = titled(story, "doctor", "doctor-title");
    page.blocks.extend(told(story));
    match &story.care.doctor {
        Visit::None => {
            page.buttons.push(Button::first(Do::AskDoctor, story.words.get("doctor-again")));
        }
        Visit::Looks(since) => {
            page.busy = true;
            page.blocks.push(Block::Text(story.words.get("doctor-intro")));
            let seconds = story.now.saturating_sub(*since) / 1_000 / BEAT * BEAT;
            let with = [("seconds", &*seconds.to_string())];
            page.blocks.push(Block::Quiet(story.words.fill("screen-doctor-looks", &with)));
        }
        Visit::Found(report) => {
            page.blocks.push(note(tone(&report.light), report.title.clone(), String::new()));
            page.blocks.extend(report.checks.iter().map(one));
            page.blocks.push(Block::Text(story.words.get("doctor-case")));
            page.blocks.push(Block::Plain(report.case_code.clone()));
            page.blocks.push(Block::Quiet(spoken(story, &report.case_code)));
            page.buttons.push(Button::first(Do::AskDoctor, story.words.get("doctor-again")));
        }
    }
    page.buttons.push(Button::more(Do::ToHome, story.words.get("screen-codes-back"), Key::Esc));
    page
}

fn one(check: &Check) -> Block {
    let title = format!("{}: {}", check.name, check.text);
    let Some(light) = &check.light else { return Block::Quiet(title) };
    let next = check.next_step.clone().filter(|next| *next != check.text);
    Block::Note(Note {
        tone: tone(light),
        title,
        text: next.unwrap_or_default(),
        reasons: Vec::new(),
        code: check.code.clone().unwrap_or_default(),
    })
}
