//! The sheet for whoever builds the device: what is offered when, what each way costs, the limits, and the facts they rest on.

use resetkit_core::{Fact, Facts, Lane, Manifest};

use super::article::{Article, Block, Chapter, Table, Tone};
use super::material::{Material, Way};
use super::pairs;

pub(super) fn article(material: &Material) -> Article {
    let ways = material.ways();
    Article {
        language: material.texts.language().as_str().to_owned(),
        title: material.say("guide-sheet-title"),
        lead: material.say("guide-sheet-lead"),
        chapters: vec![
            methods(material, &ways),
            offered(material),
            limits(material),
            facts(material),
            identity(material),
            tools(material),
        ],
        made_from: super::made_from(material),
        words: super::words(material),
    }
}

fn head(material: &Material, names: &[&str]) -> Vec<String> {
    names.iter().map(|name| material.say(&format!("guide-head-{name}"))).collect()
}

fn lane(material: &Material, lane: Lane) -> String {
    material.say(&format!("guide-lane-{}", lane.as_str()))
}

/// What each way needs, proves, loses and costs.
fn methods(material: &Material, ways: &[Way]) -> Chapter {
    let row = |way: &Way| {
        let lanes: Vec<_> = way.lanes.iter().map(|found| lane(material, *found)).collect();
        vec![
            format!("{} (`{}`)", way.name, way.id),
            lanes.join(", "),
            names_of(&way.manifest.requires),
            format!("`{}`", way.proof.as_str()),
            format!("`{}`", way.loss.as_str()),
            cost(material, &way.manifest),
        ]
    };
    let mut chapter = Chapter::new("methods", material.say("guide-sheet-methods")).with(Block::Table(Table {
        caption: material.say("guide-sheet-methods-caption"),
        head: head(material, &["way", "lanes", "requires", "proof", "loss", "cost"]),
        rows: ways.iter().map(row).collect(),
    }));
    let absent: Vec<_> =
        material.manifests.iter().filter(|manifest| !ways.iter().any(|way| way.manifest.id == manifest.id)).collect();
    if !absent.is_empty() {
        chapter = chapter.with(Block::Note { tone: Tone::Info, text: absent_ones(material, &absent) });
    }
    pairs::told(material, ways, "guide-sheet-proofs", chapter)
}

/// Installed, and never offered on this model: with the code that says why.
fn absent_ones(material: &Material, absent: &[&Manifest]) -> String {
    let lane = material.lanes().first().copied().unwrap_or(Lane::Console);
    let selection = material.selection(&material.best_facts(lane), lane);
    let names = absent.iter().map(|manifest| {
        let withheld = selection.withheld.iter().find(|withheld| withheld.method == manifest.id);
        let code = withheld.map_or("–", |withheld| withheld.reason.kind.code());
        format!("`{}` ({code})", manifest.id.as_str())
    });
    let names: Vec<_> = names.collect();
    material.say_with("guide-sheet-absent", &[("names", (&names.join(", ")).into())])
}

fn names_of(facts: &[Fact]) -> String {
    let names: Vec<_> = facts.iter().map(|fact| format!("`{}`", fact.as_str())).collect();
    names.join(", ")
}

fn cost(material: &Material, manifest: &Manifest) -> String {
    let memory = (manifest.memory_kib / 1024).to_string();
    let (start, block) = (manifest.start_seconds.to_string(), manifest.block_ms.to_string());
    material.say_with(
        "guide-sheet-cost",
        &[("memory", (&memory).into()), ("start", (&start).into()), ("block", (&block).into())],
    )
}

/// Facts that may fail in the field, one at a time; what is missing for all time on this model is not among them.
fn faults(material: &Material, at: Lane) -> Vec<(String, Facts)> {
    let best = material.best_facts(at);
    let may_fail = |fact: &Fact| {
        best.has(*fact) && !matches!(fact, Fact::Initialised | Fact::ClockTrusted | Fact::ConsoleLane | Fact::Pictures)
    };
    let without = Fact::ALL.into_iter().filter(may_fail);
    let mut rows = vec![(material.say("guide-sheet-all"), best)];
    rows.extend(without.map(|fact| {
        let mut facts = best.set(fact, false);
        if fact == Fact::EmailOnFile {
            facts = facts.set(Fact::EmailConfirmed, false);
        }
        let name = format!("`{}`", fact.as_str());
        (material.say_with("guide-sheet-without", &[("fact", (&name).into())]), facts)
    }));
    rows
}

/// One row for each thing that fails, one column for each method: offered, or the code that the owner is told.
fn offered(material: &Material) -> Chapter {
    let mut chapter = Chapter::new("offered", material.say("guide-sheet-offered"))
        .with(Block::Text(material.say("guide-sheet-offered-lead")));
    for at in material.lanes() {
        let row = |(name, facts): (String, Facts)| {
            let selection = material.selection(&facts, at);
            let cell = |manifest: &Manifest| {
                let place = selection.offered.iter().position(|offer| offer.method == manifest.id);
                let code = selection.withheld.iter().find(|withheld| withheld.method == manifest.id);
                match (place, code) {
                    (Some(place), _) => format!("✔ {}", place + 1),
                    (None, Some(withheld)) => withheld.reason.kind.code().to_owned(),
                    (None, None) => "–".to_owned(),
                }
            };
            std::iter::once(name).chain(material.manifests.iter().map(cell)).collect()
        };
        let names = material.manifests.iter().map(|manifest| format!("`{}`", manifest.id.as_str()));
        chapter = chapter.with(Block::Table(Table {
            caption: lane(material, at),
            head: std::iter::once(material.say("guide-head-when")).chain(names).collect(),
            rows: faults(material, at).into_iter().map(row).collect(),
        }));
    }
    chapter
}

