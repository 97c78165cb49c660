//! The bands of a hold: too short, right, too long.

use resetkit_contract::ButtonInfo;

/// Where a hold stands after so many milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Band {
    /// Not long enough yet.
    TooShort,
    /// Released now, it counts.
    Right,
    /// It does not count any more.
    TooLong,
}

/// The engine's own bounds, both inclusive.
pub(crate) fn band(info: &ButtonInfo, held_ms: u64) -> Band {
    if held_ms < u64::from(info.hold_ms) {
        Band::TooShort
    } else if held_ms <= u64::from(info.longest_ms) {
        Band::Right
    } else {
        Band::TooLong
    }
}
