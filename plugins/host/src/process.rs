//! A worker process as its parent holds it: by pidfd, so that no signal ever meets a stranger.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::{
    Pid, PidfdFlags, Signal, WaitId, WaitIdOptions, WaitIdStatus, pidfd_open, pidfd_send_signal, waitid,
};
use tokio::io::unix::AsyncFd;
use tokio::runtime::Handle;
use tokio::time::timeout;

use crate::child::WORKER_ARGUMENT;
use crate::failure::{HostFailure, HostFailureKind};
use crate::limits::Limits;

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// With this exit code.
    Exit(i32),
    /// By this signal.
    Signal(i32),
    /// It is not known how.
    Unknown,
}

impl Ending {
    /// What it means when nobody asked the worker to end.
    pub(crate) fn into_failure(self) -> HostFailure {
        let (kind, detail) = match self {
            Ending::Exit(code) => (HostFailureKind::Exited, format!("exit code {code}")),
            Ending::Signal(libc::SIGSYS) => {
                (HostFailureKind::ForbiddenCall, "a system call that the sandbox forbids (SIGSYS)".into())
            }
            Ending::Signal(libc::SIGXFSZ) => (HostFailureKind::ForbiddenCall, "wrote to a file (SIGXFSZ)".into()),
            Ending::Signal(signal) => (HostFailureKind::Crashed, format!("signal {signal}")),
            Ending::Unknown => (HostFailureKind::Crashed, "it is gone".into()),
        };
        HostFailure::new(kind, detail)
    }
}

/// A child that is killed and reaped when this is dropped.
#[derive(Debug)]
pub(crate) struct Process {
    id: u32,
    handle: Option<AsyncFd<OwnedFd>>,
}

impl Process {
    /// Starts a worker. The descriptors arrive as standard input and output, so that no closure has to run between fork
    /// and exec: that would forbid `posix_spawn` and double the time.
    ///
    /// The parent-death signal follows the *thread* that calls this; it must live as long as the worker.
    pub(crate) fn spawn(program: &Path, socket: OwnedFd, library: OwnedFd) -> io::Result<Process> {
        let child = Command::new(program)
            .arg0("resetkit-worker")
            .arg(WORKER_ARGUMENT)
            .env_clear()
            .stdin(Stdio::from(socket))
            .stdout(Stdio::from(library))
            .stderr(Stdio::null())
            .spawn()?;
        let id = child.id();
        let pid = i32::try_from(id).ok().and_then(Pid::from_raw).ok_or(io::ErrorKind::InvalidData)?;
        // The child is not reaped yet, so its number cannot have gone to another process.
        let pidfd = pidfd_open(pid, PidfdFlags::empty())?;
        #[allow(
            deprecated,
            reason = "its successor is unsafe; an OwnedFd keeps its number, which is what that is about"
        )]
        let handle = AsyncFd::new(pidfd)?;
        Ok(Process { id, handle: Some(handle) })
    }

    /// The process id, for looking at it only.
    pub(crate) fn id(&self) -> u32 {
        self.id
    }

    pub(crate) fn kill(&self) {
        if let Some(handle) = &self.handle {
            // It may be gone already; that is what was wanted.
            let _ = pidfd_send_signal(handle.get_ref(), Signal::KILL);
        }
    }

    /// Waits until it is gone; kills it if it takes its time.
    pub(crate) async fn ending(&mut self) -> Ending {
        let Some(handle) = &self.handle else { return Ending::Unknown };
        if timeout(Duration::from_millis(Limits::GOODBYE_MS), handle.readable()).await.is_err() {
            self.kill();
            let _ = handle.readable().await;
        }
        let ending = reap(handle.get_ref());
        self.handle = None;
        ending
    }
}

fn reap(handle: &OwnedFd) -> Ending {
    match waitid(WaitId::PidFd(handle.as_fd()), WaitIdOptions::EXITED) {
        Ok(Some(status)) => ending_of(&status),
        Ok(None) | Err(_) => Ending::Unknown,
    }
}

fn ending_of(status: &WaitIdStatus) -> Ending {
    if let Some(code) = status.exit_status() {
        Ending::Exit(code)
    } else if let Some(signal) = status.terminating_signal() {
        Ending::Signal(signal)
    } else {
        Ending::Unknown
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
        let Some(handle) = self.handle.take() else { return };
        // A killed process is gone within a moment, but not at once: the loop does not wait for it.
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move {
                let _ = handle.readable().await;
                reap(handle.get_ref());
            });
        } else {
            reap(handle.get_ref());
        }
    }
}
