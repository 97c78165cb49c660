//! Support call by telephone (R89), told from three sides: the owner's screen, the people at the desk, the logs.
//!
//! Real programs: the recorder with the method in its worker, the maker's relay, and `resetkit support` as the agent and both
//! approvers run it, each with his own token and key.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use kit::real::{Real, programs};
use kit::stage::Stage;
use kit::world::{Act, Screen};

use crate::{EMAIL, NEW, OLD};

in_the_real_world!(
    r61_r89_an_owner_without_a_mailbox_is_let_in_by_telephone_and_alone_knows_the_password,
    an_air_gapped_recorder_is_unlocked_from_a_stick_and_a_ticket_file,
    r89_one_approver_alone_and_the_same_one_twice_get_nothing,
    r89_a_code_is_good_for_one_device_one_challenge_and_once,
    r89_the_agent_hears_no_and_so_does_the_owner,
    f23_a_code_of_one_recorder_opens_no_other,
);

/// The desk of this world, as its people sit there.
struct DeskOf {
    files: PathBuf,
}

/// What a command said.
struct Said {
    good: bool,
    out: String,
    err: String,
}

impl DeskOf {
    fn of(stage: &Stage<Real>) -> Self {
        Self { files: stage.with(|world| world.files().to_owned()) }
    }

    /// `resetkit support …` in the desk's folder.
    fn says(&self, arguments: &[&str]) -> Said {
        let mut command = Command::new(programs().join("resetkit"));
        command.arg("support").args(arguments).args(["--brand", "../brand"]).current_dir(self.files.join("desk"));
        let Output { status, stdout, stderr } = command.output().expect("resetkit runs");
        let text = |octets: Vec<u8>| String::from_utf8_lossy(&octets).into_owned();
        Said { good: status.success(), out: text(stdout), err: text(stderr) }
    }

    fn does(&self, arguments: &[&str]) -> String {
        let said = self.says(arguments);
        assert!(said.good, "{arguments:?}: {}{}", said.out, said.err);
        said.out
    }

    /// A refusal: it says why, and what next.
    fn is_refused(&self, arguments: &[&str]) -> String {
        let said = self.says(arguments);
        assert!(!said.good && said.err.lines().count() >= 2, "{arguments:?}: {}{}", said.out, said.err);
        said.err
    }

    fn opens_a_file(&self, payload: &str, number: &str) -> String {
        let file = format!("{number}.ticket");
        let with = ["open", "--text", payload, "--ticket", number, "--evidence", "photo-of-label", "--name", "anna"];
        let opened = self.does(&[&with[..], &["--file", &file, "--feed", "../relay/feed.jsonl"]].concat());
        check_number(&opened)
    }

    fn approves_the_file(&self, number: &str, name: &str, check: &str) -> Said {
        let (file, key) = (format!("{number}.ticket"), format!("{name}.key"));
        self.says(&["approve", "--file", &file, "--key", &key, "--name", name, "--check", check])
    }

    fn reads_the_file(&self, number: &str) -> String {
        code_in(&self.does(&["read", "--file", &format!("{number}.ticket")]))
    }
}

/// What stands behind *Check number*.
fn check_number(opened: &str) -> String {
    let line = opened.lines().find(|line| line.trim_start().starts_with("Check number")).expect("a check number");
    line.split_whitespace().last().unwrap_or_default().to_owned()
}

/// The line of nine characters, 3-3-3.
fn code_in(read: &str) -> String {
    let is_code = |word: &str| word.len() == 11 && word.split('-').all(|group| group.len() == 3);
    let line = read.lines().map(str::trim).find(|line| is_code(line));
    line.unwrap_or_else(|| panic!("no code in {read}")).to_owned()
}

/// The owner stands in front of a locked recorder and asks for support.
fn comes_to_support(stage: &Stage<Real>) -> Screen {
    stage.owner().sets_up(OLD, EMAIL);
    asks_for_support(stage)
}

fn asks_for_support(stage: &Stage<Real>) -> Screen {
    stage.owner().asks_to_reset();
    stage.owner().does(&Act::Acknowledge);
    stage.owner().goes_another_way("support");
    let screen = stage.screen().shows("enter-code");
    assert!(screen.payload.is_some(), "a code to show to support: {screen:?}");
    screen
}

