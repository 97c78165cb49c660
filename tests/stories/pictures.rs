//! The QR as two independent readers see it (R34): zbar and zxing-cpp, by `tests/qr_oracle.py`.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kit::real::Real;
use kit::stage::Stage;
use kit::workspace::{artefacts, root, target};

use crate::{EMAIL, OLD};

/// Runs the readers; the last line of what they say.
fn readers(arguments: &[OsString]) -> Result<String, String> {
    let python = std::env::var_os("KIT_ORACLE_PYTHON").map(PathBuf::from);
    let python = python.unwrap_or_else(|| target().join("tools/venv/bin/python"));
    assert!(python.exists(), "{} is missing: `tests/run --only prepare` installs the readers", python.display());
    let run = Command::new(python).arg(root().join("tests/qr_oracle.py")).args(arguments).output();
    let run = run.expect("python runs");
    let said = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    if run.status.success() { Ok(said) } else { Err(said) }
}

fn argument(name: &str, value: impl Into<OsString>) -> [OsString; 2] {
    [name.into(), value.into()]
}

/// Both readers read `payload` in each of these screenshots.
///
/// # Panics
/// When one does not.
pub(crate) fn readers_agree(payload: &str, pages: &[PathBuf]) {
    let mut arguments = argument("--payload", payload).to_vec();
    arguments.extend(argument("--out", target().join("artefacts/qr-pages")));
    arguments.extend(pages.iter().flat_map(|page| argument("--page", page)));
    println!("{}", readers(&arguments).unwrap_or_else(|said| panic!("the screen's QR cannot be read:\n{said}")));
}

/// Arguments for the three drawings of one challenge.
fn drawings(dir: &Path, payload: &str, modules: usize) -> Vec<OsString> {
    let mut arguments = argument("--payload", payload).to_vec();
    arguments.extend(argument("--modules", modules.to_string()));
    arguments.extend(argument("--out", dir.join("views")));
    arguments.extend(argument("--png", dir.join("qr.png")));
    arguments.extend(argument("--svg", dir.join("qr.svg")));
    arguments.extend(argument("--half-blocks", dir.join("qr.txt")));
    arguments
}

#[test]
fn r34_both_readers_read_every_drawing_from_three_pixels_up() {
    let stage = Stage::new(Real::start("qr-drawings"));
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    let payload = stage.screen().payload();
    let dir = artefacts("qr-drawings-views");
    let visit = stage.visit();
    let modules = stage.with(|world| {
        let qr = world.drawings(&visit);
        fs::write(dir.join("qr.png"), &qr.png).expect("the folder is writable");
        fs::write(dir.join("qr.svg"), &qr.svg).expect("the folder is writable");
        fs::write(dir.join("qr.txt"), &qr.half_blocks).expect("the folder is writable");
        qr.modules
    });
    println!("{} modules, {} characters", modules, payload.len());
    let said = readers(&drawings(&dir, &payload, modules));
    println!("{}", said.unwrap_or_else(|said| panic!("a drawing cannot be read:\n{said}")));

    // The readers can say no: another text in the same pictures is not what they read.
    readers(&drawings(&dir, "HTTPS://ELSEWHERE.EXAMPLE/0", modules)).expect_err("the readers say yes to anything");
}
