//! `resetkit support` at a relay that lies, and with a ticket file that somebody altered (R89): what agent and approvers send,
//! see and compare is what the agent opened.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};

use resetkit_companion::desk::{
    Approval, FeedRow, OpenTicket, ReadingSecret, TICKET_VERSION, Ticket, UNLOCK_OCTETS, to_text,
};

use crate::support::{desk, refused, support, text};

const HANDLE: [u8; 8] = [0xaa; 8];
const EVIL: &str = "\u{1b}[2K\u{1b}[1A";

/// An unlock as far as anybody without a key can read it.
fn unlock(counter: u8) -> String {
    let mut octets = vec![0x2c, 0x41];
    octets.extend(HANDLE);
    octets.extend([0, 0, 0, counter]);
    octets.resize(UNLOCK_OCTETS, 7);
    to_text(&octets)
}

fn key_of(number: u8) -> String {
    ReadingSecret::from_octets([number; 32]).public().to_string()
}

fn answer_to(open: &OpenTicket) -> Ticket {
    Ticket {
        resetkit_ticket: TICKET_VERSION,
        ticket: open.ticket.clone(),
        brand: "plain".into(),
        payload: open.payload.clone(),
        device_key: key_of(9),
        model: Some("4-channel recorder".into()),
        label: Some("7K2Q".into()),
        agent: "anna".into(),
        evidence: open.evidence.clone(),
        reading_key: open.reading_key.clone(),
        approvals: Vec::new(),
        outcome: None,
        opened_at: Some(1),
    }
}

type Lie = fn(&mut Ticket);

/// A relay that answers with the ticket it was sent, altered.
struct Liar {
    address: String,
    lie: Arc<Mutex<Lie>>,
}

impl Liar {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let lie = Arc::new(Mutex::new(honest as Lie));
        let told = Arc::clone(&lie);
        let mut kept = None;
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let lie = *told.lock().expect("a lie");
                serve(stream, lie, &mut kept);
            }
        });
        Self { address, lie }
    }

    fn lies(&self, lie: Lie) {
        *self.lie.lock().expect("a lie") = lie;
    }

    /// `support VERB …` at this relay.
    fn at<'a>(&'a self, arguments: &[&'a str]) -> Vec<&'a str> {
        [arguments, &["--brand", "brand", "--token-file", "token", "--relay", &self.address]].concat()
    }
}

fn honest(_: &mut Ticket) {}

/// One request, one answer: what was opened stays, the rest of the interface hands it out.
fn serve(mut stream: TcpStream, lie: Lie, kept: &mut Option<Ticket>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a connection"));
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first).expect("a request");
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a header");
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    if first.starts_with("POST /v1/support/tickets ") {
        *kept = Some(answer_to(&serde_json::from_slice(&body).expect("an opening")));
    }
    let mut ticket = kept.clone().expect("a ticket");
    lie(&mut ticket);
    let told = serde_json::to_string(&ticket).expect("a ticket");
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length";
    write!(stream, "{head}: {}\r\n\r\n{told}", told.len()).expect("an answer");
}

/// A desk with a token.
fn with_token() -> tempfile::TempDir {
    let folder = desk();
    std::fs::write(folder.path().join("token"), "token\n").expect("a token");
    folder
}

fn opens<'a>(relay: &'a Liar, payload: &'a str) -> Vec<&'a str> {
    relay.at(&["open", "--ticket", "4711", "--evidence", "invoice", "--text", payload])
}

fn write_feed(folder: &Path, model: &str, device_key: &str) {
    let row = format!(
        "{{\"v\":1,\"handle\":\"aaaaaaaaaaaaaaaa\",\"public_key\":\"{device_key}\",\"brand\":\"plain\",\"model\":\"{model}\",\
         \"label\":\"7K2Q\",\"status\":\"active\",\"epoch\":1}}\n"
    );
    FeedRow::parse(row.trim()).expect("a row");
    std::fs::write(folder.join("feed.jsonl"), row).expect("a feed");
}

