//! What can happen to a session. Closed; every state answers every one of them by name.

use crate::{
    Bound, Counter, DeadlineReason, Derived, Expected, Failure, FailureKind, MethodId, Purpose, Refusal, Salt,
    SealForm, Secret, Ticket, TransactionId,
};
use alloc::{string::String, vec::Vec};
use core::time::Duration;

/// A challenge that the daemon made: counter up durably, code drawn, verifier derived, code sealed; or the owner's sheet
/// of codes looked up.
#[derive(Debug, Clone)]
pub struct Challenge {
    /// Its number; strictly increasing on the device (R32).
    pub counter: Counter,
    /// What it is for; bound into sealing and verifier (R37).
    pub purpose: Purpose,
    /// How its code looks.
    pub style: crate::CodeStyle,
    /// What the device keeps of the code, or codes (R5).
    pub expected: Expected,
    /// Salt of the verifier; one for a whole sheet.
    pub salt: Salt,
}

super::explore::explored!(Challenge { style, expected; without counter, purpose, salt });

impl Challenge {
    /// What its verifiers are bound to.
    #[must_use]
    pub const fn bound(&self) -> Bound {
        match &self.expected {
            Expected::Drawn(_) => Bound::Counter(self.counter),
            Expected::Kept(sheet) => Bound::Sheet(sheet.number),
        }
    }

    /// The sheet, if it is held against one.
    #[must_use]
    pub const fn sheet(&self) -> Option<&crate::KeptSheet> {
        match &self.expected {
            Expected::Drawn(_) => None,
            Expected::Kept(sheet) => Some(sheet),
        }
    }
}

/// What an account back end or the blocklist holds against a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PasswordFlaw {
    /// Fewer characters than the rule.
    TooShort,
    /// More characters, or octets, than can be kept; never cut.
    TooLong,
    /// On the list of common passwords.
    Common,
    /// Holds brand, model, serial or account.
    Guessable,
    /// The old one again.
    Unchanged,
    /// A character that the back end cannot keep.
    Character,
}

impl PasswordFlaw {
    /// All flaws.
    pub const ALL: [Self; 6] =
        [Self::TooShort, Self::TooLong, Self::Common, Self::Guessable, Self::Unchanged, Self::Character];

