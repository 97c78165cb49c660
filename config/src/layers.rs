//! Layers of one table, merged by the `config` crate; faults are traced back to the layer and line that wrote the key.

use config::{Config, File, FileFormat};
use serde::de::DeserializeOwned;

use crate::document::Document;
use crate::error::{ConfigError, Fault};
use crate::words::did_you_mean;

/// Layers from the weakest to the strongest.
pub(crate) struct Stack {
    /// What the table is about, for messages: `profile`, `policy` …
    subject: &'static str,
    layers: Vec<Document>,
}

impl Stack {
    pub(crate) fn new(subject: &'static str, layers: Vec<Document>) -> Stack {
        Stack { subject, layers }
    }

    /// The same with further layers right above the weakest.
    pub(crate) fn with_above_the_first(mut self, layers: Vec<Document>) -> Stack {
        self.layers.splice(1.min(self.layers.len())..1.min(self.layers.len()), layers);
        self
    }

    /// The text of a key at the top, as the strongest layer writes it.
    pub(crate) fn top(&self, key: &str) -> Option<String> {
        self.layers.iter().rev().find_map(|layer| layer.top(key))
    }

    /// Whether any layer writes this key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.layers.iter().any(|layer| layer.has(key))
    }

    /// Merges the layers into `T`. `T` denies unknown fields, so a stray key of any layer is an error.
    pub(crate) fn build<T: DeserializeOwned>(&self) -> Result<T, ConfigError> {
        let mut builder = Config::builder();
        for layer in &self.layers {
            builder = builder.add_source(File::from_str(&layer.text, FileFormat::Toml));
        }
        let merged = builder.build().map_err(|error| self.explain(&error))?;
        merged.try_deserialize().map_err(|error| self.explain(&error))
    }

    /// Finds the strongest layer that wrote the key of the fault.
    pub(crate) fn place(&self, fault: Fault) -> ConfigError {
        let mut key = fault.key.as_str();
        loop {
            if let Some(layer) = self.layers.iter().rev().find(|layer| layer.has(key)) {
                let line = layer.line(key);
                return fault.clone().at(&layer.file, line);
            }
            match key.rfind(['.', '[']) {
                Some(at) => key = &key[..at],
                None => break,
            }
        }
        // A key that nobody wrote is missing in the file itself, not in what was laid over it.
        let file = self.layers.first().map_or("configuration", |layer| layer.file.as_str());
        fault.clone().at(file, None)
    }

    fn explain(&self, error: &config::ConfigError) -> ConfigError {
        let (key, message) = split_key(error);
        let key = key.map(|key| dotted(&key));
        if let Some((unknown, known)) = unknown_field(&message) {
            let written = self.written_key(&unknown, key.as_deref());
            return self.place(Fault::new(
                written,
                format!("there is no such key in a {}", self.subject),
                suggest(&unknown, &known),
            ));
        }
        if let Some(missing) =
            message.strip_prefix("missing field `").or_else(|| message.strip_prefix("missing configuration field \""))
        {
            let missing = missing.trim_end_matches(['`', '"']);
            let key = key.filter(|key| key.ends_with(missing)).unwrap_or_else(|| missing.to_owned());
            // The message of a missing key writes the place in a list as `listeners[0]lane` too.
            let key = dotted(&key);
            return self.place(Fault::new(key.clone(), format!("`{key}` is missing"), how_to_write(&key)));
        }
        let (problem, remedy) = match message.split_once("; ") {
            Some((problem, remedy)) => (problem.to_owned(), capitalise(remedy)),
            None => (message, "Correct the value".to_owned()),
        };
        self.place(Fault::new(key.unwrap_or_default(), problem, remedy))
    }

    /// The dotted key that ends in `unknown`, as the strongest layer wrote it.
    fn written_key(&self, unknown: &str, parent: Option<&str>) -> String {
        let candidates = self.layers.iter().rev().flat_map(Document::keys);
        let fits = |key: &&String| {
            key.rsplit('.').next() == Some(unknown) && parent.is_none_or(|parent| key.starts_with(parent))
        };
        candidates.into_iter().find(fits).cloned().unwrap_or_else(|| unknown.to_owned())
    }
}

/// What to write for a key that is missing and has no default.
fn how_to_write(key: &str) -> String {
    let line = match key.rsplit('.').next().unwrap_or(key) {
        "proofs" => "a table `[proofs]`, for example `optional = [\"mailbox\", \"kept-code\"]` and `at_least = 1`",
        "evidence" => "the evidence of ownership that support accepts, e.g. `evidence = [\"invoice\"]`",
        "first_key" | "second_key" => "the key that `resetkit support keys new` prints",
        "reason" => "a sentence that says why, e.g. `reason = \"…\"`",
        "allows" => "`allows = \"no-way\"` or `allows = \"loses-more\"`",
        "models" => "the models it is for, e.g. `models = \"cam-*\"`",
        _ => return "Add it; every built-in file of this kind shows how it is written".to_owned(),
    };
    format!("Add {line}")
}

/// The `config` crate writes `listeners[0]lane`, people write `listeners[0].lane`.
fn dotted(key: &str) -> String {
    let parts: Vec<_> = key.split(']').map(|part| part.trim_start_matches('.')).collect();
    parts.join("].").trim_end_matches('.').to_owned()
}

/// The key that the `config` crate names, and the bare message.
#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "a foreign enum that may grow; its Display is the answer for the rest"
)]
fn split_key(error: &config::ConfigError) -> (Option<String>, String) {
    match error {
        config::ConfigError::At { error, key, .. } => {
            let (inner, message) = split_key(error);
            (inner.or_else(|| key.clone()), message)
        }
        config::ConfigError::Type { unexpected, expected, key, .. } => {
            (key.clone(), format!("this is {unexpected}, and {expected} belongs here"))
        }
        config::ConfigError::Message(message) => (None, message.clone()),
        config::ConfigError::NotFound(key) => (Some(key.clone()), format!("missing field `{key}`")),
        other => {
            let text = other.to_string();
            match text.rsplit_once(" for key `") {
                Some((message, key)) => (Some(key.trim_end_matches('`').to_owned()), message.to_owned()),
                None => (None, text),
            }
        }
    }
}

/// Takes serde's "unknown field `x`, expected one of `a`, `b`" apart.
fn unknown_field(message: &str) -> Option<(String, Vec<String>)> {
    let rest = message.strip_prefix("unknown field `")?;
    let (unknown, rest) = rest.split_once('`')?;
    let known = rest.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    Some((unknown.to_owned(), known))
}

fn suggest(unknown: &str, known: &[String]) -> String {
    did_you_mean(unknown, known.iter().map(String::as_str))
        .unwrap_or_else(|| format!("Known here: {}", known.join(", ")))
}

fn capitalise(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
