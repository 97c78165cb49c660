//! The slow hash of what was typed, off the loop.

use std::sync::Arc;

use resetkit_core::{Bound, Code, Event, Purpose, Salt, SessionId, Ticket};

use crate::daemon::{Daemon, Return};

/// What the derived value depends on, beside the code.
pub(super) struct From {
    pub(super) purpose: Purpose,
    pub(super) bound: Bound,
    pub(super) salt: Salt,
}

/// Derives; the code is wiped when the job ends.
pub(super) fn derive(daemon: &mut Daemon, id: SessionId, ticket: Ticket, code: Code, from: From) -> Option<Event> {
    let ground = Arc::clone(&daemon.ground);
    daemon.slow.start_for_session(move || {
        let stretched = ground.hasher.stretch_code(code.octets().expose(), &from.salt.0);
        let derived = ground.identity.derived(&stretched, from.purpose, from.bound);
        Return::Event(id, Event::Derived(ticket, derived))
    });
    None
}
