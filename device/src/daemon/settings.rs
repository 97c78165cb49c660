//! What the owner may change when he is logged in: the recovery address (R63).
//!
//! It opens the device to whoever reads its mail, so a log-in that somebody left open is not enough: the current password
//! is asked for. The old address hears of the change and keeps hearing of everything for a while, so that an intruder cannot
//! make his tracks silent.

use std::sync::Arc;

use resetkit_core::{AccountName, FailureKind, Lane, Secret};
use resetkit_protocol::Address;

use super::Daemon;
use super::ask::{LoggedIn, Reply, Token};
use super::entry::{Entry, PASSWORD_OCTETS_MAX, who};
use super::live::Return;
use crate::accounts::Verdict;
use crate::audit::Entry as Line;
use crate::problem::{Problem, Slip};
use crate::state::{AccountRow, Email, FORMER_MAX, Former, NoticeRow};

/// How long a former address still gets notices: 30 days of running time (R63).
const FORMER_SECONDS: u64 = 30 * 24 * 60 * 60;

/// A change whose password was compared.
pub(crate) struct Change {
    login: Token,
    account: AccountName,
    epoch: Option<u32>,
    verdict: Verdict,
    email: String,
    lane: Lane,
    reply: Reply<LoggedIn>,
}

/// Another address, or the first one. The password is compared off the loop, as at the log-in.
pub(crate) fn change_address(
    daemon: &mut Daemon,
    login: Token,
    password: Secret<String>,
    email: String,
    lane: Lane,
    reply: Reply<LoggedIn>,
) {
    let account = match check(daemon, &login, &password, &email) {
        Ok(account) => account,
        Err(problem) => return drop(reply.send(Err(problem))),
    };
    let row = daemon.store.state().account(&account);
    let (known, epoch) = (row.and_then(|row| row.hash.clone()), row.map(|row| row.epoch));
    let accounts = Arc::clone(&daemon.ground.accounts);
    // A job that is not started drops its reply: the door then says that the device is busy.
    daemon.slow.start(lane, move || {
        let verdict = accounts.verify(known.as_ref(), &account, password.expose());
        Return::Entry(Entry::ChangeAddress(Change { login, account, epoch, verdict, email, lane, reply }))
    });
}

fn check(daemon: &mut Daemon, login: &Token, password: &Secret<String>, email: &str) -> Result<AccountName, Problem> {
    let account = who(daemon, login)?.account;
    if Address::parse(email).is_err() {
        return Err(Slip::BadAddress.into());
    }
    // A decision that is not rolled forward keeps every password closed (R60).
    if password.expose().len() > PASSWORD_OCTETS_MAX || daemon.store.state().decided.is_some() {
        return Err(Slip::WrongPassword.into());
    }
    Ok(account)
}

/// The password was compared.
pub(crate) fn finish(daemon: &mut Daemon, change: Change) {
    let outcome = save(daemon, &change);
    drop(change.reply.send(outcome));
}

fn save(daemon: &mut Daemon, change: &Change) -> Result<LoggedIn, Problem> {
    let Change { login, account, epoch, verdict, email, lane, reply: _ } = change;
    // Log-in and password may have ended while the password was being compared.
    who(daemon, login)?;
    match verdict {
        Verdict::Right => {}
        Verdict::Wrong => return Err(Slip::WrongPassword.into()),
        Verdict::Unknown => return Err(FailureKind::AccountsUnavailable.into()),
    }
    let row = daemon.store.state().account(account).filter(|row| *epoch == Some(row.epoch));
    let row = row.ok_or(Slip::WrongPassword)?;
    if row.email.as_ref().is_some_and(|old| old.address == *email) {
        return who(daemon, login);
    }
    let now = daemon.now();
    let powered_seconds = daemon.store.powered_seconds(now);
    let written = daemon.change(|state, _| {
        let Some(row) = state.account_mut(account) else { return };
        replace(row, email, powered_seconds);
        let notice = NoticeRow {
            request: 0,
            lane: (*lane).into(),
            purpose: "address-changed".to_owned(),
            method: String::new(),
            account: account.to_string(),
            powered_seconds,
            wall: now.wall,
            to: row.recipients(powered_seconds),
        };
        state.queue(notice);
    });
    if !written {
        return Err(FailureKind::StoreFailed.into());
    }
    let what = Line { what: "address_changed", request: None, lane: Some(lane.as_str()), detail: None };
    daemon.log(&what);
    // Codes that are under way would still open the device by the old mailbox, and who knows the password needs none (R22).
    daemon.supersede_others(None);
    daemon.drain();
    who(daemon, login)
}

fn replace(row: &mut AccountRow, email: &str, powered_seconds: u64) {
    let old = row.email.replace(Email { address: email.to_owned(), confirmed: false });
    row.former.retain(|former| former.until_powered_seconds > powered_seconds);
    if let Some(old) = old {
        row.former.retain(|former| former.address != old.address);
        let until_powered_seconds = powered_seconds + FORMER_SECONDS;
        row.former.push(Former { address: old.address, until_powered_seconds });
    }
    // The youngest make way: an intruder cannot push the owner's address out by changing it again and again.
    row.former.truncate(FORMER_MAX);
}
