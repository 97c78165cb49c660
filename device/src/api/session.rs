//! A session as programs see it.

use axum::http::HeaderMap;
use resetkit_config::Texts;
use resetkit_core::{Carries, FurtherProof, Offer, ProofKind, SessionView, Withheld};
use resetkit_host::{Part, View};
use serde::Serialize;

use super::views::{FailureOf, RulesOf};
use crate::daemon::Screen;
use crate::texts;
use crate::web::Site;

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
    /// What support types in; wherever something failed, and at `choose-method` always.
    case_code: Option<String>,
    /// Whom to ask when nothing else works, with the hours.
    support: String,
    retry_in_seconds: Option<u64>,
    flaws: Vec<FailureOf>,
    offers: Vec<OfferOf>,
    withheld: Vec<WithheldOf>,
    password: RulesOf,
    code_style: &'static str,
    /// Where more than one proof is wanted: what was given, and what would help (F11).
    further: Option<FurtherOf>,
    /// The sheet that a recovery code is taken from.
    sheet: Option<SheetOf>,
    /// What a held button does, where one counts in this session.
    hold: Option<HoldOf>,
    shown: Option<ShownOf>,
    qr: Option<QrOf>,
}

#[derive(Serialize)]
struct FurtherOf {
    given: Vec<&'static str>,
    helps: Vec<&'static str>,
}

#[derive(Serialize)]
struct SheetOf {
    number: u32,
    left: u8,
}

#[derive(Serialize)]
struct CanOf {
    extend: bool,
    ask_new: bool,
    try_another_way: bool,
    cancel: bool,
    export: bool,
}

#[derive(Serialize)]
struct OfferOf {
    method: String,
    name: String,
    loss: &'static str,
    loss_text: String,
    proof: &'static str,
    carries: &'static str,
}

#[derive(Serialize)]
struct WithheldOf {
    method: String,
    name: String,
    fixable: &'static str,
    fixable_text: String,
    code: &'static str,
    text: String,
    next_step: String,
}

#[derive(Serialize)]
struct HoldOf {
    /// `new-password` or `factory-state`.
    outcome: &'static str,
    hold_seconds: u16,
}

/// What the method shows, from top to bottom.
#[derive(Serialize)]
struct ShownOf {
    title: String,
    parts: Vec<PartOf>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum PartOf {
    Paragraph { text: String },
    Steps { lines: Vec<String> },
    Warning { text: String },
    Progress { done: u32, of: u32, text: String },
    Action { id: String, text: String },
    Qr { text: String },
    AddressHint { text: String },
    Request { text: String },
    Tries { number: u16 },
    Minutes { number: u16 },
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
pub(super) fn view(site: &Site, headers: &HeaderMap, screen: &Screen) -> SessionOf {
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
            export: crate::stick::is_offered(&site.ground, screen),
        },
        failure: view.failure.as_ref().map(|failure| FailureOf::of(texts, failure)),
        case_code: case_code(site, texts, screen),
        support: texts::support_line(&site.ground.config.brand),
        retry_in_seconds: wait,
        flaws: view.flaws.iter().map(|flaw| texts::flaw(texts, *flaw).into()).collect(),
        offers: view.offers.iter().map(|offer| offer_of(texts, offer)).collect(),
        withheld: view.withheld.iter().map(|withheld| withheld_of(texts, withheld)).collect(),
        password: RulesOf { min_chars: view.password_rules.min_chars, max_chars: view.password_rules.max_chars },
        code_style: view.code_style.as_str(),
        further: view.further.as_ref().map(further_of),
        sheet: view.sheet.map(|sheet| SheetOf { number: sheet.number, left: sheet.left }),
        hold: hold_of(site, view),
        shown: shown.map(|shown| shown_of(texts, shown)),
        qr: shown.and_then(View::qr).map(|qr| qr_of(site, texts, view, qr)),
    }
}

/// Wherever an owner may have to call, so that he has it at hand.
fn case_code(site: &Site, texts: &Texts, screen: &Screen) -> Option<String> {
    crate::case::is_told(screen).then(|| crate::case::code(site, texts, screen))
}

fn qr_of(site: &Site, texts: &Texts, view: &SessionView, qr: &resetkit_host::Qr) -> QrOf {
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
}

fn further_of(further: &FurtherProof) -> FurtherOf {
    let names = |kinds: &[ProofKind]| kinds.iter().map(|kind| kind.as_str()).collect();
    FurtherOf { given: names(&further.given), helps: names(&further.helps) }
}

fn offer_of(texts: &Texts, offer: &Offer) -> OfferOf {
    OfferOf {
        method: offer.method.to_string(),
        name: texts::method_name(texts, offer.method.as_str()),
        loss: offer.loss.as_str(),
        loss_text: texts::loss(texts, offer.loss),
        proof: offer.proof.as_str(),
        carries: texts::carries(offer.carries),
    }
}

fn withheld_of(texts: &Texts, withheld: &Withheld) -> WithheldOf {
    let told = texts::failure(texts, &withheld.reason);
    WithheldOf {
        method: withheld.method.to_string(),
        name: texts::method_name(texts, withheld.method.as_str()),
        fixable: withheld.fixable.as_str(),
        fixable_text: texts.get(&format!("fixable-{}", withheld.fixable.as_str()), &[]),
        code: told.code,
        text: told.text,
        next_step: told.remedy,
    }
}

/// Told as soon as a press is among the ways, so that what it does is known before it is chosen (R88).
fn hold_of(site: &Site, view: &SessionView) -> Option<HoldOf> {
    let button = site.ground.config.profile.button.as_ref()?;
    let counts = view.hold.is_some() || view.offers.iter().any(|offer| offer.carries == Carries::Presence);
    let outcome = button.on_presence?.as_str();
    counts.then_some(HoldOf { outcome, hold_seconds: button.hold_seconds })
}

fn shown_of(texts: &Texts, view: &View) -> ShownOf {
    let parts = view.parts.iter().map(|part| part_of(texts, part)).collect();
    ShownOf { title: texts::of_method(texts, &view.title), parts }
}

fn part_of(texts: &Texts, part: &Part) -> PartOf {
    match part {
        Part::Paragraph(text) => PartOf::Paragraph { text: texts::of_method(texts, text) },
        Part::Steps(steps) => PartOf::Steps { lines: steps.iter().map(|step| texts::of_method(texts, step)).collect() },
        Part::Warning(text) => PartOf::Warning { text: texts::of_method(texts, text) },
        Part::Action(action) => {
            PartOf::Action { id: action.id.to_string(), text: texts::of_method(texts, &action.label) }
        }
        Part::Progress { done, of, label } => {
            PartOf::Progress { done: *done, of: *of, text: texts::of_method(texts, label) }
        }
        Part::Qr(qr) => PartOf::Qr { text: texts::of_method(texts, &qr.label) },
        Part::AddressHint(hint) => PartOf::AddressHint { text: hint.to_string() },
        Part::RequestNumber(number) => PartOf::Request { text: number.to_string() },
        Part::TriesLeft(number) => PartOf::Tries { number: u16::from(*number) },
        Part::MinutesLeft(number) => PartOf::Minutes { number: *number },
    }
}
