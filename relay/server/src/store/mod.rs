//! What a relay remembers. One trait, so that N relays may share one database; SQLite is embedded, PostgreSQL comes later.
//!
//! No plain address, no code and no plaintext ever reaches a store (R77).

mod accept;
mod desk;
mod outbox;
mod registry;
mod sqlite;

pub use desk::{DeskEvent, DeskLimits, NewTicket, PassedOn};
pub use sqlite::SqliteStore;

use crate::clock::UnixTime;
use crate::judge::{Limits, Refusal, Verdict};
use crate::secrets::{AddressTag, Digest32};
use resetkit_protocol::{
    Approval, BrandId, DevicePublic, DeviceStatus, FeedRow, Handle, Header, LabelTail, Nickname, ProblemCode, Ticket,
    TicketOutcome, TicketSummary, WaitingUnlock,
};
use std::error::Error;

/// One enrolled device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Device {
    /// Its random name.
    pub handle: Handle,
    /// Its public key.
    pub public_key: DevicePublic,
    /// Whose device it is.
    pub brand: BrandId,
    /// Model, for the mail.
    pub model: String,
    /// End of its label.
    pub label: LabelTail,
    /// Whether it may ask for mail.
    pub status: DeviceStatus,
    /// Enrolment.
    pub epoch: u32,
    /// What its owner calls it.
    pub nickname: Option<Nickname>,
    /// The sealed challenge that told the relay this device's address; opened only to send.
    pub address_seal: Option<Vec<u8>>,
}

/// An authenticated request, on its way into the store.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Who asks, and which counter.
    pub header: Header,
    /// Enrolment that the key was taken from.
    pub epoch: u32,
    /// Whose device.
    pub brand: BrandId,
    /// Name of the request.
    pub digest: Digest32,
    /// The sealed octets, for the outbox.
    pub sealed: Vec<u8>,
    /// Where the mail goes, as a keyed hash.
    pub address: AddressTag,
    /// What the *not me* link of the mail hashes to.
    pub not_me: Digest32,
}

/// A mail that is due, claimed by one sender.
#[derive(Clone, Debug)]
pub struct Due {
    /// Row in the outbox.
    pub id: i64,
    /// The sealed octets.
    pub sealed: Vec<u8>,
    /// When it was accepted: the mail's date, also of every repetition.
    pub accepted_at: UnixTime,
    /// How often sending was tried already.
    pub tries: u32,
    /// Where it was promised to go.
    pub address: AddressTag,
    /// Its device.
    pub device: Device,
}

/// How a try to send ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// The mail server took it.
    Sent,
    /// Not now; again at this time.
    Again(UnixTime),
    /// The mail server says that there is no such mailbox; nothing more to this address until then.
    Bounced(UnixTime),
    /// It cannot be sent: the time is over, or the key is gone.
    GivenUp,
}

/// What became of an import.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Imported {
    /// Devices that were not known.
    pub new: usize,
    /// Devices of which something changed.
    pub changed: usize,
    /// Devices that stood there already.
    pub same: usize,
}

/// The one way in to what is remembered. Every call is one transaction, durable when it returns.
pub trait Store: Send + Sync {
    /// Looks up one device.
    ///
    /// # Errors
    /// [`StoreError`].
    fn device(&self, handle: &Handle) -> Result<Option<Device>, StoreError>;

    /// Decides on a request and takes its counter, its quota and its place in the outbox in one step (R75).
    ///
    /// # Errors
    /// [`StoreError`]; nothing was taken then.
    fn accept(&self, attempt: &Attempt, limits: &Limits, now: UnixTime) -> Result<Verdict, StoreError>;

    /// How often these very octets were sent again since they were accepted; `None` if they never were.
    ///
    /// # Errors
    /// [`StoreError`].
    fn resends(&self, header: &Header, digest: &Digest32) -> Result<Option<u32>, StoreError>;

    /// Takes at most `most` due mails for `sender`, who has `lease` seconds for them.
    ///
    /// # Errors
    /// [`StoreError`].
    fn claim(&self, sender: &str, most: u32, lease: i64, now: UnixTime) -> Result<Vec<Due>, StoreError>;

    /// Gives back what `sender` had claimed before it died.
    ///
    /// # Errors
    /// [`StoreError`].
    fn release(&self, sender: &str) -> Result<(), StoreError>;

