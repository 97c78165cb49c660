//! The engine against a small reference model: random owners, methods, journals, clocks and cuts of the power.
//!
//! The model knows nothing of states. It keeps books on what the requirements count (comparisons, tries, life,
//! proofs) and after every step the engine has to agree. At the end of each trace a patient owner and a healthy device
//! take over: from wherever chance has left him, he gets in, or is told why not and what next.
//!
//! Steps in the default run: 10^6. `RESETKIT_PROPTEST_STEPS=100000000` for a long one.

use crate::support::*;
use crate::table::events;
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
    proofs: u8,
    steps: u64,
    /// Questions whose answer was lost: the session still waits for them.
    lost: Vec<Ticket>,
    /// The power was cut and nothing was left to resume.
    gone: bool,
}

/// What is looked at before and after a step.
#[derive(Debug, Clone, PartialEq)]
struct Glance {
    step: Step,
    method: Option<MethodId>,
    commits: usize,
    over: bool,
}

impl World {
    fn new(selection: Selection, rules: SessionRules, lane: Lane) -> Self {
        let device = Device::opens(Opening { lane, rules, ..opening(selection) });
        let books = Books { session_left: 10, ..Books::default() };
        Self { device, books, proofs: rules.proofs, steps: 0, lost: Vec::new(), gone: false }
    }

