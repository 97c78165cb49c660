//! Connections that the daemon makes for a method: what the grant `connect = ["smtp"]` of a manifest names.
//!
//! A method names the setting, never a host: where it leads stands here, and only whoever may edit the site file decides it.

use std::path::PathBuf;

use serde::Deserialize;

use crate::error::Fault;
use crate::words::words;

/// All connections. An absent one is not set up: methods that need it are not offered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Connections {
    /// The submission server for mails of the device itself.
    #[serde(default)]
    pub smtp: Option<Smtp>,
}

/// A submission server (RFC 6409). There is no clear text: whoever listens would read the code (R67).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smtp {
    /// Name or address of the server; its certificate must be for this name.
    pub host: String,
    /// Port; 465 for `implicit`, 587 for `starttls`, if absent.
    #[serde(default)]
    pub port: Option<u16>,
    /// From the first octet on, or demanded before anything else.
    #[serde(default)]
    pub security: SmtpSecurity,
    /// The sender's address.
    pub from: String,
    /// User name; absent: the server wants no log-in.
    #[serde(default)]
    pub user: Option<String>,
    /// How to log in; `plain` if absent.
    #[serde(default)]
    pub auth: Option<SmtpAuth>,
    /// File with the password (its first line), readable by nobody but its owner. For `plain` and `login`.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// Program and arguments that print an access token of the moment. For `xoauth2`.
    #[serde(default)]
    pub token_command: Option<Vec<String>>,
    /// PEM file with further certificates to trust; the public ones are trusted anyway.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}

/// How the connection is encrypted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum SmtpSecurity {
    /// TLS from the first octet (RFC 8314, 3.3).
    #[default]
    Implicit,
    /// STARTTLS, and nothing goes on without it.
    StartTls,
}

/// How to log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum SmtpAuth {
    /// AUTH PLAIN (RFC 4616).
    Plain,
    /// AUTH LOGIN.
    Login,
    /// AUTH XOAUTH2 with an access token.
    XOAuth2,
}

words!(SmtpSecurity { Implicit = "implicit", StartTls = "starttls" });
words!(SmtpAuth { Plain = "plain", Login = "login", XOAuth2 = "xoauth2" });

impl Smtp {
    /// The port to connect to.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.security {
            SmtpSecurity::Implicit => 465,
            SmtpSecurity::StartTls => 587,
        })
    }

    /// How to log in, where there is a user.
    #[must_use]
    pub fn auth(&self) -> SmtpAuth {
        self.auth.unwrap_or(SmtpAuth::Plain)
    }

    pub(crate) fn anchor(&mut self, folder: &std::path::Path) {
        for path in [&mut self.password_file, &mut self.ca_file].into_iter().flatten() {
            *path = folder.join(&*path);
        }
        if let Some(program) = self.token_command.as_mut().and_then(|command| command.first_mut()) {
            super::site::anchor_program(program, folder);
        }
    }

    pub(crate) fn check(&self) -> Result<(), Fault> {
        let fault = |key: &str, problem: &str, remedy: &str| {
            Err(Fault::new(format!("connections.smtp.{key}"), problem.to_owned(), remedy.to_owned()))
        };
        if !is_word(&self.host, 253) {
            return fault(
                "host",
                "this is not the name of a server",
                "Write a name or an address, e.g. `mail.example`",
            );
        }
        if self.port == Some(0) {
            return fault("port", "no server listens at port 0", "Leave it out, or write 465, 587 or the server's own");
        }
        let (local, domain) = self.from.rsplit_once('@').unwrap_or_default();
        if !is_word(&self.from, 254) || local.is_empty() || domain.is_empty() {
            return fault(
                "from",
                "this is not an e-mail address",
                "Write the address that the server lets this device send from",
            );
        }
        self.check_login()
    }

    fn check_login(&self) -> Result<(), Fault> {
        let fault = |key: &str, problem: &str, remedy: &str| {
            Err(Fault::new(format!("connections.smtp.{key}"), problem.to_owned(), remedy.to_owned()))
        };
        let Some(user) = &self.user else {
            let without_user = [
                ("auth", self.auth.is_some()),
                ("password_file", self.password_file.is_some()),
                ("token_command", self.token_command.is_some()),
            ];
            return match without_user.iter().find(|(_, written)| *written) {
                Some((key, _)) => fault(key, "there is nobody to log in", "Write `user` too, or remove this key"),
                None => Ok(()),
            };
        };
        if user.is_empty() || user.len() > 254 || user.chars().any(char::is_control) {
            return fault("user", "this is not a user name", "Write the name that the server knows this device by");
        }
        match (self.auth(), &self.password_file, &self.token_command) {
            (SmtpAuth::Plain | SmtpAuth::Login, Some(_), None) => Ok(()),
            (SmtpAuth::XOAuth2, None, Some(command)) if command.first().is_some_and(|program| !program.is_empty()) => {
                Ok(())
            }
            (SmtpAuth::XOAuth2, None, Some(_)) => fault(
                "token_command",
                "this names no program",
                "Write program and arguments, e.g. `[\"/usr/bin/mail-token\", \"--print\"]`",
            ),
            (SmtpAuth::Plain | SmtpAuth::Login, None, _) => fault(
                "user",
                "the password is missing",
                "Write `password_file = \"…\"`, a file of mode 0600; or `auth = \"xoauth2\"` with `token_command`",
            ),
            (SmtpAuth::Plain | SmtpAuth::Login, Some(_), Some(_)) => {
                fault("token_command", "a token belongs to `auth = \"xoauth2\"` only", "Remove this key, or write that")
            }
            (SmtpAuth::XOAuth2, Some(_), _) => {
                fault("password_file", "`xoauth2` logs in with a token", "Remove this key and write `token_command`")
            }
            (SmtpAuth::XOAuth2, None, None) => fault(
                "auth",
                "the token is missing",
                "Write `token_command = [\"PROGRAM\", …]`: what it prints is the token",
            ),
        }
    }
}

/// Printable ASCII or letters without blanks: nothing that could end a line of SMTP (R66).
fn is_word(text: &str, longest: usize) -> bool {
    !text.is_empty() && text.len() <= longest && !text.chars().any(|c| c.is_control() || c.is_whitespace())
}
