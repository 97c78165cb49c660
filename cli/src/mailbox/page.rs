//! How the mailbox looks. No script: the list reloads itself every three seconds.

use std::fmt::Write as _;

use super::store::Message;
use crate::clock;

const STYLE: &str = include_str!("mailbox.css");

/// The list of all mails, newest first.
pub(crate) fn list(messages: &[Message]) -> String {
    let mut rows = String::new();
    for message in messages.iter().rev() {
        let preview: String = message.text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(120).collect();
        let _ = write!(
            rows,
            "<li><a href=\"/mail/{}\"><span class=\"who\">{}</span><span class=\"when\">{}</span><b>{}</b><span class=\"preview\">{}</span></a></li>",
            message.number,
            escape(&message.from),
            ago(message.received),
            escape(if message.subject.is_empty() { "(no subject)" } else { &message.subject }),
            escape(&preview),
        );
    }
    let body = if rows.is_empty() {
        "<p class=\"empty\">No mail yet.<br><small>This page looks again every three seconds.</small></p>".to_owned()
    } else {
        format!(
            "<ul class=\"mails\">{rows}</ul><form method=\"post\" action=\"/clear\"><button>Delete all</button></form>"
        )
    };
    frame("Mailbox", "<meta http-equiv=\"refresh\" content=\"3\">", &body)
}

/// One mail.
pub(crate) fn mail(message: &Message) -> String {
    let body = format!(
        "<p><a href=\"/\">← All mails</a></p><article><h2>{}</h2><dl><dt>From</dt><dd>{}</dd><dt>To</dt><dd>{}</dd><dt>Date</dt><dd>{}</dd></dl><div class=\"text\">{}</div></article><p><a href=\"/mail/{}/raw\">As it came, with all headers</a></p>",
        escape(&message.subject),
        escape(&message.from),
        escape(&message.to.join(", ")),
        escape(&message.date),
        linked(&message.text),
        message.number,
    );
    frame(&message.subject, "", &body)
}

fn frame(title: &str, head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">{head}<title>{}</title><style>{STYLE}</style></head><body><header><h1>Mailbox</h1><p>Trial mails of this machine. Nothing leaves it.</p></header><main>{body}</main></body></html>",
        escape(title),
    )
}

/// Escapes text, and makes web addresses in it into links.
fn linked(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_inclusive(char::is_whitespace) {
        let address = word.trim_end();
        if address.starts_with("http://") || address.starts_with("https://") {
            let address = escape(address);
            let _ = write!(
                out,
                "<a href=\"{address}\" rel=\"noreferrer\">{address}</a>{}",
                escape(&word[word.trim_end().len()..])
            );
        } else {
            out.push_str(&escape(word));
        }
    }
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

fn ago(received: u64) -> String {
    match clock::unix_seconds().saturating_sub(received) {
        seconds @ 0..60 => format!("{seconds} s ago"),
        seconds @ 60..3600 => format!("{} min ago", seconds / 60),
        seconds => format!("{} h ago", seconds / 3600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_cannot_bring_markup_into_the_page() {
        let shown = linked("see <script>alert(1)</script> https://x.example/?a=\"><img> end");
        assert!(!shown.contains("<script") && !shown.contains("<img"), "{shown}");
        assert!(shown.contains("<a href=\"https://x.example/?a=&quot;&gt;&lt;img&gt;\""), "{shown}");
    }
}
