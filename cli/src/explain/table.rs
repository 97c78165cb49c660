//! The account as a table for people.

use std::fmt::Write as _;

use resetkit_config::explain::{Explained, ExplainedWay};
use resetkit_config::{Arg, Texts};
use resetkit_core::{Fact, ProofKind, ProofKinds};

use super::Subject;

/// Width that texts are wrapped at.
const WIDTH: usize = 100;

/// What the offered ways can prove together.
pub(super) fn offered_kinds(explained: &Explained) -> ProofKinds {
    explained.ways.iter().filter(|way| way.why_not.is_none()).filter_map(|way| way.proof).collect()
}

/// One model in full.
pub(super) fn one(subject: &Subject, explained: &Explained, texts: &Texts) -> String {
    let mut out = format!("{}\n", title(subject, texts));
    for quirk in &subject.profile.quirks {
        let args = [("models", Arg::Text(&quirk.models)), ("reason", Arg::Text(&quirk.reason))];
        wrapped(&mut out, "  ", &texts.get("explain-quirk", &args));
    }
    wrapped(&mut out, "  ", &format!("{}: {}", texts.get("explain-facts", &[]), facts(subject, texts)));
    wrapped(&mut out, "  ", &format!("{}: {}", texts.get("explain-rule", &[]), rule(subject, texts)));
    out.push('\n');
    out.push_str(&grid(&rows(explained, texts)));
    out.push('\n');
    for way in &explained.ways {
        details(&mut out, way, texts);
    }
    wrapped(&mut out, "", &summary(subject, explained, texts));
    wrapped(&mut out, "", &texts.get("explain-facts-hint", &[("fact", Arg::Text(example(subject)))]));
    out
}

/// Every model in a line, every method in a column.
pub(super) fn all(told: &[(Subject, Explained)], texts: &Texts) -> String {
    let mut methods: Vec<&str> =
        told.iter().flat_map(|(_, explained)| &explained.ways).map(|way| way.method.as_str()).collect();
    methods.sort_unstable();
    methods.dedup();
    let mut rows = vec![std::iter::once(String::new()).chain(methods.iter().map(|id| (*id).to_owned())).collect()];
    for (subject, explained) in told {
        let cell = |id: &&str| explained.ways.iter().find(|way| way.method == **id).map_or_else(String::new, short);
        let mut row: Vec<String> = vec![subject.profile.model.clone()];
        row.extend(methods.iter().map(cell));
        if !subject.policy.proofs.rule().can_be_met(offered_kinds(explained)) {
            row.push(texts.get("explain-not-enough", &[]));
        }
        rows.push(row);
    }
    grid(&rows)
}

fn short(way: &ExplainedWay) -> String {
    match &way.why_not {
        Some(why) => format!("✘ {}", why.code),
        None => "✔".to_owned(),
    }
}

fn title(subject: &Subject, texts: &Texts) -> String {
    let model = format!("{} ({})", subject.profile.display_name, subject.profile.model);
    let lane = texts.get(&format!("explain-lane-{}", subject.lane.as_str()), &[]);
    texts.get(
        "explain-title",
        &[
            ("model", Arg::Text(&model)),
            ("lane", Arg::Text(&lane)),
            ("policy", Arg::Text(&subject.policy.name)),
            ("brand", Arg::Text(&subject.brand.name)),
        ],
    )
}

fn facts(subject: &Subject, texts: &Texts) -> String {
    let word = |fact: &Fact| {
        let holds = if subject.facts.has(*fact) { "explain-yes" } else { "explain-no" };
        format!("{}={}", fact.as_str(), texts.get(holds, &[]))
    };
    Fact::ALL.iter().map(word).collect::<Vec<_>>().join(" ")
}

/// A fact whose change would be worth a look on this model.
fn example(subject: &Subject) -> &'static str {
    let telling = [Fact::EmailOnFile, Fact::NetworkUp, Fact::StorageWritable];
    telling.into_iter().find(|fact| subject.facts.has(*fact)).unwrap_or(Fact::RecoveryCodes).as_str()
}

