//! How many mails, and that nobody can use up somebody else's (R74, R75).

use crate::mails::{settled, settled_as_time_passes};
use crate::world::{HOUR, World, http};
use resetkit_protocol::{Lane, ProblemCode};
use std::sync::Barrier;

#[test]
fn r75_f6_sixty_four_parallel_replays_are_one_mail() {
    let world = World::new();
    let body = format!("{{\"payload\":\"{}\"}}", world.device(1).asks(1).payload());
    let (address, barrier) = (world.address, Barrier::new(64));
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..64)
            .map(|_| {
                scope.spawn(|| {
                    barrier.wait();
                    http(address, "POST", "/v1/scan", &[("content-type", "application/json")], body.as_bytes()).status
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(statuses.contains(&202));
    settled(&world);
    // While the mail waits, replays change nothing; when it has left, they are repetitions, of which there are two.
    let mails = world.sink.wait_for(1);
    assert!((1..=3).contains(&mails.len()), "{} mails", mails.len());
    assert!(mails.iter().all(|mail| mail == &mails[0]));
}

/// The sharper form: the mail cannot leave in between, so that all 64 meet the same first one.
#[test]
fn r75_sixty_four_parallel_replays_while_the_mail_waits_count_once() {
    let world = World::new();
    world.sink.is(crate::sink::Mood::Refusing(451));
    let device = world.device(1);
    let body = format!("{{\"payload\":\"{}\"}}", device.asks(1).payload());
    let address = world.address;
    std::thread::scope(|scope| {
        for _ in 0..64 {
            scope.spawn(|| {
                let reply = http(address, "POST", "/v1/scan", &[("content-type", "application/json")], body.as_bytes());
                assert_eq!(reply.status, 202, "{}", reply.body);
            });
        }
    });
    world.sink.is(crate::sink::Mood::Willing);
    settled_as_time_passes(&world);
    assert_eq!(world.sink.mails().len(), 1);
    // Two more fit into the hour.
    world.scans(&device.asks(2).payload()).unwrap();
    world.scans(&device.asks(3).payload()).unwrap();
    assert_eq!(world.refusal(&device.asks(4).payload()), "E-705");
}

#[test]
fn r32_a_strangers_newer_challenge_does_not_void_the_owners() {
    let world = World::new();
    let device = world.device(1);
    world.scans(&device.asks(70).lane(Lane::Network).payload()).unwrap();
    world.scans(&device.asks(7).payload()).unwrap();
    assert_eq!(world.refusal(&device.asks(6).payload()), "E-704");
    assert_eq!(world.sink.wait_for(2).len(), 2);
}

#[test]
fn r74_whoever_opens_the_web_page_cannot_use_up_the_consoles_mails() {
    let world = World::new();
    let device = world.device(1);
    let mut counter = 0;
    let mut network = |limit: &str| loop {
        counter += 1;
        let address = format!("owner{counter}@example.org");
        if let Err(problem) = world.scans(&device.asks(counter).lane(Lane::Network).to(Some(&address)).payload()) {
            assert_eq!(problem.code, limit);
            return problem.retry_after.unwrap();
        }
    };
    assert_eq!(network("E-705"), 3600, "three an hour");
    world.clock.forward(HOUR);
    let wait = network("E-706");
    assert!((22 * 3600..=24 * 3600).contains(&wait), "five of eight a day, and {wait} s to wait");
    for counter in 101..104 {
        world.scans(&device.asks(counter).payload()).expect("the console has its share");
    }
    world.clock.forward(HOUR);
    assert_eq!(world.refusal(&device.asks(104).payload()), "E-706", "eight a day in all");
    world.clock.forward(24 * HOUR);
    world.scans(&device.asks(105).payload()).unwrap();
    assert_eq!(world.sink.wait_for(9).len(), 9);
}

#[test]
fn r74_an_address_gets_five_mails_an_hour_from_all_devices_together() {
    let world = World::new();
    for number in 1..=5 {
        world.scans(&world.device(number).asks(1).payload()).unwrap();
    }
    let sixth = world.device(6);
    let problem = world.scans(&sixth.asks(1).payload()).unwrap_err();
    assert_eq!((problem.code.as_str(), problem.retry_after), ("E-707", Some(3600)));
    assert!(problem.next_step.contains("60 minutes"), "{}", problem.next_step);
    world.scans(&sixth.asks(2).to(Some("Owner@example.org")).payload()).expect("another octet, another mailbox (R65)");
    world.clock.forward(HOUR);
    world.scans(&sixth.asks(1).payload()).expect("a refused request took no counter");
}

#[test]
fn one_network_address_may_ask_so_often_and_another_is_not_held_up() {
    let mut world = World::prepared();
    let settings =
        std::fs::read_to_string(world.path("relay.toml")).unwrap().replace("per_ip_minute = 0", "per_ip_minute = 5");
    std::fs::write(world.path("relay.toml"), settings).unwrap();
    world.start();
    let ask = || world.http("GET", "/NOTHING", &[("x-forwarded-for", "10.1.2.3")], "");
    for _ in 0..5 {
        assert_eq!(ask().status, 400);
    }
    let refused = ask();
    assert_eq!((refused.status, refused.header("retry-after")), (429, Some("60")));
    assert!(refused.body.contains(ProblemCode::TooManyFromHere.code()));
    assert_eq!(world.get("/healthz").status, 200);
    world.clock.forward(12);
    assert_eq!(ask().status, 400, "a twelfth of a minute later one more");
    assert_eq!(ask().status, 429);
}
