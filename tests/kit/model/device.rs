//! The model's device: the real engine, and an executor that does every effect in memory, at once and in order.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use resetkit_core::{
    AccountName, Admission, Allowances, Code, Counter, Derived, Effect, Effects, Event, Fact, Facts, Failure,
    FailureKind, Lane, LastReset, Ledger, Loss, Manifest, ManifestGrant, MethodId, MethodNews, Now, OpenSlot, Opening,
    PasswordFlaw, ProofKind, Purpose, Salt, SealForm, Selection, SelectionPolicy, Session, SessionId, SessionRules,
    SessionView, SlotRules, Ticket, TransactionId, Verifier, admit, select,
};
use resetkit_protocol as wire;

use super::store::{PowerCut, Store};

/// The one account of the model.
pub(super) const ADMINISTRATOR: &str = "admin";
const PREFIX: &str = "HTTPS://R.EXAMPLE.ORG/";

/// One session that somebody sits at.
#[derive(Debug)]
struct Seat {
    session: Session,
    token: String,
    opened: Duration,
    lane: Lane,
    /// The method that runs for it.
    run: Option<Ticket>,
    /// What the method draws.
    payload: Option<String>,
}

/// All that a power cut takes.
#[derive(Debug)]
struct Memory {
    since_boot: Duration,
    ledger: Ledger,
    seats: BTreeMap<SessionId, Seat>,
    sealed: BTreeMap<Counter, Vec<u8>>,
    logins: BTreeSet<String>,
}

/// The device.
#[derive(Debug)]
pub(super) struct ModelDevice {
    pub(super) store: Store,
    memory: Memory,
    /// Wall time in seconds since 1970; nothing may depend on it (R17).
    pub(super) wall: Option<u64>,
    secret: wire::DeviceSecret,
    relay: wire::RelayPublic,
    brand: wire::BrandId,
    handle: wire::Handle,
    dice: Dice,
    pub(super) notices: usize,
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

fn allowances() -> Allowances {
    Allowances::default()
}

fn administrator() -> AccountName {
    AccountName::parse(ADMINISTRATOR).expect("a plain name")
}

fn companion() -> Manifest {
    Manifest {
        id: MethodId::parse("companion").expect("a plain id"),
        version: "1".into(),
        requires: vec![Fact::EmailOnFile, Fact::RelayKey],
        grants: vec![ManifestGrant::Seal, ManifestGrant::MaskedAddress],
        loses: Loss::PasswordOnly,
        proof: ProofKind::Mailbox,
        purposes: vec![Purpose::Reset, Purpose::ConfirmAddress],
        lanes: vec![Lane::Console, Lane::Network],
        min_screen: None,
        start_seconds: 5,
        block_ms: 100,
        memory_kib: 65_536,
    }
}

/// In place of Argon2id with a keyed step: fast, and as different for different input. Nobody attacks the model.
fn fake_slow_hash(code: &Code, purpose: Purpose, counter: Counter, salt: Salt) -> [u8; 32] {
    let mut hash = [0; 32];
    hash[..5].copy_from_slice(code.octets().expose());
    hash[5] = purpose.as_str().as_bytes()[0];
    hash[6..10].copy_from_slice(&counter.value().to_be_bytes());
    hash[10..26].copy_from_slice(&salt.0);
    hash
}

impl ModelDevice {
    pub(super) fn new(
        mut dice: Dice,
        secret: wire::DeviceSecret,
        relay: wire::RelayPublic,
        brand: wire::BrandId,
    ) -> ModelDevice {
        let memory = Memory {
            since_boot: Duration::from_secs(10),
            ledger: Ledger::first(allowances()),
            seats: BTreeMap::new(),
            sealed: BTreeMap::new(),
            logins: BTreeSet::new(),
        };
        let handle = wire::Handle::new(dice.octets());
        let store = Store::default();
        ModelDevice { store, memory, wall: None, secret, relay, brand, handle, dice, notices: 0, said: Vec::new() }
    }

    fn now(&self) -> Now {
        Now { since_boot: self.memory.since_boot, wall: self.wall }
    }

