//! The mail arrives: ways to log in, ways to secure, and what stands on the wire.

use mail_parser::{HeaderValue, MessageParser};
use resetkit_contract::abi::{RNone, RSome};
use resetkit_contract::{Mechanism, MethodOutput, Part};
use resetkit_method_email::texts;

use crate::play::{CODE, OWNER, Outcome, Setting, play};

/// The mail after the dots were taken away; every octet of it is checked on the way (F21).
pub(crate) fn strict(wire: &[u8]) -> String {
    let text = std::str::from_utf8(wire).expect("a mail is text");
    assert!(text.is_ascii(), "the mail is seven bits wide");
    assert!(!text.contains('\0'));
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "no bare CR, no bare LF");
    let text = text.strip_suffix(".\r\n").unwrap();
    let mut out = String::new();
    for line in text.split_inclusive("\r\n") {
        assert!(line.len() <= 1000 && line != ".\r\n", "{line:?}");
        out.push_str(line.strip_prefix('.').unwrap_or(line));
    }
    out
}

/// Header names in order; a folded line belongs to the one before.
pub(crate) fn header_names(mail: &str) -> Vec<String> {
    let head = mail.split("\r\n\r\n").next().unwrap();
    let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
    lines
        .map(|line| {
            let (name, _) = line.split_once(':').unwrap_or_else(|| panic!("no header: {line:?}"));
            assert!(name.bytes().all(|b| b.is_ascii_graphic()), "{name:?}");
            name.to_ascii_lowercase()
        })
        .collect()
}

pub(crate) fn happily(setting: Setting) -> Outcome {
    play(setting, |server| {
        server.starttls()?;
        server.let_in()?;
        server.take_mail()
    })
}

#[test]
fn r67_r69_starttls_then_log_in_then_one_mail_to_one_mailbox() {
    let outcome = happily(Setting::new());
    assert!(outcome.delivered());
    let heard = &outcome.heard;
    assert_eq!(heard.clear, ["EHLO recorder.home.example", "STARTTLS"], "nothing else is said in clear");
    let verbs: Vec<_> = heard.secure.iter().map(|line| line.split([' ', ':']).next().unwrap()).collect();
    assert_eq!(verbs, ["EHLO", "AUTH", "MAIL", "RCPT", "DATA", "QUIT"]);
    assert_eq!(heard.secure[3], format!("RCPT TO:<{OWNER}>"));
    let secret = data_encoding::BASE64.encode(b"\0recorder\0wonderland");
    assert_eq!(heard.secure[1], format!("AUTH PLAIN {secret}"));
    let mail = strict(&heard.mail);
    let expected = [
        "from",
        "to",
        "subject",
        "message-id",
        "auto-submitted",
        "mime-version",
        "content-type",
        "content-transfer-encoding",
    ];
    let mut names = header_names(&mail);
    names.sort();
    let mut expected = expected.map(str::to_owned);
    expected.sort();
    assert_eq!(names, expected, "without a clock the date is the submission server's to add (R68)");
    let mail = MessageParser::default().parse(mail.as_bytes()).unwrap();
    assert_eq!(mail.to().unwrap().first().unwrap().address(), Some(OWNER));
    assert_eq!(mail.from().unwrap().first().unwrap().address(), Some("recorder@home.example"));
    assert_eq!(mail.subject(), Some("Request 0042: password reset of nvr-4"));
    assert_eq!(mail.header("Auto-Submitted").and_then(HeaderValue::as_text), Some("auto-generated"));
    assert!(mail.message_id().unwrap().ends_with("@home.example"));
    assert!(mail.body_text(0).unwrap().contains(CODE));
    assert_eq!((mail.parts.len(), mail.attachment_count()), (1, 0), "plain text and nothing else");
}

#[test]
fn r1_a_code_is_asked_for_only_when_the_server_has_let_the_device_in() {
    let outcome = happily(Setting::new());
    let place = |wanted: fn(&MethodOutput) -> bool| outcome.outputs.iter().position(wanted).unwrap();
    let secured = place(
        |output| matches!(output, MethodOutput::Show(view) if view.parts.iter().any(|part| matches!(part, Part::Progress { label, .. } if label.id == texts::STEP_CODE))),
    );
    let asked = place(|output| matches!(output, MethodOutput::AskDelivery { .. }));
    assert!(secured < asked);
    assert_eq!(outcome.codes_asked(), 1);
}

