//! What a session wants done. Whoever runs the session does all of it, in order.

use super::{AddressGrant, EraseGrant, EventName, Grant, Record, Step};
use crate::{
    AccountName, Bound, Carriage, Code, CodeStyle, Counter, FailureKind, Lane, Loss, MethodId, Now, Purpose, Salt,
    Secret, SessionId, Ticket, TransactionId,
};
use alloc::{string::String, vec::Vec};

/// One thing to be done. An effect with a `ticket` is answered exactly once, by an event with the same ticket.
#[derive(Debug)]
#[must_use]
pub enum Effect {
    /// Start a method's worker → `MethodStarted`, later `MethodReady`, or `MethodGone`.
    StartMethod {
        /// Goes with all events of this run.
        ticket: Ticket,
        /// The method.
        method: MethodId,
    },
    /// Stop a method's worker; nothing it still says is heard.
    StopMethod {
        /// Ticket of its start.
        run: Ticket,
        /// The method.
        method: MethodId,
    },
    /// Raise the counter *durably*, draw the code, derive the verifier, seal → `ChallengeIssued`, `ChallengeRefused`.
    IssueChallenge {
        /// To be brought back.
        ticket: Ticket,
        /// The method that asked.
        method: MethodId,
        /// What the code is for.
        purpose: Purpose,
        /// Lane, for the header.
        lane: Lane,
        /// How its code travels. `Handed`: keep it in memory until `DeliverCode` or `VoidChallenges`; nothing is sealed.
        /// `Kept`: no code is drawn; the challenge holds the account's sheet, used codes among them, or is refused with
        /// [`FailureKind::NoRecoveryCodes`].
        carriage: Carriage,
        /// How the code looks that is drawn.
        style: CodeStyle,
    },
    /// Write the record durably → `Persisted`, `StoreFailed`. Writes of one session, `Charge` among them, are done in the
    /// order of their tickets: an older record never replaces a newer one.
    Persist {
        /// To be brought back.
        ticket: Ticket,
        /// What to write; replaces the session's older record.
        record: Record,
    },
    /// Hand the sealed octets of this challenge to the method. Comes only after `Persisted`.
    DeliverSealed {
        /// The challenge.
        counter: Counter,
        /// The run of the method that gets it.
        run: Ticket,
    },
    /// Hand the code of this challenge, which was kept in memory for it, to the method, and forget it. Comes only after
    /// `Persisted`, and once for a code.
    DeliverCode {
        /// The challenge.
        counter: Counter,
        /// The run of the method that gets it.
        run: Ticket,
    },
    /// Tell the method that a code which the owner keeps is awaited. Comes only after `Persisted`.
    AwaitKept {
        /// The challenge.
        counter: Counter,
        /// The run of the method.
        run: Ticket,
        /// Codes of the sheet that are not used up.
        left: u8,
        /// Comparisons left for this challenge.
        tries_left: u8,
    },
    /// Raise the counter *durably* for a request that has no code: the number on the screen of a press
    /// → `CounterRaised`, `CounterRefused`. The daemon asks its `PressDesk` first: `ButtonBusy`.
    RaiseCounter {
        /// To be brought back.
        ticket: Ticket,
        /// Lane, for its bucket.
        lane: Lane,
    },
    /// From now on give every edge of the button's line to this session (`ButtonEdge`) and to the method
    /// → `ButtonWatched`, `ButtonLost`, `ButtonTaken`.
    WatchButton {
        /// The run of the method that shapes the feedback.
        run: Ticket,
        /// The request number.
        counter: Counter,
    },
    /// Give this session no more edges; leave the `PressDesk`.
    LeaveButton {
        /// The run of the method.
        run: Ticket,
    },
    /// The decision: everything on the device goes back to how it left the factory → `Erased`, `EraseFailed`.
    EraseAll {
        /// To be brought back.
        ticket: Ticket,
        /// The permission.
        grant: EraseGrant,
    },
    /// Tell the method of a change that it may show.
    TellMethod {
        /// The run of the method.
        run: Ticket,
        /// What changed.
        news: MethodNews,
    },
    /// Take a token of the lane *and* write the record, which has one try less, in one durable write (R11)
    /// → `Charged`, `ChargeRefused`, `StoreFailed`.
    Charge {
        /// To be brought back.
        ticket: Ticket,
        /// Whose token.
        lane: Lane,
        /// What to write.
        record: Record,
    },
    /// Compute the slow hash off the loop → `Derived`, `DeriveFailed`.
    Derive {
        /// To be brought back.
        ticket: Ticket,
        /// What was typed.
        code: Code,
        /// Purpose, bound into the verifier (R37).
        purpose: Purpose,
        /// Challenge or sheet, bound into the verifier (R13).
        bound: Bound,
        /// Salt of the verifier.
        salt: Salt,
    },
    /// Check the password against blocklist and back end, and stage its hashes durably
    /// → `Prepared`, `PasswordRefused`, `PrepareFailed`.
    Prepare {
        /// To be brought back.
        ticket: Ticket,
        /// The account bound when the session opened.
        account: AccountName,
        /// As typed: not cut, not trimmed, not folded.
        password: Secret<String>,
    },
    /// Drop what a `Prepare` staged; nobody will commit it.
    DropPrepared(TransactionId),
    /// The decision: in one commit the staged password becomes the password, the codes are spent, a kept code is marked as
    /// used ([`Grant::kept`]; no such code, or used: `CommitFailed`), all challenges of
    /// the device are void and all sessions of the account end → `Committed`, `CommitFailed`.
    CommitPassword {
        /// To be brought back.
        ticket: Ticket,
        /// The permission. Says for which account and transaction; whoever executes checks it.
        grant: Grant,
    },
    /// Mark the address on file as confirmed and the code as spent, in one commit → `AddressConfirmed`, `CommitFailed`.
    ConfirmAddress {
        /// To be brought back.
        ticket: Ticket,
        /// The permission.
        grant: AddressGrant,
    },
    /// These challenges are void for good: forget the session's record if it is of one of them, and do not write one
    /// that is still on its way.
    VoidChallenges(Vec<Counter>),
    /// A line of the audit log (R92).
    Audit(AuditEntry),
    /// Tell the owner, on all addresses and by banner (R71).
    NotifyOwner(OwnerNotice),
    /// Something unexpected, for the trace. Not for the audit log: who can cause it at will must not wear the flash (R46).
    Note(Note),
    /// The session is over; its slot is free.
    Close,
}

