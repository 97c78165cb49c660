//! A method that is out in the field: built against the kept source of contract 1.0, loaded by the host of today.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest as _, Sha256};

use crate::report_of;
use crate::support::{Shop, built, hash};

const PINNED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pinned");

/// SHA-256 over the names and contents of the kept source.
const KEPT: &str = "ee7a2bbc36e6a9d597a8f95929c22a0264c7f1ea266fd3cea5dde360ba72d2e6";

#[test]
fn r85_a_method_built_with_contract_1_0_loads_and_conforms_in_the_host_of_today() {
    let shop = Shop::new();
    let library = fs::read(pinned()).unwrap();
    let manifest = include_str!("../pinned/sample/method.toml").replace("libpinned_method.so", "method.so");
    shop.stock("pinned", &format!("sha256 = \"{}\"\n{manifest}", hash(&library)), &library);
    let report = report_of(&shop, "pinned");
    assert!(report.conforms(), "a method of contract 1.0 no longer works (docs/adr/0013):\n{report}");
    assert!(report.texts.contains("pinned-call"), "it was told how support is reached: {:?}", report.texts);
    assert!(report.texts.contains("pinned-hold"), "{:?}", report.texts);
}

#[test]
fn r85_nobody_changed_the_kept_source_of_contract_1_0() {
    let mut files = Vec::new();
    gather(&Path::new(PINNED).join("contract-1.0"), &mut files);
    files.sort();
    let mut digest = Sha256::new();
    for file in &files {
        let name = file.strip_prefix(PINNED).unwrap().to_string_lossy().into_owned();
        digest.update(name.as_bytes());
        digest.update(fs::read(file).unwrap());
    }
    let now: String = digest.finalize().iter().map(|octet| format!("{octet:02x}")).collect();
    assert_eq!(
        now, KEPT,
        "plugins/testkit/pinned/contract-1.0 is what methods in the field were built with: put it back"
    );
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() { gather(&entry.path(), files) } else { files.push(entry.path()) }
    }
}

/// Builds it in cargo's own folder, beside everything else: what both have in common is compiled once.
fn pinned() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let target = built().parent().unwrap();
    let status = Command::new(cargo)
        .args(["build", "--quiet", "--locked", "--target-dir"])
        .arg(target)
        .current_dir(PINNED)
        .status()
        .expect("cargo runs");
    assert!(status.success(), "the kept sample must build");
    target.join("debug/libpinned_method.so")
}
