//! R66, F21: what may come in any field, and never gets out of it.

use mail_parser::MessageParser;
use proptest::prelude::*;
use resetkit_contract::abi::RSome;
use resetkit_contract::{Login, Mechanism};

use crate::mailing::{happily, header_names, strict};
use crate::play::{CODE, OWNER, Setting, play};

const NASTY: [&str; 12] = [
    "a\r\nBcc: thief@elsewhere.example",
    "a\nBcc: thief@elsewhere.example",
    "a\rBcc: thief@elsewhere.example",
    "a\r\n\r\n<html>body</html>",
    "a\r\n.\r\nMAIL FROM:<x@y.example>",
    "a\n.\nRCPT TO:<thief@elsewhere.example>",
    ".\r\n..\r\n.x",
    "\0null\0",
    "a\u{85}b\u{2028}c\u{7f}",
    "=?utf-8?q?Bcc:=20thief?=",
    "größe 数字 🔑 \u{202e}drow",
    "\u{1b}[2J\u{7}",
];

#[test]
fn r66_f21_no_subject_and_no_text_gets_out_of_its_place() {
    for nasty in NASTY.map(str::to_owned).into_iter().chain(["x".repeat(5_000), ". ".repeat(900)]) {
        let mut setting = Setting::new();
        setting.delivery.subject = nasty.as_str().into();
        setting.delivery.text = format!("{nasty}\n\n{CODE}\n{nasty}").into();
        let outcome = happily(setting);
        assert!(outcome.delivered(), "{nasty:?}: {:?}", outcome.outputs);
        assert_eq!(outcome.heard.secure.iter().filter(|line| line.starts_with("RCPT")).count(), 1);
        look_at(&outcome.heard.mail, &nasty);
    }
}

fn look_at(wire: &[u8], what: &str) {
    let mail = strict(wire);
    let names = header_names(&mail);
    assert_eq!(names.len(), 8, "{what:?}: {names:?}");
    let mail = MessageParser::default().parse(mail.as_bytes()).unwrap();
    assert_eq!(mail.to().unwrap().first().unwrap().address(), Some(OWNER));
    assert!(mail.bcc().is_none() && mail.cc().is_none());
    assert_eq!((mail.parts.len(), mail.attachment_count()), (1, 0));
    assert!(mail.body_text(0).unwrap().contains(CODE), "{what:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn r66_f21_any_text_at_all_stays_a_text(subject in ".*", text in proptest::collection::vec(any::<char>(), 0..400)) {
        let mut setting = Setting::new();
        setting.delivery.subject = subject.as_str().into();
        let text: String = text.into_iter().collect();
        setting.delivery.text = format!("{text}\n{CODE}\n").into();
        let outcome = happily(setting);
        prop_assert!(outcome.delivered());
        look_at(&outcome.heard.mail, &subject);
    }
}

#[test]
fn r65_f9_an_address_is_written_octet_for_octet_or_not_at_all() {
    for address in [
        "owner@home.example\r\nRCPT TO:<thief@elsewhere.example>",
        "owner@home.example>\r\nDATA",
        "owner@home.example, thief@elsewhere.example",
        "owner@home.example thief@elsewhere.example",
        "<owner@home.example>",
        "Owner <owner@home.example>",
        "owner@home.example\0",
        "owner\n@home.example",
        "\"ow\r\nner\"@home.example",
        "owner",
        "",
    ] {
        let mut setting = Setting::new();
        setting.delivery.recipient = address.into();
        let outcome = play(setting, |server| {
            server.starttls()?;
            server.let_in()?;
            server.hear().map(drop)
        });
        assert_eq!(outcome.failure(), Some("mail-address-refused"), "{address:?}");
        assert_eq!(outcome.heard.secure.len(), 2, "{address:?}: {:?}", outcome.heard);
    }
    for address in ["Owner+Reset@Home.EXAMPLE", "o'brien_x@home.example", "\"o.w..ner\"@home.example"] {
        let mut setting = Setting::new();
        setting.delivery.recipient = address.into();
        let outcome = happily(setting);
        assert!(outcome.delivered(), "{address}: {:?}", outcome.outputs);
        assert_eq!(outcome.heard.secure[3], format!("RCPT TO:<{address}>"), "stored form (R65, F10)");
    }
}

#[test]
fn r65_an_address_beyond_ascii_needs_a_server_that_takes_one() {
    let nonascii = || {
        let mut setting = Setting::new();
        setting.delivery.recipient = "größe@home.example".into();
        setting
    };
    let outcome = play(nonascii(), |server| {
        server.starttls()?;
        server.let_in()?;
        server.hear().map(drop)
    });
    assert_eq!(outcome.failure(), Some("mail-address-refused"));
    let outcome = play(nonascii(), |server| {
        server.starttls()?;
        server.answer("EHLO ", "250-mail.example\r\n250-SMTPUTF8\r\n250-8BITMIME\r\n250 AUTH PLAIN\r\n")?;
        server.answer("AUTH PLAIN ", "235 in\r\n")?;
        server.take_mail()
    });
    assert!(outcome.delivered());
    assert!(outcome.heard.secure[2].ends_with("> SMTPUTF8"), "{:?}", outcome.heard);
    assert_eq!(outcome.heard.secure[3], "RCPT TO:<größe@home.example>");
}

#[test]
fn r66_f21_settings_with_control_characters_are_not_said() {
    for mechanism in [Mechanism::Plain, Mechanism::LoginCommand, Mechanism::XOauth2] {
        for (user, secret) in [("re\0corder", "x"), ("recorder", "a\x01b"), ("recorder\r\n", "x"), ("recorder", "x\n")]
        {
            let mut setting = Setting::new();
            setting.peer.login = RSome(Login { mechanism, user: user.into(), secret: secret.into() });
            let outcome = play(setting, |server| {
                server.starttls()?;
                server.answer("EHLO ", "250-mail.example\r\n250 AUTH PLAIN LOGIN XOAUTH2\r\n")?;
                server.hear().map(drop)
            });
            assert_eq!(outcome.failure(), Some("smtp-login-refused"), "{mechanism:?} {user:?}");
            assert_eq!(outcome.heard.secure.len(), 1);
        }
    }
    for from in ["", "recorder", "a@b.example>\r\nRCPT TO:<x@y.example>", "A <a@b.example>"] {
        let mut setting = Setting::new();
        setting.peer.from = from.into();
        let outcome = play(setting, |server| {
            server.starttls()?;
            server.let_in()?;
            server.hear().map(drop)
        });
        assert_eq!(outcome.failure(), Some("smtp-not-set"), "{from:?}");
    }
    let mut setting = Setting::new();
    setting.peer.helo = "x\r\nMAIL FROM:<a@b.example>".into();
    let outcome = happily(setting);
    assert_eq!(outcome.heard.clear[0], "EHLO [127.0.0.1]");
    let mut setting = Setting::new();
    setting.peer.host = "mail.example\r\n".into();
    let outcome = play(setting, |server| server.hear().map(drop));
    assert_eq!(outcome.failure(), Some("smtp-not-set"));
}
