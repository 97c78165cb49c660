//! The account as a table for people.

use std::collections::{BTreeMap, BTreeSet};

use resetkit_config::explain::{Explained, ExplainedWay, WhyNot};
use resetkit_config::{Arg, Texts};
use resetkit_core::{Fact, ProofKind, ProofKinds};

use super::Subject;
use crate::layout::{labelled, table, wrapped};

/// What the offered ways can prove together.
pub(super) fn offered_kinds(explained: &Explained) -> ProofKinds {
    explained.ways.iter().filter(|way| way.why_not.is_none()).filter_map(|way| way.proof).collect()
}

/// One model in full.
pub(super) fn one(subject: &Subject, explained: &Explained, texts: &Texts) -> String {
    let mut out = wrapped("", &title(subject, texts));
    out.push('\n');
    for quirk in &subject.profile.quirks {
        let args = [("models", Arg::Text(&quirk.models)), ("reason", Arg::Text(&quirk.reason))];
        out.push_str(&wrapped("  ", &texts.get("explain-quirk", &args)));
    }
    out.push_str(&labelled(2, 0, &assumed(subject, texts)));
    out.push('\n');
    out.push_str(&table(&rows(explained, texts)));
    out.push('\n');
    for way in &explained.ways {
        out.push_str(&details(way, texts));
        out.push('\n');
    }
    out.push_str(&wrapped("", &summary(subject, explained, texts)));
    out.push_str(&wrapped("", &texts.get("explain-facts-hint", &[("fact", Arg::Text(example(subject)))])));
    out
}

/// Every model in a line, every method in a column, and what the codes stand for.
pub(super) fn all(told: &[(Subject, Explained)], texts: &Texts) -> String {
    let ways = || told.iter().flat_map(|(_, explained)| &explained.ways);
    let methods: BTreeSet<_> = ways().map(|way| way.method.as_str()).collect();
    let mut rows = vec![std::iter::once(String::new()).chain(methods.iter().map(|id| (*id).to_owned())).collect()];
    let mut too_little = false;
    for (subject, explained) in told {
        let cell = |id: &&str| explained.ways.iter().find(|way| way.method == **id).map_or_else(String::new, short);
        let mut row: Vec<String> = vec![subject.profile.model.clone()];
        row.extend(methods.iter().map(cell));
        if !subject.policy.proofs.rule().can_be_met(offered_kinds(explained)) {
            row.push("!".to_owned());
            too_little = true;
        }
        rows.push(row);
    }
    let codes: BTreeMap<_, _> =
        ways().filter_map(|way| way.why_not.as_ref()).map(|why| (why.code.to_string(), why.happened.clone())).collect();
    let not_enough = too_little.then(|| ("!".to_owned(), texts.get("explain-not-enough", &[])));
    let legend: Vec<_> = codes.into_iter().chain(not_enough).collect();
    format!("{}\n{}", table(&rows), labelled(0, 0, &legend))
}

fn short(way: &ExplainedWay) -> String {
    match &way.why_not {
        Some(why) => format!("✘ {}", why.code),
        None => "✔".to_owned(),
    }
}

fn title(subject: &Subject, texts: &Texts) -> String {
    let model = format!("{} ({})", subject.profile.name_in(texts.language().as_str()), subject.profile.model);
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

/// What is assumed of the device, and what its policy wants.
fn assumed(subject: &Subject, texts: &Texts) -> Vec<(String, String)> {
    let facts = |holds: bool| {
        let named = Fact::ALL.iter().filter(|fact| subject.facts.has(**fact) == holds).map(|fact| fact.as_str());
        let word = texts.get(if holds { "explain-yes" } else { "explain-no" }, &[]);
        format!("{word}: {}", named.collect::<Vec<_>>().join(", "))
    };
    vec![
        (texts.get("explain-facts", &[]), facts(true)),
        (String::new(), facts(false)),
        (texts.get("explain-rule", &[]), rule(subject, texts)),
    ]
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

/// The ways at a glance.
fn rows(explained: &Explained, texts: &Texts) -> Vec<Vec<String>> {
    let say = |id: &str| texts.get(id, &[]);
    let head = ["way", "loss", "reason"].map(|column| say(&format!("explain-column-{column}")));
    let mut rows = vec![std::iter::once(String::new()).chain(head).collect::<Vec<_>>()];
    for way in &explained.ways {
        rows.push(vec![
            sign(way).to_string(),
            way.name.clone(),
            way.loss.map_or_else(|| say("explain-unknown"), |loss| say(&format!("explain-loss-{}", loss.as_str()))),
            way.why_not.as_ref().map_or_else(String::new, |why| why.code.to_string()),
        ]);
    }
    if explained.ways.iter().all(|way| way.why_not.is_none()) {
        rows.iter_mut().for_each(|row| row.truncate(3));
    }
    rows
}

fn sign(way: &ExplainedWay) -> char {
    if way.why_not.is_none() { '✔' } else { '✘' }
}

/// What there is to say of a way: what it proves, what stands in its way, and what owner and agent are told of it.
fn details(way: &ExplainedWay, texts: &Texts) -> String {
    let say = |id: &str| texts.get(id, &[]);
    let labels = ["explain-column-reason", "explain-column-fix", "explain-column-proof", "explain-owner"];
    let labels = [&labels[..], &["explain-agent", "explain-requires"]].concat();
    let why = |text: &dyn Fn(&WhyNot) -> String| way.why_not.as_ref().map_or_else(String::new, text);
    let requires: Vec<_> = way
        .requires
        .iter()
        .map(|(fact, holds)| format!("{}{}", if *holds { "" } else { "✘ " }, fact.as_str()))
        .collect();
    let told = [
        why(&|why| format!("{} {}", why.code, why.name)),
        why(&|why| say(&format!("explain-fix-{}", why.fixable.as_str()))),
        way.proof.map_or_else(String::new, |_| format!("{} ({})", way.proof_label, way.strength_label)),
        way.owner.clone(),
        way.agent.clone(),
        requires.join(", "),
    ];
    let rows: Vec<_> = labels.iter().map(|label| say(label)).zip(told).collect();
    let widest = rows.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
    let rows: Vec<_> = rows.into_iter().filter(|(_, text)| !text.is_empty()).collect();
    format!("{} {}  [{}]\n{}", sign(way), way.name, way.method, labelled(4, widest, &rows))
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
