//! What the daemon keeps and promises, as stories. The stories that need every party are in the folder `tests/` of the house.

#![allow(clippy::disallowed_methods, reason = "tests wait for real programs, and ask cargo where things are")]
#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod accounts;
mod audit;
mod brands;
#[cfg(feature = "builtin")]
mod builtin;
mod button;
mod care;
mod catalogue;
mod commands;
mod crash;
mod described;
mod direct_mail;
mod encrypted;
mod hand_over;
mod interface;
mod journal;
mod notices;
mod recovery_codes;
mod settings;
mod stories;
mod support;
mod switches;
mod unlock;
