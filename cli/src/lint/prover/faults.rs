//! Things that may be broken on an owner's device, or gone in his hands: one at a time, and any two.

use resetkit_config::{Brand, Profile};
use resetkit_core::{CellSize, Fact, Facts, Lane, Manifest, ManifestGrant, MethodId, ProofKind, ScreenSize};

/// One thing that is broken, lost, or was never set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// No e-mail address was entered.
    NoEmail,
    /// An address was entered and never proved.
    EmailUnconfirmed,
    /// The owner cannot read the mailbox any more, or its mail is swallowed.
    MailboxLost,
    /// The owner has no telephone at hand.
    NoPhone,
    /// The maker's relay does not answer.
    RelayDown,
    /// The brand pack has no relay key.
    NoRelayKey,
    /// The device has no network.
    NoNetwork,
    /// No mail server is set up for the device itself.
    NoSmtp,
    /// The button's line cannot be read.
    ButtonBroken,
    /// Recovery codes were never printed, or are lost.
    NoRecoveryCodes,
    /// The brand pack names no approvers.
    NoSupportKeys,
    /// Nobody answers at support, or it does not agree.
    SupportSilent,
    /// The storage cannot be written.
    StorageReadOnly,
    /// The local screen is dark.
    ScreenBroken,
    /// The clock was never set.
    ClockUnset,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::NoEmail,
        Self::EmailUnconfirmed,
        Self::MailboxLost,
        Self::NoPhone,
        Self::RelayDown,
        Self::NoRelayKey,
        Self::NoNetwork,
        Self::NoSmtp,
        Self::ButtonBroken,
        Self::NoRecoveryCodes,
        Self::NoSupportKeys,
        Self::SupportSilent,
        Self::StorageReadOnly,
        Self::ScreenBroken,
        Self::ClockUnset,
    ];

    /// Stable name, as a profile's `[[accept]]` writes it; the locale's text is `lint-fault-` and this name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoEmail => "no-email",
            Self::EmailUnconfirmed => "email-unconfirmed",
            Self::MailboxLost => "mailbox-lost",
            Self::NoPhone => "no-phone",
            Self::RelayDown => "relay-down",
            Self::NoRelayKey => "no-relay-key",
            Self::NoNetwork => "no-network",
            Self::NoSmtp => "no-smtp",
            Self::ButtonBroken => "button-broken",
            Self::NoRecoveryCodes => "no-recovery-codes",
            Self::NoSupportKeys => "no-support-keys",
            Self::SupportSilent => "support-silent",
            Self::StorageReadOnly => "storage-read-only",
            Self::ScreenBroken => "screen-broken",
            Self::ClockUnset => "clock-unset",
        }
    }

    /// The fault of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.as_str() == name)
    }

    /// Facts that do not hold any more.
    const fn takes(self) -> &'static [Fact] {
        match self {
            Self::NoEmail => &[Fact::EmailOnFile, Fact::EmailConfirmed],
            Self::EmailUnconfirmed => &[Fact::EmailConfirmed],
            Self::NoRelayKey => &[Fact::RelayKey],
            Self::NoNetwork => &[Fact::NetworkUp],
            Self::NoSmtp => &[Fact::SmtpSet],
            Self::ButtonBroken => &[Fact::ButtonWired],
            Self::NoRecoveryCodes => &[Fact::RecoveryCodes],
            Self::NoSupportKeys => &[Fact::SupportKeys],
            Self::StorageReadOnly => &[Fact::StorageWritable],
            Self::ClockUnset => &[Fact::ClockTrusted],
            Self::MailboxLost | Self::NoPhone | Self::RelayDown | Self::SupportSilent | Self::ScreenBroken => &[],
        }
    }

    /// Whether a method still starts, but its code never reaches the owner: nobody on the device can know.
    fn silences(self, method: &Manifest) -> bool {
        match self {
            Self::MailboxLost => method.proof == ProofKind::Mailbox,
            Self::SupportSilent => method.proof == ProofKind::Support,
            // The telephone reads a sealed picture; the support's may travel on a stick.
            Self::NoPhone | Self::RelayDown => {
                method.grants.contains(&ManifestGrant::Seal) && method.proof != ProofKind::Support
            }
            Self::NoEmail
            | Self::EmailUnconfirmed
            | Self::NoRelayKey
            | Self::NoNetwork
            | Self::NoSmtp
            | Self::ButtonBroken
            | Self::NoRecoveryCodes
            | Self::NoSupportKeys
            | Self::StorageReadOnly
            | Self::ScreenBroken
            | Self::ClockUnset => false,
        }
    }
}

