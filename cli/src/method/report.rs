//! What `resetkit method check` found, for people and as JSON (format 1; fields are only ever added).

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use resetkit_core::ManifestGrant;
use resetkit_host::{CONTRACT_MAJOR, CONTRACT_MINOR, HostFailure, HostFailureKind, ManifestText};
use resetkit_testkit::{Check, Finding, Report, Verdict};
use serde_json::{Value, json};

use crate::failure::Failure;

/// Everything that is reported.
pub(super) struct Judged<'a> {
    pub(super) manifest: &'a ManifestText,
    /// SHA-256 of the manifest's file: all that a signature binds.
    pub(super) manifest_sha256: String,
    /// SHA-256 of the library that was run.
    pub(super) sha256: String,
    pub(super) library: &'a Path,
    /// Whether a device would believe the bundle's own signature, if that was asked.
    pub(super) signature: Option<&'a Result<(), HostFailure>>,
    /// The suite's report, or why it could not begin.
    pub(super) outcome: &'a Result<Report, String>,
    /// Each locale file of the method and the texts that are missing from it.
    pub(super) locales: Vec<Locale>,
}

/// A locale file and what it lacks.
pub(super) struct Locale {
    file: String,
    missing: Vec<String>,
}

/// Looks for `locales/*.ftl` beside the manifest; what was used, and the name for the chooser, must be in each.
pub(super) fn locales(folder: &Path, report: &Report, manifest: &ManifestText) -> Vec<Locale> {
    let mut wanted: BTreeSet<String> = report.texts.clone();
    wanted.insert(format!("{}-name", manifest.manifest.id));
    let entries = std::fs::read_dir(folder.join("locales")).into_iter().flatten().flatten();
    let mut files: Vec<_> =
        entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|it| it == "ftl")).collect();
    files.sort();
    files
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).unwrap_or_default();
            let written: BTreeSet<_> =
                text.lines().filter_map(|line| line.split_once('=')).map(|(id, _)| id.trim()).collect();
            let missing = wanted.iter().filter(|id| !written.contains(id.as_str())).cloned().collect();
            Locale {
                file: path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
                missing,
            }
        })
        .collect()
}

impl Judged<'_> {
    /// Whether everything that was looked at held.
    pub(super) fn conforms(&self) -> bool {
        self.outcome.as_ref().is_ok_and(Report::conforms)
            && self.signature.is_none_or(Result::is_ok)
            && self.locales.iter().all(|locale| locale.missing.is_empty())
    }

    /// Whether nothing was run, since this machine has not the sandbox that was asked for.
    pub(super) fn without_sandbox(&self) -> bool {
        let starts = self.outcome.as_ref().map(|report| report.verdict(Check::Starts));
        matches!(starts, Ok(Verdict::Failed(why)) if why.starts_with(HostFailureKind::NoSandbox.as_str()))
    }
}

/// For people.
pub(super) fn people(judged: &Judged<'_>) -> String {
    let manifest = &judged.manifest.manifest;
    let mut text = format!(
        "method        {} {}, contract {}\nlibrary       {}\n              sha256 {}\ngrants        {}\nproves        {}, loses {}\n\n",
        manifest.id,
        manifest.version,
        judged.manifest.contract,
        judged.library.display(),
        judged.sha256,
        grants(judged.manifest).join(", "),
        manifest.proof.as_str(),
        manifest.loses.as_str(),
    );
    match judged.outcome {
        Ok(report) => findings(&mut text, judged.manifest, report),
        Err(why) => drop(writeln!(text, "FAILED        bundle: {why}")),
    }
    match judged.signature {
        None => {}
        Some(Ok(())) => text.push_str("ok            signature: a device with this key believes the bundle\n"),
        Some(Err(failure)) => drop(writeln!(text, "FAILED        signature: {failure}")),
    }
    for locale in &judged.locales {
        let _ = if locale.missing.is_empty() {
            writeln!(text, "ok            locales/{}", locale.file)
        } else {
            writeln!(text, "FAILED        locales/{}: without {}", locale.file, locale.missing.join(", "))
        };
    }
    text.push_str(if judged.conforms() { "\nIt conforms.\n" } else { "\nIt does not conform.\n" });
    text
}

