//! Method `email`: the code goes to the address on file by a mail that the device itself submits. It needs no telephone.
//!
//! A pure machine around one future at a time: the daemon connects and draws the code, the method speaks TLS and SMTP over
//! the descriptor that it was given and says how the mail server answered. There is no runtime, no thread and no clock
//! in here: the future is polled when the daemon says that something can be read, or four times a second.
//!
//! ```text
//!  Start ─► Connect ─► [connecting] ── Connected ─► TLS, log-in ─► [joining] ── logged in ─► AskDelivery ─► [asking]
//!                            │                                        │                                       │ Deliver
//!                            │ ConnectRefused                         │ refused, not secure, too late         ▼
//!                            ▼                                        ▼                                   [handing]
//!                          Fail ◄─────────────────────────────────────┴──────────────────────────────────────┤
//!                                                                                                            │ 250
//!  [sent] ◄── Delivered, Show ◄──────────────────────────────────────────────────────────────────────────────┘
//!     │ new code: Connect once more; what is out still counts until the new one is drawn
//! ```
//!
//! # Why the code is asked for last
//! A code is drawn only when the connection stands, the server is verified and has let the device in. A request number, one
//! of the session's few codes and a slot in the journal are spent on a server that is there, and the code is never in
//! this process while somebody unverified could be at the other end.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps fails, as it should"))]

mod answer;
mod letter;
mod line;
mod machine;
mod pump;
mod secure;
mod submit;
pub mod texts;
mod trouble;
mod views;

pub use machine::{ACTION_NEW_CODE, ACTION_SHOW_AGAIN, ASK_WITHIN_MS, Email, HAND_WITHIN_MS, JOIN_WITHIN_MS};
pub use secure::BUILT;
