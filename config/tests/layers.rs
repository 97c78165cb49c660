//! Layers, their order, and errors that name file, line, key and remedy.
use std::path::{Path, PathBuf};

use resetkit_config::{ConfigError, DeviceConfig, Environment, LoadFrom, OnPresence, Policy, Profile};
use resetkit_core::CodeStyle;

use crate::brands::signed_brand;

struct Place {
    folder: tempfile::TempDir,
    brand_key: String,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let brand_key = signed_brand(&folder.path().join("brand"), |text| text);
        Place { folder, brand_key }
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path
    }

    /// Loads a site file with these lines behind the two that every test needs (so the first of them is line 3).
    fn load(&self, lines: &str) -> Result<DeviceConfig, ConfigError> {
        self.load_with(lines, Environment::none())
    }

    fn load_with(&self, lines: &str, environment: Environment) -> Result<DeviceConfig, ConfigError> {
        let site =
            self.file("site.toml", &format!("brand_dir = \"brand\"\nbrand_keys = [\"{}\"]\n{lines}", self.brand_key));
        DeviceConfig::load(&LoadFrom::site(site).with_environment(environment))
    }

    fn refusal(&self, lines: &str) -> ConfigError {
        self.load(lines).expect_err("this must be refused")
    }
}

#[test]
fn every_key_has_a_default_that_suits_the_reference_recorder() {
    let place = Place::new();
    let config = place.load("").expect("loads");
    assert_eq!(config.profile.model, "nvr-4");
    assert_eq!(config.policy.name, "reference");
    assert_eq!(config.brand.id.as_str(), "plain");
    assert_eq!(config.site.listeners.len(), 2);
    assert!(config.profile.lanes.network, "the reference recorder has the network lane on");
    assert_eq!(config.policy.code_style(&config.profile), CodeStyle::Letters);
}

#[test]
fn relative_paths_are_meant_from_the_folder_of_the_site_file() {
    let place = Place::new();
    let config = place.load("state_dir = \"state\"\n[[listeners]]\nlane = \"console\"\naddress = \"unix:console.sock\"\ntls = \"none\"\n").expect("loads");
    assert_eq!(config.site.state_dir, place.folder.path().join("state"));
    assert_eq!(config.site.listeners.len(), 1, "a list replaces the list below it");
}

#[test]
fn the_site_file_beats_the_built_in_and_the_environment_beats_the_site_file() {
    let place = Place::new();
    let lines = "language = \"de\"\n[overrides.policy.session]\nlife_minutes = 30\n";
    assert_eq!(place.load(lines).expect("loads").policy.session.life_minutes, 30);
    let environment = Environment::from_pairs(&[
        ("RESETKIT_OVERRIDES__POLICY__SESSION__LIFE_MINUTES", "20"),
        ("RESETKIT_LANGUAGE", "en"),
        ("RESETKIT_LOG", "debug"),
    ]);
    let config = place.load_with(lines, environment).expect("loads");
    assert_eq!((config.policy.session.life_minutes, config.site.language.as_str()), (20, "en"));
    assert_eq!(config.policy.session.cap_minutes, 1_440, "what nobody names stays");
}

#[test]
fn a_list_can_come_from_the_environment() {
    let place = Place::new();
    let environment = Environment::from_pairs(&[(
        "RESETKIT_LISTENERS",
        "[{ lane = \"network\", address = \"tcp:127.0.0.1:0\", tls = \"none\" }]",
    )]);
    assert_eq!(place.load_with("", environment).expect("loads").site.listeners.len(), 1);
}

#[test]
fn an_unknown_key_names_file_line_and_the_key_that_was_meant() {
    let place = Place::new();
    let error = place.refusal("langauge = \"de\"\n");
    assert!(error.file.ends_with("site.toml"), "{error}");
    assert_eq!((error.line, error.key.as_str()), (Some(3), "langauge"), "{error}");
    assert!(error.to_string().ends_with(" Did you mean `language`?"), "{error}");
}

#[test]
fn an_unknown_key_deep_in_a_list_is_found_too() {
    let place = Place::new();
    let error = place.refusal("\n[[listeners]]\nlane = \"network\"\naddress = \"tcp:127.0.0.1:0\"\ntsl = \"none\"\n");
    assert_eq!((error.line, error.key.as_str()), (Some(7), "listeners[0].tsl"), "{error}");
    assert!(error.remedy.contains("`tls`"), "{error}");
}

#[test]
fn an_unknown_variable_is_an_error_of_the_environment() {
    let place = Place::new();
    let error = place.load_with("", Environment::from_pairs(&[("RESETKIT_STATE_DIRR", "/x")])).expect_err("refused");
    assert_eq!(error.file, "environment");
    assert!(error.remedy.contains("`state_dir`"), "{error}");
}