    /// Its line in the catalogue.
    #[must_use]
    pub const fn kind(self) -> FailureKind {
        match self {
            Self::TooShort => FailureKind::PasswordTooShort,
            Self::TooLong => FailureKind::PasswordTooLong,
            Self::Common => FailureKind::PasswordCommon,
            Self::Guessable => FailureKind::PasswordGuessable,
            Self::Unchanged => FailureKind::PasswordUnchanged,
            Self::Character => FailureKind::PasswordCharacter,
        }
    }
}

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident $(($($part:ty),*))? $({$($(#[$fdoc:meta])* $field:ident: $kind:ty),* $(,)?})?;)*) => {
        /// What happened.
        #[derive(Debug)]
        pub enum Event { $($(#[$doc])* $name $(($($part),*))? $({$($(#[$fdoc])* $field: $kind),*})?,)* }

        /// Name of an event, without what it carries: for notes and tables.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum EventName { $($(#[$doc])* $name,)* }

        impl EventName {
            /// All names.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }

        impl Event {
            /// Its name.
            #[must_use]
            pub const fn name(&self) -> EventName {
                match self { $(Self::$name { .. } => EventName::$name,)* }
            }
        }
    };
}

events! {
    /// The owner read the notice and said OK; or leaves the screen that ends a session.
    Acknowledged;
    /// The owner chose a method.
    MethodChosen(MethodId);
    /// *Try another way*.
    TryAnotherWay;
    /// *No mail came?*; where support is asked: *Support does not answer*.
    NoMailCame;
    /// *Support said no*: it did not agree to unlock.
    SupportSaidNo;
    /// *Ask for a new code*.
    NewChallengeAsked;
    /// A code was typed and *Next* pressed.
    CodeTyped(Secret<String>);
    /// *More time*.
    MoreTimeAsked;
    /// A new password was typed and *Next* pressed.
    PasswordTyped(Secret<String>);
    /// *Cancel*: works at any step, without a password (R21).
    Cancelled;
    /// A press seen by the daemon's own line driver: a reserved attempt for the console (R10).
    ButtonPressed;

    /// Answer to `StartMethod`: the worker runs.
    MethodStarted(Ticket);
    /// The method is ready; carries the ticket of its `StartMethod`.
    MethodReady(Ticket);
    /// The method asks the daemon to seal a code.
    SealAsked {
        /// Ticket of the method's start.
        run: Ticket,
        /// What the method believes the code is for.
        purpose: Purpose,
        /// Form of the sealed challenge.
        form: SealForm,
    };
    /// The method asks for a code to be handed to it, for delivery by its own means. With a code of its own already
    /// out it is a wish for a new one: a code is handed over once only.
    DeliveryAsked {
        /// Ticket of the method's start.
        run: Ticket,
        /// What the method believes the code is for.
        purpose: Purpose,
    };
    /// The method asks that the codes which the owner keeps are taken here (R87).
    KeptAsked {
        /// Ticket of the method's start.
        run: Ticket,
    };
    /// The method says that what it was handed was accepted for delivery (the mail server's last 250).
    Delivered(Ticket);
    /// The method asks the engine to watch the button.
    PressAsked {
        /// Ticket of the method's start.
        run: Ticket,
    };
    /// Answer to `WatchButton`: from now on every edge comes here. The window begins.
    ButtonWatched {
        /// Ticket of the method's start.
        run: Ticket,
        /// When, in powered time since boot.
        at: Duration,
        /// Whether the line is pressed right now.
        pressed: bool,
    };
    /// The button's line changed, as the daemon's own driver saw it. Debounced by nobody.
    ButtonEdge {
        /// When, in powered time since boot.
        at: Duration,
        /// Whether it is pressed now.
        pressed: bool,
    };
    /// The button's line cannot be read, or not any more. Also an answer to `WatchButton`.
    ButtonLost;
    /// Another session has the button: the answer to `WatchButton`, or the console took it (see `PressDesk`).
    ButtonTaken;
    /// The method says that it cannot go on.
    MethodFailed(Ticket, FailureKind);
    /// The method's worker is gone: crashed, hung, killed, or could not be started.
    MethodGone(Ticket, FailureKind);

    /// Answer to `IssueChallenge`.
    ChallengeIssued(Ticket, Challenge);
    /// Answer to `IssueChallenge`: it could not be made.
    ChallengeRefused(Ticket, Failure);
    /// Answer to `Persist`: the record is durable.
    Persisted(Ticket);
    /// Answer to `Persist` or `Charge`: it may or may not have become durable.
    StoreFailed(Ticket);
    /// Answer to `Charge`: token and try are taken, durably.
    Charged(Ticket);
    /// Answer to `Charge`: nothing was taken.
    ChargeRefused(Ticket, Refusal);
    /// Answer to `Derive`.
    Derived(Ticket, Derived);
    /// Answer to `Derive`: it could not be computed.
    DeriveFailed(Ticket);
    /// Answer to `Prepare`: the password breaks a rule; nothing was staged.
    PasswordRefused(Ticket, Vec<PasswordFlaw>);
    /// Answer to `Prepare`: hashes are staged durably.
    Prepared(Ticket, TransactionId);
    /// Answer to `Prepare`: nothing was staged.
    PrepareFailed(Ticket, FailureKind);
    /// Answer to `CommitPassword`: the decision is durable.
    Committed(Ticket);
    /// Answer to `CommitPassword` or `ConfirmAddress`: the decision was surely not made.
    CommitFailed(Ticket, FailureKind);
    /// Answer to `RaiseCounter`: the number is durable.
    CounterRaised(Ticket, Counter);
    /// Answer to `RaiseCounter`: there is no number.
    CounterRefused(Ticket, Failure);
    /// Answer to `EraseAll`: the decision is durable; the device is, or will be after its next boot, as it left the factory.
    Erased(Ticket);
    /// Answer to `EraseAll`: nothing was erased.
    EraseFailed(Ticket, FailureKind);
    /// Answer to `ConfirmAddress`.
    AddressConfirmed(Ticket);

    /// A moment named by [`crate::Session::deadline`] came.
    DeadlineReached(DeadlineReason);
    /// Another reset succeeded, or somebody logged in on a screen of the device (R22); or a newer session took the slot.
    Superseded;
}
