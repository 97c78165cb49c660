//! A *fake* relay: the real envelope ([`resetkit_protocol`]), and in place of server, database and mail a few lists.

use std::collections::BTreeMap;

use resetkit_core::{Code, CodeStyle};
use resetkit_protocol as wire;

use crate::world::{Confirmation, Mail, Trouble};

/// As many counters below the highest as the relay still takes (R32).
const WINDOW: u32 = 64;
/// Mails of one and the same challenge.
const RESENDS: usize = 3;

#[derive(Debug)]
pub(super) struct FakeRelay {
    secret: wire::RelaySecret,
    device: wire::DevicePublic,
    brand: wire::BrandId,
    seen: BTreeMap<u32, (Vec<u8>, usize)>,
    pub(super) up: bool,
    pub(super) mails: Vec<Mail>,
}

fn no(code: &str, next_step: &str) -> Trouble {
    Trouble { code: code.to_owned(), happened: code.to_owned(), next_step: next_step.to_owned() }
}

impl FakeRelay {
    pub(super) fn new(secret: wire::RelaySecret, device: wire::DevicePublic, brand: wire::BrandId) -> FakeRelay {
        FakeRelay { secret, device, brand, seen: BTreeMap::new(), up: true, mails: Vec::new() }
    }

    /// What the press of the button on the relay's page does.
    pub(super) fn serve(&mut self, payload: &str) -> Result<Confirmation, Trouble> {
        if !self.up {
            return Err(no("unreachable", "try again when the phone has a network"));
        }
        let (_, octets) = wire::from_url(payload).map_err(|_| no("E-701", "scan the code on the screen"))?;
        let (header, contents) = wire::open(&self.secret, &self.device, &self.brand, &octets)
            .map_err(|_| no("E-700", "scan the code on the screen"))?;
        let resent = self.take(header.counter, &octets)?;
        self.mails.push(mail(&header, &contents)?);
        Ok(Confirmation { request: header.request(), resent })
    }

    /// Takes a counter once; the same octets again are a resend, other octets under it are a forgery.
    fn take(&mut self, counter: u32, octets: &[u8]) -> Result<bool, Trouble> {
        let highest = self.seen.keys().next_back().copied().unwrap_or(0);
        match self.seen.get_mut(&counter) {
            Some((known, count)) if known == octets && *count <= RESENDS => {
                *count += 1;
                Ok(true)
            }
            Some(_) => Err(no("used", "ask the device for a new code")),
            None if counter + WINDOW <= highest => Err(no("too-old", "ask the device for a new code")),
            None => {
                self.seen.insert(counter, (octets.to_vec(), 1));
                Ok(false)
            }
        }
    }
}

fn mail(header: &wire::Header, contents: &wire::Contents) -> Result<Mail, Trouble> {
    let style = match contents.style {
        wire::CodeStyle::Letters => CodeStyle::Letters,
        wire::CodeStyle::Digits => CodeStyle::Digits,
    };
    let code = Code::from_octets(*contents.code.expose(), style).ok_or_else(|| no("E-700", "ask for a new code"))?;
    let to = contents.address.as_ref().map(|address| address.expose().to_owned());
    Ok(Mail {
        to: to.ok_or_else(|| no("E-700", "enter an address at the device"))?,
        subject: format!("Request {}", header.request()),
        text: format!("Request {}, {}. Code: {}\n", header.request(), header.purpose.as_str(), code.display().expose()),
    })
}
