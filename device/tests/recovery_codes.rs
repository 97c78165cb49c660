//! Codes on a sheet of paper (R87): made, shown once, typed back, used once; and no trace of one anywhere (R15).

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;

use serde_json::{Value, json};

use crate::support::client::{Answer, Browser, Way, between};
use crate::support::crash_disk::{ALL_KEPT, CrashDisk};
use crate::support::recorder::{NEW, OLD, Recorder, Reset, World};
use crate::support::trace;

const KEPT: &str = "/api/v0/recovery-codes";
const THIRD: &str = "a third one for another day";

pub(crate) fn world() -> World {
    World::with_methods(&["companion", "recovery-codes"], "")
}

/// A sheet whose codes are read off the answer.
pub(crate) fn makes(recorder: &Recorder, login: &str, password: &str) -> Vec<String> {
    let answer = recorder.network.post(KEPT, Some(login), &json!({"password": password}));
    assert_eq!(answer.status, 201, "{answer:?}");
    let codes = answer.json()["codes"].as_array().unwrap().clone();
    codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect()
}

pub(crate) fn types_back(recorder: &Recorder, login: &str, code: &str) -> Answer {
    recorder.network.post(&format!("{KEPT}/confirm"), Some(login), &json!({"code": code}))
}

fn status(recorder: &Recorder, login: &str) -> Value {
    recorder.network.get(KEPT, Some(login)).json()
}

/// *Forgot password*, by a recovery code, until one is asked for.
fn asks_for_one(recorder: &Recorder, way: &Way) -> Reset {
    let reset = recorder.opens(way);
    reset.does(&json!({"event": "acknowledge"}));
    let view = reset.waits_for(|view| view["waiting"] == false);
    if view["method"] != "recovery-codes" {
        reset.does(&json!({"event": "another-way"}));
        reset.waits_for(|view| view["step"] == "choose-method");
        reset.does(&json!({"event": "choose", "method": "recovery-codes"}));
    }
    let view = reset.waits_for(|view| view["step"] == "enter-code" && view["waiting"] == false);
    assert_eq!((&view["method"], &view["code_style"]), (&json!("recovery-codes"), &json!("kept-letters")), "{view:#}");
    reset
}

#[test]
fn r87_eight_codes_are_shown_once_and_count_when_one_is_typed_back() {
    let world = world();
    let recorder = world.recorder();
    let login = recorder.set_up();
    assert_eq!(status(&recorder, &login)["sheet"], Value::Null);
    let wrong = recorder.network.post(KEPT, Some(&login), &json!({"password": NEW}));
    assert_eq!(
        (wrong.status, wrong.json()["code"].as_str()),
        (422, Some("E-012")),
        "the current password is asked for"
    );
    let codes = makes(&recorder, &login, OLD);
    assert_eq!(codes.len(), 8);
    assert!(codes.iter().all(|code| code.len() == 20 && code.matches('-').count() == 3), "{codes:?}");
    let before = status(&recorder, &login);
    assert_eq!((&before["sheet"], &before["unconfirmed"]), (&Value::Null, &json!(1)));
    let slip = types_back(&recorder, &login, "ABCD");
    assert_eq!((slip.status, slip.json()["code"].as_str()), (422, Some("E-014")));
    let after = types_back(&recorder, &login, &codes[3].to_lowercase().replace('-', " ")).json();
    assert_eq!((&after["sheet"], &after["left"], &after["of"]), (&json!(1), &json!(8), &json!(8)), "none is used up");
    assert_eq!(recorder.network.get(&format!("{KEPT}/sheet.pdf"), Some(&login)).status, 404, "shown once");
    let again = types_back(&recorder, &login, &codes[3]);
    assert_eq!((again.status, again.json()["code"].as_str()), (409, Some("E-015")));
}

