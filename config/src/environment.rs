//! The strongest layer: `RESETKIT_STATE_DIR=/run/x` sets `state_dir`, two underscores step into a table.

/// Variables that begin with `RESETKIT_`, read once at start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Environment(Vec<(String, String)>);

/// Names that belong to the programs and not to the configuration.
const RESERVED: [&str; 3] = ["RESETKIT_LOG", "RESETKIT_TEST_", "RESETKIT_DEMO_"];

impl Environment {
    /// The variables of this process. This is the one place that reads the environment.
    #[must_use]
    #[allow(clippy::disallowed_methods, reason = "the environment's one home (STYLE, rule 2)")]
    pub fn of_process() -> Self {
        let mut found: Vec<_> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .filter(|(name, _)| name.starts_with("RESETKIT_"))
            .collect();
        found.sort();
        Environment(found)
    }

    /// No variables at all.
    #[must_use]
    pub fn none() -> Self {
        Environment::default()
    }

    /// The given variables, for tests and embedders.
    #[must_use]
    pub fn from_pairs(pairs: &[(&str, &str)]) -> Self {
        Environment(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    /// Dotted key and text of every setting, in the order of the names.
    pub(crate) fn settings(&self) -> impl Iterator<Item = (String, String, &str)> {
        self.0.iter().filter(|(name, _)| !RESERVED.iter().any(|reserved| name.starts_with(reserved))).filter_map(
            |(name, value)| {
                let key = name.strip_prefix("RESETKIT_")?.to_lowercase().replace("__", ".");
                Some((name.clone(), key, value.as_str()))
            },
        )
    }
}
