//! The account for programs. Stable: keys are added, never renamed or removed (docs/profiles.md).

use resetkit_config::Texts;
use resetkit_config::explain::{Explained, ExplainedWay};
use resetkit_core::{Fact, ProofKinds, Screen};
use serde_json::{Map, Value, json};

use super::Subject;

pub(super) fn document(told: &[(Subject, Explained)], texts: &Texts, all: bool) -> Value {
    let devices: Vec<_> = told.iter().map(|(subject, explained)| device(subject, explained, texts)).collect();
    match devices.as_slice() {
        [one] if !all => one.clone(),
        _ => json!({ "version": 1, "devices": devices }),
    }
}

fn device(subject: &Subject, explained: &Explained, texts: &Texts) -> Value {
    let facts: Map<_, _> =
        Fact::ALL.iter().map(|fact| (fact.as_str().to_owned(), json!(subject.facts.has(*fact)))).collect();
    let quirks = subject.profile.quirks.iter().map(|quirk| json!({ "models": quirk.models, "reason": quirk.reason }));
    let screen = subject.facts.screen().map(|screen| match screen {
        Screen::Pixels(size) => json!({ "width": size.width, "height": size.height }),
        Screen::Cells(size) => json!({ "columns": size.columns, "rows": size.rows }),
    });
    json!({
        "version": 1,
        "device": { "model": subject.profile.model, "name": subject.profile.display_name },
        "policy": subject.policy.name,
        "brand": subject.brand.id.as_str(),
        "lane": subject.lane.as_str(),
        "language": texts.language().as_str(),
        "facts": facts,
        "screen": screen,
        "quirks": quirks.collect::<Vec<_>>(),
        "proofs": proofs(subject, explained),
        "ways": explained.ways.iter().map(way).collect::<Vec<_>>(),
    })
}

fn proofs(subject: &Subject, explained: &Explained) -> Value {
    let rule = subject.policy.proofs.rule();
    let names = |kinds: ProofKinds| kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>();
    json!({
        "required": names(rule.required),
        "optional": names(rule.optional),
        "at_least": rule.at_least,
        "least_strength": rule.least_strength.as_str(),
        "wanted": rule.wanted(),
        "can_be_met": rule.can_be_met(super::table::offered_kinds(explained)),
    })
}

fn way(way: &ExplainedWay) -> Value {
    let why = way.why_not.as_ref();
    let requires: Map<_, _> =
        way.requires.iter().map(|(fact, holds)| (fact.as_str().to_owned(), json!(holds))).collect();
    json!({
        "method": way.method,
        "name": way.name,
        "offered": why.is_none(),
        "code": why.map(|why| why.code),
        "reason": why.map(|why| why.name),
        "fixable": why.map(|why| why.fixable.as_str()),
        "fixable_by_owner": why.map(resetkit_config::explain::WhyNot::is_fixable_by_owner),
        "owner": way.owner,
        "agent": way.agent,
        "loss": way.loss.map(|loss| loss.as_str()),
        "loss_label": way.loss_label,
        "proof": way.proof.map(|proof| proof.as_str()),
        "proof_label": way.proof_label,
        "strength": way.proof.map(|proof| proof.strength().as_str()),
        "strength_label": way.strength_label,
        "requires": requires,
    })
}
