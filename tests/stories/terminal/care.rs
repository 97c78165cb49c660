//! Beside recovery itself at the terminal, in both languages, with and without UTF-8: how ready it is, who still has the
//! old password after a reset, the doctor, and the device given away.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use kit::process::until;
use kit::real::{Real, real};
use kit::stage::Stage;
use kit::world::World as _;

use super::{Terminal, says};
use crate::{EMAIL, NEW, OLD};

/// What the owner reads, in the order in which it comes.
struct Words {
    live: &'static str,
    log_in: &'static str,
    banner: &'static str,
    knows: &'static str,
    clients: &'static str,
    told: &'static str,
    by_hand: &'static str,
    all_told: &'static str,
    ready: &'static str,
    looks: &'static str,
    found: &'static str,
    case: &'static str,
    goes: &'static str,
    go_on: &'static str,
    erase: &'static str,
    gone: &'static str,
    set_up: &'static str,
}

const ENGLISH: Words = Words {
    live: "Right click or Enter",
    log_in: "Forgot password",
    banner: "The password of this device was reset.",
    knows: "[ I know about it ]",
    clients: "Still log in with the old password: 2",
    told: "front-door: has the new password",
    by_hand: "[ I did it myself: yard ]",
    all_told: "All of them have the new password",
    ready: "Is recovery ready?",
    looks: "It looks:",
    found: "[ Look again ]",
    case: "If you contact support, tell them this code:",
    goes: "This cannot be undone.",
    go_on: "[ I know, go on ]",
    erase: "[ Erase everything of mine ]",
    gone: "Nothing of yours is left on this device.",
    set_up: "Set up this device",
};

/// As a terminal without UTF-8 shows it.
const GERMAN: Words = Words {
    live: "Rechtsklick oder Enter",
    log_in: "Passwort vergessen",
    banner: "Das Passwort dieses Geraets wurde zurueckgesetzt.",
    knows: "[ Das weiss ich ]",
    clients: "Melden sich noch mit dem alten Passwort an: 2",
    told: "front-door: hat das neue Passwort",
    by_hand: "[ Selbst erledigt: yard ]",
    all_told: "Alle haben das neue Passwort",
    ready: "Ist die Wiederherstellung bereit?",
    looks: "Es sieht nach:",
    found: "[ Noch einmal nachsehen ]",
    case: "nennen Sie diesen Code:",
    goes: "rueckgaengig machen.",
    go_on: "[ Verstanden, weiter ]",
    erase: "[ Alles von mir loeschen ]",
    gone: "nichts mehr von Ihnen.",
    set_up: "Geraet einrichten",
};

/// Two clients, of which the firmware's program reaches one.
fn has_clients(world: &mut Real) {
    let program = world.files().join("recorder/update-clients");
    let read = "#!/bin/sh\nread -r password\nsleep 1\n[ \"$3\" != yard ]\n";
    fs::write(&program, read).expect("the folder is writable");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("it is ours");
    let place = world.files().join("recorder/site.toml");
    let mut site: toml::Table = fs::read_to_string(&place).expect("a site file").parse().expect("TOML");
    let plan = format!(
        "clients = [{{ name = \"front-door\", address = \"192.0.2.7\" }}, {{ name = \"yard\" }}]\nhook = [\"{}\"]",
        program.display()
    );
    site.insert("after_reset".into(), plan.parse::<toml::Table>().expect("TOML").into());
    fs::write(&place, site.to_string()).expect("it can be written");
    // The settings are read when it comes up.
    world.power_cut();
}

/// A device whose password was reset a moment ago.
fn was_reset(story: &str) -> Stage<Real> {
    let stage = real(story);
    stage.with(has_clients);
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().resets_to(NEW);
    stage
}

fn logs_in(terminal: &mut Terminal, words: &Words) {
    terminal.sees(words.live);
    terminal.key("Enter");
    terminal.sees(words.log_in);
    terminal.types("admin").key("Enter").types(NEW).key("Enter");
    terminal.sees(words.banner);
    terminal.sees("F7");
    terminal.keeps("home");
    terminal.stands_on(words.knows);
    terminal.key("Enter");
    let gone = until(super::PATIENCE, || (!super::flat(&terminal.text()).contains(words.banner)).then_some(()));
    gone.expect("the owner knows, and the banner goes");
}

