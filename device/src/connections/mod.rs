//! Connections that the daemon makes for a method (grant `connect`): it resolves, connects and logs its secrets out of their
//! files; TLS and the protocol are the method's. A method names a setting and never a host, so a method that lies can reach
//! nothing but what the site file says.

mod login;

use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::time::Duration;

use resetkit_config::{Smtp, SmtpSecurity};
use resetkit_host::{Peer, Security};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Longest for names, connection and token, which are had side by side.
const PATIENCE: Duration = Duration::from_secs(10);
/// Names that may be resolved at once (R47): the system's resolver cannot be told to stop.
const RESOLVING_MAX: usize = 2;
/// Addresses of one name that are tried.
const ADDRESSES_MAX: usize = 8;
/// Longest file of certificates that is read, in octets (R47).
const ROOTS_MAX: u64 = 256 * 1024;

/// Why there is no connection. The code is told to the method, the rest stands in the log.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    /// The site file has no such setting.
    #[error("it is not set up")]
    NotSetUp,
    /// There is no way out.
    #[error("there is no network: {0}")]
    NoNetwork(#[source] io::Error),
    /// The name is unknown, or nobody answers there.
    #[error("nobody answers: {0}")]
    Unreachable(#[source] io::Error),
    /// The password's file cannot be used.
    #[error("the password: {0}")]
    Password(login::FileFault),
    /// The firmware's command gave no token.
    #[error("the token: {0}")]
    Token(#[from] login::TokenFault),
    /// The file of certificates cannot be used.
    #[error("ca_file: {0}")]
    Roots(#[source] io::Error),
}

impl Refused {
    /// The stable word that the method is told.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::NotSetUp => "not-set-up",
            Self::NoNetwork(_) => "no-network",
            Self::Unreachable(_) => "smtp-unreachable",
            Self::Password(_) => "password-unreadable",
            Self::Token(_) => "token-refused",
            Self::Roots(_) => "ca-unreadable",
        }
    }
}

/// A connection that stands.
pub(crate) struct Made {
    /// Who is at the other end.
    pub(crate) peer: Peer,
    /// The socket, non-blocking.
    pub(crate) socket: OwnedFd,
}

/// Makes connections. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Connector {
    smtp: Option<Arc<Smtp>>,
    resolving: Arc<Semaphore>,
}

impl Connector {
    /// Of the settings of the site file.
    pub(crate) fn new(smtp: Option<&Smtp>) -> Self {
        let smtp = smtp.cloned().map(Arc::new);
        if let Some(Err(refused)) = smtp.as_deref().map(check) {
            tracing::error!(%refused, "connections.smtp cannot be used; mail straight from this device is not offered");
        }
        Self { smtp, resolving: Arc::new(Semaphore::new(RESOLVING_MAX)) }
    }

    /// Whether there is a submission server whose files can be used now.
    pub(crate) fn has_smtp(&self) -> bool {
        self.smtp.as_deref().is_some_and(|smtp| check(smtp).is_ok())
    }

    /// Connects to what this setting names.
    ///
    /// # Errors
    /// See [`Refused`].
    pub(crate) async fn connect(&self, setting: &str) -> Result<Made, Refused> {
        let smtp = self.smtp.as_deref().filter(|_| setting == "smtp").ok_or(Refused::NotSetUp)?;
        let roots = roots(smtp)?;
        let late = || io::Error::from(io::ErrorKind::TimedOut);
        let reach = async {
            let reached = timeout(PATIENCE, self.reach(smtp)).await;
            reached.unwrap_or_else(|_| Err(Refused::Unreachable(late())))
        };
        let (stream, login) = tokio::try_join!(reach, login::of(smtp))?;
        let helo = stream.local_addr().map_or_else(|_| "[127.0.0.1]".to_owned(), literal);
        let peer = Peer {
            host: smtp.host.as_str().into(),
            port: smtp.port(),
            security: match smtp.security {
                SmtpSecurity::Implicit => Security::Implicit,
                SmtpSecurity::StartTls => Security::StartTls,
            },
            login: login.into(),
            from: smtp.from.as_str().into(),
            roots: roots.into(),
            helo: helo.into(),
        };
        let socket = stream.into_std().map_err(Refused::Unreachable)?.into();
        Ok(Made { peer, socket })
    }