    fn glance(&self) -> Glance {
        let session = self.device.session();
        let asked = self.device.asked.iter().filter(|asked| matches!(asked, Asked::Commit { .. })).count();
        Glance {
            step: session.step_shown(),
            method: session.record(self.device.time()).map(|record| record.method),
            commits: self.device.commits.len() + asked,
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
        if before.over {
            assert_eq!(before, after, "what is over stays over");
        }
        if after.commits > before.commits {
            assert_eq!((name, before.step), (EventName::Prepared, Step::Saving), "R60: staged first");
            assert!(self.books.proved.len() >= usize::from(self.proofs), "F3: nobody sets a password without a proof");
        }
        if after.step == Step::ChoosePassword && !matches!(before.step, Step::ChoosePassword | Step::Saving) {
            let by_code = name == EventName::Derived && self.books.right_now.is_some();
            let by_choice =
                chosen.is_some_and(|method| self.books.proved.get(method).is_some_and(|until| now < *until));
            assert!(by_code || by_choice, "CVE-2026-18963: {name:?} led from {:?} to the new password", before.step);
        }
        if name == EventName::Derived && self.books.right_now.is_some() && self.proofs == 1 {
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
        if let Some(request) = request.filter(|_| Code::parse(text, CodeStyle::Letters).is_ok() && !over) {
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
        let (mails, charged) = (self.device.mails.len(), self.device.ledger.clone());
        if well {
            self.device.answer(asked);
        } else {
            self.device.give(badly(asked, self.steps));
        }
        if issued && self.device.mails.len() > mails {
            self.opens_books();
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
    fn opens_books(&mut self) {
        let (now, counter) = (self.device.now, *self.device.mails.keys().last().expect("one was made"));
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
            Asked::Derive { code, counter, .. } => {
                if well && self.device.step() == Step::Checking && self.books.guess == Some(*counter) {
                    self.compares(code, *counter);
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
        }
    }

    fn compares(&mut self, code: &Code, counter: Counter) {
        let compared = self.books.compared.entry(counter).or_default();
        *compared += 1;
        self.books.in_session += 1;
        assert!(*compared <= 5, "R6: {counter} compared {compared} times");
        assert!(self.books.in_session <= 10, "R7: ten comparisons in a session");
        if self.device.mails[&counter] == *code.display().expose() {
            let method = self.glance().method.expect("a code is out");
            self.books.proved.insert(method.clone(), self.device.now + minutes(60));
            self.books.right_now = Some(method);
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
                Step::Notice => self.give(Event::Acknowledged),
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
                Step::Preparing | Step::Checking | Step::Saving => {
                    if self.device.asked.is_empty() {
                        let deadline = self.device.session().deadline().expect("time leads on");
                        self.passes(deadline.at.saturating_sub(self.device.now), true);
                    }
                }
                Step::Done | Step::AddressConfirmed | Step::Cancelled => return,
                Step::DeadEnd | Step::Expired => {
                    assert!(view.failure.is_some(), "the owner is told why");
                    return;
                }
            }
        }
        panic!("the owner goes round in circles: {:?}", self.device.view());
    }
}

/// The challenge that a charge is for.
fn guess_of(asked: &Asked) -> Option<Counter> {
    if let Asked::Charge { record, .. } = asked { Some(record.challenge.counter) } else { None }
}

/// Whether a bad answer to a charge is a refusal, or a journal that fails.
fn is_refusal(dice: u64) -> bool {
    dice.is_multiple_of(2)
}

/// A bad answer to a question.
fn badly(asked: Asked, dice: u64) -> Event {
    match asked {
        Asked::Start { ticket } => Event::MethodGone(ticket, FailureKind::MethodCrashed),
        Asked::SealWish { run } => Event::MethodFailed(run, FailureKind::RelayUnreachable),
        Asked::Issue { ticket, .. } => Event::ChallengeRefused(ticket, FailureKind::SealFailed.into()),
        Asked::Persist { ticket, .. } => Event::StoreFailed(ticket),
        Asked::Charge { ticket, .. } if is_refusal(dice) => Event::ChargeRefused(ticket, Refusal::Wait(minutes(6))),
        Asked::Charge { ticket, .. } => Event::StoreFailed(ticket),
        Asked::Derive { ticket, .. } => Event::DeriveFailed(ticket),
        Asked::Prepare { ticket } if is_refusal(dice) => Event::PasswordRefused(ticket, vec![PasswordFlaw::Common]),
        Asked::Prepare { ticket } => Event::PrepareFailed(ticket, FailureKind::PrepareFailed),
        Asked::Commit { ticket, .. } | Asked::Confirm { ticket, .. } => {
            Event::CommitFailed(ticket, FailureKind::CommitFailed)
        }
    }
}

const WAYS: [&str; 4] = ["companion", "email", "kept-codes", "nobody"];

impl World {
    /// One random thing happens.
    fn happens(&mut self, op: u32) {
        let dice = (op >> 6) as usize;
        match op % 64 {
            0 | 1 => self.give(Event::Acknowledged),
            2..=5 => self.give(Event::MethodChosen(method(WAYS[dice % WAYS.len()]))),
            6 => self.give(Event::TryAnotherWay),
            7 => self.give(Event::NoMailCame),
            8 => self.give(Event::NewChallengeAsked),
            9 => self.more_time(),
            10 if dice.is_multiple_of(16) => self.give(Event::Cancelled),
            11 => self.give(Event::ButtonPressed),
            10 | 12..=14 => self.types_right(),
            15..=17 => self.types_wrong(),
            18 => self.types("000-000-001"),
            19 => self.types_old(dice),
            20 => self.give(password(GOOD)),
            21 => self.give(password("short")),
            22 if dice.is_multiple_of(16) => self.give(Event::Superseded),
            48..=50 => self.answer(dice, false),
            51 if !self.device.asked.is_empty() => self.loses_answer(dice),
            52..=54 => self.hears_nonsense(dice),
            55 | 56 => self.method_misbehaves(dice),
            57..=59 => self.passes(Duration::from_millis(1 << (dice % 20)), true),
            60 if dice.is_multiple_of(4) => self.passes(Duration::from_millis(1 << (dice % 25)), true),
            61 => self.passes(Duration::from_millis(1 << (dice % 18)), false),
            62 if dice.is_multiple_of(4) => self.reboots(),
            _ => self.answer(if dice.is_multiple_of(4) { dice >> 2 } else { 0 }, true),
        }
    }

    fn types_right(&mut self) {
        if let Some(right) = self.shown().and_then(|request| self.device.mails.get(&request).cloned()) {
            self.types(&right);
        }
    }

    fn types_wrong(&mut self) {
        let wrong = Code::from_random(CodeStyle::Letters, self.device.octets()).display().expose().clone();
        self.types(&wrong);
    }

    fn types_old(&mut self, dice: usize) {
        let old = self.device.mails.values().nth(dice % self.device.mails.len().max(1)).cloned();
        self.types(&old.unwrap_or_default());
    }

    /// An answer never comes. Only the one that decides is never given up: there the whole device is gone.
    fn loses_answer(&mut self, dice: usize) {
        let lost = self.device.asked.remove(dice % self.device.asked.len());
        self.lost.push(lost.ticket());
        self.gone = matches!(lost, Asked::Commit { .. } | Asked::Confirm { .. });
    }

    /// An answer to nothing that was asked: late, false, or made up.
    fn hears_nonsense(&mut self, dice: usize) {
        let ticket = Ticket::new(u32::try_from(dice >> 8 & 0xff).expect("an octet"));
        let asked = self.device.asked.iter().any(|asked| asked.ticket() == ticket);
        let open = asked || self.lost.contains(&ticket) || self.device.run == Some(ticket);
        let mut all = events(ticket);
        let event = all.swap_remove(dice % all.len());
        let harmless =
            !matches!(event, Event::CodeTyped(_) | Event::MoreTimeAsked | Event::Cancelled | Event::Superseded);
        if !open && harmless {
            self.give(event);
        }
    }

    fn method_misbehaves(&mut self, dice: usize) {
        let Some(run) = self.device.run else { return };
        let form = SealForm::LongAddressSealed;
        self.give(match dice % 5 {
            0 => Event::MethodGone(run, FailureKind::MethodCrashed),
            1 => Event::MethodFailed(run, FailureKind::SmtpRefused),
            2 => Event::SealAsked { run, purpose: Purpose::Reset, form },
            3 => Event::SealAsked { run, purpose: Purpose::Unlock, form },
            _ => Event::MethodReady(run),
        });
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
fn explore(selection: fn() -> Selection, rules: SessionRules, lane: Lane, share: u64) {
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
                || World::new(selection(), rules, lane),
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
    for step in [Step::Done, Step::DeadEnd, Step::Cancelled, Step::Expired] {
        assert!(ended(step) > 0, "no trace ended in {step:?}");
    }
}

#[test]
fn f3_r6_r7_r11_r19_three_ways_at_the_console_agree_with_the_books() {
    explore(three_ways, SessionRules::default(), Lane::Console, 4);
}

#[test]
fn f3_r6_r7_r11_r19_one_way_over_the_network_agrees_with_the_books() {
    explore(companion_only, SessionRules::default(), Lane::Network, 4);
}

#[test]
fn f3_f11_two_proofs_agree_with_the_books() {
    explore(three_ways, SessionRules { proofs: 2, ..SessionRules::default() }, Lane::Console, 4);
}

#[test]
fn f3_r6_r7_r11_r19_one_way_at_the_console_agrees_with_the_books() {
    explore(companion_only, SessionRules::default(), Lane::Console, 4);
}
