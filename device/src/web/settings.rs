//! Settings: how ready recovery is, and the address that it goes to (R62, R63).

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use resetkit_config::Texts;
use resetkit_core::MethodId;
use serde::Serialize;

use super::care::InShort;
use super::cookies::{self, Browser};
use super::entry::who;
use super::forms::{self, Form};
use super::pages::{self, BannerLine, Common, Failure, Kept};
use super::{Site, see_other};
use crate::daemon::{Ask, LoggedIn, MethodUse};
use crate::problem::{Problem, Slip};
use crate::texts;

#[derive(Serialize)]
struct SettingsPage {
    #[serde(flatten)]
    common: Common,
    account: String,
    ready: Option<InShort>,
    /// How the address on file stands, by its light.
    address: &'static str,
    hint: Option<String>,
    email: String,
    saved: bool,
    failure: Option<Failure>,
    methods: Vec<Way>,
    kept: Kept,
}

/// A way back in, as the settings list it (R90).
#[derive(Serialize)]
struct Way {
    id: String,
    name: String,
    on: bool,
    loss: Option<String>,
    uses: u32,
    last: Option<BannerLine>,
    obstacle: Option<Failure>,
}

impl Way {
    fn of(texts: &Texts, method: &MethodUse) -> Self {
        let id = method.method.to_string();
        let obstacle = method.obstacle.as_ref().map(|obstacle| Failure::told(texts::failure(texts, obstacle), ""));
        Self {
            name: texts::method_name(texts, &id),
            id,
            on: method.on,
            loss: method.loss.map(|loss| texts::loss(texts, loss)),
            uses: method.uses,
            last: method.last.as_ref().map(BannerLine::of),
            obstacle,
        }
    }
}

#[derive(Serialize)]
struct SwitchPage {
    #[serde(flatten)]
    common: Common,
    way: Way,
    warning: String,
    failure: Option<Failure>,
}

/// The settings, for who is logged in.
pub(super) async fn page(State(site): State<Site>, headers: HeaderMap) -> Response {
    match who(&site, &headers).await {
        Some(who) => show(&site, &headers, &who, Typed::default()).await,
        None => see_other(&site, "/login"),
    }
}

/// The same, after the address was changed: the test code stands first.
pub(super) async fn saved(State(site): State<Site>, headers: HeaderMap) -> Response {
    match who(&site, &headers).await {
        Some(who) => show(&site, &headers, &who, Typed { saved: true, ..Typed::default() }).await,
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

async fn show(site: &Site, headers: &HeaderMap, who: &LoggedIn, typed: Typed<'_>) -> Response {
    let browser = Browser::of(headers);
    let field = |problem: &Problem| match problem {
        Problem::Slip(Slip::BadAddress) => "email",
        Problem::Slip(Slip::WrongPassword) => "password",
        Problem::Slip(_) | Problem::Failure(_) | Problem::Flaws(_) => "",
    };
    let methods = methods(site, headers).await.unwrap_or_default();
    let page = SettingsPage {
        methods: methods.iter().map(|method| Way::of(site.texts(headers), method)).collect(),
        common: Common::new(site, headers, &browser, "device-settings-title", "settings"),
        account: who.account.to_string(),
        ready: InShort::of(site, headers).await,
        address: who.address.as_str(),
        hint: who.hint.clone(),
        kept: Kept::of(who.kept),
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
            Some(who) => {
                let typed = Typed { email: typed, saved: false, problem: Some(&problem) };
                show(&site, &headers, &who, typed).await
            }
            None => see_other(&site, "/login"),
        },
    }
}

async fn methods(site: &Site, headers: &HeaderMap) -> Result<Vec<MethodUse>, Problem> {
    let login = cookies::login(headers).ok_or(Slip::NotLoggedIn)?;
    site.door.ask(|reply| Ask::Methods(login, site.place.lane, reply)).await
}

/// What it means to switch a method off, before it is done (R90).
pub(super) async fn switch_page(State(site): State<Site>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    match methods(&site, &headers).await {
        Ok(all) => switch_question(&site, &headers, &all, &id),
        Err(Problem::Slip(Slip::NotLoggedIn)) => see_other(&site, "/login"),
        Err(problem) => site.problem(&headers, &problem),
    }
}

fn switch_question(site: &Site, headers: &HeaderMap, all: &[MethodUse], id: &str) -> Response {
    let Some(method) = all.iter().find(|method| method.method.as_str() == id) else {
        return site.problem(headers, &Slip::NotFound.into());
    };
    let browser = Browser::of(headers);
    let texts = site.texts(headers);
    let page = SwitchPage {
        common: Common::new(site, headers, &browser, "device-settings-title", "switch-method"),
        way: Way::of(texts, method),
        warning: texts::switch_warning(texts, method, all),
        failure: None,
    };
    pages::show(site, headers, &browser, StatusCode::OK, "switch.html", &page)
}

/// The owner switches a method on, or off once he was warned.
pub(super) async fn switch(
    State(site): State<Site>,
    Path(id): Path<String>,
    Form(headers, form): Form<forms::Switch>,
) -> Response {
    let outcome = async {
        let login = cookies::login(&headers).ok_or(Slip::NotLoggedIn)?;
        let method = MethodId::parse(&id).map_err(|_| Slip::NotFound)?;
        let on = match form.on.as_str() {
            "yes" => true,
            "no" => false,
            _ => return Err(Slip::Malformed.into()),
        };
        let lane = site.place.lane;
        site.door.ask(|reply| Ask::SwitchMethod { login, method, on, lane, reply }).await
    };
    match outcome.await {
        Ok(_) => see_other(&site, "/settings"),
        Err(Problem::Slip(Slip::NotLoggedIn)) => see_other(&site, "/login"),
        Err(problem) => site.problem(&headers, &problem),
    }
}
