//! The model's device: the real engine, what the device holds in memory and in flash, and who sits at it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use resetkit_core::{
    AccountName, Admission, Allowances, ButtonRules, Code, Counter, Effects, Event, Fact, Facts, Failure, FailureKind,
    Lane, Ledger, MethodId, Now, OnPresence, OpenSlot, Opening, PressDesk, ProofRule, Purpose, Selection,
    SelectionPolicy, Session, SessionId, SessionRules, SessionView, SlotRules, Ticket, admit, select,
};
use resetkit_protocol as wire;

use super::dice::Dice;
use super::methods::installed;
use super::store::Store;
use crate::world::{Mail, MailServer};

/// The one account of the model.
pub(super) const ADMINISTRATOR: &str = "admin";

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

pub(super) fn allowances() -> Allowances {
    Allowances::default()
}

pub(super) fn administrator() -> AccountName {
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

    pub(super) fn step_once(&mut self, id: SessionId, event: Event) -> Option<Effects> {
        let now = self.now();
        let seat = self.memory.seats.remove(&id)?;
        self.said.push(format!("{event:?}"));
        let (session, effects) = seat.session.step(now, event);
        self.memory.seats.insert(id, Seat { session, ..seat });
        Some(effects)
    }

    pub(super) fn with_seat(&mut self, id: SessionId, change: impl FnOnce(&mut Seat)) {
        if let Some(seat) = self.memory.seats.get_mut(&id) {
            change(seat);
        }
    }

    pub(super) fn token(&self, id: SessionId) -> String {
        self.memory.seats.get(&id).map(|seat| seat.token.clone()).unwrap_or_default()
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
