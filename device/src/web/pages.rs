//! What stands on the pages.

use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use resetkit_config::{Arg, Texts};
use resetkit_core::{CodeStyle, Lane, Offer, Purpose, Step, Withheld};
use resetkit_host::{Part, View};
use serde::Serialize;

use super::cookies::Browser;
use super::{Site, status};
use crate::daemon::{LoggedIn, Pending, Screen};
use crate::problem::Problem;
use crate::texts::{self, Told};

/// Most pixels of the QR code on a page: it stands beside the code field on a panel of 800 × 480.
const QR_PX_MAX: u32 = 300;

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
    refresh: Option<u8>,
    state_url: Option<String>,
    revision: u64,
    page: String,
    live: bool,
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
            device: if nickname.is_empty() { config.profile.display_name.clone() } else { nickname.clone() },
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
    fn told(told: Told, field: &'static str) -> Self {
        Self { code: told.code, text: told.text, remedy: told.remedy, reasons: told.reasons, wrong: told.wrong, field }
    }

    pub(super) fn of(site: &Site, headers: &HeaderMap, problem: &Problem, field: &'static str) -> Self {
        Self::told(texts::problem(site.texts(headers), problem), field)
    }
}

/// Length of a new password.
#[derive(Serialize)]
pub(super) struct Rules {
    min: u16,
    max: u16,
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
    readiness: &'static str,
}

#[derive(Serialize)]
struct BannerLine {
    request: String,
    lane: &'static str,
    hours: u64,
}