#[test]
fn the_screen_tells_who_took_the_mail_and_when_and_never_the_code_or_the_address() {
    let outcome = happily(Setting::new());
    let view = outcome.last_view();
    let Part::Paragraph(text) = &view.parts[0] else { panic!("{view:?}") };
    assert_eq!(text.id, texts::ACCEPTED_AFTER);
    for part in [Part::RequestNumber("0042".into()), Part::MinutesLeft(60), Part::TriesLeft(5)] {
        assert!(view.parts.contains(&part), "{part:?}");
    }
    let outcome = happily(Setting { clock: RSome(1_830_297_600 + 14 * 3600 + 5 * 60), ..Setting::new() });
    let Part::Paragraph(text) = &outcome.last_view().parts[0] else { panic!("{:?}", outcome.last_view()) };
    assert_eq!(
        (text.id.as_str(), &text.args[1].value),
        (texts::ACCEPTED_AT, &resetkit_contract::ArgValue::Words("14:05 UTC".into()))
    );
    let mail = strict(&outcome.heard.mail);
    assert!(mail.contains("Date: Sat, 01 Jan 2028 14:05:0"), "{mail}");
    let said = format!("{:?}", outcome.outputs);
    for secret in [CODE, OWNER, "wonderland"] {
        assert!(!said.contains(secret), "{secret} on the screen or in the log (R15)");
    }
}

#[test]
fn r67_implicit_tls_with_every_mechanism_of_the_settings_and_with_none() {
    for mechanism in [Mechanism::Plain, Mechanism::LoginCommand, Mechanism::XOauth2] {
        let outcome = play(Setting::new().implicit().login(mechanism), move |server| {
            server.tls()?;
            server.say("220-mail.example\r\n220 ready\r\n")?;
            server.answer("EHLO ", "250-mail.example\r\n250-SIZE 1000000\r\n250 AUTH PLAIN LOGIN XOAUTH2\r\n")?;
            match mechanism {
                Mechanism::Plain => drop(server.answer("AUTH PLAIN ", "235 in\r\n")?),
                Mechanism::LoginCommand => {
                    server.answer("AUTH LOGIN", "334 VXNlcm5hbWU6\r\n")?;
                    server.answer(&data_encoding::BASE64.encode(b"recorder"), "334 UGFzc3dvcmQ6\r\n")?;
                    server.answer(&data_encoding::BASE64.encode(b"wonderland"), "235 in\r\n")?;
                }
                Mechanism::XOauth2 => {
                    let bearer = data_encoding::BASE64.encode(b"user=recorder\x01auth=Bearer wonderland\x01\x01");
                    server.answer(&format!("AUTH XOAUTH2 {bearer}"), "235-in\r\n235 really\r\n")?;
                }
            }
            server.take_mail()
        });
        assert!(outcome.delivered() && outcome.heard.clear.is_empty(), "{mechanism:?}: {:?}", outcome.outputs);
    }
    let mut setting = Setting::new();
    setting.peer.login = RNone;
    let outcome = play(setting, |server| {
        server.starttls()?;
        server.answer("EHLO ", "250 mail.example\r\n")?;
        server.take_mail()
    });
    assert!(outcome.delivered());
}

#[test]
fn answers_of_many_lines_are_one_answer() {
    let outcome = play(Setting::new(), |server| {
        server.say("220-mail.example\r\n220-No unwanted mail\r\n220 here\r\n")?;
        server.answer("EHLO ", "250-mail.example\r\n250-SIZE 1\r\n250-STARTTLS\r\n250 HELP\r\n")?;
        server.answer("STARTTLS", "220-2.0.0 go\r\n220 2.0.0 on\r\n")?;
        server.tls()?;
        server.answer("EHLO ", "250-mail.example\r\n250-AUTH=PLAIN\r\n250-AUTH PLAIN\r\n250 OK\r\n")?;
        server.answer("AUTH PLAIN ", "235-in\r\n235 in\r\n")?;
        server.answer("MAIL FROM:<", "250-2.1.0 one\r\n250 2.1.0 two\r\n")?;
        server.answer("RCPT TO:<", "250-2.1.5 one\r\n250 2.1.5 two\r\n")?;
        server.answer("DATA", "354-go\r\n354 on\r\n")?;
        server.hear_mail()?;
        server.say("250-2.0.0 queued\r\n250 2.0.0 as 4711\r\n")
    });
    assert!(outcome.delivered(), "{:?}", outcome.outputs);
}
