//! The relay's address, and what its length costs in the QR code.

use std::fmt;

use serde::Deserialize;

use crate::error::Advice;

/// Address of a relay: `https://host[:port]`; `http` on loopback only.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct RelayAddress(String);

impl RelayAddress {
    /// The address without a slash at the end, lower case, e.g. `https://reset.example`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands in the QR before the payload: upper case, one slash at the end.
    #[must_use]
    pub fn prefix(&self) -> String {
        format!("{}/", self.0.to_ascii_uppercase())
    }

    /// What the length of this address costs.
    #[must_use]
    pub fn cost(&self) -> PrefixCost {
        PrefixCost::of(self.prefix().len())
    }
}

impl fmt::Display for RelayAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl TryFrom<String> for RelayAddress {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let lower = text.trim_end_matches('/').to_ascii_lowercase();
        let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
        let host = rest.ok_or_else(|| format!("`{text}` is not a web address; write `https://reset.example`"))?;
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | ':');
        if host.is_empty() || !host.chars().all(fits) {
            return Err(format!(
                "`{text}` has a path or characters that would swell the QR code; write a bare host such as `https://reset.example`"
            ));
        }
        let loopback = ["127.0.0.1", "localhost"]
            .iter()
            .any(|name| host == *name || host.strip_prefix(name).is_some_and(|rest| rest.starts_with(':')));
        if lower.starts_with("http://") && !loopback {
            return Err(format!("`{text}` is not encrypted; write `https://` (plain `http` is for 127.0.0.1 only)"));
        }
        Ok(RelayAddress(lower))
    }
}

/// What a prefix of some length costs in the QR code of the default form (123 octets, 197 Base32 characters, level M).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrefixCost {
    /// Characters of the prefix, e.g. 23 for `HTTPS://RESET.EXAMPLE./`.
    pub characters: usize,
    /// QR version that is needed; 8 is the tabled one. Absent when no version up to 15 holds it.
    pub version: Option<u8>,
}

/// Characters of the default payload in Crockford Base32: 123 octets × 8 / 5, rounded up.
const PAYLOAD: usize = 197;
/// Alphanumeric capacity at level M by version (ISO/IEC 18004, table 7).
const CAPACITY: [(u8, usize); 8] =
    [(8, 221), (9, 262), (10, 311), (11, 366), (12, 419), (13, 483), (14, 528), (15, 600)];

impl PrefixCost {
    fn of(characters: usize) -> PrefixCost {
        let version = CAPACITY.iter().find(|(_, room)| PAYLOAD + characters <= *room).map(|(version, _)| *version);
        PrefixCost { characters, version }
    }

    /// Modules along one side of the code.
    #[must_use]
    pub fn modules(&self) -> Option<u16> {
        self.version.map(|version| 17 + 4 * u16::from(version))
    }

    /// Words for the integrator when the prefix costs anything.
    #[must_use]
    pub fn advice(&self) -> Option<Advice> {
        let room = CAPACITY[0].1 - PAYLOAD;
        if self.characters <= room {
            return None;
        }
        let cost = match (self.version, self.modules()) {
            (Some(version), Some(modules)) => format!(
                "The code grows from version 8 (49×49) to version {version} ({modules}×{modules}), and small screens show smaller modules."
            ),
            (None, _) | (Some(_), None) => "No QR version up to 15 holds it; owners would see no code.".to_owned(),
        };
        Some(Advice {
            key: "relay_url".to_owned(),
            text: format!(
                "The QR prefix has {} characters; up to {room} are free. {cost} A shorter host gives the size back.",
                self.characters
            ),
        })
    }
}
