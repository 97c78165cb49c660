//! The support unlock (R89): two halves, two approvers, one challenge, one agent.

use crate::support::{brand, device, header};
use proptest::prelude::*;
use resetkit_protocol::{
    Approval, ApproverSecret, CodeOctets, CodeStyle, Contents, DeviceSecret, HalfOf, Handle, Header, HeaderSlip, KeyId,
    KeySlip, Lane, Locale, OpenError, Purpose, ReadTicket, ReadingSecret, SealError, SealSeed, SupportKeys, Ticket,
    UNLOCK_OCTETS, UnlockError, UnlockSeeds, approve, from_url, open, open_approval, open_half, peek, seal_unlock,
    to_text, to_url,
};

fn approver(number: u8) -> ApproverSecret {
    ApproverSecret::from_octets([number ^ 0x3c; 32])
}

fn keys() -> SupportKeys {
    SupportKeys::new(KeyId::new(7).unwrap(), approver(1).public(), approver(2).public()).unwrap()
}

fn unlock_header(counter: u32) -> Header {
    Header { purpose: Purpose::Unlock, key_id: KeyId::new(7).unwrap(), ..header(counter) }
}

fn contents(code: [u8; 5], style: CodeStyle) -> Contents {
    Contents { code: CodeOctets::new(code), style, locale: Locale::parse("de").unwrap(), address: None }
}

fn seeds(seed: u8) -> UnlockSeeds {
    let one = |number: u8| SealSeed::new([number; 32]);
    UnlockSeeds { pad: one(seed), first: one(seed.wrapping_add(1)), second: one(seed.wrapping_add(2)) }
}

fn sealed_with(code: [u8; 5], style: CodeStyle, counter: u32, seed: u8) -> Vec<u8> {
    let header = unlock_header(counter);
    seal_unlock(&device(1), &keys(), &brand("plain"), header, &contents(code, style), seeds(seed)).unwrap()
}

fn sealed(counter: u32) -> Vec<u8> {
    sealed_with([1, 2, 3, 4, 5], CodeStyle::Letters, counter, 7)
}

fn open_with(number: u8, octets: &[u8]) -> Result<(Header, resetkit_protocol::Half), UnlockError> {
    open_half(&approver(number), &keys(), &device(1).public(), &brand("plain"), octets)
}

fn join(octets: &[u8]) -> CodeOctets {
    open_with(1, octets).unwrap().1.join(&open_with(2, octets).unwrap().1).unwrap()
}

const NOT_AUTHENTIC: UnlockError = UnlockError::Open(OpenError::NotAuthentic);

#[test]
fn r89_two_approvers_together_get_the_code() {
    let octets = sealed(42);
    assert_eq!(octets.len(), UNLOCK_OCTETS);
    let (header, half) = open_with(1, &octets).unwrap();
    assert_eq!((header, half.which(), half.locale()), (unlock_header(42), HalfOf::First, Locale::parse("de").unwrap()));
    assert_eq!(join(&octets).expose(), &[1, 2, 3, 4, 5]);
}

#[test]
fn r89_a_qr_and_an_address_of_an_unlock_are_known_by_their_length() {
    let octets = sealed(42);
    let url = to_url("https://reset.example/", &octets);
    assert_eq!(from_url(&url).unwrap().1, octets);
    assert_eq!(peek(&octets).unwrap(), unlock_header(42));
    let mut mailed = octets;
    mailed[..14].copy_from_slice(&header(42).octets());
    assert_eq!(peek(&mailed), Err(OpenError::Header(HeaderSlip::Purpose)), "no other purpose has this length");
}

#[test]
fn r89_no_relay_key_opens_an_unlock() {
    let relay = resetkit_protocol::RelaySecret::from_octets(*approver(1).expose());
    let opened = open(&relay, &device(1).public(), &brand("plain"), &sealed(42));
    assert_eq!(opened.map(|_| ()), Err(OpenError::Length));
}

