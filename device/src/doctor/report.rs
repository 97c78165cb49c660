//! What the doctor says, in the owner's language, and as a program reads it.

use resetkit_config::{DeviceConfig, Registry, Texts};
use resetkit_core::{CaseCode, ClockState, CodeStyle, FailureKind};
use serde::Serialize;

use super::{Finding, Patient};
use crate::readiness::Light;

/// The whole report.
#[derive(Debug, Serialize)]
pub(crate) struct ReportOf {
    /// The worst of all lights.
    pub(crate) light: &'static str,
    pub(crate) title: String,
    /// For support: what an agent types in.
    pub(crate) case_code: String,
    pub(crate) checks: Vec<CheckOf>,
}

/// One check.
#[derive(Debug, Serialize)]
pub(crate) struct CheckOf {
    pub(crate) check: &'static str,
    pub(crate) name: String,
    pub(crate) outcome: &'static str,
    /// None where it does not concern this device.
    pub(crate) light: Option<&'static str>,
    pub(crate) code: Option<&'static str>,
    pub(crate) text: String,
    pub(crate) next_step: Option<String>,
}

/// Puts it into words.
pub(crate) fn report(patient: &Patient, findings: &[Finding], texts: &Texts) -> ReportOf {
    let worst = findings.iter().filter_map(|finding| finding.light).max().unwrap_or(Light::Green);
    ReportOf {
        light: worst.as_str(),
        title: texts.get(&format!("doctor-{}", worst.as_str()), &[]),
        case_code: case_code(patient, findings, texts),
        checks: findings.iter().map(|finding| one(finding, texts)).collect(),
    }
}

fn one(finding: &Finding, texts: &Texts) -> CheckOf {
    let (check, word) = (finding.check.as_str(), finding.word);
    let general = format!("doctor-any-{word}");
    let own = format!("doctor-{check}-{word}");
    let text = texts.find(&own, &[]).unwrap_or_else(|| texts.get(&general, &[]));
    let next = texts.find(&format!("{own}-next"), &[]);
    CheckOf {
        check,
        name: texts.get(&format!("doctor-{check}"), &[]),
        outcome: word,
        light: finding.light.map(Light::as_str),
        code: finding.failure.map(FailureKind::code),
        text,
        next_step: next.or_else(|| finding.failure.map(|kind| texts.get(kind.rec_id(), &[]))),
    }
}

/// The first thing that is wrong, in the form that `resetkit case` reads.
fn case_code(patient: &Patient, findings: &[Finding], texts: &Texts) -> String {
    let worst = findings.iter().filter(|finding| finding.failure.is_some()).max_by_key(|finding| finding.light);
    let config: &DeviceConfig = &patient.ground.config;
    let (registry, model) = (Registry::builtin(), config.profile.model.as_str());
    let trusted = patient.facts.has(resetkit_core::Fact::ClockTrusted);
    let clock = match (patient.clock_set, trusted) {
        (false, _) => ClockState::NeverSet,
        (true, true) => ClockState::Trusted,
        (true, false) => ClockState::Untrusted,
    };
    let code = CaseCode {
        brand: registry.brand(config.brand.id.as_str()).unwrap_or(0),
        model: registry.model(model).unwrap_or(0),
        firmware: registry.firmware(model, &config.site.firmware).unwrap_or(0),
        method: 0,
        failure: worst.and_then(|finding| finding.failure).map_or(0, FailureKind::case_number),
        clock,
        tries: 0,
        readiness: CaseCode::readiness_of(&patient.facts),
    };
    let digits = texts.get("device-case-style", &[]) == "digits";
    code.encode(if digits { CodeStyle::Digits } else { CodeStyle::Letters })
}
