//! The talk with the submission server: TLS first, then log-in, then one mail to one mailbox.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use lettre::transport::smtp::authentication::{Credentials, Mechanism as Sasl};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Auth, Data, Mail, Rcpt, Starttls};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::transport::smtp::response::{Response, Severity};
use resetkit_contract::abi::{RNone, RSome};
use resetkit_contract::{Login, Mechanism, Peer, Security};
use rustls::pki_types::ServerName;
use tokio_rustls::TlsConnector;

use crate::letter::Letter;
use crate::line::{Line, Secured};
use crate::secure::{self, Marks, TimeRule};
use crate::trouble::{Asked, Trouble};

/// Secures the connection, verifies the server and logs in. Nothing of the owner's is said here.
pub(crate) async fn join(
    line: Line,
    peer: Peer,
    rule: TimeRule,
    marks: Arc<Marks>,
) -> Result<AsyncSmtpConnection, Trouble> {
    let me = hello_name(&peer.helo);
    let name = ServerName::try_from(peer.host.to_string()).map_err(|_| Trouble::NotSet)?;
    let connector = TlsConnector::from(secure::config(&peer.roots, rule, Arc::clone(&marks))?);
    let secured = match peer.security {
        Security::Implicit => Secured::greeted_by_server(handshake(&connector, name, line).await?),
        Security::StartTls => {
            ask_for_tls(line.in_clear(), &me).await?;
            Secured::greeted_before(handshake(&connector, name, line).await?)
        }
    };
    marks.secure();
    let mut connection = AsyncSmtpConnection::connect_with_transport(Box::new(secured), &me)
        .await
        .map_err(|error| Trouble::of_answer(Asked::Hello, &error))?;
    match &peer.login {
        RSome(login) => log_in(&mut connection, login).await?,
        RNone => {}
    }
    Ok(connection)
}

/// Hands one mail to the server. Back means: accepted, the mail is the server's now.
pub(crate) async fn hand_over(
    mut connection: AsyncSmtpConnection,
    letter: Letter,
) -> Result<AsyncSmtpConnection, Trouble> {
    let mut parameters = Vec::new();
    if !letter.is_ascii() {
        // Only an address can be beyond ASCII here, and only with this may it be said (RFC 6531).
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(Trouble::AddressRefused);
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    ask(&mut connection, Asked::Sender, Mail::new(Some(letter.from().clone()), parameters)).await?;
    ask(&mut connection, Asked::Recipient, Rcpt::new(letter.to().clone(), Vec::new())).await?;
    let go_on = connection.command(Data).await.map_err(|error| Trouble::of_answer(Asked::Content, &error))?;
    if !go_on.has_code(354) {
        return Err(Trouble::Unreachable);
    }
    let answer = connection.message(letter.octets()).await;
    completed(&answer.map_err(|error| Trouble::of_answer(Asked::Content, &error))?)?;
    Ok(connection)
}

async fn ask(connection: &mut AsyncSmtpConnection, asked: Asked, command: impl fmt::Display) -> Result<(), Trouble> {
    let answer = connection.command(command).await;
    completed(&answer.map_err(|error| Trouble::of_answer(asked, &error))?)
}

/// Only 2yz says that something was done.
fn completed(answer: &Response) -> Result<(), Trouble> {
    match answer.code().severity {
        Severity::PositiveCompletion => Ok(()),
        Severity::PositiveIntermediate
        | Severity::TransientNegativeCompletion
        | Severity::PermanentNegativeCompletion => Err(Trouble::Unreachable),
    }
}

/// Speaks in clear only as much as it takes. A server without STARTTLS is refused, whatever else it offers (R67).
async fn ask_for_tls(clear: Line, me: &ClientId) -> Result<(), Trouble> {
    let mut connection = AsyncSmtpConnection::connect_with_transport(Box::new(clear), me)
        .await
        .map_err(|error| Trouble::of_answer(Asked::Hello, &error))?;
    if !connection.server_info().supports_feature(Extension::StartTls) {
        return Err(Trouble::NotSecure);
    }
    let answer = connection.command(Starttls).await.map_err(|error| Trouble::of_answer(Asked::StartTls, &error))?;
    if answer.has_code(220) { Ok(()) } else { Err(Trouble::NotSecure) }
}

async fn handshake(
    connector: &TlsConnector,
    name: ServerName<'static>,
    line: Line,
) -> Result<tokio_rustls::client::TlsStream<Line>, Trouble> {
    connector.connect(name, line).await.map_err(|error| {
        // What rustls says no to is not secure; a line that breaks is only broken.
        let of_tls = error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>());
        if of_tls { Trouble::NotSecure } else { Trouble::Unreachable }
    })
}

