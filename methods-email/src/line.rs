//! The descriptor as a stream: plain reads and writes, and nothing to wait for.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::os::fd::OwnedFd;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use lettre::transport::smtp::client::AsyncTokioStream;
use rustix::io::{Errno, retry_on_intr};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_rustls::client::TlsStream;

/// Most octets that are read before TLS: greeting, one answer to `EHLO`, one to `STARTTLS`.
const MOST_IN_CLEAR: usize = 8 * 1024;
/// Most octets that are read over TLS: a chain of certificates and a dozen answers. A server that talks without end is
/// broken off, in bounded time (R47).
const MOST_SECURED: usize = 32 * 1024;

/// The connection that the daemon handed over. Would-block is `Pending`; who waits is polled by the next event.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    descriptor: Arc<OwnedFd>,
    in_clear: bool,
    left: usize,
}

impl Line {
    pub(crate) fn new(descriptor: OwnedFd) -> Line {
        Line { descriptor: Arc::new(descriptor), in_clear: false, left: MOST_SECURED }
    }

    /// The same connection before TLS. Gives out octet by octet, so that a reader's buffer can never hold more than the
    /// answer it reads: what somebody appends in clear to the server's last answer stays in the socket, where the TLS
    /// handshake stumbles over it, and never passes for an answer of the verified server (R67, CVE-2011-0411).
    pub(crate) fn in_clear(&self) -> Line {
        Line { descriptor: Arc::clone(&self.descriptor), in_clear: true, left: MOST_IN_CLEAR }
    }
}

impl AsyncRead for Line {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.left == 0 {
            return Poll::Ready(Err(io::ErrorKind::FileTooLarge.into()));
        }
        let most = if self.in_clear { 1 } else { self.left };
        let room = buf.remaining().min(most);
        let free = &mut buf.initialize_unfilled()[..room];
        match retry_on_intr(|| rustix::io::read(&*self.descriptor, &mut *free)) {
            Ok(count) => {
                buf.advance(count);
                self.left = self.left.saturating_sub(count);
                Poll::Ready(Ok(()))
            }
            Err(Errno::AGAIN) => Poll::Pending,
            Err(error) => Poll::Ready(Err(error.into())),
        }
    }
}

impl AsyncWrite for Line {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, octets: &[u8]) -> Poll<io::Result<usize>> {
        match retry_on_intr(|| rustix::io::write(&*self.descriptor, octets)) {
            Ok(count) => Poll::Ready(Ok(count)),
            Err(Errno::AGAIN) => Poll::Pending,
            Err(error) => Poll::Ready(Err(error.into())),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    /// Dropping it closes it; the sandbox knows no `shutdown`.
    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

impl AsyncTokioStream for Line {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// The secured connection. The mail client expects a greeting; after STARTTLS the server gives none, so it gets ours.
pub(crate) struct Secured {
    stream: TlsStream<Line>,
    greeting: &'static [u8],
}

impl Secured {
    /// The server greets by itself: TLS came first.
    pub(crate) fn greeted_by_server(stream: TlsStream<Line>) -> Secured {
        Secured { stream, greeting: b"" }
    }

    /// The server has greeted in clear already.
    pub(crate) fn greeted_before(stream: TlsStream<Line>) -> Secured {
        Secured { stream, greeting: b"220 secured\r\n" }
    }
}

impl fmt::Debug for Secured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secured")
    }
}

impl AsyncRead for Secured {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.greeting.is_empty() {
            return Pin::new(&mut self.stream).poll_read(cx, buf);
        }
        let (now, later) = self.greeting.split_at(self.greeting.len().min(buf.remaining()));
        buf.put_slice(now);
        self.greeting = later;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Secured {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, octets: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, octets)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

impl AsyncTokioStream for Secured {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
