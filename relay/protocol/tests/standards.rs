//! RFC 9180's own vectors, and Wycheproof's, against the parts that the envelope is built of (R25, R26).

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use hkdf::Hkdf;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{Infallible, TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use serde_json::Value;
use sha2::Sha256;
use wycheproof::TestResult;

/// Hands out the vector's `ikmE`, and panics if asked for more.
struct Scripted(Vec<u8>);

impl TryRng for Scripted {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        unreachable!("the encapsulation asks for octets only")
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        unreachable!("the encapsulation asks for octets only")
    }
    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        let rest = self.0.split_off(out.len());
        out.copy_from_slice(&self.0);
        self.0 = rest;
        Ok(())
    }
}

impl TryCryptoRng for Scripted {}

fn hex(vector: &Value, name: &str) -> Vec<u8> {
    data_encoding::HEXLOWER.decode(vector[name].as_str().unwrap().as_bytes()).unwrap()
}

type Private = <X25519HkdfSha256 as Kem>::PrivateKey;
type Public = <X25519HkdfSha256 as Kem>::PublicKey;
type Encapped = <X25519HkdfSha256 as Kem>::EncappedKey;

#[test]
fn r25_rfc_9180_a2_vectors_in_modes_auth_and_base() {
    let file: Value = serde_json::from_str(include_str!("vectors/rfc9180-a2.json")).unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    let mut modes = Vec::new();
    for vector in vectors {
        let mode = vector["mode"].as_u64().unwrap();
        modes.push(mode);
        let (receiver, receiver_public) = X25519HkdfSha256::derive_keypair(&hex(vector, "ikmR"));
        // The vectors give private keys before clamping; reading them clamps (RFC 9180 7.1.2).
        assert!(receiver == Private::from_bytes(&hex(vector, "skRm")).unwrap());
        assert_eq!(receiver_public, Public::from_bytes(&hex(vector, "pkRm")).unwrap());
        let (sending, receiving) = if mode == 2 {
            let sender = Private::from_bytes(&hex(vector, "skSm")).unwrap();
            let sender_public = Public::from_bytes(&hex(vector, "pkSm")).unwrap();
            (OpModeS::Auth((sender, sender_public.clone())), OpModeR::Auth(sender_public))
        } else {
            (OpModeS::Base, OpModeR::Base)
        };
        let info = hex(vector, "info");
        let mut random = Scripted(hex(vector, "ikmE"));
        let (enc, mut sender) = hpke::setup_sender_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &sending,
            &receiver_public,
            &info,
            &mut random,
        )
        .unwrap();
        assert_eq!(enc.to_bytes().to_vec(), hex(vector, "enc"));
        let enc = Encapped::from_bytes(&hex(vector, "enc")).unwrap();
        let mut receiver =
            hpke::setup_receiver::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(&receiving, &receiver, &enc, &info)
                .unwrap();
        for encryption in vector["encryptions"].as_array().unwrap() {
            let (plain, aad, sealed) = (hex(encryption, "pt"), hex(encryption, "aad"), hex(encryption, "ct"));
            assert_eq!(sender.seal(&plain, &aad).unwrap(), sealed);
            assert_eq!(receiver.open(&sealed, &aad).unwrap(), plain);
        }
    }
    assert_eq!(modes, [0, 2]);
}

#[test]
fn r25_r26_f18_wycheproof_x25519() {
    let set = wycheproof::xdh::TestSet::load(wycheproof::xdh::TestName::X25519).unwrap();
    let mut tried = 0;
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let private: [u8; 32] = test.private_key.as_ref().try_into().unwrap();
        let public: [u8; 32] = test.public_key.as_ref().try_into().unwrap();
        let shared = x25519_dalek::StaticSecret::from(private).diffie_hellman(&public.into());
        assert_eq!(shared.as_bytes().as_slice(), test.shared_secret.as_ref(), "case {}", test.tc_id);
        // Ours refuses exactly the keys with which every secret is zero.
        let zero = shared.as_bytes() == &[0; 32];
        assert_eq!(resetkit_protocol::DevicePublic::from_octets(public).is_err(), zero, "case {}", test.tc_id);
        assert_eq!(resetkit_protocol::RelayPublic::from_octets(public).is_err(), zero, "case {}", test.tc_id);
        tried += 1;
    }
    assert_eq!(tried, set.number_of_tests);
    assert!(tried > 500);
}

#[test]
fn r25_wycheproof_chacha20_poly1305() {
    let set = wycheproof::aead::TestSet::load(wycheproof::aead::TestName::ChaCha20Poly1305).unwrap();
    let mut tried = 0;
    for group in &set.test_groups {
        for test in &group.tests {
            tried += 1;
            let Ok(nonce) = <[u8; 12]>::try_from(test.nonce.as_ref()) else {
                // RFC 8439 knows only nonces of 12 octets; the envelope's come from HPKE and always are.
                assert_eq!(test.result, TestResult::Invalid, "case {}", test.tc_id);
                continue;
            };
            let cipher = chacha20poly1305::ChaCha20Poly1305::new_from_slice(&test.key).unwrap();
            let sealed = [test.ct.as_ref(), test.tag.as_ref()].concat();
            let opened = cipher.decrypt(&nonce.into(), Payload { msg: &sealed, aad: &test.aad });
            match test.result {
                TestResult::Valid | TestResult::Acceptable => {
                    assert_eq!(opened.as_deref(), Ok(test.pt.as_ref()), "case {}", test.tc_id);
                    let again = cipher.encrypt(&nonce.into(), Payload { msg: &test.pt, aad: &test.aad }).unwrap();
                    assert_eq!(again, sealed, "case {}", test.tc_id);
                }
                TestResult::Invalid => assert!(opened.is_err(), "case {}", test.tc_id),
            }
        }
    }
    assert_eq!(tried, set.number_of_tests);
    assert!(tried > 300);
}

#[test]
fn r25_wycheproof_hkdf_sha256() {
    let set = wycheproof::hkdf::TestSet::load(wycheproof::hkdf::TestName::HkdfSha256).unwrap();
    let mut tried = 0;
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        tried += 1;
        let mut out = vec![0; test.size];
        let made = Hkdf::<Sha256>::new(Some(&test.salt), &test.ikm).expand(&test.info, &mut out);
        match test.result {
            TestResult::Valid | TestResult::Acceptable => {
                assert!(made.is_ok());
                assert_eq!(out, test.okm.as_ref(), "case {}", test.tc_id);
            }
            TestResult::Invalid => assert!(made.is_err(), "case {}", test.tc_id),
        }
    }
    assert_eq!(tried, set.number_of_tests);
    assert!(tried > 50);
}
