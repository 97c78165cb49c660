//! `relay.toml`: everything a relay is told. Unknown keys are refused; paths count from the file's own folder.

use crate::judge::Limits;
use crate::store::DeskLimits;
use serde::Deserialize;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

/// What `relay.toml` says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where to listen; port 0 takes a free one and tells it on standard output.
    pub listen: SocketAddr,
    /// How people reach this relay, `https://host`: the start of *not me* links. On loopback it may be left out.
    pub public_url: Option<String>,
    /// Allows HTTP without TLS, on loopback only (5.9).
    #[serde(default)]
    pub allow_plain_loopback: bool,
    /// Certificate and key; without them only loopback is served.
    pub tls: Option<TlsSettings>,
    /// The database file.
    #[serde(default = "default_database")]
    pub database: PathBuf,
    /// Folder of the brands' private keys, and of the relay's own hash key.
    #[serde(default = "default_key_dir")]
    pub key_dir: PathBuf,
    /// Folders of signed brand packs. The first one's look is shown to whoever is not known.
    pub brands: Vec<PathBuf>,
    /// Public keys (minisign, `RW…`) that brand packs are signed with.
    pub brand_keys: Vec<String>,
    /// Public keys (minisign, `RW…`) that factory feeds are signed with.
    #[serde(default)]
    pub feed_keys: Vec<String>,
    /// Name of this relay among those that share the database.
    #[serde(default = "default_name")]
    pub name: String,
    /// How long a code lives on a device that stays switched on, in minutes, as the devices' policy says it
    /// (`session.life_minutes`). Mails say it; only the device decides (R18).
    #[serde(default = "default_code_life")]
    pub code_life_minutes: u16,
    /// Origins on this machine that may show pages in a frame, e.g. `http://127.0.0.1:8000` of a trial. None by default.
    #[serde(default)]
    pub frame_ancestors: Vec<String>,
    /// The maker's own registry, so that the page for case codes knows his brands, models and firmwares; the built-in one
    /// if absent.
    pub case_registry: Option<PathBuf>,
    /// The way mail goes.
    pub smtp: SmtpSettings,
    /// How many mails.
    #[serde(default)]
    pub quotas: QuotaSettings,
    /// The support desk; without it nobody can open a ticket here.
    pub support: Option<SupportSettings>,
}

/// A support desk that works over this relay (R89).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupportSettings {
    /// File of names, roles and hashed tokens; `reset-relay staff new` writes it. Read when the relay starts.
    pub staff: PathBuf,
    /// Tickets that one agent may open within a day.
    #[serde(default = "default_agent_day")]
    pub per_agent_day: usize,
    /// Tickets that may be opened for one device within a day.
    #[serde(default = "default_device_day")]
    pub per_device_day: usize,
}

fn default_agent_day() -> usize {
    DeskLimits::default().agent_day
}
fn default_device_day() -> usize {
    DeskLimits::default().device_day
}

/// PEM files.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsSettings {
    /// Certificate chain.
    pub certificate: PathBuf,
    /// Private key.
    pub key: PathBuf,
}

/// The submission server.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpSettings {
    /// Host name, as its certificate says it.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the connection is secured (R67).
    pub security: SmtpSecurity,
    /// Address in `From`. Its domain is aligned with the one that the server signs for.
    pub from: String,
    /// User name, if the server wants one.
    pub user: Option<String>,
    /// File with the password.
    pub password_file: Option<PathBuf>,
    /// PEM file of a private certificate authority, beside the public ones.
    pub ca_file: Option<PathBuf>,
    /// Longest time for one mail, all in all, in seconds.
    #[serde(default = "default_timeout")]
    pub timeout_seconds: u64,
    /// Seconds to wait after the first, second … failure; the last one repeats.
    #[serde(default = "default_retries")]
    pub retry_seconds: Vec<u32>,
}

impl fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmtpSettings({}:{}, {:?})", self.host, self.port, self.security)
    }
}

/// How SMTP is secured. There is no falling back (R67).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SmtpSecurity {
    /// TLS from the first octet, port 465.
    Implicit,
    /// STARTTLS, required, port 587.
    Starttls,
    /// None. Loopback only.
    NoneLoopbackOnly,
}

/// Limits of R74 and 5.9. What is left out has the value of REQUIREMENTS.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct QuotaSettings {
    /// Mails per device and lane within an hour.
    pub per_lane_hour: usize,
    /// Mails per device within a day.
    pub per_device_day: usize,
    /// How many of a day's are kept for the console.
    pub console_share_day: usize,
    /// Mails per address within an hour.
    pub per_address_hour: usize,
    /// How often the same mail may be sent again.
    pub resends: u32,
    /// Requests from one network address within a minute; 0 for no limit, behind a proxy that has one.
    pub per_ip_minute: u32,
}

impl Default for QuotaSettings {
    fn default() -> Self {
        let limits = Limits::default();
        Self {
            per_lane_hour: limits.lane_hour,
            per_device_day: limits.device_day,
            console_share_day: limits.console_share,
            per_address_hour: limits.address_hour,
            resends: limits.resends,
            per_ip_minute: 60,
        }
    }
}

impl QuotaSettings {
    /// For the judge.
    #[must_use]
    pub const fn limits(&self) -> Limits {
        Limits {
            lane_hour: self.per_lane_hour,
            device_day: self.per_device_day,
            console_share: self.console_share_day,
            address_hour: self.per_address_hour,
            resends: self.resends,
        }
    }
}

