//! `method.toml`: what a method says of itself, under its vendor's signature.

use std::time::Duration;

use resetkit_core::{CellSize, Fact, Lane, Loss, Manifest, ManifestGrant, MethodId, ProofKind, Purpose, ScreenSize};
use serde::Deserialize;

use crate::failure::{HostFailure, HostFailureKind};
use crate::limits::Limits;

/// The times that a manifest promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// From spawn until the library is loaded and its machine made.
    pub ready: Duration,
    /// The longest that one `advance` may take.
    pub advance: Duration,
}

/// A manifest as its file states it, every field checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestText {
    /// The engine's view of it.
    pub manifest: Manifest,
    /// The contract's major version.
    pub contract: u16,
    /// The library's file name, beside the manifest.
    pub library: String,
    /// SHA-256 of the library.
    ///
    /// `None` for a method that is linked into the program.
    pub sha256: Option<[u8; 32]>,
    /// Times in full precision.
    pub times: Times,
    /// Brands that may use it; `*` for all.
    pub brands: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    version: String,
    contract: u16,
    library: String,
    sha256: Option<String>,
    requires: Vec<String>,
    grants: Vec<String>,
    #[serde(default)]
    connect: Vec<String>,
    loses: String,
    proof: String,
    purposes: Vec<String>,
    lanes: Vec<String>,
    memory_mib: u32,
    times: TimesTable,
    screens: Option<ScreensTable>,
    #[serde(default = "any_brand")]
    brands: Vec<String>,
}

