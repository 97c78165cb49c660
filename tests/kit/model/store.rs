//! The model's flash: what was written stays, all at once or not at all, and the power may go at any write.

use std::collections::BTreeMap;

use resetkit_core::{LedgerRecord, Record, SessionId, TransactionId};

use super::sheet::Sheet;

/// All that outlives a boot.
#[derive(Clone, Debug, Default)]
pub(super) struct Flash {
    /// The administrator's password. The model keeps it as it is: how it is hashed is the real device's story.
    pub(super) password: Option<String>,
    /// The address on file.
    pub(super) email: Option<String>,
    /// Whether a test code proved that the address works.
    pub(super) confirmed: bool,
    /// The sheet of recovery codes, of which one was typed back.
    pub(super) sheet: Option<Sheet>,
    /// Counters, buckets, boots.
    pub(super) ledger: Option<LedgerRecord>,
    /// Challenges that may still be answered, with the token of the browser that asked.
    pub(super) records: BTreeMap<SessionId, (Record, String)>,
    /// Passwords staged by `prepare`, not yet decided on.
    pub(super) staged: BTreeMap<u64, String>,
    /// The audit log, as words.
    pub(super) audit: Vec<String>,
}

/// The power is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PowerCut;

/// At which write the power goes, and whether that write still reaches the flash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CutAt {
    /// Counted from one.
    pub write: usize,
    /// True if the write itself was complete.
    pub kept: bool,
}

/// Flash with a count of its writes.
#[derive(Debug, Default)]
pub(super) struct Store {
    flash: Flash,
    writes: usize,
    cut: Option<CutAt>,
}

impl Store {
    pub(super) fn read(&self) -> &Flash {
        &self.flash
    }

    /// One atomic, durable write.
    pub(super) fn write(&mut self, change: impl FnOnce(&mut Flash)) -> Result<(), PowerCut> {
        self.writes += 1;
        let cut = self.cut.filter(|cut| cut.write == self.writes);
        if cut.is_none_or(|cut| cut.kept) {
            change(&mut self.flash);
        }
        if cut.is_some() { Err(PowerCut) } else { Ok(()) }
    }

    /// The power will go at this write, counted from now.
    pub(super) fn cut_at(&mut self, cut: CutAt) {
        self.cut = Some(CutAt { write: self.writes + cut.write, ..cut });
    }

    pub(super) fn writes(&self) -> usize {
        self.writes
    }

    pub(super) fn stage(&mut self, transaction: TransactionId, password: String) -> Result<(), PowerCut> {
        self.write(|flash| drop(flash.staged.insert(transaction.value(), password)))
    }
}
