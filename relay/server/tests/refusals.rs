//! Everything of 5.9 that is refused, and that nothing leaks while the sender is not proven.

use crate::world::{Device, World};
use resetkit_protocol::{DeviceSecret, Lane, ProblemCode, Purpose, to_text};
use std::collections::HashSet;

/// Whoever is not proven gets one answer, to the octet (R16, R73, F24).
#[test]
fn r73_f24_one_answer_for_everybody_who_is_not_proven() {
    let world = World::new();
    let device = world.device(1);
    world.scans(&device.asks(1).payload()).unwrap();
    let stranger = Device::new(77, "plain", world.relay_key);
    let mut forger = world.device(2);
    forger.secret = DeviceSecret::from_octets([99; 32]);
    let mut other_key = world.device(3);
    other_key.key_id = 9;
    let good = device.asks(10).octets();
    let with = |place: usize, octet: u8| {
        let mut octets = good.clone();
        octets[place] = octet;
        to_text(&octets)
    };
    let cases = [
        ("an unregistered handle", stranger.asks(1).payload()),
        ("a registered handle, another key", forger.asks(1).payload()),
        ("an unknown key id", other_key.asks(1).payload()),
        ("an unknown version", with(0, good[0] & 0x1f | 0x40)),
        ("an unknown purpose", with(0, good[0] | 0x1c)),
        ("an unknown lane", with(0, good[0] | 0x03)),
        ("an unknown suite", with(1, good[1] | 0xc0)),
        ("an altered counter, used before", with(13, 1)),
        ("an altered tag", with(122, good[122] ^ 1)),
        ("a wrong length", to_text(&good[1..])),
        ("lower case", device.asks(10).payload().to_lowercase()),
        ("nothing", String::new()),
        ("no challenge at all", "HELLO".into()),
    ];
    let mut answers = HashSet::new();
    for (name, payload) in cases {
        let body = format!("{{\"payload\":\"{payload}\"}}");
        let reply = world.http("POST", "/v1/scan", &[("content-type", "application/json")], &body);
        assert_eq!(reply.status, 400, "{name}");
        let headers: Vec<_> = reply.headers.iter().filter(|(header, _)| header != "date").cloned().collect();
        answers.insert((headers, reply.body));
        assert_eq!(answers.len(), 1, "{name} is told apart");
    }
    assert!(answers.iter().next().unwrap().1.contains("E-700"));
    world.sink.wait_for(1);
    assert_eq!(world.sink.tries(), 1);
}

#[test]
fn r73_whoever_is_proven_is_told_the_reason_and_the_next_step() {
    let world = World::new();
    let device = world.device(1);
    world.scans(&device.asks(100).payload()).unwrap();
    assert_eq!(world.refusal(&device.asks(100).to(Some("x@example.org")).payload()), "E-703", "the counter is taken");
    assert_eq!(world.refusal(&device.asks(36).payload()), "E-704", "below the window");
    assert!(world.scans(&device.asks(37).payload()).is_ok(), "the lowest counter of the window");
    for purpose in [Purpose::Notice, Purpose::Unlock] {
        assert_eq!(world.refusal(&device.asks(101).purpose(purpose).payload()), "E-711");
    }
    assert_eq!(world.refusal(&device.asks(101).to(None).payload()), "E-710");
    // An address that passes for one, and that no mail server would know: a domain cannot begin with an accent.
    assert_eq!(world.refusal(&device.asks(101).to(Some("a@\u{300}a.example")).payload()), "E-701");
    let mut revoked = Device::new(2, "plain", world.relay_key);
    revoked.row.status = resetkit_protocol::DeviceStatus::Revoked;
    world.enrol(&revoked);
    assert_eq!(world.refusal(&revoked.asks(1).payload()), "E-702");
    assert_eq!(world.sink.wait_for(2).len(), 2);
}

#[test]
fn f17_a_request_has_one_field_of_one_type() {
    let world = World::new();
    let payload = world.device(1).asks(1).payload();
    let bodies = [
        format!("{{\"payload\":\"{payload}\",\"to\":\"x@example.org\"}}"),
        format!("{{\"payload\":\"{payload}\",\"address\":[\"a@b.c\",\"d@e.f\"]}}"),
        format!("{{\"payload\":\"{payload}\",\"template\":\"x\"}}"),
        format!("{{\"payload\":\"{payload}\",\"payload\":\"{payload}\"}}"),
        format!("{{\"payload\":[\"{payload}\"]}}"),
        format!("[{{\"payload\":\"{payload}\"}}]"),
        format!("\"{payload}\""),
        "{\"payload\":null}".into(),
        "{}".into(),
        String::new(),
        "{\"payload\":\"".into(),
    ];
    for body in bodies {
        let reply = world.http("POST", "/v1/scan", &[("content-type", "application/json")], &body);
        assert_eq!(reply.status, 400, "{body}");
        assert!(reply.body.contains("E-720"), "{body}");
    }
    let form = world.http(
        "POST",
        "/v1/scan",
        &[("content-type", "application/x-www-form-urlencoded")],
        &format!("payload={payload}"),
    );
    assert_eq!(form.status, 415);
    assert_eq!(world.sink.tries(), 0);
}

