//! `resetkit support`: an owner calls, an agent opens a ticket, two approvers hand over their halves, the agent reads nine
//! characters out (R89). Over the relay, or with a plain ticket file where there is none.

mod approve;
mod carrier;
mod close;
mod feed;
mod keys;
mod list;
mod open;
mod read;
mod secret;

pub(crate) use keys::make as make_key;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use resetkit_companion::desk::{ApproverPublic, KeyId, ReadTicket, SupportKeys, Ticket, is_printable};
use resetkit_config::{Arg, Brand, BrandSupport, Texts};

use crate::args::ScanSource;
use crate::failure::Failure;
use crate::language;

#[derive(Debug, Subcommand)]
pub(crate) enum SupportCommand {
    /// Keys of the two approvers.
    #[command(after_help = "Examples:\n  resetkit support keys new --out bert.key")]
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// Agent: open a ticket for the code on an owner's screen, with the evidence that was shown.
    #[command(
        after_help = "Examples:\n  resetkit support open --brand brands/mine --token-file anna.token --request 0042 --ticket 4711 --evidence invoice\n  resetkit support open photo.jpg --brand brands/mine --token-file anna.token --ticket 4711 --evidence invoice --evidence photo-of-label\n  resetkit support open --text HTTPS://RESET.EXAMPLE/8G… --brand brands/mine --file 4711.ticket --ticket 4711 --evidence invoice --feed feed.jsonl --name anna\n\nWithout --file the ticket lies at the brand's relay. With it, the file is all there is: carry it to both approvers."
    )]
    Open(Box<OpenOptions>),
    /// Approver: judge the evidence and hand over your half of the code.
    #[command(
        after_help = "Examples:\n  resetkit support approve 4711 --brand brands/mine --token-file bert.token --key bert.key                   shows the ticket\n  resetkit support approve 4711 --brand brands/mine --token-file bert.token --key bert.key --feed feed.jsonl --check 7KQM-2F9X-B3TD\n  resetkit support approve --file 4711.ticket --brand brands/mine --key bert.key --name bert --check 7KQM-2F9X-B3TD\n\nLet the agent read the check number to you. It holds only for this code, this device, this evidence and this agent's key.\nWithout --feed the relay alone says which device it is."
    )]
    Approve(ApproveOptions),
    /// Agent: put both halves together and read the code out.
    #[command(
        after_help = "Examples:\n  resetkit support read 4711 --brand brands/mine --token-file anna.token\n  resetkit support read --file 4711.ticket --brand brands/mine"
    )]
    Read(ReadOptions),
    /// Show the desk's tickets, what owners passed on, and the evidence that the brand accepts.
    #[command(
        after_help = "Examples:\n  resetkit support list --brand brands/mine --token-file anna.token\n  resetkit support list --brand brands/mine --file 4711.ticket"
    )]
    List(ListOptions),
    /// Agent: record how the call ended. The halves are forgotten.
    #[command(
        after_help = "Examples:\n  resetkit support close 4711 --brand brands/mine --token-file anna.token --outcome unlocked\n  resetkit support close --file 4711.ticket --brand brands/mine --outcome refused"
    )]
    Close(CloseOptions),
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommand {
    /// Make one approver's key. Each approver does this on a machine of his own.
    #[command(
        after_help = "Examples:\n  resetkit support keys new --out bert.key           the first approver\n  resetkit support keys new --out carla.key          the second one, somebody else\n\nThe two public keys go under [support] in brand.toml; `resetkit brand sign` signs the pack."
    )]
    New {
        /// The secret key's file.
        #[arg(long, value_name = "FILE.key")]
        out: PathBuf,
    },
}

