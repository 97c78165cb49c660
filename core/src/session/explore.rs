//! A session that may be gone back to: for a walk through everything that may happen, and for nothing else.
//!
//! A [`Session`] is used up by each step, so that no guess is judged twice and no proof is spent twice. A walk needs to
//! take every way on from one state, so an [`Explored`] session can be copied. For that it is no session: nothing makes one
//! of it, and what it wants done is lent, never given, so that no permission ever comes out of it:
//!
//! ```compile_fail
//! fn twice(session: &resetkit_core::Session) -> resetkit_core::Session {
//!     session.clone()
//! }
//! ```
//! ```compile_fail
//! fn keep(explored: resetkit_core::Explored, now: resetkit_core::Now) -> Option<resetkit_core::Effect> {
//!     let mut kept = None;
//!     explored.step(now, resetkit_core::Event::Cancelled, &mut |effect| kept = Some(effect.clone()));
//!     kept
//! }
//! ```
//!
//! Each type of the engine names its fields once more by `explored!`; one that is forgotten does not compile.

use super::frame::Told;
use super::states::Ending;
use super::turn::Carrier;
use super::{Deadline, Effect, Event, Opening, Record, Resumable, Session, SessionView, Step};
use crate::{
    AccountName, Code, Counter, Expected, Failure, FailureKind, KeptPlace, Lane, Loss, MethodId, Now, OnPresence,
    ProofKind, Purpose, Salt, Selection, SessionId, SessionRules, Ticket, TransactionId,
};
use crate::{ButtonRules, Carriage, CodeStyle, PasswordFlaw};
use alloc::{boxed::Box, sync::Arc, vec::Vec};
use core::hash::{Hash, Hasher};
use core::time::Duration;

/// A session that can be copied, and gives nothing away but what it would want done.
#[derive(Debug)]
#[must_use]
pub struct Explored(Session);

/// Sees what a session wants done.
pub type See<'a> = &'a mut dyn FnMut(&Effect);

impl Explored {
    /// Opens one, as [`Session::open`] does.
    pub fn open(opening: Opening, now: Now, see: See) -> Self {
        let (session, effects) = Session::open(opening, now);
        effects.iter().for_each(see);
        Self(session)
    }

    /// Goes on after a boot, as [`Session::resume`] does.
    pub fn resume(resumable: Resumable, rules: SessionRules, selection: Selection, now: Now, see: See) -> Self {
        let (session, effects) = Session::resume(resumable, rules, selection, now);
        effects.iter().for_each(see);
        Self(session)
    }

    /// Takes one event, as [`Session::step`] does.
    pub fn step(self, now: Now, event: Event, see: See) -> Self {
        let (session, effects) = self.0.step(now, event);
        effects.iter().for_each(see);
        Self(session)
    }

    /// What a screen may know.
    #[must_use]
    pub fn view(&self, now: Now) -> SessionView {
        self.0.view(now)
    }

    /// The step that a screen shows.
    #[must_use]
    pub const fn step_shown(&self) -> Step {
        self.0.step_shown()
    }

    /// The failure that the owner is told of.
    #[must_use]
    pub fn failure(&self) -> Option<FailureKind> {
        self.0.frame.trouble.as_ref().map(|failure| failure.kind)
    }

    /// Why ways are withheld here.
    pub fn reasons(&self, see: &mut dyn FnMut(FailureKind)) {
        self.0.frame.reasons(self.0.state.open()).for_each(see);
    }

    /// When it wants to be woken.
    #[must_use]
    pub fn deadline(&self) -> Option<Deadline> {
        self.0.deadline()
    }

    /// What the journal would keep.
    #[must_use]
    pub fn record(&self, now: Now) -> Option<Record> {
        self.0.record(now)
    }

    /// Whether it is over.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.0.is_over()
    }

    /// All that decides what may come. Two sessions of one opening with the same mark behave alike from here on, whatever
    /// their times, tickets and request numbers are, and in whichever words a failure is told.
    pub fn mark<H: Hasher>(&self, into: &mut H) {
        self.0.frame.mark(into);
        self.0.state.mark(into);
    }
}

impl Clone for Explored {
    fn clone(&self) -> Self {
        Self(Session { frame: Box::new(self.0.frame.branch()), state: self.0.state.branch() })
    }
}

/// What a session is made of. Not `Clone`: nothing but [`Explored`] may copy a proof or a guess.
pub(super) trait Explore {
    /// The same once more.
    fn branch(&self) -> Self;
    /// What of it decides what may come.
    fn mark<H: Hasher>(&self, into: &mut H);
}

