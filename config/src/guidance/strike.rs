//! What a failure says about the ways in, as tables: which fact it denies, which way it puts out, and for how long. A failure that
//! stands in no table, or in two, is an error of the compiler.

use resetkit_core::{Fact, FailureKind, FailureKind as F};

/// What a failure says about the ways, beyond the readiness that the code holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strike {
    /// Nothing: the session goes on, or a new one may.
    Nothing,
    /// The way that was begun may be tried again.
    BegunAgain,
    /// The way that was begun is out for now.
    Begun,
    /// Every way that needs this is out.
    Needing(Fact),
    /// Every way that the code cannot prove otherwise is out.
    Everything,
}

/// What this failure says about the ways.
pub(super) fn strike(kind: FailureKind) -> Strike {
    if let Some((_, fact)) = DENIES.iter().find(|(denying, _)| *denying == kind) {
        return Strike::Needing(*fact);
    }
    let of = |table: &[F]| table.contains(&kind);
    if of(EVERY_WAY) {
        Strike::Everything
    } else if of(BEGUN) {
        Strike::Begun
    } else if of(BEGUN_AGAIN) {
        Strike::BegunAgain
    } else {
        Strike::Nothing
    }
}

/// What is missing: every way that needs it is out.
const DENIES: &[(F, Fact)] = &[
    (F::NoAddress, Fact::EmailOnFile),
    (F::AddressUnconfirmed, Fact::EmailOnFile),
    (F::RelayNotSetUp, Fact::RelayKey),
    (F::NoRecoveryCodes, Fact::RecoveryCodes),
    (F::NoSupportKeys, Fact::SupportKeys),
    (F::NoNetwork, Fact::NetworkUp),
    (F::SmtpNotSet, Fact::SmtpSet),
    (F::ClockNotTrusted, Fact::ClockTrusted),
    (F::NoButton, Fact::ButtonWired),
    (F::ButtonStuck, Fact::ButtonWired),
    (F::ButtonLost, Fact::ButtonWired),
    // No code can be charged any more; a button takes none.
    (F::CountersSpent, Fact::StorageWritable),
];

/// No way is open before this is mended.
const EVERY_WAY: &[F] = &[F::NotInitialised, F::NothingLeft, F::SecondProofMissing, F::StorageReadOnly];

/// The way that was begun leads nowhere, whoever tries again.
const BEGUN: &[F] = &[
    F::AddressDoesNotFit,
    F::MethodCrashed,
    F::MethodHung,
    F::MethodQuarantined,
    F::MethodBadSignature,
    F::MethodWrongContract,
    F::MethodGarbage,
    F::MethodFlood,
    F::MethodNotInstalled,
    F::MethodSwitchedOff,
    F::MethodNoSandbox,
    F::MethodBadManifest,
    F::MethodFileChanged,
    F::ScreenTooSmall,
    F::MethodWrongLane,
    F::MethodLosesTooMuch,
    F::MethodWrongPurpose,
    F::MethodGaveUp,
    F::MethodTooOld,
    F::ProofNotAllowed,
    F::RelayRefused,
    F::SmtpRefused,
    F::SmtpNotSecure,
    F::SmtpLoginRefused,
    F::MailAddressRefused,
    F::SupportRefused,
    F::NoPictures,
    F::NotAtConsole,
];

/// The way that was begun is worth another try.
const BEGUN_AGAIN: &[F] = &[
    F::CodeUsedUp,
    F::CodeExpired,
    F::KeptCodeUsed,
    F::DeliveryCut,
    F::NoMailCame,
    F::RelayUnreachable,
    F::SmtpUnreachable,
    F::MailboxFull,
    F::SupportSilent,
    F::SealFailed,
    F::ButtonBusy,
    F::PressNotSeen,
    F::EraseFailed,
];

/// The session goes on, or a new one may: no way is touched.
const NO_WAY: &[F] = &[
    F::BadAccountName,
    F::CodeSlip,
    F::CodeMalformed,
    F::CodeWrong,
    F::CodeSuperseded,
    F::TryLater,
    F::TooManyCodes,
    F::LaneClosed,
    F::ProofExpired,
    F::CodesTryLater,
    F::StoreFailed,
    F::StateUnreadable,
    F::TooManySessions,
    F::PrepareFailed,
    F::CommitFailed,
    F::DeriveFailed,
    F::SessionIdle,
    F::NoRandomness,
    F::AccountsUnavailable,
    F::PasswordTooShort,
    F::PasswordTooLong,
    F::PasswordCommon,
    F::PasswordGuessable,
    F::PasswordUnchanged,
    F::PasswordCharacter,
];

/// Every failure stands in one table.
const _: () = {
    let mut at = 0;
    while at < F::ALL.len() {
        assert!(tables_with(F::ALL[at]) == 1, "a failure stands in no table of `strike`, or in two");
        at += 1;
    }
};

const fn tables_with(kind: F) -> usize {
    let mut found = times(kind, EVERY_WAY) + times(kind, BEGUN) + times(kind, BEGUN_AGAIN) + times(kind, NO_WAY);
    let mut at = 0;
    while at < DENIES.len() {
        if DENIES[at].0 as usize == kind as usize {
            found += 1;
        }
        at += 1;
    }
    found
}

const fn times(kind: F, table: &[F]) -> usize {
    let (mut found, mut at) = (0, 0);
    while at < table.len() {
        if table[at] as usize == kind as usize {
            found += 1;
        }
        at += 1;
    }
    found
}
