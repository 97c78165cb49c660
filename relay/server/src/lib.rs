//! reset-relay, the maker's server: takes a sealed challenge from a phone and mails the code inside to the address
//! inside. It knows device keys and counters, and keeps no address, no code and no plaintext (R77).
//!
//! ```text
//!  phone ──POST──▶ web ──▶ relay ──▶ store: counter, quota, outbox in one transaction ──▶ 202
//!                          (proves)                         │
//!                                        mail::Sender ◀─────┘ opens, composes ──SMTP──▶ mailbox
//! ```

#![forbid(unsafe_code)]

pub mod brands;
pub mod clock;
pub mod desk;
pub mod factory;
pub mod feed;
mod files;
pub mod judge;
pub mod keys;
pub mod mail;
pub mod relay;
pub mod secrets;
pub mod serve;
pub mod settings;
pub mod staff;
pub mod store;
pub mod web;
pub mod window;
