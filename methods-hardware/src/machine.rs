//! The machine: what the method does with each event.

use resetkit_contract::abi::{RNone, RSome, RString};
use resetkit_contract::{ButtonInfo, FailKind, LogLevel, Method, MethodEvent, MethodOutput, News, View};

use crate::bands::{Band, band};
use crate::steady::{Change, Steady};
use crate::views::{self, Missed};

/// A button that is pressed from the start for this long is broken, in milliseconds.
pub const STUCK_FAILS_MS: u64 = 60_000;

/// The method `button`.
#[derive(Debug, Clone, Default)]
pub struct Button {
    state: State,
}

#[derive(Debug, Clone, Default)]
enum State {
    /// Nothing was heard yet.
    #[default]
    Fresh,
    /// The engine was asked to watch the button.
    Asked(ButtonInfo),
    /// The engine watches it.
    Watching(Box<Watching>),
    /// Nothing more will be done.
    Over,
}

/// The window, from its beginning to its end.
#[derive(Debug, Clone)]
struct Watching {
    info: ButtonInfo,
    request: RString,
    steady: Steady,
    began_ms: u64,
    phase: Phase,
    /// What was shown last: the same is not shown twice.
    shown: Option<View>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Pressed since before anybody watched: must be released first.
    Stuck,
    /// Released; the last hold did not count, if there was one.
    Ready(Option<Missed>),
    /// Held since then.
    Held { since_ms: u64 },
    /// Released in the right band. The engine says whether it counts; if it does not, another press may follow.
    Seen,
    /// Nothing counts any more.
    WindowOver,
}

type Answer = (State, Vec<MethodOutput>);

impl Method for Button {
    const ID: &'static str = "button";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");

    fn new() -> Button {
        Button::default()
    }

    fn advance(&mut self, event: MethodEvent) -> Vec<MethodOutput> {
        let (state, outputs) = std::mem::take(&mut self.state).step(event);
        self.state = state;
        outputs
    }
}

impl State {
    fn step(self, event: MethodEvent) -> Answer {
        match self {
            State::Fresh => fresh(event),
            State::Asked(info) => asked(info, event),
            State::Watching(watching) => watching.step(event),
            State::Over => (State::Over, Vec::new()),
        }
    }
}

fn fresh(event: MethodEvent) -> Answer {
    match event {
        MethodEvent::Start(info) => match info.button {
            RSome(button) => ask(button, vec![MethodOutput::Ready]),
            RNone => fail(FailKind::Missing, "no-button"),
        },
        MethodEvent::Stop => over(),
        MethodEvent::Sealed(_)
        | MethodEvent::SealRefused { .. }
        | MethodEvent::Deliver(_)
        | MethodEvent::KeptReady { .. }
        | MethodEvent::News(_)
        | MethodEvent::Action { .. }
        | MethodEvent::Tick { .. }
        | MethodEvent::Connected(_)
        | MethodEvent::ConnectRefused { .. }
        | MethodEvent::Readable { .. }
        | MethodEvent::PressWatched { .. }
        | MethodEvent::Edge { .. }
        | MethodEvent::LineLost { .. } => (State::Fresh, ignored()),
    }
}

fn asked(info: ButtonInfo, event: MethodEvent) -> Answer {
    match event {
        MethodEvent::PressWatched { request, at_ms, pressed } => Watching::begin(info, request, at_ms, pressed),
        MethodEvent::SealRefused { .. } => fail(FailKind::Refused, "press-refused"),
        MethodEvent::LineLost { .. } => fail(FailKind::Broken, "button-lost"),
        MethodEvent::News(News::Proved) | MethodEvent::Stop => over(),
        MethodEvent::News(
            News::TriesLeft(_) | News::MinutesLeft(_) | News::NoMailCame | News::AskAgain | News::Screen(_),
        ) => (State::Asked(info), Vec::new()),
        MethodEvent::Start(_)
        | MethodEvent::Sealed(_)
        | MethodEvent::Deliver(_)
        | MethodEvent::KeptReady { .. }
        | MethodEvent::Action { .. }
        | MethodEvent::Tick { .. }
        | MethodEvent::Connected(_)
        | MethodEvent::ConnectRefused { .. }
        | MethodEvent::Readable { .. }
        | MethodEvent::Edge { .. } => (State::Asked(info), ignored()),
    }
}

impl Watching {
    fn begin(info: ButtonInfo, request: RString, at_ms: u64, pressed: bool) -> Answer {
        let phase = if pressed { Phase::Stuck } else { Phase::Ready(None) };
        let steady = Steady::new(pressed, at_ms);
        Box::new(Watching { info, request, steady, began_ms: at_ms, phase, shown: None }).told(at_ms)
    }

