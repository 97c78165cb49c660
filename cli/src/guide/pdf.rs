//! A guide on paper: the same page, printed by Chromium.

use std::io::ErrorKind;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::clock;
use crate::failure::Failure;

/// Names that the browser goes by.
const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
/// A page of a megabyte is printed in a few seconds, on a busy machine too.
const PATIENCE: Duration = Duration::from_secs(120);

/// Prints `page` to `pdf`.
pub(super) fn print(page: &Path, pdf: &Path) -> Result<(), Failure> {
    let page = page.canonicalize().map_err(|error| Failure::file(page, &error))?;
    let profile = tempfile::tempdir().map_err(|error| {
        Failure::new(format!("No temporary folder can be made: {error}."), "Set TMPDIR to one that can be written.")
    })?;
    let arguments = [
        format!("--user-data-dir={}", profile.path().display()),
        format!("--print-to-pdf={}", pdf.display()),
        format!("file://{}", page.display()),
    ];
    let mut child = start(&arguments)?;
    let end = clock::moment() + PATIENCE;
    while child.try_wait().map_err(|error| did_not_print(&error.to_string()))?.is_none() {
        if clock::moment() > end {
            let _ = child.kill().and_then(|()| child.wait());
            return Err(did_not_print("it did not come to an end"));
        }
        clock::pause(Duration::from_millis(50));
    }
    let printed = std::fs::read(pdf).is_ok_and(|octets| octets.starts_with(b"%PDF"));
    if printed { Ok(()) } else { Err(did_not_print("it left no PDF")) }
}

/// The first browser that there is.
fn start(arguments: &[String]) -> Result<Child, Failure> {
    for name in NAMES {
        let mut command = Command::new(name);
        command.args([
            "--headless",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--no-pdf-header-footer",
        ]);
        // Chromium has no sandbox for root; the page is our own, and holds no script.
        if rustix::process::geteuid().is_root() {
            command.arg("--no-sandbox");
        }
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        match command.spawn() {
            Ok(child) => return Ok(child),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(did_not_print(&error.to_string())),
        }
    }
    Err(missing())
}

fn missing() -> Failure {
    Failure::new(
        "A PDF is printed by Chromium, and there is none on the PATH.",
        "Install it (Debian: apt-get install chromium), or make the page with `--format html` and print it from any browser.",
    )
}

fn did_not_print(why: &str) -> Failure {
    Failure::new(
        format!("Chromium made no PDF: {why}."),
        "Make the page with `--format html` and print it from any browser.",
    )
}
