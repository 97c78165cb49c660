//! One TOML text with the line of every key, so that each error can name its place.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::error::{ConfigError, Fault};

/// A file of the configuration: its name, its text, and where each key stands.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) file: String,
    pub(crate) text: String,
    /// Line of each dotted key, counted from 1.
    lines: BTreeMap<String, usize>,
}

impl Document {
    /// Reads the text far enough to know its keys.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Document, ConfigError> {
        let table = DeTable::parse(text).map_err(|error| ConfigError {
            file: file.to_owned(),
            line: error.span().map(|span| line_of(text, span.start)),
            key: String::new(),
            problem: format!("this is not TOML: {}", error.message().trim_end_matches('.').replace('\n', ", ")),
            remedy: "Correct the line; strings stand in double quotes, tables in square brackets".to_owned(),
        })?;
        let mut lines = BTreeMap::new();
        note_table(text, "", table.get_ref(), &mut lines);
        Ok(Document { file: file.to_owned(), text: text.to_owned(), lines })
    }

    /// A layer without a file, such as the environment.
    pub(crate) fn without_lines(file: &str, text: String, keys: impl IntoIterator<Item = String>) -> Document {
        Document { file: file.to_owned(), text, lines: keys.into_iter().map(|key| (key, 0)).collect() }
    }

    /// A part of a file that became a layer of its own: its keys still stand at the lines of that file.
    pub(crate) fn with_lines(file: &str, text: String, lines: impl IntoIterator<Item = (String, usize)>) -> Document {
        Document { file: file.to_owned(), text, lines: lines.into_iter().collect() }
    }

    /// The text of a key at the top of the file.
    pub(crate) fn top(&self, key: &str) -> Option<String> {
        self.text.parse::<toml::Table>().ok()?.get(key)?.as_str().map(str::to_owned)
    }

    /// The same document seen from one of its tables: keys and text below `table` only.
    pub(crate) fn below(&self, table: &str) -> Document {
        let prefix = format!("{table}.");
        let lines =
            self.lines.iter().filter_map(|(key, line)| Some((key.strip_prefix(&prefix)?.to_owned(), *line))).collect();
        let inner = self
            .text
            .parse::<toml::Table>()
            .ok()
            .and_then(|whole| table.split('.').try_fold(whole, |at, part| at.get(part)?.as_table().cloned()));
        Document { file: self.file.clone(), text: inner.unwrap_or_default().to_string(), lines }
    }

    /// The same document without one of its tables.
    pub(crate) fn without(&self, table: &str) -> Document {
        let prefix = format!("{table}.");
        let lines = self
            .lines
            .iter()
            .filter(|(key, _)| *key != table && !key.starts_with(&prefix))
            .map(|(key, line)| (key.clone(), *line))
            .collect();
        let mut whole = self.text.parse::<toml::Table>().unwrap_or_default();
        whole.remove(table);
        Document { file: self.file.clone(), text: whole.to_string(), lines }
    }

    pub(crate) fn line(&self, key: &str) -> Option<usize> {
        self.lines.get(key).copied().filter(|line| *line > 0)
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.lines.contains_key(key)
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &String> {
        self.lines.keys()
    }

    pub(crate) fn place(&self, fault: Fault) -> ConfigError {
        let line = self.line(&fault.key);
        fault.at(&self.file, line)
    }
}

fn note_table(text: &str, prefix: &str, table: &DeTable<'_>, lines: &mut BTreeMap<String, usize>) {
    for (key, value) in table {
        let path = if prefix.is_empty() { key.get_ref().to_string() } else { format!("{prefix}.{}", key.get_ref()) };
        lines.insert(path.clone(), line_of(text, key.span().start));
        note_value(text, &path, value.get_ref(), lines);
    }
}

fn note_value(text: &str, path: &str, value: &DeValue<'_>, lines: &mut BTreeMap<String, usize>) {
    if let Some(table) = value.as_table() {
        note_table(text, path, table, lines);
    }
    for (index, item) in value.as_array().into_iter().flat_map(|array| array.iter().enumerate()) {
        let path = format!("{path}[{index}]");
        lines.insert(path.clone(), line_of(text, item.span().start));
        note_value(text, &path, item.get_ref(), lines);
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())].iter().filter(|octet| **octet == b'\n').count() + 1
}
