//! What of a session outlives a boot: one challenge, its tries and its life. Never a proof (§5.8).

use super::Challenge;
use crate::{AccountName, FailureKind, Lane, MethodId, ProofKind, Purpose, SessionId, SessionRules};

/// What the journal keeps of a session. Plain: the octets, their MAC and their version are the journal's.
#[derive(Debug, Clone)]
pub struct Record {
    /// The session.
    pub session: SessionId,
    /// Its lane.
    pub lane: Lane,
    /// What it is for.
    pub purpose: Purpose,
    /// Its account.
    pub account: AccountName,
    /// The method that shows the challenge.
    pub method: MethodId,
    /// What the method proves.
    pub proof: ProofKind,
    /// The challenge.
    pub challenge: Challenge,
    /// Comparisons left for its code (R6).
    pub tries_left: u8,
    /// Comparisons left in the session (R7).
    pub session_tries_left: u8,
    /// Codes that the session may still ask for.
    pub challenges_left: u8,
    /// Powered minutes left.
    pub minutes_left: u16,
    /// Powered minutes left if it were extended to the cap (R18).
    pub cap_minutes_left: u16,
    /// Boots that the code still survives (R19).
    pub boots_left: u8,
}

/// A record that paid for a boot. Only such a one can be resumed (R12, R19).
#[derive(Debug)]
#[must_use]
pub struct Resumable(Record);

impl Record {
    /// Pays for one boot: one checkpoint interval of life, and one boot.
    ///
    /// # Errors
    /// The reason why the challenge is void after this boot; forget the record then.
    pub fn charge_boot(self, rules: &SessionRules) -> Result<Resumable, FailureKind> {
        let rules = rules.bounded();
        let interval = rules.checkpoint_minutes;
        let charged = Self {
            // A record that claims more than the rules allow is cut down to them.
            tries_left: self.tries_left.min(rules.tries),
            session_tries_left: self.session_tries_left.min(rules.session_tries),
            challenges_left: self.challenges_left.min(rules.challenges_per_session),
            minutes_left: self.minutes_left.min(rules.cap_minutes).saturating_sub(interval),
            cap_minutes_left: self.cap_minutes_left.min(rules.cap_minutes).saturating_sub(interval),
            boots_left: self.boots_left.min(rules.boots).checked_sub(1).ok_or(FailureKind::CodeExpired)?,
            ..self
        };
        if charged.minutes_left == 0 {
            Err(FailureKind::CodeExpired)
        } else if charged.tries_left == 0 || charged.session_tries_left == 0 {
            Err(FailureKind::CodeUsedUp)
        } else {
            Ok(Resumable(charged))
        }
    }
}

impl Resumable {
    /// The record as charged, to be written before anything of it is shown.
    #[must_use]
    pub const fn record(&self) -> &Record {
        &self.0
    }

    pub(super) fn into_record(self) -> Record {
        self.0
    }
}
