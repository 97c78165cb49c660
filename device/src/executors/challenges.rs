//! Challenges: counter up durably, code drawn and sealed, verifier derived; and void again.

use std::sync::Arc;

use resetkit_core::{
    Carriage, Challenge, CodeStyle, Counter, Event, Failure, Lane, Purpose, Salt, SessionId, Ticket, Verifier,
};

use crate::challenge::{Wish, draw, seal};
use crate::daemon::{Carried, Daemon, Return};
use crate::random;

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
    match seal_one(daemon, id, issue) {
        Ok(job) => {
            daemon.slow.start_for_session(job);
            None
        }
        Err(failure) => Some(Event::ChallengeRefused(issue.ticket, failure)),
    }
}

fn seal_one(
    daemon: &mut Daemon,
    id: SessionId,
    issue: Issue,
) -> Result<impl FnOnce() -> Return + Send + use<>, Failure> {
    use resetkit_core::FailureKind as F;
    let live = daemon.lives.get(&id).ok_or(F::SealFailed)?;
    let (address, locale) = (live.address.stored.clone(), live.locale.clone());
    let relay = match issue.carriage {
        Carriage::Sealed(_) => Some(daemon.ground.relay.clone().ok_or(F::RelayNotSetUp)?),
        Carriage::Handed => None,
    };
    let (next, counter) = daemon.store.ledger().next_counter(issue.lane, daemon.now())?;
    if !daemon.change(|_, ledger| *ledger = next) {
        return Err(F::StoreFailed.into());
    }
    let Issue { ticket, purpose, lane, carriage, style } = issue;
    let (code, url) = match (carriage, &relay) {
        (Carriage::Sealed(form), Some(relay)) => {
            let wish = Wish { counter, purpose, lane, form, style, locale: &locale, address: address.as_deref() };
            let sealed = seal(&daemon.ground.identity, relay, wish)?;
            (sealed.code, sealed.url)
        }
        (Carriage::Sealed(_), None) => return Err(F::RelayNotSetUp.into()),
        (Carriage::Handed, _) => (draw(style), String::new()),
    };
    let ground = Arc::clone(&daemon.ground);
    Ok(move || {
        let salt = random::octets();
        let stretched = ground.hasher.stretch_code(code.octets().expose(), &salt);
        let verifier = Verifier::from_octets(ground.identity.verifier(&stretched, purpose, counter));
        let challenge = Challenge { counter, purpose, style, verifier, salt: Salt(salt) };
        // A sealed code is in nobody's hands from here on; one to be handed over waits in memory until its challenge is durable.
        let code = Some(code).filter(|_| carriage == Carriage::Handed);
        Return::Made(id, Carried { counter, url, code }, Event::ChallengeIssued(ticket, challenge))
    })
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
