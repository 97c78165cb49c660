//! The pages of a session: what stands on them at each step.

use axum::http::HeaderMap;
use resetkit_config::explain::WhyNot;
use resetkit_config::{Arg, Texts};
use resetkit_core::{Carries, CodeStyle, Offer, OnPresence, ProofKind, Purpose, Step, Withheld};
use resetkit_host::{Part, View};
use serde::Serialize;

use super::Site;
use super::cookies::Browser;
use super::pages::{Common, Failure, Rules};
use crate::case::{self, Spoken};
use crate::daemon::Screen;
use crate::texts::{self, Told};

/// Most pixels of the QR code on a page: it stands beside the code field on a panel of 800 × 480.
const QR_PX_MAX: u32 = 300;
/// Minutes before the end at which the page says so, and offers more (WCAG 2.2.1).
const WARNING_MINUTES: u16 = 5;

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
    hold: Option<HoldOf>,
    case: Option<CaseOf>,
    /// Whom to ask when nothing else works.
    support: String,
    /// Where more than one proof is wanted, in words.
    further: Option<String>,
    /// What the QR code says can be saved to a stick, and was.
    stick: bool,
    saved: bool,
}

#[derive(Serialize)]
struct ViewOf {
    progress: Option<StepsOf>,
    words: &'static str,
    purpose: &'static str,
    account: String,
    hint: Option<String>,
    address_confirmed: bool,
    request: String,
    tries_left: Option<u8>,
    minutes_left: Option<u16>,
    time_is_short: bool,
    can_extend: bool,
    can_ask_new: bool,
    can_switch: bool,
    can_cancel: bool,
    style: &'static str,
    inputmode: &'static str,
    /// What the way in use carries: `sealed`, `handed` or `presence`.
    carries: &'static str,
    way: String,
    /// Where the code comes from: `mail`, `support` or `kept`.
    source: &'static str,
    /// The sheet that a recovery code is taken from.
    sheet: Option<u32>,
    /// The loss that the owner is asked to confirm.
    loss: Option<LossOf>,
    offers: Vec<OfferOf>,
    withheld: Vec<WithheldOf>,
}

/// The bar of steps: which there are on the way in use, and the one that is now.
#[derive(Serialize)]
struct StepsOf {
    at: usize,
    names: &'static [&'static str],
}

#[derive(Serialize)]
struct LossOf {
    id: &'static str,
    text: String,
}

#[derive(Serialize)]
struct OfferOf {
    id: String,
    name: String,
    art: &'static str,
    needs: String,
    loss: String,
    /// It destroys more than the password.
    costly: bool,
}

#[derive(Serialize)]
struct WithheldOf {
    name: String,
    code: &'static str,
    text: String,
    next_step: String,
    mend: String,
}

#[derive(Serialize)]
struct HoldOf {
    seconds: u64,
    longest: u64,
    outcome: &'static str,
}

#[derive(Serialize)]
struct CaseOf {
    code: String,
    spoken: Vec<Spoken>,
}

#[derive(Serialize, Default)]
struct MethodOf {
    title: Option<String>,
    parts: Vec<PartOf>,
    progress: Option<ProgressOf>,
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
}

/// How far something has come.
#[derive(Serialize, Clone)]
pub(super) struct ProgressOf {
    done: u32,
    of: u32,
    text: String,
}

#[derive(Serialize)]
struct QrOf {
    px: u32,
    label: String,
    payload: String,
}

impl ResetPage {
    pub(super) fn of(site: &Site, headers: &HeaderMap, browser: &Browser, screen: &Screen, saved: bool) -> Self {
        let texts = site.texts(headers);
        let view = &screen.view;
        let step = view.step.as_str();
        let mut common = Common::new(site, headers, browser, title(screen), step);
        let here = format!("{}/reset/{}", site.place.base, view.session);
        common.state_url = (!is_end(view.step)).then(|| format!("{here}/state"));
        common.refresh = (screen.is_waiting() || view.step == Step::HoldButton).then_some(2);
        common.revision = screen.revision;
        common.page = page_key(screen);
        let method = screen.method.as_deref().map(|method| method_of(texts, method)).unwrap_or_default();
        let failure = failure_of(texts, screen);
        Self {
            common,
            here,
            failure,
            rules: Rules { min: view.password_rules.min_chars, max: view.password_rules.max_chars },
            hold: view.hold.map(|hold| HoldOf {
                seconds: hold.hold.as_secs(),
                longest: hold.longest.as_secs(),
                outcome: hold.outcome.as_str(),
            }),
            case: case::is_told(screen).then(|| case_of(site, texts, screen)),
            support: texts::support_line(&site.ground.config.brand),
            view: view_of(texts, screen),
            further: view.further.as_ref().map(|further| texts::further(texts, further)),
            stick: crate::stick::is_offered(&site.ground, screen),
            saved,
            method,
        }
    }
}

