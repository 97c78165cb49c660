//! The fourteen clear octets in front of every sealed challenge, and who is who in them.
//!
//! Octet 0: version (3 bits), purpose (3), lane (2). Octet 1: suite (2), key id (6). Then the handle (8) and the
//! counter (4, big endian). Every value that is not assigned is refused, so that a header has one form only (R36).

use std::fmt;

/// Length of the clear header, in octets.
pub const HEADER_OCTETS: usize = 14;

/// The one version of the challenge that exists.
pub const VERSION: u8 = 1;

/// What the sealed code is for. Purposes never stand in for one another (R37).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Purpose {
    /// Proves that an address entered at initialisation works.
    ConfirmAddress,
    /// Lets the owner choose a new password.
    Reset,
    /// Tells the owner what happened; carries no right.
    Notice,
    /// A support agent's half of an unlock.
    Unlock,
}

impl Purpose {
    /// All of them, in wire order.
    pub const ALL: [Purpose; 4] = [Purpose::ConfirmAddress, Purpose::Reset, Purpose::Notice, Purpose::Unlock];

    /// The value on the wire, 0 to 3.
    #[must_use]
    pub const fn wire(self) -> u8 {
        match self {
            Purpose::ConfirmAddress => 0,
            Purpose::Reset => 1,
            Purpose::Notice => 2,
            Purpose::Unlock => 3,
        }
    }

    const fn from_wire(bits: u8) -> Option<Self> {
        match bits {
            0 => Some(Purpose::ConfirmAddress),
            1 => Some(Purpose::Reset),
            2 => Some(Purpose::Notice),
            3 => Some(Purpose::Unlock),
            _ => None,
        }
    }

    /// A stable word for logs, the database and the interface.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Purpose::ConfirmAddress => "confirm-address",
            Purpose::Reset => "reset",
            Purpose::Notice => "notice",
            Purpose::Unlock => "unlock",
        }
    }
}

/// Which door of the device the challenge came from. It has quotas of its own (R74).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Lane {
    /// The device's own screen.
    Console,
    /// The device's web page.
    Network,
    /// A press of the device's button.
    Button,
}

impl Lane {
    /// All of them, in wire order.
    pub const ALL: [Lane; 3] = [Lane::Console, Lane::Network, Lane::Button];

    /// The value on the wire, 0 to 2.
    #[must_use]
    pub const fn wire(self) -> u8 {
        match self {
            Lane::Console => 0,
            Lane::Network => 1,
            Lane::Button => 2,
        }
    }

    const fn from_wire(bits: u8) -> Option<Self> {
        match bits {
            0 => Some(Lane::Console),
            1 => Some(Lane::Network),
            2 => Some(Lane::Button),
            _ => None,
        }
    }

    /// A stable word for logs, the database and the interface.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Lane::Console => "console",
            Lane::Network => "network",
            Lane::Button => "button",
        }
    }
}

/// The cryptographic suite. A brand has exactly one; nothing is negotiated (R25).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Suite {
    /// DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305. Value 2 is reserved for P-256.
    X25519ChaCha,
}

impl Suite {
    /// The value on the wire.
    #[must_use]
    pub const fn wire(self) -> u8 {
        match self {
            Suite::X25519ChaCha => 1,
        }
    }

    const fn from_wire(bits: u8) -> Option<Self> {
        match bits {
            1 => Some(Suite::X25519ChaCha),
            _ => None,
        }
    }
}

/// Number of a brand's relay key, 0 to 63. Old and new keys overlap while a brand rotates (R78).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct KeyId(u8);

impl KeyId {
    /// The highest number there is.
    pub const MAX: u8 = 63;

