//! A session that runs: the engine's value, its worker, its screen.

use std::sync::Arc;
use std::time::Duration;

use resetkit_core::{
    ClockState, Code, Counter, Event, KeptPlace, Lane, Now, Session, SessionId, Step, Ticket, TransactionId,
};
use resetkit_host::{MethodEvent, View};
use tokio::sync::{mpsc, watch};

use super::logins::TokenHash;
use super::screen::Screen;
use crate::accounts::Staged;

/// How long the last screen of a session that is over can still be seen.
pub(crate) const LINGER: Duration = Duration::from_secs(15 * 60);

/// A method at work, as the loop holds it. Dropping it ends the worker.
pub(crate) struct Running {
    pub(crate) run: Ticket,
    pub(crate) orders: mpsc::Sender<MethodEvent>,
}

/// What is kept of a challenge to be shown or handed over.
pub(crate) struct Carried {
    pub(crate) counter: Counter,
    /// The web address of the sealed one; empty where the code is handed over.
    pub(crate) url: String,
    /// The code until it is handed over, once (R15).
    pub(crate) code: Option<Code>,
}

/// What is known of the recovery address when the session opens; frozen for the session.
#[derive(Default, Clone)]
pub(crate) struct Address {
    pub(crate) stored: Option<String>,
    pub(crate) hint: Option<String>,
    pub(crate) confirmed: bool,
}

/// A session that runs, or has just ended.
pub(crate) struct Live {
    /// `None` only while a step is being taken.
    pub(crate) session: Option<Session>,
    pub(crate) lane: Lane,
    pub(crate) token: TokenHash,
    pub(crate) opened: Duration,
    pub(crate) locale: String,
    pub(crate) address: Address,
    /// For the case code: as it was when the session opened.
    pub(crate) readiness: u8,
    pub(crate) clock: ClockState,
    pub(crate) running: Option<Running>,
    pub(crate) picture: Option<Arc<View>>,
    pub(crate) carried: Vec<Carried>,
    /// Its screen, where it is one of characters and says so.
    pub(crate) cells: Option<super::Cells>,
    pub(crate) staged: Option<(TransactionId, Staged)>,
    /// The recovery code that a decision of this session has spent.
    pub(crate) spent: Option<KeptPlace>,
    /// When it ended, once it is over.
    pub(crate) over: Option<Duration>,
    pub(crate) screen: watch::Sender<Arc<Screen>>,
    /// Whether an expensive step of the owner is on its way: a second one waits for its outcome (R6).
    pub(crate) revision: u64,
}

impl Live {
    /// Shows what the session looks like now.
    pub(crate) fn publish(&mut self, now: Now) {
        let Some(session) = &self.session else { return };
        self.revision += 1;
        let view = session.view(now);
        let over = session.is_over();
        let shows_picture = matches!(view.step, Step::Preparing | Step::EnterCode | Step::HoldButton | Step::Checking);
        let screen = Screen {
            revision: self.revision,
            method: self.picture.clone().filter(|_| shows_picture),
            method_at_work: self.running.is_some(),
            hint: self.address.hint.clone(),
            address_confirmed: self.address.confirmed,
            readiness: self.readiness,
            clock: self.clock,
            view,
        };
        if over && self.over.is_none() {
            self.over = Some(now.since_boot);
        }
        // A screen that differs in nothing but its number wakes nobody.
        self.screen.send_if_modified(|shown| {
            let changed = shown.view != screen.view
                || shown.method_at_work != screen.method_at_work
                || shown.method.as_deref() != screen.method.as_deref();
            if changed {
                *shown = Arc::new(screen);
            }
            changed
        });
    }

    /// Keeps one more: the shown one stays until the one that is to take its place is durable.
    pub(crate) fn carries(&mut self, carried: Carried) {
        let surplus = self.carried.len().saturating_sub(1);
        self.carried.drain(..surplus);
        self.carried.push(carried);
    }

    /// What is kept of the challenge of this number.
    pub(crate) fn carried(&self, counter: Counter) -> Option<&Carried> {
        self.carried.iter().find(|carried| carried.counter == counter)
    }
}

/// What comes back from work that was done off the loop.
pub(crate) enum Return {
    /// An answer for the engine.
    Event(SessionId, Event),
    /// A challenge is made and its verifier derived.
    Made(SessionId, Carried, Event),
    /// A method shows something.
    Picture(SessionId, Ticket, Arc<View>),
    /// A method says something to the engine, or is gone.
    Method(SessionId, Ticket, Event),
    /// A password is staged.
    Staged(SessionId, TransactionId, Staged, Event),
    /// The back end was asked to carry out a decision; `told` is for the session that made it.
    CarriedOut { transaction: TransactionId, done: bool, told: Option<(SessionId, Event)> },
    /// A log-in or set-up was hashed.
    Entry(super::entry::Entry),
    /// Probes, mail and clients.
    Care(super::care::Back),
}
