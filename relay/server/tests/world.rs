//! A relay with brands, devices and a mailbox, in a folder of its own.

use crate::sink::Sink;
use resetkit_protocol::{
    Address, BrandId, CodeOctets, CodeStyle, Contents, DeviceSecret, DeviceStatus, FeedRow, Form, Handle, Header,
    KeyId, LabelTail, Lane, Locale, Nickname, Problem, Purpose, RelayPublic, ScanAnswer, SealSeed, Suite, seal,
    to_text,
};
use resetkit_relay::clock::{Clock, UnixTime};
use resetkit_relay::serve::{self, Running};
use resetkit_relay::settings::Settings;
use resetkit_relay::store::{SqliteStore, Store};
use resetkit_relay::{feed, keys};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// The time of a story, moved by hand.
#[derive(Clone)]
pub(crate) struct HandClock(Arc<AtomicI64>);

impl HandClock {
    pub(crate) fn forward(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> UnixTime {
        UnixTime(self.0.load(Ordering::SeqCst))
    }
}

pub(crate) const HOUR: i64 = 3600;

/// A device in somebody's hands.
pub(crate) struct Device {
    pub(crate) secret: DeviceSecret,
    pub(crate) row: FeedRow,
    pub(crate) relay: RelayPublic,
    pub(crate) key_id: u8,
}

impl Device {
    pub(crate) fn new(number: u8, brand: &str, relay: RelayPublic) -> Self {
        let secret = DeviceSecret::from_octets([number; 32]);
        let row = FeedRow {
            handle: Handle::new([number; 8]),
            public_key: secret.public(),
            brand: BrandId::parse(brand).unwrap(),
            model: "NVR-4".into(),
            label: LabelTail::parse("7K2M").unwrap(),
            status: DeviceStatus::Active,
            epoch: 1,
            nickname: Some(Nickname::parse("Front door").unwrap()),
        };
        Self { secret, row, relay, key_id: 1 }
    }

    /// A request; change it, then take its payload.
    pub(crate) fn asks(&self, counter: u32) -> Request<'_> {
        Request {
            device: self,
            header: Header {
                purpose: Purpose::Reset,
                lane: Lane::Console,
                suite: Suite::X25519ChaCha,
                key_id: KeyId::new(self.key_id).unwrap(),
                handle: self.row.handle,
                counter,
            },
            address: Some("owner@example.org".into()),
            locale: "en",
            code: [0x12, 0x34, 0x56, 0x78, 0x9a],
            style: CodeStyle::Letters,
        }
    }
}

#[derive(Clone)]
pub(crate) struct Request<'a> {
    device: &'a Device,
    pub(crate) header: Header,
    address: Option<String>,
    locale: &'static str,
    code: [u8; 5],
    style: CodeStyle,
}

impl Request<'_> {
    pub(crate) fn lane(mut self, lane: Lane) -> Self {
        self.header.lane = lane;
        self
    }

    pub(crate) fn purpose(mut self, purpose: Purpose) -> Self {
        self.header.purpose = purpose;
        self
    }

    pub(crate) fn to(mut self, address: Option<&str>) -> Self {
        self.address = address.map(Into::into);
        self
    }

    pub(crate) fn in_language(mut self, locale: &'static str) -> Self {
        self.locale = locale;
        self
    }

    pub(crate) fn code(mut self, code: [u8; 5], style: CodeStyle) -> Self {
        (self.code, self.style) = (code, style);
        self
    }

    pub(crate) fn spoken(&self) -> String {
        CodeOctets::new(self.code).spoken(self.style).to_string()
    }

    pub(crate) fn octets(&self) -> Vec<u8> {
        let address = self.address.as_deref().map(|address| Address::parse(address).unwrap());
        let form = address.as_ref().map_or(Form::AddressAtRelay, |a| Form::for_address(a.octets()).unwrap());
        let contents = Contents {
            code: CodeOctets::new(self.code),
            style: self.style,
            locale: Locale::parse(self.locale).unwrap(),
            address,
        };
        let device = self.device;
        seal(&device.secret, &device.relay, &device.row.brand, self.header, form, &contents, SealSeed::new([9; 32]))
            .unwrap()
    }

    pub(crate) fn payload(&self) -> String {
        to_text(&self.octets())
    }
}

/// Folder, keys, settings, mailbox.
pub(crate) struct World {
    pub(crate) folder: TempDir,
    pub(crate) sink: Sink,
    pub(crate) clock: HandClock,
    pub(crate) relay_key: RelayPublic,
    pub(crate) signer: minisign::KeyPair,
    runtime: Runtime,
    running: Option<Running>,
    pub(crate) address: SocketAddr,
    pub(crate) quotas: String,
    pub(crate) smtp: String,
}

impl World {
    /// Everything but the relay itself.
    pub(crate) fn prepared() -> Self {
        let folder = TempDir::new().unwrap();
        let signer = minisign::KeyPair::generate_unencrypted_keypair().unwrap();
        let key_dir = folder.path().join("keys");
        let brand = BrandId::parse("plain").unwrap();
        let (_, relay_key) = keys::new_key(&key_dir, &brand, KeyId::new(1).unwrap()).unwrap();
        let world = Self {
            folder,
            sink: Sink::start(),
            clock: HandClock(Arc::new(AtomicI64::new(1_800_000_000))),
            relay_key,
            signer,
            runtime: Runtime::new().unwrap(),
            running: None,
            address: "127.0.0.1:0".parse().unwrap(),
            quotas: String::new(),
            smtp: "retry_seconds = [1]\ntimeout_seconds = 2".into(),
        };
        world.write_brand("plain", "Plain", &world.relay_key, 1);
        world.write_settings(&["plain"], "");
        world
    }

