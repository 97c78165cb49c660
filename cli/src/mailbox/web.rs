//! The mailbox's page and its JSON interface.

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Json, Redirect, Response};
use axum::routing::get;
use tower_http::set_header::SetResponseHeaderLayer;

use super::page;
use super::store::{Mailbox, Message};

/// Headers of every page. A mail is a stranger's text: no script, no picture and no frame may come of it.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors";

/// `frame_ancestors`: the one page that may show the mailbox inside itself (the demonstration's desk), or nobody.
pub(crate) fn router(mailbox: Mailbox, frame_ancestors: Option<String>) -> Router {
    let policy = HeaderValue::from_str(&format!("{POLICY} {}", frame_ancestors.as_deref().unwrap_or("'none'")));
    let policy = policy.unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    Router::new()
        .route("/", get(list))
        .route("/mail/{number}", get(show))
        .route("/mail/{number}/raw", get(raw))
        .route("/clear", axum::routing::post(clear_by_form))
        .route("/api/messages", get(messages).delete(clear))
        .with_state(mailbox)
        .layer(axum::middleware::from_fn(from_here_only))
        .layer(SetResponseHeaderLayer::if_not_present(header::CONTENT_SECURITY_POLICY, policy))
        .layer(SetResponseHeaderLayer::if_not_present(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")))
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static("no-store")))
}

/// Another site in the same browser neither reads these mails under a name of its own (DNS rebinding) nor deletes them.
async fn from_here_only(request: Request, next: Next) -> Response {
    if is_from_here(request.method().is_safe(), request.headers()) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

fn is_from_here(reads: bool, headers: &HeaderMap) -> bool {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let host = said("host").unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let own = said("sec-fetch-site").is_none_or(|site| ["same-origin", "none"].contains(&site));
    ["127.0.0.1", "localhost", "[::1]"].contains(&name) && (reads || own)
}

async fn list(State(mailbox): State<Mailbox>) -> Response {
    Html(page::list(&mailbox.messages())).into_response()
}

async fn show(State(mailbox): State<Mailbox>, Path(number): Path<u64>) -> Response {
    match mailbox.message(number) {
        Some(message) => Html(page::mail(&message)).into_response(),
        None => Redirect::to("/").into_response(),
    }
}

async fn raw(State(mailbox): State<Mailbox>, Path(number): Path<u64>) -> Response {
    match mailbox.message(number) {
        Some(message) => ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], message.raw).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn messages(State(mailbox): State<Mailbox>) -> Json<Vec<Message>> {
    Json(mailbox.messages())
}

async fn clear(State(mailbox): State<Mailbox>) -> StatusCode {
    mailbox.clear();
    StatusCode::NO_CONTENT
}

async fn clear_by_form(State(mailbox): State<Mailbox>) -> Redirect {
    mailbox.clear();
    Redirect::to("/")
}
