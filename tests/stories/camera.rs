//! The phone's own eyes: the app of the browser reads the recorder's screen through a camera, from a photograph and from
//! typed text, and says why where it does not send.

use std::fs;
use std::path::{Path, PathBuf};

use kit::browser::{Browser, DESKTOP, Driver, PHONE, Viewport};
use kit::real::Real;
use kit::workspace::artefacts;
use kit::world::World as _;

use crate::axe::Audit;
use crate::{EMAIL, NEW, OLD};

/// A common telephone, larger than [`PHONE`].
const TALL: Viewport = Viewport(412, 915);

/// A picture of grey values.
struct Grey {
    width: usize,
    height: usize,
    values: Vec<u8>,
}

impl Grey {
    fn of_png(octets: &[u8]) -> Grey {
        let mut reader = png::Decoder::new(std::io::Cursor::new(octets)).read_info().expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size that fits")];
        let info = reader.next_frame(&mut pixels).expect("pixels");
        let channels = info.color_type.samples();
        let size = |side: u32| usize::try_from(side).expect("32 bits");
        let values = pixels.chunks_exact(channels).map(|pixel| pixel[channels.min(2) - 1]).collect();
        Grey { width: size(info.width), height: size(info.height), values }
    }

    fn at(&self, x: f64, y: f64) -> u8 {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the picture before")]
        let place = |along: f64, side: usize| (along.max(0.0) as usize).min(side - 1);
        self.values[place(y, self.height) * self.width + place(x, self.width)]
    }

    /// A film of this picture as a camera sees it: 640 by 480, `scale` film pixels for each of its own, turned by
    /// `degrees` about `middle`, with the noise of a cheap sensor.
    fn films(&self, file: &Path, middle: (f64, f64), scale: f64, degrees: f64) {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let mut film = b"YUV4MPEG2 W640 H480 F15:1 Ip A1:1 C420jpeg\n".to_vec();
        let mut noise = 0x2545_f491_u32;
        for _ in 0..8 {
            film.extend(b"FRAME\n");
            for (row, column) in (0..480_u16).flat_map(|row| (0..640_u16).map(move |column| (row, column))) {
                let (x, y) = ((f64::from(column) - 320.0) / scale, (f64::from(row) - 240.0) / scale);
                let seen = self.at(middle.0 + x * cos + y * sin, middle.1 - x * sin + y * cos);
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                film.push(20 + seen / 5 * 4 - seen / 10 + (noise >> 28) as u8);
            }
            film.extend([128; 640 * 480 / 2]);
        }
        fs::write(file, film).expect("the story's folder is writable");
    }
}

/// Sets the recorder up, logs out and asks for a code.
fn recorder_shows_a_code(browser: &Browser, world: &mut Real) {
    browser.goes_to(&world.web());
    browser.types("#new-password", OLD);
    browser.types("#email", EMAIL);
    browser.clicks("#next");
    browser.waits_for("#ok");
    browser.goes_to(&world.web());
    browser.logs_out();
    asks_for_a_code(browser);
}

fn asks_for_a_code(browser: &Browser) {
    browser.waits_for("#forgot");
    browser.names_the_account();
    browser.clicks("#forgot");
    browser.waits_for_step("notice");
    browser.clicks("#ok");
    browser.waits_for("body[data-step='choose-method'], body[data-step='enter-code'], body[data-step='preparing']");
    if browser.has("body[data-step='choose-method']") {
        browser.clicks("[value='companion'], [data-method='companion'] button, #choose-companion");
    }
    browser.waits_for_step("enter-code");
    browser.waits_for("#qr");
}

/// Films the recorder's screen around its QR code, at about six pixels a module.
fn films_the_screen(browser: &Browser, dir: &Path) -> PathBuf {
    let place = browser.asks_page(
        "const qr = document.querySelector('#qr'); const box = (qr.matches('img,svg') ? qr : qr.querySelector('img,svg')) \
         .getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2, box.width]",
    );
    let number = |n: usize| place[n].as_f64().expect("a place on the screen");
    let screen = browser.screenshot();
    fs::write(dir.join("recorder.png"), &screen).expect("the folder is writable");
    let film = dir.join("camera.y4m");
    Grey::of_png(&screen).films(&film, (number(0), number(1)), 380.0 / number(2), 7.0);
    film
}

