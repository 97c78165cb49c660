//! The one loop. It owns sessions, state, log-ins and workers; nobody else changes them.
//!
//! ```text
//!   pages, programs ──Ask──▶ ┌───────────────┐ ──Event──▶ Session::step ──Effects──▶ executors
//!   slow work, workers ─────▶│     loop      │                                         │  now: journal, audit
//!   CLOCK_BOOTTIME ─────────▶└───────────────┘ ◀──────────── Return ────────────────── ┘  later: hash, worker
//! ```
//!
//! One thread, one value at a time: no locks, so no deadlock and no race between charging and comparing (R6, F6).

mod ask;
pub(crate) mod button;
pub(crate) mod care;
mod entry;
mod ground;
mod handing_over;
mod live;
mod logins;
mod opening;
mod proving;
mod screen;
mod settings;
pub(crate) mod sheets;
mod slow;
mod switches;
mod timer;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use resetkit_core::{Counter, Event, Lane, Now, SessionId};
use tokio::sync::{mpsc, oneshot, watch};

pub use ask::{
    AddressState, Ask, Banner, Cells, DeviceFacts, Door, Fresh, KeptStatus, LoggedIn, MethodUse, Opened, Pending,
    Reply, Token,
};
pub use care::{CareAsk, Plan, PlanClient};
pub use ground::{Embedding, Ground, GroundError};
pub use screen::Screen;

pub(crate) use entry::flaws;
pub(crate) use live::{Carried, Live, Return, Running};
pub(crate) use slow::Slow;

use crate::audit::{AuditLog, Entry};
use crate::disk::Disk;
use crate::executors;
use crate::facts::Surroundings;
use crate::lines::Line;
use crate::problem::{Problem, Slip};
use crate::store::{Condition, OpenError, Pack, Store};
use ask::ASKS_MAX;
use logins::{Logins, hash_token, same};
use timer::BootTimer;

/// Sessions that are kept to be looked at after their end (R47).
const LIVES_MAX: usize = 24;

/// The daemon's loop and all that it owns.
pub struct Daemon {
    pub(crate) ground: Arc<Ground>,
    pub(crate) store: Store,
    pub(crate) audit: AuditLog,
    pub(crate) lives: BTreeMap<SessionId, Live>,
    pub(crate) logins: Logins,
    pub(crate) slow: Slow,
    pub(crate) returns: mpsc::Sender<Return>,
    /// Events for other sessions that came about in the middle of a step.
    pub(crate) queue: VecDeque<(SessionId, Event)>,
    /// The reset button.
    pub(crate) button: button::Button,
    line: Line,
    /// The last write failed.
    pub(crate) storage_failed: bool,
    pub(crate) next_transaction: u64,
    /// Recovery codes that can still be seen.
    pub(crate) shown: Vec<sheets::Shown>,
    /// When the account back end is asked again to carry out a decision (R60).
    pub(crate) ask_again: Option<Duration>,
    /// Readiness, notices, who still has the old password.
    pub(crate) care: care::Care,
    incoming: mpsc::Receiver<Return>,
    asks: mpsc::Receiver<Ask>,
    timer: BootTimer,
}

impl Daemon {
    /// Opens the state, charges the boot and goes on with the sessions that survive it.
    ///
    /// # Errors
    /// Where the state cannot be read at all, the brand pack is older than its floor, or the kernel has no timers.
    pub fn start(ground: Arc<Ground>, disk: Arc<dyn Disk>) -> Result<(Self, Door), OpenError> {
        let now = now(&ground);
        let pack = Pack { version: ground.config.brand.version, on_trial: ground.on_trial };
        let store = Store::open(&disk, &ground.identity, ground.policy.allowances, now, pack)?;
        let (asks_in, asks) = mpsc::channel(ASKS_MAX);
        let (returns, incoming) = mpsc::channel(256);
        let mut daemon = Self {
            timer: BootTimer::new(ground.clock.clone())?,
            slow: Slow::new(returns.clone()),
            audit: AuditLog::open(disk),
            lives: BTreeMap::new(),
            logins: Logins::default(),
            queue: VecDeque::new(),
            button: button::Button::default(),
            line: line(&ground),
            storage_failed: false,
            next_transaction: u64::from(store.ledger().boots()) << 32,
            shown: Vec::new(),
            ask_again: None,
            care: care::Care::begin(&ground),
            ground,
            store,
            returns,
            incoming,
            asks,
        };
        daemon.begin();
        Ok((daemon, Door::to(asks_in)))
    }

