//! A sheet as the journal keeps it: verifiers, never codes (R15, R87).

use resetkit_core::AccountName;
use serde::{Deserialize, Serialize};

use crate::state::State;

/// How many codes stand on a sheet (R87: eight to ten). Eight, for each of them costs one slow hash when it is made.
pub const CODES: usize = 8;

/// One sheet.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRow {
    /// Its number; goes up with every sheet of this device.
    pub number: u32,
    /// Whose it is.
    pub account: String,
    /// Codes of digits, where there is only a number pad.
    pub digits: bool,
    /// One salt for the sheet: what an owner types is stretched once and held against all codes.
    pub salt: [u8; 16],
    /// One row a code, in the order of the paper.
    pub codes: Vec<KeptRow>,
    /// The owner has typed one back: only then do they count, and the sheet before it is void.
    pub confirmed: bool,
}

/// One code of a sheet.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRow {
    /// What the engine compares with.
    pub verifier: [u8; 32],
    /// It has set a password.
    pub used: bool,
}

impl core::fmt::Debug for SheetRow {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "SheetRow({}, {} of {} left)", self.number, self.left(), self.codes.len())
    }
}

impl SheetRow {
    /// Codes that are not used up.
    #[must_use]
    pub fn left(&self) -> u8 {
        u8::try_from(self.codes.iter().filter(|code| !code.used).count()).unwrap_or(u8::MAX)
    }
}

/// The sheet of an account that counts.
#[must_use]
pub fn confirmed<'a>(sheets: &'a [SheetRow], account: &AccountName) -> Option<&'a SheetRow> {
    sheets.iter().find(|sheet| sheet.confirmed && sheet.account == account.as_str())
}

/// Whether the sheet of this number counts.
#[must_use]
pub fn still_counts(state: &State, number: u32) -> bool {
    state.sheets.iter().any(|sheet| sheet.confirmed && sheet.number == number)
}

/// The sheet of an account of which no code was typed back yet.
#[must_use]
pub fn unconfirmed<'a>(sheets: &'a [SheetRow], account: &AccountName) -> Option<&'a SheetRow> {
    sheets.iter().find(|sheet| !sheet.confirmed && sheet.account == account.as_str())
}

/// Marks a code as used. `false`: there is no such code, it is of another account or sheet, or it was used before (R14).
#[must_use]
pub fn spend(sheets: &mut [SheetRow], account: &AccountName, number: u32, place: usize) -> bool {
    let sheet = sheets.iter_mut().find(|sheet| sheet.number == number && sheet.account == account.as_str());
    let code = sheet.filter(|sheet| sheet.confirmed).and_then(|sheet| sheet.codes.get_mut(place));
    code.is_some_and(|code| !std::mem::replace(&mut code.used, true))
}
