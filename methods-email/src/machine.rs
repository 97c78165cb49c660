//! The machine: what the method does with each event.

use std::fmt;
use std::sync::Arc;

use lettre::transport::smtp::client::AsyncSmtpConnection;
use resetkit_contract::abi::RString;
use resetkit_contract::{
    Connection, Delivery, FailKind, LogLevel, Method, MethodEvent, MethodOutput, News, StartInfo, View, claim,
};
use rustls::crypto::ring;

use crate::answer::{Answer, after, fail, ignored, log, over};
use crate::letter::Letter;
use crate::line::Line;
use crate::pump::Pump;
use crate::secure::{BUILT, Marks, TimeRule};
use crate::submit;
use crate::trouble::Trouble;
use crate::views::{self, Receipt, Step};

/// Action: a new code, which makes the old one void. Limited by the session.
pub const ACTION_NEW_CODE: &str = "new-code";
/// Action: back from *no mail came* to code entry.
pub const ACTION_SHOW_AGAIN: &str = "show-again";

/// From the wish to connect until the server has let the device in, in milliseconds. Below the 20 seconds that a session
/// waits for its method, so that the reason has a name.
pub const JOIN_WITHIN_MS: u64 = 16_000;
/// From the wish for a code until it comes, in milliseconds.
pub const ASK_WITHIN_MS: u64 = 30_000;
/// From the code until the server has taken the mail, in milliseconds: some look for unwanted mail before they answer.
pub const HAND_WITHIN_MS: u64 = 60_000;

/// The setting that the manifest names.
const SETTING: &str = "smtp";

/// The method `email`.
#[derive(Debug, Default)]
pub struct Email {
    state: State,
}

#[derive(Debug, Default)]
pub(crate) enum State {
    /// Nothing was heard yet.
    #[default]
    Fresh,
    /// A mail is on its way out.
    Errand(Box<Errand>),
    /// The server took the last one.
    Sent(Box<Case>, Receipt),
    /// Nothing more will be done.
    Over,
}

/// What holds for the whole session.
#[derive(Debug)]
pub(crate) struct Case {
    info: StartInfo,
    /// The latest time that was heard of.
    at_ms: u64,
    no_mail_came: bool,
    /// Why the last further code did not leave.
    trouble: Option<Trouble>,
}

/// One mail, from the wish to connect until the server's last word.
#[derive(Debug)]
pub(crate) struct Errand {
    case: Case,
    /// An earlier mail, whose code counts until a new one is drawn.
    earlier: Option<Receipt>,
    /// The engine waits for it: a failure must be said, not only shown.
    by_engine: bool,
    host: RString,
    from: RString,
    began_ms: u64,
    until_ms: u64,
    stage: Stage,
}

enum Stage {
    Connecting,
    Joining { watch: u32, marks: Arc<Marks>, pump: Pump<Result<AsyncSmtpConnection, Trouble>> },
    Asking { connection: Box<AsyncSmtpConnection>, watch: u32 },
    Handing { watch: u32, request: RString, pump: Pump<Result<AsyncSmtpConnection, Trouble>> },
}

impl Method for Email {
    const ID: &'static str = "email";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");

    fn new() -> Email {
        Email::default()
    }

    fn advance(&mut self, event: MethodEvent) -> Vec<MethodOutput> {
        let (state, outputs) = std::mem::take(&mut self.state).step(event);
        self.state = state;
        outputs
    }
}

impl State {
    fn step(self, event: MethodEvent) -> Answer {
        if let MethodEvent::Connected(connection) = &event
            && !self.awaits(connection)
        {
            // Taken only to be closed.
            drop(claim(connection.watch));
            return (self, ignored());
        }
        match self {
            State::Fresh => fresh(event),
            State::Errand(errand) => errand.step(event),
            State::Sent(case, receipt) => case.step(receipt, event),
            State::Over => (State::Over, Vec::new()),
        }
    }

    fn awaits(&self, connection: &Connection) -> bool {
        match self {
            State::Errand(errand) => errand.is_connecting() && connection.setting == SETTING,
            State::Fresh | State::Sent(..) | State::Over => false,
        }
    }
}

