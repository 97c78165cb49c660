//! What the device keeps of a code, and the only place where a guess is looked at.

use core::fmt;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Octets of a verifier and of a derived value: fixed, so that comparing has one length (R4).
pub const VERIFIER_OCTETS: usize = 32;

/// What the device keeps in place of a code: a slow, keyed hash of it (R5).
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Verifier([u8; VERIFIER_OCTETS]);

/// The same function of what the owner typed.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Derived([u8; VERIFIER_OCTETS]);

/// Salt of one verifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Salt(pub [u8; 16]);

impl Verifier {
    /// Takes the octets that the daemon derived or the journal kept.
    #[must_use]
    pub const fn from_octets(octets: [u8; VERIFIER_OCTETS]) -> Self {
        Self(octets)
    }

    /// The octets, for the journal only.
    #[must_use]
    pub const fn octets(&self) -> &[u8; VERIFIER_OCTETS] {
        &self.0
    }

    /// Compares in constant time (R4). Private to the crate: only the judge asks.
    pub(crate) fn matches(&self, derived: &Derived) -> bool {
        self.0.ct_eq(&derived.0).into()
    }
}

impl Derived {
    /// Takes the octets that the daemon derived from the code typed.
    #[must_use]
    pub const fn from_octets(octets: [u8; VERIFIER_OCTETS]) -> Self {
        Self(octets)
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Verifier([secret])")
    }
}

impl fmt::Debug for Derived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Derived([secret])")
    }
}
