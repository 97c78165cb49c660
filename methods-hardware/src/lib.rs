//! Method `button`: somebody stands at the device and holds its reset button (R88). Nothing is typed over (R91).
//!
//! A pure machine over the edges of the line, as the daemon's driver timed them: bands, and what is said at each. It
//! **shapes** the press and decides nothing: the engine reads the same edges by itself and grants by its own record (R82).
//!
//! ```text
//!  Start ─► AskPress ─► [asked] ── PressWatched ─┬─ released ─► [ready] ◄──────────── released too early ─┐
//!                          │ refused             │                │ pressed                                │
//!                          ▼                     │                ▼                                        │
//!                        Fail                    │             [held] keep holding ─► release now ─► too long
//!                          ▲                     │                                        │ released       │ released
//!                          │ 60 s                ▼                                        ▼                └─► [ready]
//!                          └────────────────── [stuck] ── released ─► [ready]           [seen] ── Proved ─► Done
//! ```
//! Contacts bounce: a level counts once it has lasted for [`DEBOUNCE_MS`], from the moment at which it began. At the end
//! of the window nothing counts any more, and the engine leads on.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps fails, as it should"))]

mod bands;
mod machine;
mod steady;
pub mod texts;
mod views;

pub use machine::{Button, STUCK_FAILS_MS};
pub use steady::DEBOUNCE_MS;
