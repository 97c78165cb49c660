//! The reset button as the loop holds it: its level, who waits for a hold, and what a press gives the console.

use std::time::Duration;

use resetkit_core::{Counter, Event, FailureKind, Lane, PressDesk, PressTurn, SessionId, Ticket};
use resetkit_host::MethodEvent;

use super::Daemon;
use crate::doctor::ButtonSeen;
use crate::executors;
use crate::lines::Signal;

/// A press shorter than this is a bounce and gives nothing (R10).
const BOUNCE: Duration = Duration::from_millis(30);

/// The button.
#[derive(Default)]
pub(crate) struct Button {
    desk: PressDesk,
    /// The session and its method's run that get every edge.
    watcher: Option<(SessionId, Ticket)>,
    /// `None`: not looked at yet, or the line is lost.
    level: Option<bool>,
    lost: bool,
    /// Since when it is down, if it was seen going down.
    down_since: Option<Duration>,
    /// When it was last seen going up after a press.
    pressed_at: Option<Duration>,
}

impl Button {
    /// Whether the line can be read, as far as is known.
    pub(crate) fn is_there(&self) -> bool {
        !self.lost
    }

    /// Whether it is pressed right now. A line that nobody has read yet counts as pressed: it has to be seen released before
    /// a hold begins, for nobody saw it go down (R88).
    pub(crate) fn is_pressed(&self) -> bool {
        self.level.unwrap_or(true)
    }

    /// What the doctor sees of it: a press counts for as long as `lately`, and more than two minutes down is no hold any more.
    pub(crate) fn seen(&self, now: Duration, lately: Duration) -> ButtonSeen {
        const LONGEST_HOLD: Duration = Duration::from_secs(120);
        let within = |at: Option<Duration>, span| at.is_some_and(|at| now.saturating_sub(at) <= span);
        if self.lost {
            ButtonSeen::Lost
        } else if self.down_since.is_some() && !within(self.down_since, LONGEST_HOLD) {
            ButtonSeen::Stuck
        } else if within(self.pressed_at, lately) {
            ButtonSeen::Pressed
        } else {
            ButtonSeen::Waiting
        }
    }

    /// The session is over, or does not wait any more.
    pub(crate) fn leave(&mut self, id: SessionId) {
        self.desk.leave(id);
        self.watcher.take_if(|(watcher, _)| *watcher == id);
    }
}

/// The number of a press, durable before anybody is told of it (R32). Who is not first in line gets none.
pub(crate) fn raise_counter(daemon: &mut Daemon, id: SessionId, ticket: Ticket, lane: Lane) -> Option<Event> {
    if !daemon.button.is_there() {
        return Some(Event::CounterRefused(ticket, FailureKind::ButtonLost.into()));
    }
    match daemon.button.desk.ask(id, lane) {
        PressTurn::Busy => return Some(Event::CounterRefused(ticket, FailureKind::ButtonBusy.into())),
        PressTurn::TakenFrom(other) => {
            daemon.button.watcher.take_if(|(watcher, _)| *watcher == other);
            daemon.queue.push_back((other, Event::ButtonTaken));
        }
        PressTurn::Yours => {}
    }
    let raised = daemon.store.ledger().next_counter(lane, daemon.now());
    let (next, counter) = match raised {
        Ok(raised) => raised,
        Err(kind) => {
            daemon.button.leave(id);
            return Some(Event::CounterRefused(ticket, kind.into()));
        }
    };
    if !daemon.change(|_, ledger| *ledger = next) {
        daemon.button.leave(id);
        return Some(Event::CounterRefused(ticket, FailureKind::StoreFailed.into()));
    }
    Some(Event::CounterRaised(ticket, counter))
}

/// From now on every edge goes to this session and to its method, with the same moment.
pub(crate) fn watch(daemon: &mut Daemon, id: SessionId, run: Ticket, counter: Counter) -> Option<Event> {
    if !daemon.button.is_there() {
        return Some(Event::ButtonLost);
    }
    if daemon.button.desk.holder() != Some(id) {
        return Some(Event::ButtonTaken);
    }
    daemon.button.watcher = Some((id, run));
    let (at, pressed) = (daemon.now().since_boot, daemon.button.is_pressed());
    let told = MethodEvent::PressWatched { request: counter.to_string().into(), at_ms: millis(at), pressed };
    daemon.queue.extend(executors::order(daemon, id, run, told).map(|event| (id, event)));
    Some(Event::ButtonWatched { run, at, pressed })
}

/// What the driver saw.
pub(crate) fn hear(daemon: &mut Daemon, signal: Signal) {
    match signal {
        Signal::Level { at, pressed } => {
            daemon.button.lost = false;
            let before = daemon.button.level.replace(pressed);
            if is_old_news(before, pressed) {
                return;
            }
            tell(daemon, Event::ButtonEdge { at, pressed }, MethodEvent::Edge { pressed, at_ms: millis(at) });
            // Pressed at the first look is no press: nobody saw it go down.
            let down = std::mem::replace(&mut daemon.button.down_since, (pressed && before.is_some()).then_some(at));
            if !pressed && down.is_some_and(|down| at.saturating_sub(down) >= BOUNCE) {
                daemon.button.pressed_at = Some(at);
                pressed_once(daemon);
            }
        }
        Signal::Lost { at } => {
            daemon.button.level = None;
            daemon.button.down_since = None;
            if !std::mem::replace(&mut daemon.button.lost, true) {
                daemon.log(&crate::audit::Entry::of("button_lost"));
            }
            tell(daemon, Event::ButtonLost, MethodEvent::LineLost { at_ms: millis(at) });
        }
    }
    daemon.drain();
}

/// The same level once more says nothing, but for a second press: then a release was missed, and the engine starts the hold
/// over (R88).
fn is_old_news(before: Option<bool>, pressed: bool) -> bool {
    before == Some(false) && !pressed
}

fn tell(daemon: &mut Daemon, event: Event, order: MethodEvent) {
    let Some((id, run)) = daemon.button.watcher else { return };
    // The engine gets every edge. A method that cannot keep up with a chattering line misses some of its feedback, and is not
    // called hung for it: what hangs misses its own deadline.
    let _ = executors::order(daemon, id, run, order);
    daemon.queue.push_back((id, event));
}

/// Any press at all gives the console one reserved attempt; how often is the ledger's (R10).
fn pressed_once(daemon: &mut Daemon) {
    let console = daemon.lives.iter().filter(|(_, live)| live.over.is_none() && live.lane != Lane::Network);
    let events: Vec<_> = console.map(|(id, _)| (*id, Event::ButtonPressed)).collect();
    daemon.queue.extend(events);
}

fn millis(at: Duration) -> u64 {
    u64::try_from(at.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Button, is_old_news};

    #[test]
    fn r88_a_line_that_nobody_has_read_yet_is_no_released_button() {
        assert!(Button::default().is_pressed());
        assert!(!Button { level: Some(false), ..Button::default() }.is_pressed());
    }

    #[test]
    fn r88_a_second_press_reaches_the_engine_for_a_release_was_missed() {
        let news = |before, pressed| !is_old_news(before, pressed);
        assert!(news(Some(true), true) && news(Some(true), false) && news(Some(false), true) && news(None, false));
        assert!(!news(Some(false), false));
    }
}
