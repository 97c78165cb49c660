//! The owner's sheet of recovery codes, and what the daemon does with it (R87).

use super::{Device, derive};
use resetkit_core::*;

/// A sheet, and the paper that it was printed on.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    pub(crate) number: u32,
    /// What stands on the paper.
    pub(crate) paper: Vec<String>,
    pub(crate) used: Vec<bool>,
    pub(crate) salt: Salt,
}

impl Sheet {
    /// A fresh one of eight codes.
    pub(crate) fn printed(number: u32) -> Self {
        let code = |place: u8| {
            let octets =
                [u8::try_from(number).unwrap(), 0x5a, place, 3, 4, 5, 6, 7, place, 9, 10, 11, place, 13, 14, 15];
            Code::from_random(CodeStyle::KeptLetters, octets).display().expose().clone()
        };
        Self { number, paper: (0..8).map(code).collect(), used: vec![false; 8], salt: Salt([7; 16]) }
    }

    pub(crate) fn left(&self) -> u8 {
        u8::try_from(self.used.iter().filter(|used| !**used).count()).unwrap()
    }

    /// The first code that is not crossed out.
    pub(crate) fn next(&self) -> Option<&String> {
        self.paper.iter().zip(&self.used).find_map(|(code, used)| (!used).then_some(code))
    }

    fn kept(&self) -> KeptSheet {
        let code = |(text, used): (&String, &bool)| {
            let code = Code::parse(text, CodeStyle::KeptLetters).unwrap();
            let octets = derive(&code, Purpose::Reset, Bound::Sheet(self.number), self.salt);
            KeptCode { verifier: Verifier::from_octets(octets), used: *used }
        };
        KeptSheet { number: self.number, codes: self.paper.iter().zip(&self.used).map(code).collect() }
    }
}

impl Device {
    /// What the method that is in use asks for.
    pub(crate) fn wish(&self, run: Ticket) -> Event {
        let view = self.view();
        let proof = view.method.and_then(|method| self.selection.offer(&method)).map(|offer| offer.proof);
        let purpose = proof.map_or(view.purpose, |proof| challenge_purpose(view.purpose, proof));
        let form = if purpose == Purpose::Unlock { SealForm::Unlock } else { SealForm::AddressSealed };
        match view.carries {
            Some(Carries::Handed) => Event::DeliveryAsked { run, purpose },
            Some(Carries::Presence) => Event::PressAsked { run },
            Some(Carries::Kept) => Event::KeptAsked { run },
            Some(Carries::Sealed) | None => Event::SealAsked { run, purpose, form },
        }
    }

    /// The challenge that the daemon makes of the sheet.
    pub(crate) fn kept_challenge(&mut self, counter: Counter, purpose: Purpose) -> Result<Challenge, FailureKind> {
        let sheet = self.sheet.as_ref().filter(|sheet| sheet.left() > 0).ok_or(FailureKind::NoRecoveryCodes)?;
        let expected = Expected::Kept(sheet.kept());
        // What an owner who reads his mail would have: nothing.
        Ok(Challenge { counter, purpose, style: CodeStyle::KeptLetters, expected, salt: sheet.salt })
    }

    /// Marks the code that a grant uses up; `false`: it is not there to be used.
    pub(crate) fn spends_kept(&mut self, grant: &Grant) -> bool {
        let Some(kept) = grant.kept() else { return true };
        let Some(sheet) = self.sheet.as_mut().filter(|sheet| sheet.number == kept.sheet) else { return false };
        let fresh = !std::mem::replace(&mut sheet.used[usize::from(kept.place)], true);
        if fresh {
            self.kept_used.push(kept);
        }
        fresh
    }

    /// A record as the journal has it: of a sheet it keeps the number only, and reads the rest as it is now.
    pub(crate) fn filled_in(&mut self, record: Record) -> Record {
        let now =
            self.sheet.as_ref().filter(|sheet| Some(sheet.number) == record.challenge.sheet().map(|old| old.number));
        let Some(sheet) = now else { return record };
        Record { challenge: Challenge { expected: Expected::Kept(sheet.kept()), ..record.challenge }, ..record }
    }
}
