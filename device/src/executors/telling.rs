//! What is told: the audit log, the owner, the trace; and the end.

use resetkit_core::{AuditEntry, AuditKind, Event, Note, OwnerNotice, Purpose, SessionId};

use crate::audit::Entry;
use crate::daemon::{Daemon, sheets};
use crate::state::NoticeRow;

/// A line of the audit log.
pub(super) fn audit(daemon: &mut Daemon, entry: &AuditEntry) -> Option<Event> {
    let (request, detail) = details(&entry.what);
    let line = Entry { what: entry.what.as_str(), request, lane: Some(entry.lane.as_str()), detail };
    daemon.audit.add(entry.at.since_boot.as_secs(), entry.at.wall, &line);
    None
}

fn details(what: &AuditKind) -> (Option<String>, Option<String>) {
    use AuditKind as K;
    match what {
        K::Opened | K::Cancelled => (None, None),
        K::MethodChosen(method) | K::MethodQuarantined(method) => (None, Some(method.to_string())),
        K::MethodFailed(method, kind) => (None, Some(format!("{method} {}", kind.code()))),
        K::DeviceFailed(kind) | K::DeadEnd(kind) | K::Ended(kind) => (None, Some(kind.code().to_owned())),
        K::Resumed(counter)
        | K::CodeWrong(counter)
        | K::NoMailCame(counter)
        | K::AddressConfirmed(counter)
        | K::SupportSilent(counter)
        | K::SupportRefused(counter)
        | K::CodeDelivered(counter) => (Some(counter.to_string()), None),
        K::KeptCodeUsed(counter, place) => (Some(counter.to_string()), Some(format!("code {}", place + 1))),
        K::ChallengeShown(counter, method)
        | K::CodeHanded(counter, method)
        | K::PressAwaited(counter, method)
        | K::KeptAwaited(counter, method)
        | K::FactoryState(counter, method)
        | K::Proved(counter, method)
        | K::PasswordSet(counter, method) => (Some(counter.to_string()), Some(method.to_string())),
        K::LossConfirmed(method, loss) => (None, Some(format!("{method} {}", loss.as_str()))),
        K::Extended(counter, minutes) => (Some(counter.to_string()), Some(format!("{minutes} minutes left"))),
        K::AttemptCharged(counter, tries) => (Some(counter.to_string()), Some(format!("{tries} tries left"))),
        K::ChallengeVoid(counter, kind) => (Some(counter.to_string()), Some(kind.code().to_owned())),
    }
}

/// Queues the notice for all addresses and raises the banner (R71). Part of what was decided, but not of the decision:
/// a notice that cannot be stored must not bring the old password back.
pub(super) fn notify(daemon: &mut Daemon, id: SessionId, notice: &OwnerNotice) -> Option<Event> {
    let powered_seconds = daemon.store.powered_seconds(notice.at);
    // The banner of an erased device stands already, and nobody's address is left to write to.
    if notice.factory_state {
        return None;
    }
    let by_code = daemon.lives.get(&id).is_some_and(|live| live.spent.is_some());
    let resets = match notice.purpose {
        Purpose::Reset | Purpose::Unlock => true,
        Purpose::ConfirmAddress | Purpose::Notice => false,
    };
    let row = NoticeRow {
        sheet: sheets::outlives_reset(daemon, &notice.account, by_code).filter(|_| resets),
        to: daemon.store.state().recipients(powered_seconds),
        request: notice.request.value(),
        lane: notice.lane.into(),
        purpose: notice.purpose.as_str().to_owned(),
        method: notice.method.to_string(),
        account: notice.account.to_string(),
        powered_seconds,
        wall: notice.at.wall,
    };
    daemon.change(|state, _| {
        if resets {
            state.used(&row);
            state.banner = Some(row.clone());
        }
        state.queue(row);
    });
    None
}

/// Something unexpected, for the trace only.
pub(super) fn note(id: SessionId, note: Note) -> Option<Event> {
    tracing::debug!(session = %id, ?note, "noted");
    None
}

/// The session is over: its worker ends, its record goes, its last screen stays for a while.
pub(super) fn close(daemon: &mut Daemon, id: SessionId) -> Option<Event> {
    if let Some(live) = daemon.lives.get_mut(&id) {
        live.running = None;
        live.picture = None;
        live.carried.clear();
        live.staged = None;
    }
    daemon.button.leave(id);
    if daemon.store.state().sessions.iter().any(|row| row.record.session() == id) {
        daemon.change(|state, _| state.sessions.retain(|row| row.record.session() != id));
    }
    None
}
