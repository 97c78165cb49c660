//! `resetkit` as people and scripts use it: the real program, real sockets, Debian's minisign as the judge of signatures.
#![allow(clippy::disallowed_methods, reason = "tests wait for real programs, and ask cargo where things are")]

mod case;
mod command_line;
mod demo;
mod errors;
mod explain;
mod guide;
mod mailbox;
mod manners;
mod method;
mod shown;
mod signing;
mod submission;
mod support;
mod support_relay;

use std::process::{Command, Output};

/// The program under test.
fn resetkit(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_resetkit")).args(args).output().expect("resetkit starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
