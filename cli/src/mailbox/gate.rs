//! The door of the submission port: encryption first, then a log-in by PLAIN (RFC 4616) or LOGIN, inside AUTH (RFC 4954).

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use data_encoding::BASE64;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::dialogue::{Answer, say};
use crate::failure::Failure;

/// Wrong passwords on one connection before it is hung up on.
const MOST_FAILURES: u8 = 3;

/// What stands before every mail on the submission port. Clones share it.
#[derive(Clone)]
pub(crate) struct Gate(Arc<Inner>);

struct Inner {
    acceptor: Option<TlsAcceptor>,
    user: String,
    password: String,
}

impl fmt::Debug for Gate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Gate({}, …)", self.0.user)
    }
}

impl Gate {
    /// Reads certificate, key and password (the first line of its file).
    pub(crate) fn open(cert: &Path, key: &Path, user: &str, password_file: &Path) -> Result<Gate, Failure> {
        let bad = |path: &Path, what: &dyn fmt::Display| {
            Failure::new(format!("{}: {what}.", path.display()), "Name PEM files that belong together.")
        };
        let chain = CertificateDer::pem_file_iter(cert).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let chain = chain.map_err(|error| bad(cert, &error))?;
        let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| bad(key, &error))?;
        let tls = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, secret);
        let tls = tls.map_err(|error| bad(cert, &error))?;
        let text = std::fs::read_to_string(password_file).map_err(|error| Failure::file(password_file, &error))?;
        let password = text.lines().next().unwrap_or_default().to_owned();
        Ok(Gate(Arc::new(Inner { acceptor: Some(Arc::new(tls).into()), user: user.to_owned(), password })))
    }

    /// The server's side of TLS.
    pub(crate) fn acceptor(&self) -> Option<&TlsAcceptor> {
        self.0.acceptor.as_ref()
    }

    fn admits(&self, user: &str, password: &str) -> bool {
        user == self.0.user && password == self.0.password
    }
}

/// Where one connection stands with its log-in.
#[derive(Debug, Default)]
pub(crate) struct Login {
    asked: Option<Asked>,
    user: Option<String>,
    failures: u8,
}

/// What the next line answers.
#[derive(Debug)]
enum Asked {
    Plain,
    User,
    PasswordOf(String),
}

impl Login {
    pub(crate) fn is_asked(&self) -> bool {
        self.asked.is_some()
    }

    pub(crate) fn is_known(&self) -> bool {
        self.user.is_some()
    }

    pub(crate) fn user(&self) -> Option<String> {
        self.user.clone()
    }

    /// `AUTH …`.
    pub(crate) fn begin(&mut self, rest: &str, gate: &Gate) -> Answer {
        let (mechanism, initial) = rest.split_once(' ').map_or((rest, None), |(name, text)| (name, Some(text)));
        let (asked, question) = match mechanism.to_ascii_uppercase().as_str() {
            "PLAIN" => (Asked::Plain, "334 "),
            "LOGIN" => (Asked::User, "334 VXNlcm5hbWU6"),
            _ => return say("504 5.5.4 PLAIN or LOGIN"),
        };
        self.asked = Some(asked);
        match initial {
            Some(text) => self.answer(text, Some(gate)),
            None => say(question),
        }
    }

    /// A line that answers a question.
    pub(crate) fn answer(&mut self, line: &str, gate: Option<&Gate>) -> Answer {
        let (Some(asked), Some(gate)) = (self.asked.take(), gate) else { return say("503 5.5.1 AUTH first") };
        if line == "*" {
            return say("501 5.7.0 broken off");
        }
        let decoded = BASE64.decode(line.trim().as_bytes()).ok().and_then(|octets| String::from_utf8(octets).ok());
        let Some(text) = decoded else { return say("501 5.5.2 that is not Base64") };
        match asked {
            Asked::Plain => {
                let mut parts = text.split('\0');
                let (_, user, password) = (parts.next(), parts.next(), parts.next());
                self.judge(user.unwrap_or_default(), password.unwrap_or_default(), gate)
            }
            Asked::User => {
                self.asked = Some(Asked::PasswordOf(text));
                say("334 UGFzc3dvcmQ6")
            }
            Asked::PasswordOf(user) => self.judge(&user, &text, gate),
        }
    }

    fn judge(&mut self, user: &str, password: &str, gate: &Gate) -> Answer {
        if gate.admits(user, password) {
            self.user = Some(user.to_owned());
            return say("235 2.7.0 welcome");
        }
        self.failures += 1;
        if self.failures >= MOST_FAILURES {
            return Answer::HangUp("421 4.7.0 too many wrong passwords".to_owned());
        }
        say("535 5.7.8 wrong user or password")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate() -> Gate {
        Gate(Arc::new(Inner { acceptor: None, user: "recorder".to_owned(), password: "seven owls".to_owned() }))
    }

    fn is(answer: &Answer, code: &str) -> bool {
        matches!(answer, Answer::Say(line) | Answer::HangUp(line) if line.starts_with(code))
    }

    #[test]
    fn both_ways_of_logging_in_need_the_right_password() {
        let plain = |password: &str| BASE64.encode(format!("\0recorder\0{password}").as_bytes());
        let mut login = Login::default();
        assert!(is(&login.begin(&format!("PLAIN {}", plain("six owls")), &gate()), "535") && !login.is_known());
        assert!(is(&login.begin("plain", &gate()), "334") && login.is_asked());
        assert!(is(&login.answer(&plain("seven owls"), Some(&gate())), "235") && login.is_known());
        let mut login = Login::default();
        assert!(is(&login.begin("LOGIN", &gate()), "334"));
        assert!(is(&login.answer(&BASE64.encode(b"recorder"), Some(&gate())), "334"));
        assert!(is(&login.answer(&BASE64.encode(b"seven owls"), Some(&gate())), "235"));
        assert_eq!(login.user().as_deref(), Some("recorder"));
    }

    #[test]
    fn guessing_is_hung_up_on_and_a_break_off_is_forgotten() {
        let mut login = Login::default();
        let wrong = format!("PLAIN {}", BASE64.encode(b"\0recorder\0x"));
        assert!(is(&login.begin("PLAIN", &gate()), "334") && is(&login.answer("*", Some(&gate())), "501"));
        assert!(!login.is_asked(), "the next line is a command again");
        assert!(is(&login.begin("PLAIN ===", &gate()), "501") && is(&login.begin("CRAM-MD5", &gate()), "504"));
        assert!(is(&login.begin(&wrong, &gate()), "535") && is(&login.begin(&wrong, &gate()), "535"));
        assert!(matches!(login.begin(&wrong, &gate()), Answer::HangUp(_)));
    }
}
