//! What can be wrong with a request, for pages and programs alike.
//!
//! Failures of a recovery are the core's catalogue (`E-1xx` to `E-6xx`). What only concerns the interface is here: `E-0xx`.

use resetkit_core::{Failure, FailureKind, Fault, PasswordFlaw};

macro_rules! slips {
    ($($(#[$doc:meta])* $slip:ident = $code:literal $name:literal $status:literal;)*) => {
        /// A request that was not taken.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Slip { $($(#[$doc])* $slip,)* }

        impl Slip {
            /// All of them, in order of numbers.
            pub const ALL: &'static [Self] = &[$(Self::$slip),*];

            /// Stable code.
            #[must_use]
            pub const fn code(self) -> &'static str { match self { $(Self::$slip => $code,)* } }

            /// Stable name; texts are `err-` and `rec-` with it.
            #[must_use]
            pub const fn name(self) -> &'static str { match self { $(Self::$slip => $name,)* } }

            /// HTTP status.
            #[must_use]
            pub const fn status(self) -> u16 { match self { $(Self::$slip => $status,)* } }
        }
    };
}

slips! {
    /// Not exactly formed: wrong type, unknown or missing field (F17).
    Malformed = "E-001" "malformed-request" 400;
    /// Longer than the interface takes.
    TooLarge = "E-002" "request-too-large" 413;
    /// No such page, session or token. The same answer for a foreign session as for none (R16).
    NotFound = "E-003" "not-found" 404;
    /// Needs a log-in.
    NotLoggedIn = "E-004" "not-logged-in" 401;
    /// Account or password is wrong; never says which.
    LogInRefused = "E-005" "log-in-refused" 401;
    /// The form did not come from a page of this device, or the page is too old.
    ForeignForm = "E-006" "foreign-form" 403;
    /// The device has a password already.
    AlreadySetUp = "E-007" "already-set-up" 409;
    /// Not an e-mail address.
    BadAddress = "E-008" "bad-address" 422;
    /// Too much at once; again in a moment.
    Busy = "E-009" "busy" 503;
    /// Neither an address nor the wish to go on without one.
    AddressOrSkip = "E-010" "address-or-skip" 422;
    /// Only at the local screen.
    ConsoleOnly = "E-011" "console-only" 403;
    /// Logged in, but the current password that was typed is not right.
    WrongPassword = "E-012" "wrong-password" 422;
    /// The page is there, but is not asked like this.
    WrongWay = "E-013" "wrong-way" 405;
    /// What was typed back is none of the codes of the new sheet.
    NotOnSheet = "E-014" "code-not-on-sheet" 422;
    /// There is no sheet that waits for a code to be typed back.
    NoSheet = "E-015" "no-sheet" 409;
    /// The firmware keeps the accounts itself, and only it can erase them.
    FirmwareKeepsAccounts = "E-016" "firmware-keeps-accounts" 409;
    /// No folder for files is set, or it cannot be written: no stick is there.
    NoStick = "E-017" "no-stick" 409;
    /// The device is handed over, but what is left of its first owner could not be wiped.
    HandOverUnfinished = "E-018" "hand-over-unfinished" 503;
    /// The firmware has no program that tells the clients.
    NoHook = "E-020" "no-hook" 409;
}

/// Why a request was not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Of the interface.
    Slip(Slip),
    /// Of the recovery.
    Failure(Failure),
    /// A new password that breaks rules.
    Flaws(Vec<PasswordFlaw>),
}

impl From<Slip> for Problem {
    fn from(slip: Slip) -> Self {
        Self::Slip(slip)
    }
}

impl From<FailureKind> for Problem {
    fn from(kind: FailureKind) -> Self {
        Self::Failure(kind.into())
    }
}

impl Problem {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Slip(slip) => slip.code(),
            Self::Failure(failure) => failure.kind.code(),
            Self::Flaws(flaws) => first(flaws).code(),
        }
    }

    /// Stable name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Slip(slip) => slip.name(),
            Self::Failure(failure) => failure.kind.name(),
            Self::Flaws(flaws) => first(flaws).name(),
        }
    }

    /// HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Slip(slip) => slip.status(),
            Self::Failure(failure) => match failure.kind.fault() {
                Fault::Wrong => 422,
                Fault::TryLater => 429,
                Fault::Unavailable | Fault::Missing => 409,
                Fault::Refused => 403,
                Fault::Broken => 503,
            },
            Self::Flaws(_) => 422,
        }
    }
}

fn first(flaws: &[PasswordFlaw]) -> FailureKind {
    flaws.first().copied().unwrap_or(PasswordFlaw::Common).kind()
}