fn app(world: &Real) -> String {
    format!("{}/app/", world.relay_page().trim_end_matches('/'))
}

#[test]
fn the_owner_scans_with_the_app_and_gets_back_in() {
    let mut world = Real::start("log-camera");
    let dir = artefacts("screens/app");
    let driver = Driver::start(&world.logs());
    let screen = driver.open(DESKTOP, true);
    recorder_shows_a_code(&screen, &mut world);
    let film = films_the_screen(&screen, &dir);

    let phone = driver.open_with_camera(TALL, &film);
    phone.goes_to(&app(&world));
    // The reference path: Me, Test Tool, Password Resetting, scan.
    phone.waits_for_step("home");
    phone.clicks("#tab-menu");
    phone.waits_for_step("me");
    assert_eq!(phone.reads("h1"), "Me");
    phone.clicks("#menu-1");
    phone.waits_for_step("tools");
    assert_eq!(phone.reads("h1"), "Test Tool");
    phone.clicks("#menu-2");
    phone.waits_for_step("reset");
    assert_eq!(phone.reads("h1"), "Password Resetting");
    phone.clicks("#scan");
    phone.waits_for_step("confirm");
    phone.waits_for("#send");
    let request = screen.reads("#request-number");
    assert_eq!(phone.reads("#request-number"), request, "phone and screen show one request number");
    assert!(world.mails().is_empty(), "reading sends nothing");
    fs::write(dir.join("confirm.png"), phone.screenshot()).expect("the folder is writable");
    phone.clicks("#send");
    phone.waits_for_step("sent");
    fs::write(dir.join("sent.png"), phone.screenshot()).expect("the folder is writable");
    let told = phone.reads("#sent");
    assert!(
        told.contains(&request) && told.contains("on its way to the address on file") && told.contains("Go back"),
        "{told}"
    );

    let code = world.next_code();
    let seen = phone.text();
    for secret in [code.as_str(), EMAIL, "owner@"] {
        assert!(!seen.contains(secret) && !phone.address().contains(secret), "the phone learns {secret}");
    }
    screen.resets_with(&code, NEW);
}

#[test]
fn r38_what_is_not_for_this_relay_is_sent_nowhere_and_told_with_the_next_step() {
    let mut world = Real::start("log-app-refusals");
    let dir = artefacts("screens/app-refusals");
    let driver = Driver::start(&world.logs());
    let screen = driver.open(DESKTOP, true);
    recorder_shows_a_code(&screen, &mut world);
    let base = app(&world);
    let phone = driver.open(PHONE, true);
    what_is_foreign_is_refused(&phone, &base, &screen.payload(), &dir);
    assert!(world.mails().is_empty());
    a_photograph_is_read(&phone, &base, &screen, &dir);
    the_relay_goes_away_and_comes_back(&phone, &base, &screen.payload(), &mut world, &dir);
    assert_eq!(phone.reads("#request-number"), screen.reads("#request-number"));
    world.next_code();
}

/// Typed or as a link: what is no request, or another service's, has a code of its own.
fn what_is_foreign_is_refused(phone: &Browser, base: &str, real: &str, dir: &Path) {
    let elsewhere = format!("HTTPS://OTHER.EXAMPLE/{}", bare(real));
    for (text, code) in [
        (elsewhere.as_str(), "E-743"),
        ("https://example.org/", "E-744"),
        ("hello", "E-744"),
        (&real[..real.len() - 3], "E-745"),
    ] {
        phone.goes_to(&format!("{base}#/text"));
        phone.types("#text", text);
        phone.clicks("#next");
        phone.waits_for(&format!("#text-error[data-code='{code}']"));
    }
    opens_anew(phone, &format!("{base}#scan={elsewhere}"));
    phone.waits_for("#error[data-code='E-743']");
    assert!(phone.reads("#next-step").starts_with("Nothing was sent."));
    // A link that is no text at all is refused like any other, and leaves no empty page.
    opens_anew(phone, &format!("{base}#scan=%E0%A4%A"));
    phone.waits_for("#error[data-code='E-744']");
    opens_anew(phone, &format!("{base}#scan={elsewhere}"));
    phone.waits_for("#error[data-code='E-743']");
    fs::write(dir.join("other-service.png"), phone.screenshot()).expect("the folder is writable");
}