/// Names the fields of a type: those that count, those of which only none and some are told apart, and those that decide
/// nothing: times, numbers, what stays as it is for a whole session, and what only words are made from.
macro_rules! explored {
    ($name:ident(_)) => {
        impl $crate::session::explore::Explore for $name {
            fn branch(&self) -> Self {
                Self($crate::session::explore::Explore::branch(&self.0))
            }

            fn mark<H: core::hash::Hasher>(&self, into: &mut H) {
                $crate::session::explore::Explore::mark(&self.0, into);
            }
        }
    };
    ($name:ident {
        $($field:ident),* $(; some $($some:ident),+)? $(; without $($out:ident),+)?
    }) => {
        impl $crate::session::explore::Explore for $name {
            fn branch(&self) -> Self {
                use $crate::session::explore::Explore;
                Self {
                    $($field: Explore::branch(&self.$field),)*
                    $($($some: self.$some,)+)?
                    $($($out: Explore::branch(&self.$out),)+)?
                }
            }

            fn mark<H: core::hash::Hasher>(&self, _into: &mut H) {
                let Self { $($field,)* $($($some,)+)? $($($out: _,)+)? } = self;
                $($crate::session::explore::Explore::mark($field, _into);)*
                $($(_into.write_u8((*$some > 0).into());)+)?
            }
        }
    };
}
pub(super) use explored;

macro_rules! counts {
    ($($plain:ty),* $(,)?) => {
        $(impl Explore for $plain {
            fn branch(&self) -> Self { self.clone() }
            fn mark<H: Hasher>(&self, into: &mut H) { self.hash(into); }
        })*
    };
}

macro_rules! decides_nothing {
    ($($plain:ty),* $(,)?) => {
        $(impl Explore for $plain {
            fn branch(&self) -> Self { self.clone() }
            fn mark<H: Hasher>(&self, _: &mut H) {}
        })*
    };
}

counts!(bool, u8, u32, Lane, Loss, ProofKind, Purpose, MethodId, OnPresence, Carriage, CodeStyle, PasswordFlaw, Ending);
decides_nothing!(
    Duration,
    Ticket,
    Counter,
    TransactionId,
    SessionId,
    AccountName,
    Salt,
    SessionRules,
    ButtonRules,
    Arc<Selection>,
    super::life::Life,
);

impl<T: Explore> Explore for Option<T> {
    fn branch(&self) -> Self {
        self.as_ref().map(Explore::branch)
    }

    fn mark<H: Hasher>(&self, into: &mut H) {
        into.write_u8(self.is_some().into());
        if let Some(inner) = self {
            inner.mark(into);
        }
    }
}

impl<T: Explore> Explore for Vec<T> {
    fn branch(&self) -> Self {
        self.iter().map(Explore::branch).collect()
    }

    fn mark<H: Hasher>(&self, into: &mut H) {
        into.write_usize(self.len());
        self.iter().for_each(|one| one.mark(into));
    }
}

/// Which words it is told in decides nothing; which method it was in does.
impl Explore for Failure {
    fn branch(&self) -> Self {
        self.clone()
    }

    fn mark<H: Hasher>(&self, into: &mut H) {
        self.method.mark(into);
    }
}

/// What was typed is the walk's own business: it knows what the slow hash will give.
impl Explore for Code {
    fn branch(&self) -> Self {
        self.again()
    }

    fn mark<H: Hasher>(&self, _: &mut H) {}
}

impl Explore for KeptPlace {
    fn branch(&self) -> Self {
        *self
    }

    fn mark<H: Hasher>(&self, into: &mut H) {
        (self.sheet, self.place).hash(into);
    }
}

impl Explore for Expected {
    fn branch(&self) -> Self {
        self.clone()
    }

    fn mark<H: Hasher>(&self, into: &mut H) {
        match self {
            Self::Drawn(_) => into.write_u8(0),
            Self::Kept(sheet) => {
                into.write_u8(1);
                into.write_u32(sheet.number);
                sheet.codes.iter().for_each(|code| into.write_u8(code.used.into()));
            }
        }
    }
}

/// How far the code has come counts; by when it has to be there does not.
impl Explore for Told {
    fn branch(&self) -> Self {
        *self
    }

    fn mark<H: Hasher>(&self, into: &mut H) {
        core::mem::discriminant(self).hash(into);
    }
}

impl Explore for Carrier {
    fn branch(&self) -> Self {
        match self {
            Self::Running(run) => Self::Running(run.branch()),
            Self::Starting(run, until) => Self::Starting(run.branch(), *until),
            Self::Gone => Self::Gone,
        }
    }

    fn mark<H: Hasher>(&self, into: &mut H) {
        core::mem::discriminant(self).hash(into);
        self.run().map(|run| &run.method).hash(into);
    }
}
