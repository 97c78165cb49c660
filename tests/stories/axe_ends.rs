//! The pages that an owner sees only on some models: what is lost is confirmed, the button held, the factory state, and the
//! last page of all with its case code.

use std::time::Duration;

use kit::browser::{DESKTOP, Driver};
use kit::real::Real;
use kit::world::World as _;

use crate::axe::Audit;
use crate::{EMAIL, OLD};

#[test]
fn r91_r88_axe_finds_nothing_on_the_way_to_the_factory_state() {
    the_way_to_the_factory_state("log-axe-factory", "screens/axe-factory", "en");
}

#[test]
fn r91_r88_axe_finds_nothing_on_the_german_way_to_the_factory_state() {
    the_way_to_the_factory_state("log-axe-factory-german", "screens/axe-factory-german", "de");
}

fn the_way_to_the_factory_state(story: &str, pictures: &str, language: &str) {
    let mut world = Real::start_as(story, &["--profile", "cam-1"]);
    world.sets_up(OLD, Some(EMAIL));
    let driver = Driver::start(&world.logs());
    let browser = driver.open(DESKTOP, true);
    browser.speaks(language);
    let mut audit = Audit::new(&browser, pictures);
    browser.goes_to(&world.web());
    browser.clicks("#forgot");
    browser.clicks("#ok");
    browser.waits_for("#qr");
    browser.clicks("#no-phone");
    browser.waits_for_step("choose-method");
    audit.looks("ways-with-a-loss");
    browser.clicks("#choose-button");
    browser.waits_for_step("confirm-loss");
    browser.waits_for("#loss[data-loss='all-settings']");
    audit.looks("confirm-loss");
    browser.clicks("#ok");
    browser.waits_for_step("hold-button");
    audit.looks("hold-for-the-factory-state");
    // Each look took a while: the window is two minutes, so the owner chooses the button anew.
    browser.clicks("#another-way");
    browser.waits_for_step("choose-method");
    browser.clicks("#choose-button");
    browser.clicks("#ok");
    browser.waits_for_step("hold-button");
    world.holds_button(Duration::from_millis(10_400));
    browser.waits_for_step("factory-state");
    audit.looks("factory-state");
    browser.clicks("#home");
    browser.waits_for("#new-password");
    assert!(browser.has("#email"), "the device is set up anew");
    audit.ends(4);
}

#[test]
fn r91_r93_axe_finds_nothing_on_the_last_page_and_its_case_code_can_be_read_out() {
    the_last_page("log-axe-support", "screens/axe-support", "en");
}

#[test]
fn r91_r93_axe_finds_nothing_on_the_last_page_in_german() {
    the_last_page("log-axe-support-german", "screens/axe-support-german", "de");
}

fn the_last_page(story: &str, pictures: &str, language: &str) {
    let mut world = Real::start_as(story, &["--profile", "nvr-4"]);
    world.sets_up(OLD, None);
    // No address, no sheet, no button on this model: once support is withdrawn, nothing is left.
    world.withdraws("support");
    let driver = Driver::start(&world.logs());
    let browser = driver.open(DESKTOP, true);
    browser.speaks(language);
    let mut audit = Audit::new(&browser, pictures);
    browser.goes_to(&world.web());
    browser.clicks("#forgot");
    browser.waits_for_step("support");
    assert_eq!(browser.asks_page("return document.documentElement.lang"), language);
    audit.looks("support");
    let code = browser.asks_page("return document.getElementById('case-code').textContent");
    let code = code.as_str().unwrap_or_default().to_owned();
    browser.clicks("#case-code");
    let selected = browser.asks_page("return window.getSelection().toString().trim()");
    assert_eq!(selected, code.as_str(), "a click selects the whole code");
    browser.clicks(".case details summary");
    let spelt = browser.reads(".spell");
    assert_eq!(spelt.lines().count(), code.len() - 2, "one line for each symbol: {spelt}");
    audit.looks("support-spelt");
    let mut case = std::process::Command::new(kit::real::programs().join("resetkit"));
    let said = case.args(["case", &code, "--json"]).output().expect("resetkit runs");
    let words = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.status.success() && words.contains("E-318") | words.contains("E-101"), "{code}: {words}");
    assert!(words.contains("nvr-4"), "{words}");
    audit.ends(2);
}

#[test]
fn r90_r91_axe_finds_nothing_where_ways_are_switched_off_down_to_the_last() {
    let mut world = Real::start("log-axe-switches");
    world.sets_up(OLD, Some(EMAIL));
    let driver = Driver::start(&world.logs());
    let browser = driver.open(DESKTOP, true);
    let mut audit = Audit::new(&browser, "screens/axe-switches");
    browser.goes_to(&world.web());
    browser.types("#password", OLD);
    browser.clicks("#login");
    browser.clicks("#settings");
    for way in ["email", "companion", "support"] {
        browser.clicks(&format!("#off-{way}"));
        browser.clicks("#switch-off");
        browser.waits_for(&format!("#method-{way}[data-on='false']"));
    }
    audit.looks("three-are-off");
    browser.clicks("#off-button");
    browser.waits_for("#warning");
    assert!(browser.reads("#warning").contains("no way is left"), "{}", browser.text());
    audit.looks("the-last-one");
    browser.clicks("#switch-off");
    browser.waits_for("#method-button[data-on='false']");
    audit.looks("all-are-off");
    browser.logs_out();
    browser.clicks("#forgot");
    browser.waits_for_step("support");
    audit.looks("nothing-is-left");
    audit.ends(4);
}
