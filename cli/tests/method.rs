//! A vendor's way, as docs/own-method.md tells it: a new method, built, checked and signed; nothing of it in this workspace.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use data_encoding::HEXLOWER;
use resetkit_config::verify_file;
use sha2::{Digest as _, Sha256};

use crate::{resetkit, stderr, stdout};

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// Cargo in the new folder. What it has in common with this workspace is compiled once: same target folder, same profile.
fn cargo(folder: &Path, arguments: &[&str]) -> Output {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let target = Path::new(env!("CARGO_BIN_EXE_resetkit")).ancestors().nth(2).expect("a target folder");
    let output = Command::new(cargo)
        .args(arguments)
        .args(["--quiet", "--target-dir", text(target)])
        .env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only")
        .current_dir(folder)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}{}", stdout(&output), stderr(&output));
    output
}

/// A folder outside of the workspace with a new method in it, built; and its shared object.
fn built(folder: &Path, name: &str, contract: &[&str]) -> (PathBuf, PathBuf) {
    let dir = folder.join(name);
    let made = resetkit(&[&["method", "new", name, "--dir", text(&dir)], contract].concat());
    assert!(made.status.success(), "{}", stderr(&made));
    assert!(stdout(&made).contains("cargo test"), "it says what next: {}", stdout(&made));
    cargo(&dir, &["build", "-p", &format!("{name}-export")]);
    let library = format!("lib{}_method.so", name.replace('-', "_"));
    (dir, Path::new(env!("CARGO_BIN_EXE_resetkit")).with_file_name(library))
}

fn check(library: &Path, dir: &Path, further: &[&str]) -> Output {
    let manifest = dir.join("method.toml");
    resetkit(&[&["method", "check", text(library), "--manifest", text(&manifest)], further].concat())
}

#[test]
fn r85_a_new_method_builds_passes_its_tests_conforms_and_leaves_a_signed_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let (dir, library) = built(folder.path(), "door-code", &[]);
    let tried = cargo(&dir, &["test", "--lib"]);
    assert!(stdout(&tried).contains("3 passed"), "{}", stdout(&tried));

    let key = folder.path().join("vendor.key");
    assert!(resetkit(&["key", "new", "--out", text(&key)]).status.success());
    let report = folder.path().join("report.json");
    let checked = check(&library, &dir, &["--report", text(&report), "--key", text(&key)]);
    assert!(checked.status.success(), "{}{}", stdout(&checked), stderr(&checked));
    for line in ["ok            behaves", "ok            memory", "ok            locales/de.ftl", "It conforms."] {
        assert!(stdout(&checked).contains(line), "{line}: {}", stdout(&checked));
    }

    let public = std::fs::read_to_string(key.with_extension("pub")).expect("there");
    let public = public.lines().nth(1).expect("two lines").to_owned();
    let signed = verify_file(&report, std::slice::from_ref(&public)).expect("signed by the vendor");
    let said: serde_json::Value = serde_json::from_slice(&signed).expect("JSON");
    assert_eq!((&said["conforms"], &said["method"]["id"]), (&true.into(), &"door-code".into()));
    assert_eq!(said["host"]["contract"], "1.0");
    assert_eq!(said["suite"]["checks"].as_array().map(Vec::len), Some(15));
    a_planted_link_is_left_alone(&library, &dir, &key);
    a_stranger_is_not_run_without_landlock(&library, &dir);

    // A bundle as a device gets it, and as a device believes it.
    let bundle = folder.path().join("methods/door-code");
    std::fs::create_dir_all(&bundle).expect("a folder");
    std::fs::copy(dir.join("method.toml"), bundle.join("method.toml")).expect("copied");
    let sign = ["method", "sign", text(&bundle), "--library", text(&library), "--key", text(&key)];
    assert!(resetkit(&sign).status.success());
    let trusted = resetkit(&["method", "check", text(&bundle), "--trust", &public, "--json"]);
    assert!(trusted.status.success(), "{}", stdout(&trusted));
    assert!(stdout(&trusted).contains("\"signature\": \"believed\""), "{}", stdout(&trusted));
    let manifest = std::fs::read(bundle.join("method.toml")).expect("there");
    let signed = format!("\"manifest_sha256\": \"{}\"", HEXLOWER.encode(&Sha256::digest(&manifest)));
    assert!(stdout(&trusted).contains(&signed), "all that was signed is bound: {}", stdout(&trusted));
    another_library_is_not_believed(&bundle, &library, &public);
    std::fs::write(bundle.join("method.toml.minisig"), "nothing").expect("written");
    let doubted = resetkit(&["method", "check", text(&bundle), "--trust", &public]);
    assert_eq!(doubted.status.code(), Some(1));
    assert!(stdout(&doubted).contains("FAILED        signature: bad-signature"), "{}", stdout(&doubted));
}

/// R80: as a device, which reads the library again, and would not load it.
fn another_library_is_not_believed(bundle: &Path, library: &Path, public: &str) {
    let inside = bundle.join(library.file_name().expect("a name"));
    let good = std::fs::read(&inside).expect("there");
    let other = [&good[..], b"swapped"].concat();
    std::fs::write(&inside, &other).expect("written");
    let swapped = resetkit(&["method", "check", text(bundle), "--trust", public]);
    assert_eq!(swapped.status.code(), Some(1), "{}", stdout(&swapped));
    assert!(stdout(&swapped).contains("FAILED        signature: file-changed"), "{}", stdout(&swapped));

    // What was signed lies there again, and something else was checked.
    std::fs::write(&inside, &good).expect("written");
    let beside = bundle.with_file_name("beside.so");
    std::fs::write(&beside, &other).expect("written");
    let another = check(&beside, bundle, &["--trust", public]);
    assert_eq!(another.status.code(), Some(1), "{}", stdout(&another));
    assert!(stdout(&another).contains("the library that was signed is not the one"), "{}", stdout(&another));

    let lax = bundle.join("lax.toml");
    let manifest = std::fs::read_to_string(bundle.join("method.toml")).expect("there");
    std::fs::write(&lax, manifest.replace("advance_ms = 1500", "advance_ms = 1400")).expect("written");
    let another = resetkit(&["method", "check", text(&inside), "--manifest", text(&lax), "--trust", public]);
    assert_eq!(another.status.code(), Some(1), "{}", stdout(&another));
    assert!(stdout(&another).contains("the manifest that was signed is not the one"), "{}", stdout(&another));
}

