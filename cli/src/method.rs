//! `resetkit method`: a new method from a skeleton, the conformance suite over any, and the signature that devices believe.

pub(crate) mod check;
pub(crate) mod new;
mod report;

use std::path::Path;

use data_encoding::HEXLOWER;
use resetkit_host::TrustedKeys;
use sha2::{Digest as _, Sha256};

use crate::args::MethodSignOptions;
use crate::failure::Failure;
use crate::files;
use crate::keys::SigningKey;

/// `resetkit method sign DIR --library X.so --key K`.
pub(crate) fn sign(options: &MethodSignOptions) -> Result<(), Failure> {
    let key = SigningKey::open(&options.key)?;
    sign_with(&options.dir, &options.library, &key)?;
    outln!("signed {} with {}", options.dir.join("method.toml").display(), key.public());
    Ok(())
}

/// Copies the library into the method's folder, writes `library` and `sha256` into the manifest, signs it.
pub(crate) fn sign_with(dir: &Path, library: &Path, key: &SigningKey) -> Result<(), Failure> {
    let octets = std::fs::read(library).map_err(|error| Failure::file(library, &error))?;
    let name = library
        .file_name()
        .and_then(|name| name.to_str())
        .ok_or_else(|| Failure::new("The library has no name.", "Name a .so file."))?;
    let inside = dir.join(name);
    let same = inside.canonicalize().ok().zip(library.canonicalize().ok()).is_some_and(|(a, b)| a == b);
    if !same {
        files::write_anew(&inside, &octets)?;
    }
    let path = dir.join("method.toml");
    let text = std::fs::read_to_string(&path).map_err(|error| Failure::file(&path, &error))?;
    let bound = bind(&text, name, &hash_of(&octets));
    bound
        .parse::<toml::Table>()
        .map_err(|error| Failure::new(format!("{}: {}.", path.display(), error.message()), "Correct the manifest."))?;
    files::write_anew(&path, bound)?;
    let signature = key.sign_file(&path, None)?;
    would_load(dir, key).inspect_err(|_| drop(std::fs::remove_file(signature)))
}

/// Looks at the folder as a device does: signature, manifest, contract, hash, and what the library asks its loader for (R80).
fn would_load(dir: &Path, key: &SigningKey) -> Result<(), Failure> {
    let trouble = |failure: &resetkit_host::HostFailure| {
        Failure::new(format!("A device would not load {}: {failure}.", dir.display()), "Correct it and sign again.")
    };
    let folder = dir.canonicalize().map_err(|error| Failure::file(dir, &error))?;
    let methods = folder.parent().unwrap_or(Path::new("/"));
    let keys = TrustedKeys::parse(&[key.public()]).map_err(|failure| trouble(&failure))?;
    let found = resetkit_host::discover(methods, &keys);
    match found.rejected.iter().find(|(rejected, _)| *rejected == folder) {
        Some((_, failure)) => Err(trouble(failure)),
        None => Ok(()),
    }
}

/// SHA-256 in hexadecimal digits, as manifests have it.
fn hash_of(library: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(library))
}

/// Sets the two keys at the top of the file and leaves every other line and comment as it is.
fn bind(text: &str, library: &str, hash: &str) -> String {
    let mut out = String::new();
    let mut in_table = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        in_table |= line.trim_start().starts_with('[');
        let key = line.split('=').next().unwrap_or_default().trim();
        if !in_table && (key == "library" || key == "sha256") {
            continue;
        }
        lines.push(line);
    }
    let top = lines.iter().position(|line| line.trim_start().starts_with('[')).unwrap_or(lines.len());
    let bound = [format!("library = \"{library}\""), format!("sha256 = \"{hash}\"")];
    // Behind the last key, so that a comment above the first table stays with it.
    let is_key = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let head = lines[..top].iter().rposition(is_key).map_or(0, |at| at + 1);
    for line in lines[..head]
        .iter()
        .map(|line| (*line).to_owned())
        .chain(bound)
        .chain(lines[head..].iter().map(|line| (*line).to_owned()))
    {
        out.push_str(&line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r80_the_hash_goes_to_the_top_and_every_other_line_stays() {
        let manifest = "# what it is\nid = \"companion\"\nlibrary = \"old.so\"\nsha256 = \"00\"\n\n# how long\n[times]\nready_ms = 1\nlibrary = \"kept\"\n";
        let bound = bind(manifest, "libx.so", "ab");
        assert_eq!(
            bound,
            "# what it is\nid = \"companion\"\nlibrary = \"libx.so\"\nsha256 = \"ab\"\n\n# how long\n[times]\nready_ms = 1\nlibrary = \"kept\"\n"
        );
        assert_eq!(bind(&bound, "libx.so", "ab"), bound, "signing twice is the same as once");
        let table: toml::Table = bound.parse().expect("TOML");
        assert_eq!((table["library"].as_str(), table["times"]["library"].as_str()), (Some("libx.so"), Some("kept")));
    }
}
