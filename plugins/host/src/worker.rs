//! A running method as the daemon holds it: one event at a time, with deadlines and limits, and a failure for every end.

use std::collections::VecDeque;
use std::io::{self, IoSlice, Write};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream as StdUnixStream;
use std::path::PathBuf;
use std::time::Duration;

use resetkit_contract::{MethodEvent, MethodOutput};
use resetkit_core::Manifest;
use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};
use tokio::io::Interest;
use tokio::net::UnixStream;
use tokio::time::{Instant, sleep_until, timeout};
use zeroize::Zeroizing;

use crate::answer::check_outputs;
use crate::bundle::Installed;
use crate::facts::{SessionFacts, may_connect};
use crate::failure::{HostFailure, HostFailureKind};
use crate::frame::{FrameBuffer, HostSays, Setup, WorkerSays};
use crate::handshake::{Handshake, encode, failure_of_fault, not_spawned, not_understood};
use crate::limits::Limits;
use crate::manifest::Times;
use crate::pace::Pace;
use crate::process::{Ending, Process};
use crate::qr::Drawer;
use crate::readiness::Readiness;
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
    /// Refuse methods where no Landlock keeps files away; a shared user id is put up with.
    pub needs_landlock: bool,
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
            needs_landlock: false,
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
    unwritten: Zeroizing<Vec<u8>>,
    /// The descriptor that goes with it.
    descriptor: Option<OwnedFd>,
    /// When the answer to the event at work is due.
    due: Option<Instant>,
    /// The longest that an answer took so far.
    slowest: Duration,
    /// Events that wait until the method is free.
    queue: VecDeque<Order>,
    readiness: Readiness,
    drawer: Drawer,
    outputs: VecDeque<MethodOutput>,
    wake: Option<Instant>,
    pace: Pace,
    failed: Option<HostFailure>,
}

/// An event that waits, and what goes with it.
#[derive(Debug)]
struct Order {
    event: MethodEvent,
    descriptor: Option<OwnedFd>,
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
    GoOn,
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
            needs_landlock: options.needs_landlock,
            needs_libm: library.needs_libm(),
            connects: may_connect(installed.manifest()),
            linked: library.linked_id().map(str::to_owned),
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
            unwritten: Zeroizing::default(),
            descriptor: None,
            due: None,
            slowest: Duration::ZERO,
            queue: VecDeque::new(),
            readiness: Readiness::default(),
            drawer: Drawer::default(),
            outputs: VecDeque::new(),
            wake: None,
            pace: Pace::default(),
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

    /// The longest that an answer took: from the event on its way to the answer heard, without what the host draws.
    #[must_use]
    pub fn slowest_answer(&self) -> Duration {
        self.slowest
    }

    /// Tells the method an event; what it may not know is taken out first. It is told one event at a time, the next one
    /// when it has answered. An action that its last view does not offer is not told; nor is anything that its manifest
    /// does not grant.
    ///
    /// # Errors
    /// The failure that ended the worker, or [`HostFailureKind::Overrun`] when too many events wait.
    pub async fn send(&mut self, event: MethodEvent) -> Result<(), HostFailure> {
        self.put(event, None)
    }

    /// Tells the method of a connection and hands its descriptor over, which becomes non-blocking. Where the event may not
    /// be told, the descriptor is closed.
    ///
    /// # Errors
    /// As [`send`](Worker::send).
    pub async fn send_with(&mut self, event: MethodEvent, descriptor: OwnedFd) -> Result<(), HostFailure> {
        rustix::io::ioctl_fionbio(&descriptor, true).map_err(|error| {
            HostFailure::new(HostFailureKind::Overrun, format!("the connection cannot be made non-blocking: {error}"))
        })?;
        self.put(event, Some(descriptor))
    }

