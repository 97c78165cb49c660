//! The machine: what the method does with each event.

use resetkit_contract::{FailKind, LogLevel, Method, MethodEvent, MethodOutput, News, Qr, SealedChallenge, StartInfo};

use crate::views::{self, PictureError};

/// Action: a new code, which makes the old one void. Limited by the session.
pub const ACTION_NEW_CODE: &str = "new-code";
/// Action: back from *no mail came* to the picture.
pub const ACTION_SHOW_AGAIN: &str = "show-again";

/// The method `companion`.
#[derive(Debug, Clone, Default)]
pub struct Companion {
    state: State,
}

#[derive(Debug, Clone, Default)]
enum State {
    /// Nothing was heard yet.
    #[default]
    Fresh,
    /// The daemon was asked to seal.
    Asking(StartInfo),
    /// A challenge is shown.
    Showing(Box<Shown>),
    /// Nothing more will be done.
    Over,
}

/// What stands on the screen.
#[derive(Debug, Clone)]
struct Shown {
    info: StartInfo,
    challenge: SealedChallenge,
    picture: Qr,
    no_mail_came: bool,
}

impl Method for Companion {
    const ID: &'static str = "companion";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");

    fn new() -> Companion {
        Companion::default()
    }

    fn advance(&mut self, event: MethodEvent) -> Vec<MethodOutput> {
        let (state, outputs) = std::mem::take(&mut self.state).step(event);
        self.state = state;
        outputs
    }
}

impl State {
    fn step(self, event: MethodEvent) -> (State, Vec<MethodOutput>) {
        match self {
            State::Fresh => fresh(event),
            State::Asking(info) => asking(info, event),
            State::Showing(shown) => shown.step(event),
            State::Over => (State::Over, Vec::new()),
        }
    }
}

fn fresh(event: MethodEvent) -> (State, Vec<MethodOutput>) {
    match event {
        MethodEvent::Start(info) => ask(info, vec![MethodOutput::Ready]),
        MethodEvent::Stop => over(),
        MethodEvent::Sealed(_)
        | MethodEvent::SealRefused { .. }
        | MethodEvent::News(_)
        | MethodEvent::Action { .. }
        | MethodEvent::Tick { .. }
        | MethodEvent::Connected { .. }
        | MethodEvent::ConnectRefused { .. }
        | MethodEvent::Readable { .. } => (State::Fresh, ignored()),
    }
}

fn asking(mut info: StartInfo, event: MethodEvent) -> (State, Vec<MethodOutput>) {
    match event {
        MethodEvent::Sealed(challenge) => show(info, challenge),
        MethodEvent::SealRefused { .. } => fail(FailKind::Refused, "seal-failed"),
        MethodEvent::News(news) => {
            if let News::Screen(screen) = news {
                info.screen = screen;
            }
            (State::Asking(info), Vec::new())
        }
        MethodEvent::Stop => over(),
        MethodEvent::Start(_)
        | MethodEvent::Action { .. }
        | MethodEvent::Tick { .. }
        | MethodEvent::Connected { .. }
        | MethodEvent::ConnectRefused { .. }
        | MethodEvent::Readable { .. } => (State::Asking(info), ignored()),
    }
}

impl Shown {
    fn step(mut self: Box<Self>, event: MethodEvent) -> (State, Vec<MethodOutput>) {
        match event {
            MethodEvent::News(news) => self.hear(news),
            MethodEvent::Action { id } if id == ACTION_NEW_CODE => self.ask_anew(),
            MethodEvent::Action { id } if id == ACTION_SHOW_AGAIN => {
                self.no_mail_came = false;
                self.redrawn()
            }
            // The owner asked for a new code on the device's own screen.
            MethodEvent::Sealed(challenge) => show(self.info, challenge),
            // A further code was refused; the one that is shown still counts.
            MethodEvent::SealRefused { .. } => {
                self.info.new_codes_left = 0;
                self.redrawn()
            }
            MethodEvent::Stop => over(),
            MethodEvent::Start(_)
            | MethodEvent::Action { .. }
            | MethodEvent::Tick { .. }
            | MethodEvent::Connected { .. }
            | MethodEvent::ConnectRefused { .. }
            | MethodEvent::Readable { .. } => (State::Showing(self), ignored()),
        }
    }

    fn hear(mut self: Box<Self>, news: News) -> (State, Vec<MethodOutput>) {
        match news {
            News::TriesLeft(tries) => self.challenge.tries_left = tries,
            News::MinutesLeft(minutes) => self.challenge.minutes_left = minutes,
            News::NoMailCame => self.no_mail_came = true,
            News::AskAgain => return ask(self.info, Vec::new()),
            News::Proved => return over(),
            News::Screen(screen) => {
                self.info.screen = screen;
                return show(self.info, self.challenge);
            }
        }
        self.redrawn()
    }

    fn ask_anew(mut self: Box<Self>) -> (State, Vec<MethodOutput>) {
        let Some(left) = self.info.new_codes_left.checked_sub(1) else { return self.redrawn() };
        self.info.new_codes_left = left;
        // The old picture stays until the new one is there: if sealing is refused, it still counts.
        let seal = MethodOutput::Seal { purpose: self.info.purpose, form: self.info.form };
        (State::Showing(self), vec![seal])
    }

    fn redrawn(self: Box<Self>) -> (State, Vec<MethodOutput>) {
        let view = if self.no_mail_came {
            views::no_mail(&self.info, &self.challenge, &self.picture)
        } else {
            views::code(&self.info, &self.challenge, &self.picture)
        };
        (State::Showing(self), vec![MethodOutput::Show(view)])
    }
}

fn ask(info: StartInfo, mut outputs: Vec<MethodOutput>) -> (State, Vec<MethodOutput>) {
    outputs.push(MethodOutput::Show(views::preparing(&info)));
    outputs.push(MethodOutput::Seal { purpose: info.purpose, form: info.form });
    (State::Asking(info), outputs)
}

fn show(info: StartInfo, challenge: SealedChallenge) -> (State, Vec<MethodOutput>) {
    match views::picture(&info, &challenge) {
        Ok(picture) => Box::new(Shown { info, challenge, picture, no_mail_came: false }).redrawn(),
        Err(PictureError::ScreenTooSmall) => fail(FailKind::Unavailable, "screen-too-small"),
        Err(PictureError::Undrawable) => fail(FailKind::Broken, "undrawable"),
    }
}

fn fail(kind: FailKind, code: &str) -> (State, Vec<MethodOutput>) {
    (State::Over, vec![MethodOutput::Fail { kind, code: code.into() }])
}

fn over() -> (State, Vec<MethodOutput>) {
    (State::Over, vec![MethodOutput::Done])
}

/// An event that means nothing now: an ordinary outcome, told to the log.
fn ignored() -> Vec<MethodOutput> {
    vec![MethodOutput::Log { level: LogLevel::Debug, key: "event-ignored".into() }]
}
