//! What the traces begin with: methods, lanes, rules of proof.

use super::explore;
use crate::support::*;
use resetkit_core::*;

/// Without a factory state every trace ends in one of these, and some in each.
const USUAL: [Step; 4] = [Step::Done, Step::DeadEnd, Step::Cancelled, Step::Expired];

fn open_at(lane: Lane, selection: Selection, proofs: ProofRule) -> Opening {
    Opening { lane, rules: SessionRules { proofs, ..SessionRules::default() }, ..opening(selection) }
}

#[test]
fn f3_r6_r7_r11_r19_three_ways_at_the_console_agree_with_the_books() {
    explore(|| open_at(Lane::Console, three_ways(), ProofRule::one_of_any()), 10, &USUAL);
}

#[test]
fn f3_r6_r7_r11_r19_one_way_over_the_network_agrees_with_the_books() {
    explore(|| open_at(Lane::Network, companion_only(), ProofRule::one_of_any()), 10, &USUAL);
}

#[test]
fn f3_f11_two_proofs_agree_with_the_books() {
    explore(|| open_at(Lane::Console, three_ways(), ProofRule::two_kinds()), 10, &USUAL);
}

#[test]
fn f3_r82_r88_sealed_handed_and_held_agree_with_the_books() {
    explore(|| every_way(OnPresence::NewPassword), 10, &USUAL);
}

#[test]
fn f3_f11_r88_a_mailbox_and_a_hold_as_two_proofs_agree_with_the_books() {
    let open = || {
        let opening = every_way(OnPresence::NewPassword);
        Opening { rules: SessionRules { proofs: ProofRule::two_kinds(), ..opening.rules }, ..opening }
    };
    explore(open, 10, &USUAL);
}

#[test]
fn f3_r82_r88_a_hold_that_means_the_factory_state_agrees_with_the_books() {
    let endings = [Step::Done, Step::FactoryState, Step::Cancelled, Step::Expired];
    explore(|| every_way(OnPresence::FactoryState), 10, &endings);
}

/// The five methods of the product, any one of which opens: chance alone hardly ever uses all of them up.
#[test]
fn f3_r87_r89_five_ways_agree_with_the_books() {
    let endings = [Step::Done, Step::Cancelled, Step::Expired];
    explore(|| five_ways(OnPresence::NewPassword, ProofRule::one_of_any()), 10, &endings);
}

#[test]
fn f3_f11_a_mailbox_and_a_hold_that_are_both_required_agree_with_the_books() {
    let rule = ProofRule::all_of(&[ProofKind::Mailbox, ProofKind::Presence]);
    explore(|| five_ways(OnPresence::NewPassword, rule), 10, &USUAL);
}

#[test]
fn f3_f11_two_kinds_of_five_ways_one_of_them_strong_agree_with_the_books() {
    let rule = ProofRule { least_strength: Strength::High, ..ProofRule::two_kinds() };
    explore(|| five_ways(OnPresence::NewPassword, rule), 10, &USUAL);
}

#[test]
fn f3_f11_a_hold_and_one_of_the_others_agree_with_the_books() {
    let rule = ProofRule {
        required: ProofKinds::of(&[ProofKind::Presence]),
        optional: ProofKinds::of(&[ProofKind::Mailbox, ProofKind::KeptCode]),
        ..ProofRule::one_of_any()
    };
    let endings = [Step::FactoryState, Step::Cancelled, Step::Expired];
    explore(|| five_ways(OnPresence::FactoryState, rule), 10, &endings);
}
