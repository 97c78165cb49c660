//! Randomness, and files that only their owner may read.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use rustix::rand::{GetRandomFlags, getrandom};

use crate::failure::Failure;

/// 32 octets of getrandom(2); there is no other source (R31).
pub(super) fn octets() -> Result<[u8; 32], Failure> {
    let mut octets = [0; 32];
    match getrandom(&mut octets, GetRandomFlags::empty()) {
        Ok(32) => Ok(octets),
        Ok(_) | Err(_) => Err(Failure::new("The kernel gives no random numbers.", "Try again.")),
    }
}

/// Writes a new file, mode 0600, and never over an old one.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let mut file = made.map_err(|error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            return Failure::new(
                format!("{} exists already, and is not written over.", path.display()),
                "Name another file, or delete it if nobody needs it any more.",
            );
        }
        Failure::file(path, &error)
    })?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| Failure::file(path, &error))
}

/// Reads a small file of ours.
pub(super) fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| Failure::file(path, &error))
}

/// Adds a line to a file that [`write()`] made.
pub(super) fn add_line(path: &Path, line: &str) -> Result<(), Failure> {
    let opened = std::fs::OpenOptions::new().append(true).open(path);
    let added = opened.and_then(|mut file| writeln!(file, "{line}").and_then(|()| file.sync_all()));
    added.map_err(|error| Failure::file(path, &error))
}
