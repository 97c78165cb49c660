//! The description of the interface, OpenAPI 3.1.

mod desk;

use resetkit_protocol::{Form, ProblemCode, UNLOCK_OCTETS};
use serde_json::{Value, json};

/// The document, for a relay that people reach at `public_url`.
pub(super) fn document(public_url: &str) -> String {
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Resetkit relay",
            "version": "1",
            "description": "Mails the code of a sealed challenge to the address sealed inside it."
        },
        "servers": [{ "url": public_url }],
        "paths": {
            "/v1/scan": { "post": scan() },
            "/v1/look": { "post": look() },
            "/v1/support/tickets": desk::tickets(),
            "/v1/support/tickets/{ticket}": desk::ticket(),
            "/v1/support/tickets/{ticket}/approvals": desk::approvals(),
            "/v1/support/tickets/{ticket}/close": desk::close(),
            "/v1/case": { "post": super::case::operation() },
            "/v1/brand": { "get": {
                "operationId": "brand",
                "summary": "Public words of the brand that this address belongs to",
                "responses": { "200": { "description": "From the signed brand pack", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Brand" } } } } }
            } },
            "/healthz": { "get": {
                "operationId": "healthz",
                "summary": "Whether the relay answers",
                "responses": { "200": { "description": "It does", "content": { "text/plain": { "schema": { "type": "string" } } } } }
            } },
            "/v1/openapi.json": { "get": {
                "operationId": "openapi",
                "summary": "This document",
                "responses": { "200": { "description": "OpenAPI 3.1", "content": { "application/json": { "schema": { "type": "object" } } } } }
            } }
        },
        "components": { "securitySchemes": { "staff": desk::security() }, "schemas": { "ScanRequest": request(), "ScanAnswer": answer(), "LookAnswer": preview(), "Brand": brand(), "Problem": problem() } }
    });
    if let Some(schemas) = document["components"]["schemas"].as_object_mut() {
        schemas.extend(desk::schemas());
    }
    document.to_string()
}

fn scan() -> Value {
    let mut operation = on_a_challenge("202", "The mail will be sent, whatever happens to the relay", "ScanAnswer");
    operation["operationId"] = json!("scan");
    operation["summary"] = json!("Send the code of one challenge");
    operation["description"] = json!(
        "The same octets again send the same mail again, a limited number of times. Before the device is proven there is one answer, E-700."
    );
    operation
}

fn look() -> Value {
    let mut operation = on_a_challenge("200", "What the challenge is about", "LookAnswer");
    operation["operationId"] = json!("look");
    operation["summary"] = json!("Say what a challenge is about, and send nothing");
    operation["description"] = json!("For an app that asks its owner before it sends. Refusals are those of `scan`.");
    operation
}

/// What `scan` and `look` have in common.
fn on_a_challenge(good: &str, description: &str, answer: &str) -> Value {
    let mut responses = json!({
        "405": problem_response("Another verb"),
        "415": problem_response("Not application/json")
    });
    for code in ProblemCode::ALL {
        responses[code.status().to_string()] = problem_response(&reasons(code.status()));
    }
    responses[good] = json!({
        "description": description,
        "content": { "application/json": { "schema": { "$ref": format!("#/components/schemas/{answer}") } } }
    });
    json!({
        "requestBody": {
            "required": true,
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/ScanRequest" } } }
        },
        "responses": responses
    })
}

/// All codes with this status.
pub(super) fn reasons(status: u16) -> String {
    let same = ProblemCode::ALL.iter().filter(|code| code.status() == status);
    same.map(|code| format!("{} {}", code.code(), code.name())).collect::<Vec<_>>().join(", ")
}

pub(super) fn problem_response(description: &str) -> Value {
    json!({
        "description": description,
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } }
    })
}

fn request() -> Value {
    json!({
        "type": "object",
        "required": ["payload"],
        "additionalProperties": false,
        "properties": { "payload": {
            "type": "string",
            "description": "Crockford Base32 of the sealed challenge, upper case",
            "pattern": payload_pattern(Form::ALL.iter().map(|form| form.octets()).chain([UNLOCK_OCTETS]))
        } }
    })
}

/// Base32 of as many octets as one of these.
pub(super) fn payload_pattern(octets: impl Iterator<Item = usize>) -> String {
    let one = |octets: usize| format!("[0-9A-HJKMNP-TV-Z]{{{}}}", (octets * 8).div_ceil(5));
    format!("^({})$", octets.map(one).collect::<Vec<_>>().join("|"))
}

fn answer() -> Value {
    let text = |description: &str| json!({ "type": "string", "description": description });
    json!({
        "type": "object",
        "required": ["request", "purpose", "brand", "model", "label", "resent", "resends_left", "next_step"],
        "properties": {
            "request": text("Request number as the device shows it, for example 0042"),
            "purpose": { "type": "string", "enum": ["reset", "confirm-address", "unlock"] },
            "brand": text("Name of the brand"),
            "model": text("Model of the device; empty for an unlock"),
            "label": text("Last four characters of the device's label; empty for an unlock"),
            "resent": { "type": "boolean", "description": "Whether it is the same mail once more" },
            "resends_left": { "type": "integer", "minimum": 0, "description": "How often the same octets can still send the same mail" },
            "next_step": text("What the owner does now")
        }
    })
}

fn preview() -> Value {
    let mut schema = answer();
    schema["required"] = json!(["request", "purpose", "brand", "model", "label", "sent", "resends_left"]);
    if let Some(properties) = schema["properties"].as_object_mut() {
        properties.remove("resent");
        properties.remove("next_step");
        // Also what this relay does not send may be looked at.
        properties["purpose"] = json!({ "type": "string", "enum": ["reset", "confirm-address", "notice", "unlock"] });
        properties
            .insert("sent".into(), json!({ "type": "boolean", "description": "Whether the mail was accepted before" }));
        properties
            .insert("nickname".into(), json!({ "type": "string", "description": "What the owner calls the device" }));
    }
    schema
}

fn brand() -> Value {
    let text = json!({ "type": "string" });
    let list = json!({ "type": "array", "items": { "type": "string" }, "minItems": 1 });
    json!({
        "type": "object",
        "required": ["name", "app_name", "menu_path", "prefix", "support_contact", "languages"],
        "properties": {
            "name": text, "app_name": text, "menu_path": list, "support_contact": text, "languages": list,
            "prefix": { "type": "string", "description": "What stands before the payload in the QR code, upper case" }
        }
    })
}

fn problem() -> Value {
    let codes: Vec<_> = ProblemCode::ALL.iter().map(|code| code.code()).collect();
    json!({
        "type": "object",
        "description": "RFC 9457",
        "required": ["type", "title", "status", "detail", "code", "next_step"],
        "properties": {
            "type": { "type": "string", "format": "uri" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "code": { "type": "string", "enum": codes },
            "next_step": { "type": "string", "minLength": 1 },
            "retry_after": { "type": "integer", "minimum": 0, "description": "Seconds" }
        }
    })
}
