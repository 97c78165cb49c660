//! A child that does not outlive this program, not even when this program is killed and can say nothing any more.
//!
//! The child starts as this same program, asks the kernel to be killed with its parent, and then becomes the program that was
//! wanted: the wish is kept over `execve` (prctl(2), PR_SET_PDEATHSIG). It follows the *thread* that started the child, so
//! children are started from threads that live as long as the demo.

use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use rustix::process::{Pid, Signal, getpid, getppid, set_parent_process_death_signal};

use crate::args::TetheredOptions;
use crate::failure::Failure;

/// A command that runs `program` on the tether; arguments are added as usual. `resetkit` is this program's own file.
pub(crate) fn command(resetkit: &Path, program: &Path) -> Command {
    let mut command = Command::new(resetkit);
    command.arg("tethered").arg(getpid().as_raw_nonzero().to_string()).arg(program);
    command
}

/// `resetkit tethered PARENT PROGRAM ARGUMENTS…` (hidden): comes back only when the program cannot be started.
pub(crate) fn run(options: &TetheredOptions) -> Result<(), Failure> {
    let trouble = |error: &dyn std::fmt::Display| {
        Failure::new(format!("{} cannot be started: {error}.", options.program.display()), "Build it first.")
    };
    set_parent_process_death_signal(Some(Signal::KILL)).map_err(|error| trouble(&error))?;
    // The parent may have gone before the wish was heard; then nobody would ever send the signal.
    if getppid() != Pid::from_raw(options.parent) {
        return Err(trouble(&"whoever asked for it is gone"));
    }
    Err(trouble(&Command::new(&options.program).args(&options.arguments).exec()))
}
