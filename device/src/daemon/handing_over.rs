//! Handing the device over to a new owner: everything of the first one goes.
//!
//! ```text
//!   log-in + current password ─► one write: factory state, `leaving` ─► second slot, audit log ─► `leaving` taken off
//!                                 (the decision)                        (again after a cut, at the next boot)
//! ```
//!
//! | goes | stays |
//! |---|---|
//! | accounts and passwords, addresses, recovery codes, open sessions, notices, banner, use of methods, count of resets, audit log | key and handle (the maker's), counters and bucket levels (R12), brand floor, certificate |
//!
//! Both slots of the journal are written over, so that none keeps an older state. What flash memory keeps of a block that it has
//! put aside, no program can reach; there are salted hashes and addresses in it, no password and no code. The relay forgets
//! what it knows of the first owner when the maker enrols the device with the next epoch (`docs/recovery-codes.md`).

use resetkit_core::{FailureKind, Lane, Ledger, LedgerRecord, Secret};
use resetkit_protocol::{DeviceStatus, FeedRow, LabelTail};

use super::Daemon;
use super::ask::{Reply, Token};
use super::entry::Entry;
use super::proving::{Proof, check, prove};
use crate::audit::Entry as Line;
use crate::problem::{Problem, Slip};
use crate::state::State;

/// A hand-over whose password was compared.
pub(crate) struct Leave {
    proof: Proof,
    lane: Lane,
    reply: Reply<String>,
}

/// Asks for the password once more, off the loop.
pub(crate) fn hand_over(daemon: &mut Daemon, login: Token, password: Secret<String>, lane: Lane, reply: Reply<String>) {
    // A firmware that keeps the accounts itself has no verb for this, and half an erasure is none.
    let keeps = daemon.ground.accounts.keeps_its_own();
    let account = match check(daemon, &login, &password) {
        Ok(_) if keeps => return drop(reply.send(Err(Slip::FirmwareKeepsAccounts.into()))),
        Ok(account) => account,
        Err(problem) => return drop(reply.send(Err(problem))),
    };
    prove(daemon, login, account, password, lane, move |proof| Entry::HandOver(Leave { proof, lane, reply }));
}

/// The password was compared.
pub(crate) fn finish(daemon: &mut Daemon, leave: Leave) {
    let Leave { proof, lane, reply } = leave;
    let outcome = proof.holds(daemon).and_then(|()| leave_it(daemon, lane));
    drop(reply.send(outcome));
}

fn leave_it(daemon: &mut Daemon, lane: Lane) -> Result<String, Problem> {
    let allowances = daemon.ground.policy.allowances;
    let now = daemon.now();
    let written = daemon.change(|state, ledger| {
        *state = State {
            leaving: true,
            hand_overs: state.hand_overs.saturating_add(1),
            brand_floor: state.brand_floor,
            powered_seconds: state.powered_seconds,
            ..State::default()
        };
        // What a code or a try costs stays paid for (R12); how often and how the first owner came back in is his.
        let record = LedgerRecord { resets: 0, last_reset: None, ..ledger.record(now) };
        *ledger = Ledger::restore(record, allowances);
    });
    if !written {
        return Err(FailureKind::StoreFailed.into());
    }
    daemon.logins.end_everybodys();
    daemon.shown.clear();
    daemon.supersede_others(None);
    daemon.drain();
    // Their last screens say where mail went.
    daemon.lives.clear();
    daemon.care.begin_anew();
    let gone = roll_forward(daemon);
    daemon.log(&Line { what: "handed_over", request: None, lane: Some(lane.as_str()), detail: None });
    if gone { Ok(enrolment(daemon)) } else { Err(Slip::HandOverUnfinished.into()) }
}

/// One row of a feed, with the epoch that begins with the hand-over: counters begin anew there, and address and nickname go.
fn enrolment(daemon: &Daemon) -> String {
    let ground = &daemon.ground;
    let label = LabelTail::parse(&ground.config.site.label_last4).or_else(|_| LabelTail::parse("0000"));
    let (Some(relay), Ok(label)) = (&ground.relay, label) else { return String::new() };
    let row = FeedRow {
        handle: ground.identity.handle(),
        public_key: ground.identity.device().public(),
        brand: relay.brand.clone(),
        model: ground.config.profile.model.clone(),
        label,
        status: DeviceStatus::Active,
        epoch: daemon.store.state().relay_epoch(),
        nickname: None,
    };
    row.to_line()
}

/// Finishes what was decided, also after a boot: the older slot and the log go, and only then the mark.
/// `false`: something of the first owner may be left until a start that can write.
pub(crate) fn roll_forward(daemon: &mut Daemon) -> bool {
    if !daemon.store.state().leaving {
        return true;
    }
    // This write goes over the slot that still holds the first owner's last state.
    let over = daemon.change(|_, _| {});
    let gone = daemon.audit.begin_anew();
    let done = over && gone && daemon.change(|state, _| state.leaving = false);
    if !done {
        tracing::error!("something of the first owner may be left; the next start tries again");
    }
    done
}
