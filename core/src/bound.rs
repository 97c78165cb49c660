//! R7 computed from the live policy: how likely a guesser is to get in. A policy that breaks it is refused.
//!
//! A hold of the button adds nothing to it: there is no code to guess. It takes somebody at the device for ten seconds,
//! which the profile states and the owner was told (R88). What a press does add is one guess at a code, and that one is
//! counted: the button lane (R10).
//!
//! Codes that an owner keeps are guessed from the same buckets, one token a guess, and a guess is held against the codes
//! of one sheet. A sheet has at most [`KEPT_CODES_MAX`] codes among 2^80 (letters) or 10^20 (digits), so a guess at one is
//! ten million times less likely to be right than one at a mailed code: whoever splits his tokens between the two loses.

use crate::rules::{CAP_MINUTES_MAX, CHALLENGES_MAX, PASSWORD_MAX_AT_LEAST};
use crate::{
    Allowances, BOOTS_MAX, CHECKPOINT_MINUTES_MAX, CodeStyle, ProofKinds, SESSION_TRIES_MAX, SessionRules, SlotRules,
    TRIES_MAX,
};
use core::fmt;

/// Challenge numbers that the relay keeps open below the highest it saw (R32).
const RELAY_WINDOW: u64 = 64;
/// Hours that R7 counts in a year of attack; the table of §5.6 counts 365 days.
pub(crate) const HOURS_A_YEAR: u64 = 8_760;
/// R7 for one session, as one chance in this many: 1e-11.
const SESSION_ONE_IN: u128 = 100_000_000_000;
/// R7 for one device and year, as one chance in this many: 2e-7.
const YEAR_ONE_IN: u128 = 5_000_000;

/// Most codes on one sheet (R87); a guess is held against all of them.
pub const KEPT_CODES_MAX: u8 = 10;

/// So many guesses at so many codes, exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Odds {
    /// Comparisons that a guesser gets.
    pub guesses: u64,
    /// Codes that there are.
    pub codes: u128,
}

impl Odds {
    /// Probability, for printing; the verdict is computed exactly.
    #[must_use]
    pub fn probability(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "for printing only")]
        let (guesses, codes) = (self.guesses as f64, self.codes as f64);
        guesses / codes
    }

    const fn at_most_one_in(self, chances: u128) -> bool {
        self.guesses as u128 * chances <= self.codes
    }
}

/// The figures of R7 for a policy; the release notes print them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GuessBound {
    /// One session.
    pub per_session: Odds,
    /// One device, one year of attack, over all lanes.
    pub per_device_year: Odds,
    /// The year again, if every token went into the codes of a sheet of recovery codes (R87).
    pub per_device_year_kept: Odds,
}

impl GuessBound {
    /// Computes the figures.
    #[must_use]
    pub fn of(rules: &SessionRules, allowances: &Allowances) -> Self {
        let codes = rules.code_style.codes();
        let by_codes = u64::from(rules.tries) * u64::from(rules.challenges_per_session);
        let per_session = Odds { guesses: by_codes.min(u64::from(rules.session_tries)), codes };
        let per_device_year = Odds { guesses: allowances.guesses_a_year(), codes };
        let kept = allowances.guesses_a_year().saturating_mul(u64::from(KEPT_CODES_MAX));
        let per_device_year_kept = Odds { guesses: kept, codes: rules.code_style.kept().codes() };
        Self { per_session, per_device_year, per_device_year_kept }
    }
}

/// Why a policy is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyError {
    /// A session would allow more than 1e-11 (R7).
    SessionOdds(Odds),
    /// A year of attack would allow more than 2e-7 (R7).
    YearOdds(Odds),
    /// The console would make an owner wait longer than 6 powered minutes (R8).
    ConsoleTooSlow,
    /// So many codes could be made while one lives that the owner's would leave the relay's window (R32).
    WindowTooSmall {
        /// How many.
        made: u64,
    },
    /// No owner can ever give the proofs that are wanted, or too few kinds are named.
    ProofsNeverMet,
    /// A value is outside its limits; the key is the one of the policy file.
    OutOfRange {
        /// Key of the policy file.
        key: &'static str,
        /// Least allowed.
        min: u16,
        /// Most allowed.
        max: u16,
    },
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SessionOdds(odds) => {
                write!(f, "a session may be guessed with p = {:.1e}, more than 1e-11 (R7)", odds.probability())
            }
            Self::YearOdds(odds) => {
                write!(f, "a device may be guessed with p = {:.2e} a year, more than 2e-7 (R7)", odds.probability())
            }
            Self::ConsoleTooSlow => f.write_str("the console must get a token at least every 6 minutes (R8)"),
            Self::WindowTooSmall { made } => {
                write!(f, "{made} codes could be made while one lives; the relay's window is 64 (R32)")
            }
            Self::ProofsNeverMet => f.write_str("no kinds of proof meet the rule for a new password (F11)"),
            Self::OutOfRange { key, min, max } => write!(f, "{key} must be from {min} to {max}"),
        }
    }
}

