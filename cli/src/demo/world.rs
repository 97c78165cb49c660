//! The files of a demo world. `tests/kit` builds the same by `resetkit demo-world DIR`, so the layout is written once.
//!
//! ```text
//! DIR/world.toml                what is where, for programs
//!     keys/{methods,brand,feed}.{key,pub}     signing keys, minisign format
//!     brand/brand.toml(.minisig)              the plain brand with this relay's address and key
//!     methods/{companion,email,button}/       method.toml(.minisig), the shared object
//!     relay/relay.toml  relay/keys/  relay/feed.jsonl(.minisig)
//!     recorder/site.toml  recorder/state/     the recorder; its reset button is a socket in the state folder
//!     desk/{bert,carla}.key  desk/{anna,bert,carla}.token     the support desk: two approvers, three tokens
//!     mailbox/{ca,cert,key}.pem  mailbox/password     what the mail server and the recorder know of one another
//!     logs/                                   what the processes say
//! ```

use std::hash::{BuildHasher as _, RandomState};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use resetkit_config::{Brand, Policy, Profile};

use super::post_office::{self, PostOffice};
use super::programs::{Method, Programs};
use super::situation::Situation;
use super::support_desk;
use crate::args::KeyUse;
use crate::failure::Failure;
use crate::keys::{self, SigningKey};
use crate::{brand, method};

/// A world on disk.
pub(crate) struct World {
    pub(crate) root: PathBuf,
    pub(crate) ports: Ports,
    plan: Plan,
    methods_key: String,
    brand_key: String,
}

/// What a world is to be like.
#[derive(Clone)]
pub(crate) struct Plan {
    /// Built-in profile of the recorder.
    pub(crate) profile: String,
    /// Built-in policy of the recorder.
    pub(crate) policy: String,
    /// The page that shows recorder, phone and mailbox beside one another; `None`: nobody may frame them.
    pub(crate) desk: Option<Desk>,
}

/// The desk, as the programs it shows must know it.
#[derive(Clone)]
pub(crate) struct Desk {
    /// `http://127.0.0.1:PORT`.
    pub(crate) origin: String,
    /// Below which path it serves the recorder.
    pub(crate) mount: String,
}

/// Ports that are known beforehand: the relay's stands in the signed brand pack, the others in configurations.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ports {
    /// The relay.
    pub(crate) relay: u16,
    /// The mailbox's open port.
    pub(crate) smtp: u16,
    /// The mailbox's port with encryption and log-in.
    pub(crate) submission: u16,
    /// Where the relay sends mail to: the open port, or the desk's wire to it.
    pub(crate) relay_wire: u16,
    /// Where the recorder sends mail to: the submission port, or the desk's wire to it.
    pub(crate) recorder_wire: u16,
}

const BRAND: &str = include_str!("../../../config/brands/plain/brand.toml");
/// Name of the recorder's socket for the web server in front of it, beside its site file.
pub(crate) const FRONT_SOCKET: &str = "recorder/web.sock";

impl World {
    /// Makes every file; nothing is started that stays.
    pub(crate) fn build(root: &Path, programs: &Programs, plan: Plan) -> Result<World, Failure> {
        let ports = Ports::pick(plan.desk.is_some())?;
        for folder in ["keys", "brand", "methods", "relay/keys", "recorder", "mailbox", "desk", "logs"] {
            let path = root.join(folder);
            std::fs::create_dir_all(&path).map_err(|error| Failure::file(&path, &error))?;
        }
        let key = |name: &str| new_key(&root.join("keys"), name);
        let (methods_key, brand_key, feed_key) = (key("methods")?, key("brand")?, key("feed")?);
        let (methods, brand) = (methods_key.public(), brand_key.public());
        let world = World { root: root.to_owned(), ports, plan, methods_key: methods, brand_key: brand };
        programs.methods.iter().try_for_each(|method| world.make_method(&methods_key, method))?;
        world.make_brand(&brand_key, programs)?;
        PostOffice::below(&root.join("mailbox")).make()?;
        world.make_relay(&feed_key)?;
        support_desk::make_staff(&world.root, &programs.relay, &world.relay_config())?;
        world.enrol(&feed_key, programs)?;
        world.describe()?;
        Ok(world)
    }

    pub(crate) fn recorder_config(&self) -> PathBuf {
        self.root.join("recorder/site.toml")
    }

    pub(crate) fn relay_config(&self) -> PathBuf {
        self.root.join("relay/relay.toml")
    }

    pub(crate) fn log(&self, name: &str) -> PathBuf {
        self.root.join("logs").join(format!("{name}.log"))
    }

