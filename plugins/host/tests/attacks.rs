//! Hostile methods: more than forty actions, each tried behind both filters and from a constructor; none may succeed (R81).

use std::os::unix::fs::PermissionsExt;

use resetkit_host::{HostFailure, HostFailureKind, MethodOutput};

use crate::support::{Shop, first_word, on_one_thread};

/// Attacks whose calls an honest library makes in passing: these are answered with an error. All others end the worker.
const ANSWERED: [&str; 4] = ["terminal-injection", "asynchronous-signal-to-parent", "raise-limit", "ask-about-shadow"];

/// While the library is being opened, `open` itself must work for reading; Landlock answers it. For writing it ends the worker,
/// on kernels without Landlock too.
fn answered_in_constructor(attack: &str) -> bool {
    attack.starts_with("open-") && !["open-memory-device", "open-terminal", "open-to-empty"].contains(&attack)
}

/// While the library is being opened, its code must become executable and its file be asked about: a constructor learns
/// that a file is there, and its size. Stated residual.
const GRANTED_IN_CONSTRUCTOR: [&str; 3] = ["executable-memory", "make-memory-executable", "ask-about-shadow"];

/// The names that the library knows, read from its source: so that none is forgotten here.
fn attacks() -> Vec<String> {
    let source = include_str!("../../testkit/rogues/src/attacks.rs");
    let table = source.split("pub(crate) const ATTACKS").nth(1).unwrap().split("];").next().unwrap();
    let names = table.lines().filter_map(|line| line.trim().strip_prefix("(\"")?.split('"').next());
    names.map(String::from).filter(|name| name != "control").collect()
}

fn outcome(shop: &Shop, behaviour: &str) -> Result<String, HostFailure> {
    let answer = on_one_thread(first_word(shop, behaviour))?;
    let MethodOutput::Log { key, .. } = answer else { panic!("{behaviour} answered {answer:?}") };
    Ok(key.to_string())
}

#[test]
fn r81_more_than_forty_hostile_actions_and_none_succeeds() {
    let shop = Shop::new();
    let victim = Victim::put();
    assert_eq!(outcome(&shop, "do:control").unwrap(), "succeeded", "a success would be seen");
    let attacks = attacks();
    assert!(attacks.len() > 40, "{}", attacks.len());
    for attack in attacks {
        match outcome(&shop, &format!("do:{attack}")) {
            Ok(answer) => {
                assert!(answer.starts_with("refused-"), "{attack}: {answer}");
                assert!(ANSWERED.contains(&attack.as_str()), "{attack} was only answered: {answer}");
            }
            Err(failure) => assert_eq!(failure.kind, HostFailureKind::ForbiddenCall, "{attack}: {failure}"),
        }
        victim.is_unharmed(&attack);
    }
}

#[test]
fn r81_the_same_actions_from_a_constructor_do_not_succeed_either() {
    let shop = Shop::new();
    let victim = Victim::put();
    assert_eq!(outcome(&shop, "constructor:control").unwrap(), "succeeded", "constructors do run");
    for attack in attacks() {
        match outcome(&shop, &format!("constructor:{attack}")) {
            Ok(answer) if GRANTED_IN_CONSTRUCTOR.contains(&attack.as_str()) => assert_eq!(answer, "succeeded"),
            Ok(answer) => {
                let expected = ANSWERED.contains(&attack.as_str()) || answered_in_constructor(&attack);
                assert!(answer.starts_with("refused-") && expected, "{attack}: {answer}");
            }
            Err(failure) => assert_eq!(failure.kind, HostFailureKind::ForbiddenCall, "{attack}: {failure}"),
        }
        victim.is_unharmed(&attack);
    }
}

/// A file that attacks try to remove, move and open up.
struct Victim;

const VICTIM: &str = "/tmp/resetkit-rogue-victim";

impl Victim {
    fn put() -> Victim {
        std::fs::write(VICTIM, "unharmed").expect("written");
        std::fs::set_permissions(VICTIM, std::fs::Permissions::from_mode(0o666)).expect("set");
        Victim
    }

    fn is_unharmed(&self, attack: &str) {
        assert_eq!(std::fs::read_to_string(VICTIM).ok().as_deref(), Some("unharmed"), "{attack}");
        let mode = std::fs::metadata(VICTIM).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o666, "{attack}");
    }
}
