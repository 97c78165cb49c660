//! The mail itself: one recipient, plain text, nothing remote (R65, R66, R69, R70).

use std::time::{Duration, SystemTime};

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, SinglePart};
use lettre::{Address, address::Envelope};
use resetkit_contract::Delivery;
use zeroize::Zeroizing;

use crate::trouble::Trouble;

/// A mail that is ready to be handed over.
pub(crate) struct Letter {
    from: Address,
    to: Address,
    octets: Zeroizing<Vec<u8>>,
}

impl Letter {
    /// Writes it. `clock`: wall time where the device trusts it; without, the date is left to the submission server, which
    /// adds it (R68, RFC 6409 8.1). `unique`: random octets that make the Message-ID one of its kind.
    pub(crate) fn write(
        delivery: &Delivery,
        from: &str,
        clock: Option<u64>,
        unique: &[u8; 16],
    ) -> Result<Letter, Trouble> {
        let from = exact(from).ok_or(Trouble::NotSet)?;
        let to = exact(delivery.recipient.expose()).ok_or(Trouble::AddressRefused)?;
        let envelope = Envelope::new(Some(from.clone()), vec![to.clone()]).map_err(|_| Trouble::AddressRefused)?;
        let auto = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".into());
        let mut message = Message::builder()
            .from(Mailbox::new(None, from.clone()))
            .to(Mailbox::new(None, to.clone()))
            .subject(one_line(&delivery.subject))
            .date(SystemTime::UNIX_EPOCH + Duration::from_secs(clock.unwrap_or_default()))
            .message_id(Some(message_id(unique, &from)))
            .raw_header(auto)
            .envelope(envelope)
            .singlepart(SinglePart::plain(lines(delivery.text.expose()).to_string()))
            .map_err(|_| Trouble::Refused)?;
        if clock.is_none() {
            message.headers_mut().remove_raw("Date");
        }
        Ok(Letter { from, to, octets: Zeroizing::new(message.formatted()) })
    }

    pub(crate) fn from(&self) -> &Address {
        &self.from
    }

    pub(crate) fn to(&self) -> &Address {
        &self.to
    }

    pub(crate) fn octets(&self) -> &[u8] {
        &self.octets
    }

    pub(crate) fn is_ascii(&self) -> bool {
        let addresses: [&str; 2] = [self.from.as_ref(), self.to.as_ref()];
        addresses.iter().all(|address| address.is_ascii()) && self.octets.is_ascii()
    }
}

/// An address that mail servers know, octet for octet as it stands (R65, F10).
fn exact(address: &str) -> Option<Address> {
    // What the parser lets through in quotes could still end a command line (R66).
    if address.chars().any(|c| c.is_control() || matches!(c, '<' | '>' | ' ')) {
        return None;
    }
    let parsed: Address = address.parse().ok()?;
    let same: &str = parsed.as_ref();
    (same == address).then_some(parsed)
}

fn message_id(unique: &[u8; 16], from: &Address) -> String {
    let name: String = unique.iter().map(|octet| format!("{octet:02x}")).collect();
    let domain = if from.domain().is_ascii() { from.domain() } else { "device.invalid" };
    format!("<{name}@{domain}>")
}

/// Longest subject, in characters: one word cannot be folded, and no line may have more than 998 octets (RFC 5322 2.1.1).
const LONGEST_SUBJECT: usize = 200;

/// A header's text never has a line end of its own (R66).
fn one_line(text: &str) -> String {
    text.chars().take(LONGEST_SUBJECT).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Text as it may stand in a mail: every line end is CRLF, and no other control character is in it (F21).
fn lines(text: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(text.len() + text.len() / 16));
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' => {
                rest.next_if_eq(&'\n');
                out.push_str("\r\n");
            }
            '\n' => out.push_str("\r\n"),
            '\t' => out.push(' '),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