/// A photograph of the screen is read by the same decoder; one without a code leads on.
fn a_photograph_is_read(phone: &Browser, base: &str, screen: &Browser, dir: &Path) {
    let (good, empty) = (dir.join("photo.png"), dir.join("other-service.png"));
    fs::write(&good, screen.screenshot()).expect("the folder is writable");
    phone.goes_to(&format!("{base}#/menu/2"));
    phone.waits_for_step("reset");
    phone.uploads("#photo", &empty);
    phone.waits_for("#error[data-code='E-750']");
    assert!(phone.reads("#next-step").contains("camera app"), "the way without this app");
    phone.uploads("#photo", &good);
    phone.waits_for("#send");
}

/// The relay away: said, and the same challenge goes on when it is back. The app itself opens without a network.
fn the_relay_goes_away_and_comes_back(phone: &Browser, base: &str, real: &str, world: &mut Real, dir: &Path) {
    phone.asks_page("navigator.serviceWorker.ready.then(() => { window.kept = true })");
    let kept = kit::process::until(std::time::Duration::from_secs(20), || {
        Some(()).filter(|()| phone.asks_page("return window.kept === true") == serde_json::json!(true))
    });
    assert!(kept.is_some(), "the service worker is at work");
    world.relay_up(false);
    phone.clicks("#send");
    phone.waits_for("#error[data-code='E-741']");
    fs::write(dir.join("relay-away.png"), phone.screenshot()).expect("the folder is writable");
    opens_anew(phone, &format!("{base}#/menu/1"));
    phone.waits_for_step("tools");
    phone.clicks("#connection");
    phone.waits_for("#connection-result.bad");
    opens_anew(phone, &format!("{base}#scan={}", bare(real)));
    phone.waits_for("#error[data-code='E-741']");
    assert!(!phone.address().contains(bare(real)), "no history keeps what was scanned");
    world.relay_up(true);
    phone.clicks("#try-again");
    phone.clicks("#send");
    phone.waits_for_step("sent");
}

/// The QR's text without the address that it begins with.
fn bare(real: &str) -> &str {
    real.rsplit('/').next().expect("an address")
}

/// A link that is opened by itself, not from the page before it.
fn opens_anew(phone: &Browser, link: &str) {
    phone.goes_to("about:blank");
    phone.goes_to(link);
}

#[test]
fn r91_axe_finds_nothing_in_the_app_and_on_the_relays_pages() {
    let mut world = Real::start("log-axe-app");
    let driver = Driver::start(&world.logs());
    let screen = driver.open(DESKTOP, true);
    recorder_shows_a_code(&screen, &mut world);
    let (real, base) = (screen.payload(), app(&world));
    let phone = driver.open(DESKTOP, true);
    let mut audit = Audit::new(&phone, "screens/axe-app");
    for (page, step) in [
        ("", "home"),
        ("menu/0", "me"),
        ("menu/1", "tools"),
        ("menu/2", "reset"),
        ("scan", "scan"),
        ("text", "text"),
        ("language", "language"),
        ("look", "look"),
        ("install", "install"),
        ("about", "about"),
    ] {
        phone.goes_to(&format!("{base}#/{page}"));
        phone.waits_for_step(step);
        audit.looks(step);
    }
    // Without a camera, as here, the scanner says so.
    phone.goes_to(&format!("{base}#scan={}", bare(&real)));
    phone.waits_for("#send");
    audit.looks("confirm");
    phone.clicks("#send");
    phone.waits_for_step("sent");
    phone.clicks("summary");
    audit.looks("sent");
    phone.goes_to(&format!("{base}#scan=HTTPS://OTHER.EXAMPLE/{}", bare(&real)));
    phone.waits_for_step("refused");
    audit.looks("refused");
    phone.goes_to(&real);
    phone.waits_for_step("confirm");
    audit.looks("page-confirm");
    phone.clicks("#send");
    phone.waits_for_step("sent");
    audit.looks("page-sent");
    phone.goes_to(&format!("{}/NOSUCH", world.relay_page().trim_end_matches('/')));
    phone.waits_for_step("refused");
    audit.looks("page-refused");
    audit.ends(16);
}
