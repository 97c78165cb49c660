//! Refusals, in JSON (RFC 9457). Their words come from the brand's locale files: a reason and a next step each (R93).

use super::{Web, language};
use crate::relay::{Refused, Relay};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use resetkit_config::Texts;
use resetkit_protocol::{Problem, ProblemCode};
use std::sync::Arc;

/// Words of one refusal.
pub(super) struct Words {
    pub(super) reason: String,
    pub(super) next_step: String,
}

impl Words {
    pub(super) fn of(texts: &Texts, refused: &Refused) -> Self {
        let name = refused.refusal.code.name();
        let wait = refused.refusal.retry_after.unwrap_or(60).max(1);
        let round_up = |unit: i64| (wait + unit - 1) / unit;
        let about = [("minutes", round_up(60).into()), ("hours", round_up(3600).into())];
        Self {
            reason: texts.get(&format!("err-relay-{name}"), &about),
            next_step: texts.get(&format!("rec-relay-{name}"), &about),
        }
    }
}

/// One refusal, ready to go.
pub(super) struct Answer {
    problem: Problem,
    status: StatusCode,
}

impl Answer {
    pub(super) fn new(relay: &Relay, refused: &Refused, wanted: &[String]) -> Self {
        let code = refused.refusal.code;
        let face = relay.face(refused.brand.as_ref());
        let words = Words::of(face.texts(wanted.iter().map(String::as_str)), refused);
        let problem = Problem {
            kind: format!("urn:resetkit:error:{}", code.code()),
            title: words.reason.clone(),
            status: code.status(),
            detail: words.reason,
            code: code.code().to_owned(),
            next_step: words.next_step,
            retry_after: refused.refusal.retry_after.map(|wait| wait.max(0).cast_unsigned()),
        };
        let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::BAD_REQUEST);
        Self { problem, status }
    }

    pub(super) fn with_status(mut self, status: StatusCode) -> Self {
        self.problem.status = status.as_u16();
        self.status = status;
        self
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let wait = self.problem.retry_after;
        let mut response = (self.status, Json(self.problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(wait) = wait {
            headers.insert(header::RETRY_AFTER, wait.into());
        }
        response
    }
}

/// A refusal that hangs on the form of the request alone.
pub(super) fn of_form(web: &Web, headers: &HeaderMap, code: ProblemCode) -> Answer {
    Answer::new(&web.relay, &Refused { refusal: code.into(), brand: None }, &language::wanted(headers))
}

pub(super) async fn nothing_here(State(web): State<Arc<Web>>, headers: HeaderMap) -> Response {
    of_form(&web, &headers, ProblemCode::NotFound).into_response()
}

pub(super) async fn other_verb(State(web): State<Arc<Web>>, headers: HeaderMap) -> Response {
    of_form(&web, &headers, ProblemCode::NotFound).with_status(StatusCode::METHOD_NOT_ALLOWED).into_response()
}
