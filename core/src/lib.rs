//! The reset session as a pure state machine: no I/O, no clock, no randomness, no serialisation, no `unsafe`.
//!
//! Whoever runs it (the daemon, a test, a linter) hands in the time and one event, and gets the next session back with
//! *all* that has to be done. Answers come back as events with the ticket of the question:
//!
//! ```
//! use core::time::Duration;
//! use resetkit_core::*;
//!
//! # fn main() -> Result<(), NameError> {
//! let opening = Opening {
//!     id: SessionId::from_octets([7; 16]), // random octets of the daemon
//!     lane: Lane::Console,
//!     purpose: Purpose::Reset,
//!     account: AccountName::parse("admin")?,
//!     selection: select(&Facts::none(), &[], &SelectionPolicy::reference(Purpose::Reset, Lane::Console)),
//!     rules: SessionRules::default(),
//! };
//! let now = Now::after_boot(Duration::from_secs(60));
//! let (session, effects) = Session::open(opening, now);
//! // No method is installed: the support contact is shown, with the reason.
//! assert_eq!(session.step_shown(), Step::DeadEnd);
//! assert_eq!(session.view(now).failure.map(|failure| failure.kind.code()), Some("E-318"));
//! for effect in effects { /* carried out in order */ drop(effect); }
//! let (session, effects) = session.step(now, Event::Cancelled);
//! assert!(session.is_over() && !effects.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! | read | for |
//! |---|---|
//! | `session/mod.rs` | the diagram of the machine; `session/states/` has one file a state |
//! | `session/grant.rs` | why nobody sets a password without a proof: the only place that makes a [`Grant`] |
//! | `session/hold.rs` | how the engine finds a hold of the button in its own record of the line |
//! | `session/event.rs`, `session/effect.rs` | all that can happen, all that can be wanted |
//! | `failure/` | the closed catalogue with its codes, and the fallback table [`route`] |
//! | `ledger/` | tokens in place of lock-outs, challenge numbers, session slots |
//! | `proofs.rs` | which proofs open a new password: required kinds, at least so many of others, how strong |
//! | `bound.rs` | R7 computed from the live [`Policy`]; one that breaks it is refused |
//! | `selection.rs` | which methods are offered, and for each other one why not |
//! | `case.rs` | the twelve characters that support types in |
//! | `code.rs` | codes, their check symbols and what they find |
//!
//! What the runner owes: effects in order; every ticketed effect answered once; writes of one session in the order of
//! their tickets; a void challenge's record never written again; [`Session::deadline`] asked after every step.
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps fails, as it should"))]

extern crate alloc;

mod bound;
mod case;
mod code;
mod facts;
mod failure;
mod ids;
mod ledger;
mod manifest;
mod proofs;
mod rules;
mod secret;
mod selection;
mod session;
mod time;
mod verifier;
mod words;

pub use bound::{GuessBound, KEPT_CODES_MAX, Odds, Policy, PolicyError};
pub use case::{CASE_VERSION, CaseCode, CaseSlip, ClockState};
pub use code::{Code, CodeSlip, CodeStyle, TYPED_CODE_MAX};
pub use facts::{CellSize, Fact, Facts, Screen, ScreenSize};
pub use failure::{Failure, FailureKind, Fault, Next, Remaining, route};
pub use ids::{
    ACCOUNT_NAME_MAX, AccountName, Counter, METHOD_ID_MAX, MethodId, NameError, SessionId, Ticket, TransactionId,
};
pub use ledger::{
    Admission, Allowance, Allowances, LastReset, Ledger, LedgerRecord, OpenSlot, PressDesk, PressTurn, Refusal,
    SlotRules, admit,
};
pub use manifest::{Carries, Loss, Manifest, ManifestGrant, ProofKind, Strength};
pub use proofs::{ProofKinds, ProofRule};
pub use rules::{
    BOOTS_MAX, ButtonRules, CAP_MINUTES_MAX, CHALLENGES_MAX, CHECKPOINT_MINUTES_MAX, HOLD_AT_LEAST, OnPresence,
    PASSWORD_CHARS_MAX, PASSWORD_MAX_AT_LEAST, PRESS_WINDOW_MAX, PasswordRules, SESSION_TRIES_MAX, SessionRules,
    TRIES_MAX,
};
pub use secret::Secret;
pub use selection::{Fixable, Offer, Selection, SelectionPolicy, Withheld, select};
pub use session::{
    AddressGrant, AuditEntry, AuditKind, CaseFacts, Challenge, Effect, Effects, EraseGrant, Event, EventName, Explored,
    FurtherProof, Grant, HoldView, MethodNews, Note, Opening, OwnerNotice, PasswordFlaw, Record, Resumable, See,
    Session, SessionView, SheetView, Step,
};
pub use time::{Deadline, DeadlineReason, Now};
pub use verifier::{Derived, Expected, KeptCode, KeptPlace, KeptSheet, Salt, VERIFIER_OCTETS, Verifier};
pub use words::{Bound, Carriage, Lane, Purpose, SealForm, challenge_purpose};
