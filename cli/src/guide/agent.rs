//! The script for whoever answers the telephone: case code first, then questions one after the other, each with what to say.

use resetkit_config::{catalogue_entry, never_ask};
use resetkit_core::FailureKind;

use super::article::{Article, Block, Chapter, Question, Step, Table, Tone, Tree};
use super::material::{Material, Way};
use super::{owner, pairs, trouble};

pub(super) fn article(material: &Material) -> Article {
    let ways = material.ways();
    Article {
        language: material.texts.language().as_str().to_owned(),
        title: material.say("guide-agent-title"),
        lead: material.say("guide-agent-lead"),
        chapters: vec![
            call(material),
            tree(material, &ways),
            never(material, &ways),
            told_ways(material, &ways),
            after(material),
            codes(material, &ways),
        ],
        made_from: super::made_from(material),
        words: super::words(material),
    }
}

/// The first minute of a call.
fn call(material: &Material) -> Chapter {
    let step = |number: u8| {
        let mut texts = vec![material.say(&format!("guide-call-{number}"))];
        if number == 3 && material.wants_two() {
            texts.push(material.say("guide-call-3-two"));
        }
        Step { title: material.say(&format!("guide-call-{number}-title")), texts, pictures: Vec::new() }
    };
    Chapter::new("call", material.say("guide-call-title"))
        .with(Block::Steps((1..=4).map(step).collect()))
        .with(Block::Note { tone: Tone::Info, text: material.say("guide-call-command") })
}

/// What the owner has decides, least loss first; before that, what cannot be helped by a way.
fn tree(material: &Material, ways: &[Way]) -> Chapter {
    let ask = |name: &str| Question {
        ask: material.say(&format!("guide-agent-if-{name}")),
        yes: material.say(&format!("guide-agent-then-{name}")),
    };
    let mut questions = vec![ask("old"), ask("wait")];
    questions.extend(ways.iter().map(|way| Question {
        ask: owner::told(material, way, "ask"),
        yes: pairs::with_second(material, way, ways, owner::told(material, way, "say")),
    }));
    let chapter = Chapter::new("tree", material.say("guide-agent-tree-title"));
    pairs::told(material, ways, "guide-agent-proofs", chapter).with(Block::Tree(Tree {
        title: material.say("guide-agent-tree"),
        questions,
        otherwise: material.say("guide-agent-otherwise"),
    }))
}

/// What the whole house never asks, and what goes for this conversation.
fn never(material: &Material, ways: &[Way]) -> Chapter {
    let mut lines = never_ask(&material.texts);
    lines.extend(["interrupt", "exists", "lost"].map(|name| material.say(&format!("guide-agent-never-{name}"))));
    let mut chapter = Chapter::new("never", material.say("guide-agent-never-title")).with(Block::List(lines));
    if ways.iter().any(|way| way.id == "support") {
        chapter = chapter.with(Block::Note { tone: Tone::Important, text: material.say("guide-agent-never-unlock") });
    }
    chapter
}

/// Each way in the words to be said, with what it needs and what it costs.
fn told_ways(material: &Material, ways: &[Way]) -> Chapter {
    let mut chapter = Chapter::new("ways", material.say("guide-agent-ways-title"));
    for way in ways {
        let name = [("name", (&way.name).into())];
        let steps: Vec<String> =
            (1..=9).map_while(|number| material.find(&format!("guide-way-{}-step-{number}", way.id), &name)).collect();
        chapter = chapter
            .with(Block::Heading { id: format!("way-{}", way.id), title: way.name.clone() })
            .with(Block::Text(owner::told(material, way, "needs")))
            .with(Block::Text(owner::loss(material, way)));
        if !steps.is_empty() {
            chapter = chapter.with(Block::Numbered(steps));
        }
        if let Some(second) = pairs::second(material, way, ways) {
            chapter = chapter.with(Block::Text(second));
        }
        if way.id == "support" {
            chapter = evidence(material, chapter);
        }
    }
    chapter
}

/// What the brand accepts as evidence of ownership (R89).
fn evidence(material: &Material, chapter: Chapter) -> Chapter {
    let accepted = material.brand.support.iter().flat_map(|support| &support.evidence);
    let names = accepted.map(|id| material.find(&format!("evidence-{id}"), &[]).unwrap_or_else(|| id.clone()));
    chapter.with(Block::Text(material.say("guide-agent-evidence"))).with(Block::List(names.collect()))
}

/// Every code that this device can show, whose fault it is, and what to say.
fn codes(material: &Material, ways: &[Way]) -> Chapter {
    let kinds = FailureKind::ALL.iter().copied().filter(|kind| trouble::can_happen(*kind, ways));
    let row = |kind: FailureKind| {
        let script = catalogue_entry(kind.code()).map(|entry| entry.script(&material.texts));
        let said =
            script.map_or_else(|| material.say(kind.rec_id()), |script| format!("{} {}", script.say, script.ask));
        vec![
            kind.code().to_owned(),
            material.say(kind.err_id()),
            material.say(&format!("guide-fault-{}", kind.fault().as_str())),
            said,
        ]
    };
    let head = ["guide-head-code", "guide-head-says", "guide-head-fault", "guide-head-say"];
    Chapter::new("codes", material.say("guide-agent-codes-title")).with(Block::Table(Table {
        caption: material.say("guide-agent-codes-caption"),
        head: head.map(|id| material.say(id)).to_vec(),
        rows: kinds.map(row).collect(),
    }))
}

fn after(material: &Material) -> Chapter {
    let lines = ["log-in", "email", "ready", "doctor", "note"];
    Chapter::new("after", material.say("guide-agent-after-title"))
        .with(Block::List(lines.map(|name| material.say(&format!("guide-agent-after-{name}"))).to_vec()))
        .with(Block::Pictures(["ready", "doctor"].map(|name| owner::picture(material, name)).to_vec()))
}
