//! Where the daemon listens. The lane belongs to the listener, never to a header (R59).
//!
//! Each listener has its own bound on connections, so that the network cannot take the console's (R9, R47).

use std::fs;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use resetkit_config::{ListenAddress, Listener};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;

use crate::tls::Identity;

/// Connections of one listener at once.
const CONNECTIONS_MAX: usize = 64;
/// A client has so long for the TLS handshake, and again for the head of each request.
const PATIENCE: Duration = Duration::from_secs(10);

/// A socket that is bound but not yet served.
pub struct Bound {
    socket: Socket,
    tls: Option<Identity>,
}

enum Socket {
    Tcp(TcpListener),
    Unix(UnixListener),
}

impl Bound {
    /// Binds what one entry of the site file says.
    ///
    /// # Errors
    /// The system's own. A Unix socket whose daemon is still alive is not taken over.
    pub async fn bind(listener: &Listener, tls: Option<Identity>) -> io::Result<Self> {
        let socket = match &listener.address {
            ListenAddress::Tcp(address) => Socket::Tcp(TcpListener::bind(address).await?),
            ListenAddress::Unix(path) => Socket::Unix(bind_unix(path)?),
        };
        Ok(Self { socket, tls })
    }

    /// The line for stdout once all are bound: `ready web http://127.0.0.1:8080`, `ready console unix:/run/…`.
    #[must_use]
    pub fn ready_line(&self, listener: &Listener) -> String {
        let base = &listener.mount_path;
        match (&self.socket, &listener.address) {
            (Socket::Tcp(socket), _) => {
                let scheme = if self.tls.is_some() { "https" } else { "http" };
                let address =
                    socket.local_addr().map_or_else(|_| "?".to_owned(), |address: SocketAddr| address.to_string());
                format!("ready web {scheme}://{address}{base}")
            }
            (Socket::Unix(_), ListenAddress::Unix(path)) => {
                let what = match listener.lane {
                    resetkit_config::LaneName::Console => "console",
                    resetkit_config::LaneName::Network => "web",
                };
                format!("ready {what} unix:{}{base}", path.display())
            }
            (Socket::Unix(_), ListenAddress::Tcp(_)) => "ready".to_owned(),
        }
    }

    /// Serves for ever. Dropping the future closes the socket; connections at work are finished by the runtime's end.
    pub async fn serve(self, router: Router) {
        let slots = Arc::new(Semaphore::new(CONNECTIONS_MAX));
        loop {
            let Ok(slot) = Arc::clone(&slots).acquire_owned().await else { return };
            let served = match &self.socket {
                Socket::Tcp(socket) => socket.accept().await.map(|(stream, _)| {
                    let (tls, router) = (self.tls.clone(), router.clone());
                    Box::pin(async move {
                        match tls {
                            Some(tls) => serve_tls(stream, &tls, router).await,
                            None => serve_one(stream, router).await,
                        }
                    }) as std::pin::Pin<Box<dyn Future<Output = ()> + Send>>
                }),
                Socket::Unix(socket) => socket.accept().await.map(|(stream, _)| {
                    Box::pin(serve_one(stream, router.clone())) as std::pin::Pin<Box<dyn Future<Output = ()> + Send>>
                }),
            };
            match served {
                Ok(served) => drop(tokio::spawn(async move {
                    served.await;
                    drop(slot);
                })),
                Err(fault) => {
                    // Out of descriptors, most likely: others must end first.
                    tracing::warn!(%fault, "a connection could not be taken");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
    }
}

async fn serve_tls(stream: tokio::net::TcpStream, tls: &Identity, router: Router) {
    let accepted = tokio::time::timeout(PATIENCE, TlsAcceptor::from(tls.config()).accept(stream)).await;
    if let Ok(Ok(stream)) = accepted {
        serve_one(stream, router).await;
    }
}

async fn serve_one(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, router: Router) {
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(16 * 1024)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
        .await;
    if let Err(fault) = served {
        tracing::debug!(%fault, "a connection ended early");
    }
}

/// Mode 0600: who may open the socket stands at the device. A firmware whose screen runs as another user gives the folder a group.
pub(crate) fn bind_unix(path: &Path) -> io::Result<UnixListener> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    if fs::symlink_metadata(path).is_ok_and(|facts| facts.file_type().is_socket()) {
        if std::os::unix::net::UnixStream::connect(path).is_ok() {
            return Err(io::Error::new(io::ErrorKind::AddrInUse, "another daemon serves this socket"));
        }
        fs::remove_file(path)?;
    }
    let socket = UnixListener::bind(path)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    Ok(socket)
}
