//! A mail server that does what a test says: on a thread of its own, at the other end of a socket pair.

use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// The name in the settings of every test.
pub(crate) const HOST: &str = "mail.example";

/// A certificate chain, its key, and the authority in PEM.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) roots: String,
    pub(crate) config: Arc<ServerConfig>,
}

/// First and last year of validity, as year, month, day.
pub(crate) type Day = (i32, u8, u8);

/// How a chain is made.
#[derive(Clone, Copy)]
pub(crate) struct Chain {
    pub(crate) name: &'static str,
    pub(crate) from: Day,
    pub(crate) to: Day,
    /// Of the certificate between the authority and the server.
    pub(crate) middle_from: Day,
}

pub(crate) const GOOD: Chain = Chain { name: HOST, from: (2025, 1, 1), to: (2036, 1, 1), middle_from: (2024, 1, 1) };

impl Identity {
    pub(crate) fn of(chain: Chain) -> Identity {
        let authority_key = KeyPair::generate().unwrap();
        let mut authority = authority_params("Test authority");
        (authority.not_before, authority.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2060, 1, 1));
        let roots = authority.self_signed(&authority_key).unwrap().pem();
        let authority = Issuer::new(authority, authority_key);
        let middle_key = KeyPair::generate().unwrap();
        let mut middle = authority_params("Test middle");
        (middle.not_before, middle.not_after) =
            (date_time_ymd(chain.middle_from.0, chain.middle_from.1, chain.middle_from.2), date_time_ymd(2050, 1, 1));
        let middle_der = middle.signed_by(&middle_key, &authority).unwrap().der().clone();
        let middle = Issuer::new(middle, middle_key);
        let key = KeyPair::generate().unwrap();
        let mut leaf = CertificateParams::new([chain.name.to_owned()]).unwrap();
        (leaf.not_before, leaf.not_after) = (
            date_time_ymd(chain.from.0, chain.from.1, chain.from.2),
            date_time_ymd(chain.to.0, chain.to.1, chain.to.2),
        );
        let leaf = leaf.signed_by(&key, &middle).unwrap().der().clone();
        Identity { roots, config: server_config(vec![leaf, middle_der], &key) }
    }

    /// Vouches for itself; the settings name another authority.
    pub(crate) fn self_signed() -> Identity {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new([HOST.to_owned()]).unwrap().self_signed(&key).unwrap();
        Identity { roots: Identity::of(GOOD).roots, config: server_config(vec![certificate.der().clone()], &key) }
    }
}

fn authority_params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(rcgen::DnType::CommonName, name);
    params
}

fn server_config(chain: Vec<CertificateDer<'static>>, key: &KeyPair) -> Arc<ServerConfig> {
    let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    Arc::new(config)
}

/// What a server heard: command lines as they came, and the mail as it stood on the wire.
#[derive(Debug, Default, Clone)]
pub(crate) struct Heard {
    pub(crate) clear: Vec<String>,
    pub(crate) secure: Vec<String>,
    pub(crate) mail: Vec<u8>,
}

/// The other end is gone.
#[derive(Debug)]
pub(crate) struct Gone;

pub(crate) type Script = Box<dyn FnOnce(&mut Server) -> Result<(), Gone> + Send>;

pub(crate) struct Server {
    line: Channel,
    identity: Identity,
    silent: Arc<AtomicBool>,
    pub(crate) heard: Heard,
}

enum Channel {
    Clear(UnixStream),
    Secure(Box<StreamOwned<ServerConnection, UnixStream>>),
    Broken,
}

/// A running server.
pub(crate) struct Running {
    pub(crate) silent: Arc<AtomicBool>,
    thread: JoinHandle<Heard>,
}

impl Running {
    pub(crate) fn heard(self) -> Heard {
        self.thread.join().unwrap()
    }
}

/// Starts a server that follows the script and then hangs up.
pub(crate) fn serve(socket: UnixStream, identity: Identity, script: Script) -> Running {
    let silent = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&silent);
    let thread = std::thread::spawn(move || {
        let mut server = Server { line: Channel::Clear(socket), identity, silent: flag, heard: Heard::default() };
        let _ = script(&mut server);
        server.hang_up();
        server.heard
    });
    Running { silent, thread }
}

impl Server {
    pub(crate) fn say(&mut self, text: &str) -> Result<(), Gone> {
        self.say_octets(text.as_bytes())
    }

    pub(crate) fn say_octets(&mut self, octets: &[u8]) -> Result<(), Gone> {
        let said = match &mut self.line {
            Channel::Clear(socket) => socket.write_all(octets),
            Channel::Secure(stream) => stream.write_all(octets).and_then(|()| stream.flush()),
            Channel::Broken => return Err(Gone),
        };
        said.map_err(|_| Gone)
    }

