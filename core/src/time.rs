//! Time as an argument.
//!
//! Deadlines come from powered time only (CLOCK_BOOTTIME, so suspend counts, R20). R17 lets wall time shorten a
//! life but asks that a clock set thirty years off changes no verdict: so the engine does not read it at all.

use core::time::Duration;

/// The moment of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Powered time since boot (CLOCK_BOOTTIME).
    pub since_boot: Duration,
    /// Wall clock in seconds since 1970, if there is a clock. For audit entries; no decision reads it (R17).
    pub wall: Option<u64>,
}

impl Now {
    /// This long after boot, with no wall clock.
    #[must_use]
    pub const fn after_boot(since_boot: Duration) -> Self {
        Self { since_boot, wall: None }
    }
}

/// A moment at which the session wants to be woken with [`crate::Event::DeadlineReached`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// Powered time since boot.
    pub at: Duration,
    /// What it is for; goes back in the event.
    pub why: DeadlineReason,
}

/// Why a session wants to be woken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeadlineReason {
    /// A method had to start, be ready or ask for sealing by now.
    MethodStart,
    /// The daemon had to answer by now (sealing, storing).
    DeviceAnswer,
    /// The remaining life has to be written down (R19).
    Checkpoint,
    /// The life of the challenge ends.
    CodeExpires,
    /// The proof given ends; the new password was not chosen in time.
    ProofExpires,
    /// The next token is there; a code can be typed again (R8).
    TryAgain,
    /// Nobody did anything; the slot is wanted back.
    Idle,
    /// The mail with the code had to be accepted or refused by now.
    Delivery,
    /// The time in which the button may be held is over.
    PressWindow,
    /// The button's line was quiet for long enough to be believed.
    LineSettled,
}

impl DeadlineReason {
    /// All reasons.
    pub const ALL: [Self; 10] = [
        Self::MethodStart,
        Self::DeviceAnswer,
        Self::Checkpoint,
        Self::CodeExpires,
        Self::ProofExpires,
        Self::TryAgain,
        Self::Idle,
        Self::Delivery,
        Self::PressWindow,
        Self::LineSettled,
    ];
}

/// Whole minutes, for rules and records.
pub(crate) const fn minutes(count: u16) -> Duration {
    Duration::from_secs(count as u64 * 60)
}
