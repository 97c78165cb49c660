//! Finds and builds the programs that the demo starts. `cargo` builds no other package's shared object by itself.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::talk::{Progress, Talk};
use crate::failure::Failure;

/// The programs of a household.
pub(crate) struct Programs {
    pub(crate) recorder: PathBuf,
    pub(crate) relay: PathBuf,
    /// Every method that is there.
    pub(crate) methods: Vec<Method>,
    /// This program, which is the mailbox too.
    pub(crate) resetkit: PathBuf,
}

/// A method that a world installs.
pub(crate) struct Method {
    pub(crate) id: &'static str,
    pub(crate) manifest: &'static str,
    pub(crate) library: PathBuf,
}

/// The folder that this program was built from; elsewhere only `--no-build` works.
const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
const PACKAGES: [&str; 7] = [
    "resetkit-device",
    "resetkit-relay",
    "resetkit-method-companion-export",
    "resetkit-method-email-export",
    "resetkit-method-button-export",
    "resetkit-method-recovery-codes-export",
    "resetkit-method-support-export",
];
/// Id and manifest of each method.
pub(crate) const MANIFESTS: [(&str, &str); 5] = [
    ("companion", include_str!("../../../methods-dmss/method.toml")),
    ("email", include_str!("../../../methods-email/method.toml")),
    ("button", include_str!("../../../methods-hardware/method.toml")),
    ("recovery-codes", include_str!("../../../methods-recovery-codes/method.toml")),
    ("support", include_str!("../../../methods-support/method.toml")),
];

impl Programs {
    /// Builds what is not up to date, and finds everything. `folder`: where to look instead of beside this program.
    pub(crate) fn ready(no_build: bool, folder: Option<&Path>, talk: &Talk) -> Result<Programs, Failure> {
        let resetkit = std::env::current_exe().map_err(|error| {
            Failure::new(format!("This program cannot find itself: {error}."), "Start it by its full path.")
        })?;
        let beside = resetkit.parent().unwrap_or(Path::new(".")).to_owned();
        let from_source = Path::new(WORKSPACE).join("Cargo.toml").exists();
        let folder = match folder {
            Some(folder) => folder.to_owned(),
            None if !no_build && from_source => build(&beside, talk)?,
            None => beside,
        };
        let find = |name: &str| -> Result<PathBuf, Failure> {
            let path = folder.join(name);
            if path.is_file() {
                Ok(path)
            } else {
                Err(Failure::new(
                    format!("{} is not there.", path.display()),
                    "Start the demo from the source folder with `cargo run -p resetkit-cli -- demo`; it builds everything.",
                ))
            }
        };
        Ok(Programs {
            recorder: find("resetd")?,
            relay: find("reset-relay")?,
            methods: MANIFESTS
                .iter()
                .map(|(id, manifest)| {
                    Ok(Method { id, manifest, library: find(&format!("lib{}_method.so", id.replace('-', "_")))? })
                })
                .collect::<Result<_, Failure>>()?,
            resetkit,
        })
    }
}

/// Runs `cargo build` for the packages; gives back the folder they end up in.
fn build(beside: &Path, talk: &Talk) -> Result<PathBuf, Failure> {
    let release = beside.file_name().is_some_and(|name| name == "release");
    let mut command = cargo();
    command.current_dir(WORKSPACE).arg("build").args(PACKAGES.iter().flat_map(|package| ["-p", package]));
    if release {
        command.arg("--release");
    }
    // A program that lies in cargo's folder gets its neighbours; an installed one uses the workspace's own folder.
    let target = if beside.join(".fingerprint").is_dir() {
        beside.parent().unwrap_or(beside).to_owned()
    } else {
        Path::new(WORKSPACE).join("target")
    };
    command.arg("--target-dir").arg(&target).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let progress = talk.progress("building recorder, relay and methods");
    let mut child = command.spawn().map_err(|error| {
        Failure::new(format!("cargo cannot be started: {error}."), "Install Rust, or set CARGO to cargo's path.")
    })?;
    let said = child.stderr.take().map(|stderr| follow(stderr, &progress)).unwrap_or_default();
    let status = child.wait().map_err(|error| Failure::new(format!("cargo was lost: {error}."), "Try again."))?;
    drop(progress);
    if !status.success() {
        return Err(Failure::new(
            format!("The programs cannot be built:\n{said}"),
            "Correct the errors above, then start the demo again.",
        ));
    }
    talk.done("recorder, relay and methods are built");
    Ok(target.join(if release { "release" } else { "debug" }))
}

/// Cargo, without what an outer `cargo run` told us about our own package: `ring` would be built anew for it, and with it
/// all that speaks TLS.
#[allow(clippy::disallowed_methods, reason = "cargo names itself and its package to its children in CARGO_…")]
fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let told = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_CRATE_"].iter().any(|own| told.starts_with(own)) {
            cargo.env_remove(&name);
        }
    }
    cargo
}

/// Shows what cargo is at, and keeps its last lines for the case that it fails.
fn follow(stderr: std::process::ChildStderr, progress: &Progress) -> String {
    let mut last = Vec::new();
    let mut compiled = 0;
    for line in BufReader::new(stderr).lines().map_while(Result::ok) {
        if let Some(what) = line.trim_start().strip_prefix("Compiling ") {
            compiled += 1;
            progress.at(&format!("{compiled}: {what}"));
            if progress.is_plain() && compiled % 25 == 0 {
                outln!("    ... {compiled} crates compiled");
            }
        } else if line.trim_start().starts_with("Blocking") {
            progress.at("another build is running, waiting for it");
        }
        last.push(line);
        if last.len() > 60 {
            last.remove(0);
        }
    }
    last.join("\n")
}
