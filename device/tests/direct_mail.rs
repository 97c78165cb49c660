//! Codes that the device mails itself, with the real method in its worker and a server on loopback.

use std::os::unix::fs::OpenOptionsExt;

use serde_json::json;

use crate::support::mail_server::MailServer;
use crate::support::recorder::{EMAIL, NEW, OLD, World};
use crate::support::trace;

fn world(server: &MailServer, login: &str) -> World {
    let site = format!(
        "[overrides.profile.facts]\nnetwork_up = true\n[connections.smtp]\nhost = \"localhost\"\nport = {}\n\
         from = \"recorder@mail.example\"\nca_file = \"roots.pem\"\n{login}",
        server.port
    );
    let world = World::with_methods(&["email"], &format!("\n{site}"));
    std::fs::write(world.path("roots.pem"), &server.roots).unwrap();
    let secret = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(world.path("secret"));
    std::io::Write::write_all(&mut secret.unwrap(), b"mail password\n").unwrap();
    world
}

#[test]
fn r15_r65_r70_the_device_mails_its_code_to_the_address_on_file_and_keeps_it_nowhere() {
    let server = MailServer::start("250 2.1.5 ok");
    let world = world(&server, "user = \"me\"\npassword_file = \"secret\"\n");
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.opens(&recorder.network);
    reset.does(&json!({"event": "acknowledge"}));
    let mail = server.mail();
    assert_eq!(mail.recipients, [format!("RCPT TO:<{EMAIL}>")], "R65");
    assert!(mail.login.starts_with("AUTH PLAIN "), "{mail:?}");
    let (_, body) = mail.octets.split_once("\r\n\r\n").unwrap();
    let at = |text: &str| body.find(text).unwrap_or_else(|| panic!("{text} in {body}"));
    assert!(at("4-channel recorder") < at("0001") && at("0001") < at(&mail.code()), "F16: {body}");
    assert!(!body.contains("[mail-"), "every text has its words: {body}");

    let view = reset.waits_for(|view| view["step"] == "enter-code" && view["shown"].is_object());
    assert_eq!(view["request"], "0001");
    let code = mail.code();
    let bare: String = code.chars().filter(|c| *c != '-').collect();
    for place in [view.to_string(), String::from_utf8_lossy(&trace::said()).into_owned(), every_file(&world)] {
        assert!(!place.contains(&code) && !place.contains(&bare), "R15: the code is in {place}");
        assert!(!place.contains("mail password"), "R15: the password is in {place}");
    }
    assert_eq!(reset.types(&code)["step"], "choose-new-password");
    assert_eq!(reset.sets(NEW)["step"], "done");
    assert!(recorder.accepts(NEW) && !recorder.accepts(OLD));
}

#[test]
fn r64_a_full_mailbox_is_said_the_code_is_void_and_the_way_goes_on() {
    let server = MailServer::start("552 5.2.2 mailbox full");
    let world = world(&server, "");
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.opens(&recorder.network);
    reset.does(&json!({"event": "acknowledge"}));
    let view = reset.waits_for(|view| view["failure"]["code"] == "E-410");
    // Once there is room again, the same way may be tried again.
    assert_eq!((&view["step"], &view["offers"][0]["method"]), (&json!("choose-method"), &json!("email")), "{view:#}");
    assert!(server.has_none());
    recorder.stop();
    assert!(world.kept().sessions.is_empty(), "nobody has that code, so nothing waits for it");
}

#[test]
fn r67_without_a_server_or_with_an_open_password_file_mail_is_not_offered_and_the_reason_is_shown() {
    let server = MailServer::start("250 ok");
    let world = world(&server, "user = \"me\"\npassword_file = \"secret\"\n");
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    std::fs::set_permissions(world.path("secret"), open).unwrap();
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.opens(&recorder.network);
    let view = reset.view();
    assert_eq!(view["step"], "support", "{view:#}");
    assert_eq!(view["withheld"][0]["method"], "email");
    let reason = view["withheld"][0]["code"].clone();
    recorder.stop();
    let nothing = World::with_methods(&["email"], "\n[overrides.profile.facts]\nnetwork_up = true");
    let recorder = nothing.recorder();
    recorder.set_up();
    let view = recorder.opens(&recorder.network).view();
    assert_eq!(view["withheld"][0]["code"], reason, "{view:#}");
}

fn every_file(world: &World) -> String {
    let folder = std::fs::read_dir(world.state_path()).unwrap();
    let files = folder.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    files.map(|path| String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned()).collect()
}
