//! Recovery codes at the local screen: made, copied from it by hand, one typed back (R87).

use super::Story;
use super::entry::{field, note, show, titled, told};
use crate::page::{Block, Button, Do, FieldId, Key, Page, Tone};
use crate::wire::{Fresh, Kept};

/// The page: the codes of a new sheet while they can be seen, else how things stand.
pub(super) fn page(story: &Story) -> Page {
    let kept = story.device.as_ref().and_then(|device| device.recovery_codes.clone()).unwrap_or_default();
    let mut page = match &story.fresh {
        Some(fresh) => shown(story, fresh),
        None => stands(story, &kept),
    };
    page.buttons.push(Button::more(Do::ToHome, story.words.get("screen-codes-back"), Key::Esc));
    page
}

fn shown(story: &Story, fresh: &Fresh) -> Page {
    let mut page = titled(story, "codes-new", "device-codes-new-title");
    page.blocks.extend(told(story));
    page.blocks.push(Block::Text(story.words.get("screen-codes-once")));
    let pairs = fresh.codes.chunks(2).zip((1..).step_by(2)).map(|(pair, number): (_, usize)| {
        let one = |(at, code): (usize, &String)| format!("{}. {code}", number + at);
        pair.iter().enumerate().map(one).collect::<Vec<_>>().join("     ")
    });
    page.blocks.extend(pairs.map(Block::Plain));
    type_back(story, &mut page);
    page
}

fn stands(story: &Story, kept: &Kept) -> Page {
    let mut page = titled(story, "codes", "device-codes-title");
    page.blocks.extend(told(story));
    page.blocks.extend(standing(story, kept));
    if kept.unconfirmed.is_some() {
        type_back(story, &mut page);
        return page;
    }
    page.blocks.push(field(story, FieldId::Password, "device-current-password", ""));
    let make = if kept.sheet.is_some() { "device-codes-make-new" } else { "device-codes-make" };
    page.buttons.push(Button::first(Do::MakeCodes, story.words.get(make)));
    page.buttons.push(show(story));
    page
}

/// How things stand, in a note.
pub(super) fn standing(story: &Story, kept: &Kept) -> Option<Block> {
    let number = |number: u32| number.to_string();
    if let Some(sheet) = kept.unconfirmed {
        let text = story.words.fill("device-codes-waiting", &[("sheet", &number(sheet))]);
        return Some(note(Tone::Info, text, String::new()));
    }
    let Some(sheet) = kept.sheet else { return Some(Block::Text(story.words.get("device-codes-what"))) };
    let (sheet, left, of) = (number(sheet), kept.left.to_string(), kept.of.to_string());
    let with = [("sheet", sheet.as_str()), ("left", left.as_str()), ("of", of.as_str())];
    let text = story.words.fill("device-codes-left", &with);
    let next = if kept.runs_low { story.words.get("device-codes-low") } else { String::new() };
    Some(note(if kept.runs_low { Tone::Bad } else { Tone::Good }, text, next))
}

fn type_back(story: &Story, page: &mut Page) {
    let style = story.code_style();
    page.blocks.push(field(story, FieldId::Code(style), "device-codes-type-back", "device-codes-type-back-help"));
    page.buttons.push(Button::first(Do::TypeBack, story.words.get("device-codes-check")));
}
