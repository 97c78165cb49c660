//! A running method as the daemon holds it: one event at a time, with deadlines and limits, and a failure for every end.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::os::unix::net::UnixStream as StdUnixStream;
use std::path::PathBuf;
use std::time::Duration;

use resetkit_contract::{MethodEvent, MethodOutput};
use resetkit_core::Manifest;
use rustix::time::{ClockId, clock_gettime};
use tokio::io::Interest;
use tokio::net::UnixStream;
use tokio::time::{Instant, sleep_until, timeout};

use crate::answer::{SessionFacts, check_outputs};
use crate::bundle::Installed;
use crate::failure::{HostFailure, HostFailureKind};
use crate::frame::{FrameBuffer, FrameError, HostSays, Loaded, Setup, WorkerFault, WorkerSays, encode_frame};
use crate::limits::Limits;
use crate::manifest::Times;
use crate::process::{Ending, Process};
use crate::sandbox::SandboxReport;

/// How workers are started on this device.
#[derive(Debug, Clone)]
pub struct WorkerOptions {
    /// The program to run as worker; its `main` begins with [`worker_main_if_asked`](crate::worker_main_if_asked).
    pub program: PathBuf,
    /// The user id that methods run under, where the daemon is root.
    pub uid: u32,
    /// The group id that methods run under, where the daemon is root.
    pub gid: u32,
    /// Refuse methods where the sandbox is not whole.
    pub strict: bool,
}

impl WorkerOptions {
    /// A user and group id that systemd leaves to services without an account and that no distribution gives away.
    pub const OWN_ID: u32 = 61_337;
}

impl Default for WorkerOptions {
    /// This very binary, re-executed; an id of its own; degrade and say so.
    fn default() -> WorkerOptions {
        WorkerOptions {
            program: "/proc/self/exe".into(),
            uid: WorkerOptions::OWN_ID,
            gid: WorkerOptions::OWN_ID,
            strict: false,
        }
    }
}

/// One method at work. Dropping it kills the process.
#[derive(Debug)]
pub struct Worker {
    process: Process,
    socket: UnixStream,
    manifest: Manifest,
    times: Times,
    report: SandboxReport,
    facts: SessionFacts,
    incoming: FrameBuffer,
    /// What is being written of the event at work.
    unwritten: Vec<u8>,
    /// When the answer to the event at work is due.
    due: Option<Instant>,
    /// Events that wait until the method is free.
    queue: VecDeque<MethodEvent>,
    outputs: VecDeque<MethodOutput>,
    wake: Option<Instant>,
    failed: Option<HostFailure>,
}

/// How a method took its leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Farewell {
    /// It answered `Stop`, and its process ended by itself.
    InGoodOrder,
    /// It had to be killed, or was gone already.
    Killed,
}

/// What woke [`Worker::next`].
enum Woken {
    Socket,
    TooLate,
    WakeUp,
}

impl Worker {
    /// Starts a method: reads and checks its library once, spawns the process, waits until the sandbox stands and the
    /// library is loaded. Must be called on a thread that lives as long as the worker.
    ///
    /// # Errors
    /// Any kind of [`HostFailureKind`] up to `start-hung`; the process is gone then.
    pub async fn start(installed: &Installed, options: &WorkerOptions) -> Result<Worker, HostFailure> {
        let library = installed.library()?;
        let setup = Setup {
            memory_kib: installed.manifest().memory_kib,
            uid: options.uid,
            gid: options.gid,
            strict: options.strict,
            needs_libm: library.facts.needs_libm(),
        };
        let memory = library.into_sealed_memory()?;
        let started = Instant::now();
        let (mut ours, theirs) = StdUnixStream::pair().map_err(not_spawned)?;
        // The first message waits in the socket before the process exists.
        ours.write_all(&encode(&HostSays::Setup(setup))?).map_err(not_spawned)?;
        ours.set_nonblocking(true).map_err(not_spawned)?;
        let process = Process::spawn(&options.program, theirs.into(), memory).map_err(not_spawned)?;
        let socket = UnixStream::from_std(ours).map_err(not_spawned)?;
        let mut handshake = Handshake { process, socket, incoming: FrameBuffer::new(Limits::FROM_WORKER) };
        let limit = installed.times().ready.saturating_sub(started.elapsed());
        let report = match timeout(limit, handshake.finish(installed, options)).await {
            Ok(finished) => finished?,
            Err(_) => {
                let detail = format!("not ready within {} ms", installed.times().ready.as_millis());
                return Err(HostFailure::new(HostFailureKind::StartHung, detail));
            }
        };
        Ok(Worker {
            process: handshake.process,
            socket: handshake.socket,
            manifest: installed.manifest().clone(),
            times: installed.times(),
            report,
            facts: SessionFacts::default(),
            incoming: handshake.incoming,
            unwritten: Vec::new(),
            due: None,
            queue: VecDeque::new(),
            outputs: VecDeque::new(),
            wake: None,
            failed: None,
        })
    }

