//! Mail servers for the device's own mail: a real Postfix with TLS, log-in and one mailbox, one that hides TLS, and one that
//! never says a word. All on loopback, on ports that nobody has; a Postfix has its own folder and is ended by its
//! process group.

use std::fs;
use std::hash::{BuildHasher as _, RandomState};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::process::until;

/// The only user that may submit.
pub const USER: &str = "recorder@mail.example";
/// His password.
pub const PASSWORD: &str = "wonderland";
/// The only mailbox behind it.
pub const MAILBOX: &str = "owner@home.example";
/// The name of its certificate, which loopback answers to.
pub const HOST: &str = "localhost";

const DAEMONS: &str = "/usr/lib/postfix/sbin";
const PATIENCE: Duration = Duration::from_secs(30);

/// A Postfix of its own. Needs root, as Postfix does, and the Debian packages of `tests/run`.
pub struct Postfix {
    folder: tempfile::TempDir,
    process: Child,
    /// Where mail is submitted with STARTTLS.
    pub starttls: u16,
    /// Where mail is submitted with TLS from the first octet.
    pub implicit: u16,
}

impl Postfix {
    /// Starts it and waits until it listens.
    ///
    /// # Panics
    /// When it does not come up; what it logged is in the message.
    pub fn start() -> Postfix {
        let folder = tempfile::Builder::new().prefix("postfix-").tempdir().expect("a temporary folder");
        let at = folder.path();
        fs::set_permissions(at, fs::Permissions::from_mode(0o755)).expect("its daemons may enter");
        let (starttls, implicit) = (free_port(), free_port());
        for queue in QUEUES {
            fs::create_dir_all(at.join("spool").join(queue)).expect("a queue");
        }
        for folder in ["data", "mail", "sasl"] {
            fs::create_dir_all(at.join(folder)).expect("a folder");
        }
        certify(at);
        fs::write(at.join("main.cf"), main_cf(at)).expect("main.cf");
        fs::write(at.join("master.cf"), master_cf(starttls, implicit)).expect("master.cf");
        fs::write(at.join("sasl/smtpd.conf"), sasl_conf(at)).expect("smtpd.conf");
        let mut user = Command::new("saslpasswd2");
        user.args(["-c", "-p", "-u", "mail.example", "-f"]).arg(at.join("sasl/db")).arg("recorder");
        run_with(&mut user, PASSWORD);
        let owned = ["spool", "data", "mail", "sasl"].map(|folder| at.join(folder));
        run_with(Command::new("chown").args(["-R", "postfix"]).args(owned), "");
        run_with(Command::new("chown").arg("root").arg(at.join("spool")).arg(at.join("spool/pid")), "");
        let mut master = Command::new(Path::new(DAEMONS).join("master"));
        master.arg("-c").arg(at).arg("-d").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // A group of its own: its daemons end with it, and nobody else's.
        let process = master.process_group(0).spawn().expect("Postfix is installed (tests/run installs it)");
        let postfix = Postfix { folder, process, starttls, implicit };
        let up = until(PATIENCE, || {
            [starttls, implicit].iter().all(|port| TcpStream::connect(("127.0.0.1", *port)).is_ok()).then_some(())
        });
        assert!(up.is_some(), "Postfix does not listen: {}", postfix.log());
        postfix
    }

    /// The authority that vouches for it, in PEM.
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// What Postfix wrote into its log.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Takes the next mail out of the owner's mailbox, as it was stored.
    ///
    /// # Panics
    /// When none comes.
    pub fn take_mail(&self) -> String {
        let new = self.folder.path().join("mail/owner/new");
        let mail = until(PATIENCE, || fs::read_dir(&new).ok()?.next()?.ok());
        let mail = mail.unwrap_or_else(|| panic!("no mail came: {}", self.log()));
        let text = fs::read_to_string(mail.path()).expect("a mail is text");
        fs::remove_file(mail.path()).expect("a mail can be taken out");
        text
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        // Its own group only, by its number; killing the child reaps the leader.
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-TERM", "--", &group]).stderr(Stdio::null()).status();
        let _ = until(Duration::from_secs(5), || self.process.try_wait().ok().flatten());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.process.wait();
    }
}

const QUEUES: [&str; 14] = [
    "active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private", "maildrop", "public",
    "pid", "saved", "trace",
];

fn main_cf(at: &Path) -> String {
    let at = at.display();
    let owner = user_id("postfix");
    format!(
        "compatibility_level = 3.6\nqueue_directory = {at}/spool\ndata_directory = {at}/data\n\
         command_directory = /usr/sbin\ndaemon_directory = {DAEMONS}\nmail_owner = postfix\nsetgid_group = postdrop\n\
         maillog_file = {at}/log\nmaillog_file_prefixes = /\nmyhostname = mail.example\nmydestination =\n\
         mynetworks =\ninet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nalias_maps =\n\
         smtpd_tls_security_level = encrypt\nsmtpd_tls_auth_only = yes\n\
         smtpd_tls_cert_file = {at}/cert.pem\nsmtpd_tls_key_file = {at}/key.pem\n\
         smtpd_sasl_auth_enable = yes\nsmtpd_sasl_type = cyrus\nsmtpd_sasl_path = smtpd\n\
         cyrus_sasl_config_path = {at}/sasl\nsmtpd_sasl_local_domain = mail.example\n\
         smtpd_relay_restrictions = permit_sasl_authenticated, reject\n\
         smtpd_recipient_restrictions = permit_sasl_authenticated, reject\n\
         virtual_mailbox_domains = home.example\nvirtual_mailbox_maps = inline:{{ {MAILBOX}=owner/ }}\n\
         virtual_mailbox_base = {at}/mail\nvirtual_uid_maps = static:{owner}\nvirtual_gid_maps = static:{owner}\n\
         virtual_minimum_uid = 1\n"
    )
}

