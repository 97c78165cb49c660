//! Method `support`: two people at the maker's support agree, each with a key of his own, and the agent reads a code out
//! over the telephone (R89). The device needs no network: the owner's telephone or a stick carries the request.
//!
//! A pure machine. It asks for a challenge of the purpose *unlock* and says whom to call and what to tell; it holds no key
//! and no code, and the comparison is the engine's (R82).
//!
//! ```text
//!  Start ─► Seal (unlock) ─► [asking] ── Sealed ─► [showing] ── Proved ─► Done
//!                               │ refused             │ support says no
//!                               ▼                     ▼
//!                             Fail                  Fail
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps fails, as it should"))]

mod machine;
pub mod texts;
mod views;

pub use machine::{ACTION_REFUSED, Support};