    fn selection(&self, purpose: Purpose, lane: Lane) -> Selection {
        let flash = self.store.read();
        let facts = Facts::none()
            .with(Fact::RelayKey)
            .with(Fact::StorageWritable)
            .with(Fact::Pictures)
            .set(Fact::Initialised, flash.password.is_some())
            .set(Fact::EmailOnFile, flash.email.is_some())
            .set(Fact::EmailConfirmed, flash.confirmed);
        select(&facts, &[companion()], &SelectionPolicy::reference(purpose, lane))
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
        let opening =
            Opening { id, lane, purpose, account: administrator(), selection, rules: SessionRules::default() };
        let (session, effects) = Session::open(opening, self.now());
        self.sit_down(id, session, token.clone(), lane);
        self.carry_out(id, effects);
        Ok((id, token))
    }

    fn sit_down(&mut self, id: SessionId, session: Session, token: String, lane: Lane) {
        let opened = self.memory.since_boot;
        self.memory.seats.insert(id, Seat { session, token, opened, lane, run: None, payload: None });
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
    fn carry_out(&mut self, id: SessionId, effects: Effects) {
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
            Effect::StartMethod { ticket, .. } => self.start_method(id, ticket),
            Effect::StopMethod { .. } => {
                self.with_seat(id, |seat| (seat.run, seat.payload) = (None, None));
                Vec::new()
            }
            Effect::IssueChallenge { ticket, purpose, lane, form, style, .. } => {
                mine(self.issue(ticket, purpose, lane, form, style)?)
            }
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
            Effect::Derive { ticket, code, purpose, counter, salt } => {
                let hash = fake_slow_hash(&code, purpose, counter, salt);
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
            Effect::Note(_) | Effect::Close => Vec::new(),
        })
    }

    fn with_seat(&mut self, id: SessionId, change: impl FnOnce(&mut Seat)) {
        if let Some(seat) = self.memory.seats.get_mut(&id) {
            change(seat);
        }
    }

    fn token(&self, id: SessionId) -> String {
        self.memory.seats.get(&id).map(|seat| seat.token.clone()).unwrap_or_default()
    }

    /// The fake method: it is ready at once and asks for one code.
    fn start_method(&mut self, id: SessionId, run: Ticket) -> Vec<(SessionId, Event)> {
        self.with_seat(id, |seat| seat.run = Some(run));
        vec![(id, Event::MethodStarted(run)), (id, Event::MethodReady(run)), self.ask_to_seal(id, run)]
    }

    fn ask_to_seal(&self, id: SessionId, run: Ticket) -> (SessionId, Event) {
        let purpose = self.view(id).map_or(Purpose::Reset, |(view, _)| view.purpose);
        (id, Event::SealAsked { run, purpose, form: SealForm::AddressSealed })
    }

    fn tell_method(&mut self, id: SessionId, run: Ticket, news: MethodNews) -> Vec<(SessionId, Event)> {
        match news {
            MethodNews::AskAgain => {
                self.with_seat(id, |seat| seat.payload = None);
                vec![self.ask_to_seal(id, run)]
            }
            MethodNews::TriesLeft(_) | MethodNews::MinutesLeft(_) | MethodNews::NoMailCame | MethodNews::Proved => {
                Vec::new()
            }
        }
    }

