//! Set-up and log-in: the two ways in that are no recovery.

use std::sync::Arc;

use resetkit_config::PasswordContext;
use resetkit_core::{AccountName, FailureKind, Lane, PasswordFlaw, Secret, TransactionId};
use resetkit_protocol::Address;

use super::ask::{AddressState, Banner, LoggedIn, Reply, Token};
use super::live::Return;
use super::{Daemon, Ground, care, handing_over, settings, sheets};
use crate::accounts::hashing::PasswordHash;
use crate::accounts::{NotStaged, Staged, Verdict};
use crate::audit::Entry as Line;
use crate::executors;
use crate::problem::{Problem, Slip};
use crate::sheets::still_counts;
use crate::state::{AccountRow, DecidedRow, Email, State};

/// Longest password that is looked at, in octets (R47): 1,024 characters of four octets.
pub(crate) const PASSWORD_OCTETS_MAX: usize = 4096;

/// A log-in or set-up whose slow part is done.
pub(crate) enum Entry {
    /// Was it the password?
    LogIn {
        account: AccountName,
        epoch: Option<u32>,
        verdict: Verdict,
        interactive: bool,
        lane: Lane,
        /// A client of the site file came with the password that was reset, in its quiet window.
        forgiven: Option<String>,
        reply: Reply<Token>,
    },
    /// Was it the current password?
    ChangeAddress(settings::Change),
    /// Was it, and which codes are made.
    SheetMade(sheets::Made),
    /// Was it one of the new codes?
    SheetTypedBack(sheets::TypedBack),
    /// Was it, before the clients are told?
    UpdateClients(care::Update),
    /// Was it the current password?
    HandOver(handing_over::Leave),
    /// The firmware has accounts already: nobody sets this device up.
    Found { listed: Vec<AccountName>, reply: Reply<Token> },
    /// The first password is hashed.
    SetUp { first: Result<First, NotStaged>, email: Option<String>, reply: Reply<Token> },
}

/// The first password, as far as the journal has to know it.
pub(crate) enum First {
    /// This row.
    Row(PasswordHash),
    /// What the back end staged under this number.
    Staged(TransactionId),
    /// The back end has set it already (`atomic = false`).
    Set,
}

/// What of a new password breaks a rule of length or the blocklist (R50, R53). Slow only where `is_old` is.
pub(crate) fn flaws(
    ground: &Ground,
    account: &AccountName,
    password: &str,
    is_old: &dyn Fn(&str) -> bool,
) -> Vec<PasswordFlaw> {
    let rules = ground.password_rules();
    let count = password.chars().count();
    if password.len() > PASSWORD_OCTETS_MAX || count > usize::from(rules.max_chars) {
        return vec![PasswordFlaw::TooLong];
    }
    if let Some(flaw) = ground.accounts.rules().flaw(password) {
        return vec![flaw];
    }
    let short = (count < usize::from(rules.min_chars)).then_some(PasswordFlaw::TooShort);
    let names = ground.device_names();
    let context = PasswordContext { device_names: &names, account: account.as_str(), is_old_password: Some(is_old) };
    short.into_iter().chain(ground.blocklist.reason(password, &context).map(resetkit_config::Blocked::flaw)).collect()
}

