//! Accounts that the firmware keeps, behind a program of its own: the two examples of the docs, and programs that lie.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use resetkit_core::{AccountName, TransactionId};
use resetkit_device::accounts::{AccountBackEnd, Exec, NotTrusted, Program, Verdict};
use serde_json::json;
use tempfile::TempDir;

use crate::support::crash_disk::{CrashDisk, Kept};
use crate::support::recorder::{EMAIL, NEW, OLD, Recorder, World};

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/examples/accounts");

/// A firmware with one account `admin`, whose password is [`OLD`].
struct Firmware {
    folder: TempDir,
    program: Vec<String>,
    atomic: bool,
}

impl Firmware {
    /// The example over a shadow file, changed in these places.
    fn with_shadow(changes: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let (program, home) = (folder.path().join("shadow.sh"), folder.path().join("etc"));
        install(&program, &example("shadow", changes));
        std::fs::create_dir(&home).unwrap();
        let hash = answer(Command::new("openssl").args(["passwd", "-6", "-stdin"]), OLD);
        std::fs::write(home.join("shadow"), format!("root:*:1::::::\nadmin:{}:1::::::\n", hash.trim())).unwrap();
        let program = vec![text_of(&program), text_of(&home)];
        Self { folder, program, atomic: true }
    }

    /// The example over a database with one call.
    fn with_one_call(changes: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let (program, database) = (folder.path().join("one-call.py"), folder.path().join("users.db"));
        install(&program, &example("one-call", changes));
        let script = "import sqlite3, sys, hashlib\n\
            u = sqlite3.connect(sys.argv[1])\n\
            u.execute('CREATE TABLE users (name TEXT PRIMARY KEY, salt BLOB, hash BLOB, failures INTEGER DEFAULT 0)')\n\
            u.execute('CREATE TABLE sessions (name TEXT)')\n\
            h = hashlib.scrypt(sys.stdin.buffer.read(), salt=bytes(16), n=2**14, r=8, p=1)\n\
            u.execute('INSERT INTO users (name, salt, hash) VALUES (?, ?, ?)', ('admin', bytes(16), h))\n\
            u.execute('INSERT INTO sessions VALUES (?)', ('admin',))\n\
            u.commit()\n";
        answer(Command::new("/usr/bin/python3").args(["-c", script]).arg(&database), OLD);
        let program = vec![text_of(&program), text_of(&database)];
        Self { folder, program, atomic: false }
    }

    fn world(&self) -> World {
        World::with_accounts(&self.program, self.atomic)
    }

    fn back_end(&self) -> Exec {
        Exec::open(self.command(), self.atomic).unwrap()
    }

    fn command(&self) -> Program {
        let command = self.program.iter().map(PathBuf::from).collect();
        Program { command, limit: Duration::from_secs(5) }
    }

    /// What the conformance suite prints, and whether all passed.
    fn conforms(&self) -> (bool, String) {
        let mut resetd = Command::new(env!("CARGO_BIN_EXE_resetd"));
        resetd.args(["accounts", "check", "--account", "admin"]);
        if !self.atomic {
            resetd.arg("--not-atomic");
        }
        let mut running =
            resetd.arg("--").args(&self.program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        running.stdin.take().unwrap().write_all(format!("{OLD}\n").as_bytes()).unwrap();
        let output = running.wait_with_output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    }
}

/// One of the examples of the docs, with these places changed.
fn example(name: &str, changes: &[(&str, &str)]) -> String {
    let text = std::fs::read_to_string(format!("{EXAMPLES}/{name}")).unwrap();
    changes.iter().fold(text, |text, (from, to)| {
        assert!(text.contains(from), "the example no longer says {from:?}");
        text.replace(from, to)
    })
}

fn text_of(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

fn install(program: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(program, text).unwrap();
    std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755)).unwrap();
}

