//! What a model is: data in `devices/<model>.toml`, never code (STYLE, rule 14).

use std::collections::BTreeMap;
use std::time::Duration;

use resetkit_core as core;
use serde::Deserialize;

use crate::error::Fault;
use crate::line::ButtonLine;
use crate::quirks::Quirk;
use crate::words::words;

/// One model of device.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Model id in lower case, as it stands in file names and in the factory feed, e.g. `nvr-4`.
    pub model: String,
    /// How the model is called on screens and in mails, e.g. `4-channel recorder`.
    pub display_name: String,
    /// The same in other languages, by the code of the language, e.g. `de`; whatever is not here is said as `display_name`.
    #[serde(default)]
    pub display_names: BTreeMap<String, String>,
    /// What it is; chooses words, never behaviour.
    pub kind: DeviceKind,
    /// The local screen; absent where there is none.
    #[serde(default)]
    pub screen: Option<Screen>,
    /// What the owner can type with; a number pad switches codes to digits (5.6).
    pub keypad: Keypad,
    /// Which lanes the model has.
    pub lanes: Lanes,
    /// The reset button; absent where none is wired.
    #[serde(default)]
    pub button: Option<Button>,
    /// The cost of hashing codes and passwords on this hardware (R5).
    pub argon2: Argon2,
    /// The accounts that the built-in store knows.
    pub accounts: Accounts,
    /// Facts that are known at the factory and need no probe.
    #[serde(default)]
    pub facts: FactOverrides,
    /// Faults that this model cannot make good, each with its author's reason; `resetkit lint` reads them.
    #[serde(default)]
    pub accept: Vec<Accept>,
    /// Quirks that were laid over this profile, for whoever asks why a value is not the file's.
    #[serde(skip)]
    pub quirks: Vec<Quirk>,
}

/// An exception that the author of a profile takes upon himself: with these faults at once there is no way, or only one
/// that loses more than the password.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    /// One or two faults by the names of `resetkit lint`, e.g. `["storage-read-only"]`.
    pub faults: Vec<String>,
    /// What is accepted.
    pub allows: Allows,
    /// Policies that make it necessary, by name; absent: it holds under every one.
    #[serde(default)]
    pub policies: Option<Vec<String>>,
    /// Why, as a sentence that an auditor can read.
    pub reason: String,
}

impl Accept {
    /// Whether it excuses anything under the policy of this name.
    #[must_use]
    pub fn holds_under(&self, policy: &str) -> bool {
        self.policies.as_ref().is_none_or(|named| named.iter().any(|name| name == policy))
    }

    fn check(&self, index: usize) -> Result<(), Fault> {
        let fault =
            |field: &str, why: String, remedy: &str| Err(Fault::new(format!("accept[{index}].{field}"), why, remedy));
        if self.faults.is_empty() || self.faults.len() > 2 {
            let why = format!("an exception is for one fault or a pair, not for {}", self.faults.len());
            return fault("faults", why, "Write for example `faults = [\"storage-read-only\"]`");
        }
        if self.policies.as_ref().is_some_and(Vec::is_empty) {
            let why = "an exception under no policy is none".to_owned();
            return fault("policies", why, "Name a policy, or leave the line out: then it holds under every one");
        }
        if self.reason.split_whitespace().count() < 3 {
            let remedy = "Say in a sentence why this model has no better way, and what its owner does then";
            return fault("reason", "an exception without a reason is none".to_owned(), remedy);
        }
        Ok(())
    }
}

/// What an exception accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Allows {
    /// No way is left but the support contact.
    NoWay,
    /// A way is left, and it loses more than the password.
    LosesMore,
}

words!(Allows { NoWay = "no-way", LosesMore = "loses-more" });

/// What kind of device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
#[allow(missing_docs, reason = "the names say it")]
pub enum DeviceKind {
    Recorder,
    Camera,
    Router,
    Other,
}

/// The local screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Screen {
    /// Pixels across; 0 for a text-only screen.
    pub width: u16,
    /// Pixels down; 0 for a text-only screen.
    pub height: u16,
    /// Characters across in text mode.
    pub columns: u16,
    /// Lines in text mode.
    pub rows: u16,
}

