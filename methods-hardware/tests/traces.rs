//! R88, one trace after the other.

use resetkit_contract::abi::{RNone, RSome};
use resetkit_contract::{ButtonInfo, Method, MethodEvent, MethodOutput, News, Part, PressOutcome};
use resetkit_method_button::{Button, STUCK_FAILS_MS, texts};

use crate::stand::{BEGAN, Bench, INFO, start};

const HELD: [&str; 2] = [texts::HOLDING, texts::RELEASE_NOW];

/// Edges as milliseconds since the window began; up to `end`, what was said, in order.
fn told(pressed: bool, edges: &[(u64, bool)], end: u64) -> Vec<String> {
    let mut bench = Bench::watching(INFO, pressed);
    for (at_ms, pressed) in edges {
        bench.edge(*at_ms, *pressed);
    }
    bench.until(end);
    assert_eq!(bench.failed, None);
    bench.said[1..].to_vec()
}

#[test]
fn r88_bands_too_short_right_and_too_long_each_say_what_to_do() {
    let right = [texts::WAITING, HELD[0], HELD[1], texts::SEEN];
    assert_eq!(told(false, &[(1_000, true), (11_000, false)], 12_000), right, "exactly long enough");
    assert_eq!(told(false, &[(1_000, true), (21_000, false)], 22_000), right, "exactly the longest");
    let short = [texts::WAITING, HELD[0], texts::WAS_TOO_SHORT];
    assert_eq!(told(false, &[(1_000, true), (10_900, false)], 12_000), short);
    let long = [texts::WAITING, HELD[0], HELD[1], texts::TOO_LONG, texts::WAS_TOO_LONG];
    assert_eq!(told(false, &[(1_000, true), (21_500, false)], 23_000), long);
}

#[test]
fn r88_after_a_hold_that_does_not_count_the_next_one_does() {
    let edges = [(1_000, true), (5_000, false), (7_000, true), (30_000, false), (31_000, true), (43_000, false)];
    let said = told(false, &edges, 44_000);
    assert_eq!(
        said,
        [
            texts::WAITING,
            HELD[0],
            texts::WAS_TOO_SHORT,
            HELD[0],
            HELD[1],
            texts::TOO_LONG,
            texts::WAS_TOO_LONG,
            HELD[0],
            HELD[1],
            texts::SEEN
        ]
    );
}

#[test]
fn r88_a_button_that_is_pressed_from_the_start_must_be_released_first() {
    let said = told(true, &[(14_000, false), (15_000, true), (26_000, false)], 27_000);
    assert_eq!(said, [texts::STUCK, texts::WAITING, HELD[0], HELD[1], texts::SEEN], "14 s of before count for nothing");
    let mut bench = Bench::watching(INFO, true);
    bench.until(STUCK_FAILS_MS - 1);
    assert_eq!(bench.failed, None);
    bench.until(STUCK_FAILS_MS + 300);
    assert_eq!(bench.failed.as_deref(), Some("button-stuck"));
}

#[test]
fn r88_bounce_and_auto_repeat_are_no_edges() {
    let bouncing = [
        (1_000, true),
        (1_004, false),
        (1_009, true),
        (1_015, false),
        (1_020, true),
        (6_000, false),
        (6_012, true),
        (6_020, true),
        (8_000, true),
        (11_020, false),
        (11_025, true),
        (11_040, false),
    ];
    assert_eq!(told(false, &bouncing, 12_000), [texts::WAITING, HELD[0], HELD[1], texts::SEEN]);
    // A hold is measured from the level that stayed: 20 ms short of ten seconds.
    let short = [(1_000, true), (1_004, false), (1_020, true), (11_000, false)];
    assert_eq!(told(false, &short, 12_000), [texts::WAITING, HELD[0], texts::WAS_TOO_SHORT]);
    assert_eq!(told(false, &[(1_000, true), (1_020, false), (3_000, true), (3_029, false)], 9_000), [texts::WAITING]);
}

