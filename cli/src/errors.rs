//! `resetkit error E-101`: what a code means, for owners, agents and integrators. docs/errors.md is its output.

use std::fmt::Write as _;

use clap::Args;
use resetkit_config::{Arg, Brand, CatalogueEntry, Texts, catalogue, catalogue_entry, did_you_mean, never_ask};
use resetkit_core::Fault;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::language;
use crate::layout::wrapped;

#[derive(Debug, Args)]
pub(crate) struct ErrorOptions {
    /// The code, e.g. E-101, its name, e.g. `no-address`, or `all`.
    code: String,
    /// Language of the texts.
    #[arg(long, default_value = "en")]
    lang: String,
    /// Print it as JSON.
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Print it as Markdown; `all` gives docs/errors.md.
    #[arg(long)]
    markdown: bool,
}

/// Examples below the help.
pub(crate) const EXAMPLES: &str = "Examples:\n  resetkit error E-101\n  resetkit error no-address\n  resetkit error E-401 --lang de\n  resetkit error all --markdown > docs/errors.md\n  resetkit error all --json";

pub(crate) fn explain(options: &ErrorOptions) -> Result<(), Failure> {
    let texts = language::texts(&Brand::plain(), &options.lang)?;
    let all = options.code == "all";
    let found: Vec<_> = if all {
        catalogue().iter().collect()
    } else {
        vec![named(&options.code).ok_or_else(|| unknown(&options.code))?]
    };
    if options.json {
        let told: Vec<_> = found.iter().map(|entry| document(entry, &texts)).collect();
        let told = if all { Value::Array(told) } else { told.into_iter().next().unwrap_or_default() };
        outln!("{told:#}");
    } else if options.markdown {
        out!("{}", markdown(&found, all, &texts));
    } else {
        out!("{}", plain(&found, all, &texts));
    }
    Ok(())
}

/// By its code, or by its name.
fn named(word: &str) -> Option<&'static CatalogueEntry> {
    catalogue_entry(word).or_else(|| catalogue().iter().find(|entry| entry.name.eq_ignore_ascii_case(word)))
}

fn unknown(word: &str) -> Failure {
    // One code is as near as another; a name is not.
    let names = catalogue().iter().map(|entry| entry.name.as_str());
    let meant =
        did_you_mean(&word.to_ascii_lowercase(), names).filter(|_| !word.contains(|c: char| c.is_ascii_digit()));
    let meant = meant.map_or_else(String::new, |meant| meant + " ");
    Failure::usage(format!("There is no failure `{word}`."), format!("{meant}`resetkit error all` lists every one."))
}

fn document(entry: &CatalogueEntry, texts: &Texts) -> Value {
    let script = entry.script(texts);
    json!({
        "code": entry.code,
        "name": entry.name,
        "since": entry.since,
        "fault": entry.fault.as_str(),
        "place": entry.place.as_str(),
        "type": entry.problem_type(),
        "happened": entry.happened(texts),
        "next_step": entry.next_step(texts),
        "agent": { "say": script.say, "ask": script.ask, "never": script.never },
    })
}

fn plain(found: &[&CatalogueEntry], all: bool, texts: &Texts) -> String {
    let say = |id: &str| texts.get(id, &[]);
    let mut out = String::new();
    for entry in found {
        let fault = say(&format!("errors-word-{}", entry.fault.as_str()));
        let since = texts.get("errors-since", &[("version", Arg::Text(&entry.since))]);
        out += &format!("{}  {}  ({fault}, {since})\n", entry.code, entry.name);
        out += &wrapped("       ", &entry.happened(texts));
        out += &wrapped("  →    ", &entry.next_step(texts));
        if !all {
            let script = entry.script(texts);
            let never: String = script.never.iter().map(|never| wrapped("    ", never)).collect();
            let parts = [
                ("case-say", wrapped("    ", &script.say)),
                ("case-ask", wrapped("    ", &script.ask)),
                ("case-never", never),
            ];
            parts.iter().for_each(|(label, lines)| out += &format!("\n  {}\n{lines}", say(label)));
        }
        out.push('\n');
    }
    out
}

/// Every fault, in the order of the page.
const FAULTS: [Fault; 6] =
    [Fault::Wrong, Fault::TryLater, Fault::Unavailable, Fault::Missing, Fault::Refused, Fault::Broken];

fn markdown(found: &[&CatalogueEntry], all: bool, texts: &Texts) -> String {
    let say = |id: &str| texts.get(id, &[]);
    let mut out = String::new();
    let mut line = |text: &str| writeln!(out, "{text}").expect("a string takes everything");
    if all {
        line(&format!("# {}\n", say("errors-title")));
        line("<!-- Made by `resetkit error all --markdown`; a test holds it against the data. Do not edit. -->\n");
        line(&format!("{}\n", say("errors-intro")));
        line(&format!("| {} | {} |\n|---|---|", say("errors-fault"), say("errors-fault-means")));
        for fault in FAULTS {
            line(&format!("| `{}` | {} |", fault.as_str(), say(&format!("errors-fault-{}", fault.as_str()))));
        }
        line(&format!("\n## {}\n", say("errors-never")));
        never_ask(texts).iter().for_each(|never| line(&format!("* {never}")));
    }
    let mut series = None;
    for entry in found {
        let first = entry.code.chars().nth(2);
        if all && first != series {
            series = first;
            line(&format!("\n## {}", say(&format!("errors-series-{}", first.unwrap_or('0')))));
        }
        line(&format!("\n### {} {}\n", entry.code, entry.name));
        let since = texts.get("errors-since", &[("version", Arg::Text(&entry.since))]);
        let place = say(&format!("errors-place-{}", entry.place.as_str()));
        line(&format!("`{}` · {since} · {place} · `{}`\n", entry.fault.as_str(), entry.problem_type()));
        let script = entry.script(texts);
        line(&format!("{}\n", entry.happened(texts)));
        line(&format!("* **{}** {}", say("errors-next"), entry.next_step(texts)));
        line(&format!("* **{}** {}", say("errors-say"), script.say));
        line(&format!("* **{}** {}", say("errors-ask"), script.ask));
    }
    out
}
