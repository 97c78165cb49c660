//! A recorder in this process: the real daemon, the real method in its sandboxed worker, a relay's key in the test's hands.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use minisign::KeyPair;
use resetkit_config::{DeviceConfig, ListenAddress, LoadFrom};
use resetkit_core::{Code, CodeStyle};
use resetkit_device::accounts::hashing::Cost;
use resetkit_device::clock::Clock;
use resetkit_device::daemon::Embedding;
use resetkit_device::disk::Disk;
use resetkit_device::identity::Identity;
use resetkit_device::journal::{Found, Journal};
use resetkit_device::serve;
use resetkit_device::state::State;
use resetkit_protocol as wire;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::client::{Answer, Way};
use super::crash_disk::CrashDisk;
use super::trace;

pub(crate) const OLD: &str = "the old one nobody remembers";
pub(crate) const NEW: &str = "a long fresh one for today";
pub(crate) const EMAIL: &str = "olivia.owner@mail.example";

/// Everything around the recorder that never changes: keys, brand, method.
pub(crate) struct World {
    folder: TempDir,
    relay: wire::RelaySecret,
    keys: KeyPair,
    started: AtomicUsize,
}

/// A recorder that runs.
pub(crate) struct Recorder {
    pub(crate) network: Way,
    pub(crate) console: Way,
    pub(crate) clock: Clock,
    end: Option<(tokio::sync::oneshot::Sender<End>, JoinHandle<()>)>,
}

