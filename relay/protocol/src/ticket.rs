//! A support call on record: the same JSON in a file, for a desk without a relay, and over the relay's interface.
//!
//! An agent opens a ticket and makes a *reading key* for it. Each approver opens his half of the unlock and seals it
//! again to that key ([`approve`]); the agent opens both ([`open_approval`]) and joins them. Whoever carries the ticket
//! (a relay, a mailbox, a stick) could name a reading key of his own, or evidence that nobody saw. So an approver
//! compares the [`Ticket::check_number`] with the one that the agent reads to him, and an approval holds for that one
//! ticket as it stood.

use crate::feed::{LabelTail, is_model};
use crate::header::{BrandId, Header, HeaderSlip};
use crate::keys::{ApproverSecret, DevicePublic, KeySlip, ReadingPublic, ReadingSecret};
use crate::seal::{OpenError, SealSeed, Sender, info_under, open_from, peek, push_item};
use crate::text::{ALPHABET, TextSlip, from_text};
use crate::unlock::{Half, HalfOf, SupportKeys, UNLOCK_OCTETS, UnlockError, open_half};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Domain of an approval; first item of `info`.
const LABEL: &[u8] = b"resetkit approval";
/// Domain of the ticket's digest.
const CHECK_LABEL: &[u8] = b"resetkit ticket";
/// Most kinds of evidence on one ticket.
pub const MAX_EVIDENCE: usize = 8;
/// Approvals on one ticket: one for each half.
const MAX_APPROVALS: usize = 2;
/// Longest sealed half in Base64, with room to spare.
const MAX_SEALED: usize = 128;
/// The one version of a ticket that exists.
pub const TICKET_VERSION: u8 = 1;

/// A support call on record. Nothing in it is secret, and nothing in it opens a device.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ticket {
    /// [`TICKET_VERSION`].
    pub resetkit_ticket: u8,
    /// The desk's own number for the call: 1 to 32 of `A-Z a-z 0-9 . _ -`.
    pub ticket: String,
    /// Id of the brand.
    pub brand: String,
    /// The unlock as the device shows it, Base32.
    pub payload: String,
    /// The device's public key, from the registry or the factory's feed.
    pub device_key: String,
    /// Model, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// End of the label on the device, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Who took the call.
    pub agent: String,
    /// What the owner showed to be the owner, by the ids of the brand's list.
    pub evidence: Vec<String>,
    /// Public half of the agent's reading key.
    pub reading_key: String,
    /// Approvers' halves, sealed to the reading key.
    #[serde(default)]
    pub approvals: Vec<Approval>,
    /// How the call ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<TicketOutcome>,
    /// When it was opened, in seconds since 1970, by the clock of whoever keeps it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<i64>,
}

/// One approver's half, sealed to the reading key of the ticket.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// `first` or `second`.
    pub half: String,
    /// Who approved.
    pub approver: String,
    /// 56 octets in Base64.
    pub sealed: String,
}

/// How a call ended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TicketOutcome {
    /// The owner chose a new password.
    Unlocked,
    /// The evidence did not do, or an approver said no.
    Refused,
    /// The owner hung up, or found another way.
    Abandoned,
    /// Somebody tried to get into a device that is not his.
    Suspicious,
}

impl TicketOutcome {
    /// All of them.
    pub const ALL: [TicketOutcome; 4] =
        [TicketOutcome::Unlocked, TicketOutcome::Refused, TicketOutcome::Abandoned, TicketOutcome::Suspicious];

    /// A stable word for files, the database and the interface.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            TicketOutcome::Unlocked => "unlocked",
            TicketOutcome::Refused => "refused",
            TicketOutcome::Abandoned => "abandoned",
            TicketOutcome::Suspicious => "suspicious",
        }
    }

    /// Whether the desk said no to whoever called.
    #[must_use]
    pub const fn says_no(self) -> bool {
        match self {
            TicketOutcome::Refused | TicketOutcome::Suspicious => true,
            TicketOutcome::Unlocked | TicketOutcome::Abandoned => false,
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }
}

