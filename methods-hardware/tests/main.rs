//! Stories of the reset button (R88): traces and what is said at each, any trace against an independent reading, and the
//! words of every method in every language.
#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect must fail")]
#![allow(clippy::wildcard_enum_match_arm, reason = "a test picks out what it looks for")]

mod reading;
mod stand;
mod texts;
mod traces;
