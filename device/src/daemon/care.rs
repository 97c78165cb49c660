//! What the loop does for the owner beside recovery itself: it knows how ready recovery is, mails what happened, keeps the plan
//! of who still has the old password, and answers the doctor. Everything slow is off the loop.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use resetkit_core::{AccountName, Fact, FailureKind, Lane, Purpose, Secret, select};
use tokio::sync::mpsc;

use super::ask::{Ask, Reply, Token};
use super::entry::{Entry, who};
use super::live::Return;
use super::proving::{self, Proof};
use super::{Daemon, Ground, opening};
use crate::accounts::Program;
use crate::after::mailing::{Errand, Post, again_after, is_of_the_letter, mailer};
use crate::after::{ClientState, MailRow, PlanRow, letter, update};
use crate::audit::Entry as Line;
use crate::doctor::{ButtonSeen, Patient};
use crate::facts::{self, Owner};
use crate::probes::{Found, Probes};
use crate::problem::{Problem, Slip};
use crate::readiness::{Counts, Readiness, Situation, Way, judge};
use crate::state::{NoticeRow, Recipient};

/// How long what the probes found is believed.
const FRESH: Duration = Duration::from_secs(1);
/// How long a press that was seen makes the button sound for the doctor.
const PRESSED_LATELY: Duration = Duration::from_secs(60);
/// Asks that may wait for the probes (R47).
const WAITING_MAX: usize = 32;

/// What of it is not durable.
pub(crate) struct Care {
    probes: Probes,
    found: Found,
    looked: Option<Duration>,
    /// The probes are at work; these asks wait for them.
    waiting: Option<VecDeque<Ask>>,
    mail: Mail,
    /// Clients are being told the new password.
    updating: bool,
    pub(crate) logins_refused: u64,
    pub(crate) logins_forgiven: u64,
}

/// The queue of notices at work.
#[derive(Default)]
struct Mail {
    at_work: bool,
    /// Not before this moment.
    next: Duration,
    tries: u32,
    /// Letters of this round that the server did not take.
    passed_over: Vec<Letter>,
}

/// One letter of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    notice: (String, u32, u64),
    to: Recipient,
}

/// What comes back to the loop.
pub(crate) enum Back {
    /// The probes have looked.
    Looked(Found),
    /// A letter was taken, or not.
    Mailed(Letter, Result<(), FailureKind>),
    /// A client was told, or not; the last one ends it.
    Updated { request: u32, client: String, state: ClientState, last: bool },
}

/// What is asked.
pub enum CareAsk {
    /// How ready recovery is.
    Readiness(Token, Lane, Reply<Readiness>),
    /// The same and the counts; without a log-in at the console only.
    Metrics(Option<Token>, Lane, Reply<(Readiness, Counts)>),
    /// What the doctor needs to know.
    Doctor(Token, Reply<Patient>),
    /// Who still has the old password.
    Plan(Token, Reply<Plan>),
    /// Give them the new one by the firmware's program.
    Update {
        /// The log-in.
        login: Token,
        /// The new password, as typed.
        password: Secret<String>,
        /// Where it was asked.
        lane: Lane,
        /// The plan, as it stands then.
        reply: Reply<Plan>,
    },
    /// The owner did this one by hand.
    ByHand(Token, String, Reply<Plan>),
    /// The owner has read the plan.
    Acknowledge(Token, Reply<Plan>),
}

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

/// The owner wants the clients to be told; his password was compared.
pub(crate) struct Update {
    proof: Proof,
    password: Secret<String>,
    reply: Reply<Plan>,
}

impl Care {
    /// Looks once before anything is served; waits for the probes' bound at most.
    pub(crate) fn begin(ground: &Ground) -> Self {
        let probes = Probes::new(ground.connector.clone());
        let found = probes.look();
        Self {
            probes,
            found,
            looked: None,
            waiting: None,
            mail: Mail::default(),
            updating: false,
            logins_refused: 0,
            logins_forgiven: 0,
        }
    }

    /// Something was queued: it goes out at the next turn, whatever waited before.
    pub(crate) fn hurry(&mut self) {
        self.mail.next = Duration::ZERO;
    }

    /// What was found last.
    pub(crate) fn found(&self) -> Found {
        self.found
    }

    /// When the loop has something to do here.
    pub(crate) fn due(&self, daemon: &Daemon) -> Option<Duration> {
        let letters = !self.mail.at_work && daemon.store.state().notices.iter().any(|notice| !notice.to.is_empty());
        (letters && mails(&daemon.ground)).then_some(self.mail.next)
    }
}

