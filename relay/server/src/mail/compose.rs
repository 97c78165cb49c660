//! One code mail. Device, purpose and request number first, the code last (5.10, F16); plain text first, then the same
//! in HTML without anything remote (R69). The same request gives the same octets each time.

use crate::brands::Face;
use crate::clock::UnixTime;
use crate::secrets::{Digest32, NotMeToken};
use crate::store::Device;
use lettre::address::Envelope;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use minijinja::value::Serde;
use minijinja::{Value, context};
use resetkit_config::Texts;
use resetkit_protocol::{Address, CodeOctets, CodeStyle, Header, Locale, Purpose};
use serde::{Serialize, Serializer};
use zeroize::Zeroizing;

/// Everything one mail says.
pub struct Letter<'a> {
    /// Whose look and words.
    pub face: &'a Face,
    /// Which device.
    pub device: &'a Device,
    /// Which request.
    pub header: Header,
    /// Name of the request, for the Message-ID.
    pub digest: Digest32,
    /// Language of the device's screen.
    pub locale: Locale,
    /// The code.
    pub code: CodeOctets,
    /// How it is shown.
    pub style: CodeStyle,
    /// The one recipient.
    pub to: &'a Address,
    /// Address in `From`.
    pub from: &'a lettre::Address,
    /// When the request was accepted.
    pub date: UnixTime,
    /// How long a code lives on a device that stays switched on, in minutes.
    pub life_minutes: u16,
    /// For the *not me* link.
    pub not_me: NotMeToken,
    /// Start of that link.
    pub public_url: &'a str,
}

/// The lines of a mail, in their order.
#[derive(Serialize)]
struct Lines {
    subject: String,
    title: String,
    device: String,
    intro: String,
    rows: Vec<(String, String)>,
    how: String,
    warning: String,
    not_me: String,
    not_me_button: String,
    link: String,
    support: String,
    code_title: String,
    #[serde(serialize_with = "as_text")]
    code: Zeroizing<String>,
}

fn as_text<S: Serializer>(text: &Zeroizing<String>, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(text)
}

/// Builds the mail with exactly one recipient in its envelope (F9, R65).
///
/// # Errors
/// [`ComposeError`] if the address is none that mail servers know.
pub fn compose(letter: &Letter<'_>) -> Result<Message, ComposeError> {
    let to = recipient(letter.to)?;
    let envelope = Envelope::new(Some(letter.from.clone()), vec![to.clone()]).map_err(|_| ComposeError::Address)?;
    let lines = lines(letter);
    let id = data_encoding::HEXLOWER.encode(&letter.digest.0[..16]);
    let parts = MultiPart::alternative()
        .boundary(format!("resetkit-{id}"))
        .singlepart(SinglePart::plain(plain(&lines).to_string()))
        .singlepart(SinglePart::html(html(&lines, letter)?));
    Message::builder()
        .from(Mailbox::new(Some(letter.face.name.clone()), letter.from.clone()))
        .to(Mailbox::new(None, to))
        .subject(&lines.subject)
        .date(letter.date.system_time())
        .message_id(Some(format!("<{id}@{}>", letter.from.domain())))
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".into()))
        .envelope(envelope)
        .multipart(parts)
        .map_err(|_| ComposeError::Message)
}

/// Whether mail servers would know this address at all.
pub(crate) fn can_be_written_to(address: &Address) -> bool {
    recipient(address).is_ok()
}

/// Octet for octet the address that was sealed (R65, F10).
fn recipient(address: &Address) -> Result<lettre::Address, ComposeError> {
    let parsed: lettre::Address = address.expose().parse().map_err(|_| ComposeError::Address)?;
    let same: &str = parsed.as_ref();
    if same == address.expose() { Ok(parsed) } else { Err(ComposeError::Address) }
}

fn lines(letter: &Letter<'_>) -> Lines {
    let texts = letter.face.texts([letter.locale.as_str()]);
    let request = letter.header.request();
    let (model, label) = (letter.device.model.as_str(), letter.device.label.as_str());
    let about = [("request", (&request).into()), ("model", model.into()), ("label", label.into())];
    let purpose = match letter.header.purpose {
        Purpose::ConfirmAddress => "confirm",
        Purpose::Reset | Purpose::Notice | Purpose::Unlock => "reset",
    };
    let say = |id: &str| texts.get(id, &[]);
    let of_purpose = |part: &str| texts.get(&format!("mail-{purpose}-{part}"), &about);
    Lines {
        subject: one_line(&of_purpose("subject")),
        title: of_purpose("title"),
        device: name_device(texts, letter.device),
        intro: of_purpose("intro"),
        rows: vec![
            (say("mail-row-request"), format!("{request} ({})", say("mail-request-hint"))),
            (say("mail-row-purpose"), of_purpose("purpose")),
            (say("mail-row-life"), texts.get("mail-life", &[("minutes", letter.life_minutes.into())])),
        ],
        how: of_purpose("how"),
        warning: say("mail-warning"),
        not_me: say("mail-not-me"),
        not_me_button: say("mail-not-me-button"),
        link: format!("{}/n/{}", letter.public_url, letter.not_me.text()),
        support: say("mail-support"),
        code_title: say("mail-code-title"),
        code: letter.code.spoken(letter.style),
    }
}

fn name_device(texts: &Texts, device: &Device) -> String {
    let (model, label) = (device.model.as_str(), device.label.as_str());
    match &device.nickname {
        Some(name) => {
            let about = [("nickname", name.as_str().into()), ("model", model.into()), ("label", label.into())];
            texts.get("mail-device-named", &about)
        }
        None => texts.get("mail-device", &[("model", model.into()), ("label", label.into())]),
    }
}

/// A header's text never has a line end of its own (R66).
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn plain(lines: &Lines) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(2048));
    let mut paragraph = |text: &str| {
        out.push_str(text);
        out.push_str("\r\n\r\n");
    };
    paragraph(&lines.device);
    paragraph(&lines.intro);
    for (name, value) in &lines.rows {
        paragraph(&format!("{name}: {value}"));
    }
    paragraph(&lines.how);
    paragraph(&lines.warning);
    paragraph(&format!("{}\r\n{}", lines.not_me, lines.link));
    paragraph(&lines.support);
    out.push_str(&lines.code_title);
    out.push_str(":\r\n\r\n    ");
    out.push_str(&lines.code);
    out.push_str("\r\n");
    out
}

fn html(lines: &Lines, letter: &Letter<'_>) -> Result<String, ComposeError> {
    let mut environment = crate::web::templates();
    let colours = &letter.face.brand.colours;
    let view = context! {
        language => letter.face.texts([letter.locale.as_str()]).language().as_str(),
        brand => letter.face.name.as_str(),
        light => crate::web::palette(&colours.light),
        dark => crate::web::palette(&colours.dark),
        lines => Value::from(Serde(lines)),
    };
    environment
        .add_template("mail.html", include_str!("../../templates/mail.html"))
        .and_then(|()| environment.get_template("mail.html"))
        .and_then(|template| template.render(view))
        .map_err(|_| ComposeError::Message)
}

/// Why a mail cannot be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ComposeError {
    /// No mail server would know this address.
    #[error("the address is not one that mail can be sent to")]
    Address,
    /// The parts do not make a mail; only a broken template does that.
    #[error("the mail cannot be put together")]
    Message,
}
