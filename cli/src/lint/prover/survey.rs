//! Walks every setting of a subject, and judges what was found.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use resetkit_config::Policy;
use resetkit_core::{FailureKind, Lane, Loss, Step};

use crate::checks::{Check, Finding};
use crate::faults::{self, FaultSet};
use crate::fixed;
use crate::graph::{Graph, Node};
use crate::machine::Engine;
use crate::moves::Move;
use crate::report::{Report, Totals};
use crate::setting::Setting;
use crate::subject::{Allowed, Subject};
use crate::walk::walk;

/// How many things may go wrong on one path, by how many are broken at its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Depth {
    /// Nothing is broken.
    pub healthy: u8,
    /// One thing is.
    pub single: u8,
    /// Two things are.
    pub pair: u8,
}

impl Depth {
    /// Less than a second: while a file is written.
    pub const QUICK: Self = Self { healthy: 1, single: 0, pair: 0 };
    /// Some seconds: one failure on the way where at most one thing was broken before.
    pub const USUAL: Self = Self { healthy: 1, single: 1, pair: 0 };
    /// Four times as long: one beside a pair, and two on the way where nothing was broken.
    pub const DEEP: Self = Self { healthy: 2, single: 1, pair: 1 };

    fn of(self, set: &FaultSet) -> u8 {
        match set.faults().len() {
            0 => self.healthy,
            1 => self.single,
            _ => self.pair,
        }
    }
}

/// Told how far the survey is: walks done, walks in all.
pub type Progress<'a> = &'a mut dyn FnMut(usize, usize);

/// What one walk came to.
struct Outcome {
    /// Whether an owner gets in at all.
    gets_in: bool,
    /// ... and loses the password only.
    harmless: bool,
    breaches: Vec<(Check, String, Vec<Move>)>,
    shown: Vec<FailureKind>,
    states: usize,
    transitions: usize,
}

/// Proves a subject, or finds what does not hold.
pub fn survey(engine: &dyn Engine, subject: &Subject, depth: Depth, progress: Progress<'_>) -> Report {
    let sets = FaultSet::up_to_two(&faults::possible(&subject.profile, &subject.brand));
    survey_of(engine, subject, &sets, depth, progress)
}

/// The same with these sets of broken things only.
pub fn survey_of(
    engine: &dyn Engine,
    subject: &Subject,
    sets: &[FaultSet],
    depth: Depth,
    progress: Progress<'_>,
) -> Report {
    let settings: Vec<(FaultSet, Setting)> = sets
        .iter()
        .flat_map(|set| Setting::lanes(subject, set).into_iter().map(move |lane| (set, lane)))
        .map(|(set, lane)| (set.clone(), Setting::of(subject, lane, set)))
        .collect();
    let outcomes = walk_all(engine, &settings, depth, progress);
    let mut report = Report { totals: totals(sets, &outcomes), ..Report::default() };
    collect_breaches(&settings, &outcomes, &mut report);
    judge_ways(engine, subject, sets, &settings, &outcomes, &mut report);
    let mut shown: Vec<FailureKind> = outcomes.values().flat_map(|outcome| outcome.shown.iter().copied()).collect();
    shown.sort();
    shown.dedup();
    report.findings.extend(fixed::findings(subject, &settings, &shown));
    report.findings.sort_by(|a, b| a.check.cmp(&b.check).then_with(|| a.place.cmp(&b.place)));
    report
}

