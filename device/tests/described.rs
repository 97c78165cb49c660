//! The interface is what its description says, and a session can be followed as a stream.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use resetkit_core::CaseCode;
use serde_json::{Value, json};

use crate::support::client::{Way, between};
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
        for (method, word) in [("get", "get("), ("post", "post("), ("delete", "delete(")] {
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

/// Where the interface takes a password, as its description says.
fn takes_a_password(description: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (path, methods) in description["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            if operation["requestBody"].to_string().contains("\"password\"") {
                found.insert(format!("{method} {path}"));
            }
        }
    }
    found
}

/// Who is logged in, or is called as support, may begin a reset. Its password is chosen by whoever proves, and shown to nobody.
#[test]
fn r61_only_a_first_set_up_and_a_proved_reset_set_a_password_and_no_answer_has_one() {
    const CANARY: &str = "canary canary sings at dawn";
    let world = World::new();
    let recorder = world.recorder();
    let login = recorder.set_up();
    let sets = ["post /api/v0/setup", "post /api/v0/resets/{id}/events"];
    // Everywhere else it is the one that holds already: asked for, and not set.
    let asks = ["login", "recovery-codes", "hand-over", "address", "after-reset/update"];
    let known = sets.map(str::to_owned).into_iter().chain(asks.map(|path| format!("post /api/v0/{path}")));
    let description: Value = serde_json::from_str(DESCRIPTION).unwrap();
    assert_eq!(takes_a_password(&description), known.collect());

    let begun = recorder.network.post("/api/v0/resets", Some(&login), &json!({}));
    assert_eq!(begun.status, 201, "an administrator may begin one: {begun:?}");
    let again = recorder.network.post("/api/v0/setup", Some(&login), &json!({"password": CANARY, "email": null}));
    assert_eq!((again.status, recorder.accepts(CANARY)), (409, false), "{again:?}");
    let reset = recorder.forgets(&recorder.network);
    let event = json!({"event": "set-password", "password": CANARY});
    let answer = recorder.network.post(&format!("{}/events", reset.path()), Some(&login), &event);
    assert!(matches!(answer.status, 401 | 403 | 404), "a log-in is no key to the session: {answer:?}");
    assert_eq!(reset.sets(CANARY)["step"], "enter-code", "nothing is proved");
    assert!(recorder.accepts(OLD) && !recorder.accepts(CANARY));

    let code = world.code_in(&reset.url(), &world.state());
    reset.types(&code);
    let done = reset.sets(CANARY);
    assert_eq!(done["step"], "done");
    let token = recorder.log_in(CANARY).json()["token"].as_str().unwrap().to_owned();
    for path in ["device", "address", "after-reset", "readiness", "methods", "pending", "doctor", "metrics"] {
        for way in [&recorder.network, &recorder.console] {
            let seen = way.get(&format!("/api/v0/{path}"), Some(&token));
            assert!(!format!("{seen:?}").contains(CANARY), "{path} shows the password");
        }
    }
    assert!(!done.to_string().contains(CANARY) && !reset.view().to_string().contains(CANARY));
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

#[test]
fn r47_a_stream_that_broke_goes_on_where_it_was_and_ends_with_204() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.forgets(&recorder.network);
    let now = reset.view()["revision"].as_u64().unwrap();
    // Who has the newest view is sent nothing twice: the next event is the next revision.
    let mut current = follow_from(&recorder.network, &reset.path(), &reset.token, Some(&now.to_string()));
    let mut late = follow_from(&recorder.network, &reset.path(), &reset.token, Some(&(now - 1).to_string()));
    assert_eq!(event(&mut late)["revision"], now, "who missed one is told where things are");
    let mut odd = follow_from(&recorder.network, &reset.path(), &reset.token, Some("an id of another server"));
    assert_eq!(event(&mut odd)["revision"], now, "what is no revision is as none");
    let over = reset.does(&json!({"event": "cancel"}));
    assert_eq!(over["step"], "cancelled");
    let last = event(&mut current);
    assert_eq!((&last["step"], &last["revision"]), (&json!("cancelled"), &over["revision"]));
    assert!(last["revision"].as_u64().unwrap() > now);
    let after = rest(&mut current);
    assert!(!after.contains("data:"), "the last view is the last event: {after}");
    let last = last["revision"].to_string();
    let again = |seen: &str| {
        let bearer = format!("Bearer {}", reset.token);
        let headers = [("Authorization", bearer.as_str()), ("Last-Event-ID", seen)];
        recorder.network.send("GET", &format!("{}/stream", reset.path()), &headers, "")
    };
    let away = again(&last);
    assert_eq!((away.status, away.body.len()), (204, 0), "who saw it all need not come back (HTML 9.2)");
    let missed = again(&now.to_string());
    assert_eq!(missed.status, 200);
    assert!(missed.body.contains("\"step\":\"cancelled\""), "who missed it is told once more");
}

