//! State and ledger behind the journal: every change is durable before it is true.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use resetkit_config::{BrandVersion, Floor};
use resetkit_core::{Allowances, Ledger, Now};

use crate::disk::Disk;
use crate::identity::Identity;
use crate::journal::{Found, Journal, JournalError};
use crate::state::State;

/// How the state was found at boot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// A device that never ran before.
    Fresh,
    /// As it was left.
    Kept,
    /// Not to be read: lowest levels, network lane closed (R44).
    Unreadable,
}

/// The brand pack of this start.
#[derive(Debug, Clone, Copy)]
pub struct Pack {
    /// Its version.
    pub version: BrandVersion,
    /// The firmware has not yet marked its update as good: the floor stays, so that the other slot can take over (R84).
    pub on_trial: bool,
}

/// Why there is no store.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The state folder, or the kernel.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The brand pack is older than one that this device has used; nothing was written (R38).
    #[error("the brand pack is below version {}", .0.0.0)]
    OlderBrand(Floor),
}

/// The one owner of the durable state.
pub struct Store {
    journal: Journal,
    state: State,
    ledger: Ledger,
    powered_before: u64,
    opened: Duration,
    condition: Condition,
}

impl Store {
    /// Opens the journal, holds the brand pack against its floor, and charges this boot, durably.
    ///
    /// # Errors
    /// Where the pack is too old, and where the slots cannot be read at all. That the boot cannot be *written* is no error here: the store then
    /// refuses every change, and recovery says why (R45).
    pub fn open(
        disk: &Arc<dyn Disk>,
        identity: &Identity,
        allowances: Allowances,
        now: Now,
        pack: Pack,
    ) -> Result<Self, OpenError> {
        let (journal, found) = Journal::open(Arc::clone(disk), identity.journal_key())?;
        let (state, condition) = match found {
            Found::State(octets) => match State::read(&octets) {
                Some(state) => (state, Condition::Kept),
                None => (State::default(), Condition::Unreadable),
            },
            Found::Nothing if !identity.is_born() => (State::default(), Condition::Fresh),
            Found::Nothing => (State::default(), Condition::Unreadable),
            // A first boot that was cut in the middle of its first commit never told anybody of anything.
            Found::Unreadable if !identity.is_born() => (State::default(), Condition::Fresh),
            Found::Unreadable => (State::default(), Condition::Unreadable),
        };
        let floor = Floor(BrandVersion(state.brand_floor));
        if pack.version < floor.0 {
            return Err(OpenError::OlderBrand(floor));
        }
        let floor = if pack.on_trial { floor.0 } else { pack.version };
        let ledger = match condition {
            Condition::Fresh => Ledger::first(allowances),
            Condition::Kept => Ledger::restore(state.ledger.clone().into(), allowances),
            Condition::Unreadable => Ledger::lowest(allowances),
        };
        let powered_before = state.powered_seconds;
        let mut store =
            Self { journal, state, ledger: ledger.charge_boot(), powered_before, opened: now.since_boot, condition };
        let lost = condition == Condition::Unreadable;
        let charged = store.change(now, |state, _| {
            state.was_unreadable |= lost;
            state.brand_floor = floor.0;
        });
        match charged {
            Ok(()) => identity.give_birth(disk.as_ref())?,
            Err(fault) => {
                tracing::error!(%fault, "this boot could not be charged; recovery is refused until the storage can be written")
            }
        }
        Ok(store)
    }

    /// How it was found.
    #[must_use]
    pub fn condition(&self) -> Condition {
        self.condition
    }

    /// The state that holds.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The counts that hold.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Powered seconds over all boots, as far as this daemon ran in them: when it starts again within a boot, that boot is
    /// not counted twice.
    #[must_use]
    pub fn powered_seconds(&self, now: Now) -> u64 {
        self.powered_before + now.since_boot.saturating_sub(self.opened).as_secs()
    }

    /// Changes state and ledger together, in one commit, or neither.
    ///
    /// # Errors
    /// See [`JournalError`]; the old ones then hold.
    pub fn change(&mut self, now: Now, change: impl FnOnce(&mut State, &mut Ledger)) -> Result<(), JournalError> {
        let (mut state, mut ledger) = (self.state.clone(), self.ledger.clone());
        change(&mut state, &mut ledger);
        state.ledger = ledger.record(now).into();
        state.powered_seconds = self.powered_seconds(now);
        self.journal.commit(&state.octets())?;
        (self.state, self.ledger) = (state, ledger);
        Ok(())
    }
}
