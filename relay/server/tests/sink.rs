//! A mailbox: a small SMTP server that reads strictly, speaks TLS, and can be made to misbehave.

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{BufRead, BufReader, Read, Write};
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
    /// Somebody on the way removes STARTTLS from what the server offers, and leaves the log-in.
    Stripped,
    /// Offers STARTTLS and answers it with this.
    RefusingTls(u16),
    /// Somebody on the way appends answers of his own to the last one in clear.
    Injected,
}

/// How one gets in.
#[derive(Clone)]
pub(crate) enum Door {
    Plain,
    /// TLS from the first octet.
    Implicit(Arc<ServerConfig>),
    /// TLS when the other side asks for it.
    Starttls(Arc<ServerConfig>),
}

/// One line of the other side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Heard {
    pub(crate) in_clear: bool,
    pub(crate) verb: String,
}

struct Inner {
    door: Door,
    mails: Mutex<Vec<Mail>>,
    heard: Mutex<Vec<Heard>>,
    connections: Mutex<usize>,
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
        Self::behind(Door::Plain)
    }

    pub(crate) fn behind(door: Door) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let inner = Arc::new(Inner {
            door,
            mails: Mutex::default(),
            heard: Mutex::default(),
            connections: Mutex::default(),
            came: Condvar::new(),
            mood: Mutex::new(Mood::Willing),
            tries: Mutex::default(),
        });
        let sink = Self { inner, address };
        let serving = sink.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let serving = serving.clone();
                *serving.inner.connections.lock().unwrap() += 1;
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

    /// How often somebody connected.
    pub(crate) fn connections(&self) -> usize {
        *self.inner.connections.lock().unwrap()
    }

    /// First words of all that was said to the server, message texts left out.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.inner.heard.lock().unwrap().clone()
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
        let mut line = match &self.inner.door {
            Door::Plain | Door::Starttls(_) => Line::plain(stream),
            Door::Implicit(config) => Line::encrypted(stream, config),
        };
        line.say("220 sink ready")?;
        let mut mail = Mail { from: String::new(), to: Vec::new(), data: String::new() };
        loop {
            let command = read_line(&mut line.wire)?;
            let mood = *self.inner.mood.lock().unwrap();
            if mood == Mood::Silent {
                thread::sleep(Duration::from_secs(20));
                return None;
            }
            let upper = command.to_ascii_uppercase();
            let verb = upper.split(' ').next().unwrap_or_default().to_owned();
            self.inner.heard.lock().unwrap().push(Heard { in_clear: line.in_clear, verb: verb.clone() });
            match (verb.as_str(), mood) {
                ("EHLO", _) => line.say(self.offer(line.in_clear, mood))?,
                ("STARTTLS", Mood::RefusingTls(code)) => line.say(&format!("{code} not now"))?,
                ("STARTTLS", Mood::Injected) => {
                    let forged = "250-sink\r\n250 AUTH PLAIN LOGIN\r\n235 welcome\r\n550 no such mailbox";
                    line = self.upgraded(line, stream, &format!("220 go ahead\r\n{forged}"))?;
                }
                ("STARTTLS", _) => line = self.upgraded(line, stream, "220 go ahead")?,
                ("AUTH", _) => line.say("235 welcome")?,
                ("MAIL", _) => {
                    mail = Mail { from: bracketed(&command), to: Vec::new(), data: String::new() };
                    line.say("250 ok")?;
                }
                ("RCPT", _) => {
                    *self.inner.tries.lock().unwrap() += 1;
                    if let Mood::Refusing(code) = mood {
                        line.say(&format!("{code} no, says the sink, to {}", &command[8..]))?;
                    } else {
                        mail.to.push(bracketed(&command));
                        line.say("250 ok")?;
                    }
                }
                ("DATA", _) => {
                    line.say("354 go on")?;
                    mail.data = read_data(&mut line.wire)?;
                    if mood == Mood::Forgetful {
                        return None;
                    }
                    self.keep(mail.clone());
                    line.say("250 kept")?;
                }
                ("QUIT", _) => {
                    line.say("221 bye")?;
                    return None;
                }
                _ => line.say("250 ok")?,
            }
        }
    }

    fn offer(&self, in_clear: bool, mood: Mood) -> &'static str {
        match &self.inner.door {
            Door::Plain => "250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8",
            Door::Starttls(_) if in_clear && mood != Mood::Stripped => {
                "250-sink\r\n250-STARTTLS\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME"
            }
            Door::Starttls(_) | Door::Implicit(_) => "250-sink\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME",
        }
    }

    fn upgraded(&self, mut line: Line, stream: &TcpStream, answer: &str) -> Option<Line> {
        let Door::Starttls(config) = &self.inner.door else { panic!("nobody was offered STARTTLS") };
        line.say(answer)?;
        Some(Line::encrypted(stream, config))
    }

    fn keep(&self, mail: Mail) {
        self.inner.mails.lock().unwrap().push(mail);
        self.inner.came.notify_all();
    }
}

trait Wire: Read + Write {}

impl<T: Read + Write> Wire for T {}

/// The line to the other side.
struct Line {
    wire: BufReader<Box<dyn Wire>>,
    in_clear: bool,
}

impl Line {
    fn plain(stream: &TcpStream) -> Self {
        Self { wire: BufReader::new(Box::new(stream.try_clone().unwrap())), in_clear: true }
    }

    fn encrypted(stream: &TcpStream, config: &Arc<ServerConfig>) -> Self {
        let connection = ServerConnection::new(Arc::clone(config)).unwrap();
        let wire = StreamOwned::new(connection, stream.try_clone().unwrap());
        Self { wire: BufReader::new(Box::new(wire)), in_clear: false }
    }

    fn say(&mut self, text: &str) -> Option<()> {
        let wire = self.wire.get_mut();
        wire.write_all(format!("{text}\r\n").as_bytes()).and_then(|()| wire.flush()).ok()
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
