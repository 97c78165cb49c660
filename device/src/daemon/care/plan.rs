//! Who still has the old password.

use std::time::Duration;

use resetkit_core::{FailureKind, Lane, Secret};
use tokio::sync::mpsc;

use super::super::Daemon;
use super::super::ask::{Reply, Token};
use super::super::entry::{Entry, who};
use super::super::live::Return;
use super::super::proving::{self, Proof};
use super::Back;
use crate::accounts::Program;
use crate::after::{ClientState, PlanRow, update};
use crate::audit::Entry as Line;
use crate::problem::{Problem, Slip};
use crate::sheets::still_counts;

/// The plan as it is shown.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Number of the reset.
    pub request: u32,
    /// Running hours since the reset.
    pub hours: u64,
    /// Running minutes that the quiet window is still open.
    pub quiet_minutes: u64,
    /// The owner has read it.
    pub acknowledged: bool,
    /// The firmware has a program for it.
    pub has_hook: bool,
    /// It is at work.
    pub updating: bool,
    /// Number of the sheet of recovery codes that still counts, where the reset used none of its codes.
    pub sheet: Option<u32>,
    /// Each of them.
    pub clients: Vec<PlanClient>,
}

/// One client of it.
#[derive(Debug, Clone)]
pub struct PlanClient {
    /// Its name.
    pub name: String,
    /// Where it is; empty when unknown.
    pub address: String,
    /// How far it is.
    pub state: ClientState,
    /// How often it came with the old password.
    pub came_with_old: u32,
}

impl Plan {
    /// Clients that do not have the new password.
    #[must_use]
    pub fn left(&self) -> usize {
        self.clients.iter().filter(|client| !client.state.is_done()).count()
    }
}

/// One client was told, or not.
pub(crate) struct Told {
    client: String,
    state: ClientState,
    /// It ends the round.
    last: bool,
}

/// The owner wants the clients to be told; his password was compared.
pub(crate) struct Update {
    proof: Proof,
    password: Secret<String>,
    reply: Reply<Plan>,
}

/// How long a storage that would not take a change is left alone.
const FORGET_AGAIN: Duration = Duration::from_secs(60);

/// The old password is kept to be recognised while the quiet window is open, and not a moment longer than the next wake that can
/// write. A closed window forgives nobody, whether its hash is gone or not.
pub(super) fn forget_old_password(daemon: &mut Daemon) {
    let now = daemon.now();
    if daemon.care.forget_at.is_some_and(|at| now.since_boot < at) {
        return;
    }
    let powered = daemon.store.powered_seconds(now);
    let plan = daemon.store.state().care.plan.as_ref();
    if plan.is_some_and(|plan| plan.old.is_some() && powered >= plan.quiet_until) {
        let written = daemon.change(|state, _| {
            if let Some(plan) = &mut state.care.plan {
                plan.old = None;
            }
        });
        // Without a later moment the loop would wake for it again at once, and do nothing else any more.
        daemon.care.forget_at = (!written).then(|| now.since_boot + FORGET_AGAIN);
    }
}

/// When the quiet window closes.
pub(crate) fn quiet_ends(daemon: &Daemon) -> Option<Duration> {
    let plan = daemon.store.state().care.plan.as_ref().filter(|plan| plan.old.is_some())?;
    let now = daemon.now();
    let left = plan.quiet_until.saturating_sub(daemon.store.powered_seconds(now));
    let ends = now.since_boot + Duration::from_secs(left);
    Some(daemon.care.forget_at.map_or(ends, |again| again.max(ends)))
}

pub(super) fn plan(daemon: &mut Daemon, login: &Token) -> Result<Plan, Problem> {
    who(daemon, login)?;
    shown(daemon).ok_or_else(|| Slip::NotFound.into())
}

/// The plan, if there is one.
pub(crate) fn shown(daemon: &Daemon) -> Option<Plan> {
    let row = daemon.store.state().care.plan.as_ref()?;
    let site = &daemon.ground.config.site.after_reset;
    let powered = daemon.store.powered_seconds(daemon.now());
    let address = |name: &str| site.clients.iter().find(|client| client.name == name).map(|client| &client.address);
    let clients = row.clients.iter().map(|client| PlanClient {
        name: client.name.clone(),
        address: address(&client.name).cloned().unwrap_or_default(),
        state: client.state,
        came_with_old: client.came_with_old,
    });
    Some(Plan {
        request: row.request,
        hours: powered.saturating_sub(row.begun) / 3600,
        quiet_minutes: row.quiet_until.saturating_sub(powered).div_ceil(60),
        acknowledged: row.acknowledged,
        has_hook: !site.hook.is_empty(),
        updating: daemon.care.updating,
        sheet: row.sheet.filter(|number| still_counts(daemon.store.state(), *number)),
        clients: clients.collect(),
    })
}

