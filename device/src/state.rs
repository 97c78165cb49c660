//! All that outlives a boot, as one value, and its form on disk.
//!
//! The core's types are not serialisable (STYLE, rule 13): this module owns their written form. The version stands in the
//! journal's slot; what cannot be read back whole is unreadable (R44), never half-believed.

use resetkit_core::{
    AccountName, Challenge, CodeStyle, Counter, Expected, KeptCode, KeptSheet, Lane, LastReset, LedgerRecord, MethodId,
    ProofKind, Purpose, Record, Salt, SessionId, Verifier,
};
use serde::{Deserialize, Serialize};

use crate::accounts::hashing::PasswordHash;
use crate::after::CareRow;
use crate::sheets::{KeptRow, SheetRow};

/// Most sessions that are kept (R47); the slots of the policy allow fewer.
pub const SESSIONS_MAX: usize = 24;
/// Most methods that are remembered (R47).
pub const METHODS_MAX: usize = 32;

/// Most former addresses of an account that still get notices (R47).
pub const FORMER_MAX: usize = 8;

/// The durable state.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct State {
    /// Accounts of the built-in store. None: the device was not initialised.
    pub accounts: Vec<AccountRow>,
    /// The device-wide counts.
    pub ledger: LedgerRow,
    /// Sessions with a challenge.
    pub sessions: Vec<SessionRow>,
    /// Notices not yet delivered by mail (R71).
    pub notices: Vec<NoticeRow>,
    /// What the owner says of methods, and how each was used (R90).
    pub methods: Vec<MethodRow>,
    /// The banner of the last reset until somebody acknowledges it.
    pub banner: Option<NoticeRow>,
    /// Sheets of recovery codes (R87): for each account at most one that counts and a fresh one.
    pub sheets: Vec<SheetRow>,
    /// Number of the newest sheet.
    pub sheets_made: u32,
    /// How often the device was handed over: its next epoch at the relay follows from it.
    pub hand_overs: u32,
    /// The device is being handed over: what is left of its owner goes before anything else happens.
    pub leaving: bool,
    /// A decision whose back end has not yet rolled forward (R60).
    pub decided: Option<DecidedRow>,
    /// Powered seconds over all boots, as of the last commit.
    pub powered_seconds: u64,
    /// Set once state was found unreadable: accounts are gone and only the console may set the device up anew (R44).
    pub was_unreadable: bool,
    /// Version of the newest brand pack that was marked as good; older ones are refused (R38, R84). Lost with an unreadable
    /// state, as everything is: who can damage the state can also fill in any other.
    pub brand_floor: u32,
    /// What is owed to the owner after a reset, and how mail from here went.
    pub care: CareRow,
}

/// One account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AccountRow {
    /// Its name, compared octet by octet (F10).
    pub name: String,
    /// The password; none where a back end of the firmware keeps it.
    pub hash: Option<PasswordHash>,
    /// The recovery address.
    pub email: Option<Email>,
    /// Addresses that were on file until lately; they still get notices (R63).
    pub former: Vec<Former>,
    /// Goes up with every change of the password; log-ins of an older one are over (R56).
    pub epoch: u32,
}

/// A staged password that is the password from now on, whatever happens (R60). Holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedRow {
    /// Under which number the back end keeps it.
    pub transaction: u64,
    /// Whose it is.
    pub account: String,
}

/// A recovery address as it was entered (R65).
#[derive(Clone, Serialize, Deserialize)]
pub struct Email {
    /// The stored form.
    pub address: String,
    /// Whether a test code proved it (R62).
    pub confirmed: bool,
}

impl core::fmt::Debug for Email {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Email({}, confirmed: {})", crate::mask::mask(&self.address), self.confirmed)
    }
}

/// An address that was on file.
#[derive(Clone, Serialize, Deserialize)]
pub struct Former {
    /// As it was stored.
    pub address: String,
    /// Gets notices until the device has run for so many seconds over all boots. Running time, for there may be no clock:
    /// on a device that is switched off at times it gets them longer, never shorter.
    pub until_powered_seconds: u64,
}

