//! The power goes: in mid-session, and at every single write.

use kit::model::{CutAt, Model};
use kit::stage::Stage;
use kit::world::{Act, World};

use crate::{EMAIL, NEW, OLD, wrong_code};

in_both_worlds!(
    a_reboot_in_mid_session_keeps_request_and_tries,
    r41_a_proof_does_not_outlive_the_boot,
    r12_reboots_give_no_tries_back,
);

in_the_model!(r19_every_boot_costs_minutes_until_the_code_is_void, r11_f14_a_guess_is_charged_before_it_is_looked_at);

fn a_reboot_in_mid_session_keeps_request_and_tries(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let code = stage.owner().gets_a_code_by_mail();
    stage.owner().types(&wrong_code(0));
    let before = stage.screen().tells_tries_left(4);
    stage.device().loses_power();
    let after = stage.screen().shows("enter-code");
    assert_eq!((after.request, after.tries_left), (before.request, Some(4)));
    assert!(after.minutes_left < before.minutes_left, "a boot costs minutes (R19)");
    stage.owner().types(&code);
    stage.owner().replaces_password(OLD, NEW);
}

fn r41_a_proof_does_not_outlive_the_boot(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().reaches_the_new_password();
    stage.device().loses_power();
    stage.screen().never_shows("choose-new-password");
    let _ = stage.owner().tries(&Act::SetPassword(NEW.to_owned()));
    stage.device().accepts(OLD).and().rejects(NEW);
}

fn r12_reboots_give_no_tries_back(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    for left in [4, 3, 2] {
        stage.owner().types(&wrong_code(0));
        stage.screen().tells_tries_left(left);
        stage.device().loses_power();
        stage.screen().tells_tries_left(left);
    }
}

fn r19_every_boot_costs_minutes_until_the_code_is_void(stage: &Stage<Model>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    let mut boots = 0;
    while stage.with(|world| world.a_code_is_alive()) {
        stage.device().loses_power();
        boots += 1;
        assert!(boots <= 12, "a code lived through more than 12 boots");
    }
    assert!(boots >= 2, "one boot must not void a code");
}

fn r11_f14_a_guess_is_charged_before_it_is_looked_at(stage: &Stage<Model>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    for kept in [false, true] {
        let before = stage.screen().now().tries_left.expect("a code has tries");
        stage.with(|world| world.power_goes_at(CutAt { write: 1, kept }));
        stage.owner().types(&wrong_code(0));
        let after = stage.screen().shows("enter-code").tries_left.expect("a code has tries");
        assert_eq!(before - after, u8::from(kept), "the write that was cut is the charge itself");
    }
}

/// Plays the whole story with the power going at write `cut`; true if the story came to its end before that.
fn plays_with_a_cut(cut: CutAt) -> bool {
    let stage = kit::model::model();
    stage.owner().sets_up(OLD, EMAIL);
    stage.with(|world| world.power_goes_at(cut));
    let before = stage.with(|world| world.writes());

    let visit = stage.with(|world| world.asks_to_reset());
    let Ok(visit) = visit else { return false };
    let payload = |stage: &Stage<Model>| stage.with(|world| world.looks(&visit)).ok().and_then(|screen| screen.payload);
    let _ = stage.with(|world| world.acts(&visit, &Act::Acknowledge));
    if let Some(payload) = payload(&stage) {
        stage.phone().scans_text(&payload).expect("the relay takes what the device shows");
        let code = stage.mailbox().code();
        let _ = stage.with(|world| world.acts(&visit, &Act::TypeCode(code)));
        let _ = stage.with(|world| world.acts(&visit, &Act::SetPassword(NEW.to_owned())));
    }

    let (old, new) = stage.with(|world| (world.password_is(OLD), world.password_is(NEW)));
    assert!(old ^ new, "after {cut:?} old works: {old}, new works: {new}");
    if new {
        assert!(
            !stage.with(|world| world.a_code_is_alive()),
            "after {cut:?} the new password works and a code is alive"
        );
    }
    // Whatever happened, the owner gets in: by the code still good, or by asking once more.
    if old {
        stage.owner().resets_to("another long and fresh one");
        stage.device().rejects(OLD);
    }
    stage.with(|world| world.writes()) - before < cut.write
}

#[test]
fn r41_r48_the_power_goes_at_every_single_write_of_a_reset() {
    let mut cuts = 0;
    for kept in [false, true] {
        for write in 1.. {
            assert!(write < 200, "a reset has no end");
            if plays_with_a_cut(CutAt { write, kept }) {
                break;
            }
            cuts += 1;
        }
    }
    println!("{cuts} cuts");
    assert!(cuts > 10, "a reset writes more often than that; was anything cut?");
}
