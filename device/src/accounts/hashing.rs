//! Argon2id, one buffer at a time (R5, R47).
//!
//! After a hundred hashes of 19 MiB a process kept 82 MB: glibc raises its own threshold as large blocks are freed and
//! then keeps them. Blocks above 32 MiB are always given back, so the buffer is *reserved* at 33 MiB and more, while only
//! what Argon2 touches ever becomes resident.

use std::sync::Mutex;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::random;

/// Above glibc's largest dynamic threshold (32 MiB), in Argon2 blocks of 1 KiB.
const ALWAYS_GIVEN_BACK: usize = 33 * 1024;

/// What one hash costs. From the device profile; at least 19 MiB and two passes (R5) unless made by [`Cost::for_tests`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
}

impl Cost {
    /// Least memory of a real device, in KiB (R5).
    pub const LEAST_MEMORY_KIB: u32 = 19 * 1024;
    /// Most memory, in KiB: a stored row must not make the daemon allocate without bound (R47).
    pub const MOST_MEMORY_KIB: u32 = 1024 * 1024;

    /// Takes the figures of a profile, or `None` where they are below R5 or beyond reason.
    #[must_use]
    pub fn new(memory_kib: u32, passes: u32) -> Option<Self> {
        let sound =
            (Self::LEAST_MEMORY_KIB..=Self::MOST_MEMORY_KIB).contains(&memory_kib) && (2..=16).contains(&passes);
        sound.then_some(Self { memory_kib, passes })
    }

    /// A cost for tests only: 64 KiB, one pass. Nothing but an explicit test profile leads here.
    #[must_use]
    pub const fn for_tests() -> Self {
        Self { memory_kib: 64, passes: 1 }
    }
}

/// A password at rest: Argon2id with its own salt and the cost it was made with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordHash {
    cost: Cost,
    salt: [u8; 16],
    hash: [u8; 32],
}

impl core::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("PasswordHash(..)")
    }
}

/// Hashes with the cost of this device. Whoever calls waits for his turn: run it on a blocking thread.
pub struct Hasher {
    cost: Cost,
    turn: Mutex<()>,
}

impl Hasher {
    /// A hasher of one cost.
    #[must_use]
    pub fn new(cost: Cost) -> Self {
        Self { cost, turn: Mutex::new(()) }
    }

    /// Hashes a new password under a fresh salt.
    #[must_use]
    pub fn hash(&self, password: &[u8]) -> PasswordHash {
        let salt = random::octets();
        let hash = *self.stretch(self.cost, password, &salt);
        PasswordHash { cost: self.cost, salt, hash }
    }

    /// Is this the password? In constant time, and for an unknown account (`None`) as slow as for a known one (F24).
    #[must_use]
    pub fn verify(&self, known: Option<&PasswordHash>, password: &[u8]) -> bool {
        let decoy = PasswordHash { cost: self.cost, salt: [0; 16], hash: [0; 32] };
        let row = known.unwrap_or(&decoy);
        let hash = self.stretch(row.cost, password, &row.salt);
        bool::from(hash.ct_eq(&row.hash)) && known.is_some()
    }

    /// Stretches a code for the verifier of a challenge.
    #[must_use]
    pub fn stretch_code(&self, code: &[u8], salt: &[u8; 16]) -> Zeroizing<[u8; 32]> {
        self.stretch(self.cost, code, salt)
    }

    fn stretch(&self, cost: Cost, secret: &[u8], salt: &[u8; 16]) -> Zeroizing<[u8; 32]> {
        // A thread that panicked while hashing left nothing behind that could be wrong.
        let _turn = self.turn.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let params = Params::new(cost.memory_kib, cost.passes, 1, Some(32)).expect("bounds were checked by Cost");
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let blocks = argon2.params().block_count();
        let mut memory = Vec::with_capacity(blocks.max(ALWAYS_GIVEN_BACK));
        memory.resize(blocks, Block::default());
        let mut out = Zeroizing::new([0; 32]);
        argon2
            .hash_password_into_with_memory(secret, salt, out.as_mut_slice(), &mut memory)
            .expect("salt and output have lengths that Argon2 takes");
        out
    }
}

#[cfg(test)]
mod tests {
    use super::{Cost, Hasher};

    #[test]
    fn r5_a_cost_below_nineteen_mebibytes_or_two_passes_is_no_cost() {
        assert!(Cost::new(19 * 1024, 2).is_some());
        assert!(Cost::new(19 * 1024 - 1, 2).is_none());
        assert!(Cost::new(19 * 1024, 1).is_none());
        assert!(Cost::new(u32::MAX, 2).is_none());
    }

    #[test]
    fn only_the_password_itself_verifies_and_an_unknown_account_never_does() {
        let hasher = Hasher::new(Cost::for_tests());
        let row = hasher.hash("ein längeres Paßwort".as_bytes());
        assert!(hasher.verify(Some(&row), "ein längeres Paßwort".as_bytes()));
        assert!(!hasher.verify(Some(&row), "ein längeres Passwort".as_bytes()));
        assert!(!hasher.verify(Some(&row), b""));
        assert!(!hasher.verify(None, "ein längeres Paßwort".as_bytes()));
    }

    #[test]
    fn r50_no_octet_of_a_long_password_is_ignored() {
        let hasher = Hasher::new(Cost::for_tests());
        let long = "ü".repeat(512);
        let row = hasher.hash(long.as_bytes());
        assert!(!hasher.verify(Some(&row), &long.as_bytes()[..1022]));
    }

    #[test]
    fn two_accounts_with_one_password_have_different_rows() {
        let hasher = Hasher::new(Cost::for_tests());
        assert_ne!(hasher.hash(b"same"), hasher.hash(b"same"));
    }
}