/// Whoever may write to the folder of the report gets nothing written elsewhere by it.
fn a_planted_link_is_left_alone(library: &Path, dir: &Path, key: &Path) {
    let (victim, planted) = (dir.join("victim"), dir.join("planted.json"));
    let signature = dir.join("planted.json.minisig");
    for link in [&planted, &signature] {
        std::fs::write(&victim, "unharmed").expect("written");
        std::os::unix::fs::symlink(&victim, link).expect("a link");
        let refused = check(library, dir, &["--report", text(&planted), "--key", text(key)]);
        assert!(!refused.status.success() && stderr(&refused).contains("is a link"), "{}", stderr(&refused));
        assert_eq!(std::fs::read_to_string(&victim).expect("there"), "unharmed");
        std::fs::remove_file(link).expect("the link");
    }
}

/// R81: where no Landlock keeps files away, only whoever trusts the method runs it.
fn a_stranger_is_not_run_without_landlock(library: &Path, dir: &Path) {
    let on_an_old_kernel = |further: &[&str]| {
        std::thread::scope(|scope| {
            let checked = scope.spawn(|| {
                forget_landlock();
                check(library, dir, further)
            });
            checked.join().expect("it ran")
        })
    };
    let refused = on_an_old_kernel(&[]);
    assert_eq!(refused.status.code(), Some(1), "{}", stdout(&refused));
    assert!(stdout(&refused).contains("FAILED        starts: no-sandbox: no Landlock"), "{}", stdout(&refused));
    assert!(stderr(&refused).contains("--allow-no-sandbox"), "{}", stderr(&refused));
    let trusted = on_an_old_kernel(&["--allow-no-sandbox"]);
    assert!(trusted.status.success(), "{}{}", stdout(&trusted), stderr(&trusted));
    assert!(stdout(&trusted).contains("sandbox       degraded on this machine"), "{}", stdout(&trusted));
}

/// For this thread and what it starts, the kernel knows no Landlock.
fn forget_landlock() {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};
    let unknown = SeccompAction::Errno(libc::ENOSYS.unsigned_abs());
    let rules = [(libc::SYS_landlock_create_ruleset, Vec::new())].into_iter().collect();
    let arch = std::env::consts::ARCH.try_into().expect("known");
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, unknown, arch).expect("a filter");
    seccompiler::apply_filter(&BpfProgram::try_from(filter).expect("a program")).expect("it stands");
}

#[test]
fn r85_a_method_that_does_not_conform_is_told_what_was_seen() {
    let folder = tempfile::tempdir().expect("a folder");
    // The contract of a checkout in place of the copy.
    let contract = concat!(env!("CARGO_MANIFEST_DIR"), "/../plugins/contract");
    let (dir, library) = built(folder.path(), "slow-code", &["--contract", contract]);
    assert!(!dir.join("contract-1.0").exists(), "a path was given: nothing is copied");

    let locale = dir.join("locales/de.ftl");
    let german = std::fs::read_to_string(&locale).expect("there");
    std::fs::write(&locale, german.replace("slow-code-step-type =", "slow-code-step-tipp =")).expect("written");
    let checked = check(&library, &dir, &[]);
    assert_eq!(checked.status.code(), Some(1), "{}", stdout(&checked));
    assert!(
        stdout(&checked).contains("FAILED        locales/de.ftl: without slow-code-step-type"),
        "{}",
        stdout(&checked)
    );

    let manifest = dir.join("method.toml");
    let good = std::fs::read_to_string(&manifest).expect("there");
    for (from, to, seen) in [
        ("contract = 1", "contract = 0", "build it again with resetkit-contract 1"),
        ("version = \"0.1.0\"", "version = \"0.2.0\"", "calls itself `slow-code 0.1.0`"),
        ("\"seal\", ", "", "asks to seal without the grant"),
        ("library = \"lib", "nonsense = 1\nlibrary = \"lib", "nonsense"),
    ] {
        assert!(good.contains(from), "{from}");
        std::fs::write(&manifest, good.replace(from, to)).expect("written");
        let checked = check(&library, &dir, &[]);
        assert_eq!(checked.status.code(), Some(1), "{to}: {}", stdout(&checked));
        let said = stdout(&checked) + &stderr(&checked);
        assert!(said.contains(seen), "{to}: {said}");
    }
}

#[test]
fn f20_a_new_method_overwrites_nothing_and_takes_no_name_that_ships() {
    let folder = tempfile::tempdir().expect("a folder");
    let taken = resetkit(&["method", "new", "support", "--dir", text(&folder.path().join("x"))]);
    assert!(!taken.status.success() && stderr(&taken).contains("one of the methods that ship"), "{}", stderr(&taken));
    let there = resetkit(&["method", "new", "door-code", "--dir", text(folder.path())]);
    assert!(!there.status.success() && stderr(&there).contains("exists already"), "{}", stderr(&there));
    let nothing = resetkit(&["method", "check", text(folder.path())]);
    assert!(!nothing.status.success() && stderr(&nothing).contains("--manifest"), "{}", stderr(&nothing));
}
