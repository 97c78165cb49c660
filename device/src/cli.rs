//! The program's commands.

mod doctor;

use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use resetkit_config::{DeviceConfig, Environment, LoadFrom};
use resetkit_core::{AccountName, Secret};
use resetkit_host::Linked;
use resetkit_protocol::{BrandId, DeviceStatus, FeedRow, LabelTail, Nickname};

use crate::accounts::{self, conformance};
use crate::audit;
use crate::daemon::Embedding;
use crate::disk::Disk;
use crate::identity::Identity;
use crate::journal::{Found, Journal};
use crate::serve::{self, StartError};
use crate::state::State;

/// The recovery daemon of a device: set-up, log-in, and the way back in when the password is forgotten.
#[derive(Parser)]
#[command(name = "resetd", version, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "Examples:
  resetd run --config /etc/resetkit/site.toml
      Serves until it is told to stop (SIGTERM); prints one `ready …` line for each listener once all are bound.
  resetd run --trial --config /etc/resetkit/site.toml
      The same after a firmware update that is not yet marked as good: the brand pack of the other slot stays allowed.
  resetd feed-row --config /etc/resetkit/site.toml | ssh relay reset-relay feed add-row - --config relay.toml
      Makes this developer's device known to its relay; keys are made where they are missing.
  resetd status --config /etc/resetkit/site.toml
      Says what an agent needs to know: listeners, methods and why others are not there, audit log.
  resetd doctor --config /etc/resetkit/site.toml --lang de
      Looks at everything that recovery stands on and says what to do; exit code 1 where something does not work.
  resetd accounts check /usr/lib/resetkit/shadow < password.txt
      Tries the firmware's account program: it keeps what it is given, whole, also when the power is cut.

Every key of the site file has a default. RESETKIT_STATE_DIR=/run/x overrides `state_dir`, and so on; RESETKIT_LOG=debug says more.";

#[derive(Subcommand)]
enum Command {
    /// Serve.
    #[command(after_help = RUN_EXAMPLES)]
    Run(Run),
    /// Print this device's row of the factory feed, one line of JSON.
    #[command(after_help = FEED_ROW_EXAMPLES)]
    FeedRow(At),
    /// Print how the device stands, without starting anything.
    #[command(after_help = STATUS_EXAMPLES)]
    Status(At),
    /// Look at everything that recovery stands on: network, names, clock, mail, button, QR code, storage.
    Doctor(doctor::Arguments),
    /// Try the firmware's account program.
    #[command(subcommand, after_help = CHECK_EXAMPLES)]
    Accounts(Accounts),
}

#[derive(Subcommand)]
enum Accounts {
    /// Runs the conformance suite against an account program.
    ///
    /// It changes the password of one account several times and puts it back at the end; try it on a device that is not in use. The
    /// account's password is read from standard input, one line.
    Check(Check),
}

#[derive(clap::Args)]
#[command(after_help = CHECK_EXAMPLES)]
struct Check {
    /// The account to try it on; it must exist.
    #[arg(long, default_value = "admin")]
    account: String,
    /// The database has one call only (`atomic = false` of the site file).
    #[arg(long)]
    not_atomic: bool,
    /// Longest that one verb may take, in seconds.
    #[arg(long, default_value_t = 10, value_name = "SECONDS")]
    timeout: u16,
    /// The program and its first arguments.
    #[arg(required = true, trailing_var_arg = true, value_name = "PROGRAM")]
    program: Vec<PathBuf>,
}

const CHECK_EXAMPLES: &str = "Examples:
  resetd accounts check /usr/lib/resetkit/shadow < password.txt
  resetd accounts check --not-atomic --account operator /usr/lib/resetkit/one-call /var/lib/firmware/users.db < password.txt";

const RUN_EXAMPLES: &str = "Examples:
  resetd run --config /etc/resetkit/site.toml
  resetd run --trial --config /etc/resetkit/site.toml      after an update that is not yet marked as good";

const FEED_ROW_EXAMPLES: &str = "Examples:
  resetd feed-row --config /etc/resetkit/site.toml > row.jsonl
  resetd feed-row --config /etc/resetkit/site.toml | ssh relay reset-relay feed add-row - --config relay.toml";

const STATUS_EXAMPLES: &str = "Examples:
  resetd status --config /etc/resetkit/site.toml
  resetd status --config /etc/resetkit/site.toml | grep 'kept out'      methods that are there and not taken, with the reason";

#[derive(clap::Args)]
struct Run {
    #[command(flatten)]
    at: At,
    /// The firmware has not yet marked its update as good. An older brand pack stays allowed until a start without this.
    #[arg(long)]
    trial: bool,
}

