//! The one place of the host with `unsafe` and with abi_stable (R85): the library is opened here, inside the worker.
#![allow(unsafe_code, reason = "opening a library and closing inherited descriptors cannot be expressed otherwise")]

use std::ffi::c_uint;
use std::path::Path;

use resetkit_contract::abi::{RResult, lib_header_from_path};
use resetkit_contract::{MethodBox, MethodEvent, MethodFault, MethodOutput, ResetMethodRef};

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

/// A method's machine.
pub(crate) struct Machine {
    module: ResetMethodRef,
    machine: MethodBox,
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

impl Machine {
    /// Makes the machine of this session.
    pub(crate) fn new(module: ResetMethodRef) -> Result<Machine, MethodFault> {
        match module.new()() {
            RResult::ROk(machine) => Ok(Machine { module, machine }),
            RResult::RErr(fault) => Err(fault),
        }
    }

    /// Tells it one event.
    pub(crate) fn advance(&mut self, event: MethodEvent) -> Result<Vec<MethodOutput>, MethodFault> {
        match self.module.advance()(&mut self.machine, event) {
            RResult::ROk(outputs) => Ok(outputs.into()),
            RResult::RErr(fault) => Err(fault),
        }
    }
}
