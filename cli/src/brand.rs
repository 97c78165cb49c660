//! `resetkit brand sign`: what a rebrand does last.

use std::path::Path;

use data_encoding::HEXLOWER;
use resetkit_config::{Brand, Floor};
use sha2::{Digest as _, Sha256};

use crate::args::BrandSignOptions;
use crate::failure::Failure;
use crate::keys::SigningKey;

/// Checks the pack first (a fault is cheaper here than on a million devices), then writes hashes and signature.
pub(crate) fn sign(options: &BrandSignOptions) -> Result<(), Failure> {
    let key = SigningKey::open(&options.key)?;
    let brand = sign_with(&options.dir, &key)?;
    outln!("signed {} version {} with {}", brand.id, brand.version.0, key.public());
    for advice in brand.advice() {
        outln!("note   `{}`: {}", advice.key, advice.text);
    }
    Ok(())
}

/// Hashes every further file of the pack into `[files]` and signs `brand.toml`.
pub(crate) fn sign_with(dir: &Path, key: &SigningKey) -> Result<Brand, Failure> {
    let path = dir.join("brand.toml");
    let text = std::fs::read_to_string(&path).map_err(|error| Failure::file(&path, &error))?;
    let mut files = Vec::new();
    collect(dir, dir, &mut files)?;
    files.sort();
    let mut signed = without_files_table(&text);
    if !files.is_empty() {
        signed.push_str(
            "\n# Written by `resetkit brand sign`: the signature covers these files through their SHA-256.\n[files]\n",
        );
        for name in &files {
            let octets = std::fs::read(dir.join(name)).map_err(|error| Failure::file(&dir.join(name), &error))?;
            signed.push_str(&format!("\"{name}\" = \"{}\"\n", HEXLOWER.encode(&Sha256::digest(&octets))));
        }
    }
    Brand::parse(&path.display().to_string(), &signed)?;
    std::fs::write(&path, signed).map_err(|error| Failure::file(&path, &error))?;
    key.sign_file(&path, None)?;
    Ok(Brand::load_signed(dir, &[key.public()], Floor::NONE)?)
}

/// Everything before `[files]`, which stands last because this tool writes it there.
fn without_files_table(text: &str) -> String {
    let kept: Vec<&str> = text
        .lines()
        .take_while(|line| line.trim() != "[files]")
        .filter(|line| !line.starts_with("# Written by `resetkit brand sign`"))
        .collect();
    format!("{}\n", kept.join("\n").trim_end())
}

fn collect(root: &Path, dir: &Path, files: &mut Vec<String>) -> Result<(), Failure> {
    for entry in std::fs::read_dir(dir).map_err(|error| Failure::file(dir, &error))? {
        let path = entry.map_err(|error| Failure::file(dir, &error))?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if let Some(name) =
            path.strip_prefix(root).ok().and_then(Path::to_str).filter(|name| !name.starts_with("brand.toml"))
        {
            files.push(name.to_owned());
        }
    }
    Ok(())
}
