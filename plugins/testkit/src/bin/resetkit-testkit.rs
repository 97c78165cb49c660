//! Checks one method: `resetkit-testkit FOLDER --key RW...`. Prints the report; exit code 0 if the method conforms, 1 if it
//! does not, 2 if the call was wrong.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people")]

use std::path::Path;
use std::process::ExitCode;

use resetkit_host::{TrustedKeys, WorkerOptions, worker_main_if_asked};
use resetkit_testkit::{CheckOptions, check};

const USAGE: &str = "resetkit-testkit FOLDER --key RW... [--strict]\n\
                     FOLDER holds method.toml, method.toml.minisig and the library, and is named as the method is.";

fn main() -> ExitCode {
    worker_main_if_asked();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (folder, key, strict) = match words[..] {
        [folder, "--key", key] => (folder, key, false),
        [folder, "--key", key, "--strict"] => (folder, key, true),
        _ => return wrong_call(USAGE),
    };
    let keys = match TrustedKeys::parse(&[key]) {
        Ok(keys) => keys,
        Err(failure) => return wrong_call(&failure.detail),
    };
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return wrong_call(&error.to_string()),
    };
    let options = CheckOptions { worker: WorkerOptions { strict, ..WorkerOptions::default() } };
    let report = runtime.block_on(check(Path::new(folder), &keys, &options));
    print!("{report}");
    if report.conforms() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn wrong_call(why: &str) -> ExitCode {
    eprintln!("{why}");
    ExitCode::from(2)
}
