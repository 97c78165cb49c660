//! `resetkit support read`: the code, for the telephone. It is printed, and written nowhere.

use std::path::Path;

use resetkit_companion::desk::{Half, HalfOf, ReadTicket, ReadingSecret, Ticket, open_approval};
use resetkit_config::Texts;

use super::carrier::Carrier;
use super::{CHECK_TAG, House, ReadOptions, checked, reading_key_path, secret};
use crate::failure::Failure;
use crate::language;

pub(super) fn run(options: &ReadOptions) -> Result<(), Failure> {
    let house = House::load(&options.desk)?;
    let carrier = Carrier::new(&options.desk, &house.brand, options.ticket.as_ref())?;
    let ticket = carrier.fetch()?;
    let read = checked(&ticket, &house)?;
    if ticket.outcome.is_some() {
        return Err(Failure::new("This ticket is closed (E-763).", "Open a new one from a new code on the screen."));
    }
    let path = reading_key_path(options.reading_key.as_deref(), options.desk.file.as_deref(), &ticket.ticket);
    let key = reading_key(&path, &read)?;
    let (first, second) =
        (half(&ticket, &read, &house, &key, HalfOf::First)?, half(&ticket, &read, &house, &key, HalfOf::Second)?);
    let code =
        first.join(&second).map_err(|error| Failure::new(format!("{error}."), "Ask the owner for a new code."))?;
    let spoken = code.spoken(first.style());
    let words = match &options.spell {
        Some(asked) => language::texts(&house.brand, asked)?,
        None => Texts::load(&house.brand, first.locale().as_str()),
    };
    outln!("{}\n", house.say("desk-unlock-read-title", &[("request", read.header.request().as_str().into())]));
    outln!("    {}\n", spoken.as_str());
    for group in spoken.split('-') {
        outln!("    {group:<6}{}", spelt(group, &words));
    }
    outln!("\n{}", house.say("desk-unlock-read-next", &[("ticket", ticket.ticket.as_str().into())]));
    outln!("{}", house.say("desk-unlock-read-never", &[]));
    Ok(())
}

/// The key of this very ticket, as it was when it was opened: no check number is shown and no half is opened otherwise.
fn reading_key(path: &Path, read: &ReadTicket) -> Result<ReadingSecret, Failure> {
    let text = secret::read(path)?;
    let (key, opened) = text.split_once('\n').unwrap_or((&text, ""));
    let key = ReadingSecret::from_file_text(key).map_err(|slip| {
        Failure::new(format!("{}: {slip}.", path.display()), "Name the file that `support open` wrote for this ticket.")
    })?;
    let altered = opened.trim().strip_prefix(CHECK_TAG).is_some_and(|check| !read.is_check_number(check));
    if key.public() != read.reading || altered {
        return Err(Failure::new(
            "This ticket is not the one that was opened here with this key.",
            "Name the key of this ticket. If it is the right one, the ticket was altered: close it as suspicious, and tell your supervisor.",
        ));
    }
    Ok(key)
}

/// Each symbol in telephone words of the owner's language.
fn spelt(group: &str, words: &Texts) -> String {
    let one = |symbol: char| {
        let said = words.find(&format!("device-spell-{}", symbol.to_ascii_lowercase()), &[]);
        let said = said.unwrap_or_default();
        if symbol.is_ascii_digit() { said } else { format!("{symbol} {said}") }
    };
    group.chars().map(one).collect::<Vec<_>>().join(", ")
}

fn half(
    ticket: &Ticket,
    read: &ReadTicket,
    house: &House,
    key: &ReadingSecret,
    which: HalfOf,
) -> Result<Half, Failure> {
    let Some(approval) = ticket.approval(which) else {
        let done = ticket.approvals.len();
        return Err(Failure::new(
            format!("{done} of 2 approvers have approved; nobody can read half a code."),
            format!(
                "Give ticket {} and check number {} to the {} approver: `resetkit support approve`.",
                ticket.ticket,
                read.check_number(),
                which.as_str()
            ),
        ));
    };
    open_approval(read, &house.keys, key, approval).map_err(|_| {
        Failure::new(
            format!("The {} half does not come from the brand's approver, or is for another ticket or key.", which.as_str()),
            "Use the reading key of this very ticket. If it is the right one, open a new ticket and tell your supervisor.",
        )
    })
}
