//! Nine models, three policies, quirks, exceptions and approvers: data that loads, and errors that say what to write.
use resetkit_config::{Allows, Brand, ConfigError, Policy, Profile};

const PLAIN: &str = include_str!("../brands/plain/brand.toml");

/// A folder with these files in it.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

fn profile_with(change: &str, quirks: Option<&str>) -> Result<Profile, ConfigError> {
    let shipped = include_str!("../devices/nvr-4-button.toml").replace("nvr-4-button", "own-4");
    let text = shipped.split("\n[[accept]]").next().expect("the profile itself").to_owned() + change;
    let files: Vec<_> =
        [("own.toml", text.as_str())].into_iter().chain(quirks.map(|text| ("quirks.toml", text))).collect();
    let folder = folder(&files);
    Profile::named(&folder.path().join("own.toml").display().to_string())
}

fn policy_with(from: &str, to: &str) -> Result<Policy, ConfigError> {
    let text = include_str!("../policies/reference.toml");
    assert!(text.contains(from), "{from}");
    let folder = folder(&[("own.toml", &text.replace(from, to))]);
    let profile = Profile::builtin("nvr-4").expect("built in");
    Policy::named(&folder.path().join("own.toml").display().to_string(), &profile)
}

fn brand_with(from: &str, to: &str) -> Result<Brand, ConfigError> {
    assert!(PLAIN.contains(from), "{from}");
    Brand::parse("brand.toml", &PLAIN.replacen(from, to, 1))
}

/// The error stands at this key, and says these words.
fn refuses<T: std::fmt::Debug>(result: Result<T, ConfigError>, key: &str, words: &str) {
    let error = result.expect_err(key);
    assert_eq!(error.key, key, "{error}");
    assert!(error.line.is_some() && error.to_string().contains(words), "`{words}` is missing in: {error}");
}

#[test]
fn r7_nine_models_load_under_three_policies_and_each_stays_within_the_bound() {
    assert!(Profile::builtin_names().len() >= 9);
    for name in Profile::builtin_names() {
        let profile = Profile::builtin(name).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(profile.model, name, "the file is named after its model");
        for policy in Policy::builtin_names() {
            let policy = Policy::builtin(policy, &profile).unwrap_or_else(|error| panic!("{name}: {error}"));
            let bound = policy.bound(&profile);
            assert!(bound.per_session.probability() <= 1e-11, "{name} {}", policy.name);
            assert!(bound.per_device_year.probability() <= 2e-7, "{name} {}", policy.name);
        }
    }
}

#[test]
fn the_models_are_as_different_as_devices_are() {
    let all: Vec<_> = Profile::builtin_names().into_iter().map(|name| Profile::builtin(name).expect(name)).collect();
    let count = |fits: &dyn Fn(&Profile) -> bool| all.iter().filter(|profile| fits(profile)).count();
    assert!(count(&|profile| profile.screen.is_none()) >= 5);
    assert!(count(&|profile| profile.button.is_none()) >= 3);
    assert!(count(&|profile| profile.keypad == resetkit_config::Keypad::Digits) >= 1);
    assert!(count(&|profile| profile.screen.is_none() && profile.button.is_none()) >= 1, "the hardest case is there");
    assert!(count(&|profile| profile.facts.clock_trusted == Some(true)) >= 2);
    for profile in &all {
        assert_eq!(profile.lanes.console, profile.screen.is_some(), "{}: a console needs a screen", profile.model);
    }
}

#[test]
fn a_quirk_lies_over_the_profiles_that_fit_and_says_so() {
    let doorbell = Profile::builtin("doorbell").expect("built in");
    assert_eq!(doorbell.button.as_ref().expect("a button").longest_seconds(), 30);
    assert!(doorbell.quirks[0].reason.contains("cold"));
    assert!(Profile::builtin("nvr-4").expect("built in").quirks.is_empty());
    let quirk = "[[quirks]]\nmodels = \"own-*\"\nreason = \"The line bounces.\"\nbutton.hold_seconds = 15\nfacts.clock_trusted = true\n";
    let own = profile_with("", Some(quirk)).expect("loads");
    assert_eq!((own.button.expect("a button").hold_seconds, own.facts.clock_trusted), (15, Some(true)));
    let other = profile_with("", Some(&quirk.replace("own-*", "cam-*"))).expect("loads");
    assert_eq!(other.button.expect("a button").hold_seconds, 10);
}

