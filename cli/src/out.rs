//! Standard output: the one place that writes to it, and knows what it means when that fails.
//!
//! A reader who has seen enough (`| head -1`) is no failure: nothing more is written, and the work goes on, since a command that
//! signs or records must not stop half way. One that only tells may ask [`nobody_listens`]. Anything else, such as a full disk,
//! is said at the end.

use std::fmt;
use std::io::{self, ErrorKind, Write as _};
use std::sync::OnceLock;

use crate::failure::Failure;

/// Why the rest was not written.
static ENDED: OnceLock<io::Error> = OnceLock::new();

/// As `print!`.
macro_rules! out {
    ($($text:tt)*) => { $crate::out::write(format_args!($($text)*)) };
}

/// As `println!`.
macro_rules! outln {
    () => { $crate::out::write(format_args!("\n")) };
    ($($text:tt)*) => { $crate::out::write(format_args!("{}\n", format_args!($($text)*))) };
}

pub(crate) fn write(text: fmt::Arguments<'_>) {
    if ENDED.get().is_none() {
        note(io::stdout().lock().write_fmt(text));
    }
}

fn note(written: io::Result<()>) {
    if let Err(error) = written {
        // The first reason stays.
        let _ = ENDED.set(error);
    }
}

/// Whether what is written goes nowhere.
pub(crate) fn nobody_listens() -> bool {
    ENDED.get().is_some()
}

/// Writes what is left, and says whether all of it arrived or nobody wanted it.
pub(crate) fn end() -> Result<(), Failure> {
    if ENDED.get().is_none() {
        note(io::stdout().lock().flush());
    }
    match ENDED.get() {
        Some(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("The output could not be written: {error}."), "Make room, or send it elsewhere."))
        }
        Some(_) | None => Ok(()),
    }
}