    fn begin(&mut self) {
        let what = match self.store.condition() {
            Condition::Fresh => "first_boot",
            Condition::Kept => "booted",
            Condition::Unreadable => "state_unreadable",
        };
        self.log(&Entry::of(what));
        // Where it fails, the log says so, and the next start tries again.
        let _ = handing_over::roll_forward(self);
        entry::adopt_accounts(self);
        executors::passwords::roll_forward(self);
        self.resume_all();
    }

    /// Runs until `stop` is told or all doors are gone. Workers end with it.
    pub async fn run(mut self, mut stop: oneshot::Receiver<()>) {
        loop {
            let wake = self.next_wake();
            tokio::select! {
                biased;
                _ = &mut stop => break,
                Some(back) = self.incoming.recv() => self.take_back(back),
                Some(signal) = self.line.next() => button::hear(&mut self, signal),
                ask = self.asks.recv() => match ask {
                    Some(ask) => care::take(&mut self, ask),
                    None => break,
                },
                () = self.timer.until(wake) => self.wake_up(),
            }
        }
        self.log(&Entry::of("stopped"));
    }

    /// The moment of this step.
    pub(crate) fn now(&self) -> Now {
        now(&self.ground)
    }

    /// Adds a line to the audit log.
    pub(crate) fn log(&mut self, entry: &Entry) {
        let now = self.now();
        self.audit.add(now.since_boot.as_secs(), now.wall, entry);
    }

    /// What the last write said.
    pub(crate) fn surroundings(&self) -> Surroundings {
        Surroundings {
            relay: self.ground.relay.is_some(),
            storage: !self.storage_failed,
            smtp: self.care.found().smtp,
            button: self.button.is_there(),
            network: self.care.found().network,
            support: self.ground.support.is_some(),
        }
    }

    /// Lets a session take an event, carries out all that follows from it, and shows the outcome.
    pub(crate) fn feed(&mut self, id: SessionId, event: Event) {
        self.queue.push_back((id, event));
        self.drain();
    }

    /// Takes events until none is left.
    pub(crate) fn drain(&mut self) {
        while let Some((id, event)) = self.queue.pop_front() {
            let now = self.now();
            let Some(live) = self.lives.get_mut(&id) else { continue };
            let Some(session) = live.session.take() else { continue };
            let (session, effects) = session.step(now, event);
            live.session = Some(session);
            self.carry_out(id, effects);
        }
    }

    /// Carries out effects in order; answers that are there at once are taken before anything else.
    pub(crate) fn carry_out(&mut self, id: SessionId, effects: resetkit_core::Effects) {
        let mut answers = VecDeque::new();
        for effect in effects {
            answers.extend(executors::carry_out(self, id, effect).map(|event| (id, event)));
        }
        answers.append(&mut self.queue);
        self.queue = answers;
        let now = self.now();
        if let Some(live) = self.lives.get_mut(&id) {
            live.publish(now);
        }
    }

    /// Ends all other sessions: a reset succeeded, or somebody logged in on a screen (R22).
    pub(crate) fn supersede_others(&mut self, but: Option<SessionId>) {
        let open = self.lives.iter().filter(|(id, live)| live.over.is_none() && Some(**id) != but);
        let events: Vec<_> = open.map(|(id, _)| (*id, Event::Superseded)).collect();
        self.queue.extend(events);
    }