/// A name or number of the desk's own: 1 to 32 of `A-Z a-z 0-9 . _ -`.
#[must_use]
pub fn is_desk_word(text: &str) -> bool {
    (1..=32).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_alphanumeric() || b"._-".contains(&c))
}

/// A ticket that was read and found well formed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadTicket {
    /// Whose device.
    pub brand: BrandId,
    /// Clear part of the unlock.
    pub header: Header,
    /// The unlock.
    pub octets: Vec<u8>,
    /// The device's key.
    pub device: DevicePublic,
    /// The agent's key.
    pub reading: ReadingPublic,
    digest: [u8; 32],
}

impl Ticket {
    /// Reads everything that other people wrote.
    ///
    /// # Errors
    /// [`TicketSlip`].
    pub fn read(&self) -> Result<ReadTicket, TicketSlip> {
        if self.resetkit_ticket != TICKET_VERSION {
            return Err(TicketSlip::Version);
        }
        let words = [&self.ticket, &self.agent].into_iter().chain(&self.evidence);
        if !words.into_iter().all(|word| is_desk_word(word)) || self.evidence.len() > MAX_EVIDENCE {
            return Err(TicketSlip::Word);
        }
        let named = self.model.as_deref().is_none_or(is_model)
            && self.label.as_deref().is_none_or(|label| LabelTail::parse(label).is_ok());
        if !named {
            return Err(TicketSlip::Device);
        }
        self.read_approvals()?;
        let octets = from_text(&self.payload)?;
        if octets.len() != UNLOCK_OCTETS {
            return Err(TicketSlip::NotAnUnlock);
        }
        let header = peek(&octets).map_err(|_| TicketSlip::NotAnUnlock)?;
        let (brand, device) = (BrandId::parse(&self.brand)?, DevicePublic::parse(&self.device_key)?);
        let reading = ReadingPublic::parse(&self.reading_key)?;
        let digest = self.digest(&octets, &device, &reading);
        Ok(ReadTicket { brand, header, octets, device, reading, digest })
    }

    /// Each half once at most, by somebody with a name.
    fn read_approvals(&self) -> Result<(), TicketSlip> {
        let halves: Vec<_> = self.approvals.iter().map(|approval| HalfOf::parse(&approval.half)).collect();
        let formed = self.approvals.iter().all(|a| is_desk_word(&a.approver) && a.sealed.len() <= MAX_SEALED);
        let twice = halves.len() == MAX_APPROVALS && halves[0] == halves[1];
        if !formed || twice || halves.len() > MAX_APPROVALS || halves.contains(&None) {
            return Err(TicketSlip::Approval);
        }
        Ok(())
    }

    /// All that an approver judges by and that decides who may read: domain, ticket, brand, unlock, device, model, label
    /// (empty where they are not known), agent, reading key and evidence, each with its length in front.
    fn digest(&self, octets: &[u8], device: &DevicePublic, reading: &ReadingPublic) -> [u8; 32] {
        let fixed: [&[u8]; 9] = [
            CHECK_LABEL,
            self.ticket.as_bytes(),
            self.brand.as_bytes(),
            octets,
            device.octets(),
            self.model.as_deref().unwrap_or_default().as_bytes(),
            self.label.as_deref().unwrap_or_default().as_bytes(),
            self.agent.as_bytes(),
            reading.octets(),
        ];
        let mut text = Vec::with_capacity(384);
        for item in fixed.into_iter().chain(self.evidence.iter().map(String::as_bytes)) {
            push_item(&mut text, item);
        }
        Sha256::digest(&text).into()
    }

    /// The approval of one half, if there is one.
    #[must_use]
    pub fn approval(&self, half: HalfOf) -> Option<&Approval> {
        self.approvals.iter().find(|approval| approval.half == half.as_str())
    }
}

