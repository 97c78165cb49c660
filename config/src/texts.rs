//! All words that people read, from Fluent files; brand terms come from the brand pack.

use std::fmt;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::brand::Brand;

include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// The language that every id has a text in.
const FALLBACK: &str = "en";

/// A language that texts exist for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

impl Language {
    /// Every language with embedded texts, sorted.
    #[must_use]
    pub fn shipped() -> Vec<Language> {
        let mut found: Vec<_> = LOCALES.iter().map(|(language, _, _)| Language((*language).to_owned())).collect();
        found.dedup();
        found
    }

    /// The code, e.g. `en`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Language {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// An argument of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg<'a> {
    /// Words, inserted as they are.
    Text(&'a str),
    /// A number, written and counted as the language does.
    Number(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(text)
    }
}

macro_rules! numbers {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Arg<'_> {
            fn from(number: $kind) -> Self {
                Arg::Number(i64::from(number))
            }
        }
    )*};
}
numbers!(u8, u16, u32, i32, i64);

/// The texts of one brand in one language, falling back to English id by id. Cheap to clone, shared between threads.
#[derive(Clone)]
pub struct Texts {
    language: Language,
    /// The asked language first, then the fallback.
    bundles: Arc<Vec<FluentBundle<FluentResource>>>,
}

impl Texts {
    /// Texts of `brand` in `language` (`en`, `de`, `de-AT` …). An unknown language is English.
    #[must_use]
    pub fn load(brand: &Brand, language: &str) -> Texts {
        let asked = language.split(['-', '_']).next().unwrap_or(FALLBACK).to_ascii_lowercase();
        let known = brand.languages.iter().find(|known| **known == asked).map_or(FALLBACK, String::as_str);
        let mut bundles = vec![bundle(brand, known)];
        if known != FALLBACK {
            bundles.push(bundle(brand, FALLBACK));
        }
        Texts { language: Language(known.to_owned()), bundles: Arc::new(bundles) }
    }

    /// The language that was found.
    #[must_use]
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// The text of `id` (or of `id.attribute`) with its arguments. An id without a text gives the id in brackets, so that it is seen.
    #[must_use]
    pub fn get(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.find(id, args).unwrap_or_else(|| format!("[{id}]"))
    }

    /// All texts whose id begins with this, sorted. Placeables stay as `{$name}`, for whoever fills them in.
    #[must_use]
    pub fn beginning_with(&self, prefix: &str) -> Vec<(String, String)> {
        let ids = LOCALES.iter().filter(|(language, _, _)| *language == FALLBACK).flat_map(|(_, _, text)| text.lines());
        let ids = ids.filter(|line| line.starts_with(prefix)).filter_map(|line| line.split_once(" ="));
        ids.filter_map(|(id, _)| Some((id.to_owned(), self.find(id, &[])?))).collect()
    }

    /// Whether the language that was found has a text of its own for `id`, with no help from the fallback.
    #[must_use]
    pub fn speaks(&self, id: &str) -> bool {
        let (message, attribute) =
            id.split_once('.').map_or((id, None), |(message, attribute)| (message, Some(attribute)));
        let found = self.bundles.first().and_then(|bundle| bundle.get_message(message));
        found.is_some_and(|message| match attribute {
            Some(attribute) => message.get_attribute(attribute).is_some(),
            None => message.value().is_some(),
        })
    }

    /// The text of `id`, or `None` where no language has one.
    #[must_use]
    pub fn find(&self, id: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
        let (message, attribute) =
            id.split_once('.').map_or((id, None), |(message, attribute)| (message, Some(attribute)));
        let mut values = FluentArgs::new();
        for (name, value) in args {
            values.set(
                *name,
                match value {
                    Arg::Text(text) => FluentValue::from(*text),
                    Arg::Number(number) => FluentValue::from(*number),
                },
            );
        }
        self.bundles.iter().find_map(|bundle| {
            let message = bundle.get_message(message)?;
            let pattern = match attribute {
                Some(attribute) => message.get_attribute(attribute)?.value(),
                None => message.value()?,
            };
            let mut faults = Vec::new();
            Some(bundle.format_pattern(pattern, Some(&values), &mut faults).into_owned())
        })
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Texts({})", self.language)
    }
}

fn bundle(brand: &Brand, language: &str) -> FluentBundle<FluentResource> {
    let id: LanguageIdentifier = language.parse().unwrap_or_else(|_| FALLBACK.parse().expect("`en` is a language"));
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Plain output (terminals, mail, logs) shows the isolation marks as boxes, and no shipped language needs them.
    bundle.set_use_isolating(false);
    for (_, _, text) in LOCALES.iter().filter(|(known, _, _)| *known == language) {
        bundle.add_resource_overriding(resource((*text).to_owned()));
    }
    for text in brand_files(brand, language) {
        bundle.add_resource_overriding(resource(text));
    }
    bundle.add_resource_overriding(resource(brand_terms(brand)));
    bundle
}

/// A text file with a broken entry keeps its good ones: a screen with one missing line is better than none. A test reads every shipped file strictly.
fn resource(text: String) -> FluentResource {
    FluentResource::try_new(text).unwrap_or_else(|(good, _)| good)
}

/// Further texts that the signed pack brings, already checked against their hashes when it was loaded.
fn brand_files(brand: &Brand, language: &str) -> Vec<String> {
    let prefix = format!("locales/{language}/");
    let names = brand.files.keys().filter(|name| name.starts_with(&prefix) && name.ends_with(".ftl"));
    names.filter_map(|name| std::fs::read_to_string(brand.folder.as_ref()?.join(name)).ok()).collect()
}

/// The terms that only a brand knows. Placeables in quotes keep braces and quotes of a name from being read as Fluent.
fn brand_terms(brand: &Brand) -> String {
    let menu = brand.app_menu_path.join(" → ");
    let terms = [
        ("brand-name", brand.name.as_str()),
        ("app-name", brand.app_name.as_str()),
        ("app-menu-path", menu.as_str()),
        ("support-contact", brand.support_contact.as_str()),
    ];
    terms
        .iter()
        .map(|(term, value)| {
            format!(
                "-{term} = {{ \"{}\" }}\n",
                value.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ")
            )
        })
        .collect()
}