#[test]
fn r89_an_agent_reads_out_no_check_number_of_a_ticket_that_the_relay_put_in_place_of_his() {
    let (folder, relay, payload) = (with_token(), Liar::new(), unlock(42));
    let lies: [(&str, Lie); 6] = [
        ("reading key", |t| t.reading_key = key_of(66)),
        ("unlock", |t| t.payload = unlock(43)),
        ("evidence", |t| t.evidence.push("photo-of-label".into())),
        ("number", |t| t.ticket = "4712".into()),
        ("brand", |t| t.brand = "other".into()),
        ("approvals", |t| t.approvals.push(approval("eve"))),
    ];
    for (name, lie) in lies {
        relay.lies(lie);
        let output = support(folder.path(), &opens(&relay, &payload));
        let said = text(&output.stderr);
        assert!(
            !output.status.success() && said.contains("another ticket") && said.contains("supervisor"),
            "{name}: {said}"
        );
        assert_eq!(text(&output.stdout), "", "{name}");
        assert!(!folder.path().join("4711.reading-key").exists(), "{name}");
    }
    relay.lies(honest);
    let output = support(folder.path(), &opens(&relay, &payload));
    let told = text(&output.stdout);
    assert!(told.contains("Check number"), "{}", text(&output.stderr));
    assert!(told.contains("4-channel recorder · 7K2Q · aaaaaaaaaaaaaaaa"), "{told}");
}

fn approval(approver: &str) -> Approval {
    Approval { half: "first".into(), approver: approver.into(), sealed: "AAAA".into() }
}

#[test]
fn r89_an_agent_reads_no_code_and_no_number_of_a_ticket_that_was_altered_since() {
    let (folder, relay, payload) = (with_token(), Liar::new(), unlock(42));
    assert!(support(folder.path(), &opens(&relay, &payload)).status.success());
    let read = relay.at(&["read", "4711"]);
    assert!(refused(folder.path(), &read).contains("0 of 2 approvers"), "as it was opened");
    let lies: [Lie; 5] = [
        |t| t.reading_key = key_of(66),
        |t| t.payload = unlock(43),
        |t| t.model = Some("64-channel recorder".into()),
        |t| t.device_key = key_of(8),
        |t| t.evidence = vec!["photo-of-label".into()],
    ];
    for lie in lies {
        relay.lies(lie);
        let said = refused(folder.path(), &read);
        assert!(said.contains("not the one that was opened here") && !said.contains("check number"), "{said}");
    }
    relay.lies(|t| t.ticket = "4712".into());
    assert!(refused(folder.path(), &read).contains("instead of 4711"));
    let approve = relay.at(&["approve", "4711", "--key", "bert.key", "--check", "0000-0000-0000"]);
    assert!(refused(folder.path(), &approve).contains("instead of 4711"));
    assert!(refused(folder.path(), &relay.at(&["read", "../4711"])).contains("no ticket's number"));
}

#[test]
fn r89_a_device_that_the_feed_knows_otherwise_is_neither_opened_nor_approved() {
    let (folder, relay, payload) = (with_token(), Liar::new(), unlock(42));
    let with_feed = [&opens(&relay, &payload)[..], &["--feed", "feed.jsonl"]].concat();
    for (model, key, what) in [("64-channel recorder", 9, "model"), ("4-channel recorder", 8, "key")] {
        write_feed(folder.path(), model, &key_of(key));
        let said = refused(folder.path(), &with_feed);
        assert!(said.contains(&format!("The ticket's {what} is")) && said.contains("another device"), "{said}");
    }
    write_feed(folder.path(), "4-channel recorder", &key_of(9));
    let opened = support(folder.path(), &with_feed);
    assert!(opened.status.success(), "{}", text(&opened.stderr));
    let approve = [&relay.at(&["approve", "4711", "--key", "bert.key"])[..], &["--feed", "feed.jsonl"]].concat();
    let told = support(folder.path(), &approve);
    assert!(text(&told.stdout).contains("The feed names this device"), "{}", text(&told.stderr));
    relay.lies(|t| t.label = Some("0000".into()));
    let output = support(folder.path(), &approve);
    assert!(text(&output.stderr).contains("The ticket's label is") && output.stdout.is_empty());
    let unsigned = [&approve[..], &["--feed-key", "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"]].concat();
    assert!(refused(folder.path(), &unsigned).contains("feed.jsonl.minisig"));
}