    fn octet(&mut self) -> Result<u8, Gone> {
        let mut octet = [0];
        let read = match &mut self.line {
            Channel::Clear(socket) => socket.read_exact(&mut octet),
            Channel::Secure(stream) => stream.read_exact(&mut octet),
            Channel::Broken => return Err(Gone),
        };
        read.map(|()| octet[0]).map_err(|_| Gone)
    }

    /// One command line, which must end with CRLF and hold no other line end.
    pub(crate) fn hear(&mut self) -> Result<String, Gone> {
        let mut line = Vec::new();
        while !line.ends_with(b"\n") {
            line.push(self.octet()?);
        }
        let text = String::from_utf8(line).unwrap();
        let command = text.strip_suffix("\r\n").expect("a command ends with CRLF").to_owned();
        assert!(!command.contains(['\r', '\0']), "{command:?}");
        match &self.line {
            Channel::Clear(_) => self.heard.clear.push(command.clone()),
            Channel::Secure(_) | Channel::Broken => self.heard.secure.push(command.clone()),
        }
        Ok(command)
    }

    /// Hears a command that begins with this, and answers.
    pub(crate) fn answer(&mut self, expected: &str, with: &str) -> Result<String, Gone> {
        let command = self.hear()?;
        assert!(command.starts_with(expected), "{expected} expected, not {command:?}");
        self.say(with)?;
        Ok(command)
    }

    /// Greets in clear, offers STARTTLS and begins TLS.
    pub(crate) fn starttls(&mut self) -> Result<(), Gone> {
        self.say("220 mail.example ESMTP\r\n")?;
        self.answer("EHLO ", "250-mail.example\r\n250-PIPELINING\r\n250 STARTTLS\r\n")?;
        self.answer("STARTTLS", "220 go on\r\n")?;
        self.tls()
    }

    pub(crate) fn tls(&mut self) -> Result<(), Gone> {
        let Channel::Clear(socket) = std::mem::replace(&mut self.line, Channel::Broken) else { return Err(Gone) };
        let connection = ServerConnection::new(Arc::clone(&self.identity.config)).unwrap();
        let mut stream = StreamOwned::new(connection, socket);
        let shaken = stream.conn.complete_io(&mut stream.sock);
        self.line = Channel::Secure(Box::new(stream));
        shaken.map(drop).map_err(|_| Gone)
    }

    /// EHLO within TLS and a log-in by PLAIN.
    pub(crate) fn let_in(&mut self) -> Result<(), Gone> {
        self.answer("EHLO ", "250-mail.example\r\n250 AUTH PLAIN LOGIN XOAUTH2\r\n")?;
        self.answer("AUTH PLAIN ", "235 2.7.0 in\r\n").map(drop)
    }

    /// Takes a mail; the answers to MAIL, RCPT, DATA and the mail may be others.
    pub(crate) fn take_mail(&mut self) -> Result<(), Gone> {
        self.answer("MAIL FROM:<", "250 2.1.0 ok\r\n")?;
        self.answer("RCPT TO:<", "250 2.1.5 ok\r\n")?;
        self.answer("DATA", "354 go on\r\n")?;
        self.hear_mail()?;
        self.say("250 2.0.0 queued\r\n")?;
        let bye = self.hear();
        assert!(bye.is_err() || bye.is_ok_and(|bye| bye == "QUIT"), "nothing but QUIT after the mail");
        Ok(())
    }

    pub(crate) fn hear_mail(&mut self) -> Result<(), Gone> {
        while !self.heard.mail.ends_with(b"\r\n.\r\n") {
            let octet = self.octet()?;
            self.heard.mail.push(octet);
        }
        Ok(())
    }

    /// Says nothing from now on and stays connected until the other side goes. Time goes on for the method.
    pub(crate) fn fall_silent(&mut self) -> Result<(), Gone> {
        self.silent.store(true, Ordering::SeqCst);
        loop {
            self.octet()?;
        }
    }

    /// From now on the method's time goes on whenever there is nothing to read.
    pub(crate) fn time_goes_on(&mut self) {
        self.silent.store(true, Ordering::SeqCst);
    }

    /// One octet, and then the method's time goes on.
    pub(crate) fn drip(&mut self, octet: u8) -> Result<(), Gone> {
        self.say_octets(&[octet])?;
        self.silent.store(true, Ordering::SeqCst);
        Ok(())
    }

    fn hang_up(&mut self) {
        match &mut self.line {
            Channel::Clear(socket) => drop(socket.shutdown(Shutdown::Both)),
            Channel::Secure(stream) => {
                stream.conn.send_close_notify();
                let _ = stream.conn.complete_io(&mut stream.sock);
                drop(stream.sock.shutdown(Shutdown::Both));
            }
            Channel::Broken => {}
        }
    }
}