    /// What stands around the method.
    #[must_use]
    pub fn sandbox(&self) -> &SandboxReport {
        &self.report
    }

    /// The worker's process id, for looking at it only.
    #[must_use]
    pub fn process_id(&self) -> u32 {
        self.process.id()
    }

    /// The most memory that the process has had in RAM, in KiB, if the kernel tells.
    #[must_use]
    pub fn peak_memory_kib(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.split_whitespace().next()?.parse().ok()
    }

    /// Tells the method an event; what it may not know is taken out first. It is told one event at a time, the next one
    /// when it has answered. An action that its last view does not offer is not told.
    ///
    /// # Errors
    /// The failure that ended the worker, or [`HostFailureKind::Overrun`] when too many events wait.
    pub async fn send(&mut self, event: MethodEvent) -> Result<(), HostFailure> {
        if let Some(failure) = &self.failed {
            return Err(failure.clone());
        }
        if self.queue.len() >= Limits::QUEUE {
            let detail = format!("{} events wait", self.queue.len());
            return Err(HostFailure::new(HostFailureKind::Overrun, detail));
        }
        if let Some(event) = self.facts.may_hear(&self.manifest, event) {
            self.queue.push_back(event);
        }
        self.begin_next().map_err(|failure| self.fail(failure))
    }

    /// The next thing that the method says. Cancel-safe: call it in a `select!` loop for as long as the worker lives.
    ///
    /// # Errors
    /// The worker is gone, and why. From then on the same failure comes back.
    pub async fn next(&mut self) -> Result<MethodOutput, HostFailure> {
        loop {
            if let Some(failure) = &self.failed {
                return Err(failure.clone());
            }
            if let Some(output) = self.outputs.pop_front() {
                return Ok(output);
            }
            self.progress().await?;
        }
    }

    /// Waits until the method has answered every event that it was sent, and hands over what it said and nobody heard yet.
    ///
    /// # Errors
    /// The worker is gone, and why.
    pub async fn settle(&mut self) -> Result<Vec<MethodOutput>, HostFailure> {
        while self.due.is_some() || !self.queue.is_empty() {
            self.progress().await?;
        }
        self.failed.clone().map_or_else(|| Ok(self.outputs.drain(..).collect()), Err)
    }

    /// Waits for one thing to happen and deals with it.
    async fn progress(&mut self) -> Result<(), HostFailure> {
        let handled = match self.wait().await {
            Woken::Socket => self.serve_socket().await,
            Woken::TooLate => Err(self.too_late()),
            Woken::WakeUp => self.wake_up(),
        };
        handled.map_err(|failure| self.fail(failure))
    }

    /// Ends the method in good order: it hears `Stop`, has a moment, and is killed if it takes longer.
    pub async fn stop(mut self) -> Farewell {
        let limit = Duration::from_millis(Limits::GOODBYE_MS);
        let heard = timeout(limit, async {
            self.settle().await?;
            self.send(MethodEvent::Stop).await?;
            self.settle().await
        });
        if !matches!(heard.await, Ok(Ok(_))) {
            self.process.kill();
        }
        match self.process.ending().await {
            Ending::Exit(0) => Farewell::InGoodOrder,
            Ending::Exit(_) | Ending::Signal(_) | Ending::Unknown => Farewell::Killed,
        }
    }

