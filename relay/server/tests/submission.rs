//! R67: mail leaves encrypted, to the server that was named, or it waits.

use crate::mails::{settled, settled_as_time_passes};
use crate::sink::{Door, Mood, Sink};
use crate::world::World;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use resetkit_relay::settings::Settings;
use resetkit_relay::store::Store;
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A certificate authority of a maker's own.
struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    /// What a mail server of this name shows.
    fn certify(&self, name: &str) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &self.issuer).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        Arc::new(config.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key.into()).unwrap())
    }
}

/// A relay that logs in at mail server `localhost`, and trusts `authority` beside the public ones.
fn relay(security: &str, door: Door, authority: Option<&Authority>) -> World {
    let mut world = World::prepared();
    world.sink = Sink::behind(door);
    std::fs::write(world.path("smtp.password"), "a password for the mail server\n").unwrap();
    world.smtp.push_str("\nuser = \"relay\"\npassword_file = \"smtp.password\"");
    if let Some(authority) = authority {
        std::fs::write(world.path("authority.pem"), &authority.pem).unwrap();
        world.smtp.push_str("\nca_file = \"authority.pem\"");
    }
    world.write_settings(&["plain"], "");
    let settings = std::fs::read_to_string(world.path("relay.toml")).unwrap();
    let settings =
        settings.replace("host = \"127.0.0.1\"", "host = \"localhost\"").replace("none-loopback-only", security);
    std::fs::write(world.path("relay.toml"), settings).unwrap();
    world.start();
    world
}

/// Waits, while time passes, until the relay has come back this often: it gave up nothing before that.
fn comes_back(world: &World, count: usize) {
    let until = Instant::now() + Duration::from_secs(30);
    while world.sink.connections() < count {
        assert!(Instant::now() < until, "the mail was given up, or nobody tried");
        world.clock.forward(1);
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Nothing left, and the mail is still there.
fn keeps_its_mail(world: &World) {
    comes_back(world, 3);
    assert!(world.store().next_due().unwrap().is_some(), "the mail waits in the outbox");
    assert!(world.sink.mails().is_empty());
    let secrets = ["AUTH", "MAIL", "RCPT", "DATA"];
    let heard = world.sink.heard();
    assert!(!heard.iter().any(|line| secrets.contains(&line.verb.as_str())), "{heard:?}");
}

fn all_in_tls(world: &World, before: &[&str]) {
    let heard = world.sink.heard();
    let in_clear: Vec<_> = heard.iter().filter(|line| line.in_clear).map(|line| line.verb.as_str()).collect();
    assert_eq!(in_clear, before, "{heard:?}");
    assert!(heard.iter().any(|line| line.verb == "AUTH"), "{heard:?}");
}

#[test]
fn r67_implicit_tls_delivers_and_nothing_at_all_goes_in_clear() {
    let authority = Authority::new();
    let world = relay("implicit", Door::Implicit(authority.certify("localhost")), Some(&authority));
    let device = world.device(1);
    let request = device.asks(1);
    world.scans(&request.payload()).unwrap();
    assert!(world.sink.wait_for(1)[0].parsed().text.contains(&request.spoken()));
    settled(&world);
    all_in_tls(&world, &[]);
}

#[test]
fn r67_starttls_delivers_and_only_the_greeting_goes_in_clear() {
    let authority = Authority::new();
    let world = relay("starttls", Door::Starttls(authority.certify("localhost")), Some(&authority));
    let device = world.device(1);
    let request = device.asks(1);
    world.scans(&request.payload()).unwrap();
    assert!(world.sink.wait_for(1)[0].parsed().text.contains(&request.spoken()));
    settled(&world);
    all_in_tls(&world, &["EHLO", "STARTTLS"]);
}

#[test]
fn r67_without_starttls_the_mail_waits_and_the_password_stays_here() {
    let authority = Authority::new();
    let forged = [Mood::RefusingTls(454), Mood::RefusingTls(550), Mood::RefusingTls(554), Mood::Injected];
    for mood in [Mood::Stripped].into_iter().chain(forged) {
        let world = relay("starttls", Door::Starttls(authority.certify("localhost")), Some(&authority));
        world.sink.is(mood);
        world.scans(&world.device(1).asks(1).payload()).unwrap();
        keeps_its_mail(&world);
        // What a man in the middle forges says nothing of mail or mailbox: when he leaves, the mail arrives.
        world.sink.is(Mood::Willing);
        settled_as_time_passes(&world);
        assert_eq!(world.sink.mails().len(), 1, "{mood:?}");
        assert!(!world.sink.heard().iter().any(|line| line.in_clear && line.verb == "AUTH"));
        world.scans(&world.device(1).asks(2).payload()).unwrap();
    }
}

#[test]
fn r67_a_certificate_for_another_name_or_of_an_unknown_issuer_gets_nothing() {
    let (authority, stranger) = (Authority::new(), Authority::new());
    for (name, issuer, trusted) in [
        ("mail.other.example", &authority, Some(&authority)),
        ("localhost", &stranger, Some(&authority)),
        ("localhost", &authority, None),
    ] {
        let shown = issuer.certify(name);
        for (security, door) in [("implicit", Door::Implicit(shown.clone())), ("starttls", Door::Starttls(shown))] {
            let world = relay(security, door, trusted);
            world.scans(&world.device(1).asks(1).payload()).unwrap();
            keeps_its_mail(&world);
        }
    }
}

#[test]
fn r67_a_password_is_never_set_beside_a_line_without_tls() {
    let mut world = World::prepared();
    world.smtp.push_str("\nuser = \"relay\"\npassword_file = \"smtp.password\"");
    world.write_settings(&["plain"], "");
    let told = Settings::load(&world.path("relay.toml")).unwrap_err().to_string();
    assert!(told.contains("password would go in clear text"), "{told}");
}