/// Whether what is asked depends on what probes find.
fn needs_facts(ask: &Ask) -> bool {
    matches!(
        ask,
        Ask::OpenReset { .. }
            | Ask::OpenConfirm { .. }
            | Ask::Methods(..)
            | Ask::SwitchMethod { .. }
            | Ask::Care(CareAsk::Readiness(..) | CareAsk::Metrics(..) | CareAsk::Doctor(..))
    )
}

/// Answers an ask, after the probes have looked where it depends on them.
pub(crate) fn take(daemon: &mut Daemon, ask: Ask) {
    let now = daemon.now().since_boot;
    let stale = daemon.care.looked.is_none_or(|looked| now.saturating_sub(looked) >= FRESH);
    if !needs_facts(&ask) || !(stale || daemon.care.waiting.is_some()) {
        return daemon.answer(ask);
    }
    match &mut daemon.care.waiting {
        // Who is not taken is told that the device is busy, by its reply being dropped.
        Some(waiting) if waiting.len() >= WAITING_MAX => {}
        Some(waiting) => waiting.push_back(ask),
        None => {
            daemon.care.waiting = Some(VecDeque::from([ask]));
            let probes = daemon.care.probes.clone();
            daemon.slow.start_for_session(move || Return::Care(Back::Looked(probes.look())));
        }
    }
}

/// Something came back.
pub(crate) fn take_back(daemon: &mut Daemon, back: Back) {
    match back {
        Back::Looked(found) => {
            daemon.care.found = found;
            daemon.care.looked = Some(daemon.now().since_boot);
            for ask in daemon.care.waiting.take().unwrap_or_default() {
                daemon.answer(ask);
            }
        }
        Back::Mailed(letter, outcome) => mailed(daemon, &letter, outcome),
        Back::Updated { request, client, state, last } => updated(daemon, request, &client, state, last),
    }
}

/// One ask of this family.
pub(crate) fn answer(daemon: &mut Daemon, ask: CareAsk) {
    match ask {
        CareAsk::Readiness(login, lane, reply) => {
            let outcome = who(daemon, &login).map(|who| readiness(daemon, &who.account, lane));
            drop(reply.send(outcome));
        }
        CareAsk::Metrics(login, lane, reply) => drop(reply.send(metrics(daemon, login.as_ref(), lane))),
        CareAsk::Doctor(login, reply) => {
            let outcome = who(daemon, &login).map(|who| patient(daemon, &who.account));
            drop(reply.send(outcome));
        }
        CareAsk::Plan(login, reply) => drop(reply.send(plan(daemon, &login))),
        CareAsk::Update { login, password, lane, reply } => begin_update(daemon, login, password, lane, reply),
        CareAsk::ByHand(login, client, reply) => drop(reply.send(by_hand(daemon, &login, &client))),
        CareAsk::Acknowledge(login, reply) => drop(reply.send(acknowledge(daemon, &login))),
    }
}

/// Every way of this device and its light, for the owner of this account.
pub(crate) fn readiness(daemon: &Daemon, account: &AccountName, _lane: Lane) -> Readiness {
    let manifests = daemon.ground.manifests();
    let lanes: Vec<_> = lanes(daemon).into_iter().map(|lane| selection_of(daemon, account, lane)).collect();
    let state = daemon.store.state();
    let row = |id: &str| state.methods.iter().find(|row| row.id == id);
    let on = |id: &str| row(id).is_none_or(|row| !row.off);
    let mut ways: Vec<_> = manifests
        .iter()
        .map(|manifest| Way {
            method: manifest.id.clone(),
            on: on(manifest.id.as_str()),
            loss: Some(manifest.loses),
            proof: Some(manifest.proof),
            carries: Some(manifest.carries()),
        })
        .collect();
    let kept_out = daemon.ground.kept_out.iter().filter_map(|failure| failure.method.clone());
    ways.extend(kept_out.map(|method| Way { on: on(method.as_str()), method, loss: None, proof: None, carries: None }));
    let failed = state.care.mail.as_ref().and_then(|mail| mail.failure.as_deref());
    let kind = failed.and_then(|code| FailureKind::ALL.iter().copied().find(|kind| kind.code() == code));
    let address = state.account(account).and_then(|row| row.email.as_ref());
    judge(
        ways,
        Situation {
            lanes: &lanes,
            address_confirmed: address.is_some_and(|email| email.confirmed),
            mail_failed: kind,
            codes_run_low: super::sheets::of(daemon, account).runs_low(),
        },
    )
}

