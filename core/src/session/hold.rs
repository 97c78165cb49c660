//! The engine's own record of the button's line, and the only place that finds a hold in it (R82, R88).
//!
//! ```text
//!   ButtonWatched ─▶ released ──press, quiet──▶ pressed ──release, quiet──▶ Reading
//!                       ▲     pressed at start ─▶ ╎ no hold: has to be let go first
//!                       └─────────────────────────┘
//! ```
//!
//! A level is believed once the line was quiet for the debounce time. A hold counts from the *last* edge of the bounce
//! of its press to the *first* of its release, so that bounce never lengthens it. Inside a hold a few gaps shorter than
//! the debounce time are taken for bounce; a line that chatters more is noise, and has to be let go. No edge is later
//! than the engine's own time nor earlier than the one before it, so that no stamp can make a hold longer than it was.
//! Auto-repeat does not exist here: two presses without a release between them mean that one was missed, and the hold
//! starts over.

use crate::ButtonRules;
use core::time::Duration;

/// Gaps shorter than the debounce time that one hold may have.
const GAPS_MAX: u8 = 3;

/// The line as watched since `ButtonWatched`.
#[derive(Debug)]
pub(super) struct Line {
    rules: ButtonRules,
    /// When the watch began.
    from: Duration,
    /// The level as of the last edge, and when that was.
    raw: bool,
    since: Duration,
    /// The level that is believed.
    settled: bool,
    hold: Option<Begun>,
    /// Whether it was ever seen released.
    released_once: bool,
}

super::explore::explored!(Line { raw, settled, hold, released_once; without rules, from, since });

#[derive(Debug, Clone, Copy)]
struct Begun {
    from: Duration,
    gaps: u8,
}

super::explore::explored!(Begun { gaps; without from });

/// A hold that the engine saw itself: long enough, not too long, and over. Only [`Line`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SeenHold {
    from: Duration,
    to: Duration,
}

impl SeenHold {
    /// How long it was.
    pub(super) const fn length(&self) -> Duration {
        self.to.saturating_sub(self.from)
    }
}

/// What came of a change of the line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Nothing yet.
    Nothing,
    /// A hold that was too short or too long, or outside the window: again.
    NotAHold,
    /// A hold.
    Held(SeenHold),
}

impl Line {
    /// Begins to watch.
    pub(super) const fn watched(rules: ButtonRules, from: Duration, pressed: bool) -> Self {
        Self { rules, from, raw: pressed, since: from, settled: pressed, hold: None, released_once: !pressed }
    }

    /// An edge, as the driver stamped it; `now` is the engine's own time.
    pub(super) fn edge(&mut self, at: Duration, pressed: bool, now: Duration) -> Reading {
        let at = at.min(now).max(self.since);
        let reading = self.settle(at);
        match (self.raw, pressed) {
            (false, false) => {}
            // A release between the two was missed.
            (true, true) => {
                self.since = at;
                self.hold = self.hold.map(|_| Begun { from: at, gaps: 0 });
            }
            (true, false) => {
                self.raw = false;
                self.since = at;
                self.released_once = true;
            }
            (false, true) => {
                self.raw = true;
                self.since = at;
                if self.settled {
                    self.hold = self.hold.filter(|hold| hold.gaps < GAPS_MAX);
                    self.hold = self.hold.map(|hold| Begun { gaps: hold.gaps + 1, ..hold });
                }
            }
        }
        reading
    }

    /// Believes a level that was quiet for long enough by `now`.
    pub(super) fn settle(&mut self, now: Duration) -> Reading {
        if self.raw == self.settled || now.saturating_sub(self.since) < self.rules.debounce {
            return Reading::Nothing;
        }
        self.settled = self.raw;
        if self.settled {
            self.hold = Some(Begun { from: self.since, gaps: 0 });
            return Reading::Nothing;
        }
        self.hold.take().map_or(Reading::Nothing, |hold| self.judge(hold))
    }

    /// The hold ended with the edge at `since`.
    fn judge(&self, hold: Begun) -> Reading {
        let seen = SeenHold { from: hold.from, to: self.since };
        let long_enough = (self.rules.hold..=self.rules.longest).contains(&seen.length());
        // No edge is earlier than the watch, so neither is the hold.
        if long_enough && seen.to <= self.ends() { Reading::Held(seen) } else { Reading::NotAHold }
    }

    /// When the window ends.
    pub(super) fn ends(&self) -> Duration {
        self.from.saturating_add(self.rules.window)
    }

    /// When the last edge will be believed, if nothing more comes.
    pub(super) fn settles_at(&self) -> Option<Duration> {
        (self.raw != self.settled).then(|| self.since.saturating_add(self.rules.debounce))
    }

