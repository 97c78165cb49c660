//! How a session begins: by *Forgot password*, by a test code, or again after a boot.

use std::sync::Arc;

use resetkit_core::{
    AccountName, Admission, CaseCode, ClockState, Effects, Event, Fact, Facts, FailureKind, Lane, MethodId, Now,
    OpenSlot, Opening, Purpose, Record, Selection, SelectionPolicy, Session, SessionId, admit, select,
};
use tokio::sync::watch;

use super::ask::{Cells, Opened, Token};
use super::live::{Address, Carried, Live};
use super::logins::{TokenHash, draw_token};
use super::screen::Screen;
use super::{Daemon, entry};
use crate::facts::{self, Owner};
use crate::mask::mask;
use crate::problem::Problem;
use crate::random;
use crate::state::SessionRow;

/// *Forgot password*. Needs no credential; nothing about log-in changes by it (R23).
pub(crate) fn open_reset(
    daemon: &mut Daemon,
    account: &str,
    lane: Lane,
    locale: String,
    cells: Option<Cells>,
) -> Result<Opened, Problem> {
    let account = if account.is_empty() { daemon.ground.admin.clone() } else { parse(account)? };
    if daemon.store.state().accounts.is_empty() {
        return Err(FailureKind::NotInitialised.into());
    }
    open(daemon, Purpose::Reset, account, lane, locale, cells)
}

/// A test code for the address on file, for who is logged in.
pub(crate) fn open_confirm(daemon: &mut Daemon, login: &Token, lane: Lane, locale: String) -> Result<Opened, Problem> {
    let account = entry::who(daemon, login)?.account;
    open(daemon, Purpose::ConfirmAddress, account, lane, locale, None)
}

fn parse(account: &str) -> Result<AccountName, Problem> {
    AccountName::parse(account).map_err(|_| FailureKind::BadAccountName.into())
}

fn open(
    daemon: &mut Daemon,
    purpose: Purpose,
    account: AccountName,
    lane: Lane,
    locale: String,
    cells: Option<Cells>,
) -> Result<Opened, Problem> {
    admit_one(daemon, lane)?;
    daemon.make_room();
    let now = daemon.now();
    let id = SessionId::from_octets(random::octets());
    let (token, hash) = draw_token();
    let selection = selection(daemon, purpose, lane, &account, cells);
    say_withheld(id, &selection);
    let address = address(daemon, &account);
    let opening = Opening { id, lane, purpose, account, selection, rules: daemon.ground.policy.rules };
    let (session, effects) = Session::open(opening, now);
    let screen =
        begin(daemon, session, effects, Beginning { lane, token: hash, locale, address, cells, carried: Vec::new() });
    Ok(Opened { session: id, token, screen })
}

fn admit_one(daemon: &mut Daemon, lane: Lane) -> Result<(), Problem> {
    if lane == Lane::Network && !daemon.store.ledger().network_open() {
        return Err(FailureKind::LaneClosed.into());
    }
    let open: Vec<_> = daemon
        .lives
        .iter()
        .filter(|(_, live)| live.over.is_none())
        .map(|(id, live)| OpenSlot { session: *id, lane: live.lane, opened: live.opened })
        .collect();
    match admit(&daemon.ground.policy.slots, lane, &open) {
        Admission::Open => Ok(()),
        Admission::InPlaceOf(oldest) => {
            daemon.feed(oldest, Event::Superseded);
            Ok(())
        }
        Admission::Refused(kind) => Err(kind.into()),
    }
}

fn selection(daemon: &Daemon, purpose: Purpose, lane: Lane, account: &AccountName, cells: Option<Cells>) -> Selection {
    let (facts, policy) = selecting(daemon, purpose, lane, account, cells);
    select(&facts, &daemon.ground.manifests(), &policy)
}

/// One line for each way that is not offered, as `resetkit explain` says it: whoever reads the log sees what the owner saw.
fn say_withheld(session: SessionId, selection: &Selection) {
    for withheld in &selection.withheld {
        let (method, kind, fixable) = (&withheld.method, withheld.reason.kind, withheld.fixable.as_str());
        tracing::info!(%session, "{method} withheld {} {} fixable={fixable}", kind.code(), kind.name());
    }
}

