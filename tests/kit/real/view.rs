//! What the recorder's local API says, as a story reads it.

use serde_json::{Value, json};

use super::http::Answer;
use crate::world::{Act, Screen, Ticket, Trouble};

/// A good answer, or the trouble that a problem document tells of (RFC 9457).
pub(super) fn good(answer: Result<Answer, String>) -> Result<Answer, Trouble> {
    let answer =
        answer.map_err(|problem| Trouble { code: "unreachable".into(), happened: problem, ..Trouble::default() })?;
    if answer.is_good() { Ok(answer) } else { Err(trouble_in(&answer.body)) }
}

fn trouble_in(problem: &Value) -> Trouble {
    let first = |keys: &[&str]| keys.iter().find_map(|key| problem[*key].as_str()).unwrap_or_default().to_owned();
    Trouble { code: first(&["code"]), happened: first(&["text", "detail"]), next_step: first(&["next_step"]) }
}

pub(super) fn event(act: &Act) -> Value {
    match act {
        Act::Acknowledge => json!({"event": "acknowledge"}),
        Act::Choose(method) => json!({"event": "choose", "method": method}),
        Act::AnotherWay => json!({"event": "another-way"}),
        Act::NoMailCame => json!({"event": "no-mail"}),
        Act::SupportSaidNo => json!({"event": "action", "action": "support-refused"}),
        Act::NewCode => json!({"event": "new-code"}),
        Act::MoreTime => json!({"event": "more-time"}),
        Act::TypeCode(code) => json!({"event": "type-code", "code": code}),
        Act::SetPassword(password) => json!({"event": "set-password", "password": password}),
        Act::Cancel => json!({"event": "cancel"}),
    }
}

pub(super) fn log_in_of(answer: &Result<Answer, String>) -> Option<Ticket> {
    let answer = answer.as_ref().expect("the recorder answers");
    assert!(answer.is_good() || answer.status == 401, "a log-in ended in {answer:?}");
    answer.is_good().then(|| Ticket(answer.body["token"].as_str().expect("a log-in has a token").to_owned()))
}

fn small<N: TryFrom<u64>>(value: &Value) -> Option<N> {
    value.as_u64().and_then(|number| N::try_from(number).ok())
}

pub(super) fn screen(view: &Value) -> Screen {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let list = |key: &str| view[key].as_array().cloned().unwrap_or_default();
    let name =
        |item: &Value| text(&item["method"]).or_else(|| text(&item["id"])).or_else(|| text(item)).unwrap_or_default();
    Screen {
        step: text(&view["step"]).unwrap_or_default(),
        request: text(&view["request"]),
        tries_left: small(&view["tries_left"]),
        minutes_left: small(&view["minutes_left"]),
        payload: text(&view["qr"]["text"]),
        address_hint: text(&view["address_hint"]),
        trouble: [&view["failure"], &view["flaws"][0]].into_iter().find(|told| told.is_object()).map(trouble_in),
        offers: list("offers").iter().map(name).collect(),
        withheld: list("withheld").iter().map(|item| (name(item), text(&item["code"]).unwrap_or_default())).collect(),
    }
}
