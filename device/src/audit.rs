//! The audit log: one JSON object a line, each line chained to the one before it by a hash (R92).
//!
//! ```text
//! {"n":17,"boot_s":420,"wall":null,"what":"code_wrong","request":"0042","lane":"console","chain":"<64 hex digits>"}
//! chain = SHA-256( chain of the line before · this line up to and without its `,"chain"` )
//! ```
//!
//! A file that has grown to 512 KiB is put aside as `audit.log.1`; the new one begins with the hash it goes on from.
//! No secret, address or account's password comes in: the fields are closed types. It survives every reset. Cutting lines off
//! the *end* is not visible from the file alone; the daemon therefore keeps count and last hash in its journal.
//! A log that cannot be written never stops a recovery (R45): the fault is counted and told at the next line.

use std::io::{self, BufRead};
use std::sync::Arc;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::disk::{Disk, write_whole};

/// Name of the file in the state folder.
pub const FILE: &str = "audit.log";
/// The file before it; together they keep about the last 4,000 events.
pub const OLD_FILE: &str = "audit.log.1";
/// First line of a file that goes on where another was put aside; its detail is the hash of the line before.
const CARRIED_ON: &str = "carried_on";
/// Length at which a file is put aside, in octets.
const LONGEST_FILE: usize = 512 * 1024;
/// Longest line that [`verify`] reads, in octets.
const LONGEST_LINE: usize = 1024;

/// Where the chain stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChainEnd {
    /// Lines so far.
    pub lines: u64,
    /// Hash of the last line.
    pub hash: [u8; 32],
}

/// What a line says. All of it may be read by a support agent.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// What happened, in the words of the core's audit entries: `reset_started`, `code_wrong`.
    pub what: &'static str,
    /// Number of the request, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// Lane on which it happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lane: Option<&'static str>,
    /// Stable error code or id of the method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Entry {
    /// An entry without details.
    #[must_use]
    pub fn of(what: &'static str) -> Self {
        Self { what, request: None, lane: None, detail: None }
    }
}

#[derive(Serialize)]
struct Line<'a> {
    n: u64,
    boot_s: u64,
    wall: Option<u64>,
    #[serde(skip_serializing_if = "is_zero")]
    lost: u64,
    #[serde(flatten)]
    entry: &'a Entry,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// The writer.
pub struct AuditLog {
    disk: Arc<dyn Disk>,
    end: ChainEnd,
    length: usize,
    lost: u64,
    ragged: bool,
}

impl AuditLog {
    /// Follows what is there and goes on at its end. A torn last line is cut off; a log that is not what was written
    /// is put aside as `audit.log.1` and said in the first line of the new one. Never fails: see the head of this module.
    #[must_use]
    pub fn open(disk: Arc<dyn Disk>) -> Self {
        let mut log = Self { disk, end: ChainEnd::default(), length: 0, lost: 0, ragged: false };
        let found = match log.disk.read(FILE) {
            Ok(found) => found.unwrap_or_default(),
            Err(fault) => {
                log.lose(&fault);
                return log;
            }
        };
        match verify(found.as_slice()) {
            Ok(end) => {
                log.end = end;
                log.length = found.iter().rposition(|&c| c == b'\n').map_or(0, |at| at + 1);
                if log.length < found.len() {
                    let kept = write_whole(log.disk.as_ref(), FILE, &found[..log.length]);
                    kept.unwrap_or_else(|fault| log.lose(&fault));
                }
            }
            Err(AuditError::Broken(line)) => {
                log.put_aside();
                log.add(0, None, &Entry { detail: Some(line.to_string()), ..Entry::of("audit_log_broken") });
            }
            Err(AuditError::Unreadable(fault)) => log.lose(&fault),
        }
        log
    }

    /// Adds one line and makes it durable, `since_boot` in seconds, `wall` in seconds since 1970. A fault is counted, not returned.
    pub fn add(&mut self, since_boot: u64, wall: Option<u64>, entry: &Entry) {
        if self.length > LONGEST_FILE {
            let before = hex(&self.end.hash);
            self.put_aside();
            self.add_line(since_boot, wall, &Entry { detail: Some(before), ..Entry::of(CARRIED_ON) });
        }
        self.add_line(since_boot, wall, entry);
    }

    fn add_line(&mut self, since_boot: u64, wall: Option<u64>, entry: &Entry) {
        let line = Line { n: self.end.lines + 1, boot_s: since_boot, wall, lost: self.lost, entry };
        let mut text = serde_json::to_string(&line).expect("plain fields serialise");
        text.pop();
        let hash = link(&self.end.hash, text.as_bytes());
        let text = format!("{text},\"chain\":\"{}\"}}\n", hex(&hash));
        match self.put(text.as_bytes()) {
            Ok(()) => {
                self.ragged = false;
                self.end = ChainEnd { lines: self.end.lines + 1, hash };
                self.length += text.len();
                self.lost = 0;
            }
            Err(fault) => {
                self.ragged = true;
                self.lose(&fault);
            }
        }
    }

