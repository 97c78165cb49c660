//! What the relay answers over HTTP: pages for a phone's camera, JSON for the companion app.
//!
//! A GET never sends: mail scanners and link previews open links. No answer is built from `Host` or any `X-Forwarded-…`
//! header (F8; `app` says which choice the one exception leaves); the network address that quotas see is the socket's.

mod api;
mod app;
mod case;
mod desk;
mod desk_page;
mod language;
mod limit;
mod listen;
mod openapi;
mod pages;
mod problem;
mod unlock;

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
    app: app::App,
    limit: PerAddress,
    /// Whether people reach this relay by https.
    secure: bool,
    openapi: String,
    /// Content policy of what is no page.
    policy: HeaderValue,
}

/// All routes. `per_ip_minute` 0 means no limit; `frame_ancestors` are origins that may show pages in a frame.
pub fn router(relay: Arc<Relay>, public_url: &str, per_ip_minute: u32, frame_ancestors: &[String]) -> Router {
    let frame = match frame_ancestors {
        [] => "frame-ancestors 'none'".to_owned(),
        origins => format!("frame-ancestors {}", origins.join(" ")),
    };
    let policy = HeaderValue::from_str(&format!("default-src 'none'; {frame}"));
    let web = Arc::new(Web {
        app: app::App::new(relay.faces.iter(), &frame),
        pages: pages::Pages::new(frame),
        relay,
        policy: policy.expect("settings hold plain origins only"),
        limit: PerAddress::new(per_ip_minute),
        secure: public_url.starts_with("https://"),
        openapi: openapi::document(public_url),
    });
    Router::new()
        .route("/", get(pages::nothing_here))
        .route("/v1/scan", post(api::scan))
        .route("/v1/look", post(api::look))
        .route("/v1/case", post(case::api))
        .route("/v1/openapi.json", get(api::openapi))
        .route("/case", get(case::form).post(case::answer))
        .route("/support", get(desk_page::show).post(desk_page::log_in))
        .route("/support/logout", post(desk_page::log_out))
        .route("/v1/support/tickets", get(desk::list).post(desk::open))
        .route("/v1/support/tickets/{ticket}", get(desk::show))
        .route("/v1/support/tickets/{ticket}/approvals", post(desk::approve))
        .route("/v1/support/tickets/{ticket}/close", post(desk::close))
        .route("/n/{token}", get(pages::not_me).post(pages::press_not_me))
        .route("/{payload}", get(pages::confirm).post(pages::send))
        .route("/{payload}/sent", get(pages::sent))
        .fallback(problem::nothing_here)
        .method_not_allowed_fallback(problem::other_verb)
        .layer(middleware::from_fn_with_state(Arc::clone(&web), per_address))
        // Files that were made beforehand: a phone fetches some twenty of them at once.
        .route("/app", get(app::with_slash))
        .route("/app/", get(app::start))
        .route("/app/{*path}", get(app::file))
        .route("/v1/brand", get(app::brand))
        .route("/.well-known/assetlinks.json", get(app::assets))
        .route("/.well-known/apple-app-site-association", get(app::association))
        .route("/healthz", get(healthy))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::map_response_with_state(Arc::clone(&web), harden))
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

/// Headers that every answer has. Pages add their own content policy, the app's files also their own rule for caches.
async fn harden(State(web): State<Arc<Web>>, mut response: Response) -> Response {
    let headers = response.headers_mut();
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers
        .entry(HeaderName::from_static("permissions-policy"))
        .or_insert(HeaderValue::from_static("camera=(), microphone=(), geolocation=()"));
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(web.policy.clone());
    response
}