#[derive(clap::Args)]
struct At {
    /// The site file (TOML).
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Runs the command of the command line. The exit code is 0, or 2 for what the caller can mend, with the reason on stderr.
#[must_use]
pub fn main() -> ExitCode {
    main_with(&[])
}

/// The same for a program that has methods linked in.
#[must_use]
pub fn main_with(linked: &'static [Linked]) -> ExitCode {
    let arguments = Arguments::parse();
    start_log();
    let outcome = match arguments.command {
        Command::Run(arguments) => run(&arguments, linked),
        Command::FeedRow(at) => feed_row(&at),
        Command::Status(at) => status(&at, linked),
        Command::Doctor(arguments) => return doctor::main(&arguments, linked),
        Command::Accounts(Accounts::Check(arguments)) => return check_accounts(arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let mut stderr = std::io::stderr();
            // Nobody to tell if even that fails.
            let _ = writeln!(stderr, "resetd: {error}");
            ExitCode::from(2)
        }
    }
}

/// What a command answers with, or why there is no answer.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// An answer on standard output. A reader who has seen enough (`| head -1`) is no failure.
fn say(answer: impl std::fmt::Display) -> Outcome<()> {
    match writeln!(std::io::stdout().lock(), "{answer}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("the answer cannot be written: {error}").into())
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Log to stderr, for the service manager. `RESETKIT_LOG` sets the level.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("RESETKIT_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false).init();
}

fn load(at: &At) -> Result<DeviceConfig, StartError> {
    let environment = Environment::of_process();
    // Paths of the file follow from where it lies: hooks and account programs must come out absolute, or they are refused. What
    // cannot be made so is named as it was given when it is read.
    let site_file = at.config.clone().map(|file| std::path::absolute(&file).unwrap_or(file));
    let from = LoadFrom { site_file, ..LoadFrom::site("") }.with_environment(environment);
    Ok(DeviceConfig::load(&from)?)
}

fn run(arguments: &Run, linked: &'static [Linked]) -> Outcome<()> {
    let config = load(&arguments.at)?;
    let embedding = Embedding { on_trial: arguments.trial, linked, ..Embedding::default() };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(8)
        .build()
        .map_err(StartError::Runtime)?;
    runtime.block_on(async {
        let disk = serve::state_folder(&config)?;
        let serving = serve::start(config, disk, embedding).await?;
        for line in &serving.ready {
            // It serves whether or not somebody reads that it does.
            let _ = say(line);
        }
        told_to_stop().await;
        serving.stop().await;
        Ok(())
    })
}

/// Exit code 0 if all passed, 1 if one did not, 2 for what the caller can mend.
fn check_accounts(arguments: Check) -> ExitCode {
    let mut password = String::new();
    let read = std::io::stdin().read_line(&mut password);
    let password = Secret::new(password.trim_end_matches(['\r', '\n']).to_owned());
    let account = AccountName::parse(&arguments.account);
    let (Ok(account), Ok(_), false) = (account, read, password.expose().is_empty()) else {
        eprintln!("resetd: give the name of an account, and its password as one line on standard input");
        return ExitCode::from(2);
    };
    let limit = std::time::Duration::from_secs(arguments.timeout.into());
    let program = accounts::Program { command: arguments.program, limit };
    let passed = conformance::check(&program, !arguments.not_atomic, &account, &password, &mut |line| {
        let told = match line.fault {
            None => format!("ok      {}", line.check),
            Some(fault) => format!("FAILED  {}: {fault}", line.check),
        };
        // The exit code tells it too, and the password must be put back.
        let _ = say(told);
    });
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// SIGTERM or SIGINT.
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let (terminate, interrupt) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    match (terminate, interrupt) {
        (Ok(mut terminate), Ok(mut interrupt)) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        }
        // Without signals it runs until it is killed, which it must survive anyway (R41).
        _ => std::future::pending().await,
    }
}

fn feed_row(at: &At) -> Outcome<()> {
    let config = load(at)?;
    let disk = serve::state_folder(&config)?;
    let identity = Identity::load(disk.as_ref())?;
    let epoch = epoch(&config, disk, &identity)?;
    let unfit = |what: &str| StartError::Feed(what.to_owned());
    let label = if config.site.label_last4.is_empty() { "0000" } else { &config.site.label_last4 };
    let nickname = Some(config.site.nickname.as_str()).filter(|name| !name.is_empty());
    let row = FeedRow {
        handle: identity.handle(),
        public_key: identity.device().public(),
        brand: BrandId::parse(config.brand.id.as_str()).map_err(|_| unfit("id of the brand"))?,
        model: config.profile.display_name.clone(),
        label: LabelTail::parse(label).map_err(|_| unfit("label_last4 of the site file: four of A-Z and 0-9"))?,
        status: DeviceStatus::Active,
        epoch,
        nickname: nickname.map(Nickname::parse).transpose().map_err(|_| unfit("nickname of the site file"))?,
    };
    say(row.to_line())
}

/// The epoch that the state holds: one more with each hand-over. A device that never ran is in its first.
fn epoch(config: &DeviceConfig, disk: Arc<dyn Disk>, identity: &Identity) -> Result<u32, StartError> {
    let folder = || config.site.state_dir.display().to_string();
    let (_, found) = Journal::open(disk, identity.journal_key()).map_err(|error| StartError::State(folder(), error))?;
    match found {
        Found::State(octets) => State::read(&octets).map(|state| state.relay_epoch()),
        Found::Nothing | Found::Unreadable if !identity.is_born() => Some(State::default().relay_epoch()),
        Found::Nothing | Found::Unreadable => None,
    }
    .ok_or_else(|| {
        StartError::Feed(format!(
            "the state in {} cannot be read, so it is not known how often the device was handed over. Look up its epoch at the relay and \
             enrol it there with the next one",
            folder()
        ))
    })
}

fn status(at: &At, linked: &'static [Linked]) -> Outcome<()> {
    let config = load(at)?;
    say(format_args!("brand     {} ({}, version {})", config.brand.name, config.brand.id, config.brand.version.0))?;
    say(format_args!("model     {} ({})", config.profile.model, config.profile.display_name))?;
    say(format_args!("policy    {}", config.policy.name))?;
    for listener in &config.site.listeners {
        say(format_args!("listener  {:?} {:?}", listener.lane, listener.address))?;
    }
    let disk = serve::state_folder(&config)?;
    for listener in &config.site.listeners {
        if let Some(certificate) = serve::tls_of(listener, disk.as_ref())? {
            say(format_args!("certificate {}", certificate.fingerprint()))?;
        }
    }
    let log =
        disk.read(audit::FILE).map_err(|error| StartError::State(audit::FILE.to_owned(), error))?.unwrap_or_default();
    match audit::verify(log.as_slice()) {
        Ok(end) => say(format_args!("audit     {} lines, chain whole", end.lines))?,
        Err(error) => say(format_args!("audit     {error}"))?,
    }
    let identity = Identity::load(disk.as_ref())?;
    say(format_args!("handle    {}", identity.handle()))?;
    let ground = crate::daemon::Ground::lay(config, identity, Embedding { linked, ..Embedding::default() })?;
    for method in &ground.methods {
        say(format_args!("method    {} {}", method.id(), method.manifest().version))?;
    }
    for failure in &ground.kept_out {
        let method = failure.method.as_ref().map_or("?", |method| method.as_str());
        say(format_args!("kept out  {method}: {}", failure.kind))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    fn walk(command: &clap::Command, path: &str, visit: &mut dyn FnMut(&str, &clap::Command)) {
        let path = format!("{path} {}", command.get_name());
        visit(path.trim(), command);
        let shown = |inner: &&clap::Command| inner.get_name() != "help";
        command.get_subcommands().filter(shown).for_each(|inner| walk(inner, &path, visit));
    }

    /// The words of an example, up to the remark behind it or the shell's own signs.
    fn words(line: &str) -> Vec<&str> {
        let command = line.trim().split("   ").next().unwrap_or_default();
        command.split_whitespace().take_while(|word| !["|", ">", "<"].contains(word)).collect()
    }

    #[test]
    fn every_help_has_examples_that_its_own_command_line_takes() {
        Arguments::command().debug_assert();
        walk(&Arguments::command(), "", &mut |path, command| {
            let help = command.clone().render_long_help().to_string();
            let examples: Vec<_> = help.lines().filter(|line| line.starts_with(&format!("  {path} "))).collect();
            assert!(!examples.is_empty(), "`{path} --help` has no example of its own:\n{help}");
            for line in help.lines().filter(|line| line.starts_with("  resetd ")) {
                let refused = Arguments::try_parse_from(words(line)).err();
                assert!(refused.is_none(), "`{path} --help` shows `{line}`, but: {}", refused.expect("an error"));
                let to_the_relay = line.split_once("reset-relay feed add-row ").map(|(_, rest)| rest);
                assert!(to_the_relay.is_none_or(|rest| rest.starts_with("- --config ")), "{line}");
            }
        });
    }
}
