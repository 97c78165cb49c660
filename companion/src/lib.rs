//! The companion app of the command line: reads the code from a photograph and hands it to the relay.
//!
//! It never sees an address or a code. `resetkit scan` is made of it.

#![forbid(unsafe_code)]

mod photo;
mod scan;

pub use photo::{read_qr, PhotoError, MAX_PHOTO};
pub use scan::{scan, Confirmation, Options, ScanError};
