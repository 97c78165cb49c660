//! What a command ends with when it does not work: what happened and what to do.

use std::fmt;
use std::path::Path;

/// A command that failed.
#[derive(Debug)]
pub(crate) struct Failure {
    problem: String,
    remedy: String,
    exit_code: u8,
}

impl Failure {
    /// `problem` and `remedy` are whole sentences.
    pub(crate) fn new(problem: impl Into<String>, remedy: impl Into<String>) -> Failure {
        Failure { problem: problem.into(), remedy: remedy.into(), exit_code: 1 }
    }

    /// A file that could not be read or written.
    pub(crate) fn file(path: &Path, error: &std::io::Error) -> Failure {
        Failure::new(format!("{}: {error}.", path.display()), "Check the path and its permissions.")
    }

    pub(crate) fn exit_code(&self) -> u8 {
        self.exit_code
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "resetkit: {}", self.problem)?;
        if self.remedy.is_empty() { Ok(()) } else { write!(out, "\n          {}", self.remedy) }
    }
}

impl From<resetkit_config::ConfigError> for Failure {
    fn from(error: resetkit_config::ConfigError) -> Failure {
        Failure::new(error.to_string(), "")
    }
}
