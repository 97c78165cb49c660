//! Notices that the device mails of its own accord: after a reset, after a change of address, and when it was offline for weeks
//! (R63, R71).

use std::time::Duration;

use serde_json::json;

use crate::support::mail_server::{Mail, MailServer};
use crate::support::recorder::{EMAIL, NEW, OLD, Recorder, World};

const OTHER: &str = "otto.other@post.example";

fn world(port: u16, roots: &str, more: &str) -> World {
    let site = format!(
        "{more}\n[overrides.profile.facts]\nnetwork_up = true\n[connections.smtp]\nhost = \"localhost\"\nport = {port}\n\
         from = \"recorder@mail.example\"\nca_file = \"roots.pem\"\n"
    );
    let world = World::with_methods(&["email"], &site);
    std::fs::write(world.path("roots.pem"), roots).unwrap();
    world
}

/// Readable text of a mail, whatever its encoding.
fn words(mail: &Mail) -> String {
    let (head, body) = mail.octets.split_once("\r\n\r\n").unwrap();
    let plain = body.replace("=\r\n", "");
    assert!(head.contains("Auto-Submitted: auto-generated"), "R69: {head}");
    format!("{head}\n{plain}")
}

fn resets(recorder: &Recorder, server: &MailServer) {
    let reset = recorder.opens(&recorder.network);
    reset.does(&json!({"event": "acknowledge"}));
    let code = server.mail().code();
    reset.waits_for(|view| view["step"] == "enter-code");
    assert_eq!(reset.types(&code)["step"], "choose-new-password");
    assert_eq!(reset.sets(NEW)["step"], "done");
}

