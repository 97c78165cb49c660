//! The maker's own apps: which of them may open the QR's address in place of a browser.

use serde::Deserialize;

use crate::error::Fault;

/// Apps of the brand that take over the relay's addresses (Android App Links, iOS Universal Links). None by default.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NativeApps {
    /// Apps for Android.
    #[serde(default)]
    pub android: Vec<AndroidApp>,
    /// Apps for iOS by their app id, `TEAMID1234.com.example.app`.
    #[serde(default)]
    pub ios: Vec<String>,
}

/// One app for Android.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AndroidApp {
    /// Its package, `com.example.app`.
    pub package: String,
    /// SHA-256 of the certificates it is signed with, `AB:CD:…`, as `keytool -list -v` prints it.
    pub certificates: Vec<String>,
}

impl NativeApps {
    pub(crate) fn check(&self) -> Result<(), Fault> {
        for (index, app) in self.android.iter().enumerate() {
            if !is_dotted(&app.package) {
                return Err(Fault::new(
                    format!("native_apps.android[{index}].package"),
                    format!("`{}` is not a package name", app.package),
                    "Write it as the app's manifest has it, e.g. `com.example.app`",
                ));
            }
            if app.certificates.is_empty() || !app.certificates.iter().all(|hash| is_fingerprint(hash)) {
                return Err(Fault::new(
                    format!("native_apps.android[{index}].certificates"),
                    "it is no list of SHA-256 fingerprints",
                    "Write the 32 pairs of hexadecimal digits with colons that `keytool -list -v` prints",
                ));
            }
        }
        for (index, id) in self.ios.iter().enumerate() {
            let team = |team: &str| team.len() == 10 && team.bytes().all(|c| c.is_ascii_alphanumeric());
            if !id.split_once('.').is_some_and(|(before, after)| team(before) && is_dotted(after)) {
                return Err(Fault::new(
                    format!("native_apps.ios[{index}]"),
                    format!("`{id}` is not an app id"),
                    "Write team id and bundle id, e.g. `TEAMID1234.com.example.app`",
                ));
            }
        }
        Ok(())
    }
}

/// At least two names of letters, digits, `_` and `-` with dots between them.
fn is_dotted(name: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_alphanumeric() || b"_-".contains(&c));
    name.len() <= 255 && name.contains('.') && name.split('.').all(part)
}

fn is_fingerprint(text: &str) -> bool {
    let pairs: Vec<&str> = text.split(':').collect();
    pairs.len() == 32 && pairs.iter().all(|pair| pair.len() == 2 && pair.bytes().all(|c| c.is_ascii_hexdigit()))
}
