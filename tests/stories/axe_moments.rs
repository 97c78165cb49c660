//! The pages that pass: a button being held, a mail on its way, time that runs out; and the requests of others at the
//! device's own screen.

use std::fs;
use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

use kit::browser::{Browser, DESKTOP, Driver};
use kit::process::until;
use kit::real::Real;
use kit::world::{Act, MailServer, Visit, World as _};

use crate::axe::Audit;
use crate::{EMAIL, OLD};

/// A hold of the reference profile takes 10 s, and is over-held after 20 s.
const HOLD: Duration = Duration::from_millis(10_500);

/// The recorder comes up anew with other figures in its policy.
fn with_policy(world: &mut Real, session: &str) {
    let place = world.files().join("recorder/site.toml");
    let site = fs::read_to_string(&place).expect("the site file is there");
    fs::write(&place, format!("{site}\n[overrides.policy.session]\n{session}\n")).expect("it is writable");
    world.power_cut();
}

fn chooses(browser: &Browser, way: &str) {
    browser.clicks("#no-phone");
    browser.waits_for_step("choose-method");
    browser.clicks(&format!("#choose-{way}"));
}

/// What the bar says, as a number of its own unit.
fn held(browser: &Browser) -> Option<f64> {
    browser.asks_page("return document.getElementById('going-bar')?.value ?? null").as_f64()
}

/// The bar goes on while the button is held, and the page goes on when it is let go.
fn a_hold_is_seen(story: &str, pictures: &str, javascript: bool) {
    let mut world = Real::start(story);
    world.sets_up(OLD, Some(EMAIL));
    let driver = Driver::start(&world.logs());
    let browser = driver.open(DESKTOP, javascript);
    let mut audit = Audit::new(&browser, pictures);
    // axe itself is a script: without any, a picture must do.
    let mut glances = |name: &str| if javascript { audit.glances(name) } else { audit.keeps(name) };
    browser.asks_for_a_code(&world.web());
    chooses(&browser, "button");
    browser.waits_for_step("hold-button");
    browser.waits_for("#going");
    let began = Instant::now();
    let mut line = world.presses_the_button();
    let grows = |from: f64| until(Duration::from_secs(8), || held(&browser).filter(|now| *now > from));
    let first = grows(0.0).expect("the bar moves as soon as the button is held");
    let second = grows(first).expect("the bar goes on");
    assert!(second > first);
    glances("held");
    let _ = until(HOLD.saturating_sub(began.elapsed()), || None::<()>);
    line.write_all(b"0\n").expect("the line takes an edge");
    browser.waits_for_step("choose-new-password");
    glances("held-long-enough");
    audit.ends(2);
}

#[test]
fn r88_r91_a_hold_is_seen_going_on() {
    a_hold_is_seen("log-axe-hold", "screens/axe-hold", true);
}

#[test]
fn r88_r91_a_hold_is_seen_going_on_without_scripts() {
    a_hold_is_seen("log-axe-hold-plain", "screens/axe-hold-plain", false);
}

#[test]
fn r91_axe_finds_nothing_while_a_mail_is_on_its_way() {
    let mut world = Real::start("log-axe-mail");
    world.sets_up(OLD, Some(EMAIL));
    let driver = Driver::start(&world.logs());
    let browser = driver.open(DESKTOP, true);
    let mut audit = Audit::new(&browser, "screens/axe-mail");
    browser.asks_for_a_code(&world.web());
    world.mail_server(MailServer::Silent);
    chooses(&browser, "email");
    browser.waits_for("body[data-step='preparing'] #going");
    audit.glances("on-its-way");
    // Nobody answers: the page says so, and leads on.
    browser.waits_for("#error[data-code='E-408']");
    audit.looks("nobody-answers");
    assert!(browser.has("#qr, #ways button"), "no next step: {}", browser.text());
    world.mail_server(MailServer::Fine);
    audit.ends(2);
}

