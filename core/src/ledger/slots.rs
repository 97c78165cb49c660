//! Whether one more session may open on a lane. Lanes never share slots, so that the network cannot fill the
//! console's (R9).

use crate::{FailureKind, Lane, SessionId};
use core::time::Duration;

/// Sessions that may be open at once, a lane at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotRules {
    /// On the console; at least 2 (R9).
    pub console: u8,
    /// On the network; at most 4, 0 switches the lane off.
    pub network: u8,
}

impl Default for SlotRules {
    fn default() -> Self {
        Self { console: 2, network: 4 }
    }
}

/// A session that holds a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenSlot {
    /// The session.
    pub session: SessionId,
    /// Its lane.
    pub lane: Lane,
    /// When it opened, in powered time since boot.
    pub opened: Duration,
}

/// What becomes of a wish to open a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// Open it.
    Open,
    /// Open it in place of this one, which gets `Event::Superseded`.
    InPlaceOf(SessionId),
    /// Not now.
    Refused(FailureKind),
}

/// Decides on one more session on `lane` while `open` are there.
///
/// On the console the oldest session makes way: who walks away from the screen must not keep the owner from it, and
/// whoever stands there may cancel it anyway. On the network nobody makes way: a stranger could void the owner's
/// session by opening others. A press opens its reserved slot at once (R10).
#[must_use]
pub fn admit(rules: &SlotRules, lane: Lane, open: &[OpenSlot]) -> Admission {
    let here = || open.iter().filter(|slot| slot.lane == lane);
    let oldest = || here().min_by_key(|slot| slot.opened).map(|slot| slot.session);
    let allowed = match lane {
        Lane::Console => rules.console.max(2),
        Lane::Network => rules.network,
        Lane::Button => 1,
    };
    if here().count() < usize::from(allowed) {
        return Admission::Open;
    }
    match (lane, oldest()) {
        (Lane::Console | Lane::Button, Some(session)) => Admission::InPlaceOf(session),
        (Lane::Console | Lane::Button, None) => Admission::Open,
        (Lane::Network, _) => Admission::Refused(FailureKind::TooManySessions),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn slot(number: u8, lane: Lane) -> OpenSlot {
        let session = SessionId::from_octets([number; 16]);
        OpenSlot { session, lane, opened: Duration::from_secs(u64::from(number)) }
    }

    #[test]
    fn r9_a_full_network_lane_never_costs_the_console_a_slot() {
        let rules = SlotRules::default();
        let network: Vec<_> = (1..=4).map(|number| slot(number, Lane::Network)).collect();
        assert_eq!(admit(&rules, Lane::Network, &network), Admission::Refused(FailureKind::TooManySessions));
        assert_eq!(admit(&rules, Lane::Console, &network), Admission::Open);
        assert_eq!(admit(&rules, Lane::Button, &network), Admission::Open);
    }

    #[test]
    fn r8_a_thief_who_opened_every_console_slot_and_left_does_not_keep_the_owner_out() {
        let rules = SlotRules::default();
        let open = [slot(7, Lane::Console), slot(3, Lane::Console), slot(1, Lane::Network)];
        assert_eq!(admit(&rules, Lane::Console, &open), Admission::InPlaceOf(SessionId::from_octets([3; 16])));
    }

    #[test]
    fn r9_even_a_rule_of_no_console_slots_leaves_two() {
        let rules = SlotRules { console: 0, network: 0 };
        assert_eq!(admit(&rules, Lane::Console, &[slot(1, Lane::Console)]), Admission::Open);
        assert_eq!(admit(&rules, Lane::Network, &[]), Admission::Refused(FailureKind::TooManySessions));
    }
}
