//! The device gets a new owner.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Serialize;

use super::cookies::{self, Browser};
use super::entry::who;
use super::forms::{self, Form};
use super::pages::{self, Common, Failure};
use super::{Site, see_other};
use crate::daemon::Ask;
use crate::problem::{Problem, Slip};

#[derive(Serialize)]
struct HandOverPage {
    #[serde(flatten)]
    common: Common,
    account: String,
    failure: Option<Failure>,
}

#[derive(Serialize)]
struct HandedOverPage {
    #[serde(flatten)]
    common: Common,
    enrolment: String,
}

/// What goes and what stays, before it is done.
pub(super) async fn page(State(site): State<Site>, headers: HeaderMap) -> Response {
    show(&site, &headers, None).await
}

async fn show(site: &Site, headers: &HeaderMap, problem: Option<&Problem>) -> Response {
    let Some(who) = who(site, headers).await else {
        // Handed over, and yet there is something to be told: nobody is logged in any more.
        return problem.map_or_else(|| see_other(site, "/login"), |problem| site.problem(headers, problem));
    };
    let browser = Browser::of(headers);
    let field = |problem: &Problem| match problem {
        Problem::Slip(Slip::WrongPassword) => "password",
        Problem::Slip(_) | Problem::Failure(_) | Problem::Flaws(_) => "",
    };
    let page = HandOverPage {
        common: Common::new(site, headers, &browser, "device-hand-over-title", "hand-over"),
        account: who.account.to_string(),
        failure: problem.map(|problem| Failure::of(site, headers, problem, field(problem))),
    };
    let code = problem.map_or(StatusCode::OK, super::status);
    pages::show(site, headers, &browser, code, "hand-over.html", &page)
}

/// The owner hands it over.
pub(super) async fn hand_over(State(site): State<Site>, Form(headers, form): Form<forms::Again>) -> Response {
    let Some(login) = cookies::login(&headers) else { return see_other(&site, "/login") };
    let (password, lane) = (form.password.take(), site.place.lane);
    match site.door.ask(|reply| Ask::HandOver { login, password, lane, reply }).await {
        Ok(enrolment) => {
            let browser = Browser::of(&headers);
            let common = Common::new(&site, &headers, &browser, "device-handed-over-title", "handed-over");
            let page = HandedOverPage { common, enrolment };
            let mut response = pages::show(&site, &headers, &browser, StatusCode::OK, "handed-over.html", &page);
            cookies::clear_login(&site, &mut response);
            response
        }
        Err(problem) => show(&site, &headers, Some(&problem)).await,
    }
}
