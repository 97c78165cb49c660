//! The relay's own keyed hashes: of addresses, so that none lies on its disk, and of *not me* links (R77).

use hmac::{Hmac, KeyInit, Mac};
use resetkit_protocol::Address;
use sha2::{Digest, Sha256};
use std::fmt;
use std::io;
use std::path::Path;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::files;

const FILE: &str = "relay.hash-key";

/// Keyed hash of an address, 16 octets. Equal addresses have equal tags, and nothing else can be read from one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct AddressTag(pub(crate) [u8; 16]);

/// What a *not me* link carries: 16 octets that only the mail's reader and this relay can know.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct NotMeToken([u8; 16]);

/// SHA-256 of a whole sealed challenge; the name of one request.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest32(pub(crate) [u8; 32]);

impl Digest32 {
    /// Of these octets.
    #[must_use]
    pub fn of(octets: &[u8]) -> Self {
        Self(Sha256::digest(octets).into())
    }

    /// From 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        data_encoding::HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }
}

impl fmt::Debug for Digest32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0[..6]))
    }
}

impl fmt::Debug for AddressTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AddressTag(…)")
    }
}

impl NotMeToken {
    /// As it stands in the link.
    #[must_use]
    pub fn text(&self) -> String {
        data_encoding::BASE32_NOPAD.encode(&self.0)
    }

    /// What the database keeps of the token in a link, whether it was ever given out or not. `None` for other text.
    #[must_use]
    pub fn hash_of_text(text: &str) -> Option<Digest32> {
        let octets = data_encoding::BASE32_NOPAD.decode(text.as_bytes()).ok()?;
        (octets.len() == 16).then(|| Digest32::of(&octets))
    }

    /// What the database keeps.
    #[must_use]
    pub fn hash(&self) -> Digest32 {
        Digest32::of(&self.0)
    }
}

/// The key of all of them. Shared by the relays of one database.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct HashKey([u8; 32]);

impl HashKey {
    /// A key for tests and for the first start.
    #[must_use]
    pub const fn new(octets: [u8; 32]) -> Self {
        Self(octets)
    }

    /// Reads the key from `folder`, or draws it on the first start.
    ///
    /// # Errors
    /// When the file cannot be read or written, or is not 32 octets long.
    pub fn load_or_create(folder: &Path) -> io::Result<Self> {
        let path = folder.join(FILE);
        if !path.exists() {
            files::write_secret(&path, files::random_octets()?.as_slice())?;
        }
        let mut octets = std::fs::read(&path)?;
        let key = <[u8; 32]>::try_from(octets.as_slice()).map(Self);
        octets.zeroize();
        key.map_err(|_| io::Error::new(io::ErrorKind::InvalidData, format!("{} is not 32 octets", path.display())))
    }

    /// The tag of an address, octet for octet (R65, F10).
    #[must_use]
    pub fn address_tag(&self, address: &Address) -> AddressTag {
        AddressTag(self.mac(b"address", address.expose().as_bytes()))
    }

    /// The *not me* token of one request.
    #[must_use]
    pub fn not_me(&self, request: &Digest32) -> NotMeToken {
        NotMeToken(self.mac(b"not me", &request.0))
    }

    /// Seal of a staff member's log-in on the desk's page.
    #[must_use]
    pub(crate) fn desk_login(&self, text: &str) -> [u8; 16] {
        self.mac(b"desk log-in", text.as_bytes())
    }

    fn mac(&self, label: &[u8], text: &[u8]) -> [u8; 16] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(&[u8::try_from(label.len()).expect("labels are short")]);
        mac.update(label);
        mac.update(text);
        let full = mac.finalize().into_bytes();
        *full.first_chunk().expect("32 octets hold 16")
    }
}

impl fmt::Debug for HashKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HashKey(…)")
    }
}
