//! A submission server on loopback that speaks TLS from the first octet and does what a test says.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A mail as it stood on the wire, and how its sender logged in.
#[derive(Debug)]
pub(crate) struct Mail {
    pub(crate) login: String,
    pub(crate) recipients: Vec<String>,
    pub(crate) octets: String,
}

impl Mail {
    /// The code is the last line (F16).
    pub(crate) fn code(&self) -> String {
        let body = self.octets.replace("=\r\n", "");
        body.trim_end().trim_end_matches('.').trim_end().lines().next_back().unwrap().trim().to_owned()
    }
}

/// A server that runs until the test ends.
pub(crate) struct MailServer {
    pub(crate) port: u16,
    pub(crate) roots: String,
    mails: mpsc::Receiver<Mail>,
}

impl MailServer {
    /// Answers `RCPT TO` with this.
    pub(crate) fn start(rcpt: &'static str) -> Self {
        let (config, roots) = identity();
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = socket.local_addr().unwrap().port();
        let (out, mails) = mpsc::channel();
        std::thread::spawn(move || {
            for stream in socket.incoming() {
                let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
                let mut stream = BufReader::new(StreamOwned::new(connection, stream.unwrap()));
                // The other side may go at any time.
                if let Ok(Some(mail)) = serve(&mut stream, rcpt)
                    && out.send(mail).is_err()
                {
                    return;
                }
            }
        });
        Self { port, roots, mails }
    }

    pub(crate) fn mail(&self) -> Mail {
        self.mails.recv_timeout(Duration::from_secs(30)).expect("no mail came")
    }

    pub(crate) fn has_none(&self) -> bool {
        self.mails.try_recv().is_err()
    }
}

fn identity() -> (Arc<ServerConfig>, String) {
    let authority_key = KeyPair::generate().unwrap();
    let mut authority = CertificateParams::new(Vec::<String>::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let roots = authority.self_signed(&authority_key).unwrap().pem();
    let authority = Issuer::new(authority, authority_key);
    let key = KeyPair::generate().unwrap();
    let leaf = CertificateParams::new(["localhost".to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], key)
        .unwrap();
    (Arc::new(config), roots)
}

type Stream = BufReader<StreamOwned<ServerConnection, std::net::TcpStream>>;

fn serve(stream: &mut Stream, rcpt: &str) -> std::io::Result<Option<Mail>> {
    let mut mail = Mail { login: String::new(), recipients: Vec::new(), octets: String::new() };
    say(stream, "220 mail.example ESMTP")?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        match line.split([' ', ':', '\r']).next().unwrap().to_ascii_uppercase().as_str() {
            "EHLO" => say(stream, "250-mail.example\r\n250 AUTH PLAIN LOGIN XOAUTH2")?,
            "AUTH" => {
                mail.login = line.trim_end().to_owned();
                say(stream, "235 2.7.0 in")?;
            }
            "MAIL" => say(stream, "250 2.1.0 ok")?,
            "RCPT" => {
                mail.recipients.push(line.trim_end().to_owned());
                say(stream, rcpt)?;
            }
            "DATA" => {
                say(stream, "354 go on")?;
                while !mail.octets.ends_with("\r\n.\r\n") {
                    if stream.read_line(&mut mail.octets)? == 0 {
                        return Ok(None);
                    }
                }
                say(stream, "250 2.0.0 queued")?;
                return Ok(Some(mail));
            }
            "QUIT" => say(stream, "221 bye")?,
            _ => say(stream, "250 ok")?,
        }
    }
}

fn say(stream: &mut Stream, text: &str) -> std::io::Result<()> {
    let stream = stream.get_mut();
    stream.write_all(format!("{text}\r\n").as_bytes()).and_then(|()| stream.flush())
}