impl core::error::Error for PolicyError {}

/// All that guards guessing on one device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Policy {
    /// For one session.
    pub rules: SessionRules,
    /// For the device, a lane at a time.
    pub allowances: Allowances,
    /// How many sessions at once.
    pub slots: SlotRules,
}

impl Policy {
    /// The reference policy for a style of code: eleven presses an hour for letters, eight for digits.
    ///
    /// Twelve digits are 39.9 bits; with eleven presses a year of attack would come to 2.2e-7, beyond R7.
    #[must_use]
    pub fn reference(style: CodeStyle) -> Self {
        let mut policy = Self::default();
        policy.rules.code_style = style;
        policy.allowances.button.per_hour = match style.drawn() {
            CodeStyle::Letters | CodeStyle::KeptLetters => 11,
            CodeStyle::Digits | CodeStyle::KeptDigits => 8,
        };
        policy
    }

    /// Checks a policy as it is loaded, and computes its figures.
    ///
    /// # Errors
    /// The first [`PolicyError`] found.
    pub fn check(&self) -> Result<GuessBound, PolicyError> {
        self.check_ranges()?;
        if self.allowances.console.per_hour < 10 {
            return Err(PolicyError::ConsoleTooSlow);
        }
        let made = self.allowances.codes_within(self.rules.life_minutes);
        if made >= RELAY_WINDOW {
            return Err(PolicyError::WindowTooSmall { made });
        }
        if !self.rules.proofs.can_be_met(ProofKinds::ALL) {
            return Err(PolicyError::ProofsNeverMet);
        }
        let bound = GuessBound::of(&self.rules, &self.allowances);
        if !bound.per_session.at_most_one_in(SESSION_ONE_IN) {
            return Err(PolicyError::SessionOdds(bound.per_session));
        }
        // A token goes into the one kind of code or the other, so the worse of the two bounds both.
        if !bound.per_device_year_kept.at_most_one_in(YEAR_ONE_IN) {
            return Err(PolicyError::YearOdds(bound.per_device_year_kept));
        }
        if !bound.per_device_year.at_most_one_in(YEAR_ONE_IN) {
            return Err(PolicyError::YearOdds(bound.per_device_year));
        }
        Ok(bound)
    }

    fn check_ranges(&self) -> Result<(), PolicyError> {
        let rules = &self.rules;
        let password = rules.password;
        let console = u16::from(self.slots.console);
        for (key, value, min, max) in [
            ("session.cap_minutes", rules.cap_minutes, 1, CAP_MINUTES_MAX),
            ("session.life_minutes", rules.life_minutes, 1, rules.cap_minutes),
            ("session.checkpoint_minutes", rules.checkpoint_minutes, 1, CHECKPOINT_MINUTES_MAX),
            ("session.boots", rules.boots.into(), 0, BOOTS_MAX.into()),
            ("session.tries", rules.tries.into(), 1, TRIES_MAX.into()),
            ("session.session_tries", rules.session_tries.into(), 1, SESSION_TRIES_MAX.into()),
            ("session.challenges_per_session", rules.challenges_per_session.into(), 1, CHALLENGES_MAX.into()),
            ("session.method_start_seconds", rules.method_start_seconds, 1, 300),
            ("session.proof_minutes", rules.proof_minutes, 1, 60),
            ("session.idle_minutes", rules.idle_minutes, 1, 60),
            ("proofs", rules.proofs.wanted().into(), 1, 2),
            ("password.min_chars", password.min_chars, 8, password.max_chars),
            ("password.max_chars", password.max_chars, PASSWORD_MAX_AT_LEAST, crate::PASSWORD_CHARS_MAX),
            ("slots.console", console, 2, 16),
            ("slots.network", self.slots.network.into(), 0, 4),
        ] {
            if !(min..=max).contains(&value) {
                return Err(PolicyError::OutOfRange { key, min, max });
            }
        }
        let seconds = |time: core::time::Duration| u16::try_from(time.as_secs()).unwrap_or(u16::MAX);
        match rules.button {
            Some(button) if button.bounded() != button => Err(PolicyError::OutOfRange {
                key: "button.hold_seconds",
                min: seconds(crate::HOLD_AT_LEAST),
                max: seconds(crate::PRESS_WINDOW_MAX / 2),
            }),
            Some(_) | None => Ok(()),
        }
    }
}
