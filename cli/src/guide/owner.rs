//! The help article for an owner who forgot the password: six steps, what if one does not work, every other way.

use super::article::{Article, Block, Chapter, Picture, Question, Step, Table, Tone, Tree};
use super::material::{Material, Way};
use super::{pairs, trouble};

/// The method whose walk is the article's main part; where a device lacks it, the first way is told in its place.
const REFERENCE: &str = "companion";

pub(super) fn article(material: &Material) -> Article {
    let ways = material.ways();
    let chapters = [
        Some(before(material, &ways)),
        ways.iter().any(|way| way.id == REFERENCE).then(|| six_steps(material, &ways)),
        Some(afterwards(material, &ways)),
        Some(trouble::chapter(material, &ways)),
        other_ways(material, &ways),
        Some(never(material, &ways)),
        Some(support(material)),
        Some(next_time(material, &ways)),
        Some(trouble::codes(material, &ways)),
        Some(figures(material, &ways)),
    ];
    Article {
        language: material.texts.language().as_str().to_owned(),
        title: material.say("guide-owner-title"),
        lead: material.say("guide-owner-lead"),
        chapters: chapters.into_iter().flatten().collect(),
        made_from: super::made_from(material),
        words: super::words(material),
    }
}

/// What is needed, the e-mail first of all, and what a reset changes.
fn before(material: &Material, ways: &[Way]) -> Chapter {
    let say = |id: &str| material.say(id);
    let mut chapter = Chapter::new("before", say("guide-before-title"));
    if ways.iter().any(|way| way.id == REFERENCE) {
        chapter = chapter
            .with(Block::Text(say("guide-before-lead")))
            .with(Block::List(vec![
                device(material, "guide-before-device"),
                say("guide-before-phone"),
                say("guide-before-mailbox"),
            ]))
            .with(Block::Note { tone: Tone::Important, text: say("guide-before-email") });
    } else if let Some(first) = ways.first() {
        chapter = chapter.with(Block::Text(material.say_with("guide-before-first", &[("name", (&first.name).into())])));
    }
    pairs::told(material, ways, "guide-before-proofs", chapter)
        .with(Block::Heading { id: "stays".to_owned(), title: say("guide-stays-title") })
        .with(Block::Text(say("guide-stays")))
        .with(Block::Text(say("guide-leaves")))
}

/// A text that differs by what the model has: own screen and web page, only one of them.
fn device(material: &Material, id: &str) -> String {
    let lanes = &material.profile.lanes;
    let place = match (lanes.console, lanes.network) {
        (true, true) => "both",
        (true, false) => "console",
        (false, true | false) => "network",
    };
    material.say(&format!("{id}-{place}"))
}

pub(super) fn picture(material: &Material, name: &str) -> Picture {
    Picture { name: name.to_owned(), alt: material.say(&format!("guide-picture-{name}")) }
}

/// The reference walk, word for word: device, notice, QR code, app, confirmation and mail, code and new password.
fn six_steps(material: &Material, ways: &[Way]) -> Chapter {
    let lanes = &material.profile.lanes;
    let mut first = Vec::new();
    let mut first_pictures = Vec::new();
    if lanes.console {
        first.push("guide-step-1-console");
        first_pictures.extend(["screen-live", "screen-log-in"]);
    }
    if lanes.network {
        first.push("guide-step-1-network");
        first_pictures.push("log-in");
    }
    let third: &[&str] = if lanes.console && !lanes.network { &["screen-qr"] } else { &["qr"] };
    let step = |number: u8, texts: &[&str], pictures: &[&str]| Step {
        title: material.say(&format!("guide-step-{number}-title")),
        texts: texts.iter().map(|id| material.say(id)).collect(),
        pictures: pictures.iter().map(|name| picture(material, name)).collect(),
    };
    let code = format!("guide-code-{}", super::style_word(material));
    let time = if material.can_extend() { "guide-steps-time" } else { "guide-steps-time-fixed" };
    Chapter::new("steps", material.say("guide-steps-title"))
        .with(Block::Steps(vec![
            step(1, &first, &first_pictures),
            step(2, &["guide-step-2-notice", "guide-step-2-leaves"], &["notice"]),
            step(3, &["guide-step-3-shows", "guide-step-3-stay"], third),
            step(4, &["guide-step-4-app", "guide-step-4-camera", "guide-step-4-none"], &["app-1", "app-2", "app-3"]),
            step(
                5,
                &["guide-step-5-confirm", "guide-step-5-sent", "guide-step-5-mail", &code],
                &["app-confirm", "app-sent", "mail"],
            ),
            with_the_second(
                material,
                ways,
                step(
                    6,
                    &["guide-step-6-code", "guide-step-6-password", "guide-step-6-done"],
                    &["code", "new-password", "done"],
                ),
            ),
        ]))
        .with(Block::Note { tone: Tone::Danger, text: material.say("mail-warning") })
        .with(Block::Note { tone: Tone::Info, text: material.say(time) })
}

