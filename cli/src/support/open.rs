//! `resetkit support open`: the agent's first step.

use std::path::Path;

use resetkit_companion::desk::{
    DevicePublic, DeviceStatus, FeedRow, Header, OpenTicket, ReadingSecret, TICKET_VERSION, Ticket, UNLOCK_OCTETS,
    from_text, from_url, is_desk_word, peek, to_text,
};

use super::{House, OpenOptions, carrier, checked, payload_of, reading_key_path, secret};
use crate::failure::Failure;

pub(super) fn run(options: &OpenOptions) -> Result<(), Failure> {
    let house = House::load(&options.desk)?;
    check_words(options, &house)?;
    let (header, octets) = unlock(options, &house)?;
    let path = reading_key_path(options.reading_key.as_deref(), options.desk.file.as_deref(), &options.ticket);
    let reading = ReadingSecret::from_octets(secret::octets()?);
    // The key first: a ticket that nobody can read would spend the request.
    secret::write(&path, &reading.to_file_text())?;
    let opened = match &options.desk.file {
        None => at_relay(options, &house, &octets, &reading),
        Some(file) => in_file(options, &house, file, header, &octets, &reading),
    };
    let ticket = opened.inspect_err(|_| drop(std::fs::remove_file(&path)))?;
    let read = checked(&ticket, &house)?;
    house.print_ticket(&ticket, &read);
    let check = read.check_number();
    println!("  {:<24}{check}", house.say("desk-unlock-check", &[]));
    println!("\n{}", house.say("desk-unlock-opened-next", &[("check", check.as_str().into())]));
    println!("{}", house.say("desk-unlock-reading-key", &[("file", path.display().to_string().as_str().into())]));
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
        several => Err(Failure::new(
            format!(
                "{} devices have request {request}: {}.",
                several.len(),
                several
                    .iter()
                    .map(|unlock| format!("{} {}", unlock.model, unlock.label))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
            "Ask for the last four characters of the device's label, and name them with --label.",
        )),
    }
}

fn at_relay(options: &OpenOptions, house: &House, octets: &[u8], reading: &ReadingSecret) -> Result<Ticket, Failure> {
    let open = OpenTicket {
        ticket: options.ticket.clone(),
        payload: to_text(octets),
        evidence: options.evidence.clone(),
        reading_key: reading.public().to_string(),
    };
    carrier::desk(&options.desk, &house.brand)?.open(&open).map_err(carrier::told)
}

fn in_file(
    options: &OpenOptions,
    house: &House,
    file: &Path,
    header: Header,
    octets: &[u8],
    reading: &ReadingSecret,
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
    let (device, row) = device_of(options, house, header)?;
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
fn device_of(options: &OpenOptions, house: &House, header: Header) -> Result<(DevicePublic, Option<FeedRow>), Failure> {
    let Some(feed) = &options.feed else {
        let key = options.device_key.as_deref().ok_or_else(|| {
            Failure::new(
                "The device's key is not known.",
                "Name the factory's feed with --feed, or the key with --device-key.",
            )
        })?;
        let key =
            DevicePublic::parse(key).map_err(|slip| Failure::new(format!("{slip}."), "Copy it from the feed."))?;
        return Ok((key, None));
    };
    let text = secret::read(feed)?;
    let rows = text.lines().filter(|line| !line.trim().is_empty()).filter_map(|line| FeedRow::parse(line).ok());
    // A feed only grows: the last row about a device holds.
    let mut of_it = rows.filter(|row| row.handle == header.handle && row.brand.as_str() == house.brand.id.as_str());
    match of_it.next_back() {
        Some(row) if row.status == DeviceStatus::Revoked => Err(Failure::new(
            "This device's key was revoked (E-702).",
            "Do not unlock it. Record the call as suspicious, and tell your supervisor.",
        )),
        Some(row) => Ok((row.public_key, Some(row))),
        None => Err(Failure::new(
            format!("{} has no device of this brand with the code's handle (E-766).", feed.display()),
            "Compare brand and label with the owner; the feed may be older than the device.",
        )),
    }
}
