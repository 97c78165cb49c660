//! How hard recovery is to guess and how long it lives: `policies/<name>.toml`, checked against R7, R18 and R50.

use serde::Deserialize;

use crate::error::Fault;
use crate::profile::Profile;

/// One recovery policy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Name for logs and evidence, e.g. `reference`.
    pub name: String,
    /// Form of a code and how often it may be tried.
    pub code: CodeRules,
    /// How long a challenge lives.
    pub life: Life,
    /// Guesses per lane.
    pub buckets: Buckets,
    /// Sessions that may be open at once.
    pub slots: SlotRules,
    /// Lengths of the new password.
    pub password: PasswordLengths,
    /// Which methods may run and how.
    pub methods: MethodRules,
}

/// Form of a code and how often it may be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeRules {
    /// Letters, digits, or what the device's keypad calls for.
    pub style: WrittenCodeStyle,
    /// Comparisons per code; at most 5 (R6).
    pub tries: u8,
    /// Codes that one session may ask for.
    pub challenges_per_session: u8,
}

/// How the policy writes the style of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WrittenCodeStyle {
    /// Digits where the profile has only a number pad, else letters.
    ByKeypad,
    /// 8 Crockford characters and a check symbol.
    Letters,
    /// 12 digits and a check digit.
    Digits,
}

/// Life of a challenge in powered minutes (R18, R19).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Life {
    /// Minutes at the start.
    pub minutes: u16,
    /// Most minutes that the owner can extend to; at most 1,440.
    pub cap_minutes: u16,
    /// Minutes between two checkpoints, and the price of a boot; at most 5.
    pub checkpoint_minutes: u16,
    /// Boots that a challenge survives; at most 12.
    pub boots: u8,
}

/// Token buckets, one per lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Buckets {
    /// The local screen.
    pub console: Bucket,
    /// The web page.
    pub network: Bucket,
    /// The reserved attempt that a press gives (R10).
    pub button: Bucket,
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
pub struct SlotRules {
    /// Most sessions of the network lane.
    pub network: u8,
    /// Sessions kept free for the console; at least 2 (R9).
    pub console: u8,
}

/// Lengths of a password, in characters (R50).
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
    /// Ids of the methods that may run; `["*"]` for every signed one.
    pub allow: Vec<String>,
    /// Seconds that a method has to become ready.
    pub start_seconds: u16,
    /// Whether an address that was entered but never confirmed may be used (R62).
    pub unconfirmed_address: bool,
    /// Refuse to run a method where the kernel lacks a part of the sandbox (R81).
    pub strict_sandbox: bool,
}

impl Policy {
    pub(crate) fn check(&self, _profile: &Profile) -> Result<(), Fault> {
        self.check_life()?;
        self.check_password()?;
        if self.code.tries == 0 || self.code.tries > 5 {
            return Err(Fault::new("code.tries", format!("{} comparisons per code are not allowed (R6)", self.code.tries), "Use 1 to 5"));
        }
        if self.slots.console < 2 {
            return Err(Fault::new("slots.console", "fewer than 2 sessions are kept for the console (R9)", "Use at least 2"));
        }
        Ok(())
    }

    fn check_life(&self) -> Result<(), Fault> {
        let Life { minutes, cap_minutes, checkpoint_minutes, boots } = self.life;
        if cap_minutes > 1_440 {
            return Err(Fault::new("life.cap_minutes", format!("a challenge would live {cap_minutes} minutes (R18)"), "Use at most 1440"));
        }
        if minutes == 0 || minutes > cap_minutes {
            return Err(Fault::new("life.minutes", format!("{minutes} minutes do not fit between 1 and the cap of {cap_minutes} (R18)"), "Use fewer minutes, or raise `cap_minutes` (at most 1440)"));
        }
        if checkpoint_minutes == 0 || checkpoint_minutes > 5 {
            return Err(Fault::new("life.checkpoint_minutes", format!("{checkpoint_minutes} minutes between checkpoints (R19)"), "Use 1 to 5"));
        }
        if boots > 12 {
            return Err(Fault::new("life.boots", format!("a challenge would survive {boots} boots (R19)"), "Use at most 12"));
        }
        Ok(())
    }

    fn check_password(&self) -> Result<(), Fault> {
        let PasswordLengths { min_chars, max_chars } = self.password;
        if min_chars < 8 {
            return Err(Fault::new("password.min_chars", format!("{min_chars} characters are too few (R50)"), "Use 15, or at least 8 with a reason in your evidence"));
        }
        if max_chars < 64 || max_chars < min_chars {
            return Err(Fault::new("password.max_chars", format!("{max_chars} characters cut good pass-phrases off (R50)"), "Use at least 64"));
        }
        Ok(())
    }
}
