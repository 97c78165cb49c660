//! The three processes of the demo: started in order, waited for, taken away and brought back one by one, and stopped by
//! their process ids. None outlives this program (see `tether`).

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use super::post_office::{PostOffice, USER};
use super::programs::Programs;
use super::tether;
use super::world::World;
use crate::clock;
use crate::failure::Failure;

/// How long a process may take to be ready.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a process may take to end before it is killed.
const FAREWELL: Duration = Duration::from_secs(5);

/// Recorder, relay and mailbox, running. Dropping it stops them.
pub(crate) struct Household {
    pub(crate) recorder_url: String,
    pub(crate) mailbox_url: String,
    pub(crate) relay_url: String,
    pub(crate) world: World,
    programs: Programs,
    children: Children,
}

/// One of the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    Recorder,
    Relay,
    Mailbox,
}

impl Who {
    fn name(self) -> &'static str {
        match self {
            Who::Recorder => "recorder",
            Who::Relay => "relay",
            Who::Mailbox => "mailbox",
        }
    }
}

impl Household {
    /// `framed_by`: the one page that may show the mailbox inside itself.
    pub(crate) fn start(world: World, programs: Programs, framed_by: Option<&str>) -> Result<Household, Failure> {
        let children = Children::default();
        children.stop_on_signals();
        let none = String::new;
        let mut household =
            Household { recorder_url: none(), mailbox_url: none(), relay_url: none(), world, programs, children };
        household.mailbox_url = household.start_mailbox(framed_by)?;
        household.relay_url = household.start_relay()?;
        household.recorder_url = household.start_recorder()?;
        Ok(household)
    }

    fn start_mailbox(&self, framed_by: Option<&str>) -> Result<String, Failure> {
        let post = PostOffice::below(&self.world.root.join("mailbox"));
        let mut mailbox = tether::command(&self.programs.resetkit, &self.programs.resetkit);
        mailbox.args(["mailbox", "--web", "127.0.0.1:0", "--smtp", &format!("127.0.0.1:{}", self.world.ports.smtp)]);
        mailbox.args(["--submission", &format!("127.0.0.1:{}", self.world.ports.submission), "--user", USER]);
        mailbox.arg("--tls-cert").arg(post.certificate).arg("--tls-key").arg(post.key);
        mailbox.arg("--password-file").arg(post.password);
        mailbox.args(framed_by.iter().flat_map(|origin| ["--frame-ancestors", origin]));
        self.children.start(Who::Mailbox, mailbox, &self.world.log("mailbox"))
    }

    /// This program, for what people at the desk do with it.
    pub(crate) fn resetkit(&self) -> &Path {
        &self.programs.resetkit
    }

    /// Starts the relay; it keeps its address over a restart.
    pub(crate) fn start_relay(&self) -> Result<String, Failure> {
        let mut relay = tether::command(&self.programs.resetkit, &self.programs.relay);
        relay.args(["serve", "--config"]).arg(self.world.relay_config());
        self.children.start(Who::Relay, relay, &self.world.log("relay"))
    }

    /// Starts the recorder by its site file; gives back its address, which is another one at each start.
    pub(crate) fn start_recorder(&self) -> Result<String, Failure> {
        let mut recorder = tether::command(&self.programs.resetkit, &self.programs.recorder);
        recorder.args(["run", "--config"]).arg(self.world.recorder_config());
        self.children.start(Who::Recorder, recorder, &self.world.log("recorder"))
    }

    /// Tells one of the three to end, and waits for it.
    pub(crate) fn stop(&self, who: Who) {
        self.children.end(who, Signal::TERM);
    }

    /// Ends one of the three as a cut of power would.
    pub(crate) fn kill(&self, who: Who) {
        self.children.end(who, Signal::KILL);
    }

    /// Process id of one of the three, while it runs.
    pub(crate) fn pid(&self, who: Who) -> Option<u32> {
        self.children.list().iter().find(|(name, _)| *name == who.name()).map(|(_, child)| child.id())
    }

    /// The first of the three that ended without being told to.
    pub(crate) fn lost(&self) -> Option<Failure> {
        self.children.lost()
    }
}

impl Drop for Household {
    fn drop(&mut self) {
        self.children.stop();
    }
}

