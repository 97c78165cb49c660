//! `reset-relay`: serves, and keeps the registry of devices.

#![forbid(unsafe_code)]

use clap::{Args, Parser, Subcommand};
use resetkit_protocol::{BrandId, FeedRow, HalfOf, HeaderSlip, KeyId};
use resetkit_relay::brands::Faces;
use resetkit_relay::clock::SystemClock;
use resetkit_relay::settings::Settings;
use resetkit_relay::staff::Role;
use resetkit_relay::store::{DeskEvent, SqliteStore, Store};
use resetkit_relay::{factory, feed, keys, serve, staff};
use std::error::Error;
use std::io::{self, ErrorKind, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::signal::unix::{SignalKind, signal};

/// The maker's server that mails the code.
#[derive(Parser)]
#[command(name = "reset-relay", version, about, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "From nothing to a relay that serves:
  reset-relay key new --out keys --brand plain                          the public half goes into the brand pack
  reset-relay factory --count 1000 --model NVR-4 --out batch-7          keys of new devices, and their feed
  reset-relay feed sign batch-7/feed.jsonl --key factory.key
  reset-relay feed import batch-7/feed.jsonl --config relay.toml
  reset-relay serve --config relay.toml";

#[derive(Subcommand)]
enum Command {
    /// Serve until SIGTERM. Prints `ready URL` when it listens.
    #[command(
        after_help = "Examples:\n  reset-relay serve --config relay.toml\n  RUST_LOG=debug reset-relay serve --config relay.toml"
    )]
    Serve(ConfigArgs),
    /// Brands' private keys.
    #[command(subcommand, after_help = "Examples:\n  reset-relay key new --out keys --brand plain")]
    Key(KeyCommand),
    /// Make handles, key files and feed rows for new devices.
    #[command(
        after_help = "Examples:\n  reset-relay factory --model NVR-4 --out bench                                 one device\n  reset-relay factory --count 1000 --brand plain --model NVR-4 --out batch-7"
    )]
    Factory(FactoryArgs),
    /// The registry of devices.
    #[command(
        subcommand,
        after_help = "Examples:\n  reset-relay feed sign batch-7/feed.jsonl --key factory.key\n  reset-relay feed import batch-7/feed.jsonl --config relay.toml\n  reset-relay feed add-row - --config relay.toml < row.jsonl"
    )]
    Feed(FeedCommand),
    /// People at the support desk.
    #[command(
        subcommand,
        after_help = "Examples:\n  reset-relay staff new anna --role agent --config relay.toml > anna.token\n  reset-relay staff audit --config relay.toml"
    )]
    Staff(StaffCommand),
}

#[derive(Subcommand)]
enum StaffCommand {
    /// Give somebody a token. It is printed once; the file holds its hash. A running relay reads it when it starts again.
    #[command(
        after_help = "Examples:\n  reset-relay staff new anna --role agent\n  reset-relay staff new bert --role approver --half first --brand plain > bert.token"
    )]
    New {
        /// Name in tickets and in the audit.
        name: String,
        /// What the token allows.
        #[arg(long, value_parser = role)]
        role: Role,
        /// Whose devices.
        #[arg(long, default_value = "plain", value_parser = brand)]
        brand: BrandId,
        /// The one half that an approver may hand over, `first` or `second`, as his key stands in the brand pack.
        #[arg(long, value_parser = half)]
        half: Option<HalfOf>,
        #[command(flatten)]
        config: ConfigArgs,
    },
    /// Print who did what at the desks: time, brand, ticket, name, deed, particulars.
    #[command(after_help = "Examples:\n  reset-relay staff audit --config relay.toml | grep refused")]
    Audit {
        #[command(flatten)]
        config: ConfigArgs,
    },
}

fn role(text: &str) -> Result<Role, &'static str> {
    [Role::Agent, Role::Approver].into_iter().find(|role| role.as_str() == text).ok_or("`agent` or `approver`")
}

fn half(text: &str) -> Result<HalfOf, &'static str> {
    HalfOf::parse(text).ok_or("`first` or `second`")
}

#[derive(Args)]
struct ConfigArgs {
    /// Path of relay.toml.
    #[arg(long, default_value = "relay.toml")]
    config: PathBuf,
}