impl core::fmt::Debug for Former {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Former({}, until {})", crate::mask::mask(&self.address), self.until_powered_seconds)
    }
}

/// Where a notice goes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient(pub String);

impl core::fmt::Debug for Recipient {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Recipient({})", crate::mask::mask(&self.0))
    }
}

impl AccountRow {
    /// All addresses that a notice of this moment goes to: the one on file, and those that were until lately (R63, R71).
    #[must_use]
    pub fn recipients(&self, powered_seconds: u64) -> Vec<Recipient> {
        let former = self.former.iter().filter(|former| former.until_powered_seconds > powered_seconds);
        let current = self.email.as_ref().map(|email| &email.address);
        let mut all = Vec::new();
        for address in current.into_iter().chain(former.map(|former| &former.address)) {
            if !all.iter().any(|known: &Recipient| known.0 == *address) {
                all.push(Recipient(address.clone()));
            }
        }
        all
    }
}

/// A session that goes on after a boot.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SessionRow {
    /// The engine's record.
    pub record: RecordRow,
    /// SHA-256 of the token that its browser or client holds.
    pub token: [u8; 32],
    /// Language of its screen.
    pub locale: String,
    /// The sealed challenge as it is shown: the whole web address. Empty where the code was handed to a method.
    pub url: String,
    /// Seconds since boot or before: when it opened, for the order of slots.
    pub opened_s: u64,
    /// Columns and rows of its screen, where it is one of characters.
    pub cells: Option<(u16, u16)>,
}

/// One method: the owner's word, and its use (R90). Stays after the method is gone: it was used.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MethodRow {
    /// Its id.
    pub id: String,
    /// The owner has switched it off.
    pub off: bool,
    /// Resets that succeeded by it.
    pub uses: u32,
    /// The last of them.
    pub last: Option<UseRow>,
}

/// When a method was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UseRow {
    /// Request number.
    pub request: u32,
    /// Lane.
    pub lane: LaneRow,
    /// Powered seconds over all boots.
    pub powered_seconds: u64,
}

impl MethodRow {
    /// The row of this method, made where there is none. Beyond [`METHODS_MAX`] the one used longest ago makes way.
    pub fn of<'a>(rows: &'a mut Vec<Self>, id: &str) -> &'a mut Self {
        let known = rows.iter().position(|row| row.id == id);
        let at = known.unwrap_or_else(|| {
            if rows.len() >= METHODS_MAX {
                let age = |row: &Self| row.last.map_or(0, |last| last.powered_seconds);
                let oldest = rows.iter().enumerate().min_by_key(|(_, row)| (row.off, age(row))).map(|(at, _)| at);
                oldest.map(|at| rows.remove(at));
            }
            rows.push(Self { id: id.to_owned(), ..Self::default() });
            rows.len() - 1
        });
        &mut rows[at]
    }
}

/// Something that the owner is to be told of: a finished reset, another address.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NoticeRow {
    /// Request number; 0 where there was none.
    pub request: u32,
    /// Lane.
    pub lane: LaneRow,
    /// What was done.
    pub purpose: String,
    /// Method; empty where there was none.
    pub method: String,
    /// Account.
    pub account: String,
    /// Powered seconds over all boots when it happened.
    pub powered_seconds: u64,
    /// Seconds since 1970, where known.
    pub wall: Option<u64>,
    /// Number of the sheet of recovery codes that went on counting after a reset by another way.
    pub sheet: Option<u32>,
    /// Where it goes: frozen when it happened, so that a later change of the address takes it from nobody.
    pub to: Vec<Recipient>,
}

/// [`Lane`] as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum LaneRow {
    Console,
    Network,
    Button,
}

impl From<Lane> for LaneRow {
    fn from(lane: Lane) -> Self {
        match lane {
            Lane::Console => Self::Console,
            Lane::Network => Self::Network,
            Lane::Button => Self::Button,
        }
    }
}

