//! Settings: how ready recovery is, and the address that it goes to (R62, R63).

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Serialize;

use super::cookies::{self, Browser};
use super::entry::who;
use super::forms::{self, Form};
use super::pages::{self, Common, Failure};
use super::{Site, see_other};
use crate::daemon::{Ask, LoggedIn};
use crate::problem::{Problem, Slip};

#[derive(Serialize)]
struct SettingsPage {
    #[serde(flatten)]
    common: Common,
    account: String,
    readiness: &'static str,
    hint: Option<String>,
    email: String,
    saved: bool,
    failure: Option<Failure>,
}

/// The settings, for who is logged in.
pub(super) async fn page(State(site): State<Site>, headers: HeaderMap) -> Response {
    match who(&site, &headers).await {
        Some(who) => show(&site, &headers, &who, Typed::default()),
        None => see_other(&site, "/login"),
    }
}

/// The same, after the address was changed: the test code stands first.
pub(super) async fn saved(State(site): State<Site>, headers: HeaderMap) -> Response {
    match who(&site, &headers).await {
        Some(who) => show(&site, &headers, &who, Typed { saved: true, ..Typed::default() }),
        None => see_other(&site, "/login"),
    }
}

/// What the page says of what was typed.
#[derive(Default)]
struct Typed<'a> {
    email: String,
    saved: bool,
    problem: Option<&'a Problem>,
}

fn show(site: &Site, headers: &HeaderMap, who: &LoggedIn, typed: Typed<'_>) -> Response {
    let browser = Browser::of(headers);
    let field = |problem: &Problem| match problem {
        Problem::Slip(Slip::BadAddress) => "email",
        Problem::Slip(Slip::WrongPassword) => "password",
        Problem::Slip(_) | Problem::Failure(_) | Problem::Flaws(_) => "",
    };
    let page = SettingsPage {
        common: Common::new(site, headers, &browser, "device-settings-title", "settings"),
        account: who.account.to_string(),
        readiness: who.readiness.as_str(),
        hint: who.hint.clone(),
        email: typed.email,
        saved: typed.saved,
        failure: typed.problem.map(|problem| Failure::of(site, headers, problem, field(problem))),
    };
    let code = typed.problem.map_or(StatusCode::OK, super::status);
    pages::show(site, headers, &browser, code, "settings.html", &page)
}

/// The owner enters another address.
pub(super) async fn change_address(
    State(site): State<Site>,
    Form(headers, form): Form<forms::ChangeAddress>,
) -> Response {
    let Some(login) = cookies::login(&headers) else { return see_other(&site, "/login") };
    let (lane, email, password) = (site.place.lane, form.email.trim().to_owned(), form.password.take());
    let typed = email.clone();
    match site.door.ask(|reply| Ask::ChangeAddress { login, password, email, lane, reply }).await {
        Ok(_) => see_other(&site, "/settings/saved"),
        Err(problem) => match who(&site, &headers).await {
            Some(who) => show(&site, &headers, &who, Typed { email: typed, saved: false, problem: Some(&problem) }),
            None => see_other(&site, "/login"),
        },
    }
}