#[derive(Subcommand)]
enum KeyCommand {
    /// Make a brand's key: BRAND.ID.relay-key, and print the public half for the brand pack.
    #[command(
        after_help = "Examples:\n  reset-relay key new --out keys --brand plain\n  reset-relay key new --out keys --brand plain --key-id 2      the next one, when a brand rotates"
    )]
    New {
        /// Folder; the relay's `key_dir`.
        #[arg(long)]
        out: PathBuf,
        /// The brand.
        #[arg(long, default_value = "plain", value_parser = brand)]
        brand: BrandId,
        /// Number of the key, 0 to 63. The next one when a brand rotates.
        #[arg(long, default_value = "1", value_parser = key_id)]
        key_id: KeyId,
    },
}

#[derive(Args)]
struct FactoryArgs {
    /// How many devices.
    #[arg(long, default_value_t = 1)]
    count: usize,
    /// The brand.
    #[arg(long, default_value = "plain", value_parser = brand)]
    brand: BrandId,
    /// The model, as mails name it.
    #[arg(long)]
    model: String,
    /// Folder for devices/ and feed.jsonl.
    #[arg(long)]
    out: PathBuf,
}

#[derive(Subcommand)]
enum FeedCommand {
    /// Sign a feed (minisign format, key without password). Writes FEED.minisig.
    #[command(after_help = "Examples:\n  reset-relay feed sign batch-7/feed.jsonl --key factory.key")]
    Sign {
        /// The feed.
        feed: PathBuf,
        /// Secret key file.
        #[arg(long)]
        key: PathBuf,
    },
    /// Take a signed feed into the registry, all of it or nothing.
    #[command(after_help = "Examples:\n  reset-relay feed import batch-7/feed.jsonl --config relay.toml")]
    Import {
        /// The feed; its signature is FEED.minisig.
        feed: PathBuf,
        #[command(flatten)]
        config: ConfigArgs,
    },
    /// Take one row without a signature: a developer's device, as `resetd feed-row` prints it.
    #[command(
        after_help = "Examples:\n  resetd feed-row --config site.toml | reset-relay feed add-row - --config relay.toml\n  reset-relay feed add-row row.jsonl --config relay.toml"
    )]
    AddRow {
        /// The row, a file with it, or `-` for standard input.
        row: String,
        #[command(flatten)]
        config: ConfigArgs,
    },
}

fn brand(text: &str) -> Result<BrandId, HeaderSlip> {
    BrandId::parse(text)
}

fn key_id(text: &str) -> Result<KeyId, HeaderSlip> {
    KeyId::new(text.parse().map_err(|_| HeaderSlip::KeyId)?)
}

fn main() -> ExitCode {
    let level = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    tracing_subscriber::fmt().with_writer(io::stderr).with_env_filter(level).init();
    let done = match Cli::parse().command {
        Command::Serve(args) => serve(&args),
        Command::Key(KeyCommand::New { out, brand, key_id }) => new_key(&out, &brand, key_id),
        Command::Factory(args) => make_devices(args),
        Command::Feed(FeedCommand::Sign { feed, key }) => sign(&feed, &key),
        Command::Feed(FeedCommand::Import { feed, config }) => import(&feed, &config),
        Command::Feed(FeedCommand::AddRow { row, config }) => add_row(&row, &config),
        Command::Staff(StaffCommand::New { name, role, brand, half, config }) => {
            new_staff(&name, role, &brand, half, &config)
        }
        Command::Staff(StaffCommand::Audit { config }) => desk_audit(&config),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // A broken pipe of the error stream leaves nobody to tell.
            let _ = writeln!(io::stderr(), "reset-relay: {error}");
            ExitCode::FAILURE
        }
    }
}

type Done = Result<(), Box<dyn Error>>;