    /// Notes how a try ended. What is finished loses its sealed octets.
    ///
    /// # Errors
    /// [`StoreError`].
    fn settle(&self, id: i64, outcome: Outcome, now: UnixTime) -> Result<(), StoreError>;

    /// When the next mail is due.
    ///
    /// # Errors
    /// [`StoreError`].
    fn next_due(&self) -> Result<Option<UnixTime>, StoreError>;

    /// The device whose mail has this *not me* link, if the mail is not older than `since`.
    ///
    /// # Errors
    /// [`StoreError`].
    fn find_not_me(&self, token: &Digest32, since: UnixTime) -> Result<Option<Handle>, StoreError>;

    /// Stops mails for a device until then, and takes back those that wait (R72).
    ///
    /// # Errors
    /// [`StoreError`].
    fn suppress(&self, handle: &Handle, until: UnixTime) -> Result<(), StoreError>;

    /// Enrols or changes devices, all of them or none. `progress` hears how many rows are done.
    ///
    /// # Errors
    /// [`StoreError::Row`] names the first row that cannot be.
    fn import(&self, rows: &[FeedRow], progress: &mut dyn FnMut(usize)) -> Result<Imported, StoreError>;

    /// Keeps an unlock for the support desk; `false` if its device may not, or its counter was used.
    ///
    /// # Errors
    /// [`StoreError`].
    fn pass_on(&self, unlock: &PassedOn, now: UnixTime) -> Result<bool, StoreError>;

    /// Whether [`Store::pass_on`] would look at it at all.
    ///
    /// # Errors
    /// [`StoreError`].
    fn may_pass_on(&self, header: &Header) -> Result<bool, StoreError>;

    /// Whether these octets wait for the desk.
    ///
    /// # Errors
    /// [`StoreError`].
    fn is_waiting(&self, digest: &Digest32) -> Result<bool, StoreError>;

    /// What waits for a brand's desk, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    fn waiting(&self, brand: &BrandId, now: UnixTime) -> Result<Vec<WaitingUnlock>, StoreError>;

    /// Opens a ticket, or says why not; both are noted.
    ///
    /// # Errors
    /// [`StoreError`].
    fn open_ticket(
        &self,
        ticket: &NewTicket,
        limits: &DeskLimits,
        now: UnixTime,
    ) -> Result<Result<(), Refusal>, StoreError>;

    /// An open ticket with its approvals, while its device is what it was when the ticket was opened.
    ///
    /// # Errors
    /// [`StoreError`].
    fn ticket(&self, brand: &BrandId, number: &str, now: UnixTime) -> Result<Result<Ticket, ProblemCode>, StoreError>;

    /// Adds an approval; each half and each approver once. An approver may hand his own half over again.
    ///
    /// # Errors
    /// [`StoreError`].
    fn approve(
        &self,
        brand: &BrandId,
        number: &str,
        approval: &Approval,
        now: UnixTime,
    ) -> Result<Result<Ticket, ProblemCode>, StoreError>;

    /// Records how a call ended. The unlock and its halves are forgotten; refused before anybody approved, it counts no
    /// longer against the device.
    ///
    /// # Errors
    /// [`StoreError`].
    fn close_ticket(
        &self,
        brand: &BrandId,
        number: &str,
        actor: &str,
        outcome: TicketOutcome,
        now: UnixTime,
    ) -> Result<Result<(), ProblemCode>, StoreError>;

    /// A brand's tickets, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    fn tickets(&self, brand: &BrandId) -> Result<Vec<TicketSummary>, StoreError>;

    /// Who did what at the desks, oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    fn desk_audit(&self) -> Result<Vec<DeskEvent>, StoreError>;

    /// Forgets what no decision needs any more.
    ///
    /// # Errors
    /// [`StoreError`].
    fn sweep(&self, now: UnixTime) -> Result<(), StoreError>;
}

/// Why the store could not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database, whichever it is; its own words.
    #[error("the database failed: {0}")]
    Database(#[source] Box<dyn Error + Send + Sync>),
    /// A row of the database that this version cannot read.
    #[error("the database holds something unreadable in `{0}`")]
    Unreadable(&'static str),
    /// The device was changed since its key was read; ask again.
    #[error("the device was enrolled anew at this moment")]
    Moved,
    /// A row of a feed that must not be taken.
    #[error("row {line}: {problem}")]
    Row {
        /// Counted from 1.
        line: usize,
        /// What is wrong, and what it may mean.
        problem: String,
    },
}
