//! Plays the daemon: hands a connection and a code to the method, tells it what can be read, and keeps its time.

use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::sync::atomic::Ordering;
use std::time::Duration;

use resetkit_contract::abi::{RNone, ROption, RSome};
use resetkit_contract::{
    Connection, Delivery, Login, Mechanism, Method, MethodEvent, MethodOutput, Peer, Purpose, Screen, SealForm,
    Security, StartInfo, View, hand_over,
};
use resetkit_method_email::Email;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::server::{GOOD, Gone, HOST, Heard, Identity, Script, Server, serve};

/// The code of every test; must be found in the mail and nowhere else.
pub(crate) const CODE: &str = "7ZX-0KM-41Q";
/// The address on file.
pub(crate) const OWNER: &str = "owner@home.example";

/// How the site is set up, and what the daemon says.
pub(crate) struct Setting {
    pub(crate) identity: Identity,
    pub(crate) peer: Peer,
    pub(crate) delivery: Delivery,
    pub(crate) clock: ROption<u64>,
}

impl Setting {
    pub(crate) fn new() -> Setting {
        Setting::with(Identity::of(GOOD))
    }

    pub(crate) fn with(identity: Identity) -> Setting {
        let peer = Peer {
            host: HOST.into(),
            port: 587,
            security: Security::StartTls,
            login: RSome(Login { mechanism: Mechanism::Plain, user: "recorder".into(), secret: "wonderland".into() }),
            from: "recorder@home.example".into(),
            roots: identity.roots.clone().into_bytes().into(),
            helo: "recorder.home.example".into(),
        };
        Setting { identity, peer, delivery: delivery("0042"), clock: RNone }
    }

    pub(crate) fn implicit(mut self) -> Setting {
        self.peer.security = Security::Implicit;
        self
    }

    pub(crate) fn login(mut self, mechanism: Mechanism) -> Setting {
        self.peer.login = RSome(Login { mechanism, user: "recorder".into(), secret: "wonderland".into() });
        self
    }
}

pub(crate) fn delivery(request: &str) -> Delivery {
    Delivery {
        request: request.into(),
        recipient: OWNER.into(),
        code: CODE.into(),
        subject: format!("Request {request}: password reset of nvr-4").into(),
        text: format!("Someone at the device asked to reset its password.\n\nCode:\n\n    {CODE}\n").as_str().into(),
        tries_left: 5,
        minutes_left: 60,
    }
}

pub(crate) fn info(clock: ROption<u64>) -> StartInfo {
    StartInfo {
        purpose: Purpose::Reset,
        form: SealForm::AddressSealed,
        locale: "".into(),
        screen: Screen { width_px: 800, height_px: 480, columns: 0, rows: 0 },
        tries_left: 5,
        minutes_left: 60,
        new_codes_left: 2,
        at_ms: 1_000,
        address_hint: RSome("o•••r@•••.example".into()),
        app: RNone,
        clock,
        button: RNone,
        support: RNone,
    }
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) outputs: Vec<MethodOutput>,
    pub(crate) heard: Heard,
    /// Milliseconds of the method's time that it took.
    pub(crate) took_ms: u64,
}

impl Outcome {
    pub(crate) fn failure(&self) -> Option<&str> {
        self.outputs.iter().find_map(|output| match output {
            MethodOutput::Fail { code, .. } => Some(code.as_str()),
            _ => None,
        })
    }

    pub(crate) fn delivered(&self) -> bool {
        self.outputs.contains(&MethodOutput::Delivered)
    }

    pub(crate) fn codes_asked(&self) -> usize {
        self.outputs.iter().filter(|output| matches!(output, MethodOutput::AskDelivery { .. })).count()
    }

    pub(crate) fn last_view(&self) -> &View {
        let shown = self.outputs.iter().rev().find_map(|output| match output {
            MethodOutput::Show(view) => Some(view),
            _ => None,
        });
        shown.expect("something is shown")
    }