fn r61_r89_an_owner_without_a_mailbox_is_let_in_by_telephone_and_alone_knows_the_password(stage: &Stage<Real>) {
    let screen = comes_to_support(stage);
    let request = screen.request.expect("a request number");
    let desk = DeskOf::of(stage);
    // The phone passes the unlock on; it is no mail, and nobody's mailbox hears of it.
    let confirmation = stage.phone().scans();
    assert_eq!(confirmation.request, request);
    assert_eq!(stage.mailbox().size(), 0);
    // The agent: who calls, and what does he show?
    let waiting = desk.does(&["list", "--token-file", "anna.token"]);
    assert!(waiting.contains(&request) && waiting.contains("photo-of-label"), "{waiting}");
    let open = ["open", "--token-file", "anna.token", "--request", &request, "--ticket", "4711"];
    let nice = desk.is_refused(&[&open[..], &["--evidence", "nice-voice"]].concat());
    assert!(nice.contains("E-764") && nice.contains("invoice"), "{nice}");
    let opened = desk.does(&[&open[..], &["--evidence", "invoice", "--evidence", "photo-of-label"]].concat());
    let check = check_number(&opened);
    // Two approvers. Without the check number nothing is approved, nor with a wrong one.
    let bert = ["approve", "4711", "--token-file", "bert.token", "--key", "bert.key"];
    assert!(desk.is_refused(&bert).contains("check number"));
    assert!(desk.is_refused(&[&bert[..], &["--check", "0000-0000-0000"]].concat()).contains("Nothing was approved"));
    desk.does(&[&bert[..], &["--check", &check.to_lowercase().replace('-', " ")]].concat());
    let early = desk.is_refused(&["read", "4711", "--token-file", "anna.token"]);
    assert!(early.contains("1 of 2 approvers"), "{early}");
    let carla = ["approve", "4711", "--token-file", "carla.token", "--key", "carla.key", "--check", &check];
    assert!(desk.does(&carla).contains("the agent reads the code out"));
    // Nine characters, in telephone words.
    let read = desk.does(&["read", "4711", "--token-file", "anna.token"]);
    let code = code_in(&read);
    let letter = code.chars().find(char::is_ascii_alphabetic);
    assert!(letter.is_none() || read.contains(" as in ") || read.contains("wie "), "{read}");
    assert!(read.contains("Never ask for the new password"), "{read}");
    // The screen: the owner types it, and chooses a password alone.
    stage.owner().types(&code);
    stage.owner().replaces_password(OLD, NEW);
    let closed = desk.does(&["close", "4711", "--token-file", "anna.token", "--outcome", "unlocked"]);
    assert!(closed.contains("is closed: unlocked"), "{closed}");
    assert!(!desk.files.join("desk/4711.reading-key").exists(), "the key for this call is gone");
    assert!(desk.is_refused(&["read", "4711", "--token-file", "anna.token"]).contains("E-763"));
    // The logs: who did what, and no code anywhere.
    let audit = relay_audit(&desk.files);
    let deeds: Vec<_> = audit.lines().map(|line| line.split('\t').skip(3).collect::<Vec<_>>().join(" ")).collect();
    let told =
        ["anna opened invoice photo-of-label", "bert approved first", "carla approved second", "anna closed unlocked"];
    assert_eq!(deeds, told);
    stage.device().has_written_nowhere(&[NEW, OLD, &code, &code.replace('-', "")]);
}

fn relay_audit(files: &Path) -> String {
    let mut relay = Command::new(programs().join("reset-relay"));
    let output = relay.args(["staff", "audit", "--config"]).arg(files.join("relay/relay.toml")).output();
    String::from_utf8_lossy(&output.expect("reset-relay runs").stdout).into_owned()
}

fn an_air_gapped_recorder_is_unlocked_from_a_stick_and_a_ticket_file(stage: &Stage<Real>) {
    stage.relay().goes_down();
    comes_to_support(stage);
    let desk = DeskOf::of(stage);
    // What the owner saved to a stick is a file with the text of the code.
    let stick = desk.files.join("desk/stick.txt");
    std::fs::write(&stick, format!("{}\n", stage.screen().payload())).expect("a stick can be written");
    let check = desk.opens_a_file("stick.txt", "4712");
    for name in ["bert", "carla"] {
        let said = desk.approves_the_file("4712", name, &check);
        assert!(said.good, "{}{}", said.out, said.err);
    }
    let code = desk.reads_the_file("4712");
    let ticket = std::fs::read_to_string(desk.files.join("desk/4712.ticket")).expect("the ticket");
    assert!(!ticket.contains(&code) && !ticket.contains(&code.replace('-', "")), "the file holds no code");
    stage.owner().types(&code);
    stage.owner().replaces_password(OLD, NEW);
    desk.does(&["close", "--file", "4712.ticket", "--outcome", "unlocked"]);
    assert!(desk.is_refused(&["read", "--file", "4712.ticket"]).contains("E-763"));
}

fn r89_one_approver_alone_and_the_same_one_twice_get_nothing(stage: &Stage<Real>) {
    comes_to_support(stage);
    let desk = DeskOf::of(stage);
    let check = desk.opens_a_file(&stage.screen().payload(), "1");
    assert!(desk.approves_the_file("1", "bert", &check).good);
    let again = desk.approves_the_file("1", "bert", &check);
    assert!(!again.good && again.err.contains("somebody else"), "{}", again.err);
    // Under another name it is still the same half.
    let key = ["approve", "--file", "1.ticket", "--key", "bert.key", "--name", "bertram", "--check", &check];
    assert!(desk.is_refused(&key).contains("somebody else"));
    // A third key is neither of the brand's two.
    desk_key(&desk, "eve.key");
    let eve = ["approve", "--file", "1.ticket", "--key", "eve.key", "--name", "eve", "--check", &check];
    assert!(desk.is_refused(&eve).contains("neither of the brand's two approvers"));
    assert!(desk.is_refused(&["read", "--file", "1.ticket"]).contains("1 of 2 approvers"));
}

