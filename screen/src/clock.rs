//! The one home of time in this program. The story is told what time it is.
#![allow(
    clippy::disallowed_methods,
    reason = "the crate's clock: nothing is decided by the wall time, it is only shown"
)]

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Time since the program began, and the wall time for the corner of the live view.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock(Instant);

impl Clock {
    /// Begins.
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// Milliseconds since then.
    pub(crate) fn now(self) -> u64 {
        u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// `13:37:00` by Universal Time: for show only, a device's clock may be wrong (R17).
pub(crate) fn wall() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs() % 86_400;
    format!("{:02}:{:02}:{:02} UTC", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
