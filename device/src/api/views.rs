//! What programs are told.

use axum::http::HeaderMap;
use resetkit_core::{CodeStyle, Lane, SessionView};
use resetkit_host::{Part, View};
use serde::Serialize;

use crate::daemon::{DeviceFacts, LoggedIn, Opened, Pending, Screen, Token};
use crate::texts::{self, Told};
use crate::web::Site;

#[derive(Serialize)]
pub(super) struct DeviceOf {
    brand: String,
    model: String,
    name: String,
    initialised: bool,
    lane: &'static str,
    network_open: bool,
    password: RulesOf,
    code_style: &'static str,
    resets: u32,
    last_reset: Option<LastResetOf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fingerprint: Option<String>,
    account: Option<String>,
    banner: Option<BannerOf>,
    readiness: Option<&'static str>,
}

#[derive(Serialize)]
struct LastResetOf {
    request: String,
    method: String,
    lane: &'static str,
}

#[derive(Serialize)]
struct BannerOf {
    request: String,
    lane: &'static str,
    running_hours_ago: u64,
}

#[derive(Serialize)]
struct RulesOf {
    min_chars: u16,
    max_chars: u16,
}

pub(super) fn device(site: &Site, facts: &DeviceFacts, who: Option<&LoggedIn>) -> DeviceOf {
    let config = &site.ground.config;
    DeviceOf {
        brand: config.brand.name.clone(),
        model: config.profile.model.clone(),
        name: config.site.nickname.clone(),
        initialised: facts.initialised,
        lane: site.place.lane.as_str(),
        network_open: facts.network_open,
        password: RulesOf { min_chars: facts.password.min_chars, max_chars: facts.password.max_chars },
        code_style: style(site.ground.policy.rules.code_style),
        resets: facts.resets,
        last_reset: facts.last_reset.as_ref().map(|(request, method, lane)| LastResetOf {
            request: request.to_string(),
            method: method.clone(),
            lane: lane.as_str(),
        }),
        fingerprint: site.place.fingerprint.clone().filter(|_| site.place.lane != Lane::Network),
        account: who.map(|who| who.account.to_string()),
        banner: who.and_then(|who| who.banner.as_ref()).map(|banner| BannerOf {
            request: banner.request.to_string(),
            lane: banner.lane.as_str(),
            running_hours_ago: banner.hours,
        }),
        readiness: who.map(|who| who.readiness.as_str()),
    }
}

fn style(style: CodeStyle) -> &'static str {
    match style {
        CodeStyle::Letters => "letters",
        CodeStyle::Digits => "digits",
    }
}

#[derive(Serialize)]
pub(super) struct TokenOf {
    token: String,
}

pub(super) fn token(token: Token) -> TokenOf {
    TokenOf { token: token.expose().clone() }
}

#[derive(Serialize)]
pub(super) struct AddressOf {
    address_hint: Option<String>,
    readiness: &'static str,
}

pub(super) fn address(who: LoggedIn) -> AddressOf {
    AddressOf { address_hint: who.hint, readiness: who.readiness.as_str() }
}

#[derive(Serialize)]
pub(super) struct PendingOf {
    request: String,
    lane: &'static str,
    minutes_left: u16,
}

pub(super) fn pending(pending: &[Pending]) -> Vec<PendingOf> {
    let one = |pending: &Pending| PendingOf {
        request: pending.request.to_string(),
        lane: pending.lane.as_str(),
        minutes_left: pending.minutes_left,
    };
    pending.iter().map(one).collect()
}

#[derive(Serialize)]
pub(super) struct OpenedOf {
    id: String,
    token: String,
    view: SessionOf,
}

pub(super) fn opened(site: &Site, headers: &HeaderMap, opened: &Opened) -> OpenedOf {
    let view = session(site, headers, &opened.screen.borrow());
    OpenedOf { id: opened.session.to_string(), token: opened.token.expose().clone(), view }
}

/// A session for a program: everything that a page shows, as data and in words.
#[derive(Serialize)]
pub(super) struct SessionOf {
    id: String,
    revision: u64,
    step: &'static str,
    waiting: bool,
    lane: &'static str,
    purpose: &'static str,
    account: String,
    method: Option<String>,
    request: Option<String>,
    tries_left: Option<u8>,
    minutes_left: Option<u16>,
    address_hint: Option<String>,
    address_confirmed: bool,
    can: CanOf,
    failure: Option<FailureOf>,
    retry_in_seconds: Option<u64>,
    flaws: Vec<FailureOf>,
    offers: Vec<OfferOf>,
    withheld: Vec<WithheldOf>,
    password: RulesOf,
    code_style: &'static str,
    shown: Option<ShownOf>,
    qr: Option<QrOf>,
}

#[derive(Serialize)]
struct CanOf {
    extend: bool,
    ask_new: bool,
    try_another_way: bool,
    cancel: bool,
}

#[derive(Serialize)]
struct FailureOf {
    code: &'static str,
    name: &'static str,
    text: String,
    next_step: String,
}

