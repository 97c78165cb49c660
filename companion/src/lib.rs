//! The companion app: [`app`] is the one of the browser, which the relay serves; the rest, with the feature `phone`, is the
//! one of the command line, of which `resetkit scan` is made, and `desk` the support desk's.
//!
//! Neither ever sees an address or a code.

#![forbid(unsafe_code)]

pub mod app;
#[cfg(feature = "phone")]
pub mod desk;
#[cfg(feature = "phone")]
mod photo;
#[cfg(feature = "phone")]
mod scan;

#[cfg(feature = "phone")]
pub use photo::{MAX_PHOTO, PhotoError, read_qr};
#[cfg(feature = "phone")]
pub use scan::{Confirmation, Options, ScanError, scan};
