//! Walks one setting: every state that can be reached with at most so many troubles on one path.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::BuildHasherDefault;

use resetkit_core::{Carries, FailureKind, MethodId, PasswordFlaw, ProofKind, SessionView, Step};

use crate::checks::Check;
use crate::graph::{Edge, Graph, Node};
use crate::machine::Engine;
use crate::mark::Mark;
use crate::moves::{Move, Question};
use crate::setting::Setting;
use crate::walker::{Asked, Walker};

/// Walks a setting with at most `troubles` on one path. Paths with fewer come first, so that a counter-example is short.
#[must_use]
pub fn walk(engine: &dyn Engine, setting: &Setting, troubles: u8) -> Graph {
    let mut search = Search {
        engine,
        setting,
        most: troubles,
        graph: Graph::default(),
        known: HashMap::default(),
        tried: HashSet::default(),
        layers: (0..=troubles).map(|_| VecDeque::new()).collect(),
        kept: 0,
    };
    search.run();
    search.graph
}

/// A kind of state: the step, the method in use, what is asked, and how many proofs were given.
type Kind = (Step, Option<MethodId>, Option<Question>, usize);

/// States whose walker waits with them; a walker of one beyond is played again from the start when its turn comes.
const KEPT: usize = 50_000;

struct Search<'a> {
    engine: &'a dyn Engine,
    setting: &'a Setting,
    most: u8,
    graph: Graph,
    known: HashMap<u128, usize, BuildHasherDefault<Mark>>,
    /// Moves that lead nowhere new, and the kinds of state they were tried in.
    tried: HashSet<(Kind, Move), BuildHasherDefault<Mark>>,
    /// By troubles: states that were reached and not yet left, in the order of their reaching.
    layers: Vec<VecDeque<(usize, Option<Walker<'a>>)>>,
    kept: usize,
}

impl<'a> Search<'a> {
    fn run(&mut self) {
        let walker = Walker::new(self.engine, self.setting);
        let (first, view) = self.reached(&walker, None, 0);
        if let Some(view) = view {
            self.look_at(&walker, &view, first);
        }
        self.wait(walker, first);
        // Layer by layer: all states that are reached with one trouble less come first, each by its shortest path.
        while let Some((node, walker)) = self.layers.iter_mut().find_map(VecDeque::pop_front) {
            self.kept -= usize::from(walker.is_some());
            let walker = walker.unwrap_or_else(|| self.replay(&self.graph.path(node)));
            let moves = self.moves(&walker, node);
            let mut walker = Some(walker);
            let last = moves.len().saturating_sub(1);
            for (at, by) in moves.into_iter().enumerate() {
                // The last move may use the walker up.
                let branch = if at == last { walker.take() } else { walker.as_ref().map(Walker::branch) };
                let Some(branch) = branch else { break };
                self.try_move(branch, node, by);
            }
        }
    }

    /// A new state waits for its turn.
    fn wait(&mut self, walker: Walker<'a>, node: usize) {
        let keeps = self.kept < KEPT;
        self.kept += usize::from(keeps);
        let troubles = usize::from(self.graph.nodes[node].troubles);
        self.layers[troubles].push_back((node, keeps.then_some(walker)));
    }

