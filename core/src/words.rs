//! The plain words of the domain that several parts share: lane, purpose, form, carriage.

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
}

impl SealForm {
    /// All forms.
    pub const ALL: [Self; 3] = [Self::AddressAtRelay, Self::AddressSealed, Self::LongAddressSealed];

    /// Octets of the sealed challenge.
    #[must_use]
    pub const fn octets(self) -> usize {
        match self {
            Self::AddressAtRelay => 70,
            Self::AddressSealed => 123,
            Self::LongAddressSealed => 326,
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
}
