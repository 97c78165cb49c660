//! Chapters of one book: what goes wrong for owners, each told from three sides. The *screen* says what happened and what
//! works instead, the *agent* sees the same from the case code, the *log* remembers it.

use std::time::Duration;

use kit::model::Model;
use kit::stage::Stage;
use kit::world::{Act, MailServer, World};
use resetkit_core::{Fact, ProofKind, ProofRule};

use crate::{EMAIL, NEW, OLD};

in_both_worlds!(
    owner_without_phone,
    owner_without_email_r87_has_a_sheet,
    relay_is_down,
    mail_swallowed_r89_support_unlocks,
    clock_at_1970_r17,
    air_gapped_bunker,
    method_withdrawn_in_the_field,
    method_withdrawn_while_its_code_is_out,
    f12_r14_a_code_of_the_sheet_opens_once,
    e_414_support_that_says_no_is_not_the_end,
);

in_the_model!(
    f11_where_two_proofs_are_wanted_the_screen_says_which_still_help,
    e_319_where_one_of_two_proofs_cannot_be_had_the_owner_is_told_at_once,
    r41_f12_the_power_goes_at_every_write_of_a_reset_by_a_kept_code,
    storage_that_cannot_be_written_is_told_with_support,
);

/// What is set after that.
const NEWEST: &str = "the third one, for the cellar this time";

/// A little more than the ten seconds of the profile.
const HOLD: Duration = Duration::from_millis(10_300);

fn withheld(stage: &Stage<impl World>, way: &str) -> Option<String> {
    let screen = stage.screen().settles();
    screen.withheld.into_iter().find_map(|(method, why)| (method == way).then_some(why))
}

/// No telephone at hand: the device mails the code by itself; and when its mail server falls silent, the sheet is there.
fn owner_without_phone(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let sheet = stage.owner().prints_recovery_codes(OLD);
    stage.owner().asks_for_a_code();
    stage.mailbox().server(MailServer::Silent);
    stage.owner().goes_another_way("email");
    stage.screen().tells("E-408");
    let case = stage.agent().hears_of("E-408");
    for way in ["recovery-codes", "button"] {
        assert!(case.open.iter().any(|open| open == way), "the agent is not told of {way}: {case:?}");
    }
    stage.mailbox().server(MailServer::Fine);
    stage.owner().goes_another_way("recovery-codes");
    stage.screen().shows("enter-code");
    stage.owner().types(&sheet[0]);
    stage.owner().replaces_password(OLD, NEW);
    stage.device().remembers(&["opened", "method-failed", "kept-awaited", "proved", "kept-code-used", "password-set"]);
}

/// The e-mail was skipped at set-up, which is the reference failure; a sheet was printed.
fn owner_without_email_r87_has_a_sheet(stage: &Stage<impl World>) {
    stage.owner().sets_up_without_email(OLD);
    let sheet = stage.owner().prints_recovery_codes(OLD);
    stage.owner().asks_to_reset();
    stage.owner().says("OK");
    stage.screen().tells("E-101");
    let case = stage.agent().hears_of("E-101");
    assert!(case.open.iter().any(|open| open == "recovery-codes"), "{case:?}");
    assert!(case.open.iter().all(|open| open != "companion" && open != "email"), "{case:?}");
    stage.owner().goes_another_way("recovery-codes");
    let screen = stage.screen().shows("enter-code");
    assert!(screen.payload.is_none() && screen.tries_left == Some(5), "nothing to scan: {screen:#?}");
    stage.owner().types(&sheet[3].to_lowercase());
    stage.owner().replaces_password(OLD, NEW);
    stage.device().remembers(&["kept-awaited", "proved", "kept-code-used", "password-set"]);
    stage.device().has_written_nowhere(&[&sheet[3]]);
}

/// The telephone has a network, the relay has none.
fn relay_is_down(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    stage.relay().goes_down();
    stage.phone().scans_in_vain();
    stage.owner().says("no mail came");
    stage.screen().tells("E-401");
    stage.agent().hears_of("E-401");
    stage.owner().says("no mail came");
    let screen = stage.screen().shows("choose-method");
    assert!(screen.offers.iter().any(|offer| offer == "companion"), "its code is still good: {screen:#?}");
    stage.owner().goes_another_way("email");
    stage.screen().shows("enter-code");
    let code = stage.mailbox().code();
    stage.owner().types(&code);
    stage.owner().replaces_password(OLD, NEW);
    stage.device().remembers(&["challenge-shown", "no-mail-came", "code-handed", "proved", "password-set"]);
}

/// The relay mailed, and a filter swallowed it. Support answers the telephone.
fn mail_swallowed_r89_support_unlocks(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let swallowed = stage.owner().gets_a_code_by_mail();
    stage.owner().says("no mail came").says("no mail came");
    stage.screen().tells("E-401");
    let case = stage.agent().hears_of("E-401");
    assert!(case.open.iter().any(|open| open == "support"), "{case:?}");
    stage.owner().goes_another_way("support");
    stage.screen().shows("enter-code");
    let read_out = stage.agent().reads_out();
    assert_ne!(read_out, swallowed);
    stage.owner().types(&swallowed);
    stage.screen().tells("E-203");
    stage.owner().types(&read_out);
    stage.owner().replaces_password(OLD, NEW);
    stage.device().remembers(&["no-mail-came", "challenge-shown", "code-wrong", "proved", "password-set"]);
}