    fn step(mut self: Box<Self>, event: MethodEvent) -> Answer {
        match event {
            MethodEvent::Edge { pressed, at_ms } => {
                if let Some(change) = self.steady.edge(pressed, at_ms) {
                    self.change(change);
                }
                self.told(at_ms)
            }
            MethodEvent::Tick { at_ms } => {
                if let Some(change) = self.steady.at(at_ms) {
                    self.change(change);
                }
                self.told(at_ms)
            }
            MethodEvent::LineLost { .. } => fail(FailKind::Broken, "button-lost"),
            MethodEvent::News(News::Proved) | MethodEvent::Stop => over(),
            // The window ended without a press that counts, and the owner tries again.
            MethodEvent::News(News::AskAgain) => ask(self.info, Vec::new()),
            MethodEvent::PressWatched { request, at_ms, pressed } => {
                Watching::begin(self.info, request, at_ms, pressed)
            }
            MethodEvent::News(News::TriesLeft(_) | News::MinutesLeft(_) | News::NoMailCame | News::Screen(_)) => {
                (State::Watching(self), Vec::new())
            }
            MethodEvent::Start(_)
            | MethodEvent::Sealed(_)
            | MethodEvent::SealRefused { .. }
            | MethodEvent::Deliver(_)
            | MethodEvent::KeptReady { .. }
            | MethodEvent::Action { .. }
            | MethodEvent::Connected(_)
            | MethodEvent::ConnectRefused { .. }
            | MethodEvent::Readable { .. } => (State::Watching(self), ignored()),
        }
    }

    fn change(&mut self, change: Change) {
        if self.phase == Phase::WindowOver || change.at_ms >= self.ends_ms() {
            self.phase = Phase::WindowOver;
            return;
        }
        self.phase = match (self.phase, change.pressed) {
            (Phase::Held { since_ms }, false) => self.released(change.at_ms.saturating_sub(since_ms)),
            (Phase::Ready(_) | Phase::Seen | Phase::Held { .. } | Phase::Stuck, true) => {
                Phase::Held { since_ms: change.at_ms }
            }
            (Phase::Stuck, false) => Phase::Ready(None),
            (phase @ (Phase::Ready(_) | Phase::Seen | Phase::WindowOver), false) => phase,
            (Phase::WindowOver, true) => Phase::WindowOver,
        };
    }

    fn released(&self, held_ms: u64) -> Phase {
        match band(&self.info, held_ms) {
            Band::TooShort => Phase::Ready(Some(Missed::TooShort { held_ms })),
            Band::Right => Phase::Seen,
            Band::TooLong => Phase::Ready(Some(Missed::TooLong)),
        }
    }

    fn ends_ms(&self) -> u64 {
        self.began_ms.saturating_add(self.info.window_ms.into())
    }

    /// What is to be said at this moment, and when to look again.
    fn told(mut self: Box<Self>, at_ms: u64) -> Answer {
        if self.phase == Phase::Stuck && at_ms.saturating_sub(self.began_ms) >= STUCK_FAILS_MS {
            return fail(FailKind::Broken, "button-stuck");
        }
        // A release in time may wait for its debounce beyond the end.
        if at_ms >= self.ends_ms() && self.phase != Phase::Seen && !self.steady.unsettled() {
            self.phase = Phase::WindowOver;
        }
        let view = self.view(at_ms);
        let mut outputs = Vec::new();
        if self.shown.as_ref() != Some(&view) {
            outputs.push(MethodOutput::Show(view.clone()));
            self.shown = Some(view);
        }
        outputs.push(MethodOutput::WakeAfter { ms: self.next_look(at_ms) });
        (State::Watching(self), outputs)
    }

    fn view(&self, at_ms: u64) -> View {
        let (info, request) = (&self.info, self.request.as_str());
        match self.phase {
            Phase::Stuck => views::stuck(info, request),
            Phase::Ready(missed) => views::ready(info, request, missed),
            Phase::Seen => views::seen(info, request),
            Phase::WindowOver => views::window_over(info, request),
            Phase::Held { since_ms } => {
                let held_ms = at_ms.saturating_sub(since_ms);
                match band(info, held_ms) {
                    Band::TooShort => views::holding(info, request, held_ms),
                    Band::Right => views::release_now(info, request),
                    Band::TooLong => views::too_long(info, request),
                }
            }
        }
    }

    /// In milliseconds; 0: not at all. Four times a second while something moves.
    fn next_look(&self, at_ms: u64) -> u32 {
        if self.steady.unsettled() || matches!(self.phase, Phase::Held { .. }) {
            return MethodOutput::SHORTEST_WAKE_MS;
        }
        let until = match self.phase {
            Phase::Stuck => self.began_ms.saturating_add(STUCK_FAILS_MS).min(self.ends_ms()),
            Phase::Ready(_) | Phase::Held { .. } => self.ends_ms(),
            Phase::Seen | Phase::WindowOver => return 0,
        };
        u32::try_from(until.saturating_sub(at_ms)).unwrap_or(u32::MAX).max(MethodOutput::SHORTEST_WAKE_MS)
    }
}

fn ask(info: ButtonInfo, mut outputs: Vec<MethodOutput>) -> Answer {
    outputs.extend([MethodOutput::Show(views::preparing(&info)), MethodOutput::AskPress]);
    (State::Asked(info), outputs)
}

fn fail(kind: FailKind, code: &str) -> Answer {
    (State::Over, vec![MethodOutput::Fail { kind, code: code.into() }])
}

fn over() -> Answer {
    (State::Over, vec![MethodOutput::Done])
}

/// An event that means nothing now: an ordinary outcome, told to the log.
fn ignored() -> Vec<MethodOutput> {
    vec![MethodOutput::Log { level: LogLevel::Debug, key: "event-ignored".into() }]
}
