//! Everybody: axe-core finds nothing on any page of the recorder, light or dark, and a keyboard is enough (R91).
//!
//! axe is of the WCAG 2.2 AA rules and its own best practice; `tests/run` installs it into `target/tools`.

use std::fs;
use std::path::PathBuf;

use kit::browser::{Browser, DESKTOP, Driver, PANEL, PHONE, Viewport};
use kit::process::until;
use kit::real::Real;
use kit::workspace::{artefacts, target};
use kit::world::World as _;
use serde_json::{Value, json};

use crate::{EMAIL, NEW, OLD};

/// Half of 1280: what a desktop shows at 200 %. And the width at which nothing may scroll sideways (WCAG 1.4.10).
const ZOOMED: Viewport = Viewport(640, 400);
const NARROW: Viewport = Viewport(320, 640);

pub(crate) struct Audit<'b, 'd> {
    browser: &'b Browser<'d>,
    axe: String,
    dir: PathBuf,
    found: Vec<String>,
    pages: usize,
}

impl<'b, 'd> Audit<'b, 'd> {
    pub(crate) fn new(browser: &'b Browser<'d>, name: &str) -> Self {
        let axe = target().join("tools/node_modules/axe-core/axe.min.js");
        let axe = fs::read_to_string(&axe).unwrap_or_else(|_| panic!("{}: tests/run --only prepare", axe.display()));
        Self { browser, axe, dir: artefacts(name), found: Vec::new(), pages: 0 }
    }

    /// Looks at the page on every screen, light and dark.
    pub(crate) fn looks(&mut self, name: &str) {
        self.pages += 1;
        for scheme in ["light", "dark"] {
            self.browser.prefers(scheme);
            let pictures = format!("{:02}-{name}-{scheme}", self.pages);
            for viewport in [DESKTOP, PANEL, PHONE] {
                self.browser.resized(viewport);
                let file = self.dir.join(format!("{pictures}-{}x{}.png", viewport.0, viewport.1));
                fs::write(file, self.browser.screenshot()).expect("the folder for pictures is writable");
                self.judges(&format!("{name} {scheme} {}", viewport.0));
            }
        }
        self.browser.prefers("light");
        for viewport in [NARROW, ZOOMED] {
            self.browser.resized(viewport);
            if self.browser.scrolls_sideways() {
                self.finds(format!("{name}: scrolls sideways at {} px", viewport.0));
            }
            self.small_targets(name);
        }
        self.browser.resized(DESKTOP);
        self.keyboard(name);
    }

    /// Looks once at a page that will not stay: no other screens, no keyboard.
    pub(crate) fn glances(&mut self, name: &str) {
        self.keeps(name);
        self.judges(name);
    }

    /// Keeps a picture and judges nothing.
    pub(crate) fn keeps(&mut self, name: &str) {
        self.pages += 1;
        let file = self.dir.join(format!("{:02}-{name}-light-1280x800.png", self.pages));
        fs::write(file, self.browser.screenshot()).expect("the folder for pictures is writable");
    }

    fn judges(&mut self, name: &str) {
        self.browser.asks_page(&format!(
            "if (!window.axe) {{ {} }} window.judged = null; axe.run(document, {{ runOnly: ['wcag2a', 'wcag2aa', \
             'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }}).then(found => {{ window.judged = found.violations \
             .map(rule => rule.id + ': ' + rule.nodes.map(node => node.html.slice(0, 160)).join(' | ')); }}, \
             fault => {{ window.judged = ['axe: ' + fault]; }});",
            self.axe
        ));
        let judged = until(std::time::Duration::from_secs(30), || {
            Some(self.browser.asks_page("return window.judged")).filter(Value::is_array)
        });
        let judged = judged.unwrap_or_else(|| panic!("axe did not finish at {name}"));
        for rule in judged.as_array().into_iter().flatten() {
            self.finds(format!("{name}: {rule}"));
        }
    }

    fn finds(&mut self, fault: String) {
        println!("{fault}");
        self.found.push(fault);
    }

    /// Every target is 24 by 24 px, or stands in a sentence (WCAG 2.5.8).
    fn small_targets(&mut self, name: &str) {
        let small = self.browser.asks_page(
            "return [...document.querySelectorAll('a[href],button,input:not([type=hidden]),summary,textarea')] \
             .filter(e => !e.closest('.visually-hidden,.skip') && e.checkVisibility()) \
             .map(e => [e.outerHTML.slice(0, 80), (e.closest('label') || e).getBoundingClientRect()]) \
             .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)",
        );
        for target in small.as_array().into_iter().flatten() {
            self.finds(format!("{name}: smaller than 24 px: {target}"));
        }
    }

