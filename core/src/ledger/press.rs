//! Who has the button: at most one session of the device awaits a hold, so that one hold never serves two.

use crate::{Lane, SessionId};

/// The desk at which sessions ask for the button. The daemon asks before it raises a number for a press
/// (`RaiseCounter`), and leaves for a session on `LeaveButton` and when the session is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PressDesk {
    holder: Option<(SessionId, Lane)>,
}

/// What becomes of a wish for the button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PressTurn {
    /// It is this session's.
    Yours,
    /// It is this session's, and the session that had it is told with `Event::ButtonTaken`.
    TakenFrom(SessionId),
    /// Another session has it: `FailureKind::ButtonBusy`.
    Busy,
}

impl PressDesk {
    /// Nobody has it.
    #[must_use]
    pub const fn new() -> Self {
        Self { holder: None }
    }

    /// The session that has it.
    #[must_use]
    pub fn holder(&self) -> Option<SessionId> {
        self.holder.map(|(session, _)| session)
    }

    /// A session asks. The console wins over the network: whoever can hold the button stands at the device, and nobody
    /// from afar may keep it from him or wait for him to press.
    pub fn ask(&mut self, session: SessionId, lane: Lane) -> PressTurn {
        let turn = match self.holder {
            None => PressTurn::Yours,
            Some((holder, _)) if holder == session => PressTurn::Yours,
            Some((holder, Lane::Network)) => match lane {
                Lane::Console | Lane::Button => PressTurn::TakenFrom(holder),
                Lane::Network => PressTurn::Busy,
            },
            Some((_, Lane::Console | Lane::Button)) => PressTurn::Busy,
        };
        match turn {
            PressTurn::Yours | PressTurn::TakenFrom(_) => self.holder = Some((session, lane)),
            PressTurn::Busy => {}
        }
        turn
    }

    /// A session leaves, or is over. Nothing happens if it does not have it.
    pub fn leave(&mut self, session: SessionId) {
        self.holder = self.holder.filter(|(holder, _)| *holder != session);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn session(number: u8) -> SessionId {
        SessionId::from_octets([number; 16])
    }

    #[test]
    fn r88_one_hold_serves_one_session_and_the_console_wins_over_the_network() {
        let mut desk = PressDesk::new();
        assert_eq!(desk.ask(session(1), Lane::Network), PressTurn::Yours);
        assert_eq!(desk.ask(session(2), Lane::Network), PressTurn::Busy);
        assert_eq!(desk.ask(session(1), Lane::Network), PressTurn::Yours, "asking again is no second session");
        assert_eq!(desk.ask(session(3), Lane::Console), PressTurn::TakenFrom(session(1)));
        assert_eq!(desk.ask(session(4), Lane::Console), PressTurn::Busy, "who came first at the console keeps it");
        assert_eq!(desk.ask(session(1), Lane::Network), PressTurn::Busy);
        desk.leave(session(1));
        assert_eq!(desk.holder(), Some(session(3)), "only its own session gives it back");
        desk.leave(session(3));
        assert_eq!(desk.ask(session(2), Lane::Network), PressTurn::Yours);
    }
}