impl LivePage {
    pub(super) fn of(mut common: Common, who: &LoggedIn) -> Self {
        common.live = true;
        Self {
            common,
            account: who.account.to_string(),
            banner: who.banner.as_ref().map(|banner| BannerLine {
                request: banner.request.to_string(),
                lane: banner.lane.as_str(),
                hours: banner.hours,
            }),
            readiness: who.readiness.as_str(),
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

/// A session.
#[derive(Serialize)]
pub(super) struct ResetPage {
    #[serde(flatten)]
    common: Common,
    here: String,
    view: ViewOf,
    method: MethodOf,
    failure: Option<Failure>,
    rules: Rules,
}

#[derive(Serialize)]
struct ViewOf {
    progress: Option<u8>,
    words: &'static str,
    purpose: &'static str,
    account: String,
    hint: Option<String>,
    address_confirmed: bool,
    request: String,
    tries_left: Option<u8>,
    minutes_left: Option<u16>,
    can_extend: bool,
    can_ask_new: bool,
    can_switch: bool,
    can_cancel: bool,
    style: &'static str,
    inputmode: &'static str,
    offers: Vec<OfferOf>,
    withheld: Vec<WithheldOf>,
}

#[derive(Serialize)]
struct OfferOf {
    id: String,
    name: String,
    loss: String,
}

#[derive(Serialize)]
struct WithheldOf {
    name: String,
    code: &'static str,
    text: String,
    remedy: String,
}

#[derive(Serialize, Default)]
struct MethodOf {
    title: Option<String>,
    parts: Vec<PartOf>,
    actions: Vec<ActionOf>,
    qr: Option<QrOf>,
}

#[derive(Serialize)]
struct ActionOf {
    id: String,
    label: String,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum PartOf {
    Paragraph { text: String },
    Warning { text: String },
    Steps { lines: Vec<String> },
    Progress { done: u32, of: u32, text: String },
}

#[derive(Serialize)]
struct QrOf {
    px: u32,
    label: String,
    payload: String,
}

impl ResetPage {
    pub(super) fn of(site: &Site, headers: &HeaderMap, browser: &Browser, screen: &Screen) -> Self {
        let texts = site.texts(headers);
        let view = &screen.view;
        let step = view.step.as_str();
        let mut common = Common::new(site, headers, browser, "device-forgot-title", step);
        let here = format!("{}/reset/{}", site.place.base, view.session);
        common.state_url = (!is_end(view.step)).then(|| format!("{here}/state"));
        common.refresh = screen.is_waiting().then_some(2);
        common.revision = screen.revision;
        common.page = page_key(screen);
        Self {
            common,
            here,
            method: screen.method.as_deref().map(|method| method_of(texts, method)).unwrap_or_default(),
            failure: failure_of(texts, screen),
            rules: Rules { min: view.password_rules.min_chars, max: view.password_rules.max_chars },
            view: view_of(texts, screen),
        }
    }
}

/// What of a screen makes it another page: when it changes, an open page is loaded again.
pub(super) fn page_key(screen: &Screen) -> String {
    let view = &screen.view;
    let failure = view.failure.as_ref().map_or("", |failure| failure.kind.code());
    let title = screen.method.as_ref().map_or("", |method| method.title.id.as_str());
    let request = view.request.map(|request| request.to_string()).unwrap_or_default();
    let picture = screen.method.as_deref().and_then(View::qr).is_some();
    format!("{}.{request}.{failure}.{}.{title}.{picture}.{}", view.step.as_str(), view.flaws.len(), view.can_ask_new)
}

/// Whether a session at this step is over.
pub(crate) fn is_end(step: Step) -> bool {
    match step {
        Step::Done | Step::AddressConfirmed | Step::DeadEnd | Step::Cancelled | Step::Expired => true,
        Step::Notice
        | Step::ChooseMethod
        | Step::Preparing
        | Step::EnterCode
        | Step::Checking
        | Step::ChoosePassword
        | Step::Saving => false,
    }
}

/// Where the owner is among the six steps of the design.
fn progress(step: Step) -> Option<u8> {
    match step {
        Step::Notice | Step::ChooseMethod => Some(2),
        Step::Preparing | Step::EnterCode => Some(3),
        Step::Checking => Some(5),
        Step::ChoosePassword | Step::Saving => Some(6),
        Step::Done => Some(7),
        Step::AddressConfirmed | Step::DeadEnd | Step::Cancelled | Step::Expired => None,
    }
}

fn view_of(texts: &Texts, screen: &Screen) -> ViewOf {
    let view = &screen.view;
    let resets = view.purpose != Purpose::ConfirmAddress;
    let (style, inputmode) = match view.code_style {
        CodeStyle::Letters => ("letters", "text"),
        CodeStyle::Digits => ("digits", "numeric"),
    };
    ViewOf {
        progress: progress(view.step).filter(|_| resets),
        words: if resets { "device-reset" } else { "device-confirm" },
        purpose: view.purpose.as_str(),
        account: view.account.to_string(),
        hint: screen.hint.clone(),
        address_confirmed: screen.address_confirmed,
        request: view.request.map(|request| request.to_string()).unwrap_or_default(),
        tries_left: view.tries_left,
        minutes_left: view.minutes_left,
        can_extend: view.can_extend,
        can_ask_new: view.can_ask_new,
        can_switch: view.can_try_another_way,
        can_cancel: view.can_cancel,
        style,
        inputmode,
        offers: view.offers.iter().map(|offer| offer_of(texts, offer)).collect(),
        withheld: view.withheld.iter().map(|withheld| withheld_of(texts, withheld)).collect(),
    }
}

fn offer_of(texts: &Texts, offer: &Offer) -> OfferOf {
    let id = offer.method.to_string();
    let loss = texts.get(&format!("loss-{}", offer.loss.as_str()), &[]);
    OfferOf { name: texts::method_name(texts, &id), id, loss }
}

fn withheld_of(texts: &Texts, withheld: &Withheld) -> WithheldOf {
    let told = texts::failure(texts, &withheld.reason);
    WithheldOf {
        name: texts::method_name(texts, withheld.method.as_str()),
        code: told.code,
        text: told.text,
        remedy: told.remedy,
    }
}

fn failure_of(texts: &Texts, screen: &Screen) -> Option<Failure> {
    let view = &screen.view;
    if !view.flaws.is_empty() {
        return Some(Failure::told(texts::flaws(texts, &view.flaws), "password"));
    }
    let told = view.failure.as_ref().map(|failure| texts::failure(texts, failure))?;
    let wait = view.retry_in.map(|wait| i64::try_from(wait.as_secs().div_ceil(60)).unwrap_or(i64::MAX));
    let wait = wait.map(|minutes| texts.get("device-retry-in", &[("minutes", Arg::Number(minutes))]));
    Some(Failure::told(Told { reasons: wait.into_iter().collect(), ..told }, "code"))
}

fn method_of(texts: &Texts, view: &View) -> MethodOf {
    let mut method = MethodOf { title: Some(texts::of_method(texts, &view.title)), ..MethodOf::default() };
    for part in &view.parts {
        match part {
            Part::Paragraph(text) => method.parts.push(PartOf::Paragraph { text: texts::of_method(texts, text) }),
            Part::Warning(text) => method.parts.push(PartOf::Warning { text: texts::of_method(texts, text) }),
            Part::Steps(steps) => {
                method
                    .parts
                    .push(PartOf::Steps { lines: steps.iter().map(|step| texts::of_method(texts, step)).collect() });
            }
            Part::Progress { done, of, label } => {
                method.parts.push(PartOf::Progress { done: *done, of: *of, text: texts::of_method(texts, label) });
            }
            Part::Qr(qr) => method.qr = Some(qr_of(texts, qr)),
            // The page offers a new code itself, and only while the engine would make one.
            Part::Action(action) if action.id == "new-code" => {}
            Part::Action(action) => {
                method
                    .actions
                    .push(ActionOf { id: action.id.to_string(), label: texts::of_method(texts, &action.label) });
            }
            // The page shows these from the engine's own view.
            Part::AddressHint(_) | Part::RequestNumber(_) | Part::TriesLeft(_) | Part::MinutesLeft(_) => {}
        }
    }
    method
}

/// A whole number of pixels for each module, as large as the panel lets it be (R34).
fn qr_of(texts: &Texts, qr: &resetkit_host::Qr) -> QrOf {
    let modules = u32::from(qr.modules) + 8;
    let px = modules * (QR_PX_MAX / modules).max(3);
    QrOf { px, label: texts::of_method(texts, &qr.label), payload: qr.payload.to_string() }
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