#[test]
fn r47_a_quiet_stream_is_heard_every_fifteen_seconds() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.opens(&recorder.network);
    let mut stream = follow(&recorder.network, &reset.path(), &reset.token);
    event(&mut stream);
    // Nothing happens; reading waits 30 s and then fails.
    loop {
        let mut line = String::new();
        assert!(stream.read_line(&mut line).unwrap() > 0, "the stream ended");
        assert!(!line.starts_with("data:"), "nothing happened: {line}");
        if line.starts_with(':') {
            assert_eq!(line.trim_end(), ": here");
            break;
        }
    }
}

#[test]
fn r47_a_session_is_not_there_for_whoever_has_no_token_of_it() {
    let world = World::new();
    let recorder = world.recorder();
    let login = recorder.set_up();
    let reset = recorder.opens(&recorder.network);
    for token in [None, Some("another"), Some(login.as_str())] {
        for what in ["", "/stream", "/qr.svg", "/qr.png", "/qr.txt"] {
            let answer = recorder.network.get(&format!("{}{what}", reset.path()), token);
            assert_eq!((answer.status, answer.json()["code"].as_str()), (404, Some("E-003")), "{what}");
        }
        let event = recorder.network.post(&format!("{}/events", reset.path()), token, &json!({"event": "cancel"}));
        assert_eq!((event.status, event.json()["code"].as_str()), (404, Some("E-003")));
    }
    assert_eq!(reset.view()["step"], "notice");
}

#[test]
fn r93_a_case_code_is_spelt_for_the_telephone_and_is_of_digits_where_a_language_wants_them() {
    let world = World::new();
    world.brand_speaks("ja", "device-case-style = digits\n");
    let recorder = world.recorder();
    recorder.set_up_with(&Value::Null);
    let reset = recorder.opens(&recorder.network);
    let bearer = format!("Bearer {}", reset.token);
    let code = |language: &str| {
        let headers = [("Authorization", bearer.as_str()), ("Accept-Language", language)];
        let view = recorder.network.send("GET", &reset.path(), &headers, "").json();
        assert_eq!(view["step"], "support", "{view}");
        view["case_code"].as_str().unwrap().to_owned()
    };
    let (letters, digits) = (code("en"), code("ja"));
    assert_eq!(digits.split('-').map(str::len).collect::<Vec<_>>(), [6, 6, 6], "{digits}");
    assert!(digits.chars().all(|symbol| symbol.is_ascii_digit() || symbol == '-'), "{digits}");
    assert_eq!(letters.split('-').map(str::len).collect::<Vec<_>>(), [4, 4, 4], "{letters}");
    assert_eq!(CaseCode::parse(&letters).unwrap(), CaseCode::parse(&digits).unwrap(), "one case, written twice");
    let page = |language: &str| {
        let start = recorder.network.send("GET", "/", &[("Accept-Language", language)], "");
        let cookie = start.header("set-cookie").unwrap();
        let (cookie, csrf) =
            (cookie.split(';').next().unwrap(), between(&start.body, "name=\"csrf\" value=\"", "\"").unwrap());
        let form = format!("csrf={csrf}&account=admin");
        let kind = ("Content-Type", "application/x-www-form-urlencoded");
        let opened = recorder.network.send("POST", "/reset", &[("Cookie", cookie), kind], &form);
        let mine = opened.header("set-cookie").unwrap();
        let cookies = format!("{cookie}; {}", mine.split(';').next().unwrap());
        let headers = [("Cookie", cookies.as_str()), ("Accept-Language", language)];
        recorder.network.send("GET", &opened.header("location").unwrap(), &headers, "").body
    };
    for (language, code) in [("en", &letters), ("ja", &digits)] {
        let page = page(language);
        let shown = between(&page, "id=\"case-code\"", "</p>").unwrap();
        assert!(shown.ends_with(code.as_str()), "{shown}");
        let spelt = between(&page, "<ol class=\"spell\">", "</ol>").unwrap();
        let symbols = spelt.matches("<li>").count();
        assert_eq!(symbols, code.len() - 2, "every symbol has a line of its own: {spelt}");
        assert!(!spelt.contains('['), "every symbol has a word: {spelt}");
    }
    assert!(page("ja").contains("the digit"), "{digits}");
}

fn follow(way: &Way, path: &str, token: &str) -> BufReader<TcpStream> {
    follow_from(way, path, token, None)
}

/// Opens a stream; `seen` is what a browser sends of itself when it opens one again.
fn follow_from(way: &Way, path: &str, token: &str, seen: Option<&str>) -> BufReader<TcpStream> {
    let Way::Network(address) = way else { panic!("over TCP") };
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let seen = seen.map_or(String::new(), |seen| format!("Last-Event-ID: {seen}\r\n"));
    let head = format!("GET {path}/stream HTTP/1.1\r\nHost: recorder\r\nConnection: close\r\n{seen}");
    write!(stream, "{head}Authorization: Bearer {token}\r\n\r\n").unwrap();
    BufReader::new(stream)
}

/// All that still comes until the recorder closes.
fn rest(stream: &mut BufReader<TcpStream>) -> String {
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
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
