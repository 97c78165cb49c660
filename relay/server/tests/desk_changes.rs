//! What changes while a support call goes on, or between two (R89): calls that came to nothing, devices that are revoked or sold
//! on, halves that were spoilt, tokens that are renewed.

use crate::desk::{DeskWorld, cookie_of, half, refused, unlock};
use crate::world::Device;
use resetkit_protocol::{BrandId, DeviceStatus, PostApproval};
use resetkit_relay::staff::{self, Role};

#[test]
fn r89_a_stranger_s_calls_cost_the_owner_neither_his_request_nor_his_quota() {
    let desk = DeskWorld::with_quotas("per_device_day = 2");
    let device = desk.world.device(1);
    let close = |number: &str, outcome: &str| {
        let closed = desk.post(&desk.anna, &format!("/{number}/close"), &serde_json::json!({ "outcome": outcome }));
        assert_eq!(closed.status, 204);
    };
    for (number, outcome) in [("1", "refused"), ("2", "suspicious"), ("3", "refused")] {
        assert_eq!(desk.opens(&unlock(&device, 42), number).status, 201, "{number}");
        close(number, outcome);
    }
    // On record all the same, and a number is a number.
    assert_eq!(desk.list().tickets.len(), 3);
    assert_eq!(refused(&desk.opens(&unlock(&device, 42), "1")), "E-770");
    assert_eq!(refused(&desk.post(&desk.anna, "/1/close", &serde_json::json!({ "outcome": "refused" }))), "E-763");
    // Once somebody approved, it counts; so does a call that ended otherwise.
    assert_eq!(desk.opens(&unlock(&device, 42), "4").status, 201);
    assert_eq!(desk.approves(&desk.bert, 21, &desk.ticket("4")).status, 201);
    close("4", "refused");
    assert_eq!(refused(&desk.opens(&unlock(&device, 42), "5")), "E-703");
    assert_eq!(desk.opens(&unlock(&device, 43), "6").status, 201);
    close("6", "abandoned");
    assert_eq!(refused(&desk.opens(&unlock(&device, 44), "7")), "E-768");
}

#[test]
fn r89_nobody_goes_on_with_a_ticket_whose_device_was_revoked_or_enrolled_anew_since() {
    let desk = DeskWorld::new();
    let (lost, resold) = (desk.world.device(1), desk.world.device(2));
    for (device, number) in [(&lost, "1"), (&resold, "2")] {
        assert_eq!(desk.opens(&unlock(device, 7), number).status, 201);
        assert_eq!(desk.approves(&desk.bert, 21, &desk.ticket(number)).status, 201);
    }
    let (first, second) = (desk.ticket("1"), desk.ticket("2"));
    let mut row = Device::new(1, "plain", desk.world.relay_key);
    row.row.status = DeviceStatus::Revoked;
    desk.world.enrol(&row);
    let mut row = Device::new(2, "plain", desk.world.relay_key);
    row.row.epoch = 2;
    desk.world.enrol(&row);
    for (number, ticket, code) in [("1", &first, "E-702"), ("2", &second, "E-763")] {
        assert_eq!(refused(&desk.approves(&desk.carla, 22, ticket)), code, "approving {number}");
        assert_eq!(refused(&desk.get(&desk.anna, &format!("/{number}"))), code, "reading {number}");
        let closed = desk.post(&desk.anna, &format!("/{number}/close"), &serde_json::json!({ "outcome": "refused" }));
        assert_eq!(closed.status, 204, "how it ended can be said all the same");
    }
}

#[test]
fn r89_an_approver_has_one_half_and_may_hand_it_over_again() {
    let mut desk = DeskWorld::new();
    let device = desk.world.device(1);
    desk.opens(&unlock(&device, 1), "4711");
    let ticket = desk.ticket("4711");
    let spoilt = PostApproval { half: "first".into(), sealed: data_encoding::BASE64.encode(&[7; 56]) };
    assert_eq!(desk.post(&desk.bert, "/4711/approvals", &spoilt).status, 201);
    assert_eq!(desk.approves(&desk.bert, 21, &ticket).status, 201);
    let approvals = desk.ticket("4711").approvals;
    assert!(approvals.len() == 1 && approvals[0].sealed == half(21, &ticket).sealed, "{approvals:?}");
    // Where the file says whose half is whose, nobody can take the other's place.
    let file = desk.world.path("staff.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("name = \"carla\"", "name = \"carla\"\nhalf = \"second\"")).unwrap();
    desk.world.stop();
    desk.world.start();
    desk.opens(&unlock(&device, 2), "4712");
    let ticket = desk.ticket("4712");
    assert_eq!(refused(&desk.approves(&desk.carla, 21, &ticket)), "E-761");
    assert_eq!(desk.approves(&desk.carla, 22, &ticket).status, 201);
}

#[test]
fn r89_a_new_token_ends_the_log_in_of_the_old_one() {
    let mut desk = DeskWorld::new();
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    let cookie = cookie_of(&desk.world.http("POST", "/support", &kind, &format!("token={}", desk.anna)));
    let page = |desk: &DeskWorld| desk.world.http("GET", "/support", &[("cookie", &cookie)], "").body;
    desk.world.stop();
    desk.world.start();
    assert!(page(&desk).contains("anna"), "a restart ends nothing");
    let file = desk.world.path("staff.toml");
    std::fs::remove_file(&file).unwrap();
    staff::add(&file, "anna", Role::Agent, &BrandId::parse("plain").unwrap(), None).unwrap();
    desk.world.stop();
    desk.world.start();
    assert!(page(&desk).contains("Log in"));
}
