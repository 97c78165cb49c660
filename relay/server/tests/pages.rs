//! What a phone's camera opens.

use crate::mails::settled;
use crate::world::{HOUR, Reply, World};
use resetkit_protocol::Lane;

pub(crate) fn step(reply: &Reply) -> &str {
    reply.body.split("data-step=\"").nth(1).unwrap().split('"').next().unwrap()
}

#[test]
fn a_get_never_sends_and_the_button_does_once() {
    let world = World::new();
    let device = world.device(1);
    let path = format!("/{}", device.asks(42).payload());
    for _ in 0..5 {
        let page = world.get(&path);
        assert_eq!((page.status, step(&page)), (200, "confirm"));
        assert!(page.body.contains("Send the code for request 0042?") && page.body.contains("<form method=\"post\">"));
    }
    assert_eq!(world.http("HEAD", &path, &[], "").status, 200);
    assert_eq!(step(&world.get(&format!("{path}/sent"))), "confirm", "the page after sending sends nothing either");
    assert_eq!(world.sink.tries(), 0);

    let sent = world.http("POST", &path, &[], "");
    assert_eq!((sent.status, sent.header("location")), (303, Some(format!("{path}/sent").as_str())));
    world.sink.wait_for(1);
    settled(&world);
    for _ in 0..3 {
        let page = world.get(sent.header("location").unwrap());
        assert_eq!((page.status, step(&page)), (200, "sent"));
        assert!(page.body.contains("Go back to the device") && page.body.contains("0042"));
    }
    assert_eq!(world.sink.mails().len(), 1, "loading the page again sends nothing");

    assert!(world.get(&path).body.contains("Send the same mail again"));
    let again = world.http("POST", &path, &[], "");
    assert!(again.header("location").unwrap().ends_with("/sent?again"));
    assert_eq!(world.sink.wait_for(2).len(), 2);
}

#[test]
fn pages_load_nothing_from_elsewhere_and_work_without_scripts() {
    let world = World::new();
    let page = world.get(&format!("/{}", world.device(1).asks(1).payload()));
    for foreign in ["<script", "<img", "<link", "url(", "http://", "https://", "@import", "owner@", "style=\""] {
        assert!(!page.body.contains(foreign), "{foreign}");
    }
    let policy = page.header("content-security-policy").unwrap();
    let style = page.body.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    use sha2::{Digest, Sha256};
    let hash = data_encoding::BASE64.encode(&Sha256::digest(style.as_bytes()));
    assert!(policy.contains(&format!("style-src 'sha256-{hash}'")), "the style is the one that the policy names");
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"));
    for (name, value) in
        [("referrer-policy", "no-referrer"), ("x-content-type-options", "nosniff"), ("cache-control", "no-store")]
    {
        assert_eq!(page.header(name), Some(value));
    }
}

#[test]
fn r93_a_refusal_says_why_and_what_to_do_in_the_phones_language() {
    let world = World::new();
    let page = world.http("GET", "/NOSUCH", &[("accept-language", "fr-FR,de;q=0.8,en;q=0.5")], "");
    assert_eq!((page.status, step(&page)), (400, "refused"));
    assert!(page.body.contains("Dieser Code wird nicht angenommen") && page.body.contains("E-700"), "{}", page.body);
    assert!(page.body.contains("Anderen Weg versuchen") && !page.body.contains("[err") && !page.body.contains("[re"));
    let root = world.get("/");
    assert_eq!((root.status, step(&root)), (404, "refused"));
}

#[test]
fn r72_not_me_stops_mails_for_a_day_by_a_button_and_for_that_device_only() {
    let world = World::new();
    let (device, other) = (world.device(1), world.device(2));
    world.scans(&device.asks(1).payload()).unwrap();
    let text = world.sink.wait_for(1)[0].parsed().text;
    settled(&world);
    let token = text.split("/n/").nth(1).unwrap().split_whitespace().next().unwrap();
    let path = format!("/n/{token}");
    assert_eq!(step(&world.get(&path)), "not-me");
    world.scans(&device.asks(2).payload()).expect("a GET stops nothing");
    assert_eq!(step(&world.http("POST", &path, &[], "")), "not-me-done");
    let problem = world.scans(&device.asks(3).payload()).unwrap_err();
    assert_eq!((problem.code.as_str(), problem.retry_after), ("E-708", Some(24 * 3600)));
    assert!(problem.next_step.contains("24 hours") && problem.next_step.contains("Try another way"));
    world.scans(&other.asks(1).payload()).expect("another device goes on");
    world.clock.forward(24 * HOUR);
    world.scans(&device.asks(3).lane(Lane::Network).payload()).unwrap();
    for wrong in ["/n/X", "/n/AAAAAAAAAAAAAAAAAAAAAAAAAA", "/n/..", &path[..path.len() - 1]] {
        let page = world.http("POST", wrong, &[], "");
        assert_eq!((page.status, step(&page)), (404, "not-me-unknown"), "{wrong}");
    }
    world.clock.forward(7 * 24 * HOUR);
    assert_eq!(step(&world.get(&path)), "not-me-unknown", "a link lives for a week");
}

#[test]
fn r72_not_me_takes_back_what_still_waits() {
    let world = World::new();
    let device = world.device(1);
    world.scans(&device.asks(1).payload()).unwrap();
    let text = world.sink.wait_for(1)[0].parsed().text;
    settled(&world);
    world.sink.is(crate::sink::Mood::Refusing(451));
    world.scans(&device.asks(2).payload()).unwrap();
    let token = text.split("/n/").nth(1).unwrap().split_whitespace().next().unwrap();
    world.http("POST", &format!("/n/{token}"), &[], "");
    settled(&world);
    world.sink.is(crate::sink::Mood::Willing);
    world.clock.forward(100);
    settled(&world);
    assert_eq!(world.sink.mails().len(), 1);
}