    fn put(&mut self, event: MethodEvent, descriptor: Option<OwnedFd>) -> Result<(), HostFailure> {
        if let Some(failure) = &self.failed {
            return Err(failure.clone());
        }
        if self.queue.len() >= Limits::QUEUE {
            let detail = format!("{} events wait", self.queue.len());
            return Err(HostFailure::new(HostFailureKind::Overrun, detail));
        }
        // A connection is nothing without its descriptor, and no other event has one.
        let connection = matches!(event, MethodEvent::Connected(_));
        let whole = connection == descriptor.is_some() && !(connection && self.facts.handed >= Limits::CONNECTIONS);
        if whole && let Some(event) = self.facts.may_hear(&self.manifest, event) {
            self.pace.learn(&event);
            self.queue.push_back(Order { event, descriptor });
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
            Woken::GoOn => self.begin_next(),
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
        let resumes = self.readiness.resumes().unwrap_or(never);
        tokio::select! {
            biased;
            _ = self.socket.ready(interest) => Woken::Socket,
            () = sleep_until(due), if self.due.is_some() => Woken::TooLate,
            () = sleep_until(wake), if self.due.is_none() && self.wake.is_some() => Woken::WakeUp,
            () = sleep_until(resumes), if self.due.is_none() && self.readiness.resumes().is_some() => Woken::GoOn,
        }
    }

    fn too_late(&self) -> HostFailure {
        let detail = format!("no answer within {} ms", self.times.advance.as_millis());
        HostFailure::new(HostFailureKind::Hung, detail)
    }

    fn wake_up(&mut self) -> Result<(), HostFailure> {
        self.wake = None;
        self.queue.push_back(Order { event: MethodEvent::Tick { at_ms: self.pace.now_ms() }, descriptor: None });
        self.begin_next()
    }

    /// Puts the next event to work if the method is free.
    fn begin_next(&mut self) -> Result<(), HostFailure> {
        if self.due.is_none()
            && let Some(order) = self.next_order()
        {
            self.unwritten = Zeroizing::new(encode(&HostSays::Event(order.event))?);
            self.descriptor = order.descriptor;
            self.due = Some(Instant::now() + self.times.advance);
        }
        self.write_some()
    }

    /// What the owner and the engine do comes before what a descriptor brings.
    fn next_order(&mut self) -> Option<Order> {
        self.queue.pop_front().or_else(|| {
            let watch = self.readiness.next(Instant::now())?;
            Some(Order { event: MethodEvent::Readable { watch, at_ms: self.pace.now_ms() }, descriptor: None })
        })
    }

    fn write_some(&mut self) -> Result<(), HostFailure> {
        while !self.unwritten.is_empty() {
            match self.write_once() {
                Ok(count) => {
                    // It went with the first octets.
                    self.descriptor = None;
                    drop(self.unwritten.drain(..count));
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                // The other side is gone; reading tells how.
                Err(_) => self.unwritten.clear(),
            }
        }
        Ok(())
    }

    fn write_once(&self) -> io::Result<usize> {
        let Some(descriptor) = &self.descriptor else { return self.socket.try_write(&self.unwritten) };
        self.socket.try_io(Interest::WRITABLE, || {
            let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
            let mut control = SendAncillaryBuffer::new(&mut space);
            let descriptors = [descriptor.as_fd()];
            control.push(SendAncillaryMessage::ScmRights(&descriptors));
            let octets = [IoSlice::new(&self.unwritten)];
            Ok(sendmsg(&self.socket, &octets, &mut control, SendFlags::NOSIGNAL)?)
        })
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
            WorkerSays::Readable { watch } if self.facts.watched.contains(&watch) && self.readiness.report(watch) => {
                return Ok(());
            }
            WorkerSays::Readable { .. } | WorkerSays::Answer(_) | WorkerSays::Sandboxed(_) | WorkerSays::Loaded(_) => {
                return Err(HostFailure::new(HostFailureKind::OutOfTurn, "it spoke without having been asked"));
            }
        };
        let left = self.due.take().map(|due| due.saturating_duration_since(Instant::now()));
        self.slowest = self.slowest.max(self.times.advance.saturating_sub(left.unwrap_or_default()));
        check_outputs(&self.manifest, &self.facts, &outputs)?;
        for output in outputs {
            self.facts.heard(&output);
            if let MethodOutput::Unwatch { watch } = output {
                self.readiness.forget(watch);
            }
            if let MethodOutput::WakeAfter { ms } = output {
                self.wake = (ms > 0).then(|| {
                    let ms = ms.max(MethodOutput::SHORTEST_WAKE_MS);
                    Instant::now() + Duration::from_millis(ms.into())
                });
            } else if let MethodOutput::Show(view) = output {
                self.outputs.push_back(self.drawer.draw(view, &self.facts));
            } else if !matches!(output, MethodOutput::Watch { .. } | MethodOutput::Unwatch { .. }) {
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
