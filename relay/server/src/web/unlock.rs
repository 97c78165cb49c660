//! An unlock on an owner's phone: asked about, passed on to the support desk by a button, and what to do then (R89).
//!
//! The relay cannot prove an unlock, so these pages name no model and no label, and every refusal is the one of R16.

use super::pages::{Page, Tone, refusal};
use super::{Web, language};
use crate::brands::Face;
use crate::desk::Unlock;
use crate::relay::{Refused, Relay};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use resetkit_config::Texts;
use resetkit_protocol::{LookAnswer, ProblemCode, ScanAnswer, from_text, to_text};
use std::sync::Arc;

/// What to do with an unlock.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Say what it is.
    Look,
    /// Pass it on.
    PassOn,
}

/// The octets, if this payload is an unlock.
pub(super) fn octets_of(payload: &str) -> Option<Vec<u8>> {
    from_text(payload).ok().filter(|octets| Relay::is_unlock(octets))
}

/// The store's work, beside the connections.
pub(super) async fn at_relay(web: &Arc<Web>, octets: Vec<u8>, step: Step) -> Result<Unlock, Refused> {
    let relay = Arc::clone(&web.relay);
    let work = move || match step {
        Step::Look => relay.look_at_unlock(&octets),
        Step::PassOn => relay.pass_on(&octets),
    };
    let unavailable = Refused { refusal: ProblemCode::Unavailable.into(), brand: None };
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(unavailable))
}

/// `GET /{payload}` and `GET /{payload}/sent` of an unlock.
pub(super) async fn page(web: &Arc<Web>, octets: Vec<u8>, headers: &HeaderMap) -> Response {
    match at_relay(web, octets, Step::Look).await {
        Ok(unlock) => {
            let (face, wanted) = (web.relay.face(Some(&unlock.device.brand)), language::wanted(headers));
            let texts = face.texts(wanted.iter().map(String::as_str));
            let page = if unlock.waiting { passed_on(face, texts, &unlock) } else { question(face, texts, &unlock) };
            web.pages.render(face, texts, StatusCode::OK, &page)
        }
        Err(refused) => refusal(web, &refused, headers),
    }
}

/// `POST /{payload}` of an unlock: the button.
pub(super) async fn press(web: &Arc<Web>, octets: Vec<u8>, headers: &HeaderMap) -> Response {
    let payload = to_text(&octets);
    match at_relay(web, octets, Step::PassOn).await {
        Ok(_) => Redirect::to(&format!("/{payload}/sent")).into_response(),
        Err(refused) => refusal(web, &refused, headers),
    }
}

/// For an app that asks its owner first.
pub(super) fn preview(web: &Web, unlock: &Unlock) -> LookAnswer {
    LookAnswer {
        request: unlock.header.request(),
        purpose: unlock.header.purpose.as_str().to_owned(),
        brand: web.relay.face(Some(&unlock.device.brand)).name.clone(),
        model: String::new(),
        nickname: None,
        label: String::new(),
        sent: unlock.waiting,
        resends_left: 0,
    }
}

/// For an app that passed it on.
pub(super) fn confirmation(web: &Web, unlock: &Unlock, wanted: &[String]) -> ScanAnswer {
    let face = web.relay.face(Some(&unlock.device.brand));
    let texts = face.texts(wanted.iter().map(String::as_str));
    let request = unlock.header.request();
    let about = [("request", (&request).into()), ("contact", face.brand.support_line().into())];
    ScanAnswer {
        next_step: texts.get("relay-unlock-done-next", &about),
        request,
        purpose: unlock.header.purpose.as_str().to_owned(),
        brand: face.name.clone(),
        model: String::new(),
        label: String::new(),
        resent: unlock.waiting,
        resends_left: 0,
    }
}

fn question(face: &Face, texts: &Texts, unlock: &Unlock) -> Page {
    let request = unlock.header.request();
    let title = texts.get("relay-unlock-question", &[("request", (&request).into())]);
    let mut page = Page::new("unlock", Tone::Ask, title);
    page.paragraphs = vec![texts.get("relay-unlock-what", &[]), texts.get("relay-confirm-compare", &[])];
    page.request = Some(request);
    page.button = Some(texts.get("relay-unlock-button", &[]));
    page.lists = lists(face, texts);
    page
}

fn passed_on(face: &Face, texts: &Texts, unlock: &Unlock) -> Page {
    let request = unlock.header.request();
    let contact = face.brand.support_line();
    let mut page = Page::new("unlock-passed-on", Tone::Good, texts.get("relay-unlock-done-title", &[]));
    let about = [("request", (&request).into()), ("contact", contact.into())];
    page.paragraphs = vec![texts.get("relay-unlock-done-body", &about)];
    if let Some(hours) = face.brand.support.as_ref().and_then(|support| support.hours.as_deref()) {
        page.paragraphs.push(texts.get("relay-unlock-hours", &[("hours", hours.into())]));
    }
    page.request = Some(request);
    page.lists = lists(face, texts);
    page
}

/// What support will ask, and what it never asks.
fn lists(face: &Face, texts: &Texts) -> Vec<(String, Vec<String>)> {
    let say = |id: &str| texts.get(id, &[]);
    let evidence = face.brand.support.iter().flat_map(|support| &support.evidence);
    let evidence: Vec<_> = evidence.map(|id| say(&format!("evidence-{id}"))).collect();
    let proof = format!("{} {}", say("relay-unlock-asks-proof"), evidence.join(" · "));
    vec![
        (say("relay-unlock-asks-title"), vec![say("relay-unlock-asks-number"), proof]),
        (
            say("relay-unlock-never-title"),
            vec![say("relay-unlock-never-password"), say("relay-unlock-never-code"), say("relay-unlock-never-pay")],
        ),
    ]
}
