//! What a walk found: states, and what leads from one to the next.

use resetkit_core::{FailureKind, MethodId, Step};

use crate::checks::Check;
use crate::moves::Move;

/// One state, as an owner sees it.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where he is.
    pub step: Step,
    /// The method in use.
    pub method: Option<MethodId>,
    /// What he is told went wrong.
    pub failure: Option<FailureKind>,
    /// How many troubles the shortest path to it holds.
    pub troubles: u8,
    /// The state it was first reached from, and the moves; none for the first.
    pub from: Option<(usize, Vec<Move>)>,
}

/// One move from a state to another.
#[derive(Debug, Clone)]
pub struct Edge {
    /// From this state.
    pub from: usize,
    /// To this one.
    pub to: usize,
    /// By this move, and by the answers that followed it.
    pub by: Move,
}

/// All states that were reached.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// The states; the first is where a session opens.
    pub nodes: Vec<Node>,
    /// What leads from one to the next.
    pub edges: Vec<Edge>,
    /// Breaches on the way: the check, what, and the path to it.
    pub breaches: Vec<(Check, String, Vec<Move>)>,
    /// Failures that some screen shows.
    pub shown: Vec<FailureKind>,
}

impl Graph {
    /// The moves that first led to this state.
    #[must_use]
    pub fn path(&self, node: usize) -> Vec<Move> {
        let mut path = Vec::new();
        let mut at = node;
        while let Some((from, by)) = &self.nodes[at].from {
            path.extend(by.iter().rev().cloned());
            at = *from;
        }
        path.reverse();
        path
    }

    /// For each state whether one of the goals can be reached from it, by moves that count.
    #[must_use]
    pub fn leads_to(&self, goal: impl Fn(&Node) -> bool, counts: impl Fn(&Move) -> bool) -> Vec<bool> {
        // Where each state's predecessors begin in one long list: a list for each state costs more than the walk.
        let edges = || self.edges.iter().filter(|edge| counts(&edge.by));
        let mut begins = vec![0; self.nodes.len() + 1];
        edges().for_each(|edge| begins[edge.to + 1] += 1);
        (1..begins.len()).for_each(|at| begins[at] += begins[at - 1]);
        let (mut next, mut before) = (begins.clone(), vec![0; begins.last().copied().unwrap_or(0)]);
        for edge in edges() {
            before[next[edge.to]] = edge.from;
            next[edge.to] += 1;
        }
        let mut leads: Vec<bool> = self.nodes.iter().map(goal).collect();
        let mut queue: Vec<usize> = (0..leads.len()).filter(|node| leads[*node]).collect();
        while let Some(node) = queue.pop() {
            for from in &before[begins[node]..begins[node + 1]] {
                if !core::mem::replace(&mut leads[*from], true) {
                    queue.push(*from);
                }
            }
        }
        leads
    }

    /// The cheapest way from the first state to a goal, with what it costs; moves of no cost are free.
    #[must_use]
    pub fn cheapest(
        &self,
        goal: impl Fn(&Node) -> bool,
        cost: impl Fn(&Edge) -> Option<u32>,
    ) -> Option<(u32, Vec<Move>)> {
        let mut out = vec![Vec::new(); self.nodes.len()];
        for (at, edge) in self.edges.iter().enumerate() {
            out[edge.from].push(at);
        }
        let mut best: Vec<Option<(u32, Option<usize>)>> = vec![None; self.nodes.len()];
        let mut open = std::collections::BTreeSet::from([(0u32, 0usize)]);
        *best.first_mut()? = Some((0, None));
        while let Some((so_far, node)) = open.pop_first() {
            if goal(&self.nodes[node]) {
                return Some((so_far, self.back(node, &best)));
            }
            for at in &out[node] {
                let edge = &self.edges[*at];
                let Some(more) = cost(edge) else { continue };
                let total = so_far + more;
                if best[edge.to].is_none_or(|(old, _)| total < old) {
                    if let Some((old, _)) = best[edge.to] {
                        open.remove(&(old, edge.to));
                    }
                    best[edge.to] = Some((total, Some(*at)));
                    open.insert((total, edge.to));
                }
            }
        }
        None
    }

    fn back(&self, node: usize, best: &[Option<(u32, Option<usize>)>]) -> Vec<Move> {
        let mut moves = Vec::new();
        let mut at = node;
        while let Some((_, Some(edge))) = best[at] {
            moves.push(self.edges[edge].by.clone());
            at = self.edges[edge].from;
        }
        moves.reverse();
        moves
    }
}