enum End {
    Cut,
    Stop,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with_network("none")
    }

    /// A world whose recorder serves the network over TLS with a certificate of its own.
    pub(crate) fn encrypted() -> Self {
        Self::with_network("own")
    }

    fn with_network(tls: &str) -> Self {
        trace::listen();
        let folder = TempDir::new().unwrap();
        let relay = wire::RelaySecret::from_octets([42; 32]);
        let keys = KeyPair::generate_unencrypted_keypair().unwrap();
        let world = Self { folder, relay, keys, started: AtomicUsize::new(0) };
        world.write(tls);
        world
    }

    /// A world whose firmware keeps the passwords, behind this program.
    pub(crate) fn with_accounts(program: &[String], atomic: bool) -> Self {
        let world = Self::new();
        let file = world.path("site.toml");
        let site = std::fs::read_to_string(&file).unwrap();
        let exec = format!("exec = {{ program = {program:?}, atomic = {atomic}, timeout_seconds = 3 }}");
        std::fs::write(file, format!("{site}[accounts]\nback_end = \"exec\"\n{exec}\n")).unwrap();
        world
    }

    /// A world with these methods and no others, and further lines of the site file.
    pub(crate) fn with_methods(methods: &[&str], site: &str) -> Self {
        let world = Self::new();
        std::fs::remove_dir_all(world.path("methods")).unwrap();
        for method in methods {
            world.installs(method);
        }
        world.adds(site);
        world
    }

    /// Adds lines at the end of the site file; the keys of no table go to its head.
    pub(crate) fn adds(&self, site: &str) {
        let file = self.path("site.toml");
        let (head, tables) =
            site.split_once("\n[").map_or((site, String::new()), |(head, rest)| (head, format!("\n[{rest}")));
        let old = std::fs::read_to_string(&file).unwrap();
        std::fs::write(file, format!("{head}\n{old}{tables}\n")).unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, tls: &str) {
        let public = self.keys.pk.to_base64();
        self.gets_brand(1);
        self.installs("companion");
        let site = format!(
            "brand_dir = \"brand\"\nstate_dir = \"state\"\nmethods_dir = \"methods\"\nmethod_keys = [\"{public}\"]\nbrand_keys = [\"{public}\"]\n\
             [[listeners]]\nlane = \"network\"\naddress = \"tcp:127.0.0.1:0\"\ntls = \"{tls}\"\n\
             [[listeners]]\nlane = \"console\"\naddress = \"unix:console.sock\"\ntls = \"none\"\n"
        );
        std::fs::write(self.path("site.toml"), site).unwrap();
    }

    /// Builds a method and puts it, signed, where the recorder looks for it.
    fn installs(&self, id: &str) {
        let manifest = match id {
            "companion" => include_str!("../../../methods-dmss/method.toml"),
            "email" => include_str!("../../../methods-email/method.toml"),
            "button" => include_str!("../../../methods-hardware/method.toml"),
            "recovery-codes" => include_str!("../../../methods-recovery-codes/method.toml"),
            "support" => include_str!("../../../methods-support/method.toml"),
            other => panic!("no method {other}"),
        };
        let (method, name) = (self.path("methods").join(id), format!("lib{id}_method.so"));
        std::fs::create_dir_all(&method).unwrap();
        let library = std::fs::read(library(id)).unwrap();
        std::fs::write(method.join(&name), &library).unwrap();
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(library));
        let kept = |line: &&str| !line.starts_with("library") && !line.starts_with("sha256");
        let manifest = manifest.lines().filter(kept).collect::<Vec<_>>().join("\n");
        let bound = format!("library = \"{name}\"\nsha256 = \"{hash}\"\n{manifest}");
        sign(&self.keys, &method.join("method.toml"), &bound);
    }

    /// A firmware update brings the brand pack of this version, signed like every other.
    pub(crate) fn gets_brand(&self, version: u32) {
        let brand = self.path("brand");
        std::fs::create_dir_all(&brand).unwrap();
        let text = include_str!("../../../config/brands/plain/brand.toml")
            .replace("CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", &self.relay.public().to_string())
            .replace("CgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", &approver(1).public().to_string())
            .replace("CwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", &approver(2).public().to_string())
            .replace("\nversion = 1\n", &format!("\nversion = {version}\n"));
        sign(&self.keys, &brand.join("brand.toml"), &text);
    }

    /// The brand pack brings a language of its own, of which it has these texts.
    pub(crate) fn brand_speaks(&self, language: &str, texts: &str) {
        let (file, name) = (self.path("brand").join("brand.toml"), format!("locales/{language}/device.ftl"));
        std::fs::create_dir_all(self.path("brand/locales").join(language)).unwrap();
        std::fs::write(self.path("brand").join(&name), texts).unwrap();
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(texts));
        let pack = std::fs::read_to_string(&file).unwrap();
        let languages = format!("languages = [\"en\", \"de\", \"{language}\"]");
        let pack = pack.replace("languages = [\"en\", \"de\"]", &languages);
        sign(&self.keys, &file, &format!("{pack}\n[files]\n\"{name}\" = \"{hash}\"\n"));
    }

    /// Starts a recorder with its state in the folder of this world.
    pub(crate) fn recorder(&self) -> Recorder {
        self.recorder_on(None, false).unwrap()
    }

    /// Starts it if it will start; otherwise what it says.
    pub(crate) fn tries_to_start(&self, on_trial: bool) -> Result<Recorder, String> {
        self.recorder_on(None, on_trial)
    }

    /// Starts a recorder with its state on this disk.
    pub(crate) fn recorder_with(&self, disk: &Arc<CrashDisk>) -> Recorder {
        self.recorder_on(Some(Arc::clone(disk) as Arc<dyn Disk>), false).unwrap()
    }

    fn recorder_on(&self, disk: Option<Arc<dyn Disk>>, on_trial: bool) -> Result<Recorder, String> {
        let mut config = DeviceConfig::load(&LoadFrom::site(self.path("site.toml"))).unwrap();
        let number = self.started.fetch_add(1, Ordering::Relaxed);
        // Several may run beside one another, each with a screen of its own.
        for listener in &mut config.site.listeners {
            if let ListenAddress::Unix(path) = &mut listener.address {
                path.set_file_name(format!("console-{number}.sock"));
            }
        }
        let clock = Clock::default();
        let embedding = Embedding {
            worker_program: Some(env!("CARGO_BIN_EXE_resetd").into()),
            cost: Some(Cost::for_tests()),
            clock: clock.clone(),
            on_trial,
            ..Embedding::default()
        };
        let (ready_in, ready) = mpsc::channel();
        let (end, ended) = tokio::sync::oneshot::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let disk = disk.unwrap_or_else(|| serve::state_folder(&config).unwrap());
                let serving = match serve::start(config, disk, embedding).await {
                    Ok(serving) => serving,
                    Err(refusal) => return ready_in.send(Err(refusal.to_string())).unwrap(),
                };
                ready_in.send(Ok(serving.ready.clone())).unwrap();
                match ended.await {
                    Ok(End::Stop) => serving.stop().await,
                    Ok(End::Cut) | Err(_) => serving.cut().await,
                }
            });
            runtime.shutdown_timeout(Duration::from_secs(5));
        });
        let ready: Vec<String> = ready.recv().unwrap()?;
        let after = |what: &str| ready.iter().find_map(|line| line.strip_prefix(what)).map(ToOwned::to_owned);
        let console = Way::Console(after("ready console unix:").unwrap().into());
        let network = after("ready web http://").map(Way::Network).unwrap_or_else(|| {
            // The owner reads the fingerprint at the device's own screen.
            let fingerprint = console.get("/api/v0/device", None).json()["fingerprint"].as_str().unwrap().to_owned();
            Way::Encrypted(after("ready web https://").unwrap(), fingerprint)
        });
        Ok(Recorder { network, console, clock, end: Some((end, thread)) })
    }

    /// The code that the relay would mail for what a screen shows.
    pub(crate) fn code_in(&self, url: &str, disk: &dyn Disk) -> String {
        let (_, octets) = wire::from_url(url).unwrap();
        let key = String::from_utf8(disk.read("device.key").unwrap().unwrap()).unwrap();
        let device = wire::DeviceSecret::from_file_text(&key).unwrap().public();
        let brand = wire::BrandId::parse("plain").unwrap();
        let (_, contents) = wire::open(&self.relay, &device, &brand, &octets).unwrap();
        assert_eq!(contents.address.as_ref().unwrap().expose(), EMAIL);
        let code = Code::from_octets(*contents.code.expose(), CodeStyle::Letters).unwrap();
        code.display().expose().clone()
    }

    /// The state folder, for who started the recorder on it.
    pub(crate) fn state(&self) -> resetkit_device::disk::Folder {
        resetkit_device::disk::Folder::open(&self.path("state")).unwrap()
    }

    /// Runs `resetd` with one of its commands that serve nobody, and gives back what it prints.
    pub(crate) fn resetd(&self, command: &str) -> std::process::Output {
        let resetd = Command::new(env!("CARGO_BIN_EXE_resetd"))
            .arg(command)
            .arg("--config")
            .arg(self.path("site.toml"))
            .output();
        resetd.unwrap()
    }

    /// What the recorder keeps, once it has stopped.
    pub(crate) fn kept(&self) -> State {
        let disk: Arc<dyn Disk> = Arc::new(self.state());
        let identity = Identity::load(disk.as_ref()).unwrap();
        match Journal::open(disk, identity.journal_key()).unwrap().1 {
            Found::State(octets) => State::read(&octets).unwrap(),
            Found::Nothing | Found::Unreadable => panic!("there is no state"),
        }
    }

    pub(crate) fn state_path(&self) -> PathBuf {
        self.path("state")
    }
}

