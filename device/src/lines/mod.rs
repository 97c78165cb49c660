//! The line of the reset button, and the drivers that read it (R82).
//!
//! ```text
//! evdev device ─┐
//! GPIO line ────┼─ driver, a task of its own ──Signal──▶ the loop ──▶ engine, and the method that shows the hold
//! Unix socket ──┘   opens, tells the level, then every change; gone: says so, and tries again
//! ```
//!
//! A driver knows nothing of sessions or holds, and decides nothing: it says what the level was and when, in powered time
//! (R20). Bounce is passed on as it is. Every moment is the kernel's where it tells it in a clock that nobody can set, else
//! the moment of reading: a wall clock that is moved makes no hold longer (R17).

mod evdev;
mod gpio;
mod socket;

use std::io;
use std::path::Path;
use std::time::Duration;

use resetkit_config::ButtonLine;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::clock::Clock;

/// Signals that may wait (R47). A driver then waits too: the kernel's own buffer is as long again.
const SIGNALS_MAX: usize = 256;
/// After a line was lost, it is opened again once in so long.
const AGAIN: Duration = Duration::from_secs(2);

/// What a driver says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signal {
    /// The level: at the first look, and at every change.
    Level {
        /// Powered time.
        at: Duration,
        /// Whether the button is pressed.
        pressed: bool,
    },
    /// The line cannot be read.
    Lost {
        /// Powered time.
        at: Duration,
    },
}

/// The button's line at work. Dropping it ends the driver.
pub(crate) struct Line {
    signals: mpsc::Receiver<Signal>,
    _driver: JoinSet<()>,
}

impl Line {
    /// Starts the driver of this line; a socket is bound before this returns. Paths of sockets are meant from `state_dir`.
    pub(crate) fn start(line: &ButtonLine, state_dir: &Path, clock: Clock) -> Self {
        let (out, signals) = mpsc::channel(SIGNALS_MAX);
        let says = Says { out, clock };
        let mut driver = JoinSet::new();
        match line {
            ButtonLine::Evdev { path, key } => {
                let (path, key) = (path.clone(), *key);
                driver.spawn(says.for_ever(path.display().to_string(), async move |says: &Says| {
                    evdev::read(&path, key, says).await
                }));
            }
            ButtonLine::Gpio { chip, line, active_low } => {
                let place = gpio::Place { chip: chip.clone(), line: *line, active_low: *active_low };
                driver.spawn(says.for_ever(format!("{} line {line}", chip.display()), async move |says: &Says| {
                    gpio::read(&place, says).await
                }));
            }
            ButtonLine::Socket { path } => {
                let path = state_dir.join(path);
                let mut first = Some(socket::bind(&path));
                driver.spawn(says.for_ever(path.display().to_string(), async move |says: &Says| {
                    let bound = first.take().unwrap_or_else(|| socket::bind(&path))?;
                    socket::read(&bound, says).await
                }));
            }
        }
        Self { signals, _driver: driver }
    }

    /// A device without a button: nothing ever comes.
    pub(crate) fn none() -> Self {
        Self { signals: mpsc::channel(1).1, _driver: JoinSet::new() }
    }

    /// What the driver says next; `None` where there is no line. Cancel-safe.
    pub(crate) async fn next(&mut self) -> Option<Signal> {
        self.signals.recv().await
    }
}

/// The driver's way to the loop.
struct Says {
    out: mpsc::Sender<Signal>,
    clock: Clock,
}

impl Says {
    async fn level(&self, at: Duration, pressed: bool) {
        // The loop is gone only when the daemon stops.
        let _ = self.out.send(Signal::Level { at, pressed }).await;
    }

    fn now(&self) -> Duration {
        self.clock.since_boot()
    }

    /// Reads the line for as long as the daemon runs: what was lost is opened again.
    async fn for_ever(self, name: String, mut read: impl AsyncFnMut(&Says) -> io::Result<()>) {
        loop {
            if let Err(fault) = read(&self).await {
                tracing::warn!(line = %name, %fault, "the line of the button cannot be read");
            }
            let _ = self.out.send(Signal::Lost { at: self.now() }).await;
            tokio::time::sleep(AGAIN).await;
        }
    }
}
