//! Where profiles, policies and brands are looked for: built in, as paths, or by name in a maker's own folder.
//!
//! A maker's folder is laid out like this crate: `devices/<model>.toml` (and `devices/quirks.toml`), `policies/<name>.toml`,
//! `brands/<id>/brand.toml`. Nothing of it is trusted: it is for tools that look at data before it is signed.

use std::path::{Path, PathBuf};

use crate::brand::Brand;
use crate::error::ConfigError;
use crate::policy::Policy;
use crate::profile::Profile;
use crate::signature;
use crate::words::use_one_of;

/// A place to look up data by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shelf {
    folder: Option<PathBuf>,
}

impl Shelf {
    /// The built-in data only.
    #[must_use]
    pub fn builtin() -> Shelf {
        Shelf::default()
    }

    /// A maker's own folder; what it lacks is taken from the built-in data.
    #[must_use]
    pub fn at(folder: impl Into<PathBuf>) -> Shelf {
        Shelf { folder: Some(folder.into()) }
    }

    /// The models that can be named: the maker's own, or else the built-in ones.
    #[must_use]
    pub fn devices(&self) -> Vec<String> {
        let own = self.names("devices", |path| path.extension().is_some_and(|kind| kind == "toml"));
        let own: Vec<_> = own.into_iter().filter(|name| name != "quirks").collect();
        if own.is_empty() { Profile::builtin_names().into_iter().map(str::to_owned).collect() } else { own }
    }

    /// The policies that can be named: the maker's own, and the built-in ones.
    fn policies(&self) -> Vec<String> {
        let mut names = self.names("policies", |path| path.extension().is_some_and(|kind| kind == "toml"));
        let builtin = Policy::builtin_names().into_iter().filter(|name| !names.iter().any(|own| own == name));
        let builtin: Vec<_> = builtin.map(str::to_owned).collect();
        names.extend(builtin);
        names
    }

    /// The brands that can be named.
    #[must_use]
    pub fn brands(&self) -> Vec<String> {
        let own = self.names("brands", |path| path.join("brand.toml").is_file());
        if own.is_empty() { vec![Brand::plain().id.as_str().to_owned()] } else { own }
    }

    /// A model by its name on this shelf, its built-in name, or a path.
    ///
    /// # Errors
    /// File, line, key, what is wrong and what to write.
    pub fn profile(&self, name: &str) -> Result<Profile, ConfigError> {
        let own = self.own("devices", &format!("{name}.toml"));
        Profile::named(&own.unwrap_or_else(|| name.to_owned()))
            .map_err(|error| self.with_names(error, "profile", name, &self.devices()))
    }

    /// A policy by its name on this shelf, its built-in name, or a path; checked for `profile`.
    ///
    /// # Errors
    /// As [`Shelf::profile`].
    pub fn policy(&self, name: &str, profile: &Profile) -> Result<Policy, ConfigError> {
        let own = self.own("policies", &format!("{name}.toml"));
        Policy::named(&own.unwrap_or_else(|| name.to_owned()), profile)
            .map_err(|error| self.with_names(error, "policy", name, &self.policies()))
    }

    /// A brand by its name on this shelf, `plain`, or the path of its folder. Its signature is not asked for.
    ///
    /// # Errors
    /// As [`Shelf::profile`].
    pub fn brand(&self, name: &str) -> Result<Brand, ConfigError> {
        let folder = match self.own("brands", name) {
            Some(own) => PathBuf::from(own),
            None if name == Brand::plain().id.as_str() => return Ok(Brand::plain()),
            None => PathBuf::from(name),
        };
        let path = folder.join("brand.toml");
        if !path.is_file() {
            return Err(ConfigError {
                file: path.display().to_string(),
                line: None,
                key: String::new(),
                problem: format!("there is no brand `{name}`"),
                remedy: use_one_of(name, &self.brands(), "the folder of a brand pack"),
            });
        }
        let mut brand = Brand::parse(&path.display().to_string(), &signature::read_text(&path)?)?;
        brand.folder = Some(folder);
        Ok(brand)
    }

    fn own(&self, kind: &str, name: &str) -> Option<String> {
        let path = self.folder.as_ref()?.join(kind).join(name);
        path.exists().then(|| path.display().to_string())
    }

    /// Names in a sub-folder without their endings, sorted.
    fn names(&self, kind: &str, wanted: impl Fn(&Path) -> bool) -> Vec<String> {
        let entries = self.folder.iter().filter_map(|folder| std::fs::read_dir(folder.join(kind)).ok()).flatten();
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| wanted(path));
        let mut names: Vec<_> = paths.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
        names.sort();
        names
    }

    /// Names those of the shelf in place of the built-in ones.
    fn with_names(&self, error: ConfigError, key: &str, name: &str, names: &[String]) -> ConfigError {
        let unknown = error.key == key && self.folder.is_some();
        if !unknown {
            return error;
        }
        ConfigError { remedy: use_one_of(name, names, "a path to a .toml file"), ..error }
    }
}
