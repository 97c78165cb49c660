//! Keys, signed copies of libraries and workers for the tests of this crate.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use minisign::KeyPair;
use resetkit_host::abi::{RNone, RSome};
use resetkit_host::{
    App, HostFailure, Installed, MethodEvent, MethodOutput, Purpose, Screen, SealForm, SealedChallenge, StartInfo,
    TrustedKeys, Worker, WorkerOptions, open_bundle,
};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// No test waits longer than this for anything.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Builds the libraries once and says where they are: cargo makes no other package's cdylib by itself.
pub(crate) fn built() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let packages = [
            "resetkit-rogues",
            "resetkit-method-companion-export",
            "resetkit-method-email-export",
            "resetkit-method-button-export",
            "resetkit-method-recovery-codes-export",
            "resetkit-method-support-export",
        ];
        let status = Command::new(cargo)
            .args(["build", "--quiet", "--lib", "--examples"])
            .args(packages.into_iter().flat_map(|package| ["-p", package]))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status()
            .expect("cargo runs");
        assert!(status.success(), "the libraries must build");
        // target/debug/deps/main-0123 → target/debug
        let here = std::env::current_exe().expect("a test knows its program");
        here.ancestors().nth(2).expect("a folder above").to_owned()
    })
}

pub(crate) fn library_of_companion() -> Vec<u8> {
    fs::read(built().join("libcompanion_method.so")).expect("built")
}

pub(crate) fn library_with_wrong_layout() -> Vec<u8> {
    fs::read(built().join("examples/librogue_layout.so")).expect("built")
}

/// A copy of the rogue that will behave like this.
pub(crate) fn library_of_rogue(behaviour: &str) -> Vec<u8> {
    let mut library = fs::read(built().join("librogue_method.so")).expect("built");
    let place = find(&library, b"RESETKIT-ROGUE-BEHAVIOUR....");
    library[place..place + behaviour.len()].copy_from_slice(behaviour.as_bytes());
    library[place + behaviour.len()] = 0;
    library
}

pub(crate) fn find(haystack: &[u8], needle: &[u8]) -> usize {
    haystack.windows(needle.len()).position(|window| window == needle).expect("the marker is in the library")
}

/// A folder of methods and the key that signs them.
pub(crate) struct Shop {
    pub(crate) dir: TempDir,
    keys: KeyPair,
}

impl Shop {
    pub(crate) fn new() -> Shop {
        let keys = KeyPair::generate_unencrypted_keypair().expect("a key");
        Shop { dir: tempfile::tempdir().expect("a folder"), keys }
    }

    pub(crate) fn keys(&self) -> TrustedKeys {
        TrustedKeys::parse(&[self.public_key()]).expect("our own key")
    }

    pub(crate) fn public_key(&self) -> String {
        self.keys.pk.to_base64()
    }

    /// Puts a signed method there and returns its folder.
    pub(crate) fn stock(&self, id: &str, manifest: &str, library: &[u8]) -> PathBuf {
        let folder = self.dir.path().join(id);
        // A file written over an older one is flushed to the disk at once; a new one is not.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("method.so"), library).expect("written");
        fs::write(folder.join("method.toml"), manifest).expect("written");
        fs::write(folder.join("method.toml.minisig"), self.sign(manifest)).expect("written");
        folder
    }

    pub(crate) fn sign(&self, text: &str) -> String {
        let signature = minisign::sign(None, &self.keys.sk, text.as_bytes(), Some("a test"), None);
        signature.expect("signed").into_string()
    }

    pub(crate) fn install(&self, id: &str, manifest: &str, library: &[u8]) -> Installed {
        open_bundle(&self.stock(id, manifest, library), &self.keys()).expect("a good bundle")
    }

    pub(crate) fn rogue(&self, behaviour: &str) -> Installed {
        let library = library_of_rogue(behaviour);
        self.install("rogue", &manifest_of_rogue(&library), &library)
    }

