//! `resetkit explain`: a model's ways before there is a device (R90).
use resetkit_config::{Profile, Registry};
use resetkit_core::Fact;
use serde_json::Value;

use crate::{resetkit, stderr, stdout};

fn json(arguments: &[&str]) -> Value {
    let output = resetkit(&[&["explain", "--json"], arguments].concat());
    serde_json::from_str(&stdout(&output)).unwrap_or_else(|_| panic!("{arguments:?}: {}", stderr(&output)))
}

fn way<'a>(told: &'a Value, id: &str) -> &'a Value {
    told["ways"].as_array().expect("ways").iter().find(|way| way["method"] == id).unwrap_or_else(|| panic!("{told:#}"))
}

#[test]
fn r90_each_method_has_reason_fix_texts_loss_and_strength() {
    let told = json(&["--device", "nvr-4", "--fact", "email-on-file=no"]);
    let companion = way(&told, "companion");
    for (key, value) in [
        ("offered", Value::from(false)),
        ("code", "E-101".into()),
        ("reason", "no-address".into()),
        ("fixable", "after-login".into()),
        ("fixable_by_owner", true.into()),
        ("loss", "password-only".into()),
        ("proof", "mailbox".into()),
        ("strength", "medium".into()),
    ] {
        assert_eq!(companion[key], value, "{key}");
    }
    for key in ["owner", "agent", "loss_label", "proof_label", "strength_label", "name"] {
        assert!(companion[key].as_str().is_some_and(|text| !text.is_empty() && !text.contains('[')), "{key}");
    }
    assert_eq!((&told["facts"]["email-confirmed"], &way(&told, "support")["offered"]), (&false.into(), &true.into()));
}

#[test]
fn r90_every_model_under_every_policy_is_told_in_both_languages_without_a_missing_text() {
    for policy in ["reference", "strict", "high"] {
        for language in ["en", "de"] {
            let table = resetkit(&["explain", "--device", "all", "--policy", policy, "--lang", language]);
            let said = stdout(&table);
            assert!(table.status.success(), "{}", stderr(&table));
            for name in Profile::builtin_names() {
                assert!(said.contains(name), "{name} is missing in\n{said}");
                let one = stdout(&resetkit(&["explain", "--device", name, "--policy", policy, "--lang", language]));
                assert!(!one.contains("[explain-") && !one.contains("-name]") && !one.contains("[agent-"), "{one}");
            }
        }
    }
}

#[test]
fn r88_a_camera_whose_button_erases_offers_it_last_and_not_under_the_strict_policy() {
    let told = json(&["--device", "cam-1"]);
    let last = told["ways"].as_array().expect("ways").iter().rfind(|way| way["offered"] == true).expect("one");
    assert_eq!((&last["method"], &last["loss"]), (&"button".into(), &"all-settings".into()));
    assert_eq!(way(&json(&["--device", "cam-1", "--policy", "strict"]), "button")["code"], "E-315");
}

#[test]
fn f11_it_says_when_the_open_ways_cannot_give_the_proofs_that_a_policy_asks_for() {
    let bare =
        ["--device", "cam-outdoor", "--policy", "high", "--fact", "recovery-codes=no", "--fact", "support-keys=no"];
    assert_eq!(json(&bare)["proofs"]["can_be_met"], false);
    assert_eq!(json(&["--device", "cam-outdoor", "--policy", "high"])["proofs"]["can_be_met"], true);
}

#[test]
fn a_makers_own_folder_works_like_the_built_in_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = concat!(env!("CARGO_MANIFEST_DIR"), "/../config");
    for (from, to, id) in [
        ("devices/router.toml", "devices/box-2.toml", "model = \"box-2\""),
        ("brands/plain/brand.toml", "brands/northwind/brand.toml", "id = \"northwind\""),
    ] {
        let text = std::fs::read_to_string(format!("{config}/{from}")).expect("built in");
        let old = text
            .lines()
            .find(|line| line.starts_with("model =") || line.starts_with("id ="))
            .expect("an id")
            .to_owned();
        let path = folder.path().join(to);
        std::fs::create_dir_all(path.parent().expect("below")).expect("made");
        std::fs::write(path, text.replacen(&old, id, 1)).expect("written");
    }
    let own = folder.path().to_str().expect("UTF-8");
    let told = json(&["--from", own, "--device", "box-2", "--brand", "northwind"]);
    assert_eq!((&told["device"]["model"], &told["brand"]), (&"box-2".into(), &"northwind".into()));
    let unknown = resetkit(&["explain", "--from", own, "--device", "box-3"]);
    assert!(!unknown.status.success() && stderr(&unknown).contains("box-2"), "{}", stderr(&unknown));
}

#[test]
fn a_fact_a_lane_or_a_value_that_is_none_says_what_there_is() {
    for (arguments, told) in [
        (["--device", "nvr-4", "--fact", "email=no"], "email-on-file"),
        (["--device", "nvr-4", "--fact", "email-on-file=perhaps"], "=no"),
        (["--device", "nvr-4", "--lane", "sofa"], "console"),
        (["--device", "cam-1", "--lane", "console"], "lanes"),
        (["--device", "nvr-4", "--policy", "lax"], "reference"),
        (["--device", "nvr-4", "--brand", "none"], "plain"),
    ] {
        let output = resetkit(&[&["explain"], &arguments[..]].concat());
        assert!(!output.status.success() && stderr(&output).contains(told), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn r93_the_registry_knows_what_the_shipped_manifests_require() {
    let told = json(&["--device", "nvr-4"]);
    for method in Registry::builtin().methods() {
        let requires = way(&told, &method.id)["requires"].as_object().expect("facts");
        let mut listed: Vec<_> = method.requires().expect("told").into_iter().map(Fact::as_str).collect();
        let mut required: Vec<_> = requires.keys().map(String::as_str).collect();
        listed.sort_unstable();
        required.sort_unstable();
        assert_eq!(listed, required, "{}", method.id);
    }
}
