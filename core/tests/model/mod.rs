//! The engine against a small reference model: random owners, methods, journals, clocks and cuts of the power.
//!
//! The model knows nothing of states. It keeps books on what the requirements count (comparisons, tries, life,
//! proofs) and after every step the engine has to agree. At the end of each trace a patient owner and a healthy device
//! take over: from wherever chance has left him, he gets in, or is told why not and what next.
//!
//! Steps in the default run: 10^6. `RESETKIT_PROPTEST_STEPS=100000000` for a long one.

mod chance;
mod openings;

use crate::support::*;
use chance::{badly, guess_of, is_refusal};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use resetkit_core::*;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::time::Duration;

const TRACE: usize = 256;

/// Books on one session.
#[derive(Debug, Default)]
struct Books {
    /// Comparisons that could have happened, by challenge: R6.
    compared: BTreeMap<Counter, u32>,
    /// ... in the session: R7. Counted since the power was last cut, plus what the record says was spent before.
    in_session: u32,
    /// Tries that the screen must show, by challenge.
    tries: BTreeMap<Counter, u8>,
    /// When the life of a challenge ends, and the latest it may be extended to, in time since boot.
    life: BTreeMap<Counter, (Duration, Duration)>,
    /// Methods that proved something in this boot, until when at the latest.
    proved: BTreeMap<MethodId, Duration>,
    /// Whether the last answer was the right code, charged before.
    right_now: Option<MethodId>,
    /// The guess that is under way.
    guess: Option<Counter>,
    /// Tries left in the session.
    session_left: u8,
}

struct World {
    device: Device,
    books: Books,
    proofs: ProofRule,
    steps: u64,
    /// Questions whose answer was lost: the session still waits for them.
    lost: Vec<Ticket>,
    /// The power was cut and nothing was left to resume.
    gone: bool,
    /// The button's line as it really was: level from this moment on.
    line: Vec<(Duration, bool)>,
    /// Lines of the audit log looked at.
    audited: usize,
}

/// What is looked at before and after a step.
#[derive(Debug, Clone, PartialEq)]
struct Glance {
    step: Step,
    method: Option<MethodId>,
    commits: usize,
    erasures: usize,
    over: bool,
}

impl World {
    fn new(opening: Opening) -> Self {
        let proofs = opening.rules.proofs;
        let mut device = Device::opens(opening);
        if let Some(sheet) = &mut device.sheet {
            sheet.used[7] = true;
        }
        let books = Books { session_left: 10, ..Books::default() };
        let line = vec![(Duration::ZERO, false)];
        Self { device, books, proofs, steps: 0, lost: Vec::new(), gone: false, line, audited: 0 }
    }

    fn glance(&self) -> Glance {
        let session = self.device.session();
        let asked = self.device.asked.iter().filter(|asked| matches!(asked, Asked::Commit { .. })).count();
        Glance {
            step: session.step_shown(),
            method: session.record(self.device.time()).map(|record| record.method),
            commits: self.device.commits.len() + asked,
            erasures: self.device.erased.len() + usize::from(session.step_shown() == Step::Erasing),
            over: session.is_over(),
        }
    }

    /// One event, and the books are compared.
    fn give(&mut self, event: Event) {
        self.steps += 1;
        let before = self.glance();
        let chosen = if let Event::MethodChosen(method) = &event { Some(method.clone()) } else { None };
        let name = event.name();
        self.device.give(event);
        let after = self.glance();
        self.compare(&before, &after, name, chosen.as_ref());
        self.books.right_now = None;
    }

