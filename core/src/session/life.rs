//! Life of a challenge in powered time (§5.7): it ends, it may be extended up to a cap, and it is written down
//! every few minutes so that a cut of the power cannot lengthen it.

use super::Record;
use crate::{SessionRules, time::minutes};
use core::time::Duration;

/// All moments are powered time since boot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Life {
    ends: Duration,
    cap: Duration,
    checkpoint: Duration,
    boots_left: u8,
}

impl Life {
    /// Of a challenge made now.
    pub(super) fn begin(rules: &SessionRules, now: Duration) -> Self {
        Self {
            ends: now + minutes(rules.life_minutes),
            cap: now + minutes(rules.cap_minutes),
            checkpoint: now + minutes(rules.checkpoint_minutes),
            boots_left: rules.boots,
        }
    }

    /// Of a challenge read back after a boot that it has paid for.
    pub(super) fn go_on(record: &Record, rules: &SessionRules, now: Duration) -> Self {
        let left = minutes(record.minutes_left);
        Self {
            ends: now + left,
            cap: now + minutes(record.cap_minutes_left).max(left),
            checkpoint: now + minutes(rules.checkpoint_minutes),
            boots_left: record.boots_left,
        }
    }

    pub(super) const fn ends(&self) -> Duration {
        self.ends
    }

    /// When the rest has to be written down next.
    pub(super) const fn checkpoint(&self) -> Duration {
        self.checkpoint
    }

    pub(super) const fn boots_left(&self) -> u8 {
        self.boots_left
    }

    pub(super) fn is_over(&self, now: Duration) -> bool {
        now >= self.ends
    }

    pub(super) fn can_extend(&self) -> bool {
        self.ends < self.cap
    }

    pub(super) fn extend(&mut self, rules: &SessionRules) {
        self.ends = self.ends.saturating_add(minutes(rules.life_minutes)).min(self.cap);
    }

    /// The rest was handed to the journal now.
    pub(super) fn written(&mut self, rules: &SessionRules, now: Duration) {
        self.checkpoint = now + minutes(rules.checkpoint_minutes);
    }

    /// For the screen: a begun minute counts.
    pub(super) fn minutes_left(&self, now: Duration) -> u16 {
        minutes_up(self.ends.saturating_sub(now))
    }

    /// For the journal: a begun minute does not count.
    pub(super) fn minutes_to_write(&self, now: Duration) -> u16 {
        minutes_down(self.ends.saturating_sub(now))
    }

    /// For the journal: minutes up to the cap.
    pub(super) fn cap_to_write(&self, now: Duration) -> u16 {
        minutes_down(self.cap.saturating_sub(now))
    }
}

/// Whole minutes, a begun one counted.
pub(super) fn minutes_up(time: Duration) -> u16 {
    u16::try_from(time.as_millis().div_ceil(60_000)).unwrap_or(u16::MAX)
}

fn minutes_down(time: Duration) -> u16 {
    u16::try_from(time.as_secs() / 60).unwrap_or(u16::MAX)
}
