//! Conformance suite for recovery methods: what any vendor runs on his method before he ships it, and an integrator before
//! he installs it.
//!
//! The method runs as on a device: signed, verified, in its sandboxed worker. The suite plays the daemon:
//!
//! ```text
//!  bundle ─► starts ─► on every screen and for every purpose: Start, Sealed, news, actions, nonsense, Stop
//!                  ├─► the same with sealing refused
//!                  ├─► `connect` grant: the connection is refused, the other end is silent, hangs up at once
//!                  └─► grant `button`: held, let go, held too long, stuck, the line lost
//!         ─► Report: one finding a check, times and memory against the manifest's promises, all text ids used
//! ```

mod doors;
mod play;
mod report;

pub use play::{CheckOptions, Step, check, check_installed, check_installed_telling};
pub use report::{Check, Finding, Report, Verdict};
