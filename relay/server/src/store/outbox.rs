//! Mails that wait to be sent. At least once across every crash; finished ones lose their octets (R76, R77).

use super::{Due, Outcome, StoreError, registry};
use crate::clock::UnixTime;
use crate::judge::DAY;
use crate::secrets::{AddressTag, Digest32};
use resetkit_protocol::Handle;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

/// Requests are remembered for as long as their counter could come again inside the window, in days: a resend after
/// that is answered *counter used*, since the window still holds it.
const REMEMBER_DAYS: i64 = 8;

pub(super) fn claim(
    transaction: &Transaction<'_>,
    sender: &str,
    most: u32,
    lease: i64,
    now: UnixTime,
) -> Result<Vec<Due>, StoreError> {
    let sql = format!(
        "SELECT request.id, sealed, accepted_at, tries, address, {} FROM request
         JOIN device ON device.handle = request.handle AND device.epoch = request.epoch
         WHERE sealed IS NOT NULL AND next_at <= ?1 AND (lease_until IS NULL OR lease_until <= ?1)
         ORDER BY next_at LIMIT ?2",
        registry::COLUMNS
    );
    let mut statement = transaction.prepare_cached(&sql)?;
    let mut rows = statement.query(params![now.0, most])?;
    let mut claimed = Vec::new();
    while let Some(row) = rows.next()? {
        claimed.push(Due {
            id: row.get(0)?,
            sealed: row.get(1)?,
            accepted_at: UnixTime(row.get(2)?),
            tries: row.get(3)?,
            address: AddressTag(row.get(4)?),
            device: registry::read(row, 5)?,
        });
    }
    for due in &claimed {
        transaction.execute(
            "UPDATE request SET lease_until = ?2, lease_by = ?3, tries = tries + 1 WHERE id = ?1",
            params![due.id, now.plus(lease).0, sender],
        )?;
    }
    Ok(claimed)
}

pub(super) fn release(transaction: &Transaction<'_>, sender: &str) -> Result<(), StoreError> {
    transaction.execute("UPDATE request SET lease_until = NULL, lease_by = NULL WHERE lease_by = ?1", [sender])?;
    Ok(())
}

pub(super) fn settle(
    transaction: &Transaction<'_>,
    id: i64,
    outcome: Outcome,
    now: UnixTime,
) -> Result<(), StoreError> {
    let end = |word: &str| {
        transaction.execute(
            "UPDATE request SET sealed = NULL, next_at = NULL, lease_until = NULL, lease_by = NULL, ended = ?2
             WHERE id = ?1",
            params![id, word],
        )
    };
    match outcome {
        Outcome::Sent => end("sent")?,
        Outcome::GivenUp => end("given-up")?,
        Outcome::Bounced(until) => {
            transaction.execute(
                "INSERT INTO bounce (address, until) SELECT address, ?2 FROM request WHERE id = ?1
                 ON CONFLICT (address) DO UPDATE SET until = excluded.until",
                params![id, until.0],
            )?;
            end("bounced")?
        }
        Outcome::Again(at) => transaction.execute(
            "UPDATE request SET next_at = ?2, lease_until = NULL, lease_by = NULL WHERE id = ?1",
            params![id, at.0.max(now.0)],
        )?,
    };
    Ok(())
}

pub(super) fn next_due(connection: &Connection) -> Result<Option<UnixTime>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT min(max(next_at, coalesce(lease_until, next_at))) FROM request WHERE sealed IS NOT NULL",
    )?;
    Ok(statement.query_row([], |row| row.get::<_, Option<i64>>(0))?.map(UnixTime))
}

pub(super) fn find_not_me(
    connection: &Connection,
    token: &Digest32,
    since: UnixTime,
) -> Result<Option<Handle>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT handle FROM request WHERE not_me = ?1 AND accepted_at >= ?2")?;
    Ok(statement.query_row(params![token.0, since.0], |row| row.get(0)).optional()?.map(Handle::new))
}

pub(super) fn suppress(transaction: &Transaction<'_>, handle: &Handle, until: UnixTime) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE device SET suppressed_until = max(coalesce(suppressed_until, 0), ?2) WHERE handle = ?1",
        params![handle.octets(), until.0],
    )?;
    transaction.execute(
        "UPDATE request SET sealed = NULL, next_at = NULL, ended = 'stopped'
         WHERE handle = ?1 AND sealed IS NOT NULL",
        [handle.octets()],
    )?;
    Ok(())
}

pub(super) fn sweep(transaction: &Transaction<'_>, now: UnixTime) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM sending WHERE at <= ?1", [now.plus(-DAY).0])?;
    transaction.execute("DELETE FROM bounce WHERE until <= ?1", [now.0])?;
    transaction.execute(
        "DELETE FROM request WHERE accepted_at <= ?1 AND sealed IS NULL",
        [now.plus(-REMEMBER_DAYS * DAY).0],
    )?;
    // What was accepted before a new enrolment has no key any more.
    transaction.execute(
        "UPDATE request SET sealed = NULL, next_at = NULL, ended = 'given-up' WHERE sealed IS NOT NULL AND epoch <
         (SELECT epoch FROM device WHERE device.handle = request.handle)",
        [],
    )?;
    Ok(())
}
