//! What the loop does for the owner beside recovery itself: it knows how ready recovery is, mails what happened, keeps the plan
//! of who still has the old password, and answers the doctor. Everything slow is off the loop.

mod mail;
mod plan;

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use resetkit_core::{AccountName, Fact, FailureKind, Lane, Purpose, Secret, select};

use super::ask::{Ask, Reply, Token};
use super::entry::who;
use super::live::Return;
use super::{Daemon, Ground, opening};
use crate::after::PlanRow;
use crate::doctor::{ButtonSeen, Patient};
use crate::facts::{self, Owner};
use crate::probes::{Found, Probes};
use crate::problem::{Problem, Slip};
use crate::readiness::{Counts, Readiness, Situation, Way, judge};
use mail::{Letter, Mail};

pub(crate) use mail::tend;
pub use plan::{Plan, PlanClient};
pub(crate) use plan::{Told, Update, finish_update, forgive, quiet_ends};

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
    /// The hash of the old password could not be forgotten: not before this moment again.
    forget_at: Option<Duration>,
    owner: OfOwner,
    pub(crate) logins_refused: u64,
    pub(crate) logins_forgiven: u64,
}

/// Whom a job off the loop is for. When the device goes to somebody else, his jobs stop, and what they bring is dropped.
#[derive(Clone, Default)]
pub(crate) struct OfOwner(Arc<AtomicBool>);

impl OfOwner {
    /// Whether the device is another's by now.
    pub(crate) fn is_gone(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// What comes back to the loop.
pub(crate) enum Back {
    /// The probes have looked.
    Looked(Found),
    /// A letter was taken, or not.
    Mailed(OfOwner, Letter, Result<(), FailureKind>),
    /// A client was told, or not.
    Updated { owner: OfOwner, request: u32, told: Told },
}

/// What is asked.
pub enum CareAsk {
    /// How ready recovery is.
    Readiness(Token, Reply<Readiness>),
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
            forget_at: None,
            owner: OfOwner::default(),
            logins_refused: 0,
            logins_forgiven: 0,
        }
    }

    /// The owner is gone: nothing that was begun for him writes or logs a word any more.
    pub(crate) fn begin_anew(&mut self) {
        std::mem::take(&mut self.owner).0.store(true, Ordering::Release);
        self.mail = Mail::default();
        (self.updating, self.forget_at) = (false, None);
        (self.logins_refused, self.logins_forgiven) = (0, 0);
    }

    /// For a job that is begun now.
    fn owner(&self) -> OfOwner {
        self.owner.clone()
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
        self.mail.due(daemon)
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
        Back::Mailed(owner, ..) | Back::Updated { owner, .. } if owner.is_gone() => {}
        Back::Mailed(_, letter, outcome) => mail::mailed(daemon, &letter, outcome),
        Back::Updated { owner: _, request, told } => plan::updated(daemon, request, &told),
    }
}

/// One ask of this family.
pub(crate) fn answer(daemon: &mut Daemon, ask: CareAsk) {
    match ask {
        CareAsk::Readiness(login, reply) => {
            let outcome = who(daemon, &login).map(|who| readiness(daemon, &who.account));
            drop(reply.send(outcome));
        }
        CareAsk::Metrics(login, lane, reply) => drop(reply.send(metrics(daemon, login.as_ref(), lane))),
        CareAsk::Doctor(login, reply) => {
            let outcome = who(daemon, &login).map(|who| patient(daemon, &who.account));
            drop(reply.send(outcome));
        }
        CareAsk::Plan(login, reply) => drop(reply.send(plan::plan(daemon, &login))),
        CareAsk::Update { login, password, lane, reply } => plan::begin_update(daemon, login, password, lane, reply),
        CareAsk::ByHand(login, client, reply) => drop(reply.send(plan::by_hand(daemon, &login, &client))),
        CareAsk::Acknowledge(login, reply) => drop(reply.send(plan::acknowledge(daemon, &login))),
    }
}

/// Every way of this device and its light, for the owner of this account.
pub(crate) fn readiness(daemon: &Daemon, account: &AccountName) -> Readiness {
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
    Ok((readiness(daemon, &account), counts))
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
