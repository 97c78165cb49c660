//! What a phone's camera opens: plain pages that work without JavaScript, in the brand's look.

use super::api;
use super::problem::Words;
use super::{Web, language, unlock};
use crate::mail::blocking;
use crate::relay::{Proven, Refused};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use resetkit_config::{Palette, Texts};
use resetkit_protocol::{BrandId, ProblemCode, Purpose, from_text};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::sync::Arc;

use crate::brands::Face;

/// The templates, read once, and who may show their pages in a frame.
pub(super) struct Pages {
    templates: Environment<'static>,
    frame: String,
}

impl Pages {
    /// `frame` is the content policy's directive on frames.
    pub(super) fn new(frame: String) -> Self {
        let mut environment = templates();
        for (name, text) in [
            ("page.html", include_str!("../../templates/page.html")),
            ("style.css", include_str!("../../templates/style.css")),
            ("case.html", include_str!("../../templates/case.html")),
            ("case.css", include_str!("../../templates/case.css")),
            ("desk.html", include_str!("../../templates/desk.html")),
            ("desk_login.html", include_str!("../../templates/desk_login.html")),
            ("desk.css", include_str!("../../templates/desk.css")),
        ] {
            environment.add_template(name, text).expect("the embedded templates are well formed");
        }
        Self { templates: environment, frame }
    }

    /// One page.
    pub(super) fn render(&self, face: &Face, texts: &Texts, status: StatusCode, page: &Page) -> Response {
        let words = context! {
            language => texts.language().as_str(),
            brand => face.name.as_str(),
            page_title => texts.get("relay-page-title", &[]),
            support => texts.get("relay-support", &[]),
            page => Value::from(Serde(page)),
            request_label => texts.get("relay-request", &[]),
            next_label => texts.get("relay-next-step", &[]),
            code_label => texts.get("relay-code-label", &[]),
        };
        self.render_with("page.html", &["style.css"], face, status, &page.title, words)
    }

    /// Any page with these styles. They are named in the content policy by their hash, and nothing else may load. `title` is
    /// what stays if the page cannot be drawn.
    pub(super) fn render_with(
        &self,
        template: &str,
        styles: &[&str],
        face: &Face,
        status: StatusCode,
        title: &str,
        words: Value,
    ) -> Response {
        let colours = &face.brand.colours;
        let palettes = context! { light => palette(&colours.light), dark => palette(&colours.dark) };
        let drawn = |name: &&str| self.templates.get_template(name).and_then(|style| style.render(&palettes)).ok();
        let style: String = styles.iter().filter_map(drawn).collect();
        let words = context! { style => Value::from_safe_string(style.clone()), ..words };
        let body = self.templates.get_template(template).and_then(|template| template.render(words));
        let body = body.unwrap_or_else(|_| title.to_owned());
        let hash = data_encoding::BASE64.encode(&Sha256::digest(style.as_bytes()));
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{hash}'; form-action 'self'; base-uri 'none'; {}",
            self.frame
        );
        let mut response = (status, Html(body)).into_response();
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        response
    }
}

/// Templates with the lines of tags left out of the output. What is inserted in HTML is escaped.
pub(crate) fn templates() -> Environment<'static> {
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.expect("the standard delimiters are valid"));
    environment
}

