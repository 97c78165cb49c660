//! R7 and the limits of a policy, computed from the live one.

use resetkit_core::*;

#[test]
#[expect(clippy::print_stdout, reason = "the release notes quote these figures")]
fn r7_the_reference_policies_keep_the_bound_and_these_are_the_figures() {
    for (style, session, year, guesses) in
        [(CodeStyle::Letters, 9.09e-12, 1.992e-7, 219_031), (CodeStyle::Digits, 1.0e-11, 1.928e-7, 192_751)]
    {
        let bound = Policy::reference(style).check().unwrap();
        assert!((bound.per_session.probability() / session - 1.0).abs() < 1e-2, "{bound:?}");
        assert!((bound.per_device_year.probability() / year - 1.0).abs() < 1e-2, "{bound:?}");
        assert_eq!(bound.per_device_year.guesses, guesses);
        println!(
            "R7 {}: {:.2e} a session (at most 1e-11), {:.3e} a device and year (at most 2e-7)",
            style.as_str(),
            bound.per_session.probability(),
            bound.per_device_year.probability()
        );
    }
}

#[test]
fn r7_the_table_of_the_requirements_is_met() {
    let both = Allowances { button: Allowance { burst: 0, per_hour: 0 }, ..Allowances::default() };
    assert_eq!(both.guesses_a_year(), 122_670);
    let console = Allowances { network: Allowance { burst: 0, per_hour: 0 }, ..both };
    assert_eq!(console.guesses_a_year(), 87_620);
}

#[test]
fn r7_twelve_digits_with_eleven_presses_an_hour_break_the_bound_and_are_refused() {
    let mut policy = Policy::reference(CodeStyle::Digits);
    policy.allowances.button.per_hour = 11;
    assert!(matches!(policy.check(), Err(PolicyError::YearOdds(_))));
    policy.allowances.network = Allowance { burst: 0, per_hour: 0 };
    assert!(policy.check().is_ok(), "with the network lane off they do not");
}

#[test]
fn r7_r8_r18_r19_r47_every_policy_beyond_a_limit_is_refused_with_its_key() {
    let refused = |change: &dyn Fn(&mut Policy)| {
        let mut policy = Policy::default();
        change(&mut policy);
        match policy.check() {
            Err(PolicyError::OutOfRange { key, .. }) => key,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(refused(&|policy| policy.rules.cap_minutes = 1_441), "session.cap_minutes");
    assert_eq!(refused(&|policy| policy.rules.life_minutes = 1_441), "session.life_minutes");
    assert_eq!(refused(&|policy| policy.rules.checkpoint_minutes = 6), "session.checkpoint_minutes");
    assert_eq!(refused(&|policy| policy.rules.boots = 13), "session.boots");
    assert_eq!(refused(&|policy| policy.rules.tries = 6), "session.tries");
    assert_eq!(refused(&|policy| policy.rules.session_tries = 11), "session.session_tries");
    assert_eq!(refused(&|policy| policy.rules.challenges_per_session = 0), "session.challenges_per_session");
    let three = ProofRule { at_least: 3, ..ProofRule::two_kinds() };
    assert_eq!(refused(&|policy| policy.rules.proofs = three), "proofs");
    assert_eq!(refused(&|policy| policy.rules.password.min_chars = 7), "password.min_chars");
    assert_eq!(refused(&|policy| policy.rules.password.max_chars = 63), "password.max_chars");
    assert_eq!(refused(&|policy| policy.slots.console = 1), "slots.console");
    assert_eq!(refused(&|policy| policy.slots.network = 5), "slots.network");

    let mut policy = Policy::default();
    policy.allowances.console.per_hour = 9;
    assert_eq!(policy.check(), Err(PolicyError::ConsoleTooSlow));
    let mut policy = Policy::default();
    policy.allowances.console.per_hour = 60;
    assert!(matches!(policy.check(), Err(PolicyError::YearOdds(_))));
    let mut policy = Policy::default();
    policy.allowances.network_codes.per_hour = 60;
    assert_eq!(policy.check(), Err(PolicyError::WindowTooSmall { made: 108 }));
}

#[test]
fn r24_the_strict_ten_minute_profile_is_a_policy() {
    let mut policy = Policy::default();
    (policy.rules.life_minutes, policy.rules.cap_minutes, policy.rules.checkpoint_minutes) = (10, 10, 1);
    assert!(policy.check().is_ok());
}

#[test]
fn the_engine_trusts_no_caller_with_the_limits() {
    let wild = SessionRules {
        life_minutes: u16::MAX,
        cap_minutes: u16::MAX,
        checkpoint_minutes: u16::MAX,
        boots: u8::MAX,
        tries: u8::MAX,
        session_tries: u8::MAX,
        challenges_per_session: u8::MAX,
        method_start_seconds: u16::MAX,
        proof_minutes: u16::MAX,
        idle_minutes: u16::MAX,
        proofs: ProofRule { required: ProofKinds::ALL, at_least: 0, ..ProofRule::one_of_any() },
        password: PasswordRules { min_chars: u16::MAX, max_chars: u16::MAX },
        code_style: CodeStyle::Letters,
        button: Some(ButtonRules {
            hold: std::time::Duration::ZERO,
            longest: std::time::Duration::MAX,
            window: std::time::Duration::ZERO,
            debounce: std::time::Duration::MAX,
            on_presence: OnPresence::FactoryState,
        }),
    };
    let bounded = wild.bounded();
    assert_eq!((bounded.tries, bounded.session_tries, bounded.boots), (5, 10, 12));
    assert_eq!((bounded.life_minutes, bounded.cap_minutes, bounded.checkpoint_minutes), (1_440, 1_440, 5));
    let button = bounded.button.unwrap();
    assert_eq!((button.hold, button.longest), (HOLD_AT_LEAST, PRESS_WINDOW_MAX), "R88");
    assert!(button.window > button.hold && button.debounce <= std::time::Duration::from_millis(200));
    assert_eq!(bounded.bounded(), bounded);
    let nothing = SessionRules { tries: 0, session_tries: 0, life_minutes: 0, ..SessionRules::default() };
    let bounded = nothing.bounded();
    assert_eq!((bounded.tries, bounded.session_tries, bounded.life_minutes), (1, 1, 1));
    assert_eq!(SessionRules::default().bounded(), SessionRules::default());
}

#[test]
fn r88_a_profile_whose_button_asks_for_less_than_ten_seconds_is_refused() {
    let mut policy = Policy::default();
    let plain = policy.check().unwrap();
    policy.rules.button = Some(ButtonRules::reference(OnPresence::NewPassword));
    assert_eq!(policy.check(), Ok(plain), "R7: a hold is no guess, so the bound is what it was");
    let short = std::time::Duration::from_millis(9_999);
    policy.rules.button = Some(ButtonRules { hold: short, ..ButtonRules::reference(OnPresence::NewPassword) });
    assert_eq!(policy.check(), Err(PolicyError::OutOfRange { key: "button.hold_seconds", min: 10, max: 300 }));
}
