//! What is known of recovery itself while somebody is logged in, and when it is asked for.

use super::doctor::Visit;
use super::{Place, Story};
use crate::link::{Ask, What};
use crate::wire::{Plan, Readiness};

/// What the device said of it.
#[derive(Debug, Default)]
pub(super) struct Care {
    /// How ready recovery is.
    pub(super) ready: Option<Readiness>,
    /// Who still has the old password.
    pub(super) plan: Option<Plan>,
    /// The doctor.
    pub(super) doctor: Visit,
    /// The line for the maker's support, once the device was handed over.
    pub(super) enrolment: String,
    /// The first set-up ended a moment ago.
    pub(super) at_set_up: bool,
}

impl Story {
    /// What this place shows, in the language that is read now.
    pub(super) fn asks_of_care(&self) -> Vec<Ask> {
        let Some(login) = &self.login else { return Vec::new() };
        let shown = match self.place {
            Place::Home => vec![What::Readiness(login.clone()), What::Plan(login.clone())],
            Place::After => vec![What::Plan(login.clone())],
            Place::Ready if self.care.ready.is_some() => vec![What::Readiness(login.clone())],
            Place::Doctor if matches!(self.care.doctor, Visit::Found(_)) => vec![What::Doctor(login.clone())],
            Place::Ready
            | Place::Doctor
            | Place::HandOver
            | Place::HandOverNow
            | Place::HandedOver
            | Place::Codes
            | Place::Live
            | Place::LogIn
            | Place::SetUp
            | Place::Skip
            | Place::Requests
            | Place::Reset => Vec::new(),
        };
        shown.into_iter().map(|what| self.ask(what)).collect()
    }
}
