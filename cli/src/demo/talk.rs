//! How the demo talks: ticks with times, colour only on a terminal.

use std::cell::Cell;
use std::io::{IsTerminal as _, Write as _};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

use crate::clock;

/// The demo's voice.
pub(crate) struct Talk {
    silent: bool,
    colour: bool,
    terminal: bool,
    since: Cell<Instant>,
    began: Instant,
}

impl Talk {
    #[allow(clippy::disallowed_methods, reason = "NO_COLOR is asked by every program of the command line")]
    pub(crate) fn new() -> Talk {
        let terminal = std::io::stdout().is_terminal();
        let colour = terminal && std::env::var_os("NO_COLOR").is_none();
        Talk { silent: false, colour, terminal, since: Cell::new(clock::moment()), began: clock::moment() }
    }

    /// A voice that says nothing.
    pub(crate) fn silent() -> Talk {
        Talk { silent: true, ..Talk::new() }
    }

    pub(crate) fn heading(&self, text: &str) {
        self.line(&format!("\n{}\n", self.paint("1", text)));
    }

    /// Who acts in the lines that follow.
    pub(crate) fn scene(&self, text: &str) {
        self.line(&format!("\n  {}", self.paint("1", text)));
        self.since.set(clock::moment());
    }

    /// Something is done; its time is the time since the last line.
    pub(crate) fn done(&self, text: &str) {
        let took = self.since.replace(clock::moment()).elapsed();
        let took = if took.as_secs() > 9 {
            format!("{:>4} s ", took.as_secs())
        } else {
            format!("{:>4} ms", took.as_millis())
        };
        self.line(&format!("  {} {} {}", self.paint("32", "✔"), self.paint("2", &took), text));
    }

    /// Something to know, without a tick.
    pub(crate) fn note(&self, text: &str) {
        self.line(&format!("            {text}"));
    }

    /// Text as it is: the QR code, an address block.
    pub(crate) fn plain(&self, text: &str) {
        self.line(text);
    }

    /// A QR code: its characters stand for light, so it is shown white on black whatever the theme is.
    pub(crate) fn picture(&self, half_blocks: &str) {
        for line in half_blocks.lines() {
            self.line(&format!("            {}", self.paint("97;40", line)));
        }
    }

    pub(crate) fn bold(&self, text: &str) -> String {
        self.paint("1", text)
    }

    /// Seconds since the demo began.
    pub(crate) fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }

    /// Something that takes a while: a spinner on a terminal, plain lines elsewhere.
    pub(crate) fn progress(&self, text: &str) -> Progress {
        if !self.terminal {
            self.line(&format!("    {text}"));
            return Progress { bar: ProgressBar::hidden(), plain: true };
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("  {spinner:.cyan} {elapsed:>6} {prefix} {wide_msg:.dim}") {
            bar.set_style(style);
        }
        bar.set_prefix(text.to_owned());
        bar.enable_steady_tick(std::time::Duration::from_millis(100));
        Progress { bar, plain: false }
    }

    fn line(&self, text: &str) {
        if self.silent {
            return;
        }
        let mut out = std::io::stdout().lock();
        // A closed pipe is the reader's decision; the demo goes on and its exit code tells.
        let _ = writeln!(out, "{text}").and_then(|()| out.flush());
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// A running job's line.
pub(crate) struct Progress {
    bar: ProgressBar,
    plain: bool,
}

impl Progress {
    /// What is being done right now.
    pub(crate) fn at(&self, text: &str) {
        self.bar.set_message(text.to_owned());
    }

    /// Whether nobody sees a spinner.
    pub(crate) fn is_plain(&self) -> bool {
        self.plain
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
