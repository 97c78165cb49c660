//! HTTP/1 over the console's Unix socket.
//!
//! One connection a request, as short as the question: a device that restarts leaves no dead connection behind.

use std::io::{self, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use ureq::Agent;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, LazyBuffers, NextTimeout, Transport};
use zeroize::{Zeroize as _, Zeroizing};

use crate::wire::Problem;

/// Most that an answer may hold: a session with its pictures is about 60 KiB.
const ANSWER: u64 = 4 << 20;
/// Room of a request's body, taken once so that no copy of a secret stays behind.
const BODY: usize = 8 << 10;
/// Patience with an ordinary answer. Checking a code takes about a second.
const PATIENCE: Duration = Duration::from_secs(40);

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Failed {
    /// Nobody listens, or the connection broke: the device is starting, or switched off.
    NoAnswer,
    /// The device said no, in words.
    Problem(Problem),
}

/// The device's side of the socket.
#[derive(Clone)]
pub(crate) struct Client(Agent);

impl Client {
    /// A client of this socket. Nothing is connected yet.
    pub(crate) fn new(socket: &Path) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_idle_connections(0)
            .timeout_global(Some(PATIENCE))
            .user_agent("reset-screen")
            .build();
        Self(Agent::with_parts(config, ToSocket(socket.to_owned()), Nowhere))
    }

    /// Asks.
    ///
    /// # Errors
    /// [`Failed`].
    pub(crate) fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        token: Option<&str>,
        language: &str,
    ) -> Result<T, Failed> {
        let mut request = self.0.get(address(path)).header("accept-language", language);
        if let Some(token) = token {
            request = request.header("authorization", bearer(token).as_str());
        }
        read(request.call())
    }

    /// Tells.
    ///
    /// # Errors
    /// [`Failed`].
    pub(crate) fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        token: Option<&str>,
        language: &str,
        body: &impl Serialize,
    ) -> Result<T, Failed> {
        let mut octets = Zeroizing::new(Vec::with_capacity(BODY));
        serde_json::to_writer(&mut *octets, body).map_err(|_| Failed::NoAnswer)?;
        let mut request = self.0.post(address(path)).header("accept-language", language);
        if let Some(token) = token {
            request = request.header("authorization", bearer(token).as_str());
        }
        read(request.content_type("application/json").send(&octets[..]))
    }
}

/// The host is nobody's: the socket decides whom we talk to.
fn address(path: &str) -> String {
    format!("http://device{path}")
}

fn bearer(token: &str) -> Zeroizing<String> {
    Zeroizing::new(format!("Bearer {token}"))
}

fn read<T: DeserializeOwned>(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<T, Failed> {
    let mut answer = answer.map_err(|_| Failed::NoAnswer)?;
    let good = answer.status().is_success();
    let octets = answer.body_mut().with_config().limit(ANSWER).read_to_vec().map_err(|_| Failed::NoAnswer)?;
    if !good {
        return Err(Failed::Problem(serde_json::from_slice(&octets).unwrap_or_default()));
    }
    let text: &[u8] = if octets.is_empty() { b"null" } else { &octets };
    serde_json::from_slice(text).map_err(|_| Failed::NoAnswer)
}

/// There is one place to go, and no name to look up.
#[derive(Debug)]
struct Nowhere;

impl Resolver for Nowhere {
    fn resolve(
        &self,
        _: &ureq::http::Uri,
        _: &ureq::config::Config,
        _: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let mut addresses = self.empty();
        addresses.push(([127, 0, 0, 1], 0).into());
        Ok(addresses)
    }
}

#[derive(Debug)]
struct ToSocket(PathBuf);

impl Connector for ToSocket {
    type Out = Line;

    fn connect(&self, details: &ConnectionDetails, _: Option<()>) -> Result<Option<Line>, ureq::Error> {
        let stream = UnixStream::connect(&self.0)?;
        let buffers = LazyBuffers::new(details.config.input_buffer_size(), details.config.output_buffer_size());
        Ok(Some(Line { stream, buffers }))
    }
}

/// One connection.
#[derive(Debug)]
struct Line {
    stream: UnixStream,
    buffers: LazyBuffers,
}

impl Transport for Line {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        self.stream.set_write_timeout(left(timeout)?)?;
        let output = &mut self.buffers.output()[..amount];
        let sent = self.stream.write_all(output);
        // A password may have been in it.
        output.zeroize();
        match sent {
            // It had heard enough and answered already; the answer is still to be read.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            sent => sent.map_err(|error| told(error, timeout)),
        }
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.stream.set_read_timeout(left(timeout)?)?;
        let amount = self.stream.read(self.buffers.input_append_buf()).map_err(|error| told(error, timeout))?;
        self.buffers.input_appended(amount);
        Ok(amount > 0)
    }

    /// Never used again.
    fn is_open(&mut self) -> bool {
        false
    }
}

/// The time that is left, `None` for ever; none left is an error.
fn left(timeout: NextTimeout) -> Result<Option<Duration>, ureq::Error> {
    if timeout.after.is_zero() { Err(ureq::Error::Timeout(timeout.reason)) } else { Ok(timeout.not_zero().map(|t| *t)) }
}

fn told(error: io::Error, timeout: NextTimeout) -> ureq::Error {
    if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) {
        ureq::Error::Timeout(timeout.reason)
    } else {
        error.into()
    }
}