fn findings(text: &mut String, manifest: &ManifestText, report: &Report) {
    for Finding { check, verdict } in report.findings() {
        let name = check.as_str();
        let _ = match verdict {
            Verdict::Passed => writeln!(text, "ok            {name}: {}", check.says()),
            Verdict::Failed(why) => writeln!(text, "FAILED        {name}: {why}"),
            Verdict::DoesNotApply => writeln!(text, "no such door  {name}"),
            Verdict::NotReached => writeln!(text, "not reached   {name}"),
        };
    }
    let times = manifest.times;
    let _ = writeln!(
        text,
        "\nstart         {:.1?} of {:.1?} promised\nanswer        {:.1?} at most, of {:.1?} promised\nmemory        {} KiB at most, of {} allowed\ntexts         {}",
        report.slowest_start,
        times.ready,
        report.slowest_answer,
        times.advance,
        report.peak_memory_kib,
        manifest.manifest.memory_kib,
        report.texts.len(),
    );
    let started = !matches!(report.verdict(Check::Starts), Verdict::Failed(_));
    let _ = if !started {
        writeln!(text, "sandbox       not known: nothing was started\n")
    } else if report.sandbox_gaps.is_empty() {
        writeln!(text, "sandbox       whole\n")
    } else {
        writeln!(text, "sandbox       degraded on this machine: {}\n", report.sandbox_gaps.join("; "))
    };
}

fn grants(manifest: &ManifestText) -> Vec<String> {
    let name = |grant: &ManifestGrant| match grant {
        ManifestGrant::Seal => "seal".to_owned(),
        ManifestGrant::MaskedAddress => "masked-address".to_owned(),
        ManifestGrant::RelayAddress => "relay-address".to_owned(),
        ManifestGrant::BrandWords => "brand-words".to_owned(),
        ManifestGrant::DeliverCode => "deliver-code".to_owned(),
        ManifestGrant::Attest => "attest".to_owned(),
        ManifestGrant::Button => "button".to_owned(),
        ManifestGrant::KeptCodes => "kept-codes".to_owned(),
        ManifestGrant::Connect(setting) => format!("connect {setting}"),
    };
    manifest.manifest.grants.iter().map(name).collect()
}

/// As JSON.
pub(super) fn json(judged: &Judged<'_>) -> Result<String, Failure> {
    let manifest = &judged.manifest.manifest;
    let value = json!({
        "report": "resetkit method check",
        "format": 1,
        "conforms": judged.conforms(),
        "method": {
            "id": manifest.id.as_str(),
            "version": manifest.version,
            "contract": judged.manifest.contract,
            "sha256": judged.sha256,
            "manifest_sha256": judged.manifest_sha256,
            "grants": grants(judged.manifest),
            "proof": manifest.proof.as_str(),
            "loses": manifest.loses.as_str(),
        },
        "host": {
            "resetkit": env!("CARGO_PKG_VERSION"),
            "contract": format!("{CONTRACT_MAJOR}.{CONTRACT_MINOR}"),
            "machine": std::env::consts::ARCH,
        },
        "signature": judged.signature.map(|signature| match signature {
            Ok(()) => "believed".to_owned(),
            Err(failure) => failure.to_string(),
        }),
        "locales": judged.locales.iter().map(|it| json!({ "file": it.file, "missing": it.missing })).collect::<Vec<_>>(),
        "bundle": judged.outcome.as_ref().err(),
        "suite": judged.outcome.as_ref().ok().map(|report| suite(report, judged.manifest)),
    });
    serde_json::to_string_pretty(&value).map_err(|error| Failure::new(error.to_string(), ""))
}

fn suite(report: &Report, manifest: &ManifestText) -> Value {
    let checks: Vec<_> = report
        .findings()
        .map(|Finding { check, verdict }| {
            let (said, why) = match verdict {
                Verdict::Passed => ("passed", None),
                Verdict::Failed(why) => ("failed", Some(why)),
                Verdict::DoesNotApply => ("does-not-apply", None),
                Verdict::NotReached => ("not-reached", None),
            };
            json!({ "check": check.as_str(), "verdict": said, "why": why })
        })
        .collect();
    json!({
        "checks": checks,
        "start_ms": report.slowest_start.as_millis(),
        "ready_ms": manifest.times.ready.as_millis(),
        "slowest_answer_ms": report.slowest_answer.as_millis(),
        "advance_ms": manifest.times.advance.as_millis(),
        "peak_memory_kib": report.peak_memory_kib,
        "memory_kib": manifest.manifest.memory_kib,
        "texts": report.texts,
        "sandbox_gaps": report.sandbox_gaps,
    })
}
