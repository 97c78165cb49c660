//! Making a challenge: the code is drawn here, before any method hears of it (R1), and leaves only sealed, or handed once
//! to a method with the grant `deliver-code`.

use resetkit_core::{Code, CodeStyle, Counter, FailureKind, Lane, Purpose, SealForm};
use resetkit_protocol as wire;

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

/// Draws a code and seals it.
///
/// # Errors
/// [`FailureKind::AddressDoesNotFit`], [`FailureKind::NoAddress`] or [`FailureKind::SealFailed`].
pub fn seal(identity: &Identity, relay: &Relay, wish: Wish<'_>) -> Result<Sealed, FailureKind> {
    let code = draw(wish.style);
    let form = wire_form(wish.form);
    let address = match wish.form {
        SealForm::AddressAtRelay => None,
        SealForm::AddressSealed | SealForm::LongAddressSealed => Some(wish.address.ok_or(FailureKind::NoAddress)?),
    };
    let contents = wire::Contents {
        code: wire::CodeOctets::new(*code.octets().expose()),
        style: wire_style(wish.style),
        locale: wire::Locale::parse(wish.locale).unwrap_or(wire::Locale::EN),
        address: address.map(wire::Address::parse).transpose().map_err(|_| FailureKind::AddressDoesNotFit)?,
    };
    let header = wire::Header {
        purpose: wire_purpose(wish.purpose),
        lane: wire_lane(wish.lane),
        suite: wire::Suite::X25519ChaCha,
        key_id: relay.key_id,
        handle: identity.handle(),
        counter: wish.counter.value(),
    };
    let seed = wire::SealSeed::new(random::octets());
    let octets = wire::seal(identity.device(), &relay.key, &relay.brand, header, form, &contents, seed);
    let octets = octets.map_err(|error| match error {
        wire::SealError::Contents(_) => FailureKind::AddressDoesNotFit,
        wire::SealError::Crypto(_) => FailureKind::SealFailed,
    })?;
    Ok(Sealed { code, url: wire::to_url(&relay.url_prefix, &octets) })
}

fn wire_form(form: SealForm) -> wire::Form {
    match form {
        SealForm::AddressAtRelay => wire::Form::AddressAtRelay,
        SealForm::AddressSealed => wire::Form::AddressSealed,
        SealForm::LongAddressSealed => wire::Form::LongAddressSealed,
    }
}

fn wire_style(style: CodeStyle) -> wire::CodeStyle {
    match style {
        CodeStyle::Letters => wire::CodeStyle::Letters,
        CodeStyle::Digits => wire::CodeStyle::Digits,
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
