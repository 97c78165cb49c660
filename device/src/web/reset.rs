//! Pages of a session: `/reset` begins one, `/reset/{id}` shows and drives it, for the browser that holds its cookie.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use resetkit_host::{Qr, View};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::cookies::{self, Browser};
use super::forms::{self, Form, SecretField};
use super::pages::{self, Common, ForgotPage};
use super::walk::{ProgressOf, ResetPage, page_key, progress_of};
use super::{Site, parse_id, see_other};
use crate::acts::{Act, Written};
use crate::daemon::{Ask, Screen};
use crate::problem::{Problem, Slip};

/// A press of a button waits so long for the next screen, so that a page without script rarely shows a wait.
const SETTLING: Duration = Duration::from_millis(2500);
/// Longest that a program or script may wait for a change, in seconds.
pub(crate) const LONGEST_WAIT_S: u64 = 25;

/// Where the account has to be typed.
pub(super) async fn forgot_page(State(site): State<Site>, headers: HeaderMap) -> Response {
    let browser = Browser::of(&headers);
    let page = ForgotPage {
        common: Common::new(&site, &headers, &browser, "device-forgot-title", "forgot"),
        account: site.ground.admin.to_string(),
        failure: None,
    };
    pages::show(&site, &headers, &browser, StatusCode::OK, "forgot.html", &page)
}

/// *Forgot password*.
pub(super) async fn open(State(site): State<Site>, Form(headers, form): Form<forms::Forgot>) -> Response {
    let (lane, locale) = (site.place.lane, site.texts(&headers).language().to_string());
    match site.door.ask(|reply| Ask::OpenReset { account: form.account, lane, locale, cells: None, reply }).await {
        Ok(opened) => {
            let mut response = see_other(&site, &format!("/reset/{}", opened.session));
            cookies::set_reset(&site, &mut response, opened.session, &opened.token);
            response
        }
        Err(problem) => site.problem(&headers, &problem),
    }
}

/// The screen of a session, for who holds its token.
async fn watch(site: &Site, headers: &HeaderMap, id: &str) -> Result<watch::Receiver<Arc<Screen>>, Problem> {
    let session = parse_id(id).ok_or(Slip::NotFound)?;
    let token = cookies::reset(headers, session).ok_or(Slip::NotFound)?;
    site.door.ask(|reply| Ask::Watch { session, token, reply }).await
}

/// Shows it.
pub(super) async fn page(
    State(site): State<Site>,
    Path(id): Path<String>,
    query: Result<Query<Saved>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
) -> Response {
    match watch(&site, &headers, &id).await {
        Ok(screen) => {
            let screen = screen.borrow().clone();
            let browser = Browser::of(&headers);
            let saved = query.is_ok_and(|Query(saved)| saved.saved.is_some());
            let page = ResetPage::of(&site, &headers, &browser, &screen, saved);
            pages::show(&site, &headers, &browser, StatusCode::OK, "reset.html", &page)
        }
        Err(problem) => site.problem(&headers, &problem),
    }
}

/// The owner does something.
pub(super) async fn drive(
    State(site): State<Site>,
    Path(id): Path<String>,
    Form(headers, form): Form<forms::Act>,
) -> Response {
    match drive_one(&site, &headers, &id, form).await {
        Ok(screen) => {
            settle(screen).await;
            see_other(&site, &format!("/reset/{id}"))
        }
        Err(problem) => site.problem(&headers, &problem),
    }
}

async fn drive_one(
    site: &Site,
    headers: &HeaderMap,
    id: &str,
    form: forms::Act,
) -> Result<watch::Receiver<Arc<Screen>>, Problem> {
    let session = parse_id(id).ok_or(Slip::NotFound)?;
    let token = cookies::reset(headers, session).ok_or(Slip::NotFound)?;
    let written = Written {
        // A button of the method's own view says only which one it is.
        event: form.event.unwrap_or_else(|| "action".to_owned()),
        code: form.code.map(SecretField::take),
        password: form.password.map(SecretField::take),
        method: form.method,
        action: form.action,
    };
    match written.read()? {
        Act::Event(event) => site.door.ask(|reply| Ask::Drive { session, token, event, reply }).await,
        Act::Press(action) => site.door.ask(|reply| Ask::Press { session, token, action, reply }).await,
    }
}

/// What the QR code says, to a stick.
pub(super) async fn export(
    State(site): State<Site>,
    Path(id): Path<String>,
    Form(headers, _): Form<forms::Press>,
) -> Response {
    let saved = async {
        let screen = watch(&site, &headers, &id).await?;
        let screen = screen.borrow().clone();
        save(&site, screen).await
    };
    match saved.await {
        Ok(_) => see_other(&site, &format!("/reset/{id}?saved=yes")),
        Err(problem) => site.problem(&headers, &problem),
    }
}

