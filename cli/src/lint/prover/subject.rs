//! What is judged: a profile, a policy, a brand and the methods that are installed.

use std::path::Path;

use resetkit_config::{Allows, Brand, ConfigError, Policy, Profile, Texts};
use resetkit_core::{FailureKind, Manifest, PasswordRules};
use resetkit_host::{HostFailure, ManifestText};

use crate::faults::{Fault, FaultSet};

/// What is judged.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The model.
    pub profile: Profile,
    /// The policy.
    pub policy: Policy,
    /// The brand.
    pub brand: Brand,
    /// What the installed methods say of themselves.
    pub manifests: Vec<Manifest>,
    /// Lengths that the account back end keeps; the built-in store keeps all.
    pub account_rules: Option<PasswordRules>,
    /// What the profile's author accepts.
    pub exceptions: Vec<Exception>,
    /// What a device would say to these files when it starts, where it refuses them.
    pub refused: Vec<String>,
    /// Failures whose text names the support contact.
    pub(crate) told_to_call: Vec<FailureKind>,
}

/// What may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// There may be no way at all but support.
    NoWay,
    /// There may be only ways that lose more than the password.
    LosesMore,
}

/// One exception that the profile's author stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// What is broken; one thing or two.
    pub faults: Vec<String>,
    /// What may then be missing.
    pub allows: Allowed,
    /// Why he accepts it.
    pub reason: String,
}

impl Exception {
    /// The fault set, if all its names are known.
    #[must_use]
    pub fn set(&self) -> Option<FaultSet> {
        let faults: Option<Vec<_>> = self.faults.iter().map(|name| Fault::parse(name)).collect();
        faults.filter(|faults| (1..=2).contains(&faults.len())).map(|faults| FaultSet::of(&faults))
    }
}

/// Why there is nothing to judge.
#[derive(Debug, thiserror::Error)]
pub enum SubjectError {
    /// A file cannot be read.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// There is no such profile or policy, or it cannot be read at all; the loader's own words.
    #[error("{0}")]
    Refused(String),
    /// A brand that cannot stand.
    #[error("{0}")]
    Config(#[from] ConfigError),
    /// A manifest cannot be understood.
    #[error("method.toml: {0}")]
    Manifest(String),
}

impl From<HostFailure> for SubjectError {
    fn from(failure: HostFailure) -> Self {
        Self::Manifest(failure.to_string())
    }
}

impl Subject {
    /// A subject of these parts; exceptions and account rules are the profile's.
    ///
    /// # Errors
    /// [`SubjectError::Manifest`].
    pub fn of(profile: Profile, policy: Policy, brand: Brand, manifests: &[&str]) -> Result<Self, SubjectError> {
        let manifests: Result<Vec<_>, HostFailure> =
            manifests.iter().map(|text| ManifestText::parse_linked(text)).collect();
        let manifests = manifests?.into_iter().filter(|text| text.serves_brand(brand.id.as_str()));
        Ok(Self {
            exceptions: exceptions(&profile, &policy.name),
            account_rules: account_rules(&profile),
            manifests: manifests.map(|text| text.manifest).collect(),
            told_to_call: naming_support(&brand),
            profile,
            policy,
            brand,
            refused: Vec::new(),
        })
    }

    /// A model and a policy by name or file. What a device would refuse is read all the same, and judged.
    ///
    /// # Errors
    /// [`SubjectError`] where there is nothing to be read.
    pub fn load(model: &str, policy: &str, brand: Brand, manifests: &[&str]) -> Result<Self, SubjectError> {
        let mut refused = Vec::new();
        let profile = match Profile::named(model) {
            Ok(profile) => profile,
            Err(error) => {
                let profile = read(model, error.to_string())?;
                refused.push(error.to_string());
                profile
            }
        };
        let policy = match Policy::named(policy, &profile) {
            Ok(policy) => policy,
            Err(error) => {
                let policy = built_in(policy).map_or_else(|| read(policy, error.to_string()), Ok)?;
                refused.push(error.to_string());
                policy
            }
        };
        Ok(Self { refused, ..Self::of(profile, policy, brand, manifests)? })
    }

    /// The plain brand, or the one in this folder; its signature is no concern of a lint.
    ///
    /// # Errors
    /// [`SubjectError`] where there is none.
    pub fn brand(name: &str) -> Result<Brand, SubjectError> {
        let folder = Path::new(name);
        let path = folder.join("brand.toml");
        if name == "plain" && !path.exists() {
            return Ok(Brand::plain());
        }
        let text =
            std::fs::read_to_string(&path).map_err(|error| SubjectError::File(path.display().to_string(), error))?;
        let mut brand = Brand::parse(&path.display().to_string(), &text)?;
        brand.folder = Some(folder.to_owned());
        Ok(brand)
    }

    /// Whether an owner who is told to call support has somebody to call.
    #[must_use]
    pub fn has_support(&self) -> bool {
        let contact = self.brand.support_contact.trim();
        !contact.is_empty() && !matches!(contact.to_ascii_lowercase().as_str(), "none" | "n/a" | "-" | "todo")
    }
}

/// A built-in policy that this profile makes impossible: as it is where the profile does not.
fn built_in(name: &str) -> Option<Policy> {
    Profile::builtin_names().into_iter().find_map(|model| Policy::builtin(name, &Profile::builtin(model).ok()?).ok())
}

/// Reads a file as it is written, without the loader's checks; `why` is what the loader said.
fn read<T: serde::de::DeserializeOwned>(name: &str, why: String) -> Result<T, SubjectError> {
    let Ok(text) = std::fs::read_to_string(name) else { return Err(SubjectError::Refused(why)) };
    toml::from_str(&text).map_err(|_| SubjectError::Refused(why))
}

fn exceptions(profile: &Profile, policy: &str) -> Vec<Exception> {
    let accept = profile.accept.iter().filter(|accept| accept.holds_under(policy)).map(|accept| Exception {
        faults: accept.faults.clone(),
        allows: match accept.allows {
            Allows::NoWay => Allowed::NoWay,
            Allows::LosesMore => Allowed::LosesMore,
        },
        reason: accept.reason.clone(),
    });
    accept.collect()
}

fn account_rules(profile: &Profile) -> Option<PasswordRules> {
    let rules = profile.accounts.rules?;
    Some(PasswordRules { min_chars: rules.min_chars, max_chars: rules.max_chars })
}

/// Failures whose text names the support contact: whoever reads it has somebody to call.
fn naming_support(brand: &Brand) -> Vec<FailureKind> {
    let contact = brand.support_contact.as_str();
    let texts = Texts::load(brand, "en");
    let names = |id: &str| texts.find(id, &[]).is_some_and(|text| text.contains(contact));
    FailureKind::ALL.iter().copied().filter(|kind| names(kind.err_id()) || names(kind.rec_id())).collect()
}
