//! The factory feed: one line of JSON for each device, the whole file signed in minisign's format.
//!
//! The relay learns from it which public keys belong to devices of which brand. It holds nothing secret and no address.

use crate::header::{BrandId, Handle, HeaderSlip};
use crate::keys::{DevicePublic, KeySlip};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The version that every row begins with.
const ROW_VERSION: u8 = 1;
/// Longest row that is read, in octets (R47).
const MAX_ROW: usize = 1024;
/// Longest nickname, in characters (R70).
const MAX_NICKNAME: usize = 32;

/// Whether a device may still ask for mail.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeviceStatus {
    /// In the field.
    Active,
    /// Its key is known to be lost or copied: no more mail.
    Revoked,
}

impl DeviceStatus {
    /// A stable word for the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            DeviceStatus::Active => "active",
            DeviceStatus::Revoked => "revoked",
        }
    }
}

/// The last four letters or digits of the label on the device: enough to tell two apart, no full serial (5.10).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LabelTail(String);

impl LabelTail {
    /// # Errors
    /// [`FeedSlip::Label`] unless it is four of `A-Z 0-9`.
    pub fn parse(text: &str) -> Result<Self, FeedSlip> {
        let good = text.len() == 4 && text.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        if good { Ok(Self(text.to_owned())) } else { Err(FeedSlip::Label) }
    }

    /// The four characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The one text in a mail that is not the brand's: what the owner or installer calls the device.
///
/// At most 32 characters, and nothing that reads like an address to follow or to write to (R70, F16).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Nickname(String);

impl Nickname {
    /// # Errors
    /// [`FeedSlip::Nickname`].
    pub fn parse(text: &str) -> Result<Self, FeedSlip> {
        let count = text.chars().count();
        let plain =
            |c: char| (c.is_alphanumeric() || " -_'’()#+&,.!".contains(c)) && !('\u{ff01}'..='\u{ff5e}').contains(&c);
        let trimmed = text.trim() == text;
        if (1..=MAX_NICKNAME).contains(&count) && trimmed && text.chars().all(plain) && !reads_like_an_address(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(FeedSlip::Nickname)
        }
    }

    /// The text; still to be escaped where it stands in HTML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Mail programs make links of `example.org` and `www`; a nickname has neither.
fn reads_like_an_address(text: &str) -> bool {
    let lower = text.to_lowercase();
    let dotted = lower.split('.').skip(1).any(|after| after.starts_with(char::is_alphabetic));
    dotted || lower.contains("www") || lower.contains("http")
}

/// One device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FeedRow {
    /// The device's random name.
    pub handle: Handle,
    /// Its public key.
    pub public_key: DevicePublic,
    /// Whose device it is.
    pub brand: BrandId,
    /// Model as the brand calls it, for the mail: 1 to 40 printable characters.
    pub model: String,
    /// End of the label on its back.
    pub label: LabelTail,
    /// Whether it may ask for mail.
    pub status: DeviceStatus,
    /// Enrolment, from 1. A higher one starts its counters anew (5.8).
    pub epoch: u32,
    /// What its owner calls it.
    pub nickname: Option<Nickname>,
}

/// A model as brands call it: 1 to 40 printable characters.
pub(crate) fn is_model(text: &str) -> bool {
    (1..=40).contains(&text.chars().count()) && text.chars().all(|c| is_printable(c) && !"<>\"".contains(c))
}

/// Whether a terminal shows it as one sign in its place: no control character, and none that turns the text around it.
#[must_use]
pub fn is_printable(c: char) -> bool {
    let hidden = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    !c.is_control() && !hidden
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RowOnDisk {
    v: u8,
    handle: String,
    public_key: String,
    brand: String,
    model: String,
    label: String,
    status: DeviceStatus,
    epoch: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nickname: Option<String>,
}

impl FeedRow {
    /// Reads one line. Unknown fields are refused (F17).
    ///
    /// # Errors
    /// [`FeedSlip`] names the first field that is not right.
    pub fn parse(line: &str) -> Result<Self, FeedSlip> {
        if line.len() > MAX_ROW {
            return Err(FeedSlip::Json);
        }
        let row: RowOnDisk = serde_json::from_str(line).map_err(|_| FeedSlip::Json)?;
        if row.v != ROW_VERSION {
            return Err(FeedSlip::Version);
        }
        if row.epoch == 0 {
            return Err(FeedSlip::Epoch);
        }
        if !is_model(&row.model) {
            return Err(FeedSlip::Model);
        }
        Ok(Self {
            handle: Handle::parse(&row.handle)?,
            public_key: DevicePublic::parse(&row.public_key)?,
            brand: BrandId::parse(&row.brand)?,
            model: row.model,
            label: LabelTail::parse(&row.label)?,
            status: row.status,
            epoch: row.epoch,
            nickname: row.nickname.as_deref().map(Nickname::parse).transpose()?,
        })
    }

    /// The line, without its line end.
    #[must_use]
    pub fn to_line(&self) -> String {
        let row = RowOnDisk {
            v: ROW_VERSION,
            handle: self.handle.to_string(),
            public_key: self.public_key.to_string(),
            brand: self.brand.to_string(),
            model: self.model.clone(),
            label: self.label.as_str().to_owned(),
            status: self.status,
            epoch: self.epoch,
            nickname: self.nickname.as_ref().map(|name| name.as_str().to_owned()),
        };
        serde_json::to_string(&row).expect("a row has only text and numbers")
    }
}

impl fmt::Display for FeedRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_line())
    }
}

/// What is wrong with a row of a feed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FeedSlip {
    /// Not JSON of a row, a field too many or too few, or longer than 1,024 octets.
    #[error("not a feed row: one JSON object on one line, with no unknown fields")]
    Json,
    /// A row of another version.
    #[error("unknown row version")]
    Version,
    /// Epoch 0.
    #[error("epochs count from 1")]
    Epoch,
    /// Empty, too long or unprintable.
    #[error("a model has 1 to 40 printable characters")]
    Model,
    /// Not four of `A-Z 0-9`.
    #[error("the label's end is four of A-Z and 0-9")]
    Label,
    /// Too long, or reads like an address.
    #[error("a nickname has 1 to 32 plain characters and no address in it")]
    Nickname,
    /// Handle or brand.
    #[error(transparent)]
    Name(#[from] HeaderSlip),
    /// Public key.
    #[error(transparent)]
    Key(#[from] KeySlip),
}
