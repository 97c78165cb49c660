//! Puts the layers together: built-in → profile and policy → brand → site file → environment.

use std::path::{Path, PathBuf};

use crate::brand::Brand;
use crate::document::Document;
use crate::environment::Environment;
use crate::error::{Advice, ConfigError, Fault};
use crate::layers::Stack;
use crate::policy::Policy;
use crate::profile::Profile;
use crate::quirks::{self, Quirk};
use crate::signature::{self, Floor};
use crate::site::Site;
use crate::words::use_one_of;

/// Everything that a device is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceConfig {
    /// What the hardware is.
    pub profile: Profile,
    /// Whose name it carries; signed.
    pub brand: Brand,
    /// How hard recovery is to guess.
    pub policy: Policy,
    /// Paths, listeners and keys of this installation.
    pub site: Site,
    /// What is allowed but costs; said once at start.
    pub advice: Vec<Advice>,
}

/// Where to load from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadFrom {
    /// The site file; without it the built-in defaults stand (and relative paths mean the current folder).
    pub site_file: Option<PathBuf>,
    /// Profile name or path; stronger than the site file's `profile`.
    pub profile: Option<String>,
    /// Policy name or path; stronger than the site file's `policy`.
    pub policy: Option<String>,
    /// Folder of the brand pack; stronger than the site file's `brand_dir`.
    pub brand_dir: Option<PathBuf>,
    /// The lowest brand version that this device still accepts (R38, R84).
    pub brand_floor: Floor,
    /// Variables that begin with `RESETKIT_`.
    pub environment: Environment,
}

impl LoadFrom {
    /// Reads one site file and nothing of the environment.
    #[must_use]
    pub fn site(file: impl Into<PathBuf>) -> Self {
        LoadFrom {
            site_file: Some(file.into()),
            profile: None,
            policy: None,
            brand_dir: None,
            brand_floor: Floor::NONE,
            environment: Environment::none(),
        }
    }

    /// The same with the environment as the strongest layer.
    #[must_use]
    pub fn with_environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    /// The same, refusing brand packs below `floor`.
    #[must_use]
    pub fn with_brand_floor(mut self, floor: Floor) -> Self {
        self.brand_floor = floor;
        self
    }
}

impl DeviceConfig {
    /// Loads, merges and checks all layers.
    ///
    /// # Errors
    /// The first [`ConfigError`]: file, line, key, problem and remedy.
    pub fn load(from: &LoadFrom) -> Result<DeviceConfig, ConfigError> {
        let written = SiteLayers::read(from)?;
        let mut site = written.site()?;
        if let Some(profile) = &from.profile {
            site.profile.clone_from(profile);
        }
        if let Some(policy) = &from.policy {
            site.policy.clone_from(policy);
        }
        let folder = from.site_file.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).to_owned();
        site.anchor(&folder);
        if let Some(brand_dir) = &from.brand_dir {
            site.brand_dir.clone_from(brand_dir);
        }
        let profile = written.profile(&site.profile, &folder)?;
        let policy = written.policy(&site.policy, &folder, &profile)?;
        let brand = Brand::load_signed(&site.brand_dir, &site.brand_keys, from.brand_floor)?;
        let advice = brand.advice();
        Ok(DeviceConfig { profile, brand, policy, site, advice })
    }
}

impl Profile {
    /// One of the built-in profiles, e.g. `nvr-4`.
    ///
    /// # Errors
    /// When there is no built-in profile of that name.
    pub fn builtin(name: &str) -> Result<Profile, ConfigError> {
        SiteLayers::none().profile(name, Path::new(""))
    }

    /// The names of all built-in profiles.
    #[must_use]
    pub fn builtin_names() -> Vec<&'static str> {
        BUILTIN_PROFILES.iter().map(|(name, _)| *name).collect()
    }

    /// A built-in profile by its name, or one from a file (anything with a `/` or `.toml`), with the quirks that fit it.
    ///
    /// # Errors
    /// File, line, key, what is wrong and what to write.
    pub fn named(name: &str) -> Result<Profile, ConfigError> {
        SiteLayers::none().profile(name, Path::new(""))
    }
}

