//! The ways round at the terminal: the button with its live bar, no e-mail on file, the factory state, and a request of
//! the network that whoever stands at the device calls off.

use std::io::Write as _;
use std::os::unix::net::UnixStream;
use std::time::Duration;

use kit::process::until;
use kit::real::Real;
use kit::world::{Act, World as _};

use super::{PATIENCE, Terminal, choose, goes_on_from_readiness, logs_out, says, sets_the_new_password, sets_up};
use crate::{EMAIL, NEW, OLD};

/// The wire of the reset button; whoever holds it sees meanwhile what the screen shows.
struct Finger(UnixStream);

impl Finger {
    fn at(world: &Real) -> Finger {
        let path = world.files().join("recorder/state/button.sock");
        let found = until(PATIENCE, || UnixStream::connect(&path).ok());
        Finger(found.expect("the recorder reads its button from a socket"))
    }

    fn is(&mut self, pressed: bool) {
        self.0.write_all(if pressed { b"1\n" } else { b"0\n" }).expect("the line takes an edge");
    }
}

/// Sets the recorder up without an e-mail address: asked twice, and told what it costs.
fn sets_up_without_email(terminal: &mut Terminal) {
    terminal.sees("Set up this device");
    terminal.types(OLD).key("F6");
    terminal.sees("no code can be mailed");
    terminal.keeps("without-email");
    // The harmless answer comes first.
    terminal.key("Tab").key("Enter");
    goes_on_from_readiness(terminal);
}

/// Holds the button until the screen asks to let go.
fn holds(terminal: &mut Terminal, world: &Real) -> Finger {
    terminal.sees("Waiting for the button.");
    terminal.keeps("waits");
    let mut finger = Finger::at(world);
    finger.is(true);
    terminal.sees("of 10");
    let half = |text: &str| text.contains("50 %") || text.contains("5 of 10");
    until(PATIENCE, || Some(terminal.text()).filter(|text| half(text))).expect("the bar comes to its middle");
    terminal.keeps("held");
    terminal.sees("elease");
    until(PATIENCE, || Some(terminal.text()).filter(|text| text.contains("100 %"))).expect("the bar comes to its end");
    terminal.keeps("release");
    finger.is(false);
    finger
}

#[test]
fn r88_the_button_is_held_at_160_by_50_and_the_bar_moves() {
    let mut world = Real::start_as("log-terminal-button", &["--profile", "nvr-4-button"]);
    let mut terminal = Terminal::start(&world, "button", (160, 50), "");
    sets_up(&mut terminal);
    logs_out(&mut terminal);
    terminal.key("F4");
    terminal.sees("[ OK ]");
    terminal.key("Enter");
    terminal.sees("F6 Try another way");
    terminal.key("F6");
    terminal.sees("How do you want");
    choose(&mut terminal, "utton");
    let _finger = holds(&mut terminal, &world);
    sets_the_new_password(&mut terminal, &mut world);
}

#[test]
fn r91_the_button_is_held_line_by_line() {
    let mut world = Real::start_as("log-terminal-button-plain", &["--profile", "nvr-4-button"]);
    world.sets_up(OLD, Some(EMAIL));
    let mut terminal = Terminal::start(&world, "button-plain", (80, 24), "--plain");
    says(&terminal, "Log in");
    says(&terminal, "Forgot password");
    says(&terminal, "OK");
    says(&terminal, "utton");
    terminal.sees("Waiting for the button");
    let mut finger = Finger::at(&world);
    finger.is(true);
    terminal.sees("elease");
    let held = until(PATIENCE, || Some(terminal.text()).filter(|text| text.contains("100 %") || text.contains("now")));
    held.expect("the end of the hold is said");
    finger.is(false);
    says(&terminal, "New password");
    terminal.sees("New password for admin:");
    terminal.types(NEW).key("Enter");
    terminal.sees("The old password no longer works.");
    terminal.keeps("end");
    let all = terminal.text();
    std::fs::write(terminal.kept.join("all.txt"), &all).expect("the folder is writable");
    let bars = all.lines().filter(|line| line.contains('%') || line.contains(" of 10")).count();
    assert!(bars <= 12, "a hold is told once a second at most, not at each redraw:\n{all}");
    assert!(world.logs_in(OLD).is_none() && world.logs_in(NEW).is_some());
}

