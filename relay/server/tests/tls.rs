//! Off loopback there is TLS, and only TLS.

use crate::world::{World, talk};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::net::TcpStream;
use std::sync::Arc;

#[test]
fn with_a_certificate_the_relay_speaks_tls_and_nothing_else() {
    let mut world = World::prepared();
    let rcgen::CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(vec!["relay.test".into()]).unwrap();
    std::fs::write(world.path("cert.pem"), cert.pem()).unwrap();
    std::fs::write(world.path("key.pem"), signing_key.serialize_pem()).unwrap();
    let settings = std::fs::read_to_string(world.path("relay.toml")).unwrap();
    let settings =
        settings.replace("allow_plain_loopback = true", "").replace("http://127.0.0.1:4711", "https://relay.test");
    std::fs::write(
        world.path("relay.toml"),
        format!("{settings}\n[tls]\ncertificate = \"cert.pem\"\nkey = \"key.pem\"\n"),
    )
    .unwrap();
    world.start();

    let mut roots = RootCertStore::empty();
    roots.add(cert.der().clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let connection = ClientConnection::new(Arc::new(config), ServerName::try_from("relay.test").unwrap()).unwrap();
    let mut stream = StreamOwned::new(connection, TcpStream::connect(world.address).unwrap());
    let body = format!("{{\"payload\":\"{}\"}}", world.device(1).asks(1).payload());
    let reply = talk(&mut stream, "POST", "/v1/scan", &[("content-type", "application/json")], body.as_bytes());
    assert_eq!(reply.status, 202, "{}", reply.body);
    assert!(world.sink.wait_for(1)[0].parsed().text.contains("https://relay.test/n/"));

    use std::io::{Read, Write};
    let mut plain = TcpStream::connect(world.address).unwrap();
    plain.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP/"), "plain HTTP gets no answer");
}
