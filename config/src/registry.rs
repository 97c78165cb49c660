//! Numbers for the case code: which brand, model, firmware and method a number of it stands for. Data in `registry.toml`, append only.
//!
//! A device asks by id and gets a number to encode; the support desk asks by number and gets an id and a name to read out.
//! Both directions are total: an unknown id is encoded as [`Registry::OTHER`], an unknown number is told as what it is.

use std::path::Path;
use std::sync::LazyLock;

use resetkit_core::Fact;
use serde::Deserialize;

use crate::document::Document;
use crate::error::{ConfigError, Fault};
use crate::profile::OnPresence;
use crate::signature;

const BUILTIN: &str = include_str!("../registry.toml");

/// The registry of this build; a test parses it, so it cannot be broken here.
static BUILTIN_REGISTRY: LazyLock<Registry> =
    LazyLock::new(|| Registry::parse("built-in registry.toml", BUILTIN).expect("a test reads the built-in registry"));

/// All numbers that case codes of one maker may hold.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registry {
    #[serde(default)]
    brands: Vec<RegisteredBrand>,
    #[serde(default)]
    models: Vec<RegisteredModel>,
    #[serde(default)]
    methods: Vec<RegisteredMethod>,
}

/// A brand and its number.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisteredBrand {
    /// 1 to 1,023.
    pub number: u16,
    /// The brand pack's `id`.
    pub id: String,
    /// What the support desk calls it.
    pub name: String,
    /// Whether the brand pack has the keys of two approvers, so that support can unlock; absent: not told.
    #[serde(default)]
    pub support: Option<bool>,
}

/// A model, its number and its firmwares.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisteredModel {
    /// 1 to 2,047.
    pub number: u16,
    /// The profile's `model`.
    pub id: String,
    /// What the support desk calls it.
    pub name: String,
    /// Every firmware ever released for it; a firmware's number is its place, counted from 1; at most 63.
    #[serde(default)]
    pub firmwares: Vec<String>,
    /// Whether it has a screen of its own; absent: not told.
    #[serde(default)]
    pub console: Option<bool>,
    /// What a hold of its button does; absent: not told, or there is no button.
    #[serde(default)]
    pub button: Option<OnPresence>,
}

/// A recovery method and its number.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisteredMethod {
    /// 1 to 15.
    pub number: u8,
    /// The manifest's `id`.
    pub id: String,
    /// The manifest's `requires`, for whoever has no manifests at hand; absent: not told.
    #[serde(default)]
    pub requires: Option<Vec<String>>,
}

impl RegisteredMethod {
    /// The facts that it requires; `None` where the registry does not tell.
    #[must_use]
    pub fn requires(&self) -> Option<Vec<Fact>> {
        Some(self.requires.as_ref()?.iter().filter_map(|name| Fact::parse(name)).collect())
    }

    fn check(&self, at: usize) -> Result<(), Fault> {
        let unknown = self.requires.iter().flatten().enumerate().find(|(_, name)| Fact::parse(name).is_none());
        match unknown {
            Some((place, name)) => Err(Fault::new(
                format!("methods[{at}].requires[{place}]"),
                format!("`{name}` is no fact"),
                "Copy `requires` from the method's manifest",
            )),
            None => Ok(()),
        }
    }
}

impl Registry {
    /// The number of everything that has none of its own.
    pub const OTHER: u16 = 0;

