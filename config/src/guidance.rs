//! From a case code to guidance: what happened, what would work now and how, what to ask, what never to ask.
//!
//! [`case_guidance`] is pure and total: every code leads somewhere, an unknown number too. It holds nothing about a person, for
//! the code has nothing, and nothing that a stranger could not read on the device's own screen. `resetkit case` prints it, the
//! relay shows it on a page.

mod strike;

use resetkit_core::{CaseCode, Fact, FailureKind};

use crate::catalogue::{catalogue_entry, never_ask};
use crate::profile::OnPresence;
use crate::registry::{RegisteredMethod, Registry};
use crate::texts::{Arg, Texts};
use strike::{Strike, strike};

/// What an agent is told about one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guidance {
    /// Stable code of the failure, also of one that this version does not know; `None`: nothing had failed.
    pub failure: Option<String>,
    /// What happened, in a sentence.
    pub happened: String,
    /// What the agent says first.
    pub say: String,
    /// Every way that the registry knows: open ones first, in the order of the owner's screen.
    pub ways: Vec<GuidedWay>,
    /// What the owner does now, in order; never empty, and nothing of a way that is closed.
    pub now: Vec<String>,
    /// What the agent asks.
    pub ask: Vec<String>,
    /// What the agent never asks.
    pub never: Vec<String>,
}

/// One way in, as far as the code tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuidedWay {
    /// The method's id.
    pub method: String,
    /// What owners call it.
    pub name: String,
    /// Whether it would work.
    pub state: WayState,
    /// The state in words, with what is missing.
    pub told: String,
    /// Facts that it needs and the code denies.
    pub missing: Vec<Fact>,
    /// What the owner does, in order; empty where the way is closed.
    pub steps: Vec<String>,
}

/// Whether a way would work now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WayState {
    /// It would.
    Open,
    /// It was begun and is worth another try, once the owner has done what the failure says.
    Again,
    /// The code does not tell; the owner's screen does.
    Unknown,
    /// It was begun, and failed.
    Failed,
    /// Something is missing.
    Closed,
}

impl WayState {
    /// All of them, best first.
    pub const ALL: [Self; 5] = [Self::Open, Self::Again, Self::Unknown, Self::Failed, Self::Closed];

    /// Stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Again => "again",
            Self::Unknown => "unknown",
            Self::Failed => "failed",
            Self::Closed => "closed",
        }
    }

    /// Whether an owner may be led here.
    #[must_use]
    pub const fn may_be_named(self) -> bool {
        match self {
            Self::Open | Self::Again | Self::Unknown => true,
            Self::Failed | Self::Closed => false,
        }
    }
}

/// Guidance for a case, in the language of `texts`.
#[must_use]
pub fn case_guidance(code: &CaseCode, registry: &Registry, texts: &Texts) -> Guidance {
    Case { code, registry, texts, kind: code.failure_kind() }.guidance()
}

/// The code of a case's failure, such as `E-101`, also of one that is newer than this program.
#[must_use]
pub fn case_failure_code(code: &CaseCode) -> Option<String> {
    if let Some(kind) = code.failure_kind() {
        return Some(kind.code().to_owned());
    }
    let (family, number) = FailureKind::code_of_case_number(code.failure)?;
    Some(format!("E-{family}{number:02}"))
}

struct Case<'a> {
    code: &'a CaseCode,
    registry: &'a Registry,
    texts: &'a Texts,
    kind: Option<FailureKind>,
}