/// Settings that are alike are walked once, as deep as the least broken of them asks for.
fn walk_all(
    engine: &dyn Engine,
    settings: &[(FaultSet, Setting)],
    depth: Depth,
    progress: Progress<'_>,
) -> BTreeMap<String, Outcome> {
    let mut wanted: BTreeMap<String, (&Setting, u8)> = BTreeMap::new();
    for (set, setting) in settings {
        let troubles = depth.of(set);
        let entry = wanted.entry(setting.likeness()).or_insert((setting, troubles));
        entry.1 = entry.1.max(troubles);
    }
    let mut work: Vec<_> = wanted.into_iter().collect();
    // The longest first, so that no core is left alone with one at the end.
    work.sort_by_key(|(_, (setting, troubles))| core::cmp::Reverse((*troubles, setting.selection.offered.len())));
    let (all, next, done) = (work.len(), AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(all);
    let (told, ready) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (work, next, done, told) = (&work, &next, &done, told.clone());
            scope.spawn(move || {
                while let Some((likeness, (setting, troubles))) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let outcome = outcome(setting, &walk(engine, setting, *troubles));
                    done.lock().expect("no walk panics with the lock").insert(likeness.clone(), outcome);
                    // Nobody listens any more only where the survey itself was given up.
                    let _ = told.send(());
                }
            });
        }
        drop(told);
        progress(0, all);
        for (count, ()) in ready.iter().enumerate() {
            progress(count + 1, all);
        }
    });
    done.into_inner().expect("no walk panics with the lock")
}

fn outcome(setting: &Setting, graph: &Graph) -> Outcome {
    let gets_in = graph.nodes.iter().any(Node::is_in);
    let harmless = graph.nodes.iter().any(|node| {
        let loss = node.method.as_ref().and_then(|method| setting.selection.offer(method)).map(|offer| offer.loss);
        node.step == Step::Done && loss.is_none_or(|loss| loss == Loss::PasswordOnly)
    });
    let mut breaches = graph.breaches.clone();
    breaches.extend(dead_ends(setting, graph, gets_in));
    Outcome {
        gets_in,
        harmless,
        breaches,
        shown: graph.shown.clone(),
        states: graph.nodes.len(),
        transitions: graph.edges.len(),
    }
}

/// States from which an owner neither gets in nor reaches a support that exists. Waiting until the session gives up is no
/// exit, and starting again is one only where it can end otherwise.
fn dead_ends(setting: &Setting, graph: &Graph, gets_in: bool) -> Option<(Check, String, Vec<Move>)> {
    let acted = |by: &Move| !matches!(by, Move::Silence | Move::Cancel);
    let goal = |node: &Node| {
        // The chooser and the last page name the contact, whatever happened before.
        let named = matches!(node.step, Step::DeadEnd | Step::ChooseMethod)
            || node.failure.is_some_and(|kind| setting.told_to_call.contains(&kind));
        let support = setting.support && named;
        node.is_in() || support || (gets_in && node.step == Step::Expired)
    };
    let leads = graph.leads_to(goal, acted);
    let left = |node: &Node| matches!(node.step, Step::Cancelled | Step::Expired);
    let stuck = (0..leads.len()).filter(|at| !leads[*at] && !left(&graph.nodes[*at]));
    // Where the notice itself leads nowhere, the screen behind it says more.
    let stuck = stuck.min_by_key(|at| (graph.nodes[*at].step == Step::Notice, graph.path(*at).len()))?;
    let what = stuck_words(&graph.nodes[stuck]);
    Some((Check::NoDeadEnd, what, graph.path(stuck)))
}

fn stuck_words(node: &Node) -> String {
    match &node.method {
        Some(method) => format!("{} ({method})", node.step.as_str()),
        None => node.step.as_str().to_owned(),
    }
}

fn totals(sets: &[FaultSet], outcomes: &BTreeMap<String, Outcome>) -> Totals {
    Totals {
        fact_sets: sets.len(),
        walks: outcomes.len(),
        states: outcomes.values().map(|outcome| outcome.states).sum(),
        transitions: outcomes.values().map(|outcome| outcome.transitions).sum(),
    }
}

fn collect_breaches(settings: &[(FaultSet, Setting)], outcomes: &BTreeMap<String, Outcome>, report: &mut Report) {
    let mut told = Vec::new();
    for (set, setting) in settings {
        let Some(outcome) = outcomes.get(&setting.likeness()) else { continue };
        for (check, what, path) in &outcome.breaches {
            // One counter-example a breach: the first has the fewest things broken.
            if told.contains(&(*check, what.clone())) {
                continue;
            }
            told.push((*check, what.clone()));
            report.findings.push(Finding {
                check: *check,
                what: what.clone(),
                place: place(set, setting.lane),
                path: path.clone(),
                accepted: None,
            });
        }
    }
}