/// Colours for templates.
pub(crate) fn palette(palette: &Palette) -> Value {
    let hex = |colour: &resetkit_config::Colour| Value::from_safe_string(colour.to_string());
    context! {
        background => hex(&palette.background),
        surface => hex(&palette.surface),
        text => hex(&palette.text),
        muted => hex(&palette.muted),
        accent => hex(&palette.accent),
        on_accent => hex(&palette.on_accent),
        danger => hex(&palette.danger),
        success => hex(&palette.success),
    }
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Tone {
    Ask,
    Good,
    Bad,
}

/// What one page says.
#[derive(Serialize)]
pub(super) struct Page {
    /// A machine-readable name of the page.
    step: &'static str,
    tone: Tone,
    title: String,
    pub(super) request: Option<String>,
    facts: Vec<(String, String)>,
    pub(super) paragraphs: Vec<String>,
    pub(super) next_step: Option<String>,
    pub(super) button: Option<String>,
    code: Option<&'static str>,
    /// Titles with what stands below them.
    pub(super) lists: Vec<(String, Vec<String>)>,
}

impl Page {
    pub(super) fn new(step: &'static str, tone: Tone, title: String) -> Self {
        let (facts, paragraphs, lists) = (Vec::new(), Vec::new(), Vec::new());
        Self { step, tone, title, request: None, facts, paragraphs, next_step: None, button: None, code: None, lists }
    }
}

/// `GET /{payload}`: asks whether to send. Sends nothing.
pub(super) async fn confirm(State(web): State<Arc<Web>>, Path(payload): Path<String>, headers: HeaderMap) -> Response {
    if let Some(octets) = unlock::octets_of(&payload) {
        return unlock::page(&web, octets, &headers).await;
    }
    match look(&web, payload).await {
        Ok(proven) => {
            let (face, wanted) = (web.relay.face(Some(&proven.device.brand)), language::wanted(&headers));
            let texts = texts_for(face, &wanted, &proven);
            web.pages.render(face, texts, StatusCode::OK, &question(texts, &proven))
        }
        Err(refused) => refusal(&web, &refused, &headers),
    }
}

/// `POST /{payload}`: the button. Answers with a redirection, so that loading the page again sends nothing.
pub(super) async fn send(State(web): State<Arc<Web>>, Path(payload): Path<String>, headers: HeaderMap) -> Response {
    if let Some(octets) = unlock::octets_of(&payload) {
        return unlock::press(&web, octets, &headers).await;
    }
    // The path is built from what was decoded, so that nothing of the caller's own writing is sent back.
    let canonical = from_text(&payload).map(|octets| resetkit_protocol::to_text(&octets));
    match (canonical, api::send(&web, payload).await) {
        (Ok(payload), Ok(accepted)) => {
            let again = if accepted.resent { "?again" } else { "" };
            Redirect::to(&format!("/{payload}/sent{again}")).into_response()
        }
        (_, Err(refused)) => refusal(&web, &refused, &headers),
        (Err(_), Ok(_)) => refusal(&web, &not_accepted(), &headers),
    }
}

/// `GET /{payload}/sent`: says that the mail is on its way, if it is.
pub(super) async fn sent(
    State(web): State<Arc<Web>>,
    Path(payload): Path<String>,
    uri: axum::http::Uri,
    headers: HeaderMap,
) -> Response {
    if let Some(octets) = unlock::octets_of(&payload) {
        return unlock::page(&web, octets, &headers).await;
    }
    match look(&web, payload).await {
        Ok(proven) => {
            let (face, wanted) = (web.relay.face(Some(&proven.device.brand)), language::wanted(&headers));
            let texts = texts_for(face, &wanted, &proven);
            let again = uri.query() == Some("again");
            let page = if proven.accepted { on_its_way(texts, &proven, again) } else { question(texts, &proven) };
            web.pages.render(face, texts, StatusCode::OK, &page)
        }
        Err(refused) => refusal(&web, &refused, &headers),
    }
}

/// `GET /n/{token}`: asks whether to stop mails. Stops none.
pub(super) async fn not_me(State(web): State<Arc<Web>>, Path(token): Path<String>, headers: HeaderMap) -> Response {
    not_me_page(&web, token, &headers, false).await
}

/// `POST /n/{token}`: the button (R72).
pub(super) async fn press_not_me(
    State(web): State<Arc<Web>>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    not_me_page(&web, token, &headers, true).await
}

async fn not_me_page(web: &Arc<Web>, token: String, headers: &HeaderMap, press: bool) -> Response {
    let relay = Arc::clone(&web.relay);
    let found = blocking(move || {
        let device = relay.find_not_me(&token)?;
        if let (Some(device), true) = (&device, press) {
            relay.not_me(&device.handle)?;
        }
        Ok(device)
    })
    .await;
    let device = match found {
        Ok(device) => device,
        Err(error) => {
            tracing::error!(%error, "the store failed");
            return refusal(web, &Refused { refusal: ProblemCode::Unavailable.into(), brand: None }, headers);
        }
    };
    let wanted = language::wanted(headers);
    let face = web.relay.face(device.as_ref().map(|device| &device.brand));
    let texts = face.texts(wanted.iter().map(String::as_str));
    let say = |id: &str| texts.get(id, &[]);
    let (status, page) = match (device, press) {
        (None, _) => {
            let mut page = Page::new("not-me-unknown", Tone::Bad, say("relay-not-me-unknown-title"));
            page.paragraphs.push(say("relay-not-me-unknown-body"));
            (StatusCode::NOT_FOUND, page)
        }
        (Some(device), false) => {
            let mut page = Page::new("not-me", Tone::Ask, say("relay-not-me-title"));
            page.facts = facts(texts, &device);
            page.paragraphs.push(say("relay-not-me-body"));
            page.button = Some(say("relay-not-me-button"));
            (StatusCode::OK, page)
        }
        (Some(device), true) => {
            let mut page = Page::new("not-me-done", Tone::Good, say("relay-not-me-done-title"));
            page.facts = facts(texts, &device);
            page.paragraphs.push(say("relay-not-me-done-body"));
            page.next_step = Some(say("relay-not-me-done-next"));
            (StatusCode::OK, page)
        }
    };
    web.pages.render(face, texts, status, &page)
}

/// `GET /`: nothing, said with a next step.
pub(super) async fn nothing_here(State(web): State<Arc<Web>>, headers: HeaderMap) -> Response {
    refusal(&web, &Refused { refusal: ProblemCode::NotFound.into(), brand: None }, &headers)
}

pub(super) async fn look(web: &Arc<Web>, payload: String) -> Result<Proven, Refused> {
    let relay = Arc::clone(&web.relay);
    let work = move || {
        let octets = from_text(&payload).map_err(|_| not_accepted())?;
        relay.look(&octets)
    };
    let unavailable = Refused { refusal: ProblemCode::Unavailable.into(), brand: None };
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(unavailable))
}

