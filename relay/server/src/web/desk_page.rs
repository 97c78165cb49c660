//! The desk's page: a list for people with a token. It shows, and changes nothing; tickets are opened and approved
//! where the keys are, with `resetkit support`.
//!
//! The log-in is a cookie that names the person and an end, sealed by the relay's own key over both and the hash of the
//! person's token: relays that share a database share log-ins, none holds a list of them, and a new token ends them. `SameSite=Strict` and `HttpOnly`.

use super::problem::of_form;
use super::{Web, language};
use crate::relay::Relay;
use crate::staff::Member;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use minijinja::context;
use minijinja::value::Serde;
use resetkit_config::{Arg, Texts};
use resetkit_protocol::{ProblemCode, TicketSummary, WaitingUnlock};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const STYLES: &[&str] = &["style.css", "desk.css"];
const COOKIE: &str = "resetkit-desk";
/// A working day, in seconds.
const LIFE: i64 = 10 * 3600;

/// Body of the log-in form.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LogIn {
    token: String,
}

/// `GET /support`.
pub(super) async fn show(State(web): State<Arc<Web>>, headers: HeaderMap) -> Response {
    let Some(who) = logged_in(&web.relay, &headers) else {
        return log_in_form(&web, &headers, false);
    };
    let (relay, wanted) = (Arc::clone(&web.relay), language::wanted(&headers));
    let member = who.clone();
    let listed = tokio::task::spawn_blocking(move || relay.desk_list(&member)).await;
    let Ok(Ok(list)) = listed else {
        return of_form(&web, &headers, ProblemCode::Unavailable).into_response();
    };
    let face = web.relay.face(Some(&who.brand));
    let texts = face.texts(wanted.iter().map(String::as_str));
    let now = web.relay.clock.now().0;
    let say = |id: &str| texts.get(id, &[]);
    let first = list.waiting.first().map_or("0000", |unlock| unlock.request.as_str());
    let heads = |ids: &[&str]| ids.iter().map(|id| say(&format!("relay-desk-column-{id}"))).collect::<Vec<_>>();
    let values = context! {
        language => texts.language().as_str(),
        brand => face.name.as_str(),
        support => say("relay-support"),
        title => say("relay-desk-title"),
        who => texts.get("relay-desk-who", &[("name", who.name.as_str().into()), ("brand", face.name.as_str().into())]),
        reload => say("relay-desk-reload"),
        logout => say("relay-desk-logout"),
        waiting_title => say("relay-desk-waiting-title"),
        waiting_none => say("relay-desk-waiting-none"),
        waiting_how => texts.get("relay-desk-waiting-how", &[("request", first.into())]),
        waiting_heads => heads(&["request", "device", "at"]),
        waiting => Serde(list.waiting.iter().map(|unlock| waiting_row(texts, unlock, now)).collect::<Vec<_>>()),
        tickets_title => say("relay-desk-tickets-title"),
        tickets_none => say("relay-desk-tickets-none"),
        ticket_heads => heads(&["ticket", "request", "device", "at", "agent", "evidence", "approvers", "state"]),
        tickets => Serde(list.tickets.iter().map(|ticket| ticket_row(texts, ticket, now)).collect::<Vec<_>>()),
    };
    let title = say("relay-desk-title");
    web.pages.render_with("desk.html", STYLES, face, StatusCode::OK, &title, values)
}

/// `POST /support`: the log-in.
pub(super) async fn log_in(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    form: Result<Form<LogIn>, FormRejection>,
) -> Response {
    let Ok(Form(LogIn { token })) = form else {
        return of_form(&web, &headers, ProblemCode::BadRequest).into_response();
    };
    let token = Zeroizing::new(token);
    match web.relay.staff(Some(token.trim())) {
        Ok(who) => {
            let ends = web.relay.clock.now().plus(LIFE).0;
            with_cookie(&web, &sealed(&web.relay, who, ends), LIFE)
        }
        Err(_) => log_in_form(&web, &headers, true),
    }
}

/// `POST /support/logout`.
pub(super) async fn log_out(State(web): State<Arc<Web>>) -> Response {
    with_cookie(&web, "", 0)
}

