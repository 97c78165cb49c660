//! Every text id of every method has its sentence in every language, and no sentence is without use.

use std::collections::BTreeSet;

const METHODS: [(&str, &str, [&str; 2]); 5] = [
    (
        "companion",
        include_str!("../../methods-dmss/src/texts.rs"),
        [
            include_str!("../../config/locales/en/method-companion.ftl"),
            include_str!("../../config/locales/de/method-companion.ftl"),
        ],
    ),
    (
        "email",
        include_str!("../../methods-email/src/texts.rs"),
        [
            include_str!("../../config/locales/en/method-email.ftl"),
            include_str!("../../config/locales/de/method-email.ftl"),
        ],
    ),
    (
        "button",
        include_str!("../src/texts.rs"),
        [
            include_str!("../../config/locales/en/method-button.ftl"),
            include_str!("../../config/locales/de/method-button.ftl"),
        ],
    ),
    (
        "recovery-codes",
        include_str!("../../methods-recovery-codes/src/texts.rs"),
        [
            include_str!("../../config/locales/en/method-recovery-codes.ftl"),
            include_str!("../../config/locales/de/method-recovery-codes.ftl"),
        ],
    ),
    (
        "support",
        include_str!("../../methods-support/src/texts.rs"),
        [
            include_str!("../../config/locales/en/method-support.ftl"),
            include_str!("../../config/locales/de/method-support.ftl"),
        ],
    ),
];

/// Ids in the constants of a `texts.rs`.
fn listed(method: &str, source: &str) -> BTreeSet<String> {
    let ids = source.lines().filter_map(|line| line.trim().strip_prefix("pub const ")?.split('"').nth(1));
    let ids: BTreeSet<_> = ids.map(str::to_owned).collect();
    assert!(ids.iter().all(|id| id.starts_with(&format!("{method}-"))), "{ids:?}");
    ids
}

/// Ids that begin a line of a Fluent file.
fn written(text: &str) -> BTreeSet<String> {
    let ids =
        text.lines().filter(|line| !line.starts_with([' ', '#', '-', '}'])).filter_map(|line| line.split_once(" ="));
    ids.map(|(id, _)| id.to_owned()).collect()
}

#[test]
fn every_text_of_the_five_methods_stands_in_both_languages_and_none_is_left_over() {
    for (method, source, languages) in METHODS {
        let mut listed = listed(method, source);
        assert!(listed.len() >= 9, "{method}: {listed:?}");
        // What the chooser calls the method.
        listed.insert(format!("{method}-name"));
        for text in languages {
            let written = written(text);
            let missing: Vec<_> = listed.symmetric_difference(&written).collect();
            assert!(missing.is_empty(), "{method}: on one side only: {missing:?}");
        }
    }
}

#[test]
fn r91_no_text_of_the_button_asks_to_type_anything() {
    for text in METHODS[2].2 {
        for word in ["code", "type", "tippen", "eingeben"] {
            assert!(!text.to_lowercase().contains(&format!(" {word} ")), "{word}");
        }
    }
}

#[test]
fn every_argument_that_the_button_gives_is_one_that_its_sentences_take() {
    for (id, arguments) in [
        ("button-do-hold", &["seconds"][..]),
        ("button-do-release", &["longest"]),
        ("button-window", &["seconds"]),
        ("button-holding", &["of", "seconds"]),
        ("button-was-too-long", &["seconds"]),
        ("button-was-too-short", &["held", "of"]),
    ] {
        for text in METHODS[2].2 {
            let start = text.find(&format!("\n{id} =")).unwrap() + 1;
            let rest = &text[start..];
            let end = rest.find("\nbutton-").unwrap_or(rest.len());
            let taken: BTreeSet<_> =
                rest[..end].split('$').skip(1).filter_map(|part| part.split([' ', '}']).next()).collect();
            assert_eq!(taken.into_iter().collect::<Vec<_>>(), arguments, "{id}");
        }
    }
}
