//! The model's device: the real engine, and an executor that does every effect in memory, at once and in order.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use resetkit_core::{
    AccountName, Admission, Allowances, ButtonRules, Code, Counter, Derived, Effect, Effects, Event, Fact, Facts,
    Failure, FailureKind, Lane, LastReset, Ledger, MethodId, Now, OnPresence, OpenSlot, Opening, PasswordFlaw,
    PressDesk, PressTurn, ProofRule, Purpose, Selection, SelectionPolicy, Session, SessionId, SessionRules,
    SessionView, SlotRules, Ticket, TransactionId, admit, select,
};
use resetkit_protocol as wire;

use super::challenges::fake_slow_hash;
use super::methods::installed;
use super::sheet::Sheet;
use super::store::{PowerCut, Store};
use crate::world::{Mail, MailServer};

/// The one account of the model.
pub(super) const ADMINISTRATOR: &str = "admin";
const PREFIX: &str = "HTTPS://R.EXAMPLE.ORG/";

/// One session that somebody sits at.
#[derive(Debug)]
pub(super) struct Seat {
    pub(super) session: Session,
    pub(super) token: String,
    pub(super) opened: Duration,
    pub(super) lane: Lane,
    /// The method that runs for it.
    pub(super) running: Option<Running>,
    /// What the method draws.
    pub(super) payload: Option<String>,
}

/// A method at work.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) run: Ticket,
    pub(super) method: MethodId,
}

/// A code that waits to be handed over, once.
#[derive(Debug)]
pub(super) struct Handed {
    pub(super) to: String,
    pub(super) code: Code,
}

/// All that a power cut takes.
#[derive(Debug)]
pub(super) struct Memory {
    pub(super) since_boot: Duration,
    pub(super) ledger: Ledger,
    pub(super) seats: BTreeMap<SessionId, Seat>,
    pub(super) sealed: BTreeMap<Counter, Vec<u8>>,
    pub(super) handed: BTreeMap<Counter, Handed>,
    pub(super) desk: PressDesk,
    pub(super) logins: BTreeSet<String>,
}

/// The device.
#[derive(Debug)]
pub(super) struct ModelDevice {
    pub(super) store: Store,
    pub(super) memory: Memory,
    /// Wall time in seconds since 1970; nothing may depend on it (R17).
    pub(super) wall: Option<u64>,
    pub(super) secret: wire::DeviceSecret,
    pub(super) relay: wire::RelayPublic,
    /// The brand's two approvers; none: its pack has no keys of theirs.
    pub(super) approvers: Option<wire::SupportKeys>,
    pub(super) brand: wire::BrandId,
    pub(super) handle: wire::Handle,
    pub(super) dice: Dice,
    pub(super) notices: usize,
    /// What the device's own mail server does.
    pub(super) mail_server: MailServer,
    /// Mails that the device itself sent, and the mailbox did not take yet.
    pub(super) posted: Vec<Mail>,
    /// Methods that the device keeps out, each with its reason.
    pub(super) withdrawn: Vec<Failure>,
    /// Which proofs open a new password.
    pub(super) proofs: ProofRule,
    /// Facts that a probe finds not to be so, whatever was set up.
    pub(super) broken: Vec<Fact>,
    /// What a hold of the button does; none: no button is wired.
    pub(super) button: Option<OnPresence>,
    /// Everything that the engine ever said, as its types print themselves (R15).
    pub(super) said: Vec<String>,
}

/// A repeatable source in place of getrandom(2). Stories want the same codes in each run.
#[derive(Debug)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn octets<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| u8::try_from(self.word() >> 56).expect("eight bits"))
    }
}

pub(super) fn allowances() -> Allowances {
    Allowances::default()
}

fn administrator() -> AccountName {
    AccountName::parse(ADMINISTRATOR).expect("a plain name")
}

