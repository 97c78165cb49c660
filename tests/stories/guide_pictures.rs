//! The step pictures of the guides: a walk through the real screens in each language, as `docs/pictures/guide.sh` keeps them.
//! It runs with every suite, so a screen that is gone is found before a guide shows it.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use kit::browser::{Browser, Driver, Viewport};
use kit::process::until;
use kit::real::Real;
use kit::workspace::artefacts;
use kit::world::World as _;

use crate::{EMAIL, NEW, OLD};

/// As wide as a picture in an article is read.
const PAGE: u32 = 760;
/// Half a picture: two phones stand beside one another.
const PHONE: Viewport = Viewport(360, 640);
/// A longer one, for pages that are longer.
const LONG_PHONE: Viewport = Viewport(360, 780);

/// Where the pictures of one language go.
struct Album {
    dir: PathBuf,
}

impl Album {
    /// Keeps the page as it stands, from its top to where its content ends, with a ring around what is to be pressed or read.
    fn keeps(&self, browser: &Browser, name: &str, ring: &str) {
        browser.resized(Viewport(PAGE, 400));
        ring_around(browser, ring);
        for _ in 0..3 {
            let wanted = browser.asks_page(
                "return Math.max(document.documentElement.scrollHeight, Math.ceil(Math.max(...[...document.querySelectorAll(\
                 'main, article')].map(part => part.getBoundingClientRect().bottom)) + scrollY))",
            );
            let high = u32::try_from(wanted.as_u64().unwrap_or(600)).unwrap_or(600).clamp(300, 1250);
            browser.resized(Viewport(PAGE, high));
        }
        self.saves(browser, name);
        no_ring(browser, ring);
    }

    /// Keeps what stands on the phone.
    fn keeps_phone(&self, phone: &Browser, name: &str, ring: &str) {
        ring_around(phone, ring);
        self.saves(phone, name);
        no_ring(phone, ring);
    }

    fn saves(&self, browser: &Browser, name: &str) {
        fs::write(self.dir.join(format!("{name}.png")), browser.screenshot()).expect("the folder is writable");
    }
}

fn ring_around(browser: &Browser, css: &str) {
    draw_ring(browser, css, "4px solid #d9480f");
}

fn no_ring(browser: &Browser, css: &str) {
    draw_ring(browser, css, "");
}

fn draw_ring(browser: &Browser, css: &str, outline: &str) {
    if css.is_empty() {
        return;
    }
    browser.waits_for(css);
    browser.asks_page(&format!(
        "document.activeElement?.blur(); const part = document.querySelector({css:?}); part.style.outline = {outline:?}; \
         part.style.outlineOffset = '4px'; part.style.borderRadius = part.style.borderRadius || '6px';"
    ));
}

/// Sets the recorder up with an address that is tried out, and logs out.
fn sets_up(browser: &Browser, world: &mut Real, album: &Album) {
    browser.goes_to(&world.web());
    browser.waits_for("#email");
    browser.types("#new-password", OLD);
    browser.types("#email", EMAIL);
    album.keeps(browser, "set-up", "#email");
    browser.clicks("#next");
    browser.clicks("#ok");
    browser.waits_for("#qr");
    world.scans(&browser.payload()).expect("the relay takes what the screen shows");
    browser.types("#code", &world.next_code());
    browser.clicks("#next");
    browser.waits_for_step("address-confirmed");
    browser.goes_to(&world.web());
    browser.logs_out();
}

/// Recovery codes are made, their sheet is looked at as it is printed, and one is typed back (R87).
fn makes_a_sheet(browser: &Browser, world: &Real, album: &Album) {
    browser.goes_to(&format!("{}/settings/codes", world.web()));
    browser.types("#password", OLD);
    browser.clicks("#make");
    let code = browser.reads("#codes li code");
    shows_the_paper(browser);
    album.keeps(browser, "sheet", "#paper");
    browser.goes_to(&format!("{}/settings/codes", world.web()));
    browser.types("#code", &code);
    browser.clicks("#next");
    browser.waits_for("#saved");
}

