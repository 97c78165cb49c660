//! Offered in order, and a reason for each other one.

use crate::support::*;
use proptest::prelude::*;
use resetkit_core::*;

fn reference() -> SelectionPolicy {
    SelectionPolicy::reference(Purpose::Reset, Lane::Console)
}

fn needs(fact: Fact) -> Manifest {
    Manifest { requires: vec![fact], ..manifest("needy", ProofKind::Mailbox, Loss::PasswordOnly) }
}

fn ids(selection: &Selection) -> Vec<&str> {
    selection.offered.iter().map(|offer| offer.method.as_str()).collect()
}

#[test]
fn least_loss_comes_first_then_the_order_of_the_policy() {
    let manifests = [
        manifest("button", ProofKind::Presence, Loss::AllSettings),
        manifest("a-codes", ProofKind::KeptCode, Loss::PasswordOnly),
        manifest("wipe-net", ProofKind::Presence, Loss::NetworkToo),
        manifest("companion", ProofKind::Mailbox, Loss::PasswordOnly),
    ];
    let policy = SelectionPolicy { order: vec![method("button"), method("companion")], ..reference() };
    let selection = select(&Facts::none(), &manifests, &policy);
    assert_eq!(ids(&selection), ["companion", "a-codes", "wipe-net", "button"]);
}

#[test]
fn every_fact_that_is_missing_has_a_reason_of_its_own() {
    let mut reasons = std::collections::BTreeSet::new();
    for fact in Fact::ALL {
        let all = Facts::from_iter(Fact::ALL);
        assert_eq!(ids(&select(&all, &[needs(fact)], &reference())), ["needy"]);
        let selection = select(&all.without(fact), &[needs(fact)], &reference());
        let [withheld] = &selection.withheld[..] else { panic!("{selection:?}") };
        assert!(reasons.insert(withheld.reason.kind), "{fact:?}");
        assert_eq!(selection.headline.as_ref(), Some(&withheld.reason));
        assert_eq!(Fact::parse(fact.as_str()), Some(fact));
    }
}

#[test]
fn rules_place_and_screen_each_withhold_with_their_reason() {
    let plain = || manifest("needy", ProofKind::Mailbox, Loss::AllSettings);
    let reason = |manifest: Manifest, policy: &SelectionPolicy, facts: Facts| {
        select(&facts, &[manifest], policy).withheld.first().map(|withheld| withheld.reason.kind)
    };
    let off = SelectionPolicy { switched_off: vec![method("needy")], ..reference() };
    assert_eq!(reason(plain(), &off, Facts::none()), Some(FailureKind::MethodSwitchedOff));
    let mild = SelectionPolicy { most_loss: Loss::PasswordOnly, ..reference() };
    assert_eq!(reason(plain(), &mild, Facts::none()), Some(FailureKind::MethodLosesTooMuch));
    let network = Manifest { lanes: vec![Lane::Network], ..plain() };
    assert_eq!(reason(network, &reference(), Facts::none()), Some(FailureKind::MethodWrongLane));
    let confirm = Manifest { purposes: vec![Purpose::ConfirmAddress], ..plain() };
    assert_eq!(reason(confirm, &reference(), Facts::none()), Some(FailureKind::MethodWrongPurpose));
    let big = Manifest { min_screen: Some(ScreenSize { width: 320, height: 240 }), ..plain() };
    let small = Facts::none().with_screen(ScreenSize { width: 320, height: 239 });
    let fits = Facts::none().with_screen(ScreenSize { width: 320, height: 240 });
    assert_eq!(reason(big.clone(), &reference(), small), Some(FailureKind::ScreenTooSmall));
    assert_eq!(reason(big.clone(), &reference(), Facts::none()), Some(FailureKind::ScreenTooSmall));
    assert_eq!(reason(big, &reference(), fits), None);
    let kept_out = vec![Failure::of(FailureKind::MethodBadSignature, method("needy"))];
    let kept_out = SelectionPolicy { kept_out, ..reference() };
    assert_eq!(reason(plain(), &kept_out, Facts::none()), Some(FailureKind::MethodBadSignature));
    assert_eq!(select(&Facts::none(), &[], &kept_out).withheld.len(), 1, "shown even without a manifest");
}

#[test]
fn r62_an_unconfirmed_address_will_do_unless_the_policy_is_strict() {
    let facts = Facts::none().with(Fact::EmailOnFile);
    let strict = SelectionPolicy { accept_unconfirmed_address: false, ..reference() };
    assert_eq!(ids(&select(&facts, &[needs(Fact::EmailOnFile)], &reference())), ["needy"]);
    let selection = select(&facts, &[needs(Fact::EmailOnFile)], &strict);
    assert_eq!(selection.withheld[0].reason.kind, FailureKind::AddressUnconfirmed);
    let confirmed = facts.with(Fact::EmailConfirmed);
    assert_eq!(ids(&select(&confirmed, &[needs(Fact::EmailOnFile)], &strict)), ["needy"]);
    let confirming = SelectionPolicy { purpose: Purpose::ConfirmAddress, ..strict };
    assert_eq!(ids(&select(&facts, &[needs(Fact::EmailOnFile)], &confirming)), ["needy"], "confirming is the remedy");
}

