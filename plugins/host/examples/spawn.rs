//! Worker spawn to ready, against the bare floor: re-executing the same program and opening the same library by path.
//!
//! ```text
//! cargo run --release -p resetkit-host --example spawn [RUNS]
//! ```
//! Both are measured in turns, in one run, and the medians' ratio is printed. `ready` includes reading, hashing and
//! sealing the library, the signed manifest's identity, both filters and the layout check.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods, reason = "a measuring program")]

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use minisign::KeyPair;
use resetkit_host::abi::lib_header_from_path;
use resetkit_host::{Installed, TrustedKeys, Worker, WorkerOptions, open_bundle, worker_main_if_asked};
use sha2::{Digest, Sha256};

fn main() {
    worker_main_if_asked();
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, flag, library] = &arguments[..]
        && flag == "--bare"
    {
        let opened = lib_header_from_path(Path::new(library)).is_ok();
        std::io::stdout().write_all(&[u8::from(opened)]).unwrap();
        return;
    }
    let runs = arguments.get(1).map_or(200, |runs| runs.parse().expect("a number of runs"));
    let library = std::env::current_exe().unwrap().ancestors().nth(2).unwrap().join("libcompanion_method.so");
    assert!(library.exists(), "build it first: cargo build --release -p resetkit-method-companion-export");
    let shop = tempfile::tempdir().unwrap();
    let installed = install(shop.path(), &library);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (mut bare, mut ready) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        bare.push(time_bare(&library));
        ready.push(runtime.block_on(time_ready(&installed)));
    }
    let (bare, ready) = (median(bare), median(ready));
    println!("library                        {:>9} octets", std::fs::metadata(&library).unwrap().len());
    println!("bare re-exec + dlopen by path  {bare:>9.1?}");
    println!("verified, sandboxed, ready     {ready:>9.1?}");
    println!(
        "ratio                          {:>9.2}  (medians of {runs}, in turns)",
        ready.as_secs_f64() / bare.as_secs_f64()
    );
}

fn time_bare(library: &Path) -> Duration {
    let begun = Instant::now();
    let mut child = Command::new("/proc/self/exe")
        .arg("--bare")
        .arg(library)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut word = [0];
    child.stdout.take().unwrap().read_exact(&mut word).unwrap();
    let took = begun.elapsed();
    assert_eq!(word, [1], "the library opens");
    child.wait().unwrap();
    took
}

async fn time_ready(installed: &Installed) -> Duration {
    let begun = Instant::now();
    let worker = Worker::start(installed, &WorkerOptions::default()).await.unwrap();
    let took = begun.elapsed();
    worker.stop().await;
    took
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn install(shop: &Path, library: &Path) -> Installed {
    let keys = KeyPair::generate_unencrypted_keypair().unwrap();
    let folder = shop.join("companion");
    std::fs::create_dir(&folder).unwrap();
    let octets = std::fs::read(library).unwrap();
    let hash: String = Sha256::digest(&octets).iter().map(|octet| format!("{octet:02x}")).collect();
    let manifest = format!("sha256 = \"{hash}\"\n{}", include_str!("../../../methods-dmss/method.toml"));
    let signature = minisign::sign(None, &keys.sk, manifest.as_bytes(), None, None).unwrap().into_string();
    std::fs::write(folder.join("libcompanion_method.so"), octets).unwrap();
    std::fs::write(folder.join("method.toml"), manifest).unwrap();
    std::fs::write(folder.join("method.toml.minisig"), signature).unwrap();
    open_bundle(&folder, &TrustedKeys::parse(&[keys.pk.to_base64()]).unwrap()).unwrap()
}
