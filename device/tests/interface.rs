//! The edges of pages and interface: what is refused, and how.

use serde_json::json;

use crate::support::client::Browser;
use crate::support::recorder::{NEW, OLD, World};

#[test]
fn f17_unknown_missing_and_mistyped_fields_are_refused_with_a_problem_document() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.opens(&recorder.network);
    let events = format!("{}/events", reset.path());
    let cases = [
        ("/api/v0/login", json!({"account": "admin", "password": OLD, "role": "root"})),
        ("/api/v0/login", json!({"account": ["admin", "root"], "password": OLD})),
        ("/api/v0/login", json!({"account": "admin"})),
        ("/api/v0/resets", json!({"account": "admin", "email": "thief@example.org"})),
        ("/api/v0/resets", json!({"account": ["admin", "nobody"]})),
        ("/api/v0/setup", json!({"password": NEW})),
        (events.as_str(), json!({"event": "cancel", "account": "root"})),
        (events.as_str(), json!({"event": "grant"})),
        (events.as_str(), json!({"event": "type-code", "code": 5})),
        (events.as_str(), json!({"event": "acknowledge", "code": "1"})),
        (events.as_str(), json!([])),
    ];
    for (path, body) in cases {
        let answer = recorder.network.post(path, Some(&reset.token), &body);
        assert_eq!(
            (answer.status, answer.header("content-type").as_deref()),
            (400, Some("application/problem+json")),
            "{path} {body}"
        );
        assert_eq!(answer.json()["code"], "E-001", "{path} {body}");
    }
    assert_eq!(reset.view()["step"], "notice");
}

#[test]
fn r47_a_body_above_four_kibibytes_is_refused() {
    let world = World::new();
    let recorder = world.recorder();
    let body = json!({"account": "admin", "password": "x".repeat(5000)});
    let answer = recorder.network.post("/api/v0/login", None, &body);
    assert_eq!(answer.status, 413, "{answer:?}");
}

#[test]
fn r59_no_header_turns_the_network_into_the_console() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    let forged = [
        ("X-Forwarded-For", "127.0.0.1"),
        ("Forwarded", "for=127.0.0.1;host=localhost"),
        ("X-Real-IP", "127.0.0.1"),
        ("X-Forwarded-Host", "localhost"),
        ("X-Resetkit-Lane", "console"),
        ("Host", "localhost"),
    ];
    for header in forged {
        assert_eq!(recorder.network.send("GET", "/api/v0/pending", &[header], "").status, 403, "{header:?}");
        let device = recorder.network.send("GET", "/api/v0/device", &[header], "").json();
        assert_eq!(device["lane"], "network", "{header:?}");
    }
    assert_eq!(recorder.console.get("/api/v0/device", None).json()["lane"], "console");
}

#[test]
fn a_form_from_another_site_or_without_the_pages_token_changes_nothing() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let body = format!("account=admin&password={}", OLD.replace(' ', "+"));
    let bare = recorder.network.send("POST", "/login", &[form], &body);
    assert_eq!(bare.status, 400, "no token at all");
    let guessed = format!("{body}&csrf=AAAAAAAAAAAAAAAAAAAAAAAA");
    let answer = recorder.network.send("POST", "/login", &[form, ("Cookie", "rk_browser=00")], &guessed);
    assert_eq!(answer.status, 403);
    assert!(answer.body.contains("data-code=\"E-006\""));
    // Even with the right token, a browser that says "cross-site" is believed.
    let mut browser = Browser::at(&recorder.network);
    let page = browser.open("/login");
    let token = crate::support::client::between(&page.body, "name=\"csrf\" value=\"", "\"").unwrap();
    let cookie = page
        .head
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: "))
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let whole = format!("{body}&csrf={token}");
    for (name, value) in [
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
    ] {
        let answer = recorder.network.send("POST", "/login", &[form, ("Cookie", &cookie), (name, value)], &whole);
        assert_eq!(answer.status, 403, "{name}: {value}");
    }
    let answer = recorder.network.send("POST", "/login", &[form, ("Cookie", &cookie)], &whole);
    assert_eq!(answer.status, 303);
}

