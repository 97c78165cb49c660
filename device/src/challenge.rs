//! Making a challenge: the code is drawn here, before any method hears of it (R1), and leaves only sealed, or handed once
//! to a method with the grant `deliver-code`.

use resetkit_core::{Code, CodeStyle, Counter, FailureKind, Lane, Purpose, SealForm};
use resetkit_protocol as wire;

use crate::daemon::Ground;
use crate::identity::Identity;
use crate::random;

/// The brand's relay, from its signed pack (R38).
#[derive(Debug, Clone)]
pub struct Relay {
    /// Brand, bound into the seal (R28).
    pub brand: wire::BrandId,
    /// The relay's key.
    pub key: wire::RelayPublic,
    /// Which of its keys that is.
    pub key_id: wire::KeyId,
    /// What stands before the sealed octets in the QR code.
    pub url_prefix: String,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// Already durable, never used before (R32).
    pub counter: Counter,
    /// Bound into seal and verifier (R37).
    pub purpose: Purpose,
    /// Part of the header.
    pub lane: Lane,
    /// What the method asked for.
    pub form: SealForm,
    /// How the code looks.
    pub style: CodeStyle,
    /// Language of the mail.
    pub locale: &'a str,
    /// Where the mail goes, as it was entered (R65).
    pub address: Option<&'a str>,
}

/// A code and its sealed form.
pub struct Sealed {
    /// To be stretched into the verifier and then forgotten.
    pub code: Code,
    /// The whole web address of the QR code, upper case.
    pub url: String,
}

/// The form that suits an address: what the daemon proposes to a method.
#[must_use]
pub fn form_for(address: Option<&str>) -> SealForm {
    match address.map(str::len) {
        None => SealForm::AddressAtRelay,
        Some(length) if length <= wire::MAX_SHORT_ADDRESS => SealForm::AddressSealed,
        Some(_) => SealForm::LongAddressSealed,
    }
}

/// Draws a code (R1).
#[must_use]
pub fn draw(style: CodeStyle) -> Code {
    Code::from_random(style, random::octets())
}

/// Draws a code and seals it: to the relay, or half and half to the two approvers of support (R89).
///
/// # Errors
/// [`FailureKind::AddressDoesNotFit`], [`FailureKind::NoAddress`], [`FailureKind::RelayNotSetUp`],
/// [`FailureKind::NoSupportKeys`] or [`FailureKind::SealFailed`].
pub fn seal(ground: &Ground, wish: Wish<'_>) -> Result<Sealed, FailureKind> {
    let relay = ground.relay.as_ref().ok_or(FailureKind::RelayNotSetUp)?;
    let code = draw(wish.style);
    let octets = match mailed_form(wish.form) {
        Some(form) => seal_to_relay(&ground.identity, relay, wish, form, &code)?,
        None => {
            let keys = ground.support.as_ref().ok_or(FailureKind::NoSupportKeys)?;
            seal_to_approvers(&ground.identity, relay, keys, wish, &code)?
        }
    };
    Ok(Sealed { code, url: wire::to_url(&relay.url_prefix, &octets) })
}

fn seal_to_relay(
    identity: &Identity,
    relay: &Relay,
    wish: Wish<'_>,
    form: wire::Form,
    code: &Code,
) -> Result<Vec<u8>, FailureKind> {
    let address = match form {
        wire::Form::AddressAtRelay => None,
        wire::Form::AddressSealed | wire::Form::LongAddressSealed => Some(wish.address.ok_or(FailureKind::NoAddress)?),
    };
    let address = address.map(wire::Address::parse).transpose().map_err(|_| FailureKind::AddressDoesNotFit)?;
    let contents = contents(wish, code, address)?;
    let header = header(identity, relay.key_id, wish);
    let seed = wire::SealSeed::new(random::octets());
    let octets = wire::seal(identity.device(), &relay.key, &relay.brand, header, form, &contents, seed);
    octets.map_err(refused)
}

/// No address goes along: whoever holds the picture learns nothing of the owner.
fn seal_to_approvers(
    identity: &Identity,
    relay: &Relay,
    keys: &wire::SupportKeys,
    wish: Wish<'_>,
    code: &Code,
) -> Result<Vec<u8>, FailureKind> {
    // A code for an unlock never opens as one for a reset, and the engine asks for no other here (R37).
    if wish.purpose != Purpose::Unlock {
        return Err(FailureKind::SealFailed);
    }
    let contents = contents(wish, code, None)?;
    let header = header(identity, keys.key_id(), wish);
    let [pad, first, second] = [(), (), ()].map(|()| wire::SealSeed::new(random::octets()));
    let seeds = wire::UnlockSeeds { pad, first, second };
    wire::seal_unlock(identity.device(), keys, &relay.brand, header, &contents, seeds).map_err(refused)
}

fn contents(wish: Wish<'_>, code: &Code, address: Option<wire::Address>) -> Result<wire::Contents, FailureKind> {
    let octets = code.sealed_octets().ok_or(FailureKind::SealFailed)?;
    Ok(wire::Contents {
        code: wire::CodeOctets::new(*octets.expose()),
        style: wire_style(wish.style),
        locale: wire::Locale::parse(wish.locale).unwrap_or(wire::Locale::EN),
        address,
    })
}

fn header(identity: &Identity, key_id: wire::KeyId, wish: Wish<'_>) -> wire::Header {
    wire::Header {
        purpose: wire_purpose(wish.purpose),
        lane: wire_lane(wish.lane),
        suite: wire::Suite::X25519ChaCha,
        key_id,
        handle: identity.handle(),
        counter: wish.counter.value(),
    }
}

fn refused(error: wire::SealError) -> FailureKind {
    match error {
        wire::SealError::Contents(_) => FailureKind::AddressDoesNotFit,
        wire::SealError::Crypto(_) => FailureKind::SealFailed,
    }
}

/// `None`: not mailed at all.
fn mailed_form(form: SealForm) -> Option<wire::Form> {
    match form {
        SealForm::AddressAtRelay => Some(wire::Form::AddressAtRelay),
        SealForm::AddressSealed => Some(wire::Form::AddressSealed),
        SealForm::LongAddressSealed => Some(wire::Form::LongAddressSealed),
        SealForm::Unlock => None,
    }
}

fn wire_style(style: CodeStyle) -> wire::CodeStyle {
    match style.drawn() {
        CodeStyle::Digits | CodeStyle::KeptDigits => wire::CodeStyle::Digits,
        CodeStyle::Letters | CodeStyle::KeptLetters => wire::CodeStyle::Letters,
    }
}

fn wire_purpose(purpose: Purpose) -> wire::Purpose {
    match purpose {
        Purpose::ConfirmAddress => wire::Purpose::ConfirmAddress,
        Purpose::Reset => wire::Purpose::Reset,
        Purpose::Notice => wire::Purpose::Notice,
        Purpose::Unlock => wire::Purpose::Unlock,
    }
}

fn wire_lane(lane: Lane) -> wire::Lane {
    match lane {
        Lane::Console => wire::Lane::Console,
        Lane::Network => wire::Lane::Network,
        Lane::Button => wire::Lane::Button,
    }
}