pub(super) fn empty_memory(ledger: Ledger) -> Memory {
    Memory {
        since_boot: Duration::from_secs(10),
        ledger,
        seats: BTreeMap::new(),
        sealed: BTreeMap::new(),
        handed: BTreeMap::new(),
        desk: PressDesk::new(),
        logins: BTreeSet::new(),
    }
}

impl ModelDevice {
    pub(super) fn new(
        mut dice: Dice,
        secret: wire::DeviceSecret,
        (relay, approvers): (wire::RelayPublic, wire::SupportKeys),
        brand: wire::BrandId,
    ) -> ModelDevice {
        let memory = empty_memory(Ledger::first(allowances()));
        let handle = wire::Handle::new(dice.octets());
        let store = Store::default();
        ModelDevice {
            store,
            memory,
            wall: None,
            secret,
            relay,
            approvers: Some(approvers),
            withdrawn: Vec::new(),
            proofs: ProofRule::one_of_any(),
            broken: Vec::new(),
            brand,
            handle,
            dice,
            notices: 0,
            mail_server: MailServer::Fine,
            posted: Vec::new(),
            button: Some(OnPresence::NewPassword),
            said: Vec::new(),
        }
    }

    pub(super) fn now(&self) -> Now {
        Now { since_boot: self.memory.since_boot, wall: self.wall }
    }

    /// What the probes find.
    pub(super) fn facts(&self) -> Facts {
        let flash = self.store.read();
        let found = Facts::none()
            .with(Fact::RelayKey)
            .with(Fact::StorageWritable)
            .with(Fact::Pictures)
            .with(Fact::SmtpSet)
            .set(Fact::ButtonWired, self.button.is_some())
            .set(Fact::Initialised, flash.password.is_some())
            .set(Fact::EmailOnFile, flash.email.is_some())
            .set(Fact::EmailConfirmed, flash.confirmed)
            .set(Fact::NetworkUp, true)
            .set(Fact::ClockTrusted, self.wall.is_some())
            .set(Fact::RecoveryCodes, flash.sheet.as_ref().is_some_and(|sheet| sheet.kept().left() > 0))
            .set(Fact::SupportKeys, self.approvers.is_some());
        self.broken.iter().fold(found, |facts, fact| facts.without(*fact))
    }

    pub(super) fn selection(&self, purpose: Purpose, lane: Lane) -> Selection {
        let order = installed().into_iter().map(|manifest| manifest.id).collect();
        let policy = SelectionPolicy {
            order,
            on_presence: self.button,
            kept_out: self.withdrawn.clone(),
            proofs: self.proofs,
            ..SelectionPolicy::reference(purpose, lane)
        };
        select(&self.facts(), &installed(), &policy)
    }

    pub(super) fn rules(&self) -> SessionRules {
        let button = self.button.map(ButtonRules::reference);
        SessionRules { button, proofs: self.proofs, ..SessionRules::default() }
    }

    pub(super) fn since_boot(&self) -> Duration {
        self.memory.since_boot
    }

    pub(super) fn running(&self, id: SessionId) -> Option<&Running> {
        self.memory.seats.get(&id)?.running.as_ref()
    }

    /// The code of this challenge, once.
    pub(super) fn handed(&mut self, counter: Counter) -> Option<Handed> {
        self.memory.handed.remove(&counter)
    }

    pub(super) fn button_holder(&self) -> Option<SessionId> {
        self.memory.desk.holder()
    }