/// A line of the answer. A reader who has seen enough (`| head -1`) is no failure, and no reason to stop serving.
fn say(line: &str) -> io::Result<()> {
    say_to_somebody(line).or_else(|error| if error.kind() == ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
}

/// A line that is said once and never again.
fn say_to_somebody(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

fn progress(what: &str, done: usize, all: usize) {
    let _ = writeln!(io::stderr(), "{what} {done} of {all}");
}

fn serve(args: &ConfigArgs) -> Done {
    let settings = Settings::load(&args.config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let running = serve::start(&settings, Arc::new(SystemClock)).await?;
        say(&format!("ready {}", running.url))?;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        running.stop().await;
        Ok(())
    })
}

fn new_key(out: &std::path::Path, brand: &BrandId, key_id: KeyId) -> Done {
    let (path, public) = keys::new_key(out, brand, key_id)?;
    say(&format!("# {} (keep it secret); for brand.toml:", path.display()))?;
    say(&format!("relay_public_key = \"{public}\"\nrelay_key_id = {key_id}"))?;
    Ok(())
}

fn make_devices(args: FactoryArgs) -> Done {
    let order = factory::Order { count: args.count, brand: args.brand, model: args.model };
    let made = factory::make(&order, &args.out, &mut |done| progress("made", done, order.count))?;
    say(&format!("{}\n{}", made.feed.display(), made.devices.display()))?;
    Ok(())
}

fn sign(feed: &std::path::Path, key: &std::path::Path) -> Done {
    say(&feed::sign(feed, key)?.display().to_string())?;
    Ok(())
}

fn import(feed: &std::path::Path, config: &ConfigArgs) -> Done {
    let settings = Settings::load(&config.config)?;
    let rows = feed::read_signed(feed, &settings.feed_keys)?;
    take(&settings, &rows)
}

fn add_row(row: &str, config: &ConfigArgs) -> Done {
    let settings = Settings::load(&config.config)?;
    let text = match row {
        "-" => {
            let mut text = String::new();
            io::stdin().take(64 * 1024).read_to_string(&mut text)?;
            text
        }
        row if row.trim_start().starts_with('{') => row.to_owned(),
        path => std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?,
    };
    take(&settings, &feed::parse(text.trim())?)
}

fn new_staff(name: &str, role: Role, brand: &BrandId, half: Option<HalfOf>, config: &ConfigArgs) -> Done {
    let settings = Settings::load(&config.config)?;
    let support = settings.support.ok_or("relay.toml has no desk; add `[support]` with `staff = \"staff.toml\"`")?;
    say_to_somebody(&staff::add(&support.staff, name, role, brand, half)?)?;
    Ok(())
}

fn desk_audit(config: &ConfigArgs) -> Done {
    let settings = Settings::load(&config.config)?;
    for event in SqliteStore::open(&settings.database)?.desk_audit()? {
        let DeskEvent { at, brand, ticket, actor, action, detail } = event;
        say(&format!("{}\t{brand}\t{ticket}\t{actor}\t{action}\t{detail}", at.0))?;
    }
    Ok(())
}

fn take(settings: &Settings, rows: &[FeedRow]) -> Done {
    let faces = Faces::load(&settings.brands, &settings.brand_keys)?;
    let store = SqliteStore::open(&settings.database)?;
    let imported = feed::import(&store, &faces, rows, &mut |done| progress("took", done, rows.len()))?;
    say(&format!("{} new, {} changed, {} as before", imported.new, imported.changed, imported.same))?;
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

    /// The words of an example from the program's name on, up to the remark behind it or the shell's own signs.
    fn words(line: &str) -> Vec<&str> {
        let command = line.find("reset-relay ").map_or("", |at| &line[at..]).split("   ").next().unwrap_or_default();
        command.split_whitespace().take_while(|word| !["|", ">", "<"].contains(word)).collect()
    }

    #[test]
    fn every_help_has_examples_that_its_own_command_line_takes() {
        Cli::command().debug_assert();
        walk(&Cli::command(), "", &mut |path, command| {
            let help = command.clone().render_long_help().to_string();
            let shown = help.split_once("\nExamples:").or_else(|| help.split_once("\nFrom nothing"));
            let (_, shown) = shown.unwrap_or_else(|| panic!("`{path} --help` has no examples:\n{help}"));
            assert!(shown.contains(&format!("{path} ")), "`{path} --help` has no example of its own:\n{help}");
            for line in shown.lines().filter(|line| line.contains("reset-relay ")) {
                let refused = Cli::try_parse_from(words(line)).err();
                assert!(refused.is_none(), "`{path} --help` shows `{line}`, but: {}", refused.expect("an error"));
            }
        });
    }
}
