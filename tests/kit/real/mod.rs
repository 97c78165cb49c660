//! The world of processes: `resetd` with a real method in its worker, `reset-relay`, a mailbox that speaks SMTP, and
//! sockets between them, from the files of `resetkit demo-world`.

mod console;
mod desk;
mod http;
mod programs;
mod view;

use std::fs;
use std::io::Write as _;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

pub use programs::programs;

use crate::process::{Running, children_of, kill_now, until};
use crate::stage::Stage;
use crate::workspace::{artefacts, files_below};
use crate::world::{Act, Case, Confirmation, Mail, MailServer, Screen, Ticket, Trouble, Visit, World};
use http::{Answer, Http};
use view::{event, good, log_in_of, screen};

/// How long anything may take to appear. Generous: two cores may be building something else meanwhile.
const PATIENCE: Duration = Duration::from_secs(30);

/// The account that first boot makes.
const ADMINISTRATOR: &str = "admin";

/// What the recorder drew.
#[derive(Clone, Debug)]
pub struct Drawings {
    /// PNG octets.
    pub png: Vec<u8>,
    /// SVG text.
    pub svg: Vec<u8>,
    /// For a terminal.
    pub half_blocks: String,
    /// Modules a side, without the quiet zone.
    pub modules: usize,
}

/// The world of processes.
pub struct Real {
    /// Short, since a Unix socket's path has 108 octets; gone with the world.
    files: tempfile::TempDir,
    layout: toml::Table,
    logs: PathBuf,
    http: Http,
    mailbox: Running,
    mailbox_web: String,
    relay: Option<Running>,
    recorder: Running,
    web: String,
    codes_read: usize,
    /// Calls that the support desk has had.
    calls: usize,
    /// The wire to the button, once somebody has pressed it.
    button: Option<UnixStream>,
}

/// The recorder's local API, for stories about raw requests.
#[derive(Clone, Debug)]
pub struct Api {
    http: Http,
    base: String,
}

impl Api {
    /// Opens a session, or whatever else answers with an id and a token.
    ///
    /// # Errors
    /// When nobody answers, or the recorder refuses.
    pub fn opens(&self, path: &str, body: &Value) -> Result<Visit, String> {
        let answer = self.http.post(&format!("{}{path}", self.base), None, body)?.body;
        let text = |key: &str| answer[key].as_str().map(str::to_owned).ok_or_else(|| answer.to_string());
        Ok(Visit { id: text("id")?, token: text("token")? })
    }

    /// Posts JSON; the status of the answer.
    ///
    /// # Errors
    /// When nobody answers.
    pub fn posts(&self, path: &str, token: &str, body: &Value) -> Result<u16, String> {
        Ok(self.http.post(&format!("{}{path}", self.base), Some(token), body)?.status)
    }
}

/// A stage in the world of processes; `story` names the folder of its logs.
pub fn real(story: &str) -> Stage<Real> {
    Stage::new(Real::start(story))
}

impl Real {
    /// Builds the programs and the files, and starts all three.
    ///
    /// # Panics
    /// When one of them does not come up; its log is in the message.
    pub fn start(story: &str) -> Real {
        Real::start_as(story, &[])
    }

    /// The same with more options of `resetkit demo-world`, such as another profile.
    ///
    /// # Panics
    /// When one of the programs does not come up; its log is in the message.
    pub fn start_as(story: &str, options: &[&str]) -> Real {
        let programs = programs();
        let logs = artefacts(story);
        let files = tempfile::Builder::new().prefix("resetkit-").tempdir().expect("a temporary folder");
        let mut make = Command::new(programs.join("resetkit"));
        make.arg("demo-world").arg(files.path()).arg("--no-build").arg("--programs").arg(programs).args(options);
        let made = make.output().expect("resetkit runs");
        assert!(made.status.success(), "no demo world: {}", String::from_utf8_lossy(&made.stderr));
        let layout = fs::read_to_string(files.path().join("world.toml")).expect("the world is described");
        let layout: toml::Table = layout.parse().expect("the world's description is TOML");

        let mailbox = start_mailbox(files.path(), &layout, &logs);
        let mailbox_web = address_in(&mailbox.line_with("ready"), "web ");
        let relay = start_relay(files.path(), &layout, &logs);
        let (recorder, web) = start_recorder(files.path(), &layout, &logs);
        let http = Http::new();
        Real {
            files,
            layout,
            logs,
            http,
            mailbox,
            mailbox_web,
            relay: Some(relay),
            recorder,
            web,
            codes_read: 0,
            calls: 0,
            button: None,
        }
    }

