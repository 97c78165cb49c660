//! Pages: how ready recovery is, the doctor, and who still has the old password.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Serialize;

use super::cookies::{self, Browser};
use super::entry::who;
use super::forms::{self, Form};
use super::pages::{self, Common, Failure};
use super::{Site, see_other};
use crate::daemon::{Ask, CareAsk, Plan, Reply, Token};
use crate::doctor::{ReportOf, examine, report};
use crate::problem::{Problem, Slip};
use crate::readiness::{Mend, Readiness, Reminder};
use crate::texts;

#[derive(Serialize)]
struct ReadyPage {
    #[serde(flatten)]
    common: Common,
    initial: bool,
    light: &'static str,
    reminder: Option<&'static str>,
    ways: Vec<WayLine>,
}

#[derive(Serialize)]
struct WayLine {
    id: String,
    name: String,
    light: &'static str,
    code: Option<&'static str>,
    text: String,
    next_step: Option<String>,
    mend: &'static str,
}

#[derive(Serialize)]
struct DoctorPage {
    #[serde(flatten)]
    common: Common,
    report: ReportOf,
}

#[derive(Serialize)]
struct AfterPage {
    #[serde(flatten)]
    common: Common,
    account: String,
    request: String,
    left: usize,
    quiet_minutes: u64,
    quiet_hours: u64,
    has_hook: bool,
    updating: bool,
    acknowledged: bool,
    /// The sheet of recovery codes that still counts.
    sheet: Option<u32>,
    clients: Vec<ClientLine>,
    failure: Option<Failure>,
}

#[derive(Serialize)]
struct ClientLine {
    name: String,
    address: String,
    state: &'static str,
    done: bool,
    came_with_old: u32,
}

async fn ask<T>(site: &Site, headers: &HeaderMap, make: impl FnOnce(Token, Reply<T>) -> CareAsk) -> Result<T, Problem> {
    let login = cookies::login(headers).ok_or(Slip::NotLoggedIn)?;
    site.door.ask(|reply| Ask::Care(make(login, reply))).await
}

/// Nobody is logged in: to the log-in; any other problem has its page.
fn turned_away(site: &Site, headers: &HeaderMap, problem: &Problem) -> Response {
    match problem {
        Problem::Slip(Slip::NotLoggedIn) => see_other(site, "/login"),
        Problem::Slip(_) | Problem::Failure(_) | Problem::Flaws(_) => site.problem(headers, problem),
    }
}

/// How ready recovery is, in short, for the pages beside its own; nothing where it cannot be found out now.
#[derive(Serialize)]
pub(super) struct InShort {
    light: &'static str,
    reminder: Option<&'static str>,
    /// What can be done about the address on file, if something: `test-code` or `address`.
    address: Option<&'static str>,
}

impl InShort {
    pub(super) async fn of(site: &Site, headers: &HeaderMap) -> Option<Self> {
        let readiness = ask(site, headers, CareAsk::Readiness).await.ok()?;
        let mended = |by: Mend| readiness.ways.iter().any(|ready| ready.reason.mend() == by);
        Some(Self {
            light: readiness.light.as_str(),
            reminder: readiness.reminder.map(Reminder::as_str),
            address: [Mend::TestCode, Mend::Address].into_iter().find(|by| mended(*by)).map(Mend::as_str),
        })
    }
}

/// Clients with the old password that the owner has not acknowledged.
pub(super) async fn clients_left(site: &Site, headers: &HeaderMap) -> usize {
    let plan = ask(site, headers, CareAsk::Plan).await;
    plan.ok().filter(|plan| !plan.acknowledged).map_or(0, |plan| plan.left())
}

/// How ready recovery is.
pub(super) async fn ready(State(site): State<Site>, headers: HeaderMap) -> Response {
    show_ready(&site, &headers, false).await
}

/// The same at the end of the first set-up: whoever ends it with a way that would not work, and could mend it, is told so now, not
/// on the day.
pub(super) async fn ready_at_setup(State(site): State<Site>, headers: HeaderMap) -> Response {
    show_ready(&site, &headers, true).await
}

async fn show_ready(site: &Site, headers: &HeaderMap, initial: bool) -> Response {
    match ask(site, headers, CareAsk::Readiness).await {
        Ok(readiness) if initial && !readiness.wants_a_look() => see_other(site, "/"),
        Ok(readiness) => {
            let browser = Browser::of(headers);
            let page = ready_page(site, headers, &browser, &readiness, initial);
            pages::show(site, headers, &browser, StatusCode::OK, "ready.html", &page)
        }
        Err(problem) => turned_away(site, headers, &problem),
    }
}