#[test]
fn r14_r87_f12_a_code_sets_a_password_once_and_is_told_apart_from_one_that_never_was() {
    let world = world();
    let recorder = world.recorder();
    let login = recorder.set_up();
    let codes = makes(&recorder, &login, OLD);
    types_back(&recorder, &login, &codes[0]);
    let reset = asks_for_one(&recorder, &recorder.console);
    assert_eq!(reset.types(&codes[5])["step"], "choose-new-password");
    assert_eq!(reset.sets(NEW)["step"], "done");
    assert!(recorder.accepts(NEW) && !recorder.accepts(OLD));
    let login = recorder.log_in(NEW).json()["token"].as_str().unwrap().to_owned();
    assert_eq!(status(&recorder, &login)["left"], 7);
    let reset = asks_for_one(&recorder, &recorder.network);
    let used = reset.types(&codes[5]);
    assert_eq!((&used["failure"]["code"], &used["tries_left"]), (&json!("E-212"), &json!(4)), "{used:#}");
    let slip = reset.types("ABCD");
    assert_eq!((&slip["failure"]["code"], &slip["tries_left"]), (&json!("E-202"), &json!(4)));
    assert_eq!(reset.types(&codes[6])["step"], "choose-new-password");
    assert_eq!(reset.sets(THIRD)["step"], "done");
    recorder.stop();
    assert_eq!(world.kept().sheets[0].left(), 6);
    let log = std::fs::read_to_string(world.state_path().join("audit.log")).unwrap();
    assert!(log.contains("kept-code-used") || log.contains("kept_code_used"), "{log}");
}

#[test]
fn r87_a_new_sheet_voids_the_old_one_only_when_it_counts_and_the_owner_is_told() {
    let world = world();
    let recorder = world.recorder();
    let login = recorder.set_up();
    let old = makes(&recorder, &login, OLD);
    types_back(&recorder, &login, &old[0]);
    let new = makes(&recorder, &login, OLD);
    let reset = asks_for_one(&recorder, &recorder.network);
    assert_eq!(reset.types(&old[1])["step"], "choose-new-password", "the old sheet still counts");
    reset.does(&json!({"event": "cancel"}));
    let after = types_back(&recorder, &login, &new[7]).json();
    assert_eq!((&after["sheet"], &after["left"]), (&json!(2), &json!(8)));
    let reset = asks_for_one(&recorder, &recorder.network);
    assert_eq!(reset.types(&old[2])["failure"]["code"], "E-203", "the old sheet is void");
    assert_eq!(reset.types(&new[0])["step"], "choose-new-password");
    let gone = recorder.network.send("DELETE", KEPT, &[("Authorization", &format!("Bearer {login}"))], "");
    assert_eq!((gone.status, &gone.json()["sheet"]), (200, &Value::Null));
    recorder.stop();
    let told: Vec<_> = world.kept().notices.into_iter().map(|notice| notice.purpose).collect();
    assert_eq!(told, ["codes-made", "codes-renewed", "codes-removed"]);
}

#[test]
fn r14_r41_a_cut_after_any_operation_of_saving_spends_the_code_with_the_password_or_neither() {
    let world = world();
    let mut outcomes = [false; 2];
    for cut in 0..40 {
        let disk = Arc::new(CrashDisk::default());
        let recorder = world.recorder_with(&disk);
        let login = recorder.set_up();
        let codes = makes(&recorder, &login, OLD);
        types_back(&recorder, &login, &codes[0]);
        let reset = asks_for_one(&recorder, &recorder.network);
        assert_eq!(reset.types(&codes[2])["step"], "choose-new-password");
        let before = disk.operations();
        disk.cut_after(cut);
        reset.sets(NEW);
        let whole = disk.operations() - before < cut;
        for kept in ALL_KEPT {
            let flash = Arc::new(disk.after_power_cut(kept));
            let recorder = world.recorder_with(&flash);
            let (old, new) = (recorder.accepts(OLD), recorder.accepts(NEW));
            assert!(old != new, "cut after {cut}, {kept:?}: old {old}, new {new}");
            let login = recorder.log_in(if new { NEW } else { OLD }).json()["token"].as_str().unwrap().to_owned();
            let left = status(&recorder, &login)["left"].clone();
            assert_eq!(left, if new { 7 } else { 8 }, "cut after {cut}, {kept:?}");
            outcomes[usize::from(new)] = true;
        }
        if whole {
            break;
        }
    }
    assert_eq!(outcomes, [true, true], "the cuts went through the decision");
}

#[test]
fn r15_no_code_is_left_on_disk_or_in_anything_that_is_said() {
    let world = world();
    let recorder = world.recorder();
    let login = recorder.set_up();
    let codes = makes(&recorder, &login, OLD);
    types_back(&recorder, &login, &codes[0]);
    let reset = asks_for_one(&recorder, &recorder.network);
    reset.types(&codes[1]);
    reset.sets(NEW);
    recorder.stop();
    let said = trace::said();
    assert!(!said.is_empty(), "the daemon says something at the finest level");
    let traces = std::iter::once(("what was said".to_owned(), said));
    let files = std::fs::read_dir(world.state_path()).unwrap().map(Result::unwrap);
    let files = files.map(|file| (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap()));
    let mut looked_at = 0;
    for (name, octets) in traces.chain(files) {
        looked_at += 1;
        for code in &codes {
            for form in [code.clone(), code.replace('-', ""), code.to_lowercase()] {
                assert!(!octets.windows(form.len()).any(|window| window == form.as_bytes()), "a code is in {name}");
            }
        }
    }
    assert!(looked_at >= 5, "journal, keys and log were looked at");
}

