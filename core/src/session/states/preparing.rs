//! **Preparing**: a method's worker starts, or is asked for a new code.
//!
//! Awaits its wish to have a code sealed or handed over → sealing, or the button watched → raising. Failed, gone or not in time → the fallback table: once more,
//! back to the code that is out, another way, support. *Try another way* → choosing; *cancel*, superseded → closed.

use super::{Deadlines, Raising, State};
use crate::session::frame::{Frame, Open};
use crate::session::turn::{Run, Turn};
use crate::session::{Effect, Event};
use crate::{Carriage, Carries, DeadlineReason, FailureKind, Purpose, SealForm};
use core::time::Duration;

#[derive(Debug)]
pub(in crate::session) struct Preparing {
    pub(in crate::session) run: Run,
    pub(in crate::session) until: Duration,
    /// An older code that is still out; good until a new one is stored.
    pub(in crate::session) shelf: Option<Open>,
}

crate::session::explore::explored!(Preparing { run, shelf; without until });

impl Preparing {
    pub(super) fn on(self, event: Event, turn: &mut Turn) -> State {
        match event {
            Event::MethodStarted(run) | Event::MethodReady(run) if run == self.run.ticket => self.into(),
            Event::SealAsked { run, purpose, form } if run == self.run.ticket => {
                self.issue(purpose, Carriage::Sealed(form), turn)
            }
            Event::DeliveryAsked { run, purpose } if run == self.run.ticket => {
                self.issue(purpose, Carriage::Handed, turn)
            }
            Event::KeptAsked { run } if run == self.run.ticket => {
                let purpose = turn.frame.purpose;
                self.issue(purpose, Carriage::Kept, turn)
            }
            Event::PressAsked { run } if run == self.run.ticket => self.press(turn),
            Event::MethodFailed(run, kind) if run == self.run.ticket => self.failed(kind, turn),
            Event::MethodGone(run, kind) if run == self.run.ticket => self.failed(kind, turn),
            Event::DeadlineReached(why) => self.woken(why, turn),
            Event::TryAnotherWay => {
                turn.stop(&self.run);
                turn.another_way(self.shelf)
            }
            Event::MethodChosen(method)
                if method != self.run.method && turn.frame.is_way(&method, self.shelf.as_ref()) =>
            {
                turn.stop(&self.run);
                turn.choose(&method, self.shelf)
            }
            Event::Cancelled => {
                turn.stop(&self.run);
                turn.cancel(self.shelf)
            }
            Event::Superseded => {
                turn.stop(&self.run);
                turn.end(FailureKind::CodeSuperseded, self.shelf)
            }
            Event::ChallengeIssued(_, late) => turn.void_late(late.counter, self),
            Event::Prepared(_, late) => turn.drop_late(late, self),
            Event::Acknowledged
            | Event::MethodChosen(_)
            | Event::NoMailCame
            | Event::SupportSaidNo
            | Event::NewChallengeAsked
            | Event::CodeTyped(_)
            | Event::MoreTimeAsked
            | Event::PasswordTyped(_)
            | Event::ButtonPressed
            | Event::MethodStarted(_)
            | Event::MethodReady(_)
            | Event::SealAsked { .. }
            | Event::MethodFailed(..)
            | Event::MethodGone(..)
            | Event::ChallengeRefused(..)
            | Event::Persisted(_)
            | Event::StoreFailed(_)
            | Event::Charged(_)
            | Event::ChargeRefused(..)
            | Event::Derived(..)
            | Event::DeriveFailed(_)
            | Event::PasswordRefused(..)
            | Event::PrepareFailed(..)
            | Event::Committed(_)
            | Event::CommitFailed(..)
            | Event::DeliveryAsked { .. }
            | Event::KeptAsked { .. }
            | Event::Delivered(_)
            | Event::PressAsked { .. }
            | Event::ButtonWatched { .. }
            | Event::ButtonEdge { .. }
            | Event::ButtonLost
            | Event::ButtonTaken
            | Event::CounterRaised(..)
            | Event::CounterRefused(..)
            | Event::Erased(_)
            | Event::EraseFailed(..)
            | Event::AddressConfirmed(_) => turn.ignore(self),
        }
    }

    /// A method may ask for what it carries and for what its proof is for here, and for nothing else (R37). A kept code
    /// proves nothing of a mailbox: it confirms no address.
    fn issue(self, purpose: Purpose, carriage: Carriage, turn: &mut Turn) -> State {
        let carries = match carriage {
            Carriage::Sealed(_) => Carries::Sealed,
            Carriage::Handed => Carries::Handed,
            Carriage::Kept => Carries::Kept,
        };
        let unlocks = carriage == Carriage::Sealed(SealForm::Unlock);
        let fits = turn.frame.purpose_of(&self.run.method) == Some(purpose) && unlocks == (purpose == Purpose::Unlock);
        if !fits || turn.frame.carries(&self.run.method) != Some(carries) {
            return self.failed(FailureKind::MethodGarbage, turn);
        }
        if !turn.frame.can_make_code(&self.run.method) {
            turn.stop(&self.run);
            return turn.fall(FailureKind::TooManyCodes.into(), self.shelf);
        }
        turn.issue(self.run, carriage, self.shelf)
    }

    /// The button never confirms an address: it proves that somebody stands here, not that a mailbox works.
    fn press(self, turn: &mut Turn) -> State {
        let reset = turn.frame.purpose == Purpose::Reset;
        if !reset || turn.frame.carries(&self.run.method) != Some(Carries::Presence) {
            return self.failed(FailureKind::MethodGarbage, turn);
        }
        if turn.frame.rules.button.is_none() {
            return self.failed(FailureKind::NoButton, turn);
        }
        turn.frame.presses_left = turn.frame.presses_left.saturating_sub(1);
        let (ticket, lane) = (turn.frame.ticket(), turn.frame.lane);
        turn.effect(Effect::RaiseCounter { ticket, lane });
        Raising { run: self.run, ticket, until: turn.answer_by(), shelf: self.shelf }.into()
    }

    fn failed(self, kind: FailureKind, turn: &mut Turn) -> State {
        turn.stop(&self.run);
        turn.fall(turn.method_failure(&self.run.method, kind), self.shelf)
    }

    fn woken(mut self, why: DeadlineReason, turn: &mut Turn) -> State {
        if why == DeadlineReason::MethodStart && turn.now >= self.until {
            return self.failed(FailureKind::MethodHung, turn);
        }
        if turn.tend(&mut self.shelf, why) { self.into() } else { turn.ignore(self) }
    }

    pub(super) fn deadlines(&self, _: &Frame) -> Deadlines {
        Deadlines::none().and(DeadlineReason::MethodStart, self.until).of(self.shelf.as_ref())
    }
}
