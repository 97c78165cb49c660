//! Pages of the recovery codes: made, printed, typed back (R87).

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::cookies::{self, Browser};
use super::entry::who;
use super::forms::{self, Form};
use super::pages::{self, Common, Failure};
use super::{Site, see_other};
use crate::daemon::{Ask, KeptStatus, LoggedIn, Token};
use crate::problem::{Problem, Slip};
use crate::sheets;

/// The two files of a sheet.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PaperKind {
    Pdf,
    Png,
}

#[derive(Serialize)]
struct CodesPage {
    #[serde(flatten)]
    common: Common,
    account: String,
    /// In the course of the first set-up.
    initial: bool,
    saved: bool,
    sheet: Option<u32>,
    left: u8,
    of: u8,
    low: bool,
    unconfirmed: Option<u32>,
    inputmode: &'static str,
    style: &'static str,
    /// The codes, while they can be seen.
    codes: Vec<String>,
    failure: Option<Failure>,
}

/// What the page says beside how things stand.
#[derive(Default)]
struct Said<'a> {
    initial: bool,
    saved: bool,
    problem: Option<&'a Problem>,
}

/// From the set-up on: to the recovery codes where there are none yet, else to what readiness has to say.
pub(super) async fn next(State(site): State<Site>, headers: HeaderMap) -> Response {
    let wanted = who(&site, &headers).await.is_some_and(|who| who.kept.offered && who.kept.sheet.is_none());
    see_other(&site, if wanted { "/setup/codes" } else { "/setup/ready" })
}

pub(super) async fn setup_page(State(site): State<Site>, headers: HeaderMap) -> Response {
    show(&site, &headers, Said { initial: true, ..Said::default() }).await
}

pub(super) async fn saved_at_setup(State(site): State<Site>, headers: HeaderMap) -> Response {
    show(&site, &headers, Said { initial: true, saved: true, ..Said::default() }).await
}

pub(super) async fn page(State(site): State<Site>, headers: HeaderMap) -> Response {
    show(&site, &headers, Said::default()).await
}

pub(super) async fn saved(State(site): State<Site>, headers: HeaderMap) -> Response {
    show(&site, &headers, Said { saved: true, ..Said::default() }).await
}

async fn show(site: &Site, headers: &HeaderMap, said: Said<'_>) -> Response {
    let Some(who) = who(site, headers).await else { return see_other(site, "/login") };
    if !who.kept.offered {
        return site.problem(headers, &Slip::NotFound.into());
    }
    let browser = Browser::of(headers);
    let codes = fresh(site, headers).await;
    let page = page_of(site, headers, &browser, &who, codes, &said);
    let code = said.problem.map_or(StatusCode::OK, super::status);
    pages::show(site, headers, &browser, code, "codes.html", &page)
}

fn page_of(
    site: &Site,
    headers: &HeaderMap,
    browser: &Browser,
    who: &LoggedIn,
    codes: Vec<String>,
    said: &Said<'_>,
) -> CodesPage {
    let KeptStatus { sheet, left, of, unconfirmed, style, .. } = who.kept;
    let field = |problem: &Problem| match problem {
        Problem::Slip(Slip::NotOnSheet) => "code",
        Problem::Slip(Slip::WrongPassword) => "password",
        Problem::Slip(_) | Problem::Failure(_) | Problem::Flaws(_) => "",
    };
    CodesPage {
        common: Common::new(site, headers, browser, "device-codes-title", "codes"),
        account: who.account.to_string(),
        initial: said.initial,
        saved: said.saved,
        sheet,
        left,
        of,
        low: who.kept.runs_low(),
        unconfirmed,
        inputmode: super::walk::inputmode(style),
        style: style.as_str(),
        codes,
        failure: said.problem.map(|problem| Failure::of(site, headers, problem, field(problem))),
    }
}

/// The codes, for the browser that made them, until one is typed back.
async fn fresh(site: &Site, headers: &HeaderMap) -> Vec<String> {
    let Some(login) = cookies::login(headers) else { return Vec::new() };
    let fresh = site.door.ask(|reply| Ask::FreshSheet(login, reply)).await;
    fresh.map_or_else(|_| Vec::new(), |fresh| fresh.codes.iter().map(|code| code.expose().clone()).collect())
}