    fn compare(&mut self, before: &Glance, after: &Glance, name: EventName, chosen: Option<&MethodId>) {
        let now = self.device.now;
        let held = self.audits_a_hold();
        if before.over {
            assert_eq!(before, after, "what is over stays over");
        }
        if after.commits > before.commits {
            assert_eq!((name, before.step), (EventName::Prepared, Step::Saving), "R60: staged first");
            assert!(self.is_proved(), "F3, F11: nobody sets a password without proof");
            let erases = self.device.rules.button.is_some_and(|button| button.on_presence == OnPresence::FactoryState);
            assert!(!(erases && self.books.proved.contains_key(&method("button"))), "R88: factory state, no password");
        }
        if before.step == Step::Erasing && after.step != Step::Erasing {
            // What it was granted by is spent, also where nothing was erased.
            self.books.proved.clear();
        }
        if after.erasures > before.erasures {
            let rules = self.device.rules.button.expect("R88: only by the button");
            assert_eq!(rules.on_presence, OnPresence::FactoryState, "R88: only where the profile says so");
            assert!(self.books.proved.contains_key(&method("button")), "R88: only by a hold");
            assert!(self.is_proved(), "F11");
            assert!(
                self.device.audit.iter().any(|what| matches!(what, AuditKind::LossConfirmed(..))),
                "R88: said before"
            );
        }
        if after.step == Step::ChoosePassword && !matches!(before.step, Step::ChoosePassword | Step::Saving) {
            let by_code = name == EventName::Derived && self.books.right_now.is_some();
            let by_choice =
                chosen.is_some_and(|method| self.books.proved.get(method).is_some_and(|until| now < *until));
            assert!(
                by_code || by_choice || held,
                "CVE-2026-18963: {name:?} led from {:?} to the new password",
                before.step
            );
        }
        if name == EventName::Derived && self.books.right_now.is_some() && self.proofs.wanted() == 1 {
            assert_eq!(after.step, Step::ChoosePassword, "the right code opens");
        }
        if before.step == Step::Checking && after.step == Step::EnterCode && self.books.right_now.is_some() {
            panic!("the right code was taken for a wrong one");
        }
        if after.step == Step::EnterCode {
            self.compare_entry(now);
        }
        let waits = self.device.session().deadline().is_some() || !self.device.asked.is_empty();
        assert!(after.over || waits, "nobody would ever come back to it");
        assert!(self.device.most_effects <= 12);
    }

    /// A hold that the engine says it saw has to be one by another yardstick: the line was really pressed for ten
    /// seconds, but for three gaps of a bounce.
    fn audits_a_hold(&mut self) -> bool {
        let fresh = &self.device.audit[self.audited..];
        let held = fresh.iter().any(|what| matches!(what, AuditKind::Proved(_, by) if *by == method("button")));
        self.audited = self.device.audit.len();
        if held {
            let end = self.line.iter().rev().find(|(_, pressed)| !pressed).expect("R88: it was let go").0;
            let begin = end.checked_sub(Duration::from_secs(10)).expect("R88: no hold in the first ten seconds");
            let ends = self.line.iter().skip(1).map(|(at, _)| *at).chain([end]);
            let pressed = self.line.iter().zip(ends).filter(|((_, pressed), _)| *pressed);
            let pressed: Duration = pressed.map(|((from, _), to)| to.min(end).saturating_sub((*from).max(begin))).sum();
            assert!(pressed >= Duration::from_millis(9_910), "R88: held for {pressed:?}: {:?}", self.line);
            self.books.proved.insert(method("button"), self.device.now + minutes(60));
        }
        held
    }

    /// Whether what was proved so far is enough, by the rule as a policy says it.
    fn is_proved(&self) -> bool {
        let kind = |method: &MethodId| self.device.selection.offer(method).map(|offer| offer.proof);
        let kinds: std::collections::BTreeSet<_> = self.books.proved.keys().filter_map(kind).collect();
        let rule = self.proofs;
        let others = kinds.iter().filter(|kind| rule.optional.has(**kind) && !rule.required.has(**kind)).count();
        rule.required.iter().all(|kind| kinds.contains(&kind))
            && others >= usize::from(rule.at_least)
            && kinds.iter().any(|kind| kind.strength() >= rule.least_strength)
    }