/// What stands in the title bar of the browser.
fn title(screen: &Screen) -> &'static str {
    match screen.view.purpose {
        Purpose::ConfirmAddress => "device-confirm-notice-title",
        Purpose::Reset | Purpose::Notice | Purpose::Unlock => "device-forgot-title",
    }
}

/// What of a screen makes it another page: when it changes, an open page is loaded again.
pub(super) fn page_key(screen: &Screen) -> String {
    let view = &screen.view;
    let failure = view.failure.as_ref().map_or("", |failure| failure.kind.code());
    let title = screen.method.as_ref().map_or("", |method| method.title.id.as_str());
    let request = view.request.map(|request| request.to_string()).unwrap_or_default();
    let parts = screen.method.as_deref().map_or(0, |method| method.parts.iter().filter(|part| !runs(part)).count());
    format!("{}.{request}.{failure}.{}.{title}.{parts}.{}", view.step.as_str(), view.flaws.len(), view.can_ask_new)
}

/// A part whose words and numbers run on without the page being another.
fn runs(part: &Part) -> bool {
    match part {
        Part::Progress { .. } | Part::TriesLeft(_) | Part::MinutesLeft(_) => true,
        Part::Paragraph(_)
        | Part::Steps(_)
        | Part::Qr(_)
        | Part::AddressHint(_)
        | Part::RequestNumber(_)
        | Part::Warning(_)
        | Part::Action(_) => false,
    }
}

/// How far the method has come, for the script of an open page.
pub(super) fn progress_of(texts: &Texts, screen: &Screen) -> Option<ProgressOf> {
    screen.method.as_deref().and_then(|method| method_of(texts, method).progress)
}

/// Whether a session at this step is over.
pub(crate) fn is_end(step: Step) -> bool {
    match step {
        Step::Done | Step::FactoryState | Step::AddressConfirmed | Step::DeadEnd | Step::Cancelled | Step::Expired => {
            true
        }
        Step::Notice
        | Step::ChooseMethod
        | Step::Preparing
        | Step::EnterCode
        | Step::ConfirmLoss
        | Step::HoldButton
        | Step::Checking
        | Step::ChoosePassword
        | Step::Saving
        | Step::Erasing => false,
    }
}

/// The steps of a way in, as `device-step-NAME` names them: of the way in use, or of the one that is offered first.
fn names(screen: &Screen) -> &'static [&'static str] {
    let view = &screen.view;
    let erased = matches!(view.step, Step::Erasing | Step::FactoryState);
    let erases = erased || view.hold.is_some_and(|hold| hold.outcome == OnPresence::FactoryState);
    match view.carries.or_else(|| view.offers.first().map(|offer| offer.carries)) {
        Some(Carries::Handed) => &["1", "2", "mail", "5", "6"],
        Some(Carries::Kept) => &["1", "2", "sheet", "6"],
        Some(Carries::Presence) if erases => &["1", "2", "button", "erase"],
        Some(Carries::Presence) => &["1", "2", "button", "6"],
        Some(Carries::Sealed) if source(screen) == "support" => &["1", "2", "3", "5", "6"],
        Some(Carries::Sealed) | None => &["1", "2", "3", "4", "5", "6"],
    }
}

/// Where the owner is among them.
fn progress(screen: &Screen) -> Option<StepsOf> {
    let names = names(screen);
    let at = match screen.view.step {
        Step::Notice | Step::ChooseMethod | Step::ConfirmLoss => 2,
        Step::Preparing | Step::EnterCode | Step::HoldButton => 3,
        // The code is the last but one, where there is one.
        Step::Checking => names.len() - 1,
        Step::ChoosePassword | Step::Saving | Step::Erasing => names.len(),
        Step::Done | Step::FactoryState => names.len() + 1,
        Step::AddressConfirmed | Step::DeadEnd | Step::Cancelled | Step::Expired => return None,
    };
    Some(StepsOf { at, names })
}

