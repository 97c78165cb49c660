//! Tokens in place of lock-outs.

use crate::support::minutes;
use proptest::prelude::*;
use resetkit_core::*;
use std::time::Duration;

fn at(since_boot: Duration) -> Now {
    Now::after_boot(since_boot)
}

fn drained(mut ledger: Ledger, lane: Lane, now: Duration) -> Ledger {
    while let Ok(next) = ledger.take(lane, at(now)) {
        ledger = next;
    }
    ledger
}

/// A year in which somebody takes every token at once, and the owner comes at random.
#[test]
fn r8_in_a_year_of_attack_from_the_network_the_owner_at_the_console_never_waits() {
    let mut ledger = Ledger::first(Allowances::default());
    let (mut guesses, mut random) = (0_u64, 88_172_645_463_325_252_u64);
    for hour in 0..8_760_u64 {
        let now = Duration::from_secs(hour * 3_600);
        while let Ok(next) = ledger.take(Lane::Network, at(now)) {
            (ledger, guesses) = (next, guesses + 1);
        }
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        if random.is_multiple_of(7) {
            ledger = ledger.take(Lane::Console, at(now)).expect("the console is the owner's");
        }
    }
    assert_eq!(guesses, 10 + 4 * 8_759);
}

#[test]
fn r8_even_behind_a_thief_at_the_console_the_next_token_is_at_most_six_powered_minutes_away() {
    let mut ledger = Ledger::first(Allowances::default());
    let mut now = Duration::ZERO;
    for _ in 0..8_760 {
        ledger = drained(ledger, Lane::Console, now);
        let Err(Refusal::Wait(wait)) = ledger.take(Lane::Console, at(now)) else { panic!("drained") };
        assert!(wait <= minutes(6), "{wait:?}");
        ledger = ledger.take(Lane::Console, at(now + wait)).expect("there when it was said to be");
        now += Duration::from_secs(3_607);
    }
}

#[test]
fn r8_the_wait_that_is_told_is_the_wait_that_is_had() {
    let ledger = drained(Ledger::first(Allowances::default()), Lane::Console, Duration::ZERO);
    for passed in [0, 1, 59_999, 359_999] {
        let now = Duration::from_millis(passed);
        let Err(Refusal::Wait(wait)) = ledger.take(Lane::Console, at(now)) else { panic!("drained") };
        assert_eq!(now + wait, minutes(6));
        assert!(ledger.take(Lane::Console, at(now + wait - Duration::from_millis(1))).is_err());
    }
}

#[test]
fn r9_lanes_never_spend_each_others_tokens() {
    let full = Ledger::first(Allowances::default());
    for lane in Lane::ALL {
        let drained = drained(full.clone(), lane, Duration::ZERO);
        for other in Lane::ALL {
            let expected = if other == lane { 0 } else { full.tokens(other, at(Duration::ZERO)) };
            assert_eq!(drained.tokens(other, at(Duration::ZERO)), expected);
        }
    }
}

#[test]
fn r10_a_press_is_one_attempt_and_at_most_eleven_an_hour() {
    let mut ledger = Ledger::first(Allowances::default());
    let mut pressed = 0;
    for second in 0..3_600 {
        if let Ok(next) = ledger.take(Lane::Button, at(Duration::from_secs(second))) {
            (ledger, pressed) = (next, pressed + 1);
        }
    }
    assert_eq!(pressed, 11);
}

#[test]
fn r44_unreadable_state_closes_the_network_and_makes_the_console_wait_six_minutes_not_for_ever() {
    let ledger = Ledger::lowest(Allowances::default());
    assert_eq!(ledger.take(Lane::Network, at(minutes(600))), Err(Refusal::LaneClosed));
    assert_eq!(ledger.next_counter(Lane::Network, at(minutes(600))), Err(FailureKind::LaneClosed));
    assert_eq!(ledger.take(Lane::Console, at(Duration::ZERO)), Err(Refusal::Wait(minutes(6))));
    assert!(ledger.take(Lane::Console, at(minutes(6))).is_ok());
    assert!(ledger.after_login().take(Lane::Network, at(minutes(15))).is_ok());
}