    fn compare_entry(&mut self, now: Duration) {
        let view = self.device.view();
        let request = view.request.expect("a code is entered for a request");
        assert!(self.device.stored.contains(&request), "R32: shown before it was durable");
        assert!(!self.device.voided.contains(&request), "a void challenge is shown");
        assert_eq!(view.tries_left, Some(self.books.tries[&request]), "tries of {request}");
        let (ends, _) = self.books.life[&request];
        let left = ends.saturating_sub(now).as_millis().div_ceil(60_000);
        assert_eq!(view.minutes_left.map(u128::from), Some(left), "minutes of {request}");
    }

    // ---- what the owner does ----

    fn types(&mut self, text: &str) {
        let request = self.shown();
        let over =
            request.and_then(|request| self.books.life.get(&request)).is_some_and(|life| life.0 <= self.device.now);
        let style = self.device.view().code_style;
        if let Some(request) = request.filter(|_| Code::parse(text, style).is_ok() && !over) {
            *self.books.tries.get_mut(&request).expect("seen before") -= 1;
            self.books.session_left -= 1;
            self.books.guess = Some(request);
        }
        self.give(typed(text));
    }

    /// The request at code entry.
    fn shown(&self) -> Option<Counter> {
        (self.device.step() == Step::EnterCode).then(|| self.device.view().request).flatten()
    }

    fn more_time(&mut self) {
        let now = self.device.now;
        let life = self.shown().and_then(|request| self.books.life.get_mut(&request));
        if let Some(life) = life.filter(|life| life.0 > now && life.0 < life.1) {
            life.0 = (life.0 + minutes(60)).min(life.1);
        }
        if self.device.step() == Step::ChoosePassword {
            // A proof may be extended to an hour in all.
            self.books.proved.values_mut().for_each(|until| *until += minutes(60));
        }
        self.give(Event::MoreTimeAsked);
    }

    // ---- what the device answers ----

    fn answer(&mut self, index: usize, well: bool) {
        if self.device.asked.is_empty() {
            return;
        }
        self.steps += 1;
        let before = self.glance();
        let asked = self.device.asked.remove(index % self.device.asked.len());
        let name = self.foresee(&asked, well);
        let (issued, guess) = (matches!(asked, Asked::Issue { .. }), guess_of(&asked));
        let (made, charged) = (self.device.ledger.record(self.device.time()).counter, self.device.ledger.clone());
        if well {
            self.device.answer(asked);
        } else {
            self.device.give(badly(asked, self.steps));
        }
        let newest = self.device.ledger.record(self.device.time()).counter;
        if issued && newest > made {
            self.opens_books(Counter::new(newest));
        }
        let refused = if well { self.device.ledger == charged } else { is_refusal(self.steps) };
        if let Some(counter) = guess.filter(|_| refused) {
            self.gives_back(counter);
        }
        let after = self.glance();
        self.compare(&before, &after, name, None);
        self.books.right_now = None;
    }

    /// A challenge was made: its life and tries begin.
    fn opens_books(&mut self, counter: Counter) {
        let now = self.device.now;
        self.books.tries.insert(counter, self.books.session_left.min(5));
        self.books.life.insert(counter, (now + minutes(60), now + minutes(1_440)));
    }

    /// A charge was refused and nothing taken: the try is had again, unless the attempt that a press reserved is
    /// asked for in its place (R10).
    fn gives_back(&mut self, counter: Counter) {
        let again = self.device.asked.iter().any(|asked| matches!(asked, Asked::Charge { lane: Lane::Button, .. }));
        if !again && self.books.guess == Some(counter) {
            *self.books.tries.get_mut(&counter).expect("typed before") += 1;
            self.books.session_left += 1;
            self.books.guess = None;
        }
    }

