//! The one place of this program that reads clocks.
#![allow(clippy::disallowed_methods, reason = "the clocks' one home (STYLE, rule 2)")]

use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Seconds since 1970, for people to read; nothing is decided by it.
pub(crate) fn unix_seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// A moment that only moves forward.
pub(crate) fn moment() -> Instant {
    Instant::now()
}

/// Waits before asking once more.
pub(crate) fn pause(span: std::time::Duration) {
    std::thread::sleep(span);
}