/// The sheet alone, as its picture is printed.
fn shows_the_paper(browser: &Browser) {
    browser.asks_page(
        "const paper = new Image(); paper.id = 'paper'; paper.src = document.querySelector('#sheet-png').href; \
         paper.style.cssText = 'display: block; width: 100%; height: auto'; document.body.style.padding = 0; \
         document.body.replaceChildren(paper)",
    );
    let drawn =
        || browser.asks_page("return document.querySelector('#paper').naturalHeight > 0").as_bool().filter(|on| *on);
    until(Duration::from_secs(20), drawn).expect("the sheet is drawn");
}

/// What would work today, and what the device finds when it looks at everything (R62).
fn asks_whether_recovery_is_ready(browser: &Browser, world: &Real, album: &Album) {
    browser.goes_to(&format!("{}/settings/ready", world.web()));
    browser.waits_for("#ways li");
    album.keeps(browser, "ready", "#light");
    browser.goes_to(&format!("{}/settings/doctor", world.web()));
    browser.waits_for("#checks li");
    album.keeps(browser, "doctor", "#case-code");
}

/// Log-in, notice, QR code.
fn forgets(browser: &Browser, album: &Album) {
    browser.waits_for("#forgot");
    browser.names_the_account();
    album.keeps(browser, "log-in", "#forgot");
    browser.clicks("#forgot");
    browser.waits_for_step("notice");
    album.keeps(browser, "notice", "#ok");
    browser.clicks("#ok");
    browser.waits_for("#qr");
    album.keeps(browser, "qr", "#qr");
}

/// The app's menu path, what it asks, and what it says then.
fn the_app_sends(phone: &Browser, world: &Real, payload: &str, album: &Album) {
    phone.goes_to(&format!("{}/app/", world.relay_page().trim_end_matches('/')));
    phone.waits_for_step("home");
    phone.clicks("#tab-menu");
    phone.waits_for_step("me");
    album.keeps_phone(phone, "app-1", "#menu-1");
    phone.clicks("#menu-1");
    phone.waits_for_step("tools");
    album.keeps_phone(phone, "app-2", "#menu-2");
    phone.clicks("#menu-2");
    phone.waits_for_step("reset");
    album.keeps_phone(phone, "app-3", "#scan");
    // A phone without a camera types the address; what follows is the same.
    phone.goes_to(&format!("{}/app/#/text", world.relay_page().trim_end_matches('/')));
    phone.types("#text", payload);
    phone.clicks("#next");
    phone.waits_for("#send");
    phone.resized(LONG_PHONE);
    album.keeps_phone(phone, "app-confirm", "#send");
    phone.clicks("#send");
    phone.waits_for_step("sent");
    album.keeps_phone(phone, "app-sent", "");
}

/// The mail as its reader sees it: without the trial mailbox around it, and with the relay's address of the brand pack in place
/// of the trial's own.
fn the_mail(mailbox: &Browser, world: &Real, album: &Album) {
    mailbox.goes_to(&world.mailbox_page());
    mailbox.clicks(".mails a");
    mailbox.waits_for("article .text");
    mailbox.asks_page(
        "for (const part of document.querySelectorAll('header, main > p')) part.remove(); \
         const text = document.querySelector('.text'); const code = /\\b\\w{3}-\\w{3}-\\w{3}\\s*$/.exec(text.innerText)[0].trim(); \
         const [before, after] = text.innerText.replace(/http:..127\\.0\\.0\\.1:\\d+/, 'https://reset.example').split(code); \
         const mark = document.createElement('b'); mark.id = 'code'; mark.textContent = code; text.replaceChildren(before, mark, after);",
    );
    album.keeps(mailbox, "mail", "#code");
}

/// Code, new password, end.
fn sets_a_new_password(browser: &Browser, world: &mut Real, album: &Album) {
    browser.types("#code", &world.next_code());
    album.keeps(browser, "code", "#next");
    browser.clicks("#next");
    browser.waits_for_step("choose-new-password");
    browser.types("#new-password", NEW);
    album.keeps(browser, "new-password", "#next");
    browser.clicks("#next");
    browser.waits_for_step("done");
    album.keeps(browser, "done", "#login");
}

