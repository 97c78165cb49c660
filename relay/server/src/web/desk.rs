//! The support desk's interface: JSON, a token in `Authorization: Bearer`, and the reason in every refusal.

use super::problem::{Answer, of_form};
use super::{Web, api, language};
use crate::relay::{Refused, Relay};
use crate::staff::Member;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use resetkit_protocol::{CloseTicket, OpenTicket, PostApproval, ProblemCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// `GET /v1/support/tickets`.
pub(super) async fn list(State(web): State<Arc<Web>>, headers: HeaderMap) -> Response {
    let done = for_staff(&web, &headers, Relay::desk_list).await;
    answer(&web, &headers, StatusCode::OK, done)
}

/// `POST /v1/support/tickets`.
pub(super) async fn open(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let open: OpenTicket = match read(&web, &headers, body) {
        Ok(open) => open,
        Err(answer) => return *answer,
    };
    let done = for_staff(&web, &headers, move |relay, who| relay.open_ticket(who, open)).await;
    answer(&web, &headers, StatusCode::CREATED, done)
}

/// `GET /v1/support/tickets/{ticket}`.
pub(super) async fn show(State(web): State<Arc<Web>>, Path(number): Path<String>, headers: HeaderMap) -> Response {
    let done = for_staff(&web, &headers, move |relay, who| relay.ticket(who, &number)).await;
    answer(&web, &headers, StatusCode::OK, done)
}

/// `POST /v1/support/tickets/{ticket}/approvals`.
pub(super) async fn approve(
    State(web): State<Arc<Web>>,
    Path(number): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let posted: PostApproval = match read(&web, &headers, body) {
        Ok(posted) => posted,
        Err(answer) => return *answer,
    };
    let done = for_staff(&web, &headers, move |relay, who| relay.approve(who, &number, posted)).await;
    answer(&web, &headers, StatusCode::CREATED, done)
}

/// `POST /v1/support/tickets/{ticket}/close`.
pub(super) async fn close(
    State(web): State<Arc<Web>>,
    Path(number): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let close: CloseTicket = match read(&web, &headers, body) {
        Ok(close) => close,
        Err(answer) => return *answer,
    };
    let done = for_staff(&web, &headers, move |relay, who| relay.close_ticket(who, &number, &close)).await;
    match done {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(refused) => refusal(&web, &headers, &refused),
    }
}

/// Who asks is looked at before what he asks: without a token nobody learns whether his request would have done.
fn read<T: DeserializeOwned>(
    web: &Web,
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<T, Box<Response>> {
    if let Err(refused) = web.relay.staff(token(headers)) {
        return Err(Box::new(refusal(web, headers, &refused)));
    }
    let body = body.map_err(|_| Box::new(of_form(web, headers, ProblemCode::TooLarge).into_response()))?;
    if !api::is_json(headers) {
        let answer = of_form(web, headers, ProblemCode::BadRequest).with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        return Err(Box::new(answer.into_response()));
    }
    serde_json::from_slice(&body).map_err(|_| Box::new(of_form(web, headers, ProblemCode::BadRequest).into_response()))
}

/// Runs the store's work beside the connections.
async fn for_staff<T: Send + 'static>(
    web: &Arc<Web>,
    headers: &HeaderMap,
    work: impl FnOnce(&Relay, &Member) -> Result<T, Refused> + Send + 'static,
) -> Result<T, Refused> {
    let relay = Arc::clone(&web.relay);
    let who = relay.staff(token(headers))?.clone();
    let unavailable = Refused { refusal: ProblemCode::Unavailable.into(), brand: None };
    tokio::task::spawn_blocking(move || work(&relay, &who)).await.unwrap_or(Err(unavailable))
}

fn token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

fn answer<T: Serialize>(web: &Web, headers: &HeaderMap, good: StatusCode, done: Result<T, Refused>) -> Response {
    match done {
        Ok(body) => (good, Json(body)).into_response(),
        Err(refused) => refusal(web, headers, &refused),
    }
}

fn refusal(web: &Web, headers: &HeaderMap, refused: &Refused) -> Response {
    let mut response = Answer::new(&web.relay, refused, &language::wanted(headers)).into_response();
    if refused.refusal.code == ProblemCode::StaffUnknown {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"support\""));
    }
    response
}
