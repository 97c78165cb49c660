//! What an owner sees who has nothing left but the telephone number of support.
#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect must fail")]

use resetkit_contract::abi::{RNone, ROption, RSome};
use resetkit_contract::{
    FailKind, Method as _, MethodEvent, MethodOutput, News, Part, Purpose, Screen, SealForm, SealedChallenge,
    StartInfo, Support as Reach, Text, View,
};
use resetkit_method_support::{ACTION_REFUSED, Support, texts};

fn start(support: ROption<Reach>) -> MethodEvent {
    MethodEvent::Start(StartInfo {
        purpose: Purpose::Reset,
        form: SealForm::AddressSealed,
        locale: "en".into(),
        screen: Screen { width_px: 800, height_px: 480, columns: 0, rows: 0 },
        tries_left: 5,
        minutes_left: 60,
        new_codes_left: 2,
        at_ms: 0,
        address_hint: RNone,
        app: RNone,
        clock: RNone,
        button: RNone,
        support,
    })
}

fn reach(hours: &str) -> ROption<Reach> {
    RSome(Reach { contact: "+00 800 555 0123".into(), hours: hours.into() })
}

fn challenge(request: &str) -> SealedChallenge {
    let payload = "7ZX".repeat(67);
    SealedChallenge {
        url: format!("HTTPS://RESET.EXAMPLE.X/{payload}").into(),
        request: request.into(),
        tries_left: 5,
        minutes_left: 60,
    }
}

fn showing(support: ROption<Reach>) -> (Support, View) {
    let mut method = Support::new();
    method.advance(start(support));
    let view = shown(&method.advance(MethodEvent::Sealed(challenge("0042"))));
    (method, view)
}

fn shown(outputs: &[MethodOutput]) -> View {
    let [MethodOutput::Show(view)] = outputs else { panic!("one view expected, not {outputs:?}") };
    view.clone()
}

fn seal() -> MethodOutput {
    MethodOutput::Seal { purpose: Purpose::Unlock, form: SealForm::Unlock }
}

fn first_step(view: &View) -> &Text {
    let steps = view.parts.iter().find_map(|part| if let Part::Steps(steps) = part { steps.first() } else { None });
    steps.unwrap()
}

#[test]
fn r89_it_asks_for_an_unlock_and_for_no_other_purpose() {
    let outputs = Support::new().advance(start(reach("")));
    assert_eq!((&outputs[0], &outputs[2]), (&MethodOutput::Ready, &seal()));
}

#[test]
fn r89_the_owner_is_told_whom_to_call_what_to_tell_and_what_support_never_asks_for() {
    let (_, view) = showing(reach("Mo-Fr 8-18"));
    let call = Text::id(texts::STEP_CALL_HOURS).with("contact", "+00 800 555 0123").with("hours", "Mo-Fr 8-18");
    assert_eq!(first_step(&view), &call);
    assert_eq!(view.qr().unwrap().payload, challenge("0042").url);
    for part in [
        Part::RequestNumber("0042".into()),
        Part::Warning(Text::id(texts::NEVER_TELL)),
        Part::MinutesLeft(60),
        Part::TriesLeft(5),
    ] {
        assert!(view.parts.contains(&part), "{part:?}");
    }
}

#[test]
fn r89_a_brand_that_tells_no_hours_or_nothing_at_all_still_has_a_first_step() {
    assert_eq!(first_step(&showing(reach("")).1).id, texts::STEP_CALL);
    assert_eq!(first_step(&showing(RNone).1).id, texts::STEP_CALL_ANYBODY);
}

#[test]
fn r93_an_owner_whom_support_refused_or_does_not_answer_is_led_on() {
    let (mut method, view) = showing(reach(""));
    let actions: Vec<_> = view.actions().map(|action| action.id.to_string()).collect();
    assert_eq!(actions, [ACTION_REFUSED]);
    let view = shown(&method.advance(MethodEvent::News(News::NoMailCame)));
    assert_eq!(view.title.id, texts::TITLE_SILENT);
    assert!(view.qr().is_some(), "the request still counts");
    let refused = MethodOutput::Fail { kind: FailKind::Refused, code: "support-refused".into() };
    assert_eq!(method.advance(MethodEvent::Action { id: ACTION_REFUSED.into() }), [refused]);
}

#[test]
fn figures_follow_the_news_and_a_new_request_replaces_the_old() {
    let (mut method, _) = showing(reach(""));
    let view = shown(&method.advance(MethodEvent::News(News::TriesLeft(2))));
    assert!(view.parts.contains(&Part::TriesLeft(2)));
    let view = shown(&method.advance(MethodEvent::News(News::MinutesLeft(9))));
    assert!(view.parts.contains(&Part::MinutesLeft(9)));
    let view = shown(&method.advance(MethodEvent::Sealed(challenge("0043"))));
    assert!(view.parts.contains(&Part::RequestNumber("0043".into())));
    let view = shown(&method.advance(MethodEvent::SealRefused { code: "E-301".into() }));
    assert!(view.parts.contains(&Part::RequestNumber("0043".into())), "a refused further one leaves what is shown");
}

#[test]
fn a_void_request_is_sealed_again_a_refused_first_one_ends_it_and_a_proved_one_too() {
    assert!(showing(RNone).0.advance(MethodEvent::News(News::AskAgain)).contains(&seal()));
    let mut method = Support::new();
    method.advance(start(RNone));
    let refused = MethodOutput::Fail { kind: FailKind::Refused, code: "seal-failed".into() };
    assert_eq!(method.advance(MethodEvent::SealRefused { code: "E-505".into() }), [refused]);
    for end in [MethodEvent::News(News::Proved), MethodEvent::Stop] {
        assert_eq!(showing(RNone).0.advance(end), [MethodOutput::Done]);
    }
}

#[test]
fn events_that_mean_nothing_now_change_nothing() {
    let (mut method, view) = showing(RNone);
    for event in [MethodEvent::Tick { at_ms: 1 }, start(RNone), MethodEvent::Action { id: "x".into() }] {
        assert!(matches!(&method.advance(event)[..], [MethodOutput::Log { .. }]));
    }
    assert_eq!(
        shown(&method.advance(MethodEvent::News(News::Screen(Screen {
            width_px: 1,
            height_px: 1,
            columns: 0,
            rows: 0
        })))),
        view
    );
}