/// The policy's figures, and the odds that the loader computed from them (R7).
fn limits(material: &Material) -> Chapter {
    let (policy, profile) = (&material.policy, &material.profile);
    let bucket = |burst: u16, per_hour: u16| {
        let (burst, per_hour) = (burst.to_string(), per_hour.to_string());
        material.say_with("guide-sheet-bucket", &[("burst", (&burst).into()), ("per_hour", (&per_hour).into())])
    };
    let allowances = policy.allowances(profile);
    let bound = policy.bound(profile);
    let session = &policy.session;
    let mut rows: Vec<(&str, String)> = vec![
        ("proofs", material.say("guide-figure-proofs-value")),
        ("life", material.say("guide-figure-life-value")),
        ("cap", if material.can_extend() { material.say("guide-figure-cap-value") } else { "–".to_owned() }),
        ("tries", session.tries.to_string()),
        ("session-tries", session.session_tries.to_string()),
        ("challenges", session.challenges_per_session.to_string()),
        ("boots", session.boots.to_string()),
        ("choose", material.say("guide-figure-choose-value")),
        ("console", bucket(allowances.console.burst, allowances.console.per_hour)),
        ("network", bucket(allowances.network.burst, allowances.network.per_hour)),
    ];
    if profile.button.is_some() {
        rows.push(("button", bucket(allowances.button.burst, allowances.button.per_hour)));
        rows.push(("hold", material.say("guide-figure-hold-value")));
    }
    rows.extend([
        ("password", material.say("guide-figure-password-value")),
        ("odds-session", format!("{:.1e}", bound.per_session.probability())),
        ("odds-year", format!("{:.1e}", bound.per_device_year.probability())),
    ]);
    let row = |(name, value): (&str, String)| vec![material.say(&format!("guide-figure-{name}")), value];
    Chapter::new("limits", material.say("guide-sheet-limits")).with(Block::Table(Table {
        caption: material.say_with("guide-sheet-limits-caption", &[("policy", (&policy.name).into())]),
        head: head(material, &["what", "value"]),
        rows: rows.into_iter().map(row).collect(),
    }))
}

/// Every fact that a method here asks for, and where it comes from.
fn facts(material: &Material) -> Chapter {
    let wanted = |fact: &Fact| material.manifests.iter().any(|manifest| manifest.requires.contains(fact));
    let row = |fact: Fact| {
        let users = material.manifests.iter().filter(|manifest| manifest.requires.contains(&fact));
        let users: Vec<_> = users.map(|manifest| format!("`{}`", manifest.id.as_str())).collect();
        vec![format!("`{}`", fact.as_str()), material.say(&format!("guide-fact-{}", fact.as_str())), users.join(", ")]
    };
    Chapter::new("facts", material.say("guide-sheet-facts")).with(Block::Table(Table {
        caption: material.say("guide-sheet-facts-caption"),
        head: head(material, &["fact", "source", "used-by"]),
        rows: Fact::ALL.into_iter().filter(wanted).map(row).collect(),
    }))
}

/// What a rebrand changes, as this device shows it.
fn identity(material: &Material) -> Chapter {
    let brand = &material.brand;
    let rows = [
        ("brand", brand.name.clone()),
        ("app", brand.app_name.clone()),
        ("menu", brand.app_menu_path.join(" → ")),
        ("relay", format!("`{}`", brand.relay_url.as_str())),
        ("languages", brand.languages.join(", ")),
        ("contact", brand.support_contact.clone()),
        (
            "model",
            format!("{} (`{}`)", material.profile.name_in(material.texts.language().as_str()), material.profile.model),
        ),
        ("account", format!("`{}`", material.profile.accounts.admin)),
    ];
    let row = |(name, value): (&str, String)| vec![material.say(&format!("guide-sheet-{name}")), value];
    Chapter::new("identity", material.say("guide-sheet-identity")).with(Block::Table(Table {
        caption: material.say("guide-sheet-identity-caption"),
        head: head(material, &["what", "value"]),
        rows: rows.map(row).to_vec(),
    }))
}

fn tools(material: &Material) -> Chapter {
    let lines = ["explain", "lint", "error", "case", "guide"].map(|name| {
        let command = match name {
            "explain" | "lint" => format!("`resetkit {name} --device {}`", material.profile.model),
            "error" => "`resetkit error E-101`".to_owned(),
            "case" => "`resetkit case 4040-4120-AK4N`".to_owned(),
            _ => format!("`resetkit guide --device {} --for owner --out DIR`", material.profile.model),
        };
        format!("{command} – {}", material.say(&format!("guide-sheet-tool-{name}")))
    });
    Chapter::new("tools", material.say("guide-sheet-tools"))
        .with(Block::List(lines.to_vec()))
        .with(Block::Note { tone: Tone::Info, text: material.say("guide-sheet-note") })
}
