//! The factory's feed on its way into the registry: signed as a whole, taken as a whole.

use crate::brands::Faces;
use crate::store::{Imported, Store, StoreError};
use minisign_verify::{PublicKey, Signature};
use resetkit_protocol::{FeedRow, FeedSlip};
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

/// Largest feed that is read, in octets: about two million devices (R47).
const MAX_FEED: u64 = 512 * 1024 * 1024;

/// Signs a feed with a minisign key without password, as Debian's `minisign -S -W` would. Writes `FEED.minisig`.
///
/// # Errors
/// [`FeedError`].
pub fn sign(feed: &Path, key: &Path) -> Result<PathBuf, FeedError> {
    let text = read(key)?;
    let key = minisign::SecretKeyBox::from_string(&text)
        .and_then(minisign::SecretKeyBox::into_unencrypted_secret_key)
        .map_err(|error| FeedError::Key(key.to_owned(), error.to_string()))?;
    let octets = read_octets(feed)?;
    let name = feed.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let comment = format!("factory feed {name}");
    let signature = minisign::sign(None, &key, octets.as_slice(), Some(&comment), Some("signature of a factory feed"))
        .map_err(|error| FeedError::Key(feed.to_owned(), error.to_string()))?;
    let path = signature_path(feed);
    std::fs::write(&path, signature.into_string()).map_err(|error| FeedError::File(path.clone(), error))?;
    Ok(path)
}

/// Reads a feed whose signature one of `keys` made.
///
/// # Errors
/// [`FeedError`].
pub fn read_signed(feed: &Path, keys: &[String]) -> Result<Vec<FeedRow>, FeedError> {
    let octets = read_octets(feed)?;
    let path = signature_path(feed);
    let signature = Signature::decode(&read(&path)?).map_err(|_| FeedError::Signature(path))?;
    let signed = keys
        .iter()
        .any(|key| PublicKey::from_base64(key).is_ok_and(|key| key.verify(&octets, &signature, false).is_ok()));
    if !signed {
        return Err(FeedError::Untrusted(feed.to_owned()));
    }
    let text = String::from_utf8(octets).map_err(|_| FeedError::Row(1, FeedSlip::Json))?;
    parse(&text)
}

/// Reads rows, one on each line. The same handle or key twice is refused, as a weak random source makes them (F25).
///
/// # Errors
/// [`FeedError::Row`], [`FeedError::Twice`].
pub fn parse(text: &str) -> Result<Vec<FeedRow>, FeedError> {
    let mut rows = Vec::new();
    let (mut handles, mut keys) = (HashMap::new(), HashMap::new());
    for (place, line) in text.lines().enumerate() {
        let line_number = place + 1;
        let row = FeedRow::parse(line).map_err(|slip| FeedError::Row(line_number, slip))?;
        if let Some(other) = handles.insert(row.handle, line_number) {
            return Err(FeedError::Twice("handle", other, line_number));
        }
        if let Some(other) = keys.insert(*row.public_key.octets(), line_number) {
            return Err(FeedError::Twice("public key", other, line_number));
        }
        rows.push(row);
    }
    Ok(rows)
}

/// Takes rows into the registry, all or none. Rows of brands that are not served here are refused.
///
/// # Errors
/// [`FeedError`].
pub fn import(
    store: &dyn Store,
    faces: &Faces,
    rows: &[FeedRow],
    progress: &mut dyn FnMut(usize),
) -> Result<Imported, FeedError> {
    for (place, row) in rows.iter().enumerate() {
        if faces.find(&row.brand).is_none() {
            return Err(FeedError::Brand(place + 1, row.brand.to_string()));
        }
    }
    Ok(store.import(rows, progress)?)
}

fn signature_path(feed: &Path) -> PathBuf {
    let mut path = feed.as_os_str().to_owned();
    path.push(".minisig");
    path.into()
}

fn read(path: &Path) -> Result<String, FeedError> {
    std::fs::read_to_string(path).map_err(|error| FeedError::File(path.to_owned(), error))
}

fn read_octets(path: &Path) -> Result<Vec<u8>, FeedError> {
    let broken = |error| FeedError::File(path.to_owned(), error);
    if std::fs::metadata(path).map_err(broken)?.len() > MAX_FEED {
        return Err(broken(io::Error::other("larger than 512 MiB; split the feed")));
    }
    std::fs::read(path).map_err(broken)
}

/// Why a feed is not taken. Nothing of it is, then.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// A file.
    #[error("{}: {}", .0.display(), .1)]
    File(PathBuf, io::Error),
    /// The signing key.
    #[error("{}: {}; make a key with `resetkit key new`, or with `minisign -G -W`", .0.display(), .1)]
    Key(PathBuf, String),
    /// Not a signature.
    #[error("{}: not a minisign signature; sign the feed with `reset-relay feed sign`", .0.display())]
    Signature(PathBuf),
    /// Signed by somebody else, or changed since.
    #[error("{}: not signed by any of `feed_keys` in relay.toml, or changed since it was signed", .0.display())]
    Untrusted(PathBuf),
    /// A row.
    #[error("row {0}: {1}")]
    Row(usize, FeedSlip),
    /// Two rows that must differ.
    #[error(
        "rows {1} and {2} have the same {0}. They repeat when a factory's random source is weak: stop it, and make new \
         keys for both devices"
    )]
    Twice(&'static str, usize, usize),
    /// Another brand's device.
    #[error("row {0}: brand `{1}` is not served by this relay; add its pack to `brands` in relay.toml")]
    Brand(usize, String),
    /// The registry refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}
