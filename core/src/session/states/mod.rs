//! The states, one file each. Each file opens with what it awaits and where it goes.

mod charging;
mod choose_password;
mod choosing;
mod closed;
mod committing;
mod confirm_loss;
mod confirming_address;
mod dead_end;
mod deriving;
mod enter_code;
mod erasing;
mod hold_button;
mod notice;
mod preparing;
mod preparing_password;
mod raising;
mod resuming;
mod sealing;
mod storing;

pub(super) use charging::Charging;
pub(super) use choose_password::ChoosePassword;
pub(super) use choosing::Choosing;
pub(super) use closed::{Closed, Ending};
pub(super) use committing::Committing;
pub(super) use confirm_loss::ConfirmLoss;
pub(super) use confirming_address::ConfirmingAddress;
pub(super) use dead_end::DeadEnd;
pub(super) use deriving::Deriving;
pub(super) use enter_code::EnterCode;
pub(super) use erasing::Erasing;
pub(super) use hold_button::HoldButton;
pub(super) use notice::Notice;
pub(super) use preparing::Preparing;
pub(super) use preparing_password::PreparingPassword;
pub(super) use raising::Raising;
pub(super) use resuming::Resuming;
pub(super) use sealing::Sealing;
pub(super) use storing::Storing;

use super::explore::Explore;
use super::frame::{Frame, Open};
use super::turn::Turn;
use super::{Event, Step};
use crate::{Deadline, DeadlineReason};
use core::hash::{Hash, Hasher};
use core::time::Duration;

macro_rules! states {
    ($($name:ident),* $(,)?) => {
        /// Where a session is. Closed: what a state holds exists in that state only.
        #[derive(Debug)]
        pub(super) enum State { $($name($name),)* }

        $(impl From<$name> for State {
            fn from(state: $name) -> Self { Self::$name(state) }
        })*

        impl State {
            /// Takes one event; effects go to the turn.
            pub(super) fn on(self, event: Event, turn: &mut Turn) -> Self {
                match self { $(Self::$name(state) => state.on(event, turn),)* }
            }

            /// When this state wants to be woken first.
            pub(super) fn deadline(&self, frame: &Frame) -> Option<Deadline> {
                match self { $(Self::$name(state) => state.deadlines(frame).first(),)* }
            }
        }

        impl Explore for State {
            fn branch(&self) -> Self {
                match self { $(Self::$name(state) => Self::$name(state.branch()),)* }
            }

            fn mark<H: Hasher>(&self, into: &mut H) {
                core::mem::discriminant(self).hash(into);
                match self { $(Self::$name(state) => state.mark(into),)* }
            }
        }
    };
}

states![
    Notice,
    Choosing,
    ConfirmLoss,
    Preparing,
    Raising,
    HoldButton,
    Sealing,
    Storing,
    Resuming,
    EnterCode,
    Charging,
    Deriving,
    ChoosePassword,
    PreparingPassword,
    Committing,
    Erasing,
    ConfirmingAddress,
    DeadEnd,
    Closed,
];

impl State {
    /// The step that a screen shows.
    pub(super) const fn step(&self) -> Step {
        match self {
            Self::Notice(_) => Step::Notice,
            Self::Choosing(_) => Step::ChooseMethod,
            Self::Preparing(_) | Self::Raising(_) | Self::Sealing(_) | Self::Storing(_) | Self::Resuming(_) => {
                Step::Preparing
            }
            Self::ConfirmLoss(_) => Step::ConfirmLoss,
            Self::HoldButton(_) => Step::HoldButton,
            Self::Erasing(_) => Step::Erasing,
            Self::EnterCode(_) => Step::EnterCode,
            Self::Charging(_) | Self::Deriving(_) => Step::Checking,
            Self::ChoosePassword(_) => Step::ChoosePassword,
            Self::PreparingPassword(_) | Self::Committing(_) | Self::ConfirmingAddress(_) => Step::Saving,
            Self::DeadEnd(_) => Step::DeadEnd,
            Self::Closed(state) => state.ending.step(),
        }
    }

    /// The challenge that is out, if one is.
    pub(super) const fn open(&self) -> Option<&Open> {
        match self {
            Self::Notice(_) | Self::DeadEnd(_) | Self::Closed(_) => None,
            Self::Choosing(state) => state.shelf.as_ref(),
            Self::Preparing(state) => state.shelf.as_ref(),
            Self::ConfirmLoss(state) => state.shelf.as_ref(),
            Self::Raising(state) => state.shelf.as_ref(),
            Self::HoldButton(state) => state.shelf.as_ref(),
            Self::Erasing(state) => state.open.as_ref(),
            Self::Sealing(state) => state.shelf.as_ref(),
            Self::Storing(state) => Some(&state.open),
            Self::Resuming(state) => Some(&state.open),
            Self::EnterCode(state) => Some(&state.entry.open),
            Self::Charging(state) => Some(&state.entry.open),
            Self::Deriving(state) => Some(&state.entry.open),
            Self::ChoosePassword(state) => state.open.as_ref(),
            Self::PreparingPassword(state) => state.open.as_ref(),
            Self::Committing(state) => state.open.as_ref(),
            Self::ConfirmingAddress(state) => state.open.as_ref(),
        }
    }
}

/// The moments that one state waits for; at most five.
pub(super) struct Deadlines(Option<Deadline>);

impl Deadlines {
    pub(super) const fn none() -> Self {
        Self(None)
    }

    /// One more, if there is one. Of two at the same moment the first named comes first.
    pub(super) fn and(self, why: DeadlineReason, at: impl Into<Option<Duration>>) -> Self {
        let Some(at) = at.into() else { return self };
        match self.0 {
            Some(first) if first.at <= at => self,
            Some(_) | None => Self(Some(Deadline { at, why })),
        }
    }

    /// Those of a challenge that is out.
    pub(super) fn of(self, open: Option<&Open>) -> Self {
        let Some(open) = open else { return self };
        self.and(DeadlineReason::CodeExpires, open.life.ends()).and(DeadlineReason::Checkpoint, open.life.checkpoint())
    }

    const fn first(self) -> Option<Deadline> {
        self.0
    }
}