fn answer(command: &mut Command, input: &str) -> String {
    let mut running = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    running.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = running.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn admin() -> AccountName {
    AccountName::parse("admin").unwrap()
}

/// A program that answers each verb with this shell line.
fn scripted(folder: &TempDir, verify: &str) -> Program {
    let file = folder.path().join("scripted.sh");
    install(&file, &format!("#!/bin/sh\ncase $1 in rules) exit 0 ;; *) {verify} ;; esac\n"));
    Program { command: vec![file], limit: Duration::from_secs(2) }
}

#[test]
fn r51_r60_both_examples_of_the_docs_pass_the_conformance_suite_and_keep_their_password() {
    for firmware in [Firmware::with_shadow(&[]), Firmware::with_one_call(&[])] {
        let (passed, report) = firmware.conforms();
        assert!(passed, "{report}");
        assert!(report.lines().count() >= 12, "{report}");
        assert_eq!(firmware.back_end().verify(None, &admin(), OLD), Verdict::Right);
    }
}

#[test]
fn r51_r60_f22_the_conformance_suite_names_the_fault_of_each_careless_adaptor() {
    let shadow: &[(&str, &[(&str, &str)])] = &[
        ("refuses-all-others", &[("= \"$known\" ] || exit 1", "= \"$known\" ] || true")]),
        (
            "keeps-every-character",
            &[("hashed() { printf '%s\\n' \"$password\"", "hashed() { printf '%.8s\\n' \"$password\"")],
        ),
        (
            "prepare-changes-nothing",
            &[("replace \"$staged/$2\"", "{ read -r a h; sed -i \"s|^$a:[^:]*|$a:$h|\" \"$shadow\"; }")],
        ),
        ("drop-forgets", &[("drop)\n    rm -f \"$staged/$2\"", "drop)\n    :")]),
        ("commit-of-nothing-is-a-no", &[("!= \"$2\" ]; then\n        exit 2", "!= \"$2\" ]; then\n        exit 0")]),
        ("commit-twice-is-once", &[("printf '%s\\n' \"$2\" | replace \"$staged.last\"", ":")]),
        (
            "shows-no-secret",
            &[(
                "hashed() { printf '%s\\n' \"$password\" | openssl passwd -6 -salt \"$1\" -stdin; }",
                "hashed() { openssl passwd -6 -salt \"$1\" \"$password\"; }",
            )],
        ),
        ("ends-sessions-and-lockout", &[("clear-lockout)", "clear-lock)")]),
        ("says-its-rules", &[("min_chars=8", "must_have_a_digit=1")]),
        ("lists-the-account", &[("{ print $1 }", "{ print \"x\" $1 }")]),
    ];
    let one_call: &[(&str, &[(&str, &str)])] = &[
        (
            "refuses-what-it-cannot-keep",
            &[(
                "print(\"too-long\" if len(password) > 64 else \"too-short\")\n            return 1",
                "password = password[:64]",
            )],
        ),
        (
            "survives-cuts-while-changing",
            &[(
                "            return 0 if users",
                "            users.execute(\"UPDATE users SET hash = x'' WHERE name = ?\", names); users.commit(); __import__('time').sleep(0.05)\n            return 0 if users",
            )],
        ),
    ];
    let named = |check: &str, firmware: &Firmware| {
        let (passed, report) = firmware.conforms();
        assert!(!passed, "{check}: {report}");
        assert!(report.lines().any(|line| line.starts_with(&format!("FAILED  {check}"))), "{check}: {report}");
    };
    std::thread::scope(|tried| {
        for half in shadow.chunks(shadow.len().div_ceil(2)) {
            tried.spawn(move || half.iter().for_each(|(check, changes)| named(check, &Firmware::with_shadow(changes))));
        }
    });
    one_call.iter().for_each(|(check, changes)| named(check, &Firmware::with_one_call(changes)));
}

#[test]
fn r58_f22_of_all_exit_codes_and_signals_only_zero_lets_anybody_in() {
    let folder = TempDir::new().unwrap();
    for code in 0..=255 {
        let exec = Exec::open(scripted(&folder, &format!("exit {code}")), true).unwrap();
        let (verdict, commit) = (exec.verify(None, &admin(), OLD), exec.commit(TransactionId::new(1)));
        assert_eq!(verdict == Verdict::Right, code == 0, "exit {code}: {verdict:?}");
        assert_eq!(commit, code == 0, "exit {code}");
    }
    for signal in ["KILL", "TERM", "SEGV"] {
        let exec = Exec::open(scripted(&folder, &format!("kill -{signal} $$")), true).unwrap();
        assert_eq!(exec.verify(None, &admin(), OLD), Verdict::Unknown, "{signal}");
        assert!(exec.prepare(TransactionId::new(1), &admin(), NEW).is_err(), "{signal}");
    }
}

#[test]
fn r83_a_program_that_hangs_floods_or_leaves_children_behind_costs_its_time_and_no_more() {
    let folder = TempDir::new().unwrap();
    let begun = Instant::now();
    for verify in ["sleep 60", "yes", "cat /dev/zero", "sleep 60 & exit 0", "printf '\\377'"] {
        let exec = Exec::open(scripted(&folder, verify), true).unwrap();
        let verdict = exec.verify(None, &admin(), OLD);
        let wanted = if verify.ends_with("exit 0") { Verdict::Right } else { Verdict::Unknown };
        assert_eq!(verdict, wanted, "{verify}");
    }
    assert!(begun.elapsed() < Duration::from_secs(20), "two of them may take two seconds each");
}

#[test]
fn f20_a_program_that_others_can_write_or_that_has_no_absolute_path_is_not_trusted_with_passwords() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let program = scripted(&folder, "exit 0");
    assert_eq!(program.check(), Ok(()));
    let file = &program.command[0];
    for mode in [0o775, 0o757, 0o777] {
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
        assert_eq!(program.check(), Err(NotTrusted::Writable(text_of(file))), "{mode:o}");
    }
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(program.check(), Err(NotTrusted::NotAProgram(text_of(file))));
    let relative = Program { command: vec!["shadow".into()], ..program };
    assert_eq!(relative.check(), Err(NotTrusted::Relative("shadow".into())));
}

