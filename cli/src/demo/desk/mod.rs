//! The desk: one page with the recorder left, the phone in the middle and the mailbox right, each the real page of the real
//! process, switches that take things away, and a log of who saw what. A demonstration, on this machine only.
//!
//! ```text
//!  browser ──▶ desk 127.0.0.1:PORT/TOKEN/ ──(front)──▶ recorder, Unix socket       frames: recorder (same origin), relay's
//!     │                     ├─(switches)──▶ processes: stop, kill, start           /app/ and mailbox at their own origins
//!     │                     └─(wires)─────▶ mailbox: cut, silent
//!     └──▶ relay /app/, mailbox
//! ```
//!
//! The path holds a random word, so that no other page of this machine can guess where the switches are; what changes
//! something also wants a header that only a page of the same origin may send.

mod button;
mod crash;
mod front;
mod journal;
mod page;
mod switches;
mod wire;
mod witness;

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Json, Response};
use axum::routing::{any, get, post};
use resetkit_config::{Brand, Texts};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tower_http::set_header::SetResponseHeaderLayer;

use super::household::Household;
use super::programs::Programs;
use super::situation::Situation;
use super::talk::Talk;
use super::world::{Desk as Framed, Plan, World};
use super::{PROFILE, random, story};
use crate::args::DemoOptions;
use crate::failure::Failure;
use crate::scan;
use journal::{Journal, Line, Party};
use switches::Room;
use witness::Witness;

/// Everything behind the page.
struct Desk {
    room: Room,
    /// Codes of the sheet that was printed when the recorder was set up.
    sheet: Vec<String>,
    journal: Journal,
    base: String,
    english: Texts,
    german: Texts,
}

type Shared = State<Arc<Desk>>;

/// Builds the world, starts the household, serves the page until Ctrl-C.
pub(super) fn run(place: &Path, programs: Programs, options: &DemoOptions, talk: &Talk) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::new(format!("The desk cannot start: {error}."), "Try again."))?;
    // On this very thread: children end with the thread that started them (see `tether`).
    runtime.block_on(serve(place, programs, options, talk))
}

async fn serve(place: &Path, programs: Programs, options: &DemoOptions, talk: &Talk) -> Result<(), Failure> {
    let unable = |error: std::io::Error| {
        Failure::new(format!("The desk cannot listen: {error}."), "Use `--port 0`, and the kernel picks a free one.")
    };
    let listener = TcpListener::bind(("127.0.0.1", options.port)).await.map_err(unable)?;
    let origin = format!("http://{}", listener.local_addr().map_err(unable)?);
    let base = format!("/{}", random::word()?);
    let framed = Framed { origin: origin.clone(), mount: format!("{base}/device") };
    let plan = Plan { profile: PROFILE.to_owned(), policy: "reference".to_owned(), desk: Some(framed) };
    let world = World::build(place, &programs, plan)?;
    talk.done("keys, brand pack, methods and factory feed made and signed");
    let audits = Situation::DEVICES.map(|device| world.audit_log(device));
    let mut witness = Witness::new(&audits, &world.root.join("logs"));
    let household = Household::start(world, programs, Some(&origin))?;
    talk.done("mailbox, relay and recorder are running");
    let (recorder, mailbox) = (household.recorder_url.clone(), household.mailbox_url.clone());
    let room = Room::new(household);
    for (port, to, flow) in room.wires() {
        tokio::spawn(wire::run(port, to, flow));
    }
    let day_one = tokio::task::spawn_blocking(move || story::day_one(&recorder, &mailbox)).await;
    let sheet = day_one.map_err(|_| Failure::new("The recorder could not be set up.", "Try again."))??;
    talk.done("a year ago: Olivia set up her recorder and tried her e-mail");
    // What was said so far belongs to the day of the set-up.
    witness.news();
    let texts = |language: &str| Texts::load(&Brand::plain(), language);
    let (english, german) = (texts("en"), texts("de"));
    let desk = Arc::new(Desk { room, sheet, journal: Journal::new(), base: base.clone(), english, german });
    desk.journal.add(Line::new(Party::You, "desk-log-begin"));
    let address = format!("{origin}{base}/");
    welcome(&address, options.no_browser, talk);
    tokio::select! {
        served = axum::serve(listener, router(&desk)).into_future() => served.map_err(unable),
        failure = watch(&desk, witness) => Err(failure),
    }
}

fn welcome(address: &str, no_browser: bool, talk: &Talk) {
    talk.plain(&format!("\n  {}   {address}\n", talk.bold("The desk")));
    if !no_browser && open_browser(address) {
        talk.plain("  It opens in your browser. Recorder, phone and mailbox stand there beside one another; lose your password.");
    } else {
        talk.plain(
            "  Open it in a browser. Recorder, phone and mailbox stand there beside one another; lose your password.",
        );
    }
    talk.plain("  This is a demonstration: everything runs on this machine, and nothing leaves it.");
    talk.plain("\n  Ctrl-C ends the demo and its three processes.");
}

/// Asks the desktop to open a page, where there is one.
#[allow(clippy::disallowed_methods, reason = "whether there is a desktop stands in the environment and nowhere else")]
fn open_browser(address: &str) -> bool {
    if !["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some()) {
        return false;
    }
    let mut command = Command::new("xdg-open");
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}

