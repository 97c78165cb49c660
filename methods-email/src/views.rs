//! What the method shows: parts and text ids. Never a word of the server's.

use resetkit_contract::abi::{RNone, RSome, RString, RVec};
use resetkit_contract::{Action, Part, Purpose, StartInfo, Text, View};

use crate::machine::{ACTION_NEW_CODE, ACTION_SHOW_AGAIN};
use crate::texts;
use crate::trouble::Trouble;

/// A mail that the server took.
#[derive(Debug, Clone)]
pub(crate) struct Receipt {
    /// Who took it.
    pub(crate) host: RString,
    /// The request number in the mail.
    pub(crate) request: RString,
    /// How long it took, in seconds.
    pub(crate) after_s: u64,
    /// When, in seconds since 1970, where the device trusts its clock.
    pub(crate) at: Option<u64>,
}

/// How far a mail has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    Connecting,
    Securing,
    Secured(RString),
    Code,
    Handing(RString),
}

impl Step {
    /// Steps in all.
    const ALL: u32 = 5;

    fn done(&self) -> u32 {
        match self {
            Step::Connecting => 0,
            Step::Securing => 1,
            Step::Secured(_) => 2,
            Step::Code => 3,
            Step::Handing(_) => 4,
        }
    }

    fn label(&self) -> Text {
        match self {
            Step::Connecting => Text::id(texts::STEP_CONNECTING),
            Step::Securing => Text::id(texts::STEP_SECURING),
            Step::Secured(host) => Text::id(texts::STEP_SECURED).with("host", host.clone()),
            Step::Code => Text::id(texts::STEP_CODE),
            Step::Handing(host) => Text::id(texts::STEP_HANDING).with("host", host.clone()),
        }
    }
}

/// A mail on its way out.
pub(crate) fn progress(info: &StartInfo, step: &Step, out: Option<&Receipt>) -> View {
    let view = View::titled(title(info)).with(Part::Progress { done: step.done(), of: Step::ALL, label: step.label() });
    let view = with_hint(view, info);
    match out {
        // The code of the earlier mail can be typed meanwhile.
        Some(receipt) => with_figures(view.with(Part::Paragraph(Text::id(texts::OLD_COUNTS))), info, receipt),
        None => view,
    }
}

/// The mail is the server's; the code is to be typed.
pub(crate) fn sent(info: &StartInfo, receipt: &Receipt, trouble: Option<Trouble>) -> View {
    let mut view = View::titled(Text::id(texts::TITLE_SENT));
    if let Some(trouble) = trouble {
        view = view.with(Part::Warning(Text::id(trouble.text()))).with(Part::Warning(Text::id(texts::NOT_AGAIN)));
    }
    let steps = [Text::id(texts::DO_OPEN).with("request", receipt.request.clone()), Text::id(texts::DO_TYPE)];
    let view = view.with(Part::Paragraph(accepted(receipt))).with(Part::Steps(steps.into_iter().collect()));
    with_figures(with_hint(view, info), info, receipt)
}

/// What helps when no mail came.
pub(crate) fn no_mail(info: &StartInfo, receipt: &Receipt) -> View {
    let steps: RVec<_> = [
        Text::id(texts::MAIL_FOLDER),
        Text::id(texts::MAIL_ADDRESS),
        Text::id(texts::MAIL_SERVER).with("host", receipt.host.clone()),
    ]
    .into_iter()
    .collect();
    let view = View::titled(Text::id(texts::TITLE_NO_MAIL)).with(Part::Steps(steps));
    let view = with_figures(with_hint(view, info), info, receipt);
    let view = match info.new_codes_left {
        0 => view.with(Part::Warning(Text::id(texts::MAIL_NO_MORE))),
        left => view
            .with(Part::Paragraph(Text::id(texts::MAIL_NEW_CODE).with_number("left", left.into())))
            .with(action(ACTION_NEW_CODE, texts::ACTION_NEW_CODE)),
    };
    view.with(action(ACTION_SHOW_AGAIN, texts::ACTION_SHOW_AGAIN))
}

/// The mail did not leave; the engine leads on.
pub(crate) fn not_sent(trouble: Trouble) -> View {
    View::titled(Text::id(texts::TITLE_NOT_SENT)).with(Part::Warning(Text::id(trouble.text())))
}

fn accepted(receipt: &Receipt) -> Text {
    let host = receipt.host.clone();
    match receipt.at {
        Some(at) => Text::id(texts::ACCEPTED_AT).with("host", host).with("time", time_of_day(at)),
        None => {
            let seconds = i64::try_from(receipt.after_s).unwrap_or(i64::MAX);
            Text::id(texts::ACCEPTED_AFTER).with("host", host).with_number("seconds", seconds)
        }
    }
}

/// Hours and minutes of the time that counts everywhere (UTC): the device's zone is not told to a method.
fn time_of_day(seconds: u64) -> String {
    let minutes = seconds / 60 % 1440;
    format!("{:02}:{:02} UTC", minutes / 60, minutes % 60)
}

fn title(info: &StartInfo) -> Text {
    Text::id(match info.purpose {
        Purpose::ConfirmAddress => texts::TITLE_CONFIRM,
        Purpose::Reset | Purpose::Notice | Purpose::Unlock => texts::TITLE_RESET,
    })
}

fn with_hint(view: View, info: &StartInfo) -> View {
    match &info.address_hint {
        RSome(hint) => view.with(Part::AddressHint(hint.clone())),
        RNone => view,
    }
}

fn with_figures(view: View, info: &StartInfo, receipt: &Receipt) -> View {
    view.with(Part::RequestNumber(receipt.request.clone()))
        .with(Part::MinutesLeft(info.minutes_left))
        .with(Part::TriesLeft(info.tries_left))
}

fn action(id: &str, label: &str) -> Part {
    Part::Action(Action { id: id.into(), label: Text::id(label) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_told_in_hours_and_minutes_with_its_zone() {
        assert_eq!(time_of_day(0), "00:00 UTC");
        assert_eq!(time_of_day(1_795_478_400 + 14 * 3600 + 5 * 60 + 59), "14:05 UTC");
    }
}