    /// A rogue whose manifest has these lines in place of no grants at all.
    pub(crate) fn rogue_with(&self, behaviour: &str, grants: &str) -> Installed {
        let library = library_of_rogue(behaviour);
        self.install("rogue", &manifest_of_rogue(&library).replace("grants = []", grants), &library)
    }

    #[allow(dead_code, reason = "for the conformance tests")]
    /// A method that ships: its id and the text of its manifest.
    pub(crate) fn shipped(&self, id: &str, template: &str) -> Installed {
        let name = format!("lib{}_method.so", id.replace('-', "_"));
        let library = fs::read(built().join(&name)).expect("built");
        let manifest = template.replace(&name, "method.so");
        self.install(id, &format!("sha256 = \"{}\"\n{manifest}", hash(&library)), &library)
    }

    pub(crate) fn companion(&self) -> Installed {
        let library = library_of_companion();
        self.install("companion", &manifest_of_companion(&library), &library)
    }
}

pub(crate) fn hash(library: &[u8]) -> String {
    Sha256::digest(library).iter().map(|octet| format!("{octet:02x}")).collect()
}

/// The rogue has no grants at all.
pub(crate) fn manifest_of_rogue(library: &[u8]) -> String {
    format!(
        r#"id = "rogue"
version = "1.0.0"
contract = 1
library = "method.so"
sha256 = "{}"
requires = []
grants = []
loses = "password-only"
proof = "mailbox"
purposes = ["reset"]
lanes = ["console"]
memory_mib = 48

[times]
ready_ms = 5000
advance_ms = 1500
"#,
        hash(library)
    )
}

/// The manifest that ships, with the hash filled in as `resetkit method sign` does.
pub(crate) fn manifest_of_companion(library: &[u8]) -> String {
    let template = include_str!("../../../methods-dmss/method.toml");
    let manifest = template.replace("libcompanion_method.so", "method.so");
    format!("sha256 = \"{}\"\n{manifest}", hash(library))
}

pub(crate) fn options() -> WorkerOptions {
    let program = option_env!("CARGO_BIN_EXE_resetkit-worker").or(option_env!("CARGO_BIN_EXE_resetkit-testkit"));
    let program = program.expect("cargo tells a test where the programs of its package are").into();
    WorkerOptions { program, ..WorkerOptions::default() }
}

pub(crate) fn start_info() -> StartInfo {
    StartInfo {
        purpose: Purpose::Reset,
        form: SealForm::AddressSealed,
        locale: "en".into(),
        screen: Screen { width_px: 800, height_px: 480, columns: 0, rows: 0 },
        tries_left: 5,
        minutes_left: 60,
        new_codes_left: 2,
        at_ms: 1,
        address_hint: RSome("o•••••••r@•••.example".into()),
        app: RSome(App { name: "Plain".into(), menu: ["Me", "Password Resetting"].map(Into::into).to_vec().into() }),
        clock: RNone,
        button: RNone,
        support: RNone,
    }
}

pub(crate) fn start_without_extras() -> StartInfo {
    StartInfo { address_hint: RNone, app: RNone, ..start_info() }
}

pub(crate) fn challenge(number: u32) -> SealedChallenge {
    SealedChallenge {
        url: format!("HTTPS://RESET.EXAMPLE.X/{}", "7ZX".repeat(66).get(..197).expect("long enough")).into(),
        request: format!("{number:04}").into(),
        tries_left: 5,
        minutes_left: 60,
    }
}

/// Runs a story on the runtime that a device has: one thread.
pub(crate) fn on_one_thread<T>(story: impl Future<Output = T>) -> T {
    // Waiting for the compiler is not waiting for the host.
    built();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async { tokio::time::timeout(PATIENCE, story).await.expect("no test waits for ever") })
}

/// Starts a rogue and tells it to begin; its first answer, or how it ended.
pub(crate) async fn first_word(shop: &Shop, behaviour: &str) -> Result<MethodOutput, HostFailure> {
    let mut worker = Worker::start(&shop.rogue(behaviour), &options()).await?;
    worker.send(MethodEvent::Start(start_info())).await?;
    worker.next().await
}
