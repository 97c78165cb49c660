//! What stands on the pages.

use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use resetkit_core::Lane;
use serde::Serialize;

use super::care::InShort;
use super::cookies::Browser;
use super::{Site, status};
use crate::daemon::{Banner, KeptStatus, LoggedIn, Pending};
use crate::problem::Problem;
use crate::texts::{self, Told};

/// What every page has.
#[derive(Serialize)]
pub(super) struct Common {
    lang: String,
    brand: String,
    device: String,
    base: String,
    csrf: String,
    title: &'static str,
    step: &'static str,
    /// Seconds after which a page that waits is loaded again where there is no script.
    pub(super) refresh: Option<u8>,
    pub(super) state_url: Option<String>,
    pub(super) revision: u64,
    pub(super) page: String,
    pub(super) live: bool,
}

impl Common {
    pub(super) fn new(
        site: &Site,
        headers: &HeaderMap,
        browser: &Browser,
        title: &'static str,
        step: &'static str,
    ) -> Self {
        let (config, texts) = (&site.ground.config, site.texts(headers));
        let nickname = &config.site.nickname;
        Self {
            lang: texts.language().to_string(),
            brand: config.brand.name.clone(),
            device: if nickname.is_empty() {
                config.profile.name_in(texts.language().as_str()).to_owned()
            } else {
                nickname.clone()
            },
            base: site.place.base.clone(),
            csrf: browser.form_token(site),
            title,
            step,
            refresh: None,
            state_url: None,
            revision: 0,
            page: String::new(),
            live: false,
        }
    }
}

/// A failure as a page tells it.
#[derive(Serialize)]
pub(super) struct Failure {
    code: &'static str,
    text: String,
    remedy: String,
    reasons: Vec<String>,
    /// Something typed is not right, as opposed to something that is just so.
    wrong: bool,
    field: &'static str,
}

impl Failure {
    pub(super) fn told(told: Told, field: &'static str) -> Self {
        Self { code: told.code, text: told.text, remedy: told.remedy, reasons: told.reasons, wrong: told.wrong, field }
    }

    pub(super) fn of(site: &Site, headers: &HeaderMap, problem: &Problem, field: &'static str) -> Self {
        Self::told(texts::problem(site.texts(headers), problem), field)
    }
}

/// Length of a new password.
#[derive(Serialize)]
pub(super) struct Rules {
    pub(super) min: u16,
    pub(super) max: u16,
}

impl Rules {
    pub(super) fn of(site: &Site) -> Self {
        let rules = site.ground.password_rules();
        Self { min: rules.min_chars, max: rules.max_chars }
    }
}

/// Log-in.
#[derive(Serialize)]
pub(super) struct LoginPage {
    #[serde(flatten)]
    pub(super) common: Common,
    pub(super) account: String,
    pub(super) failure: Option<Failure>,
    pub(super) pending: Vec<PendingItem>,
    pub(super) fingerprint: Option<String>,
}

/// An open request, with its *Cancel*.
#[derive(Serialize)]
pub(super) struct PendingItem {
    request: String,
    lane: &'static str,
    minutes_left: u16,
}

impl From<Pending> for PendingItem {
    fn from(pending: Pending) -> Self {
        Self { request: pending.request.to_string(), lane: pending.lane.as_str(), minutes_left: pending.minutes_left }
    }
}

/// Set-up.
#[derive(Serialize)]
pub(super) struct SetUpPage {
    #[serde(flatten)]
    pub(super) common: Common,
    pub(super) account: String,
    pub(super) email: String,
    pub(super) rules: Rules,
    pub(super) failure: Option<Failure>,
}

/// *Forgot password*, where the account has to be typed.
#[derive(Serialize)]
pub(super) struct ForgotPage {
    #[serde(flatten)]
    pub(super) common: Common,
    pub(super) account: String,
    pub(super) failure: Option<Failure>,
}

/// Live view.
#[derive(Serialize)]
pub(super) struct LivePage {
    #[serde(flatten)]
    common: Common,
    account: String,
    banner: Option<BannerLine>,
    ready: Option<InShort>,
    kept: Kept,
    pending: Vec<PendingItem>,
    /// Cameras and programs with the old password.
    clients_left: usize,
}

/// How things stand with the recovery codes (R87).
#[derive(Serialize)]
pub(super) struct Kept {
    offered: bool,
    sheet: Option<u32>,
    left: u8,
    of: u8,
    low: bool,
    unconfirmed: Option<u32>,
}

impl Kept {
    pub(super) fn of(kept: KeptStatus) -> Self {
        let KeptStatus { offered, sheet, left, of, unconfirmed, style: _ } = kept;
        Self { offered, sheet, left, of, low: kept.runs_low(), unconfirmed }
    }
}

/// What the live view reminds of beside the last reset.
pub(super) struct Care {
    pub(super) ready: Option<InShort>,
    pub(super) clients_left: usize,
}

#[derive(Serialize)]
pub(super) struct BannerLine {
    request: String,
    lane: &'static str,
    hours: u64,
    sheet: Option<u32>,
}

impl BannerLine {
    pub(super) fn of(banner: &Banner) -> Self {
        let Banner { request, lane, hours, sheet } = banner;
        Self { request: request.to_string(), lane: lane.as_str(), hours: *hours, sheet: *sheet }
    }
}

impl LivePage {
    pub(super) fn of(mut common: Common, who: &LoggedIn, pending: Vec<Pending>, care: Care) -> Self {
        common.live = true;
        Self {
            common,
            account: who.account.to_string(),
            banner: who.banner.as_ref().map(BannerLine::of),
            ready: care.ready,
            kept: Kept::of(who.kept),
            pending: pending.into_iter().map(Into::into).collect(),
            clients_left: care.clients_left,
        }
    }
}

#[derive(Serialize)]
struct ErrorPage {
    #[serde(flatten)]
    common: Common,
    failure: Failure,
    can_forget: bool,
}

/// Renders a page.
pub(super) fn show(
    site: &Site,
    headers: &HeaderMap,
    browser: &Browser,
    code: StatusCode,
    template: &str,
    page: &impl Serialize,
) -> Response {
    let language = site.texts(headers).language().as_str();
    let mut response = match site.renderer.page(language, template, page) {
        Ok(text) => (code, Html(text)).into_response(),
        Err(fault) => {
            tracing::error!(template, %fault, "a page cannot be rendered");
            (StatusCode::INTERNAL_SERVER_ERROR, "E-009").into_response()
        }
    };
    browser.remember(site, &mut response);
    response
}

/// A page for a problem: its code, what happened, what would work instead, whom to ask.
pub(super) fn error(site: &Site, headers: &HeaderMap, problem: &Problem) -> Response {
    let browser = Browser::of(headers);
    let page = ErrorPage {
        common: Common::new(site, headers, &browser, "device-error-title", "error"),
        failure: Failure::of(site, headers, problem, ""),
        can_forget: site.place.lane != Lane::Button,
    };
    show(site, headers, &browser, status(problem), "error.html", &page)
}
