//! The brand pack: all that a rebrand changes, as signed data. Its relay address and key come from nowhere else (R38).

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use data_encoding::BASE64;
use serde::Deserialize;

use crate::document::Document;
use crate::error::{Advice, ConfigError, Fault};
use crate::layers::Stack;
use crate::relay_address::RelayAddress;
use crate::signature::{self, Floor};

use crate::colour::Colours;
use crate::native_apps::NativeApps;
use crate::support::BrandSupport;

/// One brand. Build it with [`Brand::load_signed`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brand {
    /// Id that is bound into every challenge (R28): lower case, never changed.
    pub id: BrandId,
    /// Counts up with every change of the pack; a lower one is refused (R38).
    pub version: BrandVersion,
    /// The name that people see.
    pub name: String,
    /// Name of the companion app.
    pub app_name: String,
    /// Where the scanner is in the app, e.g. `["Me", "Test Tool", "Password Resetting"]`.
    pub app_menu_path: Vec<String>,
    /// Address of the relay; stands in the QR code in upper case.
    pub relay_url: RelayAddress,
    /// The relay's X25519 key.
    pub relay_public_key: RelayKey,
    /// Which of the relay's keys that is.
    pub relay_key_id: u8,
    /// Whom an owner may call when nothing else is left: a telephone number, an address or a page.
    pub support_contact: String,
    /// The support desk that unlocks with two approvers (R89); absent: this brand offers no such way.
    #[serde(default)]
    pub support: Option<BrandSupport>,
    /// Languages of this brand, the first one is its own: `["en", "de"]`.
    pub languages: Vec<String>,
    /// Colours, light and dark.
    pub colours: Colours,
    /// The maker's own apps that may open the QR's address.
    #[serde(default)]
    pub native_apps: NativeApps,
    /// SHA-256 (hex) of every further file of the pack, by its path: the signature covers them through this list.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// The folder that the pack was read from; absent for a brand made from text.
    #[serde(skip)]
    pub folder: Option<PathBuf>,
}

/// Id of a brand, e.g. `plain`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(transparent)]
pub struct BrandId(String);

impl BrandId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BrandId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Version of a brand pack; never decreases on a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(transparent)]
pub struct BrandVersion(pub u32);

/// The relay's public key, 32 octets of X25519, Base64 in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct RelayKey([u8; 32]);

impl RelayKey {
    /// The octets.
    #[must_use]
    pub fn octets(&self) -> &[u8; 32] {
        &self.0
    }
}

impl TryFrom<String> for RelayKey {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let octets = BASE64.decode(text.as_bytes()).ok().and_then(|octets| <[u8; 32]>::try_from(octets).ok());
        octets.map(RelayKey).ok_or_else(|| {
            "the relay key is 32 octets in Base64, 44 characters, as `reset-relay key new` prints it".to_owned()
        })
    }
}

const FILE: &str = "brand.toml";

impl Brand {
    /// Reads `DIR/brand.toml`, checks `DIR/brand.toml.minisig` against the trusted `keys` (minisign, `RW…`), the version
    /// against `floor`, the hashes of `[files]`, colours and address.
    ///
    /// # Errors
    /// [`ConfigError`] with the file at fault; nothing of an unsigned pack is believed or quoted.
    pub fn load_signed(folder: &Path, keys: &[String], floor: Floor) -> Result<Brand, ConfigError> {
        let path = folder.join(FILE);
        let text = signature::read_verified(&path, keys)?;
        let mut brand = Brand::parse(&path.display().to_string(), &text)?;
        let document = Document::parse(&path.display().to_string(), &text)?;
        brand.check_floor(floor).and_then(|()| brand.check_files(folder)).map_err(|fault| document.place(fault))?;
        brand.folder = Some(folder.to_owned());
        Ok(brand)
    }

    /// The plain first brand as it is embedded: for texts, tests and tools. Its relay key is a placeholder that no relay has.
    ///
    /// # Panics
    /// Never: a test loads it.
    #[must_use]
    pub fn plain() -> Brand {
        Brand::parse("built-in brands/plain/brand.toml", include_str!("../brands/plain/brand.toml"))
            .expect("the embedded brand is checked by a test")
    }