fn waits_until(done: impl Fn() -> bool) {
    let end = std::time::Instant::now() + Duration::from_secs(40);
    while !done() {
        assert!(std::time::Instant::now() < end, "it never came");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn waiting(recorder: &Recorder) -> String {
    let metrics = recorder.console.get("/api/v0/metrics", None).body;
    metrics.lines().find(|line| line.starts_with("resetkit_notices_waiting ")).unwrap().to_owned()
}

#[test]
fn r71_a_reset_is_told_to_the_address_on_file_with_no_code_no_password_and_nothing_to_follow() {
    let server = MailServer::start("250 2.1.5 ok");
    let world = world(server.port, &server.roots, "nickname = \"Front door\"\nlabel_last4 = \"7K2M\"");
    let recorder = world.recorder();
    recorder.set_up();
    resets(&recorder, &server);
    let mail = server.mail();
    assert_eq!(mail.recipients, [format!("RCPT TO:<{EMAIL}>")], "R65");
    let words = words(&mail);
    for told in ["Front door", "7K2M", "0001", "password of this device was reset", "over the network", "ask support"] {
        assert!(words.contains(told), "{told}: {words}");
    }
    for never in [NEW, OLD, "http", "[notice", "[mail"] {
        assert!(!words.contains(never), "{never}: {words}");
    }
    waits_until(|| waiting(&recorder) == "resetkit_notices_waiting 0");
    recorder.stop();
    assert!(world.kept().notices.is_empty());
    let log = std::fs::read_to_string(world.state_path().join("audit.log")).unwrap();
    assert!(log.contains("\"what\":\"notice_mailed\"") && !log.contains("olivia"), "{log}");
}

#[test]
fn r71_a_notice_survives_forty_days_offline_and_a_boot_and_says_how_long_ago_it_was() {
    // Nobody listens there: whatever is sent waits.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = nobody.local_addr().unwrap().port();
    drop(nobody);
    let server = MailServer::start("250 ok");
    let world = world(port, &server.roots, "");
    world.adds("\n[clock]\nsource = \"never-set\"");
    let recorder = world.recorder();
    let login = recorder.set_up();
    let body = json!({"password": OLD, "email": OTHER});
    assert_eq!(recorder.network.post("/api/v0/address", Some(&login), &body).status, 200);
    assert_eq!(waiting(&recorder), "resetkit_notices_waiting 2", "the old address and the new one");
    let login = recorder.log_in(OLD).json()["token"].as_str().unwrap().to_owned();
    waits_until(|| {
        let ready = recorder.network.get("/api/v0/readiness", Some(&login)).json();
        ready["ways"][0]["reason"] == "mail-failed" || ready["ways"][0]["reason"] == "address-not-tried"
    });
    recorder.clock.move_ahead(Duration::from_secs(40 * 24 * 3600));
    assert_eq!(waiting(&recorder), "resetkit_notices_waiting 2", "nothing is given up");
    // Any later write keeps the time that the device has run.
    let off = |on: bool| {
        let login = recorder.log_in(OLD).json()["token"].as_str().unwrap().to_owned();
        recorder.network.post("/api/v0/methods/email", Some(&login), &json!({"on": on})).status
    };
    assert_eq!((off(false), off(true)), (200, 200));
    recorder.stop();
    let site = std::fs::read_to_string(world.path("site.toml")).unwrap();
    let site = site.replace(&format!("port = {port}"), &format!("port = {}", server.port));
    std::fs::write(world.path("site.toml"), site).unwrap();
    let recorder = world.recorder();
    let (first, second) = (server.mail(), server.mail());
    let mut to = [first.recipients.concat(), second.recipients.concat()];
    to.sort();
    assert_eq!(to, [format!("RCPT TO:<{EMAIL}>"), format!("RCPT TO:<{OTHER}>")]);
    let words = words(&first);
    assert!(words.contains("about 960 running hours before this mail"), "{words}");
    waits_until(|| waiting(&recorder) == "resetkit_notices_waiting 0");
}

#[test]
fn r63_when_a_reset_is_followed_by_another_address_the_old_contact_is_told_in_other_words() {
    let server = MailServer::start("250 ok");
    let world = world(server.port, &server.roots, "");
    let recorder = world.recorder();
    recorder.set_up();
    resets(&recorder, &server);
    assert!(words(&server.mail()).contains("was reset"));
    let login = recorder.log_in(NEW).json()["token"].as_str().unwrap().to_owned();
    let body = json!({"password": NEW, "email": OTHER});
    assert_eq!(recorder.network.post("/api/v0/address", Some(&login), &body).status, 200);
    let both = [server.mail(), server.mail()];
    let old = both.iter().find(|mail| mail.recipients.concat().contains(EMAIL)).expect("the old contact is told");
    assert!(words(old).contains("somebody else may be taking the device over"), "{}", words(old));
    assert!(both.iter().any(|mail| mail.recipients.concat().contains(OTHER)));
}

#[test]
fn r71_one_mailbox_that_does_not_exist_keeps_no_other_notice_back() {
    let server = MailServer::start("550 5.1.1 no such user");
    let world = world(server.port, &server.roots, "");
    let recorder = world.recorder();
    let login = recorder.set_up();
    let body = json!({"password": OLD, "email": OTHER});
    assert_eq!(recorder.network.post("/api/v0/address", Some(&login), &body).status, 200);
    waits_until(|| waiting(&recorder) == "resetkit_notices_waiting 0");
    assert!(server.has_none());
    let log = std::fs::read_to_string(world.state_path().join("audit.log")).unwrap();
    assert!(log.contains("notice_not_mailed") && log.contains("E-412"), "{log}");
}

#[test]
fn r91_a_german_device_writes_in_german() {
    let server = MailServer::start("250 ok");
    let world = world(server.port, &server.roots, "language = \"de\"");
    let recorder = world.recorder();
    let login = recorder.set_up();
    let body = json!({"password": OLD, "email": OTHER});
    assert_eq!(recorder.network.post("/api/v0/address", Some(&login), &body).status, 200);
    let words = words(&server.mail());
    assert!(words.contains("E-Mail-Adresse") && !words.contains("[notice"), "{words}");
}
