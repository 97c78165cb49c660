//! Support unlocks a device in no network: two approvers, one code, one device (R89).

use resetkit_core::{Code, CodeStyle};
use resetkit_protocol as wire;
use serde_json::json;

use crate::support::recorder::{NEW, OLD, Reset, World, approver};

fn world() -> World {
    let world = World::with_methods(&["support"], "\n[support]\nexport_folder = \"stick\"");
    std::fs::create_dir(world.path("stick")).unwrap();
    world
}

fn asks_support(world: &World, reset: &Reset) -> String {
    reset.does(&json!({"event": "acknowledge"}));
    let view = reset.waits_for(|view| view["step"] == "enter-code" && view["qr"].is_object());
    assert_eq!(view["method"], "support", "{view:#}");
    let url = reset.url();
    let (_, octets) = wire::from_url(&url).unwrap();
    assert_eq!(octets.len(), wire::UNLOCK_OCTETS);
    let key = std::fs::read_to_string(world.state_path().join("device.key")).unwrap();
    let device = wire::DeviceSecret::from_file_text(&key).unwrap().public();
    let keys =
        wire::SupportKeys::new(wire::KeyId::new(1).unwrap(), approver(1).public(), approver(2).public()).unwrap();
    let brand = wire::BrandId::parse("plain").unwrap();
    let open = |number: u8| wire::open_half(&approver(number), &keys, &device, &brand, &octets).unwrap().1;
    let code = open(1).join(&open(2)).unwrap();
    Code::from_octets(*code.expose(), CodeStyle::Letters).unwrap().display().expose().clone()
}

#[test]
fn r89_two_approvers_make_the_code_that_sets_one_password_on_one_device() {
    let world = world();
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.opens(&recorder.console);
    let code = asks_support(&world, &reset);
    assert_eq!(reset.types(&code)["step"], "choose-new-password");
    assert_eq!(reset.sets(NEW)["step"], "done");
    assert!(recorder.accepts(NEW) && !recorder.accepts(OLD));
    let again = recorder.opens(&recorder.console);
    asks_support(&world, &again);
    assert_eq!(again.types(&code)["failure"]["code"], "E-203", "another challenge, another code");
}

#[test]
fn r89_support_that_does_not_answer_is_no_dead_end() {
    let world = world();
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.opens(&recorder.network);
    asks_support(&world, &reset);
    reset.does(&json!({"event": "no-mail"}));
    let view = reset.waits_for(|view| view["failure"].is_object());
    assert_eq!(view["failure"]["code"], "E-413", "{view:#}");
    assert!(!view["failure"]["next_step"].as_str().unwrap().is_empty());
}

#[test]
fn r35_r89_the_request_is_saved_to_a_stick_at_the_device_only() {
    let world = world();
    let recorder = world.recorder();
    recorder.set_up();
    let reset = recorder.opens(&recorder.console);
    asks_support(&world, &reset);
    assert_eq!(reset.view()["can"]["export"], true);
    let saved = reset.way.post(&format!("{}/export", reset.path()), Some(&reset.token), &json!({}));
    assert_eq!(saved.status, 200, "{saved:?}");
    let file = world.path("stick").join(saved.json()["file"].as_str().unwrap());
    assert_eq!(std::fs::read_to_string(file).unwrap().trim(), reset.url());
    reset.does(&json!({"event": "cancel"}));
    let reset = recorder.opens(&recorder.network);
    asks_support(&world, &reset);
    assert_eq!(reset.view()["can"]["export"], false);
    let refused = reset.way.post(&format!("{}/export", reset.path()), Some(&reset.token), &json!({}));
    assert_eq!((refused.status, refused.json()["code"].as_str()), (403, Some("E-011")));
    std::fs::remove_dir_all(world.path("stick")).unwrap();
}