#[test]
fn r47_a_body_of_more_than_a_kibibyte_is_refused() {
    let world = World::new();
    let reply = world.http("POST", "/v1/scan", &[("content-type", "application/json")], &" ".repeat(1025));
    assert_eq!(reply.status, 413);
    assert!(reply.body.contains("E-721"));
    let longest = world
        .device(1)
        .asks(1)
        .to(Some(&format!("a@{}.example", ["b".repeat(60), "c".repeat(60)].join("."))))
        .payload();
    assert!(world.scans(&longest).is_ok(), "the long form fits");
}

#[test]
fn f8_nothing_in_a_mail_or_an_answer_hangs_on_headers_of_the_caller() {
    let forged = [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "https"),
        ("forwarded", "host=evil.example"),
        ("x-original-url", "/evil"),
        ("origin", "https://evil.example"),
        ("content-type", "application/json"),
    ];
    let (one, other) = (World::new(), World::new());
    let texts = [(&one, &forged[6..]), (&other, &forged[..])].map(|(world, headers)| {
        let body = format!("{{\"payload\":\"{}\"}}", world.device(1).asks(1).payload());
        let reply = world.http("POST", "/v1/scan", headers, &body);
        assert_eq!(reply.status, 202);
        let mail = world.sink.wait_for(1)[0].parsed();
        // Each relay has a key of its own, so the link's token differs; nothing else may.
        let text = mail.text.split("/n/").map(|part| part.get(26..).unwrap_or(part).to_owned()).collect::<String>();
        (reply.body, mail.header("Subject"), text)
    });
    assert_eq!(texts[0], texts[1]);
    let page = other.http("POST", &format!("/{}", other.device(2).asks(1).payload()), &forged, "");
    assert!(page.header("location").unwrap().starts_with('/'), "a redirection stays here");
    assert!(!page.body.contains("evil"));
}

#[test]
fn r79_a_relay_of_two_brands_keeps_them_apart() {
    let mut world = World::prepared();
    let brand = resetkit_protocol::BrandId::parse("acme").unwrap();
    let key_id = resetkit_protocol::KeyId::new(1).unwrap();
    let (_, acme_key) = resetkit_relay::keys::new_key(&world.path("keys"), &brand, key_id).unwrap();
    world.write_brand("acme", "Acme", &acme_key, 1);
    world.write_settings(&["plain", "acme"], "");
    world.start();
    let keys = [world.relay_key, acme_key];
    let mut number = 0;
    let mut served = 0;
    for (registered, _) in ["plain", "acme"].iter().zip(keys) {
        for (sealed_for, _) in ["plain", "acme"].iter().zip(keys) {
            for (key_brand, key) in ["plain", "acme"].iter().zip(keys) {
                number += 1;
                let mut device = Device::new(number, registered, key);
                world.enrol(&device);
                device.row.brand = resetkit_protocol::BrandId::parse(sealed_for).unwrap();
                let right = registered == sealed_for && registered == key_brand;
                let scanned = world.scans(&device.asks(1).to(Some(&format!("owner{number}@example.org"))).payload());
                match scanned {
                    Ok(answer) => {
                        assert!(right);
                        served += 1;
                        assert_eq!(answer.brand, if *registered == "acme" { "Acme" } else { "Plain" });
                    }
                    Err(problem) => assert!(!right && problem.code == "E-700", "{problem:?}"),
                }
            }
        }
    }
    assert_eq!(served, 2);
    for mail in world.sink.wait_for(2) {
        let (acme, plain) = (mail.data.contains("Acme"), mail.parsed().text.contains("Plain"));
        assert!(!(acme && plain), "no trace of the other brand");
    }
}

#[test]
fn r78_during_a_rotation_old_and_new_keys_open() {
    let mut world = World::prepared();
    let brand = resetkit_protocol::BrandId::parse("plain").unwrap();
    let key_id = resetkit_protocol::KeyId::new(2).unwrap();
    let (path, new_key) = resetkit_relay::keys::new_key(&world.path("keys"), &brand, key_id).unwrap();
    world.write_brand("plain", "Plain", &new_key, 2);
    world.start();
    let old = world.device(1);
    let mut new = Device::new(2, "plain", new_key);
    new.key_id = 2;
    world.enrol(&new);
    world.scans(&old.asks(1).payload()).unwrap();
    world.scans(&new.asks(1).payload()).unwrap();
    world.sink.wait_for(2);
    // The old key is retired.
    world.stop();
    std::fs::remove_file(path.with_file_name("plain.1.relay-key")).unwrap();
    world.start();
    assert_eq!(world.refusal(&old.asks(2).payload()), "E-700");
    world.scans(&new.asks(2).lane(Lane::Network).payload()).unwrap();
}

#[test]
fn the_interface_is_described_with_every_reason() {
    let world = World::new();
    let reply = world.get("/v1/openapi.json");
    assert_eq!(reply.header("content-type"), Some("application/json"));
    let document: serde_json::Value = serde_json::from_str(&reply.body).unwrap();
    let responses = &document["paths"]["/v1/scan"]["post"]["responses"];
    for code in ProblemCode::ALL {
        let description = responses[code.status().to_string()]["description"].as_str().unwrap();
        assert!(description.contains(code.code()), "{code:?}");
    }
    assert_eq!(world.get("/healthz").status, 200);
    let other = world.http("GET", "/v1/scan", &[], "");
    assert_eq!((other.status, other.header("allow")), (405, Some("POST")));
    assert_eq!(world.get("/a/b/c").status, 404);
}