    /// # Errors
    /// [`HeaderSlip::KeyId`] above 63.
    pub const fn new(number: u8) -> Result<Self, HeaderSlip> {
        if number <= Self::MAX { Ok(Self(number)) } else { Err(HeaderSlip::KeyId) }
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Random name of one device at its relay. Not the serial number, and nothing can be read from it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Handle([u8; 8]);

impl Handle {
    /// From eight random octets, drawn in the factory.
    #[must_use]
    pub const fn new(octets: [u8; 8]) -> Self {
        Self(octets)
    }

    /// The octets as they stand in the header.
    #[must_use]
    pub const fn octets(&self) -> &[u8; 8] {
        &self.0
    }

    /// From sixteen lower-case hexadecimal digits, as feeds and key files write it.
    ///
    /// # Errors
    /// [`HeaderSlip::Handle`] for anything else.
    pub fn parse(text: &str) -> Result<Self, HeaderSlip> {
        let octets = data_encoding::HEXLOWER.decode(text.as_bytes()).map_err(|_| HeaderSlip::Handle)?;
        octets.try_into().map(Self).map_err(|_| HeaderSlip::Handle)
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Handle({self})")
    }
}

/// Name of a brand, the same in brand pack, feed and relay: 1 to 32 of `a-z 0-9 -`, beginning with a letter or digit.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct BrandId(String);

impl BrandId {
    /// # Errors
    /// [`HeaderSlip::Brand`] for any other character or length.
    pub fn parse(text: &str) -> Result<Self, HeaderSlip> {
        let good = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
        if (1..=32).contains(&text.len()) && !text.starts_with('-') && text.bytes().all(good) {
            Ok(Self(text.to_owned()))
        } else {
            Err(HeaderSlip::Brand)
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BrandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The clear part of a challenge. All of it is authenticated (R28).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Header {
    /// What the code is for.
    pub purpose: Purpose,
    /// Which door of the device asked.
    pub lane: Lane,
    /// How it is sealed.
    pub suite: Suite,
    /// To which of the brand's keys.
    pub key_id: KeyId,
    /// Which device.
    pub handle: Handle,
    /// The device's challenge counter; strictly increasing (R32). It is also the request number that owners see.
    pub counter: u32,
}

impl Header {
    /// The fourteen octets.
    #[must_use]
    pub fn octets(&self) -> [u8; HEADER_OCTETS] {
        let mut out = [0; HEADER_OCTETS];
        out[0] = (VERSION << 5) | (self.purpose.wire() << 2) | self.lane.wire();
        out[1] = (self.suite.wire() << 6) | self.key_id.number();
        out[2..10].copy_from_slice(self.handle.octets());
        out[10..].copy_from_slice(&self.counter.to_be_bytes());
        out
    }

    /// Reads the fourteen octets, refusing every value that is not assigned.
    ///
    /// # Errors
    /// [`HeaderSlip`] names the first field that is not known.
    pub fn from_octets(octets: &[u8; HEADER_OCTETS]) -> Result<Self, HeaderSlip> {
        if octets[0] >> 5 != VERSION {
            return Err(HeaderSlip::Version);
        }
        let [_, _, handle @ .., c0, c1, c2, c3] = octets;
        Ok(Self {
            purpose: Purpose::from_wire((octets[0] >> 2) & 0b111).ok_or(HeaderSlip::Purpose)?,
            lane: Lane::from_wire(octets[0] & 0b11).ok_or(HeaderSlip::Lane)?,
            suite: Suite::from_wire(octets[1] >> 6).ok_or(HeaderSlip::Suite)?,
            key_id: KeyId(octets[1] & KeyId::MAX),
            handle: Handle(*handle),
            counter: u32::from_be_bytes([*c0, *c1, *c2, *c3]),
        })
    }

    /// The request number as screens and mails write it: four digits at least.
    #[must_use]
    pub fn request(&self) -> String {
        format!("{:04}", self.counter)
    }
}

/// What is wrong with a header, or with a name that goes into one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum HeaderSlip {
    /// Another version than [`VERSION`].
    #[error("unknown version")]
    Version,
    /// A purpose that is not assigned.
    #[error("unknown purpose")]
    Purpose,
    /// A lane that is not assigned.
    #[error("unknown lane")]
    Lane,
    /// A suite that is not assigned.
    #[error("unknown suite")]
    Suite,
    /// A key id above 63.
    #[error("a key id is a number from 0 to 63")]
    KeyId,
    /// Not sixteen lower-case hexadecimal digits.
    #[error("a handle is sixteen lower-case hexadecimal digits")]
    Handle,
    /// Not a brand's name.
    #[error("a brand is named by 1 to 32 of a-z, 0-9 and -")]
    Brand,
}