fn master_cf(starttls: u16, implicit: u16) -> String {
    format!(
        "127.0.0.1:{starttls} inet n - n - - smtpd\n\
         127.0.0.1:{implicit} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes\n\
         cleanup unix n - n - 0 cleanup\nqmgr unix n - n 300 1 qmgr\ntlsmgr unix - - n 1000? 1 tlsmgr\n\
         rewrite unix - - n - - trivial-rewrite\nbounce unix - - n - 0 bounce\ndefer unix - - n - 0 bounce\n\
         proxymap unix - - n - - proxymap\nanvil unix - - n - 1 anvil\nvirtual unix - n n - - virtual\n\
         postlog unix-dgram n - n - 1 postlogd\n"
    )
}

fn sasl_conf(at: &Path) -> String {
    format!(
        "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: {}/sasl/db\n",
        at.display()
    )
}

/// An authority, and a certificate for [`HOST`] under it.
fn certify(at: &Path) {
    let authority_key = rcgen::KeyPair::generate().expect("a key");
    let mut authority = rcgen::CertificateParams::new(Vec::new()).expect("no names");
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    authority.distinguished_name.push(rcgen::DnType::CommonName, "Authority of the stories");
    let vouched = authority.self_signed(&authority_key).expect("an authority");
    fs::write(at.join("ca.pem"), vouched.pem()).expect("ca.pem");
    let authority = rcgen::Issuer::new(authority, authority_key);
    let key = rcgen::KeyPair::generate().expect("a key");
    let server = rcgen::CertificateParams::new([HOST.to_owned()]).expect("a name");
    let server = server.signed_by(&key, &authority).expect("a certificate");
    fs::write(at.join("cert.pem"), server.pem()).expect("cert.pem");
    fs::write(at.join("key.pem"), key.serialize_pem()).expect("key.pem");
    fs::set_permissions(at.join("key.pem"), fs::Permissions::from_mode(0o600)).expect("a key is closed");
}

fn run_with(command: &mut Command, input: &str) {
    let child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let mut child = child.unwrap_or_else(|error| panic!("{command:?}: {error} (tests/run installs it)"));
    writeln!(child.stdin.take().expect("piped"), "{input}").ok();
    let done = child.wait_with_output().expect("it ends");
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
}

fn user_id(name: &str) -> String {
    let said = Command::new("id").args(["-u", name]).output().expect("id runs");
    String::from_utf8_lossy(&said.stdout).trim().to_owned()
}

/// A port for a server that binds it itself a moment later: none that the kernel hands out in the meantime.
fn free_port() -> u16 {
    let start = RandomState::new().hash_one(std::process::id()) % 12_000;
    let mut ports = (0..12_000).map(|step| 20_000 + ((start + step) % 12_000) as u16);
    ports.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).expect("loopback has ports")
}

/// A listener that takes connections and hides TLS, or says nothing at all.
pub struct Impostor {
    /// Where it listens.
    pub port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Impostor {
    /// Offers a log-in in clear and no TLS, as somebody on the way does who takes STARTTLS out.
    pub fn without_tls() -> Impostor {
        Impostor::start(|stream, heard| {
            let mut writer = stream.try_clone().expect("a socket can be doubled");
            let _ = writer.write_all(b"220 localhost ESMTP\r\n");
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                let hello = line.to_ascii_uppercase().starts_with("EHLO");
                heard.lock().expect("nobody panics here").push(line);
                let answer: &[u8] = if hello { b"250-localhost\r\n250 AUTH PLAIN LOGIN\r\n" } else { b"250 ok\r\n" };
                let _ = writer.write_all(answer);
            }
        })
    }

    /// Takes the connection and never says a word.
    pub fn silent() -> Impostor {
        Impostor::start(|mut stream, heard| {
            let mut all = Vec::new();
            let _ = stream.read_to_end(&mut all);
            heard.lock().expect("nobody panics here").push(String::from_utf8_lossy(&all).into_owned());
        })
    }

    fn start(serve: fn(TcpStream, &Mutex<Vec<String>>)) -> Impostor {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has ports");
        let port = listener.local_addr().expect("it is bound").port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&heard);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                serve(stream, &told);
            }
        });
        Impostor { port, heard }
    }

    /// Every line that it was told, in clear.
    ///
    /// # Panics
    /// When its thread panicked.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("nobody panics here").clone()
    }
}