    fn relay_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports.relay)
    }

    /// The socket that the process which reads the reset button connects to.
    pub(crate) fn button_socket(&self, situation: Situation) -> PathBuf {
        self.root.join("recorder").join(situation.state_dir()).join("button.sock")
    }

    /// The audit log that a recorder keeps.
    pub(crate) fn audit_log(&self, situation: Situation) -> PathBuf {
        self.root.join("recorder").join(situation.state_dir()).join("audit.log")
    }

    fn make_method(&self, key: &SigningKey, method: &Method) -> Result<(), Failure> {
        let dir = self.root.join("methods").join(method.id);
        std::fs::create_dir_all(&dir).map_err(|error| Failure::file(&dir, &error))?;
        write(&dir.join("method.toml"), method.manifest)?;
        method::sign_with(&dir, &method.library, key)
    }

    /// The plain brand with this relay's address and the public half of a key that only this relay holds.
    fn make_brand(&self, key: &SigningKey, programs: &Programs) -> Result<(), Failure> {
        let plain = Brand::plain();
        let mut command = Command::new(&programs.relay);
        command
            .args(["key", "new", "--brand", plain.id.as_str(), "--key-id", &plain.relay_key_id.to_string(), "--out"])
            .arg(self.root.join("relay/keys"));
        let output = run(command)?;
        let public = output
            .lines()
            .find_map(|line| line.strip_prefix("relay_public_key = \"")?.strip_suffix('"'))
            .map(str::to_owned);
        let public =
            public.ok_or_else(|| Failure::new(format!("`reset-relay key new` printed no public key: {output}"), ""))?;
        let [first, second] = support_desk::make_keys(&self.root)?;
        let text = BRAND
            .replace(plain.relay_url.as_str(), &self.relay_url())
            .lines()
            .map(|line| {
                if line.starts_with("relay_public_key") {
                    format!("relay_public_key = \"{public}\"\n")
                } else if line.starts_with("first_key") {
                    format!("first_key = \"{first}\"\n")
                } else if line.starts_with("second_key") {
                    format!("second_key = \"{second}\"\n")
                } else {
                    format!("{line}\n")
                }
            })
            .collect::<String>()
            .replace(
                "# From `reset-relay key new`. This key is a placeholder: no relay holds its private half.\n",
                "# The relay of this demo world.\n",
            );
        write(&self.root.join("brand/brand.toml"), &text)?;
        brand::sign_with(&self.root.join("brand"), key).map(drop)
    }

    /// Writes the recorder's site file for a situation; it is read at the recorder's next start.
    pub(crate) fn place_recorder(&self, situation: Situation) -> Result<(), Failure> {
        write(&self.recorder_config(), &self.site(situation))
    }

    fn site(&self, situation: Situation) -> String {
        let Plan { profile, policy, desk } = &self.plan;
        let mut text = format!(
            "# The demo's recorder. Paths are meant from this folder.\n\
             profile = \"{profile}\"\npolicy = \"{policy}\"\nbrand_dir = \"../brand\"\nstate_dir = \"{}\"\nmethods_dir = \"../methods\"\n\
             method_keys = [\"{}\"]\nbrand_keys = [\"{}\"]\nnickname = \"Garage\"\nlabel_last4 = \"{}\"\n\n\
             [[listeners]]\nlane = \"network\"\naddress = \"tcp:127.0.0.1:0\"\ntls = \"none\"\n\n\
             [[listeners]]\nlane = \"console\"\naddress = \"unix:console.sock\"\ntls = \"none\"\n\n",
            situation.state_dir(),
            self.methods_key,
            self.brand_key,
            situation.label(),
        );
        if let Some(Desk { mount, .. }) = desk {
            text += &format!(
                "# The desk stands in front, as a firmware's own web server would.\n\
                 [[listeners]]\nlane = \"network\"\naddress = \"unix:web.sock\"\ntls = \"none\"\nmount_path = \"{mount}\"\n\n"
            );
        }
        text += &format!("[clock]\nsource = \"{}\"\n\n", situation.clock());
        text += &format!(
            "# A submission server of this world; `localhost` is reached even without any network.\n\
             [connections.smtp]\nhost = \"{}\"\nport = {}\nsecurity = \"starttls\"\nfrom = \"recorder@plain.example\"\n\
             user = \"{}\"\nauth = \"plain\"\npassword_file = \"../mailbox/password\"\nca_file = \"../mailbox/ca.pem\"\n\n\
             [overrides.profile.facts]\nnetwork_up = true\n",
            post_office::HOST,
            self.ports.recorder_wire,
            post_office::USER,
        );
        text
    }

    fn make_relay(&self, feed: &SigningKey) -> Result<(), Failure> {
        let desk = self.plan.desk.as_ref();
        let framed = desk.map_or_else(String::new, |desk| format!("frame_ancestors = [\"{}\"]\n", desk.origin));
        let policy = Profile::builtin(&self.plan.profile)
            .and_then(|profile| Policy::builtin(&self.plan.policy, &profile))
            .map_err(|error| Failure::new(error.to_string(), ""))?;
        // Mails tell how long the code lives (R18).
        let life = policy.session.life_minutes;
        let text = format!(
            "# The demo's relay. Paths are meant from this folder.\n\
             listen = \"127.0.0.1:{}\"\npublic_url = \"{}\"\nallow_plain_loopback = true\ncode_life_minutes = {life}\n{framed}database = \"relay.sqlite\"\nkey_dir = \"keys\"\n\
             brands = [\"../brand\"]\nbrand_keys = [\"{}\"]\nfeed_keys = [\"{}\"]\n\n\
             [smtp]\nhost = \"127.0.0.1\"\nport = {}\nsecurity = \"none-loopback-only\"\nfrom = \"noreply@plain.example\"\nretry_seconds = [1, 1, 2, 5]\n{}",
            self.ports.relay,
            self.relay_url(),
            self.brand_key,
            feed.public(),
            self.ports.relay_wire,
            support_desk::SETTING
        );
        write(&self.relay_config(), &text)
    }

    /// What the factory does: each device's row goes into a signed feed, the feed into the relay.
    fn enrol(&self, key: &SigningKey, programs: &Programs) -> Result<(), Failure> {
        let mut rows = String::new();
        let situations = Situation::DEVICES.iter().rev();
        for situation in situations.filter(|situation| self.plan.desk.is_some() || **situation == Situation::default())
        {
            self.place_recorder(*situation)?;
            let mut row = Command::new(&programs.recorder);
            row.args(["feed-row", "--config"]).arg(self.recorder_config());
            let output = run(row)?;
            let row = output.lines().find(|line| line.starts_with('{'));
            rows += row.ok_or_else(|| Failure::new(format!("`resetd feed-row` printed no row: {output}"), ""))?;
            rows.push('\n');
        }
        let feed = self.root.join("relay/feed.jsonl");
        write(&feed, &rows)?;
        key.sign_file(&feed, None)?;
        let mut import = Command::new(&programs.relay);
        import.args(["feed", "import"]).arg(&feed).arg("--config").arg(self.relay_config());
        run(import).map(drop)
    }

    fn describe(&self) -> Result<(), Failure> {
        let text = format!(
            "# What is where in this demo world. Paths are meant from this folder.\n\
             relay_url = \"{}\"\nrelay_port = {}\nsmtp_port = {}\nrelay_config = \"relay/relay.toml\"\nrecorder_config = \"recorder/site.toml\"\n\
             console_socket = \"recorder/console.sock\"\nbutton_socket = \"recorder/state/button.sock\"\nlogs = \"logs\"\n\n\
             # For `resetkit mailbox --submission 127.0.0.1:PORT …`: what the recorder mails through by itself.\n\
             submission_port = {}\nsubmission_user = \"{}\"\nsubmission_password = \"mailbox/password\"\n\
             submission_cert = \"mailbox/cert.pem\"\nsubmission_key = \"mailbox/key.pem\"\n",
            self.relay_url(),
            self.ports.relay,
            self.ports.smtp,
            self.ports.submission,
            post_office::USER,
        );
        write(&self.root.join("world.toml"), &text)
    }
}

