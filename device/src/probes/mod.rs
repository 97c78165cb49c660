//! Probes: what can only be found out by asking the system. Each has a time of its own; one that does not answer in it costs
//! just that time and reads as *no*, and is not asked again while it still hangs.
//!
//! ```text
//!   the loop ──an ask that needs facts──▶ look(), off the loop ──▶ network ┐ each on a thread of its own,
//!            ◀── the ask once more, with what was found ───────── smtp    ┘ heard for its bound at most
//! ```

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use crate::connections::Connector;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Found {
    /// Any interface but loopback is up.
    pub network: bool,
    /// There is a submission server, and its files can be used.
    pub smtp: bool,
}

/// Longest that a probe is waited for: a read of a file that every healthy system answers in microseconds.
pub const BOUND: Duration = Duration::from_secs(1);

/// All probes of a device. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Probes {
    network: Probe,
    smtp: Probe,
}

impl Probes {
    pub(crate) fn new(connector: Connector) -> Self {
        Self { network: Probe::new(network_up), smtp: Probe::new(move || connector.has_smtp()) }
    }

    /// Asks all of them side by side. Blocks for the longest bound at most: not for the loop.
    pub(crate) fn look(&self) -> Found {
        let (network, smtp) = (self.network.start(), self.smtp.start());
        Found { network: network.outcome(), smtp: smtp.outcome() }
    }
}

/// One probe.
#[derive(Clone)]
struct Probe {
    ask: Arc<dyn Fn() -> bool + Send + Sync>,
    /// It was asked, and has not answered yet.
    hangs: Arc<AtomicBool>,
    bound: Duration,
}

/// A probe that was asked.
struct Asked(Option<mpsc::Receiver<bool>>, Duration);

impl Probe {
    fn new(ask: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self { ask: Arc::new(ask), hangs: Arc::default(), bound: BOUND }
    }

    fn start(&self) -> Asked {
        if self.hangs.swap(true, Ordering::AcqRel) {
            return Asked(None, self.bound);
        }
        let (says, hears) = mpsc::channel();
        let (ask, hangs) = (Arc::clone(&self.ask), Arc::clone(&self.hangs));
        let started = std::thread::Builder::new().name("probe".to_owned()).spawn(move || {
            let answer = ask();
            hangs.store(false, Ordering::Release);
            // Nobody waits any more: it came too late.
            let _ = says.send(answer);
        });
        if started.is_err() {
            self.hangs.store(false, Ordering::Release);
        }
        Asked(Some(hears), self.bound)
    }
}

impl Asked {
    fn outcome(self) -> bool {
        self.0.and_then(|hears| hears.recv_timeout(self.1).ok()).unwrap_or(false)
    }
}

/// Whether any interface but loopback is up. A wrong guess only changes what is offered.
pub(crate) fn network_up() -> bool {
    let Ok(interfaces) = std::fs::read_dir("/sys/class/net") else { return false };
    interfaces
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name() != "lo")
        .any(|entry| std::fs::read_to_string(entry.path().join("operstate")).is_ok_and(|state| state.trim() == "up"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r47_a_probe_that_hangs_reads_as_no_and_is_not_asked_again_while_it_does() {
        let (lets_go, waits) = mpsc::channel::<()>();
        let waits = std::sync::Mutex::new(waits);
        let asked = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let counted = Arc::clone(&asked);
        let hanging = Probe {
            bound: Duration::from_millis(20),
            ..Probe::new(move || {
                counted.fetch_add(1, Ordering::AcqRel);
                waits.lock().is_ok_and(|waits| waits.recv().is_ok())
            })
        };
        assert!(!hanging.start().outcome() && !hanging.start().outcome());
        assert_eq!(asked.load(Ordering::Acquire), 1);
        lets_go.send(()).expect("the probe waits");
        while hanging.hangs.load(Ordering::Acquire) {
            std::thread::yield_now();
        }
        lets_go.send(()).expect("the probe waits for the next");
        let patient = Probe { bound: Duration::from_secs(60), ..hanging };
        assert!(patient.start().outcome(), "once it answers, it is believed again");
    }
}
