//! Handing a mail to the submission server.

use super::line::ClearLine;
use crate::settings::{SmtpSecurity, SmtpSettings};
use lettre::Message;
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::time::Duration;
use tokio::net::TcpStream;
use zeroize::Zeroizing;

/// Mails sent side by side.
pub(super) const SIDE_BY_SIDE: u32 = 4;
/// How long a server may take to say good-bye.
const GOOD_BYE: Duration = Duration::from_secs(5);

/// Takes one mail to where it goes.
pub trait Post: Send + Sync {
    /// Ends when the other side has taken the mail for good, or not.
    fn post(&self, mail: Message) -> Pin<Box<dyn Future<Output = Result<(), PostError>> + Send + '_>>;
}

/// Why a mail was not taken. Says nothing of what the server wrote: that may name the address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PostError {
    /// Try again later: no connection, a time-out, a passing refusal, or a fault in the relay's own settings.
    #[error("not now{}", .0.map(|code| format!(" ({code})")).unwrap_or_default())]
    NotNow(Option<u16>),
    /// There is no such mailbox.
    #[error("no such mailbox ({0})")]
    NoMailbox(u16),
    /// The server will never take this mail.
    #[error("refused for good{}", .0.map(|code| format!(" ({code})")).unwrap_or_default())]
    Never(Option<u16>),
}

/// The submission server of the settings. Each mail has a connection of its own, so that it is known which refusals
/// came from the verified server: whoever sits on the way can forge all that is said before TLS (R67).
pub struct SmtpPost {
    server: (String, u16),
    line: Line,
    credentials: Option<Credentials>,
    timeout: Duration,
}

/// How the connection is secured.
enum Line {
    Clear,
    Implicit(TlsParameters),
    Starttls(TlsParameters),
}

impl SmtpPost {
    /// # Errors
    /// When the password or the certificate authority cannot be read, or TLS cannot be set up.
    pub fn new(settings: &SmtpSettings) -> io::Result<Self> {
        let line = match settings.security {
            SmtpSecurity::NoneLoopbackOnly => Line::Clear,
            SmtpSecurity::Implicit => Line::Implicit(tls_parameters(settings)?),
            SmtpSecurity::Starttls => Line::Starttls(tls_parameters(settings)?),
        };
        let credentials = match (&settings.user, &settings.password_file) {
            (Some(user), Some(path)) => {
                let password = Zeroizing::new(std::fs::read_to_string(path)?);
                Some(Credentials::new(user.clone(), password.trim_end().to_owned()))
            }
            (None, _) | (_, None) => None,
        };
        let timeout = Duration::from_secs(settings.timeout_seconds);
        Ok(Self { server: (settings.host.clone(), settings.port), line, credentials, timeout })
    }

    async fn send(&self, mail: &Message) -> Result<(), PostError> {
        let mut connection = self.connect().await?;
        connection.send(mail.envelope(), &mail.formatted()).await.map_err(|error| sort(&error))?;
        // The mail is the server's now, however it says good-bye.
        tokio::spawn(async move { tokio::time::timeout(GOOD_BYE, connection.quit()).await.map(drop) });
        Ok(())
    }

    /// A connection on which the server is verified and the relay is logged in. Nothing that happens here says
    /// anything of the mail or its mailbox, so every failure is [`PostError::NotNow`].
    async fn connect(&self) -> Result<AsyncSmtpConnection, PostError> {
        let not_now = |error: SmtpError| PostError::NotNow(error.status().map(u16::from));
        let me = ClientId::default();
        let server = (self.server.0.as_str(), self.server.1);
        let patience = Some(self.timeout);
        let connected = match &self.line {
            Line::Clear => AsyncSmtpConnection::connect_tokio1(server, patience, &me, None, None).await,
            Line::Implicit(tls) => {
                AsyncSmtpConnection::connect_tokio1(server, patience, &me, Some(tls.clone()), None).await
            }
            Line::Starttls(_) => {
                let stream = TcpStream::connect(server).await.map_err(|_| PostError::NotNow(None))?;
                AsyncSmtpConnection::connect_with_transport(Box::new(ClearLine::new(stream)), &me).await
            }
        };
        let mut connection = connected.map_err(not_now)?;
        match &self.line {
            Line::Starttls(tls) => connection.starttls(tls.clone(), &me).await.map_err(not_now)?,
            Line::Clear | Line::Implicit(_) => {}
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await.map_err(not_now)?;
        }
        Ok(connection)
    }
}

fn tls_parameters(settings: &SmtpSettings) -> io::Result<TlsParameters> {
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(path) = &settings.ca_file {
        let authority = Certificate::from_pem(&std::fs::read(path)?).map_err(io::Error::other)?;
        builder = builder.add_root_certificate(authority);
    }
    builder.build().map_err(io::Error::other)
}

impl Post for SmtpPost {
    fn post(&self, mail: Message) -> Pin<Box<dyn Future<Output = Result<(), PostError>> + Send + '_>> {
        Box::pin(async move {
            // The connection's own time-out bounds only the connect.
            tokio::time::timeout(self.timeout, self.send(&mail)).await.unwrap_or(Err(PostError::NotNow(None)))
        })
    }
}

/// What the verified server's answer to this one mail means.
fn sort(error: &SmtpError) -> PostError {
    let code = error.status().map(u16::from);
    match code {
        Some(550 | 551 | 553 | 556) if error.is_permanent() => PostError::NoMailbox(code.unwrap_or_default()),
        // Log-in and policy of our own server: somebody at the relay has to look, and mails wait meanwhile.
        Some(421 | 454 | 500..=504 | 530 | 534 | 535 | 538) => PostError::NotNow(code),
        Some(_) if error.is_permanent() => PostError::Never(code),
        // An address beyond ASCII, and a server that cannot take one.
        None if error.is_client() => PostError::Never(None),
        Some(_) | None => PostError::NotNow(code),
    }
}
