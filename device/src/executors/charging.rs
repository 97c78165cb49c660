//! Writing records, and taking a try and a token before any guess is looked at (R11).

use resetkit_core::{Event, Lane, Record, Refusal, SessionId, Ticket};

use crate::daemon::Daemon;
use crate::state::{RecordRow, SESSIONS_MAX, SessionRow, State};

/// Writes a session's record in the place of its older one.
pub(super) fn persist(daemon: &mut Daemon, id: SessionId, ticket: Ticket, record: &Record) -> Option<Event> {
    let row = row(daemon, id, record);
    let written = daemon.change(|state, _| put(state, id, row));
    Some(if written { Event::Persisted(ticket) } else { Event::StoreFailed(ticket) })
}

/// One durable write takes the token of the lane *and* the try of the record; only then may a comparison run.
pub(super) fn charge(daemon: &mut Daemon, id: SessionId, ticket: Ticket, lane: Lane, record: &Record) -> Option<Event> {
    let row = row(daemon, id, record);
    let charged = match daemon.store.ledger().take(lane, daemon.now()) {
        Ok(charged) => charged,
        Err(refusal @ (Refusal::Wait(_) | Refusal::LaneClosed)) => return Some(Event::ChargeRefused(ticket, refusal)),
    };
    let written = daemon.change(|state, ledger| {
        *ledger = charged;
        put(state, id, row);
    });
    Some(if written { Event::Charged(ticket) } else { Event::StoreFailed(ticket) })
}

fn row(daemon: &Daemon, id: SessionId, record: &Record) -> Option<SessionRow> {
    let live = daemon.lives.get(&id)?;
    Some(SessionRow {
        record: RecordRow::of(record),
        token: live.token,
        locale: live.locale.clone(),
        url: live.carried(record.challenge.counter).map(|carried| carried.url.clone())?,
        opened_s: live.opened.as_secs(),
        cells: live.cells.map(|cells| (cells.columns, cells.rows)),
    })
}

fn put(state: &mut State, id: SessionId, row: Option<SessionRow>) {
    state.sessions.retain(|kept| kept.record.session() != id);
    state.sessions.extend(row);
    let surplus = state.sessions.len().saturating_sub(SESSIONS_MAX);
    state.sessions.drain(..surplus);
}
