//! What the device keeps of a code, and the only place where a guess is looked at.

use alloc::vec::Vec;
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

/// The codes that an owner keeps, as the device knows them.
#[derive(Debug, Clone)]
pub struct KeptSheet {
    /// Number of the sheet; every verifier on it is bound to it ([`crate::Bound::Sheet`]).
    pub number: u32,
    /// In the order of the paper.
    pub codes: Vec<KeptCode>,
}

/// One code of a sheet.
#[derive(Debug, Clone)]
pub struct KeptCode {
    /// What the device keeps of it.
    pub verifier: Verifier,
    /// It set a password once, and never will again (R14).
    pub used: bool,
}

/// Where on which sheet a code stands that was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptPlace {
    /// Number of the sheet.
    pub sheet: u32,
    /// Which code of it, from 0, in the order of the paper.
    pub place: u8,
}

impl KeptSheet {
    /// Codes that are not used up.
    #[must_use]
    pub fn left(&self) -> u8 {
        u8::try_from(self.codes.iter().filter(|code| !code.used).count()).unwrap_or(u8::MAX)
    }

    /// Compares with every code of the sheet, whatever came before (R4): the last one that fits, and whether it was used.
    pub(crate) fn find(&self, derived: &Derived) -> Option<(KeptPlace, bool)> {
        let mut found = None;
        for (place, code) in (0_u8..).zip(&self.codes) {
            // The comparison stands outside of the condition, so that each of them is made.
            let fits = code.verifier.matches(derived);
            if fits {
                found = Some((KeptPlace { sheet: self.number, place }, code.used));
            }
        }
        found
    }
}

/// What a code that is typed is held against.
#[derive(Debug, Clone)]
pub enum Expected {
    /// The one code that was drawn for the challenge.
    Drawn(Verifier),
    /// Any code of a sheet that was not used yet. One that was is recognised, so that the owner is told which one to take.
    Kept(KeptSheet),
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

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "the test holds the watch")]
    #![allow(clippy::cast_precision_loss, reason = "statistics")]

    extern crate std;

    use super::*;
    use core::hint::black_box;
    use std::time::Instant;

    const ROUNDS: u32 = 1_000_000;

    /// Welch's t of two classes of guesses, as dudect does it: the classes come in random order, and the slowest
    /// measurements, in which the machine did something else, are left out of both alike.
    fn t_value(compare: impl Fn(&[u8; VERIFIER_OCTETS]) -> bool, right: [u8; VERIFIER_OCTETS], seed: u64) -> f64 {
        let mut random = seed;
        // All guesses are there before the first is timed, so that making them leaves no trace in the times.
        let guesses: Vec<(bool, [u8; VERIFIER_OCTETS])> = (0..ROUNDS)
            .map(|_| {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let (class, mut guess) = (random >> 63 != 0, right);
                guess[if class { VERIFIER_OCTETS - 1 } else { 0 }] ^= 1;
                (class, guess)
            })
            .collect();
        let mut times: Vec<(u64, bool)> = Vec::with_capacity(guesses.len());
        for (class, guess) in &guesses {
            let start = Instant::now();
            black_box(compare(black_box(guess)));
            times.push((u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX), *class));
        }
        let mut sorted: Vec<u64> = times.iter().map(|(time, _)| *time).collect();
        sorted.sort_unstable();
        let crop = sorted[sorted.len() * 9 / 10];
        let of = |wanted: bool| {
            let kept = || times.iter().filter(|(time, class)| *class == wanted && *time <= crop);
            let count = kept().count() as f64;
            let mean = kept().map(|(time, _)| *time as f64).sum::<f64>() / count;
            let spread = kept().map(|(time, _)| (*time as f64 - mean) * (*time as f64 - mean)).sum::<f64>();
            (mean, spread / (count - 1.0) / count)
        };
        let ((a, va), (b, vb)) = (of(false), of(true));
        (a - b) / std::primitive::f64::sqrt(va + vb)
    }

    /// The yardstick has to find a comparison that stops at the first difference, and must not find ours. A busy
    /// machine may spoil a run, so ours has five; a leak would show in all of them.
    #[test]
    fn r4_comparing_takes_as_long_whichever_octet_differs() {
        let right = [0x5a; VERIFIER_OCTETS];
        let verifier = Verifier::from_octets(right);
        let stops_early = |guess: &[u8; VERIFIER_OCTETS]| right.iter().zip(guess).all(|(a, b)| black_box(*a == *b));
        let found = t_value(stops_early, right, 1);
        assert!(found.abs() > 4.5, "the yardstick finds nothing: t = {found}");
        let ours = |guess: &[u8; VERIFIER_OCTETS]| verifier.matches(&Derived::from_octets(*guess));
        let runs = (2..7).map(|seed| t_value(ours, right, seed).abs());
        let quiet = runs.inspect(|t| assert!(t.is_finite())).any(|t| t < 4.5);
        assert!(quiet, "five runs of five tell the classes apart");
    }
}
