//! What probes and the device profile found.

/// One thing that is so, or not, on this device right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Fact {
    /// The device was initialised: there is a password to reset.
    Initialised,
    /// An e-mail address was entered at initialisation.
    EmailOnFile,
    /// ... and a test code proved that it works (R62).
    EmailConfirmed,
    /// The brand pack holds a relay key and address.
    RelayKey,
    /// The device itself has a network.
    NetworkUp,
    /// An SMTP server is set.
    SmtpSet,
    /// A reset button is wired and its line readable.
    ButtonWired,
    /// The wall clock can be trusted.
    ClockTrusted,
    /// State can be written.
    StorageWritable,
    /// The owner stands at the local screen.
    ConsoleLane,
    /// Recovery codes were printed.
    RecoveryCodes,
    /// The screen can show pictures, not text only.
    Pictures,
    /// The brand pack holds the keys of two approvers of support (R89).
    SupportKeys,
}

impl Fact {
    /// All facts.
    pub const ALL: [Self; 13] = [
        Self::Initialised,
        Self::EmailOnFile,
        Self::EmailConfirmed,
        Self::RelayKey,
        Self::NetworkUp,
        Self::SmtpSet,
        Self::ButtonWired,
        Self::ClockTrusted,
        Self::StorageWritable,
        Self::ConsoleLane,
        Self::RecoveryCodes,
        Self::Pictures,
        Self::SupportKeys,
    ];

    /// Stable name, as manifests and profiles write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Initialised => "initialised",
            Self::EmailOnFile => "email-on-file",
            Self::EmailConfirmed => "email-confirmed",
            Self::RelayKey => "relay-key",
            Self::NetworkUp => "network-up",
            Self::SmtpSet => "smtp-set",
            Self::ButtonWired => "button-wired",
            Self::ClockTrusted => "clock-trusted",
            Self::StorageWritable => "storage-writable",
            Self::ConsoleLane => "console-lane",
            Self::RecoveryCodes => "recovery-codes",
            Self::Pictures => "pictures",
            Self::SupportKeys => "support-keys",
        }
    }

    /// The fact of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fact| fact.as_str() == name)
    }

    const fn bit(self) -> u16 {
        1 << self as u8
    }
}

/// Size of a screen in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScreenSize {
    /// Pixels across.
    pub width: u16,
    /// Pixels down.
    pub height: u16,
}

/// Size of a text screen in character cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellSize {
    /// Cells across.
    pub columns: u16,
    /// Cells down.
    pub rows: u16,
}

/// The screen that the owner looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// A picture of so many pixels.
    Pixels(ScreenSize),
    /// A terminal of so many cells.
    Cells(CellSize),
}

impl From<ScreenSize> for Screen {
    fn from(size: ScreenSize) -> Self {
        Self::Pixels(size)
    }
}

impl From<CellSize> for Screen {
    fn from(size: CellSize) -> Self {
        Self::Cells(size)
    }
}

/// The facts that hold, and the size of the screen that the owner looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    bits: u16,
    screen: Option<Screen>,
}

impl Facts {
    /// No fact holds.
    #[must_use]
    pub const fn none() -> Self {
        Self { bits: 0, screen: None }
    }

    /// The same with one more fact.
    #[must_use]
    pub const fn with(self, fact: Fact) -> Self {
        Self { bits: self.bits | fact.bit(), ..self }
    }

    /// The same without this fact.
    #[must_use]
    pub const fn without(self, fact: Fact) -> Self {
        Self { bits: self.bits & !fact.bit(), ..self }
    }

    /// The same with this fact set to what a probe found.
    #[must_use]
    pub const fn set(self, fact: Fact, holds: bool) -> Self {
        if holds { self.with(fact) } else { self.without(fact) }
    }

    /// The same with a screen of this size.
    #[must_use]
    pub fn with_screen(self, screen: impl Into<Screen>) -> Self {
        Self { screen: Some(screen.into()), ..self }
    }

    /// Whether a fact holds.
    #[must_use]
    pub const fn has(self, fact: Fact) -> bool {
        self.bits & fact.bit() != 0
    }

    /// Size of the screen, if known.
    #[must_use]
    pub const fn screen(self) -> Option<Screen> {
        self.screen
    }
}

impl FromIterator<Fact> for Facts {
    fn from_iter<I: IntoIterator<Item = Fact>>(facts: I) -> Self {
        facts.into_iter().fold(Self::none(), Self::with)
    }
}
