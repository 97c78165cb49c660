//! What is asked of the device, each in its turn on a thread of its own, so that the screen never waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use serde_json::{Value, json};

use crate::client::{Client, Failed};
use crate::secret::Secret;
use crate::wire::{
    self, Device, Exported, Fresh, HandedOver, Kept, Opened, Pending, Plan, Problem, Readiness, Report, Room, Texts,
    TokenOf, View,
};

/// A question or a wish.
#[derive(Debug)]
pub(crate) struct Ask {
    pub(crate) what: What,
    /// Language of the answer's words.
    pub(crate) language: String,
}

/// Who holds a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hold {
    pub(crate) id: String,
    pub(crate) token: String,
}

/// What is asked.
#[derive(Debug)]
pub(crate) enum What {
    /// The device as such, as it is for this log-in.
    Device(Option<String>),
    /// The texts.
    Texts,
    /// Open requests (R21).
    Pending,
    /// Log in.
    LogIn { account: String, password: Secret },
    /// Log out.
    LogOut(String),
    /// How ready recovery is.
    Readiness(String),
    /// Looks at everything that recovery stands on.
    Doctor(String),
    /// The device gets a new owner.
    HandOver { login: String, password: Secret },
    /// Who still has the old password.
    Plan(String),
    /// The firmware's program tells them.
    UpdateClients { login: String, password: Secret },
    /// The owner told this one himself.
    ByHand { login: String, client: String },
    /// The owner knows of them.
    AcknowledgeClients(String),
    /// First set-up.
    SetUp { password: Secret, email: Option<String> },
    /// *Forgot password*.
    Open { account: Option<String>, room: Room },
    /// A test code.
    Confirm(String),
    /// The owner knows of the reset.
    Acknowledge(String),
    /// Cancel somebody's request.
    CancelPending(String),
    /// A new sheet of recovery codes.
    MakeCodes { login: String, password: Secret },
    /// One of them, typed back.
    TypeBack { login: String, code: Secret },
    /// What the picture of a session says, to a stick.
    Export(Hold),
    /// Look at a session once.
    Look(Hold),
    /// Do something in a session.
    Act(Hold, Act),
    /// Tell of every change of a session from now on; ends the watch before.
    Watch(Hold, u64),
    /// Stop watching.
    Unwatch,
}

