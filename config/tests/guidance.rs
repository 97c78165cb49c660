//! `case_guidance` over every failure, every readiness, every method and model: never empty, and never through a closed door.
use resetkit_config::{Brand, Guidance, Language, OnPresence, Profile, Registry, Texts, WayState, case_guidance};
use resetkit_core::{CaseCode, ClockState, Fact, Facts, FailureKind};

fn texts() -> Vec<Texts> {
    Language::shipped().iter().map(|language| Texts::load(&Brand::plain(), language.as_str())).collect()
}

fn case(failure: u8, readiness: u8) -> CaseCode {
    CaseCode { brand: 1, model: 2, firmware: 1, method: 1, failure, clock: ClockState::Untrusted, tries: 0, readiness }
}

/// What holds for every guidance there can be.
fn holds(guidance: &Guidance, case: &CaseCode) {
    let told = format!("{guidance:#?}");
    assert!(
        !told.contains("[case-") && !told.contains("[agent-") && !told.contains("-name]"),
        "a text is missing: {told}"
    );
    assert!(!guidance.now.is_empty() && !guidance.say.is_empty() && !guidance.ask.is_empty(), "{case:?}");
    assert_eq!(guidance.never.len(), 5, "{case:?}");
    assert!(guidance.now.iter().all(|step| !step.trim().is_empty()), "{case:?}");
    let spoken = [std::slice::from_ref(&guidance.say), &guidance.now, &guidance.ask].concat().join("\n");
    for way in &guidance.ways {
        let closed = !way.state.may_be_named();
        assert_eq!(closed, way.steps.is_empty(), "{case:?} {way:?}");
        assert!(!closed || !spoken.contains(&way.name), "{case:?} names `{}`, which is closed:\n{spoken}", way.name);
        assert!(way.missing.is_empty() || way.state == WayState::Closed, "{way:?}");
    }
    let closed = guidance.ways.iter().filter(|way| !way.state.may_be_named());
    let open: Vec<_> = guidance.ways.iter().filter(|way| way.state.may_be_named()).flat_map(|way| &way.steps).collect();
    assert!(open.is_empty() == guidance.ways.iter().all(|way| !way.state.may_be_named()), "{case:?}");
    assert!(closed.count() < guidance.ways.len() || guidance.now.len() <= 4, "without a way it stays short: {case:?}");
}

#[test]
fn r93_guidance_is_never_empty_and_never_names_a_closed_way_for_every_failure_and_readiness() {
    let texts = texts();
    let numbers: Vec<_> =
        (0..=u8::MAX).filter(|number| *number == 0 || FailureKind::of_case_number(*number).is_some()).collect();
    for failure in numbers.into_iter().chain([39, 239, 255]) {
        for readiness in 0..=u8::MAX {
            let case = case(failure, readiness);
            let language = &texts[usize::from(readiness) % texts.len()];
            holds(&case_guidance(&case, Registry::builtin(), language), &case);
        }
    }
}

#[test]
fn r93_whatever_brand_model_and_method_the_code_names_known_or_not() {
    let texts = texts();
    for failure in [0, 1, 2, 45, 83, 98, 99, 121, 163, 180, 201, 240] {
        for model in 0..=10 {
            for method in 0..=6 {
                for brand in [0, 1, 900] {
                    for readiness in [0, 0x20, 0x40, 0x41, 0x60, 0xff] {
                        let case = CaseCode { brand, model, method, ..case(failure, readiness) };
                        let language = &texts[usize::from(method) % texts.len()];
                        holds(&case_guidance(&case, Registry::builtin(), language), &case);
                    }
                }
            }
        }
    }
}

fn open(guidance: &Guidance) -> Vec<&str> {
    guidance.ways.iter().filter(|way| way.state == WayState::Open).map(|way| way.method.as_str()).collect()
}

fn told(kind: FailureKind, facts: &[Fact]) -> Guidance {
    let facts = facts.iter().fold(Facts::none(), |facts, fact| facts.with(*fact));
    let case = case(kind.case_number(), CaseCode::readiness_of(&facts));
    case_guidance(&case, Registry::builtin(), &Texts::load(&Brand::plain(), "en"))
}

#[test]
fn without_an_email_the_owner_is_led_to_the_button_and_to_support() {
    let told = told(FailureKind::NoAddress, &[Fact::RelayKey, Fact::ButtonWired, Fact::StorageWritable]);
    assert_eq!((told.failure.as_deref(), open(&told)), (Some("E-101"), vec!["button", "support"]));
    assert!(told.now[0].contains("Settings and recordings stay"), "{:?}", told.now);
}

#[test]
fn f15_a_button_that_erases_is_the_last_way_and_is_said_before_it_is_touched() {
    let facts = [Fact::EmailOnFile, Fact::RelayKey, Fact::ButtonWired, Fact::StorageWritable, Fact::RecoveryCodes];
    let facts = facts.iter().fold(Facts::none(), |facts, fact| facts.with(*fact));
    let camera = Registry::builtin().model("cam-1").expect("registered");
    let code =
        CaseCode { model: camera, ..case(FailureKind::CodeUsedUp.case_number(), CaseCode::readiness_of(&facts)) };
    let told = case_guidance(&code, Registry::builtin(), &Texts::load(&Brand::plain(), "en"));
    let button = told.ways.iter().find(|way| way.method == "button").expect("there");
    assert!(button.steps[0].contains("erases all settings"), "{button:?}");
    assert_eq!(open(&told).last(), Some(&"button"), "least loss first");
}