    fn take_back(&mut self, back: Return) {
        match back {
            Return::Event(id, event) => self.feed(id, event),
            Return::Made(id, carried, event) => {
                if let Some(live) = self.lives.get_mut(&id) {
                    live.carries(carried);
                }
                self.feed(id, event);
            }
            Return::Staged(id, transaction, staged, event) => {
                if let Some(live) = self.lives.get_mut(&id) {
                    live.staged = Some((transaction, staged));
                }
                self.feed(id, event);
            }
            Return::Picture(id, run, view) => {
                let now = self.now();
                if let Some(live) = self.lives.get_mut(&id)
                    && live.running.as_ref().is_some_and(|running| running.run == run)
                {
                    live.picture = Some(view);
                    live.publish(now);
                }
            }
            Return::Method(id, run, event) => {
                if self
                    .lives
                    .get(&id)
                    .is_some_and(|live| live.running.as_ref().is_some_and(|running| running.run == run))
                {
                    self.feed(id, event);
                }
            }
            Return::CarriedOut { transaction, done, told } => {
                executors::passwords::carried_out(self, transaction, done);
                if let Some((id, event)) = told {
                    self.feed(id, event);
                }
            }
            Return::Entry(entry) => entry::finish(self, entry),
            Return::Care(back) => care::take_back(self, back),
        }
    }

    fn answer(&mut self, ask: Ask) {
        match ask {
            Ask::Device(reply) => drop(reply.send(Ok(self.device_facts()))),
            Ask::SetUp { password, email, lane, reply } => entry::set_up(self, password, email, lane, reply),
            Ask::LogIn { account, password, interactive, client, lane, reply } => {
                entry::log_in(self, account, password, entry::From { interactive, client, lane }, reply);
            }
            Ask::LogOut(token) => {
                self.shown.retain(|shown| !shown.is_of(&token));
                self.logins.end(&token);
            }
            Ask::Kept(login, reply) => drop(reply.send(sheets::status(self, &login))),
            Ask::MakeSheet { login, password, lane, reply } => sheets::make(self, login, password, lane, reply),
            Ask::FreshSheet(login, reply) => drop(reply.send(sheets::fresh(self, &login))),
            Ask::TypeBack { login, code, lane, reply } => sheets::type_back(self, login, code, lane, reply),
            Ask::RemoveSheet(login, lane, reply) => drop(reply.send(sheets::remove(self, &login, lane))),
            Ask::HandOver { login, password, lane, reply } => {
                handing_over::hand_over(self, login, password, lane, reply);
            }
            Ask::Who(token, reply) => drop(reply.send(entry::who(self, &token))),
            Ask::AcknowledgeBanner(token, reply) => drop(reply.send(entry::acknowledge(self, &token))),
            Ask::ChangeAddress { login, password, email, lane, reply } => {
                settings::change_address(self, login, password, email, lane, reply);
            }
            Ask::OpenReset { account, lane, locale, cells, reply } => {
                drop(reply.send(opening::open_reset(self, &account, lane, locale, cells)));
            }
            Ask::OpenConfirm { login, lane, locale, reply } => {
                drop(reply.send(opening::open_confirm(self, &login, lane, locale)));
            }
            Ask::Drive { session, token, event, reply } => {
                let screen = self.screen_of(session, &token);
                if screen.is_ok() {
                    self.feed(session, event);
                }
                drop(reply.send(screen));
            }
            Ask::Press { session, token, action, reply } => {
                let screen = self.screen_of(session, &token);
                if screen.is_ok() {
                    executors::press(self, session, &action);
                }
                drop(reply.send(screen));
            }
            Ask::Watch { session, token, reply } => {
                let now = self.now();
                let screen = self.screen_of(session, &token);
                if screen.is_ok()
                    && let Some(live) = self.lives.get_mut(&session)
                {
                    // Minutes pass without events.
                    live.publish(now);
                }
                drop(reply.send(screen));
            }
            Ask::Pending(lane, reply) => drop(reply.send(self.pending(lane))),
            Ask::CancelPending(lane, counter, reply) => drop(reply.send(self.cancel_pending(lane, counter))),
            Ask::Care(ask) => care::answer(self, ask),
            Ask::Methods(login, lane, reply) => drop(reply.send(switches::list(self, &login, lane))),
            Ask::SwitchMethod { login, method, on, lane, reply } => {
                drop(reply.send(switches::switch(self, &login, &method, on, lane)));
            }
        }
    }