    /// Tries every address of the name; each has its share of the time, so that a dead one does not keep the others out.
    async fn reach(&self, smtp: &Smtp) -> Result<TcpStream, Refused> {
        let addresses = self.resolve(smtp).await?;
        let share = PATIENCE / u32::try_from(addresses.len().max(1)).unwrap_or(1);
        let mut fault = io::Error::from(io::ErrorKind::NotFound);
        for address in addresses {
            match timeout(share, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => {
                    stream.set_nodelay(true).map_err(Refused::Unreachable)?;
                    return Ok(stream);
                }
                Ok(Err(error)) => fault = error,
                Err(_) => fault = io::ErrorKind::TimedOut.into(),
            }
        }
        let no_way_out = [io::ErrorKind::NetworkUnreachable, io::ErrorKind::NetworkDown].contains(&fault.kind());
        Err(if no_way_out { Refused::NoNetwork(fault) } else { Refused::Unreachable(fault) })
    }

    /// Whether the resolver knows the server's name. As many at once as connections may ask, and these among them.
    pub(crate) async fn knows_the_name(&self) -> bool {
        let Some(smtp) = self.smtp.as_deref() else { return false };
        self.resolve(smtp).await.is_ok_and(|found| !found.is_empty())
    }

    async fn resolve(&self, smtp: &Smtp) -> Result<Vec<SocketAddr>, Refused> {
        let port = smtp.port();
        let bare = smtp.host.trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = bare.parse::<IpAddr>() {
            return Ok(vec![SocketAddr::new(address, port)]);
        }
        let gone = || Refused::Unreachable(io::Error::from(io::ErrorKind::TimedOut));
        let permit = Arc::clone(&self.resolving).acquire_owned().await.map_err(|_| gone())?;
        let host = smtp.host.clone();
        // The permit goes back when the resolver is done, not when nobody waits for it any more.
        let resolved = tokio::task::spawn_blocking(move || {
            let resolved = (host.as_str(), port).to_socket_addrs().map(|all| all.take(ADDRESSES_MAX).collect());
            drop(permit);
            resolved
        });
        resolved.await.map_err(|_| gone())?.map_err(Refused::Unreachable)
    }
}

/// What can be seen without a network: the files are there and nobody else can read the secret one.
fn check(smtp: &Smtp) -> Result<(), Refused> {
    roots(smtp)?;
    smtp.password_file.as_deref().map_or(Ok(()), |file| login::check_file(file).map(drop).map_err(Refused::Password))
}

fn roots(smtp: &Smtp) -> Result<Vec<u8>, Refused> {
    use std::io::Read;
    let Some(file) = &smtp.ca_file else { return Ok(Vec::new()) };
    let mut pem = Vec::new();
    let read = std::fs::File::open(file).and_then(|file| file.take(ROOTS_MAX + 1).read_to_end(&mut pem));
    let length = read.map_err(Refused::Roots)?;
    let whole = length as u64 <= ROOTS_MAX && pem.windows(27).any(|part| part == b"-----BEGIN CERTIFICATE-----");
    let none = || Refused::Roots(io::Error::new(io::ErrorKind::InvalidData, "no certificates in PEM"));
    if whole { Ok(pem) } else { Err(none()) }
}

/// A device has no name that others know, so it says its address (RFC 5321, 4.1.4).
fn literal(address: SocketAddr) -> String {
    match address.ip() {
        IpAddr::V4(address) => format!("[{address}]"),
        IpAddr::V6(address) => format!("[IPv6:{address}]"),
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