/// What a selection is made from, here and now.
pub(crate) fn selecting(
    daemon: &Daemon,
    purpose: Purpose,
    lane: Lane,
    account: &AccountName,
    cells: Option<Cells>,
) -> (Facts, SelectionPolicy) {
    let (ground, state) = (&daemon.ground, daemon.store.state());
    let facts = facts::probe(&ground.config, state, Owner { account, lane, cells }, daemon.surroundings());
    let mut policy = ground.config.policy.selection(purpose, lane, &[]);
    policy.switched_off = ground.switched_off();
    // What the owner does not want for resets may still prove an address, which opens nothing.
    if purpose == Purpose::Reset {
        let off = state.methods.iter().filter(|row| row.off).filter_map(|row| MethodId::parse(&row.id).ok());
        policy.switched_off.extend(off);
    }
    policy.on_presence = ground.policy.rules.button.map(|button| button.on_presence);
    policy.kept_out.clone_from(&ground.kept_out);
    (facts, policy)
}

/// What the case code says of the device, as the session opens.
fn condition(daemon: &Daemon, account: &AccountName, lane: Lane, now: Now) -> (u8, ClockState) {
    let owner = Owner { account, lane, cells: None };
    let facts = facts::probe(&daemon.ground.config, daemon.store.state(), owner, daemon.surroundings());
    let clock = match (now.wall, facts.has(Fact::ClockTrusted)) {
        (None, _) => ClockState::NeverSet,
        (Some(_), true) => ClockState::Trusted,
        (Some(_), false) => ClockState::Untrusted,
    };
    (CaseCode::readiness_of(&facts), clock)
}

/// The address that a code for this account goes to. An unknown account has the first one's: what is shown and mailed
/// then is the same, and only the owner of the mailbox ever learns that there is no such account (R93).
fn address(daemon: &Daemon, account: &AccountName) -> Address {
    let row = facts::row_or_first(daemon.store.state(), account);
    row.and_then(|row| row.email.as_ref()).map_or_else(Address::default, |email| Address {
        hint: Some(mask(&email.address)),
        stored: Some(email.address.clone()),
        confirmed: email.confirmed,
    })
}

struct Beginning {
    lane: Lane,
    token: TokenHash,
    locale: String,
    address: Address,
    cells: Option<Cells>,
    carried: Vec<Carried>,
}

fn begin(
    daemon: &mut Daemon,
    session: Session,
    effects: Effects,
    beginning: Beginning,
) -> watch::Receiver<Arc<Screen>> {
    let now = daemon.now();
    let id = session.id();
    let Beginning { lane, token, locale, address, cells, carried } = beginning;
    let view = session.view(now);
    let (readiness, clock) = condition(daemon, &view.account, lane, now);
    let first = Screen {
        revision: 0,
        view,
        method: None,
        method_at_work: false,
        hint: address.hint.clone(),
        address_confirmed: address.confirmed,
        readiness,
        clock,
    };
    let (screen, shown) = watch::channel(Arc::new(first));
    let live = Live {
        session: Some(session),
        lane,
        token,
        opened: now.since_boot,
        locale,
        address,
        readiness,
        clock,
        running: None,
        picture: None,
        carried,
        cells,
        staged: None,
        spent: None,
        over: None,
        screen,
        revision: 0,
    };
    daemon.lives.insert(id, live);
    daemon.carry_out(id, effects);
    daemon.drain();
    shown
}

impl Daemon {
    /// Goes on with every session that survives this boot. What they pay for it is durable before anything is shown (R12, R19).
    pub(crate) fn resume_all(&mut self) {
        let rules = self.ground.policy.rules;
        let rows = self.store.state().sessions.clone();
        let mut resumed = Vec::new();
        for row in &rows {
            match row.record.read().ok_or(FailureKind::StateUnreadable).and_then(|record| record.charge_boot(&rules)) {
                Ok(resumable) => resumed.push((
                    SessionRow { record: crate::state::RecordRow::of(resumable.record()), ..row.clone() },
                    resumable,
                )),
                Err(kind) => tracing::info!(request = %row.record.counter(), %kind, "a challenge ended with the boot"),
            }
        }
        let rows: Vec<_> = resumed.iter().map(|(row, _)| row.clone()).collect();
        if !self.change(|state, _| state.sessions = rows) {
            return;
        }
        for (row, resumable) in resumed {
            let Record { lane, purpose, ref account, .. } = *resumable.record();
            let cells = row.cells.map(|(columns, rows)| Cells { columns, rows });
            let (selection, address) = (selection(self, purpose, lane, account, cells), address(self, account));
            let counter = resumable.record().challenge.counter;
            let now = self.now();
            let (session, effects) = Session::resume(resumable, rules, selection, now);
            let carried = vec![Carried { counter, url: row.url, code: None }];
            let SessionRow { token, locale, .. } = row;
            begin(self, session, effects, Beginning { lane, token, locale, address, cells, carried });
        }
    }
}