    /// What the books say of an answer that is about to be given.
    fn foresee(&mut self, asked: &Asked, well: bool) -> EventName {
        match asked {
            Asked::Charge { record, .. } => {
                assert!(record.tries_left < 5, "R11: the record that is charged has a try less");
                EventName::Charged
            }
            Asked::Derive { code, bound, .. } => {
                let at = self.books.guess.filter(|_| well && self.device.step() == Step::Checking);
                if let Some(counter) = at.filter(|at| !matches!(bound, Bound::Counter(other) if other != at)) {
                    self.compares(code, counter);
                }
                EventName::Derived
            }
            Asked::Commit { grant, .. } => {
                assert_eq!(grant.account(), &account("admin"), "F19");
                assert!(!grant.spent().is_empty(), "R14");
                EventName::Committed
            }
            Asked::Prepare { .. } => EventName::Prepared,
            Asked::Start { .. } | Asked::SealWish { .. } => EventName::MethodReady,
            Asked::Issue { .. } => EventName::ChallengeIssued,
            Asked::Persist { .. } => EventName::Persisted,
            Asked::Confirm { .. } => EventName::AddressConfirmed,
            Asked::Raise { .. } => EventName::CounterRaised,
            Asked::Watch { .. } => EventName::ButtonWatched,
            Asked::Erase { grant, .. } => {
                assert_eq!(grant.account(), &account("admin"), "F19");
                EventName::Erased
            }
        }
    }

    fn compares(&mut self, code: &Code, counter: Counter) {
        let compared = self.books.compared.entry(counter).or_default();
        *compared += 1;
        self.books.in_session += 1;
        assert!(*compared <= 5, "R6: {counter} compared {compared} times");
        assert!(self.books.in_session <= 10, "R7: ten comparisons in a session");
        if self.is_right(code, counter) {
            let method = self.glance().method.expect("a code is out");
            self.books.proved.insert(method.clone(), self.device.now + minutes(60));
            self.books.right_now = Some(method);
        }
    }

    /// The code of the mail; or one of the sheet that is not crossed out (R14).
    fn is_right(&self, code: &Code, counter: Counter) -> bool {
        let shown = code.display();
        match (self.device.view().sheet, &self.device.sheet) {
            (Some(_), Some(sheet)) => {
                sheet.paper.iter().zip(&sheet.used).any(|(paper, used)| paper == shown.expose() && !used)
            }
            (Some(_), None) => false,
            (None, _) => self.device.mails[&counter] == *shown.expose(),
        }
    }

    // ---- time and power ----

    fn passes(&mut self, time: Duration, on_time: bool) {
        let end = self.device.now + time;
        while on_time && let Some(deadline) = self.device.session().deadline().filter(|deadline| deadline.at <= end) {
            self.device.now = self.device.now.max(deadline.at);
            self.give(Event::DeadlineReached(deadline.why));
        }
        self.device.now = end;
    }

    fn reboots(&mut self) {
        let disk = self.device.disk.clone();
        let resumed = self.device.reboots_unsettled();
        self.gone = resumed.is_err();
        self.lost.clear();
        self.line = vec![(Duration::ZERO, self.device.line_pressed)];
        if let (Ok(()), Some(record)) = (resumed, disk) {
            let counter = record.challenge.counter;
            let tries = self.books.tries.get_mut(&counter).expect("made before");
            assert!(record.tries_left >= *tries, "the journal is never behind on what was given back");
            // What was not durably charged was never compared; what was, stays charged (F14).
            assert!(u32::from(record.tries_left) + self.books.compared.get(&counter).unwrap_or(&0) <= 5);
            *tries = record.tries_left;
            self.books.session_left = record.session_tries_left;
            let now = self.device.now;
            let left = minutes(u64::from(record.minutes_left) - 5);
            let cap = minutes(u64::from(record.cap_minutes_left.saturating_sub(5))).max(left);
            self.books.life.insert(counter, (now + left, now + cap));
            self.books.proved.clear();
            self.books.guess = None;
            let step = self.device.step();
            assert!(matches!(step, Step::Preparing | Step::EnterCode), "never beyond code entry: {step:?}");
        }
    }

