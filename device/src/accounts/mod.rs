//! Accounts: who has a password, and how it changes.
//!
//! ```text
//!   rules ─► owner types ─► prepare(stages, slow) ─► the journal's commit is the decision ─► commit(no secret, idempotent)
//! ```
//!
//! The built-in store keeps its rows in the journal itself, so password, spent challenge and session epoch change in one
//! write (R41). A back end of the firmware stages by itself; the journal then notes the decision, and at boot it is rolled
//! forward before any log-in opens (R48, R60).

mod builtin;
pub mod conformance;
mod exec;
pub mod hashing;
mod program;

pub use builtin::BuiltIn;
pub use exec::{Exec, ExecError, read_rules};
pub use program::{Ended, NotTrusted, Program, ProgramFault};

use resetkit_core::{AccountName, PASSWORD_CHARS_MAX, PasswordFlaw, Secret, TransactionId};

use crate::accounts::hashing::PasswordHash;

/// Which characters a back end can keep.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Alphabet {
    /// All of Unicode (R50).
    #[default]
    Any,
    /// All but control characters: what is kept as one line of text.
    NoControl,
    /// `0x20` to `0x7E`.
    PrintableAscii,
}

impl Alphabet {
    /// Stable name, for API and rules.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::NoControl => "no-control",
            Self::PrintableAscii => "printable-ascii",
        }
    }

    /// Whether it has this character.
    #[must_use]
    pub fn has(self, c: char) -> bool {
        match self {
            Self::Any => true,
            Self::NoControl => !c.is_control(),
            Self::PrintableAscii => matches!(c, ' '..='~'),
        }
    }
}

/// What a back end can keep (R51).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackEndRules {
    /// Fewest characters.
    pub min_chars: u16,
    /// Most characters; never cut silently.
    pub max_chars: u16,
    /// Most octets of UTF-8; never cut silently.
    pub max_octets: u16,
    /// Which characters.
    pub alphabet: Alphabet,
}

impl Default for BackEndRules {
    /// No rule beyond the daemon's own bound.
    fn default() -> Self {
        Self {
            min_chars: 1,
            max_chars: PASSWORD_CHARS_MAX,
            max_octets: 4 * PASSWORD_CHARS_MAX,
            alphabet: Alphabet::Any,
        }
    }
}

impl BackEndRules {
    /// What of a password cannot be kept, beside the number of its characters.
    #[must_use]
    pub fn flaw(&self, password: &str) -> Option<PasswordFlaw> {
        if password.len() > usize::from(self.max_octets) {
            return Some(PasswordFlaw::TooLong);
        }
        (!password.chars().all(|c| self.alphabet.has(c))).then_some(PasswordFlaw::Character)
    }
}

/// Is it the password?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Verdict {
    /// Yes.
    Right,
    /// No, or there is no such account: nobody learns which.
    Wrong,
    /// The back end gave no answer; nobody is let in.
    Unknown,
}

/// What `prepare` staged.
#[derive(Debug)]
pub enum Staged {
    /// A row for the journal: the decision itself carries it.
    InJournal(PasswordHash),
    /// The back end keeps it under the transaction's number and waits for `commit`.
    Elsewhere,
    /// The back end has one call only (`atomic = false`); the password waits in memory, and `set` follows the decision.
    Held(AccountName, Secret<String>),
}

/// Why nothing was staged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotStaged {
    /// The password breaks a rule.
    Flawed(Vec<PasswordFlaw>),
    /// The back end could not.
    Failed,
}

/// Where passwords live. All verbs may be slow: they run on a blocking thread.
pub trait AccountBackEnd: Send + Sync {
    /// Names of all accounts, if the back end keeps them itself and answers. Never shown before a log-in.
    fn list(&self) -> Option<Vec<AccountName>>;
    /// Whether accounts and passwords live outside the journal.
    fn keeps_its_own(&self) -> bool;
    /// What a password may be.
    fn rules(&self) -> BackEndRules;
    /// Is this the password of this account? As slow for an unknown account (F24). `known` is the account's row, if the
    /// back end keeps its rows in the journal.
    fn verify(&self, known: Option<&PasswordHash>, account: &AccountName, password: &str) -> Verdict;
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
    /// Sets a password in one call, after the decision.
    ///
    /// # Errors
    /// [`NotStaged`]; the old password stays.
    fn set(&self, account: &AccountName, password: &Secret<String>) -> Result<(), NotStaged>;
    /// Forgets what was staged.
    fn drop_staged(&self, transaction: TransactionId);
    /// Ends all sessions that the firmware keeps for this account (R56).
    fn end_sessions(&self, account: &AccountName);
    /// Lets the account log in again, should the firmware have locked it out.
    fn clear_lockout(&self, account: &AccountName);
}
