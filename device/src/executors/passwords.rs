//! The new password: staged, then made to hold in one commit with everything that ends by it (R41, R56, R60).

use std::sync::Arc;

use resetkit_core::{
    AccountName, AddressGrant, Event, FailureKind, Grant, LastReset, Secret, SessionId, Ticket, TransactionId,
};

use crate::accounts::{NotStaged, Staged};
use crate::daemon::{Daemon, Return};
use crate::state::State;

/// Checks the password against the rules and stages it, off the loop.
pub(super) fn prepare(
    daemon: &mut Daemon,
    id: SessionId,
    ticket: Ticket,
    account: AccountName,
    password: Secret<String>,
) -> Option<Event> {
    // Only who holds the code of the mailbox comes here, so he may know that there is no such account.
    let Some(old) = daemon.store.state().account(&account).map(|row| row.hash.clone()) else {
        return Some(Event::PrepareFailed(ticket, FailureKind::BadAccountName));
    };
    let (ground, transaction) = (Arc::clone(&daemon.ground), daemon.draw_transaction());
    daemon.slow.start_for_session(move || {
        let is_old = |typed: &str| ground.accounts.verify(Some(&old), &account, typed);
        let flaws = crate::daemon::flaws(&ground, &account, password.expose(), &is_old);
        if !flaws.is_empty() {
            return Return::Event(id, Event::PasswordRefused(ticket, flaws));
        }
        match ground.accounts.prepare(transaction, &account, password.expose()) {
            Ok(staged) => Return::Staged(id, transaction, staged, Event::Prepared(ticket, transaction)),
            Err(NotStaged::Flawed(flaws)) => Return::Event(id, Event::PasswordRefused(ticket, flaws)),
            Err(NotStaged::Failed) => Return::Event(id, Event::PrepareFailed(ticket, FailureKind::PrepareFailed)),
        }
    });
    None
}

/// Forgets what was staged.
pub(super) fn drop_prepared(daemon: &mut Daemon, id: SessionId, transaction: TransactionId) -> Option<Event> {
    if let Some(live) = daemon.lives.get_mut(&id) {
        live.staged.take_if(|(staged, _)| *staged == transaction);
    }
    daemon.ground.accounts.drop_staged(transaction);
    None
}

/// The decision: password, spent code, voided challenges, ended sessions and the banner, in one write or not at all.
pub(super) fn commit(daemon: &mut Daemon, id: SessionId, ticket: Ticket, grant: &Grant) -> Option<Event> {
    let staged =
        daemon.lives.get_mut(&id).and_then(|live| live.staged.take_if(|(staged, _)| *staged == grant.transaction()));
    let Some((transaction, staged)) = staged.filter(|_| grant.session() == id) else {
        return Some(Event::CommitFailed(ticket, FailureKind::CommitFailed));
    };
    let lane = daemon.lives.get(&id)?.lane;
    let request = *grant.spent().last()?;
    let last = LastReset { method: grant.method().clone(), lane, request };
    let written = daemon.change(|state, ledger| {
        decide(state, grant, transaction, staged);
        *ledger = ledger.clone().after_reset(last);
    });
    if !written {
        return Some(Event::CommitFailed(ticket, FailureKind::CommitFailed));
    }
    roll_forward(daemon, transaction);
    daemon.logins.end_all(grant.account());
    daemon.ground.accounts.end_sessions(grant.account());
    daemon.ground.accounts.clear_lockout(grant.account());
    daemon.supersede_others(Some(id));
    Some(Event::Committed(ticket))
}

fn decide(state: &mut State, grant: &Grant, transaction: TransactionId, staged: Staged) {
    // All challenges of the device end, this one's with the others (R22).
    state.sessions.clear();
    if let Some(row) = state.account_mut(grant.account()) {
        row.epoch += 1;
        match staged {
            Staged::InJournal(hash) => row.hash = hash,
            Staged::Elsewhere => state.decided = Some(transaction.value()),
        }
    }
}

/// Lets the back end carry out what the journal has decided; idempotent, also after a boot (R48, R60).
pub(crate) fn roll_forward(daemon: &mut Daemon, transaction: TransactionId) {
    if daemon.store.state().decided != Some(transaction.value()) {
        return;
    }
    if daemon.ground.accounts.commit(transaction) {
        daemon.change(|state, _| state.decided = None);
    } else {
        tracing::error!("the account back end has not carried out the decision; log-in stays closed until it has");
    }
}

/// Marks the address as confirmed and its code as spent, in one write.
pub(super) fn confirm_address(
    daemon: &mut Daemon,
    id: SessionId,
    ticket: Ticket,
    grant: &AddressGrant,
) -> Option<Event> {
    // What was proved is the address that the code went to, not one that was entered since.
    let proved = daemon.lives.get(&id).filter(|_| grant.session() == id).and_then(|live| live.address.stored.clone());
    let same = |state: &State| {
        let row = state.account(grant.account());
        row.and_then(|row| row.email.as_ref()).is_some_and(|email| Some(&email.address) == proved.as_ref())
    };
    if !same(daemon.store.state()) {
        return Some(Event::CommitFailed(ticket, FailureKind::CommitFailed));
    }
    let written = daemon.change(|state, _| {
        state.sessions.retain(|row| row.record.counter() != grant.spent());
        if let Some(email) = state.account_mut(grant.account()).and_then(|row| row.email.as_mut()) {
            email.confirmed = true;
        }
    });
    Some(if written { Event::AddressConfirmed(ticket) } else { Event::CommitFailed(ticket, FailureKind::CommitFailed) })
}