/// All effects of one step, in order.
#[derive(Debug, Default)]
#[must_use = "every effect of a step has to be carried out"]
pub struct Effects(Vec<Effect>);

impl Effects {
    pub(super) fn push(&mut self, effect: Effect) {
        self.0.push(effect);
    }

    /// Looks at the effects in order.
    pub fn iter(&self) -> core::slice::Iter<'_, Effect> {
        self.0.iter()
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing has to be done.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl IntoIterator for Effects {
    type Item = Effect;
    type IntoIter = alloc::vec::IntoIter<Effect>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Effects {
    type Item = &'a Effect;
    type IntoIter = core::slice::Iter<'a, Effect>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// What a method is told; nothing of it is secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MethodNews {
    /// Comparisons left for the code shown.
    TriesLeft(u8),
    /// Powered minutes left for the code shown.
    MinutesLeft(u16),
    /// The owner says that no mail came: show what helps, the same picture again.
    NoMailCame,
    /// The code shown is void; ask for sealing again.
    AskAgain,
    /// The right code was typed, or the button was held.
    Proved,
    /// No further code may be made in this session; the one that is out stays as it is.
    NoNewCode,
}

/// Something unexpected that changed nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// An event that means nothing at this step, or a late or false answer.
    Ignored {
        /// The step.
        step: Step,
        /// The event.
        event: EventName,
    },
}

/// A line of the audit log. Holds no secret and no address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// The session.
    pub session: SessionId,
    /// Its lane.
    pub lane: Lane,
    /// Its purpose.
    pub purpose: Purpose,
    /// Its account.
    pub account: AccountName,
    /// When: powered time, and wall time if known.
    pub at: Now,
    /// What happened.
    pub what: AuditKind,
}

