//! What the owner may change when he is logged in: the recovery address (R63).
//!
//! It opens the device to whoever reads its mail, so a log-in that somebody left open is not enough: the current password
//! is asked for. The old address hears of the change and keeps hearing of everything for a while, so that an intruder cannot
//! make his tracks silent.

use resetkit_core::{FailureKind, Lane, Secret};
use resetkit_protocol::Address;

use super::Daemon;
use super::ask::{LoggedIn, Reply, Token};
use super::entry::{Entry, who};
use super::proving::{Proof, check, prove};
use crate::audit::Entry as Line;
use crate::problem::{Problem, Slip};
use crate::state::{AccountRow, Email, FORMER_MAX, Former, NoticeRow};

/// How long a former address still gets notices: 30 days of running time (R63).
const FORMER_SECONDS: u64 = 30 * 24 * 60 * 60;

/// A change whose password was compared.
pub(crate) struct Change {
    proof: Proof,
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
    let account = match check(daemon, &login, &password) {
        Ok(_) if Address::parse(&email).is_err() => return drop(reply.send(Err(Slip::BadAddress.into()))),
        Ok(account) => account,
        Err(problem) => return drop(reply.send(Err(problem))),
    };
    prove(daemon, login, account, password, lane, move |proof| {
        Entry::ChangeAddress(Change { proof, email, lane, reply })
    });
}

/// The password was compared.
pub(crate) fn finish(daemon: &mut Daemon, change: Change) {
    let outcome = save(daemon, &change);
    drop(change.reply.send(outcome));
}

fn save(daemon: &mut Daemon, change: &Change) -> Result<LoggedIn, Problem> {
    let Change { proof, email, lane, reply: _ } = change;
    proof.holds(daemon)?;
    let (login, account) = (&proof.login, &proof.account);
    let row = daemon.store.state().account(account).ok_or(Slip::WrongPassword)?;
    if row.email.as_ref().is_some_and(|old| old.address == *email) {
        return who(daemon, login);
    }
    let now = daemon.now();
    let powered_seconds = daemon.store.powered_seconds(now);
    let purpose = if reset_lately(daemon, powered_seconds) { "address-changed-after-reset" } else { "address-changed" };
    let written = daemon.change(|state, _| {
        state.care.tested = None;
        let Some(row) = state.account_mut(account) else { return };
        replace(row, email, powered_seconds);
        let notice = NoticeRow {
            request: 0,
            lane: (*lane).into(),
            purpose: purpose.to_owned(),
            method: String::new(),
            account: account.to_string(),
            powered_seconds,
            wall: now.wall,
            sheet: None,
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

/// Whether somebody came in by recovery not long ago: the old address is then told in other words, for this is how an intruder
/// would take a device over.
fn reset_lately(daemon: &Daemon, powered_seconds: u64) -> bool {
    let uses = daemon.store.state().methods.iter().filter_map(|row| row.last);
    uses.map(|last| last.powered_seconds + FORMER_SECONDS).any(|until| until > powered_seconds)
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
