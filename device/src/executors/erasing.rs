//! Back to how the device left the factory, after a hold of the button that the profile gives this outcome (R88).
//!
//! One write decides it, so that a cut leaves everything or nothing:
//!
//! | goes | stays |
//! |---|---|
//! | accounts and passwords, addresses, recovery codes, open sessions, queued notices, the plan of who has the old password with that password's hash, how mail went, what the owner switched off | keys and handle, counters and bucket levels (R12), how often and when methods were used, brand floor, audit log (R92) |
//!
//! A write that failed may have reached the disk all the same (R43): the text of E-518 sends the owner through a boot first.
//!
//! The banner stands afterwards, whoever sets the device up (R88): a reset that nobody is told of is a theft.

use resetkit_core::{EraseGrant, Event, FailureKind, LastReset, SessionId, Ticket};

use crate::after::CareRow;
use crate::daemon::Daemon;
use crate::state::NoticeRow;

/// Carries it out.
pub(super) fn erase(daemon: &mut Daemon, id: SessionId, ticket: Ticket, grant: &EraseGrant) -> Option<Event> {
    let failed = Some(Event::EraseFailed(ticket, FailureKind::EraseFailed));
    let Some(live) = daemon.lives.get(&id).filter(|_| grant.session() == id) else { return failed };
    // A firmware that keeps the accounts itself has no verb for this, and half an erasure is none.
    if daemon.ground.accounts.keeps_its_own() {
        return failed;
    }
    let (lane, now) = (live.lane, daemon.now());
    let banner = NoticeRow {
        request: grant.request().value(),
        lane: lane.into(),
        purpose: "factory-state".to_owned(),
        method: grant.method().to_string(),
        account: String::new(),
        powered_seconds: daemon.store.powered_seconds(now),
        wall: now.wall,
        sheet: None,
        to: Vec::new(),
    };
    let last = LastReset { method: grant.method().clone(), lane, request: grant.request() };
    let written = daemon.change(|state, ledger| {
        state.used(&banner);
        state.accounts.clear();
        state.sessions.clear();
        state.notices.clear();
        state.sheets.clear();
        state.decided = None;
        // The hash of the password before the last one, the names of the owner's clients.
        state.care = CareRow::default();
        // Who stood at the device may set it up, also from the network: it may have no other lane.
        state.was_unreadable = false;
        for method in &mut state.methods {
            method.off = false;
        }
        state.banner = Some(banner);
        *ledger = ledger.clone().after_reset(last);
    });
    if !written {
        return failed;
    }
    daemon.logins.end_everybodys();
    daemon.shown.clear();
    daemon.care.begin_anew();
    daemon.supersede_others(Some(id));
    Some(Event::Erased(ticket))
}
