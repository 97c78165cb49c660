//! The worker's side: the same binary, re-executed, with the socket as standard input and the library as standard output.
//!
//! ```text
//!  Setup ─► close foreign descriptors ─► sandbox ─► Sandboxed ─► open library ─► second filter ─► make machine ─► Loaded
//!        ─► (Event ─► advance ─► Answer)* ─► Stop or end of file
//!             └─ between two events: a watched descriptor has something ─► Readable, and the daemon makes an event of it
//! ```
//! The daemon gives the beat: also what a descriptor brings reaches the method as an event of the daemon, so that every
//! answer has its deadline and nothing has to be said out of turn.

use std::collections::VecDeque;
use std::io::IoSliceMut;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;

use resetkit_contract::{CONTRACT_MAJOR, Linked, MethodEvent};
use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, recvmsg};

use crate::bundle::other_contract;
use crate::filters;
use crate::frame::{FrameBuffer, HostSays, Setup, WorkerFault, WorkerSays, encode_frame};
use crate::limits::Limits;
use crate::load::{self, Machine, Woken};
use crate::sandbox;
use crate::watches::Watches;

/// The argument that turns a binary into a worker.
pub const WORKER_ARGUMENT: &str = "--resetkit-worker";

/// First line of `main` in every binary that hosts methods: if the binary was started as a worker, runs the worker and
/// never comes back.
pub fn worker_main_if_asked() {
    worker_main_if_asked_with(&[]);
}

/// The same for a binary that has methods linked in (feature `builtin`).
pub fn worker_main_if_asked_with(linked: &[Linked]) {
    if std::env::args_os().nth(1).is_some_and(|argument| argument == WORKER_ARGUMENT) {
        // Only now, and with a code that no method can return: whoever starts us by hand sees that it is no command.
        std::process::exit(match run(linked) {
            Ok(()) => 0,
            Err(_) => 70,
        });
    }
}

/// The channel to the daemon: standard input, a socket.
struct Channel {
    buffer: FrameBuffer,
    /// Whether descriptors may come; the filter forbids the call otherwise.
    connects: bool,
    /// Descriptors that came and whose event is still to be read.
    received: VecDeque<OwnedFd>,
}

/// The daemon hung up, or cannot be understood: there is nobody to tell.
struct Deaf;

impl Channel {
    fn open() -> Channel {
        Channel { buffer: FrameBuffer::new(Limits::TO_WORKER), connects: false, received: VecDeque::new() }
    }

    fn hear(&mut self) -> Result<HostSays, Deaf> {
        loop {
            if let Some(message) = self.whole_message()? {
                return Ok(message);
            }
            self.fill()?;
        }
    }

    fn whole_message(&mut self) -> Result<Option<HostSays>, Deaf> {
        self.buffer.next_message().map_err(|_| Deaf)
    }

    /// Waits for more octets, and for descriptors where they may come.
    fn fill(&mut self) -> Result<(), Deaf> {
        let mut octets = [0; 4096];
        let count = rustix::io::retry_on_intr(|| {
            if self.connects {
                receive(&mut octets, &mut self.received)
            } else {
                rustix::io::read(std::io::stdin(), &mut octets)
            }
        });
        match count {
            Ok(0) | Err(_) => Err(Deaf),
            Ok(count) => {
                self.buffer.push(&octets[..count]);
                Ok(())
            }
        }
    }

    fn say(&mut self, message: &WorkerSays) -> Result<(), Deaf> {
        let frame = match encode_frame(message, Limits::FROM_WORKER) {
            Ok(frame) => frame,
            Err(error) => {
                let fault = WorkerSays::Failed(WorkerFault::Flood(error.to_string()));
                encode_frame(&fault, Limits::FROM_WORKER).map_err(|_| Deaf)?
            }
        };
        let mut unwritten = &frame[..];
        while !unwritten.is_empty() {
            let written = rustix::io::retry_on_intr(|| rustix::io::write(std::io::stdin(), unwritten));
            unwritten = &unwritten[written.map_err(|_| Deaf)?..];
        }
        Ok(())
    }

    fn fail(&mut self, fault: WorkerFault) -> Deaf {
        // If this cannot be said either, the daemon sees the end of the file instead.
        let _ = self.say(&WorkerSays::Failed(fault));
        Deaf
    }
}

fn receive(octets: &mut [u8], received: &mut VecDeque<OwnedFd>) -> rustix::io::Result<usize> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut control = RecvAncillaryBuffer::new(&mut space);
    let mut into = [IoSliceMut::new(octets)];
    let got = recvmsg(std::io::stdin(), &mut into, &mut control, RecvFlags::CMSG_CLOEXEC)?;
    for message in control.drain() {
        if let RecvAncillaryMessage::ScmRights(descriptors) = message {
            received.extend(descriptors);
        }
    }
    Ok(got.bytes)
}