#[test]
fn a_quirk_of_a_button_is_nothing_to_a_model_that_has_none() {
    let text = include_str!("../devices/nvr-4.toml").replace("nvr-4", "own-4");
    let quirk = "[[quirks]]\nmodels = \"*\"\nreason = \"Slow.\"\nbutton.hold_seconds = 15\n";
    let folder = folder(&[("own.toml", &text), ("quirks.toml", quirk)]);
    let own = Profile::named(&folder.path().join("own.toml").display().to_string()).expect("loads");
    assert_eq!(own.button, None);
}

#[test]
fn a_wrong_quirk_names_its_own_file_line_and_key() {
    let quirk = |lines: &str| format!("[[quirks]]\nmodels = \"own-*\"\nreason = \"The line bounces.\"\n{lines}\n");
    refuses(profile_with("", Some(&quirk("model = \"x\""))), "quirks[0].model", "`models`");
    refuses(
        profile_with("", Some(&quirk("facts.email_on_file = true"))),
        "quirks[0].facts.email_on_file",
        "no such key",
    );
    refuses(profile_with("", Some(&quirk(""))), "quirks[0]", "sets nothing");
    refuses(
        profile_with("", Some(&quirk("facts.network_up = false").replace("own-*", "Own?"))),
        "quirks[0].models",
        "cam-*",
    );
    let short = profile_with("", Some(&quirk("button.hold_seconds = 3"))).expect_err("R88");
    assert!(short.file.ends_with("quirks.toml") && short.line == Some(4), "{short}");
    let nothing = "[[quirks]]\nmodels = \"*\"\nfacts.network_up = false\n";
    refuses(profile_with("", Some(nothing)), "quirks[0].reason", "sentence that says why");
}

#[test]
fn r42_every_model_says_why_broken_storage_is_where_it_ends() {
    for name in Profile::builtin_names() {
        let accept = Profile::builtin(name).expect("built in").accept;
        let storage = accept.iter().find(|accept| accept.faults == ["storage-read-only"]);
        assert!(
            storage.is_some_and(|accept| accept.allows == Allows::NoWay && accept.reason.contains("R42")),
            "{name}"
        );
    }
}

#[test]
fn an_exception_has_a_reason_or_is_none() {
    let accept = |lines: &str| format!("\n[[accept]]\n{lines}\n");
    let own = profile_with(
        &accept("faults = [\"storage-read-only\"]\nallows = \"no-way\"\nreason = \"A broken flash is exchanged.\""),
        None,
    );
    assert_eq!(own.expect("loads").accept[0].allows, Allows::NoWay);
    let with = |lines: &str| profile_with(&accept(lines), None);
    refuses(with("faults = [\"a\"]\nallows = \"no-way\""), "accept[0].reason", "reason");
    refuses(with("faults = [\"a\"]\nallows = \"no-way\"\nreason = \"\""), "accept[0].reason", "why this model");
    refuses(with("faults = [\"a\"]\nallows = \"all\"\nreason = \"It is so.\""), "accept[0].allows", "`loses-more`");
    refuses(
        with("faults = []\nallows = \"no-way\"\nreason = \"It is so.\""),
        "accept[0].faults",
        "one fault or a pair",
    );
    refuses(
        with("faults = [\"a\"]\nallows = \"no-way\"\npolicies = []\nreason = \"It is so.\""),
        "accept[0].policies",
        "under every one",
    );
}

#[test]
fn f11_an_exception_for_the_high_policy_excuses_no_other() {
    let outdoor = Profile::builtin("cam-outdoor").expect("built in").accept;
    let (named, every): (Vec<_>, Vec<_>) = outdoor.iter().partition(|accept| accept.policies.is_some());
    assert_eq!((named.len(), every.len()), (11, 1));
    assert!(named.iter().all(|accept| accept.holds_under("high") && !accept.holds_under("reference")));
    assert!(Policy::builtin_names().into_iter().all(|policy| every[0].holds_under(policy)));
}

#[test]
fn the_rules_of_a_firmwares_own_accounts_make_sense_or_are_refused() {
    assert_eq!(Profile::builtin("nas").expect("built in").accounts.rules.map(|rules| rules.max_chars), Some(256));
    let text = include_str!("../devices/nas.toml").replace("min_chars = 8", "min_chars = 300");
    let folder = folder(&[("own.toml", &text)]);
    refuses(Profile::named(&folder.path().join("own.toml").display().to_string()), "accounts.rules", "256");
}

