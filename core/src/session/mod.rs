//! The session: one owner's attempt as a state machine.
//!
//! ```text
//!                    OK, one harmless way          asks to seal         issued            durable
//!  open ─▶ Notice ────────────────────▶ Preparing ─────────────▶ Sealing ─────▶ Storing ──────────┐
//!            │                            ▲   ▲ │                   │              │              │
//!            │ bad news, or a loss to say │   │ └─────────┬─────────┴──────────────┘              │
//!            ▼             method chosen  │   │           ▼ failure: the table (route)            │
//!   ┌──▶ Choosing ────────────────────────┘   │   once more · code still out · another way        │
//!   │        │ ▲  └── its code still out ─────┼─────────────────────────────────────────────┐     │
//!   │        │ │                              │ new code (asked, or after the fifth wrong)  ▼     ▼
//!   │        │ └──────── another way ─────────┴───────────────────────────────────────── EnterCode ◀── Resuming ◀─ resume
//!   │        │                                                                       slip: │  ▲ ▲          (after a boot)
//!   │        │ proof of this method kept,                                            free  │  │ │ wrong, not charged,
//!   │        │ chosen by the owner                                             code typed  ▼  │ │ not derived
//!   │        │                                    right (judge)           durable       Charging┘ │
//!   │        └───────────▶ ChoosePassword ◀───────────────── Deriving ◀───────────────────┘       │
//!   │  another way: the      │    ▲ ▲  ▲                       │   └──────────────────────────────┘
//!   └─ proofs are laid down ─┘    │ │  └─ refused ─┐           │ right, purpose: confirm address
//!                     typed │     │ │              │           ▼
//!                           └▶ PreparingPassword ──┘     ConfirmingAddress ──▶ Closed (address confirmed)
//!                                  │ staged  └ failed
//!                                  ▼
//!                              Committing ──▶ Closed (done)     surely not written ──▶ ChoosePassword
//!
//!  Choosing ──a loss to say──▶ ConfirmLoss ──OK──▶ Preparing.   A code handed over and not accepted is void ─▶ the table.
//!  Preparing ──asks for the button──▶ Raising ──number──▶ HoldButton ──held──▶ ChoosePassword, where the profile says so:
//!                                        └────────────────────┴─ the table       Erasing ──▶ Closed (factory state)
//!
//!  Preparing ──asks for a kept code──▶ Sealing, with the owner's sheet in place of a drawn code; all else is the same.
//!
//!  Nothing left ─▶ DeadEnd (support contact).   Cancel at any step but the three that write the decision,
//!  superseded, life over, proof over, idle ─▶ Closed.   A session starts denied and ends denied but for `Grant`.
//! ```
//!
//! Every state answers every event by name; what means nothing is noted and changes nothing.

mod effect;
mod entry;
mod event;
mod explore;
mod frame;
mod grant;
mod hold;
mod life;
mod record;
mod states;
mod turn;
mod view;

pub use effect::{AuditEntry, AuditKind, Effect, Effects, MethodNews, Note, OwnerNotice};
pub use event::{Challenge, Event, EventName, PasswordFlaw};
pub use explore::{Explored, See};
pub use grant::{AddressGrant, EraseGrant, Grant};
pub use record::{Record, Resumable};
pub use view::{CaseFacts, FurtherProof, HoldView, SessionView, SheetView, Step};

use crate::{
    AccountName, Carries, Deadline, Expected, FailureKind, Lane, Now, Purpose, Selection, SessionId, SessionRules,
    Ticket, challenge_purpose, time::minutes,
};
use alloc::boxed::Box;
use frame::{Frame, Open, Told};
use life::Life;
use states::{Notice, Resuming, State};
use turn::Turn;

/// Something that waits for the answer to one question.
trait Ticketed {
    fn ticket(&self) -> Ticket;
}

/// What a session is opened with.
#[derive(Debug, Clone)]
pub struct Opening {
    /// 16 fresh random octets.
    pub id: SessionId,
    /// Where the owner stands.
    pub lane: Lane,
    /// What it is for. `Purpose::Notice` opens no session: no code is ever asked for it.
    pub purpose: Purpose,
    /// Whose password, or whose address; bound for good (F19).
    pub account: AccountName,
    /// What would work; frozen for the session.
    pub selection: Selection,
    /// What the policy sets.
    pub rules: SessionRules,
}

/// One owner's attempt.
#[derive(Debug)]
#[must_use = "a session is consumed by a step and must be kept"]
pub struct Session {
    frame: Box<Frame>,
    state: State,
}

