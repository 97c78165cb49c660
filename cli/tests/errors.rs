//! `resetkit error`: every code for owner, agent and program, and docs/errors.md made from the same table (R93).
use serde_json::Value;

use crate::{resetkit, stderr, stdout};

#[test]
fn r93_a_code_is_told_to_owner_and_agent_in_both_languages() {
    let said = stdout(&resetkit(&["error", "e101"]));
    for part in ["E-101  no-address  (missing, since 0.1)", "  →  ", "say first", "Never ask for a password"] {
        assert!(said.contains(part), "`{part}` is missing in\n{said}");
    }
    let german = stdout(&resetkit(&["error", "E-101", "--lang", "de"]));
    assert!(german.contains("Nie nach einem Passwort fragen"), "{german}");
    let unknown = resetkit(&["error", "E-999"]);
    assert!(!unknown.status.success() && stderr(&unknown).contains("error all"), "{}", stderr(&unknown));
}

#[test]
fn r93_a_program_gets_the_problem_type_that_the_interfaces_answer_with() {
    let one: Value = serde_json::from_str(&stdout(&resetkit(&["error", "E-005", "--json"]))).expect("JSON");
    assert_eq!((&one["type"], &one["place"]), (&"urn:resetkit:error:E-005".into(), &"device".into()));
    let all: Value = serde_json::from_str(&stdout(&resetkit(&["error", "all", "--json"]))).expect("JSON");
    let all = all.as_array().expect("a list");
    assert!(all.len() > 120, "{}", all.len());
    assert!(all.iter().all(|entry| !entry["agent"]["say"].as_str().expect("words").is_empty()));
}

#[test]
fn r93_docs_errors_md_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/errors.md");
    let written = std::fs::read_to_string(path).expect("docs/errors.md");
    let made = stdout(&resetkit(&["error", "all", "--markdown"]));
    assert!(made == written, "make it anew: cargo run -p resetkit-cli -- error all --markdown > docs/errors.md");
}
