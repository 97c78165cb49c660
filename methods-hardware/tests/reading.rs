//! Any trace at all against an independent reading of it: afterwards, over the whole trace at once, with no state.

use proptest::prelude::*;
use resetkit_method_button::{DEBOUNCE_MS, texts};

use crate::stand::{Bench, INFO};

/// Levels that lasted, as (beginning, pressed), read backwards from the finished trace.
fn lasting(pressed: bool, edges: &[(u64, bool)], end: u64) -> Vec<(u64, bool)> {
    let mut levels = vec![(0, pressed)];
    levels.extend_from_slice(edges);
    // A level told twice is one level, from its first telling.
    levels.dedup_by_key(|(_, pressed)| *pressed);
    let until = |index: usize| levels.get(index + 1).map_or(end, |(at, _)| *at);
    let lasted = |index: usize| index == 0 || until(index) - levels[index].0 >= DEBOUNCE_MS;
    let mut kept: Vec<_> = (0..levels.len()).filter(|index| lasted(*index)).map(|index| levels[index]).collect();
    kept.dedup_by_key(|(_, pressed)| *pressed);
    kept
}

/// What each release within the window says, in order.
fn verdicts(pressed: bool, edges: &[(u64, bool)], end: u64) -> Vec<&'static str> {
    let levels = lasting(pressed, edges, end);
    let pairs = levels.windows(2).filter(|pair| pair[0].1 && !pair[1].1);
    pairs
        .filter(|pair| pair[1].0 < u64::from(INFO.window_ms))
        // What is held from the start is no hold.
        .filter(|pair| !(pressed && pair[0].0 == 0))
        .map(|pair| match pair[1].0 - pair[0].0 {
            held if held < u64::from(INFO.hold_ms) => texts::WAS_TOO_SHORT,
            held if held > u64::from(INFO.longest_ms) => texts::WAS_TOO_LONG,
            _ => texts::SEEN,
        })
        .collect()
}

fn machine(pressed: bool, edges: &[(u64, bool)], end: u64) -> Vec<String> {
    let mut bench = Bench::watching(INFO, pressed);
    let mut verdicts = Vec::new();
    let mut heard = 0;
    let mut listen = |bench: &Bench| {
        let told = [texts::WAS_TOO_SHORT, texts::WAS_TOO_LONG, texts::SEEN];
        verdicts.extend(bench.said[heard..].iter().filter(|id| told.contains(&id.as_str())).cloned());
        heard = bench.said.len();
    };
    for (at_ms, pressed) in edges {
        bench.edge(*at_ms, *pressed);
        listen(&bench);
    }
    bench.until(end);
    listen(&bench);
    verdicts
}

fn gaps() -> impl Strategy<Value = u64> {
    prop_oneof![1_u64..60, 200_u64..2_000, 9_900_u64..10_100, 19_900_u64..20_100, 3_000_u64..30_000]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]
    #[test]
    fn r88_any_trace_is_read_like_by_somebody_who_sees_it_whole(
        pressed in any::<bool>(),
        steps in proptest::collection::vec((gaps(), any::<bool>()), 0..24),
    ) {
        let mut at = 0;
        let edges: Vec<_> = steps.into_iter().map(|(gap, level)| { at += gap; (at, level) }).collect();
        // A button that nobody lets go of for a minute fails; that has its own test.
        prop_assume!(!pressed || lasting(pressed, &edges, at + 1_000).get(1).is_some_and(|(at, _)| *at < 50_000));
        // Whether a last short or long hold is still told of, or only that the time is over, is a matter of the next look.
        let last_moment = u64::from(INFO.window_ms) - 300..u64::from(INFO.window_ms);
        prop_assume!(!edges.iter().any(|(at, _)| last_moment.contains(at)));
        let end = at + 1_000;
        prop_assert_eq!(machine(pressed, &edges, end), verdicts(pressed, &edges, end));
    }
}