#[test]
fn r93_without_an_email_the_terminal_leads_to_the_button() {
    let world = Real::start_as("log-terminal-no-email", &["--profile", "nvr-4-button"]);
    let mut terminal = Terminal::start(&world, "no-email", (80, 24), "");
    sets_up_without_email(&mut terminal);
    logs_out(&mut terminal);
    terminal.key("F4");
    terminal.sees("[ OK ]");
    terminal.keeps("notice");
    terminal.key("Enter");
    terminal.sees("E-101");
    terminal.keeps("chooser");
    choose(&mut terminal, "utton");
    terminal.sees("Waiting for the button.");
}

/// A device of the model whose button leads back to the factory state: the same files, one key changed.
fn goes_back_to_factory_state(world: &mut Real) {
    world.recorder_stops();
    let config = world.files().join("recorder/site.toml");
    let text = std::fs::read_to_string(&config).expect("the recorder has a configuration");
    let changed = format!("{text}\n[overrides.profile.button]\non_presence = \"factory-state\"\n");
    std::fs::write(&config, changed).expect("the folder is writable");
    world.power_cut();
}

#[test]
fn r88_the_factory_state_is_confirmed_at_the_terminal_and_ends_in_setting_up_anew() {
    let mut world = Real::start_as("log-terminal-factory", &["--profile", "nvr-4-button"]);
    goes_back_to_factory_state(&mut world);
    world.sets_up(OLD, Some(EMAIL));
    let mut terminal = Terminal::start(&world, "factory", (80, 24), "");
    terminal.sees("Right click or Enter");
    terminal.key("Enter");
    terminal.sees("Forgot password");
    terminal.key("F4");
    terminal.sees("[ OK ]");
    terminal.key("Enter");
    terminal.sees("How do you want");
    choose(&mut terminal, "utton");
    terminal.sees("Nothing is erased yet");
    terminal.keeps("loss");
    // The harmless answer comes first.
    terminal.key("Tab").key("Enter");
    let _finger = holds(&mut terminal, &world);
    terminal.sees("The device is as it left the factory");
    terminal.keeps("factory-state");
    assert!(world.logs_in(OLD).is_none());
    terminal.key("Enter");
    terminal.sees("Choose the administrator's password");
    terminal.types(NEW).key("Enter").types(EMAIL).key("Enter");
    goes_on_from_readiness(&mut terminal);
    assert!(world.logs_in(NEW).is_some());
}

#[test]
fn r21_whoever_stands_at_the_device_calls_a_request_of_the_network_off() {
    let mut world = Real::start("log-terminal-cancel");
    world.sets_up(OLD, Some(EMAIL));
    let afar = world.asks_to_reset().expect("the network may ask");
    world.acts(&afar, &Act::Acknowledge).expect("it goes on");
    let mut terminal = Terminal::start(&world, "cancel", (80, 24), "");
    terminal.sees("Right click or Enter");
    terminal.key("Enter");
    terminal.sees("F8");
    terminal.key("F8");
    terminal.sees("Cancel request");
    terminal.keeps("requests");
    terminal.key("Enter");
    terminal.sees("No request is open.");
    terminal.keeps("cancelled");
    let over = until(Duration::from_secs(10), || {
        Some(world.looks(&afar)).filter(|seen| seen.as_ref().map_or(true, |screen| screen.step == "cancelled"))
    });
    assert!(over.is_some(), "the request is called off for whoever asked: {:?}", world.looks(&afar));
}
