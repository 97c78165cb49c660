//! What a command ends with when it does not work: what happened and what to do.

use std::fmt;
use std::path::Path;

use resetkit_config::ConfigError;

/// A command that failed.
#[derive(Debug)]
pub(crate) struct Failure {
    problem: String,
    remedy: String,
    exit_code: u8,
}

/// The words of the command, or a file that it names, are wrong.
const USAGE: u8 = 2;

impl Failure {
    /// `problem` and `remedy` are whole sentences.
    pub(crate) fn new(problem: impl Into<String>, remedy: impl Into<String>) -> Failure {
        Failure { problem: problem.into(), remedy: remedy.into(), exit_code: 1 }
    }

    /// The same for words of the command that name nothing.
    pub(crate) fn usage(problem: impl Into<String>, remedy: impl Into<String>) -> Failure {
        Failure { exit_code: USAGE, ..Failure::new(problem, remedy) }
    }

    /// Nobody listens any more, so the rest was left: the exit code of a program that SIGPIPE ends.
    pub(crate) fn unheard() -> Failure {
        Failure { exit_code: 141, ..Failure::new("", "") }
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
        if self.problem.is_empty() {
            return Ok(());
        }
        write!(out, "resetkit: {}", self.problem)?;
        if self.remedy.is_empty() { Ok(()) } else { write!(out, "\n          {}", self.remedy) }
    }
}

/// Says what to do itself.
impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Failure {
        Failure::usage(error.to_string(), "")
    }
}
