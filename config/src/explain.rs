//! Which ways in a device offers and why not the others: one account for owner, agent, log and integrator.
//!
//! [`explain`] is pure: facts, manifests, a policy and texts go in, and every method comes out once. `resetkit explain`, the
//! device's page "Why not this way?" and its log say what stands here, so they cannot differ.

use std::fmt;

use resetkit_core::{
    Carries, Fact, Facts, Fixable, Loss, Manifest, OnPresence, ProofKind, Selection, SelectionPolicy, Strength,
    Withheld, select,
};

use crate::texts::Texts;

/// All methods of a device, offered ones first in the order that owners see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// Every method once.
    pub ways: Vec<ExplainedWay>,
}

/// One method and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainedWay {
    /// The method's id.
    pub method: String,
    /// What owners call it.
    pub name: String,
    /// Why it is withheld; `None`: it is offered.
    pub why_not: Option<WhyNot>,
    /// For the owner: what stands on the screen.
    pub owner: String,
    /// For the agent on the telephone.
    pub agent: String,
    /// What it destroys here; `None` where its manifest could not be read.
    pub loss: Option<Loss>,
    /// The same in words.
    pub loss_label: String,
    /// What it proves.
    pub proof: Option<ProofKind>,
    /// The same in words.
    pub proof_label: String,
    /// How much that proof is worth, in words; `proof` says it as a value.
    pub strength_label: String,
    /// The facts that it requires, and whether each holds.
    pub requires: Vec<(Fact, bool)>,
}

/// The reason that withholds a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyNot {
    /// Stable code, e.g. `E-101`.
    pub code: &'static str,
    /// Stable name, e.g. `no-address`.
    pub name: &'static str,
    /// Who can mend it.
    pub fixable: Fixable,
    /// The same in words, for the owner.
    pub who: String,
    /// What is the matter, for the owner.
    pub happened: String,
    /// What to do, for the owner.
    pub next_step: String,
    /// What an agent says.
    pub agent: String,
}

impl WhyNot {
    /// The reason in the words of a language.
    #[must_use]
    pub fn of(withheld: &Withheld, texts: &Texts) -> WhyNot {
        let kind = withheld.reason.kind;
        WhyNot {
            code: kind.code(),
            name: kind.name(),
            fixable: withheld.fixable,
            who: texts.get(&format!("fixable-{}", withheld.fixable.as_str()), &[]),
            happened: texts.get(kind.err_id(), &[]),
            next_step: texts.get(kind.rec_id(), &[]),
            agent: texts.get(&agent_id(kind.code()), &[]),
        }
    }

    /// Whether the owner can mend it himself, now or once logged in.
    #[must_use]
    pub fn is_fixable_by_owner(&self) -> bool {
        match self.fixable {
            Fixable::Now | Fixable::AfterLogin => true,
            Fixable::ByMaker => false,
        }
    }
}

/// One line for a log, without anything about a person: `support withheld E-108 no-support-keys fixable=by-maker`.
impl fmt::Display for ExplainedWay {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.why_not {
            None => write!(out, "{} offered", self.method),
            Some(why) => {
                write!(out, "{} withheld {} {} fixable={}", self.method, why.code, why.name, why.fixable.as_str())
            }
        }
    }
}

/// Fluent id of the agent's words for a code.
pub(crate) fn agent_id(code: &str) -> String {
    format!("agent-{}", code.to_ascii_lowercase())
}

/// Every method of `manifests` under these facts and this policy.
#[must_use]
pub fn explain(facts: &Facts, manifests: &[Manifest], policy: &SelectionPolicy, texts: &Texts) -> Explained {
    explain_selection(&select(facts, manifests, policy), facts, manifests, policy.on_presence, texts)
}

