//! Minisign-format signatures over files of the configuration (Ed25519, prehashed).

use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use minisign_verify::{PublicKey, Signature};
use sha2::{Digest, Sha256};

use crate::brand::BrandVersion;
use crate::error::ConfigError;

/// The lowest brand version that a device still accepts. It rises with every pack the device marked as good (R84).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Floor(pub BrandVersion);

impl Floor {
    /// Accepts every version: a device before its first pack, and tools.
    pub const NONE: Floor = Floor(BrandVersion(0));
}

/// Largest signed text file that is read, in octets (R47).
const LARGEST: u64 = 256 * 1024;

/// Reads `path` and checks `path.minisig` against one of the trusted `keys` (`RW…`); gives back exactly the octets that were checked.
///
/// # Errors
/// [`ConfigError`] when the file, its signature or a matching key is missing, or the signature is wrong.
pub fn verify_file(path: &Path, keys: &[String]) -> Result<Vec<u8>, ConfigError> {
    let octets = read_bounded(path)?;
    let signature_path = PathBuf::from(format!("{}.minisig", path.display()));
    let text = read_bounded(&signature_path)?;
    let signature = std::str::from_utf8(&text).ok().and_then(|text| Signature::decode(text).ok()).ok_or_else(|| {
        refuse(
            &signature_path,
            "this is not a minisign signature",
            "Sign the file again with `resetkit sign` or minisign",
        )
    })?;
    for key in keys {
        let key = PublicKey::from_base64(key).map_err(|_| {
            refuse(
                path,
                &format!("the trusted key `{key}` is not a minisign public key"),
                "Copy the line that begins with `RW` from the `.pub` file",
            )
        })?;
        if key.verify(&octets, &signature, false).is_ok() {
            return Ok(octets);
        }
    }
    Err(refuse(
        path,
        "no trusted key has signed this file as it is now (R38)",
        "Sign it with a key that the site file trusts, or restore the signed file",
    ))
}

pub(crate) fn read_verified(path: &Path, keys: &[String]) -> Result<String, ConfigError> {
    String::from_utf8(verify_file(path, keys)?)
        .map_err(|_| refuse(path, "the file is not UTF-8 text", "Save it as UTF-8 and sign it again"))
}

pub(crate) fn read_text(path: &Path) -> Result<String, ConfigError> {
    String::from_utf8(read_bounded(path)?).map_err(|_| refuse(path, "the file is not UTF-8 text", "Save it as UTF-8"))
}

pub(crate) fn sha256_hex(octets: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(octets))
}

fn read_bounded(path: &Path) -> Result<Vec<u8>, ConfigError> {
    use std::io::Read;
    let unreadable = |error: std::io::Error| {
        refuse(path, &format!("the file cannot be read: {error}"), "Check the path and the permissions")
    };
    let mut octets = Vec::new();
    std::fs::File::open(path).map_err(unreadable)?.take(LARGEST + 1).read_to_end(&mut octets).map_err(unreadable)?;
    if octets.len() as u64 > LARGEST {
        return Err(refuse(
            path,
            "the file is larger than 256 KiB",
            "This cannot be a configuration file; check the path",
        ));
    }
    Ok(octets)
}

fn refuse(path: &Path, problem: &str, remedy: &str) -> ConfigError {
    ConfigError {
        file: path.display().to_string(),
        line: None,
        key: String::new(),
        problem: problem.to_owned(),
        remedy: remedy.to_owned(),
    }
}
