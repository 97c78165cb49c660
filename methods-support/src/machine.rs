//! The machine: what the method does with each event.

use resetkit_contract::abi::ROption;
use resetkit_contract::{
    FailKind, LogLevel, Method, MethodEvent, MethodOutput, News, Purpose, SealForm, SealedChallenge, Support as Reach,
};

use crate::views;

/// Action: support said no.
pub const ACTION_REFUSED: &str = "support-refused";

/// The method `support`.
#[derive(Debug, Clone, Default)]
pub struct Support {
    state: State,
}

#[derive(Debug, Clone, Default)]
enum State {
    /// Nothing was heard yet.
    #[default]
    Fresh,
    /// The daemon was asked to seal.
    Asking(ROption<Reach>),
    /// A challenge is shown.
    Showing(Box<Shown>),
    /// Nothing more will be done.
    Over,
}

/// What stands on the screen.
#[derive(Debug, Clone)]
struct Shown {
    reach: ROption<Reach>,
    challenge: SealedChallenge,
    silent: bool,
}

type Answer = (State, Vec<MethodOutput>);

impl Method for Support {
    const ID: &'static str = "support";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");

    fn new() -> Support {
        Support::default()
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
            State::Asking(reach) => asking(reach, event),
            State::Showing(shown) => shown.step(event),
            State::Over => (State::Over, Vec::new()),
        }
    }
}

fn fresh(event: MethodEvent) -> Answer {
    match event {
        MethodEvent::Start(info) => ask(info.support, vec![MethodOutput::Ready]),
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

fn asking(reach: ROption<Reach>, event: MethodEvent) -> Answer {
    match event {
        MethodEvent::Sealed(challenge) => show(reach, challenge),
        MethodEvent::SealRefused { .. } => fail(FailKind::Refused, "seal-failed"),
        MethodEvent::News(
            News::TriesLeft(_) | News::MinutesLeft(_) | News::NoMailCame | News::AskAgain | News::Screen(_),
        ) => (State::Asking(reach), Vec::new()),
        MethodEvent::News(News::Proved) | MethodEvent::Stop => over(),
        MethodEvent::Start(_)
        | MethodEvent::Action { .. }
        | MethodEvent::Tick { .. }
        | MethodEvent::Deliver(_)
        | MethodEvent::KeptReady { .. }
        | MethodEvent::Connected(_)
        | MethodEvent::ConnectRefused { .. }
        | MethodEvent::Readable { .. }
        | MethodEvent::PressWatched { .. }
        | MethodEvent::Edge { .. }
        | MethodEvent::LineLost { .. } => (State::Asking(reach), ignored()),
    }
}

impl Shown {
    fn step(mut self: Box<Self>, event: MethodEvent) -> Answer {
        match event {
            MethodEvent::News(News::TriesLeft(tries)) => self.challenge.tries_left = tries,
            MethodEvent::News(News::MinutesLeft(minutes)) => self.challenge.minutes_left = minutes,
            MethodEvent::News(News::NoMailCame) => self.silent = true,
            MethodEvent::News(News::AskAgain) => return ask(self.reach, Vec::new()),
            MethodEvent::News(News::Proved) | MethodEvent::Stop => return over(),
            // The same on the other screen; and of a further request that was refused, the one that is shown still counts.
            MethodEvent::News(News::Screen(_)) | MethodEvent::SealRefused { .. } => {}
            MethodEvent::Sealed(challenge) => return show(self.reach, challenge),
            MethodEvent::Action { id } if id == ACTION_REFUSED => return fail(FailKind::Refused, "support-refused"),
            MethodEvent::Start(_)
            | MethodEvent::Action { .. }
            | MethodEvent::Tick { .. }
            | MethodEvent::Deliver(_)
            | MethodEvent::KeptReady { .. }
            | MethodEvent::Connected(_)
            | MethodEvent::ConnectRefused { .. }
            | MethodEvent::Readable { .. }
            | MethodEvent::PressWatched { .. }
            | MethodEvent::Edge { .. }
            | MethodEvent::LineLost { .. } => return (State::Showing(self), ignored()),
        }
        self.redrawn()
    }

    fn redrawn(self: Box<Self>) -> Answer {
        let view = if self.silent {
            views::silent(&self.reach, &self.challenge)
        } else {
            views::request(&self.reach, &self.challenge)
        };
        (State::Showing(self), vec![MethodOutput::Show(view)])
    }
}

fn ask(reach: ROption<Reach>, mut outputs: Vec<MethodOutput>) -> Answer {
    // Whatever form the daemon wants for its own addresses: this challenge is opened by two people, not by the relay (R37).
    let seal = MethodOutput::Seal { purpose: Purpose::Unlock, form: SealForm::Unlock };
    outputs.extend([MethodOutput::Show(views::preparing()), seal]);
    (State::Asking(reach), outputs)
}

fn show(reach: ROption<Reach>, challenge: SealedChallenge) -> Answer {
    Box::new(Shown { reach, challenge, silent: false }).redrawn()
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
