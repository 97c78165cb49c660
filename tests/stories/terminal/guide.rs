//! The local screen's pictures of the guides: live view, log-in prompt, QR code.

use std::fs;
use std::path::Path;

use kit::real::Real;
use kit::workspace::artefacts;
use kit::world::World as _;

use super::Terminal;
use crate::{EMAIL, OLD};

/// What the log-in prompt, the notice's button and the way back from the QR code are called.
const WORDS: [(&str, [&str; 3]); 2] = [
    ("en", ["Forgot password", "[ OK ]", "I don't have the phone"]),
    ("de", ["Passwort vergessen", "[ OK ]", "Ich habe das Telefon nicht"]),
];

#[test]
fn r34_the_guides_show_the_local_screen_from_live_view_to_qr_code() {
    for (language, [forgot, ok, no_phone]) in WORDS {
        let mut world = Real::start(&format!("log-guide-screen-{language}"));
        world.sets_up(OLD, Some(EMAIL));
        let album = artefacts(&format!("guide-screen/{language}"));
        // A panel of few characters is read in a small picture; the QR code needs the larger one.
        for (size, name) in [((76, 24), "small"), ((100, 40), "large")] {
            let mut terminal = Terminal::start(&world, &format!("guide-{language}-{name}"), size, "");
            terminal.sees("Right click or Enter");
            if language == "de" {
                terminal.key("F2");
                terminal.sees("Rechtsklick");
            }
            if name == "small" {
                keep(&mut terminal, &album, "screen-live");
            }
            terminal.key("Enter");
            terminal.sees(forgot);
            if name == "small" {
                keep(&mut terminal, &album, "screen-log-in");
                continue;
            }
            terminal.key("F4");
            terminal.sees(ok);
            terminal.key("Enter");
            terminal.sees(no_phone);
            keep(&mut terminal, &album, "screen-qr");
        }
    }
}

fn keep(terminal: &mut Terminal, album: &Path, name: &str) {
    let seen = terminal.keeps(name);
    fs::copy(seen, album.join(format!("{name}.png"))).expect("the folder is writable");
}
