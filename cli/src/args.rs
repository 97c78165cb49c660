//! The command line. Every `--help` ends in examples.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Password recovery for device firmware: see it, sign for it, look up what went wrong.
#[derive(Debug, Parser)]
#[command(
    name = "resetkit",
    version,
    after_help = "Start here:\n  resetkit demo              a recorder, a relay and a mailbox on this machine\n  resetkit demo --scripted   the whole story by itself, in about half a minute"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run a recorder, a relay and a mailbox on this machine and lose your password.
    #[command(
        after_help = "Examples:\n  resetkit demo                         one page with recorder, phone and mailbox; Ctrl-C ends it\n  resetkit demo --scripted              watch a locked-out owner get back in\n  resetkit demo --scripted --keep /tmp/world   ... and look at its files afterwards"
    )]
    Demo(DemoOptions),
    /// Build the files of a demo world without starting anything.
    #[command(hide = true)]
    DemoWorld(WorldOptions),
    /// Become another program that ends with its parent.
    #[command(hide = true)]
    Tethered(TetheredOptions),
    /// Read the code on a device's screen and hand it to the relay, as the companion app does.
    #[command(
        after_help = "Examples:\n  resetkit scan photo.jpg\n  resetkit scan --from-screen http://192.0.2.7/api/v0/resets/1f…/qr.png --token 8c…\n  resetkit scan --text HTTPS://RESET.EXAMPLE/0G2…"
    )]
    Scan(ScanOptions),
    /// A small mailbox for trials: takes any mail over SMTP and shows it on a web page.
    #[command(
        after_help = "Examples:\n  resetkit mailbox --smtp 127.0.0.1:2525 --web 127.0.0.1:8025\n  resetkit mailbox --smtp 127.0.0.1:0 --web 127.0.0.1:0 --reject-rcpt   every recipient is refused"
    )]
    Mailbox(MailboxOptions),
    /// Make signing keys (minisign format).
    #[command(
        after_help = "Examples:\n  resetkit key new --out brand.key      signs brand packs\n  resetkit key new --out methods.key    signs methods: another key, as another person may hold it"
    )]
    Key {
        #[command(subcommand)]
        command: KeyCommand,
    },
    /// Sign a file; the signature goes to FILE.minisig and Debian's minisign can check it.
    #[command(
        after_help = "Examples:\n  resetkit sign feed.jsonl --key factory.key\n  minisign -V -m feed.jsonl -p factory.pub"
    )]
    Sign(SignOptions),
    /// Work with recovery methods.
    #[command(
        after_help = "Examples, from nothing to a method that devices load:\n  resetkit method new door-code\n  resetkit method check door-code\n  resetkit method sign door-code --library target/release/libdoor_code_method.so --key methods.key"
    )]
    Method {
        #[command(subcommand)]
        command: MethodCommand,
    },
    /// Work with brand packs.
    #[command(after_help = "Examples:\n  resetkit brand sign brands/mine --key brand.key")]
    Brand {
        #[command(subcommand)]
        command: BrandCommand,
    },
    /// Turn a case code from an owner's screen into guidance: what happened, what would work now, what to ask.
    #[command(
        after_help = "Examples:\n  resetkit case 4040-4120-AK4N\n  resetkit case --json 4040 4120 ak4n\n  resetkit case --list"
    )]
    Case(CaseOptions),
    /// Write the help article, the support desk's script or the integrator's sheet of a device, from the data it runs on.
    #[command(
        after_help = "Examples:\n  resetkit guide --device nvr-4-button --out help\n  resetkit guide --device cam-1 --lang de --for agent --out help\n  resetkit guide --brand brands/mine --pictures shots --format pdf --out help"
    )]
    Guide(crate::guide::GuideOptions),
    /// Unlock a device on the telephone: an agent, two approvers, one device, one code.
    #[command(
        after_help = "A support call, from keys to password:\n  resetkit support keys new --out bert.key                        once, by each of the two approvers\n  resetkit support open photo.jpg --brand B --token-file anna.token --ticket 4711 --evidence invoice\n  resetkit support approve 4711 --brand B --token-file bert.token --key bert.key --check 7KQM-2F9X-B3TD\n  resetkit support approve 4711 --brand B --token-file carla.token --key carla.key --check 7KQM-2F9X-B3TD\n  resetkit support read 4711 --brand B --token-file anna.token\n  resetkit support close 4711 --brand B --token-file anna.token --outcome unlocked"
    )]
    Support {
        #[command(subcommand)]
        command: crate::support::SupportCommand,
    },
    /// Say what a failure code means and what to do next.
    #[command(after_help = crate::errors::EXAMPLES)]
    Error(crate::errors::ErrorOptions),
    /// Say which ways in a model offers under a policy and a brand, and why not the others.
    #[command(after_help = crate::explain::EXAMPLES)]
    Explain(crate::explain::ExplainOptions),
    /// Prove that no owner of a model is left standing, or show the path to where he is.
    #[command(after_help = crate::lint::EXAMPLES)]
    Lint(crate::lint::LintOptions),
}

