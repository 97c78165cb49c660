//! The local screen on terminals, driven by keys in tmux: at 80 by 24, at 160 by 50, and line by line. What was seen is
//! kept in `target/artefacts/terminal/`, as text and as pictures.

mod care;
mod guide;
mod picture;
mod ways;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use kit::process::until;
use kit::real::{Real, programs};
use kit::workspace::artefacts;
use kit::world::World as _;

use crate::pictures::readers_agree;
use crate::{EMAIL, NEW, OLD};

const PATIENCE: Duration = Duration::from_secs(30);

/// A terminal with the local screen on it, in a tmux server of its own.
struct Terminal {
    /// Holds the server's socket.
    home: tempfile::TempDir,
    kept: PathBuf,
    number: u32,
}

impl Terminal {
    fn start(world: &Real, name: &str, size: (u16, u16), options: &str) -> Terminal {
        let home = tempfile::Builder::new().prefix("term-").tempdir().expect("a temporary folder");
        let screen = programs().join("reset-screen");
        let socket = world.files().join("recorder/console.sock");
        // What waits behind the screen shows whatever is still in the line when the screen has gone.
        let run = format!("{} --socket {} {options}; echo GONE; cat", screen.display(), socket.display());
        let terminal = Terminal { home, kept: artefacts(&format!("terminal/{name}")), number: 0 };
        let (columns, rows) = (size.0.to_string(), size.1.to_string());
        terminal.tmux(&["-f", "/dev/null", "new-session", "-d", "-x", &columns, "-y", &rows, &run]);
        terminal
    }

    fn tmux(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("tmux");
        command.arg("-S").arg(self.home.path().join("tmux")).args(arguments);
        command.env("LANG", "C.UTF-8").env("LC_ALL", "C.UTF-8").env("TERM", "xterm-256color").env_remove("TMUX");
        let done = command.output().expect("tmux runs; tests/run installs it");
        assert!(done.status.success(), "tmux {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).into_owned()
    }

    /// All that stands there and, line by line, what has scrolled away.
    fn text(&self) -> String {
        self.tmux(&["capture-pane", "-p", "-S", "-"])
    }

    /// Waits until these words stand there; frames and line ends between them do not count.
    fn sees(&self, words: &str) -> String {
        let found = until(PATIENCE, || Some(self.text()).filter(|text| flat(text).contains(words)));
        found.unwrap_or_else(|| panic!("{words:?} never came; there stands:\n{}", self.text()))
    }

    /// Keeps what stands there.
    fn keeps(&mut self, name: &str) -> PathBuf {
        self.number += 1;
        let file = self.kept.join(format!("{:02}-{name}", self.number));
        fs::write(file.with_extension("txt"), self.tmux(&["capture-pane", "-p"])).expect("the folder is writable");
        picture::save(&self.tmux(&["capture-pane", "-e", "-N", "-p"]), &file)
    }

    /// Goes from place to place until the focus is on this.
    fn stands_on(&self, button: &str) {
        let focused = [format!("› {button}"), format!("> {button}")];
        for _ in 0..20 {
            let there = until(Duration::from_secs(1), || {
                focused.iter().any(|focused| self.text().contains(focused)).then_some(())
            });
            if there.is_some() {
                return;
            }
            self.key("Tab");
        }
        panic!("Tab never comes to {button:?}:\n{}", self.text());
    }

    fn key(&self, key: &str) -> &Self {
        self.tmux(&["send-keys", key]);
        self
    }

    fn types(&self, text: &str) -> &Self {
        self.tmux(&["send-keys", "-l", text]);
        self
    }

    /// The process of the local screen.
    fn screen_pid(&self) -> String {
        let shell = self.tmux(&["display-message", "-p", "#{pane_pid}"]);
        let children = fs::read_to_string(format!("/proc/{0}/task/{0}/children", shell.trim())).unwrap_or_default();
        children.split_whitespace().next().expect("the screen runs").to_owned()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let socket = self.home.path().join("tmux");
        let _ = Command::new("tmux").arg("-S").arg(socket).arg("kill-server").output();
    }
}

/// One line of words, without frames and fillings.
fn flat(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || "│┌┐└┘─░▒▓█▀▄".contains(c)).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Sets the recorder up at the terminal, with an address.
fn sets_up(terminal: &mut Terminal) {
    terminal.sees("Set up this device");
    terminal.keeps("set-up");
    terminal.types(OLD).key("Enter").types(EMAIL).key("Enter");
    goes_on_from_readiness(terminal);
}

/// The end of the first set-up: no test code came back yet, so the owner is told, and may go on.
fn goes_on_from_readiness(terminal: &mut Terminal) {
    terminal.sees("Is recovery ready?");
    terminal.sees("[ Continue to the device ]");
    terminal.keeps("ready");
    terminal.key("Enter");
    terminal.sees("You are logged in");
    terminal.keeps("logged-in");
}

/// From wherever the owner is logged in to the log-in prompt.
fn logs_out(terminal: &mut Terminal) {
    terminal.sees("[ Log out ]");
    terminal.stands_on("[ Log out ]");
    terminal.key("Enter");
    terminal.sees("Right click or Enter");
    terminal.keeps("live-view");
    terminal.key("Enter");
    terminal.sees("Forgot password");
    terminal.keeps("log-in");
}

/// The new password, the log-in with it, and the old one dead.
fn sets_the_new_password(terminal: &mut Terminal, world: &mut Real) {
    terminal.sees("Choose a new password");
    terminal.types("short").key("Enter");
    terminal.sees("E-601");
    terminal.keeps("too-short");
    assert!(!terminal.text().contains("short "), "a password is shown without being asked to");
    terminal.key("C-u").types(NEW).key("F3");
    terminal.sees(NEW);
    terminal.keeps("new-password");
    terminal.key("Enter");
    terminal.sees("The old password no longer works.");
    terminal.keeps("done");
    assert!(!terminal.text().contains(NEW), "the new password is still on the screen");
    terminal.key("Enter");
    terminal.sees("Forgot password");
    terminal.types(OLD).key("Enter");
    terminal.sees("E-005");
    terminal.types(NEW).key("Enter");
    terminal.sees("The password of this device was reset.");
    terminal.keeps("banner");
    assert!(world.logs_in(OLD).is_none() && world.logs_in(NEW).is_some());
}

/// The QR as text (F9), which is what the picture says.
fn payload(terminal: &Terminal) -> String {
    terminal.sees("F9 Show as text");
    terminal.key("F9");
    let text = terminal.sees("HTTP://");
    let of_payload = |piece: &&str| {
        !piece.is_empty() && piece.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || ":/.".contains(c))
    };
    let lines = text.lines().map(|line| line.split('│').map(str::trim).find(of_payload));
    let payload: String =
        lines.skip_while(|line| line.is_none_or(|line| !line.starts_with("HTTP"))).map_while(|line| line).collect();
    terminal.key("F9");
    payload[payload.find("HTTP://").expect("just seen")..].to_owned()
}

