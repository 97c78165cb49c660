//! What arrives in the mailbox.

use crate::sink::Mood;
use crate::world::{HOUR, World};
use resetkit_protocol::{CodeStyle, Purpose};
use std::time::{Duration, Instant};

#[test]
fn an_owner_scans_and_the_code_arrives() {
    let world = World::new();
    let device = world.device(1);
    let request = device.asks(42);
    let answer = world.scans(&request.payload()).unwrap();
    assert_eq!((answer.request.as_str(), answer.resent), ("0042", false));
    assert_eq!((answer.brand.as_str(), answer.model.as_str(), answer.label.as_str()), ("Plain", "NVR-4", "7K2M"));
    let mail = &world.sink.wait_for(1)[0];
    assert_eq!(mail.to, ["owner@example.org"]);
    assert!(mail.parsed().text.contains(&request.spoken()));
}

#[test]
fn f16_the_mail_names_device_purpose_and_request_first_and_the_code_last() {
    let world = World::new();
    let request = world.device(1);
    let request = request.asks(42);
    world.scans(&request.payload()).unwrap();
    let mail = world.sink.wait_for(1)[0].parsed();
    let marks = [
        "Front door (NVR-4, label ending 7K2M)",
        "Someone at the device asked to reset its password",
        "Request number: 0042",
        "What for:",
        "Valid:",
        "Never read this code to anyone",
        "If this was not you, do nothing",
        "http://127.0.0.1:4711/n/",
        "Help: support@plain.example",
        &request.spoken(),
    ];
    for text in [&mail.text, &mail.html.replace("&#x2f;", "/")] {
        let mut from = 0;
        for mark in &marks {
            // In HTML the names of rows stand in cells of their own.
            let cell = mark.trim_end_matches(':').replace("Request number: 0042", "<strong>0042");
            let mark = if text == &mail.text { (*mark).to_owned() } else { cell };
            let place =
                text[from..].find(&mark).unwrap_or_else(|| panic!("{mark:?} is missing or too early in\n{text}"));
            from += place;
        }
    }
    assert!(mail.text.trim_end().ends_with(&request.spoken()), "nothing follows the code");
    assert!(mail.header("Subject").contains("0042") && !mail.header("Subject").contains(&request.spoken()[..3]));
}

#[test]
fn r69_headers_are_those_of_an_automatic_mail_and_nothing_remote_is_loaded() {
    let world = World::new();
    world.scans(&world.device(1).asks(1).payload()).unwrap();
    let raw = &world.sink.wait_for(1)[0];
    let mail = raw.parsed();
    assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
    assert_eq!(mail.header("Date"), "Fri, 15 Jan 2027 08:00:00 +0000");
    assert_eq!(mail.header("From"), "Plain <reset@plain.example>");
    assert_eq!(raw.from, "reset@plain.example", "envelope and From are aligned");
    let id = mail.header("Message-ID");
    assert!(id.starts_with('<') && id.ends_with("@plain.example>"), "{id}");
    assert_eq!(mail.header("To"), "owner@example.org");
    for remote in ["<img", "<link", "<script", "url(", "@import", "https://", "<iframe"] {
        assert!(!mail.html.contains(remote), "{remote}");
    }
    // One link, and it resets nothing.
    assert_eq!(mail.html.matches("href=").count(), 1);
    assert_eq!(mail.text.matches("http").count(), 1);
}

#[test]
fn the_mail_speaks_the_language_and_the_digits_of_the_device() {
    let world = World::new();
    let device = world.device(1);
    let octets = 482_109_375_512_u64.to_be_bytes();
    let request = device.asks(7).in_language("de").code(octets[3..].try_into().unwrap(), CodeStyle::Digits);
    world.scans(&request.payload()).unwrap();
    let mail = world.sink.wait_for(1)[0].parsed();
    assert!(mail.text.contains("Jemand am Gerät möchte"), "{}", mail.text);
    assert!(mail.text.contains("4821-0937-5512"));
    assert!(mail.html.contains("<html lang=\"de\">") && !mail.text.contains("[mail-") && !mail.html.contains("[mail-"));
}

#[test]
fn r18_the_mail_tells_the_life_of_the_policy_in_force() {
    for (life, language, told) in [
        ("", "en", "Valid: for about one hour while"),
        ("code_life_minutes = 10", "en", "Valid: for about 10 minutes while"),
        ("code_life_minutes = 10", "de", "Gültig: etwa 10 Minuten, solange"),
        ("code_life_minutes = 1", "de", "Gültig: etwa eine Minute, solange"),
    ] {
        let mut world = World::prepared();
        world.write_settings(&["plain"], life);
        world.start();
        world.scans(&world.device(1).asks(1).in_language(language).payload()).unwrap();
        let mail = world.sink.wait_for(1)[0].parsed();
        assert!(mail.text.contains(told), "{}", mail.text);
    }
}

#[test]
fn r65_f10_mail_goes_octet_for_octet_to_the_sealed_address() {
    let world = World::new();
    let long_local = format!("{}@example.org", "x".repeat(64));
    let long_domain = format!("a@{}.example", ["b".repeat(60), "c".repeat(60), "d".repeat(60)].join("."));
    let addresses = [
        "Owner.Name+reset@Example.ORG",
        "o'neil@example.org",
        "ümläut@exämple.org",
        "mıke@example.org",
        &long_local,
        &long_domain,
        "!#$%&*/=?^_`{|}~-@example.org",
        "入口@例え.example",
    ];
    for (number, address) in (1..).zip(addresses) {
        world.scans(&world.device(number).asks(1).to(Some(address)).payload()).unwrap();
        let mails = world.sink.wait_for(number.into());
        assert_eq!(mails.last().unwrap().to, [address]);
    }
}

