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
        return Err(Failure::usage(
            format!("{} exists already, and nothing is ever overwritten.", dir.display()),
            format!("Choose another name, or another place: `resetkit method new {id} --dir {}-2`.", dir.display()),
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
    outln!("{} is a method that builds and conforms. Next:", dir.display());
    outln!("\n  cd {}", dir.display());
    outln!("  cargo test");
    outln!("  cargo build --release -p {id}-export");
    outln!("  resetkit method check .");
    Ok(())
}

/// An id that a manifest and a crate may have, and that no method which ships has, nor its folder.
fn checked(name: &str) -> Result<MethodId, Failure> {
    let id = MethodId::parse(name).ok().filter(|id| slug(id.as_str()) == id.as_str());
    let Some(id) = id else {
        return Err(proposing(
            format!(
                "`{name}` cannot be a method's id: lower-case words of a-z and 0-9 with a hyphen between them, at most 32 characters, a letter first."
            ),
            &sound(&slug(name)),
        ));
    };
    let bare = id.as_str().strip_prefix("methods-").unwrap_or(id.as_str());
    if MANIFESTS.iter().any(|(taken, _)| *taken == bare) {
        let problem = format!(
            "`{bare}` is one of the methods that ship: a folder of that id would be rejected or would hide it."
        );
        return Err(proposing(problem, &format!("own-{bare}")));
    }
    if let Some((_, method)) = FOLDERS.iter().find(|(folder, _)| folder.strip_prefix("methods-") == Some(bare)) {
        let problem = format!("`methods-{bare}` is the folder of the method `{method}` that ships.");
        return Err(proposing(problem, &format!("own-{bare}")));
    }
    if CRATES.contains(&id.as_str()) {
        return Err(proposing(
            format!("`{id}` is the name of a crate that every method is built with."),
            &format!("own-{id}"),
        ));
    }
    if RESERVED.contains(&id.as_str()) {
        return Err(proposing(
            format!("`{id}` is a word of Rust's own: no crate can be called so."),
            &sound(id.as_str()),
        ));
    }
    Ok(id)
}

fn proposing(problem: String, name: &str) -> Failure {
    Failure::usage(problem, format!("Try `resetkit method new {name}`, or what your method does, as `door-code`."))
}

/// Folders of shipped methods whose names are not their ids.
const FOLDERS: [(&str, &str); 2] = [("methods-dmss", "companion"), ("methods-hardware", "button")];

/// What the skeleton is built with.
const CRATES: [&str; 2] = ["resetkit-contract", "abi-stable"];

/// Names that cargo takes for no package, or that would hide Rust's own crates.
const RESERVED: [&str; 57] = [
    "abstract",
    "alloc",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "build",
    "const",
    "continue",
    "core",
    "crate",
    "deps",
    "do",
    "dyn",
    "else",
    "enum",
    "examples",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "incremental",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "proc-macro",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
    "true",
    "try",
    "type",
    "unsafe",
    "use",
    "where",
    "while",
    "yield",
];

/// A name made of what was typed: words of small letters and digits, with hyphens.
fn slug(typed: &str) -> String {
    let words = typed.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

/// The same, so that it can be taken.
fn sound(slug: &str) -> String {
    let longest = &slug[..slug.len().min(24)];
    let short = longest.trim_end_matches('-');
    match short.chars().next() {
        None => "door-code".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("method-{short}"),
        Some(_) if RESERVED.contains(&short) => format!("{short}-method"),
        Some(_) => short.to_owned(),
    }
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
        for taken in [
            "companion",
            "email",
            "button",
            "recovery-codes",
            "support",
            "methods-dmss",
            "methods-email",
            "door-",
            "a--b",
            "",
        ] {
            assert!(checked(taken).is_err(), "{taken}");
        }
        assert!(checked("door-code").is_ok());
        for typed in ["Türcode für 2 Türen", "x".repeat(99).as_str(), "match", "9", "--", "a-b"] {
            let proposed = sound(&slug(typed));
            assert!(checked(&proposed).is_ok(), "{typed}: {proposed}");
        }
    }
}
