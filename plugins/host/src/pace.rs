//! What time it is for a method: the daemon's clock, and never earlier than what the method was told last.
//!
//! The daemon stamps edges, connections and the start; the host stamps ticks. A tick that was older than the edge before it
//! would make a method wait for ever for a level to settle.

use resetkit_contract::MethodEvent;

use crate::handshake::since_boot_ms;

/// How far the daemon's clock is ahead of the kernel's. Zero, but where a test has moved it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Pace {
    ahead_ms: u64,
}

impl Pace {
    /// Milliseconds since boot, by the daemon's clock.
    pub(crate) fn now_ms(self) -> u64 {
        since_boot_ms().saturating_add(self.ahead_ms)
    }

    /// Learns from a stamp of the daemon's. A stamp that waited says too little, never too much.
    pub(crate) fn learn(&mut self, event: &MethodEvent) {
        if let Some(at_ms) = stamp(event) {
            self.ahead_ms = self.ahead_ms.max(at_ms.saturating_sub(since_boot_ms()));
        }
    }
}

fn stamp(event: &MethodEvent) -> Option<u64> {
    match event {
        MethodEvent::Start(info) => Some(info.at_ms),
        MethodEvent::Connected(connection) => Some(connection.at_ms),
        MethodEvent::Tick { at_ms }
        | MethodEvent::ConnectRefused { at_ms, .. }
        | MethodEvent::Readable { at_ms, .. }
        | MethodEvent::PressWatched { at_ms, .. }
        | MethodEvent::Edge { at_ms, .. }
        | MethodEvent::LineLost { at_ms } => Some(*at_ms),
        MethodEvent::Sealed(_)
        | MethodEvent::SealRefused { .. }
        | MethodEvent::Deliver(_)
        | MethodEvent::News(_)
        | MethodEvent::Action { .. }
        | MethodEvent::KeptReady { .. }
        | MethodEvent::Stop => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r88_no_tick_is_older_than_the_edge_that_was_told_before_it() {
        let mut pace = Pace::default();
        let (before, edge) = (pace.now_ms(), since_boot_ms() + 25_000);
        assert!(before < edge);
        pace.learn(&MethodEvent::Edge { pressed: false, at_ms: edge });
        assert!(pace.now_ms() >= edge);
        // What was stamped long ago takes nothing back.
        pace.learn(&MethodEvent::Edge { pressed: true, at_ms: 1 });
        assert!(pace.now_ms() >= edge);
    }
}
