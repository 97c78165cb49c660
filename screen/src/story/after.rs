//! After a reset: cameras and programs that still come with the old password.

use super::entry::{choice, field, note, show, titled, told};
use super::{Place, Story};
use crate::link::{Ask, What};
use crate::page::{Block, Button, Do, FieldId, Key, Page, Rank, Tone};
use crate::wire::{Client, Plan};

/// The recovery codes.
const CODES: Key = Key::F(6);
/// Most of them that can be ticked off without scrolling; the next one comes up when one is done.
const AT_ONCE: usize = 5;

impl Story {
    /// The plan as it stands, or that there is none.
    pub(super) fn hears_of_plan(&mut self, plan: Option<Plan>) -> Vec<Ask> {
        let none = plan.is_none();
        self.care.plan = plan;
        if self.place != Place::After {
            return Vec::new();
        }
        self.busy = false;
        if none { self.goes(Place::Home) } else { Vec::new() }
    }

    /// The firmware's program tells them, with the password that is typed once more.
    pub(super) fn updates_clients(&mut self) -> Vec<Ask> {
        if self.fields.password.is_empty() {
            return self.misses(FieldId::Password);
        }
        let password = self.fields.password.take();
        self.with_login(|login| What::UpdateClients { login, password })
    }

    /// Whether the plan changes without being asked to.
    pub(super) fn follows_plan(&self) -> bool {
        self.place == Place::After && self.care.plan.as_ref().is_some_and(|plan| plan.updating)
    }
}

/// The banner on home, until the owner has said that he knows.
pub(super) fn banner(story: &Story) -> Option<Block> {
    let plan = story.care.plan.as_ref().filter(|plan| plan.left > 0 && !plan.acknowledged)?;
    Some(note(Tone::Bad, story.words.get("after-banner-title"), left(story, plan)))
}

/// Who still has it, and what to do.
pub(super) fn page(story: &Story) -> Page {
    let mut page = titled(story, "after", "after-title");
    page.blocks.extend(told(story));
    let Some(plan) = &story.care.plan else { return page };
    let tone = if plan.left > 0 { Tone::Bad } else { Tone::Good };
    page.blocks.push(note(tone, left(story, plan), String::new()));
    if let Some(sheet) = plan.sheet {
        let text = story.words.fill("device-codes-still-count", &[("sheet", &sheet.to_string())]);
        page.blocks.push(note(Tone::Bad, text, String::new()));
    }
    if plan.updating {
        told_now(story, plan, &mut page);
    } else if plan.left > 0 {
        to_do(story, plan, &mut page);
    }
    page.blocks.extend(plan.clients.iter().map(|client| one(story, client)));
    page.blocks.push(Block::Quiet(quiet(story, plan)));
    if plan.left > 0 && plan.acknowledged {
        page.blocks.push(Block::Quiet(story.words.get("after-acknowledged")));
    }
    if plan.sheet.is_some() {
        page.buttons.push(Button::more(Do::ToCodes, story.words.get("device-codes-title"), CODES));
    }
    page.buttons.push(Button::more(Do::ToHome, story.words.get("screen-codes-back"), Key::Esc));
    page
}

fn left(story: &Story, plan: &Plan) -> String {
    let id = if plan.left > 0 { "screen-after-left" } else { "screen-after-none" };
    story.words.fill(id, &[("left", &plan.left.to_string()), ("request", &plan.request)])
}

/// How far the firmware's program is.
fn told_now(story: &Story, plan: &Plan, page: &mut Page) {
    let of = plan.clients.len();
    let done = of.saturating_sub(plan.left);
    let text = story.words.fill("screen-after-told", &[("done", &done.to_string()), ("of", &of.to_string())]);
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    page.busy = true;
    page.blocks.push(Block::Text(story.words.get("after-updating")));
    page.blocks.push(Block::Progress(small(done), small(of), text));
}

/// By the firmware's program, or one by one.
fn to_do(story: &Story, plan: &Plan, page: &mut Page) {
    if plan.can_update {
        page.blocks.push(field(story, FieldId::Password, "device-current-password", "after-update-help"));
        page.buttons.push(Button::first(Do::UpdateClients, story.words.get("after-update")));
        page.buttons.push(show(story));
    } else {
        page.blocks.push(Block::Text(story.words.get("after-no-hook")));
    }
    let open = plan.clients.iter().filter(|client| !client.is_done()).take(AT_ONCE);
    for (digit, client) in (1..).zip(open) {
        let label = story.words.fill("after-by-hand-of", &[("name", &client.name)]);
        let mut done = choice(Do::ByHand(client.name.clone()), label);
        // Where something is typed, a digit is a part of it.
        done.key = (!plan.can_update).then_some(Key::Digit(digit));
        page.buttons.push(done);
    }
    if !plan.acknowledged {
        page.buttons.push(choice(Do::AcknowledgeClients, story.words.get("after-acknowledge")));
    }
    if let Some(first) = page.buttons.first_mut() {
        first.rank = Rank::First;
    }
}

fn one(story: &Story, client: &Client) -> Block {
    let tone = match client.state.as_str() {
        "failed" => Tone::Bad,
        _ if client.is_done() => Tone::Good,
        _ => Tone::Info,
    };
    let times = client.came_with_old.to_string();
    let came = (client.came_with_old > 0).then(|| story.words.fill("screen-after-came", &[("times", &times)]));
    let text = std::iter::once(client.address.clone()).chain(came).filter(|text| !text.is_empty());
    let text = text.collect::<Vec<_>>().join(". ");
    note(tone, format!("{}: {}", client.name, client.state_text), text)
}

fn quiet(story: &Story, plan: &Plan) -> String {
    let (id, value) = match plan.quiet_minutes_left {
        0 => ("screen-after-quiet-over", 0),
        minutes @ 1..=119 => ("screen-after-quiet-minutes", minutes),
        minutes => ("screen-after-quiet-hours", minutes / 60),
    };
    story.words.fill(id, &[("left", &value.to_string())])
}
