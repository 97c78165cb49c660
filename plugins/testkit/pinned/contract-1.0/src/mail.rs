//! A code on its way: what a method with the grant `deliver-code` carries, and the connection that it carries it over.

use abi_stable::StableAbi;
use abi_stable::std_types::{ROption, RString, RVec};
use serde::{Deserialize, Serialize};

use crate::hidden::Hidden;

/// One message to bring to one recipient. The daemon drew the code and composed the text (R1, R70); the method adds nothing.
#[repr(C)]
#[derive(Debug, Clone, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub struct Delivery {
    /// The request number as it also stands on the screen, such as `0042`.
    pub request: RString,
    /// The address on file in its stored form; the only recipient (R65). Never to be shown.
    pub recipient: Hidden,
    /// The code as it is shown, such as `7ZX-0KM-41Q`. Never to be shown by the method itself.
    pub code: Hidden,
    /// The subject line: plain text of one line, no code in it.
    pub subject: RString,
    /// The whole message as plain text with `\n` line ends; holds the code.
    pub text: Hidden,
    /// Comparisons left for this code.
    pub tries_left: u8,
    /// Powered minutes left for this code.
    pub minutes_left: u16,
}

/// A connection that the daemon made. The descriptor is a non-blocking stream socket; take it with
/// [`claim`](crate::claim).
#[repr(C)]
#[derive(Debug, Clone, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub struct Connection {
    /// The name of the setting, as in the manifest.
    pub setting: RString,
    /// The descriptor's number in the worker.
    pub watch: u32,
    /// Who is at the other end.
    pub peer: Peer,
    /// Milliseconds since boot, suspend counted.
    pub at_ms: u64,
}

/// The other end of a connection, as the site's configuration describes it.
#[repr(C)]
#[derive(Debug, Clone, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub struct Peer {
    /// The name that its certificate must have.
    pub host: RString,
    /// The port that was connected to.
    pub port: u16,
    /// How TLS begins. There is no way without (R67).
    pub security: Security,
    /// How to log in, if at all.
    pub login: ROption<Login>,
    /// The sender's address.
    pub from: RString,
    /// Certificates of further authorities in PEM; empty: the public ones.
    pub roots: RVec<u8>,
    /// The name that the device gives itself.
    pub helo: RString,
}

/// How TLS begins (R67).
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub enum Security {
    /// At once, as on port 465.
    Implicit,
    /// After `STARTTLS`, which is required: a server without it is refused.
    StartTls,
}

/// How to log in at the other end.
#[repr(C)]
#[derive(Debug, Clone, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub struct Login {
    /// The SASL mechanism.
    pub mechanism: Mechanism,
    /// The user's name.
    pub user: Hidden,
    /// A password, or a token where the mechanism is [`Mechanism::XOauth2`].
    pub secret: Hidden,
}

/// SASL mechanisms.
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub enum Mechanism {
    /// `AUTH PLAIN` (RFC 4616).
    Plain,
    /// `AUTH LOGIN`, which some servers offer alone.
    LoginCommand,
    /// `AUTH XOAUTH2` with a bearer token.
    XOauth2,
}
