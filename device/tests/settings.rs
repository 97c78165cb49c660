//! The owner changes the address on file (R62, R63).

use serde_json::json;

use crate::support::client::{Answer, Browser};
use crate::support::recorder::{EMAIL, NEW, OLD, Recorder, World};

const OTHER: &str = "otto.other@post.example";

fn changes(recorder: &Recorder, login: &str, password: &str, email: &str) -> Answer {
    recorder.network.post("/api/v0/address", Some(login), &json!({"password": password, "email": email}))
}

fn recipients(world: &World) -> Vec<(String, Vec<String>)> {
    let notices = world.kept().notices;
    notices.into_iter().map(|notice| (notice.purpose, notice.to.into_iter().map(|to| to.0).collect())).collect()
}

#[test]
fn r63_another_address_needs_the_current_password_and_both_addresses_are_told() {
    let world = World::new();
    let recorder = world.recorder();
    let login = recorder.set_up();
    let cases = [
        (Some(login.as_str()), NEW, OTHER, 422, "E-012"),
        (Some(login.as_str()), OLD, "nobody", 422, "E-008"),
        (Some("no login of ours"), OLD, OTHER, 401, "E-004"),
        (None, OLD, OTHER, 401, "E-004"),
    ];
    for (token, password, email, status, code) in cases {
        let answer = recorder.network.post("/api/v0/address", token, &json!({"password": password, "email": email}));
        assert_eq!((answer.status, answer.json()["code"].as_str()), (status, Some(code)), "{password} {email}");
    }
    let hint =
        |recorder: &Recorder| recorder.network.get("/api/v0/address", Some(&login)).json()["address_hint"].clone();
    assert_eq!(hint(&recorder), "o•••••r@•••••.example");
    let same = changes(&recorder, &login, OLD, EMAIL);
    assert_eq!(same.status, 200, "nothing changes, nobody is told");
    let answer = changes(&recorder, &login, OLD, "anna.lopez@mail.example");
    assert_eq!((answer.status, answer.json()["readiness"].as_str()), (200, Some("amber")), "{answer:?}");
    assert_eq!(hint(&recorder), "a•••••z@•••••.example");
    recorder.stop();
    let told = vec!["anna.lopez@mail.example".to_owned(), EMAIL.to_owned()];
    assert_eq!(recipients(&world), [("address-changed".to_owned(), told)]);
    let log = std::fs::read_to_string(world.state_path().join("audit.log")).unwrap();
    assert!(log.contains("\"what\":\"address_changed\"") && !log.contains("lopez"), "{log}");
}

#[test]
fn r63_an_intruder_who_changes_the_address_often_cannot_push_the_owners_out() {
    let world = World::new();
    let recorder = world.recorder();
    let login = recorder.set_up();
    for number in 0..12 {
        assert_eq!(changes(&recorder, &login, OLD, &format!("thief{number}@evil.example")).status, 200);
    }
    recorder.stop();
    let notices = recipients(&world);
    assert_eq!(notices.len(), 1, "one of a kind waits: others are not pushed out (R47)");
    assert!(notices.iter().all(|(_, to)| to.iter().any(|to| to == EMAIL)), "{notices:?}");
    assert!(notices.iter().all(|(_, to)| to.len() <= 9), "R47");
}

#[test]
fn r63_the_old_address_gets_notices_for_thirty_days_and_no_longer() {
    let world = World::new();
    let recorder = world.recorder();
    let login = recorder.set_up();
    assert_eq!(changes(&recorder, &login, OLD, OTHER).status, 200);
    recorder.stop();
    let row = &world.kept().accounts[0];
    let until = row.former[0].until_powered_seconds;
    assert_eq!(until, world.kept().notices[0].powered_seconds + 2_592_000);
    assert!(until < 2_592_300, "a boot in which the daemon starts late or twice counts once: {until}");
    assert_eq!(row.recipients(until - 1).len(), 2);
    assert_eq!(row.recipients(until).iter().map(|to| to.0.as_str()).collect::<Vec<_>>(), [OTHER]);
    assert!(!format!("{:?}", world.kept()).contains("owner@"), "no address in a trace");
}

