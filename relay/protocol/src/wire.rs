//! What phone and relay say to one another: JSON, and RFC 9457 problems with a stable code.

use serde::{Deserialize, Serialize};

/// Body of `POST /v1/scan`. Anything else in it is refused (F17).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScanRequest {
    /// The Base32 text of the challenge, without the address in front.
    pub payload: String,
}

/// The mail is on its way. No address and no code is ever in here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ScanAnswer {
    /// Request number as the device's screen shows it, for example `0042`.
    pub request: String,
    /// `reset` or `confirm-address`.
    pub purpose: String,
    /// Name of the brand.
    pub brand: String,
    /// Model of the device.
    pub model: String,
    /// End of the label on the device.
    pub label: String,
    /// Whether the same mail was sent once more.
    pub resent: bool,
    /// How often the same octets can still send the same mail.
    #[serde(default)]
    pub resends_left: u32,
    /// What to do now, in words for the owner.
    pub next_step: String,
}

/// What a challenge is about, answered to `POST /v1/look`. Nothing is sent, and no address and no code is in here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LookAnswer {
    /// Request number as the device's screen shows it.
    pub request: String,
    /// `reset` or `confirm-address`.
    pub purpose: String,
    /// Name of the brand.
    pub brand: String,
    /// Model of the device.
    pub model: String,
    /// What its owner calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
    /// End of the label on the device.
    pub label: String,
    /// Whether its mail was accepted before, so that sending now is a repetition.
    pub sent: bool,
    /// How often the same octets can still send the same mail.
    pub resends_left: u32,
}

/// A refusal in the form of RFC 9457, `application/problem+json`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Problem {
    /// A URI for this kind of problem: `urn:resetkit:problem:` and the kind's name.
    #[serde(rename = "type")]
    pub kind: String,
    /// The problem in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened, for this request.
    pub detail: String,
    /// Stable number, for example `E-705`.
    pub code: String,
    /// What the owner can do now. Never empty (R93).
    pub next_step: String,
    /// When to try again, in seconds from now, if waiting helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

/// Every reason a relay has to refuse (5.9). Codes are never given a second meaning.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ProblemCode {
    /// The one answer to everybody who has not proved to be a registered device (R16, R73, F24). Since 0.1.
    NotAccepted,
    /// The device sealed something that is not exactly formed. Since 0.1.
    Malformed,
    /// The device's key was revoked. Since 0.1.
    Revoked,
    /// This counter was taken by other octets. Since 0.1.
    CounterUsed,
    /// The counter lies below the window: older than 64 requests, or the device lost its counters. Since 0.1.
    EnrolAgain,
    /// Too many mails for this device and lane within the hour. Since 0.1.
    TooManyThisHour,
    /// Too many mails for this device within the day. Since 0.1.
    TooManyToday,
    /// Too many mails to this address within the hour. Since 0.1.
    TooManyToAddress,
    /// Somebody pressed *not me* in a mail for this device (R72). Since 0.1.
    Suppressed,
    /// The same mail was sent as often as it may be. Since 0.1.
    ResendLimit,
    /// The relay has no address on file for this device. Since 0.1.
    NoAddress,
    /// A purpose this relay does not serve. Since 0.1.
    PurposeNotServed,
    /// The mail to this address came back for good. Since 0.1.
    Bounced,
    /// The request was not of the form asked for. Since 0.1.
    BadRequest,
    /// The body is larger than 1 KiB. Since 0.1.
    TooLarge,
    /// Too many requests from one network address. Since 0.1.
    TooManyFromHere,
    /// Nothing is at this address, or not with this verb. Since 0.1.
    NotFound,
    /// The relay cannot write to its database, or is stopping. Since 0.1.
    Unavailable,
}

impl ProblemCode {
    /// All of them.
    pub const ALL: [ProblemCode; 18] = [
        ProblemCode::NotAccepted,
        ProblemCode::Malformed,
        ProblemCode::Revoked,
        ProblemCode::CounterUsed,
        ProblemCode::EnrolAgain,
        ProblemCode::TooManyThisHour,
        ProblemCode::TooManyToday,
        ProblemCode::TooManyToAddress,
        ProblemCode::Suppressed,
        ProblemCode::ResendLimit,
        ProblemCode::NoAddress,
        ProblemCode::PurposeNotServed,
        ProblemCode::Bounced,
        ProblemCode::BadRequest,
        ProblemCode::TooLarge,
        ProblemCode::TooManyFromHere,
        ProblemCode::NotFound,
        ProblemCode::Unavailable,
    ];

    /// The stable number, in the range E-7xx that is the relay's.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            ProblemCode::NotAccepted => "E-700",
            ProblemCode::Malformed => "E-701",
            ProblemCode::Revoked => "E-702",
            ProblemCode::CounterUsed => "E-703",
            ProblemCode::EnrolAgain => "E-704",
            ProblemCode::TooManyThisHour => "E-705",
            ProblemCode::TooManyToday => "E-706",
            ProblemCode::TooManyToAddress => "E-707",
            ProblemCode::Suppressed => "E-708",
            ProblemCode::ResendLimit => "E-709",
            ProblemCode::NoAddress => "E-710",
            ProblemCode::PurposeNotServed => "E-711",
            ProblemCode::Bounced => "E-712",
            ProblemCode::BadRequest => "E-720",
            ProblemCode::TooLarge => "E-721",
            ProblemCode::TooManyFromHere => "E-722",
            ProblemCode::NotFound => "E-723",
            ProblemCode::Unavailable => "E-724",
        }
    }

    /// The name: last part of the problem's `type`, and of its Fluent ids `err-relay-…` and `rec-relay-…`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ProblemCode::NotAccepted => "not-accepted",
            ProblemCode::Malformed => "malformed",
            ProblemCode::Revoked => "revoked",
            ProblemCode::CounterUsed => "counter-used",
            ProblemCode::EnrolAgain => "enrol-again",
            ProblemCode::TooManyThisHour => "too-many-this-hour",
            ProblemCode::TooManyToday => "too-many-today",
            ProblemCode::TooManyToAddress => "too-many-to-address",
            ProblemCode::Suppressed => "suppressed",
            ProblemCode::ResendLimit => "resend-limit",
            ProblemCode::NoAddress => "no-address",
            ProblemCode::PurposeNotServed => "purpose-not-served",
            ProblemCode::Bounced => "bounced",
            ProblemCode::BadRequest => "bad-request",
            ProblemCode::TooLarge => "too-large",
            ProblemCode::TooManyFromHere => "too-many-from-here",
            ProblemCode::NotFound => "not-found",
            ProblemCode::Unavailable => "unavailable",
        }
    }

    /// The HTTP status it goes with.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            ProblemCode::NotAccepted | ProblemCode::BadRequest => 400,
            ProblemCode::Revoked | ProblemCode::Suppressed => 403,
            ProblemCode::NotFound => 404,
            ProblemCode::CounterUsed | ProblemCode::EnrolAgain => 409,
            ProblemCode::TooLarge => 413,
            ProblemCode::Malformed | ProblemCode::NoAddress | ProblemCode::PurposeNotServed | ProblemCode::Bounced => {
                422
            }
            ProblemCode::TooManyThisHour
            | ProblemCode::TooManyToday
            | ProblemCode::TooManyToAddress
            | ProblemCode::ResendLimit
            | ProblemCode::TooManyFromHere => 429,
            ProblemCode::Unavailable => 503,
        }
    }
}