/// The proofs of the policy in words.
fn rule(subject: &Subject, texts: &Texts) -> String {
    let rule = subject.policy.proofs.rule();
    let named = |kinds: ProofKinds| {
        let word = |kind: ProofKind| texts.get(&format!("explain-kind-{}", kind.as_str()), &[]);
        kinds.iter().map(word).collect::<Vec<_>>().join(", ")
    };
    let (required, optional) = (named(rule.required), named(rule.optional));
    let all = texts.get("explain-rule-required", &[("kinds", Arg::Text(&required))]);
    let some = texts
        .get("explain-rule-optional", &[("kinds", Arg::Text(&optional)), ("count", Arg::Number(rule.at_least.into()))]);
    let kinds = match (rule.required.is_empty(), rule.at_least) {
        (false, 0) => all,
        (true, _) => some,
        (false, 1..) => texts.get("explain-rule-and", &[("first", Arg::Text(&all)), ("second", Arg::Text(&some))]),
    };
    let count = match rule.wanted() {
        1 => texts.get("explain-rule-one", &[]),
        more => texts.get("explain-rule-two", &[("count", Arg::Number(more.into()))]),
    };
    let strength = texts.get(&format!("explain-strength-{}", rule.least_strength.as_str()), &[]);
    let strength = texts.get("explain-rule-strength", &[("strength", Arg::Text(&strength))]);
    if rule.least_strength == resetkit_core::Strength::Low {
        format!("{kinds}. {count}")
    } else {
        format!("{kinds}; {strength}. {count}")
    }
}

fn rows(explained: &Explained, texts: &Texts) -> Vec<Vec<String>> {
    let say = |id: &str| texts.get(id, &[]);
    let head = ["way", "offered", "reason", "fix", "loss", "proof"];
    let mut rows = vec![head.iter().map(|column| say(&format!("explain-column-{column}"))).collect::<Vec<_>>()];
    for way in &explained.ways {
        let why = way.why_not.as_ref();
        let proof = way
            .proof
            .map_or_else(|| say("explain-unknown"), |_| format!("{} ({})", way.proof_label, way.strength_label));
        rows.push(vec![
            way.name.clone(),
            if why.is_none() { format!("✔ {}", say("explain-yes")) } else { format!("✘ {}", say("explain-no")) },
            why.map_or_else(String::new, |why| format!("{} {}", why.code, why.name)),
            why.map_or_else(String::new, |why| say(&format!("explain-fix-{}", why.fixable.as_str()))),
            way.loss.map_or_else(|| say("explain-unknown"), |loss| say(&format!("explain-loss-{}", loss.as_str()))),
            proof,
        ]);
    }
    rows
}

/// What owner and agent are told of a way.
fn details(out: &mut String, way: &ExplainedWay, texts: &Texts) {
    let sign = if way.why_not.is_none() { '✔' } else { '✘' };
    writeln!(out, "{sign} {}  [{}]", way.name, way.method).expect("a string takes everything");
    let requires =
        way.requires.iter().map(|(fact, holds)| format!("{}{}", if *holds { "" } else { "✘ " }, fact.as_str()));
    let requires: Vec<_> = requires.collect();
    let lines = [
        ("explain-owner", way.owner.as_str()),
        ("explain-agent", way.agent.as_str()),
        ("explain-requires", &requires.join(", ")),
    ];
    for (label, text) in lines.into_iter().filter(|(_, text)| !text.is_empty()) {
        wrapped(out, "    ", &format!("{}: {text}", texts.get(label, &[])));
    }
    out.push('\n');
}

fn summary(subject: &Subject, explained: &Explained, texts: &Texts) -> String {
    let offered = explained.ways.iter().filter(|way| way.why_not.is_none()).count();
    let number = |count: usize| Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
    let counted = texts.get("explain-summary", &[("offered", number(offered)), ("all", number(explained.ways.len()))]);
    if offered == 0 {
        return format!("{counted} {}", texts.get("explain-nothing", &[]));
    }
    if subject.policy.proofs.rule().can_be_met(offered_kinds(explained)) {
        return counted;
    }
    format!("{counted} {}", texts.get("explain-not-enough", &[]))
}

/// Rows as columns of equal width; the first row is underlined.
fn grid(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<_> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().enumerate().map(|(column, cell)| {
            let width = widths.get(column).copied().unwrap_or(0);
            format!("{cell}{}", " ".repeat(width.saturating_sub(cell.chars().count())))
        });
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    let rule = format!("{}\n", widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>().join("  "));
    let mut lines = rows.iter().map(line);
    let head = lines.next().unwrap_or_default();
    format!("{head}{rule}{}", lines.collect::<String>())
}

/// A text in lines of [`WIDTH`], further ones indented by two more.
fn wrapped(out: &mut String, indent: &str, text: &str) {
    let mut line = indent.to_owned();
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            out.push_str(&line);
            out.push('\n');
            line = format!("{indent}  ");
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    out.push_str(&line);
    out.push('\n');
}
