//! Readiness, the doctor, and who still has the old password, as the owner and his programs see them.

use std::os::unix::fs::PermissionsExt;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use resetkit_device::disk::Disk;
use serde_json::{Value, json};

use crate::support::client::{Answer, Browser, Way};
use crate::support::crash_disk::CrashDisk;
use crate::support::recorder::{EMAIL, NEW, OLD, Recorder, World};

fn readiness(way: &Way, login: &str) -> Value {
    let answer = way.get("/api/v0/readiness", Some(login));
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

pub(crate) fn resets(world: &World, recorder: &Recorder) {
    resets_on(world, recorder, &world.state());
}

fn resets_on(world: &World, recorder: &Recorder, disk: &dyn Disk) {
    let reset = recorder.opens(&recorder.network);
    reset.does(&json!({"event": "acknowledge"}));
    reset.waits_for(|view| view["step"] == "enter-code" && view["qr"].is_object());
    let code = world.code_in(&reset.url(), disk);
    reset.types(&code);
    assert_eq!(reset.sets(NEW)["step"], "done");
}

fn logs_in(recorder: &Recorder, password: &str, client: &str) -> Answer {
    let body = json!({"account": "admin", "password": password, "client": client});
    recorder.network.post("/api/v0/login", None, &body)
}

fn logs_in_as(browser: &mut Browser, password: &str) {
    browser.open("/login");
    browser.submit("/login", &[("account", "admin"), ("password", password)]);
}

pub(crate) fn waits_until(done: impl Fn() -> bool) {
    let end = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while !done() {
        assert!(std::time::Instant::now() < end, "it never came");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn r62_readiness_is_amber_before_the_test_code_and_red_without_an_address_each_with_what_to_do() {
    let world = World::new();
    let recorder = world.recorder();
    assert_eq!(recorder.network.get("/api/v0/readiness", None).status, 401);
    let login = recorder.set_up();
    let amber = readiness(&recorder.network, &login);
    assert_eq!((&amber["light"], &amber["reminder"]), (&json!("amber"), &json!("not-tried")), "{amber:#}");
    assert_eq!(amber["ways"][0]["mend"], "test-code");
    let other = World::new();
    let bare = other.recorder();
    let login = bare.set_up_with(&json!(null));
    let red = readiness(&bare.network, &login);
    let way = &red["ways"][0];
    assert_eq!((&red["light"], &red["reminder"]), (&json!("red"), &json!("no-way")), "{red:#}");
    assert_eq!((&way["code"], &way["mend"]), (&json!("E-101"), &json!("address")), "{red:#}");
    assert!(way["next_step"].as_str().unwrap().len() > 20, "{red:#}");
}

#[test]
fn r90_with_every_way_off_the_owner_is_reminded_on_the_live_view() {
    let world = World::new();
    let recorder = world.recorder();
    let login = recorder.set_up();
    let off = recorder.network.post("/api/v0/methods/companion", Some(&login), &json!({"on": false}));
    assert_eq!(off.status, 200);
    assert_eq!(readiness(&recorder.network, &login)["reminder"], "no-way");
    let mut browser = Browser::at(&recorder.network);
    logs_in_as(&mut browser, OLD);
    let live = browser.open("/");
    assert!(live.body.contains("data-readiness=\"red\" data-reminder=\"no-way\""), "{}", live.body);
    let page = browser.open("/settings/ready");
    assert!(page.body.contains("id=\"ready-companion\" data-light=\"red\""), "{}", page.body);
    assert!(page.body.contains("E-309") && !page.body.contains("[ready"), "{}", page.body);
}

#[test]
fn the_metrics_are_for_the_console_and_for_who_is_logged_in_and_name_nobody() {
    let world = World::new();
    let recorder = world.recorder();
    let login = recorder.set_up();
    assert_eq!(recorder.network.get("/api/v0/metrics", None).status, 401);
    assert_eq!(recorder.log_in(NEW).status, 401);
    for answer in [recorder.console.get("/api/v0/metrics", None), recorder.network.get("/api/v0/metrics", Some(&login))]
    {
        assert_eq!(answer.status, 200, "{answer:?}");
        assert!(answer.body.contains("resetkit_way_readiness{way=\"companion\",reason=\"address-not-tried\""));
        assert!(answer.body.contains("\nresetkit_logins_refused_total 1\n"), "{}", answer.body);
        assert!(!answer.body.contains("olivia") && !answer.body.contains("admin"), "{}", answer.body);
    }
}

#[test]
fn r93_the_doctor_says_what_is_wrong_with_next_steps_and_a_case_code_and_no_secret() {
    let site = "\n[connections.smtp]\nhost = \"mail.invalid\"\nfrom = \"canary-sender@mail.example\"\nuser = \"canary-user\"\n\
                password_file = \"secret\"";
    let world = World::with_methods(&["email"], site);
    std::fs::write(world.path("secret"), "canary password\n").unwrap();
    std::fs::set_permissions(world.path("secret"), PermissionsExt::from_mode(0o600)).unwrap();
    let recorder = world.recorder();
    let login = recorder.set_up();
    assert_eq!(recorder.network.get("/api/v0/doctor", None).status, 401);
    let report = recorder.network.get("/api/v0/doctor", Some(&login));
    assert_eq!(report.status, 200, "{report:?}");
    let all = report.json();
    let check =
        |name: &str| all["checks"].as_array().unwrap().iter().find(|check| check["check"] == name).unwrap().clone();
    assert_eq!((&check("names")["outcome"], &check("names")["light"]), (&json!("unknown"), &json!("red")), "{all:#}");
    assert_eq!(check("mail-server")["code"], "E-408", "{all:#}");
    assert_eq!(check("mail-log-in")["outcome"], "not-reached", "{all:#}");
    assert_eq!(check("storage")["light"], "green", "{all:#}");
    assert!(all["case_code"].as_str().unwrap().len() >= 12, "{all:#}");
    let mut browser = Browser::at(&recorder.network);
    logs_in_as(&mut browser, OLD);
    let page = browser.open("/settings/doctor").body;
    assert!(page.contains("id=\"check-names\" data-outcome=\"unknown\"") && !page.contains("[doctor"), "{page}");
    recorder.stop();
    let shell = world.resetd("doctor");
    assert_eq!(shell.status.code(), Some(1), "{shell:?}");
    let shell = format!("{}{}", String::from_utf8_lossy(&shell.stdout), String::from_utf8_lossy(&shell.stderr));
    assert!(shell.contains("✕ Mail server") && !shell.contains("[doctor"), "{shell}");
    for told in [report.body.as_str(), &page, &shell] {
        for secret in ["canary", EMAIL, OLD, "mail.invalid"] {
            assert!(!told.contains(secret), "{secret}: {told}");
        }
    }
}

/// A program of a firmware that notes how it was called, and fails for `yard`.
fn hook(world: &World) -> String {
    let (program, notes) = (world.path("update-clients"), world.path("notes"));
    let text = format!("#!/bin/sh\necho \"$* <$(cat)>\" >> {}\n[ \"$3\" != yard ]\n", notes.display());
    std::fs::write(&program, text).unwrap();
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
    program.display().to_string()
}

pub(crate) fn clients(site_hook: &str) -> String {
    format!(
        "\n[after_reset]\nclients = [{{ name = \"front-door\", address = \"192.0.2.7\" }}, {{ name = \"yard\" }}]\n\
         quiet_hours = 2\n{site_hook}"
    )
}

#[test]
fn r56_after_a_reset_the_plan_names_who_has_the_old_password_and_the_firmwares_program_tells_them() {
    let world = World::new();
    world.adds(&clients(&format!("hook = [\"{}\"]", hook(&world))));
    let recorder = world.recorder();
    let login = recorder.set_up();
    assert_eq!(recorder.network.get("/api/v0/after-reset", Some(&login)).status, 404, "nothing was reset yet");
    resets(&world, &recorder);
    let login = recorder.log_in(NEW).json()["token"].as_str().unwrap().to_owned();
    let plan = || recorder.network.get("/api/v0/after-reset", Some(&login)).json();
    assert_eq!((&plan()["left"], &plan()["can_update"]), (&json!(2), &json!(true)), "{:#}", plan());
    let tell = |password: &str| {
        recorder.network.post("/api/v0/after-reset/update", Some(&login), &json!({"password": password}))
    };
    assert_eq!(tell(OLD).json()["code"], "E-012", "the password is asked for once more");
    assert_eq!(tell(NEW).status, 200);
    waits_until(|| plan()["updating"] == false);
    let told = plan();
    assert_eq!(told["clients"][0]["state"], "updated", "{told:#}");
    assert_eq!(told["clients"][1]["state"], "failed", "{told:#}");
    let notes = std::fs::read_to_string(world.path("notes")).unwrap();
    assert!(notes.contains(&format!("update-client admin front-door 192.0.2.7 <{NEW}>")), "{notes}");
    let by_hand = recorder.network.post("/api/v0/after-reset/clients/yard", Some(&login), &json!({}));
    assert_eq!((by_hand.status, &by_hand.json()["left"]), (200, &json!(0)), "{by_hand:?}");
    recorder.stop();
    for file in ["audit.log", "state.a", "state.b"] {
        let kept = std::fs::read(world.state_path().join(file)).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&kept).contains(NEW), "{file}");
    }
}

#[test]
fn r56_a_known_client_with_the_old_password_is_noted_in_the_quiet_window_let_in_never_and_counted_not_at_all() {
    let world = World::new();
    world.adds(&clients(""));
    let recorder = world.recorder();
    recorder.set_up();
    resets(&world, &recorder);
    assert_eq!(logs_in(&recorder, OLD, "yard").status, 401, "the old password opens nothing");
    assert_eq!(logs_in(&recorder, "a wild guess at it", "yard").status, 401);
    assert_eq!(logs_in(&recorder, OLD, "stranger").status, 401);
    let counts = |recorder: &Recorder| recorder.console.get("/api/v0/metrics", None).body;
    assert!(counts(&recorder).contains("logins_refused_total 2\n"), "{}", counts(&recorder));
    assert!(counts(&recorder).contains("logins_forgiven_total 1\n"), "{}", counts(&recorder));
    let mut browser = Browser::at(&recorder.network);
    logs_in_as(&mut browser, NEW);
    assert!(browser.open("/").body.contains("id=\"clients-left\" data-left=\"2\""));
    let page = browser.open("/settings/after-reset").body;
    assert!(page.contains("It came with the old password since the reset") && !page.contains("[after"), "{page}");
    browser.submit("/settings/after-reset/acknowledge", &[]);
    assert!(!browser.open("/").body.contains("clients-left"));
    recorder.clock.move_ahead(std::time::Duration::from_secs(2 * 3600 + 1));
    assert_eq!(logs_in(&recorder, OLD, "yard").status, 401);
    assert!(counts(&recorder).contains("logins_refused_total 3\n"), "the window is closed: {}", counts(&recorder));
    recorder.stop();
    assert!(world.kept().care.plan.unwrap().old.is_none(), "the old password is kept no longer than the window");
}

#[test]
fn r62_banner_settings_and_readiness_say_the_same_of_a_device_without_an_address_that_support_can_unlock() {
    let world = World::with_methods(&["companion", "support"], "");
    let recorder = world.recorder();
    let login = recorder.set_up_with(&json!(null));
    assert_eq!(readiness(&recorder.network, &login)["light"], "green");
    let device = recorder.network.get("/api/v0/device", Some(&login)).json();
    assert_eq!((&device["readiness"], &device["address"]), (&json!("green"), &json!("red")), "{device:#}");
    let mut browser = Browser::at(&recorder.network);
    logs_in_as(&mut browser, OLD);
    let live = browser.open("/").body;
    assert!(live.contains("data-readiness=\"green\"") && !live.contains("data-reminder"), "{live}");
    assert!(live.contains("id=\"add-address\""), "the address that is missing can be entered all the same: {live}");
    let settings = browser.open("/settings").body;
    assert!(settings.contains("data-readiness=\"green\""), "{settings}");
    assert!(settings.contains("At least one way back in would work today."), "{settings}");
    assert!(browser.open("/settings/ready").body.contains("id=\"light\" data-light=\"green\""));
}

#[test]
fn r62_r87_whoever_puts_the_codes_off_at_the_set_up_is_told_what_would_not_work_and_then_goes_on() {
    let world = World::with_methods(&["companion", "recovery-codes"], "");
    let recorder = world.recorder();
    let mut browser = Browser::at(&recorder.network);
    browser.open("/setup");
    let codes = browser.submit("/setup", &[("password", OLD), ("email", ""), ("skip_email", "yes")]).body;
    assert!(codes.contains("id=\"codes-page\"") && codes.contains("id=\"later\" href=\"/setup/ready\""), "{codes}");
    let ready = browser.open("/setup/ready").body;
    assert!(ready.contains("id=\"ready-page\"") && ready.contains("id=\"continue\" href=\"/\""), "{ready}");
    for way in ["companion", "recovery-codes"] {
        assert!(ready.contains(&format!("id=\"ready-{way}\" data-light=\"red\"")), "{ready}");
        assert!(ready.contains(&format!("id=\"mend-{way}\"")), "{ready}");
    }
    assert!(browser.open("/").body.contains("data-reminder=\"no-way\""));
}

#[test]
fn r62_a_set_up_after_which_every_way_would_work_goes_straight_to_the_live_view() {
    let world = World::with_methods(&["support"], "");
    let recorder = world.recorder();
    recorder.set_up_with(&json!(null));
    let mut browser = Browser::at(&recorder.network);
    logs_in_as(&mut browser, OLD);
    let live = browser.open("/setup/next");
    assert!(live.body.contains("data-step=\"live\""), "{}", live.body);
}

#[test]
fn r43_a_quiet_window_that_ends_on_storage_that_takes_no_write_leaves_the_device_answering() {
    let world = World::new();
    world.adds(&clients(""));
    let disk = Arc::new(CrashDisk::default());
    let recorder = world.recorder_with(&disk);
    recorder.set_up();
    resets_on(&world, &recorder, disk.as_ref());
    disk.cut_after(0);
    recorder.clock.move_ahead(Duration::from_secs(2 * 3600 + 1));
    for _ in 0..3 {
        let (say, heard) = mpsc::channel();
        let way = recorder.network.clone();
        std::thread::spawn(move || say.send(way.get("/api/v0/device", None).status));
        let Ok(status) = heard.recv_timeout(Duration::from_secs(20)) else {
            // Its loop never ends.
            std::mem::forget(recorder);
            panic!("the device does nothing any more but wake up");
        };
        assert_eq!(status, 200);
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(logs_in(&recorder, OLD, "yard").status, 401);
    let counts = recorder.console.get("/api/v0/metrics", None).body;
    assert!(counts.contains("logins_forgiven_total 0\n"), "a closed window forgives nobody: {counts}");
}

#[test]
fn r87_after_a_reset_by_another_way_banner_and_plan_name_the_sheet_that_still_counts() {
    let world = crate::recovery_codes::world();
    world.adds(&clients(""));
    let recorder = world.recorder();
    let login = recorder.set_up();
    let codes = crate::recovery_codes::makes(&recorder, &login, OLD);
    crate::recovery_codes::types_back(&recorder, &login, &codes[0]);
    resets(&world, &recorder);
    let mut browser = Browser::at(&recorder.network);
    logs_in_as(&mut browser, NEW);
    for page in ["/", "/settings/after-reset"] {
        let page = browser.open(page).body;
        assert!(page.contains("id=\"sheet-counts\" data-sheet=\"1\"") && page.contains("Sheet 1 of rec"), "{page}");
    }
    let login = recorder.log_in(NEW).json()["token"].as_str().unwrap().to_owned();
    let plan = || recorder.network.get("/api/v0/after-reset", Some(&login)).json();
    assert_eq!(plan()["sheet"], 1, "a screen of its own says so too");
    let codes = crate::recovery_codes::makes(&recorder, &login, NEW);
    crate::recovery_codes::types_back(&recorder, &login, &codes[0]);
    for page in ["/", "/settings/after-reset"] {
        assert!(!browser.open(page).body.contains("sheet-counts"), "the owner has a new one");
    }
    assert_eq!(plan()["sheet"], serde_json::Value::Null);
    recorder.stop();
    let reset = world.kept().notices.into_iter().find(|notice| notice.purpose == "reset").unwrap();
    assert_eq!(reset.sheet, Some(1), "the notice says so too");
}
