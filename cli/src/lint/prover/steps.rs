//! The usability walk: from each device with each single thing broken, the owner's fewest steps to a new password.

use resetkit_core::{Carries, Lane, ProofKind};

use crate::faults::{self, Fault, FaultSet};
use crate::graph::{Edge, Graph};
use crate::machine::Engine;
use crate::moves::Move;
use crate::setting::Setting;
use crate::subject::Subject;
use crate::walk::walk;

/// The fewest steps, and by which way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortest {
    /// Things that the owner does: presses, typings, a call, a scan.
    pub steps: u32,
    /// The method that opens.
    pub method: String,
    /// Where he stands.
    pub lane: Lane,
    /// Whether more than the password is lost.
    pub loses_more: bool,
    /// The moves.
    pub path: Vec<Move>,
}

/// One line of the table for each thing that may be broken; the first is the healthy device.
#[derive(Debug, Clone)]
pub struct StepTable {
    /// The model.
    pub model: String,
    /// What is broken, and the shortest way then; `None`: stuck but for support.
    pub rows: Vec<(Option<Fault>, Option<Shortest>)>,
}

/// Counts for one subject.
#[must_use]
pub fn steps(engine: &dyn Engine, subject: &Subject) -> StepTable {
    let mut rows = vec![(None, shortest(engine, subject, &FaultSet::default()))];
    for fault in faults::possible(&subject.profile, &subject.brand) {
        rows.push((Some(fault), shortest(engine, subject, &FaultSet::of(&[fault]))));
    }
    StepTable { model: subject.profile.model.clone(), rows }
}

/// The harmless way with the fewest steps; if none is harmless, the shortest of the others.
fn shortest(engine: &dyn Engine, subject: &Subject, set: &FaultSet) -> Option<Shortest> {
    let ways = Setting::lanes(subject, set).into_iter().filter_map(|lane| {
        let setting = Setting::of(subject, lane, set);
        let graph = walk(engine, &setting, 0);
        let price = |edge: &Edge| Some(price(&setting, &graph, edge));
        let (steps, path) =
            graph.cheapest(|node| node.is_harmless(), price).or_else(|| graph.cheapest(|node| node.is_in(), price))?;
        let end = end_of(&graph, &path);
        let method = end.and_then(|node| graph.nodes[node].method.clone());
        let loses_more = end.is_some_and(|node| !graph.nodes[node].is_harmless());
        let method = method.map_or_else(String::new, |method| method.to_string());
        Some(Shortest { steps, method, lane, loses_more, path })
    });
    ways.min_by_key(|way| (way.loses_more, way.steps))
}

fn end_of(graph: &Graph, path: &[Move]) -> Option<usize> {
    path.iter()
        .try_fold(0, |node, by| graph.edges.iter().find(|edge| edge.from == node && edge.by == *by).map(|edge| edge.to))
}

/// What a move costs an owner. A code that he types he had to fetch first: by scanning and opening the mail, by opening the
/// mail, by calling, or by taking the sheet out of the drawer.
fn price(setting: &Setting, graph: &Graph, edge: &Edge) -> u32 {
    let own = u32::from(edge.by.is_owners());
    if edge.by != Move::TypeRight {
        return own;
    }
    let offer = graph.nodes[edge.from].method.as_ref().and_then(|method| setting.selection.offer(method));
    own + match offer.map(|offer| (offer.carries, offer.proof)) {
        Some((Carries::Sealed, ProofKind::Support)) => 2,
        Some((Carries::Sealed, _)) => 2,
        Some(_) => 1,
        None => 0,
    }
}
