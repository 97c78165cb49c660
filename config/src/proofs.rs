//! `[proofs]` of a policy: which kinds of proof, and how many, a new password takes.

use resetkit_core as core;
use serde::Deserialize;

use crate::error::Fault;
use crate::words::words;

/// What a policy asks for before a new password. The sum of `required` and `at_least` is how many proofs an owner gives.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proofs {
    /// Kinds that must all be given.
    #[serde(default)]
    pub required: Vec<ProofWord>,
    /// Kinds of which `at_least` must be given.
    #[serde(default)]
    pub optional: Vec<ProofWord>,
    /// How many of the optional kinds.
    #[serde(default)]
    pub at_least: u8,
    /// What at least one of the proofs must be worth: `low`, `medium` or `high`. A weaker one still counts beside it.
    pub least_strength: StrengthWord,
}

/// A kind of proof, as policies write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
#[allow(missing_docs, reason = "the names are those of core")]
pub enum ProofWord {
    Mailbox,
    Telephone,
    KeptCode,
    Presence,
    Support,
}

words!(ProofWord {
    Mailbox = "mailbox",
    Telephone = "telephone",
    KeptCode = "kept-code",
    Presence = "presence",
    Support = "support"
});

/// The strength of a proof, as policies write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum StrengthWord {
    /// Anybody who can touch the device.
    Low,
    /// Whoever reads the mailbox or holds the telephone.
    Medium,
    /// Something kept safe, or two people of support.
    High,
}

words!(StrengthWord { Low = "low", Medium = "medium", High = "high" });

impl ProofWord {
    /// The kind as the engine knows it.
    #[must_use]
    pub fn kind(self) -> core::ProofKind {
        match self {
            Self::Mailbox => core::ProofKind::Mailbox,
            Self::Telephone => core::ProofKind::Telephone,
            Self::KeptCode => core::ProofKind::KeptCode,
            Self::Presence => core::ProofKind::Presence,
            Self::Support => core::ProofKind::Support,
        }
    }
}

impl From<StrengthWord> for core::Strength {
    fn from(word: StrengthWord) -> Self {
        match word {
            StrengthWord::Low => Self::Low,
            StrengthWord::Medium => Self::Medium,
            StrengthWord::High => Self::High,
        }
    }
}

impl Proofs {
    /// The rule as the engine takes it.
    #[must_use]
    pub fn rule(&self) -> core::ProofRule {
        let kinds = |words: &[ProofWord]| words.iter().map(|word| word.kind()).collect();
        core::ProofRule {
            required: kinds(&self.required),
            optional: kinds(&self.optional),
            at_least: self.at_least,
            least_strength: self.least_strength.into(),
        }
    }

    /// How many proofs an owner gives.
    #[must_use]
    pub fn wanted(&self) -> usize {
        self.required.len() + usize::from(self.at_least)
    }

    pub(crate) fn check(&self) -> Result<(), Fault> {
        for (list, kinds) in [("required", &self.required), ("optional", &self.optional)] {
            for (index, kind) in kinds.iter().enumerate() {
                let twice = kinds[..index].contains(kind) || (list == "optional" && self.required.contains(kind));
                if twice {
                    return Err(Fault::new(
                        format!("proofs.{list}[{index}]"),
                        format!("`{}` stands twice, and a kind counts once (F11)", kind.as_str()),
                        "Leave it in one place",
                    ));
                }
            }
        }
        if usize::from(self.at_least) > self.optional.len() {
            return Err(Fault::new(
                "proofs.at_least",
                format!("{} of {} optional kinds can never be given", self.at_least, self.optional.len()),
                "Lower `at_least`, or name more kinds under `optional`",
            ));
        }
        let rule = self.rule();
        if self.wanted() > 0 && !rule.can_be_met(rule.named()) {
            return Err(Fault::new(
                "proofs.least_strength",
                format!("no kind that is named here is worth `{}`", self.least_strength.as_str()),
                "Name a stronger kind (mailbox and telephone are medium, kept-code and support high), or lower it",
            ));
        }
        match self.wanted() {
            0 => Err(Fault::new(
                "proofs",
                "a new password would take no proof at all",
                "Name a kind under `required`, or some under `optional` with `at_least = 1`",
            )),
            1 | 2 => Ok(()),
            more => Err(Fault::new(
                "proofs",
                format!("{more} proofs in one sitting are more than owners manage"),
                "Ask for one or two",
            )),
        }
    }
}
