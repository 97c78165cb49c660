//! What must never be written down anywhere.

use kit::stage::Stage;
use kit::world::World;

use crate::{EMAIL, NEW, OLD};

in_both_worlds!(r15_f5_code_and_passwords_are_written_nowhere, r1_f1_codes_do_not_repeat);

fn r15_f5_code_and_passwords_are_written_nowhere(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let code = stage.owner().gets_a_code_by_mail();
    stage.owner().types("77Z-77Z-77Z");
    stage.screen().now();
    stage.owner().types(&code);
    stage.screen().shows("choose-new-password");
    stage.owner().sets_password("short-canary");
    stage.owner().sets_password(NEW);
    stage.screen().shows("done");
    stage.device().accepts(NEW).and().rejects(OLD);
    stage.device().has_written_nowhere(&[&code, "77Z-77Z-77Z", "short-canary", NEW, OLD]);
}

fn r1_f1_codes_do_not_repeat(stage: &Stage<impl World>) {
    stage.owner().sets_up(OLD, EMAIL);
    let mut codes = Vec::new();
    for _ in 0..3 {
        let code = stage.owner().gets_a_code_by_mail();
        assert!(!codes.contains(&code), "a code came twice");
        codes.push(code);
        stage.owner().says("cancel");
        stage.screen().shows("cancelled");
    }
}