    fn replay(&self, path: &[Move]) -> Walker<'a> {
        let mut walker = Walker::new(self.engine, self.setting);
        path.iter().for_each(|step| walker.replay(step));
        walker.books.breaches.clear();
        walker
    }

    /// Plays one move more. A state that was known is the same state, by whatever path.
    fn try_move(&mut self, mut walker: Walker<'a>, from: usize, by: Move) {
        let troubles = self.graph.nodes[from].troubles + u8::from(by.is_trouble());
        let mut moves = vec![by.clone()];
        walker.play(&by);
        if troubles == self.most {
            self.settle(&mut walker, &mut moves);
        }
        for (check, what) in core::mem::take(&mut walker.books.breaches) {
            let known = self.graph.breaches.iter().any(|(c, w, _)| *c == check && *w == what);
            if !known {
                let path = self.graph.path(from).into_iter().chain(moves.iter().cloned()).collect();
                self.graph.breaches.push((check, what, path));
            }
        }
        let (to, new) = self.reached(&walker, Some((from, moves)), troubles);
        self.graph.edges.push(Edge { from, to, by });
        if let Some(view) = new {
            self.look_at(&walker, &view, to);
            self.wait(walker, to);
        }
    }

    /// Where nothing more may go wrong, all that is asked is answered before the owner moves again.
    fn settle(&self, walker: &mut Walker<'_>, moves: &mut Vec<Move>) {
        for _ in 0..64 {
            let Some(asked) = walker.asked.front() else { return };
            let mut answers = Vec::new();
            self.answers(asked, false, false, &mut answers);
            let Some(answer) = answers.pop() else { return };
            walker.play(&answer);
            moves.push(answer);
        }
    }

    /// The state that a walker stands in; with its view, where it is a new one.
    fn reached(
        &mut self,
        walker: &Walker<'_>,
        from: Option<(usize, Vec<Move>)>,
        troubles: u8,
    ) -> (usize, Option<SessionView>) {
        let failure = walker.failure();
        let names = failure.is_some_and(|kind| self.setting.told_to_call.contains(&kind));
        let mark = walker.mark() ^ u128::from(names);
        let shown = &mut self.graph.shown;
        failure.into_iter().for_each(|kind| note(shown, kind));
        walker.reasons(&mut |kind| note(shown, kind));
        if let Some(node) = self.known.get(&mark) {
            return (*node, None);
        }
        let view = walker.view();
        let node = Node { step: view.step, method: view.method.clone(), failure, troubles, from };
        self.graph.nodes.push(node);
        self.known.insert(mark, self.graph.nodes.len() - 1);
        (self.graph.nodes.len() - 1, Some(view))
    }

    // ---- what must hold in each state ----

    fn look_at(&mut self, walker: &Walker<'_>, view: &SessionView, node: usize) {
        let deciding = matches!(view.step, Step::Saving | Step::Erasing);
        let answered = deciding && !walker.asked.is_empty();
        if !(walker.is_over() || walker.is_woken() || answered) {
            self.breach(node, Check::NoEndlessWait, view.step.as_str());
        }
        if view.step == Step::DeadEnd && view.offers.iter().any(|offer| self.setting.reaches(&offer.method)) {
            self.breach(node, Check::SupportLast, "");
        }
        if matches!(view.step, Step::DeadEnd | Step::Expired) && view.failure.is_none() {
            self.breach(node, Check::NextStepSaid, view.step.as_str());
        }
        if view.step == Step::ChooseMethod && view.offers.is_empty() {
            self.breach(node, Check::NoDeadEnd, view.step.as_str());
        }
        if view.offers.is_sorted_by_key(|offer| offer.loss) {
        } else {
            self.breach(node, Check::LeastLossFirst, view.step.as_str());
        }
        let stranger = view.offers.iter().find(|offer| self.setting.selection.offer(&offer.method) != Some(offer));
        if let Some(offer) = stranger {
            self.breach(node, Check::OfferedOnly, offer.method.as_str());
        }
    }

    fn breach(&mut self, node: usize, check: Check, what: &str) {
        let known = self.graph.breaches.iter().any(|(c, w, _)| *c == check && w == what);
        if !known {
            let path = self.graph.path(node);
            self.graph.breaches.push((check, what.to_owned(), path));
        }
    }

    // ---- what may happen next ----

    fn moves(&mut self, walker: &Walker<'_>, node: usize) -> Vec<Move> {
        let troubles = self.graph.nodes[node].troubles;
        let view = walker.view();
        if walker.is_over() {
            return Vec::new();
        }
        let may_fail = troubles < self.most;
        let every_kind = troubles == 0;
        let mut moves = Vec::new();
        if let Some(asked) = walker.asked.front() {
            self.answers(asked, may_fail, every_kind, &mut moves);
        }
        self.owners(walker, &view, &mut moves);
        if may_fail {
            events(walker, &view, every_kind, &mut moves);
        }
        // That nobody answers is trouble; that an owner goes away is not.
        if walker.is_woken() && walker.asked.is_empty() {
            moves.push(Move::Silence);
        } else if walker.is_woken() && may_fail {
            moves.push(Move::NoAnswer);
        }
        let question = walker.asked.front().map(Asked::question);
        let proofs = walker.books.proved.len();
        moves.retain(|by| {
            !by.leads_nowhere() || self.tried.insert(((view.step, view.method.clone(), question, proofs), by.clone()))
        });
        moves
    }

    fn answers(&self, asked: &Asked, may_fail: bool, every_kind: bool, moves: &mut Vec<Move>) {
        let question = asked.question();
        if !self.setting.writes && needs_writing(question) {
            // The storage cannot be written: that is what is broken here, and no further trouble.
            moves.push(Move::Badly(question, unwritten(question)));
            return;
        }
        moves.push(Move::Well(question));
        if may_fail {
            moves.extend(question.troubles(every_kind).iter().map(|kind| Move::Badly(question, *kind)));
        }
    }

    fn owners(&self, walker: &Walker<'_>, view: &SessionView, moves: &mut Vec<Move>) {
        if view.can_cancel {
            moves.push(Move::Cancel);
        }
        match view.step {
            Step::Notice => moves.extend([Move::Acknowledge, Move::AnotherWay]),
            Step::ChooseMethod | Step::DeadEnd => {}
            Step::Preparing if view.can_try_another_way => moves.push(Move::AnotherWay),
            Step::ConfirmLoss => moves.extend([Move::Acknowledge, Move::AnotherWay]),
            Step::EnterCode => self.types(walker, view, moves),
            Step::HoldButton => {
                if !walker.asked.iter().any(|asked| matches!(asked, Asked::Watch { .. })) {
                    moves.push(Move::Hold);
                }
                moves.push(Move::AnotherWay);
            }
            Step::ChoosePassword => {
                moves.extend([Move::TypePassword, Move::TypeBadPassword(PasswordFlaw::TooShort)]);
            }
            Step::Preparing
            | Step::Checking
            | Step::Saving
            | Step::Erasing
            | Step::Done
            | Step::FactoryState
            | Step::AddressConfirmed
            | Step::Cancelled
            | Step::Expired => {}
        }
        let chooses = matches!(view.step, Step::Notice | Step::ChooseMethod | Step::DeadEnd | Step::EnterCode);
        if chooses {
            let others = view.offers.iter().filter(|offer| Some(&offer.method) != view.method.as_ref());
            moves.extend(others.map(|offer| Move::Choose(offer.method.clone())));
        }
        if view.step != Step::ChoosePassword {
            moves.push(Move::StrayPassword);
        }
        if view.step == Step::ChooseMethod {
            moves.extend(view.withheld.first().map(|withheld| Move::StrayChoice(withheld.method.clone())));
        }
    }

    fn types(&self, walker: &Walker<'_>, view: &SessionView, moves: &mut Vec<Move>) {
        if walker.code_in_hand(view) {
            moves.push(Move::TypeRight);
        }
        moves.extend([Move::TypeWrong, Move::TypeSlip, Move::NoMail, Move::AnotherWay]);
        if view.carries == Some(Carries::Kept) {
            moves.push(Move::TypeUsed);
        }
        if view.method.as_ref().and_then(|method| self.setting.proof(method)) == Some(ProofKind::Support) {
            moves.push(Move::SupportNo);
        }
        // A press is of use where the tokens ran out (R10).
        if view.retry_in.is_some() {
            moves.push(Move::Press);
        }
        if view.can_ask_new {
            moves.push(Move::NewCode);
        }
    }
}

