//! From folder to memory: what was signed is what runs, and nothing else (R80, F20).

use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use resetkit_host::{HostFailureKind, MethodEvent, MethodOutput, TrustedKeys, Worker, discover, open_bundle};

use crate::support::{
    Shop, find, library_of_companion, library_of_rogue, manifest_of_companion, manifest_of_rogue, on_one_thread,
    options, start_info,
};

fn reason(shop: &Shop) -> HostFailureKind {
    let found = discover(shop.dir.path(), &shop.keys());
    assert!(found.methods.is_empty(), "{:?}", found.methods);
    assert_eq!(found.rejected.len(), 1, "{:?}", found.rejected);
    found.rejected[0].1.kind
}

#[test]
fn r80_a_method_signed_by_somebody_else_or_by_nobody_is_rejected() {
    let (shop, stranger) = (Shop::new(), Shop::new());
    let library = library_of_companion();
    let manifest = manifest_of_companion(&library);
    let folder = shop.stock("companion", &manifest, &library);
    fs::write(folder.join("method.toml.minisig"), stranger.sign(&manifest)).unwrap();
    assert_eq!(reason(&shop), HostFailureKind::BadSignature);
    fs::write(folder.join("method.toml.minisig"), "untrusted comment: x\nRWQ=\n").unwrap();
    assert_eq!(reason(&shop), HostFailureKind::BadSignature);
    fs::remove_file(folder.join("method.toml.minisig")).unwrap();
    assert_eq!(reason(&shop), HostFailureKind::BadSignature);
}

#[test]
fn r82_a_method_that_attests_is_refused_unless_the_firmwares_maker_signed_it() {
    let (shop, maker) = (Shop::new(), Shop::new());
    let library = library_of_rogue("attest-without-grant");
    let manifest = manifest_of_rogue(&library).replace("grants = []", "grants = [\"attest\"]");
    let folder = shop.stock("rogue", &manifest, &library);
    let keys = || shop.keys().with_makers(&[maker.public_key()]).unwrap();
    assert_eq!(open_bundle(&folder, &shop.keys()).unwrap_err().kind, HostFailureKind::NotTheMakers);
    assert_eq!(open_bundle(&folder, &keys()).unwrap_err().kind, HostFailureKind::NotTheMakers);
    fs::write(folder.join("method.toml.minisig"), maker.sign(&manifest)).unwrap();
    assert_eq!(open_bundle(&folder, &shop.keys()).unwrap_err().kind, HostFailureKind::BadSignature);
    let installed = open_bundle(&folder, &keys()).expect("the maker's own");
    // What it attests counts for nothing all the same: the engine knows no such proof.
    let failure = on_one_thread(async {
        let mut worker = Worker::start(&installed, &options()).await.unwrap();
        worker.send(MethodEvent::Start(start_info())).await.unwrap();
        worker.next().await.unwrap_err()
    });
    assert_eq!(failure.kind, HostFailureKind::GrantViolation, "{failure}");
}

#[test]
fn r80_every_changed_octet_of_a_manifest_breaks_its_signature() {
    let shop = Shop::new();
    let library = library_of_companion();
    let manifest = manifest_of_companion(&library);
    let folder = shop.stock("companion", &manifest, &library);
    for place in (0..manifest.len()).step_by(7) {
        let mut octets = manifest.clone().into_bytes();
        octets[place] ^= 1;
        fs::write(folder.join("method.toml"), octets).unwrap();
        let failure = open_bundle(&folder, &shop.keys()).expect_err("changed");
        assert_eq!(failure.kind, HostFailureKind::BadSignature, "octet {place}");
    }
}

#[test]
fn r80_a_manifest_is_not_read_before_its_signature_is_checked() {
    let shop = Shop::new();
    let folder = shop.stock("companion", "this is no manifest", b"");
    fs::write(folder.join("method.toml.minisig"), "").unwrap();
    assert_eq!(reason(&shop), HostFailureKind::BadSignature);
}

#[test]
fn f20_a_library_swapped_after_signing_is_rejected_at_discovery_and_at_start() {
    let shop = Shop::new();
    let installed = shop.companion();
    fs::write(shop.dir.path().join("companion/method.so"), library_of_rogue("obey")).unwrap();
    let failure = on_one_thread(async { Worker::start(&installed, &options()).await.expect_err("swapped") });
    assert_eq!(failure.kind, HostFailureKind::FileChanged);
    assert_eq!(reason(&shop), HostFailureKind::FileChanged);
}

#[test]
fn f20_links_pipes_and_missing_files_are_rejected_without_waiting() {
    let shop = Shop::new();
    let library = library_of_companion();
    let folder = shop.stock("companion", &manifest_of_companion(&library), &library);
    let file = folder.join("method.so");
    fs::rename(&file, folder.join("elsewhere.so")).unwrap();
    assert_eq!(reason(&shop), HostFailureKind::NotInstalled);
    std::os::unix::fs::symlink("elsewhere.so", &file).unwrap();
    assert_eq!(reason(&shop), HostFailureKind::NotInstalled);
    fs::remove_file(&file).unwrap();
    assert!(Command::new("mkfifo").arg(&file).status().unwrap().success());
    assert_eq!(reason(&shop), HostFailureKind::BadManifest);
}

