//! What phone and relay say to one another: JSON, and RFC 9457 problems with a stable code.

use crate::ticket::TicketOutcome;
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
    /// `reset`, `confirm-address` or `unlock`.
    pub purpose: String,
    /// Name of the brand.
    pub brand: String,
    /// Model of the device; empty for an unlock, which no relay can prove.
    pub model: String,
    /// End of the label on the device; empty for an unlock.
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
    /// `reset`, `confirm-address` or `unlock`.
    pub purpose: String,
    /// Name of the brand.
    pub brand: String,
    /// Model of the device; empty for an unlock, which no relay can prove.
    pub model: String,
    /// What its owner calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
    /// End of the label on the device; empty for an unlock.
    pub label: String,
    /// Whether its mail was accepted before, so that sending now is a repetition.
    pub sent: bool,
    /// How often the same octets can still send the same mail.
    pub resends_left: u32,
}

/// Body of `POST /v1/support/tickets`: what an agent knows when an owner calls. Who he is, his token says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenTicket {
    /// The desk's own number for the call.
    pub ticket: String,
    /// The unlock as the device shows it.
    pub payload: String,
    /// What the owner showed, by the ids of the brand's list.
    pub evidence: Vec<String>,
    /// Public half of the agent's reading key.
    pub reading_key: String,
}

/// Body of `POST /v1/support/tickets/{ticket}/approvals`. Who approves, his token says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostApproval {
    /// `first` or `second`.
    pub half: String,
    /// 56 octets in Base64.
    pub sealed: String,
}

/// Body of `POST /v1/support/tickets/{ticket}/close`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloseTicket {
    /// How the call ended.
    pub outcome: TicketOutcome,
}

/// What a list says about one ticket.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TicketSummary {
    /// The desk's own number for the call.
    pub ticket: String,
    /// Request number as the device's screen shows it.
    pub request: String,
    /// Model of the device.
    pub model: String,
    /// End of the label on the device.
    pub label: String,
    /// Who took the call.
    pub agent: String,
    /// What the owner showed.
    pub evidence: Vec<String>,
    /// Who approved.
    pub approvers: Vec<String>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<TicketOutcome>,
    /// When it was opened, in seconds since 1970.
    pub opened_at: i64,
}

/// An unlock that an owner's phone passed on, and for which nobody opened a ticket yet. Not proven: only an approver can.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WaitingUnlock {
    /// Request number as the device's screen shows it.
    pub request: String,
    /// The unlock.
    pub payload: String,
    /// Model of the device.
    pub model: String,
    /// End of the label on the device.
    pub label: String,
    /// When it came, in seconds since 1970.
    pub at: i64,
}

/// Answer to `GET /v1/support/tickets`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DeskList {
    /// Name by which the relay knows the token.
    pub staff: String,
    /// Id of the brand that the desk serves.
    pub brand: String,
    /// Passed on, newest first.
    pub waiting: Vec<WaitingUnlock>,
    /// Newest first.
    pub tickets: Vec<TicketSummary>,
}

/// A refusal in the form of RFC 9457, `application/problem+json`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Problem {
    /// A URI for this kind of problem: `urn:resetkit:error:` and its code.
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
    /// The token belongs to nobody at this desk. Since 0.1.
    StaffUnknown,
    /// The token's role does not allow this. Since 0.1.
    StaffRole,
    /// No ticket has this number. Since 0.1.
    TicketUnknown,
    /// The ticket is closed, or older than a code can live. Since 0.1.
    TicketClosed,
    /// The brand does not accept this evidence, or none was given. Since 0.1.
    EvidenceNotAccepted,
    /// The brand has no approvers, so nothing can be unlocked. Since 0.1.
    NoApprovers,
    /// Not an unlock of a device of this brand, sealed to its approvers. Since 0.1.
    UnlockNotKnown,
    /// Too many tickets of one agent within the day. Since 0.1.
    TooManyByAgent,
    /// Too many tickets for one device within the day. Since 0.1.
    TooManyForDevice,
    /// This half was approved, or this approver did already. Since 0.1.
    AlreadyApproved,
    /// Another ticket has this number. Since 0.1.
    TicketTaken,
}

impl ProblemCode {
    /// All of them.
    pub const ALL: [ProblemCode; 29] = [
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
        ProblemCode::StaffUnknown,
        ProblemCode::StaffRole,
        ProblemCode::TicketUnknown,
        ProblemCode::TicketClosed,
        ProblemCode::EvidenceNotAccepted,
        ProblemCode::NoApprovers,
        ProblemCode::UnlockNotKnown,
        ProblemCode::TooManyByAgent,
        ProblemCode::TooManyForDevice,
        ProblemCode::AlreadyApproved,
        ProblemCode::TicketTaken,
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
            ProblemCode::StaffUnknown => "E-760",
            ProblemCode::StaffRole => "E-761",
            ProblemCode::TicketUnknown => "E-762",
            ProblemCode::TicketClosed => "E-763",
            ProblemCode::EvidenceNotAccepted => "E-764",
            ProblemCode::NoApprovers => "E-765",
            ProblemCode::UnlockNotKnown => "E-766",
            ProblemCode::TooManyByAgent => "E-767",
            ProblemCode::TooManyForDevice => "E-768",
            ProblemCode::AlreadyApproved => "E-769",
            ProblemCode::TicketTaken => "E-770",
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
            ProblemCode::StaffUnknown => "staff-unknown",
            ProblemCode::StaffRole => "staff-role",
            ProblemCode::TicketUnknown => "ticket-unknown",
            ProblemCode::TicketClosed => "ticket-closed",
            ProblemCode::EvidenceNotAccepted => "evidence-not-accepted",
            ProblemCode::NoApprovers => "no-approvers",
            ProblemCode::UnlockNotKnown => "unlock-not-known",
            ProblemCode::TooManyByAgent => "too-many-by-agent",
            ProblemCode::TooManyForDevice => "too-many-for-device",
            ProblemCode::AlreadyApproved => "already-approved",
            ProblemCode::TicketTaken => "ticket-taken",
        }
    }

    /// The HTTP status it goes with.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            ProblemCode::NotAccepted | ProblemCode::BadRequest => 400,
            ProblemCode::StaffUnknown => 401,
            ProblemCode::Revoked | ProblemCode::Suppressed | ProblemCode::StaffRole => 403,
            ProblemCode::NotFound | ProblemCode::TicketUnknown => 404,
            ProblemCode::CounterUsed
            | ProblemCode::EnrolAgain
            | ProblemCode::TicketClosed
            | ProblemCode::AlreadyApproved
            | ProblemCode::TicketTaken => 409,
            ProblemCode::TooLarge => 413,
            ProblemCode::Malformed
            | ProblemCode::NoAddress
            | ProblemCode::PurposeNotServed
            | ProblemCode::Bounced
            | ProblemCode::EvidenceNotAccepted
            | ProblemCode::NoApprovers
            | ProblemCode::UnlockNotKnown => 422,
            ProblemCode::TooManyThisHour
            | ProblemCode::TooManyToday
            | ProblemCode::TooManyToAddress
            | ProblemCode::ResendLimit
            | ProblemCode::TooManyFromHere
            | ProblemCode::TooManyByAgent
            | ProblemCode::TooManyForDevice => 429,
            ProblemCode::Unavailable => 503,
        }
    }
}