    fn issue(
        &mut self,
        ticket: Ticket,
        purpose: Purpose,
        lane: Lane,
        form: SealForm,
        style: resetkit_core::CodeStyle,
    ) -> Result<Event, PowerCut> {
        let refused = |kind: FailureKind| Event::ChallengeRefused(ticket, Failure::new(kind));
        let (ledger, counter) = match self.memory.ledger.next_counter(lane, self.now()) {
            Ok(next) => next,
            Err(kind) => return Ok(refused(kind)),
        };
        let kept = ledger.record(self.now());
        self.store.write(|flash| flash.ledger = Some(kept))?;
        self.memory.ledger = ledger;

        let code = Code::from_random(style, self.dice.octets());
        let salt = Salt(self.dice.octets());
        let header = wire::Header {
            purpose: wire_purpose(purpose),
            lane: wire_lane(lane),
            suite: wire::Suite::X25519ChaCha,
            key_id: wire::KeyId::new(1).expect("a small number"),
            handle: self.handle,
            counter: counter.value(),
        };
        let address = self.store.read().email.as_deref().and_then(|email| wire::Address::parse(email).ok());
        let contents = wire::Contents {
            code: wire::CodeOctets::new(*code.octets().expose()),
            style: wire::CodeStyle::Letters,
            locale: wire::Locale::EN,
            address,
        };
        let seed = wire::SealSeed::new(self.dice.octets());
        let form = wire_form(form);
        let Ok(octets) = wire::seal(&self.secret, &self.relay, &self.brand, header, form, &contents, seed) else {
            return Ok(refused(FailureKind::SealFailed));
        };
        self.memory.sealed.insert(counter, octets);
        let verifier = Verifier::from_octets(fake_slow_hash(&code, purpose, counter, salt));
        Ok(Event::ChallengeIssued(ticket, resetkit_core::Challenge { counter, purpose, style, verifier, salt }))
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
        let (Some(staged), true) = (staged, *grant.account() == administrator()) else {
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
        if let Some(run) = self.memory.seats.get(&id).and_then(|seat| seat.run) {
            self.step(id, Event::MethodGone(run, FailureKind::MethodCrashed));
        }
    }

    /// Power comes back: memory is gone, every record pays for the boot before anything of it is shown.
    pub(super) fn boot(&mut self) {
        let flash = self.store.read().clone();
        let ledger = flash
            .ledger
            .map_or_else(|| Ledger::first(allowances()), |record| Ledger::restore(record, allowances()).charge_boot());
        self.memory = Memory {
            since_boot: Duration::from_secs(10),
            ledger,
            seats: BTreeMap::new(),
            sealed: BTreeMap::new(),
            logins: BTreeSet::new(),
        };
        let kept = self.memory.ledger.record(self.now());
        let rules = SessionRules::default();
        let mut paid = Vec::new();
        for (id, (record, token)) in flash.records {
            if let Ok(resumable) = record.charge_boot(&rules) {
                paid.push((id, resumable, token));
            }
        }
        let records: BTreeMap<_, _> =
            paid.iter().map(|(id, resumable, token)| (*id, (resumable.record().clone(), token.clone()))).collect();
        let written = self.store.write(|flash| {
            flash.ledger = Some(kept);
            flash.records = records;
            flash.staged.clear();
        });
        if written.is_err() {
            return self.boot();
        }
        for (id, resumable, token) in paid {
            let (lane, purpose) = (resumable.record().lane, resumable.record().purpose);
            let selection = self.selection(purpose, lane);
            let (session, effects) = Session::resume(resumable, rules, selection, self.now());
            self.sit_down(id, session, token, lane);
            self.carry_out(id, effects);
        }
    }

    /// Powered time passes, and every deadline in it is met at its moment.
    pub(super) fn pass(&mut self, span: Duration) {
        let end = self.memory.since_boot + span;
        loop {
            let due = self
                .memory
                .seats
                .iter()
                .filter_map(|(id, seat)| seat.session.deadline().map(|deadline| (deadline.at, *id, deadline.why)))
                .min_by_key(|(at, id, _)| (*at, *id));
            match due {
                Some((at, id, why)) if at <= end => {
                    self.memory.since_boot = self.memory.since_boot.max(at);
                    self.step(id, Event::DeadlineReached(why));
                }
                Some(_) | None => break,
            }
        }
        self.memory.since_boot = end;
    }
}

const fn wire_purpose(purpose: Purpose) -> wire::Purpose {
    match purpose {
        Purpose::ConfirmAddress => wire::Purpose::ConfirmAddress,
        Purpose::Reset => wire::Purpose::Reset,
        Purpose::Notice => wire::Purpose::Notice,
        Purpose::Unlock => wire::Purpose::Unlock,
    }
}

const fn wire_lane(lane: Lane) -> wire::Lane {
    match lane {
        Lane::Console => wire::Lane::Console,
        Lane::Network => wire::Lane::Network,
        Lane::Button => wire::Lane::Button,
    }
}

const fn wire_form(form: SealForm) -> wire::Form {
    match form {
        SealForm::AddressAtRelay => wire::Form::AddressAtRelay,
        SealForm::AddressSealed => wire::Form::AddressSealed,
        SealForm::LongAddressSealed => wire::Form::LongAddressSealed,
    }
}
