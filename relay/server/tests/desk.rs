//! Support calls over the relay (R89): the owner's phone, the agent, two approvers, and whoever is neither.

use crate::world::{Device, HandClock, Reply, World};
use resetkit_protocol::{
    Approval, ApproverSecret, BrandId, CodeOctets, CodeStyle, Contents, DeskList, DeviceStatus, Header, KeyId, Lane,
    Locale, OpenTicket, PostApproval, Problem, Purpose, ReadingSecret, SealSeed, Suite, SupportKeys, Ticket,
    UnlockSeeds, approve, open_approval, seal_unlock, to_text,
};
use resetkit_relay::staff::{self, Role};
use resetkit_relay::store::Store;

const CODE: [u8; 5] = [0x21, 0x43, 0x65, 0x87, 0xa9];

fn approver(number: u8) -> ApproverSecret {
    ApproverSecret::from_octets([number; 32])
}

fn keys(first: u8, second: u8) -> SupportKeys {
    SupportKeys::new(KeyId::new(5).unwrap(), approver(first).public(), approver(second).public()).unwrap()
}

fn reading() -> ReadingSecret {
    ReadingSecret::from_octets([0x44; 32])
}

/// A brand's desk with an agent and two approvers.
pub(crate) struct DeskWorld {
    pub(crate) world: World,
    pub(crate) anna: String,
    pub(crate) bert: String,
    pub(crate) carla: String,
}

impl DeskWorld {
    pub(crate) fn new() -> Self {
        Self::with_quotas("")
    }

    pub(crate) fn with_quotas(quotas: &str) -> Self {
        let mut world = World::prepared();
        world.change_brand("plain", |text| brand_with_keys(text, &keys(21, 22)));
        world.write_settings(&["plain"], "");
        let path = world.path("relay.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("{text}\n[support]\nstaff = \"staff.toml\"\n{quotas}\n")).unwrap();
        let brand = BrandId::parse("plain").unwrap();
        let file = world.path("staff.toml");
        let add = |name: &str, role| staff::add(&file, name, role, &brand, None).unwrap().to_string();
        let (anna, bert) = (add("anna", Role::Agent), add("bert", Role::Approver));
        let carla = add("carla", Role::Approver);
        world.start();
        Self { world, anna, bert, carla }
    }

    pub(crate) fn post(&self, token: &str, path: &str, body: &impl serde::Serialize) -> Reply {
        let bearer = format!("Bearer {token}");
        let headers = [("content-type", "application/json"), ("authorization", bearer.as_str())];
        self.world.http("POST", &format!("/v1/support/tickets{path}"), &headers, &serde_json::to_string(body).unwrap())
    }

    pub(crate) fn get(&self, token: &str, path: &str) -> Reply {
        let bearer = format!("Bearer {token}");
        self.world.http("GET", &format!("/v1/support/tickets{path}"), &[("authorization", &bearer)], "")
    }

    pub(crate) fn opens(&self, payload: &str, number: &str) -> Reply {
        self.post(&self.anna, "", &opening(payload, number))
    }

    pub(crate) fn ticket(&self, number: &str) -> Ticket {
        let reply = self.get(&self.anna, &format!("/{number}"));
        assert_eq!(reply.status, 200, "{}", reply.body);
        serde_json::from_str(&reply.body).unwrap()
    }

    pub(crate) fn approves(&self, token: &str, number: u8, ticket: &Ticket) -> Reply {
        let approval = half(number, ticket);
        let posted = PostApproval { half: approval.half, sealed: approval.sealed };
        self.post(token, &format!("/{}/approvals", ticket.ticket), &posted)
    }

    pub(crate) fn list(&self) -> DeskList {
        serde_json::from_str(&self.get(&self.bert, "").body).unwrap()
    }
}

fn opening(payload: &str, number: &str) -> OpenTicket {
    OpenTicket {
        ticket: number.into(),
        payload: payload.into(),
        evidence: vec!["invoice".into()],
        reading_key: reading().public().to_string(),
    }
}

pub(crate) fn half(number: u8, ticket: &Ticket) -> Approval {
    let read = ticket.read().unwrap();
    approve(&read, &keys(21, 22), &approver(number), "any", &SealSeed::new([3; 32])).unwrap()
}

