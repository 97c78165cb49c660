//! Support calls: what owners' phones passed on, tickets, approvals, and who did what (R89).

use super::StoreError;
use super::registry::read_status;
use crate::clock::UnixTime;
use crate::judge::{DAY, Refusal, wait_for_room};
use crate::secrets::Digest32;
use crate::window::{Standing, Window};
use resetkit_protocol::{
    Approval, BrandId, DeviceStatus, Handle, Header, ProblemCode, Ticket, TicketOutcome, TicketSummary, WaitingUnlock,
    to_text,
};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

/// Unlocks of one device that wait at one time: more than an owner shows, too few to fill a desk's list.
const MOST_WAITING: u32 = 4;
/// Who did what is remembered for this long, in days.
const AUDIT_DAYS: i64 = 400;
/// Tickets on a list.
const MOST_LISTED: u32 = 200;

/// How many tickets may be opened within a day (R89).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DeskLimits {
    /// By one agent.
    pub agent_day: usize,
    /// For one device.
    pub device_day: usize,
}

impl Default for DeskLimits {
    fn default() -> Self {
        Self { agent_day: 40, device_day: 3 }
    }
}

/// An unlock that a phone passed on.
#[derive(Clone, Debug)]
pub struct PassedOn {
    /// Its clear part.
    pub header: Header,
    /// Whose device.
    pub brand: BrandId,
    /// All of it.
    pub octets: Vec<u8>,
}

/// A ticket on its way into the store.
#[derive(Clone, Debug)]
pub struct NewTicket {
    /// Clear part of the unlock.
    pub header: Header,
    /// Enrolment that the device's key was taken from.
    pub epoch: u32,
    /// Model and label are filled in.
    pub ticket: Ticket,
}

/// One line of the audit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeskEvent {
    /// When.
    pub at: UnixTime,
    /// Whose devices.
    pub brand: String,
    /// Which call.
    pub ticket: String,
    /// Who.
    pub actor: String,
    /// `opened`, `approved`, `closed` or `refused`.
    pub action: String,
    /// Evidence, half, outcome or the refusal's code.
    pub detail: String,
}

/// What a decision about an unlock hangs on: status, enrolment, counters.
struct Known {
    status: DeviceStatus,
    epoch: u32,
    window: Window,
}

fn known(connection: &Connection, handle: &Handle) -> Result<Option<Known>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT status, epoch, highest, taken FROM device WHERE handle = ?1")?;
    let row = statement
        .query_row([handle.octets()], |row| {
            let window = Window { highest: row.get(2)?, taken: row.get::<_, i64>(3)?.cast_unsigned() };
            Ok((row.get::<_, String>(0)?, row.get(1)?, window))
        })
        .optional()?;
    row.map(|(status, epoch, window)| Ok(Known { status: read_status(&status)?, epoch, window })).transpose()
}

/// Why this counter of a device cannot be unlocked any more. A ticket does not move the window: what was not proven
/// must not make the relay refuse the owner's next mail.
fn refuse_counter(connection: &Connection, header: &Header, known: &Known) -> Result<Option<ProblemCode>, StoreError> {
    match known.status {
        DeviceStatus::Active => {}
        DeviceStatus::Revoked => return Ok(Some(ProblemCode::Revoked)),
    }
    match known.window.standing(header.counter) {
        Standing::Free => {}
        Standing::Taken => return Ok(Some(ProblemCode::CounterUsed)),
        Standing::TooOld => return Ok(Some(ProblemCode::EnrolAgain)),
    }
    let mut statement =
        connection.prepare_cached("SELECT 1 FROM ticket WHERE handle = ?1 AND epoch = ?2 AND counter = ?3")?;
    let used = statement.exists(params![header.handle.octets(), known.epoch, header.counter])?;
    Ok(used.then_some(ProblemCode::CounterUsed))
}

/// Keeps an unlock for the desk; `false` if it is none of an active device with an unused counter.
///
/// The newest wait, and the oldest go: whoever knows a handle can push an owner's row out, and the owner pushes it back in
/// with the same button. Refused instead, he would be shut out for a day.
pub(super) fn pass_on(transaction: &Transaction<'_>, unlock: &PassedOn, now: UnixTime) -> Result<bool, StoreError> {
    let handle = unlock.header.handle;
    let Some(known) = known(transaction, &handle)? else {
        return Ok(false);
    };
    let digest = Digest32::of(&unlock.octets);
    if refuse_counter(transaction, &unlock.header, &known)?.is_some() {
        return Ok(false);
    }
    if is_waiting(transaction, &digest)? {
        return Ok(true);
    }
    transaction.execute(
        "DELETE FROM unlock_waiting WHERE handle = ?1 AND digest NOT IN
         (SELECT digest FROM unlock_waiting WHERE handle = ?1 ORDER BY at DESC, counter DESC LIMIT ?2)",
        params![handle.octets(), MOST_WAITING - 1],
    )?;
    transaction.execute(
        "INSERT INTO unlock_waiting (digest, handle, brand, counter, octets, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![digest.0, handle.octets(), unlock.brand.as_str(), unlock.header.counter, unlock.octets, now.0],
    )?;
    Ok(true)
}

