//! Stories of a mail: the machine alone, and over a socket pair with a server that follows a script. No clock runs in
//! here: time is told to the method, and goes on when the server says that it will be silent.
#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect must fail")]
#![allow(clippy::wildcard_enum_match_arm, reason = "a test picks out what it looks for")]

mod certificates;
mod corpora;
mod mailing;
mod play;
mod refusals;
mod server;
mod without_io;
