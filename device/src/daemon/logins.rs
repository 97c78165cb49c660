//! Who is logged in. In memory only: a boot ends every log-in, and so does every change of the password (R56).

use std::time::Duration;

use resetkit_core::{AccountName, Secret};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::ask::Token;
use crate::random;

/// Most log-ins at once (R47); the one idle longest makes way.
const LOGINS_MAX: usize = 64;
/// A log-in that was not used for so long is over.
const IDLE: Duration = Duration::from_secs(30 * 60);

/// SHA-256 of a token: what is kept in its place, so that no memory or file gives a token away.
pub(crate) type TokenHash = [u8; 32];

/// Draws a token and its hash.
#[must_use]
pub(crate) fn draw_token() -> (Token, TokenHash) {
    let token = Secret::new(data_encoding::BASE64URL_NOPAD.encode(random::secret_octets::<32>().as_ref()));
    let hash = hash_token(&token);
    (token, hash)
}

/// The hash of a token.
#[must_use]
pub(crate) fn hash_token(token: &Token) -> TokenHash {
    Sha256::digest(token.expose().as_bytes()).into()
}

/// Whether two hashes are the same, in constant time.
#[must_use]
pub(crate) fn same(a: &TokenHash, b: &TokenHash) -> bool {
    a.ct_eq(b).into()
}

/// So many wrong current passwords in a row end a log-in.
const WRONG_MAX: u8 = 5;

struct Login {
    token: TokenHash,
    account: AccountName,
    epoch: u32,
    used: Duration,
    /// Wrong current passwords in a row.
    wrong: u8,
}

/// All log-ins.
#[derive(Default)]
pub(crate) struct Logins(Vec<Login>);

impl Logins {
    /// A new log-in for this account, whose password is of this epoch.
    pub(crate) fn add(&mut self, account: AccountName, epoch: u32, now: Duration) -> Token {
        self.0.retain(|login| now.saturating_sub(login.used) < IDLE);
        if self.0.len() >= LOGINS_MAX {
            let idlest = self.0.iter().enumerate().min_by_key(|(_, login)| login.used).map(|(at, _)| at);
            idlest.map(|at| self.0.swap_remove(at));
        }
        let (token, hash) = draw_token();
        self.0.push(Login { token: hash, account, epoch, used: now, wrong: 0 });
        token
    }

    /// The account of a log-in that is not idle and whose password still holds.
    pub(crate) fn find(
        &mut self,
        token: &Token,
        now: Duration,
        epoch_of: impl Fn(&AccountName) -> Option<u32>,
    ) -> Option<AccountName> {
        let hash = hash_token(token);
        let login = self.0.iter_mut().find(|login| same(&login.token, &hash))?;
        let holds = now.saturating_sub(login.used) < IDLE && epoch_of(&login.account) == Some(login.epoch);
        login.used = now;
        holds.then(|| login.account.clone())
    }

    /// The current password was typed once more, and right.
    pub(crate) fn proved(&mut self, token: &Token) {
        let hash = hash_token(token);
        self.0.iter_mut().filter(|login| same(&login.token, &hash)).for_each(|login| login.wrong = 0);
    }

    /// It was wrong. `true`: once too often, and the log-in is over.
    pub(crate) fn refused(&mut self, token: &Token) -> bool {
        let hash = hash_token(token);
        let Some(login) = self.0.iter_mut().find(|login| same(&login.token, &hash)) else { return false };
        login.wrong = login.wrong.saturating_add(1);
        let over = login.wrong >= WRONG_MAX;
        if over {
            self.end(token);
        }
        over
    }

    /// Ends one.
    pub(crate) fn end(&mut self, token: &Token) {
        let hash = hash_token(token);
        self.0.retain(|login| !same(&login.token, &hash));
    }

    /// Ends all of all accounts.
    pub(crate) fn end_everybodys(&mut self) {
        self.0.clear();
    }

    /// Ends all of an account.
    pub(crate) fn end_all(&mut self, account: &AccountName) {
        self.0.retain(|login| login.account != *account);
    }
}
