//! Who this device is: its X25519 key, its random handle, and the one secret that all its other keys come from (R39).
//!
//! ```text
//! secret.key     32 octets, hex; never leaves this device, kept apart from the data it authenticates
//!                HKDF-SHA256 ─► journal MAC · verifier key (R5) · form tokens
//! device.key     the X25519 key that seals (written by the factory, or here at first boot)
//! device.handle  8 random octets, hex, as the factory feed names the device
//! born           empty; written after the first journal, so that a lost journal is never taken for a new device (R44)
//! ```

use std::io;

use data_encoding::HEXLOWER;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use resetkit_core::{Bound, Derived, Purpose, VERIFIER_OCTETS};
use resetkit_protocol::{DeviceSecret, Handle};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::disk::{Disk, write_whole};
use crate::journal::MacKey;
use crate::random;

const SECRET: &str = "secret.key";
const DEVICE_KEY: &str = "device.key";
const HANDLE: &str = "device.handle";
const BORN: &str = "born";

/// Why there is no identity.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// A file cannot be read or written.
    #[error("the device's keys cannot be read or written: {0}")]
    Io(#[from] io::Error),
    /// A file is there and damaged. Nothing is replaced silently: the device would be a stranger to its relay.
    #[error("{0} is damaged; restore it, or remove it to enrol the device anew")]
    Damaged(&'static str),
}

/// The device's keys, read once at start.
pub struct Identity {
    device: DeviceSecret,
    handle: Handle,
    journal: MacKey,
    verifier: Zeroizing<[u8; 32]>,
    forms: Zeroizing<[u8; 32]>,
    born: bool,
}

impl Identity {
    /// Reads the keys, making those that are missing. Waits for the kernel's random generator (R31).
    ///
    /// # Errors
    /// See [`IdentityError`].
    pub fn load(disk: &dyn Disk) -> Result<Self, IdentityError> {
        let secret =
            load_or_make(disk, SECRET, || Zeroizing::new(HEXLOWER.encode(random::secret_octets::<32>().as_ref())))?;
        let secret = HEXLOWER.decode(secret.trim().as_bytes()).map(Zeroizing::new);
        let secret = secret.map_err(|_| IdentityError::Damaged(SECRET))?;
        if secret.len() != 32 {
            return Err(IdentityError::Damaged(SECRET));
        }
        let key = load_or_make(disk, DEVICE_KEY, || DeviceSecret::from_octets(random::octets()).to_file_text())?;
        let handle = load_or_make(disk, HANDLE, || Zeroizing::new(Handle::new(random::octets()).to_string()))?;
        Ok(Self {
            device: DeviceSecret::from_file_text(&key).map_err(|_| IdentityError::Damaged(DEVICE_KEY))?,
            handle: Handle::parse(handle.trim()).map_err(|_| IdentityError::Damaged(HANDLE))?,
            journal: MacKey::new(*derive(&secret, b"journal MAC")),
            verifier: derive(&secret, b"verifier of codes"),
            forms: derive(&secret, b"form tokens"),
            born: disk.read(BORN)?.is_some(),
        })
    }

    /// Whether a journal was ever written under this identity.
    #[must_use]
    pub fn is_born(&self) -> bool {
        self.born
    }

    /// Remembers that a journal exists from now on.
    ///
    /// # Errors
    /// The system's own.
    pub fn give_birth(&self, disk: &dyn Disk) -> io::Result<()> {
        if self.born { Ok(()) } else { write_whole(disk, BORN, b"") }
    }

    /// The key that seals.
    #[must_use]
    pub fn device(&self) -> &DeviceSecret {
        &self.device
    }

    /// The device's random name.
    #[must_use]
    pub fn handle(&self) -> Handle {
        self.handle
    }

    /// The key of the journal.
    #[must_use]
    pub fn journal_key(&self) -> MacKey {
        self.journal.clone()
    }

    /// The keyed last step of a verifier: bound to purpose, and to the challenge or sheet that the code is of (R5, R13, R37).
    #[must_use]
    pub fn verifier(&self, stretched: &[u8; 32], purpose: Purpose, bound: Bound) -> [u8; VERIFIER_OCTETS] {
        let mut mac = mac(&self.verifier);
        let place = match bound {
            Bound::Counter(counter) => counter.value().to_be_bytes().to_vec(),
            Bound::Sheet(number) => [b"sheet".as_slice(), &number.to_be_bytes()].concat(),
        };
        for item in [purpose.as_str().as_bytes(), &place, stretched] {
            mac.update(&(item.len() as u64).to_be_bytes());
            mac.update(item);
        }
        mac.finalize().into_bytes().into()
    }

    /// The same of what an owner typed.
    #[must_use]
    pub fn derived(&self, stretched: &[u8; 32], purpose: Purpose, bound: Bound) -> Derived {
        Derived::from_octets(self.verifier(stretched, purpose, bound))
    }

    /// The token that a form of this browser must carry. Stable across restarts, so that a reboot breaks no open page.
    #[must_use]
    pub fn form_token(&self, browser: &str) -> String {
        let mut mac = mac(&self.forms);
        mac.update(browser.as_bytes());
        data_encoding::BASE64URL_NOPAD.encode(&mac.finalize().into_bytes()[..18])
    }
}

impl core::fmt::Debug for Identity {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Identity({})", self.handle)
    }
}

fn mac(key: &[u8; 32]) -> Hmac<Sha256> {
    <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes a key of any length")
}

fn derive(secret: &[u8], label: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(Some(b"resetkit device v1"), secret)
        .expand(label, key.as_mut_slice())
        .expect("32 octets are within what HKDF gives");
    key
}

fn load_or_make(
    disk: &dyn Disk,
    name: &'static str,
    make: impl FnOnce() -> Zeroizing<String>,
) -> Result<Zeroizing<String>, IdentityError> {
    if let Some(octets) = disk.read(name)? {
        return String::from_utf8(octets).map(Zeroizing::new).map_err(|_| IdentityError::Damaged(name));
    }
    let text = make();
    write_whole(disk, name, text.as_bytes())?;
    Ok(text)
}
