//! A second implementation, written from the description alone, opens both halves of an unlock and joins them (R27, R89).

use crate::support::{brand, device, header};
use hpke_rs::hpke_types::{AeadAlgorithm, KdfAlgorithm, KemAlgorithm};
use hpke_rs::libcrux::HpkeLibcrux;
use hpke_rs::{Hpke, HpkePrivateKey, HpkePublicKey, Mode};
use resetkit_protocol::{
    ApproverSecret, CodeOctets, CodeStyle, Contents, Header, KeyId, Locale, Purpose, SealSeed, SupportKeys,
    UnlockSeeds, seal_unlock,
};
use sha2::{Digest, Sha256};

const ROUNDS: u32 = if cfg!(debug_assertions) { 200 } else { 10_000 };
const TRILLION: u64 = 1_000_000_000_000;

fn approver(number: u8) -> ApproverSecret {
    ApproverSecret::from_octets([number | 0x40; 32])
}

/// Label, version, suite, brand, key number, handle, purpose, half, both keys; each with its length in front.
fn info(head: &Header, half: u8, keys: [&[u8; 32]; 2]) -> Vec<u8> {
    let mut out = b"\x0fresetkit unlock\x01\x01\x01\x01\x05plain\x01".to_vec();
    out.extend([head.key_id.number(), 8]);
    out.extend(head.handle.octets());
    out.extend([1, head.purpose.wire(), 1, half]);
    for key in keys {
        out.push(32);
        out.extend(key);
    }
    out
}

fn number(octets: &[u8]) -> u64 {
    octets.iter().take(5).fold(0, |sum, octet| sum << 8 | u64::from(*octet))
}

#[test]
fn r27_r89_a_second_implementation_opens_and_joins_both_halves() {
    let (kem, kdf) = (KemAlgorithm::DhKem25519, KdfAlgorithm::HkdfSha256);
    let twin: Hpke<HpkeLibcrux> = Hpke::new(Mode::Auth, kem, kdf, AeadAlgorithm::ChaCha20Poly1305);
    let (first, second) = (approver(1), approver(2));
    let publics = [*first.public().octets(), *second.public().octets()];
    for round in 0..ROUNDS {
        let drawn: [u8; 32] = Sha256::digest(round.to_be_bytes()).into();
        let style = if round % 2 == 0 { CodeStyle::Letters } else { CodeStyle::Digits };
        let code = if round % 2 == 0 { number(&drawn) } else { number(&drawn) % TRILLION };
        let key_id = KeyId::new(drawn[9] % 64).unwrap();
        let head = Header { purpose: Purpose::Unlock, key_id, ..header(round) };
        let keys = SupportKeys::new(key_id, first.public(), second.public()).unwrap();
        let contents = Contents {
            code: CodeOctets::new(code.to_be_bytes()[3..].try_into().unwrap()),
            style,
            locale: Locale::parse("de").unwrap(),
            address: None,
        };
        let seeds =
            UnlockSeeds { pad: SealSeed::new(drawn), first: SealSeed::new(drawn), second: SealSeed::new(drawn) };
        let octets = seal_unlock(&device(drawn[8]), &keys, &brand("plain"), head, &contents, seeds).unwrap();
        let open = |half: u8, secret: &ApproverSecret, at: usize| {
            let plain = twin.open(
                &octets[at..at + 32],
                &HpkePrivateKey::new(secret.expose().to_vec()),
                &info(&head, half, [&publics[0], &publics[1]]),
                &octets[..14],
                &octets[at + 32..at + 56],
                None,
                None,
                Some(&HpkePublicKey::new(device(drawn[8]).public().octets().to_vec())),
            );
            let plain = plain.unwrap();
            assert_eq!(&plain[5..], if round % 2 == 0 { b"de\x00" } else { b"de\x01" });
            number(&plain)
        };
        let (one, other) = (open(1, &first, 14), open(2, &second, 70));
        assert_eq!(if round % 2 == 0 { one ^ other } else { (one + other) % TRILLION }, code);
    }
}
