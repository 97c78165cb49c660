//! The model's power and time.

use std::collections::BTreeMap;
use std::time::Duration;

use resetkit_core::{Event, Ledger, Session};

use super::device::{ModelDevice, allowances, empty_memory};
use super::sheet::Sheet;

impl ModelDevice {
    /// Power comes back: memory is gone, every record pays for the boot before anything of it is shown.
    pub(super) fn boot(&mut self) {
        let flash = self.store.read().clone();
        let ledger = flash
            .ledger
            .map_or_else(|| Ledger::first(allowances()), |record| Ledger::restore(record, allowances()).charge_boot());
        self.memory = empty_memory(ledger);
        let kept = self.memory.ledger.record(self.now());
        let rules = self.rules();
        let mut paid = Vec::new();
        for (id, (record, token)) in flash.records {
            let Some(record) = Sheet::fill_in(flash.sheet.as_ref(), record) else { continue };
            if let Ok(resumable) = record.charge_boot(&rules) {
                paid.push((id, resumable, token));
            }
        }
        let records: BTreeMap<_, _> =
            paid.iter().map(|(id, resumable, token)| (*id, (resumable.record().clone(), token.clone()))).collect();
        let written = self.store.write(|flash| {
            flash.ledger = Some(kept);
            flash.records = records;
            flash.staged.clear();
        });
        if written.is_err() {
            return self.boot();
        }
        for (id, resumable, token) in paid {
            let (lane, purpose) = (resumable.record().lane, resumable.record().purpose);
            let selection = self.selection(purpose, lane);
            let (session, effects) = Session::resume(resumable, rules, selection, self.now());
            self.sit_down(id, session, token, lane);
            self.carry_out(id, effects);
        }
    }

    /// Powered time passes, and every deadline in it is met at its moment.
    pub(super) fn pass(&mut self, span: Duration) {
        let end = self.memory.since_boot + span;
        loop {
            let due = self
                .memory
                .seats
                .iter()
                .filter_map(|(id, seat)| seat.session.deadline().map(|deadline| (deadline.at, *id, deadline.why)))
                .min_by_key(|(at, id, _)| (*at, *id));
            match due {
                Some((at, id, why)) if at <= end => {
                    self.memory.since_boot = self.memory.since_boot.max(at);
                    self.step(id, Event::DeadlineReached(why));
                }
                Some(_) | None => break,
            }
        }
        self.memory.since_boot = end;
    }
}