/// R80: 10^5 swaps are made while workers are started for as long as the test may last; the good library runs, or none.
#[test]
fn r80_f20_a_swap_race_never_gets_the_other_library_loaded() {
    let shop = Shop::new();
    let good = library_of_rogue("obey");
    let bad = library_of_rogue("seal-without-grant");
    let folder = shop.stock("rogue", &manifest_of_rogue(&good), &good);
    let installed = open_bundle(&folder, &shop.keys()).unwrap();
    let (one, other, file) = (folder.join("one.so"), folder.join("other.so"), folder.join("method.so"));
    fs::write(&one, &good).unwrap();
    fs::write(&other, &bad).unwrap();
    let over = AtomicBool::new(false);
    let (swaps, loaded, refused) = std::thread::scope(|scope| {
        let swapper = scope.spawn(|| swap_until(&over, &[&one, &other], &file));
        let racing = EndsWith(&over);
        let (loaded, refused) = on_one_thread(start_until_both_happened(&installed));
        drop(racing);
        (swapper.join().unwrap(), loaded, refused)
    });
    assert!(swaps > 10_000, "{swaps} swaps");
    assert!(loaded >= ENOUGH && refused >= ENOUGH, "{loaded} loaded, {refused} refused");
}

/// Ends the swapping also when an assertion fails, so that the failure is seen and not waited for.
struct EndsWith<'a>(&'a AtomicBool);

impl Drop for EndsWith<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn swap_until(over: &AtomicBool, from: &[&std::path::Path; 2], file: &std::path::Path) -> u64 {
    let fresh = file.with_extension("fresh");
    let mut swaps = 0;
    while !over.load(Ordering::Relaxed) {
        // A link is made and moved over the old name: at every moment one of the two files is there in full.
        fs::hard_link(from[usize::from(swaps % 2 == 0)], &fresh).unwrap();
        fs::rename(&fresh, file).unwrap();
        let _ = fs::remove_file(&fresh);
        swaps += 1;
    }
    swaps
}

/// How often each outcome must be seen for it to have been a race.
const ENOUGH: u32 = 6;

/// Starts workers for at least a few seconds, and for as long as it takes to see both outcomes: on a machine with much else
/// to do, a stated time holds few starts, and all of them may fall on one side. `on_one_thread` bounds the whole.
async fn start_until_both_happened(installed: &resetkit_host::Installed) -> (u32, u32) {
    let (begun, at_least) = (Instant::now(), Duration::from_secs(8));
    let (mut loaded, mut refused) = (0, 0);
    while begun.elapsed() < at_least || loaded < ENOUGH || refused < ENOUGH {
        match Worker::start(installed, &options()).await {
            Ok(mut worker) => {
                worker.send(MethodEvent::Start(start_info())).await.unwrap();
                assert_eq!(worker.next().await.unwrap(), MethodOutput::Ready, "the good library and no other");
                loaded += 1;
            }
            Err(failure) => {
                let kind = failure.kind;
                let swapped = [HostFailureKind::FileChanged, HostFailureKind::NotInstalled].contains(&kind);
                assert!(swapped, "{failure}");
                refused += 1;
            }
        }
    }
    (loaded, refused)
}

/// Where a preloaded library leaves its mark; see `attacks.rs` of the rogues.
const MARK: &str = "/tmp/resetkit-rogue-was-here";

#[test]
fn r80_ld_variables_of_the_daemon_have_no_influence_on_a_worker() {
    let shop = Shop::new();
    let preloaded = shop.dir.path().join("preloaded.so");
    fs::write(&preloaded, library_of_rogue("constructor:create-file")).unwrap();
    // A daemon with such an environment: this test's program once more, with the one test below.
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "supply::r80_a_worker_of_a_daemon_with_a_preloaded_library_does_not_load_it"])
        .env("LD_PRELOAD", &preloaded)
        .env("LD_LIBRARY_PATH", shop.dir.path())
        .env("RESETKIT_TEST_PRELOADED", "1")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn r80_a_worker_of_a_daemon_with_a_preloaded_library_does_not_load_it() {
    let preloaded = std::env::var_os("RESETKIT_TEST_PRELOADED").is_some();
    if preloaded {
        assert!(fs::exists(MARK).unwrap(), "the library was preloaded into the daemon, and its constructor ran");
    }
    let shop = Shop::new();
    let installed = shop.rogue("obey");
    let _ = fs::remove_file(MARK);
    on_one_thread(async { Worker::start(&installed, &options()).await.expect("started").stop().await });
    assert!(!fs::exists(MARK).unwrap(), "the worker runs with an environment of its own: an empty one");
}