fn log_in_form(web: &Web, headers: &HeaderMap, wrong: bool) -> Response {
    let wanted = language::wanted(headers);
    let face = web.relay.faces.first();
    let texts = face.texts(wanted.iter().map(String::as_str));
    let say = |id: &str| texts.get(id, &[]);
    let status = if wrong { StatusCode::UNAUTHORIZED } else { StatusCode::OK };
    let values = context! {
        language => texts.language().as_str(),
        brand => face.name.as_str(),
        support => say("relay-support"),
        title => say("relay-desk-login-title"),
        label => say("relay-desk-login-label"),
        button => say("relay-desk-login-button"),
        hint => say("relay-desk-login-hint"),
        wrong => wrong.then(|| say("relay-desk-login-wrong")),
        wrong_next => say("relay-desk-login-wrong-next"),
        next_label => say("relay-next-step"),
        code_label => say("relay-code-label"),
    };
    let title = say("relay-desk-login-title");
    web.pages.render_with("desk_login.html", STYLES, face, status, &title, values)
}

fn with_cookie(web: &Web, value: &str, life: i64) -> Response {
    // The address that people use decides, not this request's headers (F8).
    let secure = if web.secure { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={value}; Path=/support; Max-Age={life}; HttpOnly; SameSite=Strict{secure}");
    let mut response = Redirect::to("/support").into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// `brand:name:end:seal`.
fn sealed(relay: &Relay, who: &Member, ends: i64) -> String {
    let text = format!("{}:{}:{ends}", who.brand, who.name);
    format!("{text}:{}", seal_of(relay, who, &text))
}

fn seal_of(relay: &Relay, who: &Member, text: &str) -> String {
    let token = data_encoding::HEXLOWER.encode(&who.token().0);
    data_encoding::HEXLOWER.encode(&relay.hash_key.desk_login(&format!("{text}:{token}")))
}

/// Who is logged in, and still works here.
fn logged_in<'a>(relay: &'a Relay, headers: &HeaderMap) -> Option<&'a Member> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let value = cookies.flat_map(|line| line.split(';')).find_map(|cookie| {
        let (name, value) = cookie.trim().split_once('=')?;
        (name == COOKIE).then_some(value)
    })?;
    let (text, seal) = value.rsplit_once(':')?;
    let (who, ends) = text.rsplit_once(':')?;
    let (brand, name) = who.split_once(':')?;
    let who = relay.desk.staff.find(brand, name)?;
    let is_ours = bool::from(seal_of(relay, who, text).as_bytes().ct_eq(seal.as_bytes()));
    let in_time = ends.parse::<i64>().is_ok_and(|ends| relay.clock.now().0 < ends);
    (is_ours && in_time).then_some(who)
}

/// One line of a table.
#[derive(Serialize)]
struct Row {
    state: String,
    cells: Vec<String>,
}

fn waiting_row(texts: &Texts, unlock: &WaitingUnlock, now: i64) -> Row {
    let cells =
        vec![unlock.request.clone(), format!("{} · {}", unlock.model, unlock.label), since(texts, unlock.at, now)];
    Row { state: "waiting".into(), cells }
}

fn ticket_row(texts: &Texts, ticket: &TicketSummary, now: i64) -> Row {
    let (state, words) = state_of(texts, ticket, now);
    let evidence = ticket.evidence.iter().map(|id| texts.get(&format!("evidence-{id}"), &[]));
    let cells = vec![
        ticket.ticket.clone(),
        ticket.request.clone(),
        format!("{} · {}", ticket.model, ticket.label),
        since(texts, ticket.opened_at, now),
        ticket.agent.clone(),
        evidence.collect::<Vec<_>>().join(", "),
        ticket.approvers.join(", "),
        words,
    ];
    Row { state, cells }
}

fn state_of(texts: &Texts, ticket: &TicketSummary, now: i64) -> (String, String) {
    let words = |state: &str| (state.to_owned(), texts.get(&format!("relay-desk-state-{state}"), &[]));
    match (ticket.outcome, ticket.approvers.len()) {
        (Some(outcome), _) => words(outcome.as_str()),
        (None, _) if now.saturating_sub(ticket.opened_at) >= crate::judge::DAY => words("over"),
        (None, 2..) => words("ready"),
        (None, done) => {
            let left = i64::try_from(2 - done).unwrap_or(2);
            ("open".to_owned(), texts.get("relay-desk-state-open", &[("count", Arg::Number(left))]))
        }
    }
}

fn since(texts: &Texts, at: i64, now: i64) -> String {
    let minutes = now.saturating_sub(at).max(0) / 60;
    if minutes < 120 {
        texts.get("relay-desk-minutes", &[("minutes", Arg::Number(minutes))])
    } else {
        texts.get("relay-desk-hours", &[("hours", Arg::Number(minutes / 60))])
    }
}
