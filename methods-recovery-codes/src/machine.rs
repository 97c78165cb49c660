//! The machine: what the method does with each event.

use resetkit_contract::abi::RString;
use resetkit_contract::{FailKind, LogLevel, Method, MethodEvent, MethodOutput, News};

use crate::views;

/// The method `recovery-codes`.
#[derive(Debug, Clone, Default)]
pub struct RecoveryCodes {
    state: State,
}

#[derive(Debug, Clone, Default)]
enum State {
    /// Nothing was heard yet.
    #[default]
    Fresh,
    /// The engine was asked to take a kept code.
    Asked {
        /// Powered minutes left in the session.
        minutes_left: u16,
    },
    /// It takes one.
    Typing(Kept),
    /// Nothing more will be done.
    Over,
}

/// What stands on the screen.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) request: RString,
    pub(crate) left: u8,
    pub(crate) tries_left: u8,
    pub(crate) minutes_left: u16,
}

type Answer = (State, Vec<MethodOutput>);

impl Method for RecoveryCodes {
    const ID: &'static str = "recovery-codes";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");

    fn new() -> RecoveryCodes {
        RecoveryCodes::default()
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
            State::Asked { minutes_left } => asked(minutes_left, event),
            State::Typing(kept) => kept.step(event),
            State::Over => (State::Over, Vec::new()),
        }
    }
}

fn fresh(event: MethodEvent) -> Answer {
    match event {
        MethodEvent::Start(info) => ask(info.minutes_left, vec![MethodOutput::Ready]),
        MethodEvent::Stop => over(),
        MethodEvent::Sealed(_)
        | MethodEvent::SealRefused { .. }
        | MethodEvent::News(_)
        | MethodEvent::Action { .. }
        | MethodEvent::Tick { .. }
        | MethodEvent::Deliver(_)
        | MethodEvent::KeptReady { .. }
        | MethodEvent::Connected(_)
        | MethodEvent::ConnectRefused { .. }
        | MethodEvent::Readable { .. }
        | MethodEvent::PressWatched { .. }
        | MethodEvent::Edge { .. }
        | MethodEvent::LineLost { .. } => (State::Fresh, ignored()),
    }
}

fn asked(minutes_left: u16, event: MethodEvent) -> Answer {
    match event {
        MethodEvent::KeptReady { request, left, tries_left } => show(Kept { request, left, tries_left, minutes_left }),
        MethodEvent::SealRefused { .. } => fail(FailKind::Refused, "kept-refused"),
        MethodEvent::News(News::MinutesLeft(minutes_left)) => (State::Asked { minutes_left }, Vec::new()),
        MethodEvent::News(News::AskAgain) => ask(minutes_left, Vec::new()),
        MethodEvent::News(News::TriesLeft(_) | News::NoMailCame | News::Screen(_)) => {
            (State::Asked { minutes_left }, Vec::new())
        }
        MethodEvent::News(News::Proved) | MethodEvent::Stop => over(),
        MethodEvent::Start(_)
        | MethodEvent::Sealed(_)
        | MethodEvent::Action { .. }
        | MethodEvent::Tick { .. }
        | MethodEvent::Deliver(_)
        | MethodEvent::Connected(_)
        | MethodEvent::ConnectRefused { .. }
        | MethodEvent::Readable { .. }
        | MethodEvent::PressWatched { .. }
        | MethodEvent::Edge { .. }
        | MethodEvent::LineLost { .. } => (State::Asked { minutes_left }, ignored()),
    }
}

impl Kept {
    fn step(mut self, event: MethodEvent) -> Answer {
        match event {
            MethodEvent::News(News::TriesLeft(tries)) => self.tries_left = tries,
            MethodEvent::News(News::MinutesLeft(minutes)) => self.minutes_left = minutes,
            MethodEvent::News(News::AskAgain) => return ask(self.minutes_left, Vec::new()),
            MethodEvent::News(News::Proved) | MethodEvent::Stop => return over(),
            // Another request number, or another sheet: from now on this one.
            MethodEvent::KeptReady { request, left, tries_left } => {
                return show(Kept { request, left, tries_left, minutes_left: self.minutes_left });
            }
            // Nothing is mailed here, and a view of words fits every screen: drawn once more, for whoever waits for it.
            MethodEvent::News(News::NoMailCame | News::Screen(_)) => {}
            MethodEvent::Start(_)
            | MethodEvent::Sealed(_)
            | MethodEvent::SealRefused { .. }
            | MethodEvent::Action { .. }
            | MethodEvent::Tick { .. }
            | MethodEvent::Deliver(_)
            | MethodEvent::Connected(_)
            | MethodEvent::ConnectRefused { .. }
            | MethodEvent::Readable { .. }
            | MethodEvent::PressWatched { .. }
            | MethodEvent::Edge { .. }
            | MethodEvent::LineLost { .. } => return (State::Typing(self), ignored()),
        }
        show(self)
    }
}

fn ask(minutes_left: u16, mut outputs: Vec<MethodOutput>) -> Answer {
    outputs.extend([MethodOutput::Show(views::preparing()), MethodOutput::AskKept]);
    (State::Asked { minutes_left }, outputs)
}

fn show(kept: Kept) -> Answer {
    let view = views::typing(&kept);
    (State::Typing(kept), vec![MethodOutput::Show(view)])
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
