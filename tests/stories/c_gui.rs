//! A screen of one's own: the hundred lines of C in docs/examples walk a whole reset, fallback included.

use std::io::{Read, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use kit::process::until;
use kit::real::Real;
use kit::workspace::{root, target};
use kit::world::World as _;

use crate::{EMAIL, NEW, OLD};

/// The program, and all that it has drawn.
struct Gui {
    child: Child,
    drawn: Arc<Mutex<String>>,
    read: usize,
}

impl Gui {
    fn start(web: &str) -> Gui {
        let out = target().join("c");
        std::fs::create_dir_all(&out).expect("the target folder is writable");
        let mut make = Command::new("make");
        let made = make.arg("-C").arg(root().join("docs/examples")).arg(format!("OUT={}", out.display())).output();
        let made = made.expect("make is there");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let mut gui = Command::new(out.join("gui"));
        gui.arg(web.trim_end_matches('/')).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = gui.spawn().expect("the program was just built");
        let drawn = Arc::new(Mutex::new(String::new()));
        let (mut from, into) = (child.stdout.take().expect("piped"), Arc::clone(&drawn));
        std::thread::spawn(move || {
            let mut octets = [0; 4096];
            while let Ok(n) = from.read(&mut octets) {
                if n == 0 {
                    break;
                }
                into.lock().expect("nobody panics here").push_str(&String::from_utf8_lossy(&octets[..n]));
            }
        });
        Gui { child, drawn, read: 0 }
    }

    /// Waits until it draws this, and returns what it drew up to there since the last time.
    fn shows(&mut self, words: &str) -> String {
        let at = until(Duration::from_secs(30), || {
            let drawn = self.drawn.lock().expect("nobody panics here");
            drawn[self.read..].find(words).map(|at| self.read + at + words.len())
        });
        let drawn = self.drawn.lock().expect("nobody panics here").clone();
        let at = at.unwrap_or_else(|| panic!("{words} did not come; it drew:\n{drawn}"));
        let new = drawn[self.read..at].to_owned();
        self.read = at;
        new
    }

    fn types(&mut self, line: &str) {
        let keys = self.child.stdin.as_mut().expect("piped");
        writeln!(keys, "{line}").expect("it reads");
    }
}

/// The web address under the picture.
fn payload(drawn: &str) -> String {
    let line = drawn.lines().rfind(|line| line.starts_with("HTTP")).expect("the QR as text");
    line.to_owned()
}

#[test]
fn a_screen_in_a_hundred_lines_of_c_walks_a_reset_and_a_fallback() {
    let mut world = Real::start("log-c-gui");
    world.sets_up(OLD, Some(EMAIL));
    let mut gui = Gui::start(&world.web());
    gui.shows("[notice]");
    gui.types("");
    gui.shows("[enter-code]");
    let drawn = gui.shows("cancel> ");
    assert!(drawn.contains('█') || drawn.contains('▀'), "no QR in half blocks:\n{drawn}");
    gui.types("another-way");
    let ways = gui.shows("which way> ");
    assert!(ways.contains("companion: ") && ways.contains("stay."), "ways are shown with what they destroy:\n{ways}");
    gui.types("companion");
    let drawn = gui.shows("cancel> ");
    let request = world.scans(&payload(&drawn)).expect("the relay takes what it draws").request;
    assert!(!request.is_empty());
    gui.types("not a code");
    gui.shows("E-202");
    gui.shows("cancel> ");
    let code = world.next_code();
    gui.types(&code);
    gui.shows("new password> ");
    gui.types("short");
    gui.shows("E-601");
    gui.shows("new password> ");
    gui.types(NEW);
    gui.shows("[done]");
    assert!(gui.child.wait().expect("it ends").success());
    assert!(world.logs_in(NEW).is_some() && world.logs_in(OLD).is_none());
}
