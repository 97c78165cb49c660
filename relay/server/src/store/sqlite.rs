//! SQLite, embedded. One writer at a time; write-ahead log, flushed to the disk before a call returns (R76).

use super::{Attempt, DeskEvent, DeskLimits, Device, Due, Imported, NewTicket, Outcome, PassedOn, Store, StoreError};
use super::{accept, desk, outbox, registry};
use crate::clock::UnixTime;
use crate::judge::{Limits, Refusal, Verdict};
use crate::secrets::Digest32;
use resetkit_protocol::{
    Approval, BrandId, FeedRow, Handle, Header, ProblemCode, Ticket, TicketOutcome, TicketSummary, WaitingUnlock,
};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Version of the tables, kept in the file.
const SCHEMA_VERSION: i64 = 1;

/// A relay's memory in one file.
pub struct SqliteStore(Mutex<Connection>);

impl SqliteStore {
    /// Opens or makes the file.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] if the file is of a later version; [`StoreError::Database`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        // What is deleted leaves no trace in free pages (R77).
        connection.pragma_update(None, "secure_delete", "ON")?;
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version > SCHEMA_VERSION {
            return Err(StoreError::Unreadable("user_version"));
        }
        connection.execute_batch(include_str!("schema.sql"))?;
        connection.pragma_update(None, "user_version", SCHEMA_VERSION)?;
        Ok(Self(Mutex::new(connection)))
    }

    /// Runs `work` in one transaction that is written through when this returns. An error undoes all of it.
    fn within<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        // A panic in the middle of a transaction rolled it back when it was dropped, so the connection is sound.
        let mut connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    fn reading<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        work(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(Box::new(error))
    }
}

impl Store for SqliteStore {
    fn device(&self, handle: &Handle) -> Result<Option<Device>, StoreError> {
        self.reading(|connection| registry::find(connection, handle))
    }

    fn accept(&self, attempt: &Attempt, limits: &Limits, now: UnixTime) -> Result<Verdict, StoreError> {
        self.within(|transaction| accept::accept(transaction, attempt, limits, now))
    }

    fn resends(&self, header: &Header, digest: &Digest32) -> Result<Option<u32>, StoreError> {
        self.reading(|connection| accept::resends(connection, header, digest))
    }

    fn claim(&self, sender: &str, most: u32, lease: i64, now: UnixTime) -> Result<Vec<Due>, StoreError> {
        self.within(|transaction| outbox::claim(transaction, sender, most, lease, now))
    }

    fn release(&self, sender: &str) -> Result<(), StoreError> {
        self.within(|transaction| outbox::release(transaction, sender))
    }

    fn settle(&self, id: i64, outcome: Outcome, now: UnixTime) -> Result<(), StoreError> {
        self.within(|transaction| outbox::settle(transaction, id, outcome, now))
    }

    fn next_due(&self) -> Result<Option<UnixTime>, StoreError> {
        self.reading(outbox::next_due)
    }

    fn find_not_me(&self, token: &Digest32, since: UnixTime) -> Result<Option<Handle>, StoreError> {
        self.reading(|connection| outbox::find_not_me(connection, token, since))
    }

    fn suppress(&self, handle: &Handle, until: UnixTime) -> Result<(), StoreError> {
        self.within(|transaction| outbox::suppress(transaction, handle, until))
    }

    fn import(&self, rows: &[FeedRow], progress: &mut dyn FnMut(usize)) -> Result<Imported, StoreError> {
        self.within(|transaction| registry::import(transaction, rows, progress))
    }

    fn sweep(&self, now: UnixTime) -> Result<(), StoreError> {
        self.within(|transaction| {
            outbox::sweep(transaction, now)?;
            desk::sweep(transaction, now)
        })
    }

    fn pass_on(&self, unlock: &PassedOn, now: UnixTime) -> Result<bool, StoreError> {
        self.within(|transaction| desk::pass_on(transaction, unlock, now))
    }

    fn may_pass_on(&self, header: &Header) -> Result<bool, StoreError> {
        self.reading(|connection| desk::may_pass_on(connection, header))
    }

    fn is_waiting(&self, digest: &Digest32) -> Result<bool, StoreError> {
        self.reading(|connection| desk::is_waiting(connection, digest))
    }

    fn waiting(&self, brand: &BrandId, now: UnixTime) -> Result<Vec<WaitingUnlock>, StoreError> {
        self.reading(|connection| desk::waiting(connection, brand, now))
    }

    fn open_ticket(
        &self,
        ticket: &NewTicket,
        limits: &DeskLimits,
        now: UnixTime,
    ) -> Result<Result<(), Refusal>, StoreError> {
        self.within(|transaction| desk::open(transaction, ticket, limits, now))
    }

    fn ticket(&self, brand: &BrandId, number: &str, now: UnixTime) -> Result<Result<Ticket, ProblemCode>, StoreError> {
        self.reading(|connection| desk::ticket(connection, brand, number, now))
    }

    fn approve(
        &self,
        brand: &BrandId,
        number: &str,
        approval: &Approval,
        now: UnixTime,
    ) -> Result<Result<Ticket, ProblemCode>, StoreError> {
        self.within(|transaction| desk::approve(transaction, brand, number, approval, now))
    }

    fn close_ticket(
        &self,
        brand: &BrandId,
        number: &str,
        actor: &str,
        outcome: TicketOutcome,
        now: UnixTime,
    ) -> Result<Result<(), ProblemCode>, StoreError> {
        self.within(|transaction| desk::close(transaction, brand, number, actor, outcome, now))
    }

    fn tickets(&self, brand: &BrandId) -> Result<Vec<TicketSummary>, StoreError> {
        self.reading(|connection| desk::tickets(connection, brand))
    }

    fn desk_audit(&self) -> Result<Vec<DeskEvent>, StoreError> {
        self.reading(desk::audit)
    }
}