pub(super) fn begin_update(
    daemon: &mut Daemon,
    login: Token,
    password: Secret<String>,
    lane: Lane,
    reply: Reply<Plan>,
) {
    let ready = plan(daemon, &login).and_then(|plan| match (plan.has_hook, plan.updating) {
        (false, _) => Err(Slip::NoHook.into()),
        (true, true) => Err(Slip::Busy.into()),
        (true, false) => proving::check(daemon, &login, &password),
    });
    let account = match ready {
        Ok(account) => account,
        Err(problem) => return drop(reply.send(Err(problem))),
    };
    let typed = Secret::new(password.expose().clone());
    proving::prove(daemon, login, account, password, lane, move |proof| {
        Entry::UpdateClients(Update { proof, password: typed, reply })
    });
}

/// The password was compared: the clients are told one after the other, off the loop.
pub(crate) fn finish_update(daemon: &mut Daemon, update: Update) {
    let Update { proof, password, reply } = update;
    let outcome = proof.holds(daemon).and_then(|()| tell_clients(daemon, &proof, password));
    let outcome = outcome.and_then(|()| shown(daemon).ok_or_else(|| Slip::NotFound.into()));
    drop(reply.send(outcome));
}

fn tell_clients(daemon: &mut Daemon, proof: &Proof, password: Secret<String>) -> Result<(), Problem> {
    let row = daemon.store.state().care.plan.clone().filter(|_| !daemon.care.updating).ok_or(Slip::Busy)?;
    // The plan is of one account: another administrator's password would lock its clients out.
    if proof.account.as_str() != row.account {
        return Err(Slip::WrongPassword.into());
    }
    let site = daemon.ground.config.site.after_reset.clone();
    let limit = Duration::from_secs(site.timeout_seconds.into());
    let program = Program { command: site.hook.iter().map(std::path::PathBuf::from).collect(), limit };
    let open = |name: &str| row.clients.iter().any(|client| client.name == name && !client.state.is_done());
    let clients: Vec<_> = site.clients.into_iter().filter(|client| open(&client.name)).collect();
    if clients.is_empty() {
        return Ok(());
    }
    daemon.care.updating = true;
    daemon.log(&Line { detail: Some(clients.len().to_string()), ..Line::of("clients_update_began") });
    let (returns, account, request) = (daemon.returns.clone(), row.account, row.request);
    let owner = daemon.care.owner();
    tokio::task::spawn_blocking(move || {
        let last = clients.len() - 1;
        for (number, client) in clients.iter().enumerate() {
            // His clients are nobody's business any more once he has gone.
            if owner.is_gone() {
                break;
            }
            let state = update(&program, &account, client, &password);
            let told = Told { client: client.name.clone(), state, last: number == last };
            if !say(&returns, Back::Updated { owner: owner.clone(), request, told }) {
                break;
            }
        }
    });
    Ok(())
}

fn say(returns: &mpsc::Sender<Return>, back: Back) -> bool {
    returns.blocking_send(Return::Care(back)).is_ok()
}

pub(super) fn updated(daemon: &mut Daemon, request: u32, told: &Told) {
    let Told { client, state, last } = told;
    if *last {
        daemon.care.updating = false;
    }
    daemon.change(|all, _| {
        if let Some(plan) = all.care.plan.as_mut().filter(|plan| plan.request == request) {
            plan.note(client, *state);
        }
    });
    daemon.log(&Line { detail: Some(format!("{client} {}", state.as_str())), ..Line::of("client_updated") });
}

pub(super) fn by_hand(daemon: &mut Daemon, login: &Token, client: &str) -> Result<Plan, Problem> {
    let known = plan(daemon, login)?.clients.iter().any(|row| row.name == client);
    if !known {
        return Err(Slip::NotFound.into());
    }
    change_plan(daemon, |plan| {
        plan.note(client, ClientState::ByHand);
    })?;
    plan(daemon, login)
}

pub(super) fn acknowledge(daemon: &mut Daemon, login: &Token) -> Result<Plan, Problem> {
    plan(daemon, login)?;
    change_plan(daemon, |plan| plan.acknowledged = true)?;
    plan(daemon, login)
}

fn change_plan(daemon: &mut Daemon, change: impl FnOnce(&mut PlanRow)) -> Result<(), Problem> {
    let written = daemon.change(|state, _| {
        if let Some(plan) = &mut state.care.plan {
            change(plan);
        }
    });
    if written { Ok(()) } else { Err(FailureKind::StoreFailed.into()) }
}

/// A client of the list came with the old password in the quiet window: it is noted, and counts as no attack.
pub(crate) fn forgive(daemon: &mut Daemon, client: &str) {
    daemon.care.logins_forgiven += 1;
    let first = daemon.store.state().care.plan.as_ref().is_some_and(|plan| {
        plan.clients.iter().any(|row| row.name == client && (row.came_with_old == 0 || row.state.is_done()))
    });
    // Once is worth a write; a camera that asks every second is not.
    if first {
        daemon.change(|state, _| {
            if let Some(plan) = &mut state.care.plan {
                plan.came_with_old(client);
            }
        });
        daemon.log(&Line { detail: Some(client.to_owned()), ..Line::of("old_password_of_known_client") });
    }
}