    pub(crate) fn logged(&self, wanted: &str) -> bool {
        self.outputs.iter().any(|output| matches!(output, MethodOutput::Log { key, .. } if key == wanted))
    }
}

/// Plays a session against a server with this script, until the mail is out or has failed.
pub(crate) fn play(setting: Setting, script: impl FnOnce(&mut Server) -> Result<(), Gone> + Send + 'static) -> Outcome {
    played(setting, Box::new(script)).0
}

/// A method whose mail is out.
pub(crate) fn sent(setting: Setting) -> Email {
    let (outcome, email) = played(
        setting,
        Box::new(|server| {
            server.starttls()?;
            server.let_in()?;
            server.take_mail()
        }),
    );
    assert!(outcome.delivered(), "{:?}", outcome.outputs);
    email
}

fn played(setting: Setting, script: Script) -> (Outcome, Email) {
    let (theirs, ours) = UnixStream::pair().unwrap();
    let running = serve(theirs, setting.identity.clone(), script);
    ours.set_nonblocking(true).unwrap();
    let looked_at = OwnedFd::from(ours.try_clone().unwrap());
    let mut stage = Stage { email: Email::new(), outputs: Vec::new(), at_ms: 1_000, watch: None };
    stage.tell(MethodEvent::Start(info(setting.clock)));
    assert!(stage.outputs.contains(&MethodOutput::Connect { setting: "smtp".into() }));
    let connection =
        Connection { setting: "smtp".into(), watch: hand_over(ours.into()), peer: setting.peer, at_ms: 1_001 };
    stage.tell(MethodEvent::Connected(connection));
    let mut delivery = Some(setting.delivery);
    while !stage.is_over() {
        if stage.asks_for_code()
            && let Some(delivery) = delivery.take()
        {
            stage.tell(MethodEvent::Deliver(delivery));
        } else if stage.can_read(&looked_at, if running.silent.load(Ordering::SeqCst) { 0 } else { 20 }) {
            let watch = stage.watch.unwrap();
            stage.tell(MethodEvent::Readable { watch, at_ms: stage.at_ms });
        } else if running.silent.load(Ordering::SeqCst) {
            stage.at_ms += 250;
            stage.tell(MethodEvent::Tick { at_ms: stage.at_ms });
        }
        assert!(stage.at_ms < 200_000, "it waits for ever");
    }
    let Stage { outputs, at_ms, email, .. } = stage;
    drop(looked_at);
    (Outcome { outputs, heard: running.heard(), took_ms: at_ms - 1_000 }, email)
}

struct Stage {
    email: Email,
    outputs: Vec<MethodOutput>,
    at_ms: u64,
    watch: Option<u32>,
}

impl Stage {
    fn tell(&mut self, event: MethodEvent) {
        for output in self.email.advance(event) {
            match output {
                MethodOutput::Watch { watch } => self.watch = Some(watch),
                MethodOutput::Unwatch { watch } => {
                    assert_eq!(self.watch.take(), Some(watch), "only what is watched is unwatched");
                }
                _ => {}
            }
            self.outputs.push(output);
        }
    }

    fn is_over(&self) -> bool {
        self.outputs.iter().any(|output| matches!(output, MethodOutput::Fail { .. } | MethodOutput::Delivered))
    }

    fn asks_for_code(&self) -> bool {
        self.outputs.iter().any(|output| matches!(output, MethodOutput::AskDelivery { .. }))
    }

    fn can_read(&self, descriptor: &OwnedFd, within_ms: u32) -> bool {
        if self.watch.is_none() {
            return false;
        }
        let mut fds = [PollFd::new(descriptor, PollFlags::IN)];
        let limit = Timespec::try_from(Duration::from_millis(within_ms.into())).unwrap();
        poll(&mut fds, Some(&limit)).unwrap() > 0
    }
}
