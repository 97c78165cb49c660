//! The local interface for programs: the device's own screen, an integrator's web page, a test. JSON, version 0.
//!
//! Same handlers as the pages, same lanes. Unknown fields are refused (F17), bodies are at most 4 KiB, errors are
//! problem documents (RFC 9457) with the code that the screens show. Tokens come as `Authorization: Bearer`, never as a
//! cookie, so no other web site can send one.

mod bodies;
mod care;
mod kept;
mod session;
mod stream;
mod views;

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequest, Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use resetkit_core::{Counter, MethodId, Secret, SessionId};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) use stream::STREAMS_MAX;

use crate::acts::Act;
use crate::daemon::{Ask, Token};
use crate::problem::{Problem, Slip};
use crate::texts;
use crate::web::{Shape, Site, Waiting, newer, parse_id, picture, save, settle, status};

/// The interface's routes.
pub(crate) fn router() -> Router<Site> {
    Router::new()
        .route("/api/v0/device", get(device))
        .route("/api/v0/setup", post(set_up))
        .route("/api/v0/login", post(log_in))
        .route("/api/v0/logout", post(log_out))
        .route("/api/v0/banner/acknowledge", post(acknowledge))
        .route("/api/v0/address", get(address).post(change_address))
        .route("/api/v0/address/confirm", post(confirm))
        .route("/api/v0/pending", get(pending))
        .route("/api/v0/pending/{request}/cancel", post(cancel_pending))
        .route("/api/v0/readiness", get(care::readiness))
        .route("/api/v0/metrics", get(care::metrics))
        .route("/api/v0/doctor", get(care::doctor))
        .route("/api/v0/after-reset", get(care::plan))
        .route("/api/v0/after-reset/update", post(care::update))
        .route("/api/v0/after-reset/acknowledge", post(care::acknowledge))
        .route("/api/v0/after-reset/clients/{client}", post(care::by_hand))
        .route("/api/v0/methods", get(methods))
        .route("/api/v0/methods/{method}", post(switch_method))
        .route("/api/v0/recovery-codes", get(kept::status).post(kept::make).delete(kept::remove))
        .route("/api/v0/recovery-codes/confirm", post(kept::type_back))
        .route("/api/v0/recovery-codes/sheet.pdf", get(kept::pdf))
        .route("/api/v0/recovery-codes/sheet.png", get(kept::png))
        .route("/api/v0/hand-over", post(kept::hand_over))
        .route("/api/v0/texts", get(all_texts))
        .route("/api/v0/openapi.json", get(openapi))
        .route("/api/v0/resets", post(open))
        .route("/api/v0/resets/{id}", get(view))
        .route("/api/v0/resets/{id}/stream", get(stream::view))
        .route("/api/v0/resets/{id}/events", post(drive))
        .route("/api/v0/resets/{id}/export", post(export))
        .route("/api/v0/resets/{id}/qr.svg", get(qr_svg))
        .route("/api/v0/resets/{id}/qr.png", get(qr_png))
        .route("/api/v0/resets/{id}/qr.txt", get(qr_txt))
}

/// A problem document.
#[derive(Serialize)]
struct ProblemOf {
    #[serde(rename = "type")]
    kind: String,
    title: String,
    status: u16,
    detail: String,
    code: &'static str,
    next_step: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<String>,
}

/// Answers with a problem document.
pub(crate) fn answer_problem(site: &Site, headers: &HeaderMap, problem: &Problem) -> Response {
    let told = texts::problem(site.texts(headers), problem);
    let body = ProblemOf {
        kind: format!("urn:resetkit:error:{}", told.code),
        title: told.name.replace('-', " "),
        status: problem.status(),
        detail: told.text,
        code: told.code,
        next_step: told.remedy,
        reasons: told.reasons,
    };
    (
        status(problem),
        [(header::CONTENT_TYPE, "application/problem+json")],
        serde_json::to_string(&body).unwrap_or_default(),
    )
        .into_response()
}

/// A body that is exactly what is asked for.
struct Body<T>(HeaderMap, T);

impl<T: DeserializeOwned> FromRequest<Site> for Body<T> {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Response> {
        let headers = request.headers().clone();
        let refuse = |slip: Slip| answer_problem(site, &headers, &slip.into());
        // What another web site can send without asking first is no JSON by its content type.
        let is_json = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).is_some_and(|kind| {
            kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
        });
        let octets = Bytes::from_request(request, site).await.map_err(|rejection| {
            let too_large = rejection.status() == StatusCode::PAYLOAD_TOO_LARGE;
            refuse(if too_large { Slip::TooLarge } else { Slip::Malformed })
        })?;
        // A list of values would pass for an object whose fields come in that order (F17).
        let is_object = octets.iter().find(|octet| !octet.is_ascii_whitespace()) == Some(&b'{');
        if !is_json || !is_object {
            return Err(refuse(Slip::Malformed));
        }
        let body = serde_json::from_slice(&octets).map_err(|_| refuse(Slip::Malformed))?;
        Ok(Self(headers, body))
    }
}