/// Processes that this program started. Clones share them.
#[derive(Clone, Default)]
struct Children(Arc<Mutex<Vec<(&'static str, Child)>>>);

impl Children {
    /// Starts one and waits for the web address of its `ready` line. Everything it says goes to its log.
    fn start(&self, who: Who, mut command: Command, log: &Path) -> Result<String, Failure> {
        let name = who.name();
        let file = File::options().create(true).append(true).open(log).map_err(|error| Failure::file(log, &error))?;
        let errors = file.try_clone().map_err(|error| Failure::file(log, &error))?;
        // A group of its own: Ctrl-C reaches this program only, which then stops its children in order.
        command.process_group(0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors);
        // What is said goes to a file.
        command.env("NO_COLOR", "1");
        let mut child = command
            .spawn()
            .map_err(|error| Failure::new(format!("The {name} cannot be started: {error}."), "Build it first."))?;
        let stdout = child.stdout.take();
        self.list().push((name, child));
        let (sender, ready) = mpsc::channel();
        if let Some(stdout) = stdout {
            std::thread::spawn(move || follow(stdout, file, &sender));
        }
        ready.recv_timeout(PATIENCE).map_err(|_| {
            let said = std::fs::read_to_string(log).unwrap_or_default();
            let last: Vec<_> = said.lines().rev().take(15).collect();
            Failure::new(
                format!(
                    "The {name} did not become ready. Its last words:\n{}",
                    last.into_iter().rev().collect::<Vec<_>>().join("\n")
                ),
                "",
            )
        })
    }

    /// Ctrl-C and a polite kill stop the children first.
    fn stop_on_signals(&self) {
        let children = self.clone();
        std::thread::spawn(move || {
            if wait_for_signal().is_ok() {
                children.stop();
                let _ = writeln!(std::io::stdout(), "\n  Stopped.");
                std::process::exit(130);
            }
        });
    }

    fn lost(&self) -> Option<Failure> {
        self.list().iter_mut().find_map(|(name, child)| {
            let status = child.try_wait().ok()??;
            Some(Failure::new(
                format!("The {name} ended by itself ({status})."),
                "Start the demo with `--keep DIR` and read DIR/logs.",
            ))
        })
    }

    /// Ends one child and waits for it.
    fn end(&self, who: Who, signal: Signal) {
        let mut list = self.list();
        let Some(at) = list.iter().position(|(name, _)| *name == who.name()) else { return };
        let (_, mut child) = list.remove(at);
        drop(list);
        tell(&mut child, signal);
        see_off(child, clock::moment());
    }

    /// Asks every child to end, by its process id, then makes it.
    fn stop(&self) {
        let mut list = self.list();
        for (_, child) in list.iter_mut().rev() {
            tell(child, Signal::TERM);
        }
        let since = clock::moment();
        list.drain(..).rev().for_each(|(_, child)| see_off(child, since));
    }

    fn list(&self) -> std::sync::MutexGuard<'_, Vec<(&'static str, Child)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn tell(child: &mut Child, signal: Signal) {
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    if let Some(pid) = pid.filter(|_| matches!(child.try_wait(), Ok(None))) {
        let _ = kill_process(pid, signal);
    }
}

/// Waits for a child that was told to end; one that dawdles is killed.
fn see_off(mut child: Child, since: std::time::Instant) {
    while matches!(child.try_wait(), Ok(None)) && since.elapsed() < FAREWELL {
        crate::clock::pause(Duration::from_millis(5));
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Copies what a process says into its log; sends the first web address of a `ready` line.
fn follow(stdout: ChildStdout, mut log: File, sender: &mpsc::Sender<String>) {
    let mut told = false;
    for line in BufReader::new(stdout).lines().map_while(Result::ok) {
        let _ = writeln!(log, "{line}");
        if let Some(found) = web_address(&line).filter(|_| !told) {
            told = sender.send(found).is_ok();
        }
    }
}

/// The web address of a `ready …` line.
fn web_address(line: &str) -> Option<String> {
    let rest = line.strip_prefix("ready ")?;
    rest.split_whitespace().find(|word| word.starts_with("http://") || word.starts_with("https://")).map(str::to_owned)
}

fn wait_for_signal() -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut polite = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            outcome = tokio::signal::ctrl_c() => outcome,
            _ = polite.recv() => Ok(()),
        }
    })
}
