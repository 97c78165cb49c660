//! Nothing of a challenge can be altered, moved or taken for something else.

use crate::support::{brand, device, fitting, header, relay, sealed};
use resetkit_protocol::{
    BrandId, Contents, DevicePublic, DeviceSecret, Form, Handle, Header, KeyId, KeySlip, Lane, OpenError, Purpose,
    RelayPublic, SealError, SealSeed, UnlockSeeds, open, seal,
};

#[test]
fn r28_every_bit_flip_of_every_form_is_rejected() {
    for form in Form::ALL {
        let whole = sealed(form, 42);
        assert!(open(&relay(1), &device(1).public(), &brand("plain"), &whole).is_ok());
        for bit in 0..whole.len() * 8 {
            let mut flipped = whole.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            // RFC 7748 5 has every X25519 implementation ignore the top bit of a point, but the key schedule hashes
            // the octets as they came: it, too, must not pass.
            let opened = open(&relay(1), &device(1).public(), &brand("plain"), &flipped);
            assert!(
                matches!(opened, Err(OpenError::NotAuthentic | OpenError::Header(_))),
                "{form:?}: bit {bit} gave {opened:?}"
            );
        }
    }
}

#[test]
fn r28_every_truncation_and_extension_is_rejected() {
    let whole = sealed(Form::LongAddressSealed, 42);
    for length in 0..whole.len() {
        assert!(open(&relay(1), &device(1).public(), &brand("plain"), &whole[..length]).is_err(), "{length} octets");
    }
    let longer = [whole.as_slice(), &[0]].concat();
    assert_eq!(open(&relay(1), &device(1).public(), &brand("plain"), &longer), Err(OpenError::Length));
}

/// Seals under one header, then sends it under another: what an attacker who rewrites the clear part would do.
fn under_another_header(change: impl Fn(&mut Header)) -> Result<(), OpenError> {
    let mut octets = sealed(Form::AddressSealed, 42);
    let mut other = header(42);
    change(&mut other);
    octets[..14].copy_from_slice(&other.octets());
    open(&relay(1), &device(1).public(), &brand("plain"), &octets).map(|_| ())
}

#[test]
fn r28_each_item_of_the_header_is_bound() {
    type Change = Box<dyn Fn(&mut Header)>;
    let changes: [(&str, Change); 5] = [
        ("purpose", Box::new(|header| header.purpose = Purpose::ConfirmAddress)),
        ("lane", Box::new(|header| header.lane = Lane::Network)),
        ("key id", Box::new(|header| header.key_id = KeyId::new(2).unwrap())),
        ("handle", Box::new(|header| header.handle = Handle::new([9; 8]))),
        ("counter", Box::new(|header| header.counter = 43)),
    ];
    for (name, change) in changes {
        assert_eq!(under_another_header(change), Err(OpenError::NotAuthentic), "{name}");
    }
    assert_eq!(under_another_header(|_| ()), Ok(()));
}

#[test]
fn r28_each_party_is_bound() {
    let octets = sealed(Form::AddressSealed, 42);
    let refused = Err(OpenError::NotAuthentic);
    assert_eq!(open(&relay(2), &device(1).public(), &brand("plain"), &octets), refused, "another relay");
    assert_eq!(open(&relay(1), &device(2).public(), &brand("plain"), &octets), refused, "another device");
    assert_eq!(open(&relay(1), &device(1).public(), &brand("other"), &octets), refused, "another brand");
}

#[test]
fn r37_no_purpose_stands_in_for_another() {
    for asked in Purpose::ALL {
        for sent in Purpose::ALL {
            let seed = SealSeed::new([7; 32]);
            let mut head = header(42);
            head.purpose = asked;
            let contents = fitting(Form::AddressSealed);
            let mut octets =
                seal(&device(1), &relay(1).public(), &brand("plain"), head, Form::AddressSealed, &contents, seed)
                    .unwrap();
            head.purpose = sent;
            octets[..14].copy_from_slice(&head.octets());
            let opened = open(&relay(1), &device(1).public(), &brand("plain"), &octets);
            assert_eq!(opened.is_ok(), asked == sent, "{asked:?} as {sent:?}");
        }
    }
}

/// R79 as far as the envelope goes: the relay key, the brand's name and the device's key each of brand A or B.
#[test]
fn r79_two_brands_never_open_one_anothers_challenges() {
    for case in 0..32_u8 {
        let pick = |bit: u8| if case >> bit & 1 == 0 { 1_u8 } else { 2 };
        let name = |number: u8| brand(if number == 1 { "brand-a" } else { "brand-b" });
        let (device_key, to, sealed_for) = (pick(0), pick(1), pick(2));
        let octets = seal(
            &device(device_key),
            &relay(to).public(),
            &name(sealed_for),
            header(1),
            Form::AddressSealed,
            &fitting(Form::AddressSealed),
            SealSeed::new([7; 32]),
        )
        .unwrap();
        // Brand A opens with all that is A's.
        let opened = open(&relay(1), &device(1).public(), &name(1), &octets);
        assert_eq!(opened.is_ok(), (device_key, to, sealed_for) == (1, 1, 1), "{device_key} {to} {sealed_for}");
    }
}

