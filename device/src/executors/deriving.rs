//! The slow hash of what was typed, off the loop.

use std::sync::Arc;

use resetkit_core::{Code, Counter, Event, Purpose, Salt, SessionId, Ticket};

use crate::daemon::{Daemon, Return};

/// What the derived value is bound to.
pub(super) struct Bound {
    pub(super) purpose: Purpose,
    pub(super) counter: Counter,
    pub(super) salt: Salt,
}

/// Derives; the code is wiped when the job ends.
pub(super) fn derive(daemon: &mut Daemon, id: SessionId, ticket: Ticket, code: Code, bound: Bound) -> Option<Event> {
    let ground = Arc::clone(&daemon.ground);
    daemon.slow.start_for_session(move || {
        let stretched = ground.hasher.stretch_code(code.octets().expose(), &bound.salt.0);
        let derived = ground.identity.derived(&stretched, bound.purpose, bound.counter);
        Return::Event(id, Event::Derived(ticket, derived))
    });
    None
}