    /// The recorder's page.
    pub fn web(&self) -> String {
        self.web.clone()
    }

    /// The mailbox's page.
    pub fn mailbox_page(&self) -> String {
        self.mailbox_web.clone()
    }

    /// The relay's address, where its app is at `app/`.
    pub fn relay_page(&self) -> String {
        setting(&self.layout, "relay_url").to_owned()
    }

    /// Where the logs are kept.
    pub fn logs(&self) -> PathBuf {
        self.logs.clone()
    }

    /// The local screen's lane, as a program on the device speaks it: posts JSON, gives back the answer's body.
    ///
    /// # Panics
    /// When the recorder refuses or does not answer.
    pub fn at_the_console(&self, path: &str, token: Option<&str>, body: &Value) -> Value {
        let socket = self.files.path().join(setting(&self.layout, "console_socket"));
        let answer = good(console::post(&socket, path, token, body));
        answer.unwrap_or_else(|trouble| panic!("{path} at the console: {trouble:?}")).body
    }

    /// The recorder loses power and stays off until [`World::power_cut`] boots it.
    pub fn recorder_stops(&mut self) {
        self.recorder.dies();
    }

    /// The recorder's process.
    pub fn recorder_pid(&self) -> u32 {
        self.recorder.pid()
    }

    /// The mailbox's process.
    pub fn mailbox_pid(&self) -> u32 {
        self.mailbox.pid()
    }

    /// Files of the world.
    pub fn files(&self) -> &Path {
        self.files.path()
    }

    /// Waits for a mail with a code that was not read before, and reads it.
    ///
    /// # Panics
    /// When none comes.
    pub fn next_code(&mut self) -> String {
        let seen = self.codes_read;
        let code = until(PATIENCE, || self.read_mails().iter().filter_map(Mail::code).nth(seen));
        self.codes_read += 1;
        code.expect("a mail with a code came")
    }

    /// Waits by long polling until the method has drawn, and fetches the picture.
    ///
    /// # Panics
    /// When none comes.
    pub fn waits_for_picture(&self, visit: &Visit) -> Vec<u8> {
        let mut seen = 0;
        let url = until(PATIENCE, || {
            let ask = self.absolute(&format!("/api/v0/resets/{}?after={seen}&wait=25", visit.id));
            let view = good(self.http.get(&ask, Some(&visit.token))).expect("its owner may look").body;
            seen = view["revision"].as_u64().expect("a revision");
            view["qr"]["svg_url"].as_str().map(str::to_owned)
        });
        self.http
            .octets(&self.absolute(&url.expect("a QR is drawn")), Some(&visit.token))
            .expect("the picture is there")
    }

    /// What the method drew for this visit.
    ///
    /// # Panics
    /// When nothing was drawn.
    pub fn drawings(&self, visit: &Visit) -> Drawings {
        let view = self.session(visit).expect("its owner may look").body;
        let picture = |key: &str| {
            let url = view["qr"][key].as_str().unwrap_or_else(|| panic!("no {key} in {view}"));
            self.http.octets(&self.absolute(url), Some(&visit.token)).expect("the picture is there")
        };
        Drawings {
            png: picture("png_url"),
            svg: picture("svg_url"),
            half_blocks: view["qr"]["half_blocks"].as_str().expect("half blocks").to_owned(),
            modules: view["qr"]["modules"].as_u64().and_then(|n| usize::try_from(n).ok()).expect("a number of modules"),
        }
    }

