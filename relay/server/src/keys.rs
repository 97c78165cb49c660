//! The brands' private keys. Behind a trait, so that they may live in a PKCS#11 module later (R78).

use resetkit_protocol::{BrandId, Contents, DevicePublic, Header, KeyId, OpenError, RelayPublic, RelaySecret};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

use crate::files;

/// One private key, wherever it lives.
pub trait Opener: Send + Sync {
    /// Opens a challenge that was sealed to this key.
    ///
    /// # Errors
    /// As [`resetkit_protocol::open`].
    fn open(&self, device: &DevicePublic, brand: &BrandId, octets: &[u8]) -> Result<(Header, Contents), OpenError>;

    /// The public half, to be held against the brand pack's.
    fn public(&self) -> RelayPublic;
}

/// A key that was read from a file.
pub struct FileKey(RelaySecret);

impl FileKey {
    /// Wraps a key.
    #[must_use]
    pub const fn new(secret: RelaySecret) -> Self {
        Self(secret)
    }
}

impl Opener for FileKey {
    fn open(&self, device: &DevicePublic, brand: &BrandId, octets: &[u8]) -> Result<(Header, Contents), OpenError> {
        resetkit_protocol::open(&self.0, device, brand, octets)
    }

    fn public(&self) -> RelayPublic {
        self.0.public()
    }
}

/// All keys of all brands, by brand and key id. During a rotation old and new stand side by side.
#[derive(Default)]
pub struct KeyRing {
    keys: BTreeMap<(BrandId, KeyId), Box<dyn Opener>>,
}

impl KeyRing {
    /// Reads every `BRAND.ID.relay-key` in `folder`.
    ///
    /// # Errors
    /// When the folder or one of the files cannot be read or is not a key.
    pub fn load(folder: &Path) -> io::Result<Self> {
        let mut ring = Self::default();
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let Some((brand, key_id)) = path.file_name().and_then(|name| read_name(name.to_str()?)) else {
                continue;
            };
            let text = Zeroizing::new(std::fs::read_to_string(&path)?);
            let secret = RelaySecret::from_file_text(&text)
                .map_err(|slip| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {slip}", path.display())))?;
            ring.add(brand, key_id, Box::new(FileKey::new(secret)));
        }
        Ok(ring)
    }

    /// Adds one key.
    pub fn add(&mut self, brand: BrandId, key_id: KeyId, key: Box<dyn Opener>) {
        self.keys.insert((brand, key_id), key);
    }

    /// The key of this brand with this id.
    #[must_use]
    pub fn find(&self, brand: &BrandId, key_id: KeyId) -> Option<&dyn Opener> {
        self.keys.get(&(brand.clone(), key_id)).map(AsRef::as_ref)
    }
}

/// Makes a brand's key. Gives back the file and the public half for the brand pack.
///
/// # Errors
/// When the file exists already or cannot be written.
pub fn new_key(folder: &Path, brand: &BrandId, key_id: KeyId) -> io::Result<(PathBuf, RelayPublic)> {
    std::fs::create_dir_all(folder)?;
    let secret = RelaySecret::from_octets(*files::random_octets()?);
    let path = folder.join(format!("{brand}.{key_id}.relay-key"));
    files::write_secret(&path, secret.to_file_text().as_bytes())?;
    Ok((path, secret.public()))
}

fn read_name(name: &str) -> Option<(BrandId, KeyId)> {
    let (brand, number) = name.strip_suffix(".relay-key")?.split_once('.')?;
    Some((BrandId::parse(brand).ok()?, KeyId::new(number.parse().ok()?).ok()?))
}
