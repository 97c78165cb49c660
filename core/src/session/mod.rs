//! The session (stub while the types settle).

mod effect;
mod event;
mod grant;
mod record;
mod view;

pub use effect::{AuditEntry, AuditKind, Effect, Effects, MethodNews, Note, OwnerNotice};
pub use event::{Challenge, Event, EventName, PasswordFlaw};
pub use grant::{AddressGrant, Grant};
pub use record::{Record, Resumable};
pub use view::{SessionView, Step};

use crate::{AccountName, Deadline, Lane, Now, Purpose, Selection, SessionId, SessionRules, Ticket};

trait Ticketed {
    fn ticket(&self) -> Ticket;
}

/// What a session is opened with.
#[derive(Debug, Clone)]
pub struct Opening {
    /// 16 fresh random octets.
    pub id: SessionId,
    /// Where the owner stands.
    pub lane: Lane,
    /// What it is for.
    pub purpose: Purpose,
    /// Whose password, or whose address; bound for good (F19).
    pub account: AccountName,
    /// What would work; frozen for the session.
    pub selection: Selection,
    /// What the policy sets.
    pub rules: SessionRules,
}

/// One owner's attempt.
#[derive(Debug)]
#[must_use = "a session is consumed by a step and must be kept"]
pub struct Session(());

impl Session {
    /// Opens a session.
    pub fn open(_opening: Opening, _now: Now) -> (Self, Effects) {
        todo!()
    }

    /// Goes on with a challenge after a boot; never lands beyond code entry.
    pub fn resume(_record: Resumable, _rules: SessionRules, _selection: Selection, _now: Now) -> (Self, Effects) {
        todo!()
    }

    /// Takes one event: the session is consumed, the next one comes back with all its effects.
    pub fn step(self, _now: Now, _event: Event) -> (Self, Effects) {
        todo!()
    }

    /// What a screen may know.
    #[must_use]
    pub fn view(&self, _now: Now) -> SessionView {
        todo!()
    }

    /// When the session wants to be woken, and why.
    #[must_use]
    pub fn deadline(&self) -> Option<Deadline> {
        todo!()
    }

    /// What the journal keeps, from the moment a challenge was stored.
    #[must_use]
    pub fn record(&self, _now: Now) -> Option<Record> {
        todo!()
    }

    /// The session.
    #[must_use]
    pub const fn id(&self) -> SessionId {
        todo!()
    }

    /// Whether it is over.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        todo!()
    }
}