fn fresh(event: MethodEvent) -> Answer {
    match event {
        MethodEvent::Start(info) => {
            let case = Case { at_ms: info.at_ms, info, no_mail_came: false, trouble: None };
            Errand::begin(case, None, true, vec![MethodOutput::Ready])
        }
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

impl Case {
    /// A mail is out.
    fn step(mut self: Box<Self>, receipt: Receipt, event: MethodEvent) -> Answer {
        match event {
            MethodEvent::News(news) => self.hear(receipt, news),
            MethodEvent::Action { id } if id == ACTION_NEW_CODE && self.info.new_codes_left > 0 => {
                Errand::begin(*self, Some(receipt), false, Vec::new())
            }
            MethodEvent::Action { id } if id == ACTION_SHOW_AGAIN => {
                self.no_mail_came = false;
                self.redrawn(receipt)
            }
            MethodEvent::Tick { at_ms } => {
                self.at_ms = self.at_ms.max(at_ms);
                (State::Sent(self, receipt), Vec::new())
            }
            MethodEvent::Stop => over(),
            MethodEvent::Start(_)
            | MethodEvent::Sealed(_)
            | MethodEvent::SealRefused { .. }
            | MethodEvent::Deliver(_)
            | MethodEvent::KeptReady { .. }
            | MethodEvent::Action { .. }
            | MethodEvent::Connected(_)
            | MethodEvent::ConnectRefused { .. }
            | MethodEvent::Readable { .. }
            | MethodEvent::PressWatched { .. }
            | MethodEvent::Edge { .. }
            | MethodEvent::LineLost { .. } => (State::Sent(self, receipt), ignored()),
        }
    }

    fn hear(mut self: Box<Self>, receipt: Receipt, news: News) -> Answer {
        match news {
            News::NoMailCame => self.no_mail_came = true,
            News::AskAgain => return Errand::begin(*self, None, true, Vec::new()),
            News::Proved => return over(),
            News::TriesLeft(_) | News::MinutesLeft(_) | News::Screen(_) => self.note(news),
        }
        self.redrawn(receipt)
    }

    fn note(&mut self, news: News) {
        match news {
            News::TriesLeft(tries) => self.info.tries_left = tries,
            News::MinutesLeft(minutes) => self.info.minutes_left = minutes,
            News::Screen(screen) => self.info.screen = screen,
            News::NoMailCame | News::AskAgain | News::Proved => {}
        }
    }

    fn view(&self, receipt: &Receipt) -> View {
        if self.no_mail_came {
            views::no_mail(&self.info, receipt)
        } else {
            views::sent(&self.info, receipt, self.trouble)
        }
    }

    fn redrawn(self: Box<Self>, receipt: Receipt) -> Answer {
        let view = self.view(&receipt);
        (State::Sent(self, receipt), vec![MethodOutput::Show(view)])
    }

    /// Wall time now, where the device trusts its clock.
    fn clock(&self) -> Option<u64> {
        let since_start = self.at_ms.saturating_sub(self.info.at_ms) / 1000;
        self.info.clock.map(|at_start| at_start.saturating_add(since_start)).into_option()
    }

    fn time_rule(&self) -> TimeRule {
        self.clock().map_or(TimeRule::Since(BUILT), TimeRule::Clock)
    }
}

impl Errand {
    /// Asks for the connection first: a code is drawn only when the server has let the device in.
    fn begin(case: Case, earlier: Option<Receipt>, by_engine: bool, mut outputs: Vec<MethodOutput>) -> Answer {
        let (began_ms, until_ms) = (case.at_ms, case.at_ms.saturating_add(JOIN_WITHIN_MS));
        let case = Case { no_mail_came: false, trouble: None, ..case };
        let (host, from, stage) = (RString::new(), RString::new(), Stage::Connecting);
        let errand = Errand { case, earlier, by_engine, host, from, began_ms, until_ms, stage };
        outputs.extend([
            errand.shown(Step::Connecting),
            MethodOutput::Connect { setting: SETTING.into() },
            MethodOutput::WakeAfter { ms: MethodOutput::SHORTEST_WAKE_MS },
        ]);
        (State::Errand(Box::new(errand)), outputs)
    }

    fn is_connecting(&self) -> bool {
        matches!(self.stage, Stage::Connecting)
    }

    fn step(mut self: Box<Self>, event: MethodEvent) -> Answer {
        match event {
            MethodEvent::Connected(connection) => self.connected(connection),
            MethodEvent::ConnectRefused { code, at_ms, .. } if self.is_connecting() => {
                self.hear_time(at_ms);
                self.fails(Trouble::of_connecting(&code))
            }
            MethodEvent::Readable { watch, at_ms } if self.watched() == Some(watch) => {
                self.hear_time(at_ms);
                self.go_on(Vec::new())
            }
            MethodEvent::Tick { at_ms } => {
                self.hear_time(at_ms);
                self.go_on(vec![MethodOutput::WakeAfter { ms: MethodOutput::SHORTEST_WAKE_MS }])
            }
            MethodEvent::Deliver(delivery) => self.deliver(&delivery),
            MethodEvent::SealRefused { .. } => self.no_code(),
            MethodEvent::News(news) => self.hear(news),
            MethodEvent::Stop => self.leave(),
            MethodEvent::Start(_)
            | MethodEvent::Sealed(_)
            | MethodEvent::Action { .. }
            | MethodEvent::ConnectRefused { .. }
            | MethodEvent::Readable { .. }
            | MethodEvent::KeptReady { .. }
            | MethodEvent::PressWatched { .. }
            | MethodEvent::Edge { .. }
            | MethodEvent::LineLost { .. } => (State::Errand(self), ignored()),
        }
    }

    fn hear_time(&mut self, at_ms: u64) {
        self.case.at_ms = self.case.at_ms.max(at_ms);
    }

    fn hear(mut self: Box<Self>, news: News) -> Answer {
        match news {
            News::Proved => self.leave(),
            // The code that was out is void: whatever is under way begins anew, and the engine waits for it.
            News::AskAgain => {
                let unwatch = self.unwatch();
                let Errand { case, .. } = *self;
                Errand::begin(case, None, true, unwatch)
            }
            News::TriesLeft(_) | News::MinutesLeft(_) | News::NoMailCame | News::Screen(_) => {
                self.case.note(news);
                let step = self.reached();
                let show = self.earlier.is_some().then(|| self.shown(step));
                (State::Errand(self), show.into_iter().collect())
            }
        }
    }

    fn connected(mut self: Box<Self>, connection: Connection) -> Answer {
        self.hear_time(connection.at_ms);
        let watch = connection.watch;
        let Some(descriptor) = claim(watch) else { return self.breaks("descriptor-missing") };
        let marks = Arc::new(Marks::default());
        let peer = connection.peer;
        self.host = peer.host.clone();
        self.from = peer.from.clone();
        let joining = submit::join(Line::new(descriptor), peer, self.case.time_rule(), Arc::clone(&marks));
        self.stage = Stage::Joining { watch, marks, pump: Pump::new(joining) };
        let show = self.shown(Step::Securing);
        self.go_on(vec![MethodOutput::Watch { watch }, show])
    }

    /// Lets the talk go on as far as it goes, and looks at the time.
    fn go_on(mut self: Box<Self>, mut outputs: Vec<MethodOutput>) -> Answer {
        let before = self.reached();
        let turned = match &mut self.stage {
            Stage::Joining { pump, .. } | Stage::Handing { pump, .. } => pump.turn(),
            Stage::Connecting | Stage::Asking { .. } => None,
        };
        outputs.extend(self.noticed());
        match turned {
            Some(Ok(connection)) => self.finished(connection, outputs),
            Some(Err(trouble)) => after(outputs, self.fails(trouble)),
            None if self.case.at_ms >= self.until_ms => after(outputs, self.too_late()),
            None => {
                let now = self.reached();
                if now != before {
                    outputs.push(self.shown(now));
                }
                (State::Errand(self), outputs)
            }
        }
    }

    /// Joined: the code may be drawn now. Handed over: the mail is the server's.
    fn finished(mut self: Box<Self>, connection: AsyncSmtpConnection, mut outputs: Vec<MethodOutput>) -> Answer {
        outputs.extend(self.unwatch());
        match std::mem::replace(&mut self.stage, Stage::Connecting) {
            Stage::Joining { watch, .. } => {
                self.until_ms = self.case.at_ms.saturating_add(ASK_WITHIN_MS);
                self.stage = Stage::Asking { connection: Box::new(connection), watch };
                let purpose = self.case.info.purpose;
                outputs.extend([self.shown(Step::Code), MethodOutput::AskDelivery { purpose }]);
                (State::Errand(self), outputs)
            }
            Stage::Handing { request, .. } => {
                say_goodbye(connection);
                let after_s = self.case.at_ms.saturating_sub(self.began_ms).div_ceil(1000);
                let receipt = Receipt { host: self.host.clone(), request, after_s, at: self.case.clock() };
                outputs.extend([
                    MethodOutput::Delivered,
                    MethodOutput::Show(self.case.view(&receipt)),
                    MethodOutput::WakeAfter { ms: 0 },
                    log(LogLevel::Info, "mail-accepted"),
                ]);
                (State::Sent(Box::new(self.case), receipt), outputs)
            }
            Stage::Connecting | Stage::Asking { .. } => after(outputs, self.breaks("talk-out-of-turn")),
        }
    }

    fn deliver(mut self: Box<Self>, delivery: &Delivery) -> Answer {
        let Stage::Asking { connection, watch } = std::mem::replace(&mut self.stage, Stage::Connecting) else {
            // A code that comes when nobody asked for it cannot be carried anywhere.
            return self.breaks("code-out-of-turn");
        };
        self.case.info.tries_left = delivery.tries_left;
        self.case.info.minutes_left = delivery.minutes_left;
        if self.earlier.take().is_some() {
            self.case.info.new_codes_left = self.case.info.new_codes_left.saturating_sub(1);
        }
        // From here on the earlier code is void: a failure must be said.
        self.by_engine = true;
        let letter = random().and_then(|id| Letter::write(delivery, &self.from, self.case.clock(), &id));
        let letter = match letter {
            Ok(letter) => letter,
            Err(trouble) => return self.fails(trouble),
        };
        self.until_ms = self.case.at_ms.saturating_add(HAND_WITHIN_MS);
        let request = delivery.request.clone();
        self.stage = Stage::Handing { watch, request, pump: Pump::new(submit::hand_over(*connection, letter)) };
        let show = self.shown(self.reached());
        self.go_on(vec![MethodOutput::Watch { watch }, show])
    }

    /// The engine gives no code.
    fn no_code(mut self: Box<Self>) -> Answer {
        if !matches!(self.stage, Stage::Asking { .. }) {
            return (State::Errand(self), ignored());
        }
        match self.earlier.take() {
            Some(receipt) if !self.by_engine => {
                self.case.info.new_codes_left = 0;
                self.case.no_mail_came = true;
                let answer = Box::new(self.case).redrawn(receipt);
                after(vec![MethodOutput::WakeAfter { ms: 0 }], answer)
            }
            Some(_) | None => fail(FailKind::Refused, "seal-failed", Vec::new()),
        }
    }

    fn too_late(self: Box<Self>) -> Answer {
        match self.stage {
            Stage::Connecting | Stage::Joining { .. } | Stage::Handing { .. } => self.fails(Trouble::Unreachable),
            Stage::Asking { .. } => self.breaks("no-code-came"),
        }
    }

    /// The mail did not leave. Where an earlier code still counts and nobody waits, it is only shown.
    fn fails(mut self: Box<Self>, trouble: Trouble) -> Answer {
        let mut outputs = self.unwatch();
        outputs.push(log(LogLevel::Warning, trouble.code()));
        match self.earlier.take() {
            Some(receipt) if !self.by_engine => {
                self.case.trouble = Some(trouble);
                outputs.push(MethodOutput::WakeAfter { ms: 0 });
                after(outputs, Box::new(self.case).redrawn(receipt))
            }
            Some(_) | None => {
                outputs.push(MethodOutput::Show(views::not_sent(trouble)));
                fail(trouble.kind(), trouble.code(), outputs)
            }
        }
    }

    fn breaks(self: Box<Self>, key: &str) -> Answer {
        let outputs = self.unwatch();
        fail(FailKind::Broken, key, outputs)
    }

    fn leave(self: Box<Self>) -> Answer {
        after(self.unwatch(), over())
    }

    fn watched(&self) -> Option<u32> {
        match &self.stage {
            Stage::Joining { watch, .. } | Stage::Handing { watch, .. } => Some(*watch),
            // While nothing is asked of the server nobody listens: it may hang up, and that would be told without end.
            Stage::Connecting | Stage::Asking { .. } => None,
        }
    }

    fn unwatch(&self) -> Vec<MethodOutput> {
        self.watched().map(|watch| MethodOutput::Unwatch { watch }).into_iter().collect()
    }

    fn reached(&self) -> Step {
        match &self.stage {
            Stage::Connecting => Step::Connecting,
            Stage::Joining { marks, .. } if marks.is_secured() => Step::Secured(self.host.clone()),
            Stage::Joining { .. } => Step::Securing,
            Stage::Asking { .. } => Step::Code,
            Stage::Handing { .. } => Step::Handing(self.host.clone()),
        }
    }

    /// What the verifier noticed: certificates were judged without a clock (R68).
    fn noticed(&self) -> Option<MethodOutput> {
        match &self.stage {
            Stage::Joining { marks, .. } if marks.take_without_clock() => {
                Some(log(LogLevel::Warning, "certificate-judged-without-clock"))
            }
            Stage::Joining { .. } | Stage::Connecting | Stage::Asking { .. } | Stage::Handing { .. } => None,
        }
    }

    fn shown(&self, step: Step) -> MethodOutput {
        MethodOutput::Show(views::progress(&self.case.info, &step, self.earlier.as_ref()))
    }
}

impl fmt::Debug for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Stage::Connecting => "Connecting",
            Stage::Joining { .. } => "Joining",
            Stage::Asking { .. } => "Asking",
            Stage::Handing { .. } => "Handing",
        })
    }
}

/// `QUIT` goes out; what the server says to it, or whether, changes nothing.
fn say_goodbye(mut connection: AsyncSmtpConnection) {
    let mut goodbye = Pump::new(async move { connection.quit().await.map(drop) });
    drop(goodbye.turn());
}

fn random() -> Result<[u8; 16], Trouble> {
    let mut octets = [0; 16];
    ring::default_provider().secure_random.fill(&mut octets).map_err(|_| Trouble::Refused)?;
    Ok(octets)
}