impl Case<'_> {
    fn guidance(&self) -> Guidance {
        let failure = case_failure_code(self.code);
        let ways = self.ways();
        let entry = failure.as_deref().and_then(catalogue_entry);
        let (happened, say, asked) = match (entry, self.code.failure) {
            (Some(entry), _) => {
                let script = entry.script(self.texts);
                (entry.happened(self.texts), script.say, Some(script.ask))
            }
            (None, 0) => (self.say("case-no-failure"), self.say("case-say-nothing-failed"), None),
            (None, number) => {
                let number = [("number", Arg::Number(i64::from(number)))];
                (self.texts.get("case-unknown-failure", &number), self.say("case-say-unknown"), None)
            }
        };
        let now = self.now(&ways);
        let ask = asked.into_iter().chain(["case-ask-request", "case-ask-where"].map(|id| self.say(id))).collect();
        Guidance { failure, happened, say, ways, now, ask, never: never_ask(self.texts) }
    }

    fn say(&self, id: &str) -> String {
        self.texts.get(id, &[])
    }

    /// What the owner does now: stay where that is worth more than any way, else the best way step by step; then the names of
    /// the others, and what is left when there is none.
    fn now(&self, ways: &[GuidedWay]) -> Vec<String> {
        let stays = self.kind.is_some_and(is_worth_staying);
        let mut open = ways.iter().filter(|way| way.state.may_be_named() && !(stays && self.is_begun(&way.method)));
        let mut now = Vec::new();
        if stays {
            now.push(self.say("case-now-stay"));
        } else if let Some(best) = open.next() {
            if self.kind == Some(FailureKind::LaneClosed) && self.has_console() {
                now.push(self.say("case-now-own-screen"));
            }
            if best.state == WayState::Unknown {
                now.push(self.texts.get("case-now-look", &[("name", Arg::Text(&best.name))]));
            }
            now.extend(best.steps.iter().cloned());
        } else {
            return self.when_nothing_is_open();
        }
        let others: Vec<_> = open.map(|way| self.texts.get("case-quoted", &[("name", Arg::Text(&way.name))])).collect();
        if !others.is_empty() {
            now.push(self.texts.get("case-now-others", &[("names", Arg::Text(&others.join(", ")))]));
        }
        now.push(self.say("case-now-new-code"));
        now
    }

    fn when_nothing_is_open(&self) -> Vec<String> {
        let mut now = Vec::new();
        if self.kind == Some(FailureKind::NotInitialised) {
            return vec![self.say("case-now-set-up")];
        }
        if self.lacks(Fact::StorageWritable) {
            now.push(self.say("case-now-restart"));
        }
        if self.has_console() && self.strike() == Strike::Everything {
            now.push(self.say("case-now-own-screen"));
        }
        now.push(self.say("case-now-evidence"));
        now.push(self.say("case-now-second-line"));
        now
    }

    /// Whether the model has a screen of its own, as far as the registry tells.
    fn has_console(&self) -> bool {
        self.registry.model_of(self.code.model).is_none_or(|model| model.console.unwrap_or(true))
    }

    fn is_begun(&self, method: &str) -> bool {
        self.registry.method_of(self.code.method).is_some_and(|begun| begun.id == method)
    }

    fn ways(&self) -> Vec<GuidedWay> {
        let mut ways: Vec<_> = self.registry.methods().iter().map(|method| self.way(method)).collect();
        // As on the owner's screen: the least loss first, then the registry's order, which is the reference policy's.
        ways.sort_by_key(|way| (way.state, self.loses_settings(&way.method)));
        ways
    }

    fn way(&self, method: &RegisteredMethod) -> GuidedWay {
        let name = self.texts.find(&format!("{}-name", method.id), &[]).unwrap_or_else(|| method.id.clone());
        let requires = method.requires();
        let missing: Vec<_> = requires.iter().flatten().copied().filter(|fact| self.lacks(*fact)).collect();
        let state = self.state(method, requires.as_deref(), &missing);
        let steps = if state.may_be_named() { self.steps(&method.id) } else { Vec::new() };
        GuidedWay { method: method.id.clone(), name, state, told: self.told(state, &missing), missing, steps }
    }

    fn state(&self, method: &RegisteredMethod, requires: Option<&[Fact]>, missing: &[Fact]) -> WayState {
        let begun = self.is_begun(&method.id);
        // Without storage no password can be kept either, whatever proves the owner (R42).
        if !missing.is_empty() || self.lacks(Fact::StorageWritable) {
            return WayState::Closed;
        }
        // Where there is no screen, nobody but whoever touches the device gets on (R44).
        if self.kind == Some(FailureKind::LaneClosed) && !self.has_console() && method.id != BUTTON {
            return WayState::Closed;
        }
        let needs = |fact: Fact| requires.is_some_and(|requires| requires.contains(&fact));
        match self.strike() {
            Strike::Everything => WayState::Closed,
            Strike::Needing(fact) if needs(fact) && begun => WayState::Failed,
            Strike::Needing(fact) if needs(fact) => WayState::Closed,
            Strike::Begun if begun => WayState::Failed,
            Strike::BegunAgain if begun => WayState::Again,
            Strike::Nothing | Strike::Needing(_) | Strike::Begun | Strike::BegunAgain => {
                let told = requires.is_some_and(|requires| requires.iter().all(|fact| self.tells_of(*fact)));
                if told { WayState::Open } else { WayState::Unknown }
            }
        }
    }

    /// Whether the code (or the registry, for what belongs to the brand) denies a fact.
    fn lacks(&self, fact: Fact) -> bool {
        match fact {
            Fact::SupportKeys => self.brand_has_support() == Some(false),
            Fact::Initialised
            | Fact::EmailOnFile
            | Fact::EmailConfirmed
            | Fact::RelayKey
            | Fact::NetworkUp
            | Fact::SmtpSet
            | Fact::ButtonWired
            | Fact::ClockTrusted
            | Fact::StorageWritable
            | Fact::ConsoleLane
            | Fact::RecoveryCodes
            | Fact::Pictures => self.code.is_ready(fact) == Some(false),
        }
    }

    fn tells_of(&self, fact: Fact) -> bool {
        match fact {
            Fact::SupportKeys => self.brand_has_support().is_some(),
            Fact::Initialised
            | Fact::EmailOnFile
            | Fact::EmailConfirmed
            | Fact::RelayKey
            | Fact::NetworkUp
            | Fact::SmtpSet
            | Fact::ButtonWired
            | Fact::ClockTrusted
            | Fact::StorageWritable
            | Fact::ConsoleLane
            | Fact::RecoveryCodes
            | Fact::Pictures => self.code.is_ready(fact).is_some(),
        }
    }

    fn brand_has_support(&self) -> Option<bool> {
        self.registry.brand_of(self.code.brand).and_then(|brand| brand.support)
    }

    /// Whether a way erases settings on this model, so that the owner is told before.
    fn loses_settings(&self, method: &str) -> bool {
        let model = self.registry.model_of(self.code.model);
        method == BUTTON && model.and_then(|model| model.button) == Some(OnPresence::FactoryState)
    }

    fn steps(&self, method: &str) -> Vec<String> {
        let numbered = (1..).map_while(|number| self.texts.find(&format!("case-steps-{method}-{number}"), &[]));
        let mut steps: Vec<_> = numbered.collect();
        if method == BUTTON {
            let model = self.registry.model_of(self.code.model).and_then(|model| model.button);
            steps.insert(
                0,
                self.say(match model {
                    Some(OnPresence::NewPassword) => "case-button-keeps",
                    Some(OnPresence::FactoryState) => "case-button-erases",
                    None => "case-button-unknown",
                }),
            );
        }
        if steps.is_empty() {
            let name = self.texts.find(&format!("{method}-name"), &[]).unwrap_or_else(|| method.to_owned());
            steps.push(self.texts.get("case-steps-any", &[("name", Arg::Text(&name))]));
        }
        steps
    }

    fn told(&self, state: WayState, missing: &[Fact]) -> String {
        match state {
            WayState::Open => self.say("case-way-open"),
            WayState::Again => self.say("case-way-again"),
            WayState::Unknown => self.say("case-way-unknown"),
            WayState::Failed => self.say("case-way-failed"),
            WayState::Closed if missing.is_empty() => self.say("case-way-closed-now"),
            WayState::Closed => {
                let not = |fact: &Fact| {
                    let what = self.say(&format!("case-fact-{}", fact.as_str()));
                    self.texts.get("case-missing-not", &[("what", Arg::Text(&what))])
                };
                let missing: Vec<_> = missing.iter().map(not).collect();
                self.texts.get("case-way-closed", &[("missing", Arg::Text(&missing.join(", ")))])
            }
        }
    }

    fn strike(&self) -> Strike {
        self.kind.map_or(Strike::Nothing, strike)
    }
}

/// The method whose loss depends on the model.
const BUTTON: &str = "button";

/// Whether what the owner has on the screen is worth more than beginning anew: a code that can still be typed, a proof that still
/// stands.
fn is_worth_staying(kind: FailureKind) -> bool {
    use FailureKind as F;
    matches!(
        kind,
        F::BadAccountName
            | F::CodeSlip
            | F::CodeMalformed
            | F::CodeWrong
            | F::KeptCodeUsed
            | F::TryLater
            | F::TooManyCodes
            | F::CodesTryLater
            | F::DeriveFailed
            | F::NoMailCame
            | F::RelayUnreachable
            | F::SupportSilent
            | F::PrepareFailed
            | F::CommitFailed
            | F::AccountsUnavailable
            | F::PasswordTooShort
            | F::PasswordTooLong
            | F::PasswordCommon
            | F::PasswordGuessable
            | F::PasswordUnchanged
            | F::PasswordCharacter
    )
}
