//! Pages around the log-in: live view, log-in, set-up, the test code.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use resetkit_core::{Counter, Lane};

use super::care;
use super::cookies::{self, Browser};
use super::forms::{self, Form};
use super::pages::{self, Common, Failure, LivePage, LoginPage, Rules, SetUpPage};
use super::{Site, see_other};
use crate::daemon::{Ask, LoggedIn, Pending};
use crate::problem::{Problem, Slip};

/// Start: set-up on a new device, log-in, or live view.
pub(super) async fn home(State(site): State<Site>, headers: HeaderMap) -> Response {
    if let Some(who) = who(&site, &headers).await {
        let browser = Browser::of(&headers);
        let care = pages::Care {
            ready: care::InShort::of(&site, &headers).await,
            clients_left: care::clients_left(&site, &headers).await,
        };
        let common = Common::new(&site, &headers, &browser, "device-live-title", "live");
        let page = LivePage::of(common, &who, pending(&site).await, care);
        return pages::show(&site, &headers, &browser, StatusCode::OK, "live.html", &page);
    }
    match site.door.ask(Ask::Device).await {
        Ok(facts) if !facts.initialised => see_other(&site, "/setup"),
        Ok(_) => login(&site, &headers, String::new(), None).await,
        Err(problem) => site.problem(&headers, &problem),
    }
}

pub(super) async fn who(site: &Site, headers: &HeaderMap) -> Option<LoggedIn> {
    let token = cookies::login(headers)?;
    site.door.ask(|reply| Ask::Who(token, reply)).await.ok()
}

/// Open requests, shown at the device's own screen only (R21).
async fn pending(site: &Site) -> Vec<Pending> {
    let lane = site.place.lane;
    match lane {
        Lane::Console | Lane::Button => site.door.ask(|reply| Ask::Pending(lane, reply)).await.unwrap_or_default(),
        Lane::Network => Vec::new(),
    }
}

/// Log-in.
pub(super) async fn login_page(State(site): State<Site>, headers: HeaderMap) -> Response {
    login(&site, &headers, String::new(), None).await
}

async fn login(site: &Site, headers: &HeaderMap, account: String, problem: Option<&Problem>) -> Response {
    let browser = Browser::of(headers);
    let pending = pending(site).await;
    let page = LoginPage {
        common: Common::new(site, headers, &browser, "device-login-title", "login"),
        account: if account.is_empty() { site.ground.admin.to_string() } else { account },
        failure: problem.map(|problem| Failure::of(site, headers, problem, "password")),
        pending: pending.into_iter().map(Into::into).collect(),
        fingerprint: site.place.fingerprint.clone(),
    };
    let code = problem.map_or(StatusCode::OK, super::status);
    pages::show(site, headers, &browser, code, "login.html", &page)
}

/// A person logs in.
pub(super) async fn log_in(State(site): State<Site>, Form(headers, form): Form<forms::LogIn>) -> Response {
    let lane = site.place.lane;
    let (account, password) = (form.account.clone(), form.password.take());
    let asked =
        site.door.ask(|reply| Ask::LogIn { account, password, interactive: true, client: None, lane, reply }).await;
    match asked {
        Ok(token) => {
            let mut response = see_other(&site, "/");
            cookies::set_login(&site, &mut response, &token);
            response
        }
        Err(problem) => login(&site, &headers, form.account, Some(&problem)).await,
    }
}

/// Log-out.
pub(super) async fn log_out(State(site): State<Site>, Form(headers, _): Form<forms::Press>) -> Response {
    if let Some(token) = cookies::login(&headers) {
        site.door.tell(Ask::LogOut(token));
    }
    let mut response = see_other(&site, "/");
    cookies::clear_login(&site, &mut response);
    response
}

/// First set-up.
pub(super) async fn setup_page(State(site): State<Site>, headers: HeaderMap) -> Response {
    match site.door.ask(Ask::Device).await {
        Ok(facts) if facts.initialised => see_other(&site, "/"),
        Ok(_) => setup(&site, &headers, String::new(), None),
        Err(problem) => site.problem(&headers, &problem),
    }
}

