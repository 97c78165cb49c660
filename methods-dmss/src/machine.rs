//! The machine: what the method does with each event.

use resetkit_contract::{FailKind, LogLevel, Method, MethodEvent, MethodOutput, News, SealedChallenge, StartInfo};

use crate::views;

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
    Asking(Box<StartInfo>),
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

fn asking(mut info: Box<StartInfo>, event: MethodEvent) -> (State, Vec<MethodOutput>) {
    match event {
        MethodEvent::Sealed(challenge) => show(*info, challenge),
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
        | MethodEvent::Deliver(_)
        | MethodEvent::KeptReady { .. }
        | MethodEvent::Connected(_)
        | MethodEvent::ConnectRefused { .. }
        | MethodEvent::Readable { .. }
        | MethodEvent::PressWatched { .. }
        | MethodEvent::Edge { .. }
        | MethodEvent::LineLost { .. } => (State::Asking(info), ignored()),
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
            | MethodEvent::Deliver(_)
            | MethodEvent::KeptReady { .. }
            | MethodEvent::Connected(_)
            | MethodEvent::ConnectRefused { .. }
            | MethodEvent::Readable { .. }
            | MethodEvent::PressWatched { .. }
            | MethodEvent::Edge { .. }
            | MethodEvent::LineLost { .. } => (State::Showing(self), ignored()),
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
            views::no_mail(&self.info, &self.challenge)
        } else {
            views::code(&self.info, &self.challenge)
        };
        (State::Showing(self), vec![MethodOutput::Show(view)])
    }
}

fn ask(info: StartInfo, mut outputs: Vec<MethodOutput>) -> (State, Vec<MethodOutput>) {
    outputs.push(MethodOutput::Show(views::preparing(&info)));
    outputs.push(MethodOutput::Seal { purpose: info.purpose, form: info.form });
    (State::Asking(Box::new(info)), outputs)
}

