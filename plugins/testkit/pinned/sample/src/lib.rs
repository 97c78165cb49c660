//! A method of contract 1.0 that touches as many of its types as it can. Kept as it is: it stands for those in the field.

use resetkit_contract::abi::{RNone, ROption, RSome};
use resetkit_contract::{
    Action, FailKind, LogLevel, Method, MethodEvent, MethodOutput, News, Part, PressOutcome, Qr, SealedChallenge,
    StartInfo, Text, View,
};

/// One session.
#[derive(Default)]
pub struct Pinned {
    info: Option<StartInfo>,
    challenge: Option<SealedChallenge>,
    held_ms: u32,
    since_ms: Option<u64>,
    request: Option<String>,
    left: Option<u8>,
}

impl Method for Pinned {
    const ID: &'static str = "pinned";
    const VERSION: &'static str = "1.0.0";

    fn new() -> Pinned {
        Pinned::default()
    }

    fn advance(&mut self, event: MethodEvent) -> Vec<MethodOutput> {
        match event {
            MethodEvent::Start(info) if self.info.is_none() => {
                let seal = MethodOutput::Seal { purpose: info.purpose, form: info.form };
                self.info = Some(info);
                vec![MethodOutput::Ready, seal, MethodOutput::AskPress, self.view()]
            }
            MethodEvent::Sealed(challenge) => {
                self.challenge = Some(challenge);
                vec![self.view()]
            }
            MethodEvent::News(News::TriesLeft(tries)) => {
                if let Some(challenge) = &mut self.challenge {
                    challenge.tries_left = tries;
                }
                vec![self.view()]
            }
            MethodEvent::News(News::MinutesLeft(minutes)) => {
                if let Some(challenge) = &mut self.challenge {
                    challenge.minutes_left = minutes;
                }
                vec![self.view()]
            }
            MethodEvent::News(News::Proved) | MethodEvent::Stop => vec![MethodOutput::Done],
            MethodEvent::News(News::NoMailCame | News::AskAgain | News::Screen(_)) => vec![self.view()],
            MethodEvent::KeptReady { request, left, tries_left } => {
                self.request = Some(request.into_string());
                self.left = Some(left.min(tries_left));
                vec![self.view()]
            }
            MethodEvent::PressWatched { request, pressed, at_ms } => {
                self.request = Some(request.into_string());
                self.since_ms = pressed.then_some(at_ms);
                vec![self.view(), MethodOutput::WakeAfter { ms: MethodOutput::SHORTEST_WAKE_MS }]
            }
            MethodEvent::Edge { pressed, at_ms } => {
                let held = self.since_ms.map_or(0, |since| at_ms.saturating_sub(since));
                self.held_ms = u32::try_from(held).unwrap_or(u32::MAX);
                self.since_ms = pressed.then_some(at_ms);
                vec![self.view()]
            }
            MethodEvent::Action { id } if id == "again" => vec![self.view()],
            MethodEvent::SealRefused { .. } if self.challenge.is_none() && self.request.is_none() => {
                vec![MethodOutput::Fail { kind: FailKind::Refused, code: "seal-failed".into() }]
            }
            MethodEvent::LineLost { .. } => {
                vec![MethodOutput::Fail { kind: FailKind::Broken, code: "button-lost".into() }]
            }
            _ => vec![MethodOutput::Log { level: LogLevel::Debug, key: "event-ignored".into() }],
        }
    }
}

impl Pinned {
    fn view(&self) -> MethodOutput {
        let mut view = View::titled(Text::id("pinned-title").with_number("held", self.held_ms.into()));
        if let Some(info) = &self.info {
            view = view.with(Part::Steps(self.steps(info)));
            if let RSome(hint) = &info.address_hint {
                view = view.with(Part::AddressHint(hint.clone()));
            }
            if let RSome(button) = &info.button {
                let done = self.held_ms.min(button.hold_ms);
                let label = match button.outcome {
                    PressOutcome::NewPassword => Text::id("pinned-hold"),
                    PressOutcome::FactoryState => Text::id("pinned-erase"),
                };
                view = view.with(Part::Progress { done, of: button.hold_ms.max(1), label });
            }
        }
        if let Some(challenge) = &self.challenge {
            view = view
                .with(Part::Qr(Qr::of(challenge.url.clone(), Text::id("pinned-qr"))))
                .with(Part::RequestNumber(challenge.request.clone()))
                .with(Part::TriesLeft(challenge.tries_left))
                .with(Part::MinutesLeft(challenge.minutes_left));
        }
        if let Some(left) = self.left {
            view = view.with(Part::Paragraph(Text::id("pinned-left").with_number("left", left.into())));
        }
        MethodOutput::Show(view.with(Part::Action(Action { id: "again".into(), label: Text::id("pinned-again") })))
    }

    fn steps(&self, info: &StartInfo) -> resetkit_contract::abi::RVec<Text> {
        let app = match &info.app {
            RSome(app) => Text::id("pinned-app").with("app", app.name.clone()),
            RNone => Text::id("pinned-camera"),
        };
        let support: &ROption<_> = &info.support;
        let call = match support {
            RSome(support) => Text::id("pinned-call").with("contact", support.contact.clone()),
            RNone => Text::id("pinned-no-call"),
        };
        vec![app, call].into()
    }
}

resetkit_contract::export_method!(Pinned);
