//! The host against real shared objects in real worker processes: honest ones, broken ones and hostile ones.
#![allow(clippy::disallowed_methods, reason = "tests wait for real programs, and ask cargo where things are")]
#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect must fail")]

mod attacks;
mod doors;
mod faults;
mod frames;
mod honest;
mod supply;
mod support;