fn default_database() -> PathBuf {
    "relay.sqlite".into()
}
fn default_key_dir() -> PathBuf {
    "keys".into()
}
fn default_name() -> String {
    "relay".into()
}
const fn default_code_life() -> u16 {
    60
}
const fn default_timeout() -> u64 {
    30
}
fn default_retries() -> Vec<u32> {
    vec![5, 30, 120, 600, 1800]
}

impl Settings {
    /// Reads and checks the file.
    ///
    /// # Errors
    /// [`SettingsError`], with what to do about it.
    pub fn load(path: &Path) -> Result<Self, SettingsError> {
        let refuse = |problem: String, remedy| SettingsError { file: path.to_owned(), problem, remedy };
        let text = std::fs::read_to_string(path)
            .map_err(|error| refuse(error.to_string(), "Give the path of relay.toml with --config"))?;
        let mut settings: Self = toml::from_str(&text)
            .map_err(|error| refuse(error.to_string(), "Correct the line; docs/relay.md lists every key"))?;
        settings.resolve(path.parent().unwrap_or(Path::new(".")));
        settings.check().map_err(|(problem, remedy)| refuse(problem, remedy))?;
        Ok(settings)
    }

    fn resolve(&mut self, folder: &Path) {
        let paths = [&mut self.database, &mut self.key_dir].into_iter();
        let optional =
            [&mut self.smtp.password_file, &mut self.smtp.ca_file, &mut self.case_registry].into_iter().flatten();
        let tls = self.tls.iter_mut().flat_map(|tls| [&mut tls.certificate, &mut tls.key]);
        let staff = self.support.iter_mut().map(|support| &mut support.staff);
        for path in paths.chain(optional).chain(tls).chain(self.brands.iter_mut()).chain(staff) {
            *path = folder.join(&*path);
        }
    }

    fn check(&mut self) -> Result<(), (String, &'static str)> {
        if self.brands.is_empty() {
            return Err(("no brand is named".into(), "Write `brands = [\"path/to/brand\"]`"));
        }
        if self.tls.is_none() && !(self.allow_plain_loopback && self.listen.ip().is_loopback()) {
            return Err((
                format!("without TLS, {} may not be served", self.listen),
                "Add [tls] with certificate and key; for trials on this machine listen on 127.0.0.1 and set allow_plain_loopback = true",
            ));
        }
        let local =
            matches!(self.smtp.host.parse::<IpAddr>(), Ok(ip) if ip.is_loopback()) || self.smtp.host == "localhost";
        if self.smtp.security == SmtpSecurity::NoneLoopbackOnly && !local {
            return Err((
                format!("mail to {} would go in clear text", self.smtp.host),
                "Set smtp.security to \"implicit\" (port 465) or \"starttls\" (port 587)",
            ));
        }
        if self.smtp.security == SmtpSecurity::NoneLoopbackOnly && self.smtp.user.is_some() {
            return Err((
                "the mail server's password would go in clear text".into(),
                "Set smtp.security to \"implicit\" or \"starttls\", or leave out smtp.user",
            ));
        }
        if self.smtp.user.is_some() != self.smtp.password_file.is_some() {
            return Err(("smtp.user and smtp.password_file go together".into(), "Set both or none"));
        }
        if !(1..=1440).contains(&self.code_life_minutes) {
            return Err((
                format!("code_life_minutes is {}, which no policy allows", self.code_life_minutes),
                "Write `session.life_minutes` of the devices' policy, 1 to 1440; 60 if in doubt",
            ));
        }
        if !self.frame_ancestors.iter().all(|origin| self.listen.ip().is_loopback() && is_local_origin(origin)) {
            return Err((
                format!("frame_ancestors {:?} would let a web site show these pages as its own", self.frame_ancestors),
                "Leave it out; for trials on this machine write for example [\"http://127.0.0.1:8000\"]",
            ));
        }
        if self.smtp.retry_seconds.is_empty() {
            return Err(("smtp.retry_seconds is empty".into(), "Write for example [5, 30, 120, 600, 1800]"));
        }
        match &mut self.public_url {
            Some(url) => {
                *url = url.trim_end_matches('/').to_owned();
                check_public_url(url, self.tls.is_none())
            }
            None if self.tls.is_none() => Ok(()),
            None => {
                Err(("public_url is missing".into(), "Write the address people reach this relay by, `https://host`"))
            }
        }
    }
}

/// `http://127.0.0.1:PORT` and its other names, and nothing that could end the directive it is put into.
fn is_local_origin(origin: &str) -> bool {
    let host = origin.strip_prefix("http://").unwrap_or_default();
    let (host, port) = host.rsplit_once(':').unwrap_or((host, "80"));
    ["127.0.0.1", "localhost"].contains(&host) && port.parse::<u16>().is_ok()
}

fn check_public_url(url: &str, plain: bool) -> Result<(), (String, &'static str)> {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://").filter(|_| plain));
    let bare =
        |host: &str| !host.is_empty() && host.bytes().all(|c| c.is_ascii_alphanumeric() || b".-:[]".contains(&c));
    if host.is_some_and(bare) {
        Ok(())
    } else {
        Err((format!("public_url `{url}` is not a bare address"), "Write `https://host`, without a path"))
    }
}

/// What is wrong with the settings, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{}: {problem}\n  {remedy}.", file.display())]
pub struct SettingsError {
    /// Which file.
    pub file: PathBuf,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: &'static str,
}
