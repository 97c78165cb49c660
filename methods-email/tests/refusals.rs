//! Servers that refuse, break off, say nothing, or say it slowly; and what the owner and the engine hear of it.

use resetkit_contract::{Mechanism, MethodOutput};
use resetkit_method_email::{HAND_WITHIN_MS, JOIN_WITHIN_MS};

use crate::play::{Outcome, Setting, play};
use crate::server::{Gone, Server};

fn refused(outcome: &Outcome, code: &str, codes_asked: usize, what: &str) {
    assert_eq!(outcome.failure(), Some(code), "{what}: {:?}", outcome.outputs);
    assert!(!outcome.delivered(), "{what}");
    assert_eq!(outcome.codes_asked(), codes_asked, "{what}: codes drawn");
    let last = outcome.outputs.last().unwrap();
    assert!(matches!(last, MethodOutput::Fail { .. }), "{what}: {last:?}");
}

#[test]
fn r67_a_server_that_hides_starttls_or_will_not_begin_it_is_refused_without_a_word_more() {
    let stripped = play(Setting::new(), |server| {
        server.say("220 mail.example ESMTP\r\n")?;
        server.answer("EHLO ", "250-mail.example\r\n250 AUTH PLAIN\r\n")?;
        server.hear().map(drop)
    });
    refused(&stripped, "smtp-not-secure", 0, "stripped");
    assert_eq!(stripped.heard.clear.len(), 1, "no log-in in clear: {:?}", stripped.heard);
    for answer in ["454 4.7.0 not now\r\n", "502 what?\r\n", "250 as you like\r\n"] {
        let outcome = play(Setting::new(), move |server| {
            server.say("220 mail.example\r\n")?;
            server.answer("EHLO ", "250-mail.example\r\n250 STARTTLS\r\n")?;
            server.answer("STARTTLS", answer)?;
            server.hear().map(drop)
        });
        refused(&outcome, "smtp-not-secure", 0, answer);
        assert_eq!(outcome.heard.clear.len(), 2, "{answer}");
    }
}

#[test]
fn r67_what_somebody_adds_in_clear_before_tls_never_passes_for_the_server() {
    for added in ["250-mail.example\r\n250 AUTH PLAIN\r\n", "235 in\r\n", "\x16\x03\x01", "x"] {
        let outcome = play(Setting::new(), move |server| {
            server.say("220 mail.example\r\n")?;
            server.answer("EHLO ", "250-mail.example\r\n250 STARTTLS\r\n")?;
            server.answer("STARTTLS", &format!("220 go on\r\n{added}"))?;
            server.time_goes_on();
            let _ = server.tls();
            Ok(())
        });
        assert!(outcome.heard.secure.is_empty(), "{added:?}");
        assert!(outcome.failure().is_some() && outcome.codes_asked() == 0, "{added:?}: {:?}", outcome.outputs);
    }
}

#[test]
fn r67_a_server_that_speaks_in_clear_where_tls_is_due_is_refused() {
    let outcome = play(Setting::new().implicit(), |server| {
        server.say("220 mail.example\r\n250 hello\r\n")?;
        server.fall_silent()
    });
    refused(&outcome, "smtp-not-secure", 0, "clear text on the port for TLS");
}

/// Plays to the end, but says or does this at one place.
fn with_trouble_at(
    place: &'static str,
    trouble: fn(&mut Server, &'static str) -> Result<(), Gone>,
    answer: &'static str,
) -> Outcome {
    play(Setting::new(), move |server| {
        let here = |server: &mut Server, at: &str, good: &str| -> Result<(), Gone> {
            if at == place { trouble(server, answer) } else { server.say(good) }
        };
        here(server, "greeting", "220 mail.example\r\n")?;
        server.hear()?;
        here(server, "clear EHLO", "250-mail.example\r\n250 STARTTLS\r\n")?;
        server.hear()?;
        here(server, "STARTTLS", "220 go\r\n")?;
        if place == "handshake" {
            return trouble(server, answer);
        }
        server.tls()?;
        server.hear()?;
        here(server, "EHLO", "250-mail.example\r\n250 AUTH PLAIN\r\n")?;
        server.hear()?;
        here(server, "AUTH", "235 in\r\n")?;
        server.hear()?;
        here(server, "MAIL", "250 ok\r\n")?;
        server.hear()?;
        here(server, "RCPT", "250 ok\r\n")?;
        server.hear()?;
        here(server, "DATA", "354 go\r\n")?;
        server.hear_mail()?;
        here(server, "mail", "250 queued\r\n")?;
        server.hear().map(drop)
    })
}

const BEFORE_THE_CODE: [&str; 6] = ["greeting", "clear EHLO", "STARTTLS", "handshake", "EHLO", "AUTH"];
const WITH_THE_CODE: [&str; 4] = ["MAIL", "RCPT", "DATA", "mail"];

#[test]
fn f_silence_at_any_step_ends_in_time_and_costs_no_code_before_the_log_in() {
    for place in BEFORE_THE_CODE {
        let outcome = with_trouble_at(place, |server, _| server.fall_silent(), "");
        refused(&outcome, "smtp-unreachable", 0, place);
        assert!((JOIN_WITHIN_MS..JOIN_WITHIN_MS + 1_000).contains(&outcome.took_ms), "{place}: {}", outcome.took_ms);
    }
    for place in WITH_THE_CODE {
        let outcome = with_trouble_at(place, |server, _| server.fall_silent(), "");
        refused(&outcome, "smtp-unreachable", 1, place);
        assert!((HAND_WITHIN_MS..HAND_WITHIN_MS + 1_000).contains(&outcome.took_ms), "{place}: {}", outcome.took_ms);
    }
}

#[test]
fn a_server_that_hangs_up_at_any_step_is_no_answer() {
    for place in BEFORE_THE_CODE {
        refused(&with_trouble_at(place, |_, _| Err(Gone), ""), "smtp-unreachable", 0, place);
    }
    for place in WITH_THE_CODE {
        refused(&with_trouble_at(place, |_, _| Err(Gone), ""), "smtp-unreachable", 1, place);
    }
}

#[test]
fn a_slow_drip_does_not_lengthen_the_wait() {
    let drip = |server: &mut Server, _: &'static str| {
        for octet in "220-".bytes().chain(std::iter::repeat(b'x')) {
            server.drip(octet)?;
            std::thread::yield_now();
        }
        Ok(())
    };
    let outcome = with_trouble_at("greeting", drip, "");
    refused(&outcome, "smtp-unreachable", 0, "drip");
    assert!(outcome.took_ms < JOIN_WITHIN_MS + 1_000);
}

