//! resetd with its methods linked in: the same daemon where nothing can be opened, such as a static build.

use std::process::ExitCode;

use resetkit_device::builtin::METHODS;

fn main() -> ExitCode {
    resetkit_host::worker_main_if_asked_with(&METHODS);
    resetkit_device::cli::main_with(&METHODS)
}
