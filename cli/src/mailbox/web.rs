//! The mailbox's page and its JSON interface.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Json, Redirect, Response};
use axum::routing::get;

use super::page;
use super::store::{Mailbox, Message};

pub(crate) fn router(mailbox: Mailbox) -> Router {
    Router::new()
        .route("/", get(list))
        .route("/mail/{number}", get(show))
        .route("/mail/{number}/raw", get(raw))
        .route("/clear", axum::routing::post(clear_by_form))
        .route("/api/messages", get(messages).delete(clear))
        .with_state(mailbox)
}

async fn list(State(mailbox): State<Mailbox>) -> Response {
    guarded(page::list(&mailbox.messages()))
}

async fn show(State(mailbox): State<Mailbox>, Path(number): Path<u64>) -> Response {
    match mailbox.message(number) {
        Some(message) => guarded(page::mail(&message)),
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

/// A mail is a stranger's text: no script, no picture and no frame may come of it.
fn guarded(page: String) -> Response {
    let policy =
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    (
        [
            (header::CONTENT_SECURITY_POLICY, policy),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        Html(page),
    )
        .into_response()
}