fn show(info: StartInfo, challenge: SealedChallenge) -> (State, Vec<MethodOutput>) {
    Box::new(Shown { info, challenge, no_mail_came: false }).redrawn()
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

#[cfg(test)]
mod tests {
    use resetkit_contract::abi::{RNone, RSome};
    use resetkit_contract::{App, Part, Purpose, Screen, SealForm, View};

    use super::*;
    use crate::texts;

    fn info() -> StartInfo {
        StartInfo {
            purpose: Purpose::Reset,
            form: SealForm::AddressSealed,
            locale: "en".into(),
            screen: Screen { width_px: 800, height_px: 480, columns: 0, rows: 0 },
            tries_left: 5,
            minutes_left: 60,
            new_codes_left: 1,
            at_ms: 0,
            address_hint: RSome("o•••r@•••.example".into()),
            app: RSome(App { name: "Plain".into(), menu: vec!["Me".into(), "Password Resetting".into()].into() }),
            clock: RNone,
            button: RNone,
            support: RNone,
        }
    }

    fn challenge(request: &str) -> SealedChallenge {
        let payload = "7ZX".repeat(65);
        SealedChallenge {
            url: format!("HTTPS://RESET.EXAMPLE.X/{payload}").into(),
            request: request.into(),
            tries_left: 5,
            minutes_left: 60,
        }
    }

    fn started() -> Companion {
        let mut companion = Companion::new();
        companion.advance(MethodEvent::Start(info()));
        companion
    }

    fn showing() -> Companion {
        let mut companion = started();
        companion.advance(MethodEvent::Sealed(challenge("0042")));
        companion
    }

    fn shown(outputs: &[MethodOutput]) -> &View {
        let [MethodOutput::Show(view)] = outputs else { panic!("one view expected, not {outputs:?}") };
        view
    }

    fn seal() -> MethodOutput {
        MethodOutput::Seal { purpose: Purpose::Reset, form: SealForm::AddressSealed }
    }

    #[test]
    fn it_asks_for_sealing_at_once_and_shows_what_came_with_all_the_owner_needs() {
        let mut companion = Companion::new();
        let outputs = companion.advance(MethodEvent::Start(info()));
        assert_eq!((&outputs[0], &outputs[2]), (&MethodOutput::Ready, &seal()));
        let outputs = companion.advance(MethodEvent::Sealed(challenge("0042")));
        let view = shown(&outputs);
        assert_eq!(view.qr().unwrap().payload, challenge("0042").url);
        for part in [
            Part::AddressHint("o•••r@•••.example".into()),
            Part::RequestNumber("0042".into()),
            Part::MinutesLeft(60),
            Part::TriesLeft(5),
        ] {
            assert!(view.parts.contains(&part), "{part:?}");
        }
    }

    #[test]
    fn without_the_brands_words_any_camera_is_the_first_step() {
        let mut companion = Companion::new();
        companion.advance(MethodEvent::Start(StartInfo { app: RNone, address_hint: RNone, ..info() }));
        let outputs = companion.advance(MethodEvent::Sealed(challenge("0042")));
        let Part::Steps(steps) = &shown(&outputs).parts[0] else { panic!("steps first") };
        assert_eq!(steps[0].id, texts::STEP_CAMERA);
    }

    #[test]
    fn news_are_drawn_and_the_picture_stays_the_same() {
        let mut companion = showing();
        let outputs = companion.advance(MethodEvent::News(News::TriesLeft(2)));
        assert!(shown(&outputs).parts.contains(&Part::TriesLeft(2)));
        let before = shown(&outputs).qr().cloned();
        let outputs = companion.advance(MethodEvent::News(News::MinutesLeft(7)));
        assert!(shown(&outputs).parts.contains(&Part::MinutesLeft(7)));
        assert_eq!(shown(&outputs).qr().cloned(), before);
    }

    #[test]
    fn no_mail_came_shows_help_with_the_same_picture_and_a_limited_new_code() {
        let mut companion = showing();
        let outputs = companion.advance(MethodEvent::News(News::NoMailCame));
        let view = shown(&outputs);
        assert_eq!(view.title.id, texts::TITLE_NO_MAIL);
        assert!(view.qr().is_some());
        let actions: Vec<_> = view.actions().map(|action| action.id.to_string()).collect();
        assert_eq!(actions, [ACTION_NEW_CODE, ACTION_SHOW_AGAIN]);
        assert_eq!(companion.advance(MethodEvent::Action { id: ACTION_NEW_CODE.into() }), [seal()]);
        let outputs = companion.advance(MethodEvent::Sealed(challenge("0043")));
        assert!(shown(&outputs).parts.contains(&Part::RequestNumber("0043".into())));
        // It was the last one: the next help says so and offers none.
        let outputs = companion.advance(MethodEvent::News(News::NoMailCame));
        let view = shown(&outputs);
        assert!(view.actions().all(|action| action.id != ACTION_NEW_CODE));
        let outputs = companion.advance(MethodEvent::Action { id: ACTION_NEW_CODE.into() });
        shown(&outputs);
    }

    #[test]
    fn a_refused_seal_ends_it_at_first_and_later_leaves_what_is_shown() {
        let failure = MethodOutput::Fail { kind: FailKind::Refused, code: "seal-failed".into() };
        assert_eq!(started().advance(MethodEvent::SealRefused { code: "E-505".into() }), [failure]);
        let mut companion = showing();
        companion.advance(MethodEvent::Action { id: ACTION_NEW_CODE.into() });
        let outputs = companion.advance(MethodEvent::SealRefused { code: "E-505".into() });
        assert!(shown(&outputs).parts.contains(&Part::RequestNumber("0042".into())));
    }

    #[test]
    fn a_void_code_is_asked_for_again_and_a_proved_one_ends_it() {
        assert!(showing().advance(MethodEvent::News(News::AskAgain)).contains(&seal()));
        assert_eq!(showing().advance(MethodEvent::News(News::Proved)), [MethodOutput::Done]);
        assert_eq!(showing().advance(MethodEvent::Stop), [MethodOutput::Done]);
    }

    #[test]
    fn events_that_mean_nothing_now_change_nothing() {
        let mut companion = showing();
        for event in
            [MethodEvent::Tick { at_ms: 1 }, MethodEvent::Start(info()), MethodEvent::Action { id: "x".into() }]
        {
            let outputs = companion.advance(event);
            assert!(matches!(&outputs[..], [MethodOutput::Log { .. }]));
        }
        let outputs = companion.advance(MethodEvent::News(News::TriesLeft(1)));
        assert!(shown(&outputs).parts.contains(&Part::RequestNumber("0042".into())));
    }
}