#[test]
fn what_is_switched_off_or_for_another_place_is_no_news_before_the_notice() {
    let off = SelectionPolicy {
        order: vec![method("needy"), method("companion")],
        switched_off: vec![method("needy")],
        ..reference()
    };
    let manifests = [needs(Fact::NetworkUp), manifest("companion", ProofKind::Mailbox, Loss::PasswordOnly)];
    assert_eq!(select(&Facts::none(), &manifests, &off).headline, None);
    let on = SelectionPolicy { switched_off: Vec::new(), ..off };
    assert_eq!(select(&Facts::none(), &manifests, &on).headline.unwrap().kind, FailureKind::NoNetwork);
}

proptest! {
    #[test]
    fn r90_every_method_is_offered_or_withheld_and_never_both(bits: u16, wanted in proptest::collection::vec(any::<u16>(), 0..12)) {
        let pick = |bits: u16| Fact::ALL.into_iter().filter(move |fact| bits >> *fact as u16 & 1 == 1);
        let facts: Facts = pick(bits).collect();
        let manifests: Vec<_> = wanted.iter().enumerate().map(|(index, wanted)| Manifest {
            requires: pick(*wanted).collect(),
            loses: Loss::ALL[index % 3],
            ..manifest(&format!("m{index}"), ProofKind::Mailbox, Loss::PasswordOnly)
        }).collect();
        let selection = select(&facts, &manifests, &reference());
        prop_assert_eq!(selection.offered.len() + selection.withheld.len(), manifests.len());
        prop_assert!(selection.offered.is_sorted_by_key(|offer| offer.loss));
        for manifest in &manifests {
            let works = manifest.requires.iter().all(|fact| facts.has(*fact));
            prop_assert_eq!(selection.offer(&manifest.id).is_some(), works);
        }
    }
}

#[test]
fn r47_a_selection_looks_at_sixteen_methods_at_most() {
    let many: Vec<_> =
        (0..100).map(|index| manifest(&format!("m{index}"), ProofKind::Mailbox, Loss::PasswordOnly)).collect();
    let policy = SelectionPolicy { order: vec![method("m77")], ..reference() };
    let selection = select(&Facts::none(), &many, &policy);
    assert_eq!((selection.offered.len(), selection.offered[0].method.as_str()), (16, "m77"));
}

#[test]
fn e_313_a_terminal_is_measured_in_cells_and_a_picture_in_pixels() {
    let draws = |pixels: Option<ScreenSize>, cells: Option<CellSize>| Manifest {
        min_screen: pixels,
        min_cells: cells,
        ..manifest("draws", ProofKind::Mailbox, Loss::PasswordOnly)
    };
    let pixels = |width, height| ScreenSize { width, height };
    let cells = |columns, rows| CellSize { columns, rows };
    let offered = |facts: Facts, manifest: Manifest| {
        let policy = SelectionPolicy::reference(Purpose::Reset, Lane::Console);
        let selection = select(&facts, &[manifest], &policy);
        assert!(selection.withheld.iter().all(|withheld| withheld.reason.kind == FailureKind::ScreenTooSmall));
        selection.offered.len() == 1
    };
    let both = || draws(Some(pixels(320, 240)), Some(cells(60, 30)));
    let on = |screen: Screen| Facts::none().with_screen(screen);
    for (screen, fits) in [
        (Screen::Pixels(pixels(320, 240)), true),
        (Screen::Pixels(pixels(319, 240)), false),
        (Screen::Pixels(pixels(320, 239)), false),
        (Screen::Cells(cells(60, 30)), true),
        (Screen::Cells(cells(59, 30)), false),
        (Screen::Cells(cells(60, 29)), false),
    ] {
        assert_eq!(offered(on(screen), both()), fits, "{screen:?}");
    }
    assert!(!offered(on(Screen::Cells(cells(200, 90))), draws(Some(pixels(320, 240)), None)), "it draws no text");
    assert!(offered(on(Screen::Pixels(pixels(100, 100))), draws(None, Some(cells(60, 30)))));
    assert!(!offered(Facts::none(), both()), "what nobody measured is no screen");
    assert!(offered(Facts::none(), draws(None, None)));
}

#[test]
fn e_313_who_sits_at_a_terminal_can_enlarge_it_and_a_panel_stays_as_it_is() {
    let draws = |min_cells: Option<CellSize>| Manifest {
        min_screen: Some(ScreenSize { width: 320, height: 240 }),
        min_cells,
        ..manifest("draws", ProofKind::Mailbox, Loss::PasswordOnly)
    };
    let mended = |facts: Facts, manifest: Manifest| {
        let selection = select(&facts, &[manifest], &SelectionPolicy::reference(Purpose::Reset, Lane::Console));
        let withheld = &selection.withheld[0];
        assert_eq!(withheld.reason.kind, FailureKind::ScreenTooSmall);
        withheld.fixable
    };
    let terminal = Facts::none().with_screen(Screen::Cells(CellSize { columns: 30, rows: 20 }));
    let panel = Facts::none().with_screen(ScreenSize { width: 200, height: 100 });
    let cells = Some(CellSize { columns: 57, rows: 29 });
    assert_eq!(mended(terminal, draws(cells)), Fixable::Now);
    assert_eq!(mended(terminal, draws(None)), Fixable::ByMaker, "no terminal draws pixels");
    assert_eq!(mended(panel, draws(cells)), Fixable::ByMaker);
    assert_eq!(mended(Facts::none(), draws(cells)), Fixable::ByMaker, "nobody measured it");
}