#[test]
fn r87_the_owner_makes_them_on_the_page_prints_them_and_types_one_back_in_german_too() {
    let world = world();
    let recorder = world.recorder();
    recorder.set_up();
    let mut browser = Browser::at(&recorder.network);
    browser.open("/login");
    browser.submit("/login", &[("account", "admin"), ("password", OLD)]);
    assert!(browser.open("/settings").body.contains("href=\"/settings/codes\""));
    assert!(browser.open("/settings/codes").body.contains("id=\"make\""));
    let refused = browser.submit("/settings/codes", &[("password", NEW)]);
    assert_eq!(refused.status, 422, "{refused:?}");
    let page = browser.submit("/settings/codes", &[("password", OLD)]);
    assert_eq!(page.body.matches("<li><code>").count(), 8, "{}", page.body);
    let code = between(&page.body, "<li><code>", "<").unwrap();
    assert!(browser.open("/settings/codes").body.contains(&code), "loading it again loses nothing");
    let login = recorder.log_in(OLD).json()["token"].as_str().unwrap().to_owned();
    assert_eq!(recorder.network.get(&format!("{KEPT}/sheet.pdf"), Some(&login)).status, 404, "for nobody else");
    let wrong = browser.submit("/settings/codes/confirm", &[("code", "0000-0000-0000-00000")]);
    assert!(wrong.body.contains("E-014") && wrong.body.contains(&code), "a slip costs nothing");
    let saved = browser.submit("/settings/codes/confirm", &[("code", &code)]);
    assert!(saved.body.contains("id=\"saved\"") && !saved.body.contains(&code), "{}", saved.body);
    assert!(!browser.open("/settings/codes").body.contains(&code), "never again");
}

#[test]
fn r87_a_camera_reads_all_codes_from_the_picture_of_the_sheet() {
    let world = world();
    let recorder = world.recorder();
    let login = recorder.set_up();
    let codes = makes(&recorder, &login, OLD);
    for kind in ["png", "pdf"] {
        let octets = download(&recorder.network, &format!("{KEPT}/sheet.{kind}"), &login);
        assert!(octets.starts_with(if kind == "png" { b"\x89PNG" } else { b"%PDF" }));
        if kind == "png"
            && let Some(read) = zbar(&octets)
        {
            assert_eq!(read.trim(), format!("1 {}", codes.join(" ")));
        }
    }
}

/// Raw octets: the client of these tests reads text.
fn download(way: &Way, path: &str, token: &str) -> Vec<u8> {
    use std::io::Read as _;
    let Way::Network(address) = way else { panic!("over the network") };
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: recorder\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\r\n"
    )
    .unwrap();
    let mut octets = Vec::new();
    stream.read_to_end(&mut octets).unwrap();
    let head = octets.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    octets.split_off(head + 4)
}

/// What zbar reads, where it is installed (tests/run installs it).
fn zbar(png: &[u8]) -> Option<String> {
    let mut child = Command::new("zbarimg")
        .args(["-q", "--raw", "png:-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take().unwrap().write_all(png).unwrap();
    let output = child.wait_with_output().unwrap();
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn r87_r41_a_cut_right_after_a_sheet_was_renewed_or_removed_brings_no_session_of_its_codes_back() {
    let world = world();
    for renewed in [true, false] {
        let disk = Arc::new(CrashDisk::default());
        let recorder = world.recorder_with(&disk);
        let login = recorder.set_up();
        let old = makes(&recorder, &login, OLD);
        types_back(&recorder, &login, &old[0]);
        let new = makes(&recorder, &login, OLD);
        let reset = asks_for_one(&recorder, &recorder.network);
        // The first write is the decision; the session's own end is another.
        disk.cut_after(2);
        if renewed {
            types_back(&recorder, &login, &new[0]);
        } else {
            recorder.network.send("DELETE", KEPT, &[("Authorization", &format!("Bearer {login}"))], "");
        }
        let flash = Arc::new(disk.after_power_cut(crate::support::crash_disk::Kept::Everything));
        let recorder = world.recorder_with(&flash);
        let again = reset.at(&recorder.network).sends(&json!({"event": "type-code", "code": old[1]}));
        assert_eq!(again.status, 404, "renewed: {renewed}: {again:?}");
    }
}