#[test]
fn r30_f25_a_random_source_that_repeats_still_gives_each_challenge_its_own_key() {
    let enc = |octets: &[u8]| octets[14..46].to_vec();
    let mut seen = std::collections::HashSet::new();
    for counter in 0..200 {
        assert!(seen.insert(enc(&sealed(Form::AddressSealed, counter))), "counter {counter}");
    }
    // The same counter on another device, for another brand, or with other contents, is another key as well.
    let other = |device_number: u8, brand_name: &str, form: Form| {
        let seed = SealSeed::new([7; 32]);
        let (secret, name) = (device(device_number), brand(brand_name));
        enc(&seal(&secret, &relay(1).public(), &name, header(0), form, &fitting(form), seed).unwrap())
    };
    assert!(seen.insert(other(2, "plain", Form::AddressSealed)));
    assert!(seen.insert(other(1, "other", Form::AddressSealed)));
    assert!(seen.insert(other(1, "plain", Form::LongAddressSealed)));
}

#[test]
fn r30_the_seed_counts_too() {
    let with = |seed: u8| {
        let seed = SealSeed::new([seed; 32]);
        let contents = fitting(Form::AddressSealed);
        seal(&device(1), &relay(1).public(), &brand("plain"), header(1), Form::AddressSealed, &contents, seed).unwrap()
    };
    assert_eq!(with(1), with(1));
    assert_ne!(with(1)[14..46], with(2)[14..46]);
}

/// Whether a type can be copied or cloned, asked of the compiler: a method of the type itself goes before one of a trait.
macro_rules! can_be_had_twice {
    ($kind:ty) => {{
        #[allow(dead_code, reason = "asked only of what cannot be cloned, and that is the question")]
        trait Otherwise {
            const CAN: bool = false;
        }
        impl<T> Otherwise for Ask<T> {}
        struct Ask<T>(std::marker::PhantomData<T>);
        #[allow(dead_code, reason = "asked only of what can be cloned")]
        impl<T: Clone> Ask<T> {
            const CAN: bool = true;
        }
        Ask::<$kind>::CAN
    }};
}

/// The seed goes by value: a reference would let a caller seal with it again.
type Seals = fn(&DeviceSecret, &RelayPublic, &BrandId, Header, Form, &Contents, SealSeed) -> Result<Vec<u8>, SealError>;

/// One message to a context, so that no nonce comes twice: there is no context to keep, its seed is used up by the call that
/// seals, and a seed cannot be had twice.
#[test]
fn r29_a_seed_is_used_up_by_one_message_and_each_message_opens_by_itself() {
    assert!(can_be_had_twice!(Form), "the question can be answered yes");
    assert!(!can_be_had_twice!(SealSeed) && !can_be_had_twice!(UnlockSeeds));
    let _: Seals = seal;
    // Were two messages of one context, the second would be sealed under the next nonce and would not open alone.
    for counter in [1, 3, 2] {
        let (header, _) =
            open(&relay(1), &device(1).public(), &brand("plain"), &sealed(Form::AddressSealed, counter)).unwrap();
        assert_eq!(header.counter, counter);
    }
}

#[test]
fn r26_f18_points_of_low_order_are_neither_keys_nor_encapsulations() {
    let p_plus = |low: u8| {
        let mut point = [0xff; 32];
        point[0] = low;
        point[31] = 0x7f;
        point
    };
    let mut one = [0; 32];
    one[0] = 1;
    for mut point in [[0; 32], one, p_plus(0xec), p_plus(0xed), p_plus(0xee)] {
        for top in [0, 0x80] {
            point[31] = point[31] & 0x7f | top;
            assert_eq!(DevicePublic::from_octets(point), Err(KeySlip::LowOrder));
            assert_eq!(RelayPublic::from_octets(point), Err(KeySlip::LowOrder));
            let mut octets = sealed(Form::AddressSealed, 1);
            octets[14..46].copy_from_slice(&point);
            let opened = open(&relay(1), &device(1).public(), &brand("plain"), &octets);
            assert_eq!(opened, Err(OpenError::NotAuthentic));
        }
    }
}

#[test]
fn r15_secrets_show_nothing() {
    let secret = DeviceSecret::from_octets([0x41; 32]);
    let shown = format!("{secret:?} {:?} {:?}", relay(1), fitting(Form::AddressSealed));
    assert_eq!(
        shown,
        "DeviceSecret(…) RelaySecret(…) Contents { code: CodeOctets(…), style: Letters, locale: Locale([100, 101]), \
         address: Some(Address(…)) }"
    );
}