#[test]
fn r34_the_owner_gets_back_in_at_160_by_50_with_the_picture_of_half_blocks() {
    let mut world = Real::start("log-terminal-160x50");
    let mut terminal = Terminal::start(&world, "160x50", (160, 50), "");
    sets_up(&mut terminal);
    logs_out(&mut terminal);
    terminal.key("F4");
    terminal.sees("[ OK ]");
    terminal.keeps("notice");
    terminal.key("Enter");
    choose(&mut terminal, "with your phone");
    terminal.sees("Scan this with your phone");
    let payload = payload(&terminal);
    terminal.sees("F9 Show as text");
    let seen = terminal.keeps("qr");
    readers_agree(&payload, &[seen]);
    terminal.key("F2");
    terminal.sees("Ich habe das Telefon nicht");
    terminal.keeps("qr-german");
    terminal.key("F2");

    world.scans(&payload).expect("the relay takes what the screen shows");
    let code = world.next_code();
    terminal.types("100000010");
    terminal.sees("There is a slip in the code. No try was used.");
    terminal.keeps("slip");
    terminal.sees("Tries left 5");
    terminal.key("C-u").types(&code.to_lowercase()).key("Enter");
    sets_the_new_password(&mut terminal, &mut world);
}

/// Where there are several ways, the one with these words.
fn choose(terminal: &mut Terminal, words: &str) {
    let way_or_title = |text: &str| text.contains("How do you want") || text.contains("Scan this");
    until(PATIENCE, || Some(terminal.text()).filter(|text| way_or_title(text))).expect("the notice leads on");
    let text = terminal.text();
    if !text.contains("How do you want") && words.contains("phone") {
        return;
    }
    terminal.keeps("ways");
    let line = text.lines().find(|line| line.contains(words) && line.contains('[')).expect("the way is offered");
    let digit = line.split('[').next().and_then(|before| before.chars().rfind(char::is_ascii_digit));
    terminal.key(&digit.expect("a way has a digit").to_string());
}

