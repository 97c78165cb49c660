//! The keys of the envelope, each a type of its own, and the one-line files they are kept in.

use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, Serializable};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const DEVICE_TAG: &str = "resetkit-device-key-v1 ";
const RELAY_TAG: &str = "resetkit-relay-key-v1 ";
const APPROVER_TAG: &str = "resetkit-approver-key-v1 ";
const READING_TAG: &str = "resetkit-reading-key-v1 ";

pub(crate) type KemPrivate = <X25519HkdfSha256 as Kem>::PrivateKey;
pub(crate) type KemPublic = <X25519HkdfSha256 as Kem>::PublicKey;

/// Points of low order on Curve25519 and its twist, little endian, in every writing below 2^255.
/// A public key among them yields an all-zero secret with every private key (R26, F18).
const LOW_ORDER: [[u8; 32]; 7] = low_order_points();

macro_rules! secret_key {
    ($(#[$doc:meta])* $name:ident, $public:ident, $tag:ident) => {
        $(#[$doc])*
        #[derive(Clone, Zeroize, ZeroizeOnDrop)]
        pub struct $name([u8; 32]);

        impl $name {
            /// From 32 octets of a kernel's random source.
            #[must_use]
            pub const fn from_octets(octets: [u8; 32]) -> Self {
                Self(octets)
            }

            /// The octets, for the one file or secure element that keeps them.
            #[must_use]
            pub const fn expose(&self) -> &[u8; 32] {
                &self.0
            }

            /// The other half, which may be told to anybody.
            #[must_use]
            pub fn public(&self) -> $public {
                let public = X25519HkdfSha256::sk_to_pk(&self.kem());
                $public(public.to_bytes().into())
            }

            /// Reads the one line of a key file; white space at its end is overlooked.
            ///
            /// # Errors
            /// [`KeySlip::File`] for a file of another kind, length or encoding.
            pub fn from_file_text(text: &str) -> Result<Self, KeySlip> {
                let encoded = text.trim_end().strip_prefix($tag).ok_or(KeySlip::File)?;
                let octets = data_encoding::BASE64.decode(encoded.as_bytes()).map_err(|_| KeySlip::File)?;
                let octets = Zeroizing::new(octets);
                octets.as_slice().try_into().map(Self).map_err(|_| KeySlip::File)
            }

            /// The one line of a key file, with its line end. The file's mode is the caller's: 0600 (R39).
            #[must_use]
            pub fn to_file_text(&self) -> Zeroizing<String> {
                Zeroizing::new(format!("{}{}\n", $tag, data_encoding::BASE64.encode(&self.0)))
            }

            pub(crate) fn kem(&self) -> KemPrivate {
                KemPrivate::from_bytes(&self.0).expect("32 octets are an X25519 private key")
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

macro_rules! public_key {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name([u8; 32]);

        impl $name {
            /// # Errors
            /// [`KeySlip::LowOrder`] for a point with which no secret can be agreed (R26).
            pub fn from_octets(octets: [u8; 32]) -> Result<Self, KeySlip> {
                if is_low_order(&octets) { Err(KeySlip::LowOrder) } else { Ok(Self(octets)) }
            }

            /// The octets.
            #[must_use]
            pub const fn octets(&self) -> &[u8; 32] {
                &self.0
            }

            /// From standard base64 with padding, as brand packs and feeds write it.
            ///
            /// # Errors
            /// [`KeySlip::Text`] unless it is 32 octets; [`KeySlip::LowOrder`] as above.
            pub fn parse(text: &str) -> Result<Self, KeySlip> {
                let octets = data_encoding::BASE64.decode(text.as_bytes()).map_err(|_| KeySlip::Text)?;
                Self::from_octets(octets.try_into().map_err(|_| KeySlip::Text)?)
            }

            pub(crate) fn kem(&self) -> KemPublic {
                KemPublic::from_bytes(&self.0).expect("32 octets are an X25519 public key")
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&data_encoding::BASE64.encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
    };
}

secret_key! {
    /// A device's own private key. Made on the device or in its factory, never the same twice, held by the daemon (R39).
    DeviceSecret, DevicePublic, DEVICE_TAG
}
secret_key! {
    /// A brand's private key at its relay (R78).
    RelaySecret, RelayPublic, RELAY_TAG
}
secret_key! {
    /// The private key of one of a brand's two approvers. It stays on the approver's machine; no server has it (R89).
    ApproverSecret, ApproverPublic, APPROVER_TAG
}
secret_key! {
    /// An agent's private key for one ticket: approvers seal their halves to it.
    ReadingSecret, ReadingPublic, READING_TAG
}
public_key! {
    /// A device's public key, as its maker's registry holds it.
    DevicePublic
}
public_key! {
    /// A relay's public key, as the signed brand pack holds it (R38).
    RelayPublic
}

public_key! {
    /// An approver's public key, as the signed brand pack holds it.
    ApproverPublic
}
public_key! {
    /// An agent's public key for one ticket.
    ReadingPublic
}

/// Whether X25519 with this point is zero for every key. The top bit is ignored, as RFC 7748 5 asks.
pub(crate) fn is_low_order(octets: &[u8; 32]) -> bool {
    let mut masked = *octets;
    masked[31] &= 0x7f;
    LOW_ORDER.contains(&masked)
}

const fn low_order_points() -> [[u8; 32]; 7] {
    const fn p_plus(low: u8) -> [u8; 32] {
        let mut point = [0xff; 32];
        point[0] = low;
        point[31] = 0x7f;
        point
    }
    let mut one = [0; 32];
    one[0] = 1;
    [
        [0; 32],
        one,
        // The two points of order eight.
        [
            0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a, 0xda, 0x09,
            0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00,
        ],
        [
            0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b, 0x04, 0x44,
            0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57,
        ],
        p_plus(0xec), // p - 1
        p_plus(0xed), // p
        p_plus(0xee), // p + 1
    ]
}

/// What is wrong with a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum KeySlip {
    /// No secret can be agreed with this point.
    #[error("this public key is a point of low order")]
    LowOrder,
    /// Not base64 of 32 octets.
    #[error("a public key is 32 octets in base64")]
    Text,
    /// One key for two approvers.
    #[error("the two approvers need two different keys")]
    Twice,
    /// Not a key file of this kind.
    #[error("not a key file of this kind")]
    File,
}
