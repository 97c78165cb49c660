use resetkit_core::{Failure, Offer};

use super::*;

fn id(name: &str) -> MethodId {
    MethodId::parse(name).expect("a name")
}

fn way(name: &str) -> Way {
    Way { method: id(name), on: true, loss: None, proof: None, carries: None }
}

fn offers(name: &str, loss: Loss, proof: ProofKind, carries: Carries) -> Selection {
    let offer = Offer { method: id(name), loss, proof, carries };
    Selection { offered: vec![offer], ..Selection::default() }
}

fn withholds(name: &str, kind: FailureKind) -> Selection {
    let withheld = Withheld { method: id(name), reason: Failure::of(kind, id(name)), fixable: Fixable::Now };
    Selection { withheld: vec![withheld], ..Selection::default() }
}

fn tried(lanes: &[Selection]) -> Situation<'_> {
    Situation { lanes, address_confirmed: true, mail_failed: None, codes_run_low: false }
}

fn mails() -> Selection {
    offers("email", Loss::PasswordOnly, ProofKind::Mailbox, Carries::Handed)
}

#[test]
fn r62_a_way_by_mail_is_amber_until_a_test_code_was_typed_back_and_green_then() {
    let lanes = [mails()];
    let entered = judge(vec![way("email")], Situation { address_confirmed: false, ..tried(&lanes) });
    assert_eq!((entered.light, entered.ways[0].reason), (Light::Amber, Reason::AddressNotTried));
    assert_eq!((entered.reminder, entered.ways[0].reason.mend()), (Some(Reminder::NotTried), Mend::TestCode));
    let confirmed = judge(vec![way("email")], tried(&lanes));
    assert_eq!((confirmed.light, confirmed.reminder), (Light::Green, None));
}

#[test]
fn a_mail_that_did_not_leave_makes_the_devices_own_mail_amber_and_says_why() {
    let lanes = [mails()];
    let failed = Situation { mail_failed: Some(FailureKind::SmtpLoginRefused), ..tried(&lanes) };
    let judged = judge(vec![way("email")], failed);
    assert_eq!(judged.ways[0].reason.failure().map(FailureKind::code), Some("E-411"));
    let sealed = [offers("companion", Loss::PasswordOnly, ProofKind::Mailbox, Carries::Sealed)];
    let other = judge(vec![way("companion")], Situation { lanes: &sealed, ..failed });
    assert_eq!(other.light, Light::Green, "the telephone does not use the device's mail server");
}

#[test]
fn r90_a_way_that_the_owner_switched_off_is_red_and_with_all_of_them_off_he_is_reminded() {
    let lanes = [mails()];
    let off = judge(vec![Way { on: false, ..way("email") }], tried(&lanes));
    assert_eq!((off.light, off.reminder), (Light::Red, Some(Reminder::NoWay)));
    assert_eq!(off.ways[0].reason.failure(), Some(FailureKind::MethodSwitchedOff));
}

#[test]
fn when_the_only_way_left_destroys_settings_the_owner_is_reminded_and_it_is_never_green() {
    let lossy = offers("button", Loss::AllSettings, ProofKind::Presence, Carries::Presence);
    let lanes = [lossy, withholds("email", FailureKind::NoAddress)];
    let judged = judge(vec![way("button"), way("email")], tried(&lanes));
    assert_eq!((judged.light, judged.reminder), (Light::Amber, Some(Reminder::OnlyLossy)));
    assert_eq!(judged.ways[1].reason.mend(), Mend::Address);
    assert_eq!(judged.ways[1].reason.light(), Light::Red);
}

#[test]
fn a_way_that_works_on_one_lane_works_and_otherwise_the_reason_is_one_that_can_be_mended() {
    let there = [withholds("email", FailureKind::MethodWrongLane), mails()];
    assert_eq!(judge(vec![way("email")], tried(&there)).light, Light::Green);
    let nowhere = [withholds("email", FailureKind::MethodWrongLane), withholds("email", FailureKind::NoNetwork)];
    let judged = judge(vec![way("email")], tried(&nowhere));
    assert_eq!(judged.ways[0].reason.failure(), Some(FailureKind::NoNetwork));
}

#[test]
fn few_recovery_codes_are_amber() {
    let lanes = [offers("recovery-codes", Loss::PasswordOnly, ProofKind::KeptCode, Carries::Kept)];
    let judged = judge(vec![way("recovery-codes")], Situation { codes_run_low: true, ..tried(&lanes) });
    assert_eq!((judged.ways[0].reason, judged.ways[0].reason.mend()), (Reason::CodesRunLow, Mend::Codes));
}

#[test]
fn the_metrics_are_prometheus_text_with_a_head_for_every_line() {
    let lanes = [mails()];
    let judged = judge(vec![way("email"), way("button")], tried(&lanes));
    let text = metrics(&judged, Counts { resets: 3, storage: true, ..Counts::default() });
    assert!(text.contains("resetkit_way_readiness{way=\"email\",reason=\"works\",code=\"\"} 0\n"), "{text}");
    assert!(text.contains("resetkit_way_readiness{way=\"button\",reason=\"withheld\",code=\"E-308\"} 2\n"), "{text}");
    assert!(text.contains("resetkit_resets_total 3\n") && text.ends_with("resetkit_storage_writable 1\n"), "{text}");
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let name = line.split(['{', ' ']).next().expect("a name");
        assert!(text.contains(&format!("# TYPE {name} ")), "{line}");
    }
}
