//! The brand's support desk: the keys of two approvers and what counts as evidence of ownership (R89).

use std::fmt;

use data_encoding::BASE64;
use serde::Deserialize;

use crate::brand::RelayKey;
use crate::error::Fault;

/// Most kinds of evidence that an agent is shown.
const EVIDENCE_MAX: usize = 12;

/// `[support]` of a brand pack. Signed with it, like the relay's key (R38).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BrandSupport {
    /// Which pair of approvers' keys this is; raised by one when either is changed.
    pub key_id: u8,
    /// X25519 key of the first approver, Base64.
    pub first_key: SupportKey,
    /// X25519 key of the second approver, who is somebody else.
    pub second_key: SupportKey,
    /// Evidence of ownership that an agent may accept, e.g. `["invoice", "photo-of-label"]`. The words are the texts
    /// `evidence-<id>`; a brand adds its own in `locales/`.
    pub evidence: Vec<String>,
    /// Whom an owner calls for this; the brand's `support_contact` if absent.
    #[serde(default)]
    pub contact: Option<String>,
    /// When somebody answers, in the owner's words, e.g. `Mon-Fri 8-18`.
    #[serde(default)]
    pub hours: Option<String>,
}

/// An approver's public key, 32 octets of X25519, Base64 in files.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct SupportKey([u8; 32]);

impl SupportKey {
    /// The octets.
    #[must_use]
    pub fn octets(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for SupportKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SupportKey({})", BASE64.encode(&self.0))
    }
}

impl TryFrom<String> for SupportKey {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let octets = BASE64.decode(text.as_bytes()).ok().and_then(|octets| <[u8; 32]>::try_from(octets).ok());
        octets.map(SupportKey).ok_or_else(|| {
            "this is no approver's key; write the 44 characters that `resetkit support keys new` prints".to_owned()
        })
    }
}

impl BrandSupport {
    pub(crate) fn check(&self, relay: &RelayKey) -> Result<(), Fault> {
        if self.first_key == self.second_key {
            return Err(Fault::new(
                "support.second_key",
                "both approvers hold the same key, so one of them alone could unlock every device (R89)",
                "Let a second person run `resetkit support keys new`, and write that key here",
            ));
        }
        for (key, value) in [("support.first_key", &self.first_key), ("support.second_key", &self.second_key)] {
            if value.octets() == relay.octets() {
                return Err(Fault::new(
                    key,
                    "this is the relay's key, and the relay must never hold half of a code (R89)",
                    "Write the key of an approver, from `resetkit support keys new`",
                ));
            }
        }
        self.check_evidence()?;
        for (key, value) in [("support.contact", &self.contact), ("support.hours", &self.hours)] {
            if value.as_ref().is_some_and(|value| value.trim().is_empty()) {
                return Err(Fault::new(key, "it is empty, and owners are shown it", "Write it, or leave the key out"));
            }
        }
        Ok(())
    }

    fn check_evidence(&self) -> Result<(), Fault> {
        if self.evidence.is_empty() || self.evidence.len() > EVIDENCE_MAX {
            return Err(Fault::new(
                "support.evidence",
                format!("{} kinds of evidence are named", self.evidence.len()),
                format!("Name 1 to {EVIDENCE_MAX}, e.g. `[\"invoice\", \"photo-of-label\"]`"),
            ));
        }
        let id_ok = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        for (index, id) in self.evidence.iter().enumerate() {
            let twice = self.evidence[..index].contains(id);
            if twice || id.is_empty() || id.len() > 32 || !id.chars().all(id_ok) {
                return Err(Fault::new(
                    format!("support.evidence[{index}]"),
                    format!("`{id}` {}", if twice { "stands twice" } else { "is not an id" }),
                    "Write ids in lower case, such as `invoice`; their words are the texts `evidence-<id>`",
                ));
            }
        }
        Ok(())
    }
}