impl Ports {
    /// Ports that are free now, each another; with a desk, its wires have ports of their own.
    fn pick(desk: bool) -> Result<Ports, Failure> {
        // All are held until all are picked.
        let held: Option<Vec<_>> = (0..5).map(|_| free_port()).collect();
        let held =
            held.ok_or_else(|| Failure::new("No free port on 127.0.0.1.", "End what listens there, and try again."))?;
        let [relay, smtp, submission, wire_of_relay, wire_of_recorder] = [0, 1, 2, 3, 4].map(|at: usize| held[at].0);
        Ok(Ports {
            relay,
            smtp,
            submission,
            relay_wire: if desk { wire_of_relay } else { smtp },
            recorder_wire: if desk { wire_of_recorder } else { submission },
        })
    }
}

/// A port that nobody has, with what holds it. It is used a moment later by another process, so it is none of those that the
/// kernel hands out by itself in the meantime (32768 and above on Linux, RFC 6056), and no two worlds begin at the same one.
fn free_port() -> Option<(u16, TcpListener)> {
    const FIRST: u16 = 20_000;
    const COUNT: u16 = 12_000;
    let start = RandomState::new().hash_one(std::process::id()) % u64::from(COUNT);
    let mut tried = (0..COUNT).map(|step| FIRST + (u16::try_from(start).unwrap_or(0) + step) % COUNT);
    tried.find_map(|port| Some((port, TcpListener::bind(("127.0.0.1", port)).ok()?)))
}

fn new_key(folder: &Path, name: &str) -> Result<SigningKey, Failure> {
    let path = folder.join(format!("{name}.key"));
    keys::make(&path, None)?;
    SigningKey::open(&KeyUse { key: path, password_file: None })
}

pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|error| Failure::file(path, &error))
}

pub(super) fn run(mut command: Command) -> Result<String, Failure> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .map_err(|error| Failure::new(format!("{name} cannot be started: {error}."), "Build it first."))?;
    let Output { status, stdout, stderr } = output;
    if !status.success() {
        return Err(Failure::new(
            format!("{command:?} ended with {status}:\n{}", String::from_utf8_lossy(&stderr)),
            "",
        ));
    }
    Ok(String::from_utf8_lossy(&stdout).into_owned())
}
