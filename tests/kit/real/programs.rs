//! The programs under test, built once by cargo and found in the target folder.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::workspace::{root, target};

static BUILT: OnceLock<PathBuf> = OnceLock::new();

/// The folder with `resetd`, `reset-relay`, `resetkit` and the methods, fresh.
///
/// Cargo builds no other package's programs for a test, and its own lock lets one build at a time.
///
/// # Panics
/// When they do not build; cargo's words are in the message.
#[allow(clippy::disallowed_methods, reason = "cargo and tests/run say where things are by the environment")]
pub fn programs() -> &'static Path {
    BUILT.get_or_init(|| {
        // Programs that somebody built already: an installed set, or a release to be tried.
        if let Some(ready) = std::env::var_os("KIT_PROGRAMS") {
            return PathBuf::from(ready);
        }
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut build = Command::new(cargo);
        // The whole workspace at once: with the same features as `cargo test`, so that nothing is built twice.
        build.args(["build", "--workspace", "--locked", "--quiet"]).current_dir(root());
        // What cargo told this test about its own package is no news for a build: `ring` would be built again for it,
        // and with it all that speaks TLS.
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_CRATE_"].iter().any(|own| name.starts_with(own)) {
                build.env_remove(name);
            }
        }
        let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
        if profile == "release" {
            build.arg("--release");
        }
        let done = build.output().expect("cargo runs");
        assert!(done.status.success(), "the programs do not build:\n{}", String::from_utf8_lossy(&done.stderr));
        target().join(profile)
    })
}
