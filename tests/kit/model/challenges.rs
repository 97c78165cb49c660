//! The model's challenges: counter up, code drawn, sealed by the real envelope or kept to be handed over; or the owner's
//! sheet looked up.

use resetkit_core::{
    Bound, Carriage, Challenge, Code, CodeStyle, Counter, Event, Expected, Failure, FailureKind, Lane, Purpose, Salt,
    SealForm, Ticket, Verifier,
};
use resetkit_protocol as wire;

use super::device::{Handed, ModelDevice};
use super::store::PowerCut;

/// In place of Argon2id with a keyed step: fast, and as different for different input. Nobody attacks the model.
pub(super) fn fake_slow_hash(code: &Code, purpose: Purpose, bound: Bound, salt: Salt) -> [u8; 32] {
    let (kind, number) = match bound {
        Bound::Counter(counter) => (b'c', counter.value()),
        Bound::Sheet(sheet) => (b's', sheet),
    };
    let (octets, mut hash) = (code.octets(), [0; 32]);
    hash[..octets.expose().len()].copy_from_slice(octets.expose());
    (hash[10], hash[11]) = (purpose.as_str().as_bytes()[0], kind);
    hash[12..16].copy_from_slice(&number.to_be_bytes());
    hash[16..].copy_from_slice(&salt.0);
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
        if carriage == Carriage::Kept {
            let sheet = self.store.read().sheet.clone().filter(|sheet| sheet.kept().left() > 0);
            return Ok(sheet.map_or_else(
                || refused(FailureKind::NoRecoveryCodes),
                |sheet| Event::ChallengeIssued(ticket, sheet.challenge(counter, purpose)),
            ));
        }
        let code = Code::from_random(style, self.dice.octets());
        let salt = Salt(self.dice.octets());
        let verifier = Verifier::from_octets(fake_slow_hash(&code, purpose, Bound::Counter(counter), salt));
        match carriage {
            Carriage::Kept => {}
            Carriage::Handed => {
                let Some(to) = self.store.read().email.clone() else { return Ok(refused(FailureKind::NoAddress)) };
                self.memory.handed.insert(counter, Handed { to, code });
            }
            Carriage::Sealed(form) => match self.seal(&code, purpose, lane, counter, form) {
                Some(octets) => drop(self.memory.sealed.insert(counter, octets)),
                None => return Ok(refused(FailureKind::SealFailed)),
            },
        }
        let expected = Expected::Drawn(verifier);
        Ok(Event::ChallengeIssued(ticket, Challenge { counter, purpose, style, expected, salt }))
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
            code: wire::CodeOctets::new(*code.sealed_octets()?.expose()),
            style: wire::CodeStyle::Letters,
            locale: wire::Locale::EN,
            address,
        };
        let mut seed = || wire::SealSeed::new(self.dice.octets());
        match wire_form(form) {
            Some(form) => wire::seal(&self.secret, &self.relay, &self.brand, header, form, &contents, seed()).ok(),
            None => {
                let seeds = wire::UnlockSeeds { pad: seed(), first: seed(), second: seed() };
                let (header, contents) = (self.unlock_header(header)?, wire::Contents { address: None, ..contents });
                let keys = self.approvers.as_ref()?;
                wire::seal_unlock(&self.secret, keys, &self.brand, header, &contents, seeds).ok()
            }
        }
    }

    /// An unlock names the approvers' keys in place of the relay's.
    fn unlock_header(&self, header: wire::Header) -> Option<wire::Header> {
        Some(wire::Header { key_id: self.approvers.as_ref()?.key_id(), ..header })
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

/// `None`: no mail, an unlock.
const fn wire_form(form: SealForm) -> Option<wire::Form> {
    Some(match form {
        SealForm::AddressAtRelay => wire::Form::AddressAtRelay,
        SealForm::AddressSealed => wire::Form::AddressSealed,
        SealForm::LongAddressSealed => wire::Form::LongAddressSealed,
        SealForm::Unlock => return None,
    })
}
