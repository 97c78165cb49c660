//! The same for a machine that watches many devices: Prometheus text (exposition format 0.0.4). No address, no name of an
//! owner, nothing typed.

use std::fmt::Write as _;

use super::{Light, Readiness};

/// What is counted beside the ways.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Resets that succeeded.
    pub resets: u32,
    /// Notices that no mail server has taken yet.
    pub notices_waiting: usize,
    /// Clients that still have the old password.
    pub clients_waiting: usize,
    /// Log-ins refused since the start; those of forgiven clients are not among them.
    pub logins_refused: u64,
    /// Log-ins with the old password by a client of the list in its quiet window, since the start.
    pub logins_forgiven: u64,
    /// The storage took the last write.
    pub storage: bool,
    /// A reset that nobody has acknowledged.
    pub banner: bool,
}

/// The whole text.
#[must_use]
pub fn metrics(readiness: &Readiness, counts: Counts) -> String {
    let mut text = String::new();
    let out = &mut text;
    head(out, "resetkit_readiness", "gauge", "Readiness of recovery: 0 green, 1 amber, 2 red.");
    line(out, "resetkit_readiness", "", value(readiness.light));
    head(out, "resetkit_way_readiness", "gauge", "Readiness of each way: 0 green, 1 amber, 2 red.");
    for ready in &readiness.ways {
        let code = ready.reason.failure().map_or("", resetkit_core::FailureKind::code);
        let labels = format!("{{way=\"{}\",reason=\"{}\",code=\"{code}\"}}", ready.way.method, ready.reason.as_str());
        line(out, "resetkit_way_readiness", &labels, value(ready.reason.light()));
    }
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    for (name, kind, help, count) in [
        ("resetkit_resets_total", "counter", "Passwords set by recovery.", u64::from(counts.resets)),
        ("resetkit_logins_refused_total", "counter", "Log-ins refused since the start.", counts.logins_refused),
        (
            "resetkit_logins_forgiven_total",
            "counter",
            "Log-ins of listed clients with the old password, since the start.",
            counts.logins_forgiven,
        ),
        ("resetkit_notices_waiting", "gauge", "Notices that are not mailed yet.", number(counts.notices_waiting)),
        ("resetkit_clients_waiting", "gauge", "Clients with the old password.", number(counts.clients_waiting)),
        ("resetkit_reset_unacknowledged", "gauge", "A reset that nobody has acknowledged.", counts.banner.into()),
        ("resetkit_storage_writable", "gauge", "The last write worked.", counts.storage.into()),
    ] {
        head(out, name, kind, help);
        line(out, name, "", count);
    }
    text
}

fn value(light: Light) -> u64 {
    match light {
        Light::Green => 0,
        Light::Amber => 1,
        Light::Red => 2,
    }
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    // A string takes everything.
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn line(out: &mut String, name: &str, labels: &str, value: u64) {
    let _ = writeln!(out, "{name}{labels} {value}");
}
