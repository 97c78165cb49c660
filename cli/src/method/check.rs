//! `resetkit method check`: the conformance suite against any shared object, in a device's own sandbox.
//!
//! ```text
//!  FILE.so or folder ─► manifest and library ─► a bundle in a temporary folder, signed with a key made for it
//!                                       └─► the suite, session by session ─► report for people, or JSON ─► signed file
//! ```

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use clap::Args;
use data_encoding::HEXLOWER;
use indicatif::{ProgressBar, ProgressStyle};
use resetkit_host::{
    HostFailure, HostFailureKind, Installed, ManifestText, TrustedKeys, WorkerOptions, discover, open_bundle,
};
use resetkit_testkit::{CheckOptions, Report, Step, check_installed_telling};

use super::report::{self, Judged};
use super::{bind, hash_of};
use crate::args::KeyUse;
use crate::failure::Failure;
use crate::files;
use crate::keys::{self, SigningKey};

#[derive(Debug, Args)]
pub(crate) struct CheckMethodOptions {
    /// A shared object, a method's source folder, or a signed bundle.
    what: PathBuf,
    /// The manifest, where it lies neither in the folder nor above the shared object.
    #[arg(long, value_name = "method.toml")]
    manifest: Option<PathBuf>,
    /// Also check the bundle's own signature, as a device that trusts this public key does.
    #[arg(long, value_name = "RW…")]
    trust: Option<String>,
    /// Fail where the sandbox of this machine is not whole, as a strict device does.
    #[arg(long)]
    strict: bool,
    /// Run the method where this machine has no Landlock too: files are kept from it by user id and seccomp alone.
    #[arg(long, conflicts_with = "strict")]
    allow_no_sandbox: bool,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
    /// Write the report, as JSON, to this file.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Sign the report with this key: FILE.minisig stands beside it. Without `--report` it is `ID-VERSION.report.json`.
    #[arg(long, value_name = "FILE.key")]
    key: Option<PathBuf>,
    /// File whose first line is the key's password.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

/// `resetkit method check`.
pub(crate) fn run(options: &CheckMethodOptions) -> Result<(), Failure> {
    let key = options.key.clone().map(|key| KeyUse { key, password_file: options.password_file.clone() });
    let key = key.as_ref().map(SigningKey::open).transpose()?;
    let found = Found::at(&options.what, options.manifest.as_deref())?;
    let text = std::fs::read_to_string(&found.manifest).map_err(|error| Failure::file(&found.manifest, &error))?;
    let manifest = ManifestText::parse_linked(&text).map_err(|failure| {
        Failure::new(format!("{}: {}.", found.manifest.display(), failure.detail), "Correct the manifest.")
    })?;
    let library = std::fs::read(&found.library).map_err(|error| Failure::file(&found.library, &error))?;
    let signature = options.trust.as_deref().map(|trusted| believed(&found, &manifest, &library, trusted));
    let outcome = suite(&manifest, &text, &found, &library, options);
    let judged = Judged {
        manifest: &manifest,
        manifest_sha256: hash_of(text.as_bytes()),
        sha256: hash_of(&library),
        library: &found.library,
        signature: signature.as_ref(),
        outcome: &outcome,
        locales: outcome
            .as_ref()
            .ok()
            .map_or_else(Vec::new, |report| report::locales(&found.folder, report, &manifest)),
    };
    if options.json {
        outln!("{}", report::json(&judged)?);
    } else {
        out!("{}", report::people(&judged));
    }
    keep(options, &judged, key.as_ref())?;
    if judged.conforms() { Ok(()) } else { Err(refused(&judged, options.strict)) }
}

fn refused(judged: &Judged<'_>, strict: bool) -> Failure {
    if judged.without_sandbox() {
        return Failure::new(
            format!("`{}` was not run: the sandbox of this machine is not whole.", judged.manifest.manifest.id),
            if strict {
                "Check as root, on a kernel with Landlock (5.13 or later); or without `--strict`."
            } else {
                "Check on a kernel with Landlock (5.13 or later), or run what you trust with `--allow-no-sandbox`."
            },
        );
    }
    Failure::new(
        format!("`{}` does not conform.", judged.manifest.manifest.id),
        "Each FAILED line says what was seen; docs/own-method.md says what is wanted.",
    )
}

/// Writes the report, and signs it.
fn keep(options: &CheckMethodOptions, judged: &Judged<'_>, key: Option<&SigningKey>) -> Result<(), Failure> {
    let default = || {
        let manifest = &judged.manifest.manifest;
        PathBuf::from(format!("{}-{}.report.json", manifest.id, manifest.version))
    };
    let Some(path) = options.report.clone().or_else(|| key.map(|_| default())) else { return Ok(()) };
    files::write_anew(&path, report::json(judged)? + "\n")?;
    let signature = key.map(|key| key.sign_file(&path, None)).transpose()?;
    if !options.json {
        outln!("report        {}", path.display());
        if let (Some(signature), Some(key)) = (signature, key) {
            outln!("signed        {} by {}", signature.display(), key.public());
        }
    }
    Ok(())
}

/// Where manifest and library are.
pub(super) struct Found {
    /// The folder of the manifest; its `locales/`, if there are any, are looked at too.
    pub(super) folder: PathBuf,
    manifest: PathBuf,
    library: PathBuf,
}

impl Found {
    fn at(what: &Path, named: Option<&Path>) -> Result<Found, Failure> {
        let what = what.canonicalize().map_err(|error| Failure::file(what, &error))?;
        let manifest = match named {
            Some(named) => named.canonicalize().map_err(|error| Failure::file(named, &error))?,
            None => manifest_of(&what)?,
        };
        let folder = manifest.parent().unwrap_or(Path::new("/")).to_owned();
        let library = if what.is_dir() { library_in(&folder, &manifest)? } else { what };
        Ok(Found { folder, manifest, library })
    }
}

/// In the folder itself, or in one above the shared object, as cargo lays them.
fn manifest_of(what: &Path) -> Result<PathBuf, Failure> {
    let start = if what.is_dir() { Some(what) } else { what.parent() };
    let here = start.into_iter().flat_map(|start| start.ancestors().take(if what.is_dir() { 1 } else { 4 }));
    here.map(|folder| folder.join("method.toml")).find(|path| path.is_file()).ok_or_else(|| {
        Failure::new(format!("No method.toml belongs to {}.", what.display()), "Name it with `--manifest FILE`.")
    })
}

/// Beside the manifest as in a bundle, or in cargo's folder: the one that was built last.
fn library_in(folder: &Path, manifest: &Path) -> Result<PathBuf, Failure> {
    let text = std::fs::read_to_string(manifest).map_err(|error| Failure::file(manifest, &error))?;
    let name = ManifestText::parse_linked(&text)
        .map_err(|failure| {
            Failure::new(format!("{}: {}.", manifest.display(), failure.detail), "Correct the manifest.")
        })?
        .library;
    let beside = folder.join(&name);
    if beside.is_file() {
        return Ok(beside);
    }
    let built = ["release", "debug"].map(|profile| folder.join("target").join(profile).join(&name));
    let newest = built
        .into_iter()
        .filter(|path| path.is_file())
        .max_by_key(|path| std::fs::metadata(path).and_then(|about| about.modified()).ok());
    newest.ok_or_else(|| {
        Failure::new(
            format!("{name} is neither in {} nor in its target folder.", folder.display()),
            "Build it first: `cargo build --release` for the crate that exports the method.",
        )
    })
}

/// What a device says that trusts this key, of the bundle as it lies there; and whether manifest and library that were signed
/// are the ones that the suite is played with (R80).
fn believed(found: &Found, manifest: &ManifestText, library: &[u8], trusted: &str) -> Result<(), HostFailure> {
    let installed = open_bundle(&found.folder, &TrustedKeys::parse(&[trusted])?)?;
    installed.check_library()?;
    let signed = installed.text();
    let changed = |what: &str| Err(HostFailure::new(HostFailureKind::FileChanged, what));
    if signed != manifest {
        return changed("the manifest that was signed is not the one that was checked");
    }
    if signed.sha256.is_none_or(|hash| HEXLOWER.encode(&hash) != hash_of(library)) {
        return changed("the library that was signed is not the one that was checked");
    }
    Ok(())
}

/// A bundle with the hash of this very library under a key made for it, and the suite over it.
fn suite(
    manifest: &ManifestText,
    text: &str,
    found: &Found,
    library: &[u8],
    options: &CheckMethodOptions,
) -> Result<Report, String> {
    let wrong = |failure: Failure| failure.to_string();
    let io = |error: std::io::Error| error.to_string();
    let folder = tempfile::Builder::new().prefix("resetkit-check-").tempdir().map_err(io)?;
    let bundle = folder.path().join("methods").join(manifest.manifest.id.as_str());
    std::fs::create_dir_all(&bundle).map_err(io)?;
    let name = found.library.file_name().map_or_else(|| "method.so".into(), |name| name.to_string_lossy().into_owned());
    std::fs::write(bundle.join(&name), library).map_err(io)?;
    std::fs::write(bundle.join("method.toml"), bind(text, &name, &hash_of(library))).map_err(io)?;
    let secret = folder.path().join("check.key");
    keys::make(&secret, None).map_err(wrong)?;
    let key = SigningKey::open(&KeyUse { key: secret, password_file: None }).map_err(wrong)?;
    key.sign_file(&bundle.join("method.toml"), None).map_err(wrong)?;
    let installed = opened(&bundle, &key).map_err(|failure| failure.to_string())?;
    play(&installed, options)
}

/// Opened as a device does at its start: signature, hash, contract, and what the library asks its loader for.
fn opened(bundle: &Path, key: &SigningKey) -> Result<Installed, HostFailure> {
    let keys = TrustedKeys::parse(&[key.public()])?;
    let mut looked = discover(bundle.parent().unwrap_or(bundle), &keys);
    match looked.rejected.pop() {
        Some((_, failure)) => Err(failure),
        None => open_bundle(bundle, &keys),
    }
}

fn play(installed: &Installed, options: &CheckMethodOptions) -> Result<Report, String> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
    let (strict, needs_landlock) = (options.strict, !options.allow_no_sandbox);
    let bar = bar(options.json);
    let options = CheckOptions { worker: WorkerOptions { strict, needs_landlock, ..WorkerOptions::default() } };
    let mut tell = |step: Step| {
        bar.set_length(u64::try_from(step.of).unwrap_or(u64::MAX));
        bar.set_position(u64::try_from(step.number).unwrap_or_default());
        bar.set_message(step.what);
    };
    let report = runtime.block_on(check_installed_telling(installed, &options, &mut tell));
    bar.finish_and_clear();
    Ok(report)
}

/// On a terminal only.
fn bar(quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(1);
    if let Ok(style) =
        ProgressStyle::with_template("  {spinner:.cyan} {bar:24} {pos}/{len} {elapsed:>4} {wide_msg:.dim}")
    {
        bar.set_style(style);
    }
    bar.enable_steady_tick(std::time::Duration::from_millis(100));
    bar
}
