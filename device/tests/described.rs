//! The interface is what its description says, and a session can be followed as a stream.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::client::Way;
use crate::support::recorder::{OLD, World};

const DESCRIPTION: &str = include_str!("../src/api/openapi.json");
const ROUTER: &str = include_str!("../src/api/mod.rs");

/// `GET /api/v0/device` and so on, of the router's own text.
fn routes() -> BTreeSet<String> {
    let lines = ROUTER.split(".route(\"").skip(1);
    let pairs = lines.filter_map(|rest| rest.split_once("\", "));
    let mut found = BTreeSet::new();
    for (path, handlers) in pairs {
        let handlers = handlers.lines().next().unwrap_or_default();
        for (method, word) in [("get", "get("), ("post", "post(")] {
            if handlers.contains(word) {
                found.insert(format!("{method} {path}"));
            }
        }
    }
    found
}

#[test]
fn f17_the_description_names_every_route_and_no_other() {
    let description: Value = serde_json::from_str(DESCRIPTION).unwrap();
    assert_eq!(description["openapi"], "3.1.0");
    let paths = description["paths"].as_object().unwrap().iter();
    let described: BTreeSet<_> = paths
        .flat_map(|(path, methods)| methods.as_object().unwrap().keys().map(move |method| format!("{method} {path}")))
        .collect();
    assert_eq!(described, routes());
    assert!(described.len() > 20, "{described:?}");
}

#[test]
fn r93_every_view_and_problem_has_just_the_described_fields() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    let served = recorder.network.get("/api/v0/openapi.json", None).json();
    assert_eq!(served, serde_json::from_str::<Value>(DESCRIPTION).unwrap());
    let schemas = &served["components"]["schemas"];
    let fields = |of: &Value| of.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    let reset = recorder.opens(&recorder.network);
    assert_eq!(fields(&reset.view()), fields(&schemas["View"]["properties"]));
    let device = recorder.console.get("/api/v0/device", None).json();
    assert!(fields(&device).is_subset(&fields(&schemas["Device"]["properties"])));
    for (method, path, status, code) in
        [("GET", "/api/v0/nowhere", 404, "E-003"), ("POST", "/api/v0/device", 405, "E-013")]
    {
        let answer = recorder.network.send(method, path, &[], "");
        assert_eq!((answer.status, answer.json()["code"].as_str()), (status, Some(code)), "{path}");
        assert!(fields(&answer.json()).is_subset(&fields(&schemas["Problem"]["properties"])));
    }
    let list = recorder.network.send("POST", "/api/v0/resets", &[("Content-Type", "application/json")], "[null, null]");
    assert_eq!(list.status, 400, "a list is no object (F17)");
}

#[test]
fn r47_a_stream_tells_each_revision_and_there_are_only_so_many() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.opens(&recorder.network);
    let open = || follow(&recorder.network, &reset.path(), &reset.token);
    let mut first = open();
    let one = event(&mut first);
    assert_eq!(one["step"], "notice");
    let acknowledged = recorder.network.post(
        &format!("{}/events", reset.path()),
        Some(&reset.token),
        &json!({"event": "acknowledge"}),
    );
    assert_eq!(acknowledged.status, 200);
    let mut seen = one["revision"].as_u64().unwrap();
    loop {
        let next = event(&mut first);
        assert!(next["revision"].as_u64().unwrap() > seen, "revisions go up");
        seen = next["revision"].as_u64().unwrap();
        if next["step"] == "enter-code" && next["qr"].is_object() {
            break;
        }
    }
    let mut others: Vec<_> = (1..16).map(|_| open()).collect();
    others.iter_mut().for_each(|other| drop(event(other)));
    let refused = recorder.network.get(&format!("{}/stream", reset.path()), Some(&reset.token));
    assert_eq!((refused.status, refused.json()["code"].as_str()), (503, Some("E-009")));
    let foreign = recorder.network.get(&format!("{}/stream", reset.path()), Some("another"));
    assert_eq!(foreign.status, 404, "a foreign session is none");
}

#[test]
fn r90_methods_are_listed_with_a_warning_for_who_is_logged_in_only() {
    let world = World::new();
    let recorder = world.recorder();
    let login = recorder.set_up();
    assert_eq!(recorder.network.get("/api/v0/methods", None).status, 401);
    let all = recorder.network.get("/api/v0/methods", Some(&login)).json();
    let companion = all.as_array().unwrap().iter().find(|method| method["method"] == "companion").unwrap();
    assert!(companion["on"] == true && companion["uses"] == 0, "{companion}");
    assert!(companion["warning"].as_str().unwrap().contains("no way is left"), "{companion}");
    let off = recorder.network.post("/api/v0/methods/companion", Some(&login), &json!({"on": false}));
    assert_eq!((off.status, off.json()[0]["on"].as_bool()), (200, Some(false)));
    assert_eq!(recorder.network.post("/api/v0/methods/none", Some(&login), &json!({"on": false})).status, 404);
    assert_eq!(recorder.network.post("/api/v0/login", None, &json!({"account": "admin", "password": OLD})).status, 200);
}

fn follow(way: &Way, path: &str, token: &str) -> BufReader<TcpStream> {
    let Way::Network(address) = way else { panic!("over TCP") };
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    write!(stream, "GET {path}/stream HTTP/1.1\r\nHost: recorder\r\nAuthorization: Bearer {token}\r\n\r\n").unwrap();
    BufReader::new(stream)
}

/// The data of the next event.
fn event(stream: &mut BufReader<TcpStream>) -> Value {
    loop {
        let mut line = String::new();
        assert!(stream.read_line(&mut line).unwrap() > 0, "the stream ended");
        if let Some(data) = line.strip_prefix("data: ") {
            return serde_json::from_str(data).unwrap();
        }
    }
}