    /// Reads a brand from text whose origin was proved before (or, in the tools of the brand's own makers, needs no proof).
    ///
    /// # Errors
    /// [`ConfigError`] naming `file` and the line.
    pub fn parse(file: &str, text: &str) -> Result<Brand, ConfigError> {
        let document = Document::parse(file, text)?;
        let stack = Stack::new("brand", vec![document]);
        let brand: Brand = stack.build()?;
        brand.check().map_err(|fault| stack.place(fault))?;
        Ok(brand)
    }

    /// What stands before the sealed octets in the QR code, e.g. `HTTPS://RESET.EXAMPLE/`.
    #[must_use]
    pub fn url_prefix(&self) -> String {
        self.relay_url.prefix()
    }

    /// What an owner calls to be unlocked by support: the desk's own line, or else the contact of the brand.
    #[must_use]
    pub fn support_line(&self) -> &str {
        self.support.as_ref().and_then(|support| support.contact.as_deref()).unwrap_or(&self.support_contact)
    }

    /// What this brand allows itself and pays for.
    #[must_use]
    pub fn advice(&self) -> Vec<Advice> {
        self.relay_url.cost().advice().into_iter().collect()
    }

    fn check(&self) -> Result<(), Fault> {
        let id_ok = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.id.0.is_empty() || self.id.0.len() > 32 || !self.id.0.chars().all(id_ok) {
            return Err(Fault::new(
                "id",
                format!("`{}` is not a brand id", self.id),
                "Use lower-case letters, digits and `-`, at most 32",
            ));
        }
        for (key, value) in
            [("name", &self.name), ("app_name", &self.app_name), ("support_contact", &self.support_contact)]
        {
            if value.trim().is_empty() {
                return Err(Fault::new(key, "it is empty, and owners are shown it", "Write what an owner should read"));
            }
        }
        if self.app_menu_path.is_empty() {
            return Err(Fault::new(
                "app_menu_path",
                "it is empty, so no owner would find the scanner",
                "List the menu entries in their order",
            ));
        }
        for (index, language) in self.languages.iter().enumerate() {
            if !crate::texts::Language::shipped().iter().any(|shipped| shipped.as_str() == language)
                && !self.files.keys().any(|file| file.starts_with(&format!("locales/{language}/")))
            {
                return Err(Fault::new(
                    format!("languages[{index}]"),
                    format!("there are no texts for `{language}`"),
                    "Use a shipped language (en, de), or add `locales/<language>/*.ftl` to the pack and list the files under `[files]`",
                ));
            }
        }
        if self.languages.is_empty() {
            return Err(Fault::new("languages", "no language is named", "Write for example `languages = [\"en\"]`"));
        }
        self.native_apps.check()?;
        self.support.as_ref().map_or(Ok(()), |support| support.check(&self.relay_public_key))?;
        self.colours.check()
    }

    fn check_floor(&self, floor: Floor) -> Result<(), Fault> {
        if self.version >= floor.0 {
            return Ok(());
        }
        Err(Fault::new(
            "version",
            format!(
                "version {} is older than version {}, which this device has already used (R38)",
                self.version.0, floor.0.0
            ),
            "Install a brand pack with the same or a higher version",
        ))
    }

    fn check_files(&self, folder: &Path) -> Result<(), Fault> {
        for (name, hash) in &self.files {
            let key = format!("files.\"{name}\"");
            if Path::new(name).components().any(|part| !matches!(part, std::path::Component::Normal(_))) {
                return Err(Fault::new(key, "the path leaves the pack", "Name files below the pack's folder only"));
            }
            let octets = std::fs::read(folder.join(name)).map_err(|error| {
                Fault::new(
                    &key,
                    format!("the file cannot be read: {error}"),
                    "Put it back or sign the pack again with `resetkit brand sign`",
                )
            })?;
            if signature::sha256_hex(&octets) != hash.to_ascii_lowercase() {
                return Err(Fault::new(
                    key,
                    "the file is not the one that was signed",
                    "Restore it, or sign the pack again with `resetkit brand sign`",
                ));
            }
        }
        Ok(())
    }
}
