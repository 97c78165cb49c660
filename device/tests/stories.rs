//! The owner's stories at the local interface, with the real method in its worker.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;

use crate::support::client::Browser;
use crate::support::recorder::{NEW, OLD, World, another_code};

/// Lines of the audit log of this kind, of this request; of all requests if it is empty.
fn audit_lines(world: &World, what: &str, request: &str) -> usize {
    let log = std::fs::read_to_string(world.state_path().join("audit.log")).unwrap();
    let lines = log.lines().filter(|line| line.contains(&format!("\"what\":\"{what}\"")));
    lines.filter(|line| request.is_empty() || line.contains(&format!("\"request\":\"{request}\""))).count()
}

#[test]
fn a_locked_out_owner_gets_back_in_and_the_old_password_is_dead() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.forgets(&recorder.network);
    let view = reset.view();
    assert_eq!((view["tries_left"].as_u64(), view["address_hint"].as_str()), (Some(5), Some("o•••••r@•••••.example")));
    assert!(recorder.accepts(OLD), "R23: a reset that is under way changes nothing about log-in");
    let code = world.code_in(&reset.url(), &world.state());
    assert_eq!(reset.types(&code.to_lowercase())["step"], "choose-new-password");
    assert_eq!(reset.sets(NEW)["step"], "done");
    assert!(!recorder.accepts(OLD));
    assert!(recorder.accepts(NEW));
    resetkit_device::audit::verify(std::fs::read(world.state_path().join("audit.log")).unwrap().as_slice()).unwrap();
}

#[test]
fn r6_f6_two_hundred_and_fifty_six_parallel_guesses_cost_exactly_five_comparisons() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.forgets(&recorder.network);
    let code = world.code_in(&reset.url(), &world.state());
    let answered = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for thread in 0..32_u64 {
            let (reset, code, answered) = (&reset, &code, &answered);
            scope.spawn(move || {
                for guess in 0..8 {
                    let guess = another_code(code, 1 + thread * 8 + guess);
                    if reset.sends(&json!({"event": "type-code", "code": guess})).status == 200 {
                        answered.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    assert_eq!(answered.into_inner(), 256, "every submission is answered");
    reset.waits_for(|view| view["waiting"] == false);
    let charged = |request: &str| audit_lines(&world, "attempt-charged", request);
    assert_eq!((charged("0001"), audit_lines(&world, "code-wrong", "0001")), (5, 5), "five comparisons of this code");
    // A newer code that took its place has five of its own, and the session ten in all (R7).
    assert!((2..10).all(|request| charged(&format!("{request:04}")) <= 5));
    assert!(audit_lines(&world, "attempt-charged", "") <= 10);
    let after = reset.sends(&json!({"event": "type-code", "code": code}));
    assert_ne!(after.json()["step"], "choose-new-password", "R14: the right code is dead after five wrong ones");
}

#[test]
fn r3_a_slip_of_the_finger_costs_no_try() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.forgets(&recorder.network);
    for typed in ["", "1", "ABCDEFGHJ", "ABC-DEF", &"A".repeat(60)] {
        let view = reset.types(typed);
        assert_eq!(view["tries_left"], 5, "{typed}");
        assert!(view["failure"]["code"].as_str().unwrap().starts_with("E-20"), "{view:#}");
    }
    assert_eq!(audit_lines(&world, "attempt-charged", ""), 0);
}

#[test]
fn r13_the_code_of_one_request_opens_no_other() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    let (first, second) = (recorder.forgets(&recorder.network), recorder.forgets(&recorder.console));
    let code = world.code_in(&first.url(), &world.state());
    assert_eq!(second.types(&code)["failure"]["code"], "E-203");
    assert_eq!(first.types(&code)["step"], "choose-new-password");
}

#[test]
fn r14_f12_a_code_that_was_redeemed_opens_nothing_again_not_even_after_a_boot() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.forgets(&recorder.network);
    let code = world.code_in(&reset.url(), &world.state());
    reset.types(&code);
    assert_eq!(reset.sets(NEW)["step"], "done");
    assert_eq!(reset.types(&code)["step"], "done");
    assert_eq!(recorder.forgets(&recorder.network).types(&code)["failure"]["code"], "E-203");
    recorder.cut();
    let recorder = world.recorder();
    let again = reset.at(&recorder.network);
    assert_eq!(again.sends(&json!({"event": "type-code", "code": code})).status, 404);
    assert!(recorder.accepts(NEW) && !recorder.accepts(OLD));
}

#[test]
fn r56_success_ends_every_log_in_and_logs_nobody_in() {
    let world = World::new();
    let recorder = world.recorder();
    let token = recorder.set_up();
    let who = |token: &str| recorder.network.get("/api/v0/device", Some(token)).json()["account"].clone();
    assert_eq!(who(&token), "admin");
    let reset = recorder.forgets(&recorder.network);
    reset.types(&world.code_in(&reset.url(), &world.state()));
    reset.sets(NEW);
    assert_eq!(who(&token), json!(null));
    assert_eq!(who(&reset.token), json!(null), "the reset's own token is no log-in");
    let banner =
        recorder.network.get("/api/v0/device", recorder.log_in(NEW).json()["token"].as_str()).json()["banner"].clone();
    assert_eq!(banner["lane"], "network", "R71: the next log-in is shown the reset");
}

#[test]
fn r22_a_person_who_logs_in_voids_open_requests_and_a_program_that_logs_in_does_not() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.forgets(&recorder.network);
    for _ in 0..3 {
        assert!(recorder.accepts(OLD));
    }
    let claims = json!({"account": "admin", "password": OLD, "interactive": true});
    assert_eq!(recorder.network.post("/api/v0/login", None, &claims).status, 200);
    assert_eq!(reset.view()["step"], "enter-code", "a program in the network is not believed to be a person");
    let mut browser = Browser::at(&recorder.network);
    browser.open("/login");
    let live = browser.submit("/login", &[("account", "admin"), ("password", OLD)]);
    assert!(live.body.contains("data-step=\"live\""), "{}", live.body);
    assert_eq!(reset.view()["step"], "expired");
    assert_eq!(reset.view()["failure"]["code"], "E-206");
}

