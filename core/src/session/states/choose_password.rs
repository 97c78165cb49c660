//! **Choose password**: what was proved is enough; the owner chooses a new password.
//!
//! Reached only with an [`Authority`], which only judged proofs make. Awaits a password → preparing-password, or
//! here with its flaws. *More time* extends the proof up to its cap. *Try another way* lays the proofs down →
//! choosing; they open nothing by themselves. Proof over, *cancel*, superseded → closed.

use super::{Deadlines, PreparingPassword, State};
use crate::session::frame::{Frame, Open};
use crate::session::grant::Authority;
use crate::session::turn::Turn;
use crate::session::{Effect, Event, PasswordFlaw};
use crate::{DeadlineReason, FailureKind, PasswordRules, Secret, time::minutes};
use alloc::{string::String, vec, vec::Vec};

#[derive(Debug)]
pub(in crate::session) struct ChoosePassword {
    pub(in crate::session) authority: Authority,
    /// The challenge just proved; on disk until the commit spends it.
    pub(in crate::session) open: Option<Open>,
    /// What the last password broke.
    pub(in crate::session) flaws: Vec<PasswordFlaw>,
}

crate::session::explore::explored!(ChoosePassword { authority, open; without flaws });

impl ChoosePassword {
    pub(in crate::session) const fn with(authority: Authority, open: Option<Open>) -> Self {
        Self { authority, open, flaws: Vec::new() }
    }

    pub(super) fn on(self, event: Event, turn: &mut Turn) -> State {
        match event {
            Event::PasswordTyped(password) => self.typed(password, turn),
            Event::MoreTimeAsked => self.more_time(turn),
            Event::TryAnotherWay => self.lay_down(turn),
            Event::DeadlineReached(why) => self.woken(why, turn),
            Event::Cancelled => turn.cancel(self.open),
            Event::Superseded => turn.end(FailureKind::CodeSuperseded, self.open),
            Event::ChallengeIssued(_, late) => turn.void_late(late.counter, self),
            Event::Prepared(_, late) => turn.drop_late(late, self),
            Event::Acknowledged
            | Event::MethodChosen(_)
            | Event::NoMailCame
            | Event::SupportSaidNo
            | Event::NewChallengeAsked
            | Event::CodeTyped(_)
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

    fn typed(mut self, password: Secret<String>, turn: &mut Turn) -> State {
        if turn.now >= self.authority.until() {
            return turn.end(FailureKind::ProofExpired, self.open);
        }
        turn.frame.trouble = None;
        if let Some(flaw) = flaw_of_length(password.expose(), turn.frame.rules.password) {
            self.flaws = vec![flaw];
            return self.into();
        }
        let ticket = turn.frame.ticket();
        let account = turn.frame.account.clone();
        turn.effect(Effect::Prepare { ticket, account, password });
        PreparingPassword { authority: self.authority, open: self.open, ticket }.into()
    }

    fn more_time(mut self, turn: &mut Turn) -> State {
        if turn.now >= self.authority.until() {
            return turn.end(FailureKind::ProofExpired, self.open);
        }
        if !self.authority.can_extend() {
            return turn.ignore(self);
        }
        self.authority.extend(minutes(turn.frame.rules.proof_minutes));
        self.into()
    }

    fn lay_down(self, turn: &mut Turn) -> State {
        turn.frame.trouble = None;
        turn.frame.proofs = self.authority.lay_down();
        turn.another_way(self.open)
    }

    fn woken(mut self, why: DeadlineReason, turn: &mut Turn) -> State {
        if why == DeadlineReason::ProofExpires && turn.now >= self.authority.until() {
            return turn.end(FailureKind::ProofExpired, self.open);
        }
        // The code has done its work; that its own life ends does not hurry the owner.
        if turn.tend(&mut self.open, why) { self.into() } else { turn.ignore(self) }
    }

    pub(super) fn deadlines(&self, _: &Frame) -> Deadlines {
        Deadlines::none().and(DeadlineReason::ProofExpires, self.authority.until()).of(self.open.as_ref())
    }
}

/// Counts characters (code points, SP 800-63B 3.1.1.2); all are accepted, none is cut (R50). Blocklist and back end
/// come with `Prepare`.
fn flaw_of_length(password: &str, rules: PasswordRules) -> Option<PasswordFlaw> {
    let (min, max) = (usize::from(rules.min_chars), usize::from(rules.max_chars));
    // No character takes more than four octets: anything longer need not be counted (R47).
    if password.len() > max * 4 {
        return Some(PasswordFlaw::TooLong);
    }
    match password.chars().count() {
        count if count < min => Some(PasswordFlaw::TooShort),
        count if count > max => Some(PasswordFlaw::TooLong),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r50_characters_are_counted_not_octets_and_nothing_is_cut() {
        let rules = PasswordRules { min_chars: 15, max_chars: 64 };
        assert_eq!(flaw_of_length(&"a".repeat(14), rules), Some(PasswordFlaw::TooShort));
        assert_eq!(flaw_of_length(&"a".repeat(15), rules), None);
        assert_eq!(flaw_of_length(&"\u{1f511}".repeat(15), rules), None);
        assert_eq!(flaw_of_length(&"\u{1f511}".repeat(64), rules), None);
        assert_eq!(flaw_of_length(&"\u{1f511}".repeat(65), rules), Some(PasswordFlaw::TooLong));
        assert_eq!(flaw_of_length(&"é".repeat(65), rules), Some(PasswordFlaw::TooLong));
        assert_eq!(flaw_of_length(&"a".repeat(1_024), rules), Some(PasswordFlaw::TooLong));
        assert_eq!(flaw_of_length(" leading and trailing ", rules), None);
    }
}
