//! Steps of the engine a second, next to the floor: the same number of moves of a value of the same size through a
//! function that only looks at its event. `cargo run --release -p resetkit-core --example steps`

#![allow(clippy::print_stdout, reason = "a measuring program prints")]
#![allow(clippy::disallowed_methods, reason = "a measuring program holds the watch")]

use resetkit_core::*;
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: u32 = 300_000;

fn name(id: &str) -> MethodId {
    MethodId::parse(id).expect("a good id")
}

fn opening() -> Opening {
    let offer = Offer {
        method: name("companion"),
        loss: Loss::PasswordOnly,
        proof: ProofKind::Mailbox,
        carries: Carries::Sealed,
    };
    Opening {
        id: SessionId::from_octets([7; 16]),
        lane: Lane::Console,
        purpose: Purpose::Reset,
        account: AccountName::parse("admin").expect("a good name"),
        selection: Selection { offered: vec![offer], ..Selection::default() },
        rules: SessionRules::default(),
    }
}

/// The whole story of a reset, and how many steps it took. Answers are made from the effects alone.
fn story(code: &str, right: [u8; 32]) -> u32 {
    let now = Now::after_boot(Duration::from_secs(60));
    let (mut session, effects) = Session::open(opening(), now);
    let (mut todo, mut next, mut steps) = (Vec::new(), effects, 0);
    todo.push(Event::Acknowledged);
    while !session.is_over() {
        todo.extend(next.into_iter().filter_map(|effect| answer(effect, right)));
        let event = todo.pop().unwrap_or_else(|| {
            if session.step_shown() == Step::EnterCode {
                Event::CodeTyped(Secret::new(code.into()))
            } else {
                Event::PasswordTyped(Secret::new("a long fresh one".into()))
            }
        });
        (session, next) = session.step(now, event);
        steps += 1;
    }
    steps
}

fn answer(effect: Effect, right: [u8; 32]) -> Option<Event> {
    match effect {
        Effect::StartMethod { ticket, .. } => {
            Some(Event::SealAsked { run: ticket, purpose: Purpose::Reset, form: SealForm::AddressSealed })
        }
        Effect::IssueChallenge { ticket, purpose, style, .. } => {
            let verifier = Verifier::from_octets(right);
            let challenge = Challenge {
                counter: Counter::new(1),
                purpose,
                style,
                expected: Expected::Drawn(verifier),
                salt: Salt([1; 16]),
            };
            Some(Event::ChallengeIssued(ticket, challenge))
        }
        Effect::Persist { ticket, .. } => Some(Event::Persisted(ticket)),
        Effect::Charge { ticket, .. } => Some(Event::Charged(ticket)),
        Effect::Derive { ticket, .. } => Some(Event::Derived(ticket, Derived::from_octets(right))),
        Effect::Prepare { ticket, .. } => Some(Event::Prepared(ticket, TransactionId::new(1))),
        Effect::CommitPassword { ticket, .. } => Some(Event::Committed(ticket)),
        Effect::StopMethod { .. }
        | Effect::DeliverSealed { .. }
        | Effect::AwaitKept { .. }
        | Effect::DeliverCode { .. }
        | Effect::RaiseCounter { .. }
        | Effect::WatchButton { .. }
        | Effect::LeaveButton { .. }
        | Effect::EraseAll { .. }
        | Effect::TellMethod { .. }
        | Effect::DropPrepared(_)
        | Effect::ConfirmAddress { .. }
        | Effect::VoidChallenges(_)
        | Effect::Audit(_)
        | Effect::NotifyOwner(_)
        | Effect::Note(_)
        | Effect::Close => None,
    }
}

/// A step that means nothing: the event is looked at, the session comes back, one note with it.
fn ignored() -> Duration {
    let now = Now::after_boot(Duration::from_secs(60));
    let (mut session, _) = Session::open(opening(), now);
    let start = Instant::now();
    for _ in 0..ROUNDS {
        let (next, effects) = black_box(session).step(now, black_box(Event::Persisted(Ticket::new(9))));
        drop(black_box(effects));
        session = next;
    }
    start.elapsed()
}

/// The floor: a value as large as a session and an event go in, the value and an empty list of effects come out.
fn floor() -> Duration {
    #[inline(never)]
    fn no_op(session: [u8; size_of::<Session>()], event: &Event) -> ([u8; size_of::<Session>()], Effects) {
        black_box(event.name());
        (session, Effects::default())
    }
    let mut session = [0; size_of::<Session>()];
    let start = Instant::now();
    for _ in 0..ROUNDS {
        let event = black_box(Event::Persisted(Ticket::new(9)));
        let (next, effects) = no_op(black_box(session), &event);
        drop(black_box(effects));
        session = next;
    }
    start.elapsed()
}

fn per_step(time: Duration, steps: u32) -> f64 {
    time.as_secs_f64() * 1e9 / f64::from(steps)
}

/// The middle of five runs.
fn median(run: impl Fn() -> f64) -> f64 {
    let mut runs: Vec<_> = (0..5).map(|_| run()).collect();
    runs.sort_by(f64::total_cmp);
    runs[2]
}

fn main() {
    let code = Code::from_random(CodeStyle::Letters, [3; 16]).display().expose().clone();
    let floor = median(|| per_step(floor(), ROUNDS));
    let ignored = median(|| per_step(ignored(), ROUNDS));
    let story = median(|| {
        let start = Instant::now();
        let steps = (0..ROUNDS / 10).map(|_| story(black_box(&code), [5; 32])).sum();
        per_step(start.elapsed(), steps)
    });
    println!("session {} octets, event {} octets", size_of::<Session>(), size_of::<Event>());
    for (what, nanoseconds) in [("floor (no-op step)", floor), ("ignored event", ignored), ("whole reset", story)] {
        let ratio = nanoseconds / floor;
        println!("{what:20} {nanoseconds:8.1} ns a step {:12.0} steps a second {ratio:6.1} x floor", 1e9 / nanoseconds);
    }
}
