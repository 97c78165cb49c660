//! The service units are tight (R86).

use std::path::Path;
use std::process::Command;

#[test]
fn r86_the_exposure_of_both_units_is_2_or_less() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for unit in ["relay/reset-relay.service", "device/resetd.service"] {
        let mut judge = Command::new("systemd-analyze");
        let judged = judge.args(["security", "--offline=true", "--no-pager"]).arg(root.join(unit)).output();
        let judged = judged.expect("systemd-analyze, of Debian's systemd; tests/run installs it");
        let said = String::from_utf8_lossy(&judged.stdout).into_owned();
        let last =
            said.lines().find(|line| line.contains("Overall exposure level")).unwrap_or_else(|| panic!("{said}"));
        let exposure: f32 = last.rsplit(": ").next().unwrap().split(' ').next().unwrap().parse().unwrap();
        println!("{unit}: {exposure}");
        assert!(exposure <= 2.0, "{unit}: {last}\n{said}");
        let warned = String::from_utf8_lossy(&judged.stderr).into_owned();
        assert!(!warned.contains("Unknown"), "{unit}: {warned}");
    }
}