fn any_brand() -> Vec<String> {
    vec!["*".into()]
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TimesTable {
    ready_ms: u32,
    advance_ms: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScreensTable {
    least_width: u16,
    least_height: u16,
    /// A terminal is a screen of its own kind: without these two, any will do.
    least_columns: Option<u16>,
    least_rows: Option<u16>,
}

impl ManifestText {
    /// Reads a manifest.
    ///
    /// # Errors
    /// [`HostFailureKind::BadManifest`] with the field and what is wrong with it.
    pub fn parse(text: &str) -> Result<ManifestText, HostFailure> {
        let parsed = ManifestText::parse_linked(text)?;
        if parsed.sha256.is_some() { Ok(parsed) } else { Err(bad("sha256: missing; `resetkit method sign` adds it")) }
    }

    /// Reads the manifest of a method that is linked into the program: there is no library to be hashed.
    ///
    /// # Errors
    /// As [`parse`](ManifestText::parse).
    pub fn parse_linked(text: &str) -> Result<ManifestText, HostFailure> {
        let file: File = toml::from_str(text).map_err(|error| bad(error.to_string().trim()))?;
        let mut grants = file.grants.iter().map(|name| grant(name)).collect::<Result<Vec<_>, _>>()?;
        grants.extend(file.connect.iter().cloned().map(ManifestGrant::Connect));
        Ok(ManifestText {
            manifest: Manifest {
                id: MethodId::parse(&file.id).map_err(|error| bad(&format!("id: {error}")))?,
                version: version(&file.version)?,
                requires: words("requires", &file.requires, Fact::parse)?,
                grants,
                loses: word("loses", &file.loses, Loss::parse)?,
                proof: word("proof", &file.proof, ProofKind::parse)?,
                purposes: words("purposes", &file.purposes, purpose)?,
                lanes: words("lanes", &file.lanes, lane)?,
                min_screen: file
                    .screens
                    .as_ref()
                    .map(|screens| ScreenSize { width: screens.least_width, height: screens.least_height }),
                min_cells: file
                    .screens
                    .as_ref()
                    .and_then(|screens| Some(CellSize { columns: screens.least_columns?, rows: screens.least_rows? })),
                start_seconds: u16::try_from(file.times.ready_ms.div_ceil(1000)).unwrap_or(u16::MAX),
                block_ms: file.times.advance_ms,
                memory_kib: memory(file.memory_mib)? * 1024,
            },
            contract: file.contract,
            library: library(&file.library)?,
            sha256: file.sha256.as_deref().map(hash).transpose()?,
            times: Times {
                ready: time("times.ready_ms", file.times.ready_ms)?,
                advance: time("times.advance_ms", file.times.advance_ms)?,
            },
            brands: file.brands,
        })
    }

    /// Whether a brand may use this method.
    #[must_use]
    pub fn serves_brand(&self, brand: &str) -> bool {
        self.brands.iter().any(|name| name == "*" || name == brand)
    }
}

fn bad(detail: &str) -> HostFailure {
    HostFailure::new(HostFailureKind::BadManifest, detail)
}

fn word<T>(field: &str, name: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, HostFailure> {
    parse(name).ok_or_else(|| bad(&format!("{field}: `{name}` is none of the known words")))
}

fn words<T>(field: &str, names: &[String], parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, HostFailure> {
    names.iter().map(|name| word(field, name, &parse)).collect()
}

fn purpose(name: &str) -> Option<Purpose> {
    Purpose::ALL.into_iter().find(|purpose| purpose.as_str() == name)
}

fn lane(name: &str) -> Option<Lane> {
    Lane::ALL.into_iter().find(|lane| lane.as_str() == name)
}

fn grant(name: &str) -> Result<ManifestGrant, HostFailure> {
    word("grants", name, |name| match name {
        "seal" => Some(ManifestGrant::Seal),
        "masked-address" => Some(ManifestGrant::MaskedAddress),
        "relay-address" => Some(ManifestGrant::RelayAddress),
        "brand-words" => Some(ManifestGrant::BrandWords),
        "deliver-code" => Some(ManifestGrant::DeliverCode),
        "attest" => Some(ManifestGrant::Attest),
        "kept-codes" => Some(ManifestGrant::KeptCodes),
        "button" => Some(ManifestGrant::Button),
        _ => None,
    })
}

fn version(text: &str) -> Result<String, HostFailure> {
    let numbers: Vec<_> = text.split('.').collect();
    let numeric = numbers.len() == 3 && numbers.iter().all(|number| number.parse::<u32>().is_ok());
    if numeric { Ok(text.into()) } else { Err(bad(&format!("version: `{text}` is not like 1.2.3"))) }
}

/// A bare file name: the library lies beside its manifest and nowhere else.
fn library(name: &str) -> Result<String, HostFailure> {
    let bare = name.ends_with(".so")
        && name.len() <= 64
        && !name.starts_with('.')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
    if bare { Ok(name.into()) } else { Err(bad(&format!("library: `{name}` is no plain name of a .so"))) }
}

fn hash(text: &str) -> Result<[u8; 32], HostFailure> {
    data_encoding::HEXLOWER_PERMISSIVE
        .decode(text.as_bytes())
        .ok()
        .and_then(|octets| octets.try_into().ok())
        .ok_or_else(|| bad("sha256: not 64 hexadecimal digits"))
}

fn memory(mib: u32) -> Result<u32, HostFailure> {
    let allowed = Limits::LEAST_MEMORY_MIB..=Limits::MOST_MEMORY_MIB;
    if allowed.contains(&mib) { Ok(mib) } else { Err(bad(&format!("memory_mib: {mib} is not within {allowed:?}"))) }
}

fn time(field: &str, ms: u32) -> Result<Duration, HostFailure> {
    let allowed = 1..=Limits::LONGEST_MS;
    if allowed.contains(&ms) {
        Ok(Duration::from_millis(ms.into()))
    } else {
        Err(bad(&format!("{field}: {ms} is not within {allowed:?}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> String {
        format!("sha256 = \"{}\"\n{}", "0a".repeat(32), include_str!("../../../methods-dmss/method.toml"))
    }

    #[test]
    fn the_manifest_that_ships_says_what_the_engine_needs() {
        let text = ManifestText::parse(&shipped()).unwrap();
        assert_eq!(text.manifest.id.as_str(), "companion");
        assert_eq!(
            text.manifest.grants,
            [ManifestGrant::Seal, ManifestGrant::MaskedAddress, ManifestGrant::BrandWords]
        );
        assert_eq!((text.manifest.start_seconds, text.manifest.memory_kib), (3, 32 * 1024));
        assert!(text.serves_brand("any"));
    }

    #[test]
    fn r47_every_impossible_field_is_refused_by_name() {
        for (from, to, named) in [
            ("id = \"companion\"", "id = \"../companion\"", "id"),
            ("version = \"0.1.0\"", "version = \"1\"", "version"),
            ("\"libcompanion_method.so\"", "\"../x.so\"", "library"),
            ("\"libcompanion_method.so\"", "\"/etc/passwd\"", "library"),
            ("sha256 = \"0a", "sha256 = \"zz", "sha256"),
            ("\"seal\"", "\"everything\"", "grants"),
            ("\"password-only\"", "\"nothing\"", "loses"),
            ("memory_mib = 32", "memory_mib = 4096", "memory_mib"),
            ("ready_ms = 3000", "ready_ms = 0", "times.ready_ms"),
            ("advance_ms = 1500", "advance_ms = 4000000", "times.advance_ms"),
            ("loses =", "surprise = 1\nloses =", "surprise"),
            ("loses = \"password-only\"", "", "loses"),
        ] {
            let text = shipped();
            assert!(text.contains(from), "{from}");
            let failure = ManifestText::parse(&text.replace(from, to)).expect_err(to);
            assert_eq!(failure.kind, HostFailureKind::BadManifest);
            assert!(failure.detail.contains(named), "{to}: {}", failure.detail);
        }
    }

    #[test]
    fn every_door_and_kind_of_screen_has_its_key() {
        let text = shipped().replace("\"brand-words\"]", "\"button\", \"deliver-code\"]\nconnect = [\"smtp\"]");
        let manifest = ManifestText::parse(&text).unwrap().manifest;
        assert_eq!(manifest.min_cells, Some(CellSize { columns: 57, rows: 29 }));
        let doors = [ManifestGrant::Button, ManifestGrant::DeliverCode, ManifestGrant::Connect("smtp".into())];
        assert_eq!(manifest.grants[2..], doors);
    }

    #[test]
    fn r80_only_a_linked_method_may_lack_the_hash_of_a_library() {
        let linked = include_str!("../../../methods-dmss/method.toml");
        assert!(ManifestText::parse(linked).unwrap_err().detail.contains("sha256"));
        assert_eq!(ManifestText::parse_linked(linked).unwrap().sha256, None);
    }

    #[test]
    fn a_brand_may_be_named() {
        let text = shipped().replace("brands = [\"*\"]", "brands = [\"plain\"]");
        let text = ManifestText::parse(&text).unwrap();
        assert!(text.serves_brand("plain") && !text.serves_brand("other"));
    }
}