    /// Adds a line; where the one before it may have been added in part, cuts that off first.
    fn put(&self, line: &[u8]) -> io::Result<()> {
        if self.ragged {
            let mut whole = self.disk.read(FILE)?.unwrap_or_default();
            whole.truncate(self.length);
            write_whole(self.disk.as_ref(), FILE, &whole)?;
        }
        self.disk.append(FILE, line)?;
        self.disk.sync(FILE)
    }

    fn put_aside(&mut self) {
        let moved = self.disk.rename(FILE, OLD_FILE).and_then(|()| self.disk.sync_folder());
        moved.unwrap_or_else(|fault| self.lose(&fault));
        self.length = 0;
    }

    /// Forgets all that was written: the device has a new owner. `false`: something of it may be left.
    pub fn begin_anew(&mut self) -> bool {
        let gone = [FILE, OLD_FILE].into_iter().try_for_each(|name| match self.disk.read(name)? {
            Some(_) => self.disk.write(name, b"").and_then(|()| self.disk.sync(name)),
            None => Ok(()),
        });
        (self.end, self.length, self.lost, self.ragged) = (ChainEnd::default(), 0, 0, false);
        gone.is_ok()
    }

    fn lose(&mut self, fault: &io::Error) {
        self.lost += 1;
        tracing::warn!(%fault, "a line of the audit log was lost");
    }

    /// Where the chain stands now.
    #[must_use]
    pub fn end(&self) -> &ChainEnd {
        &self.end
    }
}

/// Where and why a log is not what was written.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The first line that does not follow from the one before it, counted from 1.
    #[error("line {0} of the audit log was changed, added or removed")]
    Broken(u64),
    /// The log cannot be read.
    #[error("the audit log cannot be read: {0}")]
    Unreadable(#[from] io::Error),
}

/// Follows the chain from the first line, or from the hash told by a first line `carried_on`. A torn last line (no line feed: the power was cut) is not counted.
///
/// # Errors
/// See [`AuditError`].
pub fn verify(log: impl BufRead) -> Result<ChainEnd, AuditError> {
    let mut log = log;
    let mut end = ChainEnd::default();
    let mut line = Vec::new();
    loop {
        line.clear();
        io::Read::take(&mut log, LONGEST_LINE as u64 + 1).read_until(b'\n', &mut line)?;
        if line.is_empty() || (line.last() != Some(&b'\n') && line.len() <= LONGEST_LINE) {
            return Ok(end);
        }
        let broken = || AuditError::Broken(end.lines + 1);
        let (text, told) = split_line(&line).ok_or_else(broken)?;
        if end == ChainEnd::default()
            && let Some(before) = carried_on(text)
        {
            end = before;
        }
        let broken = || AuditError::Broken(end.lines + 1);
        let hash = link(&end.hash, text);
        let numbered = text.starts_with(format!("{{\"n\":{},", end.lines + 1).as_bytes());
        if !numbered || hex(&hash).as_bytes() != told {
            return Err(broken());
        }
        end = ChainEnd { lines: end.lines + 1, hash };
    }
}

/// Cuts `…,"chain":"<64>"}\n` into the text that is hashed and the hash that is told.
fn split_line(line: &[u8]) -> Option<(&[u8], &[u8])> {
    const BEFORE: &[u8] = b",\"chain\":\"";
    const AFTER: &[u8] = b"\"}\n";
    let rest = line.strip_suffix(AFTER)?;
    let (rest, told) = rest.split_at_checked(rest.len().checked_sub(64)?)?;
    Some((rest.strip_suffix(BEFORE)?, told))
}

/// What a first line says of the file before it.
fn carried_on(text: &[u8]) -> Option<ChainEnd> {
    #[derive(serde::Deserialize)]
    struct First {
        n: u64,
        what: String,
        detail: String,
    }
    let first: First = serde_json::from_slice(&[text, b"}"].concat()).ok()?;
    let hash = data_encoding::HEXLOWER.decode(first.detail.as_bytes()).ok()?.try_into().ok()?;
    (first.what == CARRIED_ON).then_some(ChainEnd { lines: first.n.checked_sub(1)?, hash })
}

fn link(before: &[u8; 32], text: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(before).chain_update(text).finalize().into()
}

fn hex(octets: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(octets)
}
