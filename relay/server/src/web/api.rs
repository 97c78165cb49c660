//! The companion app's side.

use super::problem::{Answer, of_form};
use super::{Web, language};
use crate::relay::{Accepted, Refused};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use resetkit_protocol::{ProblemCode, ScanAnswer, ScanRequest, from_text};
use std::sync::Arc;

/// `POST /v1/scan`: sends the code of one challenge. The address it goes to is the sealed one, never the caller's (F9).
pub(super) async fn scan(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let Ok(body) = body else {
        return of_form(&web, &headers, ProblemCode::TooLarge).into_response();
    };
    if !is_json(&headers) {
        let answer = of_form(&web, &headers, ProblemCode::BadRequest);
        return answer.with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE).into_response();
    }
    let Ok(request) = serde_json::from_slice::<ScanRequest>(&body) else {
        return of_form(&web, &headers, ProblemCode::BadRequest).into_response();
    };
    let wanted = language::wanted(&headers);
    match send(&web, request.payload).await {
        Ok(accepted) => (StatusCode::ACCEPTED, Json(confirmation(&web, &accepted, &wanted))).into_response(),
        Err(refused) => Answer::new(&web.relay, &refused, &wanted).into_response(),
    }
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
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}