#[test]
fn r21_an_open_request_is_listed_at_the_console_and_cancelled_without_a_credential() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.forgets(&recorder.network);
    assert_eq!(recorder.network.get("/api/v0/pending", None).status, 403);
    let mut screen = Browser::at(&recorder.console);
    let login = screen.open("/");
    assert!(login.body.contains("Request 0001, on the web page, 60 minutes left"), "{}", login.body);
    let after = screen.submit("/pending/1/cancel", &[]);
    assert!(!after.body.contains("Request 0001"), "{}", after.body);
    assert_eq!(reset.view()["step"], "cancelled");
    assert!(recorder.accepts(OLD));
}

#[test]
fn r16_a_foreign_session_and_none_at_all_are_answered_with_the_same_octets() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    let (owner, stranger) = (recorder.opens(&recorder.network), recorder.opens(&recorder.network));
    let nowhere = format!("/api/v0/resets/{}", "0".repeat(32));
    let none = recorder.network.get(&nowhere, Some(&stranger.token));
    let foreign = recorder.network.get(&owner.path(), Some(&stranger.token));
    let bare = recorder.network.get(&owner.path(), None);
    assert_eq!((none.status, &none.body), (404, &foreign.body));
    assert_eq!(none.body, bare.body);
    let cancel = json!({"event": "cancel"});
    assert_eq!(recorder.network.post(&format!("{}/events", owner.path()), Some(&stranger.token), &cancel).status, 404);
    assert_eq!(owner.view()["step"], "notice");
}

#[test]
fn f24_a_wrong_password_and_an_account_that_is_none_are_answered_with_the_same_octets() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    let try_in =
        |account: &str| recorder.network.post("/api/v0/login", None, &json!({"account": account, "password": NEW}));
    let (known, unknown, silly) = (try_in("admin"), try_in("nobody"), try_in("a\u{7}b"));
    assert_eq!((known.status, &known.body), (401, &unknown.body));
    assert_eq!(known.body, silly.body);
    let open = |account: &str| {
        recorder.network.post("/api/v0/resets", None, &json!({"account": account})).json()["view"].clone()
    };
    let (mut known, mut unknown) = (open("admin"), open("nobody"));
    for view in [&mut known, &mut unknown] {
        view["id"] = json!(null);
        view["account"] = json!(null);
    }
    assert_eq!(known, unknown, "R93: a reset says nothing about which accounts exist");
}