#[test]
fn r42_with_storage_that_cannot_be_written_no_way_is_named_and_the_owner_switches_it_off_and_on() {
    let told = told(FailureKind::StorageReadOnly, &[Fact::EmailOnFile, Fact::RelayKey, Fact::ButtonWired]);
    assert!(open(&told).is_empty());
    assert!(told.now[0].contains("switch the device off"), "{:?}", told.now);
}

#[test]
fn a_mail_that_did_not_come_is_worth_waiting_for_and_the_other_ways_come_first() {
    let told = told(FailureKind::NoMailCame, &[Fact::EmailOnFile, Fact::RelayKey, Fact::StorageWritable]);
    let states: Vec<_> = told.ways.iter().map(|way| (way.method.as_str(), way.state)).collect();
    assert_eq!(states[..2], [("support", WayState::Open), ("companion", WayState::Again)], "{states:?}");
}

#[test]
fn an_owner_with_a_code_in_hand_or_a_proof_given_stays_where_he_is() {
    let facts = [Fact::EmailOnFile, Fact::RelayKey, Fact::ButtonWired, Fact::StorageWritable];
    for kind in [FailureKind::CodeSlip, FailureKind::CodeWrong, FailureKind::PasswordTooShort, FailureKind::NoMailCame]
    {
        let told = told(kind, &facts);
        assert!(told.now[0].contains("stay on this page"), "{kind}: {:?}", told.now);
        assert!(!told.now.iter().any(|step| step.contains("“Code by e-mail, with your phone”")), "{:?}", told.now);
    }
    assert!(!told(FailureKind::CodeExpired, &facts).now[0].contains("stay on this page"));
}

#[test]
fn r44_with_the_network_closed_the_owner_goes_to_the_screen_or_to_the_button_where_there_is_none() {
    let facts = [Fact::EmailOnFile, Fact::RelayKey, Fact::ButtonWired, Fact::StorageWritable];
    assert!(told(FailureKind::LaneClosed, &facts).now[0].contains("own screen"));
    let facts = facts.iter().fold(Facts::none(), |facts, fact| facts.with(*fact));
    let router = Registry::builtin().model("router").expect("registered");
    let code =
        CaseCode { model: router, ..case(FailureKind::LaneClosed.case_number(), CaseCode::readiness_of(&facts)) };
    let told = case_guidance(&code, Registry::builtin(), &Texts::load(&Brand::plain(), "en"));
    assert_eq!(open(&told), ["button"]);
}

#[test]
fn a_makers_own_method_without_requirements_is_told_as_what_the_owners_screen_knows() {
    let registry = "[[methods]]\nnumber = 1\nid = \"sms\"\n";
    let registry = Registry::parse("own.toml", registry).expect("loads");
    let code = CaseCode { method: 0, ..case(FailureKind::CodeExpired.case_number(), 0xff) };
    let told = case_guidance(&code, &registry, &Texts::load(&Brand::plain(), "en"));
    assert_eq!((told.ways[0].state, told.ways[0].steps.len()), (WayState::Unknown, 1));
    assert!(told.now[0].contains("“sms”"), "{:?}", told.now);
    let wrong = Registry::parse("own.toml", "[[methods]]\nnumber = 1\nid = \"sms\"\nrequires = [\"phone\"]\n")
        .expect_err("refused");
    assert!(wrong.key == "methods[0].requires[0]" && wrong.line == Some(4), "{wrong}");
}

#[test]
fn what_the_registry_says_of_models_is_what_their_profiles_say() {
    for model in Registry::builtin().models() {
        let profile = Profile::builtin(&model.id).expect("every registered model is built in");
        assert_eq!(model.console, Some(profile.lanes.console), "{}", model.id);
        let button: Option<OnPresence> = profile.button.and_then(|button| button.on_presence);
        assert_eq!(model.button, button, "{}", model.id);
    }
    let plain = Brand::plain();
    let registered =
        Registry::builtin().brands().iter().find(|brand| brand.id == plain.id.as_str()).expect("registered");
    assert_eq!(registered.support, Some(plain.support.is_some()));
}

#[test]
fn r93_the_other_ways_stand_in_the_quotation_marks_of_the_language() {
    for (language, open, close) in [("en", '“', '”'), ("de", '„', '“')] {
        let texts = Texts::load(&Brand::plain(), language);
        // A code that was slow: its way goes on, others are open beside it.
        let told = case_guidance(&case(FailureKind::RelayRefused.case_number(), 0xff), Registry::builtin(), &texts);
        let now = told.now.join("\n");
        let name = texts.get("button-name", &[]);
        assert!(now.contains(&format!("{open}{name}{close}")), "{language}: {now}");
    }
}
