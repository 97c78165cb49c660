//! A device is sold: its first owner erases himself, its second one finds a new device, the maker's desk enrols it anew, and
//! nobody finds the first one in any file.

use std::io::Write as _;
use std::process::{Command, Stdio};

use kit::real::{Real, programs};
use kit::stage::Stage;
use kit::world::{Ticket, World as _};
use serde_json::{Value, json};

use crate::{EMAIL, NEW, OLD};

/// Who buys it.
const BUYER: &str = "bea.buyer@example.net";

in_the_real_world!(a_device_is_sold_and_nothing_of_its_first_owner_goes_along);

fn posts(stage: &Stage<Real>, login: &Ticket, path: &str, body: &Value) -> Value {
    stage.with(|world| world.at_the_console(path, Some(&login.0), body))
}

/// What the maker's desk does with the line that the seller sent: 1 changed.
fn enrols(stage: &Stage<Real>, row: &str) -> String {
    let files = stage.with(|world| world.files().to_owned());
    let mut relay = Command::new(programs().join("reset-relay"));
    relay.args(["feed", "add-row", "-", "--config"]).arg(files.join("relay/relay.toml")).current_dir(&files);
    let mut relay = relay.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("reset-relay runs");
    writeln!(relay.stdin.take().expect("its input is a pipe"), "{row}").expect("it reads");
    let output = relay.wait_with_output().expect("it ends");
    assert!(output.status.success(), "the row is taken");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn page(stage: &Stage<Real>) -> String {
    let web = stage.with(|world| world.web());
    let mut answer = ureq::get(format!("{web}/")).call().expect("the page opens");
    answer.body_mut().read_to_string().expect("a page")
}

/// The files of the device that have one of these in them.
fn files_with(stage: &Stage<Real>, traces: &[&str]) -> Vec<String> {
    let state = stage.with(|world| world.files().join("recorder/state"));
    let files = std::fs::read_dir(&state).expect("the state folder is there").filter_map(Result::ok);
    let has_one = |file: &std::fs::DirEntry| {
        let octets = std::fs::read(file.path()).unwrap_or_default();
        let has = |trace: &str| octets.windows(trace.len()).any(|window| window == trace.as_bytes());
        traces.iter().any(|trace| has(trace))
    };
    files.filter(has_one).map(|file| file.file_name().to_string_lossy().into_owned()).collect()
}

fn a_device_is_sold_and_nothing_of_its_first_owner_goes_along(stage: &Stage<Real>) {
    // A life with its first owner: a sheet of codes, a mailed code, a reset by it.
    stage.owner().sets_up(OLD, EMAIL);
    let login = stage.device().lets_in(OLD);
    let sheet = posts(stage, &login, "/api/v0/recovery-codes", &json!({"password": OLD}));
    let code = sheet["codes"][0].as_str().unwrap_or_else(|| panic!("no codes in {sheet}")).to_owned();
    posts(stage, &login, "/api/v0/recovery-codes/confirm", &json!({"code": code}));
    let mailed = stage.owner().gets_a_code_by_mail();
    stage.owner().types(&mailed);
    stage.owner().sets_password(NEW);
    stage.screen().shows("done");

    // He hands it over: the screen says what it is from now on, and the desk gets a line.
    let login = stage.device().lets_in(NEW);
    let api = stage.with(|world| world.api());
    let wrong = api.posts("/api/v0/hand-over", &login.0, &json!({"password": OLD}));
    assert_eq!(wrong, Ok(422), "the current password is asked for");
    let done = posts(stage, &login, "/api/v0/hand-over", &json!({"password": NEW}));
    let row = done["enrolment"].as_str().unwrap_or_else(|| panic!("no line for the desk in {done}")).to_owned();
    assert!(page(stage).contains("data-step=\"setup\""), "the next owner is asked to set it up");
    stage.device().rejects(NEW).and().rejects(OLD);
    assert!(!stage.device().still_knows(&login));
    let answer = enrols(stage, &row);
    assert!(answer.contains("1 changed"), "{answer}");
    assert!(!row.contains(EMAIL) && row.contains("\"epoch\":2"), "{row}");

    // The log begins anew, and no file of the device has anything of him.
    stage.device().remembers(&["handed_over"]);
    let log = stage.with(|world| world.audit());
    let his = ["set_up", "recovery_codes", "password", "proved", "challenge"];
    assert!(!log.iter().any(|line| his.iter().any(|word| line.contains(word))), "{log:?}");
    let left = files_with(stage, &[EMAIL, "o•••••r@", &code, &code.replace('-', "")]);
    assert!(left.is_empty(), "the first owner is left in {left:?}");

    // The second owner: his own password, his own mailbox, nobody else's mail.
    stage.owner().sets_up(OLD, BUYER);
    stage.device().accepts(OLD).and().rejects(NEW);
    stage.owner().asks_for_a_code();
    stage.phone().scans();
    // What the first owner was still owed was told before; no code goes to him any more.
    let mail = loop {
        let mail = stage.mailbox().next();
        if mail.code().is_some() {
            break mail;
        }
    };
    assert_eq!(mail.to, BUYER, "the first owner hears of nothing");
    stage.owner().types(&mail.code().expect("the mail has a code"));
    stage.owner().sets_password(NEW);
    stage.screen().shows("done");
    stage.device().accepts(NEW).and().rejects(OLD);
}