    /// A relay that serves one brand without limits on network addresses.
    pub(crate) fn new() -> Self {
        let mut world = Self::prepared();
        world.start();
        world
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn signer_public(&self) -> String {
        self.signer.pk.to_base64()
    }

    pub(crate) fn sign(&self, path: &Path) {
        let data = std::fs::read(path).unwrap();
        let signature = minisign::sign(None, &self.signer.sk, data.as_slice(), None, None).unwrap();
        std::fs::write(format!("{}.minisig", path.display()), signature.into_string()).unwrap();
    }

    pub(crate) fn write_brand(&self, id: &str, name: &str, key: &RelayPublic, key_id: u8) {
        let folder = self.path(id);
        std::fs::create_dir_all(&folder).unwrap();
        let plain = include_str!("../../../config/brands/plain/brand.toml");
        let lines = plain.lines().map(|line| match line.split(" = ").next().unwrap() {
            "id" => format!("id = \"{id}\""),
            "name" => format!("name = \"{name}\""),
            "relay_public_key" => format!("relay_public_key = \"{key}\""),
            "relay_key_id" => format!("relay_key_id = {key_id}"),
            _ => line.to_owned(),
        });
        let path = folder.join("brand.toml");
        std::fs::write(&path, lines.collect::<Vec<_>>().join("\n")).unwrap();
        self.sign(&path);
    }

    /// Alters a brand pack and signs it again.
    pub(crate) fn change_brand(&self, id: &str, change: impl Fn(&str) -> String) {
        let path = self.path(id).join("brand.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, change(&text)).unwrap();
        self.sign(&path);
    }

    pub(crate) fn write_settings(&self, brands: &[&str], more: &str) {
        let text = format!(
            "listen = \"{}\"\nallow_plain_loopback = true\npublic_url = \"http://127.0.0.1:4711\"\nbrands = {brands:?}\n\
             brand_keys = [\"{key}\"]\nfeed_keys = [\"{key}\"]\n{more}\n\
             [smtp]\nhost = \"127.0.0.1\"\nport = {}\nsecurity = \"none-loopback-only\"\nfrom = \"reset@plain.example\"\n{}\n\
             [quotas]\nper_ip_minute = 0\n{}\n",
            self.address,
            self.sink.address.port(),
            self.smtp,
            self.quotas,
            key = self.signer_public(),
        );
        std::fs::write(self.path("relay.toml"), text).unwrap();
    }

    pub(crate) fn settings(&self) -> Settings {
        Settings::load(&self.path("relay.toml")).unwrap()
    }

    pub(crate) fn start(&mut self) {
        let settings = self.settings();
        let running = self.runtime.block_on(serve::start(&settings, Arc::new(self.clock.clone()))).unwrap();
        self.address = running.address;
        self.running = Some(running);
    }

    pub(crate) fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            self.runtime.block_on(running.stop());
        }
    }

    pub(crate) fn store(&self) -> SqliteStore {
        SqliteStore::open(&self.path("relay.sqlite")).unwrap()
    }

    pub(crate) fn enrol(&self, device: &Device) {
        let rows = feed::parse(&device.row.to_line()).unwrap();
        self.store().import(&rows, &mut |_| ()).unwrap();
    }

    /// A device of brand `plain`, enrolled.
    pub(crate) fn device(&self, number: u8) -> Device {
        let device = Device::new(number, "plain", self.relay_key);
        self.enrol(&device);
        device
    }

    pub(crate) fn http(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        http(self.address, method, path, headers, body.as_bytes())
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.http("GET", path, &[], "")
    }

    /// What the companion app does.
    pub(crate) fn scans(&self, payload: &str) -> Result<ScanAnswer, Box<Problem>> {
        let body = format!("{{\"payload\":\"{payload}\"}}");
        let reply = self.http("POST", "/v1/scan", &[("content-type", "application/json")], &body);
        if reply.status == 202 {
            return Ok(serde_json::from_str(&reply.body).unwrap());
        }
        assert_eq!(reply.header("content-type"), Some("application/problem+json"));
        let problem: Problem = serde_json::from_str(&reply.body).unwrap();
        assert_eq!(problem.status, reply.status);
        assert!(!problem.next_step.is_empty() && !problem.title.starts_with('['), "{problem:?}");
        Err(Box::new(problem))
    }

    /// The code of the refusal.
    pub(crate) fn refusal(&self, payload: &str) -> String {
        self.scans(payload).expect_err("should be refused").code
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.stop();
    }
}

pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

pub(crate) fn http(address: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    talk(&mut stream, method, path, headers, body)
}

pub(crate) fn talk(
    stream: &mut (impl Read + Write),
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Reply {
    let mut head = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        head.push_str("host: relay.test\r\n");
    }
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    // The relay may answer and close before it has read everything.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {answer:?}"));
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
    Reply { status, headers: headers.collect(), body: body.to_owned() }
}
