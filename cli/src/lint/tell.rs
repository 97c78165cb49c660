//! What a survey came to, for people and for programs.

use std::fmt::Write as _;
use std::time::Duration;

use resetkit_lint::{Check, Exception, Fault, FaultSet, Finding, Report, Severity, StepTable, Subject, Words};
use serde_json::{Value, json};

/// One subject, for people.
pub(crate) fn report(subject: &Subject, report: &Report, words: &Words, took: Duration) -> String {
    let title = words.text(
        "lint-title",
        &[
            ("device", (&subject.profile.model).into()),
            ("policy", (&subject.policy.name).into()),
            ("brand", subject.brand.id.as_str().into()),
        ],
    );
    let mut out = format!("{title}\n");
    for finding in report.findings.iter().filter(|finding| finding.accepted.is_none()) {
        tell(&mut out, finding, words);
    }
    accepted(&mut out, report, words);
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let totals = report.totals;
    let summary = words.text(
        "lint-summary",
        &[
            ("states", count(totals.states).into()),
            ("transitions", count(totals.transitions).into()),
            ("sets", count(totals.fact_sets).into()),
            ("walks", count(totals.walks).into()),
        ],
    );
    let errors = report.findings.iter().filter(|finding| finding.is_error()).count();
    let verdict = if errors == 0 {
        words.text("lint-holds", &[("checks", count(Check::ALL.len()).into())])
    } else {
        words.text("lint-holds-not", &[("errors", count(errors).into())])
    };
    let _ = writeln!(out, "  {summary}, {:.1} s\n  {verdict}\n", took.as_secs_f32());
    out
}

fn tell(out: &mut String, finding: &Finding, words: &Words) {
    let mark = match finding.check.severity() {
        Severity::Error => "✘",
        Severity::Warning => "!",
    };
    let _ = writeln!(out, "  {mark} {}  {}", finding.check.id(), words.check(finding));
    if !finding.what.is_empty() {
        let what = words.known(&finding.what);
        let _ = writeln!(out, "          {}", words.text("lint-found", &[("what", (&what).into())]));
    }
    if !finding.place.is_empty() {
        let place = words.place(&finding.place);
        let _ = writeln!(out, "          {}", words.text("lint-where", &[("place", (&place).into())]));
    }
    if !finding.path.is_empty() {
        let _ = writeln!(out, "          {}", words.text("lint-path", &[]));
        for (at, step) in finding.path.iter().enumerate() {
            let _ = writeln!(out, "          {:>4}. {}", at + 1, words.step(step));
        }
    }
    let remedy = words.remedy(finding);
    let _ = writeln!(out, "          {}", words.text("lint-do", &[("remedy", (&remedy).into())]));
}

/// Exceptions that were needed: each reason once.
fn accepted(out: &mut String, report: &Report, words: &Words) {
    let mut reasons: Vec<&String> = report.findings.iter().filter_map(|finding| finding.accepted.as_ref()).collect();
    reasons.sort();
    reasons.dedup();
    for reason in reasons {
        let _ = writeln!(out, "  · {}", words.text("lint-accepted", &[("reason", reason.into())]));
    }
}

/// One subject, for programs. The words are stable names.
pub(crate) fn json(subject: &Subject, report: &Report) -> Value {
    let findings: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            let path: Vec<String> = finding.path.iter().map(|step| format!("{step:?}")).collect();
            let severity = match finding.check.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            json!({
                "check": finding.check.id(),
                "severity": severity,
                "what": finding.what,
                "place": finding.place,
                "path": path,
                "accepted": finding.accepted,
            })
        })
        .collect();
    json!({
        "device": subject.profile.model,
        "policy": subject.policy.name,
        "brand": subject.brand.id.as_str(),
        "holds": report.holds(),
        "findings": findings,
        "fact_sets": report.totals.fact_sets,
        "walks": report.totals.walks,
        "states": report.totals.states,
        "transitions": report.totals.transitions,
    })
}

/// The table of steps: a line a thing that may be broken, a column a model.
pub(crate) fn steps(policy: &str, tables: &[(StepTable, Subject)], words: &Words) -> String {
    let mut out = format!("{}\n\n", words.text("lint-steps-title", &[("policy", policy.into())]));
    let faults: Vec<Option<Fault>> = core::iter::once(None).chain(Fault::ALL.into_iter().map(Some)).collect();
    let first = faults.iter().map(|fault| words.fault(*fault).chars().count()).max().unwrap_or(0);
    let width = tables.iter().map(|(table, _)| table.model.len()).max().unwrap_or(0).max(7);
    let _ = write!(out, "{:first$}", words.text("lint-steps-broken", &[]));
    for (table, _) in tables {
        let _ = write!(out, "  {:>width$}", table.model);
    }
    out.push('\n');
    for fault in faults {
        let _ = write!(out, "{:first$}", words.fault(fault));
        for (table, subject) in tables {
            let _ = write!(out, "  {:>width$}", cell(table, subject, fault, words));
        }
        out.push('\n');
    }
    let _ = writeln!(out, "\n{}", words.text("lint-steps-legend", &[]));
    out
}

fn cell(table: &StepTable, subject: &Subject, fault: Option<Fault>, words: &Words) -> String {
    let Some((_, way)) = table.rows.iter().find(|(row, _)| *row == fault) else {
        return words.text("lint-steps-not-there", &[]);
    };
    match way {
        Some(way) => {
            let letter = way.method.chars().next().unwrap_or('?');
            format!("{} {letter}{}", way.steps, if way.loses_more { "!" } else { "" })
        }
        None if accepts(subject, fault) => words.text("lint-steps-support", &[]),
        None => words.text("lint-steps-stuck", &[]),
    }
}

/// Whether the profile's author accepts that there is no way then, and a support contact is there to be shown.
fn accepts(subject: &Subject, fault: Option<Fault>) -> bool {
    let of = |exception: &Exception| {
        fault.is_some_and(|fault| exception.set() == Some(FaultSet::of(&[fault])))
            && exception.allows == resetkit_lint::Allowed::NoWay
    };
    subject.has_support() && subject.exceptions.iter().any(of)
}

/// Whether some line of the table is stuck.
pub(crate) fn is_stuck(table: &StepTable, subject: &Subject) -> bool {
    table.rows.iter().any(|(fault, way)| way.is_none() && !accepts(subject, *fault))
}

/// The table for programs.
pub(crate) fn steps_json(tables: &[(StepTable, Subject)]) -> Value {
    let all = tables.iter().map(|(table, subject)| {
        let rows = table.rows.iter().map(|(fault, way)| {
            json!({
                "broken": fault.map(Fault::as_str),
                "steps": way.as_ref().map(|way| way.steps),
                "method": way.as_ref().map(|way| way.method.clone()),
                "lane": way.as_ref().map(|way| way.lane.as_str()),
                "loses_more": way.as_ref().is_some_and(|way| way.loses_more),
                "accepted": way.is_none() && accepts(subject, *fault),
            })
        });
        json!({ "device": table.model, "policy": subject.policy.name, "rows": rows.collect::<Vec<_>>() })
    });
    Value::Array(all.collect())
}
