//! What programs send. Every field is named here; any other is refused (F17).

use serde::{Deserialize, Deserializer};

use crate::acts::Written;
use crate::daemon::Cells;
use crate::web::SecretField;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetUp {
    pub(super) password: SecretField,
    /// Must be written, also as `null`: going on without an address is a decision.
    #[serde(deserialize_with = "Option::deserialize")]
    pub(super) email: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LogIn {
    pub(super) account: String,
    pub(super) password: SecretField,
    /// A person typed it at the device's own screen.
    #[serde(default)]
    pub(super) interactive: bool,
    /// Which client of the site file's `[after_reset]` logs in.
    #[serde(default)]
    pub(super) client: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeAddress {
    /// The current one.
    pub(super) password: SecretField,
    pub(super) email: String,
}

/// The current password, once more.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Password {
    pub(super) password: SecretField,
}

/// A recovery code of the new sheet.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TypeBack {
    pub(super) code: SecretField,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Open {
    /// Absent: the administrator's.
    #[serde(default)]
    pub(super) account: Option<String>,
    /// The size of a screen of characters; absent where pictures are shown.
    #[serde(default)]
    pub(super) screen: Option<Screen>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Screen {
    #[serde(deserialize_with = "whole")]
    columns: u16,
    #[serde(deserialize_with = "whole")]
    rows: u16,
}

/// `24.0` is a whole number in JSON too.
fn whole<'de, D: Deserializer<'de>>(from: D) -> Result<u16, D::Error> {
    let number = f64::deserialize(from)?;
    let fits = number.fract() == 0.0 && (0.0..=f64::from(u16::MAX)).contains(&number);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "just compared")]
    let number = number as u16;
    if fits { Ok(number) } else { Err(serde::de::Error::custom("not a whole number of cells")) }
}

impl From<Screen> for Cells {
    fn from(screen: Screen) -> Self {
        Self { columns: screen.columns, rows: screen.rows }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Switch {
    pub(super) on: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Happened {
    event: String,
    #[serde(default)]
    code: Option<SecretField>,
    #[serde(default)]
    password: Option<SecretField>,
    #[serde(default)]
    method: Option<String>,
    #[serde(default)]
    action: Option<String>,
}

impl Happened {
    pub(super) fn written(self) -> Written {
        Written {
            event: self.event,
            code: self.code.map(SecretField::take),
            password: self.password.map(SecretField::take),
            method: self.method,
            action: self.action,
        }
    }
}
