//! `resetkit support open`: the agent's first step.

use std::path::Path;

use resetkit_companion::desk::{
    DevicePublic, FeedRow, Header, OpenTicket, ReadingSecret, TICKET_VERSION, Ticket, UNLOCK_OCTETS, WaitingUnlock,
    from_text, from_url, is_desk_word, peek, to_text,
};

use super::{CHECK_TAG, House, OpenOptions, carrier, checked, clean, feed, payload_of, reading_key_path, secret};
use crate::failure::Failure;

pub(super) fn run(options: &OpenOptions) -> Result<(), Failure> {
    let house = House::load(&options.desk)?;
    check_words(options, &house)?;
    let (header, octets) = unlock(options, &house)?;
    let path = reading_key_path(options.reading_key.as_deref(), options.desk.file.as_deref(), &options.ticket);
    let reading = ReadingSecret::from_octets(secret::octets()?);
    // The key first: a ticket that nobody can read would spend the request.
    secret::write(&path, &reading.to_file_text())?;
    let opened = options.feed.row(&house, &header).and_then(|row| {
        let ticket = match &options.desk.file {
            None => at_relay(options, &house, &octets, &reading, row.as_ref()),
            Some(file) => in_file(options, &house, file, &octets, &reading, row),
        }?;
        let read = checked(&ticket, &house)?;
        secret::add_line(&path, &format!("{CHECK_TAG}{}", read.check_number()))?;
        Ok((ticket, read))
    });
    let (ticket, read) = opened.inspect_err(|_| drop(std::fs::remove_file(&path)))?;
    house.print_ticket(&ticket, &read);
    let check = read.check_number();
    outln!("  {:<24}{check}", house.say("desk-unlock-check", &[]));
    outln!("\n{}", house.say("desk-unlock-opened-next", &[("check", check.as_str().into())]));
    outln!("{}", house.say("desk-unlock-reading-key", &[("file", path.display().to_string().as_str().into())]));
    Ok(())
}

fn check_words(options: &OpenOptions, house: &House) -> Result<(), Failure> {
    let words = std::iter::once(&options.ticket).chain(&options.name);
    if let Some(word) = words.into_iter().find(|word| !is_desk_word(word)) {
        return Err(Failure::new(
            format!("`{word}` cannot stand on a ticket."),
            "Use 1 to 32 of A-Z, a-z, 0-9, `.`, `_` and `-`.",
        ));
    }
    let unknown = options.evidence.iter().find(|id| !house.support.evidence.contains(id));
    match unknown {
        Some(id) => Err(Failure::new(
            format!("`{id}` is not on this brand's list of evidence (E-764)."),
            format!("Accepted are: {}. Without any of them, do not unlock.", house.support.evidence.join(", ")),
        )),
        None => Ok(()),
    }
}

/// The owner's code, from a photograph, as text, or as the phone passed it on.
fn unlock(options: &OpenOptions, house: &House) -> Result<(Header, Vec<u8>), Failure> {
    let text = match &options.source.request {
        Some(request) => waiting(options, house, request)?,
        None => payload_of(options.source.photo.as_ref(), options.source.text.as_ref())?,
    };
    let text = text.trim();
    let octets = from_url(text).map(|(_, octets)| octets).or_else(|_| from_text(text)).map_err(|slip| {
        Failure::new(
            format!("This is not the code of a device's screen: {slip}."),
            "Ask the owner to photograph the whole code again, or to read the text below it from a stick.",
        )
    })?;
    if octets.len() != UNLOCK_OCTETS {
        return Err(Failure::new(
            "This code is for the companion app, not for support.",
            "Ask the owner to choose “Support” at the device, and use the code that appears then.",
        ));
    }
    let header = peek(&octets).map_err(|error| Failure::new(format!("{error}."), "Ask the owner for a new code."))?;
    Ok((header, octets))
}

