//! Accounts: who has a password, and how it changes.
//!
//! ```text
//!   rules ─► owner types ─► prepare(stages, slow) ─► the journal's commit is the decision ─► commit(no secret, idempotent)
//! ```
//!
//! The built-in store keeps its rows in the journal itself, so password, spent challenge and session epoch change in one
//! write (R41). Another back end stages by itself; the journal then notes the decision, and at boot it is rolled forward before
//! any log-in opens (R48, R60).

mod builtin;
pub mod hashing;

pub use builtin::BuiltIn;

use resetkit_core::{AccountName, PasswordFlaw, TransactionId};

use crate::accounts::hashing::PasswordHash;
use crate::state::State;

/// What a back end can keep (R51).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackEndRules {
    /// Fewest characters.
    pub min_chars: u16,
    /// Most characters; never cut silently.
    pub max_chars: u16,
}

/// What `prepare` staged.
#[derive(Debug)]
pub enum Staged {
    /// A row for the journal: the decision itself carries it.
    InJournal(PasswordHash),
    /// The back end keeps it under the transaction's number and waits for `commit`.
    Elsewhere,
}

/// Why nothing was staged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotStaged {
    /// The password breaks a rule.
    Flawed(Vec<PasswordFlaw>),
    /// The back end could not.
    Failed,
}

/// Where passwords live. Slow verbs run on a blocking thread, one at a time.
pub trait AccountBackEnd: Send + Sync {
    /// Names of all accounts. Never shown before a log-in.
    fn list(&self, state: &State) -> Vec<AccountName>;
    /// What a password may be.
    fn rules(&self) -> BackEndRules;
    /// Is this the password of this account? As slow for an unknown account (F24). `known` is the account's row, if the
    /// back end keeps its rows in the journal.
    fn verify(&self, known: Option<&PasswordHash>, account: &AccountName, password: &str) -> bool;
    /// Stages a new password durably, or, for the journal's own rows, makes the row.
    ///
    /// # Errors
    /// [`NotStaged`]; the old password stays.
    fn prepare(&self, transaction: TransactionId, account: &AccountName, password: &str) -> Result<Staged, NotStaged>;
    /// Makes a staged password the password. No secret, any number of times, also after a boot.
    ///
    /// # Errors
    /// `false`: not done yet; log-in stays closed and it is asked again.
    fn commit(&self, transaction: TransactionId) -> bool;
    /// Forgets what was staged.
    fn drop_staged(&self, transaction: TransactionId);
    /// Ends all sessions that the firmware keeps for this account (R56).
    fn end_sessions(&self, account: &AccountName);
    /// Lets the account log in again, should the firmware have locked it out.
    fn clear_lockout(&self, account: &AccountName);
}
