//! R67, R68: whom the device believes, with and without a clock.

use resetkit_contract::abi::{RNone, ROption, RSome};
use resetkit_method_email::BUILT;

use crate::play::{Outcome, Setting, play};
use crate::server::{Chain, GOOD, Identity};

const DAY: u64 = 86_400;
const JUDGED: &str = "certificate-judged-without-clock";

fn meet(identity: Identity, clock: ROption<u64>) -> Outcome {
    play(Setting { clock, ..Setting::with(identity) }, |server| {
        server.starttls()?;
        server.let_in()?;
        server.take_mail()
    })
}

fn refused(identity: Identity, clock: ROption<u64>) {
    let outcome = meet(identity, clock);
    assert_eq!(outcome.failure(), Some("smtp-not-secure"));
    assert!(outcome.heard.secure.is_empty(), "not a word to somebody who is not believed: {:?}", outcome.heard);
    assert_eq!(outcome.codes_asked(), 0, "no code is drawn for a server that is not believed");
    assert!(!outcome.logged(JUDGED));
}

#[test]
fn r68_without_a_clock_a_certificate_newer_than_the_build_is_believed_and_said_so() {
    let renewed = Chain { from: (2031, 6, 1), to: (2032, 6, 1), ..GOOD };
    let outcome = meet(Identity::of(renewed), RNone);
    assert!(outcome.delivered() && outcome.logged(JUDGED), "{:?}", outcome.outputs);
}

#[test]
fn r68_without_a_clock_the_latest_beginning_in_the_chain_counts_wherever_it_stands() {
    // The certificate in the middle is the youngest: the one of the server must still hold by then.
    let holds = Chain { from: (2026, 1, 1), to: (2036, 1, 1), middle_from: (2035, 1, 1), ..GOOD };
    assert!(meet(Identity::of(holds), RNone).delivered());
    let ended = Chain { to: (2034, 1, 1), ..holds };
    refused(Identity::of(ended), RNone);
}

#[test]
fn r68_what_had_expired_when_the_device_was_built_is_refused_without_a_clock_too() {
    const { assert!(BUILT >= 1_795_478_400, "the build date is known") };
    refused(Identity::of(Chain { from: (2024, 1, 1), to: (2026, 11, 1), ..GOOD }), RNone);
}

#[test]
fn r68_a_trusted_clock_refuses_what_is_over_and_what_has_not_begun() {
    let chain = Chain { from: (2028, 1, 1), to: (2029, 1, 1), ..GOOD };
    let begins = 1_830_297_600; // 2028-01-01
    let identity = Identity::of(chain);
    refused(identity.clone(), RSome(begins - DAY));
    let outcome = meet(identity.clone(), RSome(begins + DAY));
    assert!(outcome.delivered() && !outcome.logged(JUDGED));
    refused(identity, RSome(begins + 400 * DAY));
}

#[test]
fn r67_a_wrong_name_and_somebody_who_vouches_for_himself_are_refused_with_and_without_a_clock() {
    for clock in [RNone, RSome(BUILT + 400 * DAY)] {
        refused(Identity::of(Chain { name: "mail.elsewhere.example", ..GOOD }), clock);
        refused(Identity::self_signed(), clock);
        let stranger = Identity { roots: Identity::of(GOOD).roots, ..Identity::of(GOOD) };
        refused(stranger, clock);
    }
}

#[test]
fn r67_authorities_of_the_site_stand_in_the_place_of_the_public_ones_and_broken_ones_are_refused() {
    let mut setting = Setting::new();
    setting.peer.roots = Vec::new().into();
    let outcome = play(setting, |server| server.starttls());
    assert_eq!(outcome.failure(), Some("smtp-not-secure"), "the public authorities do not know this server");
    let mut setting = Setting::new();
    setting.peer.roots = b"-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n".to_vec().into();
    let outcome = play(setting, |server| server.starttls());
    assert_eq!(outcome.failure(), Some("smtp-not-set"));
}
