//! The local API, version 0, as far as a screen needs it. What is not known here is passed over, so that a newer device
//! can say more.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What everybody may know of the device.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Device {
    pub(crate) brand: String,
    pub(crate) name: String,
    pub(crate) initialised: bool,
    pub(crate) password: Rules,
    /// Who is logged in here.
    pub(crate) account: Option<String>,
    pub(crate) banner: Option<Banner>,
    /// `green`, `amber`, `red`; only for who is logged in.
    pub(crate) readiness: Option<String>,
    /// The address on file: `green` tried, `amber` not, `red` none; only for who is logged in.
    pub(crate) address: Option<String>,
    /// The recovery codes; only for who is logged in.
    pub(crate) recovery_codes: Option<Kept>,
}

/// How things stand with the recovery codes (R87).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Kept {
    /// Whether the device has them at all.
    pub(crate) offered: bool,
    /// The sheet that counts.
    pub(crate) sheet: Option<u32>,
    pub(crate) left: u8,
    pub(crate) of: u8,
    pub(crate) runs_low: bool,
    /// A sheet of which no code was typed back.
    pub(crate) unconfirmed: Option<u32>,
    pub(crate) code_style: String,
}

/// A sheet that was just made. Its codes are wiped when it goes.
#[derive(Deserialize, zeroize::Zeroize, zeroize::ZeroizeOnDrop)]
pub(crate) struct Fresh {
    pub(crate) sheet: u32,
    pub(crate) codes: Vec<String>,
}

impl core::fmt::Debug for Fresh {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Fresh({})", self.sheet)
    }
}

/// The current password, once more.
#[derive(Serialize)]
pub(crate) struct Password<'a> {
    pub(crate) password: &'a str,
}

/// A recovery code, typed back.
#[derive(Serialize)]
pub(crate) struct TypeBack<'a> {
    pub(crate) code: &'a str,
}

/// How ready recovery is (R62).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Readiness {
    /// `green`, `amber`, `red`: the best that a way has.
    pub(crate) light: String,
    pub(crate) title: String,
    /// `no-way`, `only-lossy`, `not-tried`.
    pub(crate) reminder: Option<String>,
    pub(crate) reminder_text: Option<String>,
    pub(crate) ways: Vec<Way>,
}

/// One way of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Way {
    pub(crate) name: String,
    pub(crate) light: String,
    pub(crate) light_text: String,
    pub(crate) code: Option<String>,
    pub(crate) text: String,
    pub(crate) next_step: Option<String>,
    /// Where the owner mends it: `nowhere`, `test-code`, `address`, `recovery-codes`, `switch-on`, `doctor`.
    pub(crate) mend: String,
}

impl Readiness {
    /// Whether there is something that its owner should know or could mend.
    pub(crate) fn wants_a_look(&self) -> bool {
        let mendable = |way: &Way| way.light != "green" && way.mend != "nowhere";
        self.reminder.is_some() || self.ways.iter().any(mendable)
    }
}

/// What the doctor found.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Report {
    /// The worst of all lights.
    pub(crate) light: String,
    pub(crate) title: String,
    /// For support.
    pub(crate) case_code: String,
    pub(crate) checks: Vec<Check>,
}

/// One check of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Check {
    pub(crate) name: String,
    /// None where it does not concern this device.
    pub(crate) light: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) text: String,
    pub(crate) next_step: Option<String>,
}

/// The device has no owner any more.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct HandedOver {
    /// A line for whoever runs the relay.
    pub(crate) enrolment: String,
}

/// Cameras and programs after a reset.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Plan {
    pub(crate) request: String,
    /// Nobody of the list is locked out for so long.
    pub(crate) quiet_minutes_left: u64,
    pub(crate) left: usize,
    pub(crate) acknowledged: bool,
    /// The firmware has a program that tells them.
    pub(crate) can_update: bool,
    pub(crate) updating: bool,
    /// The sheet of recovery codes that still counts.
    pub(crate) sheet: Option<u32>,
    pub(crate) clients: Vec<Client>,
}

/// One of them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Client {
    pub(crate) name: String,
    pub(crate) address: String,
    /// `waiting`, `updated`, `failed`, `by-hand`.
    pub(crate) state: String,
    pub(crate) state_text: String,
    pub(crate) came_with_old: u32,
}

impl Client {
    /// Whether it has the new password.
    pub(crate) fn is_done(&self) -> bool {
        matches!(self.state.as_str(), "updated" | "by-hand")
    }
}

/// Where something was saved.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Exported {
    pub(crate) file: String,
}

/// A reset that was not acknowledged yet.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Banner {
    pub(crate) request: String,
    pub(crate) lane: String,
    pub(crate) running_hours_ago: u64,
}

/// How long a password may be.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Rules {
    pub(crate) min_chars: u16,
    pub(crate) max_chars: u16,
}

