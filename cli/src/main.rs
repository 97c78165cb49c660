//! `resetkit`: demo, scan, mailbox, and the factory's signing tools.
#![forbid(unsafe_code)]

#[macro_use]
mod out;

mod args;
mod brand;
mod case;
mod clock;
mod demo;
mod errors;
mod explain;
mod failure;
mod files;
mod guide;
mod keys;
mod language;
mod layout;
mod lint;
mod mailbox;
mod method;
mod scan;
mod support;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;

use crate::args::{Arguments, BrandCommand, Command, KeyCommand, MethodCommand};
use crate::failure::Failure;

fn main() -> ExitCode {
    // `method check` runs methods in workers of this very program.
    resetkit_host::worker_main_if_asked();
    match run(Arguments::parse().command).and_then(|()| out::end()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // A closed stream leaves nobody to tell.
            let told = failure.to_string();
            if !told.is_empty() {
                let _ = writeln!(std::io::stderr(), "{told}");
            }
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Demo(options) => demo::run(&options),
        Command::DemoWorld(options) => demo::build_world(&options),
        Command::Tethered(options) => demo::tether::run(&options),
        Command::Scan(options) => scan::run(&options),
        Command::Mailbox(options) => mailbox::run(&options),
        Command::Key { command: KeyCommand::New(options) } => keys::new(&options),
        Command::Sign(options) => keys::sign_command(&options),
        Command::Method { command: MethodCommand::Sign(options) } => method::sign(&options),
        Command::Method { command: MethodCommand::New(options) } => method::new::run(&options),
        Command::Method { command: MethodCommand::Check(options) } => method::check::run(&options),
        Command::Brand { command: BrandCommand::Sign(options) } => brand::sign(&options),
        Command::Case(options) => case::run(&options),
        Command::Guide(options) => guide::run(&options),
        Command::Support { command } => support::run(command),
        Command::Error(options) => errors::explain(&options),
        Command::Explain(options) => explain::run(&options),
        Command::Lint(options) => lint::run(&options),
    }
}
