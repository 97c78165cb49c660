//! Each method offered or not, with its reason, who can mend it, and words for owner and agent (R90, R93).
use resetkit_config::explain::{WhyNot, explain};
use resetkit_config::{Brand, Language, Shelf, Texts};
use resetkit_core::{
    Fact, Facts, Fixable, Lane, Loss, Manifest, ManifestGrant, MethodId, OnPresence, ProofKind, Purpose,
    SelectionPolicy, Strength,
};

fn method(id: &str, requires: &[Fact], grant: ManifestGrant, proof: ProofKind) -> Manifest {
    Manifest {
        id: MethodId::parse(id).expect("an id"),
        version: "1".to_owned(),
        requires: requires.to_vec(),
        grants: vec![grant],
        loses: Loss::PasswordOnly,
        proof,
        purposes: vec![Purpose::Reset],
        lanes: vec![Lane::Console, Lane::Network],
        min_screen: None,
        min_cells: None,
        start_seconds: 3,
        block_ms: 500,
        memory_kib: 1024,
    }
}

fn methods() -> Vec<Manifest> {
    vec![
        method("companion", &[Fact::EmailOnFile, Fact::RelayKey], ManifestGrant::Seal, ProofKind::Mailbox),
        method("button", &[Fact::ButtonWired], ManifestGrant::Button, ProofKind::Presence),
        method("support", &[Fact::SupportKeys], ManifestGrant::Seal, ProofKind::Support),
    ]
}

fn policy(on_presence: Option<OnPresence>) -> SelectionPolicy {
    SelectionPolicy { on_presence, ..SelectionPolicy::reference(Purpose::Reset, Lane::Console) }
}

#[test]
fn r90_every_method_comes_out_once_offered_ones_first_and_each_other_with_its_reason() {
    let facts = Facts::none().with(Fact::ButtonWired).with(Fact::RelayKey);
    let texts = Texts::load(&Brand::plain(), "en");
    let told = explain(&facts, &methods(), &policy(Some(OnPresence::NewPassword)), &texts).ways;
    let lines: Vec<_> = told.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "button offered",
            "companion withheld E-101 no-address fixable=after-login",
            "support withheld E-108 no-support-keys fixable=by-maker"
        ]
    );
    let companion = told[1].why_not.as_ref().expect("withheld");
    assert!(companion.is_fixable_by_owner() && companion.next_step.contains("e-mail"), "{companion:?}");
    assert_eq!(told[1].requires, [(Fact::EmailOnFile, false), (Fact::RelayKey, true)]);
    assert_eq!(told[0].proof.map(ProofKind::strength), Some(Strength::Low));
    assert!(!told[2].why_not.as_ref().is_some_and(WhyNot::is_fixable_by_owner));
}

#[test]
fn r88_a_button_to_the_factory_state_is_labelled_with_what_it_erases_whether_offered_or_not() {
    let texts = Texts::load(&Brand::plain(), "en");
    for facts in [Facts::none().with(Fact::ButtonWired), Facts::none()] {
        let told = explain(&facts, &methods(), &policy(Some(OnPresence::FactoryState)), &texts).ways;
        let button = told.into_iter().find(|way| way.method == "button").expect("there");
        assert_eq!(button.loss, Some(Loss::AllSettings));
        assert!(button.loss_label.contains("erased"), "{}", button.loss_label);
        assert_eq!(button.why_not.is_none(), button.agent.contains("Say first what it erases"), "{}", button.agent);
    }
}

#[test]
fn r91_every_reason_who_and_label_has_words_in_every_language() {
    for language in Language::shipped() {
        let texts = Texts::load(&Brand::plain(), language.as_str());
        for fixable in [Fixable::Now, Fixable::AfterLogin, Fixable::ByMaker] {
            assert!(texts.speaks(&format!("fixable-{}", fixable.as_str())));
            assert!(texts.speaks(&format!("explain-fix-{}", fixable.as_str())));
        }
        for proof in ProofKind::ALL {
            for part in ["proof", "kind", "offered"] {
                assert!(texts.speaks(&format!("explain-{part}-{}", proof.as_str())), "{language} {part} {proof:?}");
            }
        }
        for strength in Strength::ALL {
            assert!(texts.speaks(&format!("explain-strength-{}", strength.as_str())));
        }
        for loss in Loss::ALL {
            assert!(texts.speaks(&format!("explain-loss-{}", loss.as_str())));
        }
        for fact in 0..(1_u16 << 5) {
            let facts = Fact::ALL.into_iter().take(5).enumerate();
            let facts = facts.fold(Facts::none(), |facts, (bit, known)| facts.set(known, fact & (1 << bit) != 0));
            for way in explain(&facts, &methods(), &policy(None), &texts).ways {
                assert!(!way.owner.contains('[') && !way.agent.contains('['), "{way:?}");
            }
        }
    }
}

#[test]
fn a_makers_own_folder_is_looked_up_first_and_what_it_lacks_is_built_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("below the folder")).expect("made");
        std::fs::write(path, text).expect("written");
    };
    write("devices/cam-7.toml", &include_str!("../devices/cam-1.toml").replace("cam-1", "cam-7"));
    write(
        "devices/quirks.toml",
        "[[quirks]]\nmodels = \"cam-7\"\nreason = \"It has a battery.\"\nfacts.clock_trusted = true\n",
    );
    write(
        "brands/northwind/brand.toml",
        &include_str!("../brands/plain/brand.toml").replace("id = \"plain\"", "id = \"northwind\""),
    );
    let shelf = Shelf::at(folder.path());
    assert_eq!((shelf.devices(), shelf.brands()), (vec!["cam-7".to_owned()], vec!["northwind".to_owned()]));
    let camera = shelf.profile("cam-7").expect("loads");
    assert_eq!((camera.facts.clock_trusted, camera.quirks.len()), (Some(true), 2), "built-in quirks, then the maker's");
    assert_eq!(shelf.brand("northwind").expect("loads").id.as_str(), "northwind");
    assert_eq!(shelf.profile("nvr-4").expect("built in").model, "nvr-4");
    assert_eq!(shelf.policy("high", &camera).expect("built in").name, "high");
    let error = shelf.profile("cam-8").expect_err("unknown");
    assert!(error.remedy.contains("cam-7"), "{error}");
    let error = shelf.brand("southwind").expect_err("unknown");
    assert!(error.to_string().contains("northwind"), "{error}");
}