    /// *Tab* comes to everything that can be pressed, in the order in which it stands, and shows where it is.
    fn keyboard(&mut self, name: &str) {
        let all = self.browser.asks_page(
            "document.body.tabIndex = -1; document.body.focus(); window.scrollTo(0, 0); \
             window.wanted = [...document.querySelectorAll('a[href],button,input:not([type=hidden]),summary,textarea')] \
             .filter(e => !e.matches('[type=radio]:not(:checked)')).filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility()); return window.wanted.length",
        );
        let steps = usize::try_from(all.as_u64().unwrap_or(0)).expect("a page has few buttons") + 4;
        let mut last = -1_i64;
        let mut seen = 0;
        for _ in 0..steps {
            self.browser.presses_tab();
            let at = self.browser.asks_page(
                "const at = document.activeElement, style = getComputedStyle(at); \
                 return [window.wanted.indexOf(at), at.matches(':focus-visible') && style.outlineStyle !== 'none']",
            );
            let place = at[0].as_i64().unwrap_or(-1);
            if place > last {
                (last, seen) = (place, seen + 1);
                if at[1] != json!(true) {
                    self.finds(format!("{name}: nothing shows that target {place} has the focus"));
                }
            }
        }
        if Some(seen) != all.as_u64() {
            self.finds(format!("{name}: the keyboard reaches {seen} of {all} targets in order"));
        }
    }

    pub(crate) fn ends(self, at_least: usize) {
        assert!(self.pages >= at_least, "only {} pages were looked at", self.pages);
        assert!(self.found.is_empty(), "{} faults:\n{}", self.found.len(), self.found.join("\n"));
    }
}

fn logs_in(browser: &Browser, password: &str) {
    browser.waits_for("#password");
    browser.types("#password", password);
    browser.clicks("#login");
}

/// Set-up, the test code, settings and the ways back in.
fn the_owners_own_pages(audit: &mut Audit, world: &mut Real) {
    let browser = audit.browser;
    browser.goes_to(&world.web());
    browser.waits_for("#email");
    audit.looks("setup");
    browser.types("#new-password", "short");
    browser.types("#email", EMAIL);
    browser.clicks("#next");
    browser.waits_for("#error");
    audit.looks("setup-refused");
    browser.types("#new-password", OLD);
    browser.clicks("#next");
    browser.waits_for_step("notice");
    audit.looks("confirm-notice");
    browser.clicks("#ok");
    browser.waits_for("#qr");
    audit.looks("confirm-code");
    world.scans(&browser.payload()).expect("the relay takes it");
    browser.types("#code", &world.next_code());
    browser.clicks("#next");
    browser.waits_for_step("address-confirmed");
    audit.looks("address-confirmed");
    browser.clicks("#home");
    browser.ends_set_up();
    audit.looks("live");
    browser.clicks("#settings");
    browser.waits_for("#methods");
    audit.looks("settings");
    browser.clicks("#methods a");
    browser.waits_for("#switch-off");
    audit.looks("switch-off");
    browser.clicks("#keep");
    browser.types("#email", "other@example.org");
    browser.types("#password", "not it");
    browser.clicks("#save");
    browser.waits_for("#error");
    audit.looks("settings-refused");
    browser.logs_out();
}

/// *I don't have the phone*: the chooser, the button, and back to the picture.
fn the_other_ways(audit: &mut Audit) {
    let browser = audit.browser;
    browser.clicks("#no-phone");
    browser.waits_for_step("choose-method");
    audit.looks("ways");
    browser.clicks("#choose-button");
    browser.waits_for_step("hold-button");
    browser.waits_for("#going");
    audit.looks("hold-button");
    browser.clicks("#another-way");
    browser.waits_for_step("choose-method");
    browser.clicks("#choose-email");
    browser.waits_for("body[data-step='enter-code'], #error");
    audit.looks("mail");
    browser.clicks("#another-way, #choose-companion");
    browser.waits_for("#choose-companion, #qr");
    if browser.has("#choose-companion") {
        browser.clicks("#choose-companion");
    }
    browser.waits_for("#qr");
}