fn bearer(headers: &HeaderMap) -> Option<Token> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && token.len() <= 128).then(|| Secret::new(token.to_owned()))
}

fn answer<T: Serialize>(site: &Site, headers: &HeaderMap, code: StatusCode, outcome: Result<T, Problem>) -> Response {
    match outcome {
        Ok(body) => (code, Json(body)).into_response(),
        Err(problem) => answer_problem(site, headers, &problem),
    }
}

async fn device(State(site): State<Site>, headers: HeaderMap) -> Response {
    let facts = match site.door.ask(Ask::Device).await {
        Ok(facts) => facts,
        Err(problem) => return answer_problem(&site, &headers, &problem),
    };
    let who = match bearer(&headers) {
        Some(token) => site.door.ask(|reply| Ask::Who(token, reply)).await.ok(),
        None => None,
    };
    Json(views::device(&site, &facts, who.as_ref())).into_response()
}

async fn set_up(State(site): State<Site>, Body(headers, body): Body<bodies::SetUp>) -> Response {
    let lane = site.place.lane;
    let (password, email) = (body.password.take(), body.email);
    let outcome = site.door.ask(|reply| Ask::SetUp { password, email, lane, reply }).await;
    answer(&site, &headers, StatusCode::CREATED, outcome.map(views::token))
}

async fn log_in(State(site): State<Site>, Body(headers, body): Body<bodies::LogIn>) -> Response {
    let lane = site.place.lane;
    // A program at the device's own screen may say that a person stands before it; nobody else is believed (R22).
    let interactive = body.interactive && lane == resetkit_core::Lane::Console;
    let (account, password, client) = (body.account, body.password.take(), body.client);
    let outcome = site.door.ask(|reply| Ask::LogIn { account, password, interactive, client, lane, reply }).await;
    answer(&site, &headers, StatusCode::OK, outcome.map(views::token))
}

async fn log_out(State(site): State<Site>, headers: HeaderMap) -> Response {
    if let Some(token) = bearer(&headers) {
        site.door.tell(Ask::LogOut(token));
    }
    StatusCode::NO_CONTENT.into_response()
}

async fn acknowledge(State(site): State<Site>, headers: HeaderMap) -> Response {
    let outcome = match bearer(&headers) {
        Some(token) => site.door.ask(|reply| Ask::AcknowledgeBanner(token, reply)).await,
        None => Err(Slip::NotLoggedIn.into()),
    };
    match outcome {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(problem) => answer_problem(&site, &headers, &problem),
    }
}

async fn pending(State(site): State<Site>, headers: HeaderMap) -> Response {
    let lane = site.place.lane;
    let outcome = site.door.ask(|reply| Ask::Pending(lane, reply)).await;
    answer(&site, &headers, StatusCode::OK, outcome.map(|pending| views::pending(&pending)))
}

async fn cancel_pending(State(site): State<Site>, Path(request): Path<String>, headers: HeaderMap) -> Response {
    let lane = site.place.lane;
    let outcome = async {
        let request = request.parse().map_err(|_| Slip::NotFound)?;
        site.door.ask(|reply| Ask::CancelPending(lane, Counter::new(request), reply)).await
    };
    match outcome.await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(problem) => answer_problem(&site, &headers, &problem),
    }
}

async fn methods(State(site): State<Site>, headers: HeaderMap) -> Response {
    let outcome = match bearer(&headers) {
        Some(token) => site.door.ask(|reply| Ask::Methods(token, site.place.lane, reply)).await,
        None => Err(Slip::NotLoggedIn.into()),
    };
    answer(&site, &headers, StatusCode::OK, outcome.map(|all| views::methods(&site, &headers, &all)))
}

async fn switch_method(
    State(site): State<Site>,
    Path(method): Path<String>,
    Body(headers, body): Body<bodies::Switch>,
) -> Response {
    let outcome = async {
        let login = bearer(&headers).ok_or(Slip::NotLoggedIn)?;
        let method = MethodId::parse(&method).map_err(|_| Slip::NotFound)?;
        let (lane, on) = (site.place.lane, body.on);
        site.door.ask(|reply| Ask::SwitchMethod { login, method, on, lane, reply }).await
    };
    let outcome = outcome.await;
    answer(&site, &headers, StatusCode::OK, outcome.map(|all| views::methods(&site, &headers, &all)))
}

async fn all_texts(State(site): State<Site>, headers: HeaderMap) -> Response {
    Json(views::texts(&site, &headers)).into_response()
}

