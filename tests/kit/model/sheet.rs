//! The model's sheet of recovery codes (R87).

use resetkit_core::{
    Bound, Challenge, Code, CodeStyle, Counter, Expected, Grant, KeptCode, KeptSheet, Purpose, Record, Salt, Verifier,
};

use super::challenges::fake_slow_hash;
use super::device::ModelDevice;

/// Codes on a sheet.
const CODES: usize = 8;

/// What the flash has of it: never a code.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    number: u32,
    salt: Salt,
    codes: Vec<([u8; 32], bool)>,
}

impl Sheet {
    pub(super) fn kept(&self) -> KeptSheet {
        let code =
            |(octets, used): &([u8; 32], bool)| KeptCode { verifier: Verifier::from_octets(*octets), used: *used };
        KeptSheet { number: self.number, codes: self.codes.iter().map(code).collect() }
    }

    pub(super) fn challenge(&self, counter: Counter, purpose: Purpose) -> Challenge {
        let expected = Expected::Kept(self.kept());
        Challenge { counter, purpose, style: CodeStyle::KeptLetters, expected, salt: self.salt }
    }

    /// Marks the code that this grant uses up; `false`: it is not there to be used.
    pub(super) fn spend(sheet: &mut Option<Sheet>, grant: &Grant) -> bool {
        let Some(kept) = grant.kept() else { return true };
        let sheet = sheet.as_mut().filter(|sheet| sheet.number == kept.sheet);
        let code = sheet.and_then(|sheet| sheet.codes.get_mut(usize::from(kept.place)));
        code.is_some_and(|(_, used)| !std::mem::replace(used, true))
    }

    /// A record of a sheet is read back with the sheet as it is by now; `None` where it is another one.
    pub(super) fn fill_in(sheet: Option<&Sheet>, record: Record) -> Option<Record> {
        let Some(old) = record.challenge.sheet() else { return Some(record) };
        let now = sheet.filter(|sheet| sheet.number == old.number)?;
        Some(Record { challenge: now.challenge(record.challenge.counter, record.challenge.purpose), ..record })
    }
}

impl ModelDevice {
    /// A new sheet, of which one code was typed back; what stands on the paper. The one before is void.
    pub(super) fn print_sheet(&mut self) -> Vec<String> {
        let number = self.store.read().sheet.as_ref().map_or(1, |sheet| sheet.number + 1);
        let salt = Salt(self.dice.octets());
        let paper: Vec<Code> =
            (0..CODES).map(|_| Code::from_random(CodeStyle::KeptLetters, self.dice.octets())).collect();
        let hash = |code: &Code| (fake_slow_hash(code, Purpose::Reset, Bound::Sheet(number), salt), false);
        let sheet = Sheet { number, salt, codes: paper.iter().map(hash).collect() };
        if self.store.write(|flash| flash.sheet = Some(sheet)).is_err() {
            self.boot();
        }
        paper.iter().map(|code| code.display().expose().clone()).collect()
    }
}
