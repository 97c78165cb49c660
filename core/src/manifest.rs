//! What a method says of itself: plain types; the host reads them from the signed TOML.

use crate::{CellSize, Fact, Lane, MethodId, Purpose, ScreenSize};
use alloc::{string::String, vec::Vec};

/// What a method destroys, least first. The chooser offers the least loss first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Loss {
    /// Only the old password.
    PasswordOnly,
    /// The network settings too.
    NetworkToo,
    /// All settings.
    AllSettings,
    /// Settings and recordings.
    Recordings,
}

impl Loss {
    /// All losses, least first.
    pub const ALL: [Self; 4] = [Self::PasswordOnly, Self::NetworkToo, Self::AllSettings, Self::Recordings];

    /// Stable name, as manifests write it; the locale's text is `loss-` and this name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PasswordOnly => "password-only",
            Self::NetworkToo => "network-too",
            Self::AllSettings => "all-settings",
            Self::Recordings => "recordings",
        }
    }

    /// The loss of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|loss| loss.as_str() == name)
    }
}

/// What a method proves. Two proofs count as two only if they are of different kinds (F11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProofKind {
    /// The owner reads the mailbox on file.
    Mailbox,
    /// The owner has the telephone on file.
    Telephone,
    /// The owner holds something kept from before: recovery codes, a key.
    KeptCode,
    /// Someone touches the device.
    Presence,
    /// Two approvers of support agreed (R89).
    Support,
}

/// How much a proof is worth: how hard it is to come by for somebody who is not the owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Anybody who can touch the device has it.
    Low,
    /// It takes the owner's mailbox or telephone.
    Medium,
    /// It takes something that was kept safe, or two people of support who looked at evidence.
    High,
}

impl Strength {
    /// All strengths, weakest first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// Stable name, as policies write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// The strength of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|strength| strength.as_str() == name)
    }
}

impl ProofKind {
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Mailbox, Self::Telephone, Self::KeptCode, Self::Presence, Self::Support];

    /// Stable name, as manifests write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mailbox => "mailbox",
            Self::Telephone => "telephone",
            Self::KeptCode => "kept-code",
            Self::Presence => "presence",
            Self::Support => "support",
        }
    }

    /// How much it is worth.
    #[must_use]
    pub const fn strength(self) -> Strength {
        match self {
            Self::Presence => Strength::Low,
            Self::Mailbox | Self::Telephone => Strength::Medium,
            Self::KeptCode | Self::Support => Strength::High,
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// What a manifest may touch. Not to be mixed up with [`crate::Grant`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ManifestGrant {
    /// May ask the daemon to seal.
    Seal,
    /// Is told the address on file, partly hidden (R64).
    MaskedAddress,
    /// Is told the relay's address.
    RelayAddress,
    /// Is told locale, brand's app name and menu path.
    BrandWords,
    /// Is handed the code itself (direct e-mail, SMS gateway): the stated residual of DESIGN §3.
    DeliverCode,
    /// May attest presence; honoured only under the firmware maker's key (R82).
    Attest,
    /// Is told the edges of the reset button, and may ask for a press to be watched.
    Button,
    /// May ask that the codes which the owner keeps are taken here; it is told how many are left, and never one of them.
    KeptCodes,
    /// Is handed a connection to the host that this *setting* names.
    Connect(String),
}

/// What a method carries from engine to owner or back. It may ask for nothing else (else `E-306`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Carries {
    /// A challenge sealed by the daemon, as a picture or text.
    Sealed,
    /// The code itself, handed to it once.
    Handed,
    /// The hold of a button, which the engine watches itself.
    Presence,
    /// Nothing: the owner has the code, and the engine compares it.
    Kept,
}

impl Carries {
    /// Stable name, for API and logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sealed => "sealed",
            Self::Handed => "handed",
            Self::Presence => "presence",
            Self::Kept => "kept",
        }
    }
}

/// What a method says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Its id.
    pub id: MethodId,
    /// Its own version, for display and the downgrade floor (R84).
    pub version: String,
    /// Facts without which it cannot work.
    pub requires: Vec<Fact>,
    /// What it may touch.
    pub grants: Vec<ManifestGrant>,
    /// What it destroys.
    pub loses: Loss,
    /// What it proves.
    pub proof: ProofKind,
    /// Purposes it serves.
    pub purposes: Vec<Purpose>,
    /// Lanes it may be used on.
    pub lanes: Vec<Lane>,
    /// Smallest screen it can draw on, if it draws.
    pub min_screen: Option<ScreenSize>,
    /// Smallest text screen it can draw on, if it draws.
    pub min_cells: Option<CellSize>,
    /// Seconds from start to ready.
    pub start_seconds: u16,
    /// Longest that one `advance` may block, in milliseconds.
    pub block_ms: u32,
    /// Memory limit of its worker in KiB.
    pub memory_kib: u32,
}

impl Manifest {
    /// What its grants make it carry. With several the one that gives it least: the button, then the codes
    /// that the owner keeps, then the sealed code.
    #[must_use]
    pub fn carries(&self) -> Carries {
        let has = |grant: &ManifestGrant| self.grants.contains(grant);
        if has(&ManifestGrant::Button) {
            Carries::Presence
        } else if has(&ManifestGrant::KeptCodes) {
            Carries::Kept
        } else if has(&ManifestGrant::DeliverCode) && !has(&ManifestGrant::Seal) {
            Carries::Handed
        } else {
            Carries::Sealed
        }
    }
}
