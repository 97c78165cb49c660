//! What is odd about some models: `quirks.toml`, laid over every profile whose model fits the pattern, below the site's overrides.
//!
//! The built-in `quirks.toml` comes first, then the file of that name beside a maker's own profile. A quirk may set facts that the
//! factory knows and the timing of the button, nothing else: what a model *is* stands in its profile.

use std::fmt::Write as _;

use serde::Deserialize;

use crate::document::Document;
use crate::error::{ConfigError, Fault};
use crate::layers::Stack;
use crate::profile::FactOverrides;

/// One quirk.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quirk {
    /// Models by id; `*` stands for any letters: `cam-*`.
    pub models: String,
    /// What was found, as a sentence.
    pub reason: String,
    /// Facts that hold or do not hold on these models.
    #[serde(default)]
    pub facts: FactOverrides,
    /// Timing of the button, where the model has one.
    #[serde(default)]
    pub button: Option<ButtonTiming>,
}

/// The part of a button that a quirk may set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ButtonTiming {
    /// As in the profile.
    #[serde(default)]
    pub hold_seconds: Option<u16>,
    /// As in the profile.
    #[serde(default)]
    pub longest_seconds: Option<u16>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct QuirkFile {
    #[serde(default)]
    quirks: Vec<Quirk>,
}

/// Reads a file of quirks and gives those for `model`, each with the layer that it makes.
pub(crate) fn for_model(
    document: Document,
    model: &str,
    has_button: bool,
) -> Result<Vec<(Quirk, Document)>, ConfigError> {
    let stack = Stack::new("file of quirks", vec![document.clone()]);
    let file: QuirkFile = stack.build()?;
    for (index, quirk) in file.quirks.iter().enumerate() {
        quirk.check(index).map_err(|fault| stack.place(fault))?;
    }
    let fitting = file.quirks.into_iter().enumerate().filter(|(_, quirk)| fits(&quirk.models, model));
    Ok(fitting.map(|(index, quirk)| (quirk.clone(), quirk.layer(&document, index, has_button))).collect())
}

impl Quirk {
    /// The values of this quirk as `(key of the profile, written value)`.
    #[must_use]
    pub fn values(&self) -> Vec<(&'static str, String)> {
        let facts = [
            ("facts.clock_trusted", self.facts.clock_trusted),
            ("facts.storage_writable", self.facts.storage_writable),
            ("facts.network_up", self.facts.network_up),
            ("facts.smtp_set", self.facts.smtp_set),
        ];
        let timing = self.button.map_or([None, None], |button| [button.hold_seconds, button.longest_seconds]);
        let timing = ["button.hold_seconds", "button.longest_seconds"].into_iter().zip(timing);
        let facts = facts.into_iter().filter_map(|(key, value)| Some((key, value?.to_string())));
        facts.chain(timing.filter_map(|(key, value)| Some((key, value?.to_string())))).collect()
    }

    fn check(&self, index: usize) -> Result<(), Fault> {
        let key = |name: &str| format!("quirks[{index}].{name}");
        let pattern_ok = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '*');
        if self.models.is_empty() || !self.models.chars().all(pattern_ok) {
            return Err(Fault::new(
                key("models"),
                format!("`{}` is no pattern of models", self.models),
                "Write a model id, with `*` for any letters: `cam-*`",
            ));
        }
        if self.reason.trim().is_empty() {
            return Err(Fault::new(key("reason"), "nobody would know what was found", "Say in a sentence what is odd"));
        }
        if self.values().is_empty() {
            return Err(Fault::new(
                format!("quirks[{index}]"),
                "this quirk sets nothing",
                "Set something below `facts` or `button`, or remove it",
            ));
        }
        Ok(())
    }

    /// The quirk as a layer of the profile, with the lines of its file.
    fn layer(&self, file: &Document, index: usize, has_button: bool) -> Document {
        let mut text = String::new();
        let mut lines = Vec::new();
        for (key, value) in self.values() {
            if key.starts_with("button.") && !has_button {
                continue;
            }
            writeln!(text, "{key} = {value}").expect("a string takes everything");
            lines.push((key.to_owned(), file.line(&format!("quirks[{index}].{key}")).unwrap_or_default()));
        }
        Document::with_lines(&file.file, text, lines)
    }
}

/// Whether a pattern with `*` fits the whole id.
fn fits(pattern: &str, model: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == model,
        Some((start, rest)) => model
            .strip_prefix(start)
            .is_some_and(|left| (0..=left.len()).any(|at| left.is_char_boundary(at) && fits(rest, &left[at..]))),
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_any_letters_and_nothing_else_does() {
        for (pattern, model) in
            [("cam-*", "cam-1"), ("*", "nvr-4"), ("nvr-*-button", "nvr-4-button"), ("nvr-4", "nvr-4")]
        {
            assert!(fits(pattern, model), "{pattern} {model}");
        }
        for (pattern, model) in [("cam-*", "nvr-4"), ("nvr-4", "nvr-4-button"), ("*-button", "nvr-4")] {
            assert!(!fits(pattern, model), "{pattern} {model}");
        }
    }
}