    /// Opens a session on a lane, if there is a slot.
    pub(super) fn open(&mut self, purpose: Purpose, lane: Lane) -> Result<(SessionId, String), FailureKind> {
        let open: Vec<OpenSlot> = self
            .memory
            .seats
            .iter()
            .filter(|(_, seat)| !seat.session.is_over())
            .map(|(session, seat)| OpenSlot { session: *session, lane: seat.lane, opened: seat.opened })
            .collect();
        match admit(&SlotRules::default(), lane, &open) {
            Admission::Open => {}
            Admission::InPlaceOf(old) => self.step(old, Event::Superseded),
            Admission::Refused(kind) => return Err(kind),
        }
        let id = SessionId::from_octets(self.dice.octets());
        let token = SessionId::from_octets(self.dice.octets()).to_string();
        let selection = self.selection(purpose, lane);
        let opening = Opening { id, lane, purpose, account: administrator(), selection, rules: self.rules() };
        let (session, effects) = Session::open(opening, self.now());
        self.sit_down(id, session, token.clone(), lane);
        self.carry_out(id, effects);
        Ok((id, token))
    }

    pub(super) fn sit_down(&mut self, id: SessionId, session: Session, token: String, lane: Lane) {
        let opened = self.memory.since_boot;
        self.memory.seats.insert(id, Seat { session, token, opened, lane, running: None, payload: None });
    }

    /// Whether this token is the one of this session.
    pub(super) fn knows(&self, id: SessionId, token: &str) -> bool {
        self.memory.seats.get(&id).is_some_and(|seat| seat.token == token)
    }

    pub(super) fn view(&self, id: SessionId) -> Option<(SessionView, Option<String>)> {
        let seat = self.memory.seats.get(&id)?;
        Some((seat.session.view(self.now()), seat.payload.clone()))
    }

    /// One event, and all that follows from it.
    pub(super) fn step(&mut self, id: SessionId, event: Event) {
        if let Some(effects) = self.step_once(id, event) {
            self.carry_out(id, effects);
        }
    }

    fn step_once(&mut self, id: SessionId, event: Event) -> Option<Effects> {
        let now = self.now();
        let seat = self.memory.seats.remove(&id)?;
        self.said.push(format!("{event:?}"));
        let (session, effects) = seat.session.step(now, event);
        self.memory.seats.insert(id, Seat { session, ..seat });
        Some(effects)
    }

    /// Does everything that is to be done, until nothing is left or the power goes.
    pub(super) fn carry_out(&mut self, id: SessionId, effects: Effects) {
        let mut todo: VecDeque<(SessionId, Effect)> = effects.into_iter().map(|effect| (id, effect)).collect();
        while let Some((id, effect)) = todo.pop_front() {
            self.said.push(format!("{effect:?}"));
            let Ok(events) = self.execute(id, effect) else {
                self.boot();
                return;
            };
            for (id, event) in events {
                let more = self.step_once(id, event);
                todo.extend(more.into_iter().flatten().map(|effect| (id, effect)));
            }
        }
    }

