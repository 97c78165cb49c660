//! Programs started by a story, each killed by its own process id when the story drops it.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How long a program of ours may take until it says that it is ready.
const START: Duration = Duration::from_secs(30);

/// Asks again and again until there is an answer or `patience` is over. The only wait of the stories.
#[allow(clippy::disallowed_methods, reason = "the one clock and the one pause of the real world's stories")]
pub fn until<T>(patience: Duration, mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + patience;
    loop {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        if Instant::now() >= end {
            return None;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A running program whose output is kept in `<dir>/<name>.log`.
pub struct Running {
    name: String,
    child: Child,
    lines: Receiver<String>,
    log: PathBuf,
}

impl Running {
    /// Starts `command` with its output in a log; several runs of one name share a log.
    pub fn start(name: &str, mut command: Command, dir: &Path) -> Running {
        let log = dir.join(format!("{name}.log"));
        let errors = File::options().create(true).append(true).open(&log).expect("the story's folder is writable");
        let mut copy = errors.try_clone().expect("a descriptor");
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors).spawn().unwrap_or_else(|problem| {
                panic!("{name} does not start: {problem}; tests/run installs what is missing")
            });
        let output = child.stdout.take().expect("its output is a pipe");
        let (told, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let _ = writeln!(copy, "{line}");
                let _ = told.send(line);
            }
        });
        Running { name: name.to_owned(), child, lines, log }
    }

    /// The next line of its output that holds `words`.
    ///
    /// # Panics
    /// When the program ends or stays silent instead; the log is in the message.
    pub fn line_with(&self, words: &str) -> String {
        let mut patience = START;
        loop {
            match self.lines.recv_timeout(patience) {
                Ok(line) if line.contains(words) => return line,
                Ok(_) => patience = START,
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("{} did not say {words:?}; it said:\n{}", self.name, self.log_text())
                }
            }
        }
    }

    /// All it has written so far, and what earlier runs of the same name wrote.
    pub fn log_text(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as a power cut would: at once, without a word (SIGKILL).
    pub fn dies(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Has it ended by itself?
    pub fn has_ended(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(Some(_)))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.dies();
    }
}

/// The processes that `pid` started and that still run, by process id: the workers of a daemon.
pub fn children_of(pid: u32) -> Vec<u32> {
    let text = |path: String| fs::read_to_string(path).unwrap_or_default();
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    let mut children: Vec<u32> = tasks
        .flat_map(|task| {
            text(format!("{}/children", task.path().display()))
                .split_whitespace()
                .filter_map(|pid| pid.parse().ok())
                .collect::<Vec<_>>()
        })
        .collect();
    children.retain(|child| !text(format!("/proc/{child}/stat")).contains(") Z "));
    children
}

/// Kills one process by its id, as `kill -9` does.
pub fn kill_now(pid: u32) {
    let _ = Command::new("kill").args(["-9", &pid.to_string()]).status();
}