/// Where the ticket lies, and whose it is.
#[derive(Debug, Args)]
pub(crate) struct DeskOptions {
    /// The brand pack's folder: it names the relay, the approvers and the evidence.
    #[arg(long, value_name = "DIR")]
    brand: PathBuf,
    /// A ticket file instead of the relay.
    #[arg(long, value_name = "FILE", conflicts_with = "token_file")]
    file: Option<PathBuf>,
    /// File whose first line is your token for the relay.
    #[arg(long, value_name = "FILE", required_unless_present = "file")]
    token_file: Option<PathBuf>,
    /// Another address of the relay than the brand's.
    #[arg(long, value_name = "URL")]
    relay: Option<String>,
    /// Language of the texts, and of the relay's answers.
    #[arg(long, default_value = "en")]
    lang: String,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct UnlockSource {
    /// A photograph of the owner's screen, PNG or JPEG.
    photo: Option<PathBuf>,
    /// The text below the code, or the file from the owner's stick.
    #[arg(long, value_name = "PAYLOAD|FILE")]
    text: Option<String>,
    /// The request number that the owner's phone passed on to the relay.
    #[arg(long, value_name = "NUMBER")]
    request: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct OpenOptions {
    #[command(flatten)]
    desk: DeskOptions,
    #[command(flatten)]
    source: UnlockSource,
    /// End of the device's label, where two devices have the same request number.
    #[arg(long, value_name = "LAST4", requires = "request")]
    label: Option<String>,
    /// Number of the call in your own ticket system.
    #[arg(long)]
    ticket: String,
    /// What the owner showed; as often as needed. `resetkit support list` prints what the brand accepts.
    #[arg(long, required = true)]
    evidence: Vec<String>,
    /// With --file: your name.
    #[arg(long, requires = "file")]
    name: Option<String>,
    #[command(flatten)]
    feed: feed::FeedOptions,
    /// With --file: the device's public key, where there is no feed.
    #[arg(long, value_name = "BASE64", requires = "file", conflicts_with = "feed")]
    device_key: Option<String>,
    /// Where your reading key for this ticket goes; default: TICKET.reading-key beside the ticket file, or here.
    #[arg(long, value_name = "FILE")]
    reading_key: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ApproveOptions {
    /// The ticket's number; with --file it stands in the file.
    #[arg(required_unless_present = "file")]
    ticket: Option<String>,
    #[command(flatten)]
    desk: DeskOptions,
    /// Your secret key.
    #[arg(long, value_name = "FILE.key")]
    key: PathBuf,
    /// The check number as the agent reads it to you. Without it nothing is approved.
    #[arg(long, value_name = "XXXX-XXXX-XXXX")]
    check: Option<String>,
    /// With --file: your name.
    #[arg(long, requires = "file")]
    name: Option<String>,
    #[command(flatten)]
    feed: feed::FeedOptions,
}

#[derive(Debug, Args)]
pub(crate) struct ReadOptions {
    /// The ticket's number; with --file it stands in the file.
    #[arg(required_unless_present = "file")]
    ticket: Option<String>,
    #[command(flatten)]
    desk: DeskOptions,
    /// Your reading key for this ticket.
    #[arg(long, value_name = "FILE")]
    reading_key: Option<PathBuf>,
    /// Language to spell in; default: the one of the owner's screen.
    #[arg(long, value_name = "LANG")]
    spell: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ListOptions {
    #[command(flatten)]
    desk: DeskOptions,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CloseOptions {
    /// The ticket's number; with --file it stands in the file.
    #[arg(required_unless_present = "file")]
    ticket: Option<String>,
    #[command(flatten)]
    desk: DeskOptions,
    /// `unlocked`, `refused`, `abandoned` or `suspicious`.
    #[arg(long, value_parser = close::outcome)]
    outcome: resetkit_companion::desk::TicketOutcome,
    /// Your reading key for this ticket, which is deleted.
    #[arg(long, value_name = "FILE")]
    reading_key: Option<PathBuf>,
}

pub(crate) fn run(command: SupportCommand) -> Result<(), Failure> {
    match command {
        SupportCommand::Keys { command: KeysCommand::New { out } } => keys::new(&out),
        SupportCommand::Open(options) => open::run(&options),
        SupportCommand::Approve(options) => approve::run(&options),
        SupportCommand::Read(options) => read::run(&options),
        SupportCommand::List(options) => list::run(&options),
        SupportCommand::Close(options) => close::run(&options),
    }
}

/// What the brand pack says about its desk.
struct House {
    brand: Brand,
    support: BrandSupport,
    keys: SupportKeys,
    texts: Texts,
}

impl House {
    /// The pack need not be signed here: who swaps the approvers' keys in it learns nothing, since devices sealed to the
    /// signed ones.
    fn load(options: &DeskOptions) -> Result<House, Failure> {
        let path = options.brand.join("brand.toml");
        let text = std::fs::read_to_string(&path).map_err(|error| Failure::file(&path, &error))?;
        let mut brand = Brand::parse(&path.display().to_string(), &text)?;
        brand.folder = Some(options.brand.clone());
        let Some(support) = brand.support.clone() else {
            return Err(Failure::new(
                format!("{} names no approvers, so support cannot unlock its devices.", path.display()),
                "Add `[support]` with the keys of `resetkit support keys new`, and sign the pack.",
            ));
        };
        let keys = keys_of(&support)
            .map_err(|slip| Failure::new(format!("{}: {slip}.", path.display()), "Write two approvers' own keys."))?;
        let texts = language::texts(&brand, &options.lang)?;
        Ok(House { brand, support, keys, texts })
    }

    fn say(&self, id: &str, about: &[(&str, Arg<'_>)]) -> String {
        self.texts.get(id, about)
    }

    fn evidence(&self, id: &str) -> String {
        let words = self.texts.find(&format!("evidence-{id}"), &[]);
        words.map_or_else(|| id.to_owned(), |words| format!("{words} ({id})"))
    }

    /// What an agent and an approver judge by.
    fn print_ticket(&self, ticket: &Ticket, read: &ReadTicket) {
        let row = |id: &str, text: &str| outln!("  {:<24}{}", self.say(id, &[]), clean(text));
        outln!("{}", self.say("desk-unlock-ticket", &[("ticket", clean(&ticket.ticket).as_str().into())]));
        row("desk-unlock-request", &read.header.request());
        let handle = read.header.handle.to_string();
        let device = [ticket.model.as_deref(), ticket.label.as_deref(), Some(handle.as_str())];
        row("desk-unlock-device", &device.into_iter().flatten().collect::<Vec<_>>().join(" · "));
        row("desk-unlock-agent", &ticket.agent);
        for (place, id) in ticket.evidence.iter().enumerate() {
            let label = if place == 0 { self.say("desk-unlock-evidence", &[]) } else { String::new() };
            outln!("  {label:<24}{}", clean(&self.evidence(id)));
        }
        let names: Vec<_> = ticket.approvals.iter().map(|approval| approval.approver.as_str()).collect();
        let none = self.say("desk-unlock-nobody", &[]);
        row("desk-unlock-approved", &if names.is_empty() { none } else { names.join(", ") });
    }
}

/// In front of the check number, in the file of the reading key.
const CHECK_TAG: &str = "check ";

/// Longest text of somebody else's that a line shows.
const MAX_SHOWN: usize = 200;

/// A text that somebody else wrote, as a terminal may show it: no control characters, and not without end.
fn clean(text: &str) -> String {
    let shown = text.chars().take(MAX_SHOWN);
    shown.map(|c| if is_printable(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

fn keys_of(support: &BrandSupport) -> Result<SupportKeys, Box<dyn std::error::Error>> {
    let first = ApproverPublic::from_octets(*support.first_key.octets())?;
    let second = ApproverPublic::from_octets(*support.second_key.octets())?;
    Ok(SupportKeys::new(KeyId::new(support.key_id)?, first, second)?)
}

/// Everything about the ticket that other people wrote is read before anything is done with it.
fn checked(ticket: &Ticket, house: &House) -> Result<ReadTicket, Failure> {
    let read = ticket.read().map_err(|slip| {
        Failure::new(format!("This is no ticket: {slip}."), "Ask the agent to open it again from the owner's screen.")
    })?;
    if read.brand.as_str() != house.brand.id.as_str() {
        return Err(Failure::new(
            format!("The ticket is of brand `{}`, and the pack of `{}`.", read.brand, house.brand.id),
            "Name the folder of the ticket's own brand with --brand.",
        ));
    }
    if read.header.key_id != house.keys.key_id() {
        return Err(Failure::new(
            format!(
                "The device sealed to approvers' keys number {}; the pack has number {}.",
                read.header.key_id,
                house.keys.key_id()
            ),
            "The device has another version of the brand pack: name that one with --brand, or let the owner take another way.",
        ));
    }
    Ok(read)
}

/// `TICKET.reading-key` beside the ticket file, or here.
fn reading_key_path(named: Option<&Path>, file: Option<&Path>, ticket: &str) -> PathBuf {
    let folder = file.and_then(Path::parent).unwrap_or(Path::new(""));
    named.map_or_else(|| folder.join(format!("{ticket}.reading-key")), Path::to_owned)
}

/// The text of the code, wherever it comes from.
fn payload_of(photo: Option<&PathBuf>, text: Option<&String>) -> Result<String, Failure> {
    // From a stick comes a file with the same text.
    let text = text.map(|text| std::fs::read_to_string(text).unwrap_or_else(|_| text.clone()));
    let source = ScanSource { photo: photo.cloned(), from_screen: None, text };
    crate::scan::read(&source, None)
}