/// Where the pages of these codes stand: in the set-up, or in the settings.
fn here(initial: bool) -> &'static str {
    if initial { "/setup/codes" } else { "/settings/codes" }
}

/// A new sheet, by the current password.
pub(super) async fn make(State(site): State<Site>, Form(headers, form): Form<forms::Again>) -> Response {
    let Some(login) = cookies::login(&headers) else { return see_other(&site, "/login") };
    let (password, lane, initial) = (form.password.take(), site.place.lane, form.initial.is_some());
    match site.door.ask(|reply| Ask::MakeSheet { login, password, lane, reply }).await {
        Ok(_) => see_other(&site, here(initial)),
        Err(problem) => show(&site, &headers, Said { initial, problem: Some(&problem), ..Said::default() }).await,
    }
}

/// One typed back.
pub(super) async fn type_back(State(site): State<Site>, Form(headers, form): Form<forms::TypeBack>) -> Response {
    let Some(login) = cookies::login(&headers) else { return see_other(&site, "/login") };
    let (code, lane, initial) = (form.code.take(), site.place.lane, form.initial.is_some());
    match site.door.ask(|reply| Ask::TypeBack { login, code, lane, reply }).await {
        Ok(_) => see_other(&site, &format!("{}/saved", here(initial))),
        Err(problem) => show(&site, &headers, Said { initial, problem: Some(&problem), ..Said::default() }).await,
    }
}

/// All of them are void.
pub(super) async fn remove(State(site): State<Site>, Form(headers, _): Form<forms::Press>) -> Response {
    let Some(login) = cookies::login(&headers) else { return see_other(&site, "/login") };
    let lane = site.place.lane;
    match site.door.ask(|reply| Ask::RemoveSheet(login, lane, reply)).await {
        Ok(_) => see_other(&site, "/settings/codes"),
        Err(problem) => site.problem(&headers, &problem),
    }
}

pub(super) async fn pdf(State(site): State<Site>, headers: HeaderMap) -> Response {
    paper(&site, &headers, PaperKind::Pdf).await
}

pub(super) async fn png(State(site): State<Site>, headers: HeaderMap) -> Response {
    paper(&site, &headers, PaperKind::Png).await
}

async fn paper(site: &Site, headers: &HeaderMap, kind: PaperKind) -> Response {
    let Some(login) = cookies::login(headers) else { return see_other(site, "/login") };
    print(site, headers, login, kind).await.unwrap_or_else(|problem| site.problem(headers, &problem))
}

/// The sheet as a file, drawn off the loop; only while its codes can be seen.
pub(crate) async fn print(
    site: &Site,
    headers: &HeaderMap,
    login: Token,
    kind: PaperKind,
) -> Result<Response, Problem> {
    let fresh = site.door.ask(|reply| Ask::FreshSheet(login, reply)).await?;
    let (ground, texts) = (site.ground.clone(), site.texts(headers).clone());
    let (number, turn) = (fresh.number, site.ground.turns.paper.take()?);
    let drawn = tokio::task::spawn_blocking(move || {
        let about = sheets::About { number: fresh.number, made: fresh.made };
        let config = &ground.config;
        let device = sheets::Device { model: config.profile.name_in(texts.language().as_str()), ..config.into() };
        let paper = sheets::compose(device, &texts, about, &fresh.codes);
        let drawn = match kind {
            PaperKind::Pdf => Some(sheets::pdf(&paper)),
            PaperKind::Png => sheets::png(&paper),
        };
        drop(turn);
        drawn
    });
    let octets = drawn.await.ok().flatten().ok_or(Slip::Busy)?;
    let (kind, name) = match kind {
        PaperKind::Pdf => ("application/pdf", "pdf"),
        PaperKind::Png => ("image/png", "png"),
    };
    let name = format!("inline; filename=\"recovery-codes-{number}.{name}\"");
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)];
    // Wiped when they are sent.
    Ok((headers, Bytes::from_owner(octets)).into_response())
}
