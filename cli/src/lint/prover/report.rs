//! What a survey came to.

use crate::checks::{Check, Finding};

/// How much was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Sets of broken things.
    pub fact_sets: usize,
    /// Walks that were different.
    pub walks: usize,
    /// States in all walks.
    pub states: usize,
    /// Moves tried from them.
    pub transitions: usize,
}

/// What a survey came to.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What does not hold, in the order of the checks.
    pub findings: Vec<Finding>,
    /// How much was looked at.
    pub totals: Totals,
}

impl Report {
    /// Whether nothing was found that must not ship.
    #[must_use]
    pub fn holds(&self) -> bool {
        !self.findings.iter().any(Finding::is_error)
    }

    /// Findings of one check.
    pub fn of(&self, check: Check) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.check == check)
    }
}
