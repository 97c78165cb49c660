//! Where things lie: the workspace, its target folder, and the pictures and logs that a story leaves behind.

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the workspace.
pub fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().expect("tests/ stands in the workspace").to_path_buf()
}

/// The one target folder of programs, tests and tools.
#[allow(clippy::disallowed_methods, reason = "cargo and tests/run say where things are by the environment")]
pub fn target() -> PathBuf {
    let asked = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    asked.unwrap_or_else(|| root().join("target"))
}

/// An empty folder for what one story leaves behind; it is kept after the story.
pub fn artefacts(story: &str) -> PathBuf {
    let dir = target().join("artefacts").join(story);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).expect("the target folder is writable");
    dir
}

/// All files below `dir` whose name ends with one of `endings`, sorted; build output and hidden folders are left out.
pub fn files_below(dir: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    collect(dir, endings, &mut found);
    found.sort();
    found
}

fn collect(dir: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "target" && !name.starts_with('.') {
                collect(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
}
