//! The machine alone: what it says to the engine, what it shows, and that it keeps its secrets.

use resetkit_contract::{FailKind, Method, MethodEvent, MethodOutput, News, Part, View};
use resetkit_method_email::{ACTION_NEW_CODE, ACTION_SHOW_AGAIN, Email, JOIN_WITHIN_MS, texts};

use crate::play::{delivery, info};
use resetkit_contract::abi::RNone;

fn started() -> Email {
    let mut email = Email::new();
    let outputs = email.advance(MethodEvent::Start(info(RNone)));
    assert_eq!(outputs[0], MethodOutput::Ready);
    assert!(outputs.contains(&MethodOutput::Connect { setting: "smtp".into() }));
    email
}

fn refused(code: &str) -> MethodEvent {
    MethodEvent::ConnectRefused { setting: "smtp".into(), code: code.into(), at_ms: 2_000 }
}

fn shown(outputs: &[MethodOutput]) -> &View {
    let view = outputs.iter().rev().find_map(|output| match output {
        MethodOutput::Show(view) => Some(view),
        _ => None,
    });
    view.unwrap_or_else(|| panic!("a view expected in {outputs:?}"))
}

/// A session whose mail is out.
fn sent() -> Email {
    let setting = crate::play::Setting::new();
    crate::play::sent(setting)
}

fn actions(view: &View) -> Vec<String> {
    view.actions().map(|action| action.id.to_string()).collect()
}

#[test]
fn a_connection_that_cannot_be_made_is_a_failure_with_a_name_and_a_reason_on_the_screen() {
    for (said, kind, code, why) in [
        ("no-network", FailKind::Unavailable, "no-network", texts::WHY_NO_NETWORK),
        ("smtp-unreachable", FailKind::Unavailable, "smtp-unreachable", texts::WHY_NO_ANSWER),
        ("token-refused", FailKind::Refused, "smtp-login-refused", texts::WHY_LOGIN),
        ("smtp-not-set", FailKind::Missing, "smtp-not-set", texts::WHY_NOT_SET),
        ("anything", FailKind::Unavailable, "smtp-unreachable", texts::WHY_NO_ANSWER),
    ] {
        let outputs = started().advance(refused(said));
        assert_eq!(outputs.last(), Some(&MethodOutput::Fail { kind, code: code.into() }));
        let Part::Warning(text) = &shown(&outputs).parts[0] else { panic!("{outputs:?}") };
        assert_eq!(text.id, why);
    }
}

#[test]
fn a_daemon_that_never_connects_is_no_answer_in_time() {
    let mut email = started();
    let before = email.advance(MethodEvent::Tick { at_ms: 1_000 + JOIN_WITHIN_MS - 1 });
    assert_eq!(before, [MethodOutput::WakeAfter { ms: 250 }]);
    let after = email.advance(MethodEvent::Tick { at_ms: 1_000 + JOIN_WITHIN_MS });
    assert!(matches!(after.last(), Some(MethodOutput::Fail { code, .. }) if code == "smtp-unreachable"));
}

#[test]
fn no_mail_came_gives_hints_and_a_limited_new_code() {
    let mut email = sent();
    let outputs = email.advance(MethodEvent::News(News::NoMailCame));
    let view = shown(&outputs);
    assert_eq!(view.title.id, texts::TITLE_NO_MAIL);
    assert_eq!(actions(view), [ACTION_NEW_CODE, ACTION_SHOW_AGAIN]);
    let outputs = email.advance(MethodEvent::Action { id: ACTION_SHOW_AGAIN.into() });
    assert_eq!(shown(&outputs).title.id, texts::TITLE_SENT);
    // A new code: connect and log in first; the old number stays on the screen until the new one is drawn.
    let outputs = email.advance(MethodEvent::Action { id: ACTION_NEW_CODE.into() });
    assert!(outputs.contains(&MethodOutput::Connect { setting: "smtp".into() }));
    assert!(!outputs.iter().any(|output| matches!(output, MethodOutput::AskDelivery { .. })));
    assert!(shown(&outputs).parts.contains(&Part::RequestNumber("0042".into())));
    // It fails before a code was drawn: the old one still counts, and nothing is given up.
    let outputs = email.advance(refused("no-network"));
    assert!(!outputs.iter().any(|output| matches!(output, MethodOutput::Fail { .. })), "{outputs:?}");
    let view = shown(&outputs);
    let warning = |part: &Part| match part {
        Part::Warning(text) => Some(text.id.to_string()),
        _ => None,
    };
    let warnings: Vec<_> = view.parts.iter().filter_map(warning).collect();
    assert_eq!(warnings, [texts::WHY_NO_NETWORK, texts::NOT_AGAIN]);
}

#[test]
fn when_the_engine_waits_for_a_new_code_a_failure_is_said_and_not_only_shown() {
    let mut email = sent();
    let outputs = email.advance(MethodEvent::News(News::AskAgain));
    assert!(outputs.contains(&MethodOutput::Connect { setting: "smtp".into() }));
    let outputs = email.advance(refused("smtp-unreachable"));
    assert!(matches!(outputs.last(), Some(MethodOutput::Fail { .. })));
}

#[test]
fn news_are_drawn_and_the_end_is_an_end() {
    let mut email = sent();
    let outputs = email.advance(MethodEvent::News(News::TriesLeft(2)));
    assert!(shown(&outputs).parts.contains(&Part::TriesLeft(2)));
    let outputs = email.advance(MethodEvent::News(News::MinutesLeft(7)));
    assert!(shown(&outputs).parts.contains(&Part::MinutesLeft(7)));
    assert_eq!(email.advance(MethodEvent::News(News::Proved)), [MethodOutput::Done]);
    assert_eq!(started().advance(MethodEvent::Stop), [MethodOutput::Done]);
    assert_eq!(email.advance(MethodEvent::Stop), []);
}

#[test]
fn r15_what_is_out_of_turn_changes_nothing_and_nothing_secret_is_in_a_debug_line() {
    let mut email = sent();
    for event in [
        MethodEvent::Deliver(delivery("0043")),
        MethodEvent::Start(info(RNone)),
        MethodEvent::Readable { watch: 3, at_ms: 9 },
        MethodEvent::Action { id: "x".into() },
        MethodEvent::SealRefused { code: "E-505".into() },
        MethodEvent::Edge { pressed: true, at_ms: 9 },
    ] {
        let outputs = email.advance(event);
        assert!(matches!(&outputs[..], [MethodOutput::Log { .. }]), "{outputs:?}");
    }
    let outputs = email.advance(MethodEvent::News(News::TriesLeft(1)));
    assert!(shown(&outputs).parts.contains(&Part::RequestNumber("0042".into())));
    let debug = format!("{email:?}");
    for secret in [crate::play::CODE, crate::play::OWNER, "wonderland"] {
        assert!(!debug.contains(secret), "{debug}");
    }
}

#[test]
fn a_code_that_the_engine_does_not_give_ends_it_at_first() {
    let mut email = started();
    let outputs = email.advance(MethodEvent::SealRefused { code: "E-505".into() });
    assert!(matches!(&outputs[..], [MethodOutput::Log { .. }]), "nobody asked yet");
}
