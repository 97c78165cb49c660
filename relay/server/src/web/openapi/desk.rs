//! The support desk's part of the description.

use super::{payload_pattern, problem_response, reasons};
use resetkit_protocol::{MAX_EVIDENCE, ProblemCode, TicketOutcome, UNLOCK_OCTETS};
use serde_json::{Map, Value, json};

const WORD: &str = "^[A-Za-z0-9._-]{1,32}$";
const KEY: &str = "^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$";

pub(super) fn security() -> Value {
    json!({ "type": "http", "scheme": "bearer", "description": "A staff member's token, as `reset-relay staff new` prints it" })
}

pub(super) fn tickets() -> Value {
    let mut open = operation("open-ticket", "Open a ticket for an unlock; agents only", "201", Some("Ticket"));
    open["requestBody"] = body("OpenTicket");
    json!({ "get": operation("list-tickets", "Tickets of the desk, and what owners passed on", "200", Some("DeskList")), "post": open })
}

pub(super) fn ticket() -> Value {
    json!({ "parameters": [number()], "get": operation("show-ticket", "An open ticket with its approvals", "200", Some("Ticket")) })
}

pub(super) fn approvals() -> Value {
    let mut approve = operation(
        "approve-ticket",
        "Hand over one half, sealed to the reading key; approvers only",
        "201",
        Some("Ticket"),
    );
    approve["requestBody"] = body("PostApproval");
    json!({ "parameters": [number()], "post": approve })
}

pub(super) fn close() -> Value {
    let mut close = operation("close-ticket", "Record how the call ended; agents only", "204", None);
    close["requestBody"] = body("CloseTicket");
    json!({ "parameters": [number()], "post": close })
}

pub(super) fn schemas() -> Map<String, Value> {
    let (word, key) = (json!({ "type": "string", "pattern": WORD }), json!({ "type": "string", "pattern": KEY }));
    let text = json!({ "type": "string" });
    let payload = json!({ "type": "string", "pattern": payload_pattern([UNLOCK_OCTETS].into_iter()) });
    let evidence = json!({ "type": "array", "items": word, "maxItems": MAX_EVIDENCE });
    let outcome = json!({ "type": "string", "enum": TicketOutcome::ALL.map(TicketOutcome::as_str) });
    let half = json!({ "type": "string", "enum": ["first", "second"] });
    let sealed = json!({ "type": "string", "pattern": "^[A-Za-z0-9+/]{74}[AEIMQUYcgkosw048]=$" });
    let seconds = json!({ "type": "integer" });
    let approval = object(&[("half", &half), ("approver", &word), ("sealed", &sealed)], &[]);
    let approvals = json!({ "type": "array", "items": { "$ref": "#/components/schemas/Approval" }, "maxItems": 2 });
    let version = json!({ "type": "integer", "const": 1 });
    let summary = object(
        &[
            ("ticket", &word),
            ("request", &text),
            ("model", &text),
            ("label", &text),
            ("agent", &word),
            ("evidence", &evidence),
            ("approvers", &json!({ "type": "array", "items": word })),
            ("opened_at", &seconds),
        ],
        &[("outcome", &outcome)],
    );
    let waiting =
        object(&[("request", &text), ("payload", &payload), ("model", &text), ("label", &text), ("at", &seconds)], &[]);
    let mut out = Map::new();
    let mut put = |name: &str, schema: Value| out.insert(name.to_owned(), schema);
    put(
        "OpenTicket",
        object(&[("ticket", &word), ("payload", &payload), ("evidence", &evidence), ("reading_key", &key)], &[]),
    );
    put("PostApproval", object(&[("half", &half), ("sealed", &sealed)], &[]));
    put("CloseTicket", object(&[("outcome", &outcome)], &[]));
    put("Approval", approval);
    put(
        "Ticket",
        object(
            &[
                ("resetkit_ticket", &version),
                ("ticket", &word),
                ("brand", &text),
                ("payload", &payload),
                ("device_key", &key),
                ("agent", &word),
                ("evidence", &evidence),
                ("reading_key", &key),
                ("approvals", &approvals),
            ],
            &[("model", &text), ("label", &text), ("outcome", &outcome), ("opened_at", &seconds)],
        ),
    );
    put(
        "DeskList",
        object(
            &[
                ("staff", &word),
                ("brand", &text),
                ("waiting", &json!({ "type": "array", "items": waiting })),
                ("tickets", &json!({ "type": "array", "items": summary })),
            ],
            &[],
        ),
    );
    out
}

/// An object of these and no other fields.
fn object(required: &[(&str, &Value)], optional: &[(&str, &Value)]) -> Value {
    let names: Vec<_> = required.iter().map(|(name, _)| *name).collect();
    let properties: Map<String, Value> =
        required.iter().chain(optional).map(|(name, schema)| ((*name).to_owned(), (*schema).clone())).collect();
    json!({ "type": "object", "additionalProperties": false, "required": names, "properties": properties })
}

fn number() -> Value {
    json!({ "name": "ticket", "in": "path", "required": true, "description": "The desk's own number",
        "schema": { "type": "string", "pattern": WORD } })
}

fn body(schema: &str) -> Value {
    json!({ "required": true, "content": { "application/json": { "schema": { "$ref": format!("#/components/schemas/{schema}") } } } })
}

fn operation(id: &str, summary: &str, good: &str, answer: Option<&str>) -> Value {
    let mut responses =
        json!({ "405": problem_response("Another verb"), "415": problem_response("Not application/json") });
    for code in ProblemCode::ALL {
        responses[code.status().to_string()] = problem_response(&reasons(code.status()));
    }
    responses[good] = match answer {
        Some(schema) => json!({ "description": "Done",
            "content": { "application/json": { "schema": { "$ref": format!("#/components/schemas/{schema}") } } } }),
        None => json!({ "description": "Done" }),
    };
    json!({ "operationId": id, "summary": summary, "security": [{ "staff": [] }], "responses": responses })
}