/// What is broken at one time: nothing, one thing, or two.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FaultSet(Vec<Fault>);

impl FaultSet {
    /// These, each once, in their fixed order.
    #[must_use]
    pub fn of(faults: &[Fault]) -> Self {
        let mut sorted = faults.to_vec();
        sorted.sort();
        sorted.dedup();
        Self(sorted)
    }

    /// The faults.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.0
    }

    /// Nothing, every single thing, every pair of the `possible` ones.
    #[must_use]
    pub fn up_to_two(possible: &[Fault]) -> Vec<Self> {
        let singles = possible.iter().map(|fault| Self::of(&[*fault]));
        let pairs = possible
            .iter()
            .enumerate()
            .flat_map(|(at, first)| possible[at + 1..].iter().map(move |second| Self::of(&[*first, *second])));
        core::iter::once(Self::default()).chain(singles).chain(pairs).collect()
    }

    /// Whether this is broken.
    #[must_use]
    pub fn has(&self, fault: Fault) -> bool {
        self.0.contains(&fault)
    }

    /// Methods that start and never bring a code.
    pub(crate) fn silenced(&self, manifests: &[Manifest]) -> Vec<MethodId> {
        let silenced = |method: &&Manifest| self.0.iter().any(|fault| fault.silences(method));
        manifests.iter().filter(silenced).map(|method| method.id.clone()).collect()
    }
}

/// Size that pages are made for where the screen is a browser; the daemon's own figure.
const BROWSER: ScreenSize = ScreenSize { width: 800, height: 480 };

/// What holds on a device of this profile that was set up in full, on this lane.
pub(crate) fn healthy(profile: &Profile, brand: &Brand, lane: Lane) -> Facts {
    let known = &profile.facts;
    let at_screen = matches!(lane, Lane::Console | Lane::Button);
    let facts = [
        (Fact::Initialised, true),
        (Fact::EmailOnFile, true),
        (Fact::EmailConfirmed, true),
        (Fact::RelayKey, true),
        (Fact::NetworkUp, known.network_up.unwrap_or(true)),
        (Fact::SmtpSet, known.smtp_set.unwrap_or(true)),
        (Fact::ButtonWired, profile.button.is_some()),
        (Fact::ClockTrusted, known.clock_trusted.unwrap_or(false)),
        (Fact::StorageWritable, known.storage_writable.unwrap_or(true)),
        (Fact::ConsoleLane, lane == Lane::Console),
        (Fact::RecoveryCodes, true),
        (Fact::SupportKeys, brand.support.is_some()),
        (Fact::Pictures, !at_screen || draws_pictures(profile)),
    ];
    let facts = facts.into_iter().fold(Facts::none(), |facts, (fact, holds)| facts.set(fact, holds));
    match profile.screen {
        Some(screen) if at_screen && screen.width > 0 => {
            facts.with_screen(ScreenSize { width: screen.width, height: screen.height })
        }
        Some(screen) if at_screen => facts.with_screen(CellSize { columns: screen.columns, rows: screen.rows }),
        Some(_) | None => facts.with_screen(BROWSER),
    }
}

fn draws_pictures(profile: &Profile) -> bool {
    profile.screen.is_some_and(|screen| screen.width > 0)
}

/// The same with these things broken.
pub(crate) fn broken(facts: Facts, faults: &FaultSet) -> Facts {
    let gone = faults.faults().iter().flat_map(|fault| fault.takes());
    gone.fold(facts, |facts, fact| facts.without(*fact))
}

/// What can break on this profile at all: a device without a button has none that breaks.
pub(crate) fn possible(profile: &Profile, brand: &Brand) -> Vec<Fault> {
    let all = healthy(profile, brand, Lane::Network);
    let there = |fault: &Fault| match fault {
        Fault::ScreenBroken => profile.lanes.console,
        Fault::SupportSilent => brand.support.is_some(),
        Fault::NoPhone | Fault::MailboxLost | Fault::RelayDown => true,
        Fault::NoEmail
        | Fault::EmailUnconfirmed
        | Fault::NoRelayKey
        | Fault::NoNetwork
        | Fault::NoSmtp
        | Fault::ButtonBroken
        | Fault::NoRecoveryCodes
        | Fault::NoSupportKeys
        | Fault::StorageReadOnly
        | Fault::ClockUnset => fault.takes().iter().all(|fact| all.has(*fact)),
    };
    Fault::ALL.into_iter().filter(there).collect()
}
