//! Every id has a text in every shipped language, with the same arguments, and no text tells what it must not.
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_syntax::ast;
use resetkit_config::{Blocked, Brand, Language, Texts};
use resetkit_core::{FailureKind, Loss};

/// Arguments of each id (attributes as `id.attribute`) in one language.
type Catalogue = BTreeMap<String, BTreeSet<String>>;

fn locales() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("locales")
}

/// File name and text of every file of a language.
fn files(language: &str) -> BTreeMap<String, String> {
    let folder = std::fs::read_dir(locales().join(language)).expect("a folder");
    folder
        .map(|entry| entry.expect("an entry"))
        .map(|entry| {
            (entry.file_name().into_string().expect("UTF-8"), std::fs::read_to_string(entry.path()).expect("a text"))
        })
        .filter(|(name, _)| name.ends_with(".ftl"))
        .collect()
}

fn catalogue(language: &str) -> Catalogue {
    let mut found = Catalogue::new();
    for (name, text) in files(language) {
        let resource = fluent_syntax::parser::parse(text.as_str())
            .unwrap_or_else(|(_, errors)| panic!("{language}/{name}: {errors:?}"));
        for entry in &resource.body {
            let ast::Entry::Message(message) = entry else { continue };
            let mut note = |id: String, pattern: &ast::Pattern<&str>| {
                let mut arguments = BTreeSet::new();
                pattern_arguments(pattern, &mut arguments);
                assert!(found.insert(id.clone(), arguments).is_none(), "{language}: `{id}` stands twice");
            };
            if let Some(pattern) = &message.value {
                note(message.id.name.to_owned(), pattern);
            }
            for attribute in &message.attributes {
                note(format!("{}.{}", message.id.name, attribute.id.name), &attribute.value);
            }
        }
    }
    found
}

fn pattern_arguments(pattern: &ast::Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            expression_arguments(expression, found);
        }
    }
}

fn expression_arguments(expression: &ast::Expression<&str>, found: &mut BTreeSet<String>) {
    let inline = match expression {
        ast::Expression::Inline(inline) => inline,
        ast::Expression::Select { selector, variants } => {
            variants.iter().for_each(|variant| pattern_arguments(&variant.value, found));
            selector
        }
    };
    match inline {
        ast::InlineExpression::VariableReference { id } => drop(found.insert(id.name.to_owned())),
        ast::InlineExpression::FunctionReference { arguments, .. } => arguments
            .positional
            .iter()
            .for_each(|argument| expression_arguments(&ast::Expression::Inline(argument.clone()), found)),
        ast::InlineExpression::Placeable { expression } => expression_arguments(expression, found),
        ast::InlineExpression::StringLiteral { .. }
        | ast::InlineExpression::NumberLiteral { .. }
        | ast::InlineExpression::MessageReference { .. }
        | ast::InlineExpression::TermReference { .. } => {}
    }
}

#[test]
fn every_id_has_a_text_in_every_shipped_language_with_the_same_arguments() {
    let english = catalogue("en");
    assert!(english.len() > 200, "only {} ids", english.len());
    for language in Language::shipped() {
        let other = catalogue(language.as_str());
        for (id, arguments) in &english {
            assert_eq!(other.get(id), Some(arguments), "{language}: `{id}`");
        }
        for id in other.keys() {
            assert!(english.contains_key(id), "{language}: `{id}` has no English text to fall back to");
        }
    }
}

#[test]
fn r93_every_failure_has_its_two_texts_and_every_other_id_of_the_engine_has_one() {
    let english = catalogue("en");
    // Relay and app have catalogues of their own, told on the phone.
    let mut found = files("en");
    let relays = ["relay.ftl", "app.ftl"].map(|name| found.remove(name).unwrap_or_default()).concat();
    for kind in FailureKind::ALL {
        assert!(english.contains_key(kind.err_id()) && english.contains_key(kind.rec_id()), "{kind}");
        assert!(
            english[kind.err_id()].is_empty() && english[kind.rec_id()].is_empty(),
            "{kind}: shown without arguments"
        );
    }
    let orphans: Vec<_> = english
        .keys()
        .filter(|id| id.starts_with("err-") || id.starts_with("rec-"))
        .filter(|id| !relays.contains(&format!("\n{id} =")))
        .filter(|id| !FailureKind::ALL.iter().any(|kind| kind.err_id() == **id || kind.rec_id() == **id))
        .collect();
    assert!(orphans.is_empty(), "texts of failures that do not exist: {orphans:?}");
    for id in Blocked::ALL
        .iter()
        .map(|reason| reason.text_id().to_owned())
        .chain(Loss::ALL.iter().map(|loss| format!("loss-{}", loss.as_str())))
    {
        assert!(english.contains_key(&id), "{id}");
    }
}

