//! What the whole device counts, over all sessions: tokens of each lane, challenge numbers, the last reset.
//!
//! Pure: a [`Ledger`] goes in, another comes out, [`LedgerRecord`] is what the journal writes. Tokens in place of
//! lock-outs (R8): nobody can lock the owner out, and no reboot, crash or change of the clock adds a token (R12).

mod bucket;
mod press;
mod slots;

pub use bucket::{Allowance, Refusal};
pub use press::{PressDesk, PressTurn};
pub use slots::{Admission, OpenSlot, SlotRules, admit};

use crate::{Counter, FailureKind, Lane, MethodId, Now};
use bucket::Bucket;

/// What each lane may guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowances {
    /// The local screen: 20 at once, 10 a powered hour.
    pub console: Allowance,
    /// The network: 10 at once, 4 a powered hour. Zero switches the lane off.
    pub network: Allowance,
    /// The reserved attempt of a physical press: 1 at once, 11 a powered hour (R10).
    pub button: Allowance,
    /// Codes that may be *made* for console and button: 12 at once, 30 a powered hour.
    pub console_codes: Allowance,
    /// Codes that may be made for the network: 6 at once, 6 a powered hour.
    ///
    /// With the console's this is 54 in the default life of a code: less than the relay's window of 64 (R32), so that
    /// nobody can push the owner's challenge out of the window by asking for others, nor wear the flash (R46).
    pub network_codes: Allowance,
}

impl Default for Allowances {
    fn default() -> Self {
        Self {
            console: Allowance { burst: 20, per_hour: 10 },
            network: Allowance { burst: 10, per_hour: 4 },
            button: Allowance { burst: 1, per_hour: 11 },
            console_codes: Allowance { burst: 12, per_hour: 30 },
            network_codes: Allowance { burst: 6, per_hour: 6 },
        }
    }
}

impl Allowances {
    /// Most guesses in a year of attack, over all lanes.
    #[must_use]
    pub fn guesses_a_year(&self) -> u64 {
        [self.console, self.network, self.button].iter().map(Allowance::guesses_a_year).sum()
    }

    /// Most codes that can be made while one code of `minutes` lives; to stay below the relay's window (R32).
    #[must_use]
    pub fn codes_within(&self, minutes: u16) -> u64 {
        let of = |allowance: Allowance| {
            u64::from(allowance.burst) + (u64::from(allowance.per_hour) * u64::from(minutes)).div_ceil(60)
        };
        of(self.console_codes) + of(self.network_codes)
    }

    const fn of(&self, lane: Lane) -> Allowance {
        match lane {
            Lane::Console => self.console,
            Lane::Network => self.network,
            Lane::Button => self.button,
        }
    }
}

/// The last reset that succeeded, for the screen and the banner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastReset {
    /// By which method.
    pub method: MethodId,
    /// On which lane.
    pub lane: Lane,
    /// The request number.
    pub request: Counter,
}

/// A ledger as the journal writes it. Levels are in parts of a token, see [`LedgerRecord::TOKEN`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerRecord {
    /// Level of the console lane.
    pub console: u64,
    /// Level of the network lane.
    pub network: u64,
    /// Level of the button lane.
    pub button: u64,
    /// Level of the codes made for console and button.
    pub console_codes: u64,
    /// Level of the codes made for the network.
    pub network_codes: u64,
    /// Whether the network lane is open at all (R44).
    pub network_open: bool,
    /// Number of the last challenge; 0 before the first.
    pub counter: u32,
    /// Boots seen.
    pub boots: u32,
    /// Resets that succeeded.
    pub resets: u32,
    /// The last of them.
    pub last_reset: Option<LastReset>,
}

impl LedgerRecord {
    /// One whole token in the units of a level.
    pub const TOKEN: u64 = bucket::TOKEN;
}

/// What the whole device counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    allowances: Allowances,
    console: Bucket,
    network: Bucket,
    button: Bucket,
    console_codes: Bucket,
    network_codes: Bucket,
    network_open: bool,
    counter: u32,
    boots: u32,
    resets: u32,
    last_reset: Option<LastReset>,
}

impl Ledger {
    /// The ledger of a device that never ran before: full buckets, counter 0.
    #[must_use]
    pub fn first(allowances: Allowances) -> Self {
        Self {
            console: Bucket::full(allowances.console),
            network: Bucket::full(allowances.network),
            button: Bucket::full(allowances.button),
            console_codes: Bucket::full(allowances.console_codes),
            network_codes: Bucket::full(allowances.network_codes),
            network_open: true,
            counter: 0,
            boots: 0,
            resets: 0,
            last_reset: None,
            allowances,
        }
    }

    /// The ledger when state cannot be read: console and button at the lowest level, so that the owner waits at
    /// most six minutes, and the network lane closed (R44). The counter is lost; the relay will say *enrol again*.
    #[must_use]
    pub fn lowest(allowances: Allowances) -> Self {
        Self {
            console: Bucket::empty(),
            network: Bucket::empty(),
            button: Bucket::empty(),
            console_codes: Bucket::empty(),
            network_codes: Bucket::empty(),
            network_open: false,
            ..Self::first(allowances)
        }
    }

