//! Runs one verb of a firmware's account program: secrets on standard input only, bounded in time and output.
//!
//! Nothing of the daemon reaches the program but the verb, its names and a `PATH`: no environment, no descriptor, no
//! working folder. What it prints beyond the bound, or after its time, is a failure and never half an answer (R47).

use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, kill_process_group, pidfd_open};

use crate::clock::Clock;

/// Most octets that a verb may print (R47).
const OUTPUT_MAX: usize = 64 * 1024;

/// The only variable that the program gets.
const PATH: &str = "/usr/sbin:/usr/bin:/sbin:/bin";

/// A program of the firmware, and how long it may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Absolute path, then arguments that stand before the verb.
    pub command: Vec<PathBuf>,
    /// Longest that one verb may take.
    pub limit: Duration,
}

/// How a verb ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Ended {
    /// Its exit code; a signal is none.
    pub code: Option<i32>,
    /// What it printed.
    pub output: String,
}

/// Why a verb gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum ProgramFault {
    /// It could not be run or talked to.
    #[error("cannot be run: {0}")]
    Io(#[from] io::Error),
    /// It took longer than it may, and was killed.
    #[error("took longer than {} s and was ended", .0.as_secs())]
    TooSlow(Duration),
    /// It printed more than it may, or no text.
    #[error("printed too much, or no text")]
    Output,
}

impl From<rustix::io::Errno> for ProgramFault {
    fn from(errno: rustix::io::Errno) -> Self {
        Self::Io(errno.into())
    }
}

/// Why a program is not trusted with passwords (F20).
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTrusted {
    /// The path is not absolute.
    #[error("`{0}` is not an absolute path")]
    Relative(String),
    /// There is no such file, or it is none that can be run.
    #[error("`{0}` is not a program that can be run")]
    NotAProgram(String),
    /// Somebody else may write to it.
    #[error("`{0}` can be written by others than its owner, or is owned by neither root nor the daemon")]
    Writable(String),
}

impl Program {
    /// Whether the program may be trusted with passwords: absolute, and nobody but root or the daemon can change it (F20).
    ///
    /// # Errors
    /// [`NotTrusted`].
    pub fn check(&self) -> Result<(), NotTrusted> {
        use std::os::unix::fs::MetadataExt;
        let path = self.command.first().map(PathBuf::as_path).unwrap_or_else(|| Path::new(""));
        let name = path.display().to_string();
        if !path.is_absolute() {
            return Err(NotTrusted::Relative(name));
        }
        let file = std::fs::metadata(path).ok().filter(|file| file.is_file() && file.mode() & 0o111 != 0);
        let file = file.ok_or_else(|| NotTrusted::NotAProgram(name.clone()))?;
        let own = rustix::process::geteuid().as_raw();
        let safe = file.mode() & 0o022 == 0 && (file.uid() == 0 || file.uid() == own);
        if safe { Ok(()) } else { Err(NotTrusted::Writable(name)) }
    }

    /// Runs a verb. Blocks: call it on a blocking thread.
    ///
    /// # Errors
    /// [`ProgramFault`]; the process is gone then.
    pub fn run(&self, verb: &str, names: &[&str], secret: &[u8]) -> Result<Ended, ProgramFault> {
        let (program, before) = self.command.split_first().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        let mut command = Command::new(program);
        command.args(before).arg(verb).args(names).env_clear().env("PATH", PATH).current_dir("/");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        // A group of its own, so that what it started ends with it.
        command.process_group(0);
        let mut running = Running(command.spawn()?);
        let outcome = running.talk(secret, self.limit);
        if outcome.is_err() {
            running.end();
        }
        outcome
    }

    /// Starts a verb and kills it, with all that it started, after so long: a power cut, for the conformance suite.
    ///
    /// # Errors
    /// It could not be started.
    pub fn cut(&self, verb: &str, names: &[&str], secret: &[u8], after: Duration) -> Result<(), ProgramFault> {
        match (Self { limit: after, ..self.clone() }).run(verb, names, secret) {
            Ok(_) | Err(ProgramFault::TooSlow(_) | ProgramFault::Output) => Ok(()),
            Err(ProgramFault::Io(error)) => Err(error.into()),
        }
    }
}

/// A verb at work; never left behind.
struct Running(Child);

impl Running {
    fn talk(&mut self, secret: &[u8], limit: Duration) -> Result<Ended, ProgramFault> {
        let ends = Clock::default().since_boot() + limit;
        if let Some(mut input) = self.0.stdin.take() {
            // A password is shorter than a pipe's buffer, so this never blocks; a program that does not read it is free to.
            match input.write_all(secret) {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error.into()),
                Ok(()) | Err(_) => {}
            }
        }
        let output = self.hear(ends, limit)?;
        let status = self.0.wait()?;
        let output = String::from_utf8(output).map_err(|_| ProgramFault::Output)?;
        Ok(Ended { code: status.code(), output })
    }

    /// Until the process has ended; what a child of its own still holds open is not waited for.
    fn hear(&mut self, ends: Duration, limit: Duration) -> Result<Vec<u8>, ProgramFault> {
        let pid = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw);
        let process =
            pidfd_open(pid.ok_or_else(|| io::Error::other("a process without a number"))?, PidfdFlags::empty())?;
        let mut pipe = self.0.stdout.take().ok_or_else(|| io::Error::other("no standard output"))?;
        rustix::io::ioctl_fionbio(&pipe, true)?;
        let (mut output, mut open) = (Vec::new(), true);
        loop {
            let left = ends.saturating_sub(Clock::default().since_boot());
            if left.is_zero() {
                return Err(ProgramFault::TooSlow(limit));
            }
            let mut watched = vec![PollFd::new(&process, PollFlags::IN)];
            if open {
                watched.push(PollFd::new(&pipe, PollFlags::IN));
            }
            let wait = Timespec { tv_sec: left.as_secs().cast_signed(), tv_nsec: left.subsec_nanos().into() };
            match poll(&mut watched, Some(&wait)) {
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(errno) => return Err(errno.into()),
            }
            let over = watched.first().is_some_and(|process| !process.revents().is_empty());
            open = open && drain(&mut pipe, &mut output)?;
            if over {
                return Ok(output);
            }
        }
    }

    fn end(&mut self) {
        // It may be gone already; then there is nothing to end.
        if let Some(group) = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.0.wait();
    }
}

/// Reads what is there; `false` once the other end is closed.
fn drain(pipe: &mut impl Read, output: &mut Vec<u8>) -> Result<bool, ProgramFault> {
    let mut octets = [0; 4096];
    loop {
        match pipe.read(&mut octets) {
            Ok(0) => return Ok(false),
            Ok(count) if output.len() + count > OUTPUT_MAX => return Err(ProgramFault::Output),
            Ok(count) => output.extend_from_slice(&octets[..count]),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(true),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}
