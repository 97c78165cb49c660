//! Mails: what they say, and how they leave.

mod compose;
mod line;
mod send;
mod smtp;

pub(crate) use compose::can_be_written_to;
pub use compose::{ComposeError, Letter, compose};
pub use send::Sender;
pub(crate) use send::blocking;
pub use smtp::{Post, PostError, SmtpPost};