    /// The ledger read back after a boot. Time off counts for nothing, and no level is above the policy (R12), nor above
    /// half a burst of guesses (R49).
    #[must_use]
    pub fn restore(record: LedgerRecord, allowances: Allowances) -> Self {
        Self {
            console: Bucket::restored_for_guesses(record.console, allowances.console),
            network: Bucket::restored_for_guesses(record.network, allowances.network),
            button: Bucket::restored_for_guesses(record.button, allowances.button),
            console_codes: Bucket::restored(record.console_codes, allowances.console_codes),
            network_codes: Bucket::restored(record.network_codes, allowances.network_codes),
            network_open: record.network_open,
            counter: record.counter,
            boots: record.boots,
            resets: record.resets,
            last_reset: record.last_reset,
            allowances,
        }
    }

    /// What the journal writes, with the levels of this moment.
    #[must_use]
    pub fn record(&self, now: Now) -> LedgerRecord {
        let level = |lane| self.bucket(lane).level(self.allowances.of(lane), now.since_boot);
        LedgerRecord {
            console: level(Lane::Console),
            network: level(Lane::Network),
            button: level(Lane::Button),
            console_codes: self.console_codes.level(self.allowances.console_codes, now.since_boot),
            network_codes: self.network_codes.level(self.allowances.network_codes, now.since_boot),
            network_open: self.network_open,
            counter: self.counter,
            boots: self.boots,
            resets: self.resets,
            last_reset: self.last_reset.clone(),
        }
    }

    /// The ledger with one token of this lane less. To be made durable *before* the guess is looked at (R11).
    ///
    /// # Errors
    /// [`Refusal`] with the wait until the next token.
    pub fn take(&self, lane: Lane, now: Now) -> Result<Self, Refusal> {
        let allowance = self.allowances.of(lane);
        match lane {
            Lane::Console => Ok(Self { console: self.console.take(allowance, now.since_boot)?, ..self.clone() }),
            Lane::Network if !self.network_open => Err(Refusal::LaneClosed),
            Lane::Network => Ok(Self { network: self.network.take(allowance, now.since_boot)?, ..self.clone() }),
            Lane::Button => Ok(Self { button: self.button.take(allowance, now.since_boot)?, ..self.clone() }),
        }
    }

    /// Whole tokens of a lane now.
    #[must_use]
    pub fn tokens(&self, lane: Lane, now: Now) -> u64 {
        self.bucket(lane).level(self.allowances.of(lane), now.since_boot) / bucket::TOKEN
    }

    /// Whether the network lane is open.
    #[must_use]
    pub const fn network_open(&self) -> bool {
        self.network_open
    }

    /// The ledger with the next challenge number, to be made durable before display (R32).
    ///
    /// # Errors
    /// [`FailureKind::CodesTryLater`] if too many were made for this lane lately, [`FailureKind::LaneClosed`] if the
    /// network lane is closed, [`FailureKind::CountersSpent`] after 2^32 − 1: the device must be enrolled again.
    pub fn next_counter(&self, lane: Lane, now: Now) -> Result<(Self, Counter), FailureKind> {
        let counter = self.counter.checked_add(1).ok_or(FailureKind::CountersSpent)?;
        let mut next = Self { counter, ..self.clone() };
        let (bucket, allowance) = match lane {
            Lane::Console | Lane::Button => (&mut next.console_codes, self.allowances.console_codes),
            Lane::Network if !self.network_open => return Err(FailureKind::LaneClosed),
            Lane::Network => (&mut next.network_codes, self.allowances.network_codes),
        };
        *bucket = bucket.take(allowance, now.since_boot).map_err(|refusal| match refusal {
            Refusal::Wait(_) => FailureKind::CodesTryLater,
            Refusal::LaneClosed => FailureKind::LaneClosed,
        })?;
        Ok((next, Counter::new(counter)))
    }

    /// The ledger after one more boot. It gains nothing by it (R12).
    #[must_use]
    pub fn charge_boot(self) -> Self {
        Self { boots: self.boots.saturating_add(1), ..self }
    }

    /// The ledger after a reset that succeeded; goes into the same commit as the password.
    #[must_use]
    pub fn after_reset(self, last: LastReset) -> Self {
        Self { resets: self.resets.saturating_add(1), last_reset: Some(last), network_open: true, ..self }
    }

    /// The ledger with the network lane open again: somebody logged in on a screen of the device (R44).
    #[must_use]
    pub fn after_login(self) -> Self {
        Self { network_open: true, ..self }
    }

    /// The last reset that succeeded.
    #[must_use]
    pub const fn last_reset(&self) -> Option<&LastReset> {
        self.last_reset.as_ref()
    }

    /// Resets that succeeded.
    #[must_use]
    pub const fn resets(&self) -> u32 {
        self.resets
    }

    /// Boots seen.
    #[must_use]
    pub const fn boots(&self) -> u32 {
        self.boots
    }

    const fn bucket(&self, lane: Lane) -> &Bucket {
        match lane {
            Lane::Console => &self.console,
            Lane::Network => &self.network,
            Lane::Button => &self.button,
        }
    }
}
