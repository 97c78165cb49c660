//! `reset-screen`: the local screen of a device as a program of its own, over the console's Unix socket.
//!
//! ```text
//! keys, mouse ─▶ face (tui | plain) ─▶ story (pure) ─▶ asks ─▶ link ─▶ resetd
//!                     ▲ page                ▲─────────── news ◀─┘
//! ```

mod args;
mod client;
mod clock;
mod code;
mod link;
mod page;
mod plain;
#[cfg(test)]
mod samples;
mod secret;
mod story;
mod surroundings;
mod terminal;
mod tui;
mod wire;
mod words;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let arguments = args::Arguments::parse();
    let around = surroundings::look(&arguments);
    let client = client::Client::new(&arguments.socket);
    let ended = if around.plain { plain::run(client, &around) } else { tui::run(client, &around) };
    match ended {
        Ok(code) => code,
        Err(error) => {
            terminal::says(&format!("reset-screen: the terminal cannot be used: {error}. Try --plain."));
            ExitCode::FAILURE
        }
    }
}