/// First set-up. The network may do it only on a device that never had a state to lose (R44).
pub(crate) fn set_up(
    daemon: &mut Daemon,
    password: Secret<String>,
    email: Option<String>,
    lane: Lane,
    reply: Reply<Token>,
) {
    match check_set_up(daemon, &password, email.as_deref(), lane) {
        Err(problem) => drop(reply.send(Err(problem))),
        Ok(()) => {
            let (ground, transaction) = (Arc::clone(&daemon.ground), daemon.draw_transaction());
            let mut parts = Some((email, reply));
            let job = move || {
                let (email, reply) = parts.take().expect("a job runs once");
                match ground.accounts.keeps_its_own().then(|| ground.accounts.list()) {
                    None => {}
                    // No account in the journal is no word of the firmware: it may only have been silent at the boot (R44).
                    Some(None) => {
                        let first = Err(NotStaged::Failed);
                        return Return::Entry(Entry::SetUp { first, email, reply });
                    }
                    Some(Some(listed)) if listed.is_empty() => {}
                    Some(Some(listed)) => return Return::Entry(Entry::Found { listed, reply }),
                }
                let staged = ground.accounts.prepare(transaction, &ground.admin, password.expose());
                let first = staged.and_then(|staged| match staged {
                    Staged::InJournal(hash) => Ok(First::Row(hash)),
                    Staged::Elsewhere => Ok(First::Staged(transaction)),
                    // No code is spent by a set-up, so the call comes first: a cut after it finds a device to be set up.
                    Staged::Held(account, password) => ground.accounts.set(&account, &password).map(|()| First::Set),
                });
                Return::Entry(Entry::SetUp { first, email, reply })
            };
            // A job that is not started drops its reply: the door then says that the device is busy.
            daemon.slow.start(lane, job);
        }
    }
}

fn check_set_up(daemon: &Daemon, password: &Secret<String>, email: Option<&str>, lane: Lane) -> Result<(), Problem> {
    let state = daemon.store.state();
    if !state.accounts.is_empty() {
        return Err(Slip::AlreadySetUp.into());
    }
    if state.was_unreadable && lane == Lane::Network {
        return Err(Slip::ConsoleOnly.into());
    }
    if email.is_some_and(|email| Address::parse(email).is_err()) {
        return Err(Slip::BadAddress.into());
    }
    let flaws = flaws(&daemon.ground, &daemon.ground.admin, password.expose(), &|_| false);
    if flaws.is_empty() { Ok(()) } else { Err(Problem::Flaws(flaws)) }
}

/// Who logs in, beside account and password.
pub(crate) struct From {
    /// A person at a screen (R22).
    pub(crate) interactive: bool,
    /// Which client of the site file says that it is.
    pub(crate) client: Option<String>,
    /// Where.
    pub(crate) lane: Lane,
}

/// Log-in: the password is compared off the loop, at the same cost whether the account exists or not (F24).
pub(crate) fn log_in(daemon: &mut Daemon, account: String, password: Secret<String>, from: From, reply: Reply<Token>) {
    let From { interactive, client, lane } = from;
    let named = AccountName::parse(&account).ok().filter(|_| password.expose().len() <= PASSWORD_OCTETS_MAX);
    // A decision that is not rolled forward keeps log-in closed (R60).
    let Some(account) = named.filter(|_| daemon.store.state().decided.is_none()) else {
        drop(reply.send(Err(Slip::LogInRefused.into())));
        return;
    };
    let row = daemon.store.state().account(&account);
    let (known, epoch) = (row.and_then(|row| row.hash.clone()), row.map(|row| row.epoch));
    let (accounts, hasher) = (Arc::clone(&daemon.ground.accounts), Arc::clone(&daemon.ground.hasher));
    let powered = daemon.store.powered_seconds(daemon.now());
    let plan = daemon.store.state().care.plan.as_ref();
    let old = client.as_ref().and_then(|client| plan?.forgives(client, account.as_str(), powered).cloned());
    daemon.slow.start(lane, move || {
        let verdict = accounts.verify(known.as_ref(), &account, password.expose());
        // Whoever names a client waits for a second hash, whether there is one to compare with or not: how long it takes must
        // not tell names of the list, nor that there was a reset (F24).
        let came_with_old =
            |_: &String| verdict == Verdict::Wrong && hasher.verify(old.as_ref(), password.expose().as_bytes());
        let forgiven = client.filter(came_with_old);
        Return::Entry(Entry::LogIn { account, epoch, verdict, interactive, lane, forgiven, reply })
    });
}

