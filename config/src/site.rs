//! What one installation decides: paths, listeners, trusted keys. See `builtin/site.toml` for the defaults.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::Deserialize;

use crate::after::AfterReset;
use crate::connections::Connections;
use crate::error::Fault;
use crate::words::words;

/// The site file. Relative paths are meant from the folder that the site file lies in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Name of a built-in profile (`nvr-4`), or a path to a profile file (anything with a `/` or `.toml`).
    pub profile: String,
    /// Name of a built-in policy (`reference`, `strict`, `high`), or a path to a policy file.
    pub policy: String,
    /// Folder of the signed brand pack (`brand.toml`, `brand.toml.minisig`).
    pub brand_dir: PathBuf,
    /// Where the daemon keeps its journal, keys, certificate and audit log. Mode 0700.
    pub state_dir: PathBuf,
    /// Folder with one sub-folder per recovery method.
    pub methods_dir: PathBuf,
    /// Public keys (minisign, `RW…`) that methods may be signed with.
    pub method_keys: Vec<String>,
    /// Public keys (minisign, `RW…`) of the firmware's maker: only a method signed with one of them may attest presence by
    /// its own means (R82). Each must also stand in `method_keys`.
    pub maker_keys: Vec<String>,
    /// Public keys (minisign, `RW…`) that the brand pack may be signed with.
    pub brand_keys: Vec<String>,
    /// Version of the firmware that is told in case codes, e.g. `1.0`.
    pub firmware: String,
    /// Language of the screens until somebody chooses another: `en`, `de` …
    pub language: String,
    /// What the owner calls the device; at most 32 characters. Appears in mails (R70).
    pub nickname: String,
    /// The last four characters of the label on the case, for mails. Empty when unknown.
    pub label_last4: String,
    /// Where the daemon listens, and which lane each place is.
    pub listeners: Vec<Listener>,
    /// The user that workers run as.
    pub worker: WorkerSite,
    /// The wall clock.
    pub clock: ClockSite,
    /// Where passwords live.
    pub accounts: AccountsSite,
    /// Connections that the daemon makes for methods.
    pub connections: Connections,
    /// What helps an owner to reach support.
    pub support: SupportSite,
    /// Who had the old password.
    #[serde(default)]
    pub after_reset: AfterReset,
}

/// What helps an owner to reach support from a device that is in no network (R89).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupportSite {
    /// Folder that a stick is mounted at: *Save to a stick* at the device's own screen writes there. Absent: it is not offered.
    #[serde(default)]
    pub export_folder: Option<PathBuf>,
}

/// The wall clock. No decision about security reads it (R17).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockSite {
    /// Where the time comes from.
    pub source: ClockSource,
}

/// Where the time comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum ClockSource {
    /// The system's clock, believed once somebody has set it.
    System,
    /// Nobody ever sets the clock of this device: the time counts as unknown.
    NeverSet,
}

words!(ClockSource { System = "system", NeverSet = "never-set" });

/// Where passwords live.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountsSite {
    /// Which back end.
    pub back_end: BackEndName,
    /// The program of `back_end = "exec"`.
    #[serde(default)]
    pub exec: Option<ExecBackEnd>,
}

/// The account back ends there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum BackEndName {
    /// The daemon's own store, in its journal.
    BuiltIn,
    /// A program of the firmware.
    Exec,
}

words!(BackEndName { BuiltIn = "built-in", Exec = "exec" });

/// A program of the firmware that keeps the passwords.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExecBackEnd {
    /// Program and first arguments; the verb follows them.
    pub program: Vec<String>,
    /// Whether it can stage a password and commit it later. `false`: its database has one call only (R60's stated residual).
    pub atomic: bool,
    /// Longest that one verb may take.
    #[serde(default = "ten_seconds")]
    pub timeout_seconds: u16,
}

fn ten_seconds() -> u16 {
    10
}

impl AccountsSite {
    /// The program that keeps the passwords; `None` for the built-in store.
    #[must_use]
    pub fn program(&self) -> Option<&ExecBackEnd> {
        self.exec.as_ref().filter(|_| self.back_end == BackEndName::Exec)
    }

    fn check(&self) -> Result<(), Fault> {
        match (self.back_end, &self.exec) {
            (BackEndName::BuiltIn, None) => Ok(()),
            (BackEndName::BuiltIn, Some(_)) => Err(Fault::new(
                "accounts.exec",
                "this program would never be asked",
                "Write `back_end = \"exec\"`, or remove `exec`",
            )),
            (BackEndName::Exec, None) => Err(Fault::new(
                "accounts.back_end",
                "it is not said which program keeps the passwords",
                "Write `exec = { program = [\"/usr/lib/…\"], atomic = true }`",
            )),
            (BackEndName::Exec, Some(exec)) => exec.check(),
        }
    }
}

