//! Two proofs: that a device wants them, and which ways go together. One source for notes, tables, steps and trees of every
//! reader; silent where one proof is enough (F11).

use super::article::{Block, Chapter, Table, Tone};
use super::material::{Material, Way};

/// A chapter with the note, and the table of what goes with what.
pub(super) fn told(material: &Material, ways: &[Way], note: &str, chapter: Chapter) -> Chapter {
    if !material.wants_two() {
        return chapter;
    }
    let row = |way: &Way| {
        let partners: Vec<_> = material.partners(way, ways).into_iter().map(|other| other.name.clone()).collect();
        (!partners.is_empty()).then(|| vec![way.name.clone(), partners.join(" · ")])
    };
    chapter
        .with(Block::Note {
            tone: Tone::Important,
            text: material.say_with(note, &[("policy", (&material.policy.name).into())]),
        })
        .with(Block::Table(Table {
            caption: material.say("guide-pairs-caption"),
            head: ["guide-pairs-first", "guide-pairs-second"].map(|id| material.say(id)).to_vec(),
            rows: ways.iter().filter_map(row).collect(),
        }))
}

/// "Then the second proof: …": what goes with this way.
pub(super) fn second(material: &Material, way: &Way, ways: &[Way]) -> Option<String> {
    let names = partners(material, way, ways)?;
    Some(material.say_with("guide-second", &[("names", (&names).into())]))
}

/// A text of a way, and behind it the second proof where one is wanted.
pub(super) fn with_second(material: &Material, way: &Way, ways: &[Way], text: String) -> String {
    match second(material, way, ways) {
        Some(second) => format!("{text} {second}"),
        None => text,
    }
}

/// The names of what goes with this way, as a sentence lists them.
pub(super) fn partners(material: &Material, way: &Way, ways: &[Way]) -> Option<String> {
    if !material.wants_two() {
        return None;
    }
    let quoted = |other: &Way| material.say_with("case-quoted", &[("name", (&other.name).into())]);
    let mut names: Vec<_> = material.partners(way, ways).into_iter().map(quoted).collect();
    let last = names.pop()?;
    if names.is_empty() {
        return Some(last);
    }
    let first = names.join(", ");
    Some(material.say_with("guide-or", &[("first", (&first).into()), ("last", (&last).into())]))
}