/// Where two proofs are wanted, the second comes between the code and the new password.
fn with_the_second(material: &Material, ways: &[Way], mut step: Step) -> Step {
    let reference = ways.iter().find(|way| way.id == REFERENCE);
    if let Some(names) = reference.and_then(|way| pairs::partners(material, way, ways)) {
        step.texts.insert(1, material.say_with("guide-step-6-second", &[("names", (&names).into())]));
    }
    step
}

fn afterwards(material: &Material, ways: &[Way]) -> Chapter {
    let mut lines = vec!["guide-after-log-in", "guide-after-banner", "guide-after-clients"];
    if ways.iter().any(|way| way.id == "recovery-codes") {
        lines.push("guide-after-codes");
    }
    lines.push("guide-after-not-you");
    Chapter::new("afterwards", material.say("guide-after-title"))
        .with(Block::List(lines.into_iter().map(|id| material.say(id)).collect()))
}

/// Which of the ways would do, and each one told. None where there is just the one of the six steps.
fn other_ways(material: &Material, ways: &[Way]) -> Option<Chapter> {
    let others: Vec<&Way> = ways.iter().filter(|way| way.id != REFERENCE).collect();
    if others.is_empty() {
        return None;
    }
    let mut chapter = Chapter::new("ways", material.say("guide-ways-title"))
        .with(Block::Text(material.say("guide-ways-lead")))
        .with(Block::Tree(tree(material, ways, "guide-ways-tree")))
        .with(Block::Pictures(vec![picture(material, "ways")]));
    for way in others {
        chapter = one_way(material, way, ways, chapter);
    }
    Some(chapter)
}

/// "Do you have …? Then …", least loss first, as the device offers them.
pub(super) fn tree(material: &Material, ways: &[Way], title: &str) -> Tree {
    let question = |way: &Way| Question {
        ask: told(material, way, "ask"),
        yes: pairs::with_second(material, way, ways, told(material, way, "go")),
    };
    Tree {
        title: material.say(title),
        questions: ways.iter().map(question).collect(),
        otherwise: material.say("guide-tree-otherwise"),
    }
}

/// A text about a way: the method's own, or the one that suits any method.
pub(super) fn told(material: &Material, way: &Way, what: &str) -> String {
    let name = [("name", (&way.name).into())];
    let own = material.find(&format!("guide-way-{}-{what}", way.id), &name);
    own.unwrap_or_else(|| material.say_with(&format!("guide-way-any-{what}"), &name))
}

