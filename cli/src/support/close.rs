//! `resetkit support close`.

use resetkit_companion::desk::TicketOutcome;

use super::carrier::Carrier;
use super::{CloseOptions, House, reading_key_path};
use crate::failure::Failure;

pub(super) fn outcome(text: &str) -> Result<TicketOutcome, String> {
    TicketOutcome::parse(text)
        .ok_or_else(|| format!("one of {}", TicketOutcome::ALL.map(TicketOutcome::as_str).join(", ")))
}

pub(super) fn run(options: &CloseOptions) -> Result<(), Failure> {
    let house = House::load(&options.desk)?;
    let carrier = Carrier::new(&options.desk, &house.brand, options.ticket.as_ref())?;
    let number = carrier.close(options.outcome)?;
    let path = reading_key_path(options.reading_key.as_deref(), options.desk.file.as_deref(), &number);
    // Somebody else's machine has no reading key.
    let gone = std::fs::remove_file(&path).is_ok();
    let word = house.say(&format!("relay-desk-state-{}", options.outcome.as_str()), &[]);
    let about = [("ticket", number.as_str().into()), ("outcome", word.as_str().into())];
    println!("{}", house.say("desk-unlock-closed", &about));
    if gone {
        println!("{}", house.say("desk-unlock-key-gone", &[]));
    }
    if options.outcome == TicketOutcome::Suspicious {
        println!("{}", house.say("desk-unlock-suspicious-next", &[]));
    }
    Ok(())
}