/// Takes note of a failure that is shown, once and in order.
fn note(shown: &mut Vec<FailureKind>, kind: FailureKind) {
    if let Err(at) = shown.binary_search(&kind) {
        shown.insert(at, kind);
    }
}

/// What strikes by itself, whatever is asked.
fn events(walker: &Walker<'_>, view: &SessionView, every_kind: bool, moves: &mut Vec<Move>) {
    if view.step == Step::ChoosePassword {
        moves.push(Move::LayDown);
    }
    if walker.running.is_some() && !matches!(walker.asked.front(), Some(Asked::Start { .. } | Asked::Wish { .. })) {
        moves.push(Move::MethodDies(FailureKind::MethodCrashed));
        moves.push(Move::MethodFails(FailureKind::RelayUnreachable));
        if every_kind {
            let all = Question::Wish.troubles(false).iter().filter(|kind| **kind != FailureKind::RelayUnreachable);
            moves.extend(all.map(|kind| Move::MethodFails(*kind)));
        }
    }
    if matches!(walker.asked.front(), Some(Asked::Wish { .. })) {
        moves.push(Move::MethodOversteps);
    }
    if view.step == Step::HoldButton {
        moves.extend([Move::ButtonLost, Move::ButtonTaken]);
    }
    if matches!(view.step, Step::EnterCode | Step::ChooseMethod | Step::ChoosePassword) && walker.has_record() {
        moves.push(Move::PowerCut);
    }
    if view.step == Step::EnterCode {
        moves.push(Move::Superseded);
    }
}

/// Whether the answer to a question needs the storage.
const fn needs_writing(question: Question) -> bool {
    match question {
        Question::Code
        | Question::Write
        | Question::Charge
        | Question::Stage
        | Question::Decide
        | Question::Erase
        | Question::Mark
        | Question::Number => true,
        Question::Start | Question::Wish | Question::Hash | Question::Watch | Question::Mail => false,
    }
}

const fn unwritten(question: Question) -> FailureKind {
    match question {
        Question::Code | Question::Number => FailureKind::StorageReadOnly,
        Question::Stage => FailureKind::PrepareFailed,
        Question::Decide | Question::Mark => FailureKind::CommitFailed,
        Question::Erase => FailureKind::EraseFailed,
        Question::Start
        | Question::Wish
        | Question::Write
        | Question::Charge
        | Question::Hash
        | Question::Watch
        | Question::Mail => FailureKind::StoreFailed,
    }
}

impl Node {
    /// Whether the owner is back in, or the device is as it left the factory.
    #[must_use]
    pub fn is_in(&self) -> bool {
        matches!(self.step, Step::Done | Step::FactoryState)
    }

    /// Whether he is back in and has lost the password only.
    #[must_use]
    pub fn is_harmless(&self) -> bool {
        self.step == Step::Done
    }
}