fn brand_with_keys(text: &str, keys: &SupportKeys) -> String {
    let lines = text.lines().map(|line| match line.split(" = ").next().unwrap() {
        "key_id" => format!("key_id = {}", keys.key_id()),
        "first_key" => format!("first_key = \"{}\"", keys.key(resetkit_protocol::HalfOf::First)),
        "second_key" => format!("second_key = \"{}\"", keys.key(resetkit_protocol::HalfOf::Second)),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn unlock_to(device: &Device, counter: u32, keys: &SupportKeys) -> String {
    let header = Header {
        purpose: Purpose::Unlock,
        lane: Lane::Console,
        suite: Suite::X25519ChaCha,
        key_id: keys.key_id(),
        handle: device.row.handle,
        counter,
    };
    let contents = Contents {
        code: CodeOctets::new(CODE),
        style: CodeStyle::Letters,
        locale: Locale::parse("de").unwrap(),
        address: None,
    };
    let seed = |number| SealSeed::new([number; 32]);
    let seeds = UnlockSeeds { pad: seed(1), first: seed(2), second: seed(3) };
    to_text(&seal_unlock(&device.secret, keys, &device.row.brand, header, &contents, seeds).unwrap())
}

pub(crate) fn unlock(device: &Device, counter: u32) -> String {
    unlock_to(device, counter, &keys(21, 22))
}

/// The code of a refusal; each has words and a next step.
pub(crate) fn refused(reply: &Reply) -> String {
    let problem: Problem =
        serde_json::from_str(&reply.body).unwrap_or_else(|_| panic!("{} {}", reply.status, reply.body));
    assert_eq!(problem.status, reply.status);
    assert!(!problem.next_step.is_empty() && !problem.title.starts_with('['), "{problem:?}");
    problem.code
}

#[test]
fn r89_a_support_call_over_the_relay_gives_the_code_to_agent_and_two_approvers_alone() {
    let desk = DeskWorld::new();
    let device = desk.world.device(1);
    let payload = unlock(&device, 42);
    // The owner's phone opens the code: nothing happens yet.
    let page = desk.world.get(&format!("/{payload}"));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Pass request 0042 on to support?") && page.body.contains("What support never asks"));
    assert!(!page.body.contains("NVR-4") && !page.body.contains("7K2M"), "nobody has proved that it is this device");
    assert_eq!(desk.list().waiting, []);
    // The button passes it on.
    let pressed = desk.world.http("POST", &format!("/{payload}"), &[], "");
    assert_eq!((pressed.status, pressed.header("location")), (303, Some(format!("/{payload}/sent").as_str())));
    let told = desk.world.get(&format!("/{payload}/sent"));
    assert!(told.body.contains("Support has your request") && told.body.contains("support@plain.example"));
    let waiting = desk.list().waiting;
    assert_eq!(
        (waiting.len(), waiting[0].request.as_str(), waiting[0].payload.as_str()),
        (1, "0042", payload.as_str())
    );
    // The agent, two approvers, and the code.
    assert_eq!(desk.opens(&payload, "4711").status, 201);
    assert_eq!(desk.list().waiting, []);
    let ticket = desk.ticket("4711");
    assert_eq!(
        (ticket.agent.as_str(), ticket.model.as_deref(), ticket.label.as_deref()),
        ("anna", Some("NVR-4"), Some("7K2M"))
    );
    assert_eq!(desk.approves(&desk.bert, 21, &ticket).status, 201);
    assert_eq!(desk.approves(&desk.carla, 22, &ticket).status, 201);
    let ticket = desk.ticket("4711");
    let read = ticket.read().unwrap();
    let halves: Vec<_> =
        ticket.approvals.iter().map(|a| open_approval(&read, &keys(21, 22), &reading(), a).unwrap()).collect();
    assert_eq!(halves[0].join(&halves[1]).unwrap().expose(), &CODE);
    // How it ended is on record, and nothing else is left.
    let closed = desk.post(&desk.anna, "/4711/close", &serde_json::json!({ "outcome": "unlocked" }));
    assert_eq!(closed.status, 204);
    assert_eq!(refused(&desk.get(&desk.anna, "/4711")), "E-763");
    let summary = desk.list().tickets.remove(0);
    assert_eq!((summary.outcome.unwrap().as_str(), summary.approvers.join(" ").as_str()), ("unlocked", "bert carla"));
    let audit = desk.world.store().desk_audit().unwrap();
    let deeds: Vec<_> = audit.iter().map(|e| format!("{} {} {}", e.actor, e.action, e.detail)).collect();
    assert_eq!(deeds, ["anna opened invoice", "bert approved first", "carla approved second", "anna closed unlocked"]);
}

#[test]
fn r89_nobody_without_a_token_learns_why_an_unlock_is_not_taken() {
    let desk = DeskWorld::new();
    let (device, revoked) = (desk.world.device(1), desk.world.device(2));
    let mut row = Device::new(2, "plain", desk.world.relay_key);
    row.row.status = DeviceStatus::Revoked;
    desk.world.enrol(&row);
    let unknown = Device::new(3, "plain", desk.world.relay_key);
    desk.opens(&unlock(&device, 7), "used");
    let other_keys = SupportKeys::new(KeyId::new(6).unwrap(), approver(21).public(), approver(22).public()).unwrap();
    let refused_ones =
        [unlock(&unknown, 1), unlock(&revoked, 1), unlock(&device, 7), unlock_to(&device, 8, &other_keys)];
    let answers: Vec<_> = refused_ones.iter().map(|payload| desk.world.scans(payload).unwrap_err()).collect();
    assert_eq!(answers[0].code, "E-700");
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    let pages: Vec<_> = refused_ones.iter().map(|p| desk.world.http("POST", &format!("/{p}"), &[], "").body).collect();
    assert!(pages.iter().all(|page| *page == pages[0]));
}

#[test]
fn r89_replay_another_device_and_a_revoked_device_are_refused_at_the_desk() {
    let desk = DeskWorld::new();
    let device = desk.world.device(1);
    assert_eq!(desk.opens(&unlock(&device, 42), "1").status, 201);
    assert_eq!(refused(&desk.opens(&unlock(&device, 42), "2")), "E-703", "replay");
    let mut later = unlock(&device, 42);
    later.replace_range(100..101, if &later[100..101] == "0" { "1" } else { "0" });
    assert_eq!(refused(&desk.opens(&later, "3")), "E-703", "other octets under the same request");
    let unknown = Device::new(3, "plain", desk.world.relay_key);
    assert_eq!(refused(&desk.opens(&unlock(&unknown, 1), "4")), "E-766");
    let mut revoked = Device::new(1, "plain", desk.world.relay_key);
    revoked.row.status = DeviceStatus::Revoked;
    desk.world.enrol(&revoked);
    assert_eq!(refused(&desk.opens(&unlock(&device, 43), "5")), "E-702", "revoked device");
    let audit = desk.world.store().desk_audit().unwrap();
    let refusals = audit.iter().filter(|event| event.action == "refused").map(|event| event.detail.as_str());
    assert_eq!(refusals.collect::<Vec<_>>(), ["E-703", "E-703", "E-702"]);
}

#[test]
fn r89_a_mail_and_an_unlock_never_share_a_request() {
    let desk = DeskWorld::new();
    let device = desk.world.device(1);
    assert!(desk.world.scans(&device.asks(42).payload()).is_ok());
    assert_eq!(refused(&desk.opens(&unlock(&device, 42), "1")), "E-703");
    // And an unlock that nobody could prove does not stop the owner's next mail.
    assert_eq!(desk.opens(&unlock(&device, 4_000_000_000), "2").status, 201);
    assert!(desk.world.scans(&device.asks(43).payload()).is_ok());
}

#[test]
fn r89_one_approver_is_not_enough_and_cannot_be_two() {
    let desk = DeskWorld::new();
    let device = desk.world.device(1);
    desk.opens(&unlock(&device, 1), "4711");
    let ticket = desk.ticket("4711");
    assert_eq!(refused(&desk.approves(&desk.anna, 21, &ticket)), "E-761", "an agent does not approve");
    assert_eq!(desk.approves(&desk.bert, 21, &ticket).status, 201);
    assert_eq!(refused(&desk.approves(&desk.bert, 22, &ticket)), "E-769", "one person, both keys");
    assert_eq!(refused(&desk.approves(&desk.carla, 21, &ticket)), "E-769", "one half, two persons");
    assert_eq!(desk.ticket("4711").approvals.len(), 1);
    assert_eq!(refused(&desk.post(&desk.bert, "", &opening(&unlock(&device, 2), "4712"))), "E-761");
}

#[test]
fn r89_without_a_token_there_is_one_answer_for_everything() {
    let desk = DeskWorld::new();
    for reply in [
        desk.get("guess", ""),
        desk.get("guess", "/4711"),
        desk.post("guess", "", &opening("x", "1")),
        desk.post("guess", "", &"no ticket at all"),
        desk.world.get("/v1/support/tickets"),
    ] {
        assert_eq!((refused(&reply).as_str(), reply.status), ("E-760", 401));
        assert!(reply.header("www-authenticate").is_some());
    }
}

#[test]
fn r89_evidence_numbers_and_bodies_that_do_not_do() {
    let desk = DeskWorld::new();
    let device = desk.world.device(1);
    let with = |change: fn(&mut OpenTicket)| {
        let mut open = opening(&unlock(&device, 1), "4711");
        change(&mut open);
        refused(&desk.post(&desk.anna, "", &open))
    };
    assert_eq!(with(|open| open.evidence.clear()), "E-764");
    assert_eq!(with(|open| open.evidence = vec!["nice-voice".into()]), "E-764");
    assert_eq!(with(|open| open.ticket = "a/b".into()), "E-720");
    assert_eq!(with(|open| open.reading_key = "AAAA".into()), "E-720");
    assert_eq!(with(|open| open.payload = "0".into()), "E-766");
    assert_eq!(desk.opens(&unlock(&device, 1), "4711").status, 201);
    assert_eq!(refused(&desk.opens(&unlock(&device, 2), "4711")), "E-770");
    assert_eq!(refused(&desk.get(&desk.anna, "/9999")), "E-762");
    let bad = PostApproval { half: "third".into(), sealed: "AA==".into() };
    assert_eq!(refused(&desk.post(&desk.bert, "/4711/approvals", &bad)), "E-720");
}

#[test]
fn r89_quotas_of_an_agent_and_of_a_device() {
    let desk = DeskWorld::with_quotas("per_agent_day = 4\nper_device_day = 2");
    let (one, two, three) = (desk.world.device(1), desk.world.device(2), desk.world.device(3));
    assert_eq!(desk.opens(&unlock(&one, 1), "1").status, 201);
    assert_eq!(desk.opens(&unlock(&one, 2), "2").status, 201);
    assert_eq!(refused(&desk.opens(&unlock(&one, 3), "3")), "E-768");
    assert_eq!(desk.opens(&unlock(&two, 1), "4").status, 201);
    assert_eq!(desk.opens(&unlock(&two, 2), "5").status, 201);
    let reply = desk.opens(&unlock(&three, 1), "6");
    assert_eq!((refused(&reply).as_str(), reply.header("retry-after").is_some()), ("E-767", true));
    let clock: &HandClock = &desk.world.clock;
    clock.forward(24 * 3600 + 1);
    assert_eq!(desk.opens(&unlock(&one, 4), "7").status, 201);
    // A day old: no code lives that long.
    assert_eq!(refused(&desk.get(&desk.anna, "/1")), "E-763");
}

#[test]
fn r89_an_owner_who_is_flooded_comes_through_by_phone_and_by_photograph() {
    let desk = DeskWorld::new();
    let device = desk.world.device(1);
    // A stranger who knows the handle presses first, and again and again.
    for counter in 1..=9 {
        assert!(desk.world.scans(&unlock(&device, counter)).is_ok());
    }
    assert!(desk.world.scans(&unlock(&device, 5000)).is_ok(), "the owner's phone");
    let waiting: Vec<_> = desk.list().waiting.into_iter().map(|unlock| unlock.request).collect();
    assert!(waiting.len() == 4 && waiting.contains(&"5000".to_owned()), "{waiting:?}");
    let again = desk.world.scans(&unlock(&device, 5000)).unwrap();
    assert_eq!((again.purpose.as_str(), again.model.as_str()), ("unlock", ""));
    assert_eq!(desk.opens(&unlock(&device, 6000), "1").status, 201, "a photograph, which nobody passed on");
}

#[test]
fn f23_two_brands_have_no_key_in_common_and_no_desk_serves_the_other() {
    let desk = DeskWorld::new();
    let other = Device::new(9, "other", desk.world.relay_key);
    desk.world.enrol(&other);
    // The same challenge number, sealed to the other brand's own approvers.
    let payload = unlock_to(&other, 1, &keys(31, 32));
    assert_eq!(refused(&desk.opens(&payload, "1")), "E-766", "not this desk's brand");
    assert_eq!(desk.world.refusal(&payload), "E-700", "a brand that this relay does not serve");
    let octets = resetkit_protocol::from_text(&payload).unwrap();
    for number in [21, 22] {
        let opened = resetkit_protocol::open_half(
            &approver(number),
            &keys(21, 22),
            &other.secret.public(),
            &other.row.brand,
            &octets,
        );
        assert!(opened.is_err(), "approver {number} of brand plain");
    }
}

#[test]
fn r77_r89_neither_code_nor_halves_nor_tokens_lie_on_the_relay_s_disk() {
    let desk = DeskWorld::new();
    let device = desk.world.device(1);
    desk.opens(&unlock(&device, 1), "4711");
    let ticket = desk.ticket("4711");
    desk.approves(&desk.bert, 21, &ticket);
    desk.approves(&desk.carla, 22, &ticket);
    let sealed = desk.ticket("4711").approvals[0].sealed.clone();
    desk.post(&desk.anna, "/4711/close", &serde_json::json!({ "outcome": "unlocked" }));
    // Closing also empties the write-ahead log.
    let DeskWorld { mut world, anna, bert, carla } = desk;
    world.stop();
    drop(world.store());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(world.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            files.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    let spoken = CodeOctets::new(CODE).spoken(CodeStyle::Letters).to_string();
    let secrets = [
        CODE.to_vec(),
        spoken.into_bytes(),
        anna.into_bytes(),
        bert.into_bytes(),
        carla.into_bytes(),
        sealed.into_bytes(),
    ];
    for (path, octets) in files {
        for (number, secret) in secrets.iter().enumerate() {
            assert!(
                !octets.windows(secret.len()).any(|window| window == secret),
                "secret {number} in {}",
                path.display()
            );
        }
    }
}

pub(crate) fn cookie_of(reply: &Reply) -> String {
    reply.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
}

#[test]
fn r89_the_desk_s_page_asks_for_a_token_and_shows_tickets() {
    let desk = DeskWorld::new();
    let device = desk.world.device(1);
    desk.world.scans(&unlock(&device, 41)).unwrap();
    desk.opens(&unlock(&device, 42), "4711");
    let form = desk.world.get("/support");
    assert!(form.status == 200 && form.body.contains("Log in to the support desk") && !form.body.contains("4711"));
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    let wrong = desk.world.http("POST", "/support", &kind, "token=guess");
    assert!(wrong.status == 401 && wrong.body.contains("This token is not known"), "{}", wrong.body);
    let right = desk.world.http("POST", "/support", &kind, &format!("token={}", desk.anna));
    let set = right.header("set-cookie").unwrap();
    assert!(set.contains("HttpOnly; SameSite=Strict") && !set.contains(&desk.anna), "{set}");
    let cookie = cookie_of(&right);
    let page = desk.world.http("GET", "/support", &[("cookie", &cookie)], "");
    for told in ["Support desk", "anna", "4711", "0041", "0042", "NVR-4 · 7K2M", "waits for 2 approvers"] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    assert!(!page.body.contains("<script") && !page.body.contains("style=\""));
    // Ten hours later, with another name in it, or for somebody who left: log in again.
    let forged = cookie.replace("anna", "bert");
    assert!(desk.world.http("GET", "/support", &[("cookie", &forged)], "").body.contains("Log in"));
    desk.world.clock.forward(10 * 3600);
    assert!(desk.world.http("GET", "/support", &[("cookie", &cookie)], "").body.contains("Log in"));
    let out = desk.world.http("POST", "/support/logout", &[("cookie", &cookie)], "");
    assert_eq!(cookie_of(&out), "resetkit-desk=");
}
