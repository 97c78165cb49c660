//! `resetkit case`: what a support agent hears on the telephone becomes what the owner can still do.
use resetkit_config::Registry;
use resetkit_core::{CaseCode, ClockState, CodeStyle, Fact, Facts, FailureKind};
use serde_json::Value;

use crate::{resetkit, stderr, stdout};

/// The words without the lines that they are laid out in.
fn unwrapped(said: &str) -> String {
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The reference recorder with a button, set up without an e-mail.
fn no_email() -> CaseCode {
    let registry = Registry::builtin();
    let facts = Facts::none().set(Fact::RelayKey, true).set(Fact::ButtonWired, true).set(Fact::StorageWritable, true);
    CaseCode {
        brand: registry.brand("plain").expect("registered"),
        model: registry.model("nvr-4-button").expect("registered"),
        firmware: registry.firmware("nvr-4-button", "1.0").expect("registered"),
        method: registry.method("companion").expect("registered"),
        failure: FailureKind::NoAddress.case_number(),
        clock: ClockState::Untrusted,
        tries: 2,
        readiness: CaseCode::readiness_of(&facts),
    }
}

#[test]
fn a_case_code_says_device_failure_tries_and_what_is_still_open() {
    let code = no_email().encode(CodeStyle::Letters);
    let output = resetkit(&["case", &code]);
    let said = stdout(&output);
    assert!(output.status.success(), "{}", stderr(&output));
    for part in [
        "Plain · 4-channel recorder with a reset button (nvr-4-button) · firmware 1.0",
        "E-101",
        "2 codes were compared",
    ] {
        assert!(unwrapped(&said).contains(part), "`{part}` is missing in\n{said}");
    }
    let way = |sign: &str| said.lines().filter(|line| line.trim_start().starts_with(sign)).count();
    assert_eq!((way("✔"), way("✘")), (2, 3), "button and support are left:\n{said}");
    assert!(!said.contains("-name]") && !said.contains("[case-"), "every text is there:\n{said}");
    for part in ["1. Settings and recordings stay", "say first", "Never ask for a password", "request number"] {
        assert!(unwrapped(&said).contains(part), "`{part}` is missing in\n{said}");
    }
    let german = stdout(&resetkit(&["case", "--lang", "de", &code]));
    assert!(german.contains("zuerst sagen") && german.contains("Nie nach einem Passwort fragen"), "{german}");
    let died = CaseCode { failure: FailureKind::MethodQuarantined.case_number(), readiness: 0xff, ..no_email() };
    let said = stdout(&resetkit(&["case", &died.encode(CodeStyle::Letters)]));
    assert!(said.contains("begun, and failed"), "{said}");
}

#[test]
fn a_case_code_may_be_read_out_in_any_way_and_in_digits() {
    let case = no_email();
    let letters = case.encode(CodeStyle::Letters);
    let loose = letters.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
    let words: Vec<&str> = loose.split(' ').collect();
    let json = |arguments: &[&str]| -> Value {
        let output = resetkit(&[&["case", "--json"], arguments].concat());
        serde_json::from_str(&stdout(&output)).unwrap_or_else(|_| panic!("{}", stderr(&output)))
    };
    let (heard, digits) = (json(&words), json(&[&case.encode(CodeStyle::Digits)]));
    assert_eq!(heard, digits);
    assert_eq!(heard["code"]["letters"], letters.as_str());
    assert_eq!(
        (&heard["model"]["id"], &heard["failure"]["code"]),
        (&Value::from("nvr-4-button"), &Value::from("E-101"))
    );
    let open: Vec<_> = heard["ways"].as_array().expect("ways").iter().filter(|way| way["open"] == true).collect();
    let open: Vec<_> = open.iter().map(|way| way["method"].as_str().expect("an id")).collect();
    assert_eq!(open, ["button", "support"]);
    for key in ["say", "now", "ask", "never", "happened"] {
        assert!(!heard["guidance"][key].is_null(), "{key}");
    }
}

#[test]
fn a_slip_is_told_as_one_and_never_decoded_as_something_else() {
    let code = no_email().encode(CodeStyle::Letters);
    let first = if code.starts_with('4') { "5" } else { "4" };
    for (typed, told) in [
        (format!("{first}{}", &code[1..]), "mistyped"),
        (code[..9].to_owned(), "too short"),
        (format!("{code}-{code}"), "neither 12"),
        (code.replacen(&code[..1], "*", 1), "a sign that no case code has"),
    ] {
        let output = resetkit(&["case", &typed]);
        assert!(!output.status.success() && stdout(&output).is_empty(), "{typed}");
        assert!(stderr(&output).contains(told), "{typed}: {}", stderr(&output));
    }
    let german = resetkit(&["case", "--lang", "de", &code[..9]]);
    assert!(stderr(&german).contains("zu kurz"));
}

#[test]
fn numbers_of_another_registry_are_told_as_unknown_and_with_that_registry_by_name() {
    let case = CaseCode { brand: 900, model: 77, firmware: 9, method: 12, failure: 239, ..no_email() };
    let code = case.encode(CodeStyle::Letters);
    let said = stdout(&resetkit(&["case", &code]));
    for part in ["number 900", "number 77", "number 9)", "number 12", "number 239"] {
        assert!(said.contains(part), "`{part}` is missing in\n{said}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("own.toml");
    std::fs::write(&own, "[[brands]]\nnumber = 900\nid = \"northwind\"\nname = \"Northwind\"\n").expect("written");
    let said = stdout(&resetkit(&["case", &code, "--registry", own.to_str().expect("UTF-8")]));
    assert!(said.contains("Northwind"), "{said}");
    let list = stdout(&resetkit(&["case", "--list"]));
    assert!(list.contains("nvr-4-button") && list.contains("companion"), "{list}");
}
