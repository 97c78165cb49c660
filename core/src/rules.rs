//! What a policy sets for one session. Whatever is set, the engine never goes beyond the limits here.

use crate::{CodeStyle, ProofRule};
use core::time::Duration;

/// Most comparisons of one code (R6).
pub const TRIES_MAX: u8 = 5;
/// Most comparisons in one session: 10 / 2^40 and 10 / 10^12 both stay within R7's 1e-11.
pub const SESSION_TRIES_MAX: u8 = 10;
/// Most codes made in one session (R47).
pub const CHALLENGES_MAX: u8 = 8;
/// Longest life of a code in powered minutes (R18).
pub const CAP_MINUTES_MAX: u16 = 1_440;
/// Longest time between two checkpoints in minutes (R19).
pub const CHECKPOINT_MINUTES_MAX: u16 = 5;
/// Most boots that a code survives (R19).
pub const BOOTS_MAX: u8 = 12;
/// Longest password that any policy may allow, in characters (R47).
pub const PASSWORD_CHARS_MAX: u16 = 1_024;
/// Least that the upper limit of a password may be, in characters (R50).
pub const PASSWORD_MAX_AT_LEAST: u16 = 64;

/// Length of a password, in characters. No composition rules exist (R52).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordRules {
    /// Fewest characters; 15 by default, a policy may go down to 8 (R50).
    pub min_chars: u16,
    /// Most characters; at least 64 where the account can keep them (R50). Longer ones are refused, never cut.
    pub max_chars: u16,
}

impl Default for PasswordRules {
    fn default() -> Self {
        Self { min_chars: 15, max_chars: 128 }
    }
}

/// Shortest hold of the button that any profile may ask for (R88).
pub const HOLD_AT_LEAST: Duration = Duration::from_secs(10);
/// Longest hold, and longest window, that any profile may set (R47).
pub const PRESS_WINDOW_MAX: Duration = Duration::from_secs(600);

/// What a hold of the button does. Mandatory in the profile, no default (R88).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OnPresence {
    /// A new password may be chosen.
    NewPassword,
    /// Everything goes back to how it left the factory; no password is chosen here.
    FactoryState,
}

impl OnPresence {
    /// Both.
    pub const ALL: [Self; 2] = [Self::NewPassword, Self::FactoryState];

    /// Stable name, as profiles and API write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NewPassword => "new-password",
            Self::FactoryState => "factory-state",
        }
    }

    /// The outcome of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == name)
    }
}

/// What counts as a hold of the button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ButtonRules {
    /// How long it must be held; at least [`HOLD_AT_LEAST`].
    pub hold: Duration,
    /// Longer than this cancels the hold, not the session.
    pub longest: Duration,
    /// The hold must begin and end within so long after the watch began.
    pub window: Duration,
    /// The line must be quiet for so long to be believed.
    pub debounce: Duration,
    /// What the hold does.
    pub on_presence: OnPresence,
}

impl ButtonRules {
    /// The reference figures: ten seconds, at most twenty, within two minutes.
    #[must_use]
    pub const fn reference(on_presence: OnPresence) -> Self {
        Self {
            hold: HOLD_AT_LEAST,
            longest: Duration::from_secs(20),
            window: Duration::from_secs(120),
            debounce: Duration::from_millis(30),
            on_presence,
        }
    }

    /// The same within the limits of this module: the engine trusts no caller with R88.
    #[must_use]
    pub fn bounded(self) -> Self {
        let hold = self.hold.clamp(HOLD_AT_LEAST, PRESS_WINDOW_MAX / 2);
        let longest = self.longest.clamp(hold + Duration::from_secs(1), PRESS_WINDOW_MAX);
        Self {
            hold,
            longest,
            window: self.window.clamp(hold + Duration::from_secs(1), PRESS_WINDOW_MAX),
            debounce: self.debounce.clamp(Duration::from_millis(5), Duration::from_millis(200)),
            on_presence: self.on_presence,
        }
    }
}

/// What a policy sets for one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionRules {
    /// Life of a code in powered minutes, and what one extension adds.
    pub life_minutes: u16,
    /// Longest that a code may be extended to, in powered minutes since it was made.
    pub cap_minutes: u16,
    /// Minutes between two checkpoints of the remaining life; a boot costs as much.
    pub checkpoint_minutes: u16,
    /// Boots that a code survives.
    pub boots: u8,
    /// Comparisons of one code.
    pub tries: u8,
    /// Comparisons in one session, over all its codes (R7).
    pub session_tries: u8,
    /// Codes made in one session.
    pub challenges_per_session: u8,
    /// Seconds in which a method must start, be ready and ask for sealing.
    pub method_start_seconds: u16,
    /// Minutes to choose a password after the code was right, and what one extension adds.
    pub proof_minutes: u16,
    /// Minutes after which an untouched screen without a code is given up.
    pub idle_minutes: u16,
    /// Which proofs open the new password (F11). Whatever is wanted, a reset sets one password and touches no second
    /// factor of the log-in: where the firmware asks for one, it goes on asking (R57).
    pub proofs: ProofRule,
    /// Length of the new password.
    pub password: PasswordRules,
    /// How codes look that are drawn for a challenge; those that an owner keeps look as their sheet does.
    pub code_style: CodeStyle,
    /// The reset button, if the profile has one.
    pub button: Option<ButtonRules>,
}

impl Default for SessionRules {
    /// The reference policy.
    fn default() -> Self {
        Self {
            life_minutes: 60,
            cap_minutes: CAP_MINUTES_MAX,
            checkpoint_minutes: CHECKPOINT_MINUTES_MAX,
            boots: BOOTS_MAX,
            tries: TRIES_MAX,
            session_tries: SESSION_TRIES_MAX,
            challenges_per_session: 3,
            method_start_seconds: 20,
            proof_minutes: 15,
            idle_minutes: 10,
            proofs: ProofRule::one_of_any(),
            password: PasswordRules::default(),
            code_style: CodeStyle::Letters,
            button: None,
        }
    }
}

impl SessionRules {
    /// The same within the limits of this module: the engine trusts no caller with R6, R7, R18, R19 and R47.
    #[must_use]
    pub fn bounded(self) -> Self {
        let cap_minutes = self.cap_minutes.clamp(1, CAP_MINUTES_MAX);
        let max_chars = self.password.max_chars.clamp(1, PASSWORD_CHARS_MAX);
        Self {
            cap_minutes,
            life_minutes: self.life_minutes.clamp(1, cap_minutes),
            checkpoint_minutes: self.checkpoint_minutes.clamp(1, CHECKPOINT_MINUTES_MAX),
            boots: self.boots.min(BOOTS_MAX),
            tries: self.tries.clamp(1, TRIES_MAX),
            session_tries: self.session_tries.clamp(1, SESSION_TRIES_MAX),
            challenges_per_session: self.challenges_per_session.clamp(1, CHALLENGES_MAX),
            method_start_seconds: self.method_start_seconds.clamp(1, 300),
            proof_minutes: self.proof_minutes.clamp(1, 60),
            idle_minutes: self.idle_minutes.clamp(1, 60),
            proofs: self.proofs.bounded(),
            password: PasswordRules { min_chars: self.password.min_chars.clamp(1, max_chars), max_chars },
            code_style: self.code_style.drawn(),
            button: self.button.map(ButtonRules::bounded),
        }
    }
}
