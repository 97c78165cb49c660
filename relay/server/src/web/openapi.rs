//! The description of the interface, OpenAPI 3.1.

use resetkit_protocol::{Form, ProblemCode};
use serde_json::{Value, json};

/// The document, for a relay that people reach at `public_url`.
pub(super) fn document(public_url: &str) -> String {
    let document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Resetkit relay",
            "version": "1",
            "description": "Mails the code of a sealed challenge to the address sealed inside it."
        },
        "servers": [{ "url": public_url }],
        "paths": {
            "/v1/scan": { "post": scan() },
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
        "components": { "schemas": { "ScanRequest": request(), "ScanAnswer": answer(), "Problem": problem() } }
    });
    document.to_string()
}

fn scan() -> Value {
    let mut responses = json!({
        "202": {
            "description": "The mail will be sent, whatever happens to the relay",
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/ScanAnswer" } } }
        },
        "405": problem_response("Another verb"),
        "415": problem_response("Not application/json")
    });
    for code in ProblemCode::ALL {
        responses[code.status().to_string()] = problem_response(&reasons(code.status()));
    }
    json!({
        "operationId": "scan",
        "summary": "Send the code of one challenge",
        "description": "The same octets again send the same mail again, a limited number of times. Before the device is proven there is one answer, E-700.",
        "requestBody": {
            "required": true,
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/ScanRequest" } } }
        },
        "responses": responses
    })
}

/// All codes with this status.
fn reasons(status: u16) -> String {
    let same = ProblemCode::ALL.iter().filter(|code| code.status() == status);
    same.map(|code| format!("{} {}", code.code(), code.name())).collect::<Vec<_>>().join(", ")
}

fn problem_response(description: &str) -> Value {
    json!({
        "description": description,
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } }
    })
}

fn request() -> Value {
    let lengths: Vec<_> = Form::ALL.iter().map(|form| (form.octets() * 8).div_ceil(5)).collect();
    let pattern: Vec<_> = lengths.iter().map(|length| format!("[0-9A-HJKMNP-TV-Z]{{{length}}}")).collect();
    json!({
        "type": "object",
        "required": ["payload"],
        "additionalProperties": false,
        "properties": { "payload": {
            "type": "string",
            "description": "Crockford Base32 of the sealed challenge, upper case",
            "pattern": format!("^({})$", pattern.join("|"))
        } }
    })
}

fn answer() -> Value {
    let text = |description: &str| json!({ "type": "string", "description": description });
    json!({
        "type": "object",
        "required": ["request", "purpose", "brand", "model", "label", "resent", "next_step"],
        "properties": {
            "request": text("Request number as the device shows it, for example 0042"),
            "purpose": { "type": "string", "enum": ["reset", "confirm-address"] },
            "brand": text("Name of the brand"),
            "model": text("Model of the device"),
            "label": text("Last four characters of the device's label"),
            "resent": { "type": "boolean", "description": "Whether it is the same mail once more" },
            "next_step": text("What the owner does now")
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