/// The six steps, with a slip at each field.
fn the_reset(audit: &mut Audit, world: &mut Real) {
    let browser = audit.browser;
    browser.waits_for("#forgot");
    audit.looks("log-in");
    logs_in(browser, "not it");
    browser.waits_for("#error");
    audit.looks("log-in-refused");
    browser.clicks("#forgot");
    browser.waits_for_step("notice");
    audit.looks("notice");
    browser.clicks("#ok");
    browser.waits_for("#qr");
    audit.looks("enter-code");
    the_other_ways(audit);
    browser.types("#code", "not a code");
    browser.clicks("#next");
    browser.waits_for("#error");
    audit.looks("slip");
    browser.clicks("#no-mail");
    browser.waits_for("[data-code='E-401'], #action-show-again");
    audit.looks("no-mail");
    let payload = browser.asks_page("return document.getElementById('payload')?.value ?? ''");
    let payload = payload.as_str().unwrap_or_default().to_owned();
    let payload = if payload.is_empty() {
        browser.clicks("#action-show-again");
        browser.waits_for("#qr");
        browser.payload()
    } else {
        payload
    };
    world.scans(&payload).expect("the relay takes it");
    // The other way sent a mail of its own; its code is not the one of this request.
    for _ in 0..2 {
        browser.types("#code", &world.next_code());
        browser.clicks("#next");
        browser.waits_for("#new-password, #error[data-code='E-203']");
        if browser.has("#new-password") {
            break;
        }
        audit.looks("wrong-code");
    }
    browser.waits_for_step("choose-new-password");
    audit.looks("new-password");
    browser.types("#new-password", "short");
    browser.clicks("#next");
    browser.waits_for("#error");
    audit.looks("new-password-refused");
    browser.types("#new-password", NEW);
    browser.clicks("#next");
    browser.waits_for_step("done");
    audit.looks("done");
    browser.clicks("#login");
    logs_in(browser, NEW);
    browser.waits_for("#acknowledge");
    audit.looks("banner");
    browser.goes_to(&format!("{}/nowhere", world.web().trim_end_matches('/')));
    browser.waits_for("#error");
    audit.looks("error");
}

#[test]
fn r91_axe_finds_nothing_on_any_page_and_a_keyboard_is_enough() {
    let mut world = Real::start("log-axe");
    let driver = Driver::start(&world.logs());
    let browser = driver.open(DESKTOP, true);
    let mut audit = Audit::new(&browser, "screens/axe");
    the_owners_own_pages(&mut audit, &mut world);
    the_reset(&mut audit, &mut world);
    audit.ends(20);
}

#[test]
fn r91_axe_finds_nothing_on_the_german_pages() {
    let mut world = Real::start("log-axe-german");
    let driver = Driver::start(&world.logs());
    let browser = driver.open(DESKTOP, true);
    browser.speaks("de");
    let mut audit = Audit::new(&browser, "screens/axe-german");
    the_owners_own_pages(&mut audit, &mut world);
    assert_eq!(browser.asks_page("return document.documentElement.lang"), "de");
    the_reset(&mut audit, &mut world);
    audit.ends(20);
}

#[test]
fn r91_axe_finds_nothing_where_no_email_is_on_file() {
    let world = Real::start("log-axe-no-email");
    let driver = Driver::start(&world.logs());
    let browser = driver.open(DESKTOP, true);
    let mut audit = Audit::new(&browser, "screens/axe-no-email");
    browser.sets_up_without_email(&world.web(), OLD);
    browser.ends_set_up();
    browser.waits_for("#readiness");
    audit.looks("live-without-address");
    browser.logs_out();
    browser.clicks("#forgot");
    browser.waits_for("#ok, #error");
    audit.looks("forgot-without-address");
    if browser.has("#ok") {
        browser.clicks("#ok");
        browser.waits_for("#withheld");
        audit.looks("ways-without-address");
    }
    if browser.has("#case-code") {
        let code = browser.asks_page("return document.getElementById('case-code').textContent");
        let code = code.as_str().unwrap_or_default();
        assert_eq!(code.len(), "ABCD-EFGH-JKMN".len(), "4-4-4: {code}");
    }
    if browser.has("#cancel") {
        browser.clicks("#cancel");
        browser.waits_for("#again, #forgot");
        audit.looks("cancelled");
    }
    audit.ends(2);
}