/// Logs in by the mechanism of the settings and by no other: a server that does not offer it is refused.
async fn log_in(connection: &mut AsyncSmtpConnection, login: &Login) -> Result<(), Trouble> {
    let (user, secret) = (login.user.expose(), login.secret.expose());
    let sasl = match login.mechanism {
        Mechanism::Plain => Sasl::Plain,
        Mechanism::LoginCommand => Sasl::Login,
        Mechanism::XOauth2 => Sasl::Xoauth2,
    };
    // NUL parts the fields of PLAIN, ^A those of XOAUTH2: with one inside, the server would read another user (R66).
    let clean = !user.chars().chain(secret.chars()).any(char::is_control);
    if !clean || !connection.server_info().supports_auth_mechanism(sasl) {
        return Err(Trouble::LoginRefused);
    }
    let credentials = Credentials::new(user.to_owned(), secret.to_owned());
    let refused = |error| Trouble::of_answer(Asked::LogIn, &error);
    let answer = match sasl {
        Sasl::Plain | Sasl::Login => connection.auth(&[sasl], &credentials).await.map_err(refused)?,
        Sasl::Xoauth2 => {
            let bearer = Auth::new(sasl, credentials, None).map_err(refused)?;
            let answer = connection.command(bearer).await.map_err(refused)?;
            // The reason of a refusal comes as a challenge; an empty answer fetches the code after it.
            if answer.has_code(334) { connection.command(Nothing).await.map_err(refused)? } else { answer }
        }
    };
    completed(&answer).map_err(|_| Trouble::LoginRefused)
}

/// An empty answer to a challenge.
struct Nothing;

impl fmt::Display for Nothing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\r\n")
    }
}

/// How the device calls itself. A name that is none would end the line early (R66): then the loopback address stands in
/// its place, as for a client without a name (RFC 5321 4.1.4).
fn hello_name(helo: &str) -> ClientId {
    let literal = helo.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = literal.parse::<Ipv4Addr>() {
        return ClientId::Ipv4(address);
    }
    if let Ok(address) = literal.trim_start_matches("IPv6:").parse::<Ipv6Addr>() {
        return ClientId::Ipv6(address);
    }
    let is_name = (1..=255).contains(&helo.len())
        && helo.bytes().all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'.' | b'-'));
    if is_name { ClientId::Domain(helo.to_owned()) } else { ClientId::Ipv4(Ipv4Addr::LOCALHOST) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r66_f21_a_name_that_would_say_more_than_hello_is_not_said() {
        for (helo, said) in [
            ("recorder.home.example", "recorder.home.example"),
            ("192.0.2.7", "[192.0.2.7]"),
            ("[192.0.2.7]", "[192.0.2.7]"),
            ("[IPv6:2001:db8::7]", "[IPv6:2001:db8::7]"),
            ("", "[127.0.0.1]"),
            ("x\r\nMAIL FROM:<a@b.example>", "[127.0.0.1]"),
            ("x y", "[127.0.0.1]"),
            ("x\0", "[127.0.0.1]"),
            ("gerät", "[127.0.0.1]"),
        ] {
            assert_eq!(hello_name(helo).to_string(), said);
        }
        assert_eq!(hello_name(&"x".repeat(256)).to_string(), "[127.0.0.1]");
    }
}
