//! Devices, relays and challenges to try things on.

use resetkit_protocol::{
    Address, BrandId, CodeOctets, CodeStyle, Contents, DeviceSecret, Form, Handle, Header, KeyId, Lane, Locale,
    Purpose, RelaySecret, SealSeed, Suite, seal,
};

pub(crate) fn device(number: u8) -> DeviceSecret {
    DeviceSecret::from_octets([number; 32])
}

pub(crate) fn relay(number: u8) -> RelaySecret {
    RelaySecret::from_octets([number ^ 0xa5; 32])
}

pub(crate) fn brand(name: &str) -> BrandId {
    BrandId::parse(name).unwrap()
}

pub(crate) fn header(counter: u32) -> Header {
    Header {
        purpose: Purpose::Reset,
        lane: Lane::Console,
        suite: Suite::X25519ChaCha,
        key_id: KeyId::new(1).unwrap(),
        handle: Handle::new(*b"\x00\x01handle"),
        counter,
    }
}

/// An address of exactly this many octets.
pub(crate) fn address(octets: usize) -> Address {
    let mut text = "a@".to_owned();
    while text.len() < octets {
        let label = (octets - text.len()).min(60);
        text.push_str(&"b".repeat(label));
        if text.len() + 1 < octets {
            text.push('.');
        } else if text.len() < octets {
            text.push('c');
        }
    }
    Address::parse(&text).unwrap()
}

pub(crate) fn contents(address: Option<Address>) -> Contents {
    Contents {
        code: CodeOctets::new([1, 2, 3, 4, 5]),
        style: CodeStyle::Letters,
        locale: Locale::parse("de").unwrap(),
        address,
    }
}

/// Contents that fit this form.
pub(crate) fn fitting(form: Form) -> Contents {
    contents(match form {
        Form::AddressAtRelay => None,
        Form::AddressSealed => Some(address(31)),
        Form::LongAddressSealed => Some(address(200)),
    })
}

pub(crate) fn sealed(form: Form, counter: u32) -> Vec<u8> {
    let seed = SealSeed::new([7; 32]);
    seal(&device(1), &relay(1).public(), &brand("plain"), header(counter), form, &fitting(form), seed).unwrap()
}
