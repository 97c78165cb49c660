//! The world in memory: the real engine and the real envelope, virtual time, no file, no socket; milliseconds a story.

mod challenges;
mod desk;
mod device;
mod dice;
mod effects;
mod methods;
mod power;
mod relay;
mod sheet;
mod store;

use std::time::Duration;

use resetkit_core::{Event, Failure, FailureKind, Lane, MethodId, Purpose, Secret, SessionId};
use resetkit_protocol as wire;

pub use store::{CutAt, PowerCut};

use crate::stage::Stage;
use crate::world::{Act, Case, Confirmation, Mail, MailServer, Screen, Ticket, Trouble, Visit, World};
use desk::Desk;
use device::ModelDevice;
use dice::Dice;
use relay::FakeRelay;

/// The world in memory.
#[derive(Debug)]
pub struct Model {
    device: ModelDevice,
    relay: FakeRelay,
    desk: Desk,
    lane: Lane,
}

/// A stage in the model's world.
pub fn model() -> Stage<Model> {
    Stage::new(Model::new(2026))
}

impl Model {
    /// A world of its own for each seed.
    pub fn new(seed: u64) -> Model {
        let mut dice = Dice::new(seed);
        let device = wire::DeviceSecret::from_octets(dice.octets());
        let relay = wire::RelaySecret::from_octets(dice.octets());
        let brand = wire::BrandId::parse("plain").expect("a plain id");
        let (device_public, relay_public) = (device.public(), relay.public());
        let desk = Desk::new(&mut dice, device_public, brand.clone());
        let keys = (relay_public, desk.keys());
        let relay = FakeRelay::new(relay, device_public, brand.clone());
        Model { device: ModelDevice::new(dice, device, keys, brand), relay, desk, lane: Lane::Network }
    }

    /// From now on the owner stands here.
    pub fn owner_stands_at(&mut self, lane: Lane) {
        self.lane = lane;
    }

    /// Powered time passes; every deadline in it is met.
    pub fn time_passes(&mut self, span: Duration) {
        self.device.pass(span);
    }

    /// Somebody sets the wall clock.
    pub fn wall_clock_says(&mut self, unix: Option<u64>) {
        self.device.wall = unix;
    }

    /// The power will go at this write, counted from now; the device boots again by itself.
    pub fn power_goes_at(&mut self, cut: CutAt) {
        self.device.store.cut_at(cut);
    }

    /// What a hold of the button does on this model of device; `None`: it has no button.
    pub fn button(&mut self, does: Option<resetkit_core::OnPresence>) {
        self.device.button = does;
    }

    /// The brand has no approvers of support, or has them again.
    pub fn approvers(&mut self, there: bool) {
        self.device.approvers = there.then(|| self.desk.keys());
    }

    /// Which proofs open a new password from now on.
    pub fn proofs(&mut self, rule: resetkit_core::ProofRule) {
        self.device.proofs = rule;
    }

    /// From now on a probe finds that this is not so.
    pub fn breaks(&mut self, fact: resetkit_core::Fact) {
        self.device.broken.push(fact);
    }

    /// Durable writes so far.
    pub fn writes(&self) -> usize {
        self.device.store.writes()
    }

    /// Notices sent to the owner after a success.
    pub fn notices(&self) -> usize {
        self.device.notices
    }

    /// Whether this password is the one in flash; looks without logging in.
    pub fn password_is(&self, password: &str) -> bool {
        self.device.store.read().password.as_deref() == Some(password)
    }

    /// Whether the address on file was proved to work.
    pub fn address_is_confirmed(&self) -> bool {
        self.device.store.read().confirmed
    }

    /// Whether any challenge could still be answered.
    pub fn a_code_is_alive(&self) -> bool {
        !self.device.store.read().records.is_empty()
    }

    fn enter(&self, visit: &Visit) -> Result<SessionId, Trouble> {
        let nobody = || trouble(&Failure::new(FailureKind::SessionIdle));
        let id = parse_id(&visit.id).ok_or_else(nobody)?;
        if self.device.knows(id, &visit.token) { Ok(id) } else { Err(nobody()) }
    }

    fn open(&mut self, purpose: Purpose) -> Result<Visit, Trouble> {
        let opened = self.device.open(purpose, self.lane);
        let (id, token) = opened.map_err(|kind| trouble(&Failure::new(kind)))?;
        Ok(Visit { id: id.to_string(), token })
    }
}

fn trouble(failure: &Failure) -> Trouble {
    let kind = failure.kind;
    Trouble { code: kind.code().to_owned(), happened: kind.err_id().to_owned(), next_step: kind.rec_id().to_owned() }
}