#[test]
fn r91_axe_finds_nothing_when_the_time_is_nearly_over() {
    let mut world = Real::start("log-axe-time");
    with_policy(&mut world, "life_minutes = 5");
    world.sets_up(OLD, Some(EMAIL));
    let driver = Driver::start(&world.logs());
    let browser = driver.open(DESKTOP, true);
    let mut audit = Audit::new(&browser, "screens/axe-time");
    browser.asks_for_a_code(&world.web());
    browser.waits_for("#time-warning:not([hidden])");
    audit.looks("time-is-short");
    browser.clicks("#more-time-now");
    let more = "return Number(document.getElementById('minutes-left').textContent) > 5";
    until(Duration::from_secs(20), || (browser.asks_page(more) == true).then_some(())).expect("there is more time");
    audit.looks("time-was-given");
    audit.ends(2);
}

#[test]
fn r91_axe_finds_nothing_when_the_time_is_over() {
    let mut world = Real::start("log-axe-expired");
    with_policy(&mut world, "idle_minutes = 1");
    world.sets_up(OLD, Some(EMAIL));
    let driver = Driver::start(&world.logs());
    let browser = driver.open(DESKTOP, true);
    let mut audit = Audit::new(&browser, "screens/axe-expired");
    browser.goes_to(&world.web());
    browser.clicks("#forgot");
    browser.waits_for_step("notice");
    let over = until(Duration::from_secs(90), || browser.has("body[data-step='expired']").then_some(()));
    over.unwrap_or_else(|| panic!("the page says: {}", browser.text()));
    audit.looks("expired");
    assert!(browser.has("#again"), "no next step");
    audit.ends(1);
}

/// The local screen's lane for a browser on this machine, which cannot open a Unix socket by itself.
fn at_the_device(socket: &Path) -> String {
    let door = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = door.local_addr().expect("it is bound");
    let socket = socket.to_owned();
    std::thread::spawn(move || {
        for outer in door.incoming().flatten() {
            if let Ok(inner) = UnixStream::connect(&socket) {
                carries(outer, inner);
            }
        }
    });
    format!("http://{address}/")
}

fn carries(outer: TcpStream, inner: UnixStream) {
    let (Ok(mut from), Ok(mut to)) = (outer.try_clone(), inner.try_clone()) else { return };
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut to);
        let _ = to.shutdown(std::net::Shutdown::Write);
    });
    let (mut from, mut to) = (inner, outer);
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut to);
        let _ = to.shutdown(std::net::Shutdown::Write);
    });
}

#[test]
fn r21_r91_axe_finds_nothing_where_requests_are_cancelled_at_the_device() {
    let mut world = Real::start("log-axe-console");
    world.sets_up(OLD, Some(EMAIL));
    let driver = Driver::start(&world.logs());
    let browser = driver.open(DESKTOP, true);
    let mut audit = Audit::new(&browser, "screens/axe-console");
    let stranger = a_stranger_asks(&mut world);
    let screen = at_the_device(&world.files().join("recorder/console.sock"));
    browser.goes_to(&screen);
    browser.waits_for("#pending li");
    audit.looks("requests-at-the-log-in");
    browser.clicks("#pending button");
    is_cancelled(&browser, &mut world, &stranger);
    browser.types("#password", OLD);
    browser.clicks("#login");
    browser.waits_for("#logout");
    let another = a_stranger_asks(&mut world);
    browser.goes_to(&screen);
    browser.waits_for("#pending li");
    audit.looks("requests-at-the-live-view");
    browser.clicks("#pending button");
    is_cancelled(&browser, &mut world, &another);
    audit.ends(2);
}

fn a_stranger_asks(world: &mut Real) -> Visit {
    let stranger = world.asks_to_reset().expect("anybody may ask");
    world.acts(&stranger, &Act::Acknowledge).expect("and go on");
    world.waits_for_picture(&stranger);
    stranger
}

fn is_cancelled(browser: &Browser, world: &mut Real, stranger: &Visit) {
    until(Duration::from_secs(20), || (!browser.has("#pending")).then_some(())).expect("the request is gone");
    assert_eq!(world.looks(stranger).expect("its owner may look").step, "cancelled");
}