pub(super) fn may_pass_on(connection: &Connection, header: &Header) -> Result<bool, StoreError> {
    match known(connection, &header.handle)? {
        Some(known) => Ok(refuse_counter(connection, header, &known)?.is_none()),
        None => Ok(false),
    }
}

pub(super) fn is_waiting(connection: &Connection, digest: &Digest32) -> Result<bool, StoreError> {
    Ok(connection.prepare_cached("SELECT 1 FROM unlock_waiting WHERE digest = ?1")?.exists([digest.0])?)
}

pub(super) fn waiting(
    connection: &Connection,
    brand: &BrandId,
    now: UnixTime,
) -> Result<Vec<WaitingUnlock>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT w.counter, w.octets, d.model, d.label, w.at FROM unlock_waiting w JOIN device d ON d.handle = w.handle
         WHERE w.brand = ?1 AND w.at > ?2 ORDER BY w.at DESC LIMIT ?3",
    )?;
    let rows = statement.query_map(params![brand.as_str(), now.plus(-DAY).0, MOST_LISTED], |row| {
        Ok(WaitingUnlock {
            request: format!("{:04}", row.get::<_, u32>(0)?),
            payload: to_text(&row.get::<_, Vec<u8>>(1)?),
            model: row.get(2)?,
            label: row.get(3)?,
            at: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Opens a ticket, or says why not. The one place where a counter is spent on an unlock.
pub(super) fn open(
    transaction: &Transaction<'_>,
    new: &NewTicket,
    limits: &DeskLimits,
    now: UnixTime,
) -> Result<Result<(), Refusal>, StoreError> {
    let refusal = refuse_ticket(transaction, new, limits, now)?;
    let (ticket, header) = (&new.ticket, &new.header);
    if let Some(refusal) = refusal {
        note(transaction, &ticket.brand, &ticket.ticket, &ticket.agent, "refused", refusal.code.code(), now)?;
        return Ok(Err(refusal));
    }
    let document = serde_json::to_string(ticket).map_err(|_| StoreError::Unreadable("ticket.document"))?;
    let evidence = ticket.evidence.join(" ");
    transaction.execute(
        "INSERT INTO ticket (brand, ticket, handle, epoch, counter, model, label, agent, evidence, opened_at, document)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![
            ticket.brand,
            ticket.ticket,
            header.handle.octets(),
            new.epoch,
            header.counter,
            ticket.model.as_deref().unwrap_or_default(),
            ticket.label.as_deref().unwrap_or_default(),
            ticket.agent,
            evidence,
            now.0,
            document
        ],
    )?;
    transaction.execute(
        "DELETE FROM unlock_waiting WHERE handle = ?1 AND counter = ?2",
        params![header.handle.octets(), header.counter],
    )?;
    note(transaction, &ticket.brand, &ticket.ticket, &ticket.agent, "opened", &evidence, now)?;
    Ok(Ok(()))
}

fn refuse_ticket(
    transaction: &Transaction<'_>,
    new: &NewTicket,
    limits: &DeskLimits,
    now: UnixTime,
) -> Result<Option<Refusal>, StoreError> {
    let known = known(transaction, &new.header.handle)?.ok_or(StoreError::Moved)?;
    if known.epoch != new.epoch {
        return Err(StoreError::Moved);
    }
    if let Some(code) = refuse_counter(transaction, &new.header, &known)? {
        return Ok(Some(code.into()));
    }
    let taken = "SELECT 1 FROM ticket WHERE brand = ?1 AND ticket = ?2";
    if transaction.prepare_cached(taken)?.exists([&new.ticket.brand, &new.ticket.ticket])? {
        return Ok(Some(ProblemCode::TicketTaken.into()));
    }
    let since = now.plus(-DAY).0;
    let mut of_agent = transaction
        .prepare_cached("SELECT opened_at FROM ticket WHERE brand = ?1 AND agent = ?2 AND opened_at > ?3")?;
    let of_agent = of_agent
        .query_map(params![new.ticket.brand, new.ticket.agent, since], |row| row.get(0).map(UnixTime))?
        .collect::<Result<Vec<_>, _>>()?;
    let mut of_device =
        transaction.prepare_cached("SELECT opened_at FROM ticket WHERE handle = ?1 AND opened_at > ?2")?;
    let of_device = of_device
        .query_map(params![new.header.handle.octets(), since], |row| row.get(0).map(UnixTime))?
        .collect::<Result<Vec<_>, _>>()?;
    let waits = [
        (ProblemCode::TooManyForDevice, wait_for_room(of_device.into_iter(), DAY, limits.device_day, now)),
        (ProblemCode::TooManyByAgent, wait_for_room(of_agent.into_iter(), DAY, limits.agent_day, now)),
    ];
    let first = waits.into_iter().find_map(|(code, wait)| Some((code, wait?)));
    Ok(first.map(|(code, wait)| Refusal { code, retry_after: Some(wait) }))
}

/// A ticket with its approvals, while it is open.
pub(super) fn ticket(
    connection: &Connection,
    brand: &BrandId,
    number: &str,
    now: UnixTime,
) -> Result<Result<Ticket, ProblemCode>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT document, opened_at, handle, epoch FROM ticket WHERE brand = ?1 AND ticket = ?2")?;
    let found = statement.query_row([brand.as_str(), number], |row| {
        let of: (Vec<u8>, u32) = (row.get(2)?, row.get(3)?);
        Ok((row.get::<_, Option<String>>(0)?, UnixTime(row.get(1)?), of))
    });
    let Some((document, opened_at, (handle, epoch))) = found.optional()? else {
        return Ok(Err(ProblemCode::TicketUnknown));
    };
    let Some(document) = document.filter(|_| now.since(opened_at) < DAY) else {
        return Ok(Err(ProblemCode::TicketClosed));
    };
    if let Some(code) = refuse_device(connection, &handle, epoch)? {
        return Ok(Err(code));
    }
    let mut ticket: Ticket = serde_json::from_str(&document).map_err(|_| StoreError::Unreadable("ticket.document"))?;
    ticket.opened_at = Some(opened_at.0);
    let mut statement = connection.prepare_cached(
        "SELECT half, approver, sealed FROM approval WHERE brand = ?1 AND ticket = ?2 AND sealed IS NOT NULL ORDER BY half",
    )?;
    let approvals = statement.query_map([brand.as_str(), number], |row| {
        Ok(Approval { half: row.get(0)?, approver: row.get(1)?, sealed: row.get(2)? })
    })?;
    ticket.approvals = approvals.collect::<Result<_, _>>()?;
    Ok(Ok(ticket))
}

/// Why nobody may go on with a ticket for this device: what was true when it was opened may be over by now.
fn refuse_device(connection: &Connection, handle: &[u8], epoch: u32) -> Result<Option<ProblemCode>, StoreError> {
    let handle = handle.try_into().map_err(|_| StoreError::Unreadable("ticket.handle"))?;
    Ok(match known(connection, &Handle::new(handle))? {
        Some(Known { status: DeviceStatus::Revoked, .. }) => Some(ProblemCode::Revoked),
        Some(known) if known.epoch == epoch => None,
        Some(_) | None => Some(ProblemCode::TicketClosed),
    })
}

pub(super) fn approve(
    transaction: &Transaction<'_>,
    brand: &BrandId,
    number: &str,
    approval: &Approval,
    now: UnixTime,
) -> Result<Result<Ticket, ProblemCode>, StoreError> {
    let open = match ticket(transaction, brand, number, now)? {
        Ok(open) => open,
        Err(code) => return Ok(Err(code)),
    };
    // The same half of the same approver takes the place of the one before: it may have been spoilt.
    let is_taken = |other: &Approval| (other.half == approval.half) != (other.approver == approval.approver);
    if approval.approver == open.agent || open.approvals.iter().any(is_taken) {
        return Ok(Err(ProblemCode::AlreadyApproved));
    }
    transaction.execute(
        "INSERT OR REPLACE INTO approval (brand, ticket, half, approver, sealed, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![brand.as_str(), number, approval.half, approval.approver, approval.sealed, now.0],
    )?;
    note(transaction, brand.as_str(), number, &approval.approver, "approved", &approval.half, now)?;
    ticket(transaction, brand, number, now)
}

/// Records how a call ended; the unlock and the halves go.
pub(super) fn close(
    transaction: &Transaction<'_>,
    brand: &BrandId,
    number: &str,
    actor: &str,
    outcome: TicketOutcome,
    now: UnixTime,
) -> Result<Result<(), ProblemCode>, StoreError> {
    let mut statement =
        transaction.prepare_cached("SELECT outcome, handle FROM ticket WHERE brand = ?1 AND ticket = ?2")?;
    let found = statement
        .query_row([brand.as_str(), number], |row| Ok((row.get::<_, Option<String>>(0)?, row.get::<_, Vec<u8>>(1)?)));
    let handle = match found.optional()? {
        None => return Ok(Err(ProblemCode::TicketUnknown)),
        Some((Some(_), _)) => return Ok(Err(ProblemCode::TicketClosed)),
        Some((None, handle)) => handle,
    };
    if outcome.says_no() && !has_approvals(transaction, brand, number)? {
        free_device(transaction, brand, number, &handle)?;
    }
    transaction.execute(
        "UPDATE ticket SET document = NULL, outcome = ?3 WHERE brand = ?1 AND ticket = ?2",
        [brand.as_str(), number, outcome.as_str()],
    )?;
    transaction
        .execute("UPDATE approval SET sealed = NULL WHERE brand = ?1 AND ticket = ?2", [brand.as_str(), number])?;
    note(transaction, brand.as_str(), number, actor, "closed", outcome.as_str(), now)?;
    Ok(Ok(()))
}

fn has_approvals(connection: &Connection, brand: &BrandId, number: &str) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM approval WHERE brand = ?1 AND ticket = ?2")?;
    Ok(statement.exists([brand.as_str(), number])?)
}

/// Gives back the counter and the device's quota that a ticket took for somebody who got nothing: a stranger's call must
/// not cost the owner his. The row stays, under a name that no device has; the agent's quota stays taken.
fn free_device(transaction: &Transaction<'_>, brand: &BrandId, number: &str, handle: &[u8]) -> Result<(), StoreError> {
    let nobody = [handle, b"/", brand.as_str().as_bytes(), b"/", number.as_bytes()].concat();
    transaction.execute(
        "UPDATE ticket SET handle = ?3 WHERE brand = ?1 AND ticket = ?2",
        params![brand.as_str(), number, nobody],
    )?;
    Ok(())
}

pub(super) fn tickets(connection: &Connection, brand: &BrandId) -> Result<Vec<TicketSummary>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT t.ticket, t.counter, t.model, t.label, t.agent, t.evidence, t.outcome, t.opened_at,
                (SELECT group_concat(approver, ' ') FROM approval a WHERE a.brand = t.brand AND a.ticket = t.ticket)
         FROM ticket t WHERE t.brand = ?1 ORDER BY t.opened_at DESC LIMIT ?2",
    )?;
    let words = |text: Option<String>| -> Vec<String> {
        text.unwrap_or_default().split_whitespace().map(str::to_owned).collect()
    };
    let rows = statement.query_map(params![brand.as_str(), MOST_LISTED], |row| {
        Ok(TicketSummary {
            ticket: row.get(0)?,
            request: format!("{:04}", row.get::<_, u32>(1)?),
            model: row.get(2)?,
            label: row.get(3)?,
            agent: row.get(4)?,
            evidence: words(row.get(5)?),
            outcome: row.get::<_, Option<String>>(6)?.as_deref().and_then(TicketOutcome::parse),
            opened_at: row.get(7)?,
            approvers: words(row.get(8)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn audit(connection: &Connection) -> Result<Vec<DeskEvent>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT at, brand, ticket, actor, action, detail FROM desk_audit ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        Ok(DeskEvent {
            at: UnixTime(row.get(0)?),
            brand: row.get(1)?,
            ticket: row.get(2)?,
            actor: row.get(3)?,
            action: row.get(4)?,
            detail: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn sweep(transaction: &Transaction<'_>, now: UnixTime) -> Result<(), StoreError> {
    let (day, long) = (now.plus(-DAY).0, now.plus(-AUDIT_DAYS * DAY).0);
    transaction.execute("DELETE FROM unlock_waiting WHERE at <= ?1", [day])?;
    transaction.execute("UPDATE ticket SET document = NULL WHERE opened_at <= ?1", [day])?;
    transaction.execute("UPDATE approval SET sealed = NULL WHERE at <= ?1", [day])?;
    transaction.execute("DELETE FROM desk_audit WHERE at <= ?1", [long])?;
    transaction.execute("DELETE FROM approval WHERE at <= ?1", [long])?;
    transaction.execute("DELETE FROM ticket WHERE opened_at <= ?1", [long])?;
    Ok(())
}

fn note(
    transaction: &Transaction<'_>,
    brand: &str,
    ticket: &str,
    actor: &str,
    action: &str,
    detail: &str,
    now: UnixTime,
) -> Result<(), StoreError> {
    tracing::info!(brand, ticket, actor, action, detail, "support");
    let mut statement = transaction.prepare_cached(
        "INSERT INTO desk_audit (at, brand, ticket, actor, action, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    statement.execute(params![now.0, brand, ticket, actor, action, detail])?;
    Ok(())
}
