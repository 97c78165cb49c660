//! The house itself: who may know whom, where `unsafe` may stand, which words may reach a screen, and which
//! requirement is covered by a test.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use kit::workspace::{files_below, root, target};

/// The arrows of the design, package by package. Any edge not listed is wrong.
const ARROWS: &[(&str, &[&str])] = &[
    ("core", &[]),
    ("contract", &[]),
    ("host", &["core", "contract"]),
    ("testkit", &["contract", "host"]),
    ("method-companion", &["contract"]),
    ("method-companion-export", &["contract", "method-companion"]),
    ("method-email", &["contract"]),
    ("method-email-export", &["contract", "method-email"]),
    ("method-button", &["contract"]),
    ("method-button-export", &["contract", "method-button"]),
    ("method-recovery-codes", &["contract"]),
    ("method-recovery-codes-export", &["contract", "method-recovery-codes"]),
    ("method-support", &["contract"]),
    ("method-support-export", &["contract", "method-support"]),
    // Over the local API only, as an integrator's own GUI would be.
    ("screen", &[]),
    ("config", &["core"]),
    ("protocol", &[]),
    ("companion", &["protocol"]),
    ("relay", &["protocol", "config", "companion"]),
    // The methods are optional dependencies of the feature `builtin`.
    (
        "device",
        &[
            "host",
            "core",
            "config",
            "protocol",
            "method-companion",
            "method-email",
            "method-button",
            "method-recovery-codes",
            "method-support",
        ],
    ),
    ("cli", &["config", "host", "core", "companion", "testkit"]),
    // Methods that misbehave on purpose, for the host's tests; never shipped.
    ("rogues", &["contract"]),
    // The stories stand outside: they start the programs as processes and link only what they need to play a part.
    ("tests", &["core", "config", "host", "protocol", "companion"]),
];

/// A test of a package may know more: a method is tried under the real host and by the vendor's own suite.
const ARROWS_OF_TESTS: &[(&str, &[&str])] = &[
    ("method-companion", &["host", "testkit"]),
    ("method-companion-export", &["host", "testkit"]),
    ("method-email", &["host", "testkit", "config"]),
    ("method-button", &["host", "testkit", "config"]),
    ("host", &["testkit"]),
    ("device", &["testkit"]),
    // The screen has the check symbol written out, for it may know nobody; its test holds it against the engine's.
    ("screen", &["core"]),
];

fn allowed(table: &[(&str, &'static [&'static str])], package: &str) -> Option<&'static [&'static str]> {
    table.iter().find(|(name, _)| *name == package).map(|(_, to)| *to)
}

fn packages() -> Vec<serde_json::Value> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let answer = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&answer.stdout).expect("cargo metadata is JSON");
    metadata["packages"].as_array().expect("a list of packages").clone()
}

fn short(name: &serde_json::Value) -> Option<String> {
    name.as_str().and_then(|name| name.strip_prefix("resetkit-")).map(str::to_owned)
}

#[test]
fn no_crate_knows_another_that_the_design_does_not_let_it_know() {
    let mut wrong = Vec::new();
    for package in packages() {
        let from = short(&package["name"]).expect("every package of ours is called resetkit-something");
        let Some(to) = allowed(ARROWS, &from) else {
            wrong.push(format!("{from} is not in the table of arrows"));
            continue;
        };
        for edge in package["dependencies"].as_array().expect("a list of dependencies") {
            let Some(name) = short(&edge["name"]) else { continue };
            // A crate that asks itself for a feature in its own tests draws no arrow.
            if name == from && edge["kind"] == "dev" {
                continue;
            }
            let in_tests = edge["kind"] == "dev"
                && allowed(ARROWS_OF_TESTS, &from).is_some_and(|more| more.contains(&name.as_str()));
            if !to.contains(&name.as_str()) && !in_tests {
                wrong.push(format!("{from} → {name} ({})", edge["kind"].as_str().unwrap_or("normal")));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that DESIGN §4 does not draw:\n{}", wrong.join("\n"));
}

/// Rust sources of the product; the stories themselves are left out.
fn sources() -> Vec<(String, String)> {
    let tests = root().join("tests");
    files_below(&root(), &[".rs"])
        .into_iter()
        .filter(|path| !path.starts_with(&tests))
        .map(|path| (name_of(&path), std::fs::read_to_string(&path).expect("a source is text")))
        .collect()
}

fn name_of(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(n, line)| (n + 1, line.split("//").next().unwrap_or(line)))
}

/// The line without what stands between quotes.
fn without_words(line: &str) -> String {
    line.split('"').step_by(2).collect()
}

fn has_word(line: &str, word: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|part| part == word)
}

/// The contract, or the copy of contract 1.0 that is kept so that a method built from it is loaded for ever.
fn is_contract(file: &str) -> bool {
    ["plugins/contract/src/", "plugins/testkit/pinned/contract-1.0/src/"].iter().any(|home| file.starts_with(home))
}

#[test]
fn r85_unsafe_stands_in_two_places_only() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let home = file == "plugins/host/src/load.rs"
            || file.starts_with("plugins/testkit/rogues/")
            || is_contract(&file) && text.contains("macro_rules! export_method");
        for (line, code) in code_lines(&text) {
            if has_word(&without_words(code), "unsafe") {
                count += 1;
                if !home {
                    wrong.push(format!("{file}:{line}: {}", code.trim()));
                }
            }
        }
    }
    println!("unsafe: {count} places");
    assert!(wrong.is_empty(), "unsafe outside its two homes:\n{}", wrong.join("\n"));
}

