//! The page where an agent types in what an owner reads out: an owner, an agent, a relay.

use crate::pages::step;
use crate::world::{Reply, World};
use resetkit_protocol::{BrandId, KeyId};
use resetkit_relay::keys;

/// A reference recorder without an e-mail: `E-101`, as its screen shows it (`resetkit case` decodes the same).
const NO_EMAIL: &str = "4040-4120-AK4N";
const JSON: [(&str, &str); 1] = [("content-type", "application/json")];
const FORM: [(&str, &str); 1] = [("content-type", "application/x-www-form-urlencoded")];

fn types(world: &World, code: &str) -> Reply {
    world.http("POST", "/case", &FORM, &format!("code={}", code.replace(' ', "+")))
}

#[test]
fn an_owner_reads_out_the_code_the_agent_types_it_in_and_sees_what_to_say_ask_and_never_ask() {
    let world = World::new();
    let form = world.get("/case");
    assert_eq!((form.status, step(&form)), (200, "case"));
    assert!(form.body.contains("name=\"code\"") && form.body.contains("not stored and not logged"), "{}", form.body);

    // "Four zero, four zero …": in small letters, with blanks for hyphens.
    let told = types(&world, &NO_EMAIL.to_lowercase().replace('-', " "));
    assert_eq!((told.status, step(&told)), (200, "case-told"), "{}", told.body);
    for part in ["id=\"happened\"", "id=\"say\"", "id=\"open\"", "id=\"now\"", "id=\"ask\"", "id=\"never\"", "E-101"] {
        assert!(told.body.contains(part), "{part} is missing in {}", told.body);
    }
    assert!(told.body.contains("set up without an e-mail"), "{}", told.body);
    assert!(told.body.contains("Never ask for a password"), "{}", told.body);
    assert!(!told.body.contains('['), "every text is there: {}", told.body);
}

#[test]
fn a_slip_of_the_tongue_is_said_in_words_and_what_was_typed_stays_to_be_corrected() {
    let world = World::new();
    let told = types(&world, "4040-4120-AK4M");
    assert_eq!((told.status, step(&told)), (422, "case"));
    assert!(told.body.contains("id=\"error\"") && told.body.contains("value=\"4040-4120-AK4M\""), "{}", told.body);
    let nasty = types(&world, "%22%3E%3Cscript%3E");
    assert!(nasty.status == 422 && !nasty.body.contains("<script"), "{}", nasty.body);
}

#[test]
fn the_agents_language_is_chosen_or_the_browsers() {
    let world = World::new();
    let german = world.http("GET", "/case", &[("accept-language", "de-AT,en;q=0.5")], "");
    assert!(german.body.contains("lang=\"de\"") && german.body.contains("Fallcode"), "{}", german.body);
    let headers = [FORM[0], ("accept-language", "de")];
    let chosen = world.http("POST", "/case", &headers, &format!("code={NO_EMAIL}&lang=en"));
    assert!(chosen.body.contains("<html lang=\"en\">") && chosen.body.contains("What happened"), "{}", chosen.body);
}

#[test]
fn f17_the_form_and_the_interface_take_their_two_fields_and_nothing_else() {
    let world = World::new();
    for body in ["", "lang=en", "code=1&code=2", "code=1&serial=2", "code=%zz", "code=%ff", &"a".repeat(2000)] {
        let status = world.http("POST", "/case", &FORM, body).status;
        assert!((400..=422).contains(&status), "{body}: {status}");
    }
    for body in ["", "[]", "{}", "{\"code\":1}", "{\"code\":\"1\",\"more\":2}"] {
        assert_eq!(world.http("POST", "/v1/case", &JSON, body).status, 400, "{body}");
    }
    assert_eq!(world.http("POST", "/v1/case", &FORM, "code=1").status, 415);
    assert_eq!(world.http("GET", "/v1/case", &[], "").status, 405);
}