impl Session {
    /// Opens a session at the notice, or at the support contact if nothing would work.
    pub fn open(opening: Opening, now: Now) -> (Self, Effects) {
        let Opening { id, lane, purpose, account, selection, rules } = opening;
        let mut frame = Box::new(Frame::new((id, lane, purpose, account), rules, selection));
        let mut turn = Turn::new(&mut frame, now, EventName::Acknowledged);
        turn.audit(AuditKind::Opened);
        let state = match purpose {
            Purpose::Notice => turn.end(FailureKind::MethodWrongPurpose, None),
            Purpose::ConfirmAddress | Purpose::Reset | Purpose::Unlock => first_state(&mut turn),
        };
        let effects = turn.into_effects();
        (Self { frame, state }, effects)
    }

    /// Goes on with a challenge after a boot that its record has paid for. Never lands beyond code entry: what was
    /// proved before the boot is not in the record (§5.8). The record is written again before anything is shown.
    pub fn resume(resumable: Resumable, rules: SessionRules, selection: Selection, now: Now) -> (Self, Effects) {
        let record = resumable.into_record();
        let bound = (record.session, record.lane, record.purpose, record.account.clone());
        let mut frame = Box::new(Frame::new(bound, rules, selection));
        frame.tries_left = record.session_tries_left.min(frame.rules.session_tries);
        frame.codes_left = record.challenges_left.min(frame.rules.challenges_per_session);
        frame.is_newer(record.challenge.counter);
        let mut turn = Turn::new(&mut frame, now, EventName::Acknowledged);
        let rules = turn.frame.rules;
        let told_by = record.method.clone();
        let open = Open {
            life: Life::go_on(&record, &rules, turn.now),
            tries_left: record.tries_left.min(rules.tries).min(turn.frame.tries_left),
            method: record.method,
            kind: record.proof,
            told: match (&record.challenge.expected, turn.frame.carries(&told_by)) {
                (Expected::Kept(_), _) => Told::Kept,
                (Expected::Drawn(_), Some(Carries::Handed)) => Told::Delivered,
                (Expected::Drawn(_), Some(Carries::Sealed | Carries::Presence | Carries::Kept) | None) => Told::Sealed,
            },
            challenge: record.challenge,
        };
        let state = if !open.is_alive(turn.now) {
            turn.end(FailureKind::CodeExpired, Some(open))
        } else if record.purpose == Purpose::Notice
            || open.challenge.purpose != challenge_purpose(record.purpose, open.kind)
        {
            turn.end(FailureKind::StateUnreadable, Some(open))
        } else {
            let ticket = turn.frame.ticket();
            let record = turn.frame.record(&open, turn.now);
            turn.effect(Effect::Persist { ticket, record });
            Resuming { open, ticket, until: turn.answer_by() }.into()
        };
        let effects = turn.into_effects();
        (Self { frame, state }, effects)
    }

    /// Takes one event: the session is consumed, the next one comes back with all its effects.
    pub fn step(self, now: Now, event: Event) -> (Self, Effects) {
        let Self { mut frame, state } = self;
        let mut turn = Turn::new(&mut frame, now, event.name());
        let state = state.on(event, &mut turn);
        let effects = turn.into_effects();
        (Self { frame, state }, effects)
    }

    /// What a screen may know. Holds no secret.
    #[must_use]
    pub fn view(&self, now: Now) -> SessionView {
        view::of(&self.frame, &self.state, now)
    }

    /// When the session wants to be woken with [`Event::DeadlineReached`], and why. To be asked after every step.
    #[must_use]
    pub fn deadline(&self) -> Option<Deadline> {
        self.state.deadline(&self.frame)
    }

    /// What the journal keeps; `Some` from the moment a challenge was made until it is void.
    #[must_use]
    pub fn record(&self, now: Now) -> Option<Record> {
        self.state.open().map(|open| self.frame.record(open, now.since_boot))
    }

    /// The session.
    #[must_use]
    pub const fn id(&self) -> SessionId {
        self.frame.id
    }

    /// The step that a screen shows.
    #[must_use]
    pub const fn step_shown(&self) -> Step {
        self.state.step()
    }

    /// Whether it is over: its slot is free, and no event changes anything any more.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self.state, State::Closed(_))
    }
}

fn first_state(turn: &mut Turn) -> State {
    if turn.frame.ways(None).next().is_none() {
        turn.frame.trouble.clone_from(&turn.frame.selection.headline);
        let alone = !turn.frame.selection.offered.is_empty();
        let kind = if alone { FailureKind::SecondProofMissing } else { FailureKind::NothingLeft };
        let kind = turn.frame.trouble.as_ref().map_or(kind, |failure| failure.kind);
        return turn.dead_end(kind, None);
    }
    let idle_at = turn.now + minutes(turn.frame.rules.idle_minutes);
    Notice { idle_at }.into()
}