#[test]
fn the_core_is_pure_by_its_own_declaration() {
    let text = std::fs::read_to_string(root().join("core/src/lib.rs")).expect("core has a lib.rs");
    assert!(text.contains("no_std"), "core must be no_std");
    assert!(text.contains("forbid(unsafe_code)"), "core must forbid unsafe code");
}

/// Names of other makers' apps, tools and brands. None may reach a screen, a mail or a page of ours.
const NAMES_OF_MAKERS: &[&str] = &["dmss", "dahua", "hikvision", "hik-connect", "sadp", "lorex", "amcrest"];

/// The text without pictures written into it: their Base64 says anything sooner or later.
fn without_pictures(text: &str) -> String {
    let mut pieces = text.split("base64,");
    let mut kept = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let words = piece.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '='));
        kept.push_str(words);
    }
    kept
}

#[test]
fn no_makers_name_reaches_a_text_that_an_owner_reads() {
    let mut wrong = Vec::new();
    for path in files_below(&root(), &[".ftl", ".html", ".css", ".js", ".svg", ".txt", ".j2"]) {
        let text = std::fs::read_to_string(&path).unwrap_or_default().to_lowercase();
        let is_comment = |line: &&str| path.extension().is_some_and(|ending| ending == "ftl") && line.starts_with('#');
        let text = without_pictures(&text.lines().filter(|line| !is_comment(line)).collect::<Vec<_>>().join("\n"));
        wrong.extend(
            NAMES_OF_MAKERS
                .iter()
                .filter(|name| text.contains(**name))
                .map(|name| format!("{}: {name}", name_of(&path))),
        );
    }
    for path in files_below(&root().join("config"), &[".toml"]) {
        let text = std::fs::read_to_string(&path).unwrap_or_default().to_lowercase();
        let hit =
            |line: &&str| NAMES_OF_MAKERS.iter().any(|name| line.split('#').next().unwrap_or(line).contains(*name));
        wrong.extend(
            text.lines()
                .filter(hit)
                .filter(|line| !line.contains("methods-dmss"))
                .map(|line| format!("{}: {line}", name_of(&path))),
        );
    }
    for (file, text) in sources().into_iter().filter(|(file, _)| !file.contains("/tests/")) {
        for (line, code) in code_lines(&text) {
            let said = code.to_lowercase().replace("methods-dmss", "").replace("methods_dmss", "");
            wrong.extend(
                NAMES_OF_MAKERS
                    .iter()
                    .filter(|name| said.contains(**name))
                    .map(|name| format!("{file}:{line}: {name}")),
            );
        }
    }
    assert!(wrong.is_empty(), "makers' names where an owner may read them:\n{}", wrong.join("\n"));
}

#[test]
fn a_file_fits_a_sitting() {
    let long: Vec<String> = files_below(&root(), &[".rs", ".py", ".html"])
        .into_iter()
        .map(|path| (name_of(&path), std::fs::read_to_string(&path).unwrap_or_default().lines().count()))
        .filter(|(_, lines)| *lines > 500)
        .map(|(file, lines)| format!("{file}: {lines} lines"))
        .collect();
    // A rule of style, with room for the one case that is better broken: loud, not deadly, until it gets out of hand.
    println!("files over 500 lines: {long:?}");
    assert!(long.len() <= 3, "too many files that do not fit a sitting:\n{}", long.join("\n"));
}

/// Requirements (R) and failures of others (F) named by a function: `r6_f6_parallel_guesses` → R6, F6.
fn numbers_in(function: &str) -> Vec<(char, u32)> {
    function
        .split('_')
        .filter_map(|part| {
            let (letter, digits) = (part.chars().next()?, part.get(1..)?);
            let number = digits.parse().ok()?;
            matches!(letter, 'r' | 'f').then_some((letter.to_ascii_uppercase(), number))
        })
        .collect()
}

fn tests_by_number() -> BTreeMap<(char, u32), BTreeSet<String>> {
    let mut found: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for path in files_below(&root(), &[".rs"]) {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let mut is_test = false;
        for line in text.lines().map(str::trim) {
            if line.starts_with("#[") {
                is_test |= line.contains("test");
            } else if let Some(rest) = line.split("fn ").nth(1).filter(|_| is_test || line.contains("Stage<")) {
                let function = rest.split(['(', '<']).next().unwrap_or(rest);
                for number in numbers_in(function) {
                    found.entry(number).or_default().insert(format!("{} ({})", function, name_of(&path)));
                }
                is_test = false;
            }
        }
    }
    found
}

#[test]
fn r95_every_number_in_a_tests_name_is_collected_into_one_list() {
    let found = tests_by_number();
    let mut list = String::from("Requirements (R) and failures of others (F), and the tests that name them\n\n");
    for ((letter, number), tests) in &found {
        let _ = writeln!(list, "{letter}{number}");
        for test in tests {
            let _ = writeln!(list, "    {test}");
        }
    }
    let open = |letter, last| {
        let open: Vec<String> =
            (1..=last).filter(|n| !found.contains_key(&(letter, *n))).map(|n| format!("{letter}{n}")).collect();
        open.join(" ")
    };
    let _ = writeln!(list, "\nnot yet named by a test: {}", open('R', 95));
    let _ = writeln!(list, "not yet named by a test: {}", open('F', 25));
    let folder = target().join("artefacts");
    std::fs::create_dir_all(&folder).expect("the target folder is writable");
    std::fs::write(folder.join("coverage.txt"), &list).expect("the target folder is writable");
    println!("{list}");
    let unknown: Vec<_> =
        found.keys().filter(|(letter, n)| *n == 0 || *n > if *letter == 'R' { 95 } else { 25 }).collect();
    assert!(unknown.is_empty(), "tests name numbers that REQUIREMENTS.md does not have: {unknown:?}");
}
