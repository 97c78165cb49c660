//! What goes over the socket pair: a length (four octets, little endian), then that many octets of postcard.
//!
//! Both ends are the same binary, so the messages need no version of their own.

use resetkit_contract::{MethodEvent, MethodOutput};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use zeroize::Zeroize;

use crate::limits::Limits;
use crate::sandbox::SandboxReport;

/// Octets of the length in front.
const PREFIX: usize = 4;

/// What the daemon says to a worker.
#[allow(clippy::large_enum_variant, reason = "one message at a time, written at once")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum HostSays {
    /// First of all: how to lock yourself in.
    Setup(Setup),
    /// One event for the method; exactly one [`WorkerSays::Answer`] comes back.
    Event(MethodEvent),
}

/// How a worker locks itself in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Setup {
    /// Private memory in KiB.
    pub(crate) memory_kib: u32,
    /// User id to drop to, if the worker starts as root.
    pub(crate) uid: u32,
    /// Group id to drop to, if the worker starts as root.
    pub(crate) gid: u32,
    /// Whether to refuse when the sandbox is not whole.
    pub(crate) strict: bool,
    /// Whether to refuse when no Landlock keeps files away.
    pub(crate) needs_landlock: bool,
    /// Whether the library needs libm, which must be there before the door closes.
    pub(crate) needs_libm: bool,
    /// Whether connections may be handed over: only then may the worker receive descriptors.
    pub(crate) connects: bool,
    /// The id of a method that is linked into the program; without it the library is in the sealed memory.
    pub(crate) linked: Option<String>,
}

/// What a worker says to the daemon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum WorkerSays {
    /// The sandbox stands; nothing of the library has run yet.
    Sandboxed(SandboxReport),
    /// The library is loaded and its machine made.
    Loaded(Loaded),
    /// The answer to one event.
    Answer(Vec<MethodOutput>),
    /// A watched descriptor has something to read. Said once until the method is told.
    Readable {
        /// Its number in the worker.
        watch: u32,
    },
    /// The worker ends, for this reason.
    Failed(WorkerFault),
}

/// What the library says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Loaded {
    pub(crate) contract_major: u16,
    pub(crate) contract_minor: u16,
    pub(crate) id: String,
    pub(crate) version: String,
}

/// Why a worker ends by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum WorkerFault {
    /// A part of the sandbox could not be raised.
    Sandbox(String),
    /// The library could not be opened.
    Load(String),
    /// The library is of another contract.
    Contract(String),
    /// The method panicked.
    Panicked,
    /// The method's answer is longer than any may be.
    Flood(String),
    /// The method wants a descriptor watched that was not handed to it, or closed one that is watched.
    ForeignDescriptor(String),
}

/// Why octets are no message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// The announced or actual length is above the limit.
    #[error("a message of {length} octets where {limit} are allowed")]
    TooLong {
        /// Octets announced.
        length: usize,
        /// Octets allowed.
        limit: usize,
    },
    /// A length of nothing.
    #[error("an empty message")]
    Empty,
    /// The octets are not the message that belongs here.
    #[error("not a message: {0}")]
    Malformed(String),
}

/// Writes one message with its length in front.
///
/// # Errors
/// [`FrameError::TooLong`] above `limit` octets.
pub fn encode_frame<T: Serialize>(message: &T, limit: usize) -> Result<Vec<u8>, FrameError> {
    // One buffer that is large enough: a code in it is not left behind where a smaller one was.
    let mut frame = Vec::with_capacity(PREFIX + limit.min(Limits::TO_WORKER));
    frame.extend_from_slice(&[0; PREFIX]);
    let mut frame = postcard::to_extend(message, frame).map_err(|error| FrameError::Malformed(error.to_string()))?;
    let length = frame.len() - PREFIX;
    let told = u32::try_from(length).ok().filter(|_| length <= limit);
    let told = told.ok_or(FrameError::TooLong { length, limit })?;
    frame[..PREFIX].copy_from_slice(&told.to_le_bytes());
    Ok(frame)
}

/// Gathers octets until a message is whole. Holds at most one message and what came with it.
#[derive(Debug)]
pub struct FrameBuffer {
    octets: Vec<u8>,
    limit: usize,
}

impl FrameBuffer {
    /// An empty buffer for messages of at most `limit` octets.
    #[must_use]
    pub fn new(limit: usize) -> FrameBuffer {
        FrameBuffer { octets: Vec::new(), limit }
    }

    /// Adds what was read.
    pub fn push(&mut self, octets: &[u8]) {
        self.octets.extend_from_slice(octets);
    }

    /// Whether nothing is left over.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.octets.is_empty()
    }

    /// Takes the next whole message; `None` until it is there.
    ///
    /// # Errors
    /// [`FrameError`]; whoever speaks like this is not listened to any further.
    pub fn next_message<T: DeserializeOwned>(&mut self) -> Result<Option<T>, FrameError> {
        let Some(prefix) = self.octets.first_chunk::<PREFIX>() else { return Ok(None) };
        let length = usize::try_from(u32::from_le_bytes(*prefix)).unwrap_or(usize::MAX);
        if length > self.limit {
            return Err(FrameError::TooLong { length, limit: self.limit });
        }
        if length == 0 {
            return Err(FrameError::Empty);
        }
        let Some(body) = self.octets.get(PREFIX..PREFIX + length) else { return Ok(None) };
        let (message, rest) =
            postcard::take_from_bytes(body).map_err(|error| FrameError::Malformed(error.to_string()))?;
        if !rest.is_empty() {
            return Err(FrameError::Malformed(format!("{} octets too many", rest.len())));
        }
        self.octets[..PREFIX + length].zeroize();
        self.octets.drain(..PREFIX + length);
        Ok(Some(message))
    }
}
