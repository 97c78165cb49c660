//! What a worker said is readable, told to the method at a bounded rate.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use crate::limits::Limits;

/// Reports that wait, and how many were told in the current second.
#[derive(Debug, Default)]
pub(crate) struct Readiness {
    waiting: VecDeque<u32>,
    second: Option<Instant>,
    told: u32,
}

impl Readiness {
    /// A descriptor is readable; `false` if that was said already.
    pub(crate) fn report(&mut self, watch: u32) -> bool {
        let fresh = !self.waiting.contains(&watch);
        if fresh {
            self.waiting.push_back(watch);
        }
        fresh
    }

    /// The method does not watch it any more.
    pub(crate) fn forget(&mut self, watch: u32) {
        self.waiting.retain(|waiting| *waiting != watch);
    }

    /// The next one to tell, if there is one and the rate allows it.
    pub(crate) fn next(&mut self, now: Instant) -> Option<u32> {
        if self.second.is_none_or(|second| now.duration_since(second) >= SECOND) {
            self.second = Some(now);
            self.told = 0;
        }
        if self.told >= Limits::READABLE_PER_SECOND {
            return None;
        }
        let watch = self.waiting.pop_front()?;
        self.told += 1;
        Some(watch)
    }

    /// When to go on, if something waits.
    pub(crate) fn resumes(&self) -> Option<Instant> {
        if self.waiting.is_empty() { None } else { self.second.map(|second| second + SECOND) }
    }
}

const SECOND: Duration = Duration::from_secs(1);