/// What the owner can type with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Keypad {
    /// Letters and digits, also by an on-screen keyboard.
    Letters,
    /// A number pad only.
    Digits,
}

/// Which lanes the model has. `false` closes the lane whatever the listeners say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lanes {
    /// The local screen.
    pub console: bool,
    /// The web page.
    pub network: bool,
}

/// How long the owner has for a hold, in seconds, from the moment the button is watched.
pub const HOLD_WINDOW_SECONDS: u16 = 120;

/// The reset button.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Button {
    /// Where the daemon's line driver finds it: `evdev:PATH:KEY`, `gpio:CHIP:LINE[:active-low]` or `socket:PATH`.
    pub line: ButtonLine,
    /// How long it must be held, in seconds; at least 10 (R88).
    pub hold_seconds: u16,
    /// A hold longer than this does nothing, in seconds: something lies on the button. `hold_seconds` + 10 if absent.
    #[serde(default)]
    pub longest_seconds: Option<u16>,
    /// What a proved press does. Mandatory, without a default (R88): absent is an error, not a choice.
    #[serde(default)]
    pub on_presence: Option<OnPresence>,
}

/// What a proved press of the button does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum OnPresence {
    /// The owner may set a new password; everything else stays.
    NewPassword,
    /// The device goes back to how it left the factory.
    FactoryState,
}

/// Parameters of Argon2id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Argon2 {
    /// Memory in KiB; at least 19,456 (19 MiB).
    pub memory_kib: u32,
    /// Passes over the memory; at least 2.
    pub passes: u32,
}

/// The accounts of the built-in store.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accounts {
    /// Name of the administrator's account.
    pub admin: String,
    /// What the firmware's own back end takes as a password; absent: the built-in store, which takes anything.
    #[serde(default)]
    pub rules: Option<AccountRules>,
}

/// Lengths that an account back end of the firmware takes, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountRules {
    /// Shortest password.
    pub min_chars: u16,
    /// Longest password.
    pub max_chars: u16,
}

/// Facts fixed by the hardware. An absent one is left to its probe.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactOverrides {
    /// Whether the device has a clock worth trusting.
    #[serde(default)]
    pub clock_trusted: Option<bool>,
    /// Whether the state folder can be written.
    #[serde(default)]
    pub storage_writable: Option<bool>,
    /// Whether the device reaches a network by itself.
    #[serde(default)]
    pub network_up: Option<bool>,
    /// Whether a submission server is set for direct mail.
    #[serde(default)]
    pub smtp_set: Option<bool>,
}

words!(DeviceKind { Recorder = "recorder", Camera = "camera", Router = "router", Other = "other" });
words!(Keypad { Letters = "letters", Digits = "digits" });
words!(OnPresence { NewPassword = "new-password", FactoryState = "factory-state" });

impl FactOverrides {
    /// The same facts with what the factory fixed.
    #[must_use]
    pub fn apply(&self, facts: core::Facts) -> core::Facts {
        let fixed = [
            (core::Fact::ClockTrusted, self.clock_trusted),
            (core::Fact::StorageWritable, self.storage_writable),
            (core::Fact::NetworkUp, self.network_up),
            (core::Fact::SmtpSet, self.smtp_set),
        ];
        fixed
            .into_iter()
            .filter_map(|(fact, holds)| Some((fact, holds?)))
            .fold(facts, |facts, (fact, holds)| facts.set(fact, holds))
    }
}

impl Profile {
    /// What the factory knows of this model and no probe can find out. The daemon sets the other facts by its probes, then lays
    /// [`FactOverrides`] on top.
    #[must_use]
    pub fn facts(&self) -> core::Facts {
        let facts = core::Facts::none().set(core::Fact::ButtonWired, self.button.is_some());
        match self.screen {
            Some(screen) if screen.width > 0 && screen.height > 0 => facts
                .with(core::Fact::Pictures)
                .with_screen(core::ScreenSize { width: screen.width, height: screen.height }),
            Some(_) | None => facts,
        }
    }

    /// How the model is called in a language.
    #[must_use]
    pub fn name_in(&self, language: &str) -> &str {
        self.display_names.get(language).unwrap_or(&self.display_name)
    }

