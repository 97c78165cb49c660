//! Handing a mail to the submission server.

use crate::settings::{SmtpSecurity, SmtpSettings};
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::time::Duration;
use zeroize::Zeroizing;

/// Mails sent side by side.
pub(super) const SIDE_BY_SIDE: u32 = 4;

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

/// The submission server of the settings.
pub struct SmtpPost {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    timeout: Duration,
}

impl SmtpPost {
    /// # Errors
    /// When the password or the certificate authority cannot be read, or TLS cannot be set up.
    pub fn new(settings: &SmtpSettings) -> io::Result<Self> {
        let tls = match settings.security {
            SmtpSecurity::NoneLoopbackOnly => Tls::None,
            SmtpSecurity::Implicit => Tls::Wrapper(tls_parameters(settings)?),
            SmtpSecurity::Starttls => Tls::Required(tls_parameters(settings)?),
        };
        let timeout = Duration::from_secs(settings.timeout_seconds);
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .port(settings.port)
            .tls(tls)
            .timeout(Some(timeout))
            .pool_config(PoolConfig::new().max_size(SIDE_BY_SIDE).idle_timeout(Duration::from_secs(20)));
        if let (Some(user), Some(path)) = (&settings.user, &settings.password_file) {
            let password = Zeroizing::new(std::fs::read_to_string(path)?);
            builder = builder.credentials(Credentials::new(user.clone(), password.trim_end().to_owned()));
        }
        Ok(Self { transport: builder.build(), timeout })
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
            // The transport's own time-out bounds only the connect.
            match tokio::time::timeout(self.timeout, self.transport.send(mail)).await {
                Err(_) => Err(PostError::NotNow(None)),
                Ok(Ok(_)) => Ok(()),
                Ok(Err(error)) => Err(sort(&error)),
            }
        })
    }
}

fn sort(error: &lettre::transport::smtp::Error) -> PostError {
    let code = error.status().map(u16::from);
    match code {
        Some(550 | 551 | 553 | 556) if error.is_permanent() => PostError::NoMailbox(code.unwrap_or_default()),
        // Log-in and policy of our own server: somebody at the relay has to look, and mails wait meanwhile.
        Some(421 | 454 | 500..=504 | 530 | 534 | 535 | 538) => PostError::NotNow(code),
        Some(_) if error.is_permanent() => PostError::Never(code),
        // Before anything is sent: an address beyond ASCII, and a server that cannot take one.
        None if error.is_client() => PostError::Never(None),
        Some(_) | None => PostError::NotNow(code),
    }
}
