//! The stable ABI between a recovery method and the worker process that runs it: contract 1, frozen.
//!
//! A method is a pure machine: it gets one [`MethodEvent`] at a time and answers with [`MethodOutput`]s. It **carries**
//! (draws a sealed challenge, brings a mail on its way) or **attests**; the engine in the daemon decides (R82). It never
//! sees keys, counters, verifiers or passwords, and it says everything with text *ids*, never with finished sentences.
//!
//! ```text
//!   write                     impl Method for Mine { const ID.., fn new(), fn advance(..) }      in an rlib, tested without I/O
//!   export (a thin cdylib)    resetkit_contract::export_method!(Mine);
//!   sign                      method.toml + method.toml.minisig beside the .so
//! ```
//!
//! # Versions
//! Three numbers, never mixed: [`CONTRACT_MAJOR`] (part of the exported symbol's name, so another major is refused before
//! any of its code runs), [`CONTRACT_MINOR`] (functions appended to [`ResetMethod`]) and the method's own version.
//! Contract 1 is frozen (ADR 0013): five methods ran on it, `golden/layout-1.txt` holds every type as it is, and a method
//! built against the kept source of 1.0 must load in every later host of major 1. What may come without a new major is a
//! function appended to [`ResetMethod`]; another variant or field is contract 2.
//!
//! # Panics
//! abi_stable ends the process with `exit(1)` when a panic crosses its boundary. Every function that [`export_method!`]
//! exports therefore catches inside, and a panic becomes [`MethodFault::Panicked`], an ordinary answer (R83).
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps fails, as it should"))]
#![allow(
    unsafe_code,
    reason = "StableAbi's derive writes `unsafe impl`s; this crate has no unsafe block of its own outside export.rs"
)]

mod button;
mod event;
mod export;
mod hidden;
mod mail;
mod module;
mod output;
mod view;

pub use button::{ButtonInfo, PressOutcome};
pub use event::{App, MethodEvent, News, Purpose, Screen, SealForm, SealedChallenge, StartInfo, Support};
pub use export::{Method, claim, contract_header, guarded_advance, guarded_new, hand_over, root_module_result};
pub use hidden::Hidden;
pub use mail::{Connection, Delivery, Login, Mechanism, Peer, Security};
pub use module::{AdvanceFn, Linked, MethodBox, MethodFault, Opaque, ResetMethod, ResetMethodRef};
pub use output::{Attestation, FailKind, LogLevel, MethodOutput};
pub use view::{Action, Arg, ArgValue, Part, Qr, Text, View};

/// What the export macro and hosts need of abi_stable, so that nobody else names that crate.
pub mod abi {
    pub use abi_stable::library::{
        LibHeader, LibraryError, RootModule, RootModuleError, RootModuleResult, lib_header_from_path,
    };
    pub use abi_stable::std_types::{RNone, ROption, RResult, RSome, RStr, RString, RVec};
}

/// The contract's major version: what an incompatible change counts up.
pub const CONTRACT_MAJOR: u16 = 1;

/// The contract's minor version: what an appended function counts up.
pub const CONTRACT_MINOR: u16 = 0;

/// The symbol whose presence says which contract a library was built for; holds the minor version as `u16`.
pub const CONTRACT_SYMBOL: &str = "resetkit_method_contract_1";