/// Writes to the stick off the loop; it may be slow.
pub(crate) async fn save(site: &Site, screen: Arc<Screen>) -> Result<String, Problem> {
    let (ground, turn) = (Arc::clone(&site.ground), site.ground.turns.stick.take()?);
    // A stick that is dying may hold the thread for ever, and with it the turn: one thread, not all of them.
    let saved = tokio::task::spawn_blocking(move || {
        let saved = crate::stick::save(&ground, &screen);
        drop(turn);
        saved
    });
    Ok(saved.await.map_err(|_| Slip::Busy)??)
}

/// Waits a little for a screen that does not wait itself.
pub(crate) async fn settle(mut screen: watch::Receiver<Arc<Screen>>) -> Arc<Screen> {
    // Too late or gone: what there is now is shown.
    let _ = tokio::time::timeout(SETTLING, screen.wait_for(|screen| !screen.is_waiting())).await;
    screen.borrow().clone()
}

/// Waits until a screen is newer than `after`.
pub(crate) async fn newer(
    mut screen: watch::Receiver<Arc<Screen>>,
    after: Option<u64>,
    wait: Option<u64>,
) -> Arc<Screen> {
    if let (Some(after), Some(wait)) = (after, wait) {
        let wait = Duration::from_secs(wait.min(LONGEST_WAIT_S));
        let _ = tokio::time::timeout(wait, screen.wait_for(|screen| screen.revision > after)).await;
    }
    screen.borrow().clone()
}

/// How to wait for a change.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Waiting {
    /// The revision that is known.
    #[serde(default)]
    pub(crate) after: Option<u64>,
    /// Seconds to wait.
    #[serde(default)]
    pub(crate) wait: Option<u64>,
}

/// The picture's words were just saved to a stick.
#[derive(Deserialize)]
pub(super) struct Saved {
    #[serde(default)]
    saved: Option<String>,
}

/// What the script of an open page needs.
#[derive(Serialize)]
struct StateOf {
    revision: u64,
    step: &'static str,
    page: String,
    tries_left: Option<u8>,
    minutes_left: Option<u16>,
    progress: Option<ProgressOf>,
}

/// For the script: what is the page now?
pub(super) async fn state(
    State(site): State<Site>,
    Path(id): Path<String>,
    query: Result<Query<Waiting>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let Ok(Query(waiting)) = query else { return site.problem(&headers, &Slip::Malformed.into()) };
    let screen = match watch(&site, &headers, &id).await {
        Ok(screen) => newer(screen, waiting.after, waiting.wait).await,
        Err(problem) => return site.problem(&headers, &problem),
    };
    // After a long wait the minutes have gone on.
    let screen = match watch(&site, &headers, &id).await {
        Ok(now) => now.borrow().clone(),
        Err(_) => screen,
    };
    let view = &screen.view;
    Json(StateOf {
        revision: screen.revision,
        step: view.step.as_str(),
        page: page_key(&screen),
        tries_left: view.tries_left,
        minutes_left: view.minutes_left,
        progress: progress_of(site.texts(&headers), &screen),
    })
    .into_response()
}

/// The QR code's shapes.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    Svg,
    Png,
    Text,
}

pub(super) async fn qr_svg(State(site): State<Site>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    qr(&site, &headers, &id, Shape::Svg).await
}

pub(super) async fn qr_png(State(site): State<Site>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    qr(&site, &headers, &id, Shape::Png).await
}

pub(super) async fn qr_txt(State(site): State<Site>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    qr(&site, &headers, &id, Shape::Text).await
}

async fn qr(site: &Site, headers: &HeaderMap, id: &str, shape: Shape) -> Response {
    let found = watch(site, headers, id).await.and_then(|screen| picture(&screen.borrow(), shape));
    found.unwrap_or_else(|problem| site.problem(headers, &problem))
}

/// One shape of the QR code that is shown now.
pub(crate) fn picture(screen: &Screen, shape: Shape) -> Result<Response, Problem> {
    let qr: &Qr = screen.method.as_deref().and_then(View::qr).ok_or(Slip::NotFound)?;
    let (kind, body) = match shape {
        Shape::Svg => ("image/svg+xml", qr.svg.to_string().into_bytes()),
        Shape::Png => ("image/png", qr.png.to_vec()),
        Shape::Text => ("text/plain; charset=utf-8", format!("{}\n", qr.payload).into_bytes()),
    };
    Ok(([(header::CONTENT_TYPE, kind)], body).into_response())
}
