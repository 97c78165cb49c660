//! The mailbox's submission port: nothing before encryption, nothing before a log-in, nothing carried over the handshake.
use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use data_encoding::BASE64;
use rcgen::{CertificateParams, KeyPair};
use serde_json::Value;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// A mailbox with a submission port; ends with the test.
struct Mailbox {
    child: Child,
    web: String,
    submission: String,
    tls: Arc<ClientConfig>,
    _files: tempfile::TempDir,
}

impl Mailbox {
    fn start() -> Mailbox {
        let files = tempfile::tempdir().expect("a folder");
        let tls = certificate(files.path());
        std::fs::write(files.path().join("password"), "seven owls\n").expect("written");
        let mut command = Command::new(env!("CARGO_BIN_EXE_resetkit"));
        command.args(["mailbox", "--submission", "127.0.0.1:0", "--user", "recorder"]);
        for (option, name) in [("--tls-cert", "cert.pem"), ("--tls-key", "key.pem"), ("--password-file", "password")] {
            command.arg(option).arg(files.path().join(name));
        }
        let mut child = command.stdout(Stdio::piped()).spawn().expect("starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a ready line");
        let words: Vec<_> = line.split_whitespace().map(str::to_owned).collect();
        assert_eq!((words[0].as_str(), words[4].as_str()), ("ready", "submission"), "{line}");
        Mailbox { child, web: words[3].clone(), submission: words[5].replace("smtp://", ""), tls, _files: files }
    }

    fn client(&self) -> Client<TcpStream> {
        let stream = TcpStream::connect(&self.submission).expect("connects");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("set");
        let mut client = Client(stream);
        assert!(client.answer().starts_with("220"));
        client
    }

    /// A client behind STARTTLS.
    fn secure(&self) -> Client<StreamOwned<ClientConnection, TcpStream>> {
        let mut client = self.client();
        assert!(client.says("EHLO test").contains("STARTTLS"));
        assert!(client.says("STARTTLS").starts_with("220"));
        let name = ServerName::try_from("localhost").expect("a name");
        let tls = ClientConnection::new(Arc::clone(&self.tls), name).expect("a connection");
        Client(StreamOwned::new(tls, client.0))
    }

    fn messages(&self) -> Vec<Value> {
        let mut answer = ureq::get(format!("{}/api/messages", self.web)).call().expect("answers");
        answer.body_mut().read_json::<Vec<Value>>().expect("a list")
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Makes `cert.pem` and `key.pem`; gives back a client that trusts them.
fn certificate(folder: &Path) -> Arc<ClientConfig> {
    let key = KeyPair::generate().expect("a key");
    let cert = CertificateParams::new(vec!["localhost".to_owned()]).and_then(|params| params.self_signed(&key));
    let cert = cert.expect("a certificate");
    std::fs::write(folder.join("cert.pem"), cert.pem()).expect("written");
    std::fs::write(folder.join("key.pem"), key.serialize_pem()).expect("written");
    let mut roots = RootCertStore::empty();
    roots.add(cert.der().clone()).expect("a root");
    Arc::new(ClientConfig::builder().with_root_certificates(roots).with_no_client_auth())
}

struct Client<S>(S);

impl<S: Read + Write> Client<S> {
    /// All lines of one answer.
    fn answer(&mut self) -> String {
        let mut said = Vec::new();
        let mut octet = [0];
        loop {
            if self.0.read(&mut octet).expect("an answer") == 0 {
                return String::from_utf8(said).expect("ASCII");
            }
            said.push(octet[0]);
            let text = String::from_utf8_lossy(&said);
            let last = text.trim_end_matches("\r\n").rsplit("\r\n").next().unwrap_or_default();
            if text.ends_with("\r\n") && last.as_bytes().get(3) == Some(&b' ') {
                return text.into_owned();
            }
        }
    }

    fn sends(&mut self, octets: &[u8]) -> String {
        self.0.write_all(octets).and_then(|()| self.0.flush()).expect("sent");
        self.answer()
    }

    fn says(&mut self, line: &str) -> String {
        self.sends(format!("{line}\r\n").as_bytes())
    }
}

fn plain(password: &str) -> String {
    format!("AUTH PLAIN {}", BASE64.encode(format!("\0recorder\0{password}").as_bytes()))
}

#[test]
fn r67_nothing_is_taken_and_no_password_heard_in_clear_text() {
    let mailbox = Mailbox::start();
    let mut client = mailbox.client();
    let offer = client.says("EHLO test");
    assert!(offer.contains("STARTTLS") && !offer.contains("AUTH"), "{offer}");
    assert!(client.says("MAIL FROM:<a@b.example>").starts_with("530 5.7.0"));
    assert!(client.says(&plain("seven owls")).starts_with("538"));
    assert!(client.says("STARTTLS now").starts_with("501"));
    assert!(mailbox.messages().is_empty());
}

#[test]
fn r67_what_was_said_before_the_handshake_is_forgotten_and_what_is_appended_is_refused() {
    let mailbox = Mailbox::start();
    let mut client = mailbox.secure();
    assert!(client.says("MAIL FROM:<a@b.example>").starts_with("530"), "the EHLO in clear text does not count");
    assert!(client.says(&plain("seven owls")).starts_with("503"), "nor for the log-in");
    let offer = client.says("EHLO test");
    assert!(offer.contains("AUTH PLAIN LOGIN") && !offer.contains("STARTTLS"), "{offer}");
    assert!(client.says("STARTTLS").starts_with("503"));

    let mut injector = mailbox.client();
    injector.says("EHLO test");
    assert!(injector.sends(b"STARTTLS\r\nMAIL FROM:<evil@b.example>\r\n").starts_with("554"));
    assert_eq!(injector.answer(), "", "hung up on");
}

#[test]
fn a_mail_is_taken_after_the_right_password_only_and_says_who_sent_it() {
    let mailbox = Mailbox::start();
    let mut client = mailbox.secure();
    client.says("EHLO test");
    assert!(client.says("MAIL FROM:<a@b.example>").starts_with("530 5.7.0 AUTH"));
    assert!(client.says(&plain("six owls")).starts_with("535"));
    assert!(client.says(&plain("seven owls")).starts_with("235"));
    assert!(client.says(&plain("seven owls")).starts_with("503"), "once");
    assert!(client.says("MAIL FROM:<recorder@plain.example>").starts_with("250"));
    assert!(client.says("RCPT TO:<owner@mail.example>").starts_with("250"));
    assert!(client.says("DATA").starts_with("354"));
    assert!(client.sends(b"Subject: x\r\n\r\nhere\r\n.\r\n").starts_with("250"));
    let messages = mailbox.messages();
    assert_eq!((messages.len(), &messages[0]["login"]), (1, &Value::from("recorder")));
}

#[test]
fn a_submission_port_without_a_certificate_is_refused_at_once() {
    let output = crate::resetkit(&["mailbox", "--submission", "127.0.0.1:0"]);
    assert!(!output.status.success() && crate::stderr(&output).contains("--tls-cert"), "{}", crate::stderr(&output));
}