    async fn wait(&mut self) -> Woken {
        let interest =
            if self.unwritten.is_empty() { Interest::READABLE } else { Interest::READABLE | Interest::WRITABLE };
        let never = Instant::now() + Duration::from_secs(86_400);
        let due = self.due.unwrap_or(never);
        let wake = if self.due.is_none() { self.wake.unwrap_or(never) } else { never };
        tokio::select! {
            biased;
            _ = self.socket.ready(interest) => Woken::Socket,
            () = sleep_until(due), if self.due.is_some() => Woken::TooLate,
            () = sleep_until(wake), if self.due.is_none() && self.wake.is_some() => Woken::WakeUp,
        }
    }

    fn too_late(&self) -> HostFailure {
        let detail = format!("no answer within {} ms", self.times.advance.as_millis());
        HostFailure::new(HostFailureKind::Hung, detail)
    }

    fn wake_up(&mut self) -> Result<(), HostFailure> {
        self.wake = None;
        self.queue.push_back(MethodEvent::Tick { at_ms: since_boot_ms() });
        self.begin_next()
    }

    /// Puts the next event to work if the method is free.
    fn begin_next(&mut self) -> Result<(), HostFailure> {
        if self.due.is_none()
            && let Some(event) = self.queue.pop_front()
        {
            self.unwritten = encode(&HostSays::Event(event))?;
            self.due = Some(Instant::now() + self.times.advance);
        }
        self.write_some()
    }

    fn write_some(&mut self) -> Result<(), HostFailure> {
        while !self.unwritten.is_empty() {
            match self.socket.try_write(&self.unwritten) {
                Ok(count) => drop(self.unwritten.drain(..count)),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                // The other side is gone; reading tells how.
                Err(_) => self.unwritten.clear(),
            }
        }
        Ok(())
    }

    async fn serve_socket(&mut self) -> Result<(), HostFailure> {
        self.write_some()?;
        let mut octets = [0; 16 * 1024];
        match self.socket.try_read(&mut octets) {
            Ok(0) => return Err(self.process.ending().await.into_failure()),
            Ok(count) => self.incoming.push(&octets[..count]),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
            Err(_) => return Err(self.process.ending().await.into_failure()),
        }
        while let Some(message) = self.incoming.next_message().map_err(not_understood)? {
            self.hear(message)?;
        }
        self.begin_next()
    }

    fn hear(&mut self, message: WorkerSays) -> Result<(), HostFailure> {
        let outputs = match message {
            WorkerSays::Answer(outputs) if self.due.is_some() => outputs,
            WorkerSays::Failed(fault) => return Err(failure_of_fault(fault)),
            WorkerSays::Answer(_) | WorkerSays::Sandboxed(_) | WorkerSays::Loaded(_) => {
                return Err(HostFailure::new(HostFailureKind::OutOfTurn, "it spoke without having been asked"));
            }
        };
        self.due = None;
        check_outputs(&self.manifest, &self.facts, &outputs)?;
        for output in outputs {
            self.facts.heard(&output);
            if let MethodOutput::WakeAfter { ms } = output {
                self.wake = (ms > 0).then(|| {
                    let ms = ms.max(MethodOutput::SHORTEST_WAKE_MS);
                    Instant::now() + Duration::from_millis(ms.into())
                });
            } else {
                self.outputs.push_back(output);
            }
        }
        Ok(())
    }

    /// Remembers the failure and makes sure that the process is no more.
    fn fail(&mut self, failure: HostFailure) -> HostFailure {
        self.process.kill();
        self.outputs.clear();
        self.queue.clear();
        tracing::warn!(method = %self.manifest.id, %failure, "method ended");
        self.failed.get_or_insert(failure).clone()
    }
}

/// From spawn to loaded.
struct Handshake {
    process: Process,
    socket: UnixStream,
    incoming: FrameBuffer,
}

