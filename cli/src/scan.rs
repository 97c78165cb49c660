//! `resetkit scan`: the companion app on the command line.

use std::io::Read as _;
use std::time::Duration;

use resetkit_companion::{Confirmation, Options};

use crate::args::{ScanOptions, ScanSource};
use crate::failure::Failure;

pub(crate) fn run(options: &ScanOptions) -> Result<(), Failure> {
    let payload = read(&options.source, options.token.as_deref())?;
    let confirmation = hand_over(&payload)?;
    if options.json {
        outln!(
            "{}",
            serde_json::to_string_pretty(&confirmation).map_err(|error| Failure::new(
                format!("The answer cannot be written as JSON: {error}."),
                "Leave `--json` away."
            ))?
        );
        return Ok(());
    }
    let Confirmation { request, brand, model, .. } = &confirmation;
    match (confirmation.purpose.as_str(), confirmation.resent) {
        ("unlock", _) => outln!("Request {request} of {brand}: support has it."),
        (_, true) => outln!("Request {request} of {brand} {model}: the same mail is sent once more."),
        (_, false) => outln!("Request {request} of {brand} {model}: the mail is on its way."),
    }
    outln!("{}", confirmation.next_step);
    Ok(())
}

/// Hands the text of a code to the relay that it names.
pub(crate) fn hand_over(payload: &str) -> Result<Confirmation, Failure> {
    resetkit_companion::scan(payload, &Options::default())
        .map_err(|error| Failure::new(format!("{error}."), error.next_step()))
}

/// Reads the code in a picture.
pub(crate) fn decode(picture: &[u8]) -> Result<String, Failure> {
    resetkit_companion::read_qr(picture).map_err(|error| Failure::new(format!("{error}."), ""))
}

pub(crate) fn read(source: &ScanSource, token: Option<&str>) -> Result<String, Failure> {
    if let Some(text) = &source.text {
        return Ok(text.split_whitespace().collect());
    }
    if let Some(url) = &source.from_screen {
        return decode(&fetch(url, token)?);
    }
    let photo = source
        .photo
        .as_ref()
        .ok_or_else(|| Failure::new("Nothing to scan was named.", "See `resetkit scan --help`."))?;
    decode(&std::fs::read(photo).map_err(|error| Failure::file(photo, &error))?)
}

/// Largest picture that is fetched.
const LARGEST: u64 = resetkit_companion::MAX_PHOTO as u64;

fn fetch(url: &str, token: Option<&str>) -> Result<Vec<u8>, Failure> {
    let unreachable = |error: ureq::Error| {
        Failure::new(
            format!("{url}: {error}."),
            "Check the address; it is the one of the picture on the Forgot-password page.",
        )
    };
    let agent: ureq::Agent = ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(20))).build().into();
    let mut request = agent.get(url);
    if let Some(token) = token {
        request = request.header("Authorization", format!("Bearer {token}"));
    }
    let mut answer = request.call().map_err(unreachable)?;
    let mut octets = Vec::new();
    answer
        .body_mut()
        .as_reader()
        .take(LARGEST)
        .read_to_end(&mut octets)
        .map_err(|error| Failure::new(format!("{url}: {error}."), "Try again."))?;
    Ok(octets)
}
