//! A mailbox: a small SMTP server that reads strictly, and can be made to misbehave.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// One message as it came over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mail {
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
    /// Header and body, dots unstuffed, lines ending in CR LF.
    pub(crate) data: String,
}

/// How the server behaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mood {
    Willing,
    /// Answers RCPT with this.
    Refusing(u16),
    /// Greets and then says nothing more.
    Silent,
    /// Takes the whole message and closes without an answer.
    Forgetful,
}

struct Inner {
    mails: Mutex<Vec<Mail>>,
    came: Condvar,
    mood: Mutex<Mood>,
    tries: Mutex<usize>,
}

#[derive(Clone)]
pub(crate) struct Sink {
    inner: Arc<Inner>,
    pub(crate) address: SocketAddr,
}

impl Sink {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let inner = Arc::new(Inner {
            mails: Mutex::default(),
            came: Condvar::new(),
            mood: Mutex::new(Mood::Willing),
            tries: Mutex::default(),
        });
        let sink = Self { inner, address };
        let serving = sink.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let serving = serving.clone();
                thread::spawn(move || serving.talk(&stream));
            }
        });
        sink
    }

    pub(crate) fn is(&self, mood: Mood) {
        *self.inner.mood.lock().unwrap() = mood;
    }

    pub(crate) fn mails(&self) -> Vec<Mail> {
        self.inner.mails.lock().unwrap().clone()
    }

    /// How often somebody named a recipient.
    pub(crate) fn tries(&self) -> usize {
        *self.inner.tries.lock().unwrap()
    }

    /// Waits until there are this many mails, at most half a minute, and gives all of them.
    pub(crate) fn wait_for(&self, count: usize) -> Vec<Mail> {
        let until = Instant::now() + Duration::from_secs(30);
        let mut mails = self.inner.mails.lock().unwrap();
        while mails.len() < count {
            let left = until.checked_duration_since(Instant::now());
            let left = left.unwrap_or_else(|| panic!("{} of {count} mails came", mails.len()));
            mails = self.inner.came.wait_timeout(mails, left).unwrap().0;
        }
        mails.clone()
    }

    fn talk(&self, stream: &TcpStream) -> Option<()> {
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut writer = stream;
        let mut say = |line: &str| writer.write_all(format!("{line}\r\n").as_bytes()).ok();
        say("220 sink ready")?;
        let mut mail = Mail { from: String::new(), to: Vec::new(), data: String::new() };
        loop {
            let line = read_line(&mut reader)?;
            let mood = *self.inner.mood.lock().unwrap();
            if mood == Mood::Silent {
                thread::sleep(Duration::from_secs(20));
                return None;
            }
            let upper = line.to_ascii_uppercase();
            if upper.starts_with("EHLO") {
                say("250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8")?;
            } else if let Some(path) = upper.strip_prefix("MAIL FROM:").map(|_| &line[10..]) {
                mail = Mail { from: bracketed(path), to: Vec::new(), data: String::new() };
                say("250 ok")?;
            } else if upper.starts_with("RCPT TO:") {
                *self.inner.tries.lock().unwrap() += 1;
                if let Mood::Refusing(code) = mood {
                    say(&format!("{code} no, says the sink, to {}", &line[8..]))?;
                } else {
                    mail.to.push(bracketed(&line[8..]));
                    say("250 ok")?;
                }
            } else if upper == "DATA" {
                say("354 go on")?;
                mail.data = read_data(&mut reader)?;
                if mood == Mood::Forgetful {
                    return None;
                }
                self.keep(mail.clone());
                say("250 kept")?;
            } else if upper == "QUIT" {
                say("221 bye")?;
                return None;
            } else {
                say("250 ok")?;
            }
        }
    }

    fn keep(&self, mail: Mail) {
        self.inner.mails.lock().unwrap().push(mail);
        self.inner.came.notify_all();
    }
}

fn bracketed(path: &str) -> String {
    let end = path.find('>').expect("a path has brackets");
    path[path.find('<').unwrap() + 1..end].to_owned()
}

/// One line, which must end in CR LF and have no other CR or LF in it (F21).
fn read_line(reader: &mut impl BufRead) -> Option<String> {
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line).ok()?;
    if line.is_empty() {
        return None;
    }
    let text = String::from_utf8(line).expect("SMTP is text");
    let bare = text.strip_suffix("\r\n").expect("every line ends in CR LF");
    assert!(!bare.contains(['\r', '\n', '\0']), "bare CR, LF or NUL in {bare:?}");
    Some(bare.to_owned())
}

fn read_data(reader: &mut impl BufRead) -> Option<String> {
    let mut data = String::new();
    loop {
        let line = read_line(reader)?;
        if line == "." {
            return Some(data);
        }
        assert!(line.len() <= 998, "a line of {} octets (RFC 5322 2.1.1)", line.len());
        data.push_str(line.strip_prefix('.').unwrap_or(&line));
        data.push_str("\r\n");
    }
}

/// A mail taken apart as RFC 5322 and 2045 say.
pub(crate) struct Parsed {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) text: String,
    pub(crate) html: String,
}

impl Mail {
    pub(crate) fn parsed(&self) -> Parsed {
        let (headers, body) = split(&self.data);
        let kind = value(&headers, "Content-Type");
        assert!(kind.starts_with("multipart/alternative"), "{kind}");
        let boundary = kind.split("boundary=\"").nth(1).unwrap().split('"').next().unwrap();
        let parts: Vec<&str> = body.split(&format!("--{boundary}")).collect();
        assert_eq!(parts.len(), 4, "two parts");
        let (first, second) = (part(parts[1]), part(parts[2]));
        assert!(first.0.starts_with("text/plain"), "plain text comes first (R69)");
        assert!(second.0.starts_with("text/html"));
        Parsed { headers, text: first.1, html: second.1 }
    }
}

impl Parsed {
    pub(crate) fn header(&self, name: &str) -> String {
        value(&self.headers, name)
    }
}

fn value(headers: &[(String, String)], name: &str) -> String {
    let found: Vec<_> = headers.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name)).collect();
    assert_eq!(found.len(), 1, "exactly one {name}");
    found[0].1.clone()
}

fn split(text: &str) -> (Vec<(String, String)>, &str) {
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let headers = unfolded.split("\r\n").map(|line| {
        let (name, value) = line.split_once(": ").unwrap_or_else(|| panic!("not a header: {line:?}"));
        (name.to_owned(), value.to_owned())
    });
    (headers.collect(), body)
}

fn part(text: &str) -> (String, String) {
    let (headers, body) = split(text.strip_prefix("\r\n").unwrap());
    let body = match value(&headers, "Content-Transfer-Encoding").as_str() {
        "quoted-printable" => quoted_printable(body),
        "base64" => {
            let plain: String = body.chars().filter(|c| !c.is_whitespace()).collect();
            String::from_utf8(data_encoding::BASE64.decode(plain.as_bytes()).unwrap()).unwrap()
        }
        _ => body.to_owned(),
    };
    (value(&headers, "Content-Type"), body)
}

fn quoted_printable(body: &str) -> String {
    let joined = body.replace("=\r\n", "");
    let mut out = Vec::new();
    let mut octets = joined.bytes();
    while let Some(octet) = octets.next() {
        if octet == b'=' {
            let hex = [octets.next().unwrap(), octets.next().unwrap()];
            out.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
        } else {
            out.push(octet);
        }
    }
    String::from_utf8(out).unwrap()
}
