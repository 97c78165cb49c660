//! The one place of the host with `unsafe` and with abi_stable (R85): the library is opened here, inside the worker.
#![allow(unsafe_code, reason = "opening a library and closing inherited descriptors cannot be expressed otherwise")]

use std::ffi::c_uint;
use std::os::fd::{IntoRawFd, OwnedFd};
use std::path::Path;

use resetkit_contract::abi::{RResult, lib_header_from_path};
use resetkit_contract::{
    CONTRACT_MAJOR, CONTRACT_MINOR, Linked, MethodBox, MethodEvent, MethodFault, MethodOutput, ResetMethodRef,
};

use crate::frame::Loaded;

/// The sealed memory that the daemon handed over as standard output. It stays open for the life of the worker: the
/// dynamic loader remembers libraries by path, and a number used again would bring back the old one.
const SEALED_MEMORY: &str = "/proc/self/fd/1";

/// First descriptor that a worker has no business with.
const FIRST_FOREIGN: c_uint = 3;

/// A library that is open, and will be to the end: methods are never unloaded, their worker ends.
pub(crate) struct OpenLibrary {
    header: &'static resetkit_contract::abi::LibHeader,
}

/// A method's machine, and the one function that it is told events with.
pub(crate) struct Machine {
    advance: resetkit_contract::AdvanceFn,
    machine: MethodBox,
}

/// What a worker that has nothing to do was woken by.
pub(crate) enum Woken {
    /// The daemon says something, or is gone.
    Control,
    /// This watched descriptor has something to read, or its other end is gone.
    Readable(u32),
    /// This watched descriptor is none any more.
    Closed(u32),
}

/// Waits for the daemon and for these descriptors. The daemon comes first.
pub(crate) fn wait(watched: &[u32]) -> std::io::Result<Woken> {
    let of = |number: u32| libc::pollfd { fd: number.cast_signed(), events: libc::POLLIN, revents: 0 };
    let mut polled: Vec<_> = std::iter::once(0).chain(watched.iter().copied()).map(of).collect();
    loop {
        let count = polled.len() as libc::nfds_t;
        // SAFETY: the list lives through the call and has that many entries; a number that is no descriptor is answered.
        let ready = unsafe { libc::ppoll(polled.as_mut_ptr(), count, std::ptr::null(), std::ptr::null()) };
        if ready < 0 {
            let error = std::io::Error::last_os_error();
            if error.kind() == std::io::ErrorKind::Interrupted {
                continue;
            }
            return Err(error);
        }
        if let Some(first) = polled.iter().find(|entry| entry.revents != 0) {
            let number = first.fd.cast_unsigned();
            return Ok(match number {
                0 => Woken::Control,
                _ if first.revents & libc::POLLNVAL != 0 => Woken::Closed(number),
                _ => Woken::Readable(number),
            });
        }
    }
}

/// Gives a descriptor up to the method, which may claim it by this number.
pub(crate) fn give_up(descriptor: OwnedFd) -> u32 {
    descriptor.into_raw_fd().cast_unsigned()
}

/// Closes whatever the daemon forgot to mark as its own.
pub(crate) fn close_inherited() -> std::io::Result<()> {
    // SAFETY: runs first in a fresh process that has opened nothing above 2 and holds no handle to such a number.
    let result = unsafe { libc::syscall(libc::SYS_close_range, FIRST_FOREIGN, c_uint::MAX, 0) };
    if result == 0 { Ok(()) } else { Err(std::io::Error::last_os_error()) }
}

/// Opens libm while paths can still be looked up; for methods that need it.
pub(crate) fn open_libm() -> Result<(), String> {
    // SAFETY: the system's own libm has no constructors that matter. It is never closed.
    let library = unsafe { libloading::Library::new("libm.so.6") }.map_err(|error| error.to_string())?;
    std::mem::forget(library);
    Ok(())
}

/// Opens the sealed library. Its constructors run now, behind the first filter.
pub(crate) fn open_sealed() -> Result<OpenLibrary, String> {
    // Not `RootModule::load_from_file`: that hands back the first library for every later path.
    let header = lib_header_from_path(Path::new(SEALED_MEMORY)).map_err(|error| error.to_string())?;
    Ok(OpenLibrary { header })
}

impl OpenLibrary {
    /// Checks the layout of every type of the contract and takes the two functions.
    pub(crate) fn module(&self) -> Result<ResetMethodRef, String> {
        self.header.init_root_module::<ResetMethodRef>().map_err(|error| error.to_string())
    }
}

/// What a module says of itself.
pub(crate) fn introduce(module: ResetMethodRef) -> Loaded {
    Loaded {
        contract_major: module.contract_major(),
        contract_minor: module.contract_minor(),
        id: module.id().as_str().to_owned(),
        version: module.version().as_str().to_owned(),
    }
}

/// What a linked method says of itself.
pub(crate) fn introduce_linked(linked: &Linked) -> Loaded {
    Loaded {
        contract_major: CONTRACT_MAJOR,
        contract_minor: CONTRACT_MINOR,
        id: linked.id.to_owned(),
        version: linked.version.to_owned(),
    }
}

impl Machine {
    /// Makes the machine of this session.
    pub(crate) fn new(module: ResetMethodRef) -> Result<Machine, MethodFault> {
        Machine::made(module.new()(), module.advance())
    }

    /// Makes the machine of this session from a method that is linked into the program.
    pub(crate) fn linked(linked: &Linked) -> Result<Machine, MethodFault> {
        Machine::made((linked.new)(), linked.advance)
    }

    fn made(
        machine: RResult<MethodBox, MethodFault>,
        advance: resetkit_contract::AdvanceFn,
    ) -> Result<Machine, MethodFault> {
        match machine {
            RResult::ROk(machine) => Ok(Machine { advance, machine }),
            RResult::RErr(fault) => Err(fault),
        }
    }

    /// Tells it one event.
    pub(crate) fn advance(&mut self, event: MethodEvent) -> Result<Vec<MethodOutput>, MethodFault> {
        match (self.advance)(&mut self.machine, event) {
            RResult::ROk(outputs) => Ok(outputs.into()),
            RResult::RErr(fault) => Err(fault),
        }
    }
}
