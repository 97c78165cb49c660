//! A second implementation, with primitives of its own, reads what ours seals and seals what ours reads (R27, F18).

use crate::support::{brand, contents, device, header, relay};
use hpke_rs::hpke_types::{AeadAlgorithm, KdfAlgorithm, KemAlgorithm};
use hpke_rs::libcrux::HpkeLibcrux;
use hpke_rs::{Hpke, HpkePrivateKey, HpkePublicKey, Mode};
use resetkit_protocol::{BrandId, Form, Handle, Header, Purpose, SealSeed, open, seal};
use sha2::{Digest, Sha256};

/// Challenges compared in each direction: R27 asks for 10,000, which a release build does.
const ROUNDS: u32 = if cfg!(debug_assertions) { 500 } else { 10_000 };

/// Written a second time, from DESIGN §8 alone.
fn info(brand: &BrandId, header: &Header) -> Vec<u8> {
    let mut out = b"\x12resetkit challenge\x01\x01\x01\x01".to_vec();
    out.push(u8::try_from(brand.as_str().len()).unwrap());
    out.extend(brand.as_str().bytes());
    out.extend([1, header.key_id.number(), 8]);
    out.extend(header.handle.octets());
    out.extend([1, header.purpose.wire()]);
    out
}

fn twin() -> Hpke<HpkeLibcrux> {
    let (kem, kdf) = (KemAlgorithm::DhKem25519, KdfAlgorithm::HkdfSha256);
    Hpke::new(Mode::Auth, kem, kdf, AeadAlgorithm::ChaCha20Poly1305)
}

/// Octets that are the same in every run, and look random.
fn drawn(round: u32) -> [u8; 32] {
    Sha256::digest(round.to_be_bytes()).into()
}

fn rounds() -> u32 {
    std::env::var("RESETKIT_TWIN_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS)
}

fn random_case(round: u32) -> (u8, Header, Form) {
    let draw = drawn(round);
    let mut head = header(round);
    head.purpose = Purpose::ALL[usize::from(draw[0] % 4)];
    head.handle = Handle::new(*draw[1..].first_chunk().unwrap());
    (draw[9], head, Form::ALL[usize::from(draw[10] % 3)])
}

#[test]
fn r27_f18_a_second_implementation_opens_what_ours_seals() {
    let twin = twin();
    for round in 0..rounds() {
        let (number, head, form) = random_case(round);
        let sealed_contents = contents_for(form, round);
        let (device, relay, brand) = (device(number), relay(number), brand("plain"));
        let seed = SealSeed::new(drawn(round));
        let octets = seal(&device, &relay.public(), &brand, head, form, &sealed_contents, seed).unwrap();
        let opened = twin
            .open(
                &octets[14..46],
                &HpkePrivateKey::new(relay.expose().to_vec()),
                &info(&brand, &head),
                &octets[..14],
                &octets[46..],
                None,
                None,
                Some(&HpkePublicKey::new(device.public().octets().to_vec())),
            )
            .unwrap();
        assert_eq!(&opened[..8], b"\x01\x02\x03\x04\x05de\x00");
        assert_eq!(opened.len(), form.octets() - 62);
    }
}

#[test]
fn r27_f18_ours_opens_what_a_second_implementation_seals() {
    let mut twin = twin();
    for round in 0..rounds() {
        let (number, head, _) = random_case(round);
        let (device, relay, brand) = (device(number), relay(number), brand("plain"));
        let (enc, sealed) = twin
            .seal(
                &HpkePublicKey::new(relay.public().octets().to_vec()),
                &info(&brand, &head),
                &head.octets(),
                b"\x01\x02\x03\x04\x05de\x00",
                None,
                None,
                Some(&HpkePrivateKey::new(device.expose().to_vec())),
            )
            .unwrap();
        let octets = [head.octets().as_slice(), &enc, &sealed].concat();
        assert_eq!(open(&relay, &device.public(), &brand, &octets), Ok((head, contents(None))));
    }
}

fn contents_for(form: Form, round: u32) -> resetkit_protocol::Contents {
    let octets = usize::try_from(round).unwrap();
    contents(match form {
        Form::AddressAtRelay => None,
        Form::AddressSealed => Some(crate::support::address(3 + octets % 50)),
        Form::LongAddressSealed => Some(crate::support::address(3 + octets % 252)),
    })
}