impl From<LaneRow> for Lane {
    fn from(row: LaneRow) -> Self {
        match row {
            LaneRow::Console => Self::Console,
            LaneRow::Network => Self::Network,
            LaneRow::Button => Self::Button,
        }
    }
}

/// [`LedgerRecord`] as written.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct LedgerRow {
    console: u64,
    network: u64,
    button: u64,
    console_codes: u64,
    network_codes: u64,
    network_open: bool,
    counter: u32,
    boots: u32,
    resets: u32,
    last_reset: Option<(String, LaneRow, u32)>,
}

impl From<LedgerRecord> for LedgerRow {
    fn from(ledger: LedgerRecord) -> Self {
        let last_reset =
            ledger.last_reset.map(|last| (last.method.as_str().to_owned(), last.lane.into(), last.request.value()));
        Self {
            console: ledger.console,
            network: ledger.network,
            button: ledger.button,
            console_codes: ledger.console_codes,
            network_codes: ledger.network_codes,
            network_open: ledger.network_open,
            counter: ledger.counter,
            boots: ledger.boots,
            resets: ledger.resets,
            last_reset,
        }
    }
}

impl From<LedgerRow> for LedgerRecord {
    fn from(row: LedgerRow) -> Self {
        let last_reset = row.last_reset.and_then(|(method, lane, request)| {
            Some(LastReset {
                method: MethodId::parse(&method).ok()?,
                lane: lane.into(),
                request: Counter::new(request),
            })
        });
        Self {
            console: row.console,
            network: row.network,
            button: row.button,
            console_codes: row.console_codes,
            network_codes: row.network_codes,
            network_open: row.network_open,
            counter: row.counter,
            boots: row.boots,
            resets: row.resets,
            last_reset,
        }
    }
}

/// [`Record`] as written.
#[derive(Clone, Serialize, Deserialize)]
pub struct RecordRow {
    session: [u8; 16],
    lane: LaneRow,
    purpose: String,
    account: String,
    method: String,
    proof: String,
    counter: u32,
    style: String,
    expected: ExpectedRow,
    salt: [u8; 16],
    tries_left: u8,
    session_tries_left: u8,
    challenges_left: u8,
    minutes_left: u16,
    cap_minutes_left: u16,
    boots_left: u8,
}

/// [`Expected`] as written.
#[derive(Clone, Serialize, Deserialize)]
enum ExpectedRow {
    Drawn([u8; 32]),
    Kept { number: u32, codes: Vec<KeptRow> },
}

impl From<&Expected> for ExpectedRow {
    fn from(expected: &Expected) -> Self {
        let code = |code: &KeptCode| KeptRow { verifier: *code.verifier.octets(), used: code.used };
        match expected {
            Expected::Drawn(verifier) => Self::Drawn(*verifier.octets()),
            Expected::Kept(sheet) => Self::Kept { number: sheet.number, codes: sheet.codes.iter().map(code).collect() },
        }
    }
}

impl From<&ExpectedRow> for Expected {
    fn from(row: &ExpectedRow) -> Self {
        let code = |row: &KeptRow| KeptCode { verifier: Verifier::from_octets(row.verifier), used: row.used };
        match row {
            ExpectedRow::Drawn(verifier) => Self::Drawn(Verifier::from_octets(*verifier)),
            ExpectedRow::Kept { number, codes } => {
                Self::Kept(KeptSheet { number: *number, codes: codes.iter().map(code).collect() })
            }
        }
    }
}

impl core::fmt::Debug for RecordRow {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "RecordRow({:04})", self.counter)
    }
}