    // ---- the end of a trace ----

    /// A patient owner, a healthy device. Gets in, or is told why not.
    fn ends_well(&mut self) {
        for _ in 0..60 {
            while !self.device.asked.is_empty() {
                self.answer(0, true);
            }
            let view = self.device.view();
            match view.step {
                Step::Notice | Step::ConfirmLoss => self.give(Event::Acknowledged),
                Step::HoldButton => self.holds(Duration::from_secs(11)),
                Step::ChooseMethod => {
                    let offer = view.offers.first().expect("a chooser without a choice");
                    self.give(Event::MethodChosen(offer.method.clone()));
                }
                Step::EnterCode => {
                    if let Some(wait) = view.retry_in {
                        assert!(wait <= minutes(15), "R8: {wait:?}");
                        self.passes(wait, true);
                    } else if view.minutes_left <= Some(1) && view.can_extend {
                        self.more_time();
                    } else {
                        let right = self.device.mail();
                        self.types(&right);
                    }
                }
                Step::ChoosePassword => self.give(password(GOOD)),
                // An answer was lost on the way: time leads on.
                Step::Preparing | Step::Checking | Step::Saving | Step::Erasing => {
                    if self.device.asked.is_empty() {
                        let deadline = self.device.session().deadline().expect("time leads on");
                        self.passes(deadline.at.saturating_sub(self.device.now), true);
                    }
                }
                Step::Done | Step::FactoryState | Step::AddressConfirmed | Step::Cancelled => return,
                Step::DeadEnd | Step::Expired => {
                    assert!(view.failure.is_some(), "the owner is told why");
                    return;
                }
            }
        }
        panic!("the owner goes round in circles: {:?}", self.device.view());
    }
}

/// One trace, over as many sessions as it needs; the last one is brought to a good end.
fn run_trace(ops: &[u32], open: impl Fn() -> World, ended: impl Fn(Step)) -> u64 {
    let (mut world, mut steps) = (open(), 0);
    for op in ops {
        if world.gone || world.device.session().is_over() {
            ended(world.device.step());
            steps += world.steps;
            world = open();
        }
        world.happens(*op);
    }
    if !world.gone {
        world.ends_well();
    }
    ended(world.device.step());
    steps + world.steps
}

/// Runs random traces until so many steps were taken.
#[expect(clippy::print_stdout, reason = "the figures are for the evidence")]
fn explore(open: impl Fn() -> Opening, share: u64, endings_wanted: &[Step]) {
    let wanted = std::env::var("RESETKIT_PROPTEST_STEPS").ok().and_then(|steps| steps.parse().ok());
    let wanted: u64 = wanted.unwrap_or(1_000_000) / share;
    let (steps, endings) = (Cell::new(0), Cell::new([0_u64; Step::ALL.len()]));
    let trace = proptest::collection::vec(any::<u32>(), TRACE);
    let mut runner = TestRunner::new(ProptestConfig { cases: u32::MAX, ..ProptestConfig::with_source_file(file!()) });
    while steps.get() < wanted {
        let ops = trace.new_tree(&mut runner).expect("a vector of numbers");
        let run = |ops: Vec<u32>| {
            let taken = run_trace(
                &ops,
                || World::new(open()),
                |step| {
                    let mut counts = endings.get();
                    counts[step as usize] += 1;
                    endings.set(counts);
                },
            );
            steps.set(steps.get() + taken);
            Ok(())
        };
        runner.run_one(ops, run).unwrap_or_else(|error| panic!("{error}"));
    }
    let ended = |step: Step| endings.get()[step as usize];
    println!("{} steps; ended: {:?}", steps.get(), Step::ALL.map(|step| (step.as_str(), ended(step))));
    for step in endings_wanted {
        assert!(ended(*step) > 0, "no trace ended in {step:?}");
    }
}