/// No mail, another way, the device's own mail, the button.
fn other_ways(browser: &Browser, world: &Real, album: &Album) {
    browser.asks_for_a_code(&world.web());
    browser.clicks("#no-phone");
    browser.waits_for_step("choose-method");
    album.keeps(browser, "ways", "#ways");
    browser.clicks("#choose-email");
    browser.waits_for("body[data-step=enter-code]:not(:has(#qr)) #code");
    album.keeps(browser, "email", "#code");
    browser.clicks("#another-way");
    browser.waits_for_step("choose-method");
    browser.clicks("#choose-button");
    browser.waits_for_step("hold-button");
    let mut line = world.presses_the_button();
    browser.waits_for("#going");
    until(Duration::from_secs(6), || {
        browser.asks_page("return (document.getElementById('going-bar')?.value ?? 0) > 2000").as_bool().filter(|on| *on)
    });
    album.keeps(browser, "button", "");
    line.write_all(b"0\n").expect("the line takes an edge");
}

fn walks(language: &str) {
    let mut world = Real::start(&format!("log-guide-{language}"));
    let driver = Driver::start(&world.logs());
    let album = Album { dir: artefacts(&format!("guide/{language}")) };
    let windows = [Viewport(PAGE, 600), PHONE, Viewport(PAGE, 600)].map(|size| driver.open(size, true));
    let [browser, phone, mailbox] = &windows;
    windows.iter().for_each(|window| window.speaks(language));
    sets_up(browser, &mut world, &album);
    forgets(browser, &album);
    the_app_sends(phone, &world, &browser.payload(), &album);
    until(Duration::from_secs(20), || (world.mails().len() > 1).then_some(())).expect("the mail comes");
    the_mail(mailbox, &world, &album);
    sets_a_new_password(browser, &mut world, &album);
    other_ways(browser, &world, &album);
    without_an_email(&driver, language, &album);
    every_picture_of_the_guides_was_taken(&album, language);
}

/// What the guides show is what this walk sees; the local screen's own pictures are taken in the terminal's story.
fn every_picture_of_the_guides_was_taken(album: &Album, language: &str) {
    let shown = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/pictures/guide").join(language);
    for picture in fs::read_dir(shown).expect("the guides have pictures") {
        let name = picture.expect("a file").file_name();
        let of_the_screen = name.to_string_lossy().starts_with("screen-");
        assert!(of_the_screen || album.dir.join(&name).is_file(), "no page was {}", name.display());
    }
}

/// Another recorder that was set up without an address: the code of the design, and the ways on, the sheet and support.
fn without_an_email(driver: &Driver, language: &str, album: &Album) {
    let mut world = Real::start(&format!("log-guide-no-email-{language}"));
    world.sets_up(OLD, None);
    let browser = driver.open(Viewport(PAGE, 600), true);
    browser.speaks(language);
    browser.goes_to(&world.web());
    browser.names_the_account();
    browser.types("#password", OLD);
    browser.clicks("#login");
    browser.waits_for("#logout");
    makes_a_sheet(&browser, &world, album);
    asks_whether_recovery_is_ready(&browser, &world, album);
    browser.goes_to(&world.web());
    browser.logs_out();
    browser.clicks("#forgot");
    browser.waits_for("#ok, #error");
    if browser.has("#ok") {
        browser.clicks("#ok");
    }
    browser.waits_for("#error[data-code='E-101']");
    album.keeps(&browser, "no-email", "#error");
    browser.clicks("#choose-recovery-codes");
    browser.waits_for("body[data-step=enter-code] #code");
    album.keeps(&browser, "recovery-codes", "#code");
    browser.clicks("#another-way");
    browser.clicks("#choose-support");
    browser.waits_for("#qr");
    album.keeps(&browser, "support", "#qr");
}

#[test]
fn r91_every_step_of_the_guide_has_its_picture_in_english() {
    walks("en");
}

#[test]
fn r91_every_step_of_the_guide_has_its_picture_in_german() {
    walks("de");
}
