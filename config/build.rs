//! Embeds every `locales/<language>/*.ftl`, so that a new text file needs no line of code.
#![allow(clippy::print_stdout, reason = "that is how a build script talks to cargo")]
#![allow(clippy::disallowed_methods, reason = "that is how cargo talks to a build script")]
use std::fmt::Write as _;
use std::path::Path;

fn main() {
    let root = Path::new(&std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("locales");
    println!("cargo::rerun-if-changed=locales");
    let mut table = String::from(
        "/// Language, file name and text of every embedded file, sorted.\nstatic LOCALES: &[(&str, &str, &str)] = &[\n",
    );
    for language in sorted(&root) {
        println!("cargo::rerun-if-changed=locales/{language}");
        for file in sorted(&root.join(&language)).iter().filter(|file| file.ends_with(".ftl")) {
            let path = root.join(&language).join(file);
            writeln!(table, "    ({language:?}, {file:?}, include_str!({:?})),", path.display().to_string())
                .expect("a string takes everything");
        }
    }
    table.push_str("];\n");
    let out = std::env::var("OUT_DIR").expect("cargo sets it");
    std::fs::write(Path::new(&out).join("locales.rs"), table).expect("the output folder can be written");
}

fn sorted(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<_> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    names
}
