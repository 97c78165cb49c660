//! The journal: the daemon's whole durable state as one snapshot, in two slots.
//!
//! ```text
//! slot   = magic 8 · version u16 · generation u64 · length u32 · payload · MAC 32        (little endian)
//! MAC    = HMAC-SHA256(device secret kept apart, everything before it)
//! commit = write the slot that does not hold the newest state → fsync it → (first time) fsync the folder
//! open   = of the slots whose MAC is right, the highest generation; a torn one is simply not valid
//! ```
//!
//! A commit that fails is *taken back*: the half-written slot is cut to nothing and synced, so that the old state
//! also wins after the next boot (R42). If even that fails, nobody can know what the flash holds; the journal then
//! refuses every further write until it is opened again, and never reports an old fsync error as success (R43).

use std::io;
use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::disk::Disk;

const MAGIC: &[u8; 8] = b"RSTKJRN\x01";
/// Goes up with every change of what the payload means. A state of another version is unreadable as a whole, and the log says why.
const VERSION: u16 = 2;
const HEAD: usize = 8 + 2 + 8 + 4;
const MAC: usize = 32;
const SLOTS: [&str; 2] = ["journal.0", "journal.1"];

/// Largest state that is written or read back, in octets (R47).
pub const LARGEST_PAYLOAD: usize = 256 * 1024;

/// The secret that authenticates the journal; kept in a file of its own, apart from the data (R44).
#[derive(Clone)]
pub struct MacKey(Zeroizing<[u8; 32]>);

impl MacKey {
    /// Takes the 32 octets of the secret.
    #[must_use]
    pub fn new(octets: [u8; 32]) -> Self {
        Self(Zeroizing::new(octets))
    }

    fn over(&self, octets: &[u8]) -> Hmac<Sha256> {
        let mut mac =
            <Hmac<Sha256> as KeyInit>::new_from_slice(self.0.as_ref()).expect("HMAC takes a key of any length");
        mac.update(octets);
        mac
    }
}

impl core::fmt::Debug for MacKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("MacKey(..)")
    }
}

/// Why a commit did not happen. The old state still stands in every case but [`JournalError::Unknown`].
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The disk refused; the old state was put back in force.
    #[error("the state could not be written, the old one stands: {0}")]
    Refused(#[source] io::Error),
    /// The disk refused twice, so that nobody knows which state a boot will find. No further write is accepted.
    #[error("the state could not be written nor taken back: {0}")]
    Unknown(#[source] io::Error),
    /// An earlier [`JournalError::Unknown`]: open the journal again to learn what holds.
    #[error("the journal is closed after an earlier fault")]
    Closed,
    /// More than [`LARGEST_PAYLOAD`].
    #[error("the state is larger than {LARGEST_PAYLOAD} octets")]
    TooLarge,
}

/// What was found at boot.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// No slot exists.
    Nothing,
    /// The newest valid state.
    State(Vec<u8>),
    /// There are slots and none is valid: corrupted, or written under another secret (R44).
    Unreadable,
}

/// An open journal. One writer only.
pub struct Journal {
    disk: Arc<dyn Disk>,
    key: MacKey,
    generation: u64,
    newest: usize,
    exists: [bool; 2],
    closed: bool,
}

impl Journal {
    /// Reads both slots and takes the newest valid one. Writes nothing, so it may be repeated any number of times (R48).
    ///
    /// # Errors
    /// Only where a slot cannot be *read*; what is read but not valid is an answer, not an error.
    pub fn open(disk: Arc<dyn Disk>, key: MacKey) -> io::Result<(Self, Found)> {
        let mut best: Option<(u64, usize, Vec<u8>)> = None;
        let mut exists = [false; 2];
        for (slot, name) in SLOTS.iter().enumerate() {
            let Some(octets) = disk.read(name)? else { continue };
            exists[slot] = true;
            if let Some((generation, payload)) = read_slot(&key, &octets)
                && best.as_ref().is_none_or(|(newest, ..)| generation > *newest)
            {
                best = Some((generation, slot, payload));
            }
        }
        let (generation, newest, found) = match best {
            Some((generation, slot, payload)) => (generation, slot, Found::State(payload)),
            None if exists == [false, false] => (0, 1, Found::Nothing),
            None => (0, 1, Found::Unreadable),
        };
        Ok((Self { disk, key, generation, newest, exists, closed: false }, found))
    }

    /// The generation that is in force.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Makes `payload` the state in force, durably, or leaves the old one in force.
    ///
    /// # Errors
    /// See [`JournalError`].
    pub fn commit(&mut self, payload: &[u8]) -> Result<(), JournalError> {
        if self.closed {
            return Err(JournalError::Closed);
        }
        if payload.len() > LARGEST_PAYLOAD {
            return Err(JournalError::TooLarge);
        }
        let slot = 1 - self.newest;
        let generation = self.generation + 1;
        match self.put(slot, &write_slot(&self.key, generation, payload)) {
            Ok(()) => {
                self.generation = generation;
                self.newest = slot;
                Ok(())
            }
            Err(fault) => Err(self.take_back(slot, fault)),
        }
    }

    fn put(&mut self, slot: usize, octets: &[u8]) -> io::Result<()> {
        self.disk.write(SLOTS[slot], octets)?;
        self.disk.sync(SLOTS[slot])?;
        if !self.exists[slot] {
            self.disk.sync_folder()?;
            self.exists[slot] = true;
        }
        Ok(())
    }

    /// Makes sure that a boot finds the old state, by cutting the slot that failed to nothing. The next commit uses
    /// a generation above the failed one, in case the flash kept that one after all.
    fn take_back(&mut self, slot: usize, fault: io::Error) -> JournalError {
        self.generation += 1;
        let name = SLOTS[slot];
        let cut = self.disk.write(name, &[]).and_then(|()| self.disk.sync(name));
        match cut {
            Ok(()) => JournalError::Refused(fault),
            Err(second) => {
                self.closed = true;
                JournalError::Unknown(second)
            }
        }
    }
}

fn write_slot(key: &MacKey, generation: u64, payload: &[u8]) -> Vec<u8> {
    let mut octets = Vec::with_capacity(HEAD + payload.len() + MAC);
    octets.extend_from_slice(MAGIC);
    octets.extend_from_slice(&VERSION.to_le_bytes());
    octets.extend_from_slice(&generation.to_le_bytes());
    let length = u32::try_from(payload.len()).expect("checked against LARGEST_PAYLOAD");
    octets.extend_from_slice(&length.to_le_bytes());
    octets.extend_from_slice(payload);
    let mac = key.over(&octets).finalize().into_bytes();
    octets.extend_from_slice(&mac);
    octets
}

fn read_slot(key: &MacKey, octets: &[u8]) -> Option<(u64, Vec<u8>)> {
    let (body, mac) = octets.split_at_checked(octets.len().checked_sub(MAC)?)?;
    let (head, payload) = body.split_at_checked(HEAD)?;
    let length = u32::from_le_bytes(head[18..22].try_into().ok()?);
    let right = &head[..8] == MAGIC
        && usize::try_from(length).ok()? == payload.len()
        && key.over(body).verify_slice(mac).is_ok();
    let generation = u64::from_le_bytes(head[10..18].try_into().ok()?);
    if right && head[8..10] != VERSION.to_le_bytes() {
        let version = u16::from_le_bytes(head[8..10].try_into().ok()?);
        tracing::error!(version, ours = VERSION, "a state of another version is unreadable");
        return None;
    }
    right.then(|| (generation, payload.to_vec()))
}
