//! What the method shows: parts and text ids.

use resetkit_contract::abi::{RSome, RVec};
use resetkit_contract::{Action, Part, Purpose, Qr, SealedChallenge, StartInfo, Text, View};

use crate::machine::{ACTION_NEW_CODE, ACTION_SHOW_AGAIN};
use crate::texts;

/// Shown while the daemon seals.
pub(crate) fn preparing(info: &StartInfo) -> View {
    View::titled(title(info)).with(Part::Paragraph(Text::id(texts::PREPARING)))
}

/// The picture, and what to do with it.
pub(crate) fn code(info: &StartInfo, challenge: &SealedChallenge) -> View {
    let view = View::titled(title(info)).with(Part::Steps(steps(info, challenge)));
    with_figures(view.with(picture(challenge)), info, challenge)
}

/// The same picture, and what helps when no mail came.
pub(crate) fn no_mail(info: &StartInfo, challenge: &SealedChallenge) -> View {
    let advice = [texts::MAIL_FOLDER, texts::MAIL_ADDRESS, texts::MAIL_SCAN_AGAIN];
    let view = View::titled(Text::id(texts::TITLE_NO_MAIL))
        .with(Part::Steps(advice.into_iter().map(Text::id).collect()))
        .with(picture(challenge));
    let view = with_figures(view, info, challenge);
    let view = match info.new_codes_left {
        0 => view.with(Part::Warning(Text::id(texts::MAIL_NO_MORE))),
        left => view
            .with(Part::Paragraph(Text::id(texts::MAIL_NEW_CODE).with_number("left", left.into())))
            .with(action(ACTION_NEW_CODE, texts::ACTION_NEW_CODE)),
    };
    view.with(action(ACTION_SHOW_AGAIN, texts::ACTION_SHOW_AGAIN))
}

/// The sealed challenge; the host draws it for the screen that shows it.
fn picture(challenge: &SealedChallenge) -> Part {
    let label = Text::id(texts::QR_LABEL).with("request", challenge.request.clone());
    Part::Qr(Qr::of(challenge.url.clone(), label))
}

fn title(info: &StartInfo) -> Text {
    Text::id(match info.purpose {
        Purpose::ConfirmAddress => texts::TITLE_CONFIRM,
        Purpose::Reset | Purpose::Notice | Purpose::Unlock => texts::TITLE_RESET,
    })
}

fn steps(info: &StartInfo, challenge: &SealedChallenge) -> RVec<Text> {
    let mut steps = RVec::new();
    if let RSome(app) = &info.app {
        let menu: Vec<_> = app.menu.iter().map(|entry| entry.as_str()).collect();
        steps.push(Text::id(texts::STEP_APP).with("app", app.name.clone()).with("menu", menu.join(" → ")));
    }
    steps.push(Text::id(texts::STEP_CAMERA));
    steps.push(Text::id(texts::STEP_CONFIRM));
    steps.push(Text::id(texts::STEP_MAIL).with("request", challenge.request.clone()));
    steps.push(Text::id(texts::STEP_TYPE));
    steps
}

fn with_figures(view: View, info: &StartInfo, challenge: &SealedChallenge) -> View {
    let view = match &info.address_hint {
        RSome(hint) => view.with(Part::AddressHint(hint.clone())),
        resetkit_contract::abi::RNone => view,
    };
    view.with(Part::RequestNumber(challenge.request.clone()))
        .with(Part::MinutesLeft(challenge.minutes_left))
        .with(Part::TriesLeft(challenge.tries_left))
}

fn action(id: &str, label: &str) -> Part {
    Part::Action(Action { id: id.into(), label: Text::id(label) })
}