fn not_accepted() -> Refused {
    Refused { refusal: ProblemCode::NotAccepted.into(), brand: None::<BrandId> }
}

fn texts_for<'a>(face: &'a Face, wanted: &'a [String], proven: &'a Proven) -> &'a Texts {
    face.texts(wanted.iter().map(String::as_str).chain([proven.locale.as_str()]))
}

fn facts(texts: &Texts, device: &crate::store::Device) -> Vec<(String, String)> {
    let name = device
        .nickname
        .as_ref()
        .map_or_else(|| device.model.clone(), |nickname| format!("{} ({})", nickname.as_str(), device.model));
    vec![(texts.get("relay-device", &[]), name), (texts.get("relay-label", &[]), device.label.as_str().to_owned())]
}

fn question(texts: &Texts, proven: &Proven) -> Page {
    let request = proven.header.request();
    let mut page =
        Page::new("confirm", Tone::Ask, texts.get("relay-confirm-question", &[("request", (&request).into())]));
    let what = match proven.header.purpose {
        Purpose::ConfirmAddress => "relay-confirm-address",
        Purpose::Reset | Purpose::Notice | Purpose::Unlock => "relay-confirm-reset",
    };
    page.paragraphs = vec![texts.get(what, &[]), texts.get("relay-confirm-compare", &[])];
    page.facts = facts(texts, &proven.device);
    page.request = Some(request);
    page.button = Some(texts.get(if proven.accepted { "relay-again-button" } else { "relay-confirm-button" }, &[]));
    page
}

fn on_its_way(texts: &Texts, proven: &Proven, again: bool) -> Page {
    let request = proven.header.request();
    let title = texts.get(if again { "relay-sent-again-title" } else { "relay-sent-title" }, &[]);
    let mut page = Page::new("sent", Tone::Good, title);
    page.paragraphs = vec![texts.get("relay-sent-body", &[])];
    page.next_step = Some(texts.get("relay-sent-no-mail", &[]));
    page.facts = facts(texts, &proven.device);
    page.request = Some(request);
    page
}

pub(super) fn refusal(web: &Web, refused: &Refused, headers: &HeaderMap) -> Response {
    let wanted = language::wanted(headers);
    let face = web.relay.face(refused.brand.as_ref());
    let texts = face.texts(wanted.iter().map(String::as_str));
    let words = Words::of(texts, refused);
    let code = refused.refusal.code;
    let mut page = Page::new("refused", Tone::Bad, texts.get("relay-not-sent-title", &[]));
    page.paragraphs = vec![words.reason];
    page.next_step = Some(words.next_step);
    page.code = Some(code.code());
    let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = web.pages.render(face, texts, status, &page);
    if let Some(wait) = refused.refusal.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, wait.max(0).into());
    }
    response
}
