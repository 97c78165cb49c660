//! R53: common passwords, names of the device, and the old password are refused with a reason.
use resetkit_config::{Blocked, Blocklist, PasswordContext};

fn reason(password: &str) -> Option<Blocked> {
    let context = PasswordContext {
        device_names: &["Plain", "nvr-4", "4-channel recorder", "SN20481234"],
        account: "admin",
        is_old_password: None,
    };
    Blocklist::builtin().reason(password, &context)
}

#[test]
fn r53_at_least_3000_entries_match_at_the_lower_bound_of_eight_and_all_are_refused_in_any_case() {
    let list = Blocklist::builtin();
    assert!(list.len() >= 3_000, "only {} entries", list.len());
    let entries: Vec<_> = list.entries().collect();
    assert!(entries.is_sorted(), "the search halves a sorted list");
    for entry in entries {
        assert!(entry.chars().count() >= 8, "{entry} can never match");
        assert_eq!(reason(entry), Some(Blocked::Common), "{entry}");
        assert_eq!(reason(&entry.to_uppercase()), Some(Blocked::Common), "{entry}");
    }
}

#[test]
fn r53_at_least_3000_passwords_of_the_default_fifteen_characters_are_refused_too() {
    let doubled = Blocklist::builtin().entries().map(|entry| format!("{entry}{entry}"));
    let refused =
        doubled.filter(|password| password.chars().count() >= 15 && reason(password) == Some(Blocked::Common)).count();
    assert!(refused >= 3_000, "{refused}");
    for password in ["Password12345678", "sunshineprincess", "iloveyou!!!!!!!!", "QWERTYUIOP2024!!"] {
        assert_eq!(reason(password), Some(Blocked::Common), "{password}");
    }
}

#[test]
fn r53_rows_repeats_and_names_are_refused_with_their_reason() {
    for password in
        ["aaaaaaaaaaaaaaaa", "abcabcabcabcabcabc", "0123456789012345", "qwertzuiopasdfghjkl", "zyxwvutsrqponmlk"]
    {
        assert!(matches!(reason(password), Some(Blocked::Pattern | Blocked::Common)), "{password}");
    }
    assert_eq!(reason("SN-2048-1234-2026"), Some(Blocked::DeviceName));
    assert_eq!(reason("4-channel-recorder!"), Some(Blocked::DeviceName));
    assert_eq!(reason("adminadmin 20261"), Some(Blocked::AccountName));
}

#[test]
fn r53_the_old_password_is_asked_last_and_refused() {
    let is_old = |password: &str| password == "four green chairs sing";
    let context = PasswordContext { device_names: &[], account: "admin", is_old_password: Some(&is_old) };
    assert_eq!(Blocklist::builtin().reason("four green chairs sing", &context), Some(Blocked::OldPassword));
    assert_eq!(Blocklist::builtin().reason("four green chairs dance", &context), None);
}

#[test]
fn r52_long_words_in_a_row_are_welcome_and_nothing_is_said_about_composition() {
    for password in [
        "a long fresh one",
        "correct horse battery staple",
        "weiße Möwen über Kiel",
        "the admin of our garden likes tea",
        "密码密碼很長很長很長的一句話呀",
    ] {
        assert_eq!(reason(password), None, "{password}");
    }
}
