//! resetd, the recovery daemon on the device.
//!
//! Read downwards: what it serves, what decides, what it does, what it keeps.

pub mod accounts;
mod acts;
pub mod after;
mod api;
pub mod audit;
#[cfg(feature = "builtin")]
pub mod builtin;
mod case;
pub mod challenge;
pub mod cli;
pub mod clock;
mod connections;
pub mod daemon;
pub mod disk;
pub mod doctor;
mod executors;
pub mod facts;
pub mod identity;
pub mod journal;
mod lines;
pub mod listeners;
pub mod mask;
mod notices;
pub mod probes;
pub mod problem;
pub mod random;
pub mod readiness;
pub mod serve;
pub mod sheets;
pub mod state;
mod stick;
pub mod store;
pub mod texts;
pub mod tls;
mod web;
