//! The pure parts against simpler models of themselves.

use proptest::prelude::*;
use resetkit_protocol::{DeviceStatus, Lane, ProblemCode};
use resetkit_relay::clock::UnixTime;
use resetkit_relay::judge::{Earlier, Limits, Sending, Situation, Verdict, judge};
use resetkit_relay::window::{Standing, Window};
use std::collections::BTreeSet;

proptest! {
    #[test]
    fn r32_the_window_is_a_set_that_forgets_what_is_64_below_the_highest(counters in proptest::collection::vec(0..400_u32, 1..200)) {
        let (mut window, mut model) = (Window::default(), BTreeSet::new());
        for counter in counters {
            let expected = match model.last() {
                Some(highest) if counter + 64 <= *highest => Standing::TooOld,
                Some(_) if model.contains(&counter) => Standing::Taken,
                Some(_) | None => Standing::Free,
            };
            prop_assert_eq!(window.standing(counter), expected);
            if expected == Standing::Free {
                window = window.take(counter);
                model.insert(counter);
                prop_assert_eq!(window.standing(counter), Standing::Taken);
            }
        }
    }

    /// Whatever happens in whatever order: never more than a lane's hour, a day's eight, or the network's five.
    #[test]
    fn r74_no_order_of_requests_gets_more_than_the_quota(steps in proptest::collection::vec((0..3_usize, 0..4000_i64), 1..150)) {
        let limits = Limits::default();
        let (mut now, mut sent) = (UnixTime(1_000_000), Vec::<Sending>::new());
        for (counter, (lane, pause)) in (0..).zip(steps) {
            now = now.plus(pause);
            let lane = Lane::ALL[lane];
            let mut situation = quiet();
            situation.device = sent.clone();
            match judge(&situation, lane, counter, &limits, now) {
                Verdict::Send => sent.push(Sending { lane, at: now }),
                Verdict::Refuse(refusal) => {
                    // Waiting as long as told helps, and a moment less does not.
                    let later = now.plus(refusal.retry_after.unwrap());
                    let again = judge(&situation, lane, counter, &limits, later);
                    let early = judge(&situation, lane, counter, &limits, later.plus(-1));
                    prop_assert!(matches!(early, Verdict::Refuse(_)));
                    prop_assert_eq!(again, Verdict::Send);
                }
                Verdict::SendAgain | Verdict::AlreadyWaiting => prop_assert!(false, "every request is new"),
            }
            let within = |span: i64, lanes: &[Lane]| sent.iter().filter(|s| now.since(s.at) < span && lanes.contains(&s.lane)).count();
            for lane in Lane::ALL {
                prop_assert!(within(3600, &[lane]) <= 3);
            }
            prop_assert!(within(86_400, &Lane::ALL) <= 8);
            prop_assert!(within(86_400, &[Lane::Network]) <= 5);
        }
    }
}

fn quiet() -> Situation {
    Situation {
        status: DeviceStatus::Active,
        suppressed_until: None,
        bounced_until: None,
        window: Window::default(),
        earlier: None,
        device: Vec::new(),
        address: Vec::new(),
    }
}

#[test]
fn a_row_that_was_forgotten_still_has_its_counter_taken() {
    let mut situation = quiet();
    situation.window = situation.window.take(5);
    let verdict = judge(&situation, Lane::Console, 5, &Limits::default(), UnixTime(0));
    assert_eq!(verdict, Verdict::Refuse(ProblemCode::CounterUsed.into()));
}

#[test]
fn a_repetition_takes_quota_like_any_mail() {
    let mut situation = quiet();
    situation.window = situation.window.take(5);
    situation.earlier = Some(Earlier { identical: true, resends: 0, waiting: false });
    let now = UnixTime(10_000);
    assert_eq!(judge(&situation, Lane::Console, 5, &Limits::default(), now), Verdict::SendAgain);
    situation.device = vec![Sending { lane: Lane::Console, at: now }; 3];
    let Verdict::Refuse(refusal) = judge(&situation, Lane::Console, 5, &Limits::default(), now) else { panic!() };
    assert_eq!(refusal.code, ProblemCode::TooManyThisHour);
}