fn view_of(texts: &Texts, screen: &Screen) -> ViewOf {
    let view = &screen.view;
    let resets = view.purpose != Purpose::ConfirmAddress;
    let way = view.method.as_ref().map(|method| texts::method_name(texts, method.as_str()));
    ViewOf {
        progress: progress(screen).filter(|_| resets),
        words: if resets { "device-reset" } else { "device-confirm" },
        purpose: view.purpose.as_str(),
        account: view.account.to_string(),
        hint: screen.hint.clone(),
        address_confirmed: screen.address_confirmed,
        request: view.request.map(|request| request.to_string()).unwrap_or_default(),
        tries_left: view.tries_left,
        minutes_left: view.minutes_left,
        time_is_short: view.minutes_left.is_some_and(|minutes| minutes <= WARNING_MINUTES),
        can_extend: view.can_extend,
        can_ask_new: view.can_ask_new,
        can_switch: view.can_try_another_way,
        can_cancel: view.can_cancel,
        style: view.code_style.as_str(),
        inputmode: inputmode(view.code_style),
        carries: view.carries.map_or("", texts::carries),
        way: way.unwrap_or_default(),
        source: source(screen),
        sheet: view.sheet.map(|sheet| sheet.number),
        loss: view.loss.map(|loss| LossOf { id: loss.as_str(), text: texts::loss(texts, loss) }),
        offers: view.offers.iter().map(|offer| offer_of(texts, screen, offer)).collect(),
        withheld: view.withheld.iter().map(|withheld| withheld_of(texts, withheld)).collect(),
    }
}

/// Where the code of the way in use comes from.
fn source(screen: &Screen) -> &'static str {
    let view = &screen.view;
    let offer = view.method.as_ref().and_then(|method| view.offers.iter().find(|offer| offer.method == *method));
    match (view.carries, offer.map(|offer| offer.proof)) {
        (Some(Carries::Kept), _) => "kept",
        (_, Some(ProofKind::Support)) => "support",
        (_, _) => "mail",
    }
}

/// The keyboard of a telephone that fits the codes.
pub(super) const fn inputmode(style: CodeStyle) -> &'static str {
    match style {
        CodeStyle::Letters | CodeStyle::KeptLetters => "text",
        CodeStyle::Digits | CodeStyle::KeptDigits => "numeric",
    }
}

/// The picture of a way, and the tail of its texts: how the proof travels, or that support is asked.
fn art(offer: &Offer) -> &'static str {
    if offer.proof == ProofKind::Support { "support" } else { texts::carries(offer.carries) }
}

/// A method may say itself what it needs; otherwise what it carries says enough.
fn offer_of(texts: &Texts, screen: &Screen, offer: &Offer) -> OfferOf {
    let (id, art) = (offer.method.to_string(), art(offer));
    let hint = screen.hint.clone().unwrap_or_default();
    let own = texts.find(&format!("{id}-needs"), &[]);
    let needs = own.unwrap_or_else(|| texts.get(&format!("device-needs-{art}"), &[("address", Arg::Text(&hint))]));
    let costly = offer.loss != resetkit_core::Loss::PasswordOnly;
    OfferOf { name: texts::method_name(texts, &id), id, art, needs, loss: texts::loss(texts, offer.loss), costly }
}

fn withheld_of(texts: &Texts, withheld: &Withheld) -> WithheldOf {
    // The words of `resetkit explain`, so that page, agent and log cannot differ.
    let why = WhyNot::of(withheld, texts);
    WithheldOf {
        name: texts::method_name(texts, withheld.method.as_str()),
        code: why.code,
        text: why.happened,
        next_step: why.next_step,
        mend: why.who,
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

fn case_of(site: &Site, texts: &Texts, screen: &Screen) -> CaseOf {
    let code = case::code(site, texts, screen);
    CaseOf { spoken: case::spoken(texts, &code), code }
}

fn method_of(texts: &Texts, view: &View) -> MethodOf {
    let mut method = MethodOf { title: Some(texts::of_method(texts, &view.title)), ..MethodOf::default() };
    for part in &view.parts {
        match part {
            Part::Paragraph(text) => method.parts.push(PartOf::Paragraph { text: texts::of_method(texts, text) }),
            Part::Warning(text) => method.parts.push(PartOf::Warning { text: texts::of_method(texts, text) }),
            Part::Steps(steps) => {
                let lines = steps.iter().map(|step| texts::of_method(texts, step)).collect();
                method.parts.push(PartOf::Steps { lines });
            }
            Part::Progress { done, of, label } => {
                method.progress = Some(ProgressOf { done: *done, of: *of, text: texts::of_method(texts, label) });
            }
            Part::Qr(qr) => method.qr = Some(qr_of(texts, qr)),
            // The page offers a new code itself, and only while the engine would make one.
            Part::Action(action) if action.id == "new-code" => {}
            Part::Action(action) => {
                let (id, label) = (action.id.to_string(), texts::of_method(texts, &action.label));
                method.actions.push(ActionOf { id, label });
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
