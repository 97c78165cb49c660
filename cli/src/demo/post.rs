//! The owner's mailbox, read over its JSON interface.

use std::time::Duration;

use serde_json::Value;

use super::http::Server;
use crate::clock;
use crate::failure::Failure;

/// How long a mail may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The mailbox.
pub(crate) struct Post(Server);

/// A mail with a code.
pub(crate) struct CodeMail {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) code: String,
    /// Who logged in at the mail server to send it.
    pub(crate) login: Option<String>,
}

impl Post {
    pub(crate) fn at(url: &str) -> Post {
        Post(Server::at(url))
    }

    pub(crate) fn count(&self) -> Result<usize, Failure> {
        Ok(self.messages()?.len())
    }

    /// Waits for the mail after the first `known` ones that holds a code.
    pub(crate) fn code_after(&self, known: usize) -> Result<CodeMail, Failure> {
        let since = clock::moment();
        loop {
            if let Some(mail) = self.messages()?.get(known..).and_then(|new| new.iter().find_map(code_mail)) {
                return Ok(mail);
            }
            if since.elapsed() > PATIENCE {
                return Err(Failure::new(
                    "No mail with a code came within 30 seconds.",
                    "Start the demo with `--keep DIR` and read DIR/logs/relay.log.",
                ));
            }
            crate::clock::pause(Duration::from_millis(25));
        }
    }

    /// Throws everything away.
    pub(crate) fn clear(&self) -> Result<(), Failure> {
        self.0.delete("/api/messages").map(drop)
    }

    fn messages(&self) -> Result<Vec<Value>, Failure> {
        Ok(self.0.get("/api/messages", None)?.json().as_array().cloned().unwrap_or_default())
    }
}

fn code_mail(message: &Value) -> Option<CodeMail> {
    let text = |key: &str| message[key].as_str().unwrap_or_default().to_owned();
    let code = code_in(&text("text"))?;
    Some(CodeMail {
        from: text("from"),
        to: message["to"][0].as_str().unwrap_or_default().to_owned(),
        subject: text("subject"),
        text: text("text"),
        code,
        login: message["login"].as_str().map(str::to_owned),
    })
}

/// The last word of the mail that is written like a code: 3-3-3 or 4-4-5.
fn code_in(text: &str) -> Option<String> {
    let like_code = |word: &&str| {
        let parts: Vec<_> = word.split('-').map(str::len).collect();
        let signs = word.chars().all(|c| c == '-' || c.is_ascii_uppercase() || c.is_ascii_digit());
        signs && (parts == [3, 3, 3] || parts == [4, 4, 5])
    };
    text.split_whitespace().rfind(like_code).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_among_other_words() {
        assert_eq!(
            code_in("Request 0042.\n\n    ABC-1D2-9XZ\n\nNever read it to anyone."),
            Some("ABC-1D2-9XZ".to_owned())
        );
        assert_eq!(code_in("1234-5678-90123"), Some("1234-5678-90123".to_owned()));
        assert_eq!(code_in("call 123-456 or abc-def-ghi"), None);
    }
}