#[test]
fn r44_the_closed_lane_stays_closed_over_boots_until_somebody_logs_in() {
    let closed = Ledger::lowest(Allowances::default());
    let again = Ledger::restore(closed.record(at(minutes(60))), Allowances::default()).charge_boot();
    assert!(!again.network_open());
    let last = LastReset { method: crate::support::method("companion"), lane: Lane::Console, request: Counter::new(4) };
    let open = again.after_reset(last.clone());
    assert!(open.network_open());
    assert_eq!((open.last_reset(), open.resets(), open.boots()), (Some(&last), 1, 1));
}

#[test]
fn r12_a_policy_with_less_cuts_the_levels_down() {
    let full = Ledger::first(Allowances::default()).record(at(Duration::ZERO));
    let less = Allowances { console: Allowance { burst: 3, per_hour: 10 }, ..Allowances::default() };
    assert_eq!(Ledger::restore(full, less).tokens(Lane::Console, at(Duration::ZERO)), 2, "half a burst, rounded up");
}

#[test]
fn r32_numbers_strictly_increase_and_end_with_an_error() {
    let mut ledger = Ledger::first(Allowances::default());
    for expected in 1..=12 {
        let (next, counter) = ledger.next_counter(Lane::Console, at(Duration::ZERO)).unwrap();
        assert_eq!(counter, Counter::new(expected));
        ledger = next;
    }
    let spent = LedgerRecord { counter: u32::MAX, ..ledger.record(at(Duration::ZERO)) };
    let spent = Ledger::restore(spent, Allowances::default());
    assert_eq!(spent.next_counter(Lane::Console, at(Duration::ZERO)), Err(FailureKind::CountersSpent));
}

#[test]
fn r32_nobody_can_push_the_owners_challenge_out_of_the_relays_window_by_asking_for_others() {
    let mut ledger = Ledger::first(Allowances::default());
    let mut made = 0;
    for second in 0..3_600 {
        for lane in Lane::ALL {
            if let Ok((next, _)) = ledger.next_counter(lane, at(Duration::from_secs(second))) {
                (ledger, made) = (next, made + 1);
            }
        }
    }
    assert!(made < 64, "{made} in the life of a code");
    assert_eq!(
        ledger.next_counter(Lane::Network, at(minutes(60) - Duration::from_secs(1))),
        Err(FailureKind::CodesTryLater)
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    /// 10^4 random traces of guesses, pauses, reboots and clocks that jump: in so much powered time there are never
    /// more tokens than burst and rate allow, whatever was persisted last.
    #[test]
    fn r12_no_trace_of_reboots_adds_a_token(trace in proptest::collection::vec(any::<u32>(), 1..60)) {
        let allowances = Allowances::default();
        let mut ledger = Ledger::first(allowances);
        let mut disk = ledger.record(at(Duration::ZERO));
        let (mut now, mut powered, mut taken) = (Duration::ZERO, Duration::ZERO, [0_u64; 3]);
        for op in trace {
            let pause = Duration::from_millis(u64::from(op >> 8) % 1_800_000);
            match op % 8 {
                0 | 1 => { now += pause; powered += pause; }
                2 => {
                    // Power is cut: what was not written is lost, and time starts again.
                    ledger = Ledger::restore(disk.clone(), allowances).charge_boot();
                    now = Duration::ZERO;
                }
                3 => disk = ledger.record(at(now)),
                4 => now = now.saturating_sub(pause), // a clock that lies
                _ => {
                    let lane = Lane::ALL[op as usize / 8 % 3];
                    if let Ok(next) = ledger.take(lane, at(now)) {
                        // Durable before the guess counts (R11).
                        disk = next.record(at(now));
                        ledger = next;
                        taken[lane as usize] += 1;
                    }
                }
            }
        }
        for (lane, allowance) in [(0, allowances.console), (1, allowances.network), (2, allowances.button)] {
            let most = u128::from(allowance.burst) * 3_600_000 + powered.as_millis() * u128::from(allowance.per_hour);
            prop_assert!(u128::from(taken[lane]) * 3_600_000 <= most);
        }
    }
}
