//! Work that takes long, off the loop, with a bound on how much of it may wait (R47).

use std::sync::Arc;

use resetkit_core::Lane;
use tokio::sync::{Semaphore, mpsc};

use super::live::Return;

/// Jobs of one lane that may run or wait at once; the network's never stand in the console's way (R9).
const JOBS_A_LANE: usize = 4;

/// Where slow jobs go.
pub(crate) struct Slow {
    returns: mpsc::Sender<Return>,
    console: Arc<Semaphore>,
    network: Arc<Semaphore>,
}

impl Slow {
    pub(crate) fn new(returns: mpsc::Sender<Return>) -> Self {
        let lane = || Arc::new(Semaphore::new(JOBS_A_LANE));
        Self { returns, console: lane(), network: lane() }
    }

    /// Starts a job; its outcome comes back to the loop. `false`: too many are waiting, nothing was started.
    pub(crate) fn start(&self, lane: Lane, job: impl FnOnce() -> Return + Send + 'static) -> bool {
        let lane = match lane {
            Lane::Console | Lane::Button => &self.console,
            Lane::Network => &self.network,
        };
        let Ok(permit) = Arc::clone(lane).try_acquire_owned() else { return false };
        self.start_for_session(move || {
            let back = job();
            drop(permit);
            back
        });
        true
    }

    /// Starts a job whose outcome nobody waits for. Comes from a session's own doing, so the number of sessions bounds it.
    pub(crate) fn start_unheard(&self, job: impl FnOnce() + Send + 'static) {
        tokio::task::spawn_blocking(job);
    }

    /// Starts a job of a session. The bound is the number of sessions: each waits for its one answer.
    pub(crate) fn start_for_session(&self, job: impl FnOnce() -> Return + Send + 'static) {
        let returns = self.returns.clone();
        tokio::task::spawn_blocking(move || {
            // The loop is gone only when the daemon stops.
            let _ = returns.blocking_send(job());
        });
    }
}