fn setup(site: &Site, headers: &HeaderMap, email: String, problem: Option<&Problem>) -> Response {
    let browser = Browser::of(headers);
    let field = |problem: &Problem| match problem {
        Problem::Slip(Slip::BadAddress | Slip::AddressOrSkip) => "email",
        Problem::Slip(_) | Problem::Failure(_) => "",
        Problem::Flaws(_) => "password",
    };
    let page = SetUpPage {
        common: Common::new(site, headers, &browser, "device-setup-title", "setup"),
        account: site.ground.admin.to_string(),
        email,
        rules: Rules::of(site),
        failure: problem.map(|problem| Failure::of(site, headers, problem, field(problem))),
    };
    let code = problem.map_or(StatusCode::OK, super::status);
    pages::show(site, headers, &browser, code, "setup.html", &page)
}

/// The owner sets the device up: with an address, or by saying that he wants none.
pub(super) async fn set_up(State(site): State<Site>, Form(headers, form): Form<forms::SetUp>) -> Response {
    let typed = form.email.trim().to_owned();
    let email = match (typed.is_empty(), form.skip_email.as_deref()) {
        (false, None) => Some(typed.clone()),
        (true, Some("yes")) => None,
        (true, _) | (false, Some(_)) => return setup(&site, &headers, typed, Some(&Slip::AddressOrSkip.into())),
    };
    let (lane, has_email, password) = (site.place.lane, email.is_some(), form.password.take());
    match site.door.ask(|reply| Ask::SetUp { password, email, lane, reply }).await {
        Ok(token) => {
            let mut response = see_other(&site, if has_email { "/setup/confirm" } else { "/setup/next" });
            cookies::set_login(&site, &mut response, &token);
            response
        }
        Err(problem) => setup(&site, &headers, typed, Some(&problem)),
    }
}

/// Goes straight to the test code: the way there is the same as later (R62).
pub(super) async fn confirm_page(State(site): State<Site>, headers: HeaderMap) -> Response {
    open_confirm(&site, &headers).await
}

/// The same by a button.
pub(super) async fn confirm(State(site): State<Site>, Form(headers, _): Form<forms::Press>) -> Response {
    open_confirm(&site, &headers).await
}

async fn open_confirm(site: &Site, headers: &HeaderMap) -> Response {
    let Some(login) = cookies::login(headers) else { return see_other(site, "/login") };
    let (lane, locale) = (site.place.lane, site.texts(headers).language().to_string());
    match site.door.ask(|reply| Ask::OpenConfirm { login, lane, locale, reply }).await {
        Ok(opened) => {
            let mut response = see_other(site, &format!("/reset/{}", opened.session));
            cookies::set_reset(site, &mut response, opened.session, &opened.token);
            response
        }
        Err(Problem::Slip(Slip::NotLoggedIn)) => see_other(site, "/login"),
        Err(problem) => site.problem(headers, &problem),
    }
}

/// The banner was seen.
pub(super) async fn acknowledge(State(site): State<Site>, Form(headers, _): Form<forms::Press>) -> Response {
    let Some(token) = cookies::login(&headers) else { return see_other(&site, "/login") };
    match site.door.ask(|reply| Ask::AcknowledgeBanner(token, reply)).await {
        Ok(()) | Err(Problem::Slip(Slip::NotLoggedIn)) => see_other(&site, "/"),
        Err(problem) => site.problem(&headers, &problem),
    }
}

/// *Cancel* of an open request, without a credential, at the device's own screen (R21).
pub(super) async fn cancel_pending(
    State(site): State<Site>,
    Path(request): Path<u32>,
    Form(headers, _): Form<forms::Press>,
) -> Response {
    let lane = site.place.lane;
    match site.door.ask(|reply| Ask::CancelPending(lane, Counter::new(request), reply)).await {
        Ok(()) | Err(Problem::Slip(Slip::NotFound)) => see_other(&site, "/"),
        Err(problem) => site.problem(&headers, &problem),
    }
}
