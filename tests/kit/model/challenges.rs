//! The model's challenges: counter up, code drawn, sealed by the real envelope or kept to be handed over.

use resetkit_core::{
    Carriage, Code, CodeStyle, Counter, Event, Failure, FailureKind, Lane, Purpose, Salt, SealForm, Ticket, Verifier,
};
use resetkit_protocol as wire;

use super::device::{Handed, ModelDevice};
use super::store::PowerCut;

/// In place of Argon2id with a keyed step: fast, and as different for different input. Nobody attacks the model.
pub(super) fn fake_slow_hash(code: &Code, purpose: Purpose, counter: Counter, salt: Salt) -> [u8; 32] {
    let mut hash = [0; 32];
    hash[..5].copy_from_slice(code.octets().expose());
    hash[5] = purpose.as_str().as_bytes()[0];
    hash[6..10].copy_from_slice(&counter.value().to_be_bytes());
    hash[10..26].copy_from_slice(&salt.0);
    hash
}

impl ModelDevice {
    pub(super) fn next_counter(&mut self, lane: Lane) -> Result<Result<Counter, FailureKind>, PowerCut> {
        let (ledger, counter) = match self.memory.ledger.next_counter(lane, self.now()) {
            Ok(next) => next,
            Err(kind) => return Ok(Err(kind)),
        };
        let kept = ledger.record(self.now());
        self.store.write(|flash| flash.ledger = Some(kept))?;
        self.memory.ledger = ledger;
        Ok(Ok(counter))
    }

    pub(super) fn issue(
        &mut self,
        ticket: Ticket,
        purpose: Purpose,
        lane: Lane,
        carriage: Carriage,
        style: CodeStyle,
    ) -> Result<Event, PowerCut> {
        let refused = |kind: FailureKind| Event::ChallengeRefused(ticket, Failure::new(kind));
        let counter = match self.next_counter(lane)? {
            Ok(counter) => counter,
            Err(kind) => return Ok(refused(kind)),
        };
        let code = Code::from_random(style, self.dice.octets());
        let salt = Salt(self.dice.octets());
        let verifier = Verifier::from_octets(fake_slow_hash(&code, purpose, counter, salt));
        match carriage {
            Carriage::Handed => {
                let Some(to) = self.store.read().email.clone() else { return Ok(refused(FailureKind::NoAddress)) };
                self.memory.handed.insert(counter, Handed { to, code });
            }
            Carriage::Sealed(form) => match self.seal(&code, purpose, lane, counter, form) {
                Some(octets) => drop(self.memory.sealed.insert(counter, octets)),
                None => return Ok(refused(FailureKind::SealFailed)),
            },
        }
        Ok(Event::ChallengeIssued(ticket, resetkit_core::Challenge { counter, purpose, style, verifier, salt }))
    }

    fn seal(&mut self, code: &Code, purpose: Purpose, lane: Lane, counter: Counter, form: SealForm) -> Option<Vec<u8>> {
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
        wire::seal(&self.secret, &self.relay, &self.brand, header, wire_form(form), &contents, seed).ok()
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
