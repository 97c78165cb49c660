//! Codes: how many guesses, at what, and how often a right one opens.

use kit::real::Real;
use kit::stage::Stage;
use kit::world::{Act, World};
use serde_json::json;

use crate::{EMAIL, NEW, OLD, wrong_code};

in_both_worlds!(
    r6_f13_five_wrong_codes_void_it_and_the_way_goes_on,
    r3_a_slip_costs_no_try,
    r2_a_code_may_be_typed_carelessly,
    r13_the_code_of_one_request_opens_no_other,
    r14_f12_a_code_opens_once,
    f3_no_password_without_a_proof,
    r32_the_same_picture_scanned_again_is_a_resend_of_the_same_code,
    following_the_link_sends_no_mail,
);

in_the_real_world!(r6_f6_f7_two_hundred_parallel_guesses_cost_exactly_five_comparisons);

fn r6_f13_five_wrong_codes_void_it_and_the_way_goes_on(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let right = stage.owner().gets_a_code_by_mail();
    for left in [4, 3, 2, 1] {
        stage.owner().types(&wrong_code(left));
        stage.screen().tells_tries_left(left);
        stage.screen().tells("E-203");
    }
    let request = stage.screen().now().request;
    stage.owner().types(&wrong_code(9));
    stage.screen().tells("E-204");
    let _ = stage.owner().tries(&Act::TypeCode(right.clone()));
    stage.screen().never_shows("choose-new-password");

    // The way goes on: a new code, which opens.
    stage.owner().comes_to_a_new_code(request.as_deref());
    stage.phone().scans();
    let fresh = stage.mailbox().code();
    assert_ne!(fresh, right);
    stage.owner().types(&fresh);
    stage.screen().shows("choose-new-password");
}

/// Two hundred browsers' worth of guesses at one code at once.
fn r6_f6_f7_two_hundred_parallel_guesses_cost_exactly_five_comparisons(stage: &Stage<Real>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    let visit = stage.visit();
    let (api, path) = (stage.with(|world| world.api()), format!("/api/v0/resets/{}/events", visit.id));
    std::thread::scope(|crowd| {
        for lot in 0..20 {
            let (api, path, token) = (&api, &path, &visit.token);
            crowd.spawn(move || {
                for n in 0..10 {
                    let guess = json!({"event": "type-code", "code": wrong_code(lot * 10 + n)});
                    api.posts(path, token, &guess).expect("the recorder answers, whatever it says");
                }
            });
        }
    });
    stage.screen().settles();
    let log = stage.with(World::audit);
    // A code that is used up is followed by a fresh one, which gets its own five; nobody ever gets a sixth.
    let charged_for = |request: &str| {
        let of_it = |line: &&String| line.contains("attempt-charged") && line.contains(request);
        log.iter().filter(of_it).count()
    };
    assert_eq!((charged_for("0001"), charged_for("0002")), (5, 5), "comparisons of one code:\n{}", log.join("\n"));
    assert_eq!(charged_for(""), 10, "comparisons of one session (R7)");
    stage.screen().never_shows("choose-new-password");
    stage.device().accepts(OLD);
}

fn r3_a_slip_costs_no_try(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let code = stage.owner().gets_a_code_by_mail();
    for slip in [slipped(&code), "12".to_owned(), "!!!-???-***".to_owned(), code.repeat(3)] {
        stage.owner().types(&slip);
        let screen = stage.screen().tells_one_of(&["E-201", "E-202"]);
        assert_eq!(screen.tries_left, Some(5), "a slip cost a try");
    }
    stage.owner().types(&code);
    stage.screen().shows("choose-new-password");
}

fn r2_a_code_may_be_typed_carelessly(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let code = stage.owner().gets_a_code_by_mail();
    let careless = format!("  {} ", code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l"));
    stage.owner().types(&careless);
    stage.screen().shows("choose-new-password");
}

fn r13_the_code_of_one_request_opens_no_other(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let of_first = stage.owner().gets_a_code_by_mail();
    let first = stage.visit();

    let of_second = stage.owner().gets_a_code_by_mail();
    stage.owner().types(&of_first);
    stage.screen().tells("E-203");
    stage.screen().tells_tries_left(4);
    // The first one is untouched by it.
    let untouched = stage.with(|world| world.looks(&first)).expect("its owner may look");
    assert_eq!((untouched.step.as_str(), untouched.tries_left), ("enter-code", Some(5)));
    stage.owner().types(&of_second);
    stage.screen().shows("choose-new-password");
}

fn r14_f12_a_code_opens_once(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let code = stage.owner().gets_a_code_by_mail();
    stage.owner().types(&code);
    stage.screen().shows("choose-new-password");
    stage.owner().sets_password(NEW);
    stage.screen().shows("done");

    let _ = stage.owner().tries(&Act::TypeCode(code.clone()));
    stage.screen().shows("done");
    stage.owner().asks_for_a_code();
    stage.owner().types(&code);
    stage.screen().tells("E-203");
    stage.device().accepts(NEW).and().rejects(OLD);
}

fn f3_no_password_without_a_proof(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_to_reset();
    let everything = [
        Act::SetPassword(NEW.to_owned()),
        Act::Choose("companion".to_owned()),
        Act::TypeCode(wrong_code(0)),
        Act::SetPassword(NEW.to_owned()),
        Act::Acknowledge,
        Act::SetPassword(NEW.to_owned()),
        Act::AnotherWay,
        Act::SetPassword(NEW.to_owned()),
        Act::NoMailCame,
        Act::NewCode,
        Act::SetPassword(NEW.to_owned()),
    ];
    for act in &everything {
        let _ = stage.owner().tries(act);
    }
    stage.screen().never_shows("choose-new-password");
    stage.device().accepts(OLD).and().rejects(NEW);
}

fn r32_the_same_picture_scanned_again_is_a_resend_of_the_same_code(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    assert!(!stage.phone().scans().resent);
    let first = stage.mailbox().code();
    assert!(stage.phone().scans().resent);
    let again = stage.mailbox().code();
    assert_eq!(first, again, "one request has one code");
    stage.owner().types(&again);
    stage.screen().shows("choose-new-password");
}

fn following_the_link_sends_no_mail(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    for _ in 0..3 {
        stage.phone().previews_the_link();
    }
    // The one mail that then comes is the one that was asked for.
    assert!(!stage.phone().scans().resent, "a preview was taken for a scan");
    stage.mailbox().code();
    assert_eq!(stage.mailbox().size(), 1);
}

/// The code with its third symbol mistyped.
fn slipped(code: &str) -> String {
    let wrong = if code.as_bytes()[2] == b'7' { "8" } else { "7" };
    format!("{}{wrong}{}", &code[..2], &code[3..])
}
