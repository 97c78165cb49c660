//! Faults sown in data (`seeds.toml`): each must be found by the check that is named, and not be there without the change.

use std::path::{Path, PathBuf};

use resetkit_config::Brand;
use resetkit_lint::{Check, Depth, Fault, RealEngine, Report, Subject};
use serde::Deserialize;

use crate::{MANIFESTS, found, look};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seed {
    name: String,
    kind: String,
    of: String,
    #[serde(default)]
    on: Option<String>,
    #[serde(default)]
    change: Vec<(String, String)>,
    #[serde(default)]
    append: String,
    #[serde(default)]
    broken: Vec<String>,
    /// The brand names no support contact, with the fault or without it.
    #[serde(default)]
    nobody_to_call: bool,
    check: String,
    /// What the finding speaks of, where the check may find other things too.
    #[serde(default)]
    what: String,
}

#[derive(Debug, Deserialize)]
struct Seeds {
    seed: Vec<Seed>,
}

const WALK: Depth = Depth { healthy: 0, single: 0, pair: 0 };

fn seeds() -> Vec<Seed> {
    toml::from_str::<Seeds>(include_str!("seeds.toml")).expect("seeds.toml").seed
}

fn house() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

impl Seed {
    fn file(&self) -> PathBuf {
        match self.kind.as_str() {
            "profile" => house().join("config/devices").join(&self.of).with_extension("toml"),
            "policy" => house().join("config/policies").join(&self.of).with_extension("toml"),
            "method" => house().join(&self.of).join("method.toml"),
            "brand" => house().join("config/brands").join(&self.of).join("brand.toml"),
            other => panic!("{}: no kind {other}", self.name),
        }
    }

    /// The text that ships, with the fault in it or not.
    fn text(&self, sown: bool) -> String {
        let mut text = std::fs::read_to_string(self.file()).expect("it ships");
        if !sown {
            return text;
        }
        for (from, to) in &self.change {
            assert!(text.contains(from), "{}: `{from}` is not in {}", self.name, self.file().display());
            text = text.replacen(from, to, 1);
        }
        text + "\n" + &self.append
    }

    fn subject(&self, sown: bool, folder: &Path) -> Subject {
        let path = folder.join(format!("{}-{sown}.toml", self.of));
        std::fs::write(&path, self.text(sown)).expect("written");
        let path = path.to_str().expect("UTF-8").to_owned();
        let on = self.on.clone().unwrap_or_else(|| "nvr-4".into());
        let text = self.text(sown);
        let load = |model: &str, policy: &str, brand: Brand, manifests: &[&str]| {
            Subject::load(model, policy, brand, manifests).unwrap_or_else(|error| panic!("{}: {error}", self.name))
        };
        let mut plain = Brand::plain();
        if self.nobody_to_call {
            plain.support_contact = "none".into();
        }
        match self.kind.as_str() {
            "profile" => load(&path, "reference", plain, &MANIFESTS),
            "policy" => load(&on, &path, plain, &MANIFESTS),
            "method" => {
                let shipped = self.text(false);
                let all: Vec<&str> =
                    MANIFESTS.iter().map(|one| if *one == shipped { text.as_str() } else { one }).collect();
                load(&on, "reference", plain, &all)
            }
            _ => {
                std::fs::create_dir_all(folder.join("locales/fr")).expect("a folder");
                let french = "loss-password-only = Seul l’ancien mot de passe est perdu.\n";
                std::fs::write(folder.join("locales/fr/methods.ftl"), french).expect("written");
                let mut brand = Brand::parse("brand.toml", &text).expect("a brand");
                brand.folder = Some(folder.to_owned());
                load(&on, "reference", brand, &MANIFESTS)
            }
        }
    }

    fn look(&self, subject: &Subject) -> Report {
        let broken: Vec<Fault> =
            self.broken.iter().map(|name| Fault::parse(name).unwrap_or_else(|| panic!("{name}"))).collect();
        look(&RealEngine, subject, &broken, WALK)
    }
}

#[test]
fn every_sown_fault_is_found_by_its_check_and_only_where_it_was_sown() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut missed = Vec::new();
    for seed in seeds() {
        let check = Check::parse(&seed.check).unwrap_or_else(|| panic!("{}: {}", seed.name, seed.check));
        let found =
            |report: &Report| found(report, check) && report.of(check).any(|finding| finding.what.contains(&seed.what));
        if found(&seed.look(&seed.subject(false, folder.path()))) {
            missed.push(format!("{}: {} is found without it", seed.name, seed.check));
        }
        let report = seed.look(&seed.subject(true, folder.path()));
        if !found(&report) {
            let found: Vec<_> = report.findings.iter().map(|one| format!("{} {}", one.check.id(), one.what)).collect();
            missed.push(format!("{}: not found by {}, but {found:?}", seed.name, seed.check));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn twenty_faults_at_least_are_sown_in_every_kind_of_file() {
    let seeds = seeds();
    assert!(seeds.len() >= 20);
    for kind in ["profile", "policy", "method", "brand"] {
        assert!(seeds.iter().any(|seed| seed.kind == kind), "{kind}");
    }
}

#[test]
fn a_counter_example_is_told_in_words_of_every_language() {
    let folder = tempfile::tempdir().expect("a folder");
    let seed = seeds().into_iter().find(|seed| seed.check == "L-03").expect("a dead end is sown");
    let report = seed.look(&seed.subject(true, folder.path()));
    let finding = report.of(Check::NoDeadEnd).next().expect("found");
    assert!(!finding.path.is_empty(), "a path leads there");
    for language in ["en", "de"] {
        let words = resetkit_lint::Words::of(&Brand::plain(), language);
        let told: Vec<_> = finding.path.iter().map(|step| words.step(step)).collect();
        assert!(told.iter().all(|line| !line.contains('[')), "{told:?}");
        assert!(!words.check(finding).contains('[') && !words.remedy(finding).contains('['));
    }
}