#[test]
fn without_an_e_mail_the_owner_is_told_the_reference_error_and_shown_a_next_step() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up_with(&json!(null));
    let reset = recorder.opens(&recorder.network);
    let view = reset.view();
    assert_eq!(view["step"], "support", "{view:#}");
    assert_eq!(view["failure"]["code"], "E-101");
    assert_eq!(view["withheld"][0]["code"], "E-101");
    let mut browser = Browser::at(&recorder.network);
    browser.open("/");
    let page = browser.submit("/reset", &[("account", "admin")]);
    assert!(page.body.contains("data-code=\"E-101\"") && page.body.contains("support@plain.example"), "{}", page.body);
    assert!(page.body.contains("id=\"again\""), "a dead end has a next step too");
}

#[test]
fn a_reboot_in_mid_session_keeps_session_token_and_tries_and_takes_a_little_life() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.forgets(&recorder.network);
    let url = reset.url();
    let code = world.code_in(&url, &world.state());
    assert_eq!(reset.types(&another_code(&code, 1))["tries_left"], 4);
    recorder.cut();
    let recorder = world.recorder();
    let reset = reset.at(&recorder.network);
    let view = reset.waits_for(|view| view["step"] == "enter-code" && view["qr"].is_object());
    assert_eq!(view["tries_left"], 4, "R11");
    // One interval of five minutes, and the minute that was begun.
    assert!((54..=55).contains(&view["minutes_left"].as_u64().unwrap()), "R19: {view:#}");
    assert_eq!(view["qr"]["text"], url.as_str(), "the same picture: what was scanned stays good");
    assert_eq!(reset.types(&code)["step"], "choose-new-password");
    recorder.cut();
    let recorder = world.recorder();
    let view = reset.at(&recorder.network).waits_for(|view| view["step"] == "enter-code");
    assert_eq!(view["tries_left"], 3, "§5.8: what was proved dies with the boot, what was charged stays charged");
}

#[test]
fn r19_twelve_boots_are_the_end_of_a_code() {
    let world = World::new();
    let mut recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.forgets(&recorder.network);
    let mut boots = 0;
    while reset.at(&recorder.network).way.get(&reset.path(), Some(&reset.token)).status == 200 {
        recorder.cut();
        recorder = world.recorder();
        boots += 1;
        assert!(boots <= 12, "the code lives on");
    }
    assert_eq!(boots, 12, "60 minutes are worth less than twelve intervals of five");
}

#[test]
fn r18_after_its_powered_minutes_a_code_is_dead_and_the_screen_says_what_next() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.forgets(&recorder.network);
    let code = world.code_in(&reset.url(), &world.state());
    let view = reset.does(&json!({"event": "more-time"}));
    let minutes = view["minutes_left"].as_u64().unwrap();
    assert!(minutes > 60, "{view:#}");
    recorder.clock.move_ahead(std::time::Duration::from_secs(60 * (minutes + 1)));
    let view = reset.waits_for(|view| view["failure"]["code"] == "E-205");
    assert_ne!(reset.types(&code)["step"], "choose-new-password", "{view:#}");
}

#[test]
fn r15_neither_code_nor_password_is_ever_in_the_state_or_in_a_log_line() {
    let world = World::new();
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.forgets(&recorder.network);
    let code = world.code_in(&reset.url(), &world.state());
    reset.types(&code);
    reset.sets("canary canary sings at dawn");
    recorder.stop();
    let mut places = vec![("log".to_owned(), crate::support::trace::said())];
    for entry in std::fs::read_dir(world.state_path()).unwrap().map(Result::unwrap) {
        places.push((entry.path().display().to_string(), std::fs::read(entry.path()).unwrap()));
    }
    let plain = code.replace('-', "");
    for (place, octets) in places {
        for canary in [code.as_str(), &plain, &plain.to_lowercase(), "canary canary", &reset.token] {
            let found = octets.windows(canary.len()).any(|window| window == canary.as_bytes());
            assert!(!found, "a secret is in {place}");
        }
    }
}
