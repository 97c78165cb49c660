//! Whose signatures count.

use minisign_verify::{PublicKey, Signature};

use crate::failure::{HostFailure, HostFailureKind};

/// The minisign public keys whose holders may sign methods for this device.
#[derive(Clone)]
pub struct TrustedKeys {
    keys: Vec<PublicKey>,
}

impl TrustedKeys {
    /// Takes keys in minisign's one-line form, `RW...`.
    ///
    /// # Errors
    /// [`HostFailureKind::BadSignature`] naming the key that is none. No keys at all are allowed: then no method is.
    pub fn parse<S: AsRef<str>>(lines: &[S]) -> Result<TrustedKeys, HostFailure> {
        let keys = lines
            .iter()
            .map(|line| {
                PublicKey::from_base64(line.as_ref().trim()).map_err(|error| {
                    let detail = format!("`{}` is no minisign public key: {error}", line.as_ref());
                    HostFailure::new(HostFailureKind::BadSignature, detail)
                })
            })
            .collect::<Result<_, _>>()?;
        Ok(TrustedKeys { keys })
    }

    /// Checks a signature file's text over these octets.
    ///
    /// # Errors
    /// [`HostFailureKind::BadSignature`] if it is no signature or none by a trusted key.
    pub fn verify(&self, octets: &[u8], signature_file: &str) -> Result<(), HostFailure> {
        let bad = |detail: String| HostFailure::new(HostFailureKind::BadSignature, detail);
        let signature =
            Signature::decode(signature_file).map_err(|error| bad(format!("not a minisign signature: {error}")))?;
        let good = self.keys.iter().any(|key| key.verify(octets, &signature, false).is_ok());
        if good { Ok(()) } else { Err(bad("no trusted key signed this text".into())) }
    }
}
