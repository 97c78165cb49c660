//! The checks: numbers that never change, and what each holds.

use crate::moves::Move;

/// How bad it is that a check does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nobody is left standing.
    Warning,
    /// Must not ship.
    Error,
}

macro_rules! checks {
    ($($(#[$doc:meta])* $name:ident = $id:literal $severity:ident;)*) => {
        /// One thing that is proved. A number is never given twice and never changes its meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Check { $($(#[$doc])* $name,)* }

        impl Check {
            /// All checks, in order of numbers.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its number, e.g. `L-01`; the locale's text is `lint-` and this in lower case.
            #[must_use]
            pub const fn id(self) -> &'static str { match self { $(Self::$name => $id,)* } }

            /// How bad a finding of it is.
            #[must_use]
            pub const fn severity(self) -> Severity { match self { $(Self::$name => Severity::$severity,)* } }
        }
    };
}

checks! {
    /// Every path to a new password passes the proofs that the policy asks for.
    ProofFirst = "L-01" Error;
    /// The new-password screen is entered by a proof just given, or by choosing the way that gave one (CVE-2026-18963).
    NoSkip = "L-02" Error;
    /// No state is a dead end: from each one an owner gets in, or reaches a support that exists.
    NoDeadEnd = "L-03" Error;
    /// Nobody waits for ever: each state is woken by a deadline or an answer.
    NoEndlessWait = "L-04" Error;
    /// Support is shown only where nothing else is left.
    SupportLast = "L-05" Error;
    /// For every single broken thing there is a way that loses the password only.
    SingleFault = "L-06" Error;
    /// For every pair of broken things there is some way.
    FaultPair = "L-07" Error;
    /// There is a way that needs no network of the device, and one that needs no telephone and no mail either where it can be had.
    WithoutNetwork = "L-08" Error;
    /// Passwords that the policy accepts exist that the account back end keeps.
    PasswordOverlap = "L-09" Error;
    /// Every message that a reachable state shows has a text of its own in every language of the brand.
    WordsThere = "L-10" Error;
    /// The policy keeps R7's bound and the limits of the engine.
    GuessBound = "L-11" Error;
    /// The proofs that the policy asks for can be had on this model at all.
    RuleCanBeMet = "L-12" Error;
    /// What a hold of the button does is said, and allowed by the policy.
    PressStated = "L-13" Error;
    /// No exception of the profile is stale, unknown or without a reason.
    ExceptionNeeded = "L-14" Error;
    /// The policy names only methods that exist.
    MethodKnown = "L-15" Error;
    /// Each installed method is offered on this model at least once.
    MethodOfUse = "L-16" Warning;
    /// What a way destroys beyond the password is confirmed before it happens.
    LossFirst = "L-17" Error;
    /// No code is compared more often than the rules say, nor is a session (R6, R7).
    TriesBounded = "L-18" Error;
    /// What is over stays over: nothing is asked for after the end.
    OverIsOver = "L-19" Error;
    /// *Cancel* ends a session at every step but while the decision is written, and needs no proof (R21).
    CancelEnds = "L-20" Error;
    /// A method's manifest fits itself: it may ask for what its proof needs.
    ManifestFits = "L-21" Error;
    /// Only methods that are offered are started, and the chooser offers nothing else.
    OfferedOnly = "L-22" Error;
    /// Least loss is offered first, and nothing that loses more than the policy allows.
    LeastLossFirst = "L-23" Error;
    /// A hold proves presence to whoever stands there: a model without a local screen has one owner at the button at a time.
    PressFromAfar = "L-24" Warning;
    /// Nothing is committed for another account, twice, or with a proof that was spent (R14, F12, F19).
    SpentOnce = "L-25" Error;
    /// A method that is needed for most ways to work has another beside it: no single method carries all.
    NotAllOnOne = "L-26" Warning;
    /// A way that destroys more is never the only one on a healthy device.
    HealthyHarmless = "L-27" Error;
    /// Whoever is told of a failure is told what to do next.
    NextStepSaid = "L-28" Error;
    /// A device takes these files when it starts.
    LoaderTakes = "L-29" Error;
    /// A method that needs the storage says so: else it is offered where nothing can be written, and leads to support only.
    StorageNamed = "L-30" Warning;
}

impl Check {
    /// The check of this number.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|check| check.id().eq_ignore_ascii_case(id))
    }
}

/// A check that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which.
    pub check: Check,
    /// What it was found on: an id, a language, a state.
    pub what: String,
    /// Where it stands; empty for a finding that needs no walk.
    pub place: String,
    /// How one gets there.
    pub path: Vec<Move>,
    /// Why the profile's author accepts it, if he does.
    pub accepted: Option<String>,
}

impl Finding {
    /// A finding that needs no walk.
    #[must_use]
    pub fn fixed(check: Check, what: impl Into<String>) -> Self {
        Self { check, what: what.into(), place: String::new(), path: Vec::new(), accepted: None }
    }

    /// Whether it must not ship.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.accepted.is_none() && self.check.severity() == Severity::Error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_up_and_are_found_again() {
        for (at, check) in Check::ALL.iter().enumerate() {
            assert_eq!(check.id(), format!("L-{:02}", at + 1));
            assert_eq!(Check::parse(check.id()), Some(*check));
        }
    }
}