impl Policy {
    /// One of the built-in policies, `reference` or `strict`, checked for `profile`.
    ///
    /// # Errors
    /// When there is no built-in policy of that name, or the policy breaks R7 on this profile.
    pub fn builtin(name: &str, profile: &Profile) -> Result<Policy, ConfigError> {
        SiteLayers::none().policy(name, Path::new(""), profile)
    }

    /// The names of all built-in policies.
    #[must_use]
    pub fn builtin_names() -> Vec<&'static str> {
        BUILTIN_POLICIES.iter().map(|(name, _)| *name).collect()
    }

    /// A built-in policy by its name, or one from a file (anything with a `/` or `.toml`), checked for `profile`.
    ///
    /// # Errors
    /// File, line, key, what is wrong and what to write.
    pub fn named(name: &str, profile: &Profile) -> Result<Policy, ConfigError> {
        SiteLayers::none().policy(name, Path::new(""), profile)
    }
}

const BUILTIN_SITE: &str = include_str!("../builtin/site.toml");
const BUILTIN_QUIRKS: &str = include_str!("../quirks.toml");
const BUILTIN_PROFILES: [(&str, &str); 9] = [
    ("nvr-4", include_str!("../devices/nvr-4.toml")),
    ("nvr-4-button", include_str!("../devices/nvr-4-button.toml")),
    ("nvr-64", include_str!("../devices/nvr-64.toml")),
    ("xvr-8", include_str!("../devices/xvr-8.toml")),
    ("cam-1", include_str!("../devices/cam-1.toml")),
    ("cam-outdoor", include_str!("../devices/cam-outdoor.toml")),
    ("doorbell", include_str!("../devices/doorbell.toml")),
    ("router", include_str!("../devices/router.toml")),
    ("nas", include_str!("../devices/nas.toml")),
];
const BUILTIN_POLICIES: [(&str, &str); 3] = [
    ("reference", include_str!("../policies/reference.toml")),
    ("strict", include_str!("../policies/strict.toml")),
    ("high", include_str!("../policies/high.toml")),
];

/// The two layers that people write by hand: site file and environment.
struct SiteLayers(Vec<Document>);

/// Tables of the site layers that speak of another file's keys.
const OVERRIDES: &str = "overrides";

impl SiteLayers {
    fn none() -> SiteLayers {
        SiteLayers(Vec::new())
    }

    fn read(from: &LoadFrom) -> Result<SiteLayers, ConfigError> {
        let mut layers = Vec::new();
        if let Some(file) = &from.site_file {
            let text = signature::read_text(file)?;
            layers.push(Document::parse(&file.display().to_string(), &text)?);
        }
        layers.extend(environment_layer(&from.environment)?);
        for layer in &layers {
            check_overrides(layer)?;
        }
        Ok(SiteLayers(layers))
    }

    fn site(&self) -> Result<Site, ConfigError> {
        let mut layers = vec![Document::parse("built-in site.toml", BUILTIN_SITE)?];
        layers.extend(self.0.iter().map(|layer| layer.without(OVERRIDES)));
        let stack = Stack::new("site file", layers);
        let site: Site = stack.build()?;
        site.check().map_err(|fault| stack.place(fault))?;
        Ok(site)
    }

    fn profile(&self, name: &str, folder: &Path) -> Result<Profile, ConfigError> {
        let stack = self.stack("profile", name, folder, &BUILTIN_PROFILES)?;
        let (quirks, layers): (Vec<_>, Vec<_>) = quirks_of(&stack, name, folder)?.into_iter().unzip();
        let stack = stack.with_above_the_first(layers);
        let mut profile: Profile = stack.build()?;
        profile.check().map_err(|fault| stack.place(fault))?;
        profile.quirks = quirks;
        Ok(profile)
    }

    fn policy(&self, name: &str, folder: &Path, profile: &Profile) -> Result<Policy, ConfigError> {
        let stack = self.stack("policy", name, folder, &BUILTIN_POLICIES)?;
        let policy: Policy = stack.build()?;
        policy.check(profile).map_err(|fault| stack.place(fault))?;
        Ok(policy)
    }

