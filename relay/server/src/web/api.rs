//! The companion app's side.

use super::problem::{Answer, of_form};
use super::{Web, language, unlock};
use crate::relay::{Accepted, Proven, Refused};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use resetkit_protocol::{LookAnswer, ProblemCode, ScanAnswer, ScanRequest, from_text};
use std::sync::Arc;

/// `POST /v1/scan`: sends the code of one challenge, or passes an unlock on to support. The address it goes to is the sealed one, never the caller's (F9).
pub(super) async fn scan(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let request = match read(&web, &headers, body) {
        Ok(request) => request,
        Err(answer) => return answer.into_response(),
    };
    let wanted = language::wanted(&headers);
    if let Some(octets) = unlock::octets_of(&request.payload) {
        return match unlock::at_relay(&web, octets, unlock::Step::PassOn).await {
            Ok(passed) => (StatusCode::ACCEPTED, Json(unlock::confirmation(&web, &passed, &wanted))).into_response(),
            Err(refused) => Answer::new(&web.relay, &refused, &wanted).into_response(),
        };
    }
    match send(&web, request.payload).await {
        Ok(accepted) => (StatusCode::ACCEPTED, Json(confirmation(&web, &accepted, &wanted))).into_response(),
        Err(refused) => Answer::new(&web.relay, &refused, &wanted).into_response(),
    }
}

/// `POST /v1/look`: says what a challenge is about, so that an app can ask its owner first. Sends nothing.
pub(super) async fn look(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let request = match read(&web, &headers, body) {
        Ok(request) => request,
        Err(answer) => return answer.into_response(),
    };
    if let Some(octets) = unlock::octets_of(&request.payload) {
        return match unlock::at_relay(&web, octets, unlock::Step::Look).await {
            Ok(unlock) => Json(unlock::preview(&web, &unlock)).into_response(),
            Err(refused) => Answer::new(&web.relay, &refused, &language::wanted(&headers)).into_response(),
        };
    }
    match super::pages::look(&web, request.payload).await {
        Ok(proven) => Json(preview(&web, &proven)).into_response(),
        Err(refused) => Answer::new(&web.relay, &refused, &language::wanted(&headers)).into_response(),
    }
}

/// One field of one type, in JSON, and nothing else (F17).
fn read(web: &Web, headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<ScanRequest, Box<Answer>> {
    let body = body.map_err(|_| Box::new(of_form(web, headers, ProblemCode::TooLarge)))?;
    if !is_json(headers) {
        let answer = of_form(web, headers, ProblemCode::BadRequest);
        return Err(Box::new(answer.with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE)));
    }
    serde_json::from_slice(&body).map_err(|_| Box::new(of_form(web, headers, ProblemCode::BadRequest)))
}

/// `GET /v1/openapi.json`.
pub(super) async fn openapi(State(web): State<Arc<Web>>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], web.openapi.clone()).into_response()
}

/// Opening and writing take their time, so they run beside the connections.
pub(super) async fn send(web: &Arc<Web>, payload: String) -> Result<Accepted, Refused> {
    let relay = Arc::clone(&web.relay);
    let unavailable = || Refused { refusal: ProblemCode::Unavailable.into(), brand: None };
    let not_accepted = || Refused { refusal: ProblemCode::NotAccepted.into(), brand: None };
    let work = move || {
        let octets = from_text(&payload).map_err(|_| not_accepted())?;
        relay.send(&octets)
    };
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(unavailable()))
}

fn confirmation(web: &Web, accepted: &Accepted, wanted: &[String]) -> ScanAnswer {
    let proven = &accepted.proven;
    let face = web.relay.face(Some(&proven.device.brand));
    let texts = face.texts(wanted.iter().map(String::as_str).chain([proven.locale.as_str()]));
    let request = proven.header.request();
    ScanAnswer {
        next_step: texts.get("relay-sent-next", &[("request", (&request).into())]),
        request,
        purpose: proven.header.purpose.as_str().to_owned(),
        brand: face.name.clone(),
        model: proven.device.model.clone(),
        label: proven.device.label.as_str().to_owned(),
        resent: accepted.resent,
        resends_left: proven.resends_left,
    }
}

fn preview(web: &Web, proven: &Proven) -> LookAnswer {
    let device = &proven.device;
    LookAnswer {
        request: proven.header.request(),
        purpose: proven.header.purpose.as_str().to_owned(),
        brand: web.relay.face(Some(&device.brand)).name.clone(),
        model: device.model.clone(),
        nickname: device.nickname.as_ref().map(|nickname| nickname.as_str().to_owned()),
        label: device.label.as_str().to_owned(),
        sent: proven.accepted,
        resends_left: proven.resends_left,
    }
}

pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}
