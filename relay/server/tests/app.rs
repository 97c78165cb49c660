//! The companion app: its files, their headers, its words, and what lets a maker's own app take over.

use crate::world::{Device, Reply, World};
use resetkit_companion::app::{FILES, SLIPS, TEXTS};
use resetkit_protocol::{LookAnswer, Purpose};
use std::collections::BTreeSet;

fn json(reply: &Reply) -> serde_json::Value {
    assert_eq!(reply.status, 200);
    serde_json::from_str(&reply.body).unwrap()
}

#[test]
fn the_app_is_installable_and_every_file_that_it_names_is_there() {
    let world = World::new();
    let page = world.get("/app/");
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    let manifest = json(&world.get("/app/manifest.webmanifest"));
    assert_eq!((manifest["name"].as_str(), manifest["scope"].as_str()), (Some("Plain app"), Some("/app/")));
    let icons = manifest["icons"].as_array().unwrap();
    for wanted in ["192x192", "512x512"] {
        assert!(icons.iter().any(|icon| icon["sizes"] == wanted && icon["type"] == "image/png"), "{wanted}");
    }
    assert!(icons.iter().any(|icon| icon["purpose"] == "maskable"));
    let worker = world.get("/app/sw.js").body;
    let kept = worker.split("const FILES = ").nth(1).unwrap().split(';').next().unwrap();
    let kept: Vec<String> = serde_json::from_str(kept).unwrap();
    for file in FILES {
        assert!(kept.contains(&format!("/app/{}", file.path)), "{} would be missing without a network", file.path);
    }
    let named = icons.iter().map(|icon| format!("/app/{}", icon["src"].as_str().unwrap()));
    for path in named.chain(kept).filter(|path| !path.ends_with(".png")) {
        assert_eq!(world.get(&path).status, 200, "{path}");
    }
    let slashless = world.get("/app");
    assert_eq!((slashless.status, slashless.header("location")), (308, Some("/app/")));
    assert_eq!(world.get("/app/js/nothing.js").status, 404);
}

#[test]
fn r38_the_app_may_talk_to_its_own_relay_only_and_runs_no_script_of_a_page() {
    let world = World::new();
    let page = world.get("/app/");
    let policy = page.header("content-security-policy").unwrap();
    for part in [
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains("data:") && !policy.contains('*'));
    assert!(page.header("permissions-policy").unwrap().contains("camera=(self)"));
    assert!(world.get("/NOSUCH").header("permissions-policy").unwrap().contains("camera=()"));
    for inline in ["<style", " style=", " onclick", "javascript:"] {
        assert!(!page.body.contains(inline), "{inline}");
    }
    for script in page.body.split("<script").skip(1) {
        assert!(script.contains("src=") && script.split('>').nth(1).unwrap().starts_with("</script"), "{script}");
    }
    for file in FILES.iter().filter(|file| !file.path.starts_with("vendor/")) {
        for forbidden in ["innerHTML", "eval(", "document.write", "insertAdjacent", "https://", "importScripts"] {
            assert!(!file.text.contains(forbidden), "{}: {forbidden}", file.path);
        }
        let lines = file.text.lines().count();
        assert!(lines <= 300, "{} has {lines} lines", file.path);
    }
    let talks: Vec<_> = FILES.iter().filter(|file| file.text.contains("\"POST\"")).map(|file| file.path).collect();
    assert_eq!(talks, ["js/relay.js"], "one place sends");
    assert!(!FILES.iter().any(|file| file.text.contains("localStorage.setItem") && file.path == "js/flow.js"));
}

#[test]
fn the_service_worker_answers_for_the_apps_own_files_alone() {
    let world = World::new();
    let worker = world.get("/app/sw.js").body;
    assert!(worker.contains("event.request.method === \"GET\"") && worker.contains("FILES.includes"));
    assert!(!worker.contains("/v1/") && !worker.contains(".put("), "no answer is kept besides the list");
    let first = world.get("/app/js/flow.js");
    assert_eq!(first.header("cache-control"), Some("no-cache"));
    let tag = first.header("etag").unwrap().to_owned();
    let again = world.http("GET", "/app/js/flow.js", &[("if-none-match", &tag)], "");
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_eq!(world.get("/NOSUCH").header("cache-control"), Some("no-store"));
}

