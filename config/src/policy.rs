//! How hard recovery is to guess and how long it lives: `policies/<name>.toml`, judged by core (R6, R7, R8, R9, R18, R19, R50).

use resetkit_core as core;
use serde::Deserialize;

use crate::error::Fault;
use crate::profile::{Button, Keypad, Profile};
use crate::proofs::Proofs;
use crate::words::words;

/// One recovery policy as it is written. What the engine takes is made by [`Policy::guard`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Name for logs and evidence, e.g. `reference`.
    pub name: String,
    /// One session and its codes.
    pub session: SessionLimits,
    /// Guesses per lane.
    pub buckets: Buckets,
    /// Codes that may be made, per lane; fewer than the relay's window of 64 within one life (R32).
    pub codes: CodeBuckets,
    /// Sessions that may be open at once.
    pub slots: SlotLimits,
    /// Which proofs a new password takes (F11).
    pub proofs: Proofs,
    /// Lengths of the new password.
    pub password: PasswordLengths,
    /// Which methods may run and how.
    pub methods: MethodRules,
}

/// One session and its codes. The fields are those of [`core::SessionRules`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionLimits {
    /// Letters, digits, or what the device's keypad calls for.
    pub code_style: WrittenCodeStyle,
    /// Comparisons of one code; at most 5 (R6).
    pub tries: u8,
    /// Comparisons in one session over all its codes (R7).
    pub session_tries: u8,
    /// Codes that one session may ask for.
    pub challenges_per_session: u8,
    /// Life of a code in powered minutes.
    pub life_minutes: u16,
    /// Most minutes that the owner can extend to; at most 1,440 (R18).
    pub cap_minutes: u16,
    /// Minutes between two checkpoints, and the price of a boot; at most 5 (R19).
    pub checkpoint_minutes: u16,
    /// Boots that a code survives; at most 12 (R19).
    pub boots: u8,
    /// Minutes to choose a password after the code was right.
    pub proof_minutes: u16,
    /// Minutes after which an untouched screen without a code is given up.
    pub idle_minutes: u16,
    /// Seconds that a method has to become ready.
    pub method_start_seconds: u16,
}

/// How the policy writes the style of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum WrittenCodeStyle {
    /// Digits where the profile has only a number pad, else letters.
    ByKeypad,
    /// 8 Crockford characters and a check symbol.
    Letters,
    /// 12 digits and a check digit.
    Digits,
}

words!(WrittenCodeStyle { ByKeypad = "by-keypad", Letters = "letters", Digits = "digits" });

/// Token buckets, one per lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Buckets {
    /// The local screen.
    pub console: Bucket,
    /// The web page.
    pub network: Bucket,
    /// The reserved attempt that a press gives (R10), where codes are letters.
    pub button: Bucket,
    /// The same where codes are digits: twelve digits are 39.9 bits, and eleven presses an hour would break R7.
    pub button_with_digits: Bucket,
}

/// Codes that may be made, per lane (R32, R46).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeBuckets {
    /// Console and button.
    pub console: Bucket,
    /// The web page.
    pub network: Bucket,
}

/// A token bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bucket {
    /// Tokens when full.
    pub burst: u16,
    /// Tokens that come back in a powered hour.
    pub per_hour: u16,
}

/// Sessions open at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlotLimits {
    /// Most sessions of the network lane; 0 switches it off.
    pub network: u8,
    /// Sessions of the console; at least 2 (R9).
    pub console: u8,
}

/// Lengths of a password, in characters (R50). There is nothing else to set: no composition, no expiry, no hints (R52).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordLengths {
    /// Shortest; 15 by default, never below 8.
    pub min_chars: u16,
    /// Longest; at least 64.
    pub max_chars: u16,
}

/// Which methods may run and how.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MethodRules {
    /// Ids of the methods that may run, in the order they are offered; `["*"]` for every signed one.
    pub allow: Vec<String>,
    /// Whether an address that was entered but never confirmed may be used (R62).
    pub unconfirmed_address: bool,
    /// The most that a method may destroy: `password-only`, `network-too`, `all-settings`, `recordings`.
    pub most_loss: String,
    /// Refuse to run a method where the kernel lacks a part of the sandbox (R81).
    pub strict_sandbox: bool,
}

const EVERY: &str = "*";

impl Policy {
    /// What the engine takes: rules of a session, allowances of each lane, slots. A lane that the profile lacks gets nothing.
    #[must_use]
    pub fn guard(&self, profile: &Profile) -> core::Policy {
        core::Policy {
            rules: self.session_rules(profile),
            allowances: self.allowances(profile),
            slots: self.slot_rules(profile),
        }
    }

    /// The odds of guessing under this policy on this profile; the evidence prints them (R7).
    #[must_use]
    pub fn bound(&self, profile: &Profile) -> core::GuessBound {
        core::GuessBound::of(&self.session_rules(profile), &self.allowances(profile))
    }

    /// Rules of one session.
    #[must_use]
    pub fn session_rules(&self, profile: &Profile) -> core::SessionRules {
        let written = &self.session;
        core::SessionRules {
            life_minutes: written.life_minutes,
            cap_minutes: written.cap_minutes,
            checkpoint_minutes: written.checkpoint_minutes,
            boots: written.boots,
            tries: written.tries,
            session_tries: written.session_tries,
            challenges_per_session: written.challenges_per_session,
            method_start_seconds: written.method_start_seconds,
            proof_minutes: written.proof_minutes,
            idle_minutes: written.idle_minutes,
            proofs: self.proofs.rule(),
            password: core::PasswordRules { min_chars: self.password.min_chars, max_chars: self.password.max_chars },
            code_style: self.code_style(profile),
            button: profile.button.as_ref().and_then(Button::rules),
        }
    }

