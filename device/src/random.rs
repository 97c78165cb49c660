//! The one source of randomness (R1, R31).
//!
//! `getrandom(2)` without flags: it waits until the kernel's generator is ready and there is no other source to fall
//! back on. A kernel that cannot answer ends the daemon: no code may ever be drawn from anything less (F25).

use zeroize::Zeroizing;

/// Fresh octets from the kernel. Blocks early at boot, once.
///
/// # Panics
/// Where the kernel has no generator at all.
#[must_use]
pub fn octets<const N: usize>() -> [u8; N] {
    let mut octets = [0; N];
    getrandom::fill(&mut octets).expect("without the kernel's generator nothing here may go on (R31)");
    octets
}

/// The same, zeroised when dropped.
#[must_use]
pub fn secret_octets<const N: usize>() -> Zeroizing<[u8; N]> {
    Zeroizing::new(octets())
}