#[test]
fn r80_foreign_dependencies_run_paths_and_other_contracts_are_refused_unread() {
    let shop = Shop::new();
    let good = library_of_rogue("obey");
    let renamed = |from: &[u8], to: &[u8]| {
        let mut library = good.clone();
        let place = find(&library, from);
        library[place..place + to.len()].copy_from_slice(to);
        library
    };
    let cases = [
        (renamed(b"\0libc.so.6\0", b"\0libx.so.6\0"), HostFailureKind::UnsuitableLibrary),
        (renamed(b"\0resetkit_method_contract_1\0", b"\0resetkit_method_contract_9\0"), HostFailureKind::WrongContract),
        (with_dynamic_tag(&good, 15), HostFailureKind::UnsuitableLibrary),
        (with_dynamic_tag(&good, 29), HostFailureKind::UnsuitableLibrary),
        (good[..64 * 1024].to_vec(), HostFailureKind::UnsuitableLibrary),
        (b"\x7fELF".to_vec(), HostFailureKind::UnsuitableLibrary),
        (fs::read("/bin/true").unwrap(), HostFailureKind::UnsuitableLibrary),
    ];
    for (number, (library, expected)) in cases.into_iter().enumerate() {
        shop.stock("rogue", &manifest_of_rogue(&library), &library);
        let found = discover(shop.dir.path(), &shop.keys());
        assert!(found.methods.is_empty(), "case {number} was let through");
        assert_eq!(found.rejected[0].1.kind, expected, "case {number}: {}", found.rejected[0].1);
    }
}

/// E-305 of a device that was updated, told so that whoever reads it knows whose turn it is.
#[test]
fn r85_a_method_of_contract_0_is_refused_by_manifest_and_by_symbol_with_what_to_do() {
    let shop = Shop::new();
    let good = library_of_rogue("obey");
    let mut old = good.clone();
    let place = find(&old, b"\0resetkit_method_contract_1\0");
    old[place..place + 28].copy_from_slice(b"\0resetkit_method_contract_0\0");
    for (manifest, library) in
        [(manifest_of_rogue(&good).replace("contract = 1", "contract = 0"), &good), (manifest_of_rogue(&old), &old)]
    {
        shop.stock("rogue", &manifest, library);
        let found = discover(shop.dir.path(), &shop.keys());
        let (_, failure) = &found.rejected[0];
        assert_eq!(failure.kind, HostFailureKind::WrongContract);
        assert_eq!(resetkit_host::convert::failure_of(failure).code(), "E-305");
        assert_eq!(
            failure.detail,
            "it was built for contract 0, and this device speaks contract 1: build it again with resetkit-contract 1"
        );
    }
}

/// Turns one harmless entry of the dynamic section (DT_RELACOUNT) into another tag.
fn with_dynamic_tag(library: &[u8], tag: u64) -> Vec<u8> {
    const RELACOUNT: u64 = 0x6fff_fff9;
    let mut library = library.to_vec();
    let place = find(&library, &RELACOUNT.to_le_bytes());
    library[place..place + 8].copy_from_slice(&tag.to_le_bytes());
    library
}

#[test]
fn r80_a_manifest_signed_with_debians_minisign_is_good() {
    let shop = Shop::new();
    let library = library_of_companion();
    let folder = shop.stock("companion", &manifest_of_companion(&library), &library);
    let (public, secret) = (shop.dir.path().join("key.pub"), shop.dir.path().join("key.sec"));
    minisign(&["-G", "-W", "-f", "-p", public.to_str().unwrap(), "-s", secret.to_str().unwrap()]);
    minisign(&["-S", "-s", secret.to_str().unwrap(), "-m", folder.join("method.toml").to_str().unwrap()]);
    let key = fs::read_to_string(public).unwrap().lines().nth(1).unwrap().to_owned();
    open_bundle(&folder, &TrustedKeys::parse(&[key]).unwrap()).expect("signed with minisign");
    let failure = open_bundle(&folder, &shop.keys()).expect_err("not our own key any more");
    assert_eq!(failure.kind, HostFailureKind::BadSignature);
}

fn minisign(arguments: &[&str]) {
    let output = Command::new("minisign").args(arguments).output();
    let output = output.expect("Debian's package `minisign` must be installed: `tests/run` does it");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn r47_a_directory_of_rubbish_is_answered_line_by_line() {
    let shop = Shop::new();
    shop.companion();
    fs::create_dir(shop.dir.path().join("empty")).unwrap();
    fs::write(shop.dir.path().join("a-file"), "ignored").unwrap();
    let renamed = manifest_of_companion(&library_of_companion()).replace("id = \"companion\"", "id = \"other\"");
    shop.stock("misnamed", &renamed, &library_of_companion());
    let found = discover(shop.dir.path(), &shop.keys());
    assert_eq!(found.methods.len(), 1);
    let kinds: Vec<_> = found.rejected.iter().map(|(_, failure)| failure.kind).collect();
    assert_eq!(kinds, [HostFailureKind::NotInstalled, HostFailureKind::BadManifest]);
    assert_eq!(discover(&shop.dir.path().join("nowhere"), &shop.keys()).rejected.len(), 1);
}
