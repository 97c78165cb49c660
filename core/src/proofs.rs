//! Which proofs a new password takes: all of some kinds, and so many of others (as PWM's forgotten-password profiles do).
//!
//! A rule says what *opens*; which method proves what is the manifest's. Two proofs of one kind are one (F11), so a rule
//! speaks of kinds. A rule that nothing can meet opens nothing: the engine starts at "denied".

use crate::{ProofKind, Strength};
use core::fmt;

/// A set of kinds of proof.
#[derive(Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct ProofKinds(u8);

impl ProofKinds {
    /// No kind.
    pub const NONE: Self = Self(0);
    /// Every kind.
    pub const ALL: Self = Self::of(&ProofKind::ALL);

    /// These kinds.
    #[must_use]
    pub const fn of(kinds: &[ProofKind]) -> Self {
        let mut set = Self::NONE;
        let mut index = 0;
        while index < kinds.len() {
            set = set.with(kinds[index]);
            index += 1;
        }
        set
    }

    /// The same and this one.
    #[must_use]
    pub const fn with(self, kind: ProofKind) -> Self {
        Self(self.0 | 1 << kind as u8)
    }

    /// Whether this kind is one of them.
    #[must_use]
    pub const fn has(self, kind: ProofKind) -> bool {
        self.0 & 1 << kind as u8 != 0
    }

    /// These and those.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Those of these that are in both.
    #[must_use]
    pub const fn common(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// These but not those.
    #[must_use]
    pub const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// How many.
    #[must_use]
    pub const fn count(self) -> u8 {
        // At most five bits are ever set.
        #[expect(clippy::cast_possible_truncation, reason = "at most eight")]
        let count = self.0.count_ones() as u8;
        count
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = ProofKind> {
        ProofKind::ALL.into_iter().filter(move |kind| self.has(*kind))
    }

    /// Every set there is.
    fn every_set() -> impl Iterator<Item = Self> {
        (0..1 << ProofKind::ALL.len()).map(Self)
    }

    fn strong(self, least: Strength) -> bool {
        self.iter().any(|kind| kind.strength() >= least)
    }
}

impl FromIterator<ProofKind> for ProofKinds {
    fn from_iter<I: IntoIterator<Item = ProofKind>>(kinds: I) -> Self {
        kinds.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Debug for ProofKinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(ProofKind::as_str)).finish()
    }
}

/// What opens a new password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProofRule {
    /// Kinds that must all be given.
    pub required: ProofKinds,
    /// Kinds of which `at_least` must be given.
    pub optional: ProofKinds,
    /// So many of the optional kinds.
    pub at_least: u8,
    /// At least one of the proofs given must be worth this much. A weaker one still counts beside it.
    pub least_strength: Strength,
}

impl ProofRule {
    /// One proof, of any kind: the reference.
    #[must_use]
    pub const fn one_of_any() -> Self {
        Self { required: ProofKinds::NONE, optional: ProofKinds::ALL, at_least: 1, least_strength: Strength::Low }
    }

    /// Two proofs of different kinds (F11).
    #[must_use]
    pub const fn two_kinds() -> Self {
        Self { at_least: 2, ..Self::one_of_any() }
    }

    /// All of these kinds.
    #[must_use]
    pub const fn all_of(kinds: &[ProofKind]) -> Self {
        Self { required: ProofKinds::of(kinds), optional: ProofKinds::NONE, at_least: 0, ..Self::one_of_any() }
    }

    /// That an address works is proved by what was sent to it, and by nothing else.
    pub(crate) const fn of_an_address() -> Self {
        Self { optional: ProofKinds::of(&[ProofKind::Mailbox, ProofKind::Telephone]), ..Self::one_of_any() }
    }

    /// The same with every kind named once, and at least one proof wanted.
    #[must_use]
    pub const fn bounded(self) -> Self {
        let optional = self.optional.without(self.required);
        let none = self.required.is_empty() && self.at_least == 0;
        Self { optional, at_least: if none { 1 } else { self.at_least }, ..self }
    }

    /// How many proofs an owner gives: those that are required and so many of the others.
    #[must_use]
    pub const fn wanted(self) -> u8 {
        let rule = self.bounded();
        rule.required.count().saturating_add(rule.at_least)
    }

    /// Whether these kinds are enough.
    #[must_use]
    pub fn is_met_by(self, given: ProofKinds) -> bool {
        let rule = self.bounded();
        rule.required.without(given).is_empty()
            && rule.optional.common(given).count() >= rule.at_least
            && rule.named().common(given).strong(rule.least_strength)
    }

