//! What a screen may know of a session: no secrets.

use super::PasswordFlaw;
use crate::{
    AccountName, CodeStyle, Counter, Failure, Lane, MethodId, Offer, PasswordRules, Purpose, SessionId, Withheld,
};
use alloc::vec::Vec;
use core::time::Duration;

/// The step that a screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// What will happen and what leaves the device; *OK* goes on.
    Notice,
    /// The ways that would work here.
    ChooseMethod,
    /// A method starts, a code is made.
    Preparing,
    /// The method's picture; the code is typed.
    EnterCode,
    /// A code is being checked.
    Checking,
    /// A new password is typed.
    ChoosePassword,
    /// It is being stored.
    Saving,
    /// It holds; log in with it.
    Done,
    /// The address works.
    AddressConfirmed,
    /// Nothing on the device is left: the support contact, which is a next step too.
    DeadEnd,
    /// The owner cancelled.
    Cancelled,
    /// The session ended without success: expired, superseded; *start again* is the next step.
    Expired,
}

impl Step {
    /// All steps.
    pub const ALL: [Self; 12] = [
        Self::Notice,
        Self::ChooseMethod,
        Self::Preparing,
        Self::EnterCode,
        Self::Checking,
        Self::ChoosePassword,
        Self::Saving,
        Self::Done,
        Self::AddressConfirmed,
        Self::DeadEnd,
        Self::Cancelled,
        Self::Expired,
    ];

    /// Stable name, as pages and API write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::ChooseMethod => "choose-method",
            Self::Preparing => "preparing",
            Self::EnterCode => "enter-code",
            Self::Checking => "checking",
            Self::ChoosePassword => "choose-new-password",
            Self::Saving => "saving",
            Self::Done => "done",
            Self::AddressConfirmed => "address-confirmed",
            Self::DeadEnd => "support",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

/// What a screen may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// The session.
    pub session: SessionId,
    /// Where the owner is.
    pub step: Step,
    /// The lane.
    pub lane: Lane,
    /// What the session is for.
    pub purpose: Purpose,
    /// The account bound when it opened.
    pub account: AccountName,
    /// The method in use.
    pub method: Option<MethodId>,
    /// Whether its worker runs, so that its picture is there.
    pub method_running: bool,
    /// The request number shown on screen and in the mail.
    pub request: Option<Counter>,
    /// Comparisons left for this code.
    pub tries_left: Option<u8>,
    /// Powered minutes left, of the code or of the proof; rounded up.
    pub minutes_left: Option<u16>,
    /// Whether *More time* would add any.
    pub can_extend: bool,
    /// Whether *Ask for a new code* would make one.
    pub can_ask_new: bool,
    /// Whether *Try another way* leads anywhere.
    pub can_try_another_way: bool,
    /// Whether *Cancel* works: everywhere but while the decision is being written and after the end.
    pub can_cancel: bool,
    /// What the owner must be told: whose fault, what next.
    pub failure: Option<Failure>,
    /// How long until a code can be typed again (R8).
    pub retry_in: Option<Duration>,
    /// What the new password broke.
    pub flaws: Vec<PasswordFlaw>,
    /// What would work here, least loss first.
    pub offers: Vec<Offer>,
    /// What would not, each with its reason.
    pub withheld: Vec<Withheld>,
    /// Length of the new password.
    pub password_rules: PasswordRules,
    /// How the code looks.
    pub code_style: CodeStyle,
}
