//! What a device, a phone and a relay say to one another. No sockets, no clock, no randomness of its own.
//!
//! A device [`seal`]s a code for its maker's relay, shows the octets as a web address ([`to_url`]), a phone carries
//! them ([`ScanRequest`]), and the relay [`open`]s them and mails the code.
//!
//! ```text
//!            14 octets, clear, authenticated          32         8 / 61 / 264            16
//!  +----------------------------------------------+---------+------------------------+--------+
//!  | version·purpose·lane | suite·key | handle | counter | enc | code locale flags [address] | tag |
//!  +----------------------------------------------+---------+------------------------+--------+
//!    70 octets: address at the relay · 123: address sealed, at most 52 octets · 326: address up to 254 octets
//!   126 octets: an unlock by support, sealed in two halves to two approvers
//! ```
//!
//! The envelope is HPKE (RFC 9180) in mode Auth with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and ChaCha20-Poly1305.
//! The header is the additional data; `info` binds label, version, suite, brand, key id, handle and purpose (R28).

#![forbid(unsafe_code)]

mod address;
mod contents;
mod feed;
mod form;
mod header;
mod keys;
mod seal;
mod spoken;
mod text;
mod ticket;
mod unlock;
mod wire;

pub use address::{Address, AddressSlip, MAX_ADDRESS, MAX_SHORT_ADDRESS, MIN_ADDRESS};
pub use contents::{CodeOctets, CodeStyle, Contents, ContentsSlip, Locale};
pub use feed::{DeviceStatus, FeedRow, FeedSlip, LabelTail, Nickname, is_printable};
pub use form::Form;
pub use header::{BrandId, HEADER_OCTETS, Handle, Header, HeaderSlip, KeyId, Lane, Purpose, Suite, VERSION};
pub use keys::{
    ApproverPublic, ApproverSecret, DevicePublic, DeviceSecret, KeySlip, ReadingPublic, ReadingSecret, RelayPublic,
    RelaySecret,
};
pub use seal::{OpenError, SealError, SealSeed, open, peek, seal};
pub use text::{MAX_URL, TextSlip, from_text, from_url, to_text, to_url};
pub use ticket::{
    Approval, MAX_EVIDENCE, ReadTicket, TICKET_VERSION, Ticket, TicketOutcome, TicketSlip, approve, is_desk_word,
    open_approval,
};
pub use unlock::{Half, HalfOf, SupportKeys, UNLOCK_OCTETS, UnlockError, UnlockSeeds, open_half, seal_unlock};
pub use wire::{
    CloseTicket, DeskList, LookAnswer, OpenTicket, PostApproval, Problem, ProblemCode, ScanAnswer, ScanRequest,
    TicketSummary, WaitingUnlock,
};