#[test]
fn r89_nothing_that_others_wrote_moves_a_terminal_s_cursor() {
    let (folder, relay, payload) = (with_token(), Liar::new(), unlock(42));
    assert!(support(folder.path(), &opens(&relay, &payload)).status.success());
    let lies: [Lie; 4] = [
        |t| t.model = Some(format!("recorder{EVIL}")),
        |t| t.label = Some(EVIL.into()),
        |t| t.approvals.push(approval(EVIL)),
        |t| t.ticket = EVIL.into(),
    ];
    for lie in lies {
        relay.lies(lie);
        let output = support(folder.path(), &relay.at(&["approve", "4711", "--key", "bert.key"]));
        assert!(!output.status.success());
        assert!(!text(&output.stdout).contains('\u{1b}') && !text(&output.stderr).contains('\u{1b}'));
    }
}

#[test]
fn r89_closing_a_file_deletes_the_key_of_its_own_ticket_alone() {
    let folder = desk();
    let (payload, device) = (unlock(42), key_of(9));
    let open = ["open", "--brand", "brand", "--evidence", "invoice", "--name", "anna", "--device-key", &device];
    for number in ["1", "2"] {
        let file = format!("{number}.ticket");
        let opened =
            support(folder.path(), &[&open[..], &["--text", &payload, "--ticket", number, "--file", &file]].concat());
        assert!(opened.status.success(), "{}", text(&opened.stderr));
    }
    let close = ["close", "--brand", "brand", "--file", "1.ticket", "--outcome", "refused"];
    let path = folder.path().join("1.ticket");
    let whole = std::fs::read_to_string(&path).expect("the ticket");
    let as_number =
        |number: &str| std::fs::write(&path, whole.replace("\"ticket\": \"1\"", &format!("\"ticket\": \"{number}\"")));
    as_number("../2").expect("a ticket");
    assert!(refused(folder.path(), &close).contains("This is no ticket"));
    assert!(std::fs::read_to_string(&path).expect("the ticket").contains("../2"), "nothing was written");
    as_number("2").expect("a ticket");
    assert!(support(folder.path(), &close).status.success());
    assert!(folder.path().join("2.reading-key").exists(), "the key of another ticket");
    std::fs::write(&path, &whole).expect("a ticket");
    assert!(text(&support(folder.path(), &close).stdout).contains("is deleted"));
    assert!(!folder.path().join("1.reading-key").exists());
}

#[test]
fn r89_of_two_codes_with_one_number_and_one_label_none_is_taken_on_trust() {
    let folder = with_token();
    let waiting = |at: i64| {
        format!(
            "{{\"request\":\"0042\",\"payload\":\"{}\",\"model\":\"recorder\",\"label\":\"7K2Q\",\"at\":{at}}}",
            unlock(42)
        )
    };
    let list = format!(
        "{{\"staff\":\"anna\",\"brand\":\"plain\",\"waiting\":[{},{}],\"tickets\":[]}}",
        waiting(6000),
        waiting(5400)
    );
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(stream.try_clone().expect("a connection")).lines();
            while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
            write!(stream, "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{list}", list.len())
                .expect("an answer");
        }
    });
    let open = ["open", "--ticket", "4711", "--evidence", "invoice", "--request", "42", "--label", "7K2Q"];
    let said = refused(
        folder.path(),
        &[&open[..], &["--brand", "brand", "--token-file", "token", "--relay", &address]].concat(),
    );
    assert!(said.contains("the newest, 10 min before it") && said.contains("photograph"), "{said}");
}
