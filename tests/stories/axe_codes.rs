//! Recovery codes on the device's pages, from the first set-up to the last of them, and the hand-over to a new owner: under
//! axe, by keyboard, in German too (R87, R91).

use kit::browser::{Browser, DESKTOP, Driver};
use kit::real::Real;

use crate::axe::Audit;
use crate::{NEW, OLD};

fn logs_in(browser: &Browser, password: &str) {
    browser.waits_for("#login");
    browser.types("#password", password);
    browser.clicks("#login");
    browser.waits_for("#settings");
}

/// The codes that stand on the page.
fn codes(browser: &Browser) -> Vec<String> {
    browser.waits_for("#codes code");
    let all = browser.asks_page("return [...document.querySelectorAll('#codes code')].map(code => code.textContent)");
    all.as_array().into_iter().flatten().filter_map(|code| code.as_str().map(str::to_owned)).collect()
}

/// *Forgot password* by a code of the sheet, up to its field.
fn comes_with_the_sheet(browser: &Browser, web: &str) {
    browser.goes_to(web);
    browser.clicks("#forgot");
    browser.waits_for_step("notice");
    browser.clicks("#ok");
    browser.waits_for("#code, #ways");
    if browser.has("#another-way") {
        browser.clicks("#another-way");
        browser.waits_for("#ways");
    } else if browser.has("#no-phone") {
        browser.clicks("#no-phone");
        browser.waits_for("#ways");
    }
    if browser.has("#ways") {
        browser.clicks("#choose-recovery-codes");
    }
    browser.waits_for("#code");
}

#[test]
fn r87_r91_a_sheet_from_the_first_set_up_to_its_use() {
    let world = Real::start("log-axe-codes");
    let driver = Driver::start(&world.logs());
    let browser = driver.open(DESKTOP, true);
    let mut audit = Audit::new(&browser, "screens/axe-codes");
    browser.sets_up_without_email(&world.web(), OLD);
    browser.waits_for("#make");
    audit.looks("offered");
    browser.types("#password", NEW);
    browser.clicks("#make");
    browser.waits_for("#error");
    audit.glances("wrong-password");
    browser.types("#password", OLD);
    browser.clicks("#make");
    let sheet = codes(&browser);
    assert_eq!(sheet.len(), 8);
    audit.looks("codes");
    browser.types("#code", "ABCD");
    browser.clicks("#next");
    browser.waits_for("#error");
    audit.glances("slip");
    browser.types("#code", &sheet[0]);
    browser.clicks("#next");
    browser.waits_for("#saved");
    audit.glances("saved");
    browser.clicks("#continue");
    browser.waits_for_step("readiness");
    audit.looks("what-would-not-work");
    browser.ends_set_up();
    browser.clicks("#settings");
    browser.waits_for("#kept");
    audit.glances("settings");
    browser.clicks("#codes");
    browser.waits_for("#left");
    audit.glances("left");
    browser.goes_to(&format!("{}/settings", world.web()));
    browser.logs_out();

    comes_with_the_sheet(&browser, &world.web());
    audit.looks("type-a-code");
    browser.resets_with(&sheet[1], NEW);
    comes_with_the_sheet(&browser, &world.web());
    browser.types("#code", &sheet[1]);
    browser.clicks("#next");
    browser.waits_for("#error");
    assert!(browser.reads("#error").contains("E-212"), "a code is for once");
    audit.glances("used-before");
    audit.ends(10);
}

#[test]
fn r91_the_hand_over_and_the_codes_in_german() {
    let world = Real::start("log-axe-hand-over");
    let driver = Driver::start(&world.logs());
    let browser = driver.open(DESKTOP, true);
    browser.speaks("de");
    let mut audit = Audit::new(&browser, "screens/axe-hand-over");
    browser.sets_up_without_email(&world.web(), OLD);
    browser.waits_for("#make");
    audit.glances("offered");
    browser.types("#password", OLD);
    browser.clicks("#make");
    codes(&browser);
    audit.glances("codes");
    browser.goes_to(&format!("{}/settings", world.web()));
    browser.waits_for("#hand-over");
    audit.glances("settings");
    browser.clicks("#hand-over");
    browser.waits_for_step("hand-over");
    audit.looks("hand-over");
    browser.types("#password", OLD);
    browser.clicks("#hand-over");
    browser.waits_for_step("handed-over");
    audit.looks("handed-over");
    browser.clicks("#home");
    browser.waits_for_step("setup");
    audit.ends(5);
}

#[test]
fn r89_r91_support_is_asked_on_the_page() {
    let world = Real::start("log-axe-support");
    let driver = Driver::start(&world.logs());
    let browser = driver.open(DESKTOP, true);
    let mut audit = Audit::new(&browser, "screens/axe-unlock");
    browser.sets_up_without_email(&world.web(), OLD);
    browser.ends_set_up();
    browser.logs_out();
    browser.clicks("#forgot");
    browser.waits_for_step("notice");
    audit.glances("notice");
    browser.clicks("#ok");
    browser.waits_for("#ways, #code, #another-way");
    if !browser.has("#choose-support") {
        browser.clicks("#another-way");
        browser.waits_for("#choose-support");
    }
    browser.clicks("#choose-support");
    browser.waits_for("#qr");
    audit.looks("ask-support");
    browser.clicks("#no-mail");
    browser.waits_for("#error, #ways");
    audit.glances("support-silent");
    audit.ends(3);
}

#[test]
fn the_banner_of_the_last_codes_stands_after_the_log_in() {
    let world = Real::start("log-axe-few-codes");
    let driver = Driver::start(&world.logs());
    let browser = driver.open(DESKTOP, true);
    let mut audit = Audit::new(&browser, "screens/axe-few-codes");
    browser.sets_up_without_email(&world.web(), OLD);
    browser.waits_for("#make");
    browser.types("#password", OLD);
    browser.clicks("#make");
    let sheet = codes(&browser);
    browser.types("#code", &sheet[7]);
    browser.clicks("#next");
    browser.waits_for("#saved");
    let password =
        |number: usize| if number == 0 { OLD.to_owned() } else { format!("a fresh one, the number is {number}") };
    for (used, code) in sheet[..6].iter().enumerate() {
        browser.goes_to(&format!("{}/settings", world.web()));
        if browser.has("#logout") {
            browser.logs_out();
        }
        comes_with_the_sheet(&browser, &world.web());
        browser.resets_with(code, &password(used + 1));
    }
    browser.goes_to(&format!("{}/login", world.web()));
    logs_in(&browser, &password(6));
    browser.waits_for("#kept");
    assert_eq!(browser.attribute("#kept", "data-left").as_deref(), Some("2"));
    audit.looks("few");
    audit.ends(1);
}
