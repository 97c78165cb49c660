//! Failures: whose fault, and what next.
//!
//! [`FailureKind`] is the closed catalogue, [`route`] the fallback table.

mod catalogue;
mod route;

pub use catalogue::{FailureKind, Fault};
pub use route::{Next, Remaining, route};

use crate::MethodId;

/// A failure that the owner is told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What it was.
    pub kind: FailureKind,
    /// The method it happened in, if any.
    pub method: Option<MethodId>,
}

impl Failure {
    /// A failure of no method in particular.
    #[must_use]
    pub const fn new(kind: FailureKind) -> Self {
        Self { kind, method: None }
    }

    /// A failure of this method.
    #[must_use]
    pub const fn of(kind: FailureKind, method: MethodId) -> Self {
        Self { kind, method: Some(method) }
    }
}

impl From<FailureKind> for Failure {
    fn from(kind: FailureKind) -> Self {
        Self::new(kind)
    }
}
