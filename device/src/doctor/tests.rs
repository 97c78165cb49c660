use resetkit_config::{Brand, Texts};

use super::*;

/// Every word that a check can end with.
const WORDS: [(Check, &[&str]); 10] = [
    (Check::Link, &["ok", "down"]),
    (Check::Names, &["ok", "none", "unknown", "slow"]),
    (Check::Time, &["ok", "untrusted", "never-set"]),
    (Check::Relay, &["ok", "no-key"]),
    (Check::MailServer, &["ok", "none", "unusable", "failed"]),
    (Check::MailTls, &["ok", "none", "not-reached", "failed"]),
    (Check::MailLogIn, &["ok", "none", "not-reached", "failed"]),
    (Check::Button, &["ok", "none", "not-looked", "lost", "stuck", "waiting"]),
    (Check::Qr, &["ok", "none", "browser", "small", "too-small", "too-long"]),
    (Check::Storage, &["ok", "failed", "slow"]),
];

#[test]
fn r93_every_outcome_has_plain_words_and_every_trouble_a_next_step_in_each_language() {
    let brand = Brand::plain();
    for language in ["en", "de"] {
        let texts = Texts::load(&brand, language);
        for (check, words) in WORDS {
            let name = format!("doctor-{}", check.as_str());
            assert!(texts.speaks(&name), "{language} {name}");
            for word in words {
                let (own, any) = (format!("{name}-{word}"), format!("doctor-any-{word}"));
                assert!(texts.speaks(&own) || texts.speaks(&any), "{language} {own}");
                let calm =
                    ["ok", "none", "not-reached", "not-looked", "untrusted", "never-set", "browser"].contains(word);
                assert!(calm || texts.speaks(&format!("{own}-next")), "{language} {own}-next");
            }
        }
    }
}

#[test]
fn r88_a_button_is_sound_once_somebody_has_pressed_it() {
    assert_eq!(button(ButtonSeen::Pressed), Finding::ok(Check::Button));
    assert_eq!(button(ButtonSeen::Waiting).light, Some(Light::Amber));
    assert_eq!(button(ButtonSeen::Stuck).failure, Some(FailureKind::ButtonStuck));
    assert_eq!(button(ButtonSeen::None).light, None);
}