#[test]
fn r88_the_hold_is_told_four_times_a_second_with_its_seconds() {
    let mut bench = Bench::watching(INFO, false);
    bench.edge(1_000, true);
    bench.until(3_000);
    let before = bench.redrawn;
    bench.until(8_100);
    assert!((19..=22).contains(&(bench.redrawn - before)), "{} views in five seconds", bench.redrawn - before);
    let (done, of) = bench.progress().unwrap();
    assert!(of == 10_000 && (6_750..=7_100).contains(&done), "{done}");
    let Some(Part::Progress { label, .. }) =
        bench.view.as_ref().unwrap().parts.iter().find(|part| matches!(part, Part::Progress { .. }))
    else {
        panic!()
    };
    let words: Vec<_> = label.args.iter().map(|arg| format!("{}={:?}", arg.name, arg.value)).collect();
    assert!(
        words == ["seconds=Number(7)", "of=Number(10)"] || words == ["seconds=Number(6)", "of=Number(10)"],
        "{words:?}"
    );
    bench.until(15_000);
    assert_eq!(bench.progress(), Some((10_000, 10_000)), "full, not beyond");
    // Nothing moves while it is not held: no view is sent again.
    let mut idle = Bench::watching(INFO, false);
    let before = idle.redrawn;
    idle.until(100_000);
    assert_eq!(idle.redrawn, before);
}

#[test]
fn r88_at_the_end_of_the_window_nothing_counts_any_more() {
    let over = [texts::WAITING, HELD[0], HELD[1], texts::WINDOW_OVER];
    assert_eq!(told(false, &[(109_000, true), (120_500, false)], 121_000), over);
    assert_eq!(told(false, &[(121_000, true), (132_000, false)], 140_000), [texts::WAITING, texts::WINDOW_OVER]);
    let last = [(109_900, true), (119_990, false)];
    assert_eq!(
        told(false, &last, 121_000),
        [texts::WAITING, HELD[0], HELD[1], texts::SEEN],
        "released in time, settled after"
    );
}

#[test]
fn r88_a_lost_line_is_a_failure_with_a_name() {
    let mut bench = Bench::watching(INFO, false);
    bench.edge(1_000, true);
    bench.tell(MethodEvent::LineLost { at_ms: BEGAN + 2_000 });
    assert_eq!(bench.failed.as_deref(), Some("button-lost"));
    assert_eq!(bench.tell(MethodEvent::Edge { pressed: false, at_ms: BEGAN + 12_000 }), []);
}

#[test]
fn without_a_button_or_without_the_engines_watch_it_gives_up_by_name() {
    let mut button = Button::new();
    let outputs = button.advance(start(RNone));
    assert!(matches!(&outputs[..], [MethodOutput::Fail { code, .. }] if code == "no-button"), "{outputs:?}");
    let mut button = Button::new();
    button.advance(start(RSome(INFO)));
    let outputs = button.advance(MethodEvent::SealRefused { code: "E-515".into() });
    assert!(matches!(&outputs[..], [MethodOutput::Fail { .. }]));
}

#[test]
fn r88_what_a_press_does_stands_on_every_view_before_and_while_it_is_held() {
    for (outcome, title, does) in [
        (
            PressOutcome::NewPassword,
            texts::TITLE_PASSWORD,
            Part::Paragraph(resetkit_contract::Text::id(texts::DOES_PASSWORD)),
        ),
        (
            PressOutcome::FactoryState,
            texts::TITLE_FACTORY,
            Part::Warning(resetkit_contract::Text::id(texts::DOES_FACTORY)),
        ),
    ] {
        let mut bench = Bench::watching(ButtonInfo { outcome, ..INFO }, false);
        for at_ms in [1_000, 2_000, 12_000, 25_000] {
            if at_ms == 1_000 {
                bench.edge(at_ms, true);
            }
            bench.until(at_ms);
            let view = bench.view.as_ref().unwrap();
            assert_eq!((view.title.id.as_str(), &view.parts[0]), (title, &does), "at {at_ms}");
        }
    }
}

#[test]
fn r82_the_method_shows_and_asks_and_says_nothing_of_a_proof() {
    let mut bench = Bench::watching(INFO, false);
    bench.edge(1_000, true);
    bench.edge(12_000, false);
    let outputs = bench.tell(MethodEvent::Tick { at_ms: BEGAN + 12_250 });
    assert!(!outputs.iter().any(|output| matches!(output, MethodOutput::Attest(_) | MethodOutput::Done)));
    assert_eq!(bench.tell(MethodEvent::News(News::Proved)), [MethodOutput::Done]);
}

#[test]
fn the_owner_may_try_again_after_the_window() {
    let mut bench = Bench::watching(INFO, false);
    bench.until(121_000);
    let outputs = bench.tell(MethodEvent::News(News::AskAgain));
    assert!(outputs.contains(&MethodOutput::AskPress), "{outputs:?}");
    bench.tell(MethodEvent::PressWatched { request: "0043".into(), at_ms: BEGAN + 122_000, pressed: false });
    assert!(bench.view.unwrap().parts.contains(&Part::RequestNumber("0043".into())));
}