#[test]
fn r22_r63_a_code_that_is_under_way_to_the_old_address_opens_nothing_any_more() {
    let world = World::new();
    let recorder = world.recorder();
    let login = recorder.set_up();
    let reset = recorder.forgets(&recorder.network);
    let code = world.code_in(&reset.url(), &world.state());
    assert_eq!(changes(&recorder, &login, OLD, OTHER).status, 200);
    let after = reset.sends(&json!({"event": "type-code", "code": code})).json();
    assert_ne!(after["step"], "choose-new-password");
    recorder.cut();
    let recorder = world.recorder();
    let again = reset.at(&recorder.network);
    assert_eq!(again.sends(&json!({"event": "type-code", "code": code})).status, 404);
}

#[test]
fn r62_r63_a_person_enters_the_missing_address_in_the_settings_and_is_offered_the_test_code() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up_with(&json!(null));
    let mut browser = Browser::at(&recorder.network);
    assert!(browser.open("/settings").body.contains("data-step=\"login\""), "a log-in comes first");
    let live = browser.submit("/login", &[("account", "admin"), ("password", OLD)]);
    assert!(live.body.contains("href=\"/settings\"") && live.body.contains("data-readiness=\"red\""));
    let page = browser.open("/settings");
    // Never the colour alone.
    assert!(page.body.contains("data-readiness=\"red\"") && page.body.contains("No way back in would work today."));
    let page = browser.submit("/settings", &[("email", OTHER), ("password", NEW)]);
    assert!(page.status == 422 && page.body.contains("data-code=\"E-012\"") && page.body.contains(OTHER), "{page:?}");
    let page = browser.submit("/settings", &[("email", OTHER), ("password", OLD)]);
    for mark in [
        "data-step=\"settings\"",
        "id=\"saved\"",
        "data-readiness=\"amber\"",
        "id=\"confirm-address\"",
        "Recovery is not tried out.",
    ] {
        assert!(page.body.contains(mark), "{mark}: {}", page.body);
    }
    assert!(!page.body.contains(OTHER), "R64");
    let page = browser.submit("/setup/confirm", &[]);
    assert!(
        page.body.contains("data-step=\"notice\"") && page.body.contains("Try out your e-mail address"),
        "{page:?}"
    );
}

#[test]
fn r62_a_confirmed_address_shows_as_ready_and_another_one_has_to_be_tried_again() {
    let world = World::new();
    let recorder = world.recorder();
    let login = recorder.set_up();
    let readiness = || recorder.network.get("/api/v0/address", Some(&login)).json()["readiness"].clone();
    assert_eq!(readiness(), "amber");
    let reset = recorder.confirms(&login);
    let code = world.code_in(&reset.url(), &world.state());
    assert_eq!(reset.types(&code)["step"], "address-confirmed");
    assert_eq!(readiness(), "green");
    assert_eq!(changes(&recorder, &login, OLD, OTHER).status, 200);
    assert_eq!(readiness(), "amber");
}

#[test]
fn f24_five_wrong_current_passwords_in_a_row_end_the_log_in_and_stand_in_log_and_metrics() {
    let world = World::new();
    let recorder = world.recorder();
    let login = recorder.set_up();
    for _ in 0..4 {
        assert_eq!(changes(&recorder, &login, NEW, OTHER).status, 422);
    }
    assert_eq!(changes(&recorder, &login, OLD, EMAIL).status, 200, "a right one begins the row anew");
    for _ in 0..5 {
        assert_eq!(changes(&recorder, &login, NEW, OTHER).status, 422);
    }
    assert_eq!(changes(&recorder, &login, OLD, OTHER).status, 401, "whoever sits there has to log in again");
    let counts = recorder.console.get("/api/v0/metrics", None).body;
    assert!(counts.contains("logins_refused_total 9\n"), "{counts}");
    recorder.stop();
    let log = std::fs::read_to_string(world.state_path().join("audit.log")).unwrap();
    let wrong = |line: &&str| line.contains("current_password_wrong") && line.contains("network");
    assert_eq!(log.lines().filter(wrong).count(), 9, "{log}");
}
