//! Method `companion`: the device shows a QR code, the companion app or any telephone's camera reads it, the relay mails the
//! security code to the address on file.
//!
//! A pure machine: what is asked to be sealed, how it is drawn, told and retried. The daemon seals and makes the web
//! address; the engine decides. `export/` makes the shared object.
//!
//! ```text
//!            Start ─► Ready, Seal ─► [asking] ── Sealed ─► Show QR ─► [showing] ── News ─► Show
//!                                       │                                │ no mail came ─► Show help, same picture
//!                                       │ SealRefused                    │ new code (limited), ask again ─► Seal ─► [asking]
//!                                       ▼                                ▼ Proved, Stop
//!                                     Fail                             Done
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps fails, as it should"))]

mod machine;
pub mod texts;
mod views;

pub use machine::{ACTION_NEW_CODE, ACTION_SHOW_AGAIN, Companion};
