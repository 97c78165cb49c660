//! The desk of `resetkit demo`: a visitor walks a reset by it, takes one thing after another away, and is led on each time.

use std::fs;
use std::process::Command;
use std::time::Duration;

use kit::browser::{Browser, Driver, Viewport};
use kit::process::{Running, until};
use kit::real::programs;
use kit::workspace::{artefacts, target};
use serde_json::Value;

use crate::NEW;

/// What the desk is made for.
const WIDE: Viewport = Viewport(1600, 900);
const SMALLER: Viewport = Viewport(1280, 800);
/// The password that the desk's page names as forgotten.
const FORGOTTEN: &str = "the first one nobody remembers";
const PATIENCE: Duration = Duration::from_secs(20);

struct Visitor<'d> {
    browser: Browser<'d>,
}

impl Visitor<'_> {
    /// Does something at the recorder.
    fn at_the_recorder<T>(&self, does: impl FnOnce(&Browser<'_>) -> T) -> T {
        self.browser.leaves_frames();
        self.browser.enters("#device");
        let done = does(&self.browser);
        self.browser.leaves_frames();
        done
    }

    /// *Forgot password* and OK.
    fn forgets(&self) {
        self.at_the_recorder(|browser| {
            browser.clicks("#forgot");
            browser.waits_for_step("notice");
            browser.clicks("#ok");
        });
    }

    /// The phone is pointed at the screen and its button pressed.
    fn points_the_phone(&self) {
        self.browser.clicks("#point");
        self.browser.enters("#phone");
        self.browser.clicks("#send");
        self.browser.leaves_frames();
    }

    /// The code of the newest mail with one, as it stands in the mailbox's own page. A notice of what happened before may
    /// come after it.
    fn reads_the_newest_mail(&self, from: &str) -> String {
        self.browser.enters("#mailbox");
        let newest = format!(
            "const mails = [...document.querySelectorAll('.mails a')].filter(mail => mail.innerText.includes({from:?}));
             const mail = mails.find(mail => !mail.innerText.includes('Notice')); return mail ? mail.href : null"
        );
        let mail = until(PATIENCE, || Some(self.browser.asks_page(&newest)).filter(Value::is_string));
        let mail = mail.unwrap_or_else(|| panic!("no mail from {from}; the mailbox says {}", self.browser.text()));
        self.browser.asks_page(&format!("window.location = {mail}"));
        let text = self.browser.reads(".text");
        self.browser.asks_page("window.location = '/'");
        self.browser.leaves_frames();
        let code = text.split_whitespace().rfind(|word| word.split('-').map(str::len).eq([3, 3, 3]));
        code.unwrap_or_else(|| panic!("no code in {text}")).to_owned()
    }

    /// Waits for a line of the log, and gives its words back.
    fn log_says(&self, id: &str) -> String {
        self.browser.leaves_frames();
        self.browser.reads(&format!("#log li[data-id='{id}'] span"))
    }

    /// Throws a switch and waits until it stands so.
    fn throws(&self, name: &str, on: bool) {
        self.browser.leaves_frames();
        self.browser.clicks(&format!("[data-switch={name}]"));
        self.browser.waits_for(&format!("[data-switch={name}][aria-pressed='{on}']:not([disabled])"));
    }
}

/// Starts the demo as a visitor does; everything ends with it.
fn demo(world: &std::path::Path, logs: &std::path::Path) -> (Running, String) {
    let mut command = Command::new(programs().join("resetkit"));
    command.args(["demo", "--no-build", "--no-browser", "--keep"]).arg(world);
    let demo = Running::start("demo", command, logs);
    let line = demo.line_with("The desk");
    let address = line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address").to_owned();
    demo.line_with("Ctrl-C");
    (demo, address)
}

#[test]
fn r41_f4_a_visitor_gets_back_in_at_the_desk_whatever_is_taken_away() {
    let (files, logs) = (tempfile::tempdir().expect("a folder"), artefacts("desk"));
    let (_demo, address) = demo(&files.path().join("world"), &logs);
    let driver = Driver::start(&logs);
    let visitor = Visitor { browser: driver.open(WIDE, true) };
    visitor.browser.goes_to(&address);

    the_whole_way(&visitor, &logs);
    without_a_phone(&visitor);
    with_a_method_that_dies_and_a_power_cut(&visitor);
    without_any_mail(&visitor);
    visitor.browser.goes_to(&address);
    axe_finds_nothing(&visitor.browser);
    visitor.browser.resized(SMALLER);
    fs::write(logs.join("desk-1280x800.png"), visitor.browser.screenshot()).expect("written");
    assert!(!visitor.browser.scrolls_sideways());
}

