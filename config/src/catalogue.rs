//! Every code of the house in one table: of the engine (E-1xx to E-6xx), of the device's interface (E-0xx), of relay and
//! companion app (E-7xx). From it come the docs, the problem types of both interfaces, `resetkit error` and the agents' scripts.
//!
//! A code is never given twice and never changes its meaning (R93): `golden/failures.txt` holds every one that was released.

use std::sync::LazyLock;

use resetkit_core::{FailureKind, Fault};
use serde::Deserialize;

use crate::explain::agent_id;
use crate::texts::{Arg, Texts};
use crate::words::words;

/// One code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueEntry {
    /// Stable code, e.g. `E-101`.
    pub code: String,
    /// Stable name, e.g. `no-address`.
    pub name: String,
    /// Version that brought it.
    pub since: String,
    /// Whose fault it is, hence what may help.
    pub fault: Fault,
    /// Who tells it.
    pub place: Place,
}

/// Who tells a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub enum Place {
    /// A recovery, on every screen of the device.
    Recovery,
    /// The device's pages and local API.
    Device,
    /// The relay's pages and API.
    Relay,
    /// The companion app, by itself.
    App,
}

words!(Place { Recovery = "recovery", Device = "device", Relay = "relay", App = "app" });

/// Something that an agent never asks for, whatever happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NeverAsk {
    /// A code from a mail, or one that somebody at support read out.
    Code,
    /// A code from the printed sheet.
    KeptCode,
    /// The old or the new password.
    Password,
    /// The address on file, or whether a certain address is on file.
    Address,
    /// Access to the owner's computer, mailbox or telephone.
    RemoteAccess,
}

impl NeverAsk {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Code, Self::KeptCode, Self::Password, Self::Address, Self::RemoteAccess];

    /// Stable name; the text is `agent-never-` with it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::KeptCode => "kept-code",
            Self::Password => "password",
            Self::Address => "address",
            Self::RemoteAccess => "remote-access",
        }
    }
}

/// What an agent says, asks, and never asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentScript {
    /// A sentence or two to say.
    pub say: String,
    /// One question that brings the owner on.
    pub ask: String,
    /// What is never asked for; always the same list, for there is no exception.
    pub never: Vec<String>,
}

/// All codes, in order.
#[must_use]
pub fn catalogue() -> &'static [CatalogueEntry] {
    &CATALOGUE
}

/// The entry of a code; `E-101`, `e101` and `101` are the same.
#[must_use]
pub fn catalogue_entry(code: &str) -> Option<&'static CatalogueEntry> {
    let digits = code.trim().trim_start_matches(['E', 'e']).trim_start_matches('-');
    CATALOGUE.iter().find(|entry| entry.code.strip_prefix("E-") == Some(digits))
}

static CATALOGUE: LazyLock<Vec<CatalogueEntry>> = LazyLock::new(|| {
    let mut entries: Vec<_> = FailureKind::ALL.iter().map(|kind| CatalogueEntry::of(*kind)).collect();
    let others: CatalogueFile =
        toml::from_str(include_str!("../catalogue.toml")).expect("a test reads the built-in catalogue.toml");
    entries.extend(others.errors.into_iter().map(WrittenEntry::entry));
    entries.sort_by(|a, b| a.code.cmp(&b.code));
    entries
});

impl CatalogueEntry {
    fn of(kind: FailureKind) -> Self {
        CatalogueEntry {
            code: kind.code().to_owned(),
            name: kind.name().to_owned(),
            since: kind.since().to_owned(),
            fault: kind.fault(),
            place: Place::Recovery,
        }
    }

    /// Fluent id of the text that says what happened.
    #[must_use]
    pub fn err_id(&self) -> String {
        self.text_id("err")
    }

    /// Fluent id of the text that says what to do next.
    #[must_use]
    pub fn rec_id(&self) -> String {
        self.text_id("rec")
    }

    /// Fluent id of what an agent says; `.ask` is its question.
    #[must_use]
    pub fn agent_id(&self) -> String {
        agent_id(&self.code)
    }

    /// `type` of the problem (RFC 9457) in the answers of both interfaces. It carries the code: names are told apart by it.
    #[must_use]
    pub fn problem_type(&self) -> String {
        format!("urn:resetkit:error:{}", self.code)
    }

    /// What happened, in the words that owners read.
    #[must_use]
    pub fn happened(&self, texts: &Texts) -> String {
        texts.get(&self.err_id(), &[])
    }

    /// What to do next, in the words that owners read. A waiting time that only an answer knows is an ellipsis here.
    #[must_use]
    pub fn next_step(&self, texts: &Texts) -> String {
        let waits = [("minutes", Arg::Text("…")), ("hours", Arg::Text("…"))];
        texts.get(&self.rec_id(), &waits)
    }

    /// The agent's script.
    #[must_use]
    pub fn script(&self, texts: &Texts) -> AgentScript {
        let id = self.agent_id();
        AgentScript { say: texts.get(&id, &[]), ask: texts.get(&format!("{id}.ask"), &[]), never: never_ask(texts) }
    }

    fn text_id(&self, kind: &str) -> String {
        match self.place {
            Place::Recovery => format!("{kind}-{}", self.name),
            Place::Device => format!("device-{kind}-{}", self.name),
            Place::Relay => format!("{kind}-relay-{}", self.name),
            Place::App => format!("{kind}-app-{}", self.name),
        }
    }
}

/// What no agent ever asks for, in words.
#[must_use]
pub fn never_ask(texts: &Texts) -> Vec<String> {
    NeverAsk::ALL.iter().map(|never| texts.get(&format!("agent-never-{}", never.as_str()), &[])).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogueFile {
    errors: Vec<WrittenEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEntry {
    code: String,
    name: String,
    place: Place,
    fault: WrittenFault,
    since: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WrittenFault {
    Wrong,
    Unavailable,
    TryLater,
    Missing,
    Broken,
    Refused,
}

impl WrittenEntry {
    fn entry(self) -> CatalogueEntry {
        let fault = match self.fault {
            WrittenFault::Wrong => Fault::Wrong,
            WrittenFault::Unavailable => Fault::Unavailable,
            WrittenFault::TryLater => Fault::TryLater,
            WrittenFault::Missing => Fault::Missing,
            WrittenFault::Broken => Fault::Broken,
            WrittenFault::Refused => Fault::Refused,
        };
        CatalogueEntry { code: self.code, name: self.name, since: self.since, fault, place: self.place }
    }
}