/// The same for a selection that was made before, such as that of a session.
#[must_use]
pub fn explain_selection(
    selection: &Selection,
    facts: &Facts,
    manifests: &[Manifest],
    on_presence: Option<OnPresence>,
    texts: &Texts,
) -> Explained {
    let manifest = |id: &str| manifests.iter().find(|manifest| manifest.id.as_str() == id);
    let offered = selection.offered.iter().map(|offer| {
        let id = offer.method.as_str();
        let way = Subject { id, manifest: manifest(id), loss: Some(offer.loss), proof: Some(offer.proof) };
        way.told(None, facts, texts)
    });
    let withheld = selection.withheld.iter().map(|withheld| {
        let id = withheld.method.as_str();
        let manifest = manifest(id);
        let loss = manifest.map(|manifest| loss_here(manifest, on_presence));
        let way = Subject { id, manifest, loss, proof: manifest.map(proof_of) };
        way.told(Some(WhyNot::of(withheld, texts)), facts, texts)
    });
    Explained { ways: offered.chain(withheld).collect() }
}

/// What a method would destroy on this device. As selection judges it: a button to the factory state takes all settings.
fn loss_here(manifest: &Manifest, on_presence: Option<OnPresence>) -> Loss {
    match (manifest.carries(), on_presence) {
        (Carries::Presence, Some(OnPresence::FactoryState)) => manifest.loses.max(Loss::AllSettings),
        (Carries::Presence, Some(OnPresence::NewPassword) | None)
        | (Carries::Sealed | Carries::Handed | Carries::Kept, _) => manifest.loses,
    }
}

/// What a method proves, as selection judges it, whatever its manifest says.
fn proof_of(manifest: &Manifest) -> ProofKind {
    match manifest.carries() {
        Carries::Presence => ProofKind::Presence,
        Carries::Kept => ProofKind::KeptCode,
        Carries::Sealed | Carries::Handed => manifest.proof,
    }
}

struct Subject<'a> {
    id: &'a str,
    manifest: Option<&'a Manifest>,
    loss: Option<Loss>,
    proof: Option<ProofKind>,
}

impl Subject<'_> {
    fn told(self, why_not: Option<WhyNot>, facts: &Facts, texts: &Texts) -> ExplainedWay {
        let say = |id: &str| texts.get(id, &[]);
        let unknown = || say("explain-unknown");
        let name = texts.find(&format!("{}-name", self.id), &[]).unwrap_or_else(|| self.id.to_owned());
        let loss_label = self.loss.map_or_else(unknown, |loss| say(&format!("loss-{}", loss.as_str())));
        let (owner, agent) = match &why_not {
            Some(why) => (format!("{} {}", why.happened, why.next_step), why.agent.clone()),
            None => (loss_label.clone(), self.agent_when_offered(texts)),
        };
        ExplainedWay {
            method: self.id.to_owned(),
            name,
            why_not,
            owner,
            agent,
            loss: self.loss,
            loss_label,
            proof: self.proof,
            proof_label: self.proof.map_or_else(unknown, |proof| say(&format!("explain-proof-{}", proof.as_str()))),
            strength_label: self
                .strength()
                .map_or_else(unknown, |strength| say(&format!("explain-strength-{}", strength.as_str()))),
            requires: self.requires(facts),
        }
    }

    /// Nobody is led to a way that erases without being told so first.
    fn agent_when_offered(&self, texts: &Texts) -> String {
        let open = texts.get(&format!("explain-offered-{}", self.proof.map_or("any", ProofKind::as_str)), &[]);
        match self.loss {
            Some(Loss::PasswordOnly) | None => open,
            Some(Loss::NetworkToo | Loss::AllSettings | Loss::Recordings) => {
                format!("{open} {}", texts.get("explain-offered-erases", &[]))
            }
        }
    }

    fn strength(&self) -> Option<Strength> {
        self.proof.map(ProofKind::strength)
    }

    fn requires(&self, facts: &Facts) -> Vec<(Fact, bool)> {
        let required = self.manifest.map(|manifest| manifest.requires.as_slice()).unwrap_or_default();
        required.iter().map(|fact| (*fact, facts.has(*fact))).collect()
    }
}