#[test]
fn f11_a_policy_says_which_proofs_it_takes_and_is_refused_where_nobody_could_give_them() {
    let optional = "optional = [\"mailbox\", \"telephone\", \"kept-code\", \"presence\", \"support\"]";
    let high = Policy::builtin("high", &Profile::builtin("nvr-4").expect("built in")).expect("built in");
    assert_eq!(high.proofs.wanted(), 2, "two kinds");
    refuses(policy_with("at_least = 1", "at_least = 6"), "proofs.at_least", "Lower `at_least`");
    refuses(policy_with("at_least = 1", "at_least = 0"), "proofs", "no proof at all");
    refuses(policy_with("at_least = 1", "at_least = 3"), "proofs", "one or two");
    refuses(policy_with(optional, "optional = [\"mailbox\", \"mailbox\"]"), "proofs.optional[1]", "twice");
    refuses(policy_with(optional, "optional = [\"mail\"]"), "proofs.optional[0]", "`mailbox`");
    refuses(
        policy_with("least_strength = \"low\"", "least_strength = \"strong\""),
        "proofs.least_strength",
        "`medium`",
    );
    let text = include_str!("../policies/reference.toml");
    let start = text.find("[proofs]").expect("there");
    let end = text.find("[password]").expect("there");
    let gone = policy_with(&text[start..end], "").expect_err("mandatory");
    assert!(gone.key == "proofs" && gone.file.ends_with("own.toml") && gone.remedy.contains("[proofs]"), "{gone}");
    refuses(policy_with("idle_minutes = 10", "idle_minutes = 10\nproofs = 1"), "session.proofs", "no such key");
}

#[test]
fn r89_a_brand_names_two_approvers_who_are_two() {
    let plain = Brand::plain();
    let support = plain.support.as_ref().expect("the example has a desk");
    assert_ne!(support.first_key.octets(), support.second_key.octets());
    assert_eq!(plain.support_line(), "support@plain.example");
    let first = "first_key = \"CgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"";
    refuses(brand_with("\"CwAA", "\"CgAA"), "support.second_key", "second person");
    refuses(brand_with("\"CgAA", "\"CQAA"), "support.first_key", "relay");
    refuses(brand_with(first, "first_key = \"abc\""), "support.first_key", "support keys new");
    let missing = brand_with(first, "").expect_err("mandatory");
    assert!(missing.key == "support.first_key" && missing.remedy.contains("support keys new"), "{missing}");
    let evidence = "evidence = [\"invoice\", \"photo-of-label\", \"letter-of-installer\"]";
    refuses(brand_with(evidence, "evidence = []"), "support.evidence", "invoice");
    refuses(brand_with(evidence, "evidence = [\"Invoice\"]"), "support.evidence[0]", "lower case");
    refuses(brand_with(evidence, "evidence = [\"invoice\", \"invoice\"]"), "support.evidence[1]", "twice");
    refuses(brand_with("hours = \"Mon-Fri 8-18\"", "hours = \" \""), "support.hours", "leave the key out");
    refuses(brand_with("hours =", "hour ="), "support.hour", "`hours`");
}

#[test]
fn a_brand_without_a_support_desk_is_a_whole_brand() {
    let (start, end) = (PLAIN.find("[support]").expect("there"), PLAIN.find("[colours.light]").expect("there"));
    let brand = Brand::parse("brand.toml", &format!("{}{}", &PLAIN[..start], &PLAIN[end..])).expect("loads");
    assert_eq!((brand.support.is_none(), brand.support_line()), (true, brand.support_contact.as_str()));
}

#[test]
fn every_model_has_a_name_in_every_language_that_is_shipped() {
    for model in Profile::builtin_names() {
        let profile = Profile::builtin(model).expect("built in");
        for language in resetkit_config::Language::shipped() {
            let named = language.as_str() == "en" || profile.display_names.contains_key(language.as_str());
            assert!(named, "{model} has no name in `{language}`: write it under [display_names]");
        }
    }
    let recorder = Profile::builtin("nvr-4").expect("built in");
    assert_eq!((recorder.name_in("de"), recorder.name_in("en")), ("4-Kanal-Rekorder", "4-channel recorder"));
    assert_eq!(recorder.name_in("fr"), "4-channel recorder", "a language without a name says the first one");
}

#[test]
fn a_name_without_letters_is_refused_where_it_stands() {
    let text = include_str!("../devices/nvr-4.toml").replace("model = \"nvr-4\"", "model = \"own-4\"");
    let own = folder(&[("own.toml", &text.replace("4-Kanal-Rekorder", " "))]);
    let read = Profile::named(&own.path().join("own.toml").display().to_string());
    refuses(read, "display_names.de", "empty");
}
