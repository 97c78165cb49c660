//! The three processes of the demo: started in order, waited for, and stopped by their process ids.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use super::programs::Programs;
use super::talk::Talk;
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
    pub(crate) console_socket: PathBuf,
    pub(crate) mailbox_url: String,
    pub(crate) relay_url: String,
    children: Children,
}

impl Household {
    pub(crate) fn start(world: &World, programs: &Programs, talk: &Talk) -> Result<Household, Failure> {
        let children = Children::default();
        children.stop_on_signals();
        let mut mailbox = Command::new(&programs.resetkit);
        mailbox.args(["mailbox", "--smtp", &format!("127.0.0.1:{}", world.smtp_port), "--web", "127.0.0.1:0"]);
        let mailbox_url = children.start("mailbox", mailbox, &world.log("mailbox"), web_address)?;
        let mut relay = Command::new(&programs.relay);
        relay.args(["serve", "--config"]).arg(world.relay_config());
        let relay_url = children.start("relay", relay, &world.log("relay"), web_address)?;
        let mut recorder = Command::new(&programs.recorder);
        recorder.args(["run", "--config"]).arg(world.recorder_config());
        let recorder_url = children.start("recorder", recorder, &world.log("recorder"), web_address)?;
        talk.done("mailbox, relay and recorder are running");
        Ok(Household {
            recorder_url,
            console_socket: world.root.join("recorder/console.sock"),
            mailbox_url,
            relay_url,
            children,
        })
    }

    /// Tells the visitor what to try, and waits for Ctrl-C.
    pub(crate) fn welcome(&self, talk: &Talk) -> Result<(), Failure> {
        talk.plain(&format!(
            "\n  {}   {}\n  {}    {}\n  {}      {}\n",
            talk.bold("Recorder"),
            self.recorder_url,
            talk.bold("Mailbox"),
            self.mailbox_url,
            talk.bold("Relay"),
            self.relay_url
        ));
        talk.plain("  What to try");
        talk.plain(
            "    1  Open the recorder. Choose a password, and any e-mail address: every mail ends up in the mailbox.",
        );
        talk.plain("    2  Log out, forget the password, press Forgot password and go on to the QR code.");
        talk.plain("    3  Be the phone: open the address below the picture in a new tab, as any phone's camera would, and press");
        talk.plain("       its button. Or be the app, in another terminal:  resetkit scan --text HTTP://127.0.0.1:…");
        talk.plain("    4  Open the mailbox, type the code at the recorder, choose a new password.");
        talk.plain(&format!("\n  The local screen's lane is a Unix socket: {}", self.console_socket.display()));
        talk.plain("\n  Ctrl-C ends the demo and its three processes.");
        self.children.wait_until_one_ends()
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
    /// Starts one and waits for a line that `wanted` understands. Everything it says goes to its log.
    fn start(
        &self,
        name: &'static str,
        mut command: Command,
        log: &Path,
        wanted: fn(&str) -> Option<String>,
    ) -> Result<String, Failure> {
        let file = File::create(log).map_err(|error| Failure::file(log, &error))?;
        let errors = file.try_clone().map_err(|error| Failure::file(log, &error))?;
        // A group of its own: Ctrl-C reaches this program only, which then stops its children in order.
        command.process_group(0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors);
        let mut child = command
            .spawn()
            .map_err(|error| Failure::new(format!("The {name} cannot be started: {error}."), "Build it first."))?;
        let stdout = child.stdout.take();
        self.list().push((name, child));
        let (sender, ready) = mpsc::channel();
        if let Some(stdout) = stdout {
            std::thread::spawn(move || follow(stdout, file, wanted, &sender));
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

    fn wait_until_one_ends(&self) -> Result<(), Failure> {
        loop {
            for (name, child) in self.list().iter_mut() {
                if let Ok(Some(status)) = child.try_wait() {
                    return Err(Failure::new(
                        format!("The {name} ended by itself ({status})."),
                        "Start the demo with `--keep DIR` and read DIR/logs.",
                    ));
                }
            }
            crate::clock::pause(Duration::from_millis(300));
        }
    }

    /// Asks every child to end, by its process id, then makes it.
    fn stop(&self) {
        let mut list = self.list();
        for (_, child) in list.iter_mut().rev() {
            if let Some(pid) =
                i32::try_from(child.id()).ok().and_then(Pid::from_raw).filter(|_| matches!(child.try_wait(), Ok(None)))
            {
                let _ = kill_process(pid, Signal::TERM);
            }
        }
        let since = clock::moment();
        for (_, mut child) in list.drain(..).rev() {
            while matches!(child.try_wait(), Ok(None)) && since.elapsed() < FAREWELL {
                crate::clock::pause(Duration::from_millis(10));
            }
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    fn list(&self) -> std::sync::MutexGuard<'_, Vec<(&'static str, Child)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Copies what a process says into its log; sends the first line that is understood.
fn follow(stdout: ChildStdout, mut log: File, wanted: fn(&str) -> Option<String>, sender: &mpsc::Sender<String>) {
    let mut told = false;
    for line in BufReader::new(stdout).lines().map_while(Result::ok) {
        let _ = writeln!(log, "{line}");
        if let Some(found) = wanted(&line).filter(|_| !told) {
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
