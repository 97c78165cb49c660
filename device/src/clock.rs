//! Time: powered time from `CLOCK_BOOTTIME`, which goes on in suspend (R20), and the wall clock, which may be wrong and
//! may only ever shorten something (R17).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustix::time::{ClockId, clock_gettime};
use tokio::sync::Notify;

/// The wall clock is believed from this second on (2026-01-01): before it, nobody ever set it.
const EARLIEST_WALL: u64 = 1_767_225_600;

/// The daemon's only clock.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// Milliseconds by which a test has moved the powered time forwards.
    ahead: Arc<AtomicU64>,
    moved: Arc<Notify>,
    /// Nobody ever sets the wall clock of this device.
    never_set: bool,
}

impl Clock {
    /// Powered time since the kernel started.
    #[must_use]
    pub fn since_boot(&self) -> Duration {
        let now = clock_gettime(ClockId::Boottime);
        let seconds = Duration::from_secs(u64::try_from(now.tv_sec).unwrap_or(0));
        let nanos = Duration::from_nanos(u64::try_from(now.tv_nsec).unwrap_or(0));
        seconds + nanos + Duration::from_millis(self.ahead.load(Ordering::Relaxed))
    }

    /// Seconds since 1970, where the wall clock was ever set.
    #[must_use]
    #[allow(clippy::disallowed_methods, reason = "the wall clock's one home (STYLE, rule 2)")]
    pub fn wall(&self) -> Option<u64> {
        if self.never_set {
            return None;
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
        (now >= EARLIEST_WALL).then_some(now)
    }

    /// The same clock on a device whose wall clock nobody ever sets, whatever it shows.
    #[must_use]
    pub fn never_set(self) -> Self {
        Self { never_set: true, ..self }
    }

    /// Moves powered time forwards, for tests: it can only ever shorten lives.
    pub fn move_ahead(&self, by: Duration) {
        self.ahead.fetch_add(u64::try_from(by.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
        self.moved.notify_one();
    }

    /// Waits until a test moves the time.
    pub(crate) async fn moved(&self) {
        self.moved.notified().await;
    }
}
