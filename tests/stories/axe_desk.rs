//! Support on a phone and at the desk: the page that passes an unlock on, and the list for people with a token, under axe, by
//! keyboard, in German too (R89, R91).

use std::fs;
use std::process::Command;

use kit::browser::{DESKTOP, Driver};
use kit::real::{Real, programs};
use kit::world::{Act, World as _};

use crate::axe::Audit;
use crate::{EMAIL, OLD};

/// The text of an unlock on the recorder's screen.
fn unlock(world: &mut Real) -> String {
    let visit = world.asks_to_reset().expect("a reset begins");
    let acts = [Act::Acknowledge, Act::AnotherWay, Act::Choose("support".into())];
    for act in acts {
        kit::process::until(world.patience(), || world.acts(&visit, &act).ok()).expect("the recorder goes along");
    }
    let shown = kit::process::until(world.patience(), || {
        let screen = world.looks(&visit).ok()?;
        screen.payload.filter(|_| screen.step == "enter-code").filter(|text| text.len() > 200 && text.len() < 260)
    });
    shown.expect("an unlock is shown")
}

#[test]
fn r89_r91_axe_finds_nothing_on_the_pages_of_a_support_call() {
    the_pages("log-axe-desk", "screens/axe-desk", "en");
}

#[test]
fn r89_r91_axe_finds_nothing_on_the_german_pages_of_a_support_call() {
    the_pages("log-axe-desk-german", "screens/axe-desk-german", "de");
}

fn the_pages(log: &str, pictures: &str, language: &str) {
    let mut world = Real::start(log);
    world.sets_up(OLD, Some(EMAIL));
    let shown = unlock(&mut world);
    let payload = shown.rsplit('/').next().expect("the text is an address");
    let relay = world.relay_page();
    let driver = Driver::start(&world.logs());
    let browser = driver.open(DESKTOP, true);
    browser.speaks(language);
    let mut audit = Audit::new(&browser, pictures);
    browser.goes_to(&format!("{relay}/{payload}"));
    browser.waits_for_step("unlock");
    audit.looks("pass-on");
    browser.goes_to(&format!("{relay}/support"));
    browser.waits_for_step("desk-login");
    audit.looks("log-in");
    browser.types("#token", "guess");
    browser.clicks("form button");
    browser.waits_for("#error");
    audit.looks("wrong-token");
    let token = fs::read_to_string(world.files().join("desk/anna.token")).expect("a token");
    browser.types("#token", token.trim());
    browser.clicks("form button");
    browser.waits_for_step("desk");
    audit.looks("empty-desk");
    // The owner's phone, with its camera or with the app; then the agent.
    browser.goes_to(&format!("{relay}/app/#scan={payload}"));
    browser.waits_for("#send");
    let asks = if language == "de" { "an den Support weitergeben?" } else { "Pass request" };
    assert!(browser.text().contains(asks), "the question is that of an unlock");
    audit.looks("app-pass-on");
    browser.clicks("#send");
    browser.waits_for_step("passed-on");
    audit.looks("app-passed-on");
    browser.goes_to(&format!("{relay}/{payload}"));
    browser.waits_for_step("unlock-passed-on");
    audit.looks("passed-on");
    browser.goes_to(&format!("{relay}/support"));
    browser.waits_for("tbody tr");
    audit.looks("waiting");
    let mut open = Command::new(programs().join("resetkit"));
    open.args(["support", "open", "--brand", "../brand", "--token-file", "anna.token", "--text", &shown]);
    open.args(["--ticket", "4711", "--evidence", "invoice"]).current_dir(world.files().join("desk"));
    let opened = open.output().expect("resetkit runs");
    assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
    browser.goes_to(&format!("{relay}/support"));
    browser.waits_for("tr[data-state=open]");
    audit.looks("ticket");
    // The app, too: what it asks before it passes the unlock on.
    browser.goes_to(&format!("{relay}/app/#scan={payload}"));
    browser.waits_for_step("refused");
    audit.looks("app-used-already");
    audit.ends(10);
}