/// Nobody ever set the clock: every way but those that need the time works, and nothing is told apart by a date.
fn clock_at_1970_r17(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let sheet = stage.owner().prints_recovery_codes(OLD);
    stage.device().forgets_the_time();
    let mailed = stage.owner().gets_a_code_by_mail();
    stage.owner().goes_another_way("email");
    stage.screen().shows("enter-code");
    let by_itself = stage.mailbox().code();
    assert_ne!(mailed, by_itself);
    stage.owner().goes_another_way("support");
    stage.screen().shows("enter-code");
    let read_out = stage.agent().reads_out();
    stage.owner().types(&mailed);
    stage.screen().tells("E-203");
    stage.agent().hears_of("E-203");
    assert_ne!(read_out, by_itself);
    stage.owner().goes_another_way("recovery-codes");
    stage.screen().shows("enter-code");
    stage.owner().types(&sheet[0]);
    stage.owner().replaces_password(OLD, NEW);
    stage.device().remembers(&["challenge-shown", "code-handed", "code-wrong", "kept-awaited", "password-set"]);
}

/// No network reaches this room, no address was entered, the sheet is lost: the request leaves on a stick, the code comes
/// back over the telephone in the corridor.
fn air_gapped_bunker(stage: &Stage<impl World>) {
    stage.owner().sets_up_without_email(OLD);
    stage.relay().goes_down();
    stage.mailbox().server(MailServer::Silent);
    stage.owner().asks_to_reset();
    stage.owner().says("OK");
    stage.screen().tells("E-101");
    assert_eq!(withheld(stage, "recovery-codes").as_deref(), Some("E-106"));
    let case = stage.agent().hears_of("E-101");
    assert!(case.open.iter().any(|open| open == "support" || open == "button"), "{case:?}");
    stage.owner().goes_another_way("support");
    stage.screen().shows("enter-code");
    stage.owner().says("support does not answer");
    stage.screen().tells("E-413");
    stage.agent().hears_of("E-413");
    let read_out = stage.agent().reads_out();
    stage.owner().types(&read_out);
    stage.owner().replaces_password(OLD, NEW);
    stage.device().remembers(&["challenge-shown", "support-silent", "proved", "password-set"]);
    stage.mailbox().server(MailServer::Fine);
}

/// The maker's update has the companion's method no more. The others go on as before.
fn method_withdrawn_in_the_field(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.device().is_updated_without("companion");
    stage.owner().asks_to_reset();
    stage.owner().says("OK");
    let screen = stage.screen().settles();
    assert!(screen.offers.iter().all(|offer| offer != "companion"), "{screen:#?}");
    if screen.step != "enter-code" {
        stage.owner().goes_another_way("email");
    }
    stage.screen().shows("enter-code");
    let code = stage.mailbox().code();
    stage.owner().types(&code);
    stage.owner().replaces_password(OLD, NEW);
    stage.device().remembers(&["code-handed", "proved", "password-set"]);
}

/// ... while a code of it was in a mailbox: it is typed without the method that showed it.
fn method_withdrawn_while_its_code_is_out(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let code = stage.owner().gets_a_code_by_mail();
    stage.device().is_updated_without("companion");
    let screen = stage.screen().tells("E-308");
    assert_eq!((screen.step.as_str(), screen.tries_left), ("enter-code", Some(5)), "{screen:#?}");
    stage.agent().hears_of("E-308");
    stage.owner().types(&code);
    stage.owner().replaces_password(OLD, NEW);
    stage.device().remembers(&["resumed", "proved", "password-set"]);
}

fn f12_r14_a_code_of_the_sheet_opens_once(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let sheet = stage.owner().prints_recovery_codes(OLD);
    stage.owner().asks_to_reset();
    stage.owner().goes_another_way("recovery-codes");
    stage.screen().shows("enter-code");
    stage.owner().types(&sheet[0]);
    stage.owner().replaces_password(OLD, NEW);
    stage.device().loses_power();
    stage.owner().asks_to_reset();
    stage.owner().goes_another_way("recovery-codes");
    stage.screen().shows("enter-code");
    stage.owner().types(&sheet[0]);
    let screen = stage.screen().tells("E-212");
    assert_eq!(screen.tries_left, Some(4), "{screen:#?}");
    stage.agent().hears_of("E-212");
    stage.owner().types(&sheet[1]);
    stage.owner().replaces_password(NEW, NEWEST);
}

