//! The walk's own books: what was proved, compared and confirmed. The engine is believed nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash as _;
use std::time::Duration;

use resetkit_core::{AccountName, Counter, MethodId, ProofKind, SessionRules};

use crate::checks::Check;
use crate::mark::Mark;

/// What happened on one path, as somebody who watches from outside counts it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Books {
    /// Methods that proved something in this boot, and what.
    pub(crate) proved: BTreeMap<MethodId, ProofKind>,
    /// When each of them was given: a proof has its time.
    pub(crate) given_at: BTreeMap<MethodId, Duration>,
    /// Comparisons of each code, and of the session.
    compared: BTreeMap<Counter, u8>,
    compared_in_all: u8,
    /// Ways whose loss was confirmed.
    pub(crate) confirmed: BTreeSet<MethodId>,
    /// Requests that a commit spent.
    spent: BTreeSet<Counter>,
    pub(crate) commits: u8,
    /// What did not hold.
    pub(crate) breaches: Vec<(Check, String)>,
}

impl Books {
    /// A breach, each once.
    pub(crate) fn breach(&mut self, check: Check, what: impl Into<String>) {
        let breach = (check, what.into());
        if !self.breaches.contains(&breach) {
            self.breaches.push(breach);
        }
    }

    /// A method proved something.
    pub(crate) fn proves(&mut self, method: MethodId, kind: ProofKind, at: Duration) {
        self.given_at.insert(method.clone(), at);
        self.proved.insert(method, kind);
    }

    /// A code is compared (R6, R7).
    pub(crate) fn compares(&mut self, counter: Counter, rules: &SessionRules) {
        let of_code = self.compared.entry(counter).or_default();
        *of_code = of_code.saturating_add(1);
        self.compared_in_all = self.compared_in_all.saturating_add(1);
        if *of_code > rules.tries {
            let times = *of_code;
            self.breach(Check::TriesBounded, format!("one code compared {times} times"));
        }
        if self.compared_in_all > rules.session_tries {
            let times = self.compared_in_all;
            self.breach(Check::TriesBounded, format!("{times} codes compared in one session"));
        }
    }

    /// A password is committed, or everything erased.
    pub(crate) fn commits(&mut self, account: Option<(&AccountName, &AccountName)>, spent: &[Counter]) {
        self.commits = self.commits.saturating_add(1);
        if let Some((wanted, got)) = account.filter(|(wanted, got)| wanted != got) {
            self.breach(Check::SpentOnce, format!("{wanted} → {got}"));
        }
        if spent.is_empty() {
            self.breach(Check::SpentOnce, "nothing is spent");
        }
        if let Some(again) = spent.iter().find(|counter| self.spent.contains(counter)).copied() {
            self.breach(Check::SpentOnce, format!("request {again} is spent twice"));
        }
    }

    /// The commit is durable.
    pub(crate) fn committed(&mut self, spent: &[Counter]) {
        self.spent.extend(spent.iter().copied());
    }

    /// Kinds of proof given.
    pub(crate) fn kinds(&self) -> Vec<ProofKind> {
        let kinds: BTreeSet<_> = self.proved.values().copied().collect();
        kinds.into_iter().collect()
    }

    /// What of these books decides what may come: part of a state's mark.
    pub(crate) fn mark(&self, into: &mut Mark) {
        (&self.proved, &self.confirmed, self.compared_in_all).hash(into);
    }
}
