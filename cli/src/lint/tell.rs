//! What a survey came to, for people and for programs.

use std::time::Duration;

use resetkit_lint::{Check, Exception, Fault, FaultSet, Finding, Report, Severity, StepTable, Subject, Words};
use serde_json::{Value, json};

use crate::layout::{self, wrapped};

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
    out += &wrapped("  ", &format!("{summary}, {:.1} s", took.as_secs_f32()));
    out += &wrapped("  ", &verdict);
    out + "\n"
}

/// Where the particulars of a finding begin.
const INDENT: &str = "          ";

fn tell(out: &mut String, finding: &Finding, words: &Words) {
    let mark = match finding.check.severity() {
        Severity::Error => "✘",
        Severity::Warning => "!",
    };
    *out += &wrapped(&format!("  {mark} {}  ", finding.check.id()), &words.check(finding));
    if !finding.what.is_empty() {
        let what = words.known(&finding.what);
        *out += &particular(&words.text("lint-found", &[("what", (&what).into())]));
    }
    if !finding.place.is_empty() {
        let place = words.place(&finding.place);
        *out += &particular(&words.text("lint-where", &[("place", (&place).into())]));
    }
    if !finding.path.is_empty() {
        *out += &particular(&words.text("lint-path", &[]));
        for (at, step) in (1..).zip(&finding.path) {
            *out += &wrapped(&format!("{INDENT}{at:>4}. "), &words.step(step));
        }
    }
    let remedy = words.remedy(finding);
    *out += &particular(&words.text("lint-do", &[("remedy", (&remedy).into())]));
}

/// "do: …", further lines below the text and not below its label.
fn particular(text: &str) -> String {
    match text.split_once(": ") {
        Some((label, text)) => wrapped(&format!("{INDENT}{label}: "), text),
        None => wrapped(INDENT, text),
    }
}

/// Exceptions that were needed: each reason once.
fn accepted(out: &mut String, report: &Report, words: &Words) {
    let mut reasons: Vec<&String> = report.findings.iter().filter_map(|finding| finding.accepted.as_ref()).collect();
    reasons.sort();
    reasons.dedup();
    for reason in reasons {
        *out += &wrapped("  · ", &words.text("lint-accepted", &[("reason", reason.into())]));
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

/// The table of steps: a line a thing that may be broken, a column a model; the models that have no room go on in a further table.
pub(crate) fn steps(policy: &str, tables: &[(StepTable, Subject)], words: &Words) -> String {
    let mut out = wrapped("", &words.text("lint-steps-title", &[("policy", policy.into())]));
    let faults: Vec<Option<Fault>> = core::iter::once(None).chain(Fault::ALL.into_iter().map(Some)).collect();
    let head = std::iter::once(words.text("lint-steps-broken", &[]));
    let first: Vec<String> = head.chain(faults.iter().map(|fault| words.fault(*fault))).collect();
    let columns = tables.iter().map(|(table, subject)| {
        let cells = faults.iter().map(|fault| cell(table, subject, *fault, words));
        std::iter::once(table.model.clone()).chain(cells).collect::<Vec<_>>()
    });
    for page in pages(&first, columns.collect()) {
        let rows: Vec<Vec<String>> =
            (0..first.len()).map(|row| page.iter().map(|column| column[row].clone()).collect()).collect();
        out += &format!("\n{}", layout::table(&rows));
    }
    out + "\n" + &wrapped("", &words.text("lint-steps-legend", &[]))
}

/// Columns as they fit beside the first one, which stands on every page.
fn pages(first: &[String], columns: Vec<Vec<String>>) -> Vec<Vec<Vec<String>>> {
    let mut pages: Vec<Vec<Vec<String>>> = vec![vec![first.to_vec()]];
    for column in columns {
        let page = pages.last_mut().expect("there is always one");
        if page.len() > 1 && layout::natural_width(page.iter().chain([&column])) > layout::WIDTH {
            pages.push(vec![first.to_vec(), column]);
        } else {
            page.push(column);
        }
    }
    pages
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