fn run(linked: &[Linked]) -> Result<(), Deaf> {
    load::close_inherited().map_err(|_| Deaf)?;
    let mut channel = Channel::open();
    let HostSays::Setup(setup) = channel.hear()? else { return Err(Deaf) };
    let mut machine = prepare(&mut channel, &setup, linked)?;
    channel.connects = setup.connects;
    let mut watches = Watches::default();
    loop {
        let event = next_event(&mut channel, &mut watches)?;
        let last = matches!(event, MethodEvent::Stop);
        let outputs = machine.advance(event).map_err(|_| channel.fail(WorkerFault::Panicked))?;
        if outputs.len() > Limits::OUTPUTS {
            let detail = format!("{} outputs at once", outputs.len());
            return Err(channel.fail(WorkerFault::Flood(detail)));
        }
        watches.heed(&outputs).map_err(|why| channel.fail(WorkerFault::ForeignDescriptor(why)))?;
        channel.say(&WorkerSays::Answer(outputs))?;
        if last {
            return Ok(());
        }
    }
}

/// The next event of the daemon; meanwhile tells it which watched descriptors have something to read.
fn next_event(channel: &mut Channel, watches: &mut Watches) -> Result<MethodEvent, Deaf> {
    loop {
        if let Some(message) = channel.whole_message()? {
            let HostSays::Event(event) = message else { return Err(Deaf) };
            return with_descriptor(event, channel, watches);
        }
        match load::wait(&watches.unreported()).map_err(|_| Deaf)? {
            Woken::Control => channel.fill()?,
            Woken::Readable(watch) => {
                watches.set_reported(watch, true);
                channel.say(&WorkerSays::Readable { watch })?;
            }
            Woken::Closed(watch) => {
                let detail = format!("closed descriptor {watch} while it was watched");
                return Err(channel.fail(WorkerFault::ForeignDescriptor(detail)));
            }
        }
    }
}

/// Puts the number of the descriptor that came with it into an event, and keeps the books of what is watched.
fn with_descriptor(event: MethodEvent, channel: &mut Channel, watches: &mut Watches) -> Result<MethodEvent, Deaf> {
    let mut event = event;
    if let MethodEvent::Connected(connection) = &mut event {
        let descriptor = channel.received.pop_front().ok_or(Deaf)?;
        connection.watch = load::give_up(descriptor);
        watches.hand(connection.watch);
    }
    if let MethodEvent::Readable { watch, .. } = event {
        watches.set_reported(watch, false);
    }
    Ok(event)
}

fn prepare(channel: &mut Channel, setup: &Setup, linked: &[Linked]) -> Result<Machine, Deaf> {
    if setup.needs_libm {
        load::open_libm().map_err(|error| channel.fail(WorkerFault::Load(error)))?;
    }
    let report = sandbox::enter(setup).map_err(|error| channel.fail(WorkerFault::Sandbox(error)))?;
    channel.say(&WorkerSays::Sandboxed(report))?;
    if let Some(id) = &setup.linked {
        return prepare_linked(channel, linked.iter().find(|linked| linked.id == id.as_str()));
    }
    let library = load::open_sealed().map_err(|error| channel.fail(WorkerFault::Load(error)))?;
    filters::after_loading().map_err(|error| channel.fail(WorkerFault::Sandbox(error)))?;
    let module = library.module().map_err(|error| channel.fail(WorkerFault::Contract(error)))?;
    let loaded = load::introduce(module);
    if loaded.contract_major != CONTRACT_MAJOR {
        return Err(channel.fail(WorkerFault::Contract(other_contract(loaded.contract_major))));
    }
    let machine = Machine::new(module).map_err(|_| channel.fail(WorkerFault::Panicked))?;
    channel.say(&WorkerSays::Loaded(loaded))?;
    Ok(machine)
}

/// A method that is linked in: nothing is opened, and the same two filters stand before any of its code runs.
fn prepare_linked(channel: &mut Channel, linked: Option<&Linked>) -> Result<Machine, Deaf> {
    let linked =
        linked.ok_or_else(|| channel.fail(WorkerFault::Load("not linked into the worker's program".into())))?;
    filters::after_loading().map_err(|error| channel.fail(WorkerFault::Sandbox(error)))?;
    let machine = Machine::linked(linked).map_err(|_| channel.fail(WorkerFault::Panicked))?;
    channel.say(&WorkerSays::Loaded(load::introduce_linked(linked)))?;
    Ok(machine)
}