    fn execute(&mut self, id: SessionId, effect: Effect) -> Result<Vec<(SessionId, Event)>, PowerCut> {
        let mine = |event| vec![(id, event)];
        Ok(match effect {
            Effect::StartMethod { ticket, method } => self.start_method(id, ticket, &method),
            Effect::StopMethod { .. } => {
                self.with_seat(id, |seat| (seat.running, seat.payload) = (None, None));
                Vec::new()
            }
            Effect::IssueChallenge { ticket, purpose, lane, carriage, style, .. } => {
                mine(self.issue(ticket, purpose, lane, carriage, style)?)
            }
            Effect::DeliverCode { counter, run } => self.deliver(id, counter, run),
            Effect::RaiseCounter { ticket, lane } => self.raise_counter(id, ticket, lane)?,
            Effect::WatchButton { run, .. } => {
                mine(Event::ButtonWatched { run, at: self.memory.since_boot, pressed: false })
            }
            Effect::LeaveButton { .. } => {
                self.memory.desk.leave(id);
                Vec::new()
            }
            Effect::EraseAll { ticket, .. } => self.erase(id, ticket)?,
            Effect::Persist { ticket, record } => {
                let token = self.token(id);
                self.store.write(|flash| drop(flash.records.insert(id, (record, token))))?;
                mine(Event::Persisted(ticket))
            }
            Effect::DeliverSealed { counter, .. } => {
                let octets = self.memory.sealed.get(&counter).cloned();
                self.with_seat(id, |seat| seat.payload = octets.map(|octets| wire::to_url(PREFIX, &octets)));
                Vec::new()
            }
            Effect::Charge { ticket, lane, record } => match self.memory.ledger.take(lane, self.now()) {
                Err(refusal) => mine(Event::ChargeRefused(ticket, refusal)),
                Ok(ledger) => {
                    let (kept, token) = (ledger.record(self.now()), self.token(id));
                    self.store.write(|flash| {
                        flash.ledger = Some(kept);
                        flash.records.insert(id, (record, token));
                    })?;
                    self.memory.ledger = ledger;
                    mine(Event::Charged(ticket))
                }
            },
            Effect::Derive { ticket, code, purpose, bound, salt } => {
                let hash = fake_slow_hash(&code, purpose, bound, salt);
                mine(Event::Derived(ticket, Derived::from_octets(hash)))
            }
            Effect::Prepare { ticket, password, .. } => mine(self.prepare(ticket, password.expose())?),
            Effect::DropPrepared(transaction) => {
                self.store.write(|flash| drop(flash.staged.remove(&transaction.value())))?;
                Vec::new()
            }
            Effect::CommitPassword { ticket, grant } => self.commit(id, ticket, &grant)?,
            Effect::ConfirmAddress { ticket, .. } => {
                self.store.write(|flash| {
                    flash.confirmed = true;
                    flash.records.remove(&id);
                })?;
                mine(Event::AddressConfirmed(ticket))
            }
            Effect::VoidChallenges(counters) => {
                self.store.write(|flash| {
                    flash.records.retain(|_, (record, _)| !counters.contains(&record.challenge.counter));
                })?;
                Vec::new()
            }
            Effect::Audit(entry) => {
                let line = entry.what.as_str().to_owned();
                self.store.write(|flash| flash.audit.push(line))?;
                Vec::new()
            }
            Effect::NotifyOwner(_) => {
                self.notices += 1;
                Vec::new()
            }
            Effect::TellMethod { run, news } => self.tell_method(id, run, news),
            Effect::Close => {
                self.memory.desk.leave(id);
                Vec::new()
            }
            Effect::Note(_) | Effect::AwaitKept { .. } => Vec::new(),
        })
    }

    pub(super) fn with_seat(&mut self, id: SessionId, change: impl FnOnce(&mut Seat)) {
        if let Some(seat) = self.memory.seats.get_mut(&id) {
            change(seat);
        }
    }

    fn token(&self, id: SessionId) -> String {
        self.memory.seats.get(&id).map(|seat| seat.token.clone()).unwrap_or_default()
    }

    /// The desk first: a session that may not have the button gets no number for it.
    fn raise_counter(
        &mut self,
        id: SessionId,
        ticket: Ticket,
        lane: Lane,
    ) -> Result<Vec<(SessionId, Event)>, PowerCut> {
        let refused = |kind: FailureKind| vec![(id, Event::CounterRefused(ticket, Failure::new(kind)))];
        let mut events = match self.memory.desk.ask(id, lane) {
            PressTurn::Yours => Vec::new(),
            PressTurn::TakenFrom(other) => vec![(other, Event::ButtonTaken)],
            PressTurn::Busy => return Ok(refused(FailureKind::ButtonBusy)),
        };
        match self.next_counter(lane)? {
            Ok(counter) => events.push((id, Event::CounterRaised(ticket, counter))),
            Err(kind) => events.extend(refused(kind)),
        }
        Ok(events)
    }

