//! What carries a ticket between agent and approvers: a relay, or a file.

use std::path::{Path, PathBuf};

use resetkit_companion::ScanError;
use resetkit_companion::desk::{Approval, Desk, PostApproval, Ticket, TicketOutcome, is_desk_word};
use resetkit_config::Brand;

use super::{DeskOptions, clean, secret};
use crate::failure::Failure;
use crate::files;

pub(super) enum Carrier {
    Relay(Box<Desk>, String),
    File(PathBuf),
}

/// The desk at the brand's relay.
pub(super) fn desk(options: &DeskOptions, brand: &Brand) -> Result<Desk, Failure> {
    let path = options.token_file.as_deref().ok_or_else(|| {
        Failure::new("No token for the relay was named.", "Name its file with --token-file, or a ticket with --file.")
    })?;
    let token = secret::read(path)?.lines().next().unwrap_or_default().trim().to_owned();
    let relay = options.relay.clone().unwrap_or_else(|| brand.relay_url.as_str().to_owned());
    Desk::new(&relay, token.into(), &options.lang).map_err(told)
}

pub(super) fn told(error: ScanError) -> Failure {
    Failure::new(
        clean(&format!("{error}.")),
        match error {
            ScanError::Unreachable(_) => {
                "Check the network and the relay's address; --file works without a relay.".into()
            }
            ScanError::NotSecure => "Write the relay's address with https.".into(),
            ScanError::BadAnswer => "Check the relay's address: somebody else may have answered.".into(),
            ScanError::NotAChallenge(_) | ScanError::Refused(_) => clean(&error.next_step()),
        },
    )
}

impl Carrier {
    pub(super) fn new(options: &DeskOptions, brand: &Brand, number: Option<&String>) -> Result<Carrier, Failure> {
        match (&options.file, number) {
            (Some(file), _) => Ok(Carrier::File(file.clone())),
            (None, Some(number)) if !is_desk_word(number) => Err(Failure::new(
                format!("`{number}` is no ticket's number."),
                "Use 1 to 32 of A-Z, a-z, 0-9, `.`, `_` and `-`.",
            )),
            (None, Some(number)) => Ok(Carrier::Relay(Box::new(desk(options, brand)?), number.clone())),
            (None, None) => Err(Failure::new("No ticket was named.", "Name its number, or its file with --file.")),
        }
    }

    pub(super) fn fetch(&self) -> Result<Ticket, Failure> {
        match self {
            Carrier::Relay(desk, number) => asked_for(desk.ticket(number).map_err(told)?, number),
            Carrier::File(path) => read_file(path),
        }
    }

    /// Adds a half; each half and each approver once, whatever carries it.
    pub(super) fn add(&self, approval: Approval) -> Result<Ticket, Failure> {
        match self {
            Carrier::Relay(desk, number) => {
                let posted = PostApproval { half: approval.half, sealed: approval.sealed };
                asked_for(desk.approve(number, &posted).map_err(told)?, number)
            }
            Carrier::File(path) => {
                let mut ticket = read_file(path)?;
                let again = |other: &Approval| other.half == approval.half || other.approver == approval.approver;
                if ticket.approvals.iter().any(again) || ticket.agent == approval.approver {
                    return Err(Failure::new(
                        "This half is approved already, or you have approved or opened this ticket.",
                        "The other approver must be somebody else, with the other key.",
                    ));
                }
                ticket.approvals.push(approval);
                write_file(path, &ticket)?;
                Ok(ticket)
            }
        }
    }

    /// The caller has read and checked the ticket of a file before.
    pub(super) fn close(&self, outcome: TicketOutcome) -> Result<(), Failure> {
        match self {
            Carrier::Relay(desk, number) => desk.close(number, outcome).map_err(told),
            Carrier::File(path) => {
                let mut ticket = read_file(path)?;
                if ticket.outcome.is_some() {
                    return Err(Failure::new("This ticket is closed already.", "Open a new one for a new call."));
                }
                ticket.outcome = Some(outcome);
                // Who approved stays on record; what he handed over goes.
                ticket.approvals.iter_mut().for_each(|approval| approval.sealed.clear());
                write_file(path, &ticket)
            }
        }
    }
}

/// A relay that answers with another ticket is not believed.
fn asked_for(ticket: Ticket, number: &str) -> Result<Ticket, Failure> {
    if ticket.ticket == number {
        return Ok(ticket);
    }
    Err(Failure::new(
        format!("The relay answered with ticket `{}` instead of {number}.", clean(&ticket.ticket)),
        "Do not go on. Tell your supervisor: the relay is broken, or lies.",
    ))
}

fn read_file(path: &Path) -> Result<Ticket, Failure> {
    serde_json::from_str(&secret::read(path)?).map_err(|error| {
        Failure::new(format!("{} is no ticket: {error}.", path.display()), "Name a file that `support open` wrote.")
    })
}

/// A cut leaves the old ticket or the new one.
pub(super) fn write_file(path: &Path, ticket: &Ticket) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(ticket)
        .map_err(|error| Failure::new(format!("The ticket cannot be written: {error}."), ""))?;
    files::write_anew(path, text + "\n")
}
