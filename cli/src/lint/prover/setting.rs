//! One device at one moment: where the owner stands, what is broken, which ways are offered.

use resetkit_config::Proofs;
use resetkit_core::{
    AccountName, FailureKind, Lane, Manifest, MethodId, Opening, ProofKind, Purpose, Selection, SessionId,
    SessionRules, select,
};

use crate::faults::{self, Fault, FaultSet};
use crate::subject::Subject;

/// One device at one moment.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Where the owner stands.
    pub lane: Lane,
    /// What is broken.
    pub faults: FaultSet,
    /// What is offered.
    pub selection: Selection,
    /// What the policy sets, with its counts made small: an engine that keeps to two tries keeps to five.
    pub rules: SessionRules,
    /// Methods that start but whose code never reaches the owner.
    pub silenced: Vec<MethodId>,
    /// Whether anything can be written.
    pub writes: bool,
    /// Whether an owner who is told to call support can.
    pub support: bool,
    /// What the policy asks for, as it is written.
    pub proofs: Proofs,
    /// Failures whose text names the support contact.
    pub told_to_call: Vec<FailureKind>,
}

/// Counts small enough to be walked through, with the same borders as the real ones: a last one, and one before it. Where two
/// things are broken already, a single try has to do.
const SMALL: Small = Small { tries: 2, session: 3, codes: 2 };
const SMALLEST: Small = Small { tries: 1, session: 2, codes: 2 };

struct Small {
    tries: u8,
    session: u8,
    codes: u8,
}

impl Setting {
    /// The device of this subject with these things broken, on this lane.
    #[must_use]
    pub fn of(subject: &Subject, lane: Lane, faults: &FaultSet) -> Setting {
        let facts = faults::broken(faults::healthy(&subject.profile, &subject.brand, lane), faults);
        let manifests = &subject.manifests;
        let installed: Vec<_> = manifests.iter().map(|manifest| manifest.id.clone()).collect();
        let rules = subject.policy.session_rules(&subject.profile);
        let mut policy = subject.policy.selection(Purpose::Reset, lane, &installed);
        policy.on_presence = rules.button.map(|button| button.on_presence);
        let small = if faults.faults().len() < 2 { SMALL } else { SMALLEST };
        Setting {
            lane,
            faults: faults.clone(),
            selection: select(&facts, manifests, &policy),
            rules: SessionRules {
                tries: rules.tries.min(small.tries),
                session_tries: rules.session_tries.min(small.session),
                challenges_per_session: rules.challenges_per_session.min(small.codes),
                ..rules
            },
            silenced: faults.silenced(manifests),
            writes: !faults.has(Fault::StorageReadOnly),
            support: subject.has_support(),
            proofs: subject.policy.proofs.clone(),
            told_to_call: subject.told_to_call.clone(),
        }
    }

    /// Lanes of a subject that still work with these things broken.
    #[must_use]
    pub fn lanes(subject: &Subject, faults: &FaultSet) -> Vec<Lane> {
        let lanes = subject.profile.lanes;
        let console = lanes.console && !faults.has(Fault::ScreenBroken);
        [(Lane::Console, console), (Lane::Network, lanes.network)]
            .into_iter()
            .filter_map(|(lane, there)| there.then_some(lane))
            .collect()
    }

    /// What a session is opened with here.
    #[must_use]
    pub fn opening(&self) -> Opening {
        Opening {
            id: SessionId::from_octets([7; 16]),
            lane: self.lane,
            purpose: Purpose::Reset,
            account: account(),
            selection: self.selection.clone(),
            rules: self.rules,
        }
    }

    /// What this method proves here.
    pub(crate) fn proof(&self, method: &MethodId) -> Option<ProofKind> {
        self.selection.offer(method).map(|offer| offer.proof)
    }

    /// Whether a code of this method reaches the owner.
    pub(crate) fn reaches(&self, method: &MethodId) -> bool {
        !self.silenced.contains(method)
    }

    /// Whether these kinds of proof are enough for the policy, by its text and not by the engine's reading of it.
    pub(crate) fn is_enough(&self, given: &[ProofKind]) -> bool {
        let proofs = &self.proofs;
        let has = |kind: ProofKind| given.contains(&kind);
        let optional = proofs.optional.iter().filter(|word| has(word.kind())).count();
        let strong = given.iter().any(|kind| kind.strength() >= proofs.least_strength.into());
        let named = |kind: &ProofKind| proofs.required.iter().chain(&proofs.optional).any(|word| word.kind() == *kind);
        !given.is_empty()
            && given.iter().any(named)
            && proofs.required.iter().all(|word| has(word.kind()))
            && optional >= usize::from(proofs.at_least)
            && strong
    }

    /// All that decides how a walk goes: settings with the same are walked once.
    pub(crate) fn likeness(&self) -> String {
        let headline = self.selection.headline.as_ref().map(|failure| failure.kind);
        let silenced: Vec<_> = self.silenced.iter().filter(|id| self.selection.offer(id).is_some()).collect();
        let tries = self.rules.tries;
        format!("{:?}|{:?}|{headline:?}|{silenced:?}|{}|{tries}", self.lane, self.selection.offered, self.writes)
    }
}

/// The account of every walk.
pub(crate) fn account() -> AccountName {
    AccountName::parse("admin").expect("a name of five letters is one")
}

/// Kinds of proof that some method of these gives.
pub(crate) fn kinds(manifests: &[Manifest]) -> Vec<ProofKind> {
    ProofKind::ALL.into_iter().filter(|kind| manifests.iter().any(|manifest| manifest.proof == *kind)).collect()
}
