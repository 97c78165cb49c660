//! Pages: rendered here, whole without a script, refreshed by a small one. Nothing comes from anywhere else.

mod care;
mod cookies;
mod entry;
mod forms;
mod handing_over;
mod pages;
mod render;
mod reset;
mod settings;
mod sheets;
mod walk;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use resetkit_config::Texts;
use resetkit_core::{Lane, Secret, SessionId};
use tokio::sync::Semaphore;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::daemon::{Door, Ground, Token};
use crate::problem::{Problem, Slip};
use crate::texts::Languages;
use render::Renderer;

pub(crate) use forms::SecretField;
pub(crate) use reset::{Shape, Waiting, newer, picture, save, settle};
pub(crate) use sheets::{PaperKind, print};
pub(crate) use walk::is_end;

/// Largest body of a request, in octets.
pub(crate) const BODY_MAX: usize = 4096;

/// One listener as its handlers see it.
#[derive(Clone)]
pub(crate) struct Place {
    /// The lane of everything that comes in here (R59).
    pub(crate) lane: Lane,
    /// Mount path, without a slash at its end.
    pub(crate) base: String,
    /// Whether it is TLS: cookies are then marked so.
    pub(crate) encrypted: bool,
    /// The one origin that may show these pages in a frame: a demonstration on this machine.
    pub(crate) framed_by: Option<String>,
    /// Fingerprint of the own certificate, where it is to be shown: at the device's own screen only.
    pub(crate) fingerprint: Option<String>,
}

/// What all handlers of one listener share.
#[derive(Clone)]
pub(crate) struct Site {
    pub(crate) ground: Arc<Ground>,
    pub(crate) door: Door,
    pub(crate) languages: Languages,
    pub(crate) place: Arc<Place>,
    /// Places for streams of events.
    pub(crate) streams: Arc<Semaphore>,
    renderer: Arc<Renderer>,
}

impl Site {
    pub(crate) fn new(ground: Arc<Ground>, door: Door, languages: Languages, place: Place) -> Self {
        let renderer = Arc::new(Renderer::new(&ground.config, &languages, place.framed_by.as_deref()));
        let streams = Arc::new(Semaphore::new(crate::api::STREAMS_MAX));
        Self { ground, door, languages, place: Arc::new(place), streams, renderer }
    }

    /// The texts for a request.
    pub(crate) fn texts(&self, headers: &HeaderMap) -> &Texts {
        let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        self.languages.for_header(wanted)
    }

    /// Page of an error: code, what happened, what would work instead.
    fn problem(&self, headers: &HeaderMap, problem: &Problem) -> Response {
        pages::error(self, headers, problem)
    }
}

/// The pages' routes.
pub(crate) fn router() -> Router<Site> {
    Router::new()
        .route("/", get(entry::home))
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .route("/login", get(entry::login_page).post(entry::log_in))
        .route("/logout", post(entry::log_out))
        .route("/setup", get(entry::setup_page).post(entry::set_up))
        .route("/setup/confirm", get(entry::confirm_page).post(entry::confirm))
        .route("/settings", get(settings::page).post(settings::change_address))
        .route("/settings/saved", get(settings::saved))
        .route("/settings/methods/{id}", get(settings::switch_page).post(settings::switch))
        .route("/setup/next", get(sheets::next))
        .route("/setup/ready", get(care::ready_at_setup))
        .route("/settings/ready", get(care::ready))
        .route("/settings/doctor", get(care::doctor))
        .route("/settings/after-reset", get(care::after).post(care::update))
        .route("/settings/after-reset/acknowledge", post(care::acknowledge))
        .route("/settings/after-reset/clients/{client}", post(care::by_hand))
        .route("/setup/codes", get(sheets::setup_page))
        .route("/setup/codes/saved", get(sheets::saved_at_setup))
        .route("/settings/codes", get(sheets::page).post(sheets::make))
        .route("/settings/codes/saved", get(sheets::saved))
        .route("/settings/codes/confirm", post(sheets::type_back))
        .route("/settings/codes/remove", post(sheets::remove))
        .route("/settings/codes/sheet.pdf", get(sheets::pdf))
        .route("/settings/codes/sheet.png", get(sheets::png))
        .route("/settings/hand-over", get(handing_over::page).post(handing_over::hand_over))
        .route("/banner/acknowledge", post(entry::acknowledge))
        .route("/pending/{request}/cancel", post(entry::cancel_pending))
        .route("/reset", get(reset::forgot_page).post(reset::open))
        .route("/reset/{id}", get(reset::page).post(reset::drive))
        .route("/reset/{id}/state", get(reset::state))
        .route("/reset/{id}/export", post(reset::export))
        .route("/reset/{id}/qr.svg", get(reset::qr_svg))
        .route("/reset/{id}/qr.png", get(reset::qr_png))
        .route("/reset/{id}/qr.txt", get(reset::qr_txt))
}

/// Bounds and headers that every answer has: no store, no frame, nothing from elsewhere. The referrer stays
/// within the site: without any, browsers send forms with the origin `null`.
pub(crate) fn harden(router: Router, site: &Site) -> Router {
    let fixed = |name: HeaderName, value: &str| {
        let value = HeaderValue::from_str(value).expect("our own headers are visible ASCII");
        SetResponseHeaderLayer::if_not_present(name, value)
    };
    let router = match site.place.framed_by {
        // The older header cannot name an origin; the policy of the newer one does.
        Some(_) => router,
        None => router.layer(fixed(header::X_FRAME_OPTIONS, "DENY")),
    };
    router
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .layer(fixed(header::CACHE_CONTROL, "no-store"))
        .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(fixed(header::REFERRER_POLICY, "same-origin"))
        .layer(fixed(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(fixed(HeaderName::from_static("cross-origin-resource-policy"), "same-origin"))
        .layer(fixed(header::CONTENT_SECURITY_POLICY, site.renderer.policy()))
}

/// No such page.
pub(crate) async fn not_found(State(site): State<Site>, headers: HeaderMap, uri: Uri) -> Response {
    if uri.path().starts_with("/api/") {
        return crate::api::answer_problem(&site, &headers, &Slip::NotFound.into());
    }
    site.problem(&headers, &Slip::NotFound.into())
}

/// The page is there, but not for this method.
pub(crate) async fn wrong_way(State(site): State<Site>, headers: HeaderMap, uri: Uri) -> Response {
    if uri.path().contains("/api/") {
        return crate::api::answer_problem(&site, &headers, &Slip::WrongWay.into());
    }
    site.problem(&headers, &Slip::WrongWay.into())
}

/// A session's id as it stands in an address: 32 lower-case hexadecimal digits.
pub(crate) fn parse_id(text: &str) -> Option<SessionId> {
    let octets = data_encoding::HEXLOWER.decode(text.as_bytes()).ok()?;
    Some(SessionId::from_octets(octets.try_into().ok()?))
}

/// The same token once more, for an ask that takes it.
pub(crate) fn copy(token: &Token) -> Token {
    Secret::new(token.expose().clone())
}

/// Goes on to another page by GET.
fn see_other(site: &Site, path: &str) -> Response {
    let location = format!("{}{path}", site.place.base);
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// Status of a problem.
pub(crate) fn status(problem: &Problem) -> StatusCode {
    StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
