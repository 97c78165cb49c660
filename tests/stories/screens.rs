//! The owner's own eyes: a real browser at the recorder, another on the telephone, clicks and keys only. Pictures of
//! every screen on a desktop, a 7-inch panel and a phone are kept in `target/artefacts/screens/`.

use std::fs;
use std::path::{Path, PathBuf};

use kit::browser::{Browser, DESKTOP, Driver, PHONE};
use kit::real::Real;
use kit::workspace::artefacts;
use kit::world::World as _;

use crate::pictures::readers_agree;
use crate::{EMAIL, NEW, OLD};

/// One walk through all screens: where its pictures go, and what they must hold.
struct Walk<'b, 'd> {
    browser: &'b Browser<'d>,
    dir: PathBuf,
    number: u32,
}

impl Walk<'_, '_> {
    /// Keeps three pictures of the page, each of which must fit the telephone's width.
    fn sees(&mut self, name: &str) {
        self.number += 1;
        let name = format!("{:02}-{name}", self.number);
        self.browser.keeps_pictures(&self.dir, &name, DESKTOP);
        self.browser.resized(PHONE);
        let sideways = self.browser.scrolls_sideways();
        self.browser.resized(DESKTOP);
        assert!(!sideways, "{name} scrolls sideways on a telephone");
    }
}

/// Sets the recorder up with an address, as a person does, and tries the address with a test code.
fn sets_up(walk: &mut Walk, world: &mut Real) {
    let browser = walk.browser;
    browser.goes_to(&world.web());
    browser.waits_for("#email");
    walk.sees("setup");
    browser.types("#new-password", OLD);
    browser.types("#email", EMAIL);
    browser.clicks("#next");
    browser.waits_for("#ok");
    walk.sees("test-the-address");
    browser.clicks("#ok");
    browser.waits_for("#qr");
    walk.sees("test-code");
    world.scans(&browser.payload()).expect("the relay takes what the screen shows");
    browser.types("#code", &world.next_code());
    browser.clicks("#next");
    browser.waits_for_step("address-confirmed");
    walk.sees("address-confirmed");
    browser.clicks("#home");
    browser.ends_set_up();
    walk.sees("live-view");
    browser.logs_out();
    walk.sees("log-in");
}

/// From *Forgot password* to the code field; returns what the QR says.
fn asks_for_a_code(walk: &mut Walk) -> String {
    let browser = walk.browser;
    browser.names_the_account();
    browser.clicks("#forgot");
    browser.waits_for("#ok");
    browser.waits_for_step("notice");
    walk.sees("notice");
    browser.clicks("#ok");
    browser.waits_for_step("enter-code");
    browser.waits_for("#qr");
    assert!(!browser.reads("#address-hint").contains("owner@"), "the screen shows the address on file");
    walk.sees("enter-code");
    browser.payload()
}

/// The telephone opens the QR's address and its owner presses the button; returns the request number it shows.
fn phone_confirms(driver: &Driver, dir: &Path, payload: &str, javascript: bool) -> String {
    let phone = driver.open(PHONE, javascript);
    phone.goes_to(payload);
    phone.waits_for("#send");
    phone.keeps_pictures(dir, "phone-1-question", PHONE);
    assert!(!phone.scrolls_sideways(), "the relay's page scrolls sideways on a telephone");
    phone.clicks("#send");
    phone.waits_for("#next-step");
    phone.keeps_pictures(dir, "phone-2-on-its-way", PHONE);
    phone.reads("#request-number")
}

/// The whole story in browsers.
fn the_owner_walks_through(story: &str, javascript: bool) {
    let mut world = Real::start(story);
    let dir = artefacts(if javascript { "screens/with-scripts" } else { "screens/without-scripts" });
    let driver = Driver::start(&world.logs());
    let browser = driver.open(DESKTOP, javascript);
    let mut walk = Walk { browser: &browser, dir: dir.clone(), number: 0 };

    sets_up(&mut walk, &mut world);
    let payload = asks_for_a_code(&mut walk);
    let pages: Vec<PathBuf> = ["1280x800", "800x480", "360x740"].map(|size| picture(&dir, "enter-code", size)).to_vec();
    readers_agree(&payload, &pages);

    let shown = phone_confirms(&driver, &dir, &payload, javascript);
    let code = world.next_code();
    assert_eq!(shown, browser.reads("#request-number"), "phone and screen show one request number");

    let mailbox = driver.open(DESKTOP, javascript);
    mailbox.goes_to(&world.mailbox_page());
    mailbox.keeps_pictures(&dir, "mailbox", DESKTOP);

    browser.types("#code", "not a code");
    browser.clicks("#next");
    browser.waits_for("#error");
    walk.sees("slip");
    browser.types("#code", &code);
    browser.clicks("#next");
    browser.waits_for_step("choose-new-password");
    walk.sees("choose-new-password");
    browser.types("#new-password", "short");
    browser.clicks("#next");
    browser.waits_for("#error[data-code='E-601']");
    walk.sees("password-too-short");
    browser.types("#new-password", NEW);
    browser.clicks("#next");
    browser.waits_for_step("done");
    walk.sees("done");

    browser.clicks("#login");
    logs_in(&browser, OLD);
    browser.waits_for("#error");
    walk.sees("old-password-refused");
    logs_in(&browser, NEW);
    browser.waits_for("#logout");
    walk.sees("logged-in-with-banner");
}

