//! The terminal as such: taken over, and given back whatever happens.
//!
//! What was typed and not yet read is thrown away with the same call that switches the echo on again: a password half
//! typed when the time ran out is never shown by the terminal (F19, CVE-2025-64170).

use std::io::{self, Write as _};
use std::panic;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use ratatui::crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use ratatui::crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, enable_raw_mode};
use ratatui::crossterm::{cursor, execute};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;

/// Does this when the program is told to end, on a thread of its own.
///
/// # Errors
/// When the signals cannot be caught.
pub(crate) fn on_end(ends: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP, SIGQUIT])?;
    thread::spawn(move || {
        if signals.forever().next().is_some() {
            ends();
        }
    });
    Ok(())
}

/// How the terminal is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// The whole screen, keys one by one.
    Whole,
    /// Lines.
    Lines,
}

/// The terminal while it is ours. Dropping gives it back; so does a panic.
#[derive(Clone)]
pub(crate) struct Terminal(Arc<Mutex<Option<Kept>>>);

struct Kept {
    how: Use,
    /// As it was. `None` where input is no terminal.
    before: Option<Termios>,
}

impl Terminal {
    /// Takes it over.
    ///
    /// # Errors
    /// Where it is none, or gone.
    pub(crate) fn take(how: Use) -> io::Result<Self> {
        let before = tcgetattr(rustix::stdio::stdin()).ok();
        let kept = Self(Arc::new(Mutex::new(Some(Kept { how, before }))));
        kept.give_back_on_panic();
        if how == Use::Whole {
            enable_raw_mode()?;
            execute!(io::stdout(), EnterAlternateScreen, EnableMouseCapture, EnableBracketedPaste, cursor::Hide)?;
        }
        Ok(kept)
    }

    /// Gives it back, once.
    pub(crate) fn give_back(&self) {
        let Some(kept) = self.0.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
        if kept.how == Use::Whole {
            let _ =
                execute!(io::stdout(), DisableBracketedPaste, DisableMouseCapture, LeaveAlternateScreen, cursor::Show);
        }
        if let Some(before) = &kept.before {
            let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Flush, before);
        }
    }

    /// Whether the terminal shows what is typed. What was typed before the change is thrown away.
    pub(crate) fn echoes(&self, on: bool) {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(before) = kept.as_ref().and_then(|kept| kept.before.as_ref()) else { return };
        let mut modes = before.clone();
        modes.local_modes.set(LocalModes::ECHO, on && before.local_modes.contains(LocalModes::ECHO));
        // The end of the line is still shown, so that the next question begins on its own line.
        modes.local_modes.set(LocalModes::ECHONL, !on);
        let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Flush, &modes);
    }

    fn give_back_on_panic(&self) {
        let (terminal, before) = (self.clone(), panic::take_hook());
        panic::set_hook(Box::new(move |what| {
            terminal.give_back();
            before(what);
        }));
    }
}

/// A line for who started the program.
pub(crate) fn says(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
