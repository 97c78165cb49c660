//! resetd, the recovery daemon on the device.

use std::process::ExitCode;

fn main() -> ExitCode {
    resetkit_host::worker_main_if_asked();
    resetkit_device::cli::main()
}