/// The interface's own description (OpenAPI 3.1).
const OPENAPI: &str = include_str!("openapi.json");

async fn openapi() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], OPENAPI).into_response()
}

async fn open(State(site): State<Site>, Body(headers, body): Body<bodies::Open>) -> Response {
    let (lane, locale) = (site.place.lane, site.texts(&headers).language().to_string());
    let (account, cells) = (body.account.unwrap_or_default(), body.screen.map(Into::into));
    let outcome = site.door.ask(|reply| Ask::OpenReset { account, lane, locale, cells, reply }).await;
    answer(&site, &headers, StatusCode::CREATED, outcome.map(|opened| views::opened(&site, &headers, &opened)))
}

async fn confirm(State(site): State<Site>, headers: HeaderMap) -> Response {
    let Some(login) = bearer(&headers) else { return answer_problem(&site, &headers, &Slip::NotLoggedIn.into()) };
    let (lane, locale) = (site.place.lane, site.texts(&headers).language().to_string());
    let outcome = site.door.ask(|reply| Ask::OpenConfirm { login, lane, locale, reply }).await;
    answer(&site, &headers, StatusCode::CREATED, outcome.map(|opened| views::opened(&site, &headers, &opened)))
}

async fn address(State(site): State<Site>, headers: HeaderMap) -> Response {
    let outcome = match bearer(&headers) {
        Some(token) => site.door.ask(|reply| Ask::Who(token, reply)).await,
        None => Err(Slip::NotLoggedIn.into()),
    };
    answer(&site, &headers, StatusCode::OK, outcome.map(views::address))
}

async fn change_address(State(site): State<Site>, Body(headers, body): Body<bodies::ChangeAddress>) -> Response {
    let Some(login) = bearer(&headers) else { return answer_problem(&site, &headers, &Slip::NotLoggedIn.into()) };
    let lane = site.place.lane;
    let (password, email) = (body.password.take(), body.email);
    let outcome = site.door.ask(|reply| Ask::ChangeAddress { login, password, email, lane, reply }).await;
    answer(&site, &headers, StatusCode::OK, outcome.map(views::address))
}

/// Session and token of a request; a foreign session is the same as none.
fn who(headers: &HeaderMap, id: &str) -> Result<(SessionId, Token), Problem> {
    let session = parse_id(id).ok_or(Slip::NotFound)?;
    Ok((session, bearer(headers).ok_or(Slip::NotFound)?))
}

async fn view(
    State(site): State<Site>,
    Path(id): Path<String>,
    query: Result<Query<Waiting>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let outcome = async {
        let (session, token) = who(&headers, &id)?;
        let Query(waiting) = query.map_err(|_| Slip::Malformed)?;
        let screen = site.door.ask(|reply| Ask::Watch { session, token, reply }).await?;
        Ok(session::view(&site, &headers, &*newer(screen, waiting.after, waiting.wait).await))
    };
    let outcome = outcome.await;
    answer(&site, &headers, StatusCode::OK, outcome)
}

async fn drive(
    State(site): State<Site>,
    Path(id): Path<String>,
    Body(headers, body): Body<bodies::Happened>,
) -> Response {
    let outcome = async {
        let (session, token) = who(&headers, &id)?;
        let screen = match body.written().read()? {
            Act::Event(event) => site.door.ask(|reply| Ask::Drive { session, token, event, reply }).await?,
            Act::Press(action) => site.door.ask(|reply| Ask::Press { session, token, action, reply }).await?,
        };
        Ok(session::view(&site, &headers, &*settle(screen).await))
    };
    let outcome = outcome.await;
    answer(&site, &headers, StatusCode::OK, outcome)
}

async fn export(State(site): State<Site>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let outcome = async {
        let (session, token) = who(&headers, &id)?;
        let screen = site.door.ask(|reply| Ask::Watch { session, token, reply }).await?;
        let screen = screen.borrow().clone();
        save(&site, screen).await
    };
    let outcome = outcome.await;
    answer(&site, &headers, StatusCode::OK, outcome.map(|file| views::ExportedOf { file }))
}

async fn qr_svg(State(site): State<Site>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    qr(&site, &headers, &id, Shape::Svg).await
}

async fn qr_png(State(site): State<Site>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    qr(&site, &headers, &id, Shape::Png).await
}

async fn qr_txt(State(site): State<Site>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    qr(&site, &headers, &id, Shape::Text).await
}

async fn qr(site: &Site, headers: &HeaderMap, id: &str, shape: Shape) -> Response {
    let found = async {
        let (session, token) = who(headers, id)?;
        let screen = site.door.ask(|reply| Ask::Watch { session, token, reply }).await?;
        let screen = screen.borrow().clone();
        picture(&screen, shape)
    };
    found.await.unwrap_or_else(|problem| answer_problem(site, headers, &problem))
}
