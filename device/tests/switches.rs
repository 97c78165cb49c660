//! Methods that the owner switches off, and a clock that nobody sets.

use serde_json::json;

use crate::support::recorder::{NEW, World};

#[test]
fn r90_a_method_that_the_owner_switched_off_stays_off_over_a_boot_and_its_use_is_told() {
    let world = World::new();
    let recorder = world.recorder();
    let login = recorder.set_up();
    let reset = recorder.forgets(&recorder.network);
    let code = world.code_in(&reset.url(), &world.state());
    reset.types(&code);
    assert_eq!(reset.sets(NEW)["step"], "done");
    assert_eq!(recorder.network.get("/api/v0/methods", Some(&login)).status, 401, "R56");
    let login = recorder.log_in(NEW).json()["token"].as_str().unwrap().to_owned();
    let used = recorder.network.get("/api/v0/methods", Some(&login)).json();
    assert_eq!((&used[0]["method"], &used[0]["on"], &used[0]["uses"]), (&json!("companion"), &json!(true), &json!(1)));
    assert_eq!(used[0]["last"]["request"], "0001", "{used:#}");

    let off = recorder.network.post("/api/v0/methods/companion", Some(&login), &json!({"on": false}));
    assert_eq!((off.status, &off.json()[0]["on"]), (200, &json!(false)), "{off:?}");
    let unknown = recorder.network.post("/api/v0/methods/nobody", Some(&login), &json!({"on": false}));
    assert_eq!(unknown.status, 404);
    recorder.cut();
    let recorder = world.recorder();
    let view = recorder.opens(&recorder.network).view();
    assert_eq!((&view["step"], &view["withheld"][0]["method"]), (&json!("support"), &json!("companion")), "{view:#}");
    let login = recorder.log_in(NEW).json()["token"].as_str().unwrap().to_owned();
    // What is switched off may still prove an address.
    recorder.network.post("/api/v0/methods/companion", Some(&login), &json!({"on": true}));
    recorder.forgets(&recorder.network);
}

#[test]
fn r17_a_clock_that_nobody_sets_is_told_to_nobody() {
    let world = World::with_methods(&["companion"], "\n[clock]\nsource = \"never-set\"");
    let recorder = world.recorder();
    recorder.set_up();
    recorder.forgets(&recorder.network);
    recorder.stop();
    let log = std::fs::read_to_string(world.state_path().join("audit.log")).unwrap();
    assert!(log.lines().count() > 3 && log.lines().all(|line| line.contains("\"wall\":null")), "{log}");
}
