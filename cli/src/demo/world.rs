//! The files of a demo world. `tests/kit` builds the same by `resetkit demo-world DIR`, so the layout is written once.
//!
//! ```text
//! DIR/world.toml                what is where, for programs
//!     keys/{methods,brand,feed}.{key,pub}     signing keys, minisign format
//!     brand/brand.toml(.minisig)              the plain brand with this relay's address and key
//!     methods/companion/                      method.toml(.minisig), the shared object
//!     relay/relay.toml  relay/keys/  relay/feed.jsonl(.minisig)
//!     recorder/site.toml  recorder/state/
//!     logs/                                   what the processes say
//! ```

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use resetkit_config::Brand;

use super::programs::Programs;
use crate::args::KeyUse;
use crate::failure::Failure;
use crate::keys::{self, SigningKey};
use crate::{brand, method};

/// A world on disk.
pub(crate) struct World {
    pub(crate) root: PathBuf,
    pub(crate) relay_port: u16,
    pub(crate) smtp_port: u16,
}

const BRAND: &str = include_str!("../../../config/brands/plain/brand.toml");
const METHOD: &str = include_str!("../../../methods-dmss/method.toml");

impl World {
    /// Makes every file; nothing is started that stays.
    pub(crate) fn build(root: &Path, programs: &Programs, policy: &str) -> Result<World, Failure> {
        let (relay_port, smtp_port) = free_ports()?;
        let world = World { root: root.to_owned(), relay_port, smtp_port };
        for folder in ["keys", "brand", "methods/companion", "relay/keys", "recorder", "logs"] {
            let path = world.root.join(folder);
            std::fs::create_dir_all(&path).map_err(|error| Failure::file(&path, &error))?;
        }
        let methods_key = world.key("methods")?;
        let brand_key = world.key("brand")?;
        let feed_key = world.key("feed")?;
        world.make_method(&methods_key, programs)?;
        world.make_brand(&brand_key, programs)?;
        world.make_recorder(&methods_key, &brand_key, policy)?;
        world.make_relay(&brand_key, &feed_key)?;
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
        format!("http://127.0.0.1:{}", self.relay_port)
    }

    fn key(&self, name: &str) -> Result<SigningKey, Failure> {
        let path = self.root.join("keys").join(format!("{name}.key"));
        keys::make(&path, None)?;
        SigningKey::open(&KeyUse { key: path, password_file: None })
    }

    fn make_method(&self, key: &SigningKey, programs: &Programs) -> Result<(), Failure> {
        let dir = self.root.join("methods/companion");
        write(&dir.join("method.toml"), METHOD)?;
        method::sign_with(&dir, &programs.method, key)
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
        let text = BRAND
            .replace(plain.relay_url.as_str(), &self.relay_url())
            .lines()
            .map(|line| {
                if line.starts_with("relay_public_key") {
                    format!("relay_public_key = \"{public}\"\n")
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

    fn make_recorder(&self, methods: &SigningKey, brand: &SigningKey, policy: &str) -> Result<(), Failure> {
        let text = format!(
            "# The demo's recorder. Paths are meant from this folder.\n\
             profile = \"nvr-4\"\npolicy = \"{policy}\"\nbrand_dir = \"../brand\"\nstate_dir = \"state\"\nmethods_dir = \"../methods\"\n\
             method_keys = [\"{}\"]\nbrand_keys = [\"{}\"]\nnickname = \"Garage\"\nlabel_last4 = \"7K2Q\"\n\n\
             [[listeners]]\nlane = \"network\"\naddress = \"tcp:127.0.0.1:0\"\ntls = \"none\"\n\n\
             [[listeners]]\nlane = \"console\"\naddress = \"unix:console.sock\"\ntls = \"none\"\n",
            methods.public(),
            brand.public()
        );
        write(&self.recorder_config(), &text)
    }

    fn make_relay(&self, brand: &SigningKey, feed: &SigningKey) -> Result<(), Failure> {
        let text = format!(
            "# The demo's relay. Paths are meant from this folder.\n\
             listen = \"127.0.0.1:{}\"\npublic_url = \"{}\"\nallow_plain_loopback = true\ndatabase = \"relay.sqlite\"\nkey_dir = \"keys\"\n\
             brands = [\"../brand\"]\nbrand_keys = [\"{}\"]\nfeed_keys = [\"{}\"]\n\n\
             [smtp]\nhost = \"127.0.0.1\"\nport = {}\nsecurity = \"none-loopback-only\"\nfrom = \"noreply@plain.example\"\nretry_seconds = [1, 1, 2, 5]\n",
            self.relay_port,
            self.relay_url(),
            brand.public(),
            feed.public(),
            self.smtp_port
        );
        write(&self.relay_config(), &text)
    }

    /// What the factory does: the device's row goes into a signed feed, the feed into the relay.
    fn enrol(&self, key: &SigningKey, programs: &Programs) -> Result<(), Failure> {
        let mut row = Command::new(&programs.recorder);
        row.args(["feed-row", "--config"]).arg(self.recorder_config());
        let output = run(row)?;
        let row = output
            .lines()
            .find(|line| line.starts_with('{'))
            .ok_or_else(|| Failure::new(format!("`resetd feed-row` printed no row: {output}"), ""))?;
        let feed = self.root.join("relay/feed.jsonl");
        write(&feed, &format!("{row}\n"))?;
        key.sign_file(&feed, None)?;
        let mut import = Command::new(&programs.relay);
        import.args(["feed", "import"]).arg(&feed).arg("--config").arg(self.relay_config());
        run(import).map(drop)
    }

    fn describe(&self) -> Result<(), Failure> {
        let text = format!(
            "# What is where in this demo world. Paths are meant from this folder.\n\
             relay_url = \"{}\"\nrelay_port = {}\nsmtp_port = {}\nrelay_config = \"relay/relay.toml\"\nrecorder_config = \"recorder/site.toml\"\n\
             console_socket = \"recorder/console.sock\"\nlogs = \"logs\"\n",
            self.relay_url(),
            self.relay_port,
            self.smtp_port
        );
        write(&self.root.join("world.toml"), &text)
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|error| Failure::file(path, &error))
}

fn run(mut command: Command) -> Result<String, Failure> {
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

/// Two ports that are free now. The relay's stands in the signed brand pack, so it must be known before the relay runs.
fn free_ports() -> Result<(u16, u16), Failure> {
    let taken = || TcpListener::bind("127.0.0.1:0").and_then(|listener| Ok((listener.local_addr()?.port(), listener)));
    let both = taken().and_then(|one| Ok((one, taken()?)));
    both.map(|((one, _), (two, _))| (one, two))
        .map_err(|error| Failure::new(format!("No free port on 127.0.0.1: {error}."), "Try again."))
}