    /// Whether an owner who can give these kinds gets anywhere. (More proofs never hurt.)
    #[must_use]
    pub fn can_be_met(self, kinds: ProofKinds) -> bool {
        self.is_met_by(kinds)
    }

    /// Whether a proof of this kind brings an owner on who gave `given`: with it and others it is enough, and none of them
    /// could be left out. Once the rule is met, any kind that could have opened the door counts as another way to it.
    #[must_use]
    pub fn helps(self, given: ProofKinds, kind: ProofKind) -> bool {
        let given = if self.is_met_by(given) { ProofKinds::NONE } else { given };
        let completes = |all: ProofKinds| {
            let spare = |kind: ProofKind| self.is_met_by(all.without(ProofKinds::of(&[kind])));
            self.is_met_by(all) && !all.without(given).iter().any(spare)
        };
        !given.has(kind) && ProofKinds::every_set().any(|more| completes(given.and(more).with(kind)))
    }

    /// The kinds that would bring an owner on who gave these.
    #[must_use]
    pub fn helping(self, given: ProofKinds) -> ProofKinds {
        ProofKind::ALL.into_iter().filter(|kind| self.helps(given, *kind)).collect()
    }

    /// Every kind that the rule names.
    #[must_use]
    pub const fn named(self) -> ProofKinds {
        self.required.and(self.optional)
    }
}

impl Default for ProofRule {
    fn default() -> Self {
        Self::one_of_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn every_rule() -> Vec<ProofRule> {
        let mut rules = Vec::new();
        for required in ProofKinds::every_set() {
            for optional in ProofKinds::every_set() {
                for at_least in 0..4 {
                    for least_strength in Strength::ALL {
                        rules.push(ProofRule { required, optional, at_least, least_strength });
                    }
                }
            }
        }
        rules
    }

    /// Exhaustive: what is required helps as long as it can be had, and what no list names never does.
    #[test]
    fn r57_f11_what_is_required_helps_and_what_is_not_named_does_not() {
        for rule in every_rule().into_iter().filter(|rule| rule.can_be_met(ProofKinds::ALL)) {
            for kind in ProofKind::ALL {
                let helps = rule.helps(ProofKinds::NONE, kind);
                assert!(helps || !rule.required.has(kind), "{rule:?} {kind:?}");
                assert!(!helps || rule.named().has(kind), "{rule:?} {kind:?}");
            }
        }
    }

    #[test]
    fn no_rule_is_met_by_nothing() {
        assert!(every_rule().iter().all(|rule| !rule.is_met_by(ProofKinds::NONE)));
    }

    #[test]
    fn whoever_can_meet_a_rule_is_brought_there_by_what_helps() {
        for rule in every_rule() {
            for there in ProofKinds::every_set().filter(|there| rule.can_be_met(*there)) {
                let mut given = ProofKinds::NONE;
                while !rule.is_met_by(given) {
                    let next = rule.helping(given).common(there).iter().next();
                    given = given.with(next.unwrap_or_else(|| panic!("stuck: {rule:?} {there:?} {given:?}")));
                }
                assert!(given.count() <= rule.wanted().max(1) + 1, "{rule:?} {given:?}");
            }
        }
    }

    #[test]
    fn f11_the_rules_by_name() {
        use ProofKind as K;
        let one = ProofRule::one_of_any();
        assert!(ProofKind::ALL.iter().all(|kind| one.is_met_by(ProofKinds::of(&[*kind]))));
        let two = ProofRule::two_kinds();
        assert!(!two.is_met_by(ProofKinds::of(&[K::Mailbox, K::Mailbox])));
        assert!(two.is_met_by(ProofKinds::of(&[K::Mailbox, K::Presence])));
        let high = ProofRule { least_strength: Strength::High, ..two };
        assert!(!high.is_met_by(ProofKinds::of(&[K::Mailbox, K::Presence])));
        assert!(high.is_met_by(ProofKinds::of(&[K::Support, K::Presence])));
        let strong = ProofRule { least_strength: Strength::Medium, ..one };
        assert!(!strong.helps(ProofKinds::NONE, K::Presence), "a press alone is too weak, and adds nothing");
        let both = ProofRule::all_of(&[K::Mailbox, K::Presence]);
        assert_eq!((both.wanted(), both.helping(ProofKinds::of(&[K::Mailbox]))), (2, ProofKinds::of(&[K::Presence])));
    }
}
