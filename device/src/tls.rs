//! The device's own certificate, made at first boot (R59).
//!
//! Self-signed, for names that an owner may type. A browser cannot know it; so its fingerprint stands on the local screen,
//! where an attacker in the network cannot change it. The dates are wide on purpose: the device has no clock to trust.

use std::io;
use std::sync::Arc;

use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use sha2::{Digest, Sha256};

use crate::disk::{Disk, write_whole};

const CERTIFICATE: &str = "tls.cert.pem";
const KEY: &str = "tls.key.pem";

/// Certificate and key, ready to serve.
#[derive(Clone)]
pub struct Identity {
    config: Arc<ServerConfig>,
    fingerprint: String,
}

/// Why there is no TLS.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The files cannot be read or written.
    #[error("the certificate's files cannot be read or written: {0}")]
    Io(#[from] io::Error),
    /// The files are there but hold no certificate with its key.
    #[error("the certificate or its key is not valid: {0}")]
    Invalid(String),
}

impl Identity {
    /// Reads the certificate from the state folder, making it where it is missing.
    ///
    /// # Errors
    /// See [`TlsError`]. A damaged pair is an error and is not replaced silently: the owner may have pinned it.
    pub fn own(disk: &dyn Disk, names: &[String]) -> Result<Self, TlsError> {
        if let (Some(certificate), Some(key)) = (disk.read(CERTIFICATE)?, disk.read(KEY)?) {
            return Self::from_pem(&certificate, &key);
        }
        let (certificate, key) = make(names).map_err(|e| TlsError::Invalid(e.to_string()))?;
        // The key first: a certificate without its key would be found and refused at the next boot.
        write_whole(disk, KEY, key.as_bytes())?;
        write_whole(disk, CERTIFICATE, certificate.as_bytes())?;
        Self::from_pem(certificate.as_bytes(), key.as_bytes())
    }

    /// Takes a pair in PEM form, for instance the firmware's own.
    ///
    /// # Errors
    /// [`TlsError::Invalid`].
    pub fn from_pem(certificate: &[u8], key: &[u8]) -> Result<Self, TlsError> {
        let invalid = |e: &dyn core::fmt::Display| TlsError::Invalid(e.to_string());
        let chain =
            CertificateDer::pem_slice_iter(certificate).collect::<Result<Vec<_>, _>>().map_err(|e| invalid(&e))?;
        let leaf = chain.first().ok_or_else(|| invalid(&"no certificate in the file"))?;
        let fingerprint = fingerprint(leaf);
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|e| invalid(&e))?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(|b| b.with_no_client_auth().with_single_cert(chain, key))
            .map_err(|e| invalid(&e))?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { config: Arc::new(config), fingerprint })
    }

    /// SHA-256 of the certificate as browsers show it: pairs of upper-case hex digits with colons.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// What a listener needs: TLS 1.2 and 1.3.
    #[must_use]
    pub fn config(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.config)
    }
}

fn make(names: &[String]) -> Result<(String, String), rcgen::Error> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new(names.to_vec())?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, names.first().map_or("recorder", String::as_str));
    params.not_before = rcgen::date_time_ymd(2020, 1, 1);
    params.not_after = rcgen::date_time_ymd(2049, 12, 31);
    Ok((params.self_signed(&key)?.pem(), key.serialize_pem()))
}

fn fingerprint(certificate: &CertificateDer<'_>) -> String {
    let pairs: Vec<String> = Sha256::digest(certificate.as_ref()).iter().map(|octet| format!("{octet:02X}")).collect();
    pairs.join(":")
}
