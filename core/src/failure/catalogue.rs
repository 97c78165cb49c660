//! The closed catalogue of failures. One line each: number, text id, whose fault.
//!
//! E-1xx address and set-up · E-2xx code · E-3xx method · E-4xx relay and network · E-5xx storage and device ·
//! E-6xx password. A number is never given twice and never changes its meaning (R93). No text says whether an
//! account exists.

use core::fmt;

use crate::manifest::ProofKind;

/// Whose fault it is, hence what may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// The owner typed something that is not right: again.
    Wrong,
    /// It would work elsewhere or later, through no fault of anybody here: another way.
    Unavailable,
    /// Too often: after a wait.
    TryLater,
    /// Something was never set up: set it up, or another way.
    Missing,
    /// Our side is broken: another way, and tell support.
    Broken,
    /// A rule says no: another way.
    Refused,
}

impl Fault {
    /// Stable name, for API and logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Unavailable => "unavailable",
            Self::TryLater => "try-later",
            Self::Missing => "missing",
            Self::Broken => "broken",
            Self::Refused => "refused",
        }
    }
}

macro_rules! catalogue {
    ($($(#[$doc:meta])* $kind:ident = $code:literal $text:literal $fault:ident since $since:literal;)*) => {
        /// What went wrong: every failure that an owner, an agent or a program can meet.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FailureKind { $($(#[$doc])* $kind,)* }

        impl FailureKind {
            /// The whole catalogue, in order of numbers.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// Stable code, such as `E-101`.
            #[must_use]
            pub const fn code(self) -> &'static str { match self { $(Self::$kind => $code,)* } }

            /// Version that brought it.
            #[must_use]
            pub const fn since(self) -> &'static str { match self { $(Self::$kind => $since,)* } }

            /// Whose fault.
            #[must_use]
            pub const fn fault(self) -> Fault { match self { $(Self::$kind => Fault::$fault,)* } }

            /// Fluent id of the text that says what happened.
            #[must_use]
            pub const fn err_id(self) -> &'static str { match self { $(Self::$kind => concat!("err-", $text),)* } }

            /// Fluent id of the text that says what to do next.
            #[must_use]
            pub const fn rec_id(self) -> &'static str { match self { $(Self::$kind => concat!("rec-", $text),)* } }

            /// Name without `err-` or `rec-`, for logs and API.
            #[must_use]
            pub const fn name(self) -> &'static str { match self { $(Self::$kind => $text,)* } }
        }
    };
}

catalogue! {
    /// No e-mail address was entered at initialisation: the reference failure.
    NoAddress = "E-101" "no-address" Missing since "0.1";
    /// An address is there but was never confirmed, and the policy wants that (R62).
    AddressUnconfirmed = "E-102" "address-unconfirmed" Missing since "0.1";
    /// The brand pack has no relay key or address.
    RelayNotSetUp = "E-103" "relay-not-set-up" Missing since "0.1";
    /// The device was not initialised: there is nothing to reset, only to set up.
    NotInitialised = "E-104" "not-initialised" Missing since "0.1";
    /// The address on file does not fit the form of challenge.
    AddressDoesNotFit = "E-105" "address-does-not-fit" Refused since "0.1";
    /// No recovery codes were printed.
    NoRecoveryCodes = "E-106" "no-recovery-codes" Missing since "0.1";
    /// What was given as account name cannot be one (says nothing about which accounts exist).
    BadAccountName = "E-107" "bad-account-name" Wrong since "0.1";
    /// The brand pack has no keys of approvers, so support cannot unlock this device (R89).
    NoSupportKeys = "E-108" "no-support-keys" Missing since "0.1";

    /// The check symbol found a slip; no try was used (R3).
    CodeSlip = "E-201" "code-slip" Wrong since "0.1";
    /// Too short, too long, or characters that no code has; no try was used (R3).
    CodeMalformed = "E-202" "code-malformed" Wrong since "0.1";
    /// The code is not the one of this request; one try was used.
    CodeWrong = "E-203" "code-wrong" Wrong since "0.1";
    /// All tries of this code were used (R6).
    CodeUsedUp = "E-204" "code-used-up" Refused since "0.1";
    /// The life of the code ended.
    CodeExpired = "E-205" "code-expired" Refused since "0.1";
    /// Another reset or a log-in voided it (R22), or a newer code did.
    CodeSuperseded = "E-206" "code-superseded" Refused since "0.1";
    /// Too many guesses on this device lately; the next one is minutes away (R8).
    TryLater = "E-207" "try-later" TryLater since "0.1";
    /// No further code in this session; a new session may ask again.
    TooManyCodes = "E-208" "too-many-codes" TryLater since "0.1";
    /// The network lane is closed until someone logs in at the device (R44).
    LaneClosed = "E-209" "lane-closed" Refused since "0.1";
    /// The new password was not chosen in time after the code was right.
    ProofExpired = "E-210" "proof-expired" Refused since "0.1";
    /// Too many codes were asked for on this lane lately; the next one is minutes away.
    CodesTryLater = "E-211" "codes-try-later" TryLater since "0.1";
    /// The recovery code was right and was used before; one try was used (R14).
    KeptCodeUsed = "E-212" "kept-code-used" Wrong since "0.1";

    /// The method's worker died.
    MethodCrashed = "E-301" "method-crashed" Broken since "0.1";
    /// The method did not answer in time.
    MethodHung = "E-302" "method-hung" Broken since "0.1";
    /// The method died twice and is not tried again in this session (R83).
    MethodQuarantined = "E-303" "method-quarantined" Unavailable since "0.1";
    /// The method's signature is missing or bad (R80).
    MethodBadSignature = "E-304" "method-bad-signature" Refused since "0.1";
    /// The method was built for another contract.
    MethodWrongContract = "E-305" "method-wrong-contract" Broken since "0.1";
    /// The method said something that makes no sense, or that it may not say.
    MethodGarbage = "E-306" "method-garbage" Broken since "0.1";
    /// The method said too much.
    MethodFlood = "E-307" "method-flood" Broken since "0.1";
    /// The method is not installed.
    MethodNotInstalled = "E-308" "method-not-installed" Missing since "0.1";
    /// The owner or the policy switched the method off (R90).
    MethodSwitchedOff = "E-309" "method-switched-off" Unavailable since "0.1";
    /// The sandbox could not be raised and the policy wants it (R81).
    MethodNoSandbox = "E-310" "method-no-sandbox" Refused since "0.1";
    /// The method's manifest cannot be read.
    MethodBadManifest = "E-311" "method-bad-manifest" Broken since "0.1";
    /// The method's file is not the one that was signed (R80).
    MethodFileChanged = "E-312" "method-file-changed" Refused since "0.1";
    /// The screen is too small for the method.
    ScreenTooSmall = "E-313" "screen-too-small" Unavailable since "0.1";
    /// The method cannot be used where the owner stands.
    MethodWrongLane = "E-314" "method-wrong-lane" Unavailable since "0.1";
    /// The method destroys more than the policy allows.
    MethodLosesTooMuch = "E-315" "method-loses-too-much" Refused since "0.1";
    /// The method does not serve this purpose.
    MethodWrongPurpose = "E-316" "method-wrong-purpose" Unavailable since "0.1";
    /// The method gave up by itself.
    MethodGaveUp = "E-317" "method-gave-up" Unavailable since "0.1";
    /// No method is left that would work here.
    NothingLeft = "E-318" "nothing-left" Missing since "0.1";
    /// A second proof of another kind is wanted, and no method left can give it (F11).
    SecondProofMissing = "E-319" "second-proof-missing" Missing since "0.1";
    /// The method is older than the floor (R84).
    MethodTooOld = "E-320" "method-too-old" Refused since "0.1";
    /// The method ended before it could say whether the mail with the code was accepted.
    DeliveryCut = "E-321" "delivery-cut" Broken since "0.1";
    /// What the method proves is not enough, and is of no help, under the rules of this device.
    ProofNotAllowed = "E-322" "proof-not-allowed" Refused since "0.1";

    /// The owner says that no mail came.
    NoMailCame = "E-401" "no-mail-came" Unavailable since "0.1";
    /// The relay cannot be reached, as the owner's telephone or a method says.
    RelayUnreachable = "E-402" "relay-unreachable" Unavailable since "0.1";
    /// The relay said no.
    RelayRefused = "E-403" "relay-refused" Refused since "0.1";
    /// The device has no network.
    NoNetwork = "E-404" "no-network" Unavailable since "0.1";
    /// No mail server is set.
    SmtpNotSet = "E-405" "smtp-not-set" Missing since "0.1";
    /// The mail server said no.
    SmtpRefused = "E-406" "smtp-refused" Refused since "0.1";
    /// The device's clock cannot be trusted.
    ClockNotTrusted = "E-407" "clock-not-trusted" Unavailable since "0.1";
    /// The mail server cannot be reached.
    SmtpUnreachable = "E-408" "smtp-unreachable" Unavailable since "0.1";
    /// The mail server's connection is not safe: no TLS, or a certificate that is not its own (R67).
    SmtpNotSecure = "E-409" "smtp-not-secure" Refused since "0.1";
    /// The mailbox is full.
    MailboxFull = "E-410" "mailbox-full" Refused since "0.1";
    /// The mail server does not let the device log in.
    SmtpLoginRefused = "E-411" "smtp-login-refused" Refused since "0.1";
    /// The mail server does not take the address on file.
    MailAddressRefused = "E-412" "mail-address-refused" Refused since "0.1";
    /// The owner says that support does not answer.
    SupportSilent = "E-413" "support-silent" Unavailable since "0.1";
    /// The owner says that support did not agree to unlock.
    SupportRefused = "E-414" "support-refused" Refused since "0.1";

    /// State could not be written; nothing was changed (R42).
    StoreFailed = "E-501" "store-failed" Broken since "0.1";
    /// State could not be read; lowest levels hold (R44).
    StateUnreadable = "E-502" "state-unreadable" Broken since "0.1";
    /// The storage cannot be written (R45).
    StorageReadOnly = "E-503" "storage-read-only" Broken since "0.1";
    /// Too many sessions are open on this lane.
    TooManySessions = "E-504" "too-many-sessions" TryLater since "0.1";
    /// The challenge could not be made or sealed.
    SealFailed = "E-505" "seal-failed" Broken since "0.1";
    /// No reset button is wired.
    NoButton = "E-506" "no-button" Missing since "0.1";
    /// The new password could not be staged; the old one holds (R60).
    PrepareFailed = "E-507" "prepare-failed" Broken since "0.1";
    /// The new password could not be set; the old one holds (R41).
    CommitFailed = "E-508" "commit-failed" Broken since "0.1";
    /// The code could not be checked; the try is spent.
    DeriveFailed = "E-509" "derive-failed" Broken since "0.1";
    /// Nobody did anything for a while.
    SessionIdle = "E-510" "session-idle" Refused since "0.1";
    /// The device's request numbers are used up: enrol again.
    CountersSpent = "E-511" "counters-spent" Broken since "0.1";
    /// The screen shows text only.
    NoPictures = "E-512" "no-pictures" Unavailable since "0.1";
    /// Only at the local screen.
    NotAtConsole = "E-513" "not-at-console" Unavailable since "0.1";
    /// The random generator of the device is not ready (R31).
    NoRandomness = "E-514" "no-randomness" TryLater since "0.1";
    /// Another session waits for the button.
    ButtonBusy = "E-515" "button-busy" TryLater since "0.1";
    /// The button reads as pressed all the time.
    ButtonStuck = "E-516" "button-stuck" Broken since "0.1";
    /// The button's line cannot be read any more.
    ButtonLost = "E-517" "button-lost" Broken since "0.1";
    /// The device could not be set back to how it left the factory; nothing was erased.
    EraseFailed = "E-518" "erase-failed" Broken since "0.1";
    /// The account back end does not answer.
    AccountsUnavailable = "E-519" "accounts-unavailable" Broken since "0.1";
    /// The button was not held as it should be within the time given.
    PressNotSeen = "E-520" "press-not-seen" Unavailable since "0.1";

    /// Fewer characters than the rule (R50).
    PasswordTooShort = "E-601" "password-too-short" Wrong since "0.1";
    /// More characters than the account can keep; never cut (R50, R51).
    PasswordTooLong = "E-602" "password-too-long" Wrong since "0.1";
    /// On the list of common passwords (R53).
    PasswordCommon = "E-603" "password-common" Wrong since "0.1";
    /// Holds the name of brand, model or account, or the serial number (R53).
    PasswordGuessable = "E-604" "password-guessable" Wrong since "0.1";
    /// The old password again (R53).
    PasswordUnchanged = "E-605" "password-unchanged" Wrong since "0.1";
    /// A character that the account back end cannot keep (R51).
    PasswordCharacter = "E-606" "password-character" Wrong since "0.1";
}

impl FailureKind {
    /// Its number in a case code, 1..=240, made from its code: forty a series. As no code is ever given twice, neither
    /// is a number, and a desk that does not know a newer failure can still name its code
    /// ([`Self::code_of_case_number`]).
    #[must_use]
    pub const fn case_number(self) -> u8 {
        let code = self.code().as_bytes();
        (code[2] - b'1') * 40 + (code[3] - b'0') * 10 + (code[4] - b'0')
    }

    /// The failure of a case number; `None` for 0 and for what this version does not know.
    #[must_use]
    pub fn of_case_number(number: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.case_number() == number)
    }

    /// Series and place of a case number, such as `(1, 2)` for `E-102`; also for failures that are newer than this
    /// version. `None` for 0 and beyond the last series.
    #[must_use]
    pub const fn code_of_case_number(number: u8) -> Option<(u8, u8)> {
        match number {
            1..=240 => Some(((number - 1) / 40 + 1, (number - 1) % 40 + 1)),
            0 | 241..=255 => None,
        }
    }

    /// Whether the owner can mend it on the spot, so that the same way is worth a second try: plug in the cable, make room
    /// in the mailbox, hold the button.
    #[must_use]
    pub const fn is_mended_on_the_spot(self) -> bool {
        matches!(self, Self::SmtpUnreachable | Self::MailboxFull | Self::PressNotSeen)
    }

    /// Whether a method that brings this proof may claim it of itself. Any other claim is garbage: a method that lies about
    /// codes, storage or passwords gets nothing by it (R82).
    #[must_use]
    pub fn may_come_from_method(self, proof: ProofKind) -> bool {
        match self.code().as_bytes() {
            [_, _, b'3', ..] => !matches!(
                self,
                Self::MethodQuarantined
                    | Self::NothingLeft
                    | Self::SecondProofMissing
                    | Self::DeliveryCut
                    | Self::ProofNotAllowed
            ),
            // That nothing came the owner says to the engine; that support said no he may say to support's own page.
            [_, _, b'4', ..] if self == Self::SupportRefused => proof == ProofKind::Support,
            [_, _, b'4', ..] => !matches!(self, Self::NoMailCame | Self::SupportSilent),
            _ => matches!(
                self,
                Self::AddressDoesNotFit
                    | Self::RelayNotSetUp
                    | Self::NoSupportKeys
                    | Self::NoRecoveryCodes
                    | Self::NoPictures
                    | Self::NoButton
                    | Self::ButtonStuck
                    | Self::ButtonLost
            ),
        }
    }
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code(), self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeSet;

    #[test]
    fn r93_every_code_is_unique_stable_in_form_and_in_order() {
        let codes: alloc::vec::Vec<_> = FailureKind::ALL.iter().map(|kind| kind.code()).collect();
        assert!(codes.is_sorted(), "the catalogue is read by number");
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
        for code in codes {
            let digits = code.strip_prefix("E-").expect("E- first");
            assert!(digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit()), "{code}");
            assert!(('1'..='6').contains(&digits.chars().next().unwrap()), "{code}");
        }
    }

    #[test]
    fn r93_every_failure_has_both_texts_and_a_since() {
        let mut names = BTreeSet::new();
        for kind in FailureKind::ALL {
            assert_eq!(kind.err_id().strip_prefix("err-"), Some(kind.name()));
            assert_eq!(kind.rec_id().strip_prefix("rec-"), Some(kind.name()));
            assert_eq!(kind.since(), "0.1");
            assert!(names.insert(kind.name()), "{kind} twice");
        }
    }

    #[test]
    fn the_reference_failure_is_the_one_of_the_design() {
        let kind = FailureKind::NoAddress;
        assert_eq!((kind.code(), kind.err_id(), kind.rec_id()), ("E-101", "err-no-address", "rec-no-address"));
        assert_eq!(kind.fault(), Fault::Missing);
    }
}