    /// Guesses of each lane. A button that is not wired guesses nothing.
    #[must_use]
    pub fn allowances(&self, profile: &Profile) -> core::Allowances {
        let none = core::Allowance { burst: 0, per_hour: 0 };
        let allowance = |bucket: Bucket| core::Allowance { burst: bucket.burst, per_hour: bucket.per_hour };
        let button = match self.code_style(profile) {
            core::CodeStyle::Letters | core::CodeStyle::KeptLetters => self.buckets.button,
            core::CodeStyle::Digits | core::CodeStyle::KeptDigits => self.buckets.button_with_digits,
        };
        core::Allowances {
            console: allowance(self.buckets.console),
            network: if profile.lanes.network { allowance(self.buckets.network) } else { none },
            button: if profile.button.is_some() { allowance(button) } else { none },
            console_codes: allowance(self.codes.console),
            network_codes: if profile.lanes.network { allowance(self.codes.network) } else { none },
        }
    }

    /// Sessions that may be open at once.
    #[must_use]
    pub fn slot_rules(&self, profile: &Profile) -> core::SlotRules {
        core::SlotRules {
            console: self.slots.console,
            network: if profile.lanes.network { self.slots.network } else { 0 },
        }
    }

    /// How codes look on this profile.
    #[must_use]
    pub fn code_style(&self, profile: &Profile) -> core::CodeStyle {
        match (self.session.code_style, profile.keypad) {
            (WrittenCodeStyle::Letters, Keypad::Letters | Keypad::Digits)
            | (WrittenCodeStyle::ByKeypad, Keypad::Letters) => core::CodeStyle::Letters,
            (WrittenCodeStyle::Digits, Keypad::Letters | Keypad::Digits)
            | (WrittenCodeStyle::ByKeypad, Keypad::Digits) => core::CodeStyle::Digits,
        }
    }

    /// Whether a method of this id may run.
    #[must_use]
    pub fn allows(&self, method: &core::MethodId) -> bool {
        self.methods.allow.iter().any(|allowed| allowed == EVERY || allowed == method.as_str())
    }

    /// What selection asks the policy: order, methods switched off among those `installed`, and the rest. `kept_out` stays empty.
    #[must_use]
    pub fn selection(
        &self,
        purpose: core::Purpose,
        lane: core::Lane,
        installed: &[core::MethodId],
    ) -> core::SelectionPolicy {
        core::SelectionPolicy {
            order: self.methods.allow.iter().filter_map(|id| core::MethodId::parse(id).ok()).collect(),
            switched_off: installed.iter().filter(|id| !self.allows(id)).cloned().collect(),
            // A confirmation exists to confirm: it must accept what is not confirmed yet.
            accept_unconfirmed_address: self.methods.unconfirmed_address || purpose == core::Purpose::ConfirmAddress,
            most_loss: self.most_loss().unwrap_or(core::Loss::PasswordOnly),
            proofs: self.proofs.rule(),
            ..core::SelectionPolicy::reference(purpose, lane)
        }
    }

    fn most_loss(&self) -> Option<core::Loss> {
        core::Loss::parse(&self.methods.most_loss)
    }

    pub(crate) fn check(&self, profile: &Profile) -> Result<(), Fault> {
        if self.most_loss().is_none() {
            let known: Vec<_> = core::Loss::ALL.iter().map(|loss| loss.as_str()).collect();
            return Err(Fault::new(
                "methods.most_loss",
                format!("`{}` is no loss", self.methods.most_loss),
                format!("Use {}", known.join(", ")),
            ));
        }
        for (index, id) in self.methods.allow.iter().enumerate().filter(|(_, id)| *id != EVERY) {
            if core::MethodId::parse(id).is_err() {
                return Err(Fault::new(
                    format!("methods.allow[{index}]"),
                    format!("`{id}` is not a method's id"),
                    "Write ids such as `companion`, or `\"*\"` for every signed method",
                ));
            }
        }
        self.proofs.check()?;
        self.guard(profile).check().map(drop).map_err(|error| explain(&error))
    }
}

fn explain(error: &core::PolicyError) -> Fault {
    let (key, remedy) = match error {
        core::PolicyError::SessionOdds(_) => ("session.session_tries", "Lower `session_tries` or `tries`".to_owned()),
        core::PolicyError::YearOdds(_) => ("buckets", "Lower `per_hour` of a lane".to_owned()),
        core::PolicyError::ConsoleTooSlow => ("buckets.console", "Use `per_hour = 10` or more".to_owned()),
        core::PolicyError::WindowTooSmall { .. } => {
            ("codes", "Lower `per_hour` or `burst` of a lane, or `life_minutes`".to_owned())
        }
        core::PolicyError::ProofsNeverMet => {
            ("proofs", "Name kinds that together are strong enough, or lower `at_least` or `least_strength`".to_owned())
        }
        core::PolicyError::OutOfRange { key, min, max } => (*key, format!("Use {min} to {max}")),
    };
    Fault::new(key, error.to_string(), remedy)
}