/// The lanes that the model has and that are open.
fn lanes(daemon: &Daemon) -> Vec<Lane> {
    let lanes = daemon.ground.config.profile.lanes;
    let network = lanes.network && daemon.store.ledger().network_open();
    [(lanes.console, Lane::Console), (network, Lane::Network)]
        .into_iter()
        .filter_map(|(has, lane)| has.then_some(lane))
        .collect()
}

/// What would be offered there, whatever the owner has switched off.
fn selection_of(daemon: &Daemon, account: &AccountName, lane: Lane) -> resetkit_core::Selection {
    let (facts, policy) = opening::selecting(daemon, Purpose::Reset, lane, account, None);
    let policy = resetkit_core::SelectionPolicy { switched_off: daemon.ground.switched_off(), ..policy };
    select(&facts, &daemon.ground.manifests(), &policy)
}

fn metrics(daemon: &mut Daemon, login: Option<&Token>, lane: Lane) -> Result<(Readiness, Counts), Problem> {
    let account = match (login, lane) {
        (Some(login), _) => who(daemon, login)?.account,
        (None, Lane::Console | Lane::Button) => daemon.ground.admin.clone(),
        (None, Lane::Network) => return Err(Slip::NotLoggedIn.into()),
    };
    let state = daemon.store.state();
    let counts = Counts {
        resets: daemon.store.ledger().resets(),
        notices_waiting: state.notices.iter().map(|notice| notice.to.len()).sum(),
        clients_waiting: state.care.plan.as_ref().map_or(0, PlanRow::left),
        logins_refused: daemon.care.logins_refused,
        logins_forgiven: daemon.care.logins_forgiven,
        storage: !daemon.storage_failed,
        banner: state.banner.is_some(),
    };
    Ok((readiness(daemon, &account, lane), counts))
}

fn patient(daemon: &Daemon, account: &AccountName) -> Patient {
    let owner = Owner { account, lane: Lane::Console, cells: None };
    let facts = facts::probe(&daemon.ground.config, daemon.store.state(), owner, daemon.surroundings());
    let now = daemon.now();
    let button = match (facts.has(Fact::ButtonWired), daemon.ground.config.profile.button.is_some()) {
        (false, false) => ButtonSeen::None,
        (false, true) => ButtonSeen::Lost,
        (true, _) => daemon.button.seen(now.since_boot, PRESSED_LATELY),
    };
    Patient {
        ground: Arc::clone(&daemon.ground),
        facts,
        clock_set: now.wall.is_some(),
        button,
        storage: !daemon.storage_failed,
    }
}

// Notices.

fn mails(ground: &Ground) -> bool {
    ground.config.site.connections.smtp.is_some() && mailer(ground).is_some()
}

/// Sends the next letter of the queue, if there is one and it is time.
pub(crate) fn tend(daemon: &mut Daemon) {
    forget_old_password(daemon);
    let now = daemon.now();
    if daemon.care.mail.at_work || now.since_boot < daemon.care.mail.next {
        return;
    }
    let Some((notice, letter)) = next_letter(daemon) else { return };
    let config = &daemon.ground.config;
    let Some(post) = Post::of(&daemon.ground, &config.site.language) else { return };
    let texts = resetkit_config::Texts::load(&config.brand, &config.site.language);
    let powered = daemon.store.powered_seconds(now);
    let delivery = letter::compose(config, &texts, &notice, &letter.to.0, powered);
    daemon.care.mail.at_work = true;
    let returns = daemon.returns.clone();
    tokio::spawn(async move {
        let outcome = post.run(Errand::Letter(delivery)).await;
        // The loop is gone only when the daemon stops.
        let _ = returns.send(Return::Care(Back::Mailed(letter, outcome))).await;
    });
}

fn next_letter(daemon: &Daemon) -> Option<(NoticeRow, Letter)> {
    let all =
        daemon.store.state().notices.iter().flat_map(|notice| {
            notice.to.iter().map(move |to| (notice, Letter { notice: key(notice), to: to.clone() }))
        });
    let mut open = all.filter(|(_, letter)| !daemon.care.mail.passed_over.contains(letter));
    open.next().map(|(notice, letter)| (notice.clone(), letter))
}

fn key(notice: &NoticeRow) -> (String, u32, u64) {
    (notice.purpose.clone(), notice.request, notice.powered_seconds)
}