    /// Somebody presses the button and keeps it down; the wire says so until it is written to, and must be kept.
    ///
    /// # Panics
    /// When the recorder does not read its button.
    pub fn presses_the_button(&self) -> UnixStream {
        let path = self.files.path().join(setting(&self.layout, "button_socket"));
        let line = until(PATIENCE, || UnixStream::connect(&path).ok());
        let mut line = line.expect("the recorder reads its button from a socket");
        line.write_all(b"1\n").expect("the line takes an edge");
        line
    }

    /// The local API as any program reaches it; may be asked from many threads at once.
    pub fn api(&self) -> Api {
        Api { http: self.http.clone(), base: self.web.clone() }
    }

    fn absolute(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.web.trim_end_matches('/')) }
    }

    fn session(&self, visit: &Visit) -> Result<Answer, Trouble> {
        let url = self.absolute(&format!("/api/v0/resets/{}", visit.id));
        good(self.http.get(&url, Some(&visit.token)))
    }

    fn opens(&self, path: &str, token: Option<&str>, body: &Value) -> Result<Visit, Trouble> {
        let answer = good(self.http.post(&self.absolute(path), token, body))?.body;
        let text = |key: &str| answer[key].as_str().unwrap_or_else(|| panic!("no {key} in {answer}")).to_owned();
        Ok(Visit { id: text("id"), token: text("token") })
    }

    fn read_mails(&self) -> Vec<Mail> {
        let url = format!("{}/api/messages", self.mailbox_web.trim_end_matches('/'));
        let answer = self.http.get(&url, None).expect("the mailbox answers").body;
        let text = |mail: &Value, key: &str| mail[key].as_str().unwrap_or_default().to_owned();
        let read = |mail: &Value| {
            let to: Vec<&str> = mail["to"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            assert_eq!(to.len(), 1, "a mail has exactly one recipient (R65, F9): {to:?}");
            Mail { to: to[0].to_owned(), subject: text(mail, "subject"), text: text(mail, "text") }
        };
        answer.as_array().into_iter().flatten().map(read).collect()
    }
}

fn setting<'l>(layout: &'l toml::Table, key: &str) -> &'l str {
    layout.get(key).and_then(toml::Value::as_str).unwrap_or_else(|| panic!("world.toml has no {key}"))
}

fn start_mailbox(files: &Path, layout: &toml::Table, logs: &Path) -> Running {
    let at = |key: &str| {
        let port =
            layout.get(key).and_then(toml::Value::as_integer).unwrap_or_else(|| panic!("world.toml has no {key}"));
        format!("127.0.0.1:{port}")
    };
    let mut command = Command::new(programs().join("resetkit"));
    command.args(["mailbox", "--smtp", &at("smtp_port"), "--web", "127.0.0.1:0"]);
    command.args(["--submission", &at("submission_port"), "--user", setting(layout, "submission_user")]);
    for (option, key) in
        [("--password-file", "submission_password"), ("--tls-cert", "submission_cert"), ("--tls-key", "submission_key")]
    {
        command.arg(option).arg(files.join(setting(layout, key)));
    }
    Running::start("mailbox", command, logs)
}

fn start_relay(files: &Path, layout: &toml::Table, logs: &Path) -> Running {
    let mut command = Command::new(programs().join("reset-relay"));
    command.args(["serve", "--config"]).arg(files.join(setting(layout, "relay_config"))).current_dir(files);
    let relay = Running::start("relay", command, logs);
    relay.line_with("ready");
    relay
}

fn start_recorder(files: &Path, layout: &toml::Table, logs: &Path) -> (Running, String) {
    let mut command = Command::new(programs().join("resetd"));
    command.args(["run", "--config"]).arg(files.join(setting(layout, "recorder_config"))).current_dir(files);
    let recorder = Running::start("recorder", command, logs);
    let web = address_in(&recorder.line_with("ready web"), "web ");
    (recorder, web)
}