#[test]
fn the_app_speaks_the_languages_of_the_brand_from_the_same_files() {
    let world = World::new();
    let asked = |path: &str, language: &str| json(&world.http("GET", path, &[("accept-language", language)], ""));
    let texts = asked("/app/texts.json", "fr,de;q=0.8,en;q=0.5");
    assert_eq!((texts["language"].as_str(), texts["texts"]["app-home"].as_str()), (Some("de"), Some("Start")));
    assert_eq!(
        asked("/app/texts.json?lang=en", "de")["language"],
        "en",
        "the owner's choice counts before the phone's"
    );
    assert_eq!(asked("/app/texts.json", "fr")["language"], "en");
    assert!(world.http("GET", "/app/", &[("accept-language", "de")], "").body.contains("<html lang=\"de\">"));
    for language in ["en", "de"] {
        let texts = asked(&format!("/app/texts.json?lang={language}"), "");
        let texts = texts["texts"].as_object().unwrap();
        for (code, name) in SLIPS {
            let (reason, next) =
                (&texts[&format!("err-app-{name}")], texts[&format!("rec-app-{name}")].as_str().unwrap());
            assert!(!reason.as_str().unwrap().starts_with('['), "{language} {code}");
            assert!(
                next.ends_with('.') && next.chars().count() <= 220,
                "{language} {code}: {} {next}",
                next.chars().count()
            );
        }
        for (id, text) in texts {
            assert!(!text.as_str().unwrap().starts_with('['), "{language}: {id} has no text");
        }
    }
}

/// The list of texts and the texts that the scripts ask for are the same.
#[test]
fn every_text_that_a_script_asks_for_is_sent_and_no_other() {
    let scripts: String = FILES.iter().filter(|file| file.path.starts_with("js/")).map(|file| file.text).collect();
    let prefixes = ["app-", "relay-"];
    let strings = scripts.split(['"', '`']).filter(|text| prefixes.iter().any(|prefix| text.starts_with(prefix)));
    let asked: BTreeSet<&str> = strings.collect();
    for id in &asked {
        let family = id.split("${").next().unwrap();
        assert!(
            TEXTS.iter().any(|known| known == id || id.contains("${") && known.starts_with(family)),
            "{id} is not sent"
        );
    }
    for id in TEXTS {
        let used = asked
            .iter()
            .any(|asked| asked == id || asked.contains("${") && id.starts_with(asked.split("${").next().unwrap()));
        assert!(used, "{id} is sent and never shown");
    }
    for (_, name) in SLIPS {
        assert!(scripts.contains(&format!("\"{name}\"")), "nothing ever tells {name}");
    }
}

#[test]
fn each_brand_shows_itself_at_its_own_address_and_no_trace_of_another() {
    let mut world = World::prepared();
    let brand = resetkit_protocol::BrandId::parse("acme").unwrap();
    let key_id = resetkit_protocol::KeyId::new(1).unwrap();
    let (_, key) = resetkit_relay::keys::new_key(&world.path("keys"), &brand, key_id).unwrap();
    world.write_brand("acme", "Acme", &key, 1);
    world.change_brand("acme", |text| {
        text.replace("https://reset.example", "https://reset.acme.example")
            .replace("Plain app", "Acme home")
            .replace("support@plain.example", "help@acme.example")
    });
    world.write_settings(&["plain", "acme"], "");
    world.start();
    for path in ["/app/", "/app/texts.json", "/app/manifest.webmanifest", "/app/brand.json", "/v1/brand"] {
        let acme = world.http("GET", path, &[("host", "RESET.acme.example")], "").body.to_lowercase();
        assert!(acme.contains("acme") && !acme.contains("plain"), "{path}: {acme}");
        let other = world.http("GET", path, &[("host", "evil.example")], "").body.to_lowercase();
        assert!(other.contains("plain") && !other.contains("acme") && !other.contains("evil"), "{path}: {other}");
    }
    for (name, text) in FILES.iter().map(|file| (file.path, file.text)).filter(|(name, _)| !name.starts_with("vendor/"))
    {
        for word in ["Plain", "DMSS", "Dahua", "Resetkit", "resetkit"] {
            assert!(!text.contains(word), "{name} says {word}");
        }
    }
}

