//! resetd, the recovery daemon on the device.
//!
//! Read downwards: what it serves, what decides, what it does, what it keeps.

pub mod accounts;
pub mod audit;
pub mod clock;
pub mod disk;
pub mod journal;
pub mod mask;
pub mod random;
pub mod tls;
