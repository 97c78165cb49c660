//! `resetkit support close`.

use std::path::Path;

use resetkit_companion::desk::{ReadingSecret, Ticket, TicketOutcome};

use super::carrier::Carrier;
use super::{CloseOptions, House, checked, reading_key_path, secret};
use crate::failure::Failure;

pub(super) fn outcome(text: &str) -> Result<TicketOutcome, String> {
    TicketOutcome::parse(text)
        .ok_or_else(|| format!("one of {}", TicketOutcome::ALL.map(TicketOutcome::as_str).join(", ")))
}

pub(super) fn run(options: &CloseOptions) -> Result<(), Failure> {
    let house = House::load(&options.desk)?;
    let carrier = Carrier::new(&options.desk, &house.brand, options.ticket.as_ref())?;
    // A relay's ticket is named by whoever closes it, and may be too old to be fetched; a file says what it likes.
    let (number, of_file) = match (&carrier, &options.ticket) {
        (Carrier::Relay(_, number), _) => (number.clone(), None),
        (Carrier::File(_), named) => {
            let ticket = carrier.fetch()?;
            checked(&ticket, &house)?;
            if named.as_ref().is_some_and(|named| *named != ticket.ticket) {
                return Err(Failure::new("The file holds another ticket.", "Name the file of this ticket."));
            }
            (ticket.ticket.clone(), Some(ticket))
        }
    };
    let path = reading_key_path(options.reading_key.as_deref(), options.desk.file.as_deref(), &number);
    // Somebody else's machine has no reading key; and no file has the key of another ticket deleted.
    let is_its_key = of_file.is_none_or(|ticket| is_key_of(&path, &ticket));
    carrier.close(options.outcome)?;
    let gone = is_its_key && std::fs::remove_file(&path).is_ok();
    let word = house.say(&format!("relay-desk-state-{}", options.outcome.as_str()), &[]);
    let about = [("ticket", number.as_str().into()), ("outcome", word.as_str().into())];
    outln!("{}", house.say("desk-unlock-closed", &about));
    if gone {
        outln!("{}", house.say("desk-unlock-key-gone", &[]));
    }
    if options.outcome == TicketOutcome::Suspicious {
        outln!("{}", house.say("desk-unlock-suspicious-next", &[]));
    }
    Ok(())
}

fn is_key_of(path: &Path, ticket: &Ticket) -> bool {
    let text = secret::read(path).unwrap_or_default();
    let key = ReadingSecret::from_file_text(text.lines().next().unwrap_or_default());
    key.is_ok_and(|key| key.public().to_string() == ticket.reading_key)
}
