//! What the model's device does for each effect of the engine: at once, in memory, and durable where it must be.

use std::collections::VecDeque;

use resetkit_core::{
    Counter, Derived, Effect, Effects, Event, Failure, FailureKind, Grant, Lane, LastReset, PasswordFlaw, PressTurn,
    Record, SessionId, SessionRules, Ticket, TransactionId,
};
use resetkit_protocol as wire;

use super::challenges::fake_slow_hash;
use super::device::{ModelDevice, administrator};
use super::sheet::Sheet;
use super::store::{Flash, PowerCut};

/// Where the model's QR codes lead.
const PREFIX: &str = "HTTPS://R.EXAMPLE.ORG/";

impl ModelDevice {
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
            Effect::TellMethod { run, news } => self.tell_method(id, run, news),
            Effect::IssueChallenge { ticket, purpose, lane, carriage, style, .. } => {
                mine(self.issue(ticket, purpose, lane, carriage, style)?)
            }
            Effect::DeliverCode { counter, run } => self.deliver(id, counter, run),
            Effect::DeliverSealed { counter, .. } => {
                let octets = self.memory.sealed.get(&counter).cloned();
                self.with_seat(id, |seat| seat.payload = octets.map(|octets| wire::to_url(PREFIX, &octets)));
                Vec::new()
            }
            Effect::RaiseCounter { ticket, lane } => self.raise_counter(id, ticket, lane)?,
            Effect::WatchButton { run, .. } => {
                mine(Event::ButtonWatched { run, at: self.memory.since_boot, pressed: false })
            }
            Effect::LeaveButton { .. } | Effect::Close => {
                self.memory.desk.leave(id);
                Vec::new()
            }
            Effect::EraseAll { ticket, .. } => self.erase(id, ticket)?,
            Effect::Persist { ticket, record } => mine(self.persist(id, ticket, record)?),
            Effect::Charge { ticket, lane, record } => mine(self.charge(id, ticket, lane, record)?),
            Effect::Derive { ticket, code, purpose, bound, salt } => {
                let hash = fake_slow_hash(&code, purpose, bound, salt);
                mine(Event::Derived(ticket, Derived::from_octets(hash)))
            }
            Effect::Prepare { ticket, password, .. } => mine(self.prepare(ticket, password.expose())?),
            Effect::DropPrepared(transaction) => {
                self.writes_silently(|flash| drop(flash.staged.remove(&transaction.value())))?
            }
            Effect::CommitPassword { ticket, grant } => self.commit(id, ticket, &grant)?,
            Effect::ConfirmAddress { ticket, .. } => mine(self.confirm_address(id, ticket)?),
            Effect::VoidChallenges(counters) => self.writes_silently(|flash| {
                flash.records.retain(|_, (record, _)| !counters.contains(&record.challenge.counter));
            })?,
            Effect::Audit(entry) => self.writes_silently(|flash| flash.audit.push(entry.what.as_str().to_owned()))?,
            Effect::NotifyOwner(_) => {
                self.notices += 1;
                Vec::new()
            }
            Effect::Note(_) | Effect::AwaitKept { .. } => Vec::new(),
        })
    }

    /// A durable write that the engine waits for no answer to.
    fn writes_silently(&mut self, change: impl FnOnce(&mut Flash)) -> Result<Vec<(SessionId, Event)>, PowerCut> {
        self.store.write(change)?;
        Ok(Vec::new())
    }

    fn persist(&mut self, id: SessionId, ticket: Ticket, record: Record) -> Result<Event, PowerCut> {
        let token = self.token(id);
        self.store.write(|flash| drop(flash.records.insert(id, (record, token))))?;
        Ok(Event::Persisted(ticket))
    }

    fn charge(&mut self, id: SessionId, ticket: Ticket, lane: Lane, record: Record) -> Result<Event, PowerCut> {
        let ledger = match self.memory.ledger.take(lane, self.now()) {
            Ok(ledger) => ledger,
            Err(refusal) => return Ok(Event::ChargeRefused(ticket, refusal)),
        };
        let (kept, token) = (ledger.record(self.now()), self.token(id));
        self.store.write(|flash| {
            flash.ledger = Some(kept);
            flash.records.insert(id, (record, token));
        })?;
        self.memory.ledger = ledger;
        Ok(Event::Charged(ticket))
    }

    fn confirm_address(&mut self, id: SessionId, ticket: Ticket) -> Result<Event, PowerCut> {
        self.store.write(|flash| {
            flash.confirmed = true;
            flash.records.remove(&id);
        })?;
        Ok(Event::AddressConfirmed(ticket))
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
        Ok(self.ends_the_others(id, Event::Erased(ticket)))
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

    fn commit(&mut self, id: SessionId, ticket: Ticket, grant: &Grant) -> Result<Vec<(SessionId, Event)>, PowerCut> {
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
        Ok(self.ends_the_others(id, Event::Committed(ticket)))
    }

    /// This session hears that it is done, and every other one that it is over.
    fn ends_the_others(&self, id: SessionId, done: Event) -> Vec<(SessionId, Event)> {
        let others = self.memory.seats.keys().filter(|other| **other != id).map(|other| (*other, Event::Superseded));
        std::iter::once((id, done)).chain(others).collect()
    }
}
