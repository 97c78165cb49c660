//! Support unlocks a device in no network: two approvers, one code, one device (R89).

use resetkit_core::{Code, CodeStyle};
use resetkit_protocol as wire;
use serde_json::json;

use crate::support::client::{Browser, between};
use crate::support::recorder::{NEW, OLD, Reset, World, approver};

fn world() -> World {
    let world = World::with_methods(&["support"], "\n[support]\nexport_folder = \"stick\"");
    std::fs::create_dir(world.path("stick")).unwrap();
    world
}

fn asks_support(world: &World, reset: &Reset) -> String {
    reset.does(&json!({"event": "acknowledge"}));
    hears_support(world, reset)
}

/// What the agent of the support reads out once both approvers have opened their halves.
fn hears_support(world: &World, reset: &Reset) -> String {
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

/// L-03: the owner's mailbox is gone and so is his sheet; nothing on the device can know that.
#[test]
fn f11_r93_an_owner_without_mailbox_and_codes_stands_at_the_ways_with_somebody_to_ask_though_nothing_failed() {
    let world = World::with_methods(&["companion", "recovery-codes", "support"], "policy = \"high\"");
    let recorder = world.recorder();
    let login = recorder.set_up();
    let confirmed = recorder.confirms(&login);
    let code = world.code_in(&confirmed.url(), &world.state());
    assert_eq!(confirmed.types(&code)["step"], "address-confirmed");
    let codes = crate::recovery_codes::makes(&recorder, &login, OLD);
    crate::recovery_codes::types_back(&recorder, &login, &codes[0]);

    let reset = recorder.opens(&recorder.console);
    reset.does(&json!({"event": "acknowledge"}));
    if reset.waits_for(|view| view["waiting"] == false)["step"] != "choose-method" {
        reset.does(&json!({"event": "another-way"}));
    }
    reset.waits_for(|view| view["step"] == "choose-method");
    reset.does(&json!({"event": "choose", "method": "support"}));
    let code = hears_support(&world, &reset);
    let view = reset.types(&code);
    assert_eq!((&view["step"], &view["failure"]), (&json!("choose-method"), &json!(null)), "{view:#}");
    assert_eq!(view["further"]["given"], json!(["support"]), "one proof of two: {view:#}");
    let offered: Vec<_> = view["offers"].as_array().unwrap().iter().map(|offer| &offer["method"]).collect();
    assert_eq!(offered.len(), 2, "the mailbox and the sheet, as far as the device knows: {view:#}");
    assert_eq!(view["support"], "support@plain.example (Mon-Fri 8-18)", "{view:#}");
    assert_eq!(view["case_code"].as_str().map(str::len), Some("ABCD-EFGH-JKMN".len()), "{view:#}");
}

#[test]
fn r93_the_page_of_the_ways_names_the_support_its_hours_and_the_case_code() {
    let world = World::with_methods(&["companion", "support"], "");
    let recorder = world.recorder();
    recorder.set_up();
    let mut browser = Browser::at(&recorder.network);
    browser.open("/login");
    let opened = browser.submit("/reset", &[("account", "admin")]);
    let here = between(&opened.body, "data-state=\"", "&#x2f;state\"").unwrap().replace("&#x2f;", "/");
    let mut page = browser.submit(&here, &[("event", "acknowledge")]);
    if !page.body.contains("id=\"ways\"") {
        page = browser.submit(&here, &[("event", "another-way")]);
    }
    let line = between(&page.body, "id=\"none-works\">", "</p>").unwrap();
    assert!(line.contains("support@plain.example (Mon-Fri 8-18)") && line.contains("id=\"case-code\""), "{line}");
}
