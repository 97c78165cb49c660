//! The device gets a new owner: what goes is told first, then the password is asked for, and the end is as from the factory.

use super::entry::{choice, field, note, show, titled, told};
use super::{Place, Story};
use crate::link::{Ask, What};
use crate::page::{Block, Button, Do, FieldId, Key, Page, Tone};
use crate::wire::HandedOver;

impl Story {
    /// Everything of this owner goes.
    pub(super) fn hands_over(&mut self) -> Vec<Ask> {
        if self.fields.password.is_empty() {
            return self.misses(FieldId::Password);
        }
        let password = self.fields.password.take();
        self.with_login(|login| What::HandOver { login, password })
    }

    /// It is done: nobody is logged in any more, and nothing of what was known counts.
    pub(super) fn has_handed_over(&mut self, handed: HandedOver) -> Vec<Ask> {
        self.login = None;
        self.pending.clear();
        self.fields.account.clear();
        let asks = self.goes(Place::HandedOver);
        self.care = super::care::Care { enrolment: handed.enrolment, ..Default::default() };
        asks
    }
}

/// What goes and what stays. The harmless answer comes first.
pub(super) fn consequence(story: &Story) -> Page {
    let mut page = titled(story, "hand-over", "device-hand-over-title");
    page.blocks.push(Block::Text(story.words.get("device-hand-over-what")));
    page.blocks.push(note(Tone::Bad, story.words.get("device-hand-over-goes"), String::new()));
    page.blocks.push(Block::Quiet(story.words.get("device-hand-over-stays")));
    page.blocks.push(Block::Text(story.words.get("device-loss-not-yet")));
    page.buttons = vec![
        Button::first(Do::ToHome, story.words.get("screen-codes-back")),
        choice(Do::ToHandOverNow, story.words.get("device-loss-go-on")),
    ];
    page
}

/// The password, once more.
pub(super) fn password(story: &Story) -> Page {
    let mut page = titled(story, "hand-over-now", "device-hand-over-title");
    page.blocks.extend(told(story));
    page.blocks.push(note(Tone::Bad, story.words.get("device-hand-over-goes"), String::new()));
    page.blocks.push(field(story, FieldId::Password, "device-current-password", ""));
    page.buttons = vec![
        Button::first(Do::HandOver, story.words.get("device-hand-over-do")),
        show(story),
        Button::more(Do::ToHome, story.words.get("device-cancel"), Key::Esc),
    ];
    page
}

/// As from the factory.
pub(super) fn done(story: &Story) -> Page {
    let mut page = titled(story, "handed-over", "device-handed-over-title");
    page.blocks.push(note(
        Tone::Good,
        story.words.get("device-handed-over-what"),
        story.words.get("device-handed-over-next"),
    ));
    if !story.care.enrolment.is_empty() {
        page.blocks.push(Block::Text(story.words.get("device-handed-over-enrolment")));
        page.blocks.push(Block::Plain(story.care.enrolment.clone()));
    }
    page.buttons = vec![Button::first(Do::ToLive, story.words.get("device-factory-state-setup"))];
    page
}