fn logs_in(browser: &Browser, password: &str) {
    browser.waits_for("#password");
    browser.types("#account", "admin");
    browser.types("#password", password);
    browser.clicks("#login");
}

fn picture(dir: &Path, name: &str, size: &str) -> PathBuf {
    let wanted = format!("{name}-{size}.png");
    let found = fs::read_dir(dir).expect("pictures were kept").flatten().map(|entry| entry.path());
    let mut found = found.filter(|path| path.to_string_lossy().ends_with(&wanted));
    found.next().unwrap_or_else(|| panic!("no picture {wanted}"))
}

#[test]
fn the_owner_gets_back_in_by_clicking() {
    the_owner_walks_through("log-screens-with-scripts", true);
}

#[test]
fn r91_every_step_works_without_scripts() {
    the_owner_walks_through("log-screens-without-scripts", false);
}

#[test]
fn r93_without_an_email_the_screen_says_so_and_leads_on() {
    let world = Real::start("log-screens-no-email");
    let dir = artefacts("screens/no-email");
    let driver = Driver::start(&world.logs());
    let browser = driver.open(DESKTOP, true);
    let mut walk = Walk { browser: &browser, dir, number: 0 };
    browser.sets_up_without_email(&world.web(), OLD);
    browser.ends_set_up();
    browser.waits_for("#add-address");
    walk.sees("live-view-without-address");
    browser.logs_out();
    browser.clicks("#forgot");
    browser.waits_for("#ok, #error");
    if browser.has("#ok") {
        browser.clicks("#ok");
    }
    browser.waits_for("#error[data-code='E-101']");
    walk.sees("no-email-on-file");
    assert!(browser.has("#withheld"), "the ways that do not work here must be listed with their reasons");
    assert!(browser.has("#ways button, #again, #home"), "no next step");
}

/// A password manager finds its fields by these names (WCAG 1.3.5); a page that has them and does not hinder is all that it needs.
fn is_named(browser: &Browser, css: &str, purpose: &str) {
    assert_eq!(browser.attribute(css, "autocomplete").as_deref(), Some(purpose), "{css} at {}", browser.address());
}

/// What a password manager does: it writes into the field, and tells the page.
fn a_manager_fills(browser: &Browser, css: &str, text: &str) {
    browser.waits_for(css);
    browser.asks_page(&format!(
        "const field = document.querySelector({css:?}); field.value = {text:?}; \
         for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, {{ bubbles: true }}));"
    ));
}

/// Shows what stands in a password field and hides it again; nothing of it changes.
fn shows_and_hides(browser: &Browser, field: &str, text: &str) {
    let state = || {
        let field =
            browser.asks_page(&format!("const f = document.querySelector({field:?}); return [f.type, f.value]"));
        [0, 1].map(|n| field[n].as_str().unwrap_or_default().to_owned())
    };
    let (button, kind) = (format!("[data-show='{}']", &field[1..]), |kind: &str| [kind.to_owned(), text.to_owned()]);
    assert_eq!(state(), kind("password"), "hidden until somebody asks");
    browser.clicks(&button);
    assert_eq!(state(), kind("text"));
    browser.clicks(&button);
    assert_eq!(state(), kind("password"));
}

#[test]
fn r54_passwords_can_be_shown_pasted_and_left_to_a_manager() {
    let mut world = Real::start("log-screens-manager");
    let driver = Driver::start(&world.logs());
    let browser = driver.open(DESKTOP, true);
    browser.goes_to(&world.web());
    is_named(&browser, "#new-password", "new-password");
    is_named(&browser, "[name=account]", "username");
    browser.pastes("#new-password", OLD);
    shows_and_hides(&browser, "#new-password", OLD);
    browser.types("#email", EMAIL);
    browser.clicks("#next");
    browser.waits_for("#ok");
    assert!(world.logs_in(OLD).is_some(), "what was pasted is the password");

    browser.goes_to(&world.web());
    browser.logs_out();
    is_named(&browser, "#account", "username");
    is_named(&browser, "#password", "current-password");
    browser.names_the_account();
    browser.clicks("#forgot");
    browser.waits_for_step("notice");
    browser.clicks("#ok");
    browser.waits_for("#qr");
    is_named(&browser, "#code", "one-time-code");
    world.scans(&browser.payload()).expect("the relay takes what the screen shows");
    browser.pastes("#code", &world.next_code());
    browser.clicks("#next");
    browser.waits_for_step("choose-new-password");
    is_named(&browser, "#new-password", "new-password");
    is_named(&browser, "[name=account]", "username");
    a_manager_fills(&browser, "#new-password", NEW);
    shows_and_hides(&browser, "#new-password", NEW);
    browser.clicks("#next");
    browser.waits_for_step("done");

    browser.clicks("#login");
    browser.waits_for("#login");
    a_manager_fills(&browser, "#account", "admin");
    a_manager_fills(&browser, "#password", NEW);
    shows_and_hides(&browser, "#password", NEW);
    browser.clicks("#login");
    browser.waits_for("#logout");
}
