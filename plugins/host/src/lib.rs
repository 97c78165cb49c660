//! Discovers, verifies, sandboxes and runs recovery methods.
//!
//! ```text
//!  <dir>/<id>/method.toml ── signature ── discover ──► Installed
//!                            └─ library: read once ─ hash = manifest ─ ELF as allowed ─ sealed memfd
//!                                                                                          │
//!  daemon ◄── Worker: length-prefixed postcard over a socket pair ──►  this binary, re-executed with --resetkit-worker
//!             deadlines, limits, grants, kill by pidfd                 own uid, rlimits, Landlock, seccomp ─ dlopen ─ seccomp
//! ```
//!
//! What was checked is what runs (R80, F20); what runs can do nothing but compute and answer (R81); what it answers is
//! checked against the manifest before anybody acts on it (R82); and however it dies, the daemon learns of it as a
//! [`HostFailure`] and goes on (R83). Restarting and quarantine are the engine's decision.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps fails, as it should"))]

mod answer;
mod bundle;
mod child;
mod confidence;
pub mod convert;
mod elf;
mod facts;
mod failure;
mod filters;
mod frame;
mod handshake;
mod keys;
mod limits;
mod load;
mod manifest;
mod pace;
mod process;
mod qr;
mod readiness;
mod sandbox;
mod watches;
mod worker;

pub use answer::check_outputs;
pub use bundle::{Discovery, Installed, discover, discover_with, open_bundle, open_linked};
pub use child::{WORKER_ARGUMENT, worker_main_if_asked, worker_main_if_asked_with};
pub use facts::SessionFacts;
pub use failure::{HostFailure, HostFailureKind};
pub use frame::{FrameBuffer, FrameError, encode_frame};
pub use keys::{Signer, TrustedKeys};
pub use limits::Limits;
pub use manifest::{ManifestText, Times};
pub use sandbox::{Identity, LandlockLevel, SandboxReport};
pub use worker::{Farewell, Worker, WorkerOptions};

pub use resetkit_contract::{
    Action, App, Arg, ArgValue, Attestation, ButtonInfo, CONTRACT_MAJOR, CONTRACT_MINOR, Connection, Delivery,
    FailKind, Hidden, Linked, LogLevel, Login, Mechanism, MethodEvent, MethodOutput, News, Part, Peer, PressOutcome,
    Purpose, Qr, Screen, SealForm, SealedChallenge, Security, StartInfo, Support, Text, View,
};
pub use resetkit_contract::{abi, linked_method};