/// What an owner does in a session.
#[derive(Debug)]
pub(crate) enum Act {
    /// A word without more.
    Word(&'static str),
    /// A way by its id.
    Choose(String),
    /// A button of the method's own view.
    Press(String),
    /// The code.
    Code(Secret),
    /// The new password.
    Password(Secret),
}

/// What came of it.
#[derive(Debug)]
pub(crate) enum News {
    /// The device answers, as it is for this log-in.
    Device(Box<Device>, Option<String>),
    /// Words.
    Texts(Texts),
    /// Open requests.
    Pending(Vec<Pending>),
    /// Logged in with this token.
    LoggedIn(String),
    /// Set up, and logged in.
    SetUp(String),
    /// Logged out.
    LoggedOut,
    /// How ready recovery is.
    Ready(Readiness),
    /// What the doctor found.
    Doctor(Report),
    /// The device has no owner any more.
    HandedOver(HandedOver),
    /// Who still has the old password; nothing where there was no reset.
    Plan(Option<Plan>),
    /// A session.
    Opened(Hold, Box<View>),
    /// A session as it stands.
    Seen(Box<View>),
    /// A new sheet, and its codes for the only time.
    Codes(Fresh),
    /// The codes count now.
    TypedBack(Kept),
    /// Saved.
    Exported(Exported),
    /// Done; look again at device and requests.
    Done,
    /// The session is not there any more.
    Gone(Problem),
    /// The device said no.
    Refused(Problem),
    /// Nobody answers.
    Down,
}

/// The two sides of the thread.
pub(crate) struct Link {
    asks: Sender<Ask>,
}

impl Link {
    /// Starts it; news go to `tell`.
    pub(crate) fn start(client: Client, tell: impl Fn(News) + Send + Clone + 'static) -> Self {
        let (asks, queue) = channel::<Ask>();
        thread::spawn(move || {
            let watched = Arc::new(AtomicU64::new(0));
            for Ask { what, language } in queue {
                match what {
                    What::Watch(hold, after) => {
                        let turn = watched.fetch_add(1, Ordering::SeqCst) + 1;
                        let watch = Watch { client: client.clone(), hold, after, language, turn, now: watched.clone() };
                        let tell = tell.clone();
                        thread::spawn(move || watch.run(&tell));
                    }
                    // It takes seconds, and nothing else is to wait for it.
                    What::Doctor(_) => {
                        let (client, tell) = (client.clone(), tell.clone());
                        thread::spawn(move || tell(carry_out(&client, what, &language)));
                    }
                    What::Unwatch => {
                        watched.fetch_add(1, Ordering::SeqCst);
                    }
                    What::Device(_)
                    | What::Texts
                    | What::Pending
                    | What::LogIn { .. }
                    | What::LogOut(_)
                    | What::Readiness(_)
                    | What::HandOver { .. }
                    | What::Plan(_)
                    | What::UpdateClients { .. }
                    | What::ByHand { .. }
                    | What::AcknowledgeClients(_)
                    | What::SetUp { .. }
                    | What::Open { .. }
                    | What::Confirm(_)
                    | What::Acknowledge(_)
                    | What::CancelPending(_)
                    | What::MakeCodes { .. }
                    | What::TypeBack { .. }
                    | What::Export(_)
                    | What::Look(_)
                    | What::Act(..) => tell(carry_out(&client, what, &language)),
                }
            }
        });
        Self { asks }
    }

