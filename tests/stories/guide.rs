//! What a guide says and what a running recorder says are the same: names of buttons, figures of a session, ways and losses.

use std::path::{Path, PathBuf};
use std::process::Command;

use kit::browser::{DESKTOP, Driver};
use kit::real::{Real, programs};
use kit::world::{Act, World as _};
use serde_json::Value;

use crate::axe::Audit;
use crate::{EMAIL, OLD};

/// Writes a guide for the recorder that these worlds run.
fn written(folder: &Path, reader: &str, language: &str, format: &str) -> PathBuf {
    let mut command = Command::new(programs().join("resetkit"));
    command.args([
        "guide",
        "--device",
        "nvr-4-button",
        "--format",
        format,
        "--for",
        reader,
        "--lang",
        language,
        "--out",
    ]);
    let done = command.arg(folder).output().expect("resetkit starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    folder.join(format!("{reader}.{language}.{format}"))
}

/// The owner's article, without Markdown's marks.
fn article(language: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), "owner", language, "md");
    std::fs::read_to_string(path).expect("the article").replace("**", "")
}

/// What the recorder answers to a GET, in a language, to whoever holds this token.
fn asked(world: &Real, path: &str, language: &str, token: &str) -> Value {
    let agent = ureq::Agent::new_with_defaults();
    let asks = agent.get(format!("{}{path}", world.web())).header("Accept-Language", language);
    let answer = asks.header("Authorization", format!("Bearer {token}")).call();
    answer.expect("the recorder answers").body_mut().read_json().expect("JSON")
}

#[test]
fn r93_names_of_buttons_and_screens_in_the_guide_are_those_of_a_running_recorder() {
    let world = Real::start("log-guide-texts");
    for language in ["en", "de"] {
        let (article, texts) = (article(language), asked(&world, "/api/v0/texts", language, ""));
        for id in [
            "device-forgot",
            "device-ok",
            "device-next",
            "device-cancel",
            "device-notice-leaves",
            "device-payload-title",
            "device-no-phone",
            "device-no-mail",
            "device-new-code",
            "device-more-time",
            "device-another-way",
            "device-new-password-save",
            "device-done-what",
            "device-done-sessions",
            "device-confirm-address",
            "device-settings-title",
            "device-case-help-short",
            "loss-password-only",
            "screen-live-hint",
        ] {
            let said = texts["texts"][id].as_str().unwrap_or_else(|| panic!("the recorder has no text `{id}`"));
            assert!(article.contains(said), "{language}: the guide does not say `{said}` ({id})");
        }
    }
}

#[test]
fn r6_r18_r50_figures_in_the_guide_are_those_of_a_session_of_a_running_recorder() {
    let mut world = Real::start("log-guide-figures");
    world.sets_up(OLD, Some(EMAIL));
    let article = article("en");
    let visit = world.asks_to_reset().expect("a reset begins");
    world.acts(&visit, &Act::Acknowledge).expect("OK");
    world.waits_for_picture(&visit);
    let view = asked(&world, &format!("/api/v0/resets/{}", visit.id), "en", &visit.token);
    let number = |name: &str| view[name].as_u64().unwrap_or_else(|| panic!("no {name} in {view}"));
    let row = |what: &str, value: String| {
        assert!(article.contains(&format!("| {what} | {value}")), "{what}: {value}\n{article}");
    };
    row("A code works for", format!("{} minutes", number("minutes_left")));
    row("Tries for one code", number("tries_left").to_string());
    let rules = &view["password"];
    row("Length of a password", format!("{} to {} characters", rules["min_chars"], rules["max_chars"]));
    let style = if view["code_style"] == "digits" { "13 digits" } else { "9 characters" };
    row("A security code is", style.to_owned());
}

#[test]
fn r88_r90_ways_and_losses_in_the_guide_are_those_that_a_running_recorder_offers() {
    let mut world = Real::start("log-guide-ways");
    world.sets_up(OLD, Some(EMAIL));
    let article = article("en");
    let visit = world.asks_to_reset().expect("a reset begins");
    world.acts(&visit, &Act::Acknowledge).expect("OK");
    world.waits_for_picture(&visit);
    world.acts(&visit, &Act::AnotherWay).expect("another way");
    let view = asked(&world, &format!("/api/v0/resets/{}", visit.id), "en", &visit.token);
    let offers = view["offers"].as_array().expect("ways");
    assert!(!offers.is_empty(), "{view}");
    let mut rest = article.as_str();
    for offer in offers.iter().filter(|offer| offer["method"] != "companion") {
        let (name, loss) = (offer["name"].as_str().expect("a name"), offer["loss_text"].as_str().expect("a loss"));
        let at =
            rest.find(&format!("### {name}")).unwrap_or_else(|| panic!("no chapter on `{name}`, or not in this order"));
        rest = &rest[at..];
        assert!(rest.contains(loss), "`{name}`: {loss}");
    }
}

#[test]
fn r91_axe_finds_nothing_in_the_guides_and_on_the_page_for_case_codes() {
    let mut world = Real::start("log-guide-axe");
    world.sets_up(OLD, None);
    let driver = Driver::start(&world.logs());
    let browser = driver.open(DESKTOP, true);
    let mut audit = Audit::new(&browser, "screens/axe-guide");
    let folder = tempfile::tempdir().expect("a folder");
    for reader in ["owner", "agent", "integrator"] {
        let page = written(folder.path(), reader, "en", "html");
        browser.goes_to(&format!("file://{}", page.display()));
        browser.waits_for("main section");
        audit.looks(reader);
    }

    // The owner's screen says E-101 and a case code; he reads it out, and the agent types it in.
    browser.goes_to(&world.web());
    browser.clicks("#forgot");
    browser.waits_for("#ok, #error");
    if browser.has("#ok") {
        browser.clicks("#ok");
    }
    browser.waits_for("#error[data-code='E-101']");
    let code = browser.asks_page("return document.getElementById('case-code').textContent");
    let code = code.as_str().expect("a case code").trim().to_lowercase();
    let page = format!("{}/case", world.relay_page().trim_end_matches('/'));
    browser.goes_to(&page);
    browser.waits_for_step("case");
    audit.looks("case");
    browser.types("#code", "0000 0000 0001");
    browser.clicks("#send");
    browser.waits_for("#error");
    audit.looks("case-slip");
    browser.asks_page("document.getElementById('code').value = ''");
    browser.types("#code", &code);
    browser.clicks("#send");
    browser.waits_for_step("case-told");
    audit.looks("case-told");
    assert_eq!(browser.address(), page, "the code stands in no address");
    let told = browser.text();
    assert!(
        told.contains("E-101")
            && told.contains("set up without an e-mail")
            && told.contains("Never ask for a password"),
        "{told}"
    );
    assert!(
        !told.contains('@') || told.matches('@').count() == told.matches("support@plain.example").count(),
        "{told}"
    );
    audit.ends(6);
}
