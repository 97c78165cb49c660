//! The one step in which a request takes its counter, its quota and its place in the outbox (R74, R75).

use super::registry::read_status;
use super::{Attempt, StoreError};
use crate::clock::UnixTime;
use crate::judge::{DAY, Earlier, Limits, Sending, Situation, Verdict, judge};
use crate::secrets::{AddressTag, Digest32};
use crate::window::Window;
use resetkit_protocol::{Handle, Header, Lane, Purpose};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

pub(super) fn accept(
    transaction: &Transaction<'_>,
    attempt: &Attempt,
    limits: &Limits,
    now: UnixTime,
) -> Result<Verdict, StoreError> {
    let situation = look(transaction, attempt, now)?;
    let header = &attempt.header;
    let verdict = judge(&situation, header.lane, header.counter, limits, now);
    match verdict {
        Verdict::Refuse(_) | Verdict::AlreadyWaiting => {}
        Verdict::Send => {
            take_counter(transaction, &header.handle, situation.window.take(header.counter))?;
            put_in_outbox(transaction, attempt, now)?;
            keep_address(transaction, attempt)?;
            count(transaction, attempt, now)?;
        }
        Verdict::SendAgain => {
            put_back(transaction, attempt, now)?;
            count(transaction, attempt, now)?;
        }
    }
    Ok(verdict)
}

pub(super) fn resends(connection: &Connection, header: &Header, digest: &Digest32) -> Result<Option<u32>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT resends FROM request WHERE handle = ?1 AND counter = ?2 AND digest = ?3")?;
    let octets = params![header.handle.octets(), header.counter, digest.0];
    Ok(statement.query_row(octets, |row| row.get(0)).optional()?)
}

fn look(transaction: &Transaction<'_>, attempt: &Attempt, now: UnixTime) -> Result<Situation, StoreError> {
    let handle = &attempt.header.handle;
    let mut statement = transaction
        .prepare_cached("SELECT status, epoch, suppressed_until, highest, taken FROM device WHERE handle = ?1")?;
    let (status, epoch, suppressed_until, window) = statement
        .query_row([handle.octets()], |row| {
            let window = Window { highest: row.get(3)?, taken: row.get::<_, i64>(4)?.cast_unsigned() };
            Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?, row.get::<_, Option<i64>>(2)?, window))
        })
        .optional()?
        .ok_or(StoreError::Moved)?;
    if epoch != attempt.epoch {
        return Err(StoreError::Moved);
    }
    Ok(Situation {
        status: read_status(&status)?,
        suppressed_until: suppressed_until.map(UnixTime),
        bounced_until: bounced_until(transaction, &attempt.address)?,
        window,
        earlier: earlier(transaction, attempt)?,
        device: device_sendings(transaction, handle, now)?,
        address: address_sendings(transaction, &attempt.address, now)?,
    })
}

fn bounced_until(transaction: &Transaction<'_>, address: &AddressTag) -> Result<Option<UnixTime>, StoreError> {
    let mut statement = transaction.prepare_cached("SELECT until FROM bounce WHERE address = ?1")?;
    Ok(statement.query_row([address.0], |row| row.get(0)).optional()?.map(UnixTime))
}

fn earlier(transaction: &Transaction<'_>, attempt: &Attempt) -> Result<Option<Earlier>, StoreError> {
    let mut statement = transaction.prepare_cached(
        "SELECT digest, resends, sealed IS NOT NULL FROM request WHERE handle = ?1 AND epoch = ?2 AND counter = ?3",
    )?;
    let found = statement
        .query_row(params![attempt.header.handle.octets(), attempt.epoch, attempt.header.counter], |row| {
            let digest: [u8; 32] = row.get(0)?;
            Ok(Earlier { identical: digest == attempt.digest.0, resends: row.get(1)?, waiting: row.get(2)? })
        })
        .optional()?;
    Ok(found)
}

fn device_sendings(transaction: &Transaction<'_>, handle: &Handle, now: UnixTime) -> Result<Vec<Sending>, StoreError> {
    let mut statement = transaction.prepare_cached("SELECT lane, at FROM sending WHERE handle = ?1 AND at > ?2")?;
    let rows = statement.query_map(params![handle.octets(), now.plus(-DAY).0], |row| {
        Ok((row.get::<_, u8>(0)?, UnixTime(row.get(1)?)))
    })?;
    rows.map(|row| {
        let (wire, at) = row?;
        let lane = Lane::ALL.into_iter().find(|lane| lane.wire() == wire).ok_or(StoreError::Unreadable("lane"))?;
        Ok(Sending { lane, at })
    })
    .collect()
}

fn address_sendings(
    transaction: &Transaction<'_>,
    address: &AddressTag,
    now: UnixTime,
) -> Result<Vec<UnixTime>, StoreError> {
    let mut statement = transaction.prepare_cached("SELECT at FROM sending WHERE address = ?1 AND at > ?2")?;
    let rows = statement.query_map(params![address.0, now.plus(-DAY).0], |row| row.get(0).map(UnixTime))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn take_counter(transaction: &Transaction<'_>, handle: &Handle, window: Window) -> Result<(), StoreError> {
    let mut statement = transaction.prepare_cached("UPDATE device SET highest = ?2, taken = ?3 WHERE handle = ?1")?;
    statement.execute(params![handle.octets(), window.highest, window.taken.cast_signed()])?;
    Ok(())
}

fn put_in_outbox(transaction: &Transaction<'_>, attempt: &Attempt, now: UnixTime) -> Result<(), StoreError> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO request (handle, epoch, counter, digest, accepted_at, address, not_me, sealed, next_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?5)",
    )?;
    statement.execute(params![
        attempt.header.handle.octets(),
        attempt.epoch,
        attempt.header.counter,
        attempt.digest.0,
        now.0,
        attempt.address.0,
        attempt.not_me.0,
        attempt.sealed,
    ])?;
    Ok(())
}

/// A repetition: the octets came with the request, so they need not have been kept.
fn put_back(transaction: &Transaction<'_>, attempt: &Attempt, now: UnixTime) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE request SET sealed = ?4, next_at = ?5, tries = 0, resends = resends + 1, ended = NULL
         WHERE handle = ?1 AND epoch = ?2 AND counter = ?3",
        params![attempt.header.handle.octets(), attempt.epoch, attempt.header.counter, attempt.sealed, now.0],
    )?;
    Ok(())
}

/// A newer confirmation tells the relay where this device's mail goes in the short form. It is kept sealed (R77).
fn keep_address(transaction: &Transaction<'_>, attempt: &Attempt) -> Result<(), StoreError> {
    match attempt.header.purpose {
        Purpose::ConfirmAddress => {
            transaction.execute(
                "UPDATE device SET address_seal = ?2, address_counter = ?3
                 WHERE handle = ?1 AND (address_counter IS NULL OR address_counter < ?3)",
                params![attempt.header.handle.octets(), attempt.sealed, attempt.header.counter],
            )?;
        }
        Purpose::Reset | Purpose::Notice | Purpose::Unlock => {}
    }
    Ok(())
}

fn count(transaction: &Transaction<'_>, attempt: &Attempt, now: UnixTime) -> Result<(), StoreError> {
    let mut statement =
        transaction.prepare_cached("INSERT INTO sending (handle, lane, address, at) VALUES (?1, ?2, ?3, ?4)")?;
    statement.execute(params![attempt.header.handle.octets(), attempt.header.lane.wire(), attempt.address.0, now.0])?;
    Ok(())
}