#[test]
fn broken_toml_names_its_line() {
    let place = Place::new();
    let error = place.refusal("language = de\n");
    assert_eq!(error.line, Some(3), "{error}");
}

#[test]
fn a_wrong_kind_of_value_names_its_line_and_key() {
    let place = Place::new();
    let error = place.refusal("[worker]\nuid = \"root\"\n");
    assert_eq!((error.line, error.key.as_str()), (Some(4), "worker.uid"), "{error}");
    let error = place.refusal("[[listeners]]\nlane = \"consol\"\naddress = \"unix:x\"\n");
    assert_eq!(error.line, Some(4), "{error}");
    assert!(error.remedy.contains("`console`"), "{error}");
    let error = place.refusal("[[listeners]]\nlane = \"network\"\naddress = \"127.0.0.1\"\n");
    assert_eq!(error.line, Some(5), "{error}");
}

#[test]
fn r59_clear_text_off_loopback_and_a_console_on_tcp_are_refused() {
    let place = Place::new();
    let listener = |lane: &str, address: &str, tls: &str| {
        format!("[[listeners]]\nlane = \"{lane}\"\naddress = \"{address}\"\ntls = \"{tls}\"\n")
    };
    let clear = place.refusal(&listener("network", "tcp:192.0.2.7:80", "none"));
    assert_eq!((clear.line, clear.key.as_str()), (Some(6), "listeners[0].tls"), "{clear}");
    let console = place.refusal(&listener("console", "tcp:127.0.0.1:80", "none"));
    assert_eq!(console.key, "listeners[0].lane", "{console}");
    assert!(place.load(&listener("network", "tcp:192.0.2.7:443", "own")).is_ok());
    assert!(place.load(&listener("network", "tcp:127.0.0.1:0", "none")).is_ok());
}

#[test]
fn r7_a_policy_that_can_be_guessed_is_refused_at_load_with_its_line() {
    let place = Place::new();
    let year = place.refusal("[overrides.policy.buckets]\nnetwork = { burst = 10, per_hour = 40 }\n[overrides.profile.button]\nline = \"socket:button.sock\"\nhold_seconds = 10\non_presence = \"new-password\"\n");
    assert_eq!((year.line, year.key.as_str()), (Some(3), "buckets"), "{year}");
    assert!(year.problem.contains("R7"), "{year}");
    let session = place.refusal("[overrides.policy.session]\nsession_tries = 15\n");
    assert_eq!(session.line, Some(4), "{session}");
}

#[test]
fn r7_both_policies_stay_within_the_bound_on_letters_and_digits_with_a_button() {
    for keypad in ["letters", "digits"] {
        let place = Place::new();
        let lines = format!(
            "[overrides.profile]\nkeypad = \"{keypad}\"\n[overrides.profile.button]\nline = \"socket:button.sock\"\nhold_seconds = 10\non_presence = \"new-password\"\n"
        );
        for policy in ["reference", "strict"] {
            let config = place.load(&format!("policy = \"{policy}\"\n{lines}")).expect("within the bound");
            let bound = config.policy.bound(&config.profile);
            assert!(
                bound.per_session.probability() <= 1e-11 && bound.per_device_year.probability() <= 2e-7,
                "{policy} {keypad}"
            );
        }
    }
}

#[test]
fn r32_a_policy_by_which_a_stranger_could_push_the_owners_code_out_of_the_relays_window_is_refused() {
    let place = Place::new();
    let error = place.refusal("[overrides.policy.codes]\nnetwork = { burst = 20, per_hour = 6 }\n");
    assert_eq!((error.line, error.key.as_str()), (Some(3), "codes"), "{error}");
}

#[test]
fn r18_r19_r50_limits_are_refused_beyond_and_taken_at_the_boundary() {
    let place = Place::new();
    let session = |line: &str| format!("[overrides.policy.session]\n{line}\n");
    assert!(place.load(&session("cap_minutes = 1440")).is_ok());
    assert_eq!(place.refusal(&session("cap_minutes = 1441")).line, Some(4));
    assert_eq!(place.refusal(&session("checkpoint_minutes = 6")).line, Some(4));
    assert_eq!(place.refusal(&session("boots = 13")).line, Some(4));
    let password = |line: &str| format!("[overrides.policy.password]\n{line}\n");
    assert!(place.load(&password("min_chars = 8")).is_ok());
    assert_eq!(place.refusal(&password("min_chars = 7")).line, Some(4));
    assert_eq!(place.refusal(&password("max_chars = 63")).line, Some(4));
}

