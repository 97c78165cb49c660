//! The new password: staged, then made to hold in one commit with everything that ends by it (R41, R56, R60).

use std::sync::Arc;
use std::time::Duration;

use resetkit_core::{
    AccountName, AddressGrant, Event, FailureKind, Grant, KeptPlace, LastReset, Secret, SessionId, Ticket,
    TransactionId,
};

use crate::accounts::hashing::PasswordHash;
use crate::accounts::{AccountBackEnd, NotStaged, Staged, Verdict};
use crate::after::PlanRow;
use crate::daemon::sheets::outlives_reset;
use crate::daemon::{Daemon, Return};
use crate::sheets::{SheetRow, confirmed, spend};
use crate::state::{DecidedRow, State};

/// How often a back end is asked to carry out a decision before the owner is told that it holds; it is asked on after that.
const ASKED: usize = 3;

/// After how long it is asked on.
const ASK_AGAIN: Duration = Duration::from_secs(10);

/// Checks the password against the rules and stages it, off the loop.
pub(super) fn prepare(
    daemon: &mut Daemon,
    id: SessionId,
    ticket: Ticket,
    account: AccountName,
    password: Secret<String>,
) -> Option<Event> {
    // Only who holds the code of the mailbox comes here, so he may know that there is no such account.
    let Some(row) = daemon.store.state().account(&account) else {
        return Some(Event::PrepareFailed(ticket, FailureKind::BadAccountName));
    };
    let old = row.hash.clone();
    let (ground, transaction) = (Arc::clone(&daemon.ground), daemon.draw_transaction());
    daemon.slow.start_for_session(move || {
        let is_old = |typed: &str| ground.accounts.verify(old.as_ref(), &account, typed) == Verdict::Right;
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
    // A write that failed may have reached the disk all the same, and a boot would then find the decision: what it needs must be
    // there. Only a later write that succeeded says for sure that nothing was decided (R43).
    let certain = !daemon.storage_failed || daemon.change(|_, _| {});
    if daemon.ground.accounts.keeps_its_own() && certain {
        let accounts = Arc::clone(&daemon.ground.accounts);
        daemon.slow.start_unheard(move || accounts.drop_staged(transaction));
    }
    None
}

/// The decision: password, spent code, voided challenges, ended sessions and the banner, in one write or not at all.
pub(super) fn commit(daemon: &mut Daemon, id: SessionId, ticket: Ticket, grant: &Grant) -> Option<Event> {
    // One decision at a time: a second one in its place would leave a password that was promised and never comes (R60).
    if daemon.store.state().decided.is_some() {
        return Some(Event::CommitFailed(ticket, FailureKind::CommitFailed));
    }
    let staged =
        daemon.lives.get_mut(&id).and_then(|live| live.staged.take_if(|(staged, _)| *staged == grant.transaction()));
    let Some((transaction, staged)) = staged.filter(|_| grant.session() == id) else {
        return Some(Event::CommitFailed(ticket, FailureKind::CommitFailed));
    };
    let lane = daemon.lives.get(&id)?.lane;
    let request = *grant.spent().last()?;
    let last = LastReset { method: grant.method().clone(), lane, request };
    let (mark, outside) = match staged {
        Staged::InJournal(hash) => (Mark::Row(hash), None),
        Staged::Elsewhere => (Mark::Decided(transaction), Some(Outside::Decided(transaction))),
        Staged::Held(_, password) => (Mark::Spent, Some(Outside::Held(password))),
    };
    let Some(sheets) = sheets_after(daemon, id, grant) else {
        return Some(Event::CommitFailed(ticket, FailureKind::CommitFailed));
    };
    let mut plan = plan(daemon, grant.account(), request.value());
    if let Some(plan) = &mut plan {
        plan.sheet = outlives_reset(daemon, grant.account(), grant.kept().is_some());
    }
    let written = daemon.change(|state, ledger| {
        state.sheets = sheets;
        state.care.plan = plan;
        decide(state, grant.account(), mark);
        *ledger = ledger.clone().after_reset(last);
    });
    if !written {
        return Some(Event::CommitFailed(ticket, FailureKind::CommitFailed));
    }
    if let Some(live) = daemon.lives.get_mut(&id) {
        live.spent = grant.kept();
    }
    daemon.logins.end_all(grant.account());
    daemon.supersede_others(Some(id));
    let Some(outside) = outside else { return Some(Event::Committed(ticket)) };
    set_outside(daemon, id, ticket, grant.account().clone(), outside);
    None
}

/// The sheets as this decision leaves them: a code of a sheet goes with the password that it sets, in the same write (R14,
/// F12). `None` where the grant's code does not count any more.
fn sheets_after(daemon: &Daemon, id: SessionId, grant: &Grant) -> Option<Vec<SheetRow>> {
    let mut sheets = daemon.store.state().sheets.clone();
    // A back end that said no after the decision leaves the proof, so this session may have spent the code before: its mark is no
    // hindrance then, but a sheet that was removed or renewed since is.
    let before = daemon.lives.get(&id).and_then(|live| live.spent);
    let counts = |kept: KeptPlace| confirmed(&sheets, grant.account()).is_some_and(|sheet| sheet.number == kept.sheet);
    let holds = match grant.kept() {
        None => true,
        Some(kept) if before == Some(kept) => counts(kept),
        Some(kept) => spend(&mut sheets, grant.account(), kept.sheet, usize::from(kept.place)),
    };
    holds.then_some(sheets)
}

/// What a back end that keeps its own passwords is still to be asked for.
enum Outside {
    /// To carry out what the journal has decided on, under this number.
    Decided(TransactionId),
    /// To set this password, in the one call that it has (`atomic = false`).
    Held(Secret<String>),
}

/// Lets the back end set the password that was decided on, off the loop; the session hears of it then.
fn set_outside(daemon: &mut Daemon, id: SessionId, ticket: Ticket, account: AccountName, outside: Outside) {
    let accounts = Arc::clone(&daemon.ground.accounts);
    daemon.slow.start_for_session(move || {
        let done = match &outside {
            Outside::Held(password) => accounts.set(&account, password).is_ok(),
            Outside::Decided(transaction) => carry_out(accounts.as_ref(), *transaction),
        };
        if done {
            finish_outside(accounts.as_ref(), &account);
        }
        match outside {
            Outside::Held(_) if done => Return::Event(id, Event::Committed(ticket)),
            // The one call said no: the old password holds, the proof is kept, and the owner may try again.
            Outside::Held(_) => Return::Event(id, Event::CommitFailed(ticket, FailureKind::CommitFailed)),
            // It was decided, done or not; log-in stays closed until it is done.
            Outside::Decided(transaction) => {
                Return::CarriedOut { transaction, done, told: Some((id, Event::Committed(ticket))) }
            }
        }
    });
}

/// Who had the password that ends now, and for a while that password itself, to be recognised (never to open anything).
fn plan(daemon: &Daemon, account: &AccountName, request: u32) -> Option<PlanRow> {
    let now = daemon.store.powered_seconds(daemon.now());
    let old = daemon.store.state().account(account).and_then(|row| row.hash.clone());
    PlanRow::begin(&daemon.ground.config.site.after_reset, request, account.as_str(), now, old)
}

/// What the journal says of the password.
enum Mark {
    /// It is this row.
    Row(PasswordHash),
    /// It is what is staged under this number.
    Decided(TransactionId),
    /// Nothing: the code is spent, and the one call comes after it (`atomic = false`).
    Spent,
}

fn decide(state: &mut State, account: &AccountName, mark: Mark) {
    // All challenges of the device end, this one's with the others (R22).
    state.sessions.clear();
    if let Some(row) = state.account_mut(account) {
        row.epoch += 1;
        match mark {
            Mark::Row(hash) => row.hash = Some(hash),
            Mark::Decided(transaction) => {
                let account = account.to_string();
                state.decided = Some(DecidedRow { transaction: transaction.value(), account });
            }
            Mark::Spent => {}
        }
    }
}

fn carry_out(accounts: &dyn AccountBackEnd, transaction: TransactionId) -> bool {
    (0..ASKED).any(|_| accounts.commit(transaction))
}

fn finish_outside(accounts: &dyn AccountBackEnd, account: &AccountName) {
    accounts.end_sessions(account);
    accounts.clear_lockout(account);
}

/// Lets the back end carry out what the journal has decided; idempotent, also after a boot (R48, R60). Off the loop.
pub(crate) fn roll_forward(daemon: &mut Daemon) {
    let Some(DecidedRow { transaction, account }) = daemon.store.state().decided.clone() else { return };
    let (accounts, transaction) = (Arc::clone(&daemon.ground.accounts), TransactionId::new(transaction));
    daemon.slow.start_for_session(move || {
        let done = carry_out(accounts.as_ref(), transaction);
        if let Ok(account) = AccountName::parse(&account)
            && done
        {
            finish_outside(accounts.as_ref(), &account);
        }
        Return::CarriedOut { transaction, done, told: None }
    });
}

/// What the back end made of it. `None` done: log-in opens; otherwise it is asked again at this moment.
pub(crate) fn carried_out(daemon: &mut Daemon, transaction: TransactionId, done: bool) {
    let decided = daemon.store.state().decided.as_ref().map(|row| row.transaction);
    if decided != Some(transaction.value()) {
        return;
    }
    // A mark that cannot be taken off is found at the next boot, and carried out once more to no effect.
    if done && daemon.change(|state, _| state.decided = None) {
        daemon.ask_again = None;
        return;
    }
    tracing::error!("the account back end has not carried out the decision; log-in stays closed until it has");
    daemon.ask_again = Some(daemon.now().since_boot + ASK_AGAIN);
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
    let powered_seconds = daemon.store.powered_seconds(daemon.now());
    let written = daemon.change(|state, _| {
        state.care.tested = Some(powered_seconds);
        state.sessions.retain(|row| row.record.counter() != grant.spent());
        if let Some(email) = state.account_mut(grant.account()).and_then(|row| row.email.as_mut()) {
            email.confirmed = true;
        }
    });
    Some(if written { Event::AddressConfirmed(ticket) } else { Event::CommitFailed(ticket, FailureKind::CommitFailed) })
}
