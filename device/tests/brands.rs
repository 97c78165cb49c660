//! An older brand pack is refused, however well it is signed (R38, R84).

use crate::support::recorder::{OLD, World};

fn refusal(world: &World, on_trial: bool) -> String {
    world.tries_to_start(on_trial).err().expect("an older pack is refused")
}

#[test]
fn r38_a_device_that_ran_with_a_newer_brand_pack_refuses_an_older_one_and_says_what_to_do() {
    let world = World::new();
    world.recorder().set_up();
    world.gets_brand(7);
    world.recorder().stop();
    world.gets_brand(6);
    let told = refusal(&world, false);
    assert!(told.contains("brand.toml") && told.contains("`version`"), "{told}");
    assert!(told.contains("version 6 is older than version 7"), "{told}");
    assert!(told.contains("Install a brand pack of version 7 or higher"), "{told}");
    let process = world.resetd("run");
    assert_eq!((process.status.code(), process.stdout.as_slice()), (Some(2), b"".as_slice()));
    assert!(String::from_utf8(process.stderr).unwrap().contains("older than version 7"));
    // The refusal cost nothing: with the right pack everything is there.
    world.gets_brand(7);
    assert!(world.recorder().accepts(OLD));
}

#[test]
fn r84_an_update_on_trial_leaves_the_other_slots_brand_allowed_until_it_is_marked_as_good() {
    let world = World::new();
    world.recorder().set_up();
    world.gets_brand(2);
    world.tries_to_start(true).unwrap().cut();
    world.gets_brand(1);
    assert!(world.recorder().accepts(OLD), "the fallback keeps its brand");
    world.gets_brand(2);
    world.tries_to_start(true).unwrap().stop();
    world.recorder().stop();
    world.gets_brand(1);
    refusal(&world, false);
    assert!(refusal(&world, true).contains("older"), "a trial opens no way below the floor");
}
