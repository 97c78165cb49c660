//! Life of a code: powered minutes, and no clock on the wall.

use std::time::Duration;

use kit::model::{Model, model};
use kit::stage::Stage;
use kit::world::World;

use crate::{EMAIL, NEW, OLD, wrong_code};

in_the_model!(
    r18_a_code_lives_sixty_powered_minutes,
    r18_more_time_ends_at_a_day,
    r8_r7_the_next_guess_is_never_far,
    nobody_chose_a_password_in_time,
);

const MINUTE: Duration = Duration::from_secs(60);

fn passes(stage: &Stage<Model>, minutes: u32) {
    stage.with(|world| world.time_passes(MINUTE * minutes));
}

fn r18_a_code_lives_sixty_powered_minutes(stage: &Stage<Model>) {
    stage.owner().sets_up(OLD, EMAIL);
    let code = stage.owner().gets_a_code_by_mail();
    passes(stage, 59);
    stage.screen().shows("enter-code");
    passes(stage, 2);
    stage.screen().shows("expired");
    stage.owner().types(&code);
    stage.screen().never_shows("choose-new-password");
    assert!(!stage.with(|world| world.a_code_is_alive()), "an expired code must leave the flash");
}

fn r18_more_time_ends_at_a_day(stage: &Stage<Model>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    let mut minutes = 0;
    while stage.screen().now().step == "enter-code" {
        stage.owner().says("more time, please");
        passes(stage, 5);
        minutes += 5;
        assert!(minutes <= 1_445, "a code lives for ever");
    }
    assert!(minutes >= 1_435, "more time was refused after {minutes} minutes");
}

fn r8_r7_the_next_guess_is_never_far(stage: &Stage<Model>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.with(|world| world.owner_stands_at(resetkit_core::Lane::Console));
    // A thief at the screen takes every code and every token there is.
    let mut codes = 0;
    while stage.owner().gets_to_a_code_field() {
        codes += 1;
        assert!(codes <= 100, "codes without end");
        for _ in 0..5 {
            stage.owner().types(&wrong_code(0));
        }
    }
    // Six powered minutes later the owner gets a code, and the right one is looked at.
    passes(stage, 6);
    let code = stage.owner().gets_a_code_by_mail();
    stage.owner().types(&code);
    stage.screen().shows("choose-new-password");
}

fn nobody_chose_a_password_in_time(stage: &Stage<Model>) {
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().reaches_the_new_password();
    passes(stage, 61);
    stage.screen().never_shows("choose-new-password");
    stage.device().accepts(OLD).and().rejects(NEW);
}

#[test]
fn r17_f2_no_date_on_the_wall_changes_any_verdict() {
    let year: u64 = 31_557_600;
    let clocks = [None, Some(0), Some(26 * year), Some(56 * year), Some(86 * year), Some(u64::MAX)];
    let verdicts: Vec<Vec<String>> = clocks.iter().map(|clock| what_happens_under(*clock)).collect();
    for (clock, verdict) in clocks.iter().zip(&verdicts) {
        assert_eq!(verdict, &verdicts[0], "under {clock:?} it went another way");
    }
}

/// The steps, codes and refusals of one long story under a wall clock that also jumps in the middle.
fn what_happens_under(clock: Option<u64>) -> Vec<String> {
    let stage = model();
    stage.with(|world| world.wall_clock_says(clock));
    stage.owner().sets_up(OLD, EMAIL);
    stage.owner().asks_for_a_code();
    let mut seen = vec![format!("{:?}", stage.screen().now())];
    passes(&stage, 30);
    stage.with(|world| world.wall_clock_says(clock.map(|unix| unix / 2)));
    stage.owner().types(&wrong_code(0));
    seen.push(format!("{:?}", stage.screen().now()));
    stage.phone().scans();
    let code = stage.mailbox().code();
    seen.push(code.clone());
    stage.device().loses_power();
    stage.owner().types(&code);
    seen.push(stage.screen().now().step);
    stage.owner().sets_password(NEW);
    seen.push(stage.screen().now().step);
    seen.push(format!("{}", stage.with(|world| world.logs_in(NEW)).is_some()));
    seen
}