/// The word after `before` in a `ready` line.
fn address_in(line: &str, before: &str) -> String {
    let rest = line.split(before).nth(1).unwrap_or_else(|| panic!("no {before:?} in {line:?}"));
    rest.split_whitespace().next().unwrap_or_default().trim_end_matches('/').to_owned()
}

impl World for Real {
    fn patience(&self) -> Duration {
        PATIENCE
    }

    fn sets_up(&mut self, password: &str, email: Option<&str>) {
        let body = json!({"password": password, "email": email});
        good(self.http.post(&self.absolute("/api/v0/setup"), None, &body)).expect("the recorder is set up");
    }

    fn logs_in(&mut self, password: &str) -> Option<Ticket> {
        let body = json!({"account": ADMINISTRATOR, "password": password});
        log_in_of(&self.http.post(&self.absolute("/api/v0/login"), None, &body))
    }

    fn logs_in_at_the_screen(&mut self, password: &str) -> Option<Ticket> {
        let socket = self.files.path().join(setting(&self.layout, "console_socket"));
        let body = json!({"account": ADMINISTRATOR, "password": password, "interactive": true});
        log_in_of(&console::post(&socket, "/api/v0/login", None, &body))
    }

    fn still_in(&mut self, ticket: &Ticket) -> bool {
        let answer = self.http.get(&self.absolute("/api/v0/device"), Some(&ticket.0)).expect("the recorder answers");
        answer.body["account"].is_string()
    }

    fn asks_to_reset(&mut self) -> Result<Visit, Trouble> {
        self.opens("/api/v0/resets", None, &json!({"account": ADMINISTRATOR}))
    }

    fn asks_to_confirm(&mut self, ticket: &Ticket) -> Result<Visit, Trouble> {
        self.opens("/api/v0/address/confirm", Some(&ticket.0), &json!({}))
    }

    fn acts(&mut self, visit: &Visit, act: &Act) -> Result<(), Trouble> {
        let url = self.absolute(&format!("/api/v0/resets/{}/events", visit.id));
        good(self.http.post(&url, Some(&visit.token), &event(act))).map(drop)
    }

    fn looks(&mut self, visit: &Visit) -> Result<Screen, Trouble> {
        self.session(visit).map(|answer| screen(&answer.body))
    }