/// The slow part is done.
pub(crate) fn finish(daemon: &mut Daemon, entry: Entry) {
    match entry {
        Entry::LogIn { account, epoch, verdict, interactive, lane, forgiven, reply } => {
            match (&forgiven, verdict) {
                (Some(client), _) => care::forgive(daemon, client),
                (None, Verdict::Wrong) => daemon.care.logins_refused += 1,
                (None, Verdict::Right | Verdict::Unknown) => {}
            }
            let outcome = let_in(daemon, &account, epoch, verdict)
                .map(|epoch| logged_in(daemon, account, epoch, interactive, lane));
            drop(reply.send(outcome));
        }
        Entry::ChangeAddress(change) => settings::finish(daemon, change),
        Entry::SheetMade(made) => sheets::made(daemon, made),
        Entry::SheetTypedBack(typed) => sheets::typed_back(daemon, typed),
        Entry::UpdateClients(update) => care::finish_update(daemon, update),
        Entry::HandOver(leave) => handing_over::finish(daemon, leave),
        Entry::Found { listed, reply } => {
            adopt(daemon, &listed);
            drop(reply.send(Err(Slip::AlreadySetUp.into())));
        }
        Entry::SetUp { first, email, reply } => {
            let outcome = first.map_err(not_staged).and_then(|first| save_set_up(daemon, first, email));
            drop(reply.send(outcome));
            executors::passwords::roll_forward(daemon);
        }
    }
}

fn not_staged(why: NotStaged) -> Problem {
    match why {
        NotStaged::Flawed(flaws) => Problem::Flaws(flaws),
        NotStaged::Failed => FailureKind::AccountsUnavailable.into(),
    }
}

/// The epoch of the account whose password was right. It may have changed while the old one was being compared.
fn let_in(daemon: &mut Daemon, account: &AccountName, epoch: Option<u32>, verdict: Verdict) -> Result<u32, Problem> {
    match verdict {
        Verdict::Wrong => return Err(Slip::LogInRefused.into()),
        Verdict::Unknown => return Err(FailureKind::AccountsUnavailable.into()),
        Verdict::Right if daemon.store.state().decided.is_some() => return Err(Slip::LogInRefused.into()),
        Verdict::Right => {}
    }
    // An account that the firmware has made since the boot.
    if epoch.is_none() && daemon.store.state().account(account).is_none() && daemon.ground.accounts.keeps_its_own() {
        let row = row_of(account);
        return daemon.change(|state, _| state.accounts.push(row)).then_some(1).ok_or_else(not_stored);
    }
    let row = daemon.store.state().account(account).filter(|row| epoch == Some(row.epoch));
    row.map(|row| row.epoch).ok_or_else(|| Slip::LogInRefused.into())
}

fn not_stored() -> Problem {
    FailureKind::StoreFailed.into()
}

/// The row of an account whose password the firmware keeps.
fn row_of(account: &AccountName) -> AccountRow {
    AccountRow { name: account.to_string(), hash: None, email: None, former: Vec::new(), epoch: 1 }
}

/// Takes over the accounts of a back end that keeps its own: new ones get a row, rows of those that are gone go, and with them
/// their addresses. A back end that does not answer changes nothing.
pub(crate) fn adopt_accounts(daemon: &mut Daemon) {
    if let Some(listed) = daemon.ground.accounts.list() {
        adopt(daemon, &listed);
    }
}

fn adopt(daemon: &mut Daemon, listed: &[AccountName]) {
    let rows = &daemon.store.state().accounts;
    let known = |name: &AccountName| rows.iter().any(|row| row.name == name.as_str());
    let fresh: Vec<_> = listed.iter().filter(|name| !known(name)).map(row_of).collect();
    let gone = |row: &AccountRow| !listed.iter().any(|name| name.as_str() == row.name);
    if fresh.is_empty() && !rows.iter().any(gone) {
        return;
    }
    daemon.change(|state, _| {
        state.accounts.retain(|row| !gone(row));
        state.sheets.retain(|sheet| listed.iter().any(|name| name.as_str() == sheet.account));
        state.accounts.extend(fresh);
    });
}

fn logged_in(daemon: &mut Daemon, account: AccountName, epoch: u32, interactive: bool, lane: Lane) -> Token {
    let now = daemon.now();
    if interactive {
        // Whoever knows the password needs no reset, so any that is open is not the owner's (R22).
        daemon.supersede_others(None);
        daemon.drain();
    }
    if lane != Lane::Network && !daemon.store.ledger().network_open() {
        daemon.change(|_, ledger| *ledger = ledger.clone().after_login());
    }
    daemon.logins.add(account, epoch, now.since_boot)
}