/// One is told by the firmware, the other by the owner.
fn tells_the_clients(terminal: &mut Terminal, words: &Words) {
    terminal.key("F7");
    terminal.sees(words.clients);
    terminal.keeps("after");
    terminal.types(OLD).key("Enter");
    terminal.sees("E-012");
    terminal.types(NEW).key("Enter");
    terminal.sees(words.told);
    terminal.sees(words.by_hand);
    terminal.keeps("after-told");
    terminal.stands_on(words.by_hand);
    terminal.key("Enter");
    terminal.sees(words.all_told);
    terminal.keeps("after-all");
    terminal.key("Escape");
}

fn looks_after_recovery(terminal: &mut Terminal, words: &Words) {
    terminal.sees("F4");
    terminal.key("F4");
    terminal.sees(words.ready);
    let seen = terminal.sees("E-102");
    assert!(seen.contains("  ! "), "a way that would not work has its sign:\n{seen}");
    terminal.keeps("ready");
    terminal.key("PageDown").key("PageDown");
    terminal.sees("E-106");
    terminal.keeps("ready-end");
    terminal.key("Escape");
    terminal.sees("F5");
    terminal.key("F5");
    terminal.sees(words.looks);
    terminal.sees(words.found);
    terminal.keeps("doctor");
    terminal.key("PageDown").key("PageDown").key("PageDown");
    terminal.sees(words.case);
    terminal.keeps("doctor-end");
    terminal.key("Escape");
}

fn hands_it_over(terminal: &mut Terminal, words: &Words) {
    terminal.sees("F9");
    terminal.key("F9");
    terminal.sees(words.goes);
    terminal.keeps("hand-over");
    terminal.stands_on(words.go_on);
    terminal.key("Enter");
    terminal.sees(words.erase);
    terminal.types(OLD).key("Enter");
    terminal.sees("E-012");
    terminal.types(NEW).key("Enter");
    terminal.sees(words.gone);
    terminal.sees("\"epoch\":2");
    terminal.keeps("handed-over");
    terminal.key("Enter");
    terminal.sees(words.set_up);
    terminal.keeps("set-up");
}

fn an_owners_evening(name: &str, options: &str, words: &Words) {
    let stage = was_reset(&format!("log-terminal-{name}"));
    let mut terminal = stage.with(|world| Terminal::start(world, name, (80, 24), options));
    logs_in(&mut terminal, words);
    tells_the_clients(&mut terminal, words);
    looks_after_recovery(&mut terminal, words);
    hands_it_over(&mut terminal, words);
    assert!(!terminal.text().contains(NEW), "no password stays");
    stage.device().rejects(NEW).and().rejects(OLD);
}

#[test]
fn r56_r62_the_owner_looks_after_the_device_and_gives_it_away_at_80_by_24() {
    an_owners_evening("care", "", &ENGLISH);
}

#[test]
fn r56_r62_the_same_in_german_on_a_terminal_without_utf_8() {
    an_owners_evening("care-de-ascii", "--lang de --ascii --colors none", &GERMAN);
}

/// Line by line, by numbers.
#[test]
fn r91_the_owner_looks_after_the_device_and_gives_it_away_line_by_line() {
    let stage = was_reset("log-terminal-care-plain");
    let terminal = stage.with(|world| Terminal::start(world, "care-plain", (80, 24), "--plain"));
    says(&terminal, "Log in");
    says(&terminal, "Log in");
    terminal.sees("Account:");
    terminal.types("admin").key("Enter");
    terminal.sees("Password:");
    terminal.types(NEW).key("Enter");
    terminal.sees(ENGLISH.banner);
    says(&terminal, "Who still has the old password?");
    terminal.sees("front-door: has the old password");
    says(&terminal, "Current password");
    terminal.sees("Current password:");
    terminal.types(NEW).key("Enter");
    terminal.sees(ENGLISH.told);
    says(&terminal, "I did it myself: yard");
    terminal.sees(ENGLISH.all_told);
    says(&terminal, "Back");
    says(&terminal, "Ask the doctor");
    terminal.sees(ENGLISH.looks);
    terminal.sees(ENGLISH.case);
    says(&terminal, "Back");
    says(&terminal, "Hand over to a new owner");
    terminal.sees(ENGLISH.goes);
    says(&terminal, "I know, go on");
    says(&terminal, "Current password");
    terminal.types(NEW).key("Enter");
    terminal.sees(ENGLISH.gone);
    says(&terminal, "Set up this device");
    terminal.sees("New password for the administrator");
    let all = terminal.text();
    fs::write(terminal.kept.join("all.txt"), &all).expect("the folder is writable");
    assert!(!all.contains(NEW), "a password was echoed:\n{all}");
    until(Duration::from_secs(5), || stage.with(|world| world.logs_in(NEW)).is_none().then_some(()))
        .expect("it is nobody's any more");
}
