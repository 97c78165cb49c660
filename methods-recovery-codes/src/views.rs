//! What the method shows: parts and text ids.

use resetkit_contract::{Part, Text, View};

use crate::machine::Kept;
use crate::texts;

/// Shown until the engine takes a code.
pub(crate) fn preparing() -> View {
    View::titled(Text::id(texts::TITLE)).with(Part::Paragraph(Text::id(texts::PREPARING)))
}

/// Where to look, what to type.
pub(crate) fn typing(kept: &Kept) -> View {
    let steps = [texts::STEP_SHEET, texts::STEP_CHOOSE, texts::STEP_TYPE, texts::STEP_CROSS_OUT];
    let left = match kept.left {
        0 | 1 => Part::Warning(Text::id(texts::LAST)),
        left => Part::Paragraph(Text::id(texts::LEFT).with_number("left", left.into())),
    };
    View::titled(Text::id(texts::TITLE))
        .with(Part::Steps(steps.into_iter().map(Text::id).collect()))
        .with(left)
        .with(Part::Paragraph(Text::id(texts::NEVER_TELL)))
        .with(Part::RequestNumber(kept.request.clone()))
        .with(Part::MinutesLeft(kept.minutes_left))
        .with(Part::TriesLeft(kept.tries_left))
}