impl Handshake {
    async fn finish(&mut self, installed: &Installed, options: &WorkerOptions) -> Result<SandboxReport, HostFailure> {
        let report = match self.hear().await? {
            WorkerSays::Sandboxed(report) => report,
            WorkerSays::Failed(fault) => return Err(failure_of_fault(fault)),
            WorkerSays::Loaded(_) | WorkerSays::Answer(_) => return Err(out_of_turn()),
        };
        let gaps = report.strict_gaps();
        if options.strict && !gaps.is_empty() {
            return Err(HostFailure::new(HostFailureKind::NoSandbox, gaps.join("; ")));
        }
        if !report.gaps().is_empty() {
            tracing::warn!(method = %installed.id(), sandbox = %report, "method runs in a degraded sandbox");
        }
        match self.hear().await? {
            WorkerSays::Loaded(loaded) => check_identity(installed.manifest(), &loaded)?,
            WorkerSays::Failed(fault) => return Err(failure_of_fault(fault)),
            WorkerSays::Sandboxed(_) | WorkerSays::Answer(_) => return Err(out_of_turn()),
        }
        Ok(report)
    }

    async fn hear(&mut self) -> Result<WorkerSays, HostFailure> {
        let mut octets = [0; 4096];
        loop {
            if let Some(message) = self.incoming.next_message().map_err(not_understood)? {
                return Ok(message);
            }
            // The future cannot fail: a socket that is no more reads as its end.
            let _ = self.socket.readable().await;
            match self.socket.try_read(&mut octets) {
                Ok(count) if count > 0 => self.incoming.push(&octets[..count]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Ok(_) | Err(_) => return Err(self.process.ending().await.into_failure()),
            }
        }
    }
}

fn check_identity(manifest: &Manifest, loaded: &Loaded) -> Result<(), HostFailure> {
    if loaded.id == manifest.id.as_str() && loaded.version == manifest.version {
        return Ok(());
    }
    let detail = format!(
        "the library calls itself `{} {}`, its manifest `{} {}`",
        loaded.id, loaded.version, manifest.id, manifest.version
    );
    Err(HostFailure::new(HostFailureKind::WrongContract, detail))
}

fn failure_of_fault(fault: WorkerFault) -> HostFailure {
    match fault {
        WorkerFault::Sandbox(detail) => HostFailure::new(HostFailureKind::NoSandbox, detail),
        WorkerFault::Load(detail) => HostFailure::new(HostFailureKind::LoadFailed, detail),
        WorkerFault::Contract(detail) => HostFailure::new(HostFailureKind::WrongContract, detail),
        WorkerFault::Panicked => HostFailure::new(HostFailureKind::Panicked, "the method panicked"),
        WorkerFault::Flood(detail) => HostFailure::new(HostFailureKind::Flood, detail),
    }
}

fn not_understood(error: FrameError) -> HostFailure {
    let kind = match error {
        FrameError::TooLong { .. } => HostFailureKind::Oversize,
        FrameError::Empty | FrameError::Malformed(_) => HostFailureKind::Garbage,
    };
    HostFailure::new(kind, error.to_string())
}

fn out_of_turn() -> HostFailure {
    HostFailure::new(HostFailureKind::OutOfTurn, "the worker began with something else than it should")
}

fn not_spawned(error: io::Error) -> HostFailure {
    HostFailure::new(HostFailureKind::SpawnFailed, error.to_string())
}

fn encode(message: &HostSays) -> Result<Vec<u8>, HostFailure> {
    encode_frame(message, Limits::TO_WORKER)
        .map_err(|error| HostFailure::new(HostFailureKind::Overrun, error.to_string()))
}

/// Milliseconds since boot, suspend counted (R20).
fn since_boot_ms() -> u64 {
    let now = clock_gettime(ClockId::Boottime);
    let seconds = u64::try_from(now.tv_sec).unwrap_or_default();
    seconds * 1000 + u64::try_from(now.tv_nsec).unwrap_or_default() / 1_000_000
}
