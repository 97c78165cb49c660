//! A program that talks to the device's local interface over TCP, and a person's bare browser.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;

/// Where a client connects.
#[derive(Clone, Debug)]
pub(crate) enum Way {
    Network(String),
    Console(PathBuf),
    /// Over TLS, to who has the certificate of this fingerprint.
    Encrypted(String, String),
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned()).next_back()
    }
}

impl Way {
    /// One request on a connection of its own.
    pub(crate) fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.try_send(method, path, headers, body).unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    pub(crate) fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> std::io::Result<Answer> {
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: recorder\r\nConnection: close\r\nContent-Length: {}\r\n",
            body.len()
        );
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        request.push_str(body);
        match self {
            Self::Network(address) => {
                let stream = TcpStream::connect(address)?;
                stream.set_read_timeout(Some(Duration::from_secs(40)))?;
                exchange(stream, &request)
            }
            Self::Console(path) => exchange(UnixStream::connect(path)?, &request),
            Self::Encrypted(address, fingerprint) => exchange(super::pinned::connect(address, fingerprint)?, &request),
        }
    }

    pub(crate) fn post(&self, path: &str, token: Option<&str>, body: &Value) -> Answer {
        let bearer = format!("Bearer {}", token.unwrap_or_default());
        let mut headers = vec![("Content-Type", "application/json")];
        if token.is_some() {
            headers.push(("Authorization", &bearer));
        }
        self.send("POST", path, &headers, &body.to_string())
    }

    pub(crate) fn get(&self, path: &str, token: Option<&str>) -> Answer {
        let bearer = format!("Bearer {}", token.unwrap_or_default());
        let headers = [("Authorization", bearer.as_str())];
        self.send("GET", path, if token.is_some() { &headers } else { &[] }, "")
    }
}

fn exchange(mut stream: impl Read + Write, request: &str) -> std::io::Result<Answer> {
    stream.write_all(request.as_bytes())?;
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line == "\r\n" {
            break;
        }
        head.push_str(line.trim_end());
        head.push('\n');
    }
    let mut body = Vec::new();
    reader.read_to_end(&mut body)?;
    let status =
        head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or(std::io::ErrorKind::UnexpectedEof)?;
    let mut answer = Answer { status, head, body: String::from_utf8_lossy(&body).into_owned() };
    if answer.header("transfer-encoding").is_some() {
        answer.body = unchunk(&answer.body);
    }
    Ok(answer)
}

fn unchunk(body: &str) -> String {
    let mut rest = body;
    let mut whole = String::new();
    while let Some((length, after)) = rest.split_once("\r\n") {
        let length = usize::from_str_radix(length.trim(), 16).unwrap_or(0);
        if length == 0 {
            break;
        }
        whole.push_str(&after[..length]);
        rest = &after[length + 2..];
    }
    whole
}

/// A person's browser: cookies, and forms as they stand on the page.
pub(crate) struct Browser {
    pub(crate) way: Way,
    cookies: Vec<(String, String)>,
    csrf: String,
}

impl Browser {
    pub(crate) fn at(way: &Way) -> Self {
        Self { way: way.clone(), cookies: Vec::new(), csrf: String::new() }
    }

    /// Opens a page, following where it leads.
    pub(crate) fn open(&mut self, path: &str) -> Answer {
        let cookies = self.cookie_line();
        let answer = self.way.send("GET", path, &[("Cookie", &cookies)], "");
        self.take(answer)
    }

    /// Sends a form of the page that is open.
    pub(crate) fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let (cookies, csrf) = (self.cookie_line(), self.csrf.clone());
        let fields: Vec<_> = fields.iter().copied().chain([("csrf", csrf.as_str())]).collect();
        let body = fields.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect::<Vec<_>>().join("&");
        let headers = [
            ("Cookie", cookies.as_str()),
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Sec-Fetch-Site", "same-origin"),
        ];
        let answer = self.way.send("POST", path, &headers, &body);
        self.take(answer)
    }

    fn take(&mut self, answer: Answer) -> Answer {
        for line in answer.head.lines().filter_map(|line| line.strip_prefix("set-cookie: ")) {
            let (name, value) = line.split(';').next().and_then(|pair| pair.split_once('=')).unwrap();
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        if let Some(csrf) = between(&answer.body, "name=\"csrf\" value=\"", "\"") {
            self.csrf = csrf;
        }
        match answer.header("location") {
            Some(location) => self.open(&location),
            None => answer,
        }
    }

    fn cookie_line(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }
}

/// What stands between two marks.
pub(crate) fn between(text: &str, before: &str, after: &str) -> Option<String> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after)?.0.to_owned())
}

fn escape(text: &str) -> String {
    text.bytes()
        .map(
            |octet| if octet.is_ascii_alphanumeric() { char::from(octet).to_string() } else { format!("%{octet:02X}") },
        )
        .collect()
}