/// The picture taken by the phone, the mail by the relay, the password at the recorder.
fn the_whole_way(visitor: &Visitor<'_>, logs: &std::path::Path) {
    visitor.browser.clicks("#point");
    assert!(visitor.browser.reads("#expect").contains("no QR code"), "nothing is made up where there is no picture");
    visitor.forgets();
    visitor.at_the_recorder(|browser| browser.waits_for("#qr"));
    visitor.points_the_phone();
    let seen = visitor.log_says("desk-log-relay-accepted");
    assert!(seen.contains("The relay saw: a sealed request") && seen.contains("never saw: a password"), "{seen}");
    let code = visitor.reads_the_newest_mail("noreply@plain.example");
    visitor.log_says("desk-log-mail-relay");
    fs::write(logs.join("desk-1600x900.png"), visitor.browser.screenshot()).expect("written");
    assert!(!visitor.browser.reads("#log").contains(&code), "R15: the log tells of the code and never tells it");
    visitor.at_the_recorder(|browser| {
        browser.resets_with(&code, NEW);
        browser.clicks("#login");
        browser.types("#password", FORGOTTEN);
        browser.clicks("#login");
        browser.waits_for("#error");
    });
    visitor.log_says("desk-log-password");
}

/// Phone lost: the recorder mails by itself, and the relay sees nothing.
fn without_a_phone(visitor: &Visitor<'_>) {
    visitor.browser.clicks("[data-phone]");
    visitor.browser.waits_for("#lost:not([hidden])");
    visitor.forgets();
    visitor.at_the_recorder(|browser| {
        browser.clicks("#no-phone");
        browser.clicks("#choose-email");
        browser.waits_for("body[data-step=enter-code]:not(:has(#qr)) #code");
    });
    let seen = visitor.log_says("desk-log-mail-direct");
    assert!(seen.contains("The relay saw nothing of it"), "{seen}");
    let code = visitor.reads_the_newest_mail("recorder@plain.example");
    visitor.at_the_recorder(|browser| {
        browser.types("#code", &code);
        browser.clicks("#next");
        browser.waits_for_step("choose-new-password");
        browser.clicks("#cancel");
    });
    visitor.browser.clicks("[data-phone]");
}

/// A worker killed is begun again; a recorder killed comes back with the same request.
fn with_a_method_that_dies_and_a_power_cut(visitor: &Visitor<'_>) {
    visitor.at_the_recorder(|browser| {
        browser.asks_page("window.location = document.baseURI.split('/device')[0] + '/device/'")
    });
    visitor.forgets();
    let request = visitor.at_the_recorder(|browser| {
        browser.waits_for("#qr");
        browser.reads("#request-number")
    });
    visitor.browser.clicks("[data-act=crash]");
    visitor.log_says("desk-log-method-failed");
    visitor.browser.clicks("[data-act=power]");
    visitor.log_says("desk-log-resumed");
    let after = until(PATIENCE, || {
        let number =
            visitor.at_the_recorder(|browser| browser.has("#request-number").then(|| browser.reads("#request-number")));
        number.filter(|number| !number.is_empty())
    });
    assert_eq!(after, Some(request), "the request outlived the power cut");
}

/// No e-mail on file, network pulled, relay down, clock at 1970: the finger is what is left.
fn without_any_mail(visitor: &Visitor<'_>) {
    for name in ["network", "relay-down", "clock", "no-email"] {
        visitor.throws(name, true);
    }
    visitor.at_the_recorder(|browser| browser.waits_for("#forgot"));
    visitor.forgets();
    visitor.at_the_recorder(|browser| {
        browser.waits_for("#error[data-code='E-101']");
        browser.clicks("#choose-button");
        browser.waits_for_step("hold-button");
    });
    visitor.browser.clicks("#hold-for-me");
    visitor.at_the_recorder(|browser| browser.waits_for_step("choose-new-password"));
    visitor.log_says("desk-did-press");
    for name in ["no-email", "clock", "relay-down", "network"] {
        visitor.throws(name, false);
    }
}

/// The desk's own page, without what stands in its frames.
fn axe_finds_nothing(browser: &Browser<'_>) {
    let axe = target().join("tools/node_modules/axe-core/axe.min.js");
    let axe = fs::read_to_string(&axe).unwrap_or_else(|_| panic!("{}: tests/run --only prepare", axe.display()));
    for scheme in ["light", "dark"] {
        browser.prefers(scheme);
        browser.asks_page(&format!(
            "if (!window.axe) {{ {axe} }} window.judged = null; axe.run(document, {{ iframes: false, runOnly: ['wcag2a', \
             'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }}).then(found => {{ window.judged = \
             found.violations.map(rule => rule.id + ': ' + rule.nodes.map(node => node.html.slice(0, 160)).join(' | ')); }});"
        ));
        let judged = until(PATIENCE, || Some(browser.asks_page("return window.judged")).filter(Value::is_array));
        assert_eq!(judged.expect("axe finishes"), serde_json::json!([]), "{scheme}");
    }
    browser.prefers("light");
}