impl ExecBackEnd {
    fn check(&self) -> Result<(), Fault> {
        if self.program.first().is_none_or(String::is_empty) {
            return Err(Fault::new(
                "accounts.exec.program",
                "this names no program",
                "Write a path, e.g. `[\"/usr/lib/firmware/accounts\"]`",
            ));
        }
        if !(1..=12).contains(&self.timeout_seconds) {
            return Err(Fault::new(
                "accounts.exec.timeout_seconds",
                format!("{} seconds: an owner waits at most 15 for an answer", self.timeout_seconds),
                "Use 1 to 12",
            ));
        }
        Ok(())
    }
}

/// A program that is written as a relative path lies below the site file's folder; one without a slash is found by `PATH`.
pub(crate) fn anchor_program(program: &mut String, folder: &std::path::Path) {
    if program.contains('/')
        && let Some(path) = folder.join(&*program).to_str()
    {
        *program = path.to_owned();
    }
}

/// Who workers run as.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkerSite {
    /// User id that a worker drops to; absent: stays the daemon's (for development only, said aloud at start).
    #[serde(default)]
    pub uid: Option<u32>,
    /// Group id that a worker drops to.
    #[serde(default)]
    pub gid: Option<u32>,
}

/// One place to listen at. The lane belongs to the listener, never to a header (R59).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listener {
    /// Which lane everything that comes in here belongs to.
    pub lane: LaneName,
    /// `tcp:ADDRESS:PORT` (port 0: the kernel picks) or `unix:PATH`.
    pub address: ListenAddress,
    /// `own` (certificate made at first boot), `none` (loopback and Unix sockets only), or files.
    #[serde(default)]
    pub tls: Tls,
    /// Path below which a web server in front serves us, e.g. `/recovery`; empty for none.
    #[serde(default)]
    pub mount_path: String,
    /// Origin of a page that may show ours in a frame, e.g. `http://127.0.0.1:8090` of a demonstration; loopback only. Absent:
    /// nobody may.
    #[serde(default)]
    pub frame_ancestors: Option<String>,
}

/// The lanes that a listener can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum LaneName {
    /// Somebody stands at the device: the local screen's Unix socket.
    Console,
    /// Anybody in the network, also behind the firmware's own web server.
    Network,
}

words!(LaneName { Console = "console", Network = "network" });

/// Where to listen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum ListenAddress {
    /// TCP; port 0 lets the kernel choose.
    Tcp(SocketAddr),
    /// A Unix socket, mode 0600.
    Unix(PathBuf),
}

impl TryFrom<String> for ListenAddress {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("unix:").filter(|path| !path.is_empty()) {
            return Ok(ListenAddress::Unix(PathBuf::from(path)));
        }
        let address = text.strip_prefix("tcp:").and_then(|address| address.parse().ok());
        address.map(ListenAddress::Tcp).ok_or_else(|| {
            format!("`{text}` is not an address; write `tcp:127.0.0.1:8080`, `tcp:[::]:443` or `unix:/run/resetd/console.sock`")
        })
    }
}

/// How a listener is encrypted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "WrittenTls")]
pub enum Tls {
    /// The device's own certificate, made at first boot; its fingerprint is on the local screen.
    #[default]
    Own,
    /// Clear text. Allowed on loopback and on Unix sockets only (R59).
    None,
    /// The firmware's certificate chain and key, PEM.
    Files {
        /// PEM file with the chain.
        certificate: PathBuf,
        /// PEM file with the private key.
        key: PathBuf,
    },
}

/// `"own"`, `"none"`, or `{ certificate = "…", key = "…" }`.
#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenTls {
    Word(String),
    Files(CertificateFiles),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CertificateFiles {
    certificate: PathBuf,
    key: PathBuf,
}

impl TryFrom<WrittenTls> for Tls {
    type Error = String;

    fn try_from(written: WrittenTls) -> Result<Self, String> {
        match written {
            WrittenTls::Files(CertificateFiles { certificate, key }) => Ok(Tls::Files { certificate, key }),
            WrittenTls::Word(word) if word == "own" => Ok(Tls::Own),
            WrittenTls::Word(word) if word == "none" => Ok(Tls::None),
            WrittenTls::Word(word) => {
                Err(crate::words::unknown(&word, &["own", "none", "{ certificate = \"…\", key = \"…\" }"]))
            }
        }
    }
}

impl Site {
    pub(crate) fn check(&self) -> Result<(), Fault> {
        for (index, listener) in self.listeners.iter().enumerate() {
            listener.check(&format!("listeners[{index}]"))?;
        }
        if self.listeners.is_empty() {
            return Err(Fault::new(
                "listeners",
                "nothing listens, so no owner could be helped",
                "Add at least one `[[listeners]]`",
            ));
        }
        if self.nickname.chars().count() > 32 {
            return Err(Fault::new(
                "nickname",
                "the nickname has more than 32 characters",
                "Shorten it: it stands in every mail",
            ));
        }
        self.check_keys()?;
        self.check_firmware()?;
        self.accounts.check()?;
        self.after_reset.check()?;
        self.connections.smtp.as_ref().map_or(Ok(()), crate::connections::Smtp::check)
    }

