//! What the suite found.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

/// One thing that a method is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// Manifest, signature, hash and ELF form are as they must be.
    Bundle,
    /// It loads in its sandbox within `ready_ms`, and is what its manifest says.
    Starts,
    /// It answers `Start` with `Ready`, or with a failure that has a name.
    AnswersStart,
    /// Every answer comes within `advance_ms`, keeps to the grants and to the limits.
    Behaves,
    /// It shows something after its challenge was sealed.
    ShowsChallenge,
    /// Its view never holds older figures than it was told.
    RedrawsOnNews,
    /// It says something when sealing is refused, rather than wait for ever.
    RefusedSeal,
    /// Events that mean nothing do not upset it.
    SurvivesNonsense,
    /// It ends by itself when told to.
    EndsCleanly,
    /// It says something, or asks again, when a connection cannot be made. Methods with a `connect` grant.
    UnreachablePeer,
    /// It says something when the other end never does.
    SilentPeer,
    /// It says something when the other end hangs up at once.
    ClosedPeer,
    /// It shows something while the button is watched, held and let go. Methods with the grant `button`.
    ShowsHold,
    /// It says something when the line of the button is lost.
    LostLine,
    /// Its memory stays well within the manifest's limit.
    Memory,
}

impl Check {
    /// All checks, in the order of the report.
    pub const ALL: [Check; 15] = [
        Check::Bundle,
        Check::Starts,
        Check::AnswersStart,
        Check::Behaves,
        Check::ShowsChallenge,
        Check::RedrawsOnNews,
        Check::RefusedSeal,
        Check::SurvivesNonsense,
        Check::EndsCleanly,
        Check::UnreachablePeer,
        Check::SilentPeer,
        Check::ClosedPeer,
        Check::ShowsHold,
        Check::LostLine,
        Check::Memory,
    ];

    /// What holds when it passed, in a few words.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Check::Bundle => "manifest, hash and form of the library are as they must be",
            Check::Starts => "loads in its sandbox in time, and is what its manifest says",
            Check::AnswersStart => "answers the start with Ready, or with a failure that has a name",
            Check::Behaves => "every answer in time, within its grants and limits",
            Check::ShowsChallenge => "shows something once its wish was granted",
            Check::RedrawsOnNews => "never shows older figures than it was told",
            Check::RefusedSeal => "says something when it is refused",
            Check::SurvivesNonsense => "events at the wrong time do not upset it",
            Check::EndsCleanly => "ends by itself when told to",
            Check::UnreachablePeer => "says something when nobody can be reached",
            Check::SilentPeer => "says something when the other end never does",
            Check::ClosedPeer => "says something when the other end hangs up",
            Check::ShowsHold => "shows something while the button is held and let go",
            Check::LostLine => "says something when the line of the button is lost",
            Check::Memory => "stays well within its memory",
        }
    }

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Check::Bundle => "bundle",
            Check::Starts => "starts",
            Check::AnswersStart => "answers-start",
            Check::Behaves => "behaves",
            Check::ShowsChallenge => "shows-challenge",
            Check::RedrawsOnNews => "redraws-on-news",
            Check::RefusedSeal => "refused-seal",
            Check::SurvivesNonsense => "survives-nonsense",
            Check::EndsCleanly => "ends-cleanly",
            Check::UnreachablePeer => "unreachable-peer",
            Check::SilentPeer => "silent-peer",
            Check::ClosedPeer => "closed-peer",
            Check::ShowsHold => "shows-hold",
            Check::LostLine => "lost-line",
            Check::Memory => "memory",
        }
    }
}

/// What came of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Held in every session.
    Passed,
    /// Not held, and where.
    Failed(String),
    /// The manifest opens no such door, so there is nothing to be held.
    DoesNotApply,
    /// Never came to it.
    NotReached,
}

/// One line of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was checked.
    pub check: Check,
    /// What came of it.
    pub verdict: Verdict,
}

/// What the suite found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    verdicts: BTreeMap<Check, Verdict>,
    /// Longest time from spawn to loaded.
    pub slowest_start: Duration,
    /// Longest answer.
    pub slowest_answer: Duration,
    /// Most memory of a worker, in KiB.
    pub peak_memory_kib: u64,
    /// Every text id that the method used: the locale files must have them all.
    pub texts: BTreeSet<String>,
    /// What was missing of the sandbox during the check; empty if it was whole.
    pub sandbox_gaps: Vec<String>,
}

impl Report {
    /// All findings in the order of [`Check::ALL`].
    pub fn findings(&self) -> impl Iterator<Item = Finding> {
        Check::ALL.into_iter().map(|check| {
            let verdict = self.verdicts.get(&check).cloned().unwrap_or(Verdict::NotReached);
            Finding { check, verdict }
        })
    }

    /// The verdict of one check.
    #[must_use]
    pub fn verdict(&self, check: Check) -> Verdict {
        self.verdicts.get(&check).cloned().unwrap_or(Verdict::NotReached)
    }

    /// Whether every check that applies was reached and held.
    #[must_use]
    pub fn conforms(&self) -> bool {
        self.findings().all(|finding| matches!(finding.verdict, Verdict::Passed | Verdict::DoesNotApply))
    }

    /// A check held once more; a failure found earlier stays.
    pub(crate) fn pass(&mut self, check: Check) {
        self.verdicts.entry(check).or_insert(Verdict::Passed);
    }

    /// A check has nothing to look at.
    pub(crate) fn skip(&mut self, check: Check) {
        self.verdicts.entry(check).or_insert(Verdict::DoesNotApply);
    }

    /// A check did not hold; the first reason is kept.
    pub(crate) fn fail(&mut self, check: Check, why: String) {
        let verdict = self.verdicts.entry(check).or_insert(Verdict::Passed);
        if *verdict == Verdict::Passed {
            *verdict = Verdict::Failed(why);
        }
    }

    pub(crate) fn judge(&mut self, check: Check, held: bool, why: impl FnOnce() -> String) {
        if held {
            self.pass(check);
        } else {
            self.fail(check, why());
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Finding { check, verdict } in self.findings() {
            let name = check.as_str();
            match verdict {
                Verdict::Passed => writeln!(f, "ok           {name}")?,
                Verdict::Failed(why) => writeln!(f, "FAILED       {name}: {why}")?,
                Verdict::DoesNotApply => writeln!(f, "no such door {name}")?,
                Verdict::NotReached => writeln!(f, "not reached  {name}")?,
            }
        }
        writeln!(
            f,
            "start {:.1?}, slowest answer {:.1?}, {} KiB at most, {} texts",
            self.slowest_start,
            self.slowest_answer,
            self.peak_memory_kib,
            self.texts.len()
        )?;
        if self.sandbox_gaps.is_empty() {
            writeln!(f, "sandbox whole")
        } else {
            writeln!(f, "sandbox degraded: {}", self.sandbox_gaps.join("; "))
        }
    }
}