fn parse_id(text: &str) -> Option<SessionId> {
    let mut octets = [0; 16];
    for (place, octet) in octets.iter_mut().enumerate() {
        *octet = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(SessionId::from_octets(octets))
}

fn event(act: &Act) -> Event {
    match act {
        Act::Acknowledge => Event::Acknowledged,
        Act::Choose(method) => Event::MethodChosen(MethodId::parse(method).expect("a story names a method")),
        Act::AnotherWay => Event::TryAnotherWay,
        Act::NoMailCame => Event::NoMailCame,
        Act::SupportSaidNo => Event::SupportSaidNo,
        Act::NewCode => Event::NewChallengeAsked,
        Act::MoreTime => Event::MoreTimeAsked,
        Act::TypeCode(code) => Event::CodeTyped(Secret::new(code.clone())),
        Act::SetPassword(password) => Event::PasswordTyped(Secret::new(password.clone())),
        Act::Cancel => Event::Cancelled,
    }
}

impl World for Model {
    fn patience(&self) -> Duration {
        Duration::ZERO
    }

    fn sets_up(&mut self, password: &str, email: Option<&str>) {
        self.device.set_up(password, email);
    }

    fn logs_in(&mut self, password: &str) -> Option<Ticket> {
        self.device.log_in(password).map(Ticket)
    }

    fn logs_in_at_the_screen(&mut self, password: &str) -> Option<Ticket> {
        let ticket = self.device.log_in(password).map(Ticket)?;
        self.device.void_all();
        Some(ticket)
    }

    fn still_in(&mut self, ticket: &Ticket) -> bool {
        self.device.still_in(&ticket.0)
    }

    fn asks_to_reset(&mut self) -> Result<Visit, Trouble> {
        self.open(Purpose::Reset)
    }

    fn asks_to_confirm(&mut self, ticket: &Ticket) -> Result<Visit, Trouble> {
        assert!(self.still_in(ticket), "confirming needs a log-in");
        self.open(Purpose::ConfirmAddress)
    }

    fn acts(&mut self, visit: &Visit, act: &Act) -> Result<(), Trouble> {
        let id = self.enter(visit)?;
        self.device.step(id, event(act));
        Ok(())
    }

    fn looks(&mut self, visit: &Visit) -> Result<Screen, Trouble> {
        let id = self.enter(visit)?;
        let (view, payload) = self.device.view(id).ok_or_else(Trouble::default)?;
        let flaw = view.flaws.first().map(|flaw| Failure::new(flaw.kind()));
        let told = view.failure.clone().or(flaw);
        Ok(Screen {
            step: view.step.as_str().to_owned(),
            request: view.request.map(|counter| counter.to_string()),
            tries_left: view.tries_left,
            minutes_left: view.minutes_left,
            payload,
            address_hint: None,
            trouble: told.as_ref().map(trouble),
            offers: view.offers.iter().map(|offer| offer.method.to_string()).collect(),
            withheld: view
                .withheld
                .iter()
                .map(|withheld| (withheld.method.to_string(), withheld.reason.kind.code().to_owned()))
                .collect(),
        })
    }

    fn scans(&mut self, payload: &str) -> Result<Confirmation, Trouble> {
        self.relay.serve(payload)
    }

    fn follows_link(&mut self, _payload: &str) {
        // The fake relay has no page: there is nothing that a GET could do. The real world's relay has.
    }

    fn mails(&mut self) -> Vec<Mail> {
        self.relay.mails.append(&mut self.device.posted);
        self.relay.mails.clone()
    }

    fn prints_sheet(&mut self, password: &str) -> Vec<String> {
        assert!(self.device.log_in(password).is_some(), "a sheet needs a log-in");
        self.device.print_sheet()
    }

    fn support_unlocks(&mut self, payload: &str) -> Result<String, Trouble> {
        self.desk.unlock(payload)
    }

    fn agent_hears(&mut self, visit: &Visit) -> Case {
        let id = self.enter(visit).expect("its owner reads out what stands there");
        let (view, _) = self.device.view(id).expect("its owner may look");
        desk::case(&view, self.device.facts())
    }

    fn power_cut(&mut self) {
        self.device.boot();
    }

    fn relay_up(&mut self, up: bool) {
        self.relay.up = up;
    }

    fn method_dies(&mut self, visit: &Visit) {
        if let Ok(id) = self.enter(visit) {
            self.device.kill_method(id);
        }
    }

    fn holds_button(&mut self, span: Duration) {
        self.device.hold_button(span);
    }

    fn mail_server(&mut self, does: MailServer) {
        self.device.mail_server = does;
    }

    fn withdraws(&mut self, method: &str) {
        let method = MethodId::parse(method).expect("a story names a method");
        self.device.withdrawn.push(Failure::of(FailureKind::MethodNotInstalled, method));
        self.device.boot();
    }

    fn clock_says_1970(&mut self) {
        self.device.wall = Some(0);
        self.device.boot();
    }

    fn traces(&mut self) -> Vec<(String, Vec<u8>)> {
        let said = self.device.said.join("\n").into_bytes();
        let records = format!("{:?}", self.device.store.read().records).into_bytes();
        vec![("everything the engine said".to_owned(), said), ("records".to_owned(), records)]
    }

    fn audit(&mut self) -> Vec<String> {
        self.device.store.read().audit.clone()
    }
}