/// Listens to the processes; comes back when one is gone.
async fn watch(desk: &Desk, mut witness: Witness) -> Failure {
    loop {
        witness.news().into_iter().for_each(|line| desk.journal.add(line));
        if let Some(failure) = desk.room.lost() {
            return failure;
        }
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
}

fn router(desk: &Arc<Desk>) -> Router {
    let fixed = |name, value: &str| {
        let value = HeaderValue::from_str(value).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"));
        SetResponseHeaderLayer::if_not_present(name, value)
    };
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self' {} {}; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        desk.room.relay_url, desk.room.mailbox_url
    );
    let at = |path: &str| format!("{}{path}", desk.base);
    let own = Router::new()
        .route(&at("/"), get(shown))
        .route(&at("/desk.css"), get(async || ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], page::STYLE)))
        .route(
            &at("/desk.js"),
            get(async || ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], page::SCRIPT)),
        )
        .route(&at("/events"), get(events))
        .route(&at("/switch"), post(throw))
        .route(&at("/act"), post(act))
        .route(&at("/press"), post(press))
        .route(&at("/scan"), post(photographed))
        .layer(DefaultBodyLimit::max(resetkit_companion::MAX_PHOTO))
        .layer(fixed(header::CONTENT_SECURITY_POLICY, &policy))
        .layer(fixed(header::REFERRER_POLICY, "no-referrer"))
        .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(fixed(header::CACHE_CONTROL, "no-store"));
    let recorder = Router::new()
        .route(&at("/device"), any(recorder))
        .route(&at("/device/"), any(recorder))
        .route(&at("/device/{*within}"), any(recorder));
    own.merge(recorder).with_state(Arc::clone(desk))
}

impl Desk {
    fn texts(&self, headers: &HeaderMap) -> (&'static str, &Texts) {
        let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if wanted.to_ascii_lowercase().starts_with("de") { ("de", &self.german) } else { ("en", &self.english) }
    }
}

async fn shown(State(desk): Shared, headers: HeaderMap) -> Html<String> {
    let (language, texts) = desk.texts(&headers);
    Html(page::render(&desk.room, &desk.sheet, texts, language, &desk.base))
}

async fn recorder(State(desk): Shared, request: Request) -> Response {
    front::pass(desk.room.front(), request).await
}

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: u64,
}

async fn events(State(desk): Shared, Query(After { after }): Query<After>, headers: HeaderMap) -> Json<Value> {
    desk.journal.wait(after).await;
    let (after, lines) = desk.journal.after(after, desk.texts(&headers).1);
    Json(json!({ "after": after, "lines": lines, "switches": desk.room.told() }))
}

#[derive(Deserialize)]
struct Thrown {
    name: String,
    on: bool,
}

/// Whether the page itself asks: another origin's page may not send this header without being asked first, and is never let.
fn is_ours(headers: &HeaderMap) -> bool {
    headers.contains_key("x-desk")
}

async fn throw(State(desk): Shared, headers: HeaderMap, Json(thrown): Json<Thrown>) -> Response {
    if !is_ours(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    match desk.room.throw(&thrown.name, thrown.on, &desk.journal) {
        Some(done) => answer(done.map(|()| desk.room.told())),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn act(State(desk): Shared, headers: HeaderMap, Json(Thrown { name, .. }): Json<Thrown>) -> Response {
    if !is_ours(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    match name.as_str() {
        "crash" => {
            let text = if desk.room.crash_method() > 0 { "desk-did-crash" } else { "desk-crash-nobody" };
            desk.journal.add(Line::new(Party::You, text));
            answer(Ok(Value::Null))
        }
        "power" => {
            desk.journal.add(Line::new(Party::You, "desk-did-power"));
            answer(desk.room.cut_power().map(|()| Value::Null))
        }
        "phone-lost" => {
            desk.journal.add(Line::new(Party::You, "desk-did-phone-lost"));
            answer(Ok(Value::Null))
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn press(State(desk): Shared, headers: HeaderMap, Json(Thrown { on, .. }): Json<Thrown>) -> Response {
    if !is_ours(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let heard = desk.room.press(on);
    if !on {
        desk.journal.add(Line::new(Party::You, if heard { "desk-did-press" } else { "desk-press-unheard" }));
    }
    answer(Ok(json!({ "heard": heard })))
}

/// The phone looks at the recorder's screen: the picture is read by the companion's own reader.
async fn photographed(State(desk): Shared, headers: HeaderMap, picture: Bytes) -> Response {
    if !is_ours(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let read = scan::decode(&picture);
    if read.is_ok() {
        desk.journal.add(Line::new(Party::Phone, "desk-log-phone"));
    }
    answer(read.map(|payload| json!({ "payload": payload, "app": format!("{}/app/", desk.room.relay_url) })))
}

fn answer(outcome: Result<Value, Failure>) -> Response {
    match outcome {
        Ok(value) => Json(value).into_response(),
        Err(failure) => (StatusCode::CONFLICT, Json(json!({ "detail": failure.to_string() }))).into_response(),
    }
}
