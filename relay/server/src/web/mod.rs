//! What the relay answers over HTTP: pages for a phone's camera, JSON for the companion app.
//!
//! A GET never sends: mail scanners and link previews open links. No answer is built from `Host` or any `X-Forwarded-…`
//! header (F8); the network address that quotas see is the socket's.

mod api;
mod language;
mod limit;
mod listen;
mod openapi;
mod pages;
mod problem;

pub use listen::{Connections, Peer};
pub(crate) use pages::{palette, templates};

use crate::relay::Relay;
use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use limit::PerAddress;
use resetkit_protocol::ProblemCode;
use std::sync::Arc;

/// Largest body of a request, in octets (5.9).
const MAX_BODY: usize = 1024;

/// What every handler has at hand.
pub(crate) struct Web {
    pub(crate) relay: Arc<Relay>,
    pages: pages::Pages,
    limit: PerAddress,
    openapi: String,
}

/// All routes. `per_ip_minute` 0 means no limit.
pub fn router(relay: Arc<Relay>, public_url: &str, per_ip_minute: u32) -> Router {
    let web = Arc::new(Web {
        relay,
        pages: pages::Pages::new(),
        limit: PerAddress::new(per_ip_minute),
        openapi: openapi::document(public_url),
    });
    Router::new()
        .route("/", get(pages::nothing_here))
        .route("/v1/scan", post(api::scan))
        .route("/v1/openapi.json", get(api::openapi))
        .route("/n/{token}", get(pages::not_me).post(pages::press_not_me))
        .route("/{payload}", get(pages::confirm).post(pages::send))
        .route("/{payload}/sent", get(pages::sent))
        .fallback(problem::nothing_here)
        .method_not_allowed_fallback(problem::other_verb)
        .layer(middleware::from_fn_with_state(Arc::clone(&web), per_address))
        .route("/healthz", get(healthy))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::map_response(harden))
        .with_state(web)
}

async fn healthy() -> &'static str {
    "ok\n"
}

async fn per_address(
    State(web): State<Arc<Web>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    request: Request,
    next: Next,
) -> Response {
    if web.limit.lets_in(peer.0, web.relay.clock.now()) {
        next.run(request).await
    } else {
        let wanted = language::wanted(request.headers());
        let refused = crate::relay::Refused {
            refusal: crate::judge::Refusal { code: ProblemCode::TooManyFromHere, retry_after: Some(60) },
            brand: None,
        };
        problem::Answer::new(&web.relay, &refused, &wanted).into_response()
    }
}

/// Headers that every answer has. Pages add their own content policy.
async fn harden(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    response
}
