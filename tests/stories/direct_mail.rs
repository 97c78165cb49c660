//! R67: the device mails its code by itself, through a real Postfix with TLS and a log-in; a server without TLS and one that
//! says nothing lead on. The method runs in its worker, over a connection that the daemon handed over.
#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::fs;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use kit::mta::{HOST, Impostor, MAILBOX, PASSWORD, Postfix, USER};
use kit::process::children_of;
use kit::real::{Real, real};
use kit::stage::Stage;
use kit::world::{Act, World};

use crate::{NEW, OLD};

/// A recorder whose own mail goes to this port of this machine.
fn recorder_with(story: &str, port: u16, security: &str, authority: Option<PathBuf>) -> Stage<Real> {
    let stage = real(story);
    stage.with(|world| {
        let secret = world.files().join("mail-password");
        let file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&secret);
        std::io::Write::write_all(&mut file.unwrap(), PASSWORD.as_bytes()).unwrap();
        let place = world.files().join("recorder/site.toml");
        let mut site: toml::Table = fs::read_to_string(&place).unwrap().parse().unwrap();
        let mut smtp = toml::Table::new();
        for (key, value) in [
            ("host", HOST),
            ("security", security),
            ("from", "recorder@home.example"),
            ("user", USER),
            ("auth", "plain"),
            ("password_file", secret.to_str().unwrap()),
        ] {
            smtp.insert(key.into(), value.into());
        }
        smtp.insert("port".into(), i64::from(port).into());
        if let Some(authority) = authority {
            smtp.insert("ca_file".into(), authority.to_str().unwrap().into());
        }
        site.insert("connections".into(), toml::Table::from_iter([("smtp".to_owned(), smtp.into())]).into());
        fs::write(&place, site.to_string()).unwrap();
        // The settings are read when it comes up.
        world.power_cut();
    });
    stage.owner().sets_up(OLD, MAILBOX);
    stage
}

fn asks_for_a_mail(stage: &Stage<Real>) {
    stage.owner().asks_to_reset();
    stage.owner().does(&Act::Acknowledge);
    stage.owner().goes_another_way("email");
}

/// The code in a mail as it lies in the mailbox, quoted-printable or not: the last word of the form 3-3-3.
fn code_in(mail: &str) -> String {
    let is_code = |word: &&str| {
        let groups: Vec<_> = word.split('-').collect();
        groups.len() == 3
            && groups.iter().all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_alphanumeric()))
    };
    mail.split_whitespace().rfind(is_code).unwrap_or_else(|| panic!("no code in {mail}")).to_owned()
}

#[test]
fn r67_r69_a_real_postfix_takes_the_mail_by_starttls_and_by_implicit_tls_and_the_code_opens_the_way() {
    let postfix = Postfix::start();
    for (security, port) in [("starttls", postfix.starttls), ("implicit", postfix.implicit)] {
        let story = format!("direct_mail_{security}");
        let stage = recorder_with(&story, port, security, Some(postfix.authority()));
        asks_for_a_mail(&stage);
        stage.screen().shows("enter-code");
        r47_the_worker_stays_within_its_manifest(stage.with(|world| world.recorder_pid()));
        let mail = postfix.take_mail();
        let head = mail.split("\n\n").next().unwrap();
        for line in ["To: owner@home.example", "From: recorder@home.example", "Auto-Submitted: auto-generated"] {
            assert!(head.contains(line), "{line} in {head}");
        }
        assert!(head.contains("Date: ") && head.contains("Message-ID: <"), "{head}");
        assert!(head.contains("Content-Type: text/plain; charset=utf-8"), "{head}");
        stage.owner().types(&code_in(&mail));
        stage.owner().replaces_password(OLD, NEW);
        stage.device().has_written_nowhere(&[PASSWORD]);
        r71_the_owner_is_told_of_it(&postfix.take_mail());
    }
    let log = postfix.log();
    assert!(log.matches(&format!("sasl_method=PLAIN, sasl_username={USER}")).count() >= 2, "{log}");
}

/// The device mails by itself what happened (REQUIREMENTS 5.10): no code, no password, no address to follow.
fn r71_the_owner_is_told_of_it(notice: &str) {
    let words = notice.replace("=\n", "");
    assert!(words.contains("Auto-Submitted: auto-generated") && words.contains("Subject: Notice "), "{words}");
    assert!(words.contains("The password of this device was reset"), "{words}");
    for never in [NEW, OLD, PASSWORD, "http"] {
        assert!(!words.contains(never), "{never}: {words}");
    }
}

/// After TLS, the log-in and the mail: what counts against the limit (private memory that can be written), and all of it.
fn r47_the_worker_stays_within_its_manifest(recorder: u32) {
    const LIMIT_KIB: u64 = 16 * 1024;
    assert!(include_str!("../../methods-email/method.toml").contains("memory_mib = 16"), "the limit of the manifest");
    let workers = children_of(recorder);
    let [worker] = workers[..] else { panic!("one method runs, not {workers:?}") };
    let status = fs::read_to_string(format!("/proc/{worker}/status")).unwrap();
    let kib = |key: &str| -> u64 {
        let line = status.lines().find_map(|line| line.strip_prefix(key)).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    };
    println!("worker of `email`: {} KiB private, {} KiB at most in RAM", kib("VmData:"), kib("VmHWM:"));
    assert!(kib("VmData:") < LIMIT_KIB / 2, "no mail may need more than half of what it is allowed: {status}");
}

#[test]
fn r67_a_server_without_tls_hears_hello_and_nothing_more_and_the_owner_is_led_on() {
    let server = Impostor::without_tls();
    let stage = recorder_with("direct_mail_stripped", server.port, "starttls", None);
    asks_for_a_mail(&stage);
    stage.screen().tells("E-409");
    let heard = server.heard();
    assert!(heard.len() <= 1 && heard.iter().all(|line| line.starts_with("EHLO")), "no log-in in clear: {heard:?}");
    leads_on(&stage);
}

#[test]
fn a_server_that_falls_silent_ends_in_time_and_the_owner_is_led_on() {
    let server = Impostor::silent();
    let stage = recorder_with("direct_mail_silent", server.port, "starttls", None);
    asks_for_a_mail(&stage);
    stage.screen().tells("E-408");
    assert!(server.heard().iter().all(String::is_empty), "nobody greeted, nothing is said: {:?}", server.heard());
    leads_on(&stage);
}

/// Something is left to do, whatever the mail server did.
fn leads_on(stage: &Stage<Real>) {
    let screen = stage.screen().now();
    let trouble = screen.trouble.as_ref().expect("the reason stands there");
    assert!(!trouble.next_step.is_empty());
    assert!(screen.offers.iter().any(|method| method != "email") || screen.step == "enter-code", "{screen:?}");
}
