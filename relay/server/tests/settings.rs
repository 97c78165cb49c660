//! What may not be set.

use crate::world::World;
use resetkit_relay::serve;
use resetkit_relay::settings::Settings;
use std::sync::Arc;

fn refusal(world: &World, from: &str, to: &str) -> String {
    let text = std::fs::read_to_string(world.path("relay.toml")).unwrap();
    assert!(text.contains(from), "{from}");
    let path = world.path("other.toml");
    std::fs::write(&path, text.replace(from, to)).unwrap();
    Settings::load(&path).unwrap_err().to_string()
}

#[test]
fn plain_http_and_plain_smtp_are_for_loopback_alone() {
    let world = World::prepared();
    assert!(refusal(&world, "127.0.0.1:0", "0.0.0.0:0").contains("without TLS"));
    assert!(refusal(&world, "allow_plain_loopback = true", "").contains("without TLS"));
    assert!(refusal(&world, "host = \"127.0.0.1\"", "host = \"mail.example\"").contains("clear text"));
    assert!(refusal(&world, "127.0.0.1:4711", "127.0.0.1:4711/path").contains("bare address"));
}

#[test]
fn a_life_that_no_policy_allows_is_refused() {
    let world = World::prepared();
    for life in ["0", "1441"] {
        let told = refusal(&world, "[smtp]", &format!("code_life_minutes = {life}\n[smtp]"));
        assert!(told.contains("session.life_minutes"), "{told}");
    }
}

/// A refusal points at that page.
#[test]
fn docs_relay_md_lists_every_key() {
    let page = include_str!("../../../docs/relay.md");
    let (declared, _) = include_str!("../src/settings.rs").split_once("impl Settings").unwrap();
    let keys: Vec<_> = declared.lines().filter_map(|line| line.strip_prefix("    pub ")?.split_once(": ")).collect();
    assert!(keys.len() > 20, "{keys:?}");
    for (key, _) in keys {
        let listed = [format!("`{key}`"), format!(".{key}`"), format!("`{key}.")];
        assert!(listed.iter().any(|name| page.contains(name)), "{key} is not in docs/relay.md");
    }
}

#[test]
fn f17_an_unknown_setting_is_named_with_its_line() {
    let world = World::prepared();
    let told = refusal(&world, "feed_keys", "fed_keys");
    assert!(told.contains("fed_keys") && told.contains("relay.toml") || told.contains("other.toml"), "{told}");
    assert!(told.contains("line"), "{told}");
}

#[test]
fn r38_a_brand_whose_key_is_missing_or_another_is_not_served() {
    let world = World::prepared();
    let start = || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let started = runtime.block_on(serve::start(&world.settings(), Arc::new(world.clock.clone())));
        started.err().map(|error| error.to_string())
    };
    assert_eq!(start(), None);
    let key = world.path("keys/plain.1.relay-key");
    let text = std::fs::read_to_string(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    assert!(start().unwrap().contains("reset-relay key new"));
    let other = resetkit_protocol::RelaySecret::from_octets([1; 32]);
    std::fs::write(&key, other.to_file_text().as_bytes()).unwrap();
    assert!(start().unwrap().contains("not the one in its brand pack"));
    std::fs::write(&key, text).unwrap();
    let brand = world.path("plain/brand.toml");
    let pack = std::fs::read_to_string(&brand).unwrap();
    std::fs::write(&brand, pack.replace("Plain", "Plein")).unwrap();
    assert!(start().is_some(), "a pack that was altered after signing");
}
