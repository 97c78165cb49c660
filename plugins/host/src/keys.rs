//! Whose signatures count.

use minisign_verify::{PublicKey, Signature};

use crate::failure::{HostFailure, HostFailureKind};

/// The minisign public keys whose holders may sign methods for this device.
#[derive(Clone)]
pub struct TrustedKeys {
    keys: Vec<PublicKey>,
    makers: Vec<PublicKey>,
}

/// Who signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signer {
    /// The maker of the firmware: what it attests counts (R82).
    Maker,
    /// Somebody else who may sign methods.
    Vendor,
}

impl TrustedKeys {
    /// Takes keys in minisign's one-line form, `RW...`.
    ///
    /// # Errors
    /// [`HostFailureKind::BadSignature`] naming the key that is none. No keys at all are allowed: then no method is.
    pub fn parse<S: AsRef<str>>(lines: &[S]) -> Result<TrustedKeys, HostFailure> {
        Ok(TrustedKeys { keys: public_keys(lines)?, makers: Vec::new() })
    }

    /// Adds the keys of the firmware's maker, who may sign any method, and alone those with the grant `attest` (R82).
    ///
    /// # Errors
    /// As [`parse`](TrustedKeys::parse).
    pub fn with_makers<S: AsRef<str>>(self, lines: &[S]) -> Result<TrustedKeys, HostFailure> {
        Ok(TrustedKeys { makers: public_keys(lines)?, ..self })
    }

    /// Checks a signature file's text over these octets.
    ///
    /// # Errors
    /// [`HostFailureKind::BadSignature`] if it is no signature or none by a trusted key.
    pub fn verify(&self, octets: &[u8], signature_file: &str) -> Result<Signer, HostFailure> {
        let bad = |detail: String| HostFailure::new(HostFailureKind::BadSignature, detail);
        let signature =
            Signature::decode(signature_file).map_err(|error| bad(format!("not a minisign signature: {error}")))?;
        let by = |keys: &[PublicKey]| keys.iter().any(|key| key.verify(octets, &signature, false).is_ok());
        if by(&self.makers) {
            Ok(Signer::Maker)
        } else if by(&self.keys) {
            Ok(Signer::Vendor)
        } else {
            Err(bad("no trusted key signed this text".into()))
        }
    }
}

fn public_keys<S: AsRef<str>>(lines: &[S]) -> Result<Vec<PublicKey>, HostFailure> {
    lines
        .iter()
        .map(|line| {
            PublicKey::from_base64(line.as_ref().trim()).map_err(|error| {
                let detail = format!("`{}` is no minisign public key: {error}", line.as_ref());
                HostFailure::new(HostFailureKind::BadSignature, detail)
            })
        })
        .collect()
}