    /// The screen of a session, for who holds its token. The same answer for a foreign session as for none.
    fn screen_of(&self, id: SessionId, token: &Token) -> Result<watch::Receiver<Arc<Screen>>, Problem> {
        let hash = hash_token(token);
        let live = self.lives.get(&id).filter(|live| same(&live.token, &hash));
        live.map(|live| live.screen.subscribe()).ok_or_else(|| Slip::NotFound.into())
    }

    fn device_facts(&self) -> DeviceFacts {
        let ledger = self.store.ledger();
        DeviceFacts {
            initialised: !self.store.state().accounts.is_empty(),
            network_open: ledger.network_open(),
            password: self.ground.password_rules(),
            resets: ledger.resets(),
            last_reset: ledger.last_reset().map(|last| (last.request, last.method.as_str().to_owned(), last.lane)),
        }
    }

    fn pending(&self, lane: Lane) -> Result<Vec<Pending>, Problem> {
        console_only(lane)?;
        let now = self.now();
        let views = self.lives.values().filter(|live| live.over.is_none()).filter_map(|live| live.session.as_ref());
        let open = views.map(|session| session.view(now)).filter_map(|view| {
            let minutes_left = view.minutes_left.unwrap_or(0);
            Some(Pending { request: view.request?, lane: view.lane, minutes_left })
        });
        Ok(open.collect())
    }

    fn cancel_pending(&mut self, lane: Lane, counter: Counter) -> Result<(), Problem> {
        console_only(lane)?;
        let now = self.now();
        let open = self.lives.iter().filter(|(_, live)| live.over.is_none());
        let found = open.filter_map(|(id, live)| Some((*id, live.session.as_ref()?.view(now).request?)));
        let id = found.into_iter().find(|(_, request)| *request == counter).map(|(id, _)| id).ok_or(Slip::NotFound)?;
        self.feed(id, Event::Cancelled);
        Ok(())
    }

    fn next_wake(&self) -> Option<Duration> {
        let deadlines =
            self.lives.values().filter_map(|live| live.session.as_ref()?.deadline()).map(|deadline| deadline.at);
        let ends = self.lives.values().filter_map(|live| live.over).map(|over| over + live::LINGER);
        let wiped = self.shown.iter().map(sheets::Shown::until);
        let care = self.care.due(self).into_iter().chain(care::quiet_ends(self));
        deadlines.chain(ends).chain(wiped).chain(self.ask_again).chain(care).min()
    }

    fn wake_up(&mut self) {
        let now = self.now().since_boot;
        let due: Vec<_> = self
            .lives
            .iter()
            .filter_map(|(id, live)| Some((*id, live.session.as_ref()?.deadline()?)))
            .filter(|(_, deadline)| deadline.at <= now)
            .collect();
        if self.ask_again.take_if(|at| *at <= now).is_some() {
            executors::passwords::roll_forward(self);
        }
        sheets::forget_old(self);
        care::tend(self);
        for (id, deadline) in due {
            self.feed(id, Event::DeadlineReached(deadline.why));
        }
        self.lives.retain(|_, live| live.over.is_none_or(|over| over + live::LINGER > now));
    }

    /// Makes room for one more session to be looked at.
    pub(crate) fn make_room(&mut self) {
        while self.lives.len() >= LIVES_MAX {
            let oldest = self.lives.iter().filter_map(|(id, live)| Some((live.over?, *id))).min();
            let Some((_, id)) = oldest else { break };
            self.lives.remove(&id);
        }
    }
}

fn console_only(lane: Lane) -> Result<(), Problem> {
    match lane {
        Lane::Console | Lane::Button => Ok(()),
        Lane::Network => Err(Slip::ConsoleOnly.into()),
    }
}

/// The driver of the profile's button.
fn line(ground: &Ground) -> Line {
    let (config, clock) = (&ground.config, ground.clock.clone());
    let button = config.profile.button.as_ref();
    button.map_or_else(Line::none, |button| Line::start(&button.line, &config.site.state_dir, clock))
}

fn now(ground: &Ground) -> Now {
    Now { since_boot: ground.clock.since_boot(), wall: ground.clock.wall() }
}
