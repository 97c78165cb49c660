//! The fallback table: (failure, what remains) → next. Written out, so that no failure is forgotten.

use super::FailureKind;

/// What is still possible when a failure strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remaining {
    /// A code is out and can still be typed: tries left, life left.
    pub code_alive: bool,
    /// The method that failed may be started once more (R83).
    pub restart: bool,
    /// A further code may be made in this session.
    pub new_code: bool,
    /// Another method would work.
    pub other_way: bool,
    /// The code in hand may be asked for again without making a new one (*No mail came?*).
    pub resend: bool,
    /// The right code was given: a password may be chosen.
    pub proved: bool,
}

/// Where the session goes after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Next {
    /// Stay where one is, tell it, try again.
    Stay,
    /// Start the method once more, at the same place.
    RestartMethod,
    /// Ask the method for a new code.
    NewCode,
    /// Show the other ways.
    AnotherWay,
    /// This session ends; starting again is the next step and is offered.
    StartAgain,
    /// Nothing on the device is left: the support contact.
    Support,
}

/// Where to go after `failure` when `left` remains. Total, and never silence.
#[must_use]
pub const fn route(failure: FailureKind, left: Remaining) -> Next {
    use FailureKind as F;
    match failure {
        // The owner slipped or guessed wrong, or must wait: the screen stays, what is typed next may be right.
        F::CodeSlip | F::CodeMalformed => Next::Stay,
        F::CodeWrong | F::KeptCodeUsed | F::DeriveFailed | F::TryLater => while_alive(left),
        F::PasswordTooShort
        | F::PasswordTooLong
        | F::PasswordCommon
        | F::PasswordGuessable
        | F::PasswordUnchanged
        | F::PasswordCharacter => Next::Stay,

        // The code is gone: a new one by the same method if allowed, else another way.
        F::CodeUsedUp => next_code(left),
        F::TooManyCodes | F::CodesTryLater => while_alive(Remaining { new_code: false, ..left }),

        // Nobody came in time, or somebody else was served: a new session is free, and gives the slot back.
        F::CodeExpired | F::ProofExpired | F::SessionIdle | F::CodeSuperseded => Next::StartAgain,
        F::TooManySessions | F::NoRandomness | F::BadAccountName | F::NotInitialised => Next::StartAgain,

        // The mail may still come; the same picture scanned again is a resend.
        F::NoMailCame | F::RelayUnreachable => undelivered(left),
        // Support may still answer; what it agreed to stays good while the code lives.
        F::SupportSilent => undelivered(left),

        // The method is broken or lies: once more, then never again in this session.
        F::MethodCrashed | F::MethodHung | F::MethodGarbage | F::MethodFlood => broken_method(left),

        // Nobody knows whether that code is in a mailbox: a new one, whose number the owner can tell from the old.
        F::DeliveryCut => new_code_or_other(left),

        // The owner can mend it here, was slow, or somebody else is at the button: the same way may be taken again.
        F::SmtpUnreachable | F::MailboxFull | F::PressNotSeen | F::ButtonBusy => again_or_other(left),

        // The method cannot work here, however often it is started.
        F::MethodQuarantined
        | F::MethodBadSignature
        | F::MethodWrongContract
        | F::MethodNotInstalled
        | F::MethodSwitchedOff
        | F::MethodNoSandbox
        | F::MethodBadManifest
        | F::MethodFileChanged
        | F::ScreenTooSmall
        | F::MethodWrongLane
        | F::MethodLosesTooMuch
        | F::MethodWrongPurpose
        | F::MethodGaveUp
        | F::MethodTooOld
        | F::NoAddress
        | F::AddressUnconfirmed
        | F::RelayNotSetUp
        | F::AddressDoesNotFit
        | F::NoRecoveryCodes
        | F::NoSupportKeys
        | F::ProofNotAllowed
        | F::SupportRefused
        | F::RelayRefused
        | F::NoNetwork
        | F::SmtpNotSet
        | F::SmtpRefused
        | F::ClockNotTrusted
        | F::SmtpNotSecure
        | F::SmtpLoginRefused
        | F::MailAddressRefused
        | F::NoButton
        | F::ButtonStuck
        | F::ButtonLost
        | F::EraseFailed
        | F::NoPictures
        | F::NotAtConsole
        | F::SealFailed
        | F::CountersSpent => while_alive_or_other(left),

        // The device's own trouble. A password typed again may be stored this time.
        F::StoreFailed => while_alive_or_other(left),
        F::PrepareFailed | F::CommitFailed | F::AccountsUnavailable if left.proved => Next::Stay,
        F::PrepareFailed | F::CommitFailed | F::AccountsUnavailable => while_alive_or_other(left),

        // No code can be charged without storage, so no method that types one will do.
        F::StorageReadOnly | F::StateUnreadable | F::LaneClosed => other_way(left),
        F::NothingLeft | F::SecondProofMissing => Next::Support,
    }
}

/// A code that can still be typed is worth more than any other way.
const fn while_alive(left: Remaining) -> Next {
    if left.code_alive { Next::Stay } else { next_code(left) }
}

const fn while_alive_or_other(left: Remaining) -> Next {
    if left.code_alive { Next::Stay } else { other_way(left) }
}

const fn next_code(left: Remaining) -> Next {
    if left.new_code {
        Next::NewCode
    } else if left.other_way {
        Next::AnotherWay
    } else {
        Next::StartAgain
    }
}

const fn other_way(left: Remaining) -> Next {
    if left.other_way { Next::AnotherWay } else { Next::Support }
}

const fn broken_method(left: Remaining) -> Next {
    if left.restart { Next::RestartMethod } else { while_alive_or_other(left) }
}

/// First the same picture again, then another way, then a new code; the code stays good all the while.
const fn undelivered(left: Remaining) -> Next {
    if left.resend && left.code_alive {
        Next::Stay
    } else if left.other_way {
        Next::AnotherWay
    } else if left.new_code {
        Next::NewCode
    } else if left.code_alive {
        Next::Stay
    } else {
        Next::Support
    }
}

const fn new_code_or_other(left: Remaining) -> Next {
    if left.new_code && !left.code_alive { Next::NewCode } else { while_alive_or_other(left) }
}

/// `restart`: the method may be started again, so the chooser has it.
const fn again_or_other(left: Remaining) -> Next {
    if left.code_alive {
        Next::Stay
    } else if left.other_way || left.restart {
        Next::AnotherWay
    } else {
        Next::Support
    }
}
