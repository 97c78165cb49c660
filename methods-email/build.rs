//! Tells the method when it was built: no certificate that had expired by then is ever believed (R68).
#![allow(clippy::print_stdout, reason = "that is how a build script talks to cargo")]
#![allow(clippy::disallowed_methods, reason = "that is how cargo talks to a build script")]

/// 2026-11-24, in seconds since 1970: no build is older. A release sets `SOURCE_DATE_EPOCH` to its commit's date, as
/// reproducible builds do; the machine's own clock has no say.
const FLOOR: u64 = 1_795_478_400;

fn main() {
    println!("cargo::rerun-if-env-changed=SOURCE_DATE_EPOCH");
    println!("cargo::rerun-if-changed=build.rs");
    let stated = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse::<u64>().ok());
    println!("cargo::rustc-env=RESETKIT_BUILT={}", stated.unwrap_or(FLOOR).max(FLOOR));
}