#[test]
fn an_app_may_look_before_it_sends_and_nothing_leaves() {
    let world = World::new();
    let device = world.device(1);
    let payload = device.asks(42).payload();
    let looks = |payload: &str| {
        let body = format!("{{\"payload\":\"{payload}\"}}");
        world.http("POST", "/v1/look", &[("content-type", "application/json")], &body)
    };
    let first: LookAnswer = serde_json::from_str(&looks(&payload).body).unwrap();
    assert_eq!(
        (first.request.as_str(), first.model.as_str(), first.sent, first.resends_left),
        ("0042", "NVR-4", false, 2)
    );
    assert_eq!(first.nickname.as_deref(), Some("Front door"));
    assert!(!looks(&payload).body.contains("owner@"));
    assert_eq!(world.sink.tries(), 0);
    assert_eq!(world.scans(&payload).unwrap().resends_left, 2);
    world.sink.wait_for(1);
    crate::mails::settled(&world);
    assert_eq!(world.scans(&payload).unwrap().resends_left, 1, "the answer tells how often it can still be sent");
    let again: LookAnswer = serde_json::from_str(&looks(&payload).body).unwrap();
    assert_eq!((again.sent, again.resends_left), (true, 1));
    let stranger = Device::new(77, "plain", world.relay_key);
    let refused = looks(&stranger.asks(1).payload());
    assert_eq!((refused.status, refused.header("content-type")), (400, Some("application/problem+json")));
    assert!(refused.body.contains("E-700"));
    assert_eq!(looks(&device.asks(50).purpose(Purpose::Notice).payload()).status, 200);
}

#[test]
fn apps_of_the_maker_take_over_the_address_when_the_signed_pack_names_them() {
    let mut world = World::prepared();
    world.start();
    for path in ["/.well-known/assetlinks.json", "/.well-known/apple-app-site-association"] {
        assert_eq!(world.get(path).status, 404, "no app, no claim");
    }
    world.stop();
    let fingerprint = ["AB"; 32].join(":");
    world.change_brand("plain", |text| {
        format!("{text}\n[native_apps]\nios = [\"TEAMID1234.example.plain\"]\n[[native_apps.android]]\npackage = \"example.plain\"\ncertificates = [\"{fingerprint}\"]\n")
    });
    world.start();
    let android = json(&world.get("/.well-known/assetlinks.json"));
    assert_eq!(android[0]["target"]["package_name"], "example.plain");
    assert_eq!(android[0]["target"]["sha256_cert_fingerprints"][0], fingerprint.as_str());
    let reply = world.get("/.well-known/apple-app-site-association");
    assert_eq!(reply.header("content-type"), Some("application/json"));
    let details = &json(&reply)["applinks"]["details"][0];
    assert_eq!(details["appIDs"][0], "TEAMID1234.example.plain");
    let excluded = |path: &str| {
        details["components"].as_array().unwrap().iter().any(|part| part["/"] == path && part["exclude"] == true)
    };
    assert!(excluded("/app/*") && excluded("/n/*"), "the links in mails open in a browser");
}

#[test]
fn only_this_machine_may_show_pages_in_a_frame_and_only_when_told_so() {
    let mut world = World::prepared();
    for bad in ["https://evil.example", "http://127.0.0.1.evil.example", "http://127.0.0.1:80; script-src *", "*"] {
        world.write_settings(&["plain"], &format!("frame_ancestors = [\"{bad}\"]"));
        assert!(resetkit_relay::settings::Settings::load(&world.path("relay.toml")).is_err(), "{bad}");
    }
    world.write_settings(&["plain"], "frame_ancestors = [\"http://127.0.0.1:8000\"]");
    world.start();
    for path in ["/app/", "/NOSUCH", "/v1/nothing"] {
        let page = world.get(path);
        assert!(
            page.header("content-security-policy").unwrap().ends_with("frame-ancestors http://127.0.0.1:8000"),
            "{path}"
        );
    }
}

/// A maker's app is written by that page.
#[test]
fn docs_app_md_lists_every_code_with_its_status() {
    let page = include_str!("../../../docs/app.md");
    for code in resetkit_protocol::ProblemCode::ALL {
        let row = format!("| {} | {}", code.code(), code.status());
        assert!(page.contains(&row), "{row} is not in docs/app.md");
    }
    for (code, name) in SLIPS {
        assert!(page.contains(code), "{code} {name} is not in docs/app.md");
    }
}