impl ReadTicket {
    /// Twelve symbols, 4-4-4, that the agent reads to each approver: sixty bits of the digest, too many to find another
    /// reading key for within the life of a code.
    #[must_use]
    pub fn check_number(&self) -> String {
        let mut out = String::with_capacity(14);
        let wide = u64::from_be_bytes(*self.digest.first_chunk().expect("32 octets hold eight"));
        for place in 0..12 {
            if place == 4 || place == 8 {
                out.push('-');
            }
            out.push(char::from(ALPHABET[usize::try_from((wide >> (59 - 5 * place)) & 31).expect("five bits")]));
        }
        out
    }

    /// Whether this is the number that was read out. Case, blanks and hyphens do not matter; O is 0, I and L are 1.
    #[must_use]
    pub fn is_check_number(&self, heard: &str) -> bool {
        let plain = |text: &str| -> String {
            let kept = text.chars().filter(|c| !c.is_whitespace() && *c != '-');
            kept.map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect()
        };
        plain(heard) == plain(&self.check_number())
    }

    fn info(&self, which: HalfOf) -> Vec<u8> {
        let mut out = info_under(LABEL, &self.brand, &self.header);
        push_item(&mut out, which.as_str().as_bytes());
        out
    }
}

/// Opens the approver's half and seals it again, to the reading key of this one ticket. The caller has compared the
/// check number before.
///
/// # Errors
/// [`UnlockError`].
pub fn approve(
    ticket: &ReadTicket,
    keys: &SupportKeys,
    approver: &ApproverSecret,
    name: &str,
    seed: &SealSeed,
) -> Result<Approval, UnlockError> {
    let (_, half) = open_half(approver, keys, &ticket.device, &ticket.brand, &ticket.octets)?;
    let sealed = Sender::approver(approver)
        .seal_to(&ticket.reading.kem(), &ticket.info(half.which()), &ticket.digest, &half.plain(), seed)
        .map_err(|_| UnlockError::Open(OpenError::NotAuthentic))?;
    Ok(Approval {
        half: half.which().as_str().to_owned(),
        approver: name.to_owned(),
        sealed: data_encoding::BASE64.encode(&sealed),
    })
}

/// Opens what an approver handed over, and proves that it was the approver of this half, for this ticket as it stands.
///
/// # Errors
/// [`UnlockError`].
pub fn open_approval(
    ticket: &ReadTicket,
    keys: &SupportKeys,
    reading: &ReadingSecret,
    approval: &Approval,
) -> Result<Half, UnlockError> {
    let which = HalfOf::parse(&approval.half).ok_or(UnlockError::NotAnApprover)?;
    let message = data_encoding::BASE64.decode(approval.sealed.as_bytes()).map_err(|_| OpenError::Length)?;
    let plain = open_from(keys.key(which).kem(), &reading.kem(), &ticket.info(which), &ticket.digest, &message)?;
    Ok(Half::read(which, &plain).map_err(OpenError::from)?)
}

/// What is wrong with a ticket.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TicketSlip {
    /// Another version than [`TICKET_VERSION`].
    #[error("a ticket of another version")]
    Version,
    /// A number, name or kind of evidence that is none.
    #[error(
        "numbers, names and kinds of evidence are 1 to 32 of A-Z, a-z, 0-9, '.', '_' and '-'; evidence of at most 8 kinds"
    )]
    Word,
    /// A model or the end of a label that no feed could have named.
    #[error("a model has 1 to 40 printable characters, and the end of a label four of A-Z and 0-9")]
    Device,
    /// Too many approvals, the same half twice, or an approver without a name.
    #[error("an approval is of the first or of the second half, each once, and its approver has a name")]
    Approval,
    /// The payload is a challenge of another kind.
    #[error("this is not the code of a support unlock")]
    NotAnUnlock,
    /// The payload is no challenge.
    #[error("the unlock is damaged: {0}")]
    Payload(#[from] TextSlip),
    /// The brand's name.
    #[error(transparent)]
    Brand(#[from] HeaderSlip),
    /// One of the two keys.
    #[error(transparent)]
    Key(#[from] KeySlip),
}