#[derive(Debug, Args)]
pub(crate) struct DemoOptions {
    /// Walk the whole story unattended; exit 0 only if the old password is refused and the new one accepted.
    #[arg(long)]
    pub(crate) scripted: bool,
    /// Keep the world's files in this (new or empty) folder.
    #[arg(long, value_name = "DIR")]
    pub(crate) keep: Option<PathBuf>,
    /// Use programs that are built already; they are looked for beside this one.
    #[arg(long)]
    pub(crate) no_build: bool,
    /// Print the desk's address and open no browser.
    #[arg(long)]
    pub(crate) no_browser: bool,
    /// Port of the desk on 127.0.0.1; 0 lets the kernel pick.
    #[arg(long, default_value_t = 0)]
    pub(crate) port: u16,
}

#[derive(Debug, Args)]
pub(crate) struct WorldOptions {
    /// Where to build the world; new or empty.
    pub(crate) dir: PathBuf,
    /// Use programs that are built already; they are looked for beside this one.
    #[arg(long)]
    pub(crate) no_build: bool,
    /// Folder with resetd, reset-relay and the methods; default: beside this program.
    #[arg(long, value_name = "DIR")]
    pub(crate) programs: Option<PathBuf>,
    /// Built-in policy of the recorder: `reference` or `strict`.
    #[arg(long, default_value = "reference")]
    pub(crate) policy: String,
    /// Built-in profile of the recorder.
    #[arg(long, default_value = "nvr-4-button")]
    pub(crate) profile: String,
}

#[derive(Debug, Args)]
pub(crate) struct CaseOptions {
    /// The code as it was read out: 12 letters and digits, or 18 digits; case, blanks and hyphens do not matter.
    #[arg(required_unless_present = "list")]
    pub(crate) code: Vec<String>,
    /// Print it as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Language of the texts.
    #[arg(long, default_value = "en")]
    pub(crate) lang: String,
    /// The maker's own registry instead of the built-in one.
    #[arg(long, value_name = "FILE")]
    pub(crate) registry: Option<PathBuf>,
    /// Print the registry.
    #[arg(long)]
    pub(crate) list: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TetheredOptions {
    /// Process id of the parent.
    pub(crate) parent: i32,
    /// The program to become.
    pub(crate) program: PathBuf,
    /// Its arguments.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) arguments: Vec<OsString>,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct ScanSource {
    /// A photograph of the screen, PNG or JPEG.
    pub(crate) photo: Option<PathBuf>,
    /// Fetch the picture from the device's own web page instead of taking a photograph.
    #[arg(long, value_name = "URL")]
    pub(crate) from_screen: Option<String>,
    /// The text below the code, copied from the screen.
    #[arg(long, value_name = "PAYLOAD")]
    pub(crate) text: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ScanOptions {
    #[command(flatten)]
    pub(crate) source: ScanSource,
    /// The session's token, for the picture of the local API (`/api/v0/resets/ID/qr.png`).
    #[arg(long, value_name = "TOKEN", requires = "from_screen")]
    pub(crate) token: Option<String>,
    /// Print the answer as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct MailboxOptions {
    /// Where to take mail, e.g. 127.0.0.1:0 (port 0: the kernel picks).
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    pub(crate) smtp: SocketAddr,
    /// Where to show it.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    pub(crate) web: SocketAddr,
    /// Take mail here too, only encrypted (STARTTLS) and after a log-in, as a provider's submission server does.
    #[arg(long, value_name = "ADDR", requires_all = ["tls_cert", "tls_key", "user", "password_file"])]
    pub(crate) submission: Option<SocketAddr>,
    /// Certificate of the submission port, PEM.
    #[arg(long, value_name = "FILE")]
    pub(crate) tls_cert: Option<PathBuf>,
    /// Its private key, PEM.
    #[arg(long, value_name = "FILE")]
    pub(crate) tls_key: Option<PathBuf>,
    /// Who may log in there.
    #[arg(long, value_name = "NAME")]
    pub(crate) user: Option<String>,
    /// File whose first line is the password for it.
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
    /// The one origin whose pages may show the mailbox in a frame.
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) frame_ancestors: Option<String>,
    /// Refuse every recipient with 550, for tests.
    #[arg(long)]
    pub(crate) reject_rcpt: bool,
    /// Answer each SMTP command after this many milliseconds, for tests.
    #[arg(long, value_name = "MS", default_value_t = 0)]
    pub(crate) delay_ms: u64,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Make a key pair: FILE.key (keep it secret) and FILE.pub (give it to devices).
    #[command(
        after_help = "Examples:\n  resetkit key new --out brand.key\n  resetkit key new --out brand.key --password-file secret.txt"
    )]
    New(KeyNewOptions),
}

