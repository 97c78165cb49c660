//! A timer on CLOCK_BOOTTIME: it goes on in suspend, unlike the runtime's own (R20).

use std::io;
use std::os::fd::OwnedFd;
use std::time::Duration;

use rustix::time::{
    Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create, timerfd_settime,
};
use tokio::io::unix::AsyncFd;

use crate::clock::Clock;

/// One timer, set anew at every turn of the loop.
pub(crate) struct BootTimer {
    fd: AsyncFd<OwnedFd>,
    clock: Clock,
}

impl BootTimer {
    pub(crate) fn new(clock: Clock) -> io::Result<Self> {
        let fd = timerfd_create(TimerfdClockId::Boottime, TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC)?;
        #[expect(
            deprecated,
            reason = "an OwnedFd stays the same descriptor while it is registered, which `register` would want promised by `unsafe`"
        )]
        let fd = AsyncFd::new(fd)?;
        Ok(Self { fd, clock })
    }

    /// Waits until powered time reaches `at`; for ever, if there is nothing to wait for. Cancel-safe.
    pub(crate) async fn until(&self, at: Option<Duration>) {
        loop {
            let left = at.map(|at| at.saturating_sub(self.clock.since_boot()));
            if left == Some(Duration::ZERO) {
                return;
            }
            self.set(left);
            tokio::select! {
                ready = self.fd.readable() => match ready {
                    Ok(mut guard) => guard.clear_ready(),
                    Err(fault) => {
                        tracing::error!(%fault, "the timer failed; deadlines are looked at once a second");
                        tokio::time::sleep(Duration::from_secs(1)).await;
                    }
                },
                () = self.clock.moved() => {}
            }
        }
    }

    fn set(&self, left: Option<Duration>) {
        let left = left.unwrap_or(Duration::ZERO);
        let value =
            Timespec { tv_sec: i64::try_from(left.as_secs()).unwrap_or(i64::MAX), tv_nsec: left.subsec_nanos().into() };
        let zero = Timespec { tv_sec: 0, tv_nsec: 0 };
        let spec = Itimerspec { it_interval: zero, it_value: value };
        if let Err(fault) = timerfd_settime(&self.fd, TimerfdTimerFlags::empty(), &spec) {
            tracing::error!(%fault, "the timer cannot be set");
        }
    }
}
