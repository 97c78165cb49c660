//! The three sizes a challenge can have. Nothing about an address shows in its length (R33).

use crate::address::{MAX_ADDRESS, MAX_SHORT_ADDRESS};
use crate::header::HEADER_OCTETS;

/// Length of the encapsulated key of X25519, in octets.
pub(crate) const ENC_OCTETS: usize = 32;
/// Length of the tag of ChaCha20-Poly1305, in octets.
pub(crate) const TAG_OCTETS: usize = 16;
/// Code, locale and flags, in octets.
pub(crate) const FIXED_OCTETS: usize = 8;

/// Where the address is, and how much room it has.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Form {
    /// The relay has the address on file. 70 octets.
    AddressAtRelay,
    /// The address, at most 52 octets, is sealed inside. 123 octets; the default.
    AddressSealed,
    /// The address, at most 254 octets, is sealed inside. 326 octets.
    LongAddressSealed,
}

impl Form {
    /// All of them, shortest first.
    pub const ALL: [Form; 3] = [Form::AddressAtRelay, Form::AddressSealed, Form::LongAddressSealed];

    /// Length of a whole challenge, in octets.
    #[must_use]
    pub const fn octets(self) -> usize {
        HEADER_OCTETS + ENC_OCTETS + self.plain_octets() + TAG_OCTETS
    }

    /// Length of what is sealed, in octets: the fixed part, a length octet and the padded address. The long form
    /// pads to 255, so that its last octet is always zero.
    pub(crate) const fn plain_octets(self) -> usize {
        match self {
            Form::AddressAtRelay => FIXED_OCTETS,
            Form::AddressSealed => FIXED_OCTETS + 1 + MAX_SHORT_ADDRESS,
            Form::LongAddressSealed => FIXED_OCTETS + 1 + MAX_ADDRESS + 1,
        }
    }

    /// Longest address that has room, in octets. `None` where none is carried.
    #[must_use]
    pub const fn address_room(self) -> Option<usize> {
        match self {
            Form::AddressAtRelay => None,
            Form::AddressSealed => Some(MAX_SHORT_ADDRESS),
            Form::LongAddressSealed => Some(MAX_ADDRESS),
        }
    }

    /// The form that a challenge of this length has.
    #[must_use]
    pub fn of_length(octets: usize) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.octets() == octets)
    }

    /// The smallest form that can carry an address of this many octets.
    #[must_use]
    pub const fn for_address(octets: usize) -> Option<Self> {
        if octets <= MAX_SHORT_ADDRESS {
            Some(Form::AddressSealed)
        } else if octets <= MAX_ADDRESS {
            Some(Form::LongAddressSealed)
        } else {
            None
        }
    }
}
