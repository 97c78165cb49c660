//! The reset session as a pure state machine.
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps fails, as it should"))]

extern crate alloc;

mod bound;
mod code;
mod facts;
mod failure;
mod ids;
mod ledger;
mod manifest;
mod rules;
mod secret;
mod selection;
mod session;
mod time;
mod verifier;
mod words;

pub use bound::{Bound, Odds, Policy, PolicyError};
pub use code::{Code, CodeSlip, CodeStyle, TYPED_CODE_MAX};
pub use facts::{Fact, Facts, ScreenSize};
pub use failure::{Failure, FailureKind, Fault, Next, Remaining, route};
pub use ids::{
    ACCOUNT_NAME_MAX, AccountName, Counter, METHOD_ID_MAX, MethodId, NameError, SessionId, Ticket, TransactionId,
};
pub use ledger::{
    Admission, Allowance, Allowances, LastReset, Ledger, LedgerRecord, OpenSlot, Refusal, SlotRules, admit,
};
pub use manifest::{Loss, Manifest, ManifestGrant, ProofKind};
pub use rules::{
    BOOTS_MAX, CAP_MINUTES_MAX, CHALLENGES_MAX, CHECKPOINT_MINUTES_MAX, PASSWORD_CHARS_MAX, PASSWORD_MAX_AT_LEAST,
    PasswordRules, SESSION_TRIES_MAX, SessionRules, TRIES_MAX,
};
pub use secret::Secret;
pub use selection::{Fixable, Offer, Selection, SelectionPolicy, Withheld, select};
pub use session::{
    AddressGrant, AuditEntry, AuditKind, Challenge, Effect, Effects, Event, EventName, Grant, MethodNews, Note,
    Opening, OwnerNotice, PasswordFlaw, Record, Resumable, Session, SessionView, Step,
};
pub use time::{Deadline, DeadlineReason, Now};
pub use verifier::{Derived, Salt, VERIFIER_OCTETS, Verifier};
pub use words::{Lane, Purpose, SealForm};