#[test]
fn a_support_desks_own_program_gets_the_same_as_json() {
    let world = World::new();
    let reply = world.http("POST", "/v1/case", &JSON, &format!("{{\"code\":\"{NO_EMAIL}\",\"lang\":\"en\"}}"));
    let told: serde_json::Value = serde_json::from_str(&reply.body).unwrap();
    assert_eq!((reply.status, &told["guidance"]["failure"]), (200, &serde_json::json!("E-101")), "{told}");
    assert!(told["slip"].is_null() && told["guidance"]["never"].as_array().is_some_and(|lines| !lines.is_empty()));
    let slip = world.http("POST", "/v1/case", &JSON, "{\"code\":\"41GG\"}");
    let slip: serde_json::Value = serde_json::from_str(&slip.body).unwrap();
    assert!(
        slip["guidance"].is_null() && slip["slip"].as_str().is_some_and(|words| words.contains("too short")),
        "{slip}"
    );
}

#[test]
fn a_maker_with_a_registry_of_his_own_sees_his_own_names() {
    let mut world = World::prepared();
    let registry = include_str!("../../../config/registry.toml").replace("name = \"Plain\"", "name = \"Otherbrand\"");
    std::fs::write(world.path("mine.toml"), registry).unwrap();
    let settings = std::fs::read_to_string(world.path("relay.toml")).unwrap();
    std::fs::write(world.path("relay.toml"), format!("case_registry = \"mine.toml\"\n{settings}")).unwrap();
    world.start();
    let told = types(&world, NO_EMAIL);
    assert!(told.body.contains("<dd>Otherbrand</dd>") && told.body.contains("4-channel recorder"), "{}", told.body);
}

/// No personal data goes in or comes out, and what was typed stays nowhere: not in the database, not in an address, not in a
/// header that caches obey.
#[test]
fn r77_r92_what_an_agent_types_is_stored_nowhere_and_counted_against_the_callers_quota() {
    let mut world = World::prepared();
    let settings = std::fs::read_to_string(world.path("relay.toml")).unwrap();
    std::fs::write(world.path("relay.toml"), settings.replace("per_ip_minute = 0", "per_ip_minute = 5")).unwrap();
    world.start();
    let told = types(&world, NO_EMAIL);
    assert_eq!(told.header("cache-control"), Some("no-store"));
    for header in ["location", "set-cookie"] {
        assert_eq!(told.header(header), None);
    }
    for file in std::fs::read_dir(world.path("")).unwrap().flatten().filter(|file| file.path().is_file()) {
        let octets = std::fs::read(file.path()).unwrap();
        let bare = NO_EMAIL.replace('-', "");
        for form in [NO_EMAIL, &bare] {
            let there = octets.windows(form.len()).any(|part| part.eq_ignore_ascii_case(form.as_bytes()));
            assert!(!there, "{form} lies in {}", file.path().display());
        }
    }
    let refused = (0..10).map(|_| world.get("/case").status).find(|status| *status != 200);
    assert_eq!(refused, Some(429), "the page is rate-limited like the others");
}

#[test]
fn r16_a_relay_names_no_brand_and_no_model_that_it_does_not_serve() {
    let served = types(&World::new(), NO_EMAIL);
    assert!(served.body.contains("Plain") && served.body.contains("4-channel recorder"), "{}", served.body);
    let mut world = World::prepared();
    let (_, key) =
        keys::new_key(&world.path("keys"), &BrandId::parse("other").unwrap(), KeyId::new(1).unwrap()).unwrap();
    world.write_brand("other", "Other", &key, 1);
    world.write_settings(&["other"], "");
    world.start();
    let told = types(&world, NO_EMAIL);
    assert_eq!((told.status, step(&told)), (200, "case-told"), "{}", told.body);
    assert!(told.body.contains("E-101") && told.body.contains("number 1"), "{}", told.body);
    assert!(!told.body.contains("Plain") && !told.body.contains("4-channel"), "{}", told.body);
}
