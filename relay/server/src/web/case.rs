//! The page where a support agent types in what an owner reads out: a case code becomes the guidance for exactly that case.
//!
//! The code is no secret and names nobody; it is neither stored nor logged, and nothing is looked up with it: the answer is
//! computed from the twelve characters alone, so the page says nothing of any device that its caller does not know already.

use super::openapi::{problem_response, reasons};
use super::problem::of_form;
use super::{Web, language};
use crate::brands::Face;
use crate::relay::Relay;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use minijinja::value::Serde;
use minijinja::{Value, context};
use resetkit_config::{Guidance, RegisteredBrand, Texts, WayState, case_guidance, read_case};
use resetkit_protocol::ProblemCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;

/// `POST /v1/case`: what is asked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseRequest {
    code: String,
    #[serde(default)]
    lang: Option<String>,
}

impl CaseRequest {
    /// As the description of the interface promises.
    fn is_short(&self) -> bool {
        self.code.chars().count() <= MAX_CODE && self.lang.as_ref().is_none_or(|lang| lang.chars().count() <= MAX_LANG)
    }
}

/// Longest code that is looked at, with blanks, in characters.
const MAX_CODE: usize = 64;
/// Longest name of a language.
const MAX_LANG: usize = 16;

/// One part of the page: rows of a name and a value, or lines.
#[derive(Serialize)]
struct Part {
    kind: &'static str,
    title: String,
    rows: Vec<(String, String)>,
    lines: Vec<String>,
}

/// What the page shows beside its form.
#[derive(Default)]
struct Told {
    typed: String,
    slip: Option<String>,
    parts: Vec<Part>,
}

/// `GET /case`: the form.
pub(super) async fn form(State(web): State<Arc<Web>>, headers: HeaderMap) -> Response {
    let face = web.relay.face(None);
    let texts = texts_of(face, None, &headers);
    page(&web, face, texts, StatusCode::OK, &Told::default())
}

/// `POST /case`: the guidance, and the form for the next call.
pub(super) async fn answer(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let Ok(body) = body else { return of_form(&web, &headers, ProblemCode::TooLarge).into_response() };
    let Some(asked) = fields(&body) else {
        return of_form(&web, &headers, ProblemCode::BadRequest).into_response();
    };
    let face = web.relay.face(None);
    let texts = texts_of(face, asked.lang.as_deref(), &headers);
    match guided(&asked.code, &web.relay, texts) {
        Ok(parts) => page(&web, face, texts, StatusCode::OK, &Told { parts, ..Told::default() }),
        Err(slip) => {
            let told = Told { typed: asked.code, slip: Some(slip), parts: Vec::new() };
            page(&web, face, texts, StatusCode::UNPROCESSABLE_ENTITY, &told)
        }
    }
}

/// `POST /v1/case`: the same for a support desk's own program.
pub(super) async fn api(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let Ok(body) = body else { return of_form(&web, &headers, ProblemCode::TooLarge).into_response() };
    if !super::api::is_json(&headers) {
        let answer = of_form(&web, &headers, ProblemCode::BadRequest);
        return answer.with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE).into_response();
    }
    let asked = serde_json::from_slice::<CaseRequest>(&body).ok().filter(CaseRequest::is_short);
    let Some(asked) = asked else {
        return of_form(&web, &headers, ProblemCode::BadRequest).into_response();
    };
    let texts = texts_of(web.relay.face(None), asked.lang.as_deref(), &headers);
    // A code that was heard wrong is an ordinary outcome of a call, told in words like the rest.
    let (slip, guidance) = match read_case(&asked.code, texts) {
        Ok(code) => (None, Some(told_to_a_program(&case_guidance(&code, web.relay.registry(), texts)))),
        Err(slip) => (Some(slip), None),
    };
    Json(json!({ "language": texts.language().as_str(), "slip": slip, "guidance": guidance })).into_response()
}

/// The parts of the page, in the order in which a call goes.
fn guided(typed: &str, relay: &Relay, texts: &Texts) -> Result<Vec<Part>, String> {
    let (code, registry) = (read_case(typed, texts)?, relay.registry());
    let guidance = case_guidance(&code, registry, texts);
    let unlisted = |id: &str, number: u16| texts.get(id, &[("number", number.into())]);
    // A relay says nothing of brands that it does not serve, nor of what they make: whoever asks gets their numbers back.
    let is_served = |brand: &&RegisteredBrand| relay.faces.iter().any(|face| face.id.as_str() == brand.id);
    let brand = registry.brand_of(code.brand).filter(is_served);
    let model = brand.and_then(|_| registry.model_of(code.model));
    let brand = brand.map(|brand| brand.name.clone());
    let firmware = model.and_then(|model| model.firmware_of(code.firmware));
    let rows = vec![
        (texts.get("relay-case-brand", &[]), brand.unwrap_or_else(|| unlisted("case-unlisted-brand", code.brand))),
        (
            texts.get("relay-device", &[]),
            model.map_or_else(|| unlisted("case-unlisted-model", code.model), |model| model.name.clone()),
        ),
        (
            texts.get("relay-case-firmware", &[]),
            firmware.map_or_else(|| unlisted("case-unlisted-firmware", code.firmware.into()), str::to_owned),
        ),
        (texts.get("relay-code-label", &[]), guidance.failure.clone().unwrap_or_else(|| "–".to_owned())),
    ];
    let part = |kind: &'static str, rows: Vec<(String, String)>, lines: Vec<String>| Part {
        kind,
        title: texts.get(&format!("relay-case-{kind}"), &[]),
        rows,
        lines,
    };
    let ways = guidance.ways.iter().map(|way| (way.name.clone(), way.told.clone())).collect();
    Ok(vec![
        part("happened", rows, vec![guidance.happened]),
        part("say", Vec::new(), vec![guidance.say]),
        part("open", ways, Vec::new()),
        part("now", Vec::new(), guidance.now),
        part("ask", Vec::new(), guidance.ask),
        part("never", Vec::new(), guidance.never),
    ])
}

