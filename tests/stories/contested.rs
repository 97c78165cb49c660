//! Somebody else is busy at the same device; the owner at its screen finishes all the same, with his first code.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use kit::process::until;
use kit::real::{Api, Real};
use kit::world::World;
use serde_json::{Value, json};

use crate::{EMAIL, OLD};

/// Resets in one world: the relay mails no more than three codes an hour to one device and lane (R74).
const RESETS: usize = 3;
/// Worlds; twenty resets and one.
const WORLDS: usize = 7;

/// The owner at the local screen, from *Forgot password* to the new one, with the first code that comes.
fn resets_at_the_console(world: &mut Real, new: &str) {
    let opened = world.at_the_console("/api/v0/resets", None, &json!({"account": "admin"}));
    let word = |key: &str| opened[key].as_str().unwrap_or_else(|| panic!("no {key} in {opened}")).to_owned();
    let (path, token) = (format!("/api/v0/resets/{}/events", word("id")), word("token"));
    let does = |world: &Real, event: &Value| world.at_the_console(&path, Some(&token), event);
    does(world, &json!({"event": "acknowledge"}));
    let shown = until(Duration::from_secs(30), || {
        // An event that means nothing here changes nothing; its answer is the screen.
        let view = does(world, &json!({"event": "set-password", "password": "nothing is proved yet, so nothing"}));
        Some(view).filter(|view| view["step"] == "enter-code" && view["qr"].is_object())
    });
    let view = shown.expect("the owner's code field comes, whoever else is there");
    world
        .scans(view["qr"]["text"].as_str().expect("a QR code has a text"))
        .expect("the relay takes the owner's request");
    let code = world.next_code();
    does(world, &json!({"event": "type-code", "code": code}));
    let step = |world: &Real, wanted: &str| {
        until(Duration::from_secs(30), || {
            let view = does(world, &json!({"event": "no-mail"}));
            assert_ne!(view["step"], "enter-code", "the first code was not taken: {view}");
            (view["step"] == wanted).then_some(())
        })
        .unwrap_or_else(|| panic!("never came to {wanted}"));
    };
    step(world, "choose-new-password");
    does(world, &json!({"event": "set-password", "password": new}));
    step(world, "done");
    assert!(world.logs_in(new).is_some(), "the new password holds");
}

/// Seven worlds, three resets in each, while this goes on beside them.
fn twenty_times(story: &str, disturbance: impl Fn(&Api, &AtomicUsize) + Sync) {
    for number in 0..WORLDS {
        let mut world = Real::start(&format!("{story}-{number}"));
        world.sets_up(OLD, Some(EMAIL));
        let (api, over, acts) = (world.api(), AtomicBool::new(false), AtomicUsize::new(0));
        std::thread::scope(|street| {
            street.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    disturbance(&api, &acts);
                }
            });
            for reset in 0..RESETS {
                resets_at_the_console(&mut world, &format!("a fresh one, number {number} {reset}"));
            }
            over.store(true, Ordering::Relaxed);
        });
        assert!(acts.load(Ordering::Relaxed) > 0, "nobody disturbed");
    }
}

#[test]
fn r22_a_client_that_logs_in_with_the_old_password_again_and_again_never_disturbs_the_owner() {
    twenty_times("contested-by-a-client", |api, acts| {
        // Harder than every two seconds: without a pause but the log-in's own.
        let _ = api.posts("/api/v0/login", "", &json!({"account": "admin", "password": OLD}));
        acts.fetch_add(1, Ordering::Relaxed);
        std::thread::sleep(Duration::from_millis(100));
    });
}

#[test]
fn r9_r32_somebody_who_opens_and_redeems_web_challenges_without_pause_never_disturbs_the_owner() {
    twenty_times("contested-by-the-web", |api, acts| {
        if let Ok(opened) = api.opens("/api/v0/resets", &json!({"account": "admin"})) {
            let path = format!("/api/v0/resets/{}/events", opened.id);
            for event in [
                json!({"event": "acknowledge"}),
                json!({"event": "new-code"}),
                json!({"event": "type-code", "code": crate::wrong_code(5)}),
                json!({"event": "another-way"}),
                json!({"event": "choose", "method": "button"}),
            ] {
                let _ = api.posts(&path, &opened.token, &event);
            }
        }
        acts.fetch_add(1, Ordering::Relaxed);
    });
}