    /// Back to how it left the factory; counters and buckets stay.
    fn erase(&mut self, id: SessionId, ticket: Ticket) -> Result<Vec<(SessionId, Event)>, PowerCut> {
        self.store.write(|flash| {
            (flash.password, flash.email, flash.confirmed, flash.sheet) = (None, None, false, None);
            flash.staged.clear();
            flash.records.clear();
        })?;
        self.memory.logins.clear();
        let mut events = vec![(id, Event::Erased(ticket))];
        let others: Vec<SessionId> = self.memory.seats.keys().copied().filter(|other| *other != id).collect();
        events.extend(others.into_iter().map(|other| (other, Event::Superseded)));
        Ok(events)
    }

    fn prepare(&mut self, ticket: Ticket, password: &str) -> Result<Event, PowerCut> {
        if self.store.read().password.as_deref() == Some(password) {
            return Ok(Event::PasswordRefused(ticket, vec![PasswordFlaw::Unchanged]));
        }
        if password.chars().count() < usize::from(SessionRules::default().password.min_chars) {
            return Ok(Event::PasswordRefused(ticket, vec![PasswordFlaw::TooShort]));
        }
        let transaction = TransactionId::new(u64::from_be_bytes(self.dice.octets()));
        self.store.stage(transaction, password.to_owned())?;
        Ok(Event::Prepared(ticket, transaction))
    }

    fn commit(
        &mut self,
        id: SessionId,
        ticket: Ticket,
        grant: &resetkit_core::Grant,
    ) -> Result<Vec<(SessionId, Event)>, PowerCut> {
        let staged = self.store.read().staged.get(&grant.transaction().value()).cloned();
        let mut sheet = self.store.read().sheet.clone();
        let fresh = Sheet::spend(&mut sheet, grant);
        let (Some(staged), true, true) = (staged, *grant.account() == administrator(), fresh) else {
            return Ok(vec![(id, Event::CommitFailed(ticket, FailureKind::CommitFailed))]);
        };
        let request = grant.spent().last().copied().unwrap_or(Counter::new(0));
        let lane = self.memory.seats.get(&id).map_or(Lane::Console, |seat| seat.lane);
        let last = LastReset { method: grant.method().clone(), lane, request };
        let ledger = self.memory.ledger.clone().after_reset(last);
        let kept = ledger.record(self.now());
        self.store.write(|flash| {
            flash.password = Some(staged);
            flash.staged.clear();
            flash.records.clear();
            flash.sheet = sheet;
            flash.ledger = Some(kept);
        })?;
        self.memory.ledger = ledger;
        self.memory.logins.clear();
        let mut events = vec![(id, Event::Committed(ticket))];
        let others: Vec<SessionId> = self.memory.seats.keys().copied().filter(|other| *other != id).collect();
        events.extend(others.into_iter().map(|other| (other, Event::Superseded)));
        Ok(events)
    }

    pub(super) fn set_up(&mut self, password: &str, email: Option<&str>) {
        let (password, email) = (password.to_owned(), email.map(str::to_owned));
        let written = self.store.write(|flash| (flash.password, flash.email) = (Some(password), email));
        if written.is_err() {
            self.boot();
        }
    }

    /// Somebody logged in at a screen: whatever is pending is void (R22).
    pub(super) fn void_all(&mut self) {
        let all: Vec<SessionId> = self.memory.seats.keys().copied().collect();
        all.into_iter().for_each(|id| self.step(id, Event::Superseded));
    }

    pub(super) fn log_in(&mut self, password: &str) -> Option<String> {
        if self.store.read().password.as_deref() != Some(password) {
            return None;
        }
        let ticket = SessionId::from_octets(self.dice.octets()).to_string();
        self.memory.logins.insert(ticket.clone());
        Some(ticket)
    }

    pub(super) fn still_in(&self, ticket: &str) -> bool {
        self.memory.logins.contains(ticket)
    }

    /// The method that runs for this session dies.
    pub(super) fn kill_method(&mut self, id: SessionId) {
        if let Some(run) = self.memory.seats.get(&id).and_then(|seat| seat.running.as_ref()).map(|running| running.run)
        {
            self.step(id, Event::MethodGone(run, FailureKind::MethodCrashed));
        }
    }
}
