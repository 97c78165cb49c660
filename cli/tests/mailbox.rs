//! The mailbox takes what RFC 5321 allows, refuses what smugglers send, and shows mails as plain text.
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

/// A running mailbox; ends with the test.
struct Mailbox {
    child: Child,
    smtp: String,
    web: String,
}

impl Mailbox {
    fn start(options: &[&str]) -> Mailbox {
        let mut child = Command::new(env!("CARGO_BIN_EXE_resetkit"))
            .arg("mailbox")
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .expect("starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a ready line");
        let words: Vec<_> = line.split_whitespace().collect();
        assert_eq!((words[0], words[2]), ("ready", "web"), "{line}");
        Mailbox { child, smtp: words[1].replace("smtp://", ""), web: words[3].to_owned() }
    }

    fn client(&self) -> Client {
        let stream = TcpStream::connect(&self.smtp).expect("connects");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("set");
        let mut client = Client { reader: BufReader::new(stream.try_clone().expect("cloned")), stream };
        assert!(client.answer().starts_with("220"));
        client
    }

    fn messages(&self) -> Vec<Value> {
        let mut answer = ureq::get(format!("{}/api/messages", self.web)).call().expect("answers");
        answer.body_mut().read_json::<Vec<Value>>().expect("a list")
    }

    fn page(&self, path: &str) -> String {
        ureq::get(format!("{}{path}", self.web)).call().expect("answers").body_mut().read_to_string().expect("text")
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Client {
    stream: TcpStream,
    reader: BufReader<TcpStream>,
}

impl Client {
    fn answer(&mut self) -> String {
        let mut last = String::new();
        loop {
            last.clear();
            self.reader.read_line(&mut last).expect("an answer");
            if last.as_bytes().get(3) != Some(&b'-') {
                return last;
            }
        }
    }

    fn sends(&mut self, octets: &[u8]) -> String {
        self.stream.write_all(octets).expect("sent");
        self.answer()
    }

    fn says(&mut self, line: &str) -> String {
        self.sends(format!("{line}\r\n").as_bytes())
    }

    /// EHLO to 354.
    fn begins_data(&mut self) {
        assert!(self.says("EHLO test").starts_with("250"));
        assert!(self.says("MAIL FROM:<relay@plain.example>").starts_with("250"));
        assert!(self.says("RCPT TO:<owner@mail.example>").starts_with("250"));
        assert!(self.says("DATA").starts_with("354"));
    }

    fn is_hung_up_on(&mut self) -> bool {
        let mut rest = Vec::new();
        self.reader.read_to_end(&mut rest).is_ok()
    }
}

const MAIL: &str = "From: Plain <relay@plain.example>\r\nTo: owner@mail.example\r\nSubject: =?utf-8?Q?Code_f=C3=BCr_Garage?=\r\nDate: Tue, 24 Nov 2026 04:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nIhr Code f=C3=BCr die Garage:\r\n\r\n..dotted\r\n<script>alert(1)</script> ABC-1=\r\nD2-9XZ\r\n";

#[test]
fn a_mail_is_decoded_and_shown_as_plain_text_by_json_and_page() {
    let mailbox = Mailbox::start(&[]);
    let mut client = mailbox.client();
    client.begins_data();
    assert!(client.sends(format!("{MAIL}.\r\n").as_bytes()).starts_with("250"));
    assert!(client.says("QUIT").starts_with("221"));
    let messages = mailbox.messages();
    assert_eq!(messages.len(), 1);
    let mail = &messages[0];
    assert_eq!(mail["subject"], "Code für Garage");
    assert_eq!(
        (&mail["from"], &mail["to"][0]),
        (&Value::from("relay@plain.example"), &Value::from("owner@mail.example"))
    );
    let text = mail["text"].as_str().expect("text");
    assert!(text.contains("für die Garage") && text.contains("ABC-1D2-9XZ"), "{text}");
    assert!(text.contains("\n.dotted"), "the dot that SMTP doubled is single again: {text}");
    assert!(mail["raw"].as_str().expect("raw").contains("quoted-printable"));
    assert!(mailbox.page("/").contains("Code für Garage"));
    let page = mailbox.page("/mail/1");
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script>alert"), "{page}");
    ureq::delete(format!("{}/api/messages", mailbox.web)).call().expect("answers");
    assert!(mailbox.messages().is_empty());
}

#[test]
fn two_mails_in_one_connection_stay_apart() {
    let mailbox = Mailbox::start(&[]);
    let mut client = mailbox.client();
    for number in 0..2 {
        client.begins_data();
        assert!(client.sends(format!("Subject: {number}\r\n\r\n{number}\r\n.\r\n").as_bytes()).starts_with("250"));
    }
    let subjects: Vec<_> = mailbox.messages().iter().map(|mail| mail["subject"].clone()).collect();
    assert_eq!(subjects, ["0", "1"]);
}

#[test]
fn r66_bare_line_ends_never_end_a_mail_and_spoil_it() {
    let mailbox = Mailbox::start(&[]);
    for smuggled in ["\n.\r\n", "\n.\n", "\r.\r", "\r\n.\n", "\n.\r"] {
        let mut client = mailbox.client();
        client.begins_data();
        let hidden = "MAIL FROM:<a@b>\r\nRCPT TO:<victim@c>\r\nDATA\r\nsmuggled\r\n";
        let answer = client.sends(format!("Subject: x\r\n\r\nfirst{smuggled}{hidden}.\r\n").as_bytes());
        assert!(answer.starts_with("554"), "{smuggled:?}: {answer}");
    }
    assert!(mailbox.messages().is_empty());
}

#[test]
fn r66_a_command_with_a_bare_line_end_or_without_an_end_is_hung_up_on() {
    let mailbox = Mailbox::start(&[]);
    for octets in [b"EHLO a\nEHLO b\n".to_vec(), b"EHLO a\rb\r\n".to_vec(), vec![b'A'; 5000]] {
        let mut client = mailbox.client();
        assert!(client.sends(&octets).starts_with("500"));
        assert!(client.is_hung_up_on());
    }
}

#[test]
fn r47_a_mail_that_is_too_large_is_refused_and_the_next_one_is_taken() {
    let mailbox = Mailbox::start(&[]);
    let mut client = mailbox.client();
    client.says("EHLO test");
    assert!(client.says("MAIL FROM:<a@b.example> SIZE=2000000").starts_with("552"));
    client.begins_data();
    let line = format!("{}\r\n", "x".repeat(998));
    let large = line.repeat(1_100);
    assert!(client.sends(format!("{large}.\r\n").as_bytes()).starts_with("552"));
    client.begins_data();
    assert!(client.sends(b"small\r\n.\r\n").starts_with("250"));
    assert_eq!(mailbox.messages().len(), 1);
}

#[test]
fn tests_can_make_it_refuse_and_dawdle() {
    let refusing = Mailbox::start(&["--reject-rcpt"]);
    let mut client = refusing.client();
    client.says("EHLO test");
    client.says("MAIL FROM:<a@b.example>");
    assert!(client.says("RCPT TO:<owner@mail.example>").starts_with("550"));
    let slow = Mailbox::start(&["--delay-ms", "300"]);
    let mut client = slow.client();
    client.stream.set_read_timeout(Some(Duration::from_millis(100))).expect("set");
    client.stream.write_all(b"NOOP\r\n").expect("sent");
    let mut line = String::new();
    assert!(client.reader.read_line(&mut line).is_err(), "no answer within 100 ms");
}

#[test]
fn nobody_off_this_machine_may_read_it() {
    let output = crate::resetkit(&["mailbox", "--web", "0.0.0.0:0"]);
    assert!(!output.status.success() && crate::stderr(&output).contains("127.0.0.1"));
}

#[test]
fn another_site_in_the_same_browser_neither_reads_the_mails_nor_deletes_them() {
    let mailbox = Mailbox::start(&[]);
    let address = mailbox.web.trim_start_matches("http://");
    let asks = |head: &str| {
        let mut line = std::net::TcpStream::connect(address).expect("the mailbox listens");
        std::io::Write::write_all(&mut line, format!("{head}\r\nconnection: close\r\n\r\n").as_bytes()).expect("sent");
        let mut answer = String::new();
        std::io::Read::read_to_string(&mut line, &mut answer).expect("an answer");
        answer.split(' ').nth(1).expect("a status").to_owned()
    };
    assert_eq!(asks(&format!("GET /api/messages HTTP/1.1\r\nhost: {address}")), "200");
    assert_eq!(asks("GET /api/messages HTTP/1.1\r\nhost: rebound.example"), "403");
    let clear = |site: &str| {
        asks(&format!("POST /clear HTTP/1.1\r\nhost: {address}\r\nsec-fetch-site: {site}\r\ncontent-length: 0"))
    };
    assert_eq!(clear("cross-site"), "403");
    assert_eq!(clear("same-origin"), "303");
}