    fn check_keys(&self) -> Result<(), Fault> {
        let stray = self.maker_keys.iter().position(|key| !self.method_keys.contains(key));
        stray.map_or(Ok(()), |index| {
            Err(Fault::new(
                format!("maker_keys[{index}]"),
                "no method may be signed with this key at all",
                "Add it to `method_keys` too, or remove it here",
            ))
        })
    }

    fn check_firmware(&self) -> Result<(), Fault> {
        let ok = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
        if (1..=24).contains(&self.firmware.len()) && self.firmware.chars().all(ok) {
            return Ok(());
        }
        Err(Fault::new(
            "firmware",
            format!("`{}` is not a version", self.firmware),
            "Use letters, digits, `.`, `-`, `_` and `+`, 24 at most, as the registry of case codes writes it",
        ))
    }

    /// Makes every relative path mean the folder of the site file.
    pub(crate) fn anchor(&mut self, folder: &std::path::Path) {
        let folders = [&mut self.brand_dir, &mut self.state_dir, &mut self.methods_dir];
        for path in folders.into_iter().chain(self.support.export_folder.as_mut()) {
            *path = folder.join(&*path);
        }
        for listener in &mut self.listeners {
            if let ListenAddress::Unix(path) = &mut listener.address {
                *path = folder.join(&*path);
            }
            if let Tls::Files { certificate, key } = &mut listener.tls {
                *certificate = folder.join(&*certificate);
                *key = folder.join(&*key);
            }
        }
        if let Some(smtp) = &mut self.connections.smtp {
            smtp.anchor(folder);
        }
        if let Some(program) = self.accounts.exec.as_mut().and_then(|exec| exec.program.first_mut()) {
            anchor_program(program, folder);
        }
        if let Some(program) = self.after_reset.hook.first_mut() {
            anchor_program(program, folder);
        }
    }
}

impl Listener {
    fn check(&self, key: &str) -> Result<(), Fault> {
        match (&self.address, self.lane, &self.tls) {
            (ListenAddress::Tcp(_), LaneName::Console, _) => Err(Fault::new(
                format!("{key}.lane"),
                "the console lane cannot be a TCP port: whoever reaches the port would count as standing at the device (R59)",
                "Give the local screen a Unix socket (`address = \"unix:…\"`), or write `lane = \"network\"`",
            )),
            (ListenAddress::Tcp(address), LaneName::Network, Tls::None) if !address.ip().is_loopback() => {
                Err(Fault::new(
                    format!("{key}.tls"),
                    format!("codes and passwords would cross the network in clear text on {address} (R59)"),
                    "Write `tls = \"own\"`, name certificate files, or listen on 127.0.0.1 only",
                ))
            }
            (ListenAddress::Unix(_), _, Tls::Own | Tls::Files { .. }) => {
                Err(Fault::new(format!("{key}.tls"), "a Unix socket needs no certificate", "Write `tls = \"none\"`"))
            }
            (
                ListenAddress::Tcp(_) | ListenAddress::Unix(_),
                LaneName::Console | LaneName::Network,
                Tls::None | Tls::Own | Tls::Files { .. },
            ) => Ok(()),
        }?;
        self.check_frame(key)?;
        let mount = &self.mount_path;
        if mount.is_empty() || (mount.starts_with('/') && !mount.ends_with('/')) {
            return Ok(());
        }
        Err(Fault::new(
            format!("{key}.mount_path"),
            format!("`{mount}` is not a path"),
            "Write it with a leading and without a trailing slash, e.g. `/recovery`",
        ))
    }

    /// A page in a frame can be clicked by who does not see it: nobody may frame ours but a demonstration on this machine.
    fn check_frame(&self, key: &str) -> Result<(), Fault> {
        let Some(origin) = &self.frame_ancestors else { return Ok(()) };
        let here = match &self.address {
            ListenAddress::Tcp(address) => address.ip().is_loopback(),
            ListenAddress::Unix(_) => false,
        };
        let ours = origin.strip_prefix("http://").and_then(|origin| origin.parse::<SocketAddr>().ok());
        if here && ours.is_some_and(|address| address.ip().is_loopback()) {
            return Ok(());
        }
        Err(Fault::new(
            format!("{key}.frame_ancestors"),
            format!("`{origin}` cannot be let frame these pages"),
            "Only a listener on loopback may name one, and only an origin on loopback, e.g. `http://127.0.0.1:8090`",
        ))
    }
}
