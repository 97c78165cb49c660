//! `resetkit method new`: a method that builds and conforms, to be changed into another.

use std::path::{Path, PathBuf};

use clap::Args;
use resetkit_core::MethodId;

use crate::demo::MANIFESTS;
use crate::failure::Failure;

#[derive(Debug, Args)]
pub(crate) struct NewOptions {
    /// The method's id: lower-case words with hyphens, no maker's name.
    name: String,
    /// The folder to make; by default the name, here.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// A checkout's `plugins/contract`; without it a copy of contract 1.0 goes into the folder, and nothing else is needed.
    #[arg(long, value_name = "DIR")]
    contract: Option<PathBuf>,
}

/// The files of a new method, by their place in its folder.
const SKELETON: [(&str, &str); 8] = [
    ("Cargo.toml", include_str!("skeleton/Cargo.toml.in")),
    ("src/lib.rs", include_str!("skeleton/lib.rs.in")),
    ("export/Cargo.toml", include_str!("skeleton/export.Cargo.toml.in")),
    ("export/src/lib.rs", include_str!("skeleton/export.lib.rs.in")),
    ("method.toml", include_str!("skeleton/method.toml.in")),
    ("locales/en.ftl", include_str!("skeleton/en.ftl.in")),
    ("locales/de.ftl", include_str!("skeleton/de.ftl.in")),
    ("README.md", include_str!("skeleton/README.md.in")),
];

/// Where a new method finds the contract that comes with it.
const COPY: &str = "contract-1.0";

macro_rules! kept {
    ($($file:literal),*) => {
        [$(($file, include_str!(concat!("../../../plugins/testkit/pinned/contract-1.0/", $file)))),*]
    };
}

/// The frozen source of contract 1.0 (ADR 0013).
const CONTRACT: [(&str, &str); 10] = kept!(
    "Cargo.toml",
    "src/lib.rs",
    "src/button.rs",
    "src/event.rs",
    "src/export.rs",
    "src/hidden.rs",
    "src/mail.rs",
    "src/module.rs",
    "src/output.rs",
    "src/view.rs"
);

/// The versions that contract 1.0 was built and tried with.
const LOCK: &str = include_str!("../../../plugins/testkit/pinned/Cargo.lock");

/// `resetkit method new NAME`.
pub(crate) fn run(options: &NewOptions) -> Result<(), Failure> {
    let id = checked(&options.name)?;
    let dir = options.dir.clone().unwrap_or_else(|| PathBuf::from(&options.name));
    let words = Words::of(&id, &contract_path(options.contract.as_deref())?);
    if dir.exists() {
        return Err(Failure::new(
            format!("{} exists already.", dir.display()),
            "Choose another name, or another place with `--dir`: nothing is ever overwritten.",
        ));
    }
    for (path, text) in SKELETON {
        write(&dir.join(path), &words.filled(text))?;
    }
    write(&dir.join(".gitignore"), "target/\n")?;
    if options.contract.is_none() {
        for (path, text) in CONTRACT {
            write(&dir.join(COPY).join(path), text)?;
        }
        write(&dir.join("Cargo.lock"), LOCK)?;
    }
    println!("{} is a method that builds and conforms. Next:", dir.display());
    println!("\n  cd {}", dir.display());
    println!("  cargo test");
    println!("  cargo build --release -p {id}-export");
    println!("  resetkit method check .");
    Ok(())
}

/// An id that a manifest may have, and that no method which ships has.
fn checked(name: &str) -> Result<MethodId, Failure> {
    let id = MethodId::parse(name).map_err(|error| {
        Failure::new(format!("`{name}` cannot be a method's id: {error}."), "Try something like `door-code`.")
    })?;
    if MANIFESTS.iter().any(|(taken, _)| *taken == id.as_str()) {
        return Err(Failure::new(
            format!("`{id}` is one of the methods that ship."),
            "A folder of that id would be rejected or would hide it: choose another name.",
        ));
    }
    Ok(id)
}

fn contract_path(named: Option<&Path>) -> Result<String, Failure> {
    let Some(named) = named else { return Ok(COPY.to_owned()) };
    let there = named.join("src/lib.rs");
    if !there.is_file() {
        return Err(Failure::new(
            format!("{} is not the contract: {} is not there.", named.display(), there.display()),
            "Name the folder plugins/contract of a checkout, or leave `--contract` out.",
        ));
    }
    let whole = named.canonicalize().map_err(|error| Failure::file(named, &error))?;
    Ok(whole.display().to_string())
}

/// What the skeleton's blanks are filled with.
struct Words {
    id: String,
    snake: String,
    words: String,
    kind: String,
    contract: String,
    contract_from_export: String,
}

impl Words {
    fn of(id: &MethodId, contract: &str) -> Words {
        let id = id.as_str().to_owned();
        // With its last word it is none of Rust's own and none of the contract's.
        let kind = id.split('-').map(capital).chain(["Method".to_owned()]).collect();
        let words = capital(&id.replace('-', " "));
        let above = if Path::new(contract).is_absolute() { contract.to_owned() } else { format!("../{contract}") };
        Words {
            snake: id.replace('-', "_"),
            words,
            kind,
            contract: contract.to_owned(),
            contract_from_export: above,
            id,
        }
    }

    fn filled(&self, text: &str) -> String {
        text.replace("{{id}}", &self.id)
            .replace("{{snake}}", &self.snake)
            .replace("{{type}}", &self.kind)
            .replace("{{words}}", &self.words)
            .replace("{{contract}}", &self.contract)
            .replace("{{contract_from_export}}", &self.contract_from_export)
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
    std::fs::write(path, text).map_err(|error| Failure::file(path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_blank_of_the_skeleton_is_left_and_names_are_made_of_the_id() {
        let words = Words::of(&MethodId::parse("door-code").expect("an id"), COPY);
        assert_eq!(
            (words.snake.as_str(), words.kind.as_str(), words.words.as_str()),
            ("door_code", "DoorCodeMethod", "Door code")
        );
        for (path, text) in SKELETON {
            assert!(!words.filled(text).contains("{{"), "{path}");
        }
    }

    #[test]
    fn f20_a_new_method_cannot_take_the_name_of_one_that_ships() {
        for taken in ["companion", "email", "button", "recovery-codes", "support", "Door Code", ""] {
            assert!(checked(taken).is_err(), "{taken}");
        }
        assert!(checked("door-code").is_ok());
    }
}