    /// The registry that this build carries.
    #[must_use]
    pub fn builtin() -> &'static Registry {
        &BUILTIN_REGISTRY
    }

    /// A maker's own registry.
    ///
    /// # Errors
    /// When the file cannot be read, or a number or id stands in it twice or does not fit the code.
    pub fn load(path: &Path) -> Result<Registry, ConfigError> {
        Registry::parse(&path.display().to_string(), &signature::read_text(path)?)
    }

    /// Reads a registry from its text; `file` is only for messages.
    ///
    /// # Errors
    /// As [`Registry::load`].
    pub fn parse(file: &str, text: &str) -> Result<Registry, ConfigError> {
        let document = Document::parse(file, text)?;
        let registry: Registry = toml::from_str(text).map_err(|error| ConfigError {
            file: file.to_owned(),
            line: error.span().map(|span| text[..span.start.min(text.len())].lines().count().max(1)),
            key: String::new(),
            problem: error.message().trim_end_matches('.').replace('\n', ", "),
            remedy: "Write it as the built-in registry.toml is written".to_owned(),
        })?;
        registry.check().map_err(|fault| document.place(fault))?;
        Ok(registry)
    }

    /// The number of a brand (10 bits of the code).
    #[must_use]
    pub fn brand(&self, id: &str) -> Option<u16> {
        self.brands.iter().find(|brand| brand.id == id).map(|brand| brand.number)
    }

    /// The number of a model (11 bits of the code).
    #[must_use]
    pub fn model(&self, id: &str) -> Option<u16> {
        self.models.iter().find(|model| model.id == id).map(|model| model.number)
    }

    /// The number of a firmware among those of its model (6 bits of the code).
    #[must_use]
    pub fn firmware(&self, model: &str, firmware: &str) -> Option<u8> {
        let model = self.models.iter().find(|known| known.id == model)?;
        let place = model.firmwares.iter().position(|known| known == firmware)?;
        u8::try_from(place + 1).ok()
    }

    /// The number of a method (4 bits of the code).
    #[must_use]
    pub fn method(&self, id: &str) -> Option<u8> {
        self.methods.iter().find(|method| method.id == id).map(|method| method.number)
    }

    /// The brand of a number.
    #[must_use]
    pub fn brand_of(&self, number: u16) -> Option<&RegisteredBrand> {
        self.brands.iter().find(|brand| brand.number == number)
    }

    /// The model of a number.
    #[must_use]
    pub fn model_of(&self, number: u16) -> Option<&RegisteredModel> {
        self.models.iter().find(|model| model.number == number)
    }

    /// The method of a number.
    #[must_use]
    pub fn method_of(&self, number: u8) -> Option<&RegisteredMethod> {
        self.methods.iter().find(|method| method.number == number)
    }

    /// All brands, by number.
    #[must_use]
    pub fn brands(&self) -> &[RegisteredBrand] {
        &self.brands
    }

    /// All models, by number.
    #[must_use]
    pub fn models(&self) -> &[RegisteredModel] {
        &self.models
    }

    /// All methods, by number.
    #[must_use]
    pub fn methods(&self) -> &[RegisteredMethod] {
        &self.methods
    }

    fn check(&self) -> Result<(), Fault> {
        let brands: Vec<_> = self.brands.iter().map(|brand| (brand.number, brand.id.as_str())).collect();
        let models: Vec<_> = self.models.iter().map(|model| (model.number, model.id.as_str())).collect();
        let methods: Vec<_> = self.methods.iter().map(|method| (method.number.into(), method.id.as_str())).collect();
        check_table("brands", &brands, 1023)?;
        check_table("models", &models, 2047)?;
        check_table("methods", &methods, 15)?;
        self.methods.iter().enumerate().try_for_each(|(at, method)| method.check(at))?;
        self.models.iter().enumerate().try_for_each(|(at, model)| model.check(at))
    }
}

impl RegisteredModel {
    /// The firmware of a number.
    #[must_use]
    pub fn firmware_of(&self, number: u8) -> Option<&str> {
        let place = usize::from(number).checked_sub(1)?;
        self.firmwares.get(place).map(String::as_str)
    }

    fn check(&self, at: usize) -> Result<(), Fault> {
        let key = format!("models[{at}].firmwares");
        if self.firmwares.len() > 63 {
            return Err(Fault::new(key, "a model has room for 63 firmwares", "Give the model a second number"));
        }
        let twice = self.firmwares.iter().enumerate().find(|(place, name)| self.firmwares[..*place].contains(name));
        match twice {
            Some((_, name)) => Err(Fault::new(key, format!("`{name}` stands twice"), "Append, never repeat")),
            None => Ok(()),
        }
    }
}

/// Numbers rise down the file, so that whoever appends sees the next free one; none stands twice.
fn check_table(table: &str, lines: &[(u16, &str)], most: u16) -> Result<(), Fault> {
    let mut last = Registry::OTHER;
    for (at, (number, id)) in lines.iter().enumerate() {
        let key = |name: &str| format!("{table}[{at}].{name}");
        if *number <= last || *number > most {
            return Err(Fault::new(
                key("number"),
                format!("{number} does not follow {last}, or is above {most}"),
                "Append at the end with the next number; a number is never used again",
            ));
        }
        if id.is_empty() || lines[..at].iter().any(|(_, earlier)| earlier == id) {
            return Err(Fault::new(key("id"), format!("`{id}` stands twice or is empty"), "An id has one number"));
        }
        last = *number;
    }
    Ok(())
}
