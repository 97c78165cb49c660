//! What programs are told.

use axum::http::HeaderMap;
use resetkit_core::{Failure, Lane};
use serde::Serialize;

use super::kept::KeptOf;
use super::session::{self, SessionOf};
use crate::daemon::{Banner, DeviceFacts, LoggedIn, MethodUse, Opened, Pending, Token};
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
    address: Option<&'static str>,
    recovery_codes: Option<KeptOf>,
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

impl BannerOf {
    fn of(banner: &Banner) -> Self {
        Self { request: banner.request.to_string(), lane: banner.lane.as_str(), running_hours_ago: banner.hours }
    }
}

#[derive(Serialize)]
pub(super) struct RulesOf {
    pub(super) min_chars: u16,
    pub(super) max_chars: u16,
}

/// A failure as programs are told of it.
#[derive(Serialize)]
pub(super) struct FailureOf {
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

impl FailureOf {
    pub(super) fn of(texts: &resetkit_config::Texts, failure: &Failure) -> Self {
        texts::failure(texts, failure).into()
    }
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
        code_style: site.ground.policy.rules.code_style.as_str(),
        resets: facts.resets,
        last_reset: facts.last_reset.as_ref().map(|(request, method, lane)| LastResetOf {
            request: request.to_string(),
            method: method.clone(),
            lane: lane.as_str(),
        }),
        fingerprint: site.place.fingerprint.clone().filter(|_| site.place.lane != Lane::Network),
        account: who.map(|who| who.account.to_string()),
        banner: who.and_then(|who| who.banner.as_ref()).map(BannerOf::of),
        readiness: who.map(|who| who.light.as_str()),
        address: who.map(|who| who.address.as_str()),
        recovery_codes: who.map(|who| who.kept.into()),
    }
}

/// What was saved to the stick.
#[derive(Serialize)]
pub(super) struct ExportedOf {
    pub(super) file: String,
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
    AddressOf { address_hint: who.hint, readiness: who.address.as_str() }
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
    let view = session::view(site, headers, &opened.screen.borrow());
    OpenedOf { id: opened.session.to_string(), token: opened.token.expose().clone(), view }
}

/// A method as the settings show it (R90).
#[derive(Serialize)]
pub(super) struct MethodOf {
    method: String,
    name: String,
    on: bool,
    loss: Option<&'static str>,
    loss_text: Option<String>,
    proof: Option<&'static str>,
    uses: u32,
    last: Option<BannerOf>,
    obstacle: Option<FailureOf>,
    /// What switching it off means; to be shown before.
    warning: String,
}

pub(super) fn methods(site: &Site, headers: &HeaderMap, all: &[MethodUse]) -> Vec<MethodOf> {
    let texts = site.texts(headers);
    let one = |method: &MethodUse| MethodOf {
        method: method.method.to_string(),
        name: texts::method_name(texts, method.method.as_str()),
        on: method.on,
        loss: method.loss.map(resetkit_core::Loss::as_str),
        loss_text: method.loss.map(|loss| texts::loss(texts, loss)),
        proof: method.proof.map(resetkit_core::ProofKind::as_str),
        uses: method.uses,
        last: method.last.as_ref().map(BannerOf::of),
        obstacle: method.obstacle.as_ref().map(|obstacle| FailureOf::of(texts, obstacle)),
        warning: texts::switch_warning(texts, method, all),
    };
    all.iter().map(one).collect()
}

/// The texts that a screen without locale files of its own needs.
#[derive(Serialize)]
pub(super) struct TextsOf {
    language: String,
    /// All that the brand has, its own first.
    languages: Vec<String>,
    texts: std::collections::BTreeMap<String, String>,
}

/// What every id that a screen may use begins with.
const PREFIXES: [&str; 7] = ["screen-", "device-", "loss-", "fixable-", "ready-", "after-", "doctor-"];

pub(super) fn texts(site: &Site, headers: &HeaderMap) -> TextsOf {
    let texts = site.texts(headers);
    let all = PREFIXES.iter().flat_map(|prefix| texts.beginning_with(prefix));
    let languages = site.languages.all().iter().map(|texts| texts.language().to_string()).collect();
    TextsOf { language: texts.language().to_string(), languages, texts: all.collect() }
}