/// Where something was found: the lane and what is broken, in stable names.
pub(crate) fn place(set: &FaultSet, lane: Lane) -> String {
    let names: Vec<_> = set.faults().iter().map(|fault| fault.as_str()).collect();
    format!("{} {}", lane.as_str(), names.join("+")).trim_end().to_owned()
}

/// For every single broken thing a way that loses the password only, for every pair some way.
fn judge_ways(
    engine: &dyn Engine,
    subject: &Subject,
    sets: &[FaultSet],
    settings: &[(FaultSet, Setting)],
    outcomes: &BTreeMap<String, Outcome>,
    report: &mut Report,
) {
    let mut used = vec![false; subject.exceptions.len()];
    for set in sets {
        let here = || {
            let of_set = settings.iter().filter(|(other, _)| other == set);
            of_set.filter_map(|(_, setting)| outcomes.get(&setting.likeness()))
        };
        let (gets_in, harmless) = (here().any(|one| one.gets_in), here().any(|one| one.harmless));
        let check = match set.faults().len() {
            0 if !harmless => Check::HealthyHarmless,
            1 if !harmless => Check::SingleFault,
            2 if !gets_in => Check::FaultPair,
            _ => continue,
        };
        let needed = if gets_in { Allowed::LosesMore } else { Allowed::NoWay };
        report.findings.push(Finding {
            place: place(set, subject_lane(subject)),
            accepted: accepted(subject, set, needed, &mut used),
            ..Finding::fixed(check, if gets_in { "loses-more" } else { "no-way" })
        });
    }
    for (exception, used) in subject.exceptions.iter().zip(used) {
        let names = exception.faults.join("+");
        let problem = if exception.set().is_none() {
            Some("unknown")
        } else if exception.reason.trim().len() < 10 {
            Some("no-reason")
        } else if used
            || exception.set().is_some_and(|set| !sets.contains(&set) || is_needed_elsewhere(engine, subject, &set))
        {
            // Needed, or nobody looked.
            None
        } else {
            Some("stale")
        };
        if let Some(problem) = problem {
            report.findings.push(Finding { place: names, ..Finding::fixed(Check::ExceptionNeeded, problem) });
        }
    }
}

/// A profile speaks for all policies: an exception that another shipped one needs is not stale.
fn is_needed_elsewhere(engine: &dyn Engine, subject: &Subject, set: &FaultSet) -> bool {
    let policies = Policy::builtin_names().into_iter().filter_map(|name| Policy::builtin(name, &subject.profile).ok());
    let mut others = policies.map(|policy| Subject { policy, ..subject.clone() });
    others.any(|other| {
        let ways: Vec<_> = Setting::lanes(&other, set)
            .into_iter()
            .map(|lane| Setting::of(&other, lane, set))
            .map(|setting| outcome(&setting, &walk(engine, &setting, 0)))
            .collect();
        let single = set.faults().len() == 1;
        !ways.iter().any(|way| if single { way.harmless } else { way.gets_in })
    })
}

/// An exception for one thing holds for every pair with it, too: what it takes away stays away.
fn accepted(subject: &Subject, set: &FaultSet, needed: Allowed, used: &mut [bool]) -> Option<String> {
    let mut reason = None;
    for (at, exception) in subject.exceptions.iter().enumerate() {
        let Some(of) = exception.set() else { continue };
        let covers = of.faults().iter().all(|fault| set.has(*fault));
        let enough = exception.allows == Allowed::NoWay || needed == Allowed::LosesMore;
        if covers && enough && reason.is_none() {
            used[at] = true;
            reason = Some(exception.reason.clone());
        }
    }
    reason
}

const fn subject_lane(subject: &Subject) -> Lane {
    if subject.profile.lanes.console { Lane::Console } else { Lane::Network }
}
