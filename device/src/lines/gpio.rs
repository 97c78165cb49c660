//! A line of the GPIO character device. The kernel stamps each edge in CLOCK_MONOTONIC; the time that the device has slept
//! since boot is added, for suspend counts (R20).

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use gpiocdev::Request;
use gpiocdev::line::{EdgeDetection, EdgeEvent, EdgeKind, Value};
use rustix::time::{ClockId, clock_gettime};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

use super::Says;

/// Which line.
pub(super) struct Place {
    pub(super) chip: PathBuf,
    pub(super) line: u32,
    pub(super) active_low: bool,
}

/// Reads until the chip is gone.
pub(super) async fn read(place: &Place, says: &Says) -> io::Result<()> {
    let mut wish = Request::builder();
    wish.on_chip(&place.chip).with_consumer("resetd").with_line(place.line).as_input();
    if place.active_low {
        wish.as_active_low();
    }
    let request = wish.with_edge_detection(EdgeDetection::BothEdges).request().map_err(io::Error::other)?;
    #[expect(
        deprecated,
        reason = "the request keeps its descriptor while it is registered, which `register` would want promised by `unsafe`"
    )]
    let request = AsyncFd::with_interest(request, Interest::READABLE)?;
    // The level after the edges are recorded: a change in between comes twice, never not at all.
    let level = request.get_ref().value(place.line).map_err(io::Error::other)?;
    says.level(says.now(), level == Value::Active).await;
    loop {
        let mut ready = request.readable().await?;
        while request.get_ref().has_edge_event().map_err(io::Error::other)? {
            let event = request.get_ref().read_edge_event().map_err(io::Error::other)?;
            let (at, pressed) = edge(&event, says.now(), monotonic());
            says.level(at, pressed).await;
        }
        ready.clear_ready();
    }
}

/// Moment and level of an edge. The edge is never taken for later than now, nor for earlier than `now` by more than the
/// kernel's clocks say.
fn edge(event: &EdgeEvent, now: Duration, monotonic: Duration) -> (Duration, bool) {
    let age = monotonic.saturating_sub(Duration::from_nanos(event.timestamp_ns));
    // The request is "active low" where the line is, so that rising always means pressed.
    (now.saturating_sub(age), event.kind == EdgeKind::Rising)
}

fn monotonic() -> Duration {
    let now = clock_gettime(ClockId::Monotonic);
    Duration::from_secs(u64::try_from(now.tv_sec).unwrap_or(0))
        + Duration::from_nanos(u64::try_from(now.tv_nsec).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(timestamp_ns: u64, kind: EdgeKind) -> EdgeEvent {
        EdgeEvent { timestamp_ns, kind, offset: 5, seqno: 1, line_seqno: 1 }
    }

    #[test]
    fn r20_r82_an_edge_keeps_its_kernel_moment_in_powered_time() {
        let (now, monotonic) = (Duration::from_secs(7_200), Duration::from_secs(3_600));
        let press = edge(&event(3_590_000_000_000, EdgeKind::Rising), now, monotonic);
        let release = edge(&event(3_600_000_000_000, EdgeKind::Falling), now, monotonic);
        assert_eq!(press, (Duration::from_secs(7_190), true));
        assert_eq!(release, (Duration::from_secs(7_200), false));
    }

    #[test]
    fn an_edge_of_the_future_or_of_before_the_boot_is_bounded() {
        let (now, monotonic) = (Duration::from_secs(10), Duration::from_secs(10));
        assert_eq!(edge(&event(u64::MAX, EdgeKind::Rising), now, monotonic).0, now);
        assert_eq!(edge(&event(0, EdgeKind::Rising), now, monotonic).0, Duration::ZERO);
    }

    #[tokio::test]
    async fn a_chip_that_is_not_there_is_an_error_and_no_panic() {
        let (out, _signals) = tokio::sync::mpsc::channel(1);
        let says = Says { out, clock: crate::clock::Clock::default() };
        let place = Place { chip: "/dev/gpiochip-none".into(), line: 5, active_low: true };
        assert!(read(&place, &says).await.is_err());
        let place = Place { chip: "/dev/null".into(), ..place };
        assert!(read(&place, &says).await.is_err());
    }
}
