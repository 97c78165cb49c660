//! Files that hold secrets, and randomness for them.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use zeroize::Zeroizing;

/// 32 octets of getrandom(2). Waits until the kernel is ready; there is no other source (R31).
///
/// # Errors
/// When the kernel has no randomness to give.
pub(crate) fn random_octets() -> io::Result<Zeroizing<[u8; 32]>> {
    let mut octets = Zeroizing::new([0; 32]);
    getrandom::fill(octets.as_mut()).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(octets)
}

/// Writes a new file that only its owner may read. An existing one is never overwritten.
///
/// # Errors
/// When the file exists or cannot be written through to the disk.
pub(crate) fn write_secret(path: &Path, octets: &[u8]) -> io::Result<()> {
    let mut file = new_file(path, 0o600)?;
    file.write_all(octets)?;
    file.sync_all()
}

/// Makes a new file; says which one if it cannot.
///
/// # Errors
/// When the file exists or cannot be made.
pub(crate) fn new_file(path: &Path, mode: u32) -> io::Result<File> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}

/// As [`write_secret`], for many files of which none is of use without the others: the caller flushes once, at the end.
///
/// # Errors
/// When the file exists or cannot be written.
pub(crate) fn write_unsynced_secret(path: &Path, octets: &[u8]) -> io::Result<()> {
    new_file(path, 0o600)?.write_all(octets)
}
