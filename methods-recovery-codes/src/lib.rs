//! Method `recovery-codes`: the owner types one of the codes that were made at set-up and kept on paper (R87). It works
//! without network, address, telephone and clock.
//!
//! A pure machine. It asks that a kept code is taken and says where to look; it never sees one, and the comparison is the
//! engine's (R82).
//!
//! ```text
//!  Start ─► AskKept ─► [asked] ── KeptReady ─► [typing] ── Proved ─► Done
//!                         │ refused               │ AskAgain
//!                         ▼                       └──► AskKept
//!                       Fail
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps fails, as it should"))]

mod machine;
pub mod texts;
mod views;

pub use machine::RecoveryCodes;
