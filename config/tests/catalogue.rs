//! R93: one table of every code; what was released keeps its meaning; every code has its words for owner and agent.
use std::collections::BTreeSet;

use resetkit_config::{Brand, CatalogueEntry, Language, NeverAsk, Place, Texts, catalogue, catalogue_entry};
use resetkit_core::FailureKind;
use sha2::{Digest, Sha256};

/// Every code that was released, in the order of release: append at the end, never change a line.
const GOLDEN: &str = include_str!("../golden/failures.txt");

/// So many lines of it are sealed by this hash. Whoever appends raises both; a changed line changes the hash of the old count.
const SEALED: (usize, &str) = (141, "44999b487dfa9e2260047cab0c62d03386ada0c6c7112e3be371308ab7a4c4a7");

fn line(entry: &CatalogueEntry) -> String {
    format!("{} {} {} {}", entry.code, entry.name, entry.fault.as_str(), entry.place.as_str())
}

#[test]
fn r93_a_released_code_keeps_its_name_its_fault_and_its_place_for_ever() {
    let golden: Vec<_> = GOLDEN.lines().filter(|line| !line.starts_with('#')).collect();
    let today: BTreeSet<_> = catalogue().iter().map(line).collect();
    for released in &golden {
        assert!(today.contains(*released), "`{released}` was released: it may not be changed or removed");
    }
    let missing: Vec<_> = today.iter().filter(|line| !golden.contains(&line.as_str())).collect();
    assert!(missing.is_empty(), "append to golden/failures.txt: {missing:#?}");
    let sealed: String = golden.iter().take(SEALED.0).flat_map(|line| [*line, "\n"]).collect();
    let hash: String = Sha256::digest(&sealed).iter().map(|octet| format!("{octet:02x}")).collect();
    assert_eq!(hash, SEALED.1, "a line of golden/failures.txt was changed: a code keeps its meaning");
    assert!(golden.len() >= SEALED.0);
}

#[test]
fn r93_no_code_stands_twice_and_each_stands_in_its_family() {
    let mut codes = BTreeSet::new();
    for entry in catalogue() {
        assert!(codes.insert(&entry.code), "{} twice", entry.code);
        let digits = entry.code.strip_prefix("E-").expect("E- first");
        assert!(digits.len() == 3 && digits.bytes().all(|octet| octet.is_ascii_digit()), "{}", entry.code);
        let fits = match entry.place {
            Place::Device => digits.starts_with('0'),
            Place::Recovery => ('1'..='6').contains(&digits.chars().next().expect("three digits")),
            Place::Relay | Place::App => digits.starts_with('7'),
        };
        assert!(fits, "{} is told by {}", entry.code, entry.place.as_str());
        assert_eq!(entry.problem_type(), format!("urn:resetkit:error:{}", entry.code));
    }
    assert!(FailureKind::ALL.iter().all(|kind| codes.contains(&kind.code().to_owned())));
}

#[test]
fn r93_every_code_has_its_words_in_every_language_of_the_house() {
    for language in Language::shipped() {
        let texts = Texts::load(&Brand::plain(), language.as_str());
        for entry in catalogue() {
            for id in [entry.err_id(), entry.rec_id(), entry.agent_id(), format!("{}.ask", entry.agent_id())] {
                assert!(texts.speaks(&id), "{language}: {id} of {} is missing", entry.code);
            }
            let script = entry.script(&texts);
            assert!(
                script.say.ends_with('.') && script.say.chars().count() <= 260,
                "{language} {}: {}",
                entry.code,
                script.say
            );
            assert!(
                script.ask.ends_with('?') && script.ask.chars().count() <= 160,
                "{language} {}: {}",
                entry.code,
                script.ask
            );
            assert_eq!(script.never.len(), NeverAsk::ALL.len());
            assert!(!entry.next_step(&texts).contains('$'), "{language} {}", entry.code);
        }
    }
}

#[test]
fn r93_no_agents_text_stands_there_for_a_code_that_does_not_exist() {
    let known: BTreeSet<_> = catalogue().iter().map(CatalogueEntry::agent_id).collect();
    for (id, _) in Texts::load(&Brand::plain(), "en").beginning_with("agent-e-") {
        assert!(known.contains(&id), "{id}");
    }
}

#[test]
fn r89_an_agent_never_asks_for_what_would_open_the_device() {
    let asked = [
        (
            "en",
            [
                "your code?",
                "the code?",
                "password is it",
                "tell me the code",
                "read me the code",
                "your address",
                "e-mail address?",
            ],
        ),
        (
            "de",
            [
                "ihr code?",
                "der code?",
                "welches passwort",
                "nennen sie mir den code",
                "lesen sie mir den code",
                "ihre adresse",
                "e-mail-adresse?",
            ],
        ),
    ];
    for (language, phrases) in asked {
        let texts = Texts::load(&Brand::plain(), language);
        for entry in catalogue() {
            let script = entry.script(&texts);
            let said = format!("{} {}", script.say, script.ask).to_lowercase();
            for phrase in phrases {
                assert!(!said.contains(phrase), "{language} {}: {said}", entry.code);
            }
        }
    }
}

#[test]
fn every_evidence_of_the_plain_brand_has_its_words() {
    let plain = Brand::plain();
    for language in Language::shipped() {
        let texts = Texts::load(&plain, language.as_str());
        for id in &plain.support.as_ref().expect("a desk").evidence {
            assert!(texts.speaks(&format!("evidence-{id}")), "{language} {id}");
        }
    }
}

#[test]
fn a_code_is_found_however_it_is_typed() {
    for typed in ["E-101", "e-101", "E101", " e101 ", "101"] {
        assert_eq!(catalogue_entry(typed).map(|entry| entry.name.as_str()), Some("no-address"), "{typed}");
    }
    assert!(catalogue_entry("E-999").is_none() && catalogue_entry("").is_none());
    assert_eq!(catalogue_entry("E-750").map(|entry| entry.place), Some(Place::App));
}
