//! The companion app of the command line: reads the code from a photograph and hands it to the relay.
//!
//! It never sees an address or a code. `resetkit scan` is made of it.

#![forbid(unsafe_code)]

mod photo;
mod scan;

pub use photo::{MAX_PHOTO, PhotoError, read_qr};
pub use scan::{Confirmation, Options, ScanError, scan};