fn one_way(material: &Material, way: &Way, ways: &[Way], chapter: Chapter) -> Chapter {
    let name = [("name", (&way.name).into())];
    let steps: Vec<Step> = (1..=9)
        .map_while(|number| material.find(&format!("guide-way-{}-step-{number}", way.id), &name))
        .map(|title| Step { title, texts: Vec::new(), pictures: Vec::new() })
        .collect();
    let mut chapter = chapter
        .with(Block::Heading { id: format!("way-{}", way.id), title: way.name.clone() })
        .with(Block::Text(told(material, way, "needs")))
        .with(Block::Note { tone: loss_tone(way), text: loss(material, way) });
    if !steps.is_empty() {
        chapter = chapter.with(Block::Numbered(steps.into_iter().map(|step| step.title).collect()));
    }
    if let Some(second) = pairs::second(material, way, ways) {
        chapter = chapter.with(Block::Text(second));
    }
    // A sheet of paper is looked for by how it looks.
    let paper = (way.id == "recovery-codes").then_some("sheet");
    let names = paper.into_iter().chain([way.id.as_str()]);
    chapter.with(Block::Pictures(names.map(|name| picture(material, name)).collect()))
}

/// What the way destroys, in the words of the device's own pages.
pub(super) fn loss(material: &Material, way: &Way) -> String {
    let label = way.loss.as_str();
    format!("{} {}", material.say(&format!("loss-{label}")), material.say(&format!("device-loss-{label}-after")))
}

fn loss_tone(way: &Way) -> Tone {
    if way.loss == resetkit_core::Loss::PasswordOnly { Tone::Info } else { Tone::Danger }
}

/// Nobody needs these, whoever he says he is.
pub(super) fn never(material: &Material, ways: &[Way]) -> Chapter {
    let mut lines = vec!["guide-never-code", "guide-never-password"];
    if ways.iter().any(|way| way.id == "recovery-codes") {
        lines.push("guide-never-sheet");
    }
    lines.extend(["guide-never-photo", "guide-never-remote"]);
    let supported = ways.iter().any(|way| way.id == "support");
    Chapter::new("never", material.say("guide-never-title"))
        .with(Block::List(lines.into_iter().map(|id| material.say(id)).collect()))
        .with(Block::Note {
            tone: Tone::Info,
            text: material.say(if supported { "guide-never-support" } else { "guide-never-ask" }),
        })
}

fn support(material: &Material) -> Chapter {
    let lines = ["guide-support-case", "guide-support-label", "guide-support-seen"];
    Chapter::new("support", material.say("guide-support-title"))
        .with(Block::Text(material.say("guide-support-lead")))
        .with(Block::List(lines.map(|id| material.say(id)).to_vec()))
}

fn next_time(material: &Material, ways: &[Way]) -> Chapter {
    let mut lines = vec!["guide-next-email", "guide-next-test"];
    for (id, line) in
        [("email", "guide-next-smtp"), ("recovery-codes", "guide-next-codes"), ("button", "guide-next-button")]
    {
        if ways.iter().any(|way| way.id == id) {
            lines.push(line);
        }
    }
    lines.push("guide-next-ready");
    Chapter::new("next-time", material.say("guide-next-title"))
        .with(Block::Text(material.say("guide-next-lead")))
        .with(Block::List(lines.into_iter().map(|id| material.say(id)).collect()))
        .with(Block::Pictures(["set-up", "ready"].map(|name| picture(material, name)).to_vec()))
}

/// The figures of this device, from the policy that it runs.
fn figures(material: &Material, ways: &[Way]) -> Chapter {
    let mut names = if material.wants_two() { vec!["proofs"] } else { Vec::new() };
    names.extend(["life", "tries", "challenges", "boots", "choose", "password", "code"]);
    if material.can_extend() {
        names.insert(names.len() - 6, "cap");
    }
    if ways.iter().any(|way| way.id == "button") {
        names.push("hold");
    }
    let row = |name: &str| {
        let value = match name {
            "code" => material.say(&format!("guide-figure-code-{}", super::style_word(material))),
            _ => material.say(&format!("guide-figure-{name}-value")),
        };
        vec![material.say(&format!("guide-figure-{name}")), value]
    };
    Chapter::new("figures", material.say("guide-figures-title")).with(Block::Table(Table {
        caption: material.say("guide-figures-caption"),
        head: vec![material.say("guide-head-what"), material.say("guide-head-value")],
        rows: names.into_iter().map(row).collect(),
    }))
}