#[derive(Debug, Args)]
pub(crate) struct KeyNewOptions {
    /// The secret key's file; the public key goes beside it as `.pub`.
    #[arg(long, value_name = "FILE.key")]
    pub(crate) out: PathBuf,
    /// Encrypt the secret key with the first line of this file.
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct KeyUse {
    /// The secret key.
    #[arg(long, value_name = "FILE.key")]
    pub(crate) key: PathBuf,
    /// File whose first line is the key's password.
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct SignOptions {
    /// The file to sign.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) key: KeyUse,
    /// A comment that is signed along.
    #[arg(long)]
    pub(crate) comment: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MethodCommand {
    /// Write the library's hash into method.toml, sign it, and check that a device would load it.
    #[command(
        after_help = "Examples:\n  resetkit method sign methods/companion --library target/release/libcompanion.so --key methods.key"
    )]
    Sign(MethodSignOptions),
    /// Make a folder with a method that builds and conforms, to be changed into your own.
    #[command(
        after_help = "Examples:\n  resetkit method new door-code\n  resetkit method new door-code --contract ../resetkit/plugins/contract\n\nThe whole way is in docs/own-method.md."
    )]
    New(crate::method::new::NewOptions),
    /// Run the conformance suite over a method: contract, times, memory, grants, and what it does when things go wrong.
    #[command(
        after_help = "Examples:\n  resetkit method check door-code\n  resetkit method check target/release/libdoor_code_method.so --json\n  resetkit method check methods/door-code --trust RW… --key vendor.key\n\nExit code 0 if it conforms."
    )]
    Check(crate::method::check::CheckMethodOptions),
}

#[derive(Debug, Args)]
pub(crate) struct MethodSignOptions {
    /// The method's folder, with its method.toml.
    pub(crate) dir: PathBuf,
    /// The shared object; it is copied into the folder unless it lies there.
    #[arg(long, value_name = "X.so")]
    pub(crate) library: PathBuf,
    #[command(flatten)]
    pub(crate) key: KeyUse,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BrandCommand {
    /// Check a brand pack, write the hashes of its files into brand.toml and sign it.
    #[command(after_help = "Examples:\n  resetkit brand sign brands/plain --key brand.key")]
    Sign(BrandSignOptions),
}

#[derive(Debug, Args)]
pub(crate) struct BrandSignOptions {
    /// The brand's folder, with its brand.toml.
    pub(crate) dir: PathBuf,
    #[command(flatten)]
    pub(crate) key: KeyUse,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    /// Each command that help speaks of, with its path.
    fn walk(command: &clap::Command, path: &str, visit: &mut dyn FnMut(&str, &clap::Command)) {
        let path = format!("{path} {}", command.get_name());
        visit(path.trim(), command);
        let shown = |inner: &&clap::Command| !inner.is_hide_set() && inner.get_name() != "help";
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
            let examples: Vec<_> = help.lines().filter(|line| line.starts_with(&format!("  {path}"))).collect();
            assert!(!examples.is_empty(), "`{path} --help` has no example of its own:\n{help}");
            for line in help.lines().filter(|line| line.starts_with("  resetkit ")) {
                let taken = Arguments::try_parse_from(words(line));
                assert!(taken.is_ok(), "`{path} --help` shows `{line}`, but: {}", taken.expect_err("refused"));
            }
        });
    }
}