fn ready_page(site: &Site, headers: &HeaderMap, browser: &Browser, ready: &Readiness, initial: bool) -> ReadyPage {
    let texts = site.texts(headers);
    let line = |ready: &crate::readiness::Ready| {
        let told = texts::readiness(texts, ready.reason);
        WayLine {
            id: ready.way.method.to_string(),
            name: texts::method_name(texts, ready.way.method.as_str()),
            light: ready.reason.light().as_str(),
            code: ready.reason.failure().map(resetkit_core::FailureKind::code),
            text: told.text,
            next_step: told.next_step,
            mend: ready.reason.mend().as_str(),
        }
    };
    ReadyPage {
        common: Common::new(site, headers, browser, "ready-title", "readiness"),
        initial,
        light: ready.light.as_str(),
        reminder: ready.reminder.map(Reminder::as_str),
        ways: ready.ways.iter().map(line).collect(),
    }
}

/// The doctor.
pub(super) async fn doctor(State(site): State<Site>, headers: HeaderMap) -> Response {
    let examined = async {
        let patient = ask(&site, &headers, CareAsk::Doctor).await?;
        let findings = examine(&patient).await?;
        Ok((patient, findings))
    };
    match examined.await {
        Ok((patient, findings)) => {
            let browser = Browser::of(&headers);
            let page = DoctorPage {
                common: Common::new(&site, &headers, &browser, "doctor-title", "doctor"),
                report: report(&patient, &findings, site.texts(&headers)),
            };
            pages::show(&site, &headers, &browser, StatusCode::OK, "doctor.html", &page)
        }
        Err(problem) => turned_away(&site, &headers, &problem),
    }
}

/// Who still has the old password.
pub(super) async fn after(State(site): State<Site>, headers: HeaderMap) -> Response {
    show_after(&site, &headers, None).await
}

async fn show_after(site: &Site, headers: &HeaderMap, problem: Option<&Problem>) -> Response {
    let Some(who) = who(site, headers).await else { return see_other(site, "/login") };
    match ask(site, headers, CareAsk::Plan).await {
        Ok(plan) => {
            let browser = Browser::of(headers);
            let mut page = after_page(site, headers, &browser, &plan, who.account.to_string());
            page.failure = problem.map(|problem| Failure::of(site, headers, problem, "password"));
            let code = problem.map_or(StatusCode::OK, super::status);
            pages::show(site, headers, &browser, code, "after.html", &page)
        }
        Err(problem) => turned_away(site, headers, &problem),
    }
}

fn after_page(site: &Site, headers: &HeaderMap, browser: &Browser, plan: &Plan, account: String) -> AfterPage {
    let mut common = Common::new(site, headers, browser, "after-title", "after-reset");
    common.refresh = plan.updating.then_some(3);
    let line = |client: &crate::daemon::PlanClient| ClientLine {
        name: client.name.clone(),
        address: client.address.clone(),
        state: client.state.as_str(),
        done: client.state.is_done(),
        came_with_old: client.came_with_old,
    };
    AfterPage {
        common,
        account,
        request: resetkit_core::Counter::new(plan.request).to_string(),
        left: plan.left(),
        quiet_minutes: plan.quiet_minutes,
        quiet_hours: plan.quiet_minutes / 60,
        has_hook: plan.has_hook,
        updating: plan.updating,
        acknowledged: plan.acknowledged,
        sheet: plan.sheet,
        clients: plan.clients.iter().map(line).collect(),
        failure: None,
    }
}

/// The firmware's program tells them.
pub(super) async fn update(State(site): State<Site>, Form(headers, form): Form<forms::Again>) -> Response {
    let (lane, password) = (site.place.lane, form.password.take());
    match ask(&site, &headers, |login, reply| CareAsk::Update { login, password, lane, reply }).await {
        Ok(_) => see_other(&site, "/settings/after-reset"),
        Err(problem) => show_after(&site, &headers, Some(&problem)).await,
    }
}

/// The owner did one himself.
pub(super) async fn by_hand(
    State(site): State<Site>,
    Path(client): Path<String>,
    Form(headers, _): Form<forms::Press>,
) -> Response {
    match ask(&site, &headers, |login, reply| CareAsk::ByHand(login, client, reply)).await {
        Ok(_) => see_other(&site, "/settings/after-reset"),
        Err(problem) => turned_away(&site, &headers, &problem),
    }
}

/// The owner knows about it.
pub(super) async fn acknowledge(State(site): State<Site>, Form(headers, _): Form<forms::Press>) -> Response {
    match ask(&site, &headers, CareAsk::Acknowledge).await {
        Ok(_) => see_other(&site, "/"),
        Err(problem) => turned_away(&site, &headers, &problem),
    }
}