    /// Asks; the answer comes as news.
    pub(crate) fn ask(&self, ask: Ask) {
        // The thread lives as long as the program.
        let _ = self.asks.send(ask);
    }
}

/// One session's long poll.
struct Watch {
    client: Client,
    hold: Hold,
    after: u64,
    language: String,
    turn: u64,
    now: Arc<AtomicU64>,
}

impl Watch {
    fn run(mut self, tell: &impl Fn(News)) {
        loop {
            let path = format!("{}?after={}&wait=25", session(&self.hold), self.after);
            let answer = self.client.get::<View>(&path, Some(&self.hold.token), &self.language);
            if self.now.load(Ordering::SeqCst) != self.turn {
                return;
            }
            match answer {
                Ok(view) => {
                    let news = view.revision != self.after;
                    self.after = view.revision;
                    if news {
                        tell(News::Seen(Box::new(view)));
                    }
                }
                Err(Failed::NoAnswer) => return tell(News::Down),
                Err(Failed::Problem(problem)) => return tell(News::Gone(problem)),
            }
        }
    }
}

fn session(hold: &Hold) -> String {
    format!("/api/v0/resets/{}", hold.id)
}

fn carry_out(client: &Client, what: What, language: &str) -> News {
    let gone = matches!(what, What::Look(_));
    let plan = matches!(what, What::Plan(_));
    match answer(client, what, language) {
        Ok(news) => news,
        Err(Failed::NoAnswer) => News::Down,
        Err(Failed::Problem(problem)) if plan && problem.code == "E-003" => News::Plan(None),
        Err(Failed::Problem(problem)) if gone => News::Gone(problem),
        Err(Failed::Problem(problem)) => News::Refused(problem),
    }
}

fn answer(client: &Client, what: What, language: &str) -> Result<News, Failed> {
    let empty = json!({});
    let news = match what {
        What::Device(token) => News::Device(Box::new(client.get("/api/v0/device", token.as_deref(), language)?), token),
        What::Texts => News::Texts(client.get("/api/v0/texts", None, language)?),
        What::Pending => News::Pending(client.get("/api/v0/pending", None, language)?),
        What::LogIn { account, password } => {
            let body = wire::LogIn { account: &account, password: password.expose(), interactive: true };
            News::LoggedIn(client.post::<TokenOf>("/api/v0/login", None, language, &body)?.token)
        }
        What::LogOut(token) => {
            client.post::<Value>("/api/v0/logout", Some(&token), language, &empty)?;
            News::LoggedOut
        }
        What::Readiness(login) => News::Ready(client.get("/api/v0/readiness", Some(&login), language)?),
        What::Doctor(login) => News::Doctor(client.get("/api/v0/doctor", Some(&login), language)?),
        What::HandOver { login, password } => {
            let body = wire::Password { password: password.expose() };
            News::HandedOver(client.post("/api/v0/hand-over", Some(&login), language, &body)?)
        }
        What::Plan(login) => News::Plan(Some(client.get("/api/v0/after-reset", Some(&login), language)?)),
        What::UpdateClients { login, password } => {
            let body = wire::Password { password: password.expose() };
            News::Plan(Some(client.post("/api/v0/after-reset/update", Some(&login), language, &body)?))
        }
        What::ByHand { login, client: name } => {
            let path = format!("/api/v0/after-reset/clients/{name}");
            News::Plan(Some(client.post(&path, Some(&login), language, &empty)?))
        }
        What::AcknowledgeClients(login) => {
            let path = "/api/v0/after-reset/acknowledge";
            News::Plan(Some(client.post(path, Some(&login), language, &empty)?))
        }
        What::SetUp { password, email } => {
            let body = wire::SetUp { password: password.expose(), email: email.as_deref() };
            News::SetUp(client.post::<TokenOf>("/api/v0/setup", None, language, &body)?.token)
        }
        What::Open { account, room } => {
            let body = wire::Open { account: account.as_deref(), screen: room };
            opened(client.post("/api/v0/resets", None, language, &body)?)
        }
        What::Confirm(token) => opened(client.post("/api/v0/address/confirm", Some(&token), language, &empty)?),
        What::Acknowledge(token) => {
            client.post::<Value>("/api/v0/banner/acknowledge", Some(&token), language, &empty)?;
            News::Done
        }
        What::CancelPending(request) => {
            let path = format!("/api/v0/pending/{request}/cancel");
            client.post::<Value>(&path, None, language, &empty)?;
            News::Done
        }
        What::MakeCodes { login, password } => {
            let body = wire::Password { password: password.expose() };
            News::Codes(client.post("/api/v0/recovery-codes", Some(&login), language, &body)?)
        }
        What::TypeBack { login, code } => {
            let body = wire::TypeBack { code: code.expose() };
            News::TypedBack(client.post("/api/v0/recovery-codes/confirm", Some(&login), language, &body)?)
        }
        What::Export(hold) => {
            let path = format!("{}/export", session(&hold));
            News::Exported(client.post(&path, Some(&hold.token), language, &empty)?)
        }
        What::Look(hold) => News::Seen(Box::new(client.get(&session(&hold), Some(&hold.token), language)?)),
        What::Act(hold, act) => {
            let path = format!("{}/events", session(&hold));
            News::Seen(Box::new(client.post(&path, Some(&hold.token), language, &event(&act))?))
        }
        What::Watch(..) | What::Unwatch => News::Done,
    };
    Ok(news)
}

fn opened(opened: Opened) -> News {
    News::Opened(Hold { id: opened.id, token: opened.token }, Box::new(opened.view))
}

fn event(act: &Act) -> wire::Event<'_> {
    let none = wire::Event::default();
    match act {
        Act::Word(word) => wire::Event { event: word, ..none },
        Act::Choose(method) => wire::Event { event: "choose", method: Some(method), ..none },
        Act::Press(action) => wire::Event { event: "action", action: Some(action), ..none },
        Act::Code(code) => wire::Event { event: "type-code", code: Some(code.expose()), ..none },
        Act::Password(password) => wire::Event { event: "set-password", password: Some(password.expose()), ..none },
    }
}