impl From<Told> for FailureOf {
    fn from(told: Told) -> Self {
        Self { code: told.code, name: told.name, text: told.text, next_step: told.remedy }
    }
}

#[derive(Serialize)]
struct OfferOf {
    method: String,
    name: String,
    loss: &'static str,
    loss_text: String,
    proof: &'static str,
}

#[derive(Serialize)]
struct WithheldOf {
    method: String,
    name: String,
    fixable: &'static str,
    #[serde(flatten)]
    reason: FailureOf,
}

#[derive(Serialize)]
struct ShownOf {
    title: String,
    lines: Vec<String>,
    actions: Vec<ActionOf>,
}

#[derive(Serialize)]
struct ActionOf {
    id: String,
    label: String,
}

#[derive(Serialize)]
struct QrOf {
    text: String,
    svg: String,
    half_blocks: String,
    modules: u16,
    svg_url: String,
    png_url: String,
    label: String,
}

/// The view of a session.
pub(super) fn session(site: &Site, headers: &HeaderMap, screen: &Screen) -> SessionOf {
    let (texts, view) = (site.texts(headers), &screen.view);
    let wait = view.retry_in.map(|wait| wait.as_secs().max(1));
    let shown = screen.method.as_deref();
    SessionOf {
        id: view.session.to_string(),
        revision: screen.revision,
        step: view.step.as_str(),
        waiting: screen.is_waiting(),
        lane: view.lane.as_str(),
        purpose: view.purpose.as_str(),
        account: view.account.to_string(),
        method: view.method.as_ref().map(ToString::to_string),
        request: view.request.map(|request| request.to_string()),
        tries_left: view.tries_left,
        minutes_left: view.minutes_left,
        address_hint: screen.hint.clone(),
        address_confirmed: screen.address_confirmed,
        can: CanOf {
            extend: view.can_extend,
            ask_new: view.can_ask_new,
            try_another_way: view.can_try_another_way,
            cancel: view.can_cancel,
        },
        failure: view.failure.as_ref().map(|failure| texts::failure(texts, failure).into()),
        retry_in_seconds: wait,
        flaws: flaws(texts, view),
        offers: offers(texts, view),
        withheld: withheld(texts, view),
        password: RulesOf { min_chars: view.password_rules.min_chars, max_chars: view.password_rules.max_chars },
        code_style: style(view.code_style),
        shown: shown.map(|shown| shown_of(texts, shown)),
        qr: shown.and_then(View::qr).map(|qr| {
            let here = format!("{}/api/v0/resets/{}", site.place.base, view.session);
            QrOf {
                text: qr.payload.to_string(),
                svg: qr.svg.to_string(),
                half_blocks: qr.half_blocks.to_string(),
                modules: qr.modules,
                svg_url: format!("{here}/qr.svg"),
                png_url: format!("{here}/qr.png"),
                label: texts::of_method(texts, &qr.label),
            }
        }),
    }
}

fn flaws(texts: &resetkit_config::Texts, view: &SessionView) -> Vec<FailureOf> {
    view.flaws.iter().map(|flaw| texts::flaw(texts, *flaw).into()).collect()
}

fn offers(texts: &resetkit_config::Texts, view: &SessionView) -> Vec<OfferOf> {
    let one = |offer: &resetkit_core::Offer| OfferOf {
        method: offer.method.to_string(),
        name: texts::method_name(texts, offer.method.as_str()),
        loss: offer.loss.as_str(),
        loss_text: texts.get(&format!("loss-{}", offer.loss.as_str()), &[]),
        proof: offer.proof.as_str(),
    };
    view.offers.iter().map(one).collect()
}

fn withheld(texts: &resetkit_config::Texts, view: &SessionView) -> Vec<WithheldOf> {
    let one = |withheld: &resetkit_core::Withheld| WithheldOf {
        method: withheld.method.to_string(),
        name: texts::method_name(texts, withheld.method.as_str()),
        fixable: withheld.fixable.as_str(),
        reason: texts::failure(texts, &withheld.reason).into(),
    };
    view.withheld.iter().map(one).collect()
}

fn shown_of(texts: &resetkit_config::Texts, view: &View) -> ShownOf {
    let mut shown = ShownOf { title: texts::of_method(texts, &view.title), lines: Vec::new(), actions: Vec::new() };
    for part in &view.parts {
        match part {
            Part::Paragraph(text) | Part::Warning(text) | Part::Progress { label: text, .. } => shown.lines.push(texts::of_method(texts, text)),
            Part::Steps(steps) => shown.lines.extend(steps.iter().map(|step| texts::of_method(texts, step))),
            Part::Action(action) => {
                shown
                    .actions
                    .push(ActionOf { id: action.id.to_string(), label: texts::of_method(texts, &action.label) });
            }
            Part::Qr(_) | Part::AddressHint(_) | Part::RequestNumber(_) | Part::TriesLeft(_) | Part::MinutesLeft(_) => {
            }
        }
    }
    shown
}
