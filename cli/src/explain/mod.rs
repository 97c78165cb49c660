//! `resetkit explain`: which ways in a device offers, and why not the others, before there is a device.

mod facts;
mod json;
mod table;

use std::path::{Path, PathBuf};

use clap::Args;
use resetkit_config::explain::explain;
use resetkit_config::{Brand, Policy, Profile, Shelf, did_you_mean};
use resetkit_core::{Facts, Lane, Manifest, OnPresence, Purpose, SelectionPolicy};
use resetkit_host::ManifestText;

use crate::demo::MANIFESTS;
use crate::failure::Failure;
use crate::language;

#[derive(Debug, Args)]
pub(crate) struct ExplainOptions {
    /// The model: a built-in name, a path to a profile, a name below `--from`, or `all` for a table of every model.
    #[arg(long, value_name = "MODEL")]
    device: String,
    /// The policy: a built-in name (`reference`, `strict`, `high`), a path, or a name below `--from`.
    #[arg(long, value_name = "POLICY", default_value = "reference")]
    policy: String,
    /// The brand: `plain`, the folder of a brand pack, or a name below `--from`. Its signature is not asked for.
    #[arg(long, value_name = "BRAND", default_value = "plain")]
    brand: String,
    /// A maker's own folder with `devices/`, `policies/` and `brands/`; what it lacks is built in.
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
    /// Where the owner stands: `console` or `network`; default: the screen where the model has one.
    #[arg(long, value_name = "LANE")]
    lane: Option<String>,
    /// A fact that is otherwise than on a device that was set up in full, e.g. `email-on-file=no`. May stand several times.
    #[arg(long = "fact", value_name = "FACT=YES|NO")]
    facts: Vec<String>,
    /// The manifest of a further method. May stand several times.
    #[arg(long = "method", value_name = "method.toml")]
    methods: Vec<PathBuf>,
    /// Print it as JSON (docs/profiles.md describes it).
    #[arg(long)]
    json: bool,
    /// Language of the texts.
    #[arg(long, default_value = "en")]
    lang: String,
}

/// Examples below the help.
pub(crate) const EXAMPLES: &str = "Examples:\n  resetkit explain --device nvr-4\n  resetkit explain --device cam-1 --fact email-on-file=no --fact recovery-codes=no\n  resetkit explain --device all --policy high --lang de\n  resetkit explain --from my-firmware --device cam-7 --brand northwind --json";

/// Everything that one account is made from.
struct Subject {
    profile: Profile,
    policy: Policy,
    brand: Brand,
    lane: Lane,
    facts: Facts,
    selection: SelectionPolicy,
    manifests: Vec<Manifest>,
}

pub(crate) fn run(options: &ExplainOptions) -> Result<(), Failure> {
    let shelf = shelf(options.from.as_deref())?;
    let brand = shelf.brand(&options.brand)?;
    let texts = language::texts(&brand, &options.lang)?;
    let models = if options.device == "all" { shelf.devices() } else { vec![options.device.clone()] };
    let manifests = manifests(&options.methods)?;
    let mut told = Vec::new();
    for model in &models {
        let subject = subject(options, &shelf, model, &brand, &manifests)?;
        let explained = explain(&subject.facts, &subject.manifests, &subject.selection, &texts);
        told.push((subject, explained));
    }
    if options.json {
        outln!("{:#}", json::document(&told, &texts, options.device == "all"));
        return Ok(());
    }
    match told.as_slice() {
        [(subject, explained)] if options.device != "all" => out!("{}", table::one(subject, explained, &texts)),
        _ => out!("{}", table::all(&told, &texts)),
    }
    Ok(())
}

/// A maker's folder that holds nothing is a slip of the pen, not a wish for the built-in data.
fn shelf(from: Option<&Path>) -> Result<Shelf, Failure> {
    let Some(folder) = from else { return Ok(Shelf::builtin()) };
    let kinds = ["devices", "policies", "brands"];
    if kinds.iter().any(|kind| folder.join(kind).is_dir()) {
        return Ok(Shelf::at(folder));
    }
    let problem = if folder.is_dir() {
        format!("{} holds no devices, policies or brands.", folder.display())
    } else {
        format!("There is no folder {}.", folder.display())
    };
    Err(Failure::usage(
        problem,
        "Name your own folder with `devices/`, `policies/` or `brands/` in it, or leave `--from` out for the built-in models.",
    ))
}

fn subject(
    options: &ExplainOptions,
    shelf: &Shelf,
    model: &str,
    brand: &Brand,
    manifests: &[Manifest],
) -> Result<Subject, Failure> {
    let profile = shelf.profile(model)?;
    let policy = shelf.policy(&options.policy, &profile)?;
    let lane = lane(options.lane.as_deref(), &profile)?;
    let facts = facts::of(&profile, brand, lane, &options.facts)?;
    let installed: Vec<_> = manifests.iter().map(|manifest| manifest.id.clone()).collect();
    let outcome = profile.button.as_ref().and_then(|button| button.on_presence);
    let selection = SelectionPolicy {
        on_presence: outcome.map(OnPresence::from),
        ..policy.selection(Purpose::Reset, lane, &installed)
    };
    let manifests = manifests.to_vec();
    Ok(Subject { profile, policy, brand: brand.clone(), lane, facts, selection, manifests })
}

fn lane(asked: Option<&str>, profile: &Profile) -> Result<Lane, Failure> {
    let lane = match asked {
        Some("console") => Lane::Console,
        Some("network") => Lane::Network,
        Some(other) => {
            let meant = did_you_mean(other, ["console", "network"]).map_or_else(String::new, |meant| meant + " ");
            return Err(Failure::usage(
                format!("`{other}` is no lane."),
                format!("{meant}Use `--lane console` or `--lane network`."),
            ));
        }
        None if profile.lanes.console => return Ok(Lane::Console),
        None => return Ok(Lane::Network),
    };
    let there = match lane {
        Lane::Console => profile.lanes.console,
        Lane::Network | Lane::Button => profile.lanes.network,
    };
    if there {
        return Ok(lane);
    }
    Err(Failure::usage(
        format!("The model `{}` has no lane `{}`.", profile.model, lane.as_str()),
        "Leave `--lane` away, or switch it on under `[lanes]` in the profile.",
    ))
}

/// The shipped methods, and further ones by their files.
fn manifests(further: &[PathBuf]) -> Result<Vec<Manifest>, Failure> {
    let mut texts: Vec<_> = MANIFESTS.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect();
    for path in further {
        let text = std::fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
        texts.push((path.display().to_string(), text));
    }
    let read = |(name, text): &(String, String)| {
        ManifestText::parse_linked(text).map(|text| text.manifest).map_err(|error| {
            Failure::new(format!("{name}: {}.", error.detail), "Write it as the manifests of the shipped methods are.")
        })
    };
    texts.iter().map(read).collect()
}
