//! The three faces of a printed sheet: parts of Noto (config/data/NOTICE), so that PDF and picture look the same anywhere.

use std::sync::OnceLock;

use ab_glyph::{Font, FontRef, PxScaleFont, ScaleFont};

/// One face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// Running text.
    Plain,
    /// Titles.
    Bold,
    /// Codes: every symbol as wide as any other.
    Code,
}

impl Face {
    /// All of them.
    pub(super) const ALL: [Self; 3] = [Self::Plain, Self::Bold, Self::Code];

    /// The file, as a reader of PDF gets it.
    pub(super) const fn file(self) -> &'static [u8] {
        match self {
            Self::Plain => include_bytes!("fonts/sans.ttf"),
            Self::Bold => include_bytes!("fonts/sans-bold.ttf"),
            Self::Code => include_bytes!("fonts/mono.ttf"),
        }
    }

    /// Its name inside the PDF.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Plain => "RecoveryA",
            Self::Bold => "RecoveryB",
            Self::Code => "RecoveryC",
        }
    }

    /// Read once.
    pub(super) fn font(self) -> &'static FontRef<'static> {
        static PLAIN: OnceLock<FontRef<'static>> = OnceLock::new();
        static BOLD: OnceLock<FontRef<'static>> = OnceLock::new();
        static CODE: OnceLock<FontRef<'static>> = OnceLock::new();
        let cell = match self {
            Self::Plain => &PLAIN,
            Self::Bold => &BOLD,
            Self::Code => &CODE,
        };
        cell.get_or_init(|| FontRef::try_from_slice(self.file()).expect("our own fonts are read by a test"))
    }

    /// At a size in pixels of the em (or points).
    pub(super) fn at(self, em: f32) -> PxScaleFont<&'static FontRef<'static>> {
        let font = self.font();
        let per_em = font.units_per_em().unwrap_or(1000.0);
        // ab_glyph measures by the height from ascent to descent, documents by the em.
        font.as_scaled(em * font.height_unscaled() / per_em)
    }

    /// Width of a text in the unit of `em`.
    pub(super) fn width(self, em: f32, text: &str) -> f32 {
        let font = self.at(em);
        text.chars().map(|c| font.h_advance(font.glyph_id(c))).sum()
    }

    /// Whether it has all of these characters.
    pub(super) fn has_all(self, text: &str) -> bool {
        text.chars().all(|c| c == ' ' || c == '\u{a0}' || self.font().glyph_id(c).0 != 0)
    }
}

/// The octet that `WinAnsiEncoding` has for a character; `?` where it has none.
pub(super) fn win_ansi(c: char) -> u8 {
    match c {
        ' '..='~' | '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(c)).unwrap_or(b'?'),
        '€' => 0x80,
        '‚' => 0x82,
        '„' => 0x84,
        '…' => 0x85,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        _ => b'?',
    }
}

/// The character of an octet of that encoding, for the table of widths.
pub(super) fn of_win_ansi(octet: u8) -> char {
    let high = "€‚„…‘’“”•–—".chars().find(|c| win_ansi(*c) == octet);
    high.unwrap_or_else(|| char::from(octet))
}