/// The owner has logged in once and entered an address.
fn with_address(recorder: &Recorder) {
    let token = recorder.log_in(OLD).json()["token"].as_str().unwrap().to_owned();
    let answer = recorder.network.post("/api/v0/address", Some(&token), &json!({"password": OLD, "email": EMAIL}));
    assert_eq!(answer.status, 200, "{answer:?}");
}

/// Log-in may be closed for the moment that a decision takes.
fn opens_to_exactly_one(recorder: &Recorder, case: &str) -> bool {
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        let (old, new) = (recorder.accepts(OLD), recorder.accepts(NEW));
        if old != new {
            return new;
        }
        assert!(!old && Instant::now() < end, "{case}: old {old}, new {new}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn resets(world: &World, recorder: &Recorder, disk: &CrashDisk) -> serde_json::Value {
    let reset = recorder.forgets(&recorder.network);
    let code = world.code_in(&reset.url(), disk);
    assert_eq!(reset.types(&code)["step"], "choose-new-password");
    reset.sets(NEW)
}

#[test]
fn r60_an_owner_whose_firmware_keeps_the_passwords_resets_and_the_firmware_itself_knows_the_new_one() {
    for firmware in [Firmware::with_shadow(&[]), Firmware::with_one_call(&[])] {
        let (world, disk) = (firmware.world(), Arc::new(CrashDisk::default()));
        let recorder = world.recorder_with(&disk);
        let facts = recorder.network.get("/api/v0/device", None).json();
        assert_eq!(facts["initialised"], true, "the firmware's accounts are taken over: {facts}");
        with_address(&recorder);
        assert_eq!(resets(&world, &recorder, &disk)["step"], "done");
        assert!(opens_to_exactly_one(&recorder, "after the reset"));
        let firmware = firmware.back_end();
        assert_eq!(firmware.verify(None, &admin(), NEW), Verdict::Right);
        assert_eq!(firmware.verify(None, &admin(), OLD), Verdict::Wrong);
    }
}

#[test]
fn r51_the_screen_says_the_rules_of_the_firmware_before_anything_is_typed_and_nothing_is_cut() {
    let firmware = Firmware::with_one_call(&[]);
    let (world, disk) = (firmware.world(), Arc::new(CrashDisk::default()));
    let recorder = world.recorder_with(&disk);
    let rules = recorder.network.get("/api/v0/device", None).json()["password"].clone();
    assert_eq!((rules["min_chars"].as_u64(), rules["max_chars"].as_u64()), (Some(15), Some(64)), "{rules}");
    with_address(&recorder);
    let reset = recorder.forgets(&recorder.network);
    reset.types(&world.code_in(&reset.url(), disk.as_ref()));
    for (password, code) in [("ein Paßwort, das länger ist", "E-606"), ("long ".repeat(13).as_str(), "E-602")] {
        let view = reset.sets(password);
        assert_eq!(view["flaws"][0]["code"], code, "{view:#}");
    }
    assert_eq!(reset.sets(NEW)["step"], "done");
}

#[test]
fn r41_r48_r60_a_cut_after_any_operation_leaves_exactly_one_password_of_the_firmware() {
    let mut outcomes = [false; 2];
    for cut in 0.. {
        let firmware = Firmware::with_shadow(&[]);
        let (world, disk) = (firmware.world(), Arc::new(CrashDisk::default()));
        let recorder = world.recorder_with(&disk);
        with_address(&recorder);
        let reset = recorder.forgets(&recorder.network);
        let code = world.code_in(&reset.url(), disk.as_ref());
        assert_eq!(reset.types(&code)["step"], "choose-new-password");
        let before = disk.operations();
        disk.cut_after(cut);
        reset.sends(&json!({"event": "set-password", "password": NEW}));
        let end = Instant::now() + Duration::from_secs(10);
        while disk.operations() < before + cut && Instant::now() < end && reset.view()["step"] != "done" {
            std::thread::sleep(Duration::from_millis(5));
        }
        let finished = reset.view()["step"] == "done" && disk.operations() < before + cut;
        recorder.cut();
        let disk = Arc::new(disk.after_power_cut(Kept::Everything));
        let recorder = world.recorder_with(&disk);
        let new = opens_to_exactly_one(&recorder, &format!("cut {cut}"));
        outcomes[usize::from(new)] = true;
        if finished {
            break;
        }
    }
    assert_eq!(outcomes, [true; 2], "both sides of the decision were seen");
}

#[test]
fn r60_a_commit_that_fails_keeps_log_in_closed_until_it_succeeds_also_after_a_boot() {
    let broken = [("commit)\n", "commit)\n    [ -e \"$folder/broken\" ] && exit 2\n")];
    let firmware = Firmware::with_shadow(&broken);
    let (world, disk) = (firmware.world(), Arc::new(CrashDisk::default()));
    let recorder = world.recorder_with(&disk);
    with_address(&recorder);
    let mark = firmware.folder.path().join("etc/broken");
    std::fs::write(&mark, "").unwrap();
    assert_eq!(resets(&world, &recorder, &disk)["step"], "done", "it is decided");
    assert!(!recorder.accepts(OLD) && !recorder.accepts(NEW), "neither holds while it is not carried out");
    recorder.cut();
    let recorder = world.recorder_with(&Arc::new(disk.after_power_cut(Kept::Everything)));
    assert!(!recorder.accepts(OLD), "the old password does not come back");
    std::fs::remove_file(&mark).unwrap();
    recorder.clock.move_ahead(Duration::from_secs(30));
    assert!(opens_to_exactly_one(&recorder, "mended"));
}

#[test]
fn r14_r60_a_database_with_one_call_that_says_no_keeps_the_old_password_and_the_owner_tries_again() {
    let no = [(
        "elif verb == \"set\":",
        "elif verb == \"set\" and os.path.exists(database + '.broken'):\n        return 2\n    elif verb == \"set\":",
    )];
    let firmware = Firmware::with_one_call(&no);
    let (world, disk) = (firmware.world(), Arc::new(CrashDisk::default()));
    let recorder = world.recorder_with(&disk);
    with_address(&recorder);
    let mark = firmware.folder.path().join("users.db.broken");
    std::fs::write(&mark, "").unwrap();
    let reset = recorder.forgets(&recorder.network);
    let code = world.code_in(&reset.url(), disk.as_ref());
    reset.types(&code);
    let view = reset.sets(NEW);
    assert_eq!((view["step"].as_str(), view["failure"]["code"].as_str()), (Some("choose-new-password"), Some("E-508")));
    assert!(recorder.accepts(OLD), "the old one holds");
    std::fs::remove_file(&mark).unwrap();
    assert_eq!(reset.sets(NEW)["step"], "done");
    assert!(opens_to_exactly_one(&recorder, "the second time"));
}

#[test]
fn r60_a_back_end_that_does_not_answer_lets_nobody_in_and_says_so_with_its_number() {
    let firmware = Firmware::with_shadow(&[("verify)\n", "verify)\n    [ -e \"$folder/broken\" ] && exit 9\n")]);
    let world = firmware.world();
    let recorder = world.recorder();
    assert!(recorder.accepts(OLD));
    std::fs::write(firmware.folder.path().join("etc/broken"), "").unwrap();
    let answer = recorder.log_in(OLD);
    assert_eq!((answer.status, answer.json()["code"].as_str()), (503, Some("E-519")), "{answer:?}");
}

#[test]
fn r88_a_firmware_that_keeps_the_accounts_and_a_button_that_promises_the_factory_state_do_not_start_together() {
    let firmware = Firmware::with_shadow(&[]);
    let world = firmware.world();
    let site = std::fs::read_to_string(world.path("site.toml")).unwrap();
    std::fs::write(world.path("site.toml"), format!("profile = \"cam-1\"\n{site}")).unwrap();
    let refusal = world.tries_to_start(false).err().expect("it does not start");
    assert!(refusal.contains("on_presence"), "{refusal}");
}

#[test]
fn r44_r58_a_firmware_that_is_silent_at_the_boot_lets_nobody_set_the_device_up_over_its_owner() {
    for silent in ["exit 9", "sleep 30"] {
        let firmware = Firmware::with_shadow(&[(
            "list)\n",
            &format!("list)\n    [ -e \"$folder/silent\" ] && {{ {silent}; exit 9; }}\n"),
        )]);
        let mark = firmware.folder.path().join("etc/silent");
        std::fs::write(&mark, "").unwrap();
        let world = firmware.world();
        let recorder = world.recorder();
        let set_up = || recorder.network.post("/api/v0/setup", None, &json!({"password": NEW, "email": null}));
        let answer = set_up();
        assert_eq!((answer.status, answer.json()["code"].as_str()), (503, Some("E-519")), "{silent}: {answer:?}");
        std::fs::remove_file(&mark).unwrap();
        assert_eq!(set_up().status, 409, "{silent}: it has an owner");
        assert!(recorder.accepts(OLD) && !recorder.accepts(NEW), "{silent}: his password holds");
        assert_eq!(recorder.network.get("/api/v0/device", None).json()["initialised"], true, "and he can reset it");
    }
}

#[test]
fn r41_r60_a_second_decision_waits_until_the_first_is_carried_out() {
    const LATER: &str = "one more quite long password";
    let broken = [("commit)\n", "commit)\n    [ -e \"$folder/broken\" ] && exit 2\n")];
    let firmware = Firmware::with_shadow(&broken);
    let (world, disk) = (firmware.world(), Arc::new(CrashDisk::default()));
    let recorder = world.recorder_with(&disk);
    with_address(&recorder);
    let mark = firmware.folder.path().join("etc/broken");
    std::fs::write(&mark, "").unwrap();
    assert_eq!(resets(&world, &recorder, &disk)["step"], "done", "it is decided");
    let second = recorder.forgets(&recorder.network);
    let code = world.code_in(&second.url(), disk.as_ref());
    assert_eq!(second.types(&code)["step"], "choose-new-password");
    let view = second.sets(LATER);
    assert_eq!((view["step"].as_str(), view["failure"]["code"].as_str()), (Some("choose-new-password"), Some("E-508")));
    std::fs::remove_file(&mark).unwrap();
    recorder.clock.move_ahead(Duration::from_secs(30));
    assert!(opens_to_exactly_one(&recorder, "the first decision"));
    assert_eq!(second.sets(LATER)["step"], "done");
    let end = Instant::now() + Duration::from_secs(20);
    while !recorder.accepts(LATER) {
        assert!(Instant::now() < end, "the second decision");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(!recorder.accepts(NEW));
}