fn mailed(daemon: &mut Daemon, letter: &Letter, outcome: Result<(), FailureKind>) {
    daemon.care.mail.at_work = false;
    let gone = match outcome {
        Ok(()) => true,
        Err(kind) => kind == FailureKind::MailAddressRefused,
    };
    let now = daemon.now();
    let powered_seconds = daemon.store.powered_seconds(now);
    let failure = outcome.err().map(|kind| kind.code().to_owned());
    // A failure that is known already is not written again and again.
    let news = daemon.store.state().care.mail.as_ref().is_none_or(|mail| mail.failure != failure);
    if gone || news {
        daemon.change(|state, _| {
            state.care.mail = Some(MailRow { failure, powered_seconds });
            if gone {
                for notice in state.notices.iter_mut().filter(|notice| key(notice) == letter.notice) {
                    notice.to.retain(|to| *to != letter.to);
                }
                state.notices.retain(|notice| !notice.to.is_empty());
            }
        });
    }
    let detail = Some(match outcome {
        Ok(()) => letter.notice.0.clone(),
        Err(kind) => format!("{} {}", letter.notice.0, kind.code()),
    });
    let request = (letter.notice.1 > 0).then(|| format!("{:04}", letter.notice.1));
    let what = if outcome.is_ok() { "notice_mailed" } else { "notice_not_mailed" };
    if gone || news {
        daemon.log(&Line { what, request, lane: None, detail });
    }
    go_on(daemon, letter, outcome, now.since_boot);
}

/// After a letter: the next one at once, or the whole queue later.
fn go_on(daemon: &mut Daemon, letter: &Letter, outcome: Result<(), FailureKind>, now: Duration) {
    let more = match outcome {
        Ok(()) => {
            daemon.care.mail.tries = 0;
            true
        }
        Err(kind) => {
            daemon.care.mail.passed_over.push(letter.clone());
            is_of_the_letter(kind)
        }
    };
    if !more || next_letter(daemon).is_none() && !daemon.care.mail.passed_over.is_empty() {
        daemon.care.mail.passed_over.clear();
        daemon.care.mail.next = now + again_after(daemon.care.mail.tries);
        daemon.care.mail.tries = daemon.care.mail.tries.saturating_add(1);
    }
    tend(daemon);
}

// Who still has the old password.

/// The old password is kept to be recognised while the quiet window is open, and not a moment longer than the next wake.
fn forget_old_password(daemon: &mut Daemon) {
    let powered = daemon.store.powered_seconds(daemon.now());
    let plan = daemon.store.state().care.plan.as_ref();
    if plan.is_some_and(|plan| plan.old.is_some() && powered >= plan.quiet_until) {
        daemon.change(|state, _| {
            if let Some(plan) = &mut state.care.plan {
                plan.old = None;
            }
        });
    }
}

/// When the quiet window closes.
pub(crate) fn quiet_ends(daemon: &Daemon) -> Option<Duration> {
    let plan = daemon.store.state().care.plan.as_ref().filter(|plan| plan.old.is_some())?;
    let now = daemon.now();
    let left = plan.quiet_until.saturating_sub(daemon.store.powered_seconds(now));
    Some(now.since_boot + Duration::from_secs(left))
}

fn plan(daemon: &mut Daemon, login: &Token) -> Result<Plan, Problem> {
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
        clients: clients.collect(),
    })
}

fn begin_update(daemon: &mut Daemon, login: Token, password: Secret<String>, lane: Lane, reply: Reply<Plan>) {
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
    tokio::task::spawn_blocking(move || {
        let last = clients.len() - 1;
        for (number, client) in clients.iter().enumerate() {
            let state = update(&program, &account, client, &password);
            if !say(&returns, Back::Updated { request, client: client.name.clone(), state, last: number == last }) {
                break;
            }
        }
    });
    Ok(())
}

fn say(returns: &mpsc::Sender<Return>, back: Back) -> bool {
    returns.blocking_send(Return::Care(back)).is_ok()
}

fn updated(daemon: &mut Daemon, request: u32, client: &str, state: ClientState, last: bool) {
    if last {
        daemon.care.updating = false;
    }
    daemon.change(|all, _| {
        if let Some(plan) = all.care.plan.as_mut().filter(|plan| plan.request == request) {
            plan.note(client, state);
        }
    });
    daemon.log(&Line { detail: Some(format!("{client} {}", state.as_str())), ..Line::of("client_updated") });
}

fn by_hand(daemon: &mut Daemon, login: &Token, client: &str) -> Result<Plan, Problem> {
    let known = plan(daemon, login)?.clients.iter().any(|row| row.name == client);
    if !known {
        return Err(Slip::NotFound.into());
    }
    change_plan(daemon, |plan| drop(plan.note(client, ClientState::ByHand)))?;
    plan(daemon, login)
}

fn acknowledge(daemon: &mut Daemon, login: &Token) -> Result<Plan, Problem> {
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