/// One of the two who may unlock a device together.
pub(crate) fn approver(number: u8) -> wire::ApproverSecret {
    wire::ApproverSecret::from_octets([50 + number; 32])
}

fn sign(keys: &KeyPair, file: &Path, text: &str) {
    std::fs::write(file, text).unwrap();
    let signature = minisign::sign(Some(&keys.pk), &keys.sk, Cursor::new(text), None, None).unwrap();
    std::fs::write(format!("{}.minisig", file.display()), signature.to_bytes()).unwrap();
}

/// A method as a shared object; cargo builds no other package's by itself.
fn library(id: &str) -> PathBuf {
    static BUILT: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let mut built = BUILT.lock().unwrap();
    if built.insert(id.to_owned()) {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let package = format!("resetkit-method-{id}-export");
        let done = Command::new(cargo).args(["build", "-q", "-p", &package]).status().unwrap();
        assert!(done.success(), "the method must build");
    }
    Path::new(env!("CARGO_BIN_EXE_resetd")).with_file_name(format!("lib{}_method.so", id.replace('-', "_")))
}

impl Recorder {
    /// Pulls the plug.
    pub(crate) fn cut(mut self) {
        self.finish(End::Cut);
    }

    /// Stops it in good order.
    pub(crate) fn stop(mut self) {
        self.finish(End::Stop);
    }