#[test]
fn r28_r89_every_bit_flip_is_refused_by_the_approver_whose_half_it_is() {
    let whole = sealed(42);
    for bit in 0..whole.len() * 8 {
        let mut flipped = whole.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let (first, second) = (open_with(1, &flipped), open_with(2, &flipped));
        let refused = |opened: &Result<_, UnlockError>| {
            matches!(opened, Err(UnlockError::Open(OpenError::NotAuthentic | OpenError::Header(_))))
        };
        match bit / 8 {
            0..14 => assert!(refused(&first) && refused(&second), "header: bit {bit}"),
            14..70 => assert!(refused(&first) && second.is_ok(), "first half: bit {bit}"),
            _ => assert!(first.is_ok() && refused(&second), "second half: bit {bit}"),
        }
    }
    for length in 0..whole.len() {
        assert!(open_with(1, &whole[..length]).is_err(), "{length} octets");
    }
}

/// For each half there is, for every code, exactly one other half: so one half alone excludes no code. Shown by
/// counting: over all seeds, each octet of a half is spread evenly, whatever the code.
#[test]
fn r89_one_half_says_nothing_about_the_code() {
    // The half itself is private; joined with the half of another message it shows as that half's offset.
    let zero = sealed_with([0; 5], CodeStyle::Letters, 1, 0);
    for number in [1, 2] {
        let mut ones = [0_u32; 40];
        let other = open_with(3 - number, &zero).unwrap().1;
        for seed in 0..=255 {
            let octets = sealed_with([0xff; 5], CodeStyle::Letters, u32::from(seed), seed);
            let share = *open_with(number, &octets).unwrap().1.join(&other).unwrap().expose();
            for (bit, count) in ones.iter_mut().enumerate() {
                *count += u32::from(share[bit / 8] >> (bit % 8) & 1);
            }
        }
        // 256 fair coins: outside of 80..=176 once in 10^9; the draw is fixed, so this never flickers.
        assert!(ones.iter().all(|count| (80..=176).contains(count)), "half {number}: {ones:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn r89_letters_and_digits_come_together_again(number in 0_u64..1_000_000_000_000, seed: u8, counter: u32) {
        let code: [u8; 5] = number.to_be_bytes()[3..].try_into().unwrap();
        for style in [CodeStyle::Letters, CodeStyle::Digits] {
            let joined = join(&sealed_with(code, style, counter, seed));
            prop_assert_eq!(joined.expose(), &code);
        }
    }
}

#[test]
fn r89_the_largest_codes_come_together_again() {
    let largest: [u8; 5] = 999_999_999_999_u64.to_be_bytes()[3..].try_into().unwrap();
    assert_eq!(join(&sealed_with(largest, CodeStyle::Digits, 1, 1)).expose(), &largest);
    assert_eq!(join(&sealed_with([0xff; 5], CodeStyle::Letters, 1, 1)).expose(), &[0xff; 5]);
    let too_large = contents([0xff; 5], CodeStyle::Digits);
    let refused = seal_unlock(&device(1), &keys(), &brand("plain"), unlock_header(1), &too_large, seeds(1));
    assert!(matches!(refused, Err(SealError::Contents(_))));
}

#[test]
fn r89_another_device_brand_challenge_or_pair_of_keys_is_refused() {
    let octets = sealed(42);
    let with = |secret: &ApproverSecret, keys: &SupportKeys, device: &DeviceSecret, name: &str| {
        open_half(secret, keys, &device.public(), &brand(name), &octets).map(|_| ())
    };
    let key_id = KeyId::new(7).unwrap();
    assert_eq!(with(&approver(1), &keys(), &device(1), "plain"), Ok(()));
    assert_eq!(with(&approver(1), &keys(), &device(2), "plain"), Err(NOT_AUTHENTIC), "another device");
    assert_eq!(with(&approver(1), &keys(), &device(1), "other"), Err(NOT_AUTHENTIC), "another brand");
    assert_eq!(with(&approver(3), &keys(), &device(1), "plain"), Err(UnlockError::NotAnApprover), "another key");
    let swapped = SupportKeys::new(key_id, approver(2).public(), approver(1).public()).unwrap();
    assert_eq!(with(&approver(1), &swapped, &device(1), "plain"), Err(NOT_AUTHENTIC), "the halves swapped");
    let partner = SupportKeys::new(key_id, approver(1).public(), approver(3).public()).unwrap();
    assert_eq!(with(&approver(1), &partner, &device(1), "plain"), Err(NOT_AUTHENTIC), "another second approver");
    let renewed = SupportKeys::new(KeyId::new(8).unwrap(), approver(1).public(), approver(2).public()).unwrap();
    assert_eq!(with(&approver(1), &renewed, &device(1), "plain"), Err(NOT_AUTHENTIC), "another pair's number");
    let changes: [fn(&mut Header); 3] =
        [|h| h.counter = 43, |h| h.lane = Lane::Network, |h| h.handle = Handle::new([9; 8])];
    for change in changes {
        let (mut moved, mut header) = (octets.clone(), unlock_header(42));
        change(&mut header);
        moved[..14].copy_from_slice(&header.octets());
        assert_eq!(open_with(1, &moved).map(|_| ()), Err(NOT_AUTHENTIC), "{header:?}");
    }
}

#[test]
fn r89_one_key_cannot_be_both_approvers() {
    let twice = SupportKeys::new(KeyId::new(7).unwrap(), approver(1).public(), approver(1).public());
    assert_eq!(twice, Err(KeySlip::Twice));
}

#[test]
fn r89_halves_of_two_challenges_or_twice_one_half_give_no_code() {
    let first = open_with(1, &sealed(42)).unwrap().1;
    assert_eq!(first.join(&first).map(|_| ()), Err(UnlockError::Halves));
    let digits = open_with(2, &sealed_with([1; 5], CodeStyle::Digits, 43, 1)).unwrap().1;
    assert_eq!(first.join(&digits).map(|_| ()), Err(UnlockError::Halves));
    let moved = [&sealed(42)[..70], &sealed(43)[70..]].concat();
    assert_eq!(open_with(2, &moved).map(|_| ()), Err(NOT_AUTHENTIC), "a half cannot move to another challenge");
}

#[test]
fn r30_f25_a_source_that_repeats_itself_still_gives_other_pads_and_keys() {
    let (one, two) = (sealed_with([1; 5], CodeStyle::Letters, 42, 0), sealed_with([1; 5], CodeStyle::Letters, 43, 0));
    assert_ne!(one[14..46], two[14..46]);
    assert_ne!(one[70..102], two[70..102]);
    let (a, b) = (open_with(1, &one).unwrap().1, open_with(1, &two).unwrap().1);
    assert_ne!(a, b, "the same code and the same seeds, and yet another pad");
}

#[test]
fn f19_halves_and_seeds_do_not_print_themselves() {
    assert_eq!(format!("{:?}", open_with(1, &sealed(42)).unwrap().1), "Half(first, …)");
    assert_eq!(format!("{:?}", approver(1)), "ApproverSecret(…)");
}

fn reading() -> ReadingSecret {
    ReadingSecret::from_octets([0x77; 32])
}

fn ticket(counter: u32) -> Ticket {
    Ticket {
        resetkit_ticket: 1,
        ticket: "4711".into(),
        brand: "plain".into(),
        payload: to_text(&sealed(counter)),
        device_key: device(1).public().to_string(),
        model: None,
        label: None,
        agent: "anna".into(),
        evidence: vec!["invoice".into(), "label-photo".into()],
        reading_key: reading().public().to_string(),
        approvals: Vec::new(),
        outcome: None,
        opened_at: None,
    }
}

fn approved(ticket: &ReadTicket, number: u8) -> Approval {
    approve(ticket, &keys(), &approver(number), "bert", &SealSeed::new([9; 32])).unwrap()
}

#[test]
fn r89_the_agent_joins_what_two_approvers_handed_over() {
    let read = ticket(42).read().unwrap();
    let opened = |number| open_approval(&read, &keys(), &reading(), &approved(&read, number)).unwrap();
    assert_eq!(opened(1).join(&opened(2)).unwrap().spoken(CodeStyle::Letters).as_str().len(), 11);
    assert_eq!(opened(2).join(&opened(1)).unwrap().expose(), &[1, 2, 3, 4, 5]);
}

#[test]
fn r89_an_approval_holds_for_one_ticket_as_it_stood() {
    let read = ticket(42).read().unwrap();
    let approval = approved(&read, 1);
    type Change = fn(&mut Ticket);
    let changes: [(&str, Change); 6] = [
        ("evidence", |t| t.evidence = vec!["invoice".into()]),
        ("agent", |t| t.agent = "carl".into()),
        ("number", |t| t.ticket = "4712".into()),
        ("model", |t| t.model = Some("4-channel recorder".into())),
        ("label", |t| t.label = Some("7K2Q".into())),
        ("challenge", |t| t.payload = to_text(&sealed(43))),
    ];
    for (name, change) in changes {
        let mut other = ticket(42);
        change(&mut other);
        let other = other.read().unwrap();
        assert_eq!(open_approval(&other, &keys(), &reading(), &approval).map(|_| ()), Err(NOT_AUTHENTIC), "{name}");
        assert!(!other.is_check_number(&read.check_number()), "{name} shows in the check number");
    }
}

#[test]
fn r89_whoever_carries_the_ticket_cannot_put_in_a_reading_key_of_his_own_unseen() {
    let read = ticket(42).read().unwrap();
    let mut swapped = ticket(42);
    swapped.reading_key = ReadingSecret::from_octets([0x66; 32]).public().to_string();
    assert!(!swapped.read().unwrap().is_check_number(&read.check_number()));
    assert_eq!(read.check_number().len(), 14);
    assert!(read.is_check_number(&read.check_number().to_lowercase().replace('-', " ").replace('0', "o")));
    // And nobody but an approver can have made an approval.
    let forged = approve(&read, &swapped_keys(), &approver(3), "eve", &SealSeed::new([9; 32]));
    assert_eq!(forged.map(|_| ()), Err(NOT_AUTHENTIC));
    let other_reader = ReadingSecret::from_octets([0x66; 32]);
    let opened = open_approval(&read, &keys(), &other_reader, &approved(&read, 1));
    assert_eq!(opened.map(|_| ()), Err(NOT_AUTHENTIC));
}

fn swapped_keys() -> SupportKeys {
    SupportKeys::new(KeyId::new(7).unwrap(), approver(3).public(), approver(2).public()).unwrap()
}

#[test]
fn r47_a_ticket_that_is_none_is_refused() {
    let approval =
        |half: &str, approver: &str| Approval { half: half.into(), approver: approver.into(), sealed: String::new() };
    let with = |approvals: &[Approval]| Ticket { approvals: approvals.to_vec(), ..ticket(42) }.read();
    let (first, second) = (approval("first", "bert"), approval("second", "carla"));
    assert!(with(&[second.clone(), first.clone()]).is_ok());
    for bad in [
        vec![first.clone(), first.clone()],
        vec![first.clone(), second, first],
        vec![approval("third", "bert")],
        vec![approval("first", "bert\u{1b}[2K")],
    ] {
        assert!(with(&bad).is_err(), "{bad:?}");
    }
    let changes: [fn(&mut Ticket); 14] = [
        |t| t.resetkit_ticket = 2,
        |t| t.ticket = "../x".into(),
        |t| t.ticket = String::new(),
        |t| t.evidence = vec!["e".into(); 9],
        |t| t.payload = "0".repeat(197),
        |t| t.payload.truncate(200),
        |t| t.device_key = "AAAA".into(),
        |t| t.model = Some("\u{1b}[2Krecorder".into()),
        |t| t.model = Some("recorder \u{202e}".into()),
        |t| t.model = Some("r".repeat(41)),
        |t| t.model = Some(String::new()),
        |t| t.label = Some("7K2Q\n".into()),
        |t| t.label = Some("serial 4711".into()),
        |t| t.reading_key = data_encoding::BASE64.encode(&[0; 32]),
    ];
    for change in changes {
        let mut broken = ticket(42);
        change(&mut broken);
        assert!(broken.read().is_err(), "{broken:?}");
    }
}
