//! The desk's log: what each party saw, in plain words, and how the switches stand. Pages follow it by long polling.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use resetkit_config::{Arg, Texts};
use serde_json::{Value, json};
use tokio::sync::watch;

/// Most lines that are kept.
const MOST_LINES: usize = 200;
/// How long a page waits for something new.
const PATIENCE: Duration = Duration::from_secs(20);

/// Who a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Party {
    Recorder,
    Relay,
    Mailbox,
    Phone,
    You,
}

impl Party {
    fn as_str(self) -> &'static str {
        match self {
            Party::Recorder => "recorder",
            Party::Relay => "relay",
            Party::Mailbox => "mailbox",
            Party::Phone => "phone",
            Party::You => "you",
        }
    }
}

/// One line: a text of `desk.ftl` and what is put into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) party: Party,
    pub(super) text: &'static str,
    pub(super) arguments: Vec<(&'static str, String)>,
}

impl Line {
    pub(super) fn new(party: Party, text: &'static str) -> Line {
        Line { party, text, arguments: Vec::new() }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Line {
        self.arguments.push((name, value.into()));
        self
    }

    fn told(&self, number: u64, texts: &Texts) -> Value {
        let arguments: Vec<_> = self.arguments.iter().map(|(name, value)| (*name, Arg::Text(value))).collect();
        json!({ "number": number, "party": self.party.as_str(), "id": self.text, "text": texts.get(self.text, &arguments) })
    }
}

/// The log.
pub(super) struct Journal {
    lines: Mutex<VecDeque<(u64, Line)>>,
    news: watch::Sender<u64>,
}

impl Journal {
    pub(super) fn new() -> Journal {
        Journal { lines: Mutex::default(), news: watch::Sender::new(0) }
    }

    /// Adds a line.
    pub(super) fn add(&self, line: Line) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let number = *self.news.borrow() + 1;
        if lines.len() == MOST_LINES {
            lines.pop_front();
        }
        lines.push_back((number, line));
        drop(lines);
        self.news.send_replace(number);
    }

    /// Waits until there is something after `seen`, or a while.
    pub(super) async fn wait(&self, seen: u64) {
        let mut news = self.news.subscribe();
        // A page that waited long enough asks again.
        drop(tokio::time::timeout(PATIENCE, news.wait_for(|now| *now > seen)).await);
    }

    /// The lines after `seen`, and where the log stands.
    pub(super) fn after(&self, seen: u64, texts: &Texts) -> (u64, Vec<Value>) {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let new = lines.iter().filter(|(number, _)| *number > seen);
        let told = new.map(|(number, line)| line.told(*number, texts)).collect();
        (*self.news.borrow(), told)
    }
}
