//! One lane's token bucket, exact in whole numbers.

use core::time::Duration;

/// One token in the units of a level: a lane of *n* tokens an hour gains *n* units a millisecond.
pub(super) const TOKEN: u64 = 3_600_000;

/// What one lane may guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Tokens of a full bucket.
    pub burst: u16,
    /// Tokens gained in a powered hour.
    pub per_hour: u16,
}

impl Allowance {
    /// Most guesses in a year of attack.
    #[must_use]
    pub fn guesses_a_year(&self) -> u64 {
        u64::from(self.burst) + u64::from(self.per_hour) * crate::bound::HOURS_A_YEAR
    }
}

/// Why no token was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The next token is there after so much powered time.
    Wait(Duration),
    /// The lane is closed until somebody logs in at the device (R44), or the policy has none.
    LaneClosed,
}

/// A lane's level at a moment of this boot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bucket {
    level: u64,
    at: Duration,
}

impl Bucket {
    /// A full bucket: only for a device that never ran before.
    pub(super) fn full(allowance: Allowance) -> Self {
        Self { level: u64::from(allowance.burst) * TOKEN, at: Duration::ZERO }
    }

    /// An empty one.
    pub(super) const fn empty() -> Self {
        Self { level: 0, at: Duration::ZERO }
    }

    /// As read after a boot: never above what the policy allows, and time off counts for nothing (R12).
    pub(super) fn restored(level: u64, allowance: Allowance) -> Self {
        Self { level: level.min(u64::from(allowance.burst) * TOKEN), at: Duration::ZERO }
    }

    /// The same for guesses: half a burst at most, so that whoever copies the image of a full bucket back ten thousand
    /// times stays within the year's bound (R49, F15). An owner who needs an eleventh guess right after a boot waits.
    pub(super) fn restored_for_guesses(level: u64, allowance: Allowance) -> Self {
        let half = u64::from(allowance.burst.div_ceil(2)) * TOKEN;
        Self { level: level.min(half), at: Duration::ZERO }
    }

    /// Level now. A clock that went back adds nothing.
    pub(super) fn level(&self, allowance: Allowance, since_boot: Duration) -> u64 {
        let passed = since_boot.saturating_sub(self.at).as_millis();
        let passed = u64::try_from(passed).unwrap_or(u64::MAX);
        let gained = passed.saturating_mul(u64::from(allowance.per_hour));
        self.level.saturating_add(gained).min(u64::from(allowance.burst) * TOKEN)
    }

    /// The bucket with one token less.
    pub(super) fn take(&self, allowance: Allowance, since_boot: Duration) -> Result<Self, Refusal> {
        let level = self.level(allowance, since_boot);
        match level.checked_sub(TOKEN) {
            Some(level) => Ok(Self { level, at: since_boot.max(self.at) }),
            None if allowance.per_hour == 0 || allowance.burst == 0 => Err(Refusal::LaneClosed),
            None => {
                let wait = (TOKEN - level).div_ceil(u64::from(allowance.per_hour));
                // The fraction of a millisecond already passed is not counted: up to one more.
                Err(Refusal::Wait(Duration::from_millis(wait)))
            }
        }
    }
}
