//! The words of a code that a method carries: the brand's signed ones and the device's nickname, nothing else (R70).
//!
//! The same texts in the same order as the relay's mails: device, purpose and request number first, the code last (F16). What
//! only a relay can do, "not me", is not promised.

use resetkit_config::{DeviceConfig, Texts};
use resetkit_core::{Code, Counter, Purpose};
use resetkit_host::{Delivery, Hidden};
use resetkit_protocol::Nickname;
use zeroize::Zeroizing;

/// What the words are about.
pub(super) struct About<'a> {
    pub(super) request: Counter,
    pub(super) purpose: Purpose,
    pub(super) recipient: &'a str,
    pub(super) locale: &'a str,
    pub(super) tries_left: u8,
    pub(super) minutes_left: u16,
}

/// Composes what is handed over. The code stands in it twice, and is wiped with it.
pub(super) fn compose(config: &DeviceConfig, about: &About<'_>, code: &Code) -> Delivery {
    let texts = Texts::load(&config.brand, about.locale);
    let shown = code.display();
    Delivery {
        request: about.request.to_string().into(),
        recipient: about.recipient.into(),
        code: shown.expose().as_str().into(),
        subject: subject(config, &texts, about).into(),
        text: text(config, &texts, about, shown.expose()),
        tries_left: about.tries_left,
        minutes_left: about.minutes_left,
    }
}

fn word(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::ConfirmAddress => "confirm",
        Purpose::Reset | Purpose::Notice | Purpose::Unlock => "reset",
    }
}

/// A header's text never has a line end of its own (R66).
fn subject(config: &DeviceConfig, texts: &Texts, about: &About<'_>) -> String {
    let text = of_purpose(config, texts, about, "subject");
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn of_purpose(config: &DeviceConfig, texts: &Texts, about: &About<'_>, part: &str) -> String {
    let request = about.request.to_string();
    let args = [
        ("request", request.as_str().into()),
        ("model", config.profile.name_in(texts.language().as_str()).into()),
        ("label", label(config).into()),
    ];
    texts.get(&format!("mail-{}-{part}", word(about.purpose)), &args)
}

pub(crate) fn label(config: &DeviceConfig) -> &str {
    if config.site.label_last4.is_empty() { "0000" } else { &config.site.label_last4 }
}

pub(crate) fn device(config: &DeviceConfig, texts: &Texts) -> String {
    let about = [("model", config.profile.name_in(texts.language().as_str()).into()), ("label", label(config).into())];
    // What could be read as a message of its own is left out, as the relay does.
    match Nickname::parse(&config.site.nickname) {
        Ok(_) => {
            let name = [("nickname", config.site.nickname.as_str().into())];
            texts.get("mail-device-named", &name.into_iter().chain(about).collect::<Vec<_>>())
        }
        Err(_) => texts.get("mail-device", &about),
    }
}

fn text(config: &DeviceConfig, texts: &Texts, about: &About<'_>, code: &str) -> Hidden {
    let say = |id: &str| texts.get(id, &[]);
    let life = texts.get("mail-life", &[("minutes", about.minutes_left.into())]);
    let row = |id: &str, value: &str| format!("{}: {value}", say(id));
    let paragraphs = [
        device(config, texts),
        of_purpose(config, texts, about, "intro"),
        row("mail-row-request", &format!("{} ({})", about.request, say("mail-request-hint"))),
        row("mail-row-purpose", &of_purpose(config, texts, about, "purpose")),
        row("mail-row-life", &life),
        of_purpose(config, texts, about, "how"),
        say("mail-warning"),
        say("mail-not-me-direct"),
        say("mail-support"),
    ];
    let code_title = say("mail-code-title");
    // One allocation that is never moved: no copy of the code stays behind.
    let length = paragraphs.iter().map(|paragraph| paragraph.len() + 2).sum::<usize>() + code_title.len() + code.len();
    let mut text = Zeroizing::new(String::with_capacity(length + 16));
    for paragraph in &paragraphs {
        text.push_str(paragraph);
        text.push_str("\n\n");
    }
    text.push_str(&code_title);
    text.push_str(":\n\n    ");
    text.push_str(code);
    text.push('\n');
    std::mem::take(&mut *text).into()
}
