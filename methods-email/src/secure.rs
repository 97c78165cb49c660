//! TLS: whom the device believes, and by which clock (R67, R68).
//!
//! ```text
//!  the device trusts its clock     certificates are verified at that time
//!  it does not                     at the build date of this method, or, where one of the chain begins later, at the
//!                                  latest notBefore: what had expired by then is refused, a wrong name always
//! ```
//! The rule cannot see that a certificate expired between the build and today. That is the stated price of a device
//! without a clock; it still needs the key of a certificate that an authority once gave for this very name.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{Resumption, WebPkiServerVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::time_provider::TimeProvider;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

use crate::trouble::Trouble;

/// The build date, in seconds since 1970.
pub const BUILT: u64 = decimal(env!("RESETKIT_BUILT"));

/// More steps than any chain has certificates.
const MOST_STEPS: usize = 12;

const fn decimal(text: &str) -> u64 {
    let (digits, mut at, mut value) = (text.as_bytes(), 0, 0_u64);
    while at < digits.len() {
        assert!(digits[at].is_ascii_digit(), "the build script writes digits only");
        value = value * 10 + (digits[at] - b'0') as u64;
        at += 1;
    }
    value
}

/// By which time certificates are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeRule {
    /// The device trusts its clock, which says so many seconds since 1970.
    Clock(u64),
    /// It does not; the build date is all that is sure.
    Since(u64),
}

impl TimeRule {
    fn seconds(self) -> u64 {
        match self {
            TimeRule::Clock(seconds) | TimeRule::Since(seconds) => seconds,
        }
    }
}

/// What was reached and noticed on the way, for the screen and the log.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    secured: AtomicBool,
    without_clock: AtomicBool,
}

impl Marks {
    pub(crate) fn secure(&self) {
        self.secured.store(true, Ordering::Relaxed);
    }

    /// Whether TLS stands and the server is verified.
    pub(crate) fn is_secured(&self) -> bool {
        self.secured.load(Ordering::Relaxed)
    }

    /// Whether certificates were judged without a clock, to be told once.
    pub(crate) fn take_without_clock(&self) -> bool {
        self.without_clock.swap(false, Ordering::Relaxed)
    }
}

/// How TLS is spoken. `roots` are authorities in PEM: where the site names some, only those are believed.
pub(crate) fn config(roots: &[u8], rule: TimeRule, marks: Arc<Marks>) -> Result<Arc<ClientConfig>, Trouble> {
    let provider = Arc::new(ring::default_provider());
    let verifier = verifier(roots, rule, marks, &provider)?;
    let mut config = ClientConfig::builder_with_details(provider, Arc::new(Frozen(rule)))
        .with_safe_default_protocol_versions()
        .map_err(|_| Trouble::NotSecure)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.resumption = Resumption::disabled();
    Ok(Arc::new(config))
}

fn verifier(
    roots: &[u8],
    rule: TimeRule,
    marks: Arc<Marks>,
    provider: &Arc<CryptoProvider>,
) -> Result<RuledVerifier, Trouble> {
    let roots = Arc::new(authorities(roots)?);
    let inner = WebPkiServerVerifier::builder_with_provider(roots, Arc::clone(provider))
        .build()
        .map_err(|_| Trouble::NotSet)?;
    Ok(RuledVerifier { inner, rule, marks })
}

fn authorities(pem: &[u8]) -> Result<RootCertStore, Trouble> {
    let mut store = RootCertStore::empty();
    if pem.is_empty() {
        store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        return Ok(store);
    }
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate.map_err(|_| Trouble::NotSet)?;
        store.add(certificate).map_err(|_| Trouble::NotSet)?;
    }
    Ok(store)
}

/// The time that rustls itself sees. Only the verifier below decides by time.
#[derive(Debug)]
struct Frozen(TimeRule);

impl TimeProvider for Frozen {
    fn current_time(&self) -> Option<UnixTime> {
        Some(at(self.0.seconds()))
    }
}

fn at(seconds: u64) -> UnixTime {
    UnixTime::since_unix_epoch(Duration::from_secs(seconds))
}

/// The ordinary verifier under our rule of time. Chain, name, usage and signatures are judged by webpki alone.
#[derive(Debug)]
struct RuledVerifier {
    inner: Arc<WebPkiServerVerifier>,
    rule: TimeRule,
    marks: Arc<Marks>,
}

impl ServerCertVerifier for RuledVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        _frozen: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let judge = |time| self.inner.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, time);
        match self.rule {
            TimeRule::Clock(now) => judge(at(now)),
            TimeRule::Since(built) => {
                let verified = latest_beginning(at(built), judge)?;
                self.marks.without_clock.store(true, Ordering::Relaxed);
                Ok(verified)
            }
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, cert, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, cert, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}

/// Judges at `time`, and where a certificate of the chain is said to begin later, at its beginning: that ends at the latest
/// `notBefore` of the very chain that was built.
fn latest_beginning(
    mut time: UnixTime,
    judge: impl Fn(UnixTime) -> Result<ServerCertVerified, Error>,
) -> Result<ServerCertVerified, Error> {
    for _ in 0..MOST_STEPS {
        match judge(time) {
            Err(Error::InvalidCertificate(CertificateError::NotValidYetContext { not_before, .. }))
                if not_before > time =>
            {
                time = not_before;
            }
            verdict => return verdict,
        }
    }
    Err(CertificateError::NotValidYet.into())
}