#[test]
fn nonsense_and_answers_without_end_are_no_answer() {
    for nonsense in ["hello?\r\n", "999 x\r\n", "220\n", "\0\0\0\r\n", "2\u{e9}0 x\r\n"] {
        let answer: &'static str = nonsense;
        let outcome = with_trouble_at("EHLO", |server, answer| server.say(answer), answer);
        assert_eq!(outcome.failure(), Some("smtp-unreachable"), "{nonsense:?}");
    }
    let endless = |server: &mut Server, _: &'static str| {
        loop {
            server.say("250-and another thing\r\n")?;
        }
    };
    refused(&with_trouble_at("EHLO", endless, ""), "smtp-unreachable", 0, "endless");
    // A positive answer of the wrong kind has done nothing.
    refused(
        &with_trouble_at("mail", |server, answer| server.say(answer), "354 more\r\n"),
        "smtp-unreachable",
        1,
        "354",
    );
}

#[test]
fn what_the_server_says_no_with_has_a_class_at_every_command() {
    for (place, answer, code, codes_asked) in [
        ("greeting", "421 later\r\n", "smtp-refused", 0),
        ("greeting", "554 no\r\n", "smtp-refused", 0),
        ("EHLO", "550 no\r\n", "smtp-refused", 0),
        ("AUTH", "535 5.7.8 no\r\n", "smtp-login-refused", 0),
        ("AUTH", "454 4.7.0 later\r\n", "smtp-refused", 0),
        ("MAIL", "530 5.7.0 log in\r\n", "smtp-login-refused", 1),
        ("MAIL", "553 5.1.8 who are you\r\n", "smtp-refused", 1),
        ("MAIL", "451 later\r\n", "smtp-refused", 1),
        ("RCPT", "550 5.1.1 unknown\r\n", "mail-address-refused", 1),
        ("RCPT", "550-5.1.1 unknown\r\n550 5.1.1 still\r\n", "mail-address-refused", 1),
        ("RCPT", "550 unknown\r\n", "mail-address-refused", 1),
        ("RCPT", "452 4.2.2 full\r\n", "mailbox-full", 1),
        ("RCPT", "552 5.2.2 full\r\n", "mailbox-full", 1),
        ("RCPT", "552 full\r\n", "mailbox-full", 1),
        ("RCPT", "450 4.7.1 greylisted\r\n", "smtp-refused", 1),
        ("RCPT", "550 5.7.1 no relaying\r\n", "smtp-refused", 1),
        ("DATA", "451 later\r\n", "smtp-refused", 1),
        ("mail", "552 5.2.2 full\r\n", "mailbox-full", 1),
        ("mail", "554 5.7.1 unwanted\r\n", "smtp-refused", 1),
        ("mail", "451 4.3.0 later\r\n", "smtp-refused", 1),
    ] {
        let outcome = with_trouble_at(place, |server, answer| server.say(answer), answer);
        refused(&outcome, code, codes_asked, &format!("{place} {answer:?}"));
        let said = format!("{:?}", outcome.outputs);
        for word in ["greylisted", "relaying", "unknown", "later"] {
            assert!(!said.contains(&format!(" {word}")), "{said}: the server's own words go no further");
        }
    }
}

#[test]
fn a_refused_token_is_a_refused_log_in_after_the_empty_answer_that_fetches_the_code() {
    let reason = data_encoding::BASE64.encode(br#"{"status":"401","schemes":"bearer"}"#);
    let outcome = play(Setting::new().login(Mechanism::XOauth2), move |server| {
        server.starttls()?;
        server.answer("EHLO ", "250-mail.example\r\n250 AUTH XOAUTH2\r\n")?;
        server.answer("AUTH XOAUTH2 ", &format!("334 {reason}\r\n"))?;
        assert_eq!(server.hear()?, "");
        server.say("535 5.7.8 token over\r\n")
    });
    refused(&outcome, "smtp-login-refused", 0, "token");
}

#[test]
fn a_mechanism_that_the_server_does_not_offer_is_not_replaced_by_another() {
    for mechanism in [Mechanism::XOauth2, Mechanism::LoginCommand] {
        let outcome = play(Setting::new().login(mechanism), |server| {
            server.starttls()?;
            server.answer("EHLO ", "250-mail.example\r\n250 AUTH PLAIN\r\n")?;
            server.hear().map(drop)
        });
        refused(&outcome, "smtp-login-refused", 0, "mechanism");
        assert_eq!(outcome.heard.secure.len(), 1, "{:?}", outcome.heard);
    }
}
