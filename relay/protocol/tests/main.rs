//! The sealed challenge against its standards, its twin implementation and every bit flip.

#![allow(clippy::disallowed_methods, reason = "tests wait for real programs, and ask cargo where things are")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed, and says where")]

mod binding;
mod forms;
mod standards;
mod support;
mod texts;
mod twin;
mod twin_unlock;
mod unlock;
