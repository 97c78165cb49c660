//! The engine's own tests: stories by R- and F-number, every state against every event, and a model.

#![allow(clippy::disallowed_methods, reason = "tests wait for real programs, and ask cargo where things are")]
#![allow(clippy::unwrap_used, reason = "a test that unwraps fails, as it should")]

mod bounds;
mod cases;
mod codes;
mod fallback;
mod handed;
mod kept;
mod ledger;
mod life;
mod model;
mod passwords;
mod presence;
mod proofs;
mod rollback;
mod selection;
mod stories;
mod support;
mod table;
mod unlock;