fn e_414_support_that_says_no_is_not_the_end(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_to_reset();
    stage.owner().goes_another_way("support");
    stage.screen().shows("enter-code");
    let read_out = stage.agent().reads_out();
    stage.owner().says("support said no");
    let screen = stage.screen().tells("E-414");
    assert_eq!(screen.step, "choose-method", "{screen:#?}");
    assert!(screen.offers.iter().all(|offer| offer != "support"), "{screen:#?}");
    stage.agent().hears_of("E-414");
    stage.owner().goes_another_way("button");
    stage.screen().shows("hold-button");
    let _ = stage.owner().tries(&Act::TypeCode(read_out));
    stage.screen().never_shows("choose-new-password");
    stage.owner().holds_the_button(HOLD);
    stage.owner().replaces_password(OLD, NEW);
    stage.device().remembers(&["support-refused", "press-awaited", "proved", "password-set"]);
}

fn f11_where_two_proofs_are_wanted_the_screen_says_which_still_help(stage: &Stage<Model>) {
    stage.with(|world| world.proofs(ProofRule::all_of(&[ProofKind::Mailbox, ProofKind::Presence])));
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    assert_eq!(withheld(stage, "support").as_deref(), Some("E-322"));
    stage.phone().scans();
    let code = stage.mailbox().code();
    stage.owner().types(&code);
    let screen = stage.screen().shows("choose-method");
    assert_eq!(screen.offers, ["button"], "a second mailbox is no second proof: {screen:#?}");
    stage.owner().does(&Act::Choose("button".into()));
    stage.screen().shows("hold-button");
    stage.owner().holds_the_button(HOLD);
    stage.owner().replaces_password(OLD, NEW);
}

/// The high policy of the house, in the world of processes: a code of the sheet and a hold of the button.
#[test]
fn f11_under_the_high_policy_a_kept_code_alone_opens_nothing_and_with_the_button_it_does() {
    let stage = Stage::new(kit::real::Real::start_as("high_policy", &["--policy", "high"]));
    stage.owner().sets_up(OLD, EMAIL);
    let sheet = stage.owner().prints_recovery_codes(OLD);
    stage.owner().asks_to_reset();
    stage.owner().goes_another_way("recovery-codes");
    stage.screen().shows("enter-code");
    stage.owner().types(&sheet[0]);
    let screen = stage.screen().shows("choose-method");
    assert!(screen.offers.iter().all(|offer| offer != "recovery-codes"), "{screen:#?}");
    stage.device().accepts(OLD);
    stage.owner().goes_another_way("button");
    stage.screen().shows("hold-button");
    stage.owner().holds_the_button(HOLD);
    stage.owner().replaces_password(OLD, NEW);
    stage.device().remembers(&["kept-awaited", "proved", "press-awaited", "proved", "kept-code-used", "password-set"]);
}

fn e_319_where_one_of_two_proofs_cannot_be_had_the_owner_is_told_at_once(stage: &Stage<Model>) {
    stage.with(|world| world.proofs(ProofRule::all_of(&[ProofKind::Mailbox, ProofKind::Presence])));
    stage.owner().sets_up_without_email(OLD);
    stage.owner().asks_to_reset();
    stage.screen().shows("support");
    stage.screen().tells("E-101");
    assert_eq!(withheld(stage, "button").as_deref(), Some("E-319"), "nobody holds a button for nothing");
    stage.agent().hears_of("E-101");
    stage.device().remembers(&["opened", "dead-end"]);
}

/// One of old and new password, and the code is used up exactly if it is the new one.
fn r41_f12_the_power_goes_at_every_write_of_a_reset_by_a_kept_code(_: &Stage<Model>) {
    for write in 1..60 {
        for kept in [false, true] {
            let stage = kit::model::model();
            stage.owner().sets_up(OLD, EMAIL);
            let sheet = stage.owner().prints_recovery_codes(OLD);
            stage.with(|world| world.power_goes_at(kit::model::CutAt { write, kept }));
            by_sheet(&stage, &sheet[0], NEW);
            let (old, new) = stage.with(|world| (world.password_is(OLD), world.password_is(NEW)));
            assert!(old != new, "write {write}: neither or both");
            by_sheet(&stage, &sheet[0], NEWEST);
            let opened_again = stage.with(|world| world.password_is(NEWEST));
            assert_eq!(opened_again, old, "write {write} {kept}: the code is used up exactly when it set the password");
        }
    }
}

/// Comes in by this code of the sheet, as far as the device lets him.
fn by_sheet(stage: &Stage<Model>, code: &str, password: &str) {
    stage.owner().asks_to_reset();
    for act in [
        Act::AnotherWay,
        Act::Choose("recovery-codes".into()),
        Act::TypeCode(code.to_owned()),
        Act::SetPassword(password.to_owned()),
    ] {
        let _ = stage.owner().tries(&act);
    }
}

fn storage_that_cannot_be_written_is_told_with_support(stage: &Stage<Model>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.with(|world| world.breaks(Fact::StorageWritable));
    stage.owner().asks_to_reset();
    stage.screen().shows("support");
    stage.screen().tells("E-503");
    stage.agent().hears_of("E-503");
}