    /// The named file with the overrides of the site layers on top.
    fn stack(
        &self,
        subject: &'static str,
        name: &str,
        folder: &Path,
        builtin: &[(&str, &str)],
    ) -> Result<Stack, ConfigError> {
        let base = match builtin.iter().find(|(known, _)| *known == name) {
            Some((_, text)) => Document::parse(&format!("built-in {name}.toml"), text)?,
            None if name.contains('/') || name.ends_with(".toml") => {
                let path = folder.join(name);
                Document::parse(&path.display().to_string(), &signature::read_text(&path)?)?
            }
            None => {
                let known: Vec<_> = builtin.iter().map(|(known, _)| *known).collect();
                let fault = Fault::new(
                    subject,
                    format!("there is no built-in {subject} `{name}`"),
                    use_one_of(name, &known, "a path to a .toml file"),
                );
                return Err(Stack::new("site file", self.0.clone()).place(fault));
            }
        };
        let table = format!("{OVERRIDES}.{subject}");
        let overrides = self.0.iter().filter(|layer| layer.has(&table)).map(|layer| layer.below(&table));
        Ok(Stack::new(subject, std::iter::once(base).chain(overrides).collect()))
    }
}

/// The built-in quirks, then those beside a maker's own profile, as far as they fit the model.
fn quirks_of(stack: &Stack, name: &str, folder: &Path) -> Result<Vec<(Quirk, Document)>, ConfigError> {
    let (Some(model), has_button) = (stack.top("model"), stack.has("button")) else { return Ok(Vec::new()) };
    let mut files = vec![Document::parse("built-in quirks.toml", BUILTIN_QUIRKS)?];
    let own = folder.join(name).parent().map(|beside| beside.join("quirks.toml"));
    let own = own.filter(|path| !BUILTIN_PROFILES.iter().any(|(known, _)| *known == name) && path.is_file());
    if let Some(path) = own {
        files.push(Document::parse(&path.display().to_string(), &signature::read_text(&path)?)?);
    }
    let found: Result<Vec<_>, _> = files.into_iter().map(|file| quirks::for_model(file, &model, has_button)).collect();
    Ok(found?.into_iter().flatten().collect())
}

fn check_overrides(layer: &Document) -> Result<(), ConfigError> {
    let strangers = layer.keys().filter_map(|key| key.strip_prefix("overrides.").map(|rest| (key, rest)));
    for (key, rest) in strangers {
        if !["profile", "policy"].contains(&rest.split(['.', '[']).next().unwrap_or_default()) {
            let fault = Fault::new(
                key.clone(),
                "only `profile` and `policy` can be overridden here; the brand is what its owner signed (R38)",
                "Remove the key, or change and sign the brand pack",
            );
            return Err(layer.place(fault));
        }
    }
    Ok(())
}

fn environment_layer(environment: &Environment) -> Result<Option<Document>, ConfigError> {
    let mut root = toml::Table::new();
    let mut keys = Vec::new();
    for (name, key, text) in environment.settings() {
        let wrong = |problem: String| ConfigError {
            file: "environment".to_owned(),
            line: None,
            key: name.clone(),
            problem,
            remedy: "Correct or unset the variable".to_owned(),
        };
        insert(&mut root, &key, scalar_or_toml(text)).map_err(wrong)?;
        let mut upto = String::new();
        for part in key.split('.') {
            upto = if upto.is_empty() { part.to_owned() } else { format!("{upto}.{part}") };
            keys.push(upto.clone());
        }
    }
    Ok((!root.is_empty()).then(|| Document::without_lines("environment", root.to_string(), keys)))
}

/// Lists and inline tables are TOML; everything else is taken as text, which the loader turns into numbers where they belong.
fn scalar_or_toml(text: &str) -> toml::Value {
    let parsed = text.starts_with(['[', '{']).then(|| format!("value = {text}").parse::<toml::Table>().ok()).flatten();
    parsed.and_then(|mut table| table.remove("value")).unwrap_or_else(|| toml::Value::String(text.to_owned()))
}

fn insert(root: &mut toml::Table, key: &str, value: toml::Value) -> Result<(), String> {
    let (folders, last) = key.rsplit_once('.').map_or((None, key), |(folders, last)| (Some(folders), last));
    let mut at = root;
    for part in folders.into_iter().flat_map(|folders| folders.split('.')) {
        let next = at.entry(part).or_insert_with(|| toml::Value::Table(toml::Table::new()));
        at = next.as_table_mut().ok_or_else(|| format!("`{part}` is set as a value by another variable"))?;
    }
    at.insert(last.to_owned(), value);
    Ok(())
}