fn desk_key(desk: &DeskOf, name: &str) {
    let mut command = Command::new(programs().join("resetkit"));
    let made = command.args(["support", "keys", "new", "--out", name]).current_dir(desk.files.join("desk")).output();
    assert!(made.expect("resetkit runs").status.success());
}

/// The code for this payload, by way of a ticket of this number.
fn unlocks(desk: &DeskOf, payload: &str, number: &str) -> String {
    let check = desk.opens_a_file(payload, number);
    for name in ["bert", "carla"] {
        assert!(desk.approves_the_file(number, name, &check).good);
    }
    desk.reads_the_file(number)
}

fn r89_a_code_is_good_for_one_device_one_challenge_and_once(stage: &Stage<Real>) {
    comes_to_support(stage);
    let desk = DeskOf::of(stage);
    let first = unlocks(&desk, &stage.screen().payload(), "1");
    // Another challenge of the same device: the code of the first is a wrong one there.
    stage.owner().does(&Act::Cancel);
    let screen = asks_for_support(stage);
    let tries = screen.tries_left.expect("tries");
    stage.owner().types(&first);
    stage.screen().tells_tries_left(tries - 1);
    // The right one opens, once.
    let second = unlocks(&desk, &stage.screen().payload(), "2");
    stage.owner().types(&second);
    stage.owner().replaces_password(OLD, NEW);
    let screen = asks_for_support(stage);
    stage.owner().types(&second);
    stage.screen().tells_tries_left(screen.tries_left.expect("tries") - 1);
    stage.device().accepts(NEW);
    // Altered by one sign on its way: no approver hands his half over.
    let payload = stage.screen().payload();
    let (head, last) = payload.split_at(payload.len() - 30);
    let altered = format!("{head}{}{}", if last.starts_with('0') { "1" } else { "0" }, &last[1..]);
    let check = desk.opens_a_file(&altered, "3");
    let said: Vec<_> = ["bert", "carla"].map(|name| desk.approves_the_file("3", name, &check).err).to_vec();
    assert!(said.iter().any(|err| err.contains("Nothing was approved")), "{said:?}");
}

fn r89_the_agent_hears_no_and_so_does_the_owner(stage: &Stage<Real>) {
    comes_to_support(stage);
    let desk = DeskOf::of(stage);
    desk.opens_a_file(&stage.screen().payload(), "1");
    let closed = desk.does(&["close", "--file", "1.ticket", "--outcome", "suspicious"]);
    assert!(closed.contains("suspicious") && closed.contains("supervisor"), "{closed}");
    stage.owner().says("support said no");
    let screen = stage.screen().tells("E-414");
    assert!(!screen.trouble.expect("trouble").next_step.is_empty());
    stage.device().accepts(OLD);
}

/// Two recorders of one brand, each sealed to the same approvers: what one is told opens no other.
fn f23_a_code_of_one_recorder_opens_no_other(stage: &Stage<Real>) {
    comes_to_support(stage);
    let other = kit::real::real("support_call_other");
    comes_to_support(&other);
    let (here, there) = (DeskOf::of(stage), DeskOf::of(&other));
    let code = unlocks(&here, &stage.screen().payload(), "1");
    // Neither the other desk's approvers nor its feed know this device.
    let payload = stage.screen().payload();
    let with = ["open", "--text", &payload, "--ticket", "2", "--evidence", "invoice", "--name", "anna"];
    let open = [&with[..], &["--file", "2.ticket", "--feed", "../relay/feed.jsonl"]].concat();
    assert!(there.is_refused(&open).contains("E-766"));
    let tries = other.screen().now().tries_left.expect("tries");
    other.owner().types(&code);
    other.screen().tells_tries_left(tries - 1);
    other.device().accepts(OLD);
    // No two worlds share a key, and none stands in a program.
    let key = |desk: &DeskOf, name: &str| {
        let text = std::fs::read_to_string(desk.files.join("desk").join(name)).expect("a key");
        text.split_whitespace().last().unwrap_or_default().to_owned()
    };
    assert_ne!(key(&here, "bert.key"), key(&there, "bert.key"));
    for program in ["resetd", "reset-relay", "resetkit"] {
        let octets = std::fs::read(programs().join(program)).expect("a program");
        for tag in ["resetkit-approver-key-v1 ", "resetkit-reading-key-v1 "] {
            for at in places(&octets, tag.as_bytes()) {
                let after = &octets[at + tag.len()..][..44];
                let is_key =
                    after.ends_with(b"=") && after.iter().all(|c| c.is_ascii_alphanumeric() || b"+/=".contains(c));
                assert!(!is_key, "{program} carries an unlock key (F23)");
            }
        }
    }
}

fn places<'a>(octets: &'a [u8], wanted: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    (0..octets.len().saturating_sub(wanted.len() + 44)).filter(move |at| octets[*at..].starts_with(wanted))
}