    /// Whether it was pressed all the time: something lies on it, or it is broken.
    pub(super) const fn is_stuck(&self) -> bool {
        !self.released_once
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OnPresence;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    const fn ms(count: u64) -> Duration {
        Duration::from_millis(count)
    }

    fn rules() -> ButtonRules {
        ButtonRules::reference(OnPresence::NewPassword)
    }

    /// Gives edges, in milliseconds after the watch began, then waits a second; the holds that were found.
    fn holds(pressed: bool, edges: &[(u64, bool)]) -> Vec<Duration> {
        let from = ms(5_000);
        let mut line = Line::watched(rules(), from, pressed);
        let mut readings = Vec::new();
        for (at, pressed) in edges {
            readings.push(line.edge(from + ms(*at), *pressed, from + ms(*at)));
        }
        readings.push(line.settle(line.since + ms(1_000)));
        let found = |reading: Reading| match reading {
            Reading::Held(hold) => Some(hold.length()),
            Reading::Nothing | Reading::NotAHold => None,
        };
        readings.into_iter().filter_map(found).collect()
    }

    #[test]
    fn r88_ten_seconds_are_a_hold_and_one_millisecond_less_is_none() {
        assert_eq!(holds(false, &[(100, true), (10_100, false)]), [ms(10_000)]);
        assert!(holds(false, &[(100, true), (10_099, false)]).is_empty());
        assert_eq!(holds(false, &[(100, true), (20_100, false)]), [ms(20_000)]);
    }

    #[test]
    fn r88_over_hold_cancels_that_hold_and_the_next_one_counts() {
        assert!(holds(false, &[(100, true), (20_101, false)]).is_empty());
        let again = [(100, true), (20_101, false), (30_000, true), (41_000, false)];
        assert_eq!(holds(false, &again), [ms(11_000)]);
    }

    #[test]
    fn r88_two_short_holds_do_not_add_up() {
        assert!(holds(false, &[(100, true), (6_000, false), (6_100, true), (12_000, false)]).is_empty());
    }

    #[test]
    fn r88_stuck_at_start_has_to_be_let_go_first() {
        assert!(holds(true, &[(15_000, false)]).is_empty(), "it was pressed before anybody looked");
        assert_eq!(holds(true, &[(15_000, false), (16_000, true), (27_000, false)]), [ms(11_000)]);
        assert!(holds(true, &[(15_000, false), (15_010, true), (27_000, false)]).is_empty(), "a bounce is no release");
    }

    #[test]
    fn r88_bounce_shortens_a_hold_and_never_lengthens_it() {
        let bouncing = [(0, true), (3, false), (5, true), (9, false), (12, true), (10_012, false), (10_015, true)];
        assert_eq!(holds(false, &[&bouncing[..], &[(10_020, false)]].concat()), [ms(10_008)]);
        assert!(holds(false, &[(0, true), (3, false), (12, true), (10_011, false)]).is_empty());
    }

    #[test]
    fn r88_a_line_that_chatters_is_noise() {
        let gap = |at: u64| [(at, false), (at + 10, true)];
        let gaps = |count: u64| {
            let middle = (1..=count).flat_map(|number| gap(number * 1_000));
            [(0, true)].into_iter().chain(middle).chain([(11_000, false)]).collect::<Vec<_>>()
        };
        assert_eq!(holds(false, &gaps(3)).len(), 1);
        assert!(holds(false, &gaps(4)).is_empty());
    }

    #[test]
    fn r88_a_missed_release_starts_the_hold_over() {
        assert!(holds(false, &[(0, true), (9_000, true), (12_000, false)]).is_empty());
        assert_eq!(holds(false, &[(0, true), (5_000, true), (16_000, false)]), [ms(11_000)]);
    }

    #[test]
    fn r88_the_window_is_kept() {
        assert_eq!(holds(false, &[(109_000, true), (120_000, false)]).len(), 1);
        assert!(holds(false, &[(109_001, true), (120_001, false)]).is_empty());
    }

    #[test]
    fn r88_no_stamp_makes_a_hold_longer_than_it_was() {
        let mut line = Line::watched(rules(), ms(5_000), false);
        assert_eq!(line.edge(ms(1), true, ms(6_000)), Reading::Nothing, "stamped before the watch");
        assert_eq!(line.edge(ms(60_000), false, ms(7_000)), Reading::Nothing, "stamped in the future");
        assert_eq!(line.settle(ms(8_000)), Reading::NotAHold);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_096))]

        /// Noise of any kind, told apart from a hold by another yardstick than the machine's: how long the line was
        /// really pressed, and how often it was not.
        #[test]
        fn r88_no_noise_without_a_real_hold_is_ever_a_hold(
            pressed in any::<bool>(),
            steps in prop::collection::vec((prop_oneof![0..40_u64, 20..200_u64, 1_000..15_000_u64], any::<bool>()), 1..60),
        ) {
            let from = ms(1_000);
            let mut line = Line::watched(rules(), from, pressed);
            let mut at = from;
            let mut seen = alloc::vec![(from, pressed)];
            for (step, level) in steps {
                at += ms(step);
                let mut found = alloc::vec![];
                if let Some(quiet) = line.settles_at().filter(|quiet| *quiet <= at) {
                    found.push(line.settle(quiet));
                }
                found.push(line.edge(at, level, at));
                for reading in found {
                    if let Reading::Held(hold) = reading {
                        prop_assert!(really_held(&seen, hold.from, hold.to, at), "{seen:?} {hold:?}");
                    }
                }
                seen.push((at, level));
            }
        }
    }

    /// From `from` to `to` the line read pressed, for ten seconds at least and twenty at most, but for at most three gaps,
    /// each shorter than the debounce time. A press between two gaps parts them, however short it was.
    fn really_held(levels: &[(Duration, bool)], from: Duration, to: Duration, now: Duration) -> bool {
        let ends = levels.iter().skip(1).map(|(at, _)| *at).chain([now]);
        let mut gaps = alloc::vec![Duration::ZERO];
        for ((start, pressed), end) in levels.iter().zip(ends).filter(|((start, _), _)| (from..to).contains(start)) {
            if *pressed {
                gaps.push(Duration::ZERO);
            } else if let Some(gap) = gaps.last_mut() {
                *gap += end.min(to).saturating_sub(*start);
            }
        }
        gaps.retain(|gap| !gap.is_zero());
        let rules = rules();
        let pressed_at_start = levels.contains(&(from, true));
        pressed_at_start
            && (rules.hold..=rules.longest).contains(&(to - from))
            && gaps.len() <= usize::from(GAPS_MAX)
            && gaps.iter().all(|gap| *gap < rules.debounce)
    }
}
