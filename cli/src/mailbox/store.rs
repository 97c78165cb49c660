//! What came in, newest last, bounded.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mail_parser::MessageParser;
use serde::Serialize;

use super::dialogue::Envelope;
use crate::clock;

/// Most messages that are kept; the oldest go first.
const MOST_MESSAGES: usize = 1_000;

/// One message as `GET /api/messages` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Message {
    /// Counts up from 1.
    pub(crate) number: u64,
    /// The envelope's sender.
    pub(crate) from: String,
    /// The envelope's recipients, in their order.
    pub(crate) to: Vec<String>,
    /// The `Subject` header, decoded.
    pub(crate) subject: String,
    /// The `Date` header as it was written.
    pub(crate) date: String,
    /// The whole message as it came, dots unstuffed.
    pub(crate) raw: String,
    /// The plain text, decoded.
    pub(crate) text: String,
    /// When it came, seconds since 1970.
    pub(crate) received: u64,
    /// Who logged in, over TLS, to send it; absent on the open port.
    pub(crate) login: Option<String>,
}

/// The mailbox; clones share their messages.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mailbox(Arc<Mutex<Shelf>>);

#[derive(Debug, Default)]
struct Shelf {
    last: u64,
    messages: VecDeque<Message>,
}

impl Mailbox {
    /// Puts a message away and gives its number back.
    pub(crate) fn store(&self, envelope: Envelope, raw: &[u8]) -> u64 {
        let mut shelf = self.shelf();
        shelf.last += 1;
        let message = read(shelf.last, envelope, raw);
        if shelf.messages.len() == MOST_MESSAGES {
            shelf.messages.pop_front();
        }
        let number = message.number;
        shelf.messages.push_back(message);
        number
    }

    /// Every message, oldest first.
    pub(crate) fn messages(&self) -> Vec<Message> {
        self.shelf().messages.iter().cloned().collect()
    }

    /// One message.
    pub(crate) fn message(&self, number: u64) -> Option<Message> {
        self.shelf().messages.iter().find(|message| message.number == number).cloned()
    }

    /// Throws everything away.
    pub(crate) fn clear(&self) {
        self.shelf().messages.clear();
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read(number: u64, envelope: Envelope, raw: &[u8]) -> Message {
    let parsed = MessageParser::default().parse(raw);
    let subject = parsed.as_ref().and_then(|message| message.subject()).unwrap_or_default().to_owned();
    let text = parsed.as_ref().and_then(|message| message.body_text(0)).unwrap_or_default().replace("\r\n", "\n");
    let raw = String::from_utf8_lossy(raw).into_owned();
    let date = raw
        .lines()
        .take_while(|line| !line.is_empty())
        .find_map(|line| line.strip_prefix("Date: "))
        .unwrap_or_default()
        .to_owned();
    let Envelope { from, to, login } = envelope;
    Message { number, from, to, subject, date, raw, text, received: clock::unix_seconds(), login }
}