fn save_set_up(daemon: &mut Daemon, first: First, email: Option<String>) -> Result<Token, Problem> {
    if !daemon.store.state().accounts.is_empty() {
        return Err(Slip::AlreadySetUp.into());
    }
    let name = daemon.ground.admin.clone();
    let email = email.map(|address| Email { address, confirmed: false });
    let (hash, decided) = match first {
        First::Row(hash) => (Some(hash), None),
        First::Staged(transaction) => {
            (None, Some(DecidedRow { transaction: transaction.value(), account: name.to_string() }))
        }
        First::Set => (None, None),
    };
    let row = AccountRow { hash, email, ..row_of(&name) };
    if !daemon.change(|state, ledger| {
        state.accounts = vec![row];
        state.decided = decided;
        state.was_unreadable = false;
        *ledger = ledger.clone().after_login();
    }) {
        return Err(resetkit_core::FailureKind::StoreFailed.into());
    }
    daemon.log(&Line::of("set_up"));
    let now = daemon.now();
    Ok(daemon.logins.add(name, 1, now.since_boot))
}

/// Who is logged in with this token.
pub(crate) fn who(daemon: &mut Daemon, token: &Token) -> Result<LoggedIn, Problem> {
    let now = daemon.now();
    let state = daemon.store.state();
    let account =
        daemon.logins.find(token, now.since_boot, |account| epoch(state, account)).ok_or(Slip::NotLoggedIn)?;
    let email = state.account(&account).and_then(|row| row.email.as_ref());
    let hint = email.map(|email| crate::mask::mask(&email.address));
    let address = match email {
        None => AddressState::None,
        Some(email) if email.confirmed => AddressState::Confirmed,
        Some(_) => AddressState::Untried,
    };
    let banner = state.banner.as_ref().map(|banner| Banner {
        request: resetkit_core::Counter::new(banner.request),
        lane: banner.lane.into(),
        hours: daemon.store.powered_seconds(now).saturating_sub(banner.powered_seconds) / 3600,
        sheet: banner.sheet.filter(|number| still_counts(state, *number)),
    });
    let kept = sheets::of(daemon, &account);
    let light = care::readiness(daemon, &account).light;
    Ok(LoggedIn { account, banner, light, address, hint, kept })
}

/// The owner has seen the banner (R71).
pub(crate) fn acknowledge(daemon: &mut Daemon, token: &Token) -> Result<(), Problem> {
    who(daemon, token)?;
    if daemon.change(|state, _| state.banner = None) {
        daemon.log(&Line::of("banner_acknowledged"));
        Ok(())
    } else {
        Err(resetkit_core::FailureKind::StoreFailed.into())
    }
}

fn epoch(state: &State, account: &AccountName) -> Option<u32> {
    state.account(account).map(|row| row.epoch)
}

impl Daemon {
    /// A number for a staged password that no other has, also over boots.
    pub(crate) fn draw_transaction(&mut self) -> TransactionId {
        self.next_transaction += 1;
        TransactionId::new(self.next_transaction)
    }

    /// Changes the state durably; `false` and the reason in the log where it stays as it was.
    pub(crate) fn change(&mut self, change: impl FnOnce(&mut State, &mut resetkit_core::Ledger)) -> bool {
        let now = self.now();
        let newest =
            |state: &State| state.notices.last().map(|notice| (notice.powered_seconds, notice.purpose.clone()));
        let (waiting, last) = (self.store.state().notices.len(), newest(self.store.state()));
        match self.store.change(now, change) {
            Ok(()) => {
                self.storage_failed = false;
                let state = self.store.state();
                // One more, or one in the place of another.
                if state.notices.len() > waiting || (state.notices.len() == waiting && newest(state) != last) {
                    self.care.hurry();
                }
                true
            }
            Err(fault) => {
                tracing::error!(%fault, "nothing was changed");
                self.storage_failed = true;
                false
            }
        }
    }
}
