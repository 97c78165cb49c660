//! From a bouncing line to steady levels.

/// How long a level must last to count, in milliseconds; the engine's own reading uses the same.
pub const DEBOUNCE_MS: u64 = 30;

/// A line that bounces, and what it steadily says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Steady {
    /// The level that counts.
    level: bool,
    /// Since when.
    since_ms: u64,
    /// The level on the line, and since when, where it is not the one that counts yet.
    raw: Option<u64>,
}

/// A level that lasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Change {
    /// Whether the button is pressed from now on.
    pub(crate) pressed: bool,
    /// When it began, in milliseconds since boot.
    pub(crate) at_ms: u64,
}

impl Steady {
    pub(crate) fn new(pressed: bool, at_ms: u64) -> Steady {
        Steady { level: pressed, since_ms: at_ms, raw: None }
    }

    /// Time went on: a level that has lasted long enough counts, from its beginning.
    pub(crate) fn at(&mut self, at_ms: u64) -> Option<Change> {
        let since_ms = self.raw.filter(|since| at_ms.saturating_sub(*since) >= DEBOUNCE_MS)?;
        self.level = !self.level;
        self.since_ms = since_ms;
        self.raw = None;
        Some(Change { pressed: self.level, at_ms: since_ms })
    }

    /// The line changed. What lasted until now counts first; a level told twice (auto-repeat) is one level.
    pub(crate) fn edge(&mut self, pressed: bool, at_ms: u64) -> Option<Change> {
        let change = self.at(at_ms);
        if pressed == self.level {
            self.raw = None;
        } else if self.raw.is_none() {
            // A clock that steps back must not make a level older than what it followed.
            self.raw = Some(at_ms.max(self.since_ms));
        }
        change
    }

    /// Whether a level is on the line that does not count yet.
    pub(crate) fn unsettled(&self) -> bool {
        self.raw.is_some()
    }
}
