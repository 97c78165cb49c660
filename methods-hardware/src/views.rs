//! What the method shows: parts and text ids. What a press does stands on every view, before and while it is held (R88).

use resetkit_contract::{ButtonInfo, Part, PressOutcome, Text, View};

use crate::texts;

/// Shown until the engine watches the button.
pub(crate) fn preparing(info: &ButtonInfo) -> View {
    what_it_does(info).with(Part::Paragraph(Text::id(texts::PREPARING)))
}

/// A hold that did not count, told above the next invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missed {
    TooShort { held_ms: u64 },
    TooLong,
}

/// The invitation to press.
pub(crate) fn ready(info: &ButtonInfo, request: &str, missed: Option<Missed>) -> View {
    let mut view = what_it_does(info);
    if let Some(missed) = missed {
        view = view.with(Part::Warning(match missed {
            Missed::TooShort { held_ms } => Text::id(texts::WAS_TOO_SHORT)
                .with_number("held", seconds_down(held_ms))
                .with_number("of", hold_seconds(info)),
            Missed::TooLong => Text::id(texts::WAS_TOO_LONG).with_number("seconds", hold_seconds(info)),
        }));
    }
    let steps = [
        Text::id(texts::DO_HOLD).with_number("seconds", hold_seconds(info)),
        Text::id(texts::DO_RELEASE).with_number("longest", seconds_down(info.longest_ms.into())),
    ];
    view.with(Part::Steps(steps.into_iter().collect()))
        .with(progress(info, 0, Text::id(texts::WAITING)))
        .with(Part::Paragraph(Text::id(texts::WINDOW).with_number("seconds", seconds_down(info.window_ms.into()))))
        .with(Part::RequestNumber(request.into()))
}

/// The hold is under way.
pub(crate) fn holding(info: &ButtonInfo, request: &str, held_ms: u64) -> View {
    let label =
        Text::id(texts::HOLDING).with_number("seconds", seconds_down(held_ms)).with_number("of", hold_seconds(info));
    what_it_does(info).with(progress(info, held_ms, label)).with(Part::RequestNumber(request.into()))
}

/// Long enough.
pub(crate) fn release_now(info: &ButtonInfo, request: &str) -> View {
    let full = progress(info, info.hold_ms.into(), Text::id(texts::RELEASE_NOW));
    what_it_does(info).with(full).with(Part::RequestNumber(request.into()))
}

/// Too long; still held.
pub(crate) fn too_long(info: &ButtonInfo, request: &str) -> View {
    told(info, request, Part::Warning(Text::id(texts::TOO_LONG)))
}

/// Pressed from the start.
pub(crate) fn stuck(info: &ButtonInfo, request: &str) -> View {
    told(info, request, Part::Warning(Text::id(texts::STUCK)))
}

/// The press was right as far as this method can tell.
pub(crate) fn seen(info: &ButtonInfo, request: &str) -> View {
    told(info, request, Part::Paragraph(Text::id(texts::SEEN)))
}

/// Nothing counts any more.
pub(crate) fn window_over(info: &ButtonInfo, request: &str) -> View {
    told(info, request, Part::Warning(Text::id(texts::WINDOW_OVER)))
}

fn told(info: &ButtonInfo, request: &str, part: Part) -> View {
    what_it_does(info).with(part).with(Part::RequestNumber(request.into()))
}

fn what_it_does(info: &ButtonInfo) -> View {
    match info.outcome {
        PressOutcome::NewPassword => {
            View::titled(Text::id(texts::TITLE_PASSWORD)).with(Part::Paragraph(Text::id(texts::DOES_PASSWORD)))
        }
        PressOutcome::FactoryState => {
            View::titled(Text::id(texts::TITLE_FACTORY)).with(Part::Warning(Text::id(texts::DOES_FACTORY)))
        }
    }
}

/// In milliseconds, so that a bar moves evenly; the label says seconds.
fn progress(info: &ButtonInfo, held_ms: u64, label: Text) -> Part {
    let of = info.hold_ms.max(1);
    Part::Progress { done: u32::try_from(held_ms).unwrap_or(of).min(of), of, label }
}

/// Never promises less than is asked for.
fn hold_seconds(info: &ButtonInfo) -> i64 {
    i64::from(info.hold_ms.div_ceil(1000))
}

fn seconds_down(ms: u64) -> i64 {
    i64::try_from(ms / 1000).unwrap_or(i64::MAX)
}
