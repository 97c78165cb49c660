//! Accounts.
pub mod hashing;
