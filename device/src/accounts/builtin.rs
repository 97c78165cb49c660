//! The store that comes with the daemon: rows in the journal, Argon2id.

use std::sync::Arc;

use resetkit_core::{AccountName, PASSWORD_CHARS_MAX, TransactionId};

use super::hashing::{Hasher, PasswordHash};
use super::{AccountBackEnd, BackEndRules, NotStaged, Staged};
use crate::state::State;

/// The built-in store.
pub struct BuiltIn {
    hasher: Arc<Hasher>,
}

impl BuiltIn {
    /// A store that hashes with this hasher, which codes share: one buffer at a time.
    #[must_use]
    pub fn new(hasher: Arc<Hasher>) -> Self {
        Self { hasher }
    }
}

impl AccountBackEnd for BuiltIn {
    fn list(&self, state: &State) -> Vec<AccountName> {
        state.accounts.iter().filter_map(|row| AccountName::parse(&row.name).ok()).collect()
    }

    fn rules(&self) -> BackEndRules {
        BackEndRules { min_chars: 1, max_chars: PASSWORD_CHARS_MAX }
    }

    fn verify(&self, known: Option<&PasswordHash>, _account: &AccountName, password: &str) -> bool {
        self.hasher.verify(known, password.as_bytes())
    }

    fn prepare(&self, _: TransactionId, _: &AccountName, password: &str) -> Result<Staged, NotStaged> {
        Ok(Staged::InJournal(self.hasher.hash(password.as_bytes())))
    }

    fn commit(&self, _: TransactionId) -> bool {
        true
    }

    fn drop_staged(&self, _: TransactionId) {}

    fn end_sessions(&self, _: &AccountName) {}

    fn clear_lockout(&self, _: &AccountName) {}
}