impl RecordRow {
    /// The written form.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        Self {
            session: record.session.octets(),
            lane: record.lane.into(),
            purpose: record.purpose.as_str().to_owned(),
            account: record.account.as_str().to_owned(),
            method: record.method.as_str().to_owned(),
            proof: record.proof.as_str().to_owned(),
            counter: record.challenge.counter.value(),
            style: record.challenge.style.as_str().to_owned(),
            expected: (&record.challenge.expected).into(),
            salt: record.challenge.salt.0,
            tries_left: record.tries_left,
            session_tries_left: record.session_tries_left,
            challenges_left: record.challenges_left,
            minutes_left: record.minutes_left,
            cap_minutes_left: record.cap_minutes_left,
            boots_left: record.boots_left,
        }
    }

    /// Reads it back; `None` where a word is none of ours.
    #[must_use]
    pub fn read(&self) -> Option<Record> {
        let purpose = Purpose::ALL.into_iter().find(|purpose| purpose.as_str() == self.purpose)?;
        Some(Record {
            session: SessionId::from_octets(self.session),
            lane: self.lane.into(),
            purpose,
            account: AccountName::parse(&self.account).ok()?,
            method: MethodId::parse(&self.method).ok()?,
            proof: ProofKind::parse(&self.proof)?,
            challenge: Challenge {
                counter: Counter::new(self.counter),
                purpose,
                style: CodeStyle::ALL.into_iter().find(|style| style.as_str() == self.style)?,
                expected: (&self.expected).into(),
                salt: Salt(self.salt),
            },
            tries_left: self.tries_left,
            session_tries_left: self.session_tries_left,
            challenges_left: self.challenges_left,
            minutes_left: self.minutes_left,
            cap_minutes_left: self.cap_minutes_left,
            boots_left: self.boots_left,
        })
    }

    /// Whether it waits for a code of a sheet of this account other than `but`.
    #[must_use]
    pub fn waits_for_sheet(&self, account: &AccountName, but: Option<u32>) -> bool {
        match &self.expected {
            ExpectedRow::Drawn(_) => false,
            ExpectedRow::Kept { number, .. } => self.account == account.as_str() && Some(*number) != but,
        }
    }

    /// The session it is of.
    #[must_use]
    pub fn session(&self) -> SessionId {
        SessionId::from_octets(self.session)
    }

    /// The challenge it is of.
    #[must_use]
    pub fn counter(&self) -> Counter {
        Counter::new(self.counter)
    }
}

impl State {
    /// Epoch at the relay: the first one, and one more with each hand-over.
    #[must_use]
    pub const fn relay_epoch(&self) -> u32 {
        self.hand_overs.saturating_add(1)
    }

    /// Counts a reset that succeeded for its method.
    pub fn used(&mut self, notice: &NoticeRow) {
        let row = MethodRow::of(&mut self.methods, &notice.method);
        row.uses = row.uses.saturating_add(1);
        let NoticeRow { request, lane, powered_seconds, .. } = *notice;
        row.last = Some(UseRow { request, lane, powered_seconds });
    }

    /// All addresses of all accounts that a notice goes to: several administrators hear of one another's reset.
    #[must_use]
    pub fn recipients(&self, powered_seconds: u64) -> Vec<Recipient> {
        let mut all = Vec::new();
        for recipient in self.accounts.iter().flat_map(|row| row.recipients(powered_seconds)) {
            if !all.contains(&recipient) {
                all.push(recipient);
            }
        }
        all
    }

    /// The octets that the journal keeps.
    ///
    /// # Panics
    /// Never: plain fields serialise.
    #[must_use]
    pub fn octets(&self) -> Vec<u8> {
        postcard::to_allocvec(self).expect("plain fields serialise")
    }

    /// Reads the octets back; `None` where they are not exactly one state.
    #[must_use]
    pub fn read(octets: &[u8]) -> Option<Self> {
        let (state, rest) = postcard::take_from_bytes::<Self>(octets).ok()?;
        rest.is_empty().then_some(state)
    }

    /// The account of this name.
    #[must_use]
    pub fn account(&self, name: &AccountName) -> Option<&AccountRow> {
        self.accounts.iter().find(|row| row.name == name.as_str())
    }

    /// The same, to be changed.
    pub fn account_mut(&mut self, name: &AccountName) -> Option<&mut AccountRow> {
        self.accounts.iter_mut().find(|row| row.name == name.as_str())
    }
}