#[test]
fn every_page_forbids_frames_stores_and_anything_from_elsewhere() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    for path in ["/", "/login", "/reset", "/nowhere", "/api/v0/device", "/reset/00"] {
        let answer = recorder.network.get(path, None);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}");
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("cache-control").as_deref(), Some("no-store"), "{path}");
        for mark in ["http://", "https://", "src=\"//"] {
            assert!(!answer.body.contains(mark), "{path} refers to elsewhere");
        }
    }
}

#[test]
fn a_page_speaks_the_language_that_the_browser_asks_for() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    for (wanted, word) in [
        ("de-AT,de;q=0.9,en;q=0.5", "Passwort vergessen"),
        ("en;q=0.1, de;q=0.8", "Passwort vergessen"),
        ("fr, *", "Forgot password"),
        ("", "Forgot password"),
    ] {
        let page = recorder.network.send("GET", "/login", &[("Accept-Language", wanted)], "");
        assert!(page.body.contains(word), "{wanted}");
    }
}

#[test]
fn r50_r53_a_first_password_that_is_short_common_or_the_devices_name_is_refused_with_its_reason() {
    let world = World::new();
    let recorder = world.recorder();
    let cases = [
        ("fourteen chars", "E-601"),
        ("passwordpassword", "E-603"),
        ("4-channel-recorder", "E-604"),
        (&"ü".repeat(129), "E-602"),
    ];
    for (password, code) in cases {
        let answer = recorder.network.post("/api/v0/setup", None, &json!({"password": password, "email": null}));
        assert_eq!((answer.status, answer.json()["code"].as_str()), (422, Some(code)), "{password}");
    }
    let answer = recorder.network.post("/api/v0/setup", None, &json!({"password": OLD, "email": "nobody"}));
    assert_eq!(answer.json()["code"], "E-008");
    recorder.set_up();
    let answer = recorder.network.post("/api/v0/setup", None, &json!({"password": NEW, "email": null}));
    assert_eq!((answer.status, answer.json()["code"].as_str()), (409, Some("E-007")), "nobody sets it up twice");
}

#[test]
fn r93_every_slip_of_the_interface_has_its_number_and_its_words() {
    use resetkit_config::{Brand, Texts};
    use resetkit_device::problem::Slip;
    let codes: Vec<_> = Slip::ALL.iter().map(|slip| slip.code()).collect();
    assert!(codes.is_sorted() && codes.iter().all(|code| code.starts_with("E-0")));
    for language in ["en", "de"] {
        let texts = Texts::load(&Brand::plain(), language);
        for slip in Slip::ALL {
            for id in [format!("device-err-{}", slip.name()), format!("device-rec-{}", slip.name())] {
                assert!(texts.find(&id, &[]).is_some(), "{language}: {id}");
            }
        }
    }
}

#[test]
fn what_went_wrong_with_a_code_takes_the_place_of_the_steps_and_cancel_stays() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    let mut browser = Browser::at(&recorder.network);
    browser.open("/login");
    let notice = browser.submit("/reset", &[("account", "admin")]);
    let here =
        crate::support::client::between(&notice.body, "data-state=\"", "&#x2f;state\"").unwrap().replace("&#x2f;", "/");
    browser.submit(&here, &[("event", "acknowledge")]);
    let end = std::time::Instant::now() + std::time::Duration::from_secs(20);
    let page = loop {
        let page = browser.open(&here);
        if page.body.contains("id=\"qr\"") {
            break page;
        }
        assert!(std::time::Instant::now() < end, "the code never came");
        std::thread::sleep(std::time::Duration::from_millis(20));
    };
    assert!(page.body.contains("<ol><li>") && !page.body.contains("class=\"how\""));
    let slip = browser.submit(&here, &[("event", "type-code"), ("code", "ABC")]);
    assert!(slip.body.contains("data-code=\"E-202\""), "{}", slip.body);
    assert!(
        slip.body.contains("<details class=\"how\"><summary>Show the steps again</summary><ol><li>"),
        "{}",
        slip.body
    );
    assert!(page.body.contains("id=\"cancel\"") && slip.body.contains("id=\"cancel\""));
}
