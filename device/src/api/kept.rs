//! Recovery codes, and handing the device over.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Serialize;

use super::{Body, answer, answer_problem, bearer, bodies};
use crate::daemon::{Ask, Fresh, KeptStatus, Token};
use crate::problem::{Problem, Slip};
use crate::web::{PaperKind, Site, print};

/// How things stand.
#[derive(Serialize)]
pub(super) struct KeptOf {
    offered: bool,
    sheet: Option<u32>,
    left: u8,
    of: u8,
    runs_low: bool,
    unconfirmed: Option<u32>,
    code_style: &'static str,
}

impl From<KeptStatus> for KeptOf {
    fn from(kept: KeptStatus) -> Self {
        Self {
            offered: kept.offered,
            sheet: kept.sheet,
            left: kept.left,
            of: kept.of,
            runs_low: kept.runs_low(),
            unconfirmed: kept.unconfirmed,
            code_style: kept.style.as_str(),
        }
    }
}

/// A new sheet; its codes are never told again once one was typed back.
#[derive(Serialize)]
struct FreshOf<'a> {
    sheet: u32,
    codes: Vec<&'a str>,
    pdf_url: String,
    png_url: String,
}

impl<'a> FreshOf<'a> {
    fn of(site: &Site, fresh: &'a Fresh) -> Self {
        let here = format!("{}/api/v0/recovery-codes", site.place.base);
        Self {
            sheet: fresh.number,
            codes: fresh.codes.iter().map(|code| code.expose().as_str()).collect(),
            pdf_url: format!("{here}/sheet.pdf"),
            png_url: format!("{here}/sheet.png"),
        }
    }
}

#[derive(Serialize)]
struct HandedOverOf {
    enrolment: String,
}

fn login(headers: &HeaderMap) -> Result<Token, Problem> {
    bearer(headers).ok_or_else(|| Slip::NotLoggedIn.into())
}

pub(super) async fn status(State(site): State<Site>, headers: HeaderMap) -> Response {
    let outcome = async {
        let login = login(&headers)?;
        site.door.ask(|reply| Ask::Kept(login, reply)).await
    };
    answer(&site, &headers, StatusCode::OK, outcome.await.map(KeptOf::from))
}

pub(super) async fn make(State(site): State<Site>, Body(headers, body): Body<bodies::Password>) -> Response {
    let outcome = async {
        let (login, password, lane) = (login(&headers)?, body.password.take(), site.place.lane);
        site.door.ask(|reply| Ask::MakeSheet { login, password, lane, reply }).await
    };
    let outcome = outcome.await;
    let told = outcome.as_ref().map(|fresh| FreshOf::of(&site, fresh)).map_err(Clone::clone);
    answer(&site, &headers, StatusCode::CREATED, told)
}

pub(super) async fn type_back(State(site): State<Site>, Body(headers, body): Body<bodies::TypeBack>) -> Response {
    let outcome = async {
        let (login, code, lane) = (login(&headers)?, body.code.take(), site.place.lane);
        site.door.ask(|reply| Ask::TypeBack { login, code, lane, reply }).await
    };
    answer(&site, &headers, StatusCode::OK, outcome.await.map(KeptOf::from))
}

pub(super) async fn remove(State(site): State<Site>, headers: HeaderMap) -> Response {
    let outcome = async {
        let (login, lane) = (login(&headers)?, site.place.lane);
        site.door.ask(|reply| Ask::RemoveSheet(login, lane, reply)).await
    };
    answer(&site, &headers, StatusCode::OK, outcome.await.map(KeptOf::from))
}

pub(super) async fn pdf(State(site): State<Site>, headers: HeaderMap) -> Response {
    paper(&site, &headers, PaperKind::Pdf).await
}

pub(super) async fn png(State(site): State<Site>, headers: HeaderMap) -> Response {
    paper(&site, &headers, PaperKind::Png).await
}

async fn paper(site: &Site, headers: &HeaderMap, kind: PaperKind) -> Response {
    let printed = async { print(site, headers, login(headers)?, kind).await };
    printed.await.unwrap_or_else(|problem| answer_problem(site, headers, &problem))
}

pub(super) async fn hand_over(State(site): State<Site>, Body(headers, body): Body<bodies::Password>) -> Response {
    let outcome = async {
        let (login, password, lane) = (login(&headers)?, body.password.take(), site.place.lane);
        site.door.ask(|reply| Ask::HandOver { login, password, lane, reply }).await
    };
    let outcome = outcome.await;
    answer(&site, &headers, StatusCode::OK, outcome.map(|enrolment| HandedOverOf { enrolment }))
}
