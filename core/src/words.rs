//! The plain words of the domain that several parts share: lane, purpose, form, carriage.

use crate::{Counter, ProofKind};

/// Where the owner stands. It belongs to the *listener* in the configuration, never to a header (R59).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// The local screen.
    Console,
    /// A page over the network, own or proxied.
    Network,
    /// A press on the device itself: the reserved attempt of R10.
    Button,
}

impl Lane {
    /// All lanes.
    pub const ALL: [Self; 3] = [Self::Console, Self::Network, Self::Button];

    /// Stable name, for logs and API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Console => "console",
            Self::Network => "network",
            Self::Button => "button",
        }
    }
}

/// What a code is for. Purposes are separate in the sealing and in the verifier (R37).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// Proves that the recovery address works.
    ConfirmAddress,
    /// Sets a new password.
    Reset,
    /// Tells the owner of what happened; no code is ever asked for it.
    Notice,
    /// Support unlock: sets a new password under two approvers (R89).
    Unlock,
}

impl Purpose {
    /// All purposes.
    pub const ALL: [Self; 4] = [Self::ConfirmAddress, Self::Reset, Self::Notice, Self::Unlock];

    /// Stable name, for logs and API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ConfirmAddress => "confirm-address",
            Self::Reset => "reset",
            Self::Notice => "notice",
            Self::Unlock => "unlock",
        }
    }
}

/// Form of a sealed challenge (R33).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SealForm {
    /// 70 octets: the relay knows the address.
    AddressAtRelay,
    /// 123 octets: an address of up to 52 octets sealed inside; the default.
    AddressSealed,
    /// 326 octets: an address of up to 254 octets sealed inside.
    LongAddressSealed,
    /// 126 octets: no address; two halves of the code, each sealed to the key of one approver of support (R89).
    Unlock,
}

impl SealForm {
    /// All forms.
    pub const ALL: [Self; 4] = [Self::AddressAtRelay, Self::AddressSealed, Self::LongAddressSealed, Self::Unlock];

    /// Octets of the sealed challenge.
    #[must_use]
    pub const fn octets(self) -> usize {
        match self {
            Self::AddressAtRelay => 70,
            Self::AddressSealed => 123,
            Self::LongAddressSealed => 326,
            Self::Unlock => 126,
        }
    }
}

/// How the code of a challenge travels to the owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Carriage {
    /// Sealed in this form; nobody between device and relay can read it.
    Sealed(SealForm),
    /// Handed to the method, once, as it is shown (grant `deliver-code`): the stated residual of DESIGN §3.
    Handed,
    /// Not at all: the owner kept it, on the sheet that was printed before anything happened (R87).
    Kept,
}

/// What a verifier is bound to, so that a code fits where it belongs and nowhere else (R13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// The one challenge that its code was drawn for.
    Counter(Counter),
    /// The sheet of recovery codes that it stands on, by its number on this device. Such a code outlives many challenges.
    Sheet(u32),
}

/// What the code of a challenge is for, in a session of this purpose, by a method that proves this.
///
/// Two approvers of support agree to one *unlock*, never to a reset, so that no code of the one opens as the other (R37).
#[must_use]
pub const fn challenge_purpose(session: Purpose, proof: ProofKind) -> Purpose {
    match (session, proof) {
        (Purpose::Reset, ProofKind::Support) => Purpose::Unlock,
        (Purpose::Reset, ProofKind::Mailbox | ProofKind::Telephone | ProofKind::KeptCode | ProofKind::Presence)
        | (Purpose::ConfirmAddress | Purpose::Notice | Purpose::Unlock, _) => session,
    }
}