    fn finish(&mut self, how: End) {
        if let Some((end, thread)) = self.end.take() {
            let _ = end.send(how);
            let joined = thread.join();
            if !std::thread::panicking() {
                joined.unwrap();
            }
        }
    }

    pub(crate) fn set_up(&self) -> String {
        self.set_up_with(&json!(EMAIL))
    }

    pub(crate) fn set_up_with(&self, email: &Value) -> String {
        let answer = self.network.post("/api/v0/setup", None, &json!({"password": OLD, "email": email}));
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.json()["token"].as_str().unwrap().to_owned()
    }

    pub(crate) fn log_in(&self, password: &str) -> Answer {
        self.network.post("/api/v0/login", None, &json!({"account": "admin", "password": password}))
    }

    pub(crate) fn accepts(&self, password: &str) -> bool {
        match self.log_in(password).status {
            200 => true,
            401 => false,
            other => panic!("log-in answered {other}"),
        }
    }

    /// *Forgot password* and *OK*, until the code is shown.
    pub(crate) fn forgets(&self, way: &Way) -> Reset {
        let reset = self.opens(way);
        reset.does(&json!({"event": "acknowledge"}));
        reset.waits_for(|view| view["step"] == "enter-code" && view["qr"].is_object());
        reset
    }

    pub(crate) fn opens(&self, way: &Way) -> Reset {
        Self::opened(way, &way.post("/api/v0/resets", None, &json!({})))
    }

    /// A test code for the address on file, until it is shown.
    pub(crate) fn confirms(&self, login: &str) -> Reset {
        let reset = Self::opened(&self.network, &self.network.post("/api/v0/address/confirm", Some(login), &json!({})));
        reset.does(&json!({"event": "acknowledge"}));
        reset.waits_for(|view| view["step"] == "enter-code" && view["qr"].is_object());
        reset
    }

    fn opened(way: &Way, answer: &Answer) -> Reset {
        assert_eq!(answer.status, 201, "{answer:?}");
        let opened = answer.json();
        Reset {
            way: way.clone(),
            id: opened["id"].as_str().unwrap().into(),
            token: opened["token"].as_str().unwrap().into(),
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.finish(End::Cut);
    }
}

/// A reset, as a program drives it.
#[derive(Clone)]
pub(crate) struct Reset {
    pub(crate) way: Way,
    pub(crate) id: String,
    pub(crate) token: String,
}

impl Reset {
    pub(crate) fn path(&self) -> String {
        format!("/api/v0/resets/{}", self.id)
    }

    /// The same session at a recorder that was started again.
    pub(crate) fn at(&self, way: &Way) -> Self {
        Self { way: way.clone(), ..self.clone() }
    }

    pub(crate) fn sends(&self, event: &Value) -> Answer {
        self.way.post(&format!("{}/events", self.path()), Some(&self.token), event)
    }

    pub(crate) fn does(&self, event: &Value) -> Value {
        let answer = self.sends(event);
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }

    pub(crate) fn view(&self) -> Value {
        let answer = self.way.get(&self.path(), Some(&self.token));
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }

    /// Polls, with a bound.
    pub(crate) fn waits_for(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        let end = Instant::now() + Duration::from_secs(20);
        loop {
            let view = self.view();
            if wanted(&view) {
                return view;
            }
            assert!(Instant::now() < end, "never came: {view:#}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub(crate) fn url(&self) -> String {
        self.view()["qr"]["text"].as_str().expect("a QR code is shown").to_owned()
    }

    pub(crate) fn types(&self, code: &str) -> Value {
        self.does(&json!({"event": "type-code", "code": code}));
        self.waits_for(|view| view["waiting"] == false)
    }

    pub(crate) fn sets(&self, password: &str) -> Value {
        self.does(&json!({"event": "set-password", "password": password}));
        self.waits_for(|view| view["waiting"] == false)
    }
}

/// A well-formed code that is not `but`.
pub(crate) fn another_code(but: &str, number: u64) -> String {
    let mut random = [0; 16];
    random[8..].copy_from_slice(&number.to_be_bytes());
    let code = Code::from_random(CodeStyle::Letters, random).display().expose().clone();
    assert_ne!(code, but, "a test's luck");
    code
}