#[test]
fn r75_the_same_octets_send_the_same_mail_again_twice_and_no_more() {
    let world = World::new();
    let device = world.device(1);
    let payload = device.asks(5).payload();
    assert!(!world.scans(&payload).unwrap().resent);
    for count in 1..=2 {
        world.sink.wait_for(count);
        settled(&world);
        world.clock.forward(1);
        assert!(world.scans(&payload).unwrap().resent);
    }
    let mails = world.sink.wait_for(3);
    assert!(mails.iter().all(|mail| mail == &mails[0]), "the same mail to the last octet");
    settled(&world);
    // The hour's quota of three is used up; a day later the limit of this mail itself holds.
    assert_eq!(world.refusal(&payload), "E-709");
    world.clock.forward(25 * HOUR);
    assert_eq!(world.refusal(&payload), "E-709");
    assert_eq!(world.sink.mails().len(), 3);
}

/// Waits until nothing waits in the outbox.
pub(crate) fn settled(world: &World) {
    wait_for_the_outbox(world, 0);
}

/// The same while a second passes with each look, so that retries come due.
pub(crate) fn settled_as_time_passes(world: &World) {
    wait_for_the_outbox(world, 1);
}

fn wait_for_the_outbox(world: &World, seconds: i64) {
    use resetkit_relay::store::Store;
    let (store, until) = (world.store(), Instant::now() + Duration::from_secs(30));
    while store.next_due().unwrap().is_some() {
        assert!(Instant::now() < until, "the outbox does not empty itself");
        world.clock.forward(seconds);
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn f9_a_confirmed_address_is_the_one_of_the_short_form() {
    let world = World::new();
    let device = world.device(1);
    assert_eq!(world.refusal(&device.asks(1).to(None).payload()), "E-710");
    let confirm = device.asks(2).purpose(Purpose::ConfirmAddress).to(Some("first@example.org"));
    world.scans(&confirm.payload()).unwrap();
    let mail = world.sink.wait_for(1)[0].parsed();
    assert!(mail.text.contains("It does not change the password"), "{}", mail.text);
    world.scans(&device.asks(3).to(None).payload()).unwrap();
    assert_eq!(world.sink.wait_for(2)[1].to, ["first@example.org"]);
    // An older confirmation, scanned late, does not bring an old address back.
    world.clock.forward(HOUR);
    let newer = device.asks(6).purpose(Purpose::ConfirmAddress).to(Some("second@example.org"));
    world.scans(&newer.payload()).unwrap();
    let older = device.asks(5).purpose(Purpose::ConfirmAddress).to(Some("third@example.org"));
    world.scans(&older.payload()).unwrap();
    world.clock.forward(HOUR);
    world.scans(&device.asks(7).to(None).payload()).unwrap();
    let to_second = world.sink.wait_for(5).iter().filter(|mail| mail.to == ["second@example.org"]).count();
    assert_eq!(to_second, 2, "the confirmation itself, and the code");
}

#[test]
fn r76_a_passing_refusal_is_tried_again_with_the_same_mail() {
    let world = World::new();
    world.sink.is(Mood::Refusing(451));
    world.scans(&world.device(1).asks(1).payload()).unwrap();
    tried(&world, 1);
    world.sink.is(Mood::Willing);
    settled_as_time_passes(&world);
    assert_eq!(world.sink.mails().len(), 1);
}

#[test]
fn a_mailbox_that_does_not_exist_is_not_written_to_again() {
    let world = World::new();
    world.sink.is(Mood::Refusing(550));
    let device = world.device(1);
    world.scans(&device.asks(1).payload()).unwrap();
    tried(&world, 1);
    settled(&world);
    assert_eq!(world.refusal(&device.asks(2).payload()), "E-712");
    world.sink.is(Mood::Willing);
    // Another address of the same device is another matter, and so is the next day.
    world.scans(&device.asks(3).to(Some("other@example.org")).payload()).unwrap();
    assert_eq!(world.sink.wait_for(1)[0].to, ["other@example.org"]);
    world.clock.forward(25 * HOUR);
    world.scans(&device.asks(4).payload()).unwrap();
    world.sink.wait_for(2);
}

/// A refusal of our own log-in says nothing about the mailbox.
#[test]
fn a_mail_server_that_wants_a_password_first_keeps_mails_waiting() {
    let world = World::new();
    world.sink.is(Mood::Refusing(530));
    world.scans(&world.device(1).asks(1).payload()).unwrap();
    tried(&world, 1);
    world.sink.is(Mood::Willing);
    settled_as_time_passes(&world);
    assert_eq!(world.sink.mails().len(), 1);
}

#[test]
fn a_mail_server_that_falls_silent_holds_up_nobody_for_longer_than_the_time_out() {
    let world = World::new();
    let device = world.device(1);
    world.sink.is(Mood::Silent);
    world.scans(&device.asks(1).payload()).unwrap();
    std::thread::sleep(Duration::from_millis(200));
    world.sink.is(Mood::Willing);
    world.scans(&device.asks(2).payload()).unwrap();
    world.sink.wait_for(1);
    settled_as_time_passes(&world);
    assert_eq!(world.sink.mails().len(), 2);
}

fn tried(world: &World, count: usize) {
    let until = Instant::now() + Duration::from_secs(20);
    while world.sink.tries() < count {
        assert!(Instant::now() < until, "nobody tried to send");
        std::thread::sleep(Duration::from_millis(10));
    }
}
