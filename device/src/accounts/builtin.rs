//! The store that comes with the daemon: rows in the journal, Argon2id.

use std::sync::Arc;

use resetkit_core::{AccountName, Secret, TransactionId};

use super::hashing::{Hasher, PasswordHash};
use super::{AccountBackEnd, BackEndRules, NotStaged, Staged, Verdict};

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
    fn list(&self) -> Option<Vec<AccountName>> {
        None
    }

    fn keeps_its_own(&self) -> bool {
        false
    }

    fn rules(&self) -> BackEndRules {
        BackEndRules::default()
    }

    fn verify(&self, known: Option<&PasswordHash>, _account: &AccountName, password: &str) -> Verdict {
        if self.hasher.verify(known, password.as_bytes()) { Verdict::Right } else { Verdict::Wrong }
    }

    fn prepare(&self, _: TransactionId, _: &AccountName, password: &str) -> Result<Staged, NotStaged> {
        Ok(Staged::InJournal(self.hasher.hash(password.as_bytes())))
    }

    fn commit(&self, _: TransactionId) -> bool {
        true
    }

    fn set(&self, _: &AccountName, _: &Secret<String>) -> Result<(), NotStaged> {
        // Nothing is ever held for it.
        Err(NotStaged::Failed)
    }

    fn drop_staged(&self, _: TransactionId) {}

    fn end_sessions(&self, _: &AccountName) {}

    fn clear_lockout(&self, _: &AccountName) {}
}