    pub(crate) fn check(&self) -> Result<(), Fault> {
        let id_ok = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.model.is_empty() || self.model.len() > 32 || !self.model.chars().all(id_ok) {
            return Err(Fault::new(
                "model",
                format!("`{}` is not a model id", self.model),
                "Use lower-case letters, digits and `-`, at most 32",
            ));
        }
        self.check_names()?;
        if self.argon2.memory_kib < 19_456 || self.argon2.passes < 2 {
            return Err(Fault::new(
                "argon2.memory_kib",
                format!("{} KiB with {} passes is weaker than R5 allows", self.argon2.memory_kib, self.argon2.passes),
                "Use at least `memory_kib = 19456` and `passes = 2`",
            ));
        }
        if !self.lanes.console && !self.lanes.network && self.button.is_none() {
            return Err(Fault::new(
                "lanes",
                "no owner could ever reach this device",
                "Switch on `console` or `network`, or describe the `[button]`",
            ));
        }
        self.check_accept()?;
        if let Some(rules) = self.accounts.rules
            && (rules.min_chars > rules.max_chars || rules.max_chars == 0)
        {
            return Err(Fault::new(
                "accounts.rules",
                format!("no password has {} to {} characters", rules.min_chars, rules.max_chars),
                "Write what the firmware takes, e.g. `rules = { min_chars = 8, max_chars = 64 }`, or leave it out",
            ));
        }
        self.button.as_ref().map_or(Ok(()), Button::check)
    }

    fn check_names(&self) -> Result<(), Fault> {
        match self.display_names.iter().find(|(_, name)| name.trim().is_empty()) {
            Some((language, _)) => Err(Fault::new(
                format!("display_names.{language}"),
                "an empty name is none",
                "Write how the model is called in this language, or leave the line out",
            )),
            None => Ok(()),
        }
    }

    fn check_accept(&self) -> Result<(), Fault> {
        self.accept.iter().enumerate().try_for_each(|(index, accept)| accept.check(index))
    }
}

impl From<OnPresence> for core::OnPresence {
    fn from(outcome: OnPresence) -> Self {
        match outcome {
            OnPresence::NewPassword => Self::NewPassword,
            OnPresence::FactoryState => Self::FactoryState,
        }
    }
}

impl Button {
    /// What the engine asks of a hold; `None` where the profile does not say what it does.
    #[must_use]
    pub fn rules(&self) -> Option<core::ButtonRules> {
        let seconds = |count: u16| Duration::from_secs(count.into());
        let reference = core::ButtonRules::reference(self.on_presence?.into());
        Some(core::ButtonRules {
            hold: seconds(self.hold_seconds),
            longest: seconds(self.longest_seconds.unwrap_or(self.hold_seconds.saturating_add(10))),
            window: seconds(HOLD_WINDOW_SECONDS),
            ..reference
        })
    }

    /// A hold longer than this does nothing, in seconds.
    #[must_use]
    pub fn longest_seconds(&self) -> u16 {
        self.longest_seconds.unwrap_or(self.hold_seconds.saturating_add(10))
    }

    fn check(&self) -> Result<(), Fault> {
        if self.on_presence.is_none() {
            return Err(Fault::new(
                "button.on_presence",
                "a button is wired, but what a press does is not said (R88)",
                "Write `on_presence = \"new-password\"` or `on_presence = \"factory-state\"`: the owner is shown which",
            ));
        }
        if self.hold_seconds < 10 {
            return Err(Fault::new(
                "button.hold_seconds",
                format!("{} seconds are pressed by accident (R88)", self.hold_seconds),
                "Use at least 10",
            ));
        }
        let most = HOLD_WINDOW_SECONDS - 20;
        if self.hold_seconds > most {
            return Err(Fault::new(
                "button.hold_seconds",
                format!(
                    "a hold of {} seconds does not fit into the window of {HOLD_WINDOW_SECONDS}",
                    self.hold_seconds
                ),
                format!("Use {most} at most"),
            ));
        }
        if self.longest_seconds() < self.hold_seconds.saturating_add(3) {
            return Err(Fault::new(
                "button.longest_seconds",
                format!("{} seconds leave no time to let go after {}", self.longest_seconds(), self.hold_seconds),
                format!("Use at least {}, or leave it out", self.hold_seconds.saturating_add(3)),
            ));
        }
        Ok(())
    }
}