/// What the audit log tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuditKind {
    /// A session opened.
    Opened,
    /// A session went on after a boot.
    Resumed(Counter),
    /// The owner chose a method, or there was one only.
    MethodChosen(MethodId),
    /// A challenge is shown.
    ChallengeShown(Counter, MethodId),
    /// Its code was handed to a method.
    CodeHanded(Counter, MethodId),
    /// The method says that it was accepted for delivery.
    CodeDelivered(Counter),
    /// The owner read what this method destroys and said to go on.
    LossConfirmed(MethodId, Loss),
    /// The button is watched for a hold.
    PressAwaited(Counter, MethodId),
    /// A code that the owner keeps is awaited.
    KeptAwaited(Counter, MethodId),
    /// The kept code at this place of the sheet, from 0, set the password and is used up.
    KeptCodeUsed(Counter, u8),
    /// The owner says that support does not answer.
    SupportSilent(Counter),
    /// The owner says that support did not agree.
    SupportRefused(Counter),
    /// Its life was extended, to so many minutes left.
    Extended(Counter, u16),
    /// An attempt was charged; so many tries are left.
    AttemptCharged(Counter, u8),
    /// It was the wrong code.
    CodeWrong(Counter),
    /// It was the right code, or the button was held.
    Proved(Counter, MethodId),
    /// The owner says that no mail came.
    NoMailCame(Counter),
    /// A challenge is void, and why.
    ChallengeVoid(Counter, FailureKind),
    /// A method failed.
    MethodFailed(MethodId, FailureKind),
    /// A method will not be started again in this session.
    MethodQuarantined(MethodId),
    /// Something of the device failed.
    DeviceFailed(FailureKind),
    /// The new password holds.
    PasswordSet(Counter, MethodId),
    /// The device is as it left the factory.
    FactoryState(Counter, MethodId),
    /// The address is confirmed.
    AddressConfirmed(Counter),
    /// Nothing on the device was left; the support contact was shown.
    DeadEnd(FailureKind),
    /// The owner cancelled.
    Cancelled,
    /// The session ended without success.
    Ended(FailureKind),
}

impl AuditKind {
    /// Stable name, as log and API write it.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Resumed(..) => "resumed",
            Self::MethodChosen(..) => "method-chosen",
            Self::ChallengeShown(..) => "challenge-shown",
            Self::CodeHanded(..) => "code-handed",
            Self::CodeDelivered(..) => "code-delivered",
            Self::LossConfirmed(..) => "loss-confirmed",
            Self::PressAwaited(..) => "press-awaited",
            Self::KeptAwaited(..) => "kept-awaited",
            Self::KeptCodeUsed(..) => "kept-code-used",
            Self::SupportSilent(..) => "support-silent",
            Self::SupportRefused(..) => "support-refused",
            Self::Extended(..) => "extended",
            Self::AttemptCharged(..) => "attempt-charged",
            Self::CodeWrong(..) => "code-wrong",
            Self::Proved(..) => "proved",
            Self::NoMailCame(..) => "no-mail-came",
            Self::ChallengeVoid(..) => "challenge-void",
            Self::MethodFailed(..) => "method-failed",
            Self::MethodQuarantined(..) => "method-quarantined",
            Self::DeviceFailed(..) => "device-failed",
            Self::PasswordSet(..) => "password-set",
            Self::FactoryState(..) => "factory-state",
            Self::AddressConfirmed(..) => "address-confirmed",
            Self::DeadEnd(..) => "dead-end",
            Self::Cancelled => "cancelled",
            Self::Ended(..) => "ended",
        }
    }
}

/// What the owner is told after a success (R71). No code, no password, no link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerNotice {
    /// What was done.
    pub purpose: Purpose,
    /// By which method.
    pub method: MethodId,
    /// On which lane.
    pub lane: Lane,
    /// For which account.
    pub account: AccountName,
    /// The request number.
    pub request: Counter,
    /// Whether everything was erased rather than a password set.
    pub factory_state: bool,
    /// When.
    pub at: Now,
}