/// An open request of anybody (R21).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Pending {
    pub(crate) request: String,
    pub(crate) lane: String,
    pub(crate) minutes_left: u16,
}

/// Something went wrong or was refused, in the owner's words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Problem {
    /// Stable, such as `E-101`.
    pub(crate) code: String,
    /// What happened. Problem documents call it `detail`.
    #[serde(alias = "detail")]
    pub(crate) text: String,
    pub(crate) next_step: String,
    pub(crate) reasons: Vec<String>,
}

/// A log-in's or a first set-up's answer.
#[derive(Deserialize)]
pub(crate) struct TokenOf {
    pub(crate) token: String,
}

/// A session that was opened.
#[derive(Deserialize)]
pub(crate) struct Opened {
    pub(crate) id: String,
    pub(crate) token: String,
    pub(crate) view: View,
}

/// A session as the device shows it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct View {
    pub(crate) id: String,
    pub(crate) revision: u64,
    pub(crate) step: String,
    pub(crate) purpose: String,
    pub(crate) account: String,
    pub(crate) method: Option<String>,
    pub(crate) request: Option<String>,
    pub(crate) tries_left: Option<u16>,
    pub(crate) minutes_left: Option<u16>,
    pub(crate) address_hint: Option<String>,
    pub(crate) address_confirmed: bool,
    pub(crate) can: Can,
    pub(crate) failure: Option<Problem>,
    pub(crate) case_code: Option<String>,
    /// Whom to ask when nothing else works.
    pub(crate) support: String,
    pub(crate) retry_in_seconds: Option<u64>,
    pub(crate) flaws: Vec<Problem>,
    pub(crate) offers: Vec<Offer>,
    pub(crate) withheld: Vec<Withheld>,
    pub(crate) password: Rules,
    pub(crate) code_style: String,
    /// Where more than one proof is wanted.
    pub(crate) further: Option<Further>,
    /// The sheet that a recovery code is taken from.
    pub(crate) sheet: Option<Sheet>,
    pub(crate) shown: Option<Shown>,
    pub(crate) qr: Option<Qr>,
}

/// What was proved, and what would help (F11).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Further {
    pub(crate) given: Vec<String>,
    pub(crate) helps: Vec<String>,
}

/// A sheet of recovery codes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sheet {
    pub(crate) number: u32,
}

/// What may be asked for now.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Can {
    pub(crate) extend: bool,
    pub(crate) ask_new: bool,
    pub(crate) try_another_way: bool,
    pub(crate) cancel: bool,
    /// What the QR code says can be saved to a stick.
    pub(crate) export: bool,
}

/// A way that would work.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Offer {
    pub(crate) method: String,
    pub(crate) name: String,
    pub(crate) loss: String,
    pub(crate) loss_text: String,
    /// `sealed`, `handed`, `presence` or `kept`.
    pub(crate) carries: String,
    /// What it proves: `mailbox`, `support`, …
    pub(crate) proof: String,
}

/// A way that would not, and why.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Withheld {
    pub(crate) method: String,
    pub(crate) name: String,
    pub(crate) fixable_text: String,
    pub(crate) code: String,
    pub(crate) text: String,
    pub(crate) next_step: String,
}

/// What the method shows.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Shown {
    pub(crate) title: String,
    pub(crate) parts: Vec<Part>,
}

/// A part of it. Kinds that are not known are passed over.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Part {
    pub(crate) kind: String,
    pub(crate) text: String,
    pub(crate) lines: Vec<String>,
    pub(crate) id: String,
    pub(crate) done: u32,
    pub(crate) of: u32,
}

/// A QR code.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Qr {
    /// The payload as text.
    pub(crate) text: String,
    /// Two modules a character; a block stands for *light*.
    pub(crate) half_blocks: String,
    pub(crate) label: String,
}

/// Texts in one language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Texts {
    pub(crate) language: String,
    /// All languages of the brand.
    pub(crate) languages: Vec<String>,
    pub(crate) texts: BTreeMap<String, String>,
}

/// Room for a picture, in half-block characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Room {
    pub(crate) columns: u16,
    pub(crate) rows: u16,
}

#[derive(Serialize)]
pub(crate) struct LogIn<'a> {
    pub(crate) account: &'a str,
    pub(crate) password: &'a str,
    /// A person types at the device's own screen.
    pub(crate) interactive: bool,
}

#[derive(Serialize)]
pub(crate) struct SetUp<'a> {
    pub(crate) password: &'a str,
    pub(crate) email: Option<&'a str>,
}

#[derive(Serialize)]
pub(crate) struct Open<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) account: Option<&'a str>,
    pub(crate) screen: Room,
}

#[derive(Serialize, Default)]
pub(crate) struct Event<'a> {
    pub(crate) event: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) password: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) method: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) action: Option<&'a str>,
}
