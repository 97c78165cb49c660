//! Colours of a brand, and whether text in them can be read (WCAG 2.2, 1.4.3).

use std::fmt;

use serde::Deserialize;

use crate::error::Fault;

/// Light and dark colours of a brand.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Colours {
    /// By day.
    pub light: Palette,
    /// By night, or where the owner's browser asks for it.
    pub dark: Palette,
}

/// One set of colours, each `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Palette {
    /// Behind everything.
    pub background: Colour,
    /// Cards and fields.
    pub surface: Colour,
    /// Text on background and surface.
    pub text: Colour,
    /// Less important text on background and surface.
    pub muted: Colour,
    /// Buttons and links.
    pub accent: Colour,
    /// Text on the accent.
    pub on_accent: Colour,
    /// Errors, as text on background and surface.
    pub danger: Colour,
    /// Success, as text on background and surface.
    pub success: Colour,
}

/// A colour in sRGB; displays as `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Colour([u8; 3]);

impl TryFrom<String> for Colour {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not a colour; write it as `#1a2b3c`");
        let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.is_ascii()).ok_or_else(wrong)?;
        let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).map_err(|_| wrong());
        Ok(Colour([part(0)?, part(2)?, part(4)?]))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(out, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// Least contrast of text (WCAG 2.2, 1.4.3, level AA).
const LEAST_CONTRAST: f64 = 4.5;

impl Colours {
    pub(crate) fn check(&self) -> Result<(), Fault> {
        self.light.check("colours.light")?;
        self.dark.check("colours.dark")
    }
}

impl Palette {
    fn check(&self, table: &str) -> Result<(), Fault> {
        let pairs = [
            ("text", self.text, "background", self.background),
            ("text", self.text, "surface", self.surface),
            ("muted", self.muted, "background", self.background),
            ("muted", self.muted, "surface", self.surface),
            ("accent", self.accent, "background", self.background),
            ("accent", self.accent, "surface", self.surface),
            ("on_accent", self.on_accent, "accent", self.accent),
            ("danger", self.danger, "background", self.background),
            ("danger", self.danger, "surface", self.surface),
            ("success", self.success, "background", self.background),
            ("success", self.success, "surface", self.surface),
        ];
        for (name, front, behind_name, behind) in pairs {
            let contrast = front.contrast(behind);
            if contrast < LEAST_CONTRAST {
                return Err(Fault::new(
                    format!("{table}.{name}"),
                    format!(
                        "`{front}` on `{behind_name}` {behind} has a contrast of {contrast:.2}, and {LEAST_CONTRAST} is the least that people can read (WCAG 1.4.3)"
                    ),
                    format!("Make `{name}` or `{behind_name}` darker or lighter"),
                ));
            }
        }
        Ok(())
    }
}

impl Colour {
    /// Contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of *contrast ratio*).
    #[must_use]
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}