#[test]
fn r93_no_text_says_whether_an_address_or_an_account_exists() {
    let telling = [
        (
            "en",
            &[
                "no such account",
                "unknown account",
                "account does not exist",
                "account was not found",
                "no account",
                "no such user",
                "unknown user",
                "not registered",
                "address does not exist",
                "unknown address",
                "no such address",
            ][..],
        ),
        (
            "de",
            &[
                "kein konto",
                "kein solches konto",
                "unbekanntes konto",
                "konto existiert",
                "konto wurde nicht gefunden",
                "unbekannter benutzer",
                "nicht registriert",
                "adresse existiert",
                "unbekannte adresse",
                "keine solche adresse",
            ][..],
        ),
    ];
    for (language, phrases) in telling {
        for (name, text) in files(language).iter().filter(|(name, _)| *name != "relay.ftl") {
            let spoken =
                text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n").to_lowercase();
            for phrase in phrases {
                assert!(!spoken.contains(phrase), "{language}/{name} says `{phrase}`");
            }
        }
    }
}

#[test]
fn no_screen_names_a_maker_and_every_next_step_is_a_whole_sentence() {
    for language in Language::shipped() {
        for (name, text) in files(language.as_str()) {
            // What integrators and desks read at their own terminals may name the command to type.
            let desk = ["explain.ftl", "guide.ftl", "lint.ftl", "support.ftl", "doctor.ftl"].contains(&name.as_str());
            for maker in
                ["dmss", "dahua", "hikvision", "resetkit"].into_iter().filter(|name| !(desk && *name == "resetkit"))
            {
                let spoken = text.lines().filter(|line| !line.starts_with('#'));
                // ... and so may the relay's pages and answers for the desk.
                let spoken = spoken.map(|line| line.replace("resetkit support ", "").replace("`resetkit case`", ""));
                assert!(
                    !spoken.map(|line| line.to_lowercase()).any(|line| line.contains(maker)),
                    "{language}/{name} names {maker}"
                );
            }
        }
        let texts = Texts::load(&Brand::plain(), language.as_str());
        for kind in FailureKind::ALL {
            for text in [texts.get(kind.err_id(), &[]), texts.get(kind.rec_id(), &[])] {
                assert!(text.ends_with('.') && text.chars().count() <= 220, "{language} {kind}: {text}");
            }
        }
    }
}

#[test]
fn brand_terms_come_from_the_pack_and_plain_output_has_no_isolation_marks() {
    let mut brand = Brand::plain();
    brand.app_name = "Quote \" and { brace } app".to_owned();
    for language in ["en", "de"] {
        let texts = Texts::load(&brand, language);
        assert_eq!(texts.get("device-title", &[]), "Plain");
        let english = catalogue(language);
        for (id, arguments) in &english {
            let args: Vec<_> = arguments.iter().map(|name| (name.as_str(), resetkit_config::Arg::Number(3))).collect();
            let text = texts.get(id, &args);
            assert!(!text.contains(['\u{2068}', '\u{2069}']), "{language} {id}: {text}");
            assert!(!text.contains("{-") && !text.contains("{$") && !text.is_empty(), "{language} {id}: {text}");
        }
        assert!(texts.get("device-reset-notice-what", &[]).contains("Quote \" and { brace } app"));
    }
}

#[test]
fn an_unknown_language_and_a_regional_one_find_their_texts_and_an_unknown_id_is_seen() {
    let brand = Brand::plain();
    assert_eq!(Texts::load(&brand, "tlh").language().as_str(), "en");
    assert_eq!(Texts::load(&brand, "de-AT").language().as_str(), "de");
    assert_eq!(Texts::load(&brand, "de").get("no-such-id", &[]), "[no-such-id]");
}
