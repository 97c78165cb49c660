//! Readiness, metrics, the doctor, and who still has the old password.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use resetkit_config::Texts;
use serde::Serialize;

use super::{Body, answer, answer_problem, bearer, bodies};
use crate::daemon::{Ask, CareAsk, Plan, Reply, Token};
use crate::doctor::{examine, report};
use crate::problem::{Problem, Slip};
use crate::readiness::{Readiness, Ready, Reminder, metrics as metrics_text};
use crate::texts;
use crate::web::Site;

/// How ready recovery is.
#[derive(Serialize)]
struct ReadinessOf {
    light: &'static str,
    title: String,
    reminder: Option<&'static str>,
    reminder_text: Option<String>,
    ways: Vec<WayOf>,
}

/// One way of it.
#[derive(Serialize)]
struct WayOf {
    method: String,
    name: String,
    light: &'static str,
    light_text: String,
    reason: &'static str,
    code: Option<&'static str>,
    text: String,
    next_step: Option<String>,
    fixable: Option<&'static str>,
    mend: &'static str,
}

impl ReadinessOf {
    fn of(texts: &Texts, readiness: &Readiness) -> Self {
        let reminder = readiness.reminder.map(Reminder::as_str);
        Self {
            light: readiness.light.as_str(),
            title: texts.get(&format!("ready-all-{}", readiness.light.as_str()), &[]),
            reminder,
            reminder_text: reminder.map(|word| texts.get(&format!("ready-reminder-{word}"), &[])),
            ways: readiness.ways.iter().map(|ready| WayOf::of(texts, ready)).collect(),
        }
    }
}

impl WayOf {
    fn of(texts: &Texts, ready: &Ready) -> Self {
        let told = texts::readiness(texts, ready.reason);
        Self {
            method: ready.way.method.to_string(),
            name: texts::method_name(texts, ready.way.method.as_str()),
            light: ready.reason.light().as_str(),
            light_text: texts.get(&format!("ready-light-{}", ready.reason.light().as_str()), &[]),
            reason: ready.reason.as_str(),
            code: ready.reason.failure().map(resetkit_core::FailureKind::code),
            text: told.text,
            next_step: told.next_step,
            fixable: told.fixable,
            mend: ready.reason.mend().as_str(),
        }
    }
}

/// Who still has the old password.
#[derive(Serialize)]
struct PlanOf {
    request: String,
    running_hours_ago: u64,
    quiet_minutes_left: u64,
    left: usize,
    acknowledged: bool,
    can_update: bool,
    updating: bool,
    sheet: Option<u32>,
    clients: Vec<ClientOf>,
}

#[derive(Serialize)]
struct ClientOf {
    name: String,
    address: String,
    state: &'static str,
    state_text: String,
    came_with_old: u32,
}

impl PlanOf {
    fn of(texts: &Texts, plan: &Plan) -> Self {
        let client = |client: &crate::daemon::PlanClient| ClientOf {
            name: client.name.clone(),
            address: client.address.clone(),
            state: client.state.as_str(),
            state_text: texts.get(&format!("after-state-{}", client.state.as_str()), &[]),
            came_with_old: client.came_with_old,
        };
        Self {
            request: resetkit_core::Counter::new(plan.request).to_string(),
            running_hours_ago: plan.hours,
            quiet_minutes_left: plan.quiet_minutes,
            left: plan.left(),
            acknowledged: plan.acknowledged,
            can_update: plan.has_hook,
            updating: plan.updating,
            sheet: plan.sheet,
            clients: plan.clients.iter().map(client).collect(),
        }
    }
}

async fn ask<T>(site: &Site, headers: &HeaderMap, make: impl FnOnce(Token, Reply<T>) -> CareAsk) -> Result<T, Problem> {
    let login = bearer(headers).ok_or(Slip::NotLoggedIn)?;
    site.door.ask(|reply| Ask::Care(make(login, reply))).await
}

pub(super) async fn readiness(State(site): State<Site>, headers: HeaderMap) -> Response {
    let outcome = ask(&site, &headers, CareAsk::Readiness).await;
    answer(&site, &headers, StatusCode::OK, outcome.map(|ready| ReadinessOf::of(site.texts(&headers), &ready)))
}

/// Prometheus text; at the console without a log-in, for the collector that runs beside the daemon.
pub(super) async fn metrics(State(site): State<Site>, headers: HeaderMap) -> Response {
    let (login, lane) = (bearer(&headers), site.place.lane);
    match site.door.ask(|reply| Ask::Care(CareAsk::Metrics(login, lane, reply))).await {
        Ok((readiness, counts)) => {
            let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
            (kind, metrics_text(&readiness, counts)).into_response()
        }
        Err(problem) => answer_problem(&site, &headers, &problem),
    }
}

pub(super) async fn doctor(State(site): State<Site>, headers: HeaderMap) -> Response {
    let outcome = async {
        let patient = ask(&site, &headers, CareAsk::Doctor).await?;
        let findings = examine(&patient).await?;
        Ok(report(&patient, &findings, site.texts(&headers)))
    };
    let outcome = outcome.await;
    answer(&site, &headers, StatusCode::OK, outcome)
}

fn planned(site: &Site, headers: &HeaderMap, outcome: Result<Plan, Problem>) -> Response {
    answer(site, headers, StatusCode::OK, outcome.map(|plan| PlanOf::of(site.texts(headers), &plan)))
}

pub(super) async fn plan(State(site): State<Site>, headers: HeaderMap) -> Response {
    let outcome = ask(&site, &headers, CareAsk::Plan).await;
    planned(&site, &headers, outcome)
}

pub(super) async fn update(State(site): State<Site>, Body(headers, body): Body<bodies::Password>) -> Response {
    let (lane, password) = (site.place.lane, body.password.take());
    let outcome = ask(&site, &headers, |login, reply| CareAsk::Update { login, password, lane, reply }).await;
    planned(&site, &headers, outcome)
}

pub(super) async fn by_hand(State(site): State<Site>, Path(client): Path<String>, headers: HeaderMap) -> Response {
    let outcome = ask(&site, &headers, |login, reply| CareAsk::ByHand(login, client, reply)).await;
    planned(&site, &headers, outcome)
}

pub(super) async fn acknowledge(State(site): State<Site>, headers: HeaderMap) -> Response {
    let outcome = ask(&site, &headers, CareAsk::Acknowledge).await;
    planned(&site, &headers, outcome)
}