#[test]
fn e313_at_80_by_24_the_owner_is_led_round_the_picture_and_over_a_restart() {
    let mut world = Real::start("log-terminal-80x24");
    let mut terminal = Terminal::start(&world, "80x24", (80, 24), "");
    sets_up(&mut terminal);
    logs_out(&mut terminal);
    terminal.key("F4");
    terminal.sees("[ OK ]");
    terminal.keeps("notice");
    terminal.key("Enter");
    terminal.sees("E-313");
    choose(&mut terminal, "sent by the device");
    terminal.sees("Security code");
    let code = world.next_code();
    terminal.keeps("code");
    terminal.types(&crate::wrong_code(1)).key("Enter");
    terminal.sees("Tries left 4");
    terminal.keeps("wrong");

    world.recorder_stops();
    terminal.sees("The device does not answer");
    terminal.keeps("restarting");
    world.power_cut();
    terminal.sees("Tries left 4");
    terminal.types(&code).key("Enter");
    sets_the_new_password(&mut terminal, &mut world);
}

/// Chooses the line with these words by its number.
fn says(terminal: &Terminal, words: &str) {
    let numbered = |line: &&str| line.starts_with(|c: char| c.is_ascii_digit()) && line.contains(words);
    let found = until(PATIENCE, || {
        let text = terminal.text();
        let asked = text.trim_end().ends_with("Number, then Enter:");
        let line = text.lines().rfind(|line| numbered(line))?.to_owned();
        asked.then_some(line)
    });
    let line = found.unwrap_or_else(|| panic!("no choice {words:?} in:\n{}", terminal.text()));
    terminal.types(line.split('.').next().unwrap_or_default()).key("Enter");
}

#[test]
fn r91_the_whole_story_line_by_line_without_a_cursor() {
    let mut world = Real::start("log-terminal-plain");
    let mut terminal = Terminal::start(&world, "plain", (80, 24), "--plain");
    says(&terminal, "New password");
    terminal.sees("What you type is not shown.");
    terminal.types(OLD).key("Enter");
    terminal.sees("E-mail for a forgotten password:");
    terminal.types(EMAIL).key("Enter");
    terminal.sees("no test code was ever typed back");
    says(&terminal, "Continue to the device");
    says(&terminal, "Log out");
    says(&terminal, "Log in");
    says(&terminal, "Forgot password");
    says(&terminal, "OK");
    says(&terminal, "sent by the device");
    terminal.sees("Type: Security code");
    let code = world.next_code();
    says(&terminal, "Security code");
    terminal.types(&code).key("Enter");
    says(&terminal, "New password");
    terminal.sees("New password for admin:");
    terminal.types(NEW).key("Enter");
    terminal.sees("The old password no longer works.");
    says(&terminal, "Log in with the new password");
    says(&terminal, "Log in");
    terminal.sees("Enter: 1 Account:");
    terminal.types("admin").key("Enter");
    terminal.sees("Password:");
    terminal.types(NEW).key("Enter");
    terminal.sees("The password of this device was reset.");
    terminal.keeps("end");
    let all = terminal.text();
    fs::write(terminal.kept.join("all.txt"), &all).expect("the folder is writable");
    assert!(!all.contains(OLD) && !all.contains(NEW), "a password was echoed:\n{all}");
    assert!(world.logs_in(OLD).is_none() && world.logs_in(NEW).is_some());
}

/// A screen that ends while a password is half typed leaves nothing for the terminal to show (CVE-2025-64170).
fn ends_half_typed(world: &Real, name: &str, options: &str) {
    let terminal = Terminal::start(world, name, (80, 24), options);
    if options.is_empty() {
        terminal.sees("Set up this device");
    } else {
        says(&terminal, "New password");
        terminal.sees("not shown");
    }
    terminal.types("canary of a pass");
    let pid = terminal.screen_pid();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().is_ok_and(|status| status.success()));
    terminal.sees("GONE");
    terminal.types("echo is on again").key("Enter");
    let text = terminal.sees("echo is on again");
    assert!(!text.contains("canary"), "{name}: the terminal shows what was typed:\n{text}");
}

#[test]
fn f19_a_half_typed_password_is_never_echoed_when_the_screen_ends() {
    let world = Real::start("log-terminal-ends");
    ends_half_typed(&world, "ends", "");
    ends_half_typed(&world, "ends-plain", "--plain");
}

/// None of what the screen was told is in its arguments or environment.
#[test]
fn r15_secrets_are_not_in_arguments_or_environment() {
    let world = Real::start("log-terminal-argv");
    let terminal = Terminal::start(&world, "argv", (80, 24), "");
    terminal.sees("Set up this device");
    terminal.types("canary of a pass");
    let proc = Path::new("/proc").join(terminal.screen_pid());
    for file in ["cmdline", "environ"] {
        let octets = fs::read(proc.join(file)).expect("our own process");
        assert!(!octets.is_empty() && !String::from_utf8_lossy(&octets).contains("canary"), "{file}");
    }
}