#[test]
fn r24_the_strict_policy_keeps_the_ten_minutes_of_asvs() {
    let profile = Profile::builtin("nvr-4").expect("built in");
    let rules = Policy::builtin("strict", &profile).expect("built in").session_rules(&profile);
    assert!(rules.cap_minutes <= 10 && rules.life_minutes <= 10, "{rules:?}");
    assert!(!Policy::builtin("strict", &profile).expect("built in").methods.unconfirmed_address, "R62");
}

#[test]
fn the_reference_policy_is_the_one_that_the_engine_calls_its_reference() {
    let profile = Profile::builtin("nvr-4").expect("built in");
    let policy = Policy::builtin("reference", &profile).expect("built in");
    let (ours, engine) = (policy.guard(&profile), resetkit_core::Policy::reference(CodeStyle::Letters));
    assert_eq!((ours.rules, ours.slots), (engine.rules, engine.slots));
    let lanes = |guard: &resetkit_core::Policy| {
        [
            guard.allowances.console,
            guard.allowances.network,
            guard.allowances.console_codes,
            guard.allowances.network_codes,
        ]
    };
    assert_eq!(lanes(&ours), lanes(&engine));
    assert_eq!(ours.allowances.button.per_hour, 0, "no button is wired");
}

#[test]
fn r88_a_wired_button_must_say_what_a_press_does() {
    let place = Place::new();
    let error = place.refusal("[overrides.profile.button]\nline = \"socket:button.sock\"\nhold_seconds = 10\n");
    assert_eq!(error.line, Some(3), "{error}");
    assert!(error.problem.contains("R88") && error.remedy.contains("factory-state"), "{error}");
    let said = place
        .load(
            "[overrides.profile.button]\nline = \"socket:button.sock\"\nhold_seconds = 10\non_presence = \"factory-state\"\n",
        )
        .expect("loads");
    assert_eq!(said.profile.button.and_then(|button| button.on_presence), Some(OnPresence::FactoryState));
}

#[test]
fn r38_neither_site_file_nor_environment_can_touch_the_brand() {
    let place = Place::new();
    let error = place.refusal("[overrides.brand]\nrelay_url = \"https://evil.example\"\n");
    assert!(error.problem.contains("R38"), "{error}");
    let environment = Environment::from_pairs(&[("RESETKIT_OVERRIDES__BRAND__RELAY_URL", "https://evil.example")]);
    assert!(place.load_with("", environment).expect_err("refused").problem.contains("R38"));
    let environment = Environment::from_pairs(&[("RESETKIT_RELAY_URL", "https://evil.example")]);
    assert_eq!(place.load_with("", environment).expect_err("refused").file, "environment");
}

#[test]
fn an_unknown_profile_or_policy_says_which_there_are() {
    let place = Place::new();
    let error = place.refusal("profile = \"nvr4\"\n");
    assert_eq!((error.line, error.key.as_str()), (Some(3), "profile"), "{error}");
    assert!(error.remedy.contains("nvr-4"), "{error}");
}

#[test]
fn a_makers_own_profile_is_a_file_beside_the_site_file() {
    let place = Place::new();
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("devices/nvr-4.toml")).expect("there");
    place.file(
        "cam.toml",
        &text
            .replace("nvr-4", "cam-1")
            .replace("[screen]", "# none\n[facts]\nsmtp_set = true\n[screen]")
            .replace("[facts]\nclock_trusted = false", ""),
    );
    let config = place.load("profile = \"cam.toml\"\n").expect("loads");
    assert_eq!((config.profile.model.as_str(), config.profile.facts.smtp_set), ("cam-1", Some(true)));
}

#[test]
fn a_missing_key_of_a_profile_names_the_file_and_the_key() {
    let place = Place::new();
    place.file("cam.toml", "model = \"cam-1\"\n");
    let error = place.refusal("profile = \"cam.toml\"\n");
    assert!(error.file.ends_with("cam.toml") && error.problem.contains("is missing"), "{error}");
}

