//! "It did not work": every failure that this device can show, by its code, with what happened and what to do next. The
//! words are those on the screen itself.

use resetkit_config::{Arg, CatalogueEntry, Place, catalogue};
use resetkit_core::FailureKind;

use super::article::{Block, Chapter, Picture, Question, Table, Tree};
use super::material::{Material, Way};

/// Failures of one method: told only where the device can offer it.
const BELONGS: [(&str, &[&str]); 5] = [
    ("companion", &["E-105", "E-313", "E-402", "E-403", "E-512"]),
    ("email", &["E-321", "E-404", "E-405", "E-406", "E-408", "E-409", "E-410", "E-411", "E-412"]),
    ("button", &["E-506", "E-515", "E-516", "E-517", "E-518", "E-520"]),
    ("recovery-codes", &["E-106", "E-212"]),
    ("support", &["E-108", "E-413", "E-414"]),
];

/// What the relay says to programs only, and from where on to the support desk only; no owner meets it.
const FOR_PROGRAMS: [&str; 3] = ["E-720", "E-721", "E-723"];
const FOR_THE_DESK: &str = "E-760";

/// Part of the trouble chapter, and the codes that belong to it by their first digits.
const PARTS: [(&str, &[&str]); 5] =
    [("start", &["E-1"]), ("code", &["E-2"]), ("way", &["E-3", "E-4"]), ("device", &["E-5"]), ("password", &["E-6"])];

/// Whether this device can show a failure.
pub(super) fn can_happen(kind: FailureKind, ways: &[Way]) -> bool {
    let owner = BELONGS.iter().find(|(_, codes)| codes.contains(&kind.code()));
    owner.is_none_or(|(method, _)| ways.iter().any(|way| way.id == *method))
}

/// Failures of one part that this device can show.
fn failures(material: &Material, prefixes: &[&str], ways: &[Way]) -> Vec<Vec<String>> {
    let wanted = |kind: &FailureKind| prefixes.iter().any(|prefix| kind.code().starts_with(prefix));
    let kinds = FailureKind::ALL.iter().copied().filter(wanted).filter(|kind| can_happen(*kind, ways));
    kinds.map(|kind| vec![kind.code().to_owned(), material.say(kind.err_id()), material.say(kind.rec_id())]).collect()
}

pub(super) fn chapter(material: &Material, ways: &[Way]) -> Chapter {
    let mut chapter = Chapter::new("trouble", material.say("guide-trouble-title"))
        .with(Block::Text(material.say("guide-trouble-lead")))
        .with(Block::Tree(tree(material, ways)))
        .with(Block::Pictures(vec![Picture {
            name: "no-email".to_owned(),
            alt: material.say("guide-picture-no-email"),
        }]));
    let scans = ways.iter().any(|way| way.id == "companion");
    if scans || ways.iter().any(|way| way.id == "email") {
        chapter = no_mail(material, scans, chapter);
    }
    chapter
}

/// Every number that this device and the phone can show.
pub(super) fn codes(material: &Material, ways: &[Way]) -> Chapter {
    let mut chapter =
        Chapter::new("codes", material.say("guide-codes-title")).with(Block::Text(material.say("guide-codes-lead")));
    for (part, prefixes) in PARTS {
        chapter = with_table(material, part, failures(material, prefixes, ways), chapter);
    }
    if ways.iter().any(|way| way.id == "companion") {
        chapter = with_table(material, "phone", phone(material), chapter);
    }
    chapter
}

fn no_mail(material: &Material, scans: bool, chapter: Chapter) -> Chapter {
    let mut lines = vec!["guide-no-mail-folder", "guide-no-mail-address"];
    if scans {
        lines.push("guide-no-mail-again");
    }
    lines.extend(["guide-no-mail-new", "guide-no-mail-other"]);
    chapter
        .with(Block::Heading { id: "no-mail".to_owned(), title: material.say("device-no-mail") })
        .with(Block::List(lines.into_iter().map(|id| material.say(id)).collect()))
}

fn with_table(material: &Material, part: &str, rows: Vec<Vec<String>>, chapter: Chapter) -> Chapter {
    if rows.is_empty() {
        return chapter;
    }
    let head = ["guide-head-code", "guide-head-says", "guide-head-do"];
    chapter.with(Block::Table(Table {
        caption: material.say(&format!("guide-trouble-{part}")),
        head: head.map(|id| material.say(id)).to_vec(),
        rows,
    }))
}

/// What the relay and the app say on the phone.
fn phone(material: &Material) -> Vec<Vec<String>> {
    let some = material.say("guide-some");
    let waits = [("minutes", Arg::Text(&some)), ("hours", Arg::Text(&some))];
    let on_the_phone = |entry: &&CatalogueEntry| match entry.place {
        Place::Relay => !FOR_PROGRAMS.contains(&entry.code.as_str()) && entry.code.as_str() < FOR_THE_DESK,
        Place::App => true,
        Place::Recovery | Place::Device => false,
    };
    let row = |entry: &CatalogueEntry| {
        let say = |id: String| material.say_with(&id, &waits);
        vec![entry.code.clone(), say(entry.err_id()), say(entry.rec_id())]
    };
    catalogue().iter().filter(on_the_phone).map(row).collect()
}

/// Five things that an owner can say, each with its place in the article.
fn tree(material: &Material, ways: &[Way]) -> Tree {
    let has = |id: &str| ways.iter().any(|way| way.id == id);
    let mut names = Vec::new();
    if has("companion") {
        names.extend(["no-email", "no-phone", "no-mail"]);
    } else if has("email") {
        names.push("no-mail");
    }
    names.extend(["code", "wait"]);
    let question = |name: &str| Question {
        ask: material.say(&format!("guide-if-{name}")),
        yes: material.say(&format!("guide-then-{name}")),
    };
    Tree {
        title: material.say("guide-trouble-tree"),
        questions: names.into_iter().map(question).collect(),
        otherwise: material.say("guide-trouble-otherwise"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r93_every_code_that_belongs_to_a_method_is_in_the_catalogue() {
        for code in BELONGS.iter().flat_map(|(_, codes)| codes.iter()).chain(&FOR_PROGRAMS) {
            assert!(catalogue().iter().any(|entry| entry.code == *code), "{code}");
        }
    }

    #[test]
    fn r93_every_failure_of_the_catalogue_stands_in_one_part() {
        for kind in FailureKind::ALL {
            let parts =
                PARTS.iter().filter(|(_, prefixes)| prefixes.iter().any(|prefix| kind.code().starts_with(prefix)));
            assert_eq!(parts.count(), 1, "{kind}");
        }
    }
}
