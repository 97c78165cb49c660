//! The worker's side: the same binary, re-executed, with the socket as standard input and the library as standard output.
//!
//! ```text
//!  Setup ─► close foreign descriptors ─► sandbox ─► Sandboxed ─► open library ─► second filter ─► make machine ─► Loaded
//!        ─► (Event ─► advance ─► Answer)* ─► Stop or end of file
//! ```

use resetkit_contract::{CONTRACT_MAJOR, MethodEvent};

use crate::filters;
use crate::frame::{FrameBuffer, HostSays, Setup, WorkerFault, WorkerSays, encode_frame};
use crate::limits::Limits;
use crate::load::{self, Machine};
use crate::sandbox;

/// The argument that turns a binary into a worker.
pub const WORKER_ARGUMENT: &str = "--resetkit-worker";

/// First line of `main` in every binary that hosts methods: if the binary was started as a worker, runs the worker and
/// never comes back.
pub fn worker_main_if_asked() {
    if std::env::args_os().nth(1).is_some_and(|argument| argument == WORKER_ARGUMENT) {
        // Only now, and with a code that no method can return: whoever starts us by hand sees that it is no command.
        std::process::exit(match run() {
            Ok(()) => 0,
            Err(_) => 70,
        });
    }
}

/// The channel to the daemon: standard input, a socket.
struct Channel {
    buffer: FrameBuffer,
}

/// The daemon hung up, or cannot be understood: there is nobody to tell.
struct Deaf;

impl Channel {
    fn open() -> Channel {
        Channel { buffer: FrameBuffer::new(Limits::TO_WORKER) }
    }

    fn hear(&mut self) -> Result<HostSays, Deaf> {
        let mut octets = [0; 4096];
        loop {
            if let Some(message) = self.buffer.next_message().map_err(|_| Deaf)? {
                return Ok(message);
            }
            match rustix::io::retry_on_intr(|| rustix::io::read(std::io::stdin(), &mut octets)) {
                Ok(0) | Err(_) => return Err(Deaf),
                Ok(count) => self.buffer.push(&octets[..count]),
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

fn run() -> Result<(), Deaf> {
    load::close_inherited().map_err(|_| Deaf)?;
    let mut channel = Channel::open();
    let HostSays::Setup(setup) = channel.hear()? else { return Err(Deaf) };
    let mut machine = prepare(&mut channel, &setup)?;
    loop {
        let HostSays::Event(event) = channel.hear()? else { return Err(Deaf) };
        let last = matches!(event, MethodEvent::Stop);
        let outputs = machine.advance(event).map_err(|_| channel.fail(WorkerFault::Panicked))?;
        if outputs.len() > Limits::OUTPUTS {
            let detail = format!("{} outputs at once", outputs.len());
            return Err(channel.fail(WorkerFault::Flood(detail)));
        }
        channel.say(&WorkerSays::Answer(outputs))?;
        if last {
            return Ok(());
        }
    }
}

fn prepare(channel: &mut Channel, setup: &Setup) -> Result<Machine, Deaf> {
    if setup.needs_libm {
        load::open_libm().map_err(|error| channel.fail(WorkerFault::Load(error)))?;
    }
    let report = sandbox::enter(setup).map_err(|error| channel.fail(WorkerFault::Sandbox(error)))?;
    channel.say(&WorkerSays::Sandboxed(report))?;
    let library = load::open_sealed().map_err(|error| channel.fail(WorkerFault::Load(error)))?;
    filters::after_loading().map_err(|error| channel.fail(WorkerFault::Sandbox(error)))?;
    let module = library.module().map_err(|error| channel.fail(WorkerFault::Contract(error)))?;
    let loaded = load::introduce(module);
    if loaded.contract_major != CONTRACT_MAJOR {
        let detail = format!("contract {} where {CONTRACT_MAJOR} is spoken", loaded.contract_major);
        return Err(channel.fail(WorkerFault::Contract(detail)));
    }
    let machine = Machine::new(module).map_err(|_| channel.fail(WorkerFault::Panicked))?;
    channel.say(&WorkerSays::Loaded(loaded))?;
    Ok(machine)
}