    fn scans(&mut self, payload: &str) -> Result<Confirmation, Trouble> {
        let mut scan = Command::new(programs().join("resetkit"));
        scan.args(["scan", "--json", "--text", payload]);
        let out = desk::said(scan)?;
        let answer: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("not JSON: {out}"));
        let request = answer["request"].as_str().expect("a confirmation has a request number").to_owned();
        Ok(Confirmation { request, resent: answer["resent"] == json!(true) })
    }

    fn follows_link(&mut self, payload: &str) {
        // The scheme and host are upper case in the QR; a telephone lowers them.
        let address = format!("{}{}", setting(&self.layout, "relay_url"), payload_path(payload));
        let _ = self.http.get(&address, None);
        let _ = self.http.get(&format!("{address}?source=preview"), None);
    }

    fn mails(&mut self) -> Vec<Mail> {
        self.read_mails()
    }

    fn prints_sheet(&mut self, password: &str) -> Vec<String> {
        let login = self.logs_in(password).expect("a sheet needs a log-in");
        let path = |tail: &str| self.absolute(&format!("/api/v0/recovery-codes{tail}"));
        let sheet = good(self.http.post(&path(""), Some(&login.0), &json!({"password": password})));
        let sheet = sheet.unwrap_or_else(|trouble| panic!("no sheet: {trouble:?}")).body;
        let codes = sheet["codes"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let codes: Vec<String> = codes.map(str::to_owned).collect();
        let typed = json!({"code": codes.last().expect("a sheet has codes")});
        good(self.http.post(&path("/confirm"), Some(&login.0), &typed)).expect("one is typed back");
        codes
    }

    fn support_unlocks(&mut self, payload: &str) -> Result<String, Trouble> {
        self.calls += 1;
        desk::TicketFile { files: self.files.path(), number: self.calls }.unlock(payload)
    }

    fn agent_hears(&mut self, visit: &Visit) -> Case {
        let view = self.session(visit).expect("its owner reads out what stands there").body;
        let code = view["case_code"].as_str().unwrap_or_else(|| panic!("no case code in {view}"));
        desk::case(code)
    }

    fn power_cut(&mut self) {
        self.recorder.dies();
        let (recorder, web) = start_recorder(self.files.path(), &self.layout, &self.logs);
        (self.recorder, self.web) = (recorder, web);
    }

    fn relay_up(&mut self, up: bool) {
        self.relay = up.then(|| start_relay(self.files.path(), &self.layout, &self.logs));
    }

    fn method_dies(&mut self, _visit: &Visit) {
        let recorder = self.recorder.pid();
        let workers = until(PATIENCE, || Some(children_of(recorder)).filter(|workers| !workers.is_empty()));
        let workers = workers.expect("a method runs in a worker process");
        workers.iter().copied().for_each(kill_now);
        let gone = until(PATIENCE, || children_of(recorder).iter().all(|pid| !workers.contains(pid)).then_some(()));
        gone.expect("the recorder buries its dead");
    }

    fn holds_button(&mut self, span: Duration) {
        let mut line = self.presses_the_button();
        let _ = until(span, || None::<()>);
        line.write_all(b"0\n").expect("the line takes an edge");
        // It is one line for as long as the device runs: it must not be lost at once.
        self.button = Some(line);
    }

    fn mail_server(&mut self, does: MailServer) {
        let stop = |signal: &str| {
            let sent = Command::new("kill").args([signal, &self.mailbox.pid().to_string()]).status();
            assert!(sent.is_ok_and(|status| status.success()), "the mailbox takes a signal");
        };
        match does {
            MailServer::Fine => stop("-CONT"),
            MailServer::Silent => stop("-STOP"),
            MailServer::MailboxFull => panic!("the trial mailbox has room for everything; see direct_mail.rs"),
        }
    }

    fn withdraws(&mut self, method: &str) {
        fs::remove_dir_all(self.files.path().join("methods").join(method)).expect("the method was installed");
        self.power_cut();
    }

    fn clock_says_1970(&mut self) {
        let path = self.files.path().join(setting(&self.layout, "recorder_config"));
        let site = fs::read_to_string(&path).expect("the recorder has a site file");
        let unset = site.replace("[clock]\nsource = \"system\"", "[clock]\nsource = \"never-set\"");
        assert_ne!(site, unset, "the site file says where time comes from");
        fs::write(&path, unset).expect("the site file can be written");
        self.power_cut();
    }

    fn traces(&mut self) -> Vec<(String, Vec<u8>)> {
        let mut paths = files_below(&self.files.path().join("recorder"), &[""]);
        paths.extend(files_below(&self.files.path().join("relay"), &[""]));
        paths.extend(["recorder.log", "relay.log"].map(|name| self.logs.join(name)));
        for pid in children_of(self.recorder.pid()).into_iter().chain([self.recorder.pid()]) {
            paths.extend(["environ", "cmdline"].map(|name| PathBuf::from(format!("/proc/{pid}/{name}"))));
        }
        paths.into_iter().filter_map(|path| Some((path.display().to_string(), fs::read(&path).ok()?))).collect()
    }

    fn audit(&mut self) -> Vec<String> {
        let logs = files_below(&self.files.path().join("recorder"), &["audit.log"]);
        let texts = logs.iter().filter_map(|path| fs::read(path).ok());
        texts
            .flat_map(|octets| String::from_utf8_lossy(&octets).lines().map(str::to_owned).collect::<Vec<_>>())
            .collect()
    }
}

/// What stands behind the host, with its slash.
fn payload_path(payload: &str) -> &str {
    let behind_scheme = payload.find("://").map_or(0, |at| at + 3);
    payload[behind_scheme..].find('/').map_or("", |at| &payload[behind_scheme + at..])
}