/// The same as JSON; `state` of a way is `open`, `again`, `unknown`, `failed` or `closed`.
fn told_to_a_program(guidance: &Guidance) -> serde_json::Value {
    let ways = guidance.ways.iter().map(|way| {
        json!({ "method": way.method, "name": way.name, "state": way.state.as_str(), "told": way.told, "steps": way.steps })
    });
    json!({
        "failure": guidance.failure,
        "happened": guidance.happened,
        "say": guidance.say,
        "ways": ways.collect::<Vec<_>>(),
        "now": guidance.now,
        "ask": guidance.ask,
        "never": guidance.never,
    })
}

/// The two fields of the form, once each, and no other (F17).
fn fields(body: &[u8]) -> Option<CaseRequest> {
    let body = std::str::from_utf8(body).ok()?;
    let (mut code, mut lang) = (None, None);
    for (name, value) in body.split('&').filter(|pair| !pair.is_empty()).filter_map(|pair| pair.split_once('=')) {
        let place = match name {
            "code" => &mut code,
            "lang" => &mut lang,
            _ => return None,
        };
        if place.replace(unescaped(value)?).is_some() {
            return None;
        }
    }
    Some(CaseRequest { code: code?, lang })
}

/// `application/x-www-form-urlencoded` (URL standard, 5.1): plus is a blank, percent and two digits an octet.
fn unescaped(value: &str) -> Option<String> {
    let mut octets = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        rest = more;
        octets.push(match first {
            b'+' => b' ',
            b'%' => {
                let (pair, more) = rest.split_at_checked(2)?;
                rest = more;
                u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?
            }
            other => *other,
        });
    }
    String::from_utf8(octets).ok()
}

/// The language that was chosen, else the browser's, else the brand's own.
fn texts_of<'a>(face: &'a Face, chosen: Option<&str>, headers: &HeaderMap) -> &'a Texts {
    let wanted = language::wanted(headers);
    face.texts(chosen.into_iter().chain(wanted.iter().map(String::as_str)))
}

fn page(web: &Web, face: &Face, texts: &Texts, status: StatusCode, told: &Told) -> Response {
    let say = |id: &str| texts.get(id, &[]);
    let languages: Vec<(String, String)> =
        face.brand.languages.iter().map(|code| (code.clone(), name_of(face, code))).collect();
    let title = say("relay-case-title");
    let words = context! {
        language => texts.language().as_str(),
        brand => face.name.as_str(),
        step => if told.parts.is_empty() { "case" } else { "case-told" },
        title => title.as_str(),
        slip => told.slip.as_deref(),
        parts => Value::from(Serde(&told.parts)),
        typed => told.typed.as_str(),
        label => say("relay-case-label"),
        help => say("relay-case-help"),
        languages => languages,
        language_label => say("relay-case-language"),
        button => say("relay-case-button"),
        kept => say("relay-case-kept"),
        support => say("relay-support"),
    };
    // Every answer of the relay says `no-store`, and the code never stands in an address that browsers or proxies keep.
    web.pages.render_with("case.html", &["style.css", "case.css"], face, status, &title, words)
}

/// What a language calls itself.
fn name_of(face: &Face, language: &str) -> String {
    face.texts([language]).get("app-language-name", &[])
}

/// `/v1/case` for the interface's description.
pub(super) fn operation() -> serde_json::Value {
    let text = json!({ "type": "string" });
    let lines = json!({ "type": "array", "items": text });
    let mut responses =
        json!({ "405": problem_response("Another verb"), "415": problem_response("Not application/json") });
    for code in [ProblemCode::BadRequest, ProblemCode::TooLarge, ProblemCode::TooManyFromHere] {
        responses[code.status().to_string()] = problem_response(&reasons(code.status()));
    }
    let way = json!({ "type": "object", "required": ["method", "name", "state", "told", "steps"], "properties": {
        "method": text, "name": text, "told": text, "steps": lines,
        "state": { "type": "string", "enum": WayState::ALL.map(WayState::as_str) }
    } });
    let guidance = json!({ "type": ["object", "null"], "required": ["failure", "happened", "say", "ways", "now", "ask", "never"], "properties": {
        "failure": { "type": ["string", "null"] }, "happened": text, "say": text, "now": lines, "ask": lines, "never": lines,
        "ways": { "type": "array", "items": way }
    } });
    responses["200"] = json!({
        "description": "What an agent is to know of this case; `slip` says in words what is wrong with the code, where something is",
        "content": { "application/json": { "schema": { "type": "object", "required": ["language", "slip", "guidance"], "properties": {
            "language": text, "slip": { "type": ["string", "null"] }, "guidance": guidance
        } } } }
    });
    json!({
        "operationId": "case",
        "summary": "Turn a case code into the guidance for that case",
        "description": "Computed from the code alone: nothing is stored, logged or looked up. Language by `lang`, else by Accept-Language.",
        "requestBody": { "required": true, "content": { "application/json": { "schema": {
            "type": "object", "required": ["code"], "additionalProperties": false, "properties": {
                "code": { "type": "string", "maxLength": MAX_CODE, "description": "As it was heard: 12 letters and digits, or 18 digits" },
                "lang": { "type": ["string", "null"], "maxLength": MAX_LANG, "description": "One of the brand's languages" }
            }
        } } } },
        "responses": responses
    })
}
