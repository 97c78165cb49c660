//! What the method shows: parts and text ids.

use resetkit_contract::abi::{RNone, ROption, RSome, RVec};
use resetkit_contract::{Action, Part, Qr, SealedChallenge, Support, Text, View};

use crate::machine::ACTION_REFUSED;
use crate::texts;

/// Shown while the daemon seals.
pub(crate) fn preparing() -> View {
    View::titled(Text::id(texts::TITLE)).with(Part::Paragraph(Text::id(texts::PREPARING)))
}

/// The picture, whom to call and what to tell.
pub(crate) fn request(support: &ROption<Support>, challenge: &SealedChallenge) -> View {
    with_figures(View::titled(Text::id(texts::TITLE)), support, challenge)
}

/// The same request, and what helps when nobody answers.
pub(crate) fn silent(support: &ROption<Support>, challenge: &SealedChallenge) -> View {
    let view = View::titled(Text::id(texts::TITLE_SILENT)).with(Part::Paragraph(Text::id(texts::SILENT)));
    with_figures(view, support, challenge)
}

fn with_figures(view: View, support: &ROption<Support>, challenge: &SealedChallenge) -> View {
    let label = Text::id(texts::QR_LABEL).with("request", challenge.request.clone());
    view.with(Part::Steps(steps(support, challenge)))
        .with(Part::Qr(Qr::of(challenge.url.clone(), label)))
        .with(Part::RequestNumber(challenge.request.clone()))
        .with(Part::Warning(Text::id(texts::NEVER_TELL)))
        .with(Part::MinutesLeft(challenge.minutes_left))
        .with(Part::TriesLeft(challenge.tries_left))
        .with(Part::Action(Action { id: ACTION_REFUSED.into(), label: Text::id(texts::ACTION_REFUSED) }))
}

fn steps(support: &ROption<Support>, challenge: &SealedChallenge) -> RVec<Text> {
    let tell = Text::id(texts::STEP_TELL).with("request", challenge.request.clone());
    let rest = [texts::STEP_PASS_ON, texts::STEP_WAIT, texts::STEP_TYPE].map(Text::id);
    [call(support), tell].into_iter().chain(rest).collect()
}

fn call(support: &ROption<Support>) -> Text {
    match support {
        RSome(support) if support.hours.is_empty() => {
            Text::id(texts::STEP_CALL).with("contact", support.contact.clone())
        }
        RSome(support) => Text::id(texts::STEP_CALL_HOURS)
            .with("contact", support.contact.clone())
            .with("hours", support.hours.clone()),
        RNone => Text::id(texts::STEP_CALL_ANYBODY),
    }
}