#[test]
fn r67_a_mail_server_is_checked_key_by_key_and_each_refusal_says_what_to_write() {
    let place = Place::new();
    let smtp =
        |lines: &str| format!("[connections.smtp]\nhost = \"mail.example\"\nfrom = \"me@mail.example\"\n{lines}");
    let good = place.load(&smtp("user = \"me\"\npassword_file = \"secret\"\n")).expect("loads").site.connections.smtp;
    let good = good.expect("it is set");
    assert_eq!((good.port(), good.password_file), (465, Some(place.folder.path().join("secret"))));
    let refused = [
        ("auth = \"plain\"\n", "auth", "user"),
        ("user = \"me\"\n", "user", "password_file"),
        ("user = \"me\"\nauth = \"xoauth2\"\n", "auth", "token_command"),
        ("user = \"me\"\nauth = \"xoauth2\"\npassword_file = \"x\"\n", "password_file", "token_command"),
        ("user = \"me\"\npassword_file = \"x\"\ntoken_command = [\"y\"]\n", "token_command", "Remove"),
        ("user = \"me\"\nauth = \"xoauth2\"\ntoken_command = []\n", "token_command", "program"),
        ("port = 0\n", "port", "465"),
    ];
    for (lines, key, remedy) in refused {
        let error = place.refusal(&smtp(lines));
        assert_eq!(error.key, format!("connections.smtp.{key}"), "{error}");
        assert!(error.line.is_some() && error.remedy.contains(remedy), "{error}");
    }
    let clear = place.refusal(&smtp("security = \"none\"\n"));
    assert!(clear.to_string().contains("`implicit` or `starttls`"), "{clear}");
}

#[test]
fn r88_a_button_needs_a_line_a_long_hold_and_time_to_let_go() {
    let place = Place::new();
    let button = |lines: &str| format!("profile = \"nvr-4-button\"\n[overrides.profile.button]\n{lines}\n");
    assert_eq!(place.load(&button("")).expect("loads").profile.button.expect("a button").longest_seconds(), 20);
    for (lines, key) in [
        ("line = \"evdev:reset\"", "button.line"),
        ("hold_seconds = 9", "button.hold_seconds"),
        ("hold_seconds = 110", "button.hold_seconds"),
        ("longest_seconds = 11", "button.longest_seconds"),
    ] {
        let error = place.refusal(&button(lines));
        assert!(error.key == key && error.line == Some(5), "{error}");
    }
    let camera = Profile::builtin("cam-1").expect("built in");
    assert_eq!((camera.lanes.console, camera.screen), (false, None));
}

#[test]
fn only_loopback_may_frame_only_makers_keys_that_may_sign_and_only_programs_that_are_named() {
    let place = Place::new();
    let listener = |address: &str, origin: &str| {
        format!("[[listeners]]\nlane = \"network\"\naddress = \"{address}\"\nframe_ancestors = \"{origin}\"\n")
    };
    assert!(place.load(&listener("tcp:127.0.0.1:0", "http://127.0.0.1:8090")).is_ok());
    for (address, origin) in [
        ("tcp:0.0.0.0:443", "http://127.0.0.1:8090"),
        ("tcp:127.0.0.1:0", "https://evil.example"),
        ("tcp:127.0.0.1:0", "*"),
    ] {
        assert_eq!(place.refusal(&listener(address, origin)).key, "listeners[0].frame_ancestors", "{address} {origin}");
    }
    assert_eq!(place.refusal("maker_keys = [\"RWx\"]\n").key, "maker_keys[0]");
    assert_eq!(place.refusal("firmware = \"1 beta\"\n").key, "firmware");
    assert_eq!(place.refusal("[accounts]\nback_end = \"exec\"\n").key, "accounts.back_end");
    let unused = "[accounts]\nexec = { program = [\"/x\"], atomic = true }\n";
    assert_eq!(place.refusal(unused).key, "accounts.exec");
    let nothing = "[accounts]\nback_end = \"exec\"\nexec = { program = [], atomic = true }\n";
    assert_eq!(place.refusal(nothing).key, "accounts.exec.program");
    assert!(place.load("[clock]\nsource = \"never-set\"\n").is_ok());
}

#[test]
fn an_override_of_the_site_beats_a_quirk_and_a_quirk_beats_the_profile() {
    let place = Place::new();
    assert_eq!(place.load("profile = \"cam-1\"\n").expect("loads").profile.facts.clock_trusted, Some(false));
    let lines = "profile = \"cam-1\"\n[overrides.profile.facts]\nclock_trusted = true\n";
    assert_eq!(place.load(lines).expect("loads").profile.facts.clock_trusted, Some(true));
    let own = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("devices/nvr-4.toml")).expect("there");
    place.file("own.toml", &own.replace("nvr-4", "own-4"));
    place.file(
        "quirks.toml",
        "[[quirks]]\nmodels = \"own-4\"\nreason = \"It has a battery.\"\nfacts.clock_trusted = true\n",
    );
    let config = place.load("profile = \"./own.toml\"\n").expect("loads");
    assert_eq!((config.profile.facts.clock_trusted, config.profile.quirks.len()), (Some(true), 1));
}
