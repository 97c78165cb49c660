//! The support desk's side (R89): tickets, and the relay's interface for staff. The command line is made of it.
//!
//! The keys never leave the machine this runs on; a relay sees tickets and sealed halves.

use crate::scan::{ScanError, agent, is_secure};
use resetkit_protocol::Problem;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;
use ureq::Agent;
use zeroize::Zeroizing;

pub use resetkit_protocol::{
    Approval, ApproverPublic, ApproverSecret, CloseTicket, CodeOctets, CodeStyle, DeskList, DevicePublic, DeviceStatus,
    FeedRow, Half, HalfOf, Header, KeyId, KeySlip, Locale, MAX_EVIDENCE, OpenTicket, PostApproval, ReadTicket,
    ReadingSecret, SealSeed, SupportKeys, TICKET_VERSION, Ticket, TicketOutcome, TicketSlip, TicketSummary,
    UNLOCK_OCTETS, UnlockError, WaitingUnlock, approve, from_text, from_url, is_desk_word, is_printable, open_approval,
    peek, to_text,
};

/// Largest answer that is read, in octets (R47): a list of two hundred tickets.
const MAX_ANSWER: u64 = 1024 * 1024;

/// A desk at its relay.
pub struct Desk {
    agent: Agent,
    prefix: String,
    token: Zeroizing<String>,
    language: String,
}

impl Desk {
    /// `relay` is its address, `https://host`; plain http to this machine alone.
    ///
    /// # Errors
    /// [`ScanError::NotSecure`].
    pub fn new(relay: &str, token: Zeroizing<String>, language: &str) -> Result<Self, ScanError> {
        let prefix = format!("{}/", relay.trim_end_matches('/').to_ascii_lowercase());
        if !is_secure(&prefix) {
            return Err(ScanError::NotSecure);
        }
        Ok(Self { agent: agent(Duration::from_secs(20)), prefix, token, language: language.to_owned() })
    }

    /// Tickets, and what owners passed on.
    ///
    /// # Errors
    /// [`ScanError`].
    pub fn list(&self) -> Result<DeskList, ScanError> {
        self.get("")
    }

    /// An open ticket.
    ///
    /// # Errors
    /// [`ScanError`].
    pub fn ticket(&self, number: &str) -> Result<Ticket, ScanError> {
        self.get(&format!("/{number}"))
    }

    /// Opens one.
    ///
    /// # Errors
    /// [`ScanError`].
    pub fn open(&self, open: &OpenTicket) -> Result<Ticket, ScanError> {
        self.post("", open)?.ok_or(ScanError::BadAnswer)
    }

    /// Hands an approver's half over.
    ///
    /// # Errors
    /// [`ScanError`].
    pub fn approve(&self, number: &str, approval: &PostApproval) -> Result<Ticket, ScanError> {
        self.post(&format!("/{number}/approvals"), approval)?.ok_or(ScanError::BadAnswer)
    }

    /// Records how the call ended.
    ///
    /// # Errors
    /// [`ScanError`].
    pub fn close(&self, number: &str, outcome: TicketOutcome) -> Result<(), ScanError> {
        self.post::<()>(&format!("/{number}/close"), &CloseTicket { outcome }).map(|_| ())
    }

    fn url(&self, path: &str) -> String {
        format!("{}v1/support/tickets{path}", self.prefix)
    }

    fn bearer(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("Bearer {}", self.token.as_str()))
    }

    fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ScanError> {
        let request = self.agent.get(self.url(path)).header("accept-language", &self.language);
        let response = request.header("authorization", self.bearer().as_str()).call();
        read(response)?.ok_or(ScanError::BadAnswer)
    }

    fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<Option<T>, ScanError> {
        let request = self.agent.post(self.url(path)).header("accept-language", &self.language);
        read(request.header("authorization", self.bearer().as_str()).send_json(body))
    }
}

/// `None` for an answer without a body.
fn read<T: DeserializeOwned>(
    response: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Result<Option<T>, ScanError> {
    let mut response = response.map_err(|error| ScanError::Unreachable(error.to_string()))?;
    let status = response.status();
    let body = response.body_mut().with_config().limit(MAX_ANSWER);
    if status.as_u16() == 204 {
        return Ok(None);
    }
    if status.is_success() {
        return body.read_json().map(Some).map_err(|_| ScanError::BadAnswer);
    }
    let problem: Problem = body.read_json().map_err(|_| ScanError::BadAnswer)?;
    Err(ScanError::Refused(Box::new(problem)))
}
