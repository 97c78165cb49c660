//! What kind of terminal this is. The one place that reads the environment.
#![allow(
    clippy::disallowed_methods,
    reason = "TERM and the locale are how a terminal tells what it can; no setting of ours"
)]

use std::io::IsTerminal as _;

use ratatui::crossterm::terminal;

use crate::args::{Arguments, Colors};

/// What the terminal can show.
#[derive(Debug, Clone)]
pub(crate) struct Surroundings {
    /// Line by line.
    pub(crate) plain: bool,
    /// Letters beyond ASCII, boxes and blocks.
    pub(crate) ascii: bool,
    /// Never [`Colors::Auto`].
    pub(crate) colors: Colors,
    /// Where the terminal cannot tell.
    size: Option<(u16, u16)>,
    /// Language to begin with.
    pub(crate) language: String,
}

impl Surroundings {
    /// The size that was given, where one was.
    pub(crate) fn fixed(&self) -> Option<(u16, u16)> {
        self.size
    }

    /// Columns and rows at this moment.
    pub(crate) fn size(&self) -> (u16, u16) {
        let told = || terminal::size().ok().filter(|(columns, rows)| *columns > 0 && *rows > 0);
        self.size.or_else(told).unwrap_or((80, 24))
    }
}

/// Looks around.
pub(crate) fn look(arguments: &Arguments) -> Surroundings {
    let term = std::env::var("TERM").unwrap_or_default();
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    let locale = locale.into_iter().find(|value| !value.is_empty()).unwrap_or_default();
    let a_terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let colors = if arguments.colors == Colors::Auto { colors_of(&term) } else { arguments.colors };
    Surroundings {
        plain: arguments.plain || !a_terminal || ["", "dumb", "unknown"].contains(&term.as_str()),
        ascii: arguments.ascii || !speaks_utf8(&locale, &term),
        colors,
        size: arguments.size,
        language: arguments.lang.clone(),
    }
}

/// What TERM promises.
fn colors_of(term: &str) -> Colors {
    if term.contains("256color") || term.contains("direct") || term.contains("kitty") || term.contains("alacritty") {
        Colors::Many
    } else if term.starts_with("vt") || term.ends_with("-m") || term.ends_with("-mono") || term == "dumb" {
        Colors::None
    } else {
        Colors::Eight
    }
}

/// The locale decides; where none is set, terminals that are always UTF-8 today do. A VT100 never is.
fn speaks_utf8(locale: &str, term: &str) -> bool {
    let locale = locale.to_ascii_uppercase();
    if term.starts_with("vt1") || term.starts_with("vt2") {
        return false;
    }
    let unset = locale.is_empty() || locale == "C" || locale == "POSIX";
    locale.contains("UTF-8") || locale.contains("UTF8") || (unset && (term.contains("256color") || term == "linux"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_are_taken_for_what_they_are() {
        assert_eq!(colors_of("xterm-256color"), Colors::Many);
        assert_eq!(colors_of("linux"), Colors::Eight);
        assert_eq!(colors_of("vt100"), Colors::None);
        assert!(speaks_utf8("de_DE.UTF-8", "xterm"));
        assert!(!speaks_utf8("de_DE.UTF-8", "vt100"));
        assert!(!speaks_utf8("C", "xterm"));
        assert!(speaks_utf8("", "linux"));
    }
}
