//! The current password, asked for once more: a log-in that somebody left open is not enough for what opens the device to
//! others.

use std::sync::Arc;

use resetkit_core::{AccountName, FailureKind, Lane, Secret};

use super::Daemon;
use super::ask::Token;
use super::entry::{Entry, PASSWORD_OCTETS_MAX, who};
use super::live::Return;
use crate::accounts::Verdict;
use crate::audit::Entry as Line;
use crate::problem::{Problem, Slip};

/// Who typed it, and what came of it.
pub(crate) struct Proof {
    pub(crate) login: Token,
    pub(crate) account: AccountName,
    epoch: Option<u32>,
    lane: Lane,
    verdict: Verdict,
}

/// Whose password it has to be.
///
/// # Errors
/// Where nobody is logged in by this token, or no password can be compared now.
pub(crate) fn check(daemon: &mut Daemon, login: &Token, password: &Secret<String>) -> Result<AccountName, Problem> {
    let account = who(daemon, login)?.account;
    // A decision that is not rolled forward keeps every password closed (R60).
    if password.expose().len() > PASSWORD_OCTETS_MAX || daemon.store.state().decided.is_some() {
        return Err(Slip::WrongPassword.into());
    }
    Ok(account)
}

/// Lets the password be compared off the loop, as at the log-in; `then` is made from the outcome there, and comes back.
/// A job that is not started drops what it holds: the door then says that the device is busy.
pub(crate) fn prove(
    daemon: &Daemon,
    login: Token,
    account: AccountName,
    password: Secret<String>,
    lane: Lane,
    then: impl FnOnce(Proof) -> Entry + Send + 'static,
) {
    let row = daemon.store.state().account(&account);
    let (known, epoch) = (row.and_then(|row| row.hash.clone()), row.map(|row| row.epoch));
    let accounts = Arc::clone(&daemon.ground.accounts);
    daemon.slow.start(lane, move || {
        let verdict = accounts.verify(known.as_ref(), &account, password.expose());
        Return::Entry(then(Proof { login, account, epoch, lane, verdict }))
    });
}

/// Whoever guesses at a log-in that was left open is seen, and soon has to log in again.
fn note_wrong(daemon: &mut Daemon, proof: &Proof) {
    daemon.care.logins_refused += 1;
    let lane = Some(proof.lane.as_str());
    daemon.log(&Line { lane, ..Line::of("current_password_wrong") });
    if daemon.logins.refused(&proof.login) {
        daemon.shown.retain(|shown| !shown.is_of(&proof.login));
        daemon.log(&Line { lane, ..Line::of("login_ended_by_wrong_passwords") });
    }
}

impl Proof {
    /// Whether it was the password; what follows may be slow only then.
    pub(crate) fn is_right(&self) -> bool {
        self.verdict == Verdict::Right
    }

    /// Whether it still is: log-in and password may have ended while the password was being compared.
    ///
    /// # Errors
    /// The reason to be told.
    pub(crate) fn holds(&self, daemon: &mut Daemon) -> Result<(), Problem> {
        who(daemon, &self.login)?;
        match self.verdict {
            Verdict::Right => daemon.logins.proved(&self.login),
            Verdict::Wrong => {
                note_wrong(daemon, self);
                return Err(Slip::WrongPassword.into());
            }
            Verdict::Unknown => return Err(FailureKind::AccountsUnavailable.into()),
        }
        let row = daemon.store.state().account(&self.account);
        row.filter(|row| self.epoch == Some(row.epoch)).map(drop).ok_or_else(|| Slip::WrongPassword.into())
    }
}