/// What an owner's phone passed on under this request number.
fn waiting(options: &OpenOptions, house: &House, request: &str) -> Result<String, Failure> {
    let list = carrier::desk(&options.desk, &house.brand)?.list().map_err(carrier::told)?;
    let number = |text: &str| text.trim().trim_start_matches('0').to_owned();
    let wanted = list.waiting.iter().filter(|unlock| number(&unlock.request) == number(request));
    let label = options.label.as_deref();
    let found: Vec<_> =
        wanted.filter(|unlock| label.is_none_or(|label| unlock.label.eq_ignore_ascii_case(label))).collect();
    match found.as_slice() {
        [one] => Ok(one.payload.clone()),
        [] => Err(Failure::new(
            format!("No owner has passed on request {request}."),
            "Ask the owner to open the code with the phone's camera and to press the button there; or take a photograph.",
        )),
        several if are_twins(several) => Err(twins(request, several)),
        several => Err(Failure::new(
            format!(
                "{} devices have request {request}: {}.",
                several.len(),
                several
                    .iter()
                    .map(|unlock| clean(&format!("{} {}", unlock.model, unlock.label)))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
            "Ask for the last four characters of the device's label, and name them with --label.",
        )),
    }
}

/// Codes that neither request nor label tell apart: of one device, so that all but one are somebody else's.
fn are_twins(several: &[&WaitingUnlock]) -> bool {
    several.windows(2).all(|two| two[0].model == two[1].model && two[0].label == two[1].label)
}

fn twins(request: &str, several: &[&WaitingUnlock]) -> Failure {
    let newest = several.iter().map(|unlock| unlock.at).max().unwrap_or_default();
    let mut ages: Vec<_> = several.iter().map(|unlock| newest.saturating_sub(unlock.at) / 60).collect();
    ages.sort_unstable();
    let ages = ages.iter().map(|minutes| match minutes {
        0 => "the newest".to_owned(),
        minutes => format!("{minutes} min before it"),
    });
    Failure::new(
        format!(
            "{} codes with request {request} and one label were passed on: {}. At most one is the owner's.",
            several.len(),
            ages.collect::<Vec<_>>().join(", ")
        ),
        "Take none of them: ask the owner for a photograph of the whole screen, and name its file instead of --request.",
    )
}

/// What an agent opened is what stands on the check number, not what a relay makes of it: the ticket is made here, and takes
/// from the answer only what the relay alone knows (the device's key, model and label; the agent's name).
fn at_relay(
    options: &OpenOptions,
    house: &House,
    octets: &[u8],
    reading: &ReadingSecret,
    row: Option<&FeedRow>,
) -> Result<Ticket, Failure> {
    let open = OpenTicket {
        ticket: options.ticket.clone(),
        payload: to_text(octets),
        evidence: options.evidence.clone(),
        reading_key: reading.public().to_string(),
    };
    let answer = carrier::desk(&options.desk, &house.brand)?.open(&open).map_err(carrier::told)?;
    let ticket = Ticket {
        resetkit_ticket: TICKET_VERSION,
        ticket: open.ticket,
        brand: house.brand.id.to_string(),
        payload: open.payload,
        device_key: answer.device_key.clone(),
        model: answer.model.clone(),
        label: answer.label.clone(),
        agent: answer.agent.clone(),
        evidence: open.evidence,
        reading_key: open.reading_key,
        approvals: Vec::new(),
        outcome: None,
        opened_at: answer.opened_at,
    };
    if answer != ticket {
        return Err(Failure::new(
            "The relay answered with another ticket than the one that was sent.",
            "Do not go on. Tell your supervisor: the relay is broken, or lies.",
        ));
    }
    row.map_or(Ok(()), |row| feed::compare(&ticket, row))?;
    Ok(ticket)
}

fn in_file(
    options: &OpenOptions,
    house: &House,
    file: &Path,
    octets: &[u8],
    reading: &ReadingSecret,
    row: Option<FeedRow>,
) -> Result<Ticket, Failure> {
    if file.exists() {
        return Err(Failure::new(
            format!("{} exists already.", file.display()),
            "Name another file: one ticket, one call.",
        ));
    }
    let Some(agent) = options.name.clone() else {
        return Err(Failure::new("A ticket needs the name of its agent.", "Add --name."));
    };
    let device = device_of(options, row.as_ref())?;
    let ticket = Ticket {
        resetkit_ticket: TICKET_VERSION,
        ticket: options.ticket.clone(),
        brand: house.brand.id.to_string(),
        payload: to_text(octets),
        device_key: device.to_string(),
        model: row.as_ref().map(|row| row.model.clone()),
        label: row.map(|row| row.label.as_str().to_owned()),
        agent,
        evidence: options.evidence.clone(),
        reading_key: reading.public().to_string(),
        approvals: Vec::new(),
        outcome: None,
        opened_at: None,
    };
    carrier::write_file(file, &ticket)?;
    Ok(ticket)
}

/// The device's key, from the feed or as it was named.
fn device_of(options: &OpenOptions, row: Option<&FeedRow>) -> Result<DevicePublic, Failure> {
    if let Some(row) = row {
        return Ok(row.public_key);
    }
    let key = options.device_key.as_deref().ok_or_else(|| {
        Failure::new(
            "The device's key is not known.",
            "Name the factory's feed with --feed, or the key with --device-key.",
        )
    })?;
    DevicePublic::parse(key).map_err(|slip| Failure::new(format!("{slip}."), "Copy it from the feed."))
}
