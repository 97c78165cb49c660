//! The one error of this crate: where it stands, what is wrong, and what to do.

use std::fmt;

/// A configuration that is refused. Made to be read by the person who edits the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The file (or `environment`, or `built-in …`) that holds the fault.
    pub file: String,
    /// The line in that file, counted from 1, where TOML gives it.
    pub line: Option<usize>,
    /// The key, dotted from the top of the file, e.g. `listeners[0].tls`; empty when the whole file is meant.
    pub key: String,
    /// What is wrong, as a sentence without a full stop.
    pub problem: String,
    /// What to do about it, as a sentence without a full stop; a question has its mark.
    pub remedy: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(out, ":{line}")?;
        }
        if !self.key.is_empty() {
            write!(out, ": `{}`", self.key)?;
        }
        let stop = if self.remedy.ends_with('?') { "" } else { "." };
        write!(out, ": {}. {}{stop}", self.problem, self.remedy)
    }
}

impl std::error::Error for ConfigError {}

/// Something that is allowed but costs: said once at start and by `resetkit lint`, never a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// The key that the advice is about.
    pub key: String,
    /// The whole advice as sentences.
    pub text: String,
}

/// A fault whose place in the files is still to be looked up: the key and the words are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) key: String,
    pub(crate) problem: String,
    pub(crate) remedy: String,
}

impl Fault {
    pub(crate) fn new(key: impl Into<String>, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Fault { key: key.into(), problem: problem.into(), remedy: remedy.into() }
    }

    pub(crate) fn at(self, file: &str, line: Option<usize>) -> ConfigError {
        ConfigError { file: file.to_owned(), line, key: self.key, problem: self.problem, remedy: self.remedy }
    }
}
