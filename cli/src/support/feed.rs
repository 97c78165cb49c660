//! The factory's feed at the desk: which device it is, on the factory's word and not on the word of whoever carries a ticket.

use std::path::{Path, PathBuf};

use clap::Args;
use minisign_verify::{PublicKey, Signature};
use resetkit_companion::desk::{DeviceStatus, FeedRow, Header, Ticket};

use super::{House, clean, secret};
use crate::failure::Failure;

/// Where the feed lies, and who signed it.
#[derive(Debug, Args)]
pub(crate) struct FeedOptions {
    /// The factory's feed: key, model and label of the device must be the ones that stand there.
    #[arg(long, value_name = "FILE")]
    feed: Option<PathBuf>,
    /// Public key (RW…) that signed the feed; its signature lies beside it, FILE.minisig.
    #[arg(long, value_name = "KEY", requires = "feed")]
    feed_key: Option<String>,
}

impl FeedOptions {
    /// The row of the code's device; `None` where no feed was named.
    pub(super) fn row(&self, house: &House, header: &Header) -> Result<Option<FeedRow>, Failure> {
        let Some(path) = &self.feed else { return Ok(None) };
        let text = secret::read(path)?;
        if let Some(key) = &self.feed_key {
            check_signature(path, &text, key)?;
        }
        // A feed only grows: the last row about a device holds.
        let mut found = None;
        for (place, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let row = FeedRow::parse(line).map_err(|slip| {
                Failure::new(
                    format!("{}, line {}: {slip}.", path.display(), place + 1),
                    "Take the feed from the factory again.",
                )
            })?;
            if row.handle == header.handle && row.brand.as_str() == house.brand.id.as_str() {
                found = Some(row);
            }
        }
        match found {
            Some(row) if row.status == DeviceStatus::Revoked => Err(Failure::new(
                "This device's key was revoked (E-702).",
                "Do not unlock it. Record the call as suspicious, and tell your supervisor.",
            )),
            Some(row) => Ok(Some(row)),
            None => Err(Failure::new(
                format!("{} has no device of this brand with the code's handle (E-766).", path.display()),
                "Compare brand and label with the owner; the feed may be older than the device.",
            )),
        }
    }
}

fn check_signature(feed: &Path, text: &str, key: &str) -> Result<(), Failure> {
    let key = PublicKey::from_base64(key)
        .map_err(|_| Failure::new("--feed-key is no public key.", "Copy the line that begins with RW."))?;
    let mut path = feed.as_os_str().to_owned();
    path.push(".minisig");
    let path = PathBuf::from(path);
    let signature = Signature::decode(&secret::read(&path)?);
    let good = signature.is_ok_and(|signature| key.verify(text.as_bytes(), &signature, false).is_ok());
    if good {
        return Ok(());
    }
    Err(Failure::new(
        format!("{} is not signed by this key, or was changed since.", feed.display()),
        "Take feed and signature from the factory again.",
    ))
}

/// A ticket that names another device than the feed does was altered, or the relay is wrong about it.
pub(super) fn compare(ticket: &Ticket, row: &FeedRow) -> Result<(), Failure> {
    let told = [
        ("key", Some(ticket.device_key.as_str()), row.public_key.to_string()),
        ("model", ticket.model.as_deref(), row.model.clone()),
        ("label", ticket.label.as_deref(), row.label.as_str().to_owned()),
    ];
    // A desk without a feed knows neither model nor label, and says nothing of them.
    let differs =
        told.into_iter().find_map(|(what, told, known)| Some((what, told.filter(|told| *told != known)?, known)));
    let Some((what, told, known)) = differs else { return Ok(()) };
    Err(Failure::new(
        format!("The ticket's {what} is `{}`, and the feed's `{known}`: this is another device.", clean(told)),
        "Do not go on. Tell your supervisor: the ticket was altered, or the relay says something wrong.",
    ))
}
