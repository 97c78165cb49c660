//! What an owner with a sheet of paper sees.
#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect must fail")]

use resetkit_contract::abi::{RNone, RSome};
use resetkit_contract::{
    App, FailKind, Method as _, MethodEvent, MethodOutput, News, Part, Purpose, Screen, SealForm, StartInfo, Text, View,
};
use resetkit_method_recovery_codes::{RecoveryCodes, texts};

fn start() -> MethodEvent {
    MethodEvent::Start(StartInfo {
        purpose: Purpose::Reset,
        form: SealForm::AddressSealed,
        locale: "en".into(),
        screen: Screen { width_px: 0, height_px: 0, columns: 0, rows: 0 },
        tries_left: 5,
        minutes_left: 60,
        new_codes_left: 2,
        at_ms: 0,
        address_hint: RSome("o•••r@•••.example".into()),
        app: RSome(App { name: "Plain".into(), menu: vec!["Me".into()].into() }),
        clock: RNone,
        button: RNone,
        support: RNone,
    })
}

fn ready(request: &str, left: u8) -> MethodEvent {
    MethodEvent::KeptReady { request: request.into(), left, tries_left: 5 }
}

fn typing(left: u8) -> (RecoveryCodes, View) {
    let mut method = RecoveryCodes::new();
    method.advance(start());
    let view = shown(&method.advance(ready("0042", left)));
    (method, view)
}

fn shown(outputs: &[MethodOutput]) -> View {
    let [MethodOutput::Show(view)] = outputs else { panic!("one view expected, not {outputs:?}") };
    view.clone()
}

#[test]
fn r87_it_asks_for_a_kept_code_at_once_and_for_nothing_else() {
    let outputs = RecoveryCodes::new().advance(start());
    assert_eq!((&outputs[0], &outputs[2]), (&MethodOutput::Ready, &MethodOutput::AskKept));
    assert_eq!(outputs.len(), 3);
}

#[test]
fn r87_the_owner_is_told_where_to_look_how_many_are_left_and_whom_not_to_tell() {
    let (_, view) = typing(7);
    for part in [
        Part::Paragraph(Text::id(texts::LEFT).with_number("left", 7)),
        Part::Paragraph(Text::id(texts::NEVER_TELL)),
        Part::RequestNumber("0042".into()),
        Part::MinutesLeft(60),
        Part::TriesLeft(5),
    ] {
        assert!(view.parts.contains(&part), "{part:?}");
    }
    let Part::Steps(steps) = &view.parts[0] else { panic!("steps first") };
    assert_eq!(steps.first().unwrap().id, texts::STEP_SHEET);
    assert!(view.qr().is_none() && view.actions().next().is_none(), "there is nothing to scan and nothing to press");
}

#[test]
fn r87_the_last_code_says_that_a_new_sheet_is_due() {
    let (_, view) = typing(1);
    assert!(view.parts.contains(&Part::Warning(Text::id(texts::LAST))));
}

#[test]
fn figures_follow_the_news_and_a_new_number_replaces_the_old() {
    let (mut method, _) = typing(7);
    let view = shown(&method.advance(MethodEvent::News(News::TriesLeft(2))));
    assert!(view.parts.contains(&Part::TriesLeft(2)));
    let view = shown(&method.advance(MethodEvent::News(News::MinutesLeft(9))));
    assert!(view.parts.contains(&Part::MinutesLeft(9)) && view.parts.contains(&Part::TriesLeft(2)));
    let view = shown(&method.advance(ready("0043", 6)));
    assert!(view.parts.contains(&Part::RequestNumber("0043".into())) && view.parts.contains(&Part::MinutesLeft(9)));
}

#[test]
fn a_void_request_is_asked_for_again_a_refused_one_ends_it_and_a_proved_one_too() {
    let (mut method, _) = typing(7);
    assert!(method.advance(MethodEvent::News(News::AskAgain)).contains(&MethodOutput::AskKept));
    let refused = MethodOutput::Fail { kind: FailKind::Refused, code: "kept-refused".into() };
    assert_eq!(method.advance(MethodEvent::SealRefused { code: "E-301".into() }), [refused]);
    assert_eq!(method.advance(start()), [], "it is over");
    for end in [MethodEvent::News(News::Proved), MethodEvent::Stop] {
        assert_eq!(typing(7).0.advance(end), [MethodOutput::Done]);
    }
}

#[test]
fn events_that_mean_nothing_now_change_nothing() {
    let (mut method, view) = typing(7);
    for event in [MethodEvent::Tick { at_ms: 1 }, start(), MethodEvent::Action { id: "x".into() }] {
        assert!(matches!(&method.advance(event)[..], [MethodOutput::Log { .. }]));
    }
    assert_eq!(shown(&method.advance(MethodEvent::News(News::NoMailCame))), view);
}
