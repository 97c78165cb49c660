//! Challenges: counter up durably, code drawn and sealed, verifier derived; and void again.

use std::sync::Arc;

use resetkit_core::{
    AccountName, Bound, Carriage, Challenge, CodeStyle, Counter, Event, Expected, Failure, KeptCode, KeptSheet, Lane,
    Purpose, Salt, SealForm, SessionId, Ticket, Verifier,
};

use crate::challenge::{Wish, draw, seal};
use crate::daemon::{Carried, Daemon, Return};
use crate::sheets::{self, KeptRow};
use crate::{facts, random};

/// What is to be issued.
#[derive(Clone, Copy)]
pub(super) struct Issue {
    pub(super) ticket: Ticket,
    pub(super) purpose: Purpose,
    pub(super) lane: Lane,
    pub(super) carriage: Carriage,
    pub(super) style: CodeStyle,
}

/// The order is the requirement: the counter is durable before anything with it exists (R32), the code is drawn here (R1).
pub(super) fn issue(daemon: &mut Daemon, id: SessionId, issue: Issue) -> Option<Event> {
    let ticket = issue.ticket;
    let issued = match issue.carriage {
        Carriage::Kept => sheet_of(daemon, id, issue).map(Some),
        Carriage::Sealed(_) | Carriage::Handed => draw_one(daemon, id, issue).map(|()| None),
    };
    issued.unwrap_or_else(|failure| Some(Event::ChallengeRefused(ticket, failure)))
}

/// The owner kept the codes: nothing is drawn, and what is typed is held against the whole sheet of the account (R87).
fn sheet_of(daemon: &mut Daemon, id: SessionId, issue: Issue) -> Result<Event, Failure> {
    use resetkit_core::FailureKind as F;
    let now = daemon.now();
    let view = daemon.lives.get(&id).and_then(|live| live.session.as_ref()).map(|session| session.view(now));
    let account = view.ok_or(F::SealFailed)?.account;
    let state = daemon.store.state();
    // An unknown account has the sheet of the first one, as it has its address: nothing tells whether it exists (R93).
    let named = facts::row_or_first(state, &account).and_then(|row| AccountName::parse(&row.name).ok());
    let sheet = named.and_then(|named| sheets::confirmed(&state.sheets, &named)).ok_or(F::NoRecoveryCodes)?;
    let kept = KeptSheet { number: sheet.number, codes: sheet.codes.iter().map(kept_code).collect() };
    let style = if sheet.digits { CodeStyle::KeptDigits } else { CodeStyle::KeptLetters };
    let salt = Salt(sheet.salt);
    let counter = raise(daemon, issue.lane)?;
    let live = daemon.lives.get_mut(&id).ok_or(F::SealFailed)?;
    live.carries(Carried { counter, url: String::new(), code: None });
    let challenge = Challenge { counter, purpose: issue.purpose, style, expected: Expected::Kept(kept), salt };
    Ok(Event::ChallengeIssued(issue.ticket, challenge))
}

fn kept_code(row: &KeptRow) -> KeptCode {
    KeptCode { verifier: Verifier::from_octets(row.verifier), used: row.used }
}

fn raise(daemon: &mut Daemon, lane: Lane) -> Result<Counter, Failure> {
    let (next, counter) = daemon.store.ledger().next_counter(lane, daemon.now())?;
    if !daemon.change(|_, ledger| *ledger = next) {
        return Err(resetkit_core::FailureKind::StoreFailed.into());
    }
    Ok(counter)
}

/// Draws a code, seals it where it travels sealed, and has its verifier derived off the loop.
fn draw_one(daemon: &mut Daemon, id: SessionId, issue: Issue) -> Result<(), Failure> {
    use resetkit_core::FailureKind as F;
    let live = daemon.lives.get(&id).ok_or(F::SealFailed)?;
    let (address, locale) = (live.address.stored.clone(), live.locale.clone());
    let ground = Arc::clone(&daemon.ground);
    let Issue { ticket, purpose, lane, carriage, style } = issue;
    // Whether it can be sealed at all is known before a number is spent on it.
    let seals = match carriage {
        Carriage::Sealed(SealForm::Unlock) => ground.support.is_some().then_some(()).ok_or(F::NoSupportKeys),
        Carriage::Sealed(_) => ground.relay.is_some().then_some(()).ok_or(F::RelayNotSetUp),
        Carriage::Handed | Carriage::Kept => Ok(()),
    };
    seals?;
    let counter = raise(daemon, lane)?;
    let (code, url) = match carriage {
        Carriage::Sealed(form) => {
            let wish = Wish { counter, purpose, lane, form, style, locale: &locale, address: address.as_deref() };
            let sealed = seal(&ground, wish)?;
            (sealed.code, sealed.url)
        }
        Carriage::Handed | Carriage::Kept => (draw(style), String::new()),
    };
    daemon.slow.start_for_session(move || {
        let salt = random::octets();
        let stretched = ground.hasher.stretch_code(code.octets().expose(), &salt);
        let verifier = ground.identity.verifier(&stretched, purpose, Bound::Counter(counter));
        let expected = Expected::Drawn(Verifier::from_octets(verifier));
        let challenge = Challenge { counter, purpose, style, expected, salt: Salt(salt) };
        // A sealed code is in nobody's hands from here on; one to be handed over waits in memory until its challenge is durable.
        let code = Some(code).filter(|_| carriage == Carriage::Handed);
        Return::Made(id, Carried { counter, url, code }, Event::ChallengeIssued(ticket, challenge))
    });
    Ok(())
}

/// These codes are dead for good; what is kept of them goes.
pub(super) fn void(daemon: &mut Daemon, counters: &[Counter]) -> Option<Event> {
    for live in daemon.lives.values_mut() {
        live.carried.retain(|carried| !counters.contains(&carried.counter));
    }
    let kept = &daemon.store.state().sessions;
    if kept.iter().any(|row| counters.contains(&row.record.counter())) {
        // A failure is no harm to security: what a boot would find again is charged, and shown as pending.
        daemon.change(|state, _| state.sessions.retain(|row| !counters.contains(&row.record.counter())));
    }
    None
}
