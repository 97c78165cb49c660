//! Which counters of a device were taken: a window of 64 below the highest (R32), as RFC 4303 does against replay.
//!
//! ```text
//!        too old │ 64 counters, one bit each │ new: the window moves up
//!   ─────────────┼───────────────────────────┼────────────────────────▶ counter
//!            highest-63                   highest
//! ```

/// Width of the window.
const WIDTH: u32 = 64;

/// Counters taken so far.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Window {
    /// The highest counter taken, if any was.
    pub highest: Option<u32>,
    /// Bit n is set when `highest - n` was taken.
    pub taken: u64,
}

/// Where a counter stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Never taken, and in or above the window.
    Free,
    /// Taken before.
    Taken,
    /// Below the window, so it cannot be told.
    TooOld,
}

impl Window {
    /// Where `counter` stands.
    #[must_use]
    pub const fn standing(&self, counter: u32) -> Standing {
        let Some(highest) = self.highest else {
            return Standing::Free;
        };
        if counter > highest {
            return Standing::Free;
        }
        let back = highest - counter;
        if back >= WIDTH {
            Standing::TooOld
        } else if self.taken & (1 << back) != 0 {
            Standing::Taken
        } else {
            Standing::Free
        }
    }

    /// The window with `counter` taken. Only for a counter that is free.
    #[must_use]
    pub const fn take(self, counter: u32) -> Self {
        let Some(highest) = self.highest else {
            return Self { highest: Some(counter), taken: 1 };
        };
        if counter <= highest {
            let back = highest - counter;
            let bit = if back < WIDTH { 1 << back } else { 0 };
            return Self { taken: self.taken | bit, ..self };
        }
        let up = counter - highest;
        let moved = if up < WIDTH { self.taken << up } else { 0 };
        Self { highest: Some(counter), taken: moved | 1 }
    }
}
