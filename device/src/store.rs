//! State and ledger behind the journal: every change is durable before it is true.

use std::io;
use std::sync::Arc;

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

/// The one owner of the durable state.
pub struct Store {
    journal: Journal,
    state: State,
    ledger: Ledger,
    powered_before: u64,
    condition: Condition,
}

impl Store {
    /// Opens the journal and charges this boot, durably.
    ///
    /// # Errors
    /// Where the slots cannot be read at all. That the boot cannot be *written* is no error here: the store then
    /// refuses every change, and recovery says why (R45).
    pub fn open(disk: &Arc<dyn Disk>, identity: &Identity, allowances: Allowances, now: Now) -> io::Result<Self> {
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
        let ledger = match condition {
            Condition::Fresh => Ledger::first(allowances),
            Condition::Kept => Ledger::restore(state.ledger.clone().into(), allowances),
            Condition::Unreadable => Ledger::lowest(allowances),
        };
        let powered_before = state.powered_seconds;
        let mut store = Self { journal, state, ledger: ledger.charge_boot(), powered_before, condition };
        let lost = condition == Condition::Unreadable;
        match store.change(now, |state, _| state.was_unreadable |= lost) {
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

    /// Powered seconds over all boots.
    #[must_use]
    pub fn powered_seconds(&self, now: Now) -> u64 {
        self.powered_before + now.since_boot.as_secs()
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
